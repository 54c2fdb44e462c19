#include "ingest/analyzer.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>
#include <utility>

#include "graph/day.h"
#include "graph/status.h"
#include "ingest/assembly.h"
#include "ingest/document_reader.h"
#include "ingest/statement_confidence.h"
#include "ingest/text/analysis.h"
#include "ingest/text/lexicon.h"
#include "ingest/text/local_identity.h"
#include "ingest/text/mention_finder.h"
#include "ingest/text/relation_extractor.h"
#include "ingest/text/segmenter.h"
#include "ingest/text/unlisted_words.h"

namespace newsgraph {
namespace {

// Goes up with every change of code that changes what is read from a text.
constexpr std::string_view kAnalyzerVersion = "22";

absl::StatusOr<std::string> ReadDataFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in) return absl::NotFoundError(fmt::format("read data file {}: cannot be read", path.string()));
  return std::move(bytes).str();
}

// Name and content of every file; notes for people are left out.
absl::Status AddFiles(const std::filesystem::path& directory, std::string& all) {
  std::error_code error;
  std::vector<std::string> names;
  std::filesystem::recursive_directory_iterator files(directory, error);
  if (error) {
    return absl::NotFoundError(fmt::format("open data directory {}: {}; name the folder that holds lexicon and rules",
                                           directory.string(), error.message()));
  }
  for (; files != std::filesystem::recursive_directory_iterator(); files.increment(error)) {
    if (error) break;
    if (!files->is_regular_file(error) || files->path().extension() == ".md") continue;
    names.push_back(files->path().lexically_relative(directory).generic_string());
  }
  if (error) {
    return absl::UnavailableError(fmt::format("read data directory {}: {}", directory.string(), error.message()));
  }
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const std::string bytes, ReadDataFile(directory / name));
    all += ToHex(HashFields({name, bytes}));
  }
  return absl::OkStatus();
}

// Everything that analysis reads.
absl::StatusOr<std::string> Fingerprint(const AnalyzerOptions& options, const Ontology& ontology) {
  std::string all = fmt::format("{} {} {}", kAnalyzerVersion, DictionaryVersion(), ToHex(ontology.fingerprint()));
  for (const std::filesystem::path& directory : {options.data_directory, options.rule_directory}) {
    if (!directory.empty()) NEWSGRAPH_RETURN_IF_ERROR(AddFiles(directory, all));
  }
  for (const std::filesystem::path& path : options.lexicon_files) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const std::string bytes, ReadDataFile(path));
    all += ToHex(HashFields({bytes}));
  }
  if (options.without != 0) all += fmt::format(" without {}", options.without);
  for (const std::string& family : options.without_rules) all += " without rules " + family;
  for (const std::string& id : options.excluded_entries) all += ToHex(HashFields({"excluded", id}));
  return "ng-" + ToHex(Hash128(all));
}

absl::Status CheckDocument(const Document& document) {
  const std::pair<std::string_view, const std::string*> fields[] = {{"id", &document.id},
                                                                    {"uri", &document.uri},
                                                                    {"title", &document.title},
                                                                    {"text", &document.text},
                                                                    {"publisher", &document.publisher},
                                                                    {"author", &document.author},
                                                                    {"published", &document.published},
                                                                    {"language", &document.language}};
  for (const auto& [name, value] : fields) {
    if (const absl::Status status = CheckUtf8(*value); !status.ok()) {
      return absl::InvalidArgumentError(fmt::format("{}: {}", name, std::string(status.message())));
    }
  }
  if (document.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    return absl::InvalidArgumentError("no text; a document needs some");
  }
  if (!document.published.empty() && !ParseDay(document.published)) {
    return absl::InvalidArgumentError(fmt::format(
        "published \"{}\" is no ISO 8601 date; write 2024-07-24 or 2024-07-24T08:00:00+08:00", document.published));
  }
  return absl::OkStatus();
}

class StagedAnalyzer : public Analyzer {
 public:
  StagedAnalyzer(std::shared_ptr<const Ontology> ontology, std::shared_ptr<const Lexicon> lexicon,
                 std::unique_ptr<const MentionFinder> mention_finder,
                 std::unique_ptr<const RelationExtractor> relation_extractor, std::optional<ConfidenceModel> confidence,
                 std::string fingerprint)
      : ontology_(std::move(ontology)),
        lexicon_(std::move(lexicon)),
        known_names_(lexicon_),
        mention_finder_(std::move(mention_finder)),
        relation_extractor_(std::move(relation_extractor)),
        confidence_(std::move(confidence)),
        fingerprint_(std::move(fingerprint)) {}

