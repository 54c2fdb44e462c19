// newsgraph_train_sequence: the weights of a linear chain over sparse features, from partly labelled sentences.
//
//   newsgraph_train_sequence INPUT OUTPUT --epochs N --rate R --dropout D --without SHARE --seed S
//
// Maximises the likelihood that the path is one of those that the labels allow (Tsuboi et al., Training conditional
// random fields using incomplete annotations, 2008), by stochastic gradients with AdaGrad (Duchi et al., 2011),
// a sentence at a time. tools/train/sequence_trainer.py writes INPUT and reads OUTPUT. One thread, so that the
// weights are the same each time.
//
// INPUT, little-endian u32: sentences, features (number 0 is none), types; for each sentence: tokens, views; a u64
// of allowed tags for each token; for each view where the features of each token begin, and behind the last, and
// the features. A view is the sentence with the lexicon or without it. OUTPUT: f32 [features, tags], f32 [tags, tags].
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <numeric>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace {

constexpr size_t kMostTags = 64;

struct View {
  std::vector<uint32_t> begins, features;
};
struct Sentence {
  std::vector<uint64_t> allowed;
  std::vector<View> views;
};
struct Input {
  uint32_t features = 0, types = 0;
  std::vector<Sentence> sentences;
};

bool MayBegin(size_t tag) { return tag == 0 || (tag - 1) % 4 == 0 || (tag - 1) % 4 == 3; }
bool MayEnd(size_t tag) { return tag == 0 || (tag - 1) % 4 >= 2; }
bool MayFollow(size_t from, size_t to) {
  return MayEnd(from) == MayBegin(to) && (MayEnd(from) || (from - 1) / 4 == (to - 1) / 4);
}

template <typename T>
bool ReadAll(std::istream& in, std::vector<T>& values, size_t count) {
  values.resize(count);
  in.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(count * sizeof(T)));
  return static_cast<bool>(in);
}

bool ReadInput(const std::string& path, Input& input) {
  std::ifstream in(path, std::ios::binary);
  std::vector<uint32_t> head;
  if (!ReadAll(in, head, 3)) return false;
  input.features = head[1];
  input.types = head[2];
  input.sentences.resize(head[0]);
  for (Sentence& sentence : input.sentences) {
    if (!ReadAll(in, head, 2) || !ReadAll(in, sentence.allowed, head[0])) return false;
    const size_t tokens = head[0];
    sentence.views.resize(head[1]);
    for (View& view : sentence.views) {
      if (!ReadAll(in, view.begins, tokens + 1) || !ReadAll(in, view.features, view.begins.back())) return false;
    }
  }
  return true;
}

class Trainer {
 public:
  explicit Trainer(const Input& input) : input_(input), tags_(1 + 4 * size_t{input.types}) {
    width_ = (tags_ + 7) / 8 * 8;
    weights_.assign(size_t{input.features} * width_, 0);
    squares_.assign(weights_.size(), 0.1f);
    transitions_.assign(tags_ * tags_, 0);
    transition_squares_.assign(tags_ * tags_, 1.0f);
    for (size_t from = 0; from < tags_; ++from) {
      for (size_t to = 0; to < tags_; ++to) {
        if (MayFollow(from, to)) pairs_.push_back({static_cast<uint8_t>(from), static_cast<uint8_t>(to)});
      }
    }
  }

