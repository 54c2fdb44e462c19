#include "ingest/tagger/sequence_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <set>

#include "tests/ingest/made_up_network.h"

namespace newsgraph {
namespace {

using testing::HasSubstr;

constexpr size_t kTypes = 2, kTags = 1 + 4 * kTypes, kFeatures = 12;

std::string Padded(std::string name) {
  name.resize(16, '\0');
  return name;
}

// A model of two types over a few features, with random weights.
struct MadeUpModel {
  explicit MadeUpModel(uint32_t seed) {
    std::mt19937 random(seed);
    const auto draw = [&](int most) {
      return static_cast<int>(random() % (2 * static_cast<unsigned>(most) + 1)) - most;
    };
    for (uint32_t i = 0; i < kFeatures; ++i) {
      hashes.push_back(1000 * (i + 1));
      for (size_t k = 0; k < kTags; ++k) weights.push_back(static_cast<int8_t>(draw(40)));
    }
    for (size_t i = 0; i < kTags * kTags; ++i) transitions.push_back(static_cast<int16_t>(draw(25)));
  }

  std::vector<WeightSection> Sections() const {
    const std::string names = Padded("PERSON") + Padded("ORG");
    return {MakeSection<int8_t>("tags.types", {kTypes, 16}, {names.begin(), names.end()}),
            MakeSection<uint32_t>("features.hashes", {kFeatures}, hashes),
            MakeSection<int8_t>("features.weights", {kFeatures, kTags}, weights),
            MakeSection<int16_t>("transitions", {kTags, kTags}, transitions),
            MakeSection<float>("score.unit", {1}, {unit})};
  }

  std::vector<uint32_t> hashes;
  std::vector<int8_t> weights;
  std::vector<int16_t> transitions;
  float unit = 0.05f;
};

absl::StatusOr<SequenceModel> LoadSections(const std::vector<WeightSection>& sections) {
  const absl::StatusOr<WeightFile> file = WeightFile::Parse(MakeWeightBytes(sections), "made.weights");
  if (!file.ok()) return file.status();
  return SequenceModel::Load(*file);
}

// `numbers`: the features of each token.
SentenceFeatures FeaturesOf(const MadeUpModel& model, const std::vector<std::vector<size_t>>& numbers) {
  SentenceFeatures features;
  features.begins.push_back(0);
  for (const std::vector<size_t>& token : numbers) {
    const auto begin = static_cast<uint32_t>(features.tokens.size());
    features.tokens.push_back({{begin, begin + 1}, false});
    features.words.push_back(begin);
    for (const size_t number : token) features.hashes.push_back(uint64_t{model.hashes[number]} << 32 | 77);
    features.hashes.push_back(uint64_t{999} << 32);  // one that the model does not know
    features.begins.push_back(static_cast<uint32_t>(features.hashes.size()));
  }
  return features;
}

bool Coherent(const std::vector<size_t>& path) {
  size_t open = 0;  // 1 + type
  for (const size_t tag : path) {
    const size_t place = tag == 0 ? 9 : (tag - 1) % 4, type = tag == 0 ? 0 : 1 + (tag - 1) / 4;
    if (open != 0 ? (place != 1 && place != 2) || type != open : place == 1 || place == 2) return false;
    open = place == 0 || place == 1 ? type : 0;
  }
  return open == 0;
}

// Every path one after the other.
struct Naive {
  Naive(const MadeUpModel& model, const std::vector<std::vector<size_t>>& tokens) {
    std::vector<size_t> path(tokens.size(), 0);
    best = -1e18;
    for (;;) {
      if (Coherent(path)) {
        double score = 0;
        for (size_t i = 0; i < path.size(); ++i) {
          for (const size_t f : tokens[i]) score += model.weights[f * kTags + path[i]];
          if (i > 0) score += model.transitions[path[i - 1] * kTags + path[i]];
        }
        const double weight = std::exp(score * static_cast<double>(model.unit));
        total += weight;
        paths.push_back({path, weight});
        if (score > best) {
          best = score;
          best_path = path;
        }
      }
      size_t i = 0;
      while (i < path.size() && ++path[i] == kTags) path[i++] = 0;
      if (i == path.size()) break;
    }
  }

  // The share of paths with this tag at every one of the places.
  double Lowest(const TaggedSpan& span, size_t type) const {
    double lowest = 1;
    for (uint32_t i = span.first; i <= span.last; ++i) {
      const size_t place = span.first == span.last ? 3 : i == span.first ? 0 : i == span.last ? 2 : 1;
      double sum = 0;
      for (const auto& [path, weight] : paths) sum += path[i] == 1 + 4 * type + place ? weight : 0;
      lowest = std::min(lowest, sum / total);
    }
    return lowest;
  }