  absl::StatusOr<DocumentGraph> Analyze(Document document) const override {
    NEWSGRAPH_RETURN_IF_ERROR(CheckDocument(document));
    if (document.id.empty()) document.id = MakeDocumentId(document.uri, document.title, document.text);
    TextAnalysis analysis;
    analysis.text = FoldedText(document.title, document.text);
    analysis.language = document.language;
    analysis.published_day = ParseDay(document.published);
    Segment(analysis);
    mention_finder_->FindMentions(analysis);
    ResolveLocally(analysis, *lexicon_, mention_finder_->lists(), document.publisher);
    relation_extractor_->ExtractRelations(analysis);
    document.language = analysis.language;
    document.analyser = fingerprint_;
    DocumentGraph graph = Assemble(std::move(document), analysis, *lexicon_, *ontology_).graph;
    if (confidence_) confidence_->Rate(graph);
    return graph;
  }

  const KnownNames* known_names() const override { return &known_names_; }

  const std::string& fingerprint() const override { return fingerprint_; }

 private:
  const std::shared_ptr<const Ontology> ontology_;
  const std::shared_ptr<const Lexicon> lexicon_;
  const KnownNames known_names_;
  const std::unique_ptr<const MentionFinder> mention_finder_;
  const std::unique_ptr<const RelationExtractor> relation_extractor_;
  const std::optional<ConfidenceModel> confidence_;  // none where it is left out
  const std::string fingerprint_;
};

}  // namespace

absl::StatusOr<std::set<std::string>> EntriesNamedIn(const std::vector<std::string>& texts,
                                                     const AnalyzerOptions& options) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const Lexicon lexicon, Lexicon::Load(options.data_directory / "lexicon",
                                                                  options.lexicon_files, options.excluded_entries));
  std::set<std::string> ids;
  for (const std::string& text : texts) {
    for (const LexiconHit& hit : lexicon.FindAll(FoldedText("", text)).names) ids.insert(lexicon.entry(hit.entry).id);
  }
  return ids;
}

absl::StatusOr<std::set<std::string>> ListedNames(const std::vector<std::string>& names,
                                                  const AnalyzerOptions& options) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const Lexicon lexicon, Lexicon::Load(options.data_directory / "lexicon",
                                                                  options.lexicon_files, options.excluded_entries));
  std::set<std::string> listed;
  for (const std::string& name : names) {
    const FoldedText text("", name);
    for (const LexiconHit& hit : lexicon.FindAll(text).names) {
      if (text.SpanOf(hit.range.begin, hit.range.end).end - text.SpanOf(hit.range.begin, hit.range.end).begin ==
          name.size()) {
        listed.insert(name);
      }
    }
  }
  return listed;
}

absl::StatusOr<std::shared_ptr<const Analyzer>> Analyzer::Load(const AnalyzerOptions& options) {
  std::shared_ptr<const Ontology> ontology = options.ontology ? options.ontology : Ontology::Default();
  NEWSGRAPH_ASSIGN_OR_RETURN(std::string fingerprint, Fingerprint(options, *ontology));
  NEWSGRAPH_ASSIGN_OR_RETURN(Lexicon loaded, Lexicon::Load(options.data_directory / "lexicon", options.lexicon_files,
                                                           options.excluded_entries));
  auto lexicon = std::make_shared<const Lexicon>(std::move(loaded));
  NEWSGRAPH_ASSIGN_OR_RETURN(std::unique_ptr<const MentionFinder> mention_finder,
                             MentionFinder::Load(options.data_directory, *lexicon, options.without));
  NEWSGRAPH_ASSIGN_OR_RETURN(std::unique_ptr<const RelationExtractor> relation_extractor,
                             RelationExtractor::Load({.data_directory = options.data_directory,
                                                      .own_rules = options.rule_directory,
                                                      .without = options.without,
                                                      .without_rules = options.without_rules},
                                                     *ontology));
  std::optional<ConfidenceModel> confidence;
  if (!(options.without & kConfidenceLever)) {
    NEWSGRAPH_ASSIGN_OR_RETURN(confidence, ConfidenceModel::Load(options.data_directory / "confidence.tsv"));
  }
  return std::make_shared<const StagedAnalyzer>(std::move(ontology), std::move(lexicon), std::move(mention_finder),
                                                std::move(relation_extractor), std::move(confidence),
                                                std::move(fingerprint));
}

}  // namespace newsgraph
