#include "ingest/tagger/token_features.h"

#include <array>
#include <string_view>

namespace newsgraph {
namespace {

// One number a template; new ones go at the end of their group.
enum Template : uint32_t {
  kBias = 1,
  kWord,
  kWordBefore,
  kWordAfter,
  kWord2Before,
  kWord2After,
  kWordPairBefore,
  kWordPairAfter,
  kWordPair2Before,
  kWordPair2After,
  kWordsAround,
  kWordTriple,
  kWordTripleBefore,
  kWordTripleAfter,
  kShape,
  kShapePairBefore,
  kShapePairAfter,
  kShapeTriple,
  kShapeFive,
  kShapeWordBefore,
  kShapeWordAfter,
  kPrefix,
  kSuffix,
  kRule,
  kRuleBefore,
  kRuleAfter,
  kRulePair,
  kRulePairAfter,
  kRuleWord,
  kRuleStrength,
  kRuleLength,
  kKnown,
  kKnownWord,
  kCueBefore,
  kCueAfter,
  kCueHere,
  kCueInside,
  kSurname,
  kForeign,
  kForeignPlace,
  kTail,
  kTailBefore,
  kName,
  kNameBefore,
  kNameAfter,
  kNameWord,
  kNameKnown,
  kQuoted,
  kPlace,
  kPlaceWord,
  kGiven,
  kGivenPair,
  kClass,
  kClassBefore,
  kClassAfter,
  kClassPair,
  kClassPairAfter,
  kSentence,
  // Of the base network's tags; tools/train/base_tags.py has the same.
  kBaseTag = 100,
  kBaseTagPairBefore,
  kBaseTagPairAfter,
  kBaseTagTriple,
  kBaseTagWord,
  kBaseTag2Before,
  kBaseTag2After,
  kBaseTagBefore,
  kBaseTagAfter,
  kBaseTagFive,
};

uint64_t Mix(uint64_t x) {
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ull;
  x ^= x >> 32;
  return x;
}

uint64_t FeatureHash(Template number, uint64_t content) { return Mix(Mix(content) + number * 0x9e3779b97f4a7c15ull); }

// What is joined with much else, mixed once.
struct Part {
  Part(uint64_t a = 0) : value(a), as_first(Mix(a) * 31), as_second(Mix(a + 1)) {}
  uint64_t value, as_first, as_second;
};
uint64_t Join(const Part& a, const Part& b) { return a.as_first + b.as_second; }

// What is looked at of one token.
struct Look {
  Part word, shape;
  Part rule;              // type and place inside the proposal; 0 for none
  uint32_t strength = 0;  // of the rule's proposal
  uint32_t length = 0;
  uint32_t known = 0;  // of the longest name that is known here
  uint32_t name = 0;   // class and place inside a name of the table
  uint32_t given = 0;  // in the lists of given names and surnames
  int16_t word_class = 0;
  bool foreign = false;
};

constexpr uint64_t kOutside = 0x9e3779b97f4a7c15ull;  // the word of what lies before or behind the sentence

uint32_t Bucket(uint32_t length) { return length <= 4 ? length : length <= 6 ? 5 : length <= 9 ? 6 : 7; }

// Where a token stands in a range: alone, first, last, between.
uint32_t PlaceIn(Range range, Range token) {
  const bool first = token.begin <= range.begin, last = token.end >= range.end;
  return first && last ? 1 : first ? 2 : last ? 3 : 4;
}

uint32_t ShapeOf(const FoldedText& text, Range range) {
  const char32_t c = text[range.begin];
  if (IsHan(c)) return 1;
  if (IsDigit(c)) return 2 + std::min(range.size(), 5u);
  if (IsLatinLetter(c)) {
    uint32_t upper = 0;
    for (uint32_t i = range.begin; i < range.end; ++i) upper += IsLatinUpper(text.original(i));
    const bool first = IsLatinUpper(text.original(range.begin));
    const uint32_t size = Bucket(range.size());
    if (upper == 0) return 16 + size;
    if (upper == range.size()) return 32 + size;
    if (first && upper == 1) return 48 + size;
    return 64 + (first ? 1 : 0);
  }
  return 128 + static_cast<uint32_t>(c);
}

class Extractor {
 public:
  static constexpr size_t kMostOfToken = 128;  // features; no token has as many