  double best = 0, total = 0;
  std::vector<size_t> best_path;
  std::vector<std::pair<std::vector<size_t>, double>> paths;
};

TEST(SequenceModelTest, TheBestPathAndItsProbabilitiesAreThoseOfAllPaths) {
  std::mt19937 random(5);
  int names = 0;
  for (uint32_t seed = 0; seed < 60; ++seed) {
    const MadeUpModel made(seed);
    const SequenceModel model = LoadSections(made.Sections()).value();
    std::vector<std::vector<size_t>> tokens(1 + seed % 5);
    for (std::vector<size_t>& token : tokens) {
      for (int k = 0; k < 3; ++k) token.push_back(random() % kFeatures);
    }
    const SentenceFeatures features = FeaturesOf(made, tokens);
    SequenceModel::Scratch scratch;
    std::vector<std::vector<TaggedSpan>> spans;
    const TaggerSentence sentence{&features, U"abcde", 0};
    model.Tag(std::span(&sentence, 1), scratch, spans);

    const Naive naive(made, tokens);
    std::vector<size_t> path(tokens.size(), 0);
    for (const TaggedSpan& span : spans[0]) {
      const size_t type = span.type == EntityType::kPerson ? 0 : 1;
      for (uint32_t i = span.first; i <= span.last; ++i) {
        path[i] = 1 + 4 * type + (span.first == span.last ? 3 : i == span.first ? 0 : i == span.last ? 2 : 1);
      }
      EXPECT_NEAR(span.probability, naive.Lowest(span, type), 1e-4) << "seed " << seed;
      ++names;
    }
    EXPECT_EQ(path, naive.best_path) << "seed " << seed;
  }
  EXPECT_GT(names, 60);
}

// The network's own tags by Viterbi in doubles; a model whose one feature is the tag of the third character must then
// mark every character that has it.
TEST(SequenceModelTest, TheBaseNetworksTagsAreThoseOfAPlainViterbi) {
  constexpr uint32_t kBaseTags = 5;
  const NetworkWeights weights = MakeUpNetwork(9, {.rows = 12, .width = 16, .hidden = 16, .layers = 2});
  const RecurrentNetwork network = RecurrentNetwork::Make(weights).value();
  const uint32_t width = network.state_width();
  std::mt19937 random(11);
  const auto draw = [&](double most) {
    return static_cast<float>(most * (static_cast<double>(random()) / 2147483648.0 - 1));
  };
  std::vector<int8_t> base(kBaseTags * width);
  for (int8_t& value : base) value = static_cast<int8_t>(draw(127));
  std::vector<float> scale(kBaseTags, 0.0004f), bias(kBaseTags), moves((kBaseTags + 2) * kBaseTags);
  for (float& value : bias) value = draw(1);
  for (float& value : moves) value = draw(2);

  const std::u32string text = U"abcdefghijkabdfh";
  std::vector<uint32_t> rows;
  for (const char32_t c : text) rows.push_back(c - U'a' + 1);
  RecurrentNetwork::Scratch scratch;
  std::vector<int8_t> states;
  const std::span<const uint32_t> sentences[] = {rows};
  network.Run(sentences, scratch, states);
  std::vector<std::vector<double>> best(text.size(), std::vector<double>(kBaseTags));
  std::vector<std::vector<size_t>> back(text.size(), std::vector<size_t>(kBaseTags));
  for (size_t i = 0; i < text.size(); ++i) {
    for (size_t tag = 0; tag < kBaseTags; ++tag) {
      double score = static_cast<double>(bias[tag]);
      for (uint32_t k = 0; k < width; ++k) {
        score += static_cast<double>(scale[tag]) * base[tag * width + k] * states[i * width + k];
      }
      double top = i == 0 ? static_cast<double>(moves[tag]) : -1e9;
      for (size_t from = 0; i > 0 && from < kBaseTags; ++from) {
        const double path = best[i - 1][from] + static_cast<double>(moves[(2 + from) * kBaseTags + tag]);
        if (path > top) {
          top = path;
          back[i][tag] = from;
        }
      }
      best[i][tag] = top + score;
    }
  }
  for (size_t tag = 0; tag < kBaseTags; ++tag) best.back()[tag] += static_cast<double>(moves[kBaseTags + tag]);
  std::vector<uint8_t> tags(text.size());
  size_t tag = static_cast<size_t>(std::max_element(best.back().begin(), best.back().end()) - best.back().begin());
  for (size_t i = text.size(); i-- > 0;) {
    tags[i] = static_cast<uint8_t>(tag);
    tag = back[i][tag];
  }
  EXPECT_GT(std::set<uint8_t>(tags.begin(), tags.end()).size(), 1u);

  SentenceFeatures features;
  features.begins.assign(text.size() + 1, 0);
  for (uint32_t i = 0; i < text.size(); ++i) {
    features.tokens.push_back({{i, i + 1}, false});
    features.words.push_back(i);
  }
  AddedFeatures added;
  ExtractTagFeatures(features, tags, tags, KnownFeatures::All(), added);
  const std::string names = Padded("PERSON");
  std::vector<int8_t> row(5, -100);
  row[4] = 100;  // S-PERSON
  std::vector<WeightSection> sections = {
      MakeSection<int8_t>("tags.types", {1, 16}, {names.begin(), names.end()}),
      MakeSection<uint32_t>("features.hashes", {1}, {static_cast<uint32_t>(added.hashes[added.begins[2]] >> 32)}),
      MakeSection<int8_t>("features.weights", {1, 5}, row),
      MakeSection<int16_t>("transitions", {5, 5}, std::vector<int16_t>(25)),
      MakeSection<float>("score.unit", {1}, {0.05f}),
      MakeSection<int8_t>("base.weights", {kBaseTags, width}, base),
      MakeSection<float>("base.scale", {kBaseTags}, scale),
      MakeSection<float>("base.bias", {kBaseTags}, bias),
      MakeSection<float>("base.transitions", {kBaseTags + 2, kBaseTags}, moves)};
  std::vector<uint32_t> vocabulary;
  for (uint32_t i = 0; i < 11; ++i) vocabulary.insert(vocabulary.end(), {U'a' + i, i + 1});
  sections.push_back(MakeSection<uint32_t>("network.vocabulary", {11, 2}, vocabulary));
  for (WeightSection& section : SectionsOf(weights)) sections.push_back(std::move(section));
  const SequenceModel model = LoadSections(sections).value();
  SequenceModel::Scratch model_scratch;
  std::vector<std::vector<TaggedSpan>> spans;
  const TaggerSentence sentence{&features, text, 0};
  model.Tag(std::span(&sentence, 1), model_scratch, spans);
  std::set<uint32_t> marked, expected;
  for (const TaggedSpan& span : spans[0]) marked.insert(span.first);
  for (uint32_t i = 0; i < text.size(); ++i) {
    if (tags[i] == tags[2]) expected.insert(i);
  }
  EXPECT_EQ(marked, expected);
}

TEST(SequenceModelTest, SentencesOfABatchDoNotTouchEachOther) {
  const MadeUpModel made(3);
  const SequenceModel model = LoadSections(made.Sections()).value();
  const SentenceFeatures one = FeaturesOf(made, {{0, 1}, {2}, {3, 4}}), none, other = FeaturesOf(made, {{5}, {6, 7}});
  SequenceModel::Scratch scratch;
  std::vector<std::vector<TaggedSpan>> together, alone;
  const std::vector<TaggerSentence> batch = {{&one, U"abc", 0}, {&none, U"", 0}, {&other, U"ab", 0}};
  model.Tag(batch, scratch, together);
  ASSERT_EQ(together.size(), 3u);
  EXPECT_TRUE(together[1].empty());
  for (const size_t i : {size_t{0}, size_t{2}}) {
    SequenceModel::Scratch fresh;
    model.Tag(std::span(&batch[i], 1), fresh, alone);
    ASSERT_EQ(alone[0].size(), together[i].size());
    for (size_t k = 0; k < alone[0].size(); ++k) {
      EXPECT_EQ(alone[0][k].first, together[i][k].first);
      EXPECT_EQ(alone[0][k].last, together[i][k].last);
      EXPECT_EQ(alone[0][k].probability, together[i][k].probability);
    }
  }
}

struct Fault {
  std::string name;
  std::function<void(std::vector<WeightSection>&)> make;
  std::string message;
};

TEST(SequenceModelTest, EveryFaultIsToldWithItsSection) {
  const std::vector<Fault> faults = {
      {"no types", [](auto& s) { s.erase(s.begin()); }, "tags.types"},
      {"a type that there is not",
       [](auto& s) {
         const std::string names = Padded("PERSON") + Padded("WIZARD");
         s[0] = MakeSection<int8_t>("tags.types", {kTypes, 16}, {names.begin(), names.end()});
       },
       "WIZARD"},
      {"too many types",
       [](auto& s) {
         s[0] = MakeSection<int8_t>("tags.types", {40, 16}, std::vector<int8_t>(640));
       },
       "tags.types"},
      {"hashes out of order", [](auto& s) { std::swap(s[1].data[1], s[1].data[13]); }, "features.hashes"},
      {"weights of another shape",
       [](auto& s) {
         s[2] = MakeSection<int8_t>("features.weights", {kFeatures, 5}, std::vector<int8_t>(kFeatures * 5));
       },
       "features.weights"},
      {"no transitions", [](auto& s) { s.erase(s.begin() + 3); }, "transitions"},
      {"a unit of zero", [](auto& s) { s[4] = MakeSection<float>("score.unit", {1}, {0.0f}); }, "score.unit"},
      {"a unit that is no number", [](auto& s) { s[4] = MakeSection<float>("score.unit", {1}, {std::nanf("")}); },
       "score.unit"},
      {"a network without base tags",
       [](auto& s) {
         for (WeightSection& section : SectionsOf(MakeUpNetwork(1))) s.push_back(std::move(section));
       },
       "base.weights"},
  };
  for (const Fault& fault : faults) {
    std::vector<WeightSection> sections = MadeUpModel(1).Sections();
    fault.make(sections);
    const absl::Status status = LoadSections(sections).status();
    EXPECT_FALSE(status.ok()) << fault.name;
    const std::string message(status.message().data(), status.message().size());
    EXPECT_THAT(message, HasSubstr(fault.message)) << fault.name;
    EXPECT_THAT(message, HasSubstr("made.weights")) << fault.name;
  }
}

}  // namespace
}  // namespace newsgraph