  // The loss of the sentence before the step.
  double Step(const Sentence& sentence, const View& view, float dropout, float rate, std::mt19937_64& random) {
    const size_t tokens = sentence.allowed.size();
    kept_.clear();
    kept_begins_.assign(1, 0);
    const auto threshold = static_cast<uint64_t>(dropout * 18446744073709551615.0);
    for (size_t i = 0; i < tokens; ++i) {
      for (uint32_t f = view.begins[i]; f < view.begins[i + 1]; ++f) {
        if (view.features[f] != 0 && random() >= threshold) kept_.push_back(view.features[f]);
      }
      kept_begins_.push_back(kept_.size());
    }
    const float scale = 1.0f / (1.0f - dropout);
    local_.assign(tokens * width_, 0);
    double loss = 0;
    for (size_t i = 0; i < tokens; ++i) {
      float* const row = local_.data() + i * width_;
      for (size_t f = kept_begins_[i]; f < kept_begins_[i + 1]; ++f) {
        const float* const weight = weights_.data() + size_t{kept_[f]} * width_;
        for (size_t k = 0; k < width_; ++k) row[k] += weight[k];
      }
      float top = -1e30f;
      for (size_t k = 0; k < tags_; ++k) top = std::max(top, row[k] *= scale);
      for (size_t k = 0; k < tags_; ++k) row[k] = std::exp(row[k] - top);
      for (size_t k = tags_; k < width_; ++k) row[k] = 0;
    }
    for (const auto& [from, to] : pairs_) factors_[from * kMostTags + to] = std::exp(transitions_[from * tags_ + to]);
    gradient_.assign(tokens * width_, 0);
    transition_gradient_.assign(tags_ * tags_, 0);
    loss += Sums(sentence, false, 1.0f);
    loss -= Sums(sentence, true, -1.0f);
    for (size_t i = 0; i < tokens; ++i) {
      const float* const g = gradient_.data() + i * width_;
      float size = 0;
      for (size_t k = 0; k < tags_; ++k) size = std::max(size, std::abs(g[k]));
      if (size < 1e-4f) continue;
      for (size_t f = kept_begins_[i]; f < kept_begins_[i + 1]; ++f) {
        float* const weight = weights_.data() + size_t{kept_[f]} * width_;
        float* const square = squares_.data() + size_t{kept_[f]} * width_;
        for (size_t k = 0; k < width_; ++k) {
          square[k] += g[k] * g[k];
          weight[k] -= rate * g[k] / std::sqrt(square[k]);
        }
      }
    }
    for (const auto& [from, to] : pairs_) {
      const size_t at = from * tags_ + to;
      const float g = transition_gradient_[at];
      transition_squares_[at] += g * g;
      transitions_[at] -= rate * g / std::sqrt(transition_squares_[at]);
    }
    return loss;
  }

  bool Write(const std::string& path) const {
    std::ofstream out(path, std::ios::binary);
    for (size_t f = 0; f < input_.features; ++f) {
      out.write(reinterpret_cast<const char*>(weights_.data() + f * width_),
                static_cast<std::streamsize>(tags_ * sizeof(float)));
    }
    out.write(reinterpret_cast<const char*>(transitions_.data()),
              static_cast<std::streamsize>(transitions_.size() * sizeof(float)));
    return static_cast<bool>(out);
  }

