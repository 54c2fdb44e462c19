// What the patterns of mention finding look at and what they propose. Private to
// mention_finder.cc and the *_patterns*.cc beside it.
#ifndef NEWSGRAPH_INGEST_TEXT_NAME_SCENE_H_
#define NEWSGRAPH_INGEST_TEXT_NAME_SCENE_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "absl/status/statusor.h"
#include "ingest/text/analysis.h"
#include "ingest/text/code_points.h"
#include "ingest/text/cue_words.h"
#include "ingest/text/lexicon.h"
#include "ingest/text/name_gender.h"
#include "ingest/text/name_trie.h"
#include "ingest/text/reference_nouns_en.h"

namespace newsgraph {

// Hashes of folded words that are asked for by views of the text, without a copy.
struct WordHash {
  using is_transparent = void;
  size_t operator()(std::u32string_view word) const {
    uint64_t hash = word.size();
    for (const char32_t c : word) hash = (hash ^ c) * 0x9E3779B97F4A7C15ull;
    return static_cast<size_t>(hash ^ hash >> 32);
  }
};

// A set of folded words. Most words that are asked for are none of its, and cost one look at a bit.
class WordSet {
 public:
  void insert(std::u32string word) {
    const size_t bit = WordHash()(word) % kBits;
    present_[bit / 64] |= uint64_t{1} << bit % 64;
    words_.insert(std::move(word));
  }
  bool contains(std::u32string_view word) const {
    const size_t bit = WordHash()(word) % kBits;
    return ((present_[bit / 64] >> bit % 64) & 1) != 0 && words_.contains(word);
  }
  auto begin() const { return words_.begin(); }
  auto end() const { return words_.end(); }

 private:
  static constexpr size_t kBits = 1 << 17;  // 16 kB
  std::vector<uint64_t> present_ = std::vector<uint64_t>(kBits / 64);
  std::unordered_set<std::u32string, WordHash, std::equal_to<>> words_;
};

// Lists of names and of parts of names; data_directory/lexicon.
struct NameLists {
  static absl::StatusOr<NameLists> Load(const std::filesystem::path& directory);

  struct Suffix {
    EntityType type = EntityType::kOrg;
    std::string subtype;
    bool plain = false;  // an everyday word too: needs more evidence than the word itself
  };

  struct Title {
    std::u32string word;
    bool before = false;       // the name; else behind it
    bool is_courtesy = false;  // Mr., 女士: of no occupation
  };

  // `word` is not empty. Most characters begin no surname.
  bool IsSurname(std::u32string_view word) const {
    return word[0] < begins_surname.size() && begins_surname[word[0]] && surnames_zh.contains(word);
  }
  bool IsTransliteration(char32_t c) const {
    return (c < transliteration.size() && transliteration[c]) || IsMiddleDot(c);
  }

  WordSet surnames_zh, given_en, surnames_en;
  std::vector<bool> transliteration, begins_surname;  // by code point
  // What companies do, as the last words of their names.
  std::unordered_map<std::u32string, Suffix, WordHash, std::equal_to<>> trades;
  NameTrie trade_trie;       // the same words; values: their lengths
  WordSet trade_attributes;  // what stands before trades without being a brand
  NameTrie suffix_trie;      // last words of organisations and places; values: 1 + index
  std::vector<Suffix> suffixes;
  std::unordered_map<std::u32string, std::string> subtype_of_ending;  // of organisations, in any script
  std::vector<Title> titles;
  std::unordered_map<std::u32string, std::string, WordHash, std::equal_to<>> occupation_of_title;
  NameGenders genders;
  EnglishHeads english_heads;
};

// How much a proposal is worth where two cross; where one holds the other the longer wins.
enum class Strength : uint8_t { kGuess = 0, kPattern = 1, kLearned = 2, kLexicon = 3, kStated = 4, kTagged = 5 };

struct Proposal {
  Range range;
  EntityType type = EntityType::kUnknown;
  std::string_view subtype;  // of the lexicon, the lists or a literal
  int32_t entry = -1;
  Strength strength = Strength::kPattern;
  Range gloss_of;         // the name before the bracket; empty for none
  bool partial = false;   // a surname or a short form
  float probability = 0;  // of kTagged: what the tagger gives it
  bool built = false;     // a rule has found each of its parts: stands against a tagger that sees less
};

// A word in Latin letters, digits and what joins them; a possessive is cut off.
struct LatinToken {
  Range range;
  bool capital = false;    // a capital somewhere in it
  bool all_upper = false;  // letters, all capitals
  bool has_digit = false;
  bool has_letter = false;
  bool starts_sentence = false;
  bool joined = false;  // one space parts it from the token before
  uint32_t cues = 0;    // of cue_words.h
};

// A company by its trade alone: 玄溪|能源 is one where the tagger takes 玄溪 for a name.
struct CompanyGuess {
  Proposal company;
  uint32_t brand_end = 0;
};

// One document under way.
struct Scene {
  const TextAnalysis& analysis;
  const FoldedText& text;
  const Lexicon& lexicon;
  const CueWords& cues;
  const NameLists& lists;
  CueMarks marks;
  std::vector<LatinToken> tokens;
  std::vector<uint32_t> token_at;  // by position inside a token: 1 + its index; else 0
  // The longest accepted proposal of the lexicon, the values and the labels that begins,
  // or ends, at a position: 1 + index into `known`; 0 for none.
  std::vector<uint32_t> known_begins, known_ends;
  std::vector<Proposal> known;
  std::vector<Proposal> proposals;
  std::vector<CompanyGuess> guesses;  // by end