  Extractor(const Scene& scene, const Sentence& sentence, std::span<const Proposal> chosen, const NameTable& names,
            const WordClasses& words, const KnownFeatures& known, SentenceFeatures& features)
      : scene_(scene),
        text_(scene.text),
        sentence_(sentence),
        chosen_(chosen),
        names_(names),
        words_(words),
        known_(known),
        out_(features) {}

  void Run() {
    out_.tokens = Tokenize(text_, sentence_.range);
    out_.begins.assign(1, 0);
    const size_t count = out_.tokens.size();
    looks_.assign(count, {});
    out_.words.resize(count);
    for (size_t i = 0; i < count; ++i) LookAt(i);
    LookAtRules();
    LookAtKnown();
    LookAtNames();
    LookAtQuotes();
    for (size_t i = 0; i < count; ++i) {
      out_.hashes.resize(std::max(out_.hashes.size(), written_ + kMostOfToken));
      Write(i);
      out_.begins.push_back(static_cast<uint32_t>(written_));
    }
    out_.hashes.resize(written_);
  }

 private:
  void LookAt(size_t i) {
    const Range range = out_.tokens[i].range;
    Look& look = looks_[i];
    const std::u32string_view word = text_.folded(range.begin, range.end);
    out_.words[i] = HashOfWord(word);
    look.word = out_.words[i];
    look.shape = ShapeOf(text_, range);
    look.foreign = scene_.lists.IsTransliteration(text_[range.begin]);
    if (IsLatinLetter(text_[range.begin])) {
      look.given =
          (scene_.lists.given_en.contains(word) ? 1u : 0u) | (scene_.lists.surnames_en.contains(word) ? 2u : 0u);
      look.word_class = words_.Find(look.word.value);
    }
  }

  // Calls use(token index) for every token inside the range.
  template <typename Use>
  void ForTokens(Range range, Use use) {
    auto token = std::lower_bound(out_.tokens.begin(), out_.tokens.end(), range.begin,
                                  [](const Token& t, uint32_t begin) { return t.range.end <= begin; });
    for (; token != out_.tokens.end() && token->range.begin < range.end; ++token) {
      use(static_cast<size_t>(token - out_.tokens.begin()));
    }
  }

  void LookAtRules() {
    auto proposal = std::lower_bound(chosen_.begin(), chosen_.end(), sentence_.range.begin,
                                     [](const Proposal& p, uint32_t begin) { return p.range.end <= begin; });
    for (; proposal != chosen_.end() && proposal->range.begin < sentence_.range.end; ++proposal) {
      ForTokens(proposal->range, [&](size_t i) {
        Look& look = looks_[i];
        look.rule = (static_cast<uint32_t>(proposal->type) + 1) * 8 + PlaceIn(proposal->range, out_.tokens[i].range);
        look.strength = static_cast<uint32_t>(proposal->strength) + 1;
        look.length = Bucket(proposal->range.size());
      });
    }
  }

  void LookAtKnown() {
    for (uint32_t begin = sentence_.range.begin; begin < sentence_.range.end; ++begin) {
      const Proposal* known = scene_.KnownAt(begin);
      if (known == nullptr) continue;
      ForTokens(known->range, [&](size_t i) {
        if (looks_[i].known == 0)
          looks_[i].known = (static_cast<uint32_t>(known->type) + 1) * 8 + PlaceIn(known->range, out_.tokens[i].range);
      });
    }
  }

  // The longest names of the table, from left to right.
  void LookAtNames() {
    if (names_.empty()) return;
    const size_t count = out_.tokens.size();
    for (size_t i = 0; i < count;) {
      uint64_t hash = kHashSeed;
      size_t best = 0;
      int8_t best_class = 0;
      for (size_t j = i; j < count && j < i + 10; ++j) {
        const Range range = out_.tokens[j].range;
        if (j > i && out_.tokens[j].spaced) hash = ExtendHash(hash, U' ');
        for (uint32_t k = range.begin; k < range.end; ++k) hash = ExtendHash(hash, text_[k]);
        if (j == i && IsHan(text_[range.begin])) continue;
        if (const int8_t found = names_.Find(hash); found != 0) {
          best = j + 1;
          best_class = found;
        }
      }
      if (best == 0) {
        ++i;
        continue;
      }
      const Range range{out_.tokens[i].range.begin, out_.tokens[best - 1].range.end};
      for (; i < best; ++i) {
        looks_[i].name = (static_cast<uint32_t>(best_class) * 8u + PlaceIn(range, out_.tokens[i].range)) * 8 +
                         std::min(Bucket(range.size()), 5u);
      }
    }
  }

