#include "ingest/tagger_training.h"

#include <fmt/format.h>

#include <span>

#include "graph/status.h"
#include "ingest/tagger/tagger.h"
#include "ingest/text/analysis.h"
#include "ingest/text/lexicon.h"
#include "ingest/text/mention_finder.h"
#include "ingest/text/segmenter.h"

namespace newsgraph {
namespace {

template <typename T>
void WriteAll(std::ostream& out, std::span<const T> values) {
  out.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size_bytes()));
}

void WriteNumber(std::ostream& out, size_t value) {
  const auto number = static_cast<uint32_t>(value);
  WriteAll(out, std::span(&number, 1));
}

}  // namespace

absl::Status WriteTaggerFeatures(const AnalyzerOptions& options, const std::filesystem::path& tables,
                                 const std::vector<Document>& documents, std::ostream& out) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const TaggerTables words, TaggerTables::Load(tables));
  NEWSGRAPH_ASSIGN_OR_RETURN(const Lexicon lexicon, Lexicon::Load(options.data_directory / "lexicon",
                                                                  options.lexicon_files, options.excluded_entries));
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::unique_ptr<const MentionFinder> finder,
                             MentionFinder::Load(options.data_directory, lexicon, options.without));
  for (const Document& document : documents) {
    TextAnalysis analysis;
    analysis.text = FoldedText("", document.text);
    analysis.language = document.language;
    Segment(analysis);
    const std::vector<SentenceFeatures> sentences = finder->FindFeatures(analysis, words);
    WriteNumber(out, sentences.size());
    for (size_t i = 0; i < sentences.size(); ++i) {
      const Range range = analysis.sentences[i].range;
      const SentenceFeatures& sentence = sentences[i];
      for (const size_t number : {size_t{range.begin}, size_t{range.end}, sentence.tokens.size(),
                                  sentence.hashes.size(), size_t{range.size()}}) {
        WriteNumber(out, number);
      }
      for (const Token& token : sentence.tokens) {
        WriteNumber(out, token.range.begin);
        WriteNumber(out, token.range.end);
      }
      WriteAll(out, std::span<const uint32_t>(sentence.begins));
      WriteAll(out, std::span<const uint64_t>(sentence.hashes));
      const std::u32string_view folded = analysis.text.folded(range.begin, range.end);
      WriteAll(out, std::span<const char32_t>(folded.data(), folded.size()));
    }
  }
  if (!out) return absl::UnavailableError("write the tagger's features: the output failed; is the disk full?");
  return absl::OkStatus();
}

}  // namespace newsgraph
