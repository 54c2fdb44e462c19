// Any bytes, as a weight file, and again with the size and checksum of its header made true, so that what
// the checksum would refuse reaches the table; then as a network, which runs.

#include <string>

#include "ingest/tagger/recurrent_network.h"
#include "ingest/tagger/sequence_model.h"
#include "ingest/tagger/weight_file.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/ingest/weight_bytes.h"

namespace {

template <class T>
void CheckSection(const newsgraph::WeightFile& file, const std::string& name, size_t values) {
  const absl::StatusOr<std::span<const T>> section = file.Get<T>(name);
  if (!section.ok()) return;
  NEWSGRAPH_FUZZ_CHECK(section->size() == values);
  NEWSGRAPH_FUZZ_CHECK(reinterpret_cast<uintptr_t>(section->data()) % 64 == 0);
  unsigned char sum = 0;
  for (const std::byte byte : std::as_bytes(*section))
    sum = static_cast<unsigned char>(sum + static_cast<unsigned char>(byte));
  volatile unsigned char read = sum;  // every byte is there to read
  (void)read;
}

// As a model, which tags a sentence of features that it may or may not know.
void CheckModel(const newsgraph::WeightFile& file) {
  const absl::StatusOr<newsgraph::SequenceModel> model = newsgraph::SequenceModel::Load(file);
  if (!model.ok()) {
    NEWSGRAPH_FUZZ_CHECK(model.status().code() == absl::StatusCode::kInvalidArgument ||
                         model.status().code() == absl::StatusCode::kNotFound);
    return;
  }
  newsgraph::SentenceFeatures features;
  features.begins.push_back(0);
  for (uint32_t i = 0; i < 5; ++i) {
    features.tokens.push_back({{i, i + 1}, false});
    features.words.push_back(i);
    features.hashes.push_back(uint64_t{i} << 32);
    features.begins.push_back(i + 1);
  }
  const newsgraph::TaggerSentence sentence{&features, U"名字在這裡", 0};
  newsgraph::SequenceModel::Scratch scratch;
  std::vector<std::vector<newsgraph::TaggedSpan>> spans;
  model->Tag(std::span(&sentence, 1), scratch, spans);
  uint32_t next = 0;
  for (const newsgraph::TaggedSpan& span : spans[0]) {
    NEWSGRAPH_FUZZ_CHECK(next <= span.first && span.first <= span.last && span.last < 5);
    NEWSGRAPH_FUZZ_CHECK(span.probability >= 0 && span.probability <= 1.0001f);
    next = span.last + 1;
  }
}

void CheckFile(const std::string& bytes) {
  const absl::StatusOr<newsgraph::WeightFile> file = newsgraph::WeightFile::Parse(bytes, "fuzz");
  if (!file.ok()) {
    NEWSGRAPH_FUZZ_CHECK(file.status().code() == absl::StatusCode::kInvalidArgument);
    return;
  }
  for (const std::string& name : file->ListSections()) {
    const absl::StatusOr<std::vector<uint32_t>> shape = file->Shape(name);
    NEWSGRAPH_FUZZ_CHECK(shape.ok());
    size_t values = 1;
    for (const uint32_t length : *shape) values *= length;
    CheckSection<int8_t>(*file, name, values);
    CheckSection<int16_t>(*file, name, values);
    CheckSection<int32_t>(*file, name, values);
    CheckSection<uint32_t>(*file, name, values);
    CheckSection<float>(*file, name, values);
  }
  CheckModel(*file);
  const absl::StatusOr<newsgraph::RecurrentNetwork> network = newsgraph::RecurrentNetwork::Load(*file);
  if (!network.ok()) {
    NEWSGRAPH_FUZZ_CHECK(network.status().code() == absl::StatusCode::kInvalidArgument ||
                         network.status().code() == absl::StatusCode::kNotFound);
    return;
  }
  const std::vector<uint32_t> sentence = {0, 1, network->rows() - 1, network->rows(), 0xFFFFFFFF};
  const std::span<const uint32_t> sentences[] = {sentence, {}, std::span(sentence).first(2)};
  newsgraph::RecurrentNetwork::Scratch scratch;
  std::vector<int8_t> states;
  network->Run(sentences, scratch, states);
  NEWSGRAPH_FUZZ_CHECK(states.size() == 7 * size_t{network->state_width()});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  CheckFile(bytes);
  newsgraph::SignWeights(bytes);
  CheckFile(bytes);
  return 0;
}