  // Which kind of quotation mark or bracket each token stands in.
  void LookAtQuotes() {
    quotes_.assign(out_.tokens.size(), 0);
    std::array<uint32_t, 8> stack{};
    size_t depth = 0;
    for (size_t i = 0; i < out_.tokens.size(); ++i) {
      const char32_t c = text_[out_.tokens[i].range.begin];
      constexpr std::u32string_view kOpen = U"《〈「『“(（【[‘", kClose = U"》〉」』”)）】]’";
      if (const size_t close = kClose.find(c); close != kClose.npos && depth > 0 && stack[depth - 1] == close + 1)
        --depth;
      quotes_[i] = depth == 0 ? 0 : stack[depth - 1];
      if (const size_t open = kOpen.find(c); open != kOpen.npos && depth < stack.size())
        stack[depth++] = static_cast<uint32_t>(open + 1);
    }
  }

  void Add(Template number, uint64_t content) {
    const uint64_t hash = FeatureHash(number, content);
    out_.hashes[written_] = hash;
    written_ += known_.MayHave(hash);  // no branch: which ones are known is hard to foresee
  }
  void Add(Template number, const Part& a, const Part& b) { Add(number, Join(a, b)); }
  void Add(Template number, const Part& a, const Part& b, const Part& c) { Add(number, Join(Join(a, b), c)); }

  const Look& At(size_t i, int step) const {
    static const Look kNone = [] {
      Look none;
      none.word = kOutside;
      none.shape = 127;
      return none;
    }();
    const auto at = static_cast<int64_t>(i) + step;
    return at < 0 || at >= static_cast<int64_t>(looks_.size()) ? kNone : looks_[static_cast<size_t>(at)];
  }

