#include "ingest/tagger/token_features.h"

#include <array>
#include <bit>
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

// `mixed`: of what the feature says.
uint64_t FeatureHashOf(Template number, uint64_t mixed) { return Mix(mixed + number * 0x9e3779b97f4a7c15ull); }
uint64_t FeatureHash(Template number, uint64_t content) { return FeatureHashOf(number, Mix(content)); }

// What is joined with much else, mixed once.
struct Part {
  Part(uint64_t a = 0) : value(a), mixed(Mix(a)), as_second(Mix(a + 1)) {}
  uint64_t value, mixed, as_second;
};
uint64_t JoinMixed(uint64_t mixed, const Part& b) { return mixed * 31 + b.as_second; }
uint64_t Join(const Part& a, const Part& b) { return JoinMixed(a.mixed, b); }

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
  // Mixed, because each stands in features of several tokens: of this token and the next, and of the two behind it.
  uint64_t words2 = 0, words3 = 0, shapes2 = 0, rules2 = 0;
};

// Of a token's class: how wide it is looked at, in bits of its path.
constexpr uint32_t kClassBits[] = {4, 6, 8, 12};
struct ClassLook {
  std::array<Part, 4> wide;
  std::array<uint64_t, 2> pairs{};  // mixed: of 6 and of 8 bits, with the next token's
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
    out_.hashes.clear();
    const size_t count = out_.tokens.size();
    looks_.assign(count + 2 * kBeside, NoLook());
    out_.words.resize(count);
    for (size_t i = 0; i < count; ++i) LookAt(i);
    LookAtRules();
    LookAtKnown();
    LookAtNames();
    LookAtQuotes();
    LookAtPairs();
    LookAtClasses();
    for (size_t i = 0; i < count; ++i) {
      std::array<uint64_t, kMostOfToken> room;
      const uint64_t* const end = Write(i, {room.data(), &known_});
      out_.hashes.insert(out_.hashes.end(), static_cast<const uint64_t*>(room.data()), end);
      out_.begins.push_back(static_cast<uint32_t>(out_.hashes.size()));
    }
  }

 private:
  static constexpr size_t kBeside = 2;  // looks before the first token and behind the last, of nothing

  static const Look& NoLook() {
    static const Look none = [] {
      Look look;
      look.word = kOutside;
      look.shape = 127;
      return look;
    }();
    return none;
  }
  Look& LookOf(size_t i) { return looks_[i + kBeside]; }

  void LookAt(size_t i) {
    const Range range = out_.tokens[i].range;
    Look& look = LookOf(i);
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
        Look& look = LookOf(i);
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
        if (LookOf(i).known == 0)
          LookOf(i).known = (static_cast<uint32_t>(known->type) + 1) * 8 + PlaceIn(known->range, out_.tokens[i].range);
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
        LookOf(i).name = (static_cast<uint32_t>(best_class) * 8u + PlaceIn(range, out_.tokens[i].range)) * 8 +
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
      if (IsLatinLetter(c) || IsHan(c) || IsDigit(c)) {
        quotes_[i] = depth == 0 ? 0 : stack[depth - 1];
        continue;
      }
      constexpr std::u32string_view kOpen = U"《〈「『“(（【[‘", kClose = U"》〉」』”)）】]’";
      if (const size_t close = kClose.find(c); close != kClose.npos && depth > 0 && stack[depth - 1] == close + 1)
        --depth;
      quotes_[i] = depth == 0 ? 0 : stack[depth - 1];
      if (const size_t open = kOpen.find(c); open != kOpen.npos && depth < stack.size())
        stack[depth++] = static_cast<uint32_t>(open + 1);
    }
  }

  void LookAtPairs() {
    for (size_t k = 0; k + 1 < looks_.size(); ++k) {
      Look& look = looks_[k];
      look.words2 = Mix(Join(look.word, looks_[k + 1].word));
      look.shapes2 = Mix(Join(look.shape, looks_[k + 1].shape));
      look.rules2 = Mix(Join(look.rule, looks_[k + 1].rule));
      if (k + 2 < looks_.size()) look.words3 = Mix(JoinMixed(look.words2, looks_[k + 2].word));
    }
  }

  void LookAtClasses() {
    classes_.clear();
    if (std::all_of(looks_.begin(), looks_.end(), [](const Look& look) { return look.word_class == 0; })) return;
    classes_.resize(looks_.size());
    for (size_t k = 0; k < looks_.size(); ++k) {
      for (size_t n = 0; n < 4; ++n) classes_[k].wide[n] = Widen(looks_[k].word_class, kClassBits[n]);
    }
    for (size_t k = 0; k + 1 < classes_.size(); ++k) {
      for (size_t n = 0; n < 2; ++n) {
        classes_[k].pairs[n] = Mix(Join(classes_[k].wide[n + 1], classes_[k + 1].wide[n + 1]));
      }
    }
  }

  // Where the features of a token go.
  struct Sink {
    uint64_t* end;
    const KnownFeatures* known;

    void AddMixed(Template number, uint64_t mixed) {
      const uint64_t hash = FeatureHashOf(number, mixed);
      *end = hash;
      end += known->MayHave(hash);  // no branch: which ones are known is hard to foresee
    }
    void Add(Template number, uint64_t content) { AddMixed(number, Mix(content)); }
    void Add(Template number, const Part& a, const Part& b) { Add(number, Join(a, b)); }
  };

  const Look& At(size_t i, int step) const {
    const auto at = static_cast<int64_t>(i + kBeside) + step;
    return at < 0 || at >= static_cast<int64_t>(looks_.size()) ? NoLook() : looks_[static_cast<size_t>(at)];
  }

  // Behind the last of them.
  const uint64_t* Write(size_t i, Sink sink) {
    const auto Add = [&sink](Template number, const auto&... content) { sink.Add(number, content...); };
    const auto AddMixed = [&sink](Template number, uint64_t mixed) { sink.AddMixed(number, mixed); };
    const Token& token = out_.tokens[i];
    const Range range = token.range;
    const Look* const look = &looks_[i + kBeside];
    const Look &here = look[0], &b1 = look[-1], &b2 = look[-2], &a1 = look[1], &a2 = look[2];
    const bool latin = IsLatinLetter(text_[range.begin]);

    Add(kBias, 0);
    AddMixed(kWord, here.word.mixed);
    AddMixed(kWordBefore, b1.word.mixed);
    AddMixed(kWordAfter, a1.word.mixed);
    AddMixed(kWord2Before, b2.word.mixed);
    AddMixed(kWord2After, a2.word.mixed);
    AddMixed(kWordPairBefore, b1.words2);
    AddMixed(kWordPairAfter, here.words2);
    AddMixed(kWordPair2Before, b2.words2);
    AddMixed(kWordPair2After, a1.words2);
    Add(kWordsAround, b1.word, a1.word);
    AddMixed(kWordTriple, b1.words3);
    AddMixed(kWordTripleBefore, b2.words3);
    AddMixed(kWordTripleAfter, here.words3);
    AddMixed(kShape, here.shape.mixed);
    AddMixed(kShapePairBefore, b1.shapes2);
    AddMixed(kShapePairAfter, here.shapes2);
    Add(kShapeTriple, JoinMixed(b1.shapes2, a1.shape));
    Add(kShapeWordBefore, here.shape, b1.word);
    Add(kShapeWordAfter, here.shape, a1.word);
    if (latin) {
      const uint64_t three = Mix(b2.shape.value * 1000003 + b1.shape.value) + here.shape.value;
      Add(kShapeFive, JoinMixed(Mix(JoinMixed(Mix(three), a1.shape)), a2.shape));
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

    AddMixed(kRule, here.rule.mixed);
    AddMixed(kRuleBefore, b1.rule.mixed);
    AddMixed(kRuleAfter, a1.rule.mixed);
    AddMixed(kRulePair, b1.rules2);
    AddMixed(kRulePairAfter, here.rules2);
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
    sink = WriteTails(i, sink);

    Add(kName, here.name);
    Add(kNameBefore, b1.name, here.name != 0);
    Add(kNameAfter, a1.name, here.name != 0);
    if (here.name != 0) {
      Add(kNameWord, here.name, here.word);
      Add(kNameKnown, here.name, here.rule);
    }

    if (quotes_[i] != 0) Add(kQuoted, quotes_[i], here.shape);
    Add(kPlace, (i == 0 ? 1u : 0u) | (i + 1 == out_.tokens.size() ? 2u : 0u) | (token.spaced ? 4u : 0u) |
                    (i + 1 < out_.tokens.size() && out_.tokens[i + 1].spaced ? 8u : 0u));
    Add(kSentence, static_cast<uint64_t>(sentence_.kind), here.shape);
    if (here.word_class != 0 || b1.word_class != 0 || a1.word_class != 0) {
      const ClassLook* const classes = &classes_[i + kBeside];
      for (size_t n = 0; n < 4; ++n) {
        AddMixed(kClass, classes[0].wide[n].mixed);
        AddMixed(kClassBefore, classes[-1].wide[n].mixed);
        AddMixed(kClassAfter, classes[1].wide[n].mixed);
        if (n == 1 || n == 2) {
          AddMixed(kClassPair, classes[-1].pairs[n - 1]);
          AddMixed(kClassPairAfter, classes[0].pairs[n - 1]);
        }
      }
    }
    return sink.end;
  }

  // A word's class is the path to it: 1, then its bits; a prefix of it is a wider class.
  static uint64_t Widen(int16_t path, uint32_t bits) {
    const auto whole = static_cast<uint32_t>(path);
    const auto length = static_cast<uint32_t>(std::bit_width(whole));
    return (length > bits + 1 ? whole >> (length - bits - 1) : whole) * 16ull + bits;
  }

  // 科技, 大學: an ending of names ends here, or begins.
  Sink WriteTails(size_t i, Sink sink) const {
    const Range range = out_.tokens[i].range;
    if (!IsHan(text_[range.begin])) return sink;
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
      sink.Add(kTail, static_cast<uint64_t>(suffix.type) * 2 + suffix.plain, longest);
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
        sink.Add(kTailBefore, static_cast<uint64_t>(suffix.type) * 2 + suffix.plain, ahead);
        break;
      }
    }
    return sink;
  }

  const Scene& scene_;
  const FoldedText& text_;
  const Sentence& sentence_;
  const std::span<const Proposal> chosen_;
  const NameTable& names_;
  const WordClasses& words_;
  const KnownFeatures& known_;
  SentenceFeatures& out_;
  std::vector<Look> looks_;         // kBeside of nothing before and behind
  std::vector<ClassLook> classes_;  // as looks_; none where no word has a class
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