 private:
  // The log of the sum over all paths, or over those allowed, without the local maxima, which cancel; adds
  // `sign` times the probabilities of tags and of pairs to the gradients.
  double Sums(const Sentence& sentence, bool allowed_only, float sign) {
    const size_t tokens = sentence.allowed.size();
    alpha_.assign(tokens * tags_, 0);
    beta_.assign(tokens * tags_, 0);
    norms_.assign(tokens, 0);
    const auto local = [&](size_t i, size_t k) {
      return allowed_only && !((sentence.allowed[i] >> k) & 1) ? 0.0f : local_[i * width_ + k];
    };
    double total = 0;
    for (size_t i = 0; i < tokens; ++i) {
      float* const alpha = alpha_.data() + i * tags_;
      if (i == 0) {
        for (size_t k = 0; k < tags_; ++k) alpha[k] = MayBegin(k) ? 1.0f : 0.0f;
      } else {
        const float* const before = alpha - tags_;
        for (const auto& [from, to] : pairs_) alpha[to] += before[from] * factors_[from * kMostTags + to];
      }
      float sum = 0;
      for (size_t k = 0; k < tags_; ++k) {
        alpha[k] *= local(i, k);
        if (i + 1 == tokens && !MayEnd(k)) alpha[k] = 0;
        sum += alpha[k];
      }
      norms_[i] = std::max(sum, 1e-30f);
      total += std::log(static_cast<double>(norms_[i]));
      for (size_t k = 0; k < tags_; ++k) alpha[k] /= norms_[i];
    }
    for (size_t i = tokens; i-- > 0;) {
      float* const beta = beta_.data() + i * tags_;
      if (i + 1 == tokens) {
        for (size_t k = 0; k < tags_; ++k) beta[k] = MayEnd(k) ? 1.0f : 0.0f;
      } else {
        float next[kMostTags];
        for (size_t k = 0; k < tags_; ++k) next[k] = beta[tags_ + k] * local(i + 1, k) / norms_[i + 1];
        const float* const alpha = alpha_.data() + i * tags_;
        for (const auto& [from, to] : pairs_) {
          const float path = factors_[from * kMostTags + to] * next[to];
          beta[from] += path;
          transition_gradient_[from * tags_ + to] += sign * alpha[from] * path;
        }
      }
      for (size_t k = 0; k < tags_; ++k) gradient_[i * width_ + k] += sign * alpha_[i * tags_ + k] * beta[k];
    }
    return total;
  }

  const Input& input_;
  size_t tags_, width_ = 0;
  std::vector<float> weights_, squares_, transitions_, transition_squares_;
  std::vector<std::pair<uint8_t, uint8_t>> pairs_;
  std::vector<float> local_, gradient_, transition_gradient_, alpha_, beta_, norms_;
  float factors_[kMostTags * kMostTags] = {};
  std::vector<uint32_t> kept_;
  std::vector<size_t> kept_begins_;
};

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Trains the weights of a linear chain over sparse features.");
  std::string input_path, output_path;
  uint32_t epochs = 8;
  uint64_t seed = 1;
  float rate = 0.1f, dropout = 0.3f, without = 0.5f;
  app.add_option("input", input_path, "written by sequence_trainer.py")->required();
  app.add_option("output", output_path, "where the weights go")->required();
  app.add_option("--epochs", epochs)->check(CLI::Range(1, 1000));
  app.add_option("--rate", rate)->check(CLI::PositiveNumber);
  app.add_option("--dropout", dropout, "share of features left out")->check(CLI::Range(0.0, 0.9));
  app.add_option("--without", without, "how often the second view is seen")->check(CLI::Range(0.0, 1.0));
  app.add_option("--seed", seed);
  CLI11_PARSE(app, argc, argv);
  Input input;
  if (!ReadInput(input_path, input) || 1 + 4 * size_t{input.types} > kMostTags) {
    fmt::print(stderr, "{}: cannot be read, or cut short; write it again with sequence_trainer.py\n", input_path);
    return 1;
  }
  Trainer trainer(input);
  std::mt19937_64 random(seed);
  std::vector<size_t> order(input.sentences.size());
  std::iota(order.begin(), order.end(), size_t{0});
  for (uint32_t epoch = 0; epoch < epochs; ++epoch) {
    // Fisher and Yates by hand: std::shuffle may differ between libraries.
    for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    double loss = 0;
    const float now = rate * (1.0f - 0.9f * static_cast<float>(epoch) / static_cast<float>(epochs));
    for (const size_t index : order) {
      const Sentence& sentence = input.sentences[index];
      if (sentence.allowed.empty() || sentence.views.empty()) continue;
      const bool second = sentence.views.size() > 1 && static_cast<double>(random() >> 11) * 0x1p-53 < without;
      loss += trainer.Step(sentence, sentence.views[second ? 1 : 0], dropout, now, random);
    }
    fmt::print("epoch {} loss {:.1f}\n", epoch + 1, loss);
    std::fflush(stdout);
  }
  if (!trainer.Write(output_path)) {
    fmt::print(stderr, "{}: cannot be written; is the disk full?\n", output_path);
    return 1;
  }
  return 0;
}