  void Write(size_t i) {
    const Token& token = out_.tokens[i];
    const Range range = token.range;
    const Look &here = At(i, 0), &b1 = At(i, -1), &b2 = At(i, -2), &a1 = At(i, 1), &a2 = At(i, 2);
    const bool latin = IsLatinLetter(text_[range.begin]);

    Add(kBias, 0);
    Add(kWord, here.word.value);
    Add(kWordBefore, b1.word.value);
    Add(kWordAfter, a1.word.value);
    Add(kWord2Before, b2.word.value);
    Add(kWord2After, a2.word.value);
    Add(kWordPairBefore, b1.word, here.word);
    Add(kWordPairAfter, here.word, a1.word);
    Add(kWordPair2Before, b2.word, b1.word);
    Add(kWordPair2After, a1.word, a2.word);
    Add(kWordsAround, b1.word, a1.word);
    Add(kWordTriple, b1.word, here.word, a1.word);
    Add(kWordTripleBefore, b2.word, b1.word, here.word);
    Add(kWordTripleAfter, here.word, a1.word, a2.word);
    Add(kShape, here.shape.value);
    Add(kShapePairBefore, b1.shape, here.shape);
    Add(kShapePairAfter, here.shape, a1.shape);
    Add(kShapeTriple, b1.shape, here.shape, a1.shape);
    Add(kShapeWordBefore, here.shape, b1.word);
    Add(kShapeWordAfter, here.shape, a1.word);
    if (latin) {
      Add(kShapeFive, Mix(b2.shape.value * 1000003 + b1.shape.value) + here.shape.value, a1.shape, a2.shape);
      const std::u32string_view word = text_.folded(range.begin, range.end);
      uint64_t prefix = kHashSeed;
      for (uint32_t n = 1; n <= 4 && n < range.size(); ++n) {
        prefix = ExtendHash(prefix, word[n - 1]);
        Add(kPrefix, n, prefix);
        Add(kSuffix, n, HashOfWord(word.substr(word.size() - n)));
      }
      Add(kGiven, here.given);
      Add(kGivenPair, b1.given * 16 + here.given * 4 + a1.given, b1.shape.value * 1024 + a1.shape.value);
    }

    Add(kRule, here.rule.value);
    Add(kRuleBefore, b1.rule.value);
    Add(kRuleAfter, a1.rule.value);
    Add(kRulePair, b1.rule, here.rule);
    Add(kRulePairAfter, here.rule, a1.rule);
    if (here.rule.value != 0) {
      Add(kRuleWord, here.rule, here.word);
      Add(kRuleStrength, here.rule, here.strength);
      Add(kRuleLength, here.rule, here.length);
    }
    if (here.known != 0) {
      Add(kKnown, here.known);
      Add(kKnownWord, here.known, here.rule);
    }

    if (const uint32_t cues = scene_.CuesBefore(range.begin); cues != 0) Add(kCueBefore, cues);
    if (const uint32_t cues = scene_.CuesAt(range.end); cues != 0) Add(kCueAfter, cues);
    if (const uint32_t cues = scene_.CuesAt(range.begin); cues != 0)
      Add(kCueHere, cues, scene_.marks.begins[range.begin].length);
    if (const uint32_t cues = scene_.CuesBefore(range.end); cues != 0)
      Add(kCueInside, cues, scene_.marks.ends[range.end].length);

    if (IsHan(text_[range.begin])) {
      const bool one = scene_.lists.IsSurname(text_.folded(range.begin, range.end));
      const bool two =
          range.end < sentence_.range.end && scene_.lists.IsSurname(text_.folded(range.begin, range.end + 1));
      const bool behind =
          range.begin > sentence_.range.begin && scene_.lists.IsSurname(text_.folded(range.begin - 1, range.begin));
      const bool behind2 = range.begin > sentence_.range.begin + 1 &&
                           scene_.lists.IsSurname(text_.folded(range.begin - 2, range.begin - 1));
      Add(kSurname, (one ? 1u : 0u) | (two ? 2u : 0u) | (behind ? 4u : 0u) | (behind2 ? 8u : 0u));
      Add(kForeign, (b2.foreign ? 1u : 0u) | (b1.foreign ? 2u : 0u) | (here.foreign ? 4u : 0u) |
                        (a1.foreign ? 8u : 0u) | (a2.foreign ? 16u : 0u));
      if (here.foreign) {
        uint32_t before = 0, after = 0;
        while (before < 6 && At(i, -1 - static_cast<int>(before)).foreign) ++before;
        while (after < 6 && At(i, 1 + static_cast<int>(after)).foreign) ++after;
        Add(kForeignPlace, before, after);
      }
    }
    WriteTails(i);

    Add(kName, here.name);
    Add(kNameBefore, b1.name, here.name != 0);
    Add(kNameAfter, a1.name, here.name != 0);
    if (here.name != 0) {
      Add(kNameWord, here.name, here.word);
      Add(kNameKnown, here.name, here.rule);
    }

    if (quotes_[i] != 0) Add(kQuoted, quotes_[i], here.shape);
    Add(kPlace, (i == 0 ? 1u : 0u) | (i + 1 == looks_.size() ? 2u : 0u) | (token.spaced ? 4u : 0u) |
                    (i + 1 < looks_.size() && out_.tokens[i + 1].spaced ? 8u : 0u));
    Add(kSentence, static_cast<uint64_t>(sentence_.kind), here.shape);
    if (here.word_class != 0 || b1.word_class != 0 || a1.word_class != 0) {
      for (uint32_t bits : {4u, 6u, 8u, 12u}) WriteClasses(bits, b1.word_class, here.word_class, a1.word_class);
    }
  }

  // A word's class is the path to it: 1, then its bits; a prefix of it is a wider class.
  static uint64_t Widen(int16_t path, uint32_t bits) {
    auto wide = static_cast<uint32_t>(path);
    while (wide >> (bits + 1) != 0) wide >>= 1;
    return wide * 16ull + bits;
  }
  void WriteClasses(uint32_t bits, int16_t before, int16_t here, int16_t after) {
    Add(kClass, Widen(here, bits));
    Add(kClassBefore, Widen(before, bits));
    Add(kClassAfter, Widen(after, bits));
    if (bits == 6 || bits == 8) {
      Add(kClassPair, Widen(before, bits), Widen(here, bits));
      Add(kClassPairAfter, Widen(here, bits), Widen(after, bits));
    }
  }

