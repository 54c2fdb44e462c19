#include "ingest/tagger/tagger.h"

#include <algorithm>
#include <utility>

#include "graph/status.h"
#include "ingest/text/code_points.h"

namespace newsgraph {
namespace {

// Sentences that run through the network together: enough to fill its lanes, few enough that their states
// stay in the cache.
constexpr size_t kBatchSentences = 64;

bool HasHan(std::u32string_view text) { return std::any_of(text.begin(), text.end(), IsHan); }

}  // namespace

absl::StatusOr<TaggerTables> TaggerTables::Load(const std::filesystem::path& file) {
  NEWSGRAPH_ASSIGN_OR_RETURN(WeightFile weights, WeightFile::Read(file.string()));
  TaggerTables tables(std::move(weights));
  const WeightFile& held = tables.file_;
  const auto ascending = [](std::span<const uint32_t> hashes) { return std::is_sorted(hashes.begin(), hashes.end()); };
  {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto hashes, held.Get<uint32_t>("names.hashes"));
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto values,
                               held.Get<int8_t>("names.classes", {static_cast<uint32_t>(hashes.size())}));
    if (!ascending(hashes)) return held.Malformed("names.hashes", "is not ascending");
    tables.names_ = NameTable(hashes, values);
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto hashes, held.Get<uint32_t>("classes.hashes"));
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto values,
                             held.Get<int16_t>("classes.paths", {static_cast<uint32_t>(hashes.size())}));
  if (!ascending(hashes)) return held.Malformed("classes.hashes", "is not ascending");
  tables.classes_ = WordClasses(hashes, values);
  return tables;
}

absl::StatusOr<std::unique_ptr<const Tagger>> Tagger::Load(const std::filesystem::path& directory) {
  NEWSGRAPH_ASSIGN_OR_RETURN(TaggerTables tables, TaggerTables::Load(directory / "tables.weights"));
  const auto load = [&](const char* name) -> absl::StatusOr<SequenceModel> {
    NEWSGRAPH_ASSIGN_OR_RETURN(const WeightFile file, WeightFile::Read((directory / name).string()));
    return SequenceModel::Load(file);
  };
  NEWSGRAPH_ASSIGN_OR_RETURN(SequenceModel chinese, load("zh.weights"));
  NEWSGRAPH_ASSIGN_OR_RETURN(SequenceModel english, load("en.weights"));
  return std::unique_ptr<const Tagger>(new Tagger(std::move(tables), std::move(chinese), std::move(english)));
}

std::vector<TaggedName> Tagger::Tag(const Scene& scene, std::span<const Proposal> chosen) const {
  std::vector<TaggedName> names;
  SequenceModel::Scratch scratch;
  std::vector<SentenceFeatures> features(kBatchSentences);
  std::vector<TaggerSentence> batch;
  std::vector<std::vector<TaggedSpan>> spans;
  const auto run = [&](const SequenceModel& model) {
    if (batch.empty()) return;
    model.Tag(batch, scratch, spans);
    for (size_t i = 0; i < batch.size(); ++i) {
      const std::vector<Token>& tokens = batch[i].features->tokens;
      for (const TaggedSpan& span : spans[i]) {
        names.push_back({{tokens[span.first].range.begin, tokens[span.last].range.end}, span.type, span.probability});
      }
    }
    batch.clear();
  };
  const SequenceModel* model = nullptr;
  for (const Sentence& sentence : scene.analysis.sentences) {
    const std::u32string_view folded = scene.text.folded(sentence.range.begin, sentence.range.end);
    const SequenceModel* const right = HasHan(folded) ? &chinese_ : &english_;
    if (model != nullptr && (right != model || batch.size() == kBatchSentences)) run(*model);
    model = right;
    SentenceFeatures& room = features[batch.size()];
    ExtractTokenFeatures(scene, sentence, chosen, tables_.names(), tables_.classes(), model->known(), room);
    batch.push_back({&room, folded, sentence.range.begin});
  }
  if (model != nullptr) run(*model);
  return names;
}

}  // namespace newsgraph