  bool IsClauseStart(uint32_t i) const {
    return i == 0 || (!IsHan(text[i - 1]) && !IsLatinLetter(text[i - 1]) && !IsDigit(text[i - 1]));
  }
  bool IsClauseEnd(uint32_t i) const {
    return i >= text.size() || (!IsHan(text[i]) && !IsLatinLetter(text[i]) && !IsDigit(text[i]));
  }
  uint32_t CuesBefore(uint32_t i) const { return marks.ends[i].kinds; }
  uint32_t CuesAt(uint32_t i) const { return marks.begins[i].kinds; }
  const Proposal* KnownBefore(uint32_t i) const { return known_ends[i] ? &known[known_ends[i] - 1] : nullptr; }
  const Proposal* KnownAt(uint32_t i) const { return known_begins[i] ? &known[known_begins[i] - 1] : nullptr; }

  // A word ends, or begins, here for sure: punctuation, another script, a cue word, a known name.
  bool IsCleanLeft(uint32_t i) const {
    return i == 0 || !IsHan(text[i - 1]) || (CuesBefore(i) & ~uint32_t{kPlain}) != 0 || known_ends[i] != 0;
  }
  bool IsCleanRight(uint32_t i) const {
    return i >= text.size() || !IsHan(text[i]) || (CuesAt(i) & ~uint32_t{kPlain}) != 0 || known_begins[i] != 0;
  }
  void Know(const Proposal& proposal);
  void Propose(Range range, EntityType type, std::string_view subtype, Strength strength) {
    proposals.push_back({range, type, subtype, -1, strength, {}});
  }
};

// "科尔比·斯图尔特", "斯图尔特": the end of the run of transliteration characters that
// begins here; `begin` where there is none of two or more.
uint32_t TransliterationEnd(const Scene& scene, uint32_t begin);
// The end of a Chinese name, surname and given name, that begins here; `begin` for none.
uint32_t ChineseNameEnd(const Scene& scene, uint32_t begin);

// Adds to what the scene knows; which of several entries of one name is meant the document decides (lexicon_names.cc).
void AcceptLexicon(Scene& scene, const LexiconHits& hits);

// Each adds to scene.proposals.
void ProposeChinesePersons(Scene& scene);        // person_patterns_zh.cc
void ProposeChineseOrganizations(Scene& scene);  // organization_patterns_zh.cc; places, works, events, laws too
void ProposeChineseCompanies(Scene& scene);      // company_patterns_zh.cc
void ProposeStateBodies(Scene& scene);           // state_bodies.cc
void ProposeGlosses(Scene& scene);               // gloss_patterns.cc
void ProposeByContext(Scene& scene);             // context_patterns_zh.cc; looks at what the others proposed
void FindLatinTokens(Scene& scene);              // latin_patterns.cc
void ProposeLatinNames(Scene& scene);
// Ends and types of English names that no list holds, from all their places; `chosen` is by begin.
void DecideEnglishTypes(const Scene& scene, std::vector<Proposal>& chosen);  // english_contexts.cc
// What is said to be another name of the name before it; `chosen` is by begin.
void BindOtherNames(const Scene& scene, std::vector<Proposal>& chosen);  // other_names_en.cc

// Noun phrases and pronouns, by begin (reference_mentions.cc). `names` are by begin.
void FindReferences(const Scene& scene, const std::vector<TextMention>& names, std::vector<TextMention>& out);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_NAME_SCENE_H_