  // 科技, 大學: an ending of names ends here, or begins.
  void WriteTails(size_t i) {
    const Range range = out_.tokens[i].range;
    if (!IsHan(text_[range.begin])) return;
    const NameTrie& trie = scene_.lists.suffix_trie;
    uint32_t node = 0, longest = 0, value = 0;
    for (uint32_t k = range.begin; k < sentence_.range.end && k < range.begin + 6; ++k) {
      node = trie.Step(node, text_[k]);
      if (node == NameTrie::kNone) break;
      if (trie.value(node) != 0) {
        longest = k + 1 - range.begin;
        value = trie.value(node);
      }
    }
    if (longest != 0) {
      const NameLists::Suffix& suffix = scene_.lists.suffixes[value - 1];
      Add(kTail, static_cast<uint64_t>(suffix.type) * 2 + suffix.plain, longest);
    }
    // The next ending: how far, and of what.
    for (uint32_t ahead = 1; ahead <= 8 && range.begin + ahead < sentence_.range.end; ++ahead) {
      node = 0;
      value = 0;
      if (!IsHan(text_[range.begin + ahead])) break;
      for (uint32_t k = range.begin + ahead; k < sentence_.range.end && k < range.begin + ahead + 6; ++k) {
        node = trie.Step(node, text_[k]);
        if (node == NameTrie::kNone) break;
        if (trie.value(node) != 0) value = trie.value(node);
      }
      if (value != 0) {
        const NameLists::Suffix& suffix = scene_.lists.suffixes[value - 1];
        Add(kTailBefore, static_cast<uint64_t>(suffix.type) * 2 + suffix.plain, ahead);
        break;
      }
    }
  }

  const Scene& scene_;
  const FoldedText& text_;
  const Sentence& sentence_;
  const std::span<const Proposal> chosen_;
  const NameTable& names_;
  const WordClasses& words_;
  const KnownFeatures& known_;
  SentenceFeatures& out_;
  size_t written_ = 0;
  std::vector<Look> looks_;
  std::vector<uint32_t> quotes_;
};

}  // namespace

std::vector<Token> Tokenize(const FoldedText& text, Range sentence) {
  std::vector<Token> tokens;
  bool spaced = false;
  for (uint32_t i = sentence.begin; i < sentence.end;) {
    const char32_t c = text[i];
    if (IsSpace(c) || c == U'\n' || c == U'\r') {
      spaced = true;
      ++i;
      continue;
    }
    uint32_t end = i + 1;
    if (IsLatinLetter(c)) {
      while (end < sentence.end && IsLatinLetter(text[end])) ++end;
    } else if (IsDigit(c)) {
      while (end < sentence.end && IsDigit(text[end])) ++end;
    }
    tokens.push_back({{i, end}, spaced});
    spaced = false;
    i = end;
  }
  return tokens;
}

void ExtractTagFeatures(const SentenceFeatures& features, std::span<const uint8_t> first, std::span<const uint8_t> last,
                        const KnownFeatures& known, AddedFeatures& added) {
  added.hashes.clear();
  added.begins.assign(1, 0);
  const auto count = static_cast<int64_t>(features.tokens.size());
  const auto at = [&](int64_t i) -> uint64_t {
    return i < 0 || i >= count ? 4095 : first[static_cast<size_t>(i)] * 64ull + last[static_cast<size_t>(i)];
  };
  for (int64_t i = 0; i < count; ++i) {
    const uint64_t b2 = at(i - 2), b1 = at(i - 1), here = at(i), a1 = at(i + 1), a2 = at(i + 2);
    const auto add = [&](Template number, uint64_t content) {
      const uint64_t hash = FeatureHash(number, content);
      if (known.MayHave(hash)) added.hashes.push_back(hash);
    };
    add(kBaseTag, here);
    add(kBaseTagPairBefore, Join(b1, here));
    add(kBaseTagPairAfter, Join(here, a1));
    add(kBaseTagTriple, Join(Join(b1, here), a1));
    add(kBaseTagWord, Join(here, features.words[static_cast<size_t>(i)]));
    add(kBaseTag2Before, Join(b2, b1));
    add(kBaseTag2After, Join(a1, a2));
    add(kBaseTagBefore, b1);
    add(kBaseTagAfter, a1);
    add(kBaseTagFive, Join(Join(Join(b2, b1), here), Join(a1, a2)));
    added.begins.push_back(static_cast<uint32_t>(added.hashes.size()));
  }
}

void ExtractTokenFeatures(const Scene& scene, const Sentence& sentence, std::span<const Proposal> chosen,
                          const NameTable& names, const WordClasses& words, const KnownFeatures& known,
                          SentenceFeatures& features) {
  Extractor(scene, sentence, chosen, names, words, known, features).Run();
}

}  // namespace newsgraph
