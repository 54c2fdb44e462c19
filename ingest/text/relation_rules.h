// The rules that read relations, as data: ingest/data/rules/{zh,en}/*.rules, whose
// README.md says how they are written. Plain values; matching is relation_matcher.h.
#ifndef NEWSGRAPH_INGEST_TEXT_RELATION_RULES_H_
#define NEWSGRAPH_INGEST_TEXT_RELATION_RULES_H_

#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/model.h"
#include "graph/ontology.h"
#include "ingest/text/analysis.h"

namespace newsgraph {

enum class RuleElementKind : uint8_t {
  kWord,         // these characters
  kCue,          // a word of a cue set
  kSlot,         // a mention
  kTopic,        // what the clause or the sentences before are about; takes no text
  kClause,       // the rest of the sentence
  kPhrase,       // the rest of the clause
  kQuote,        // a quotation, without its marks
  kWords,        // up to `longest` words that stand together, to either side of the cue
  kGap,          // up to `longest` words of anything
  kNotWord,      // not these characters
  kNotCue,       // not a word of the cue set
  kNotSlot,      // not such a mention
  kSeenWord,     // these characters follow; takes no text
  kSeenCue,      // a word of the cue set follows
  kSeenSlot,     // such a mention follows
  kClauseBegin,  // ^
  kClauseEnd,    // $
};

// What a slot takes: an entity type with or without a subtype, or a value type with
// or without a unit.
struct SlotType {
  bool any = false;  // any entity
  EntityType type = EntityType::kUnknown;
  std::string detail;   // subtype or unit; empty for any
  bool strict = false;  // the subtype must be known
};

// Whether the words of a mention must be, must not be, must hold or must not hold a word of a cue set; of a gap, that
// none of them is.
enum class SlotWords : uint8_t { kAny, kOfSet, kNotOfSet, kHoldsWord, kHoldsNone };

struct RuleElement {
  RuleElementKind kind = RuleElementKind::kWord;
  std::u32string word;  // folded
  uint32_t set = 0;     // index into RuleBook::sets; of slots and gaps see `words`
  SlotWords words = SlotWords::kAny;
  std::string role;             // "S", "O", a qualifier's name, or "_" for none
  std::vector<SlotType> types;  // of slots; of what a gap must not contain
  std::string literal;          // NAME or TEXT: the words, not the entity that they mean
  bool main = false;            // of a topic: else what the document is about
  bool name_only = false;       // no pronoun, no noun phrase
  bool same = false;            // of the entity that is the subject: another name of it
  bool many = false;            // all members of a list: A、B和C
  bool pairs = false;           // a list, each member the subject with each behind it as object
  bool bare = false;            // owns nothing that follows: not 星野 in 星野的北嶺
  uint32_t longest = 0;         // of a gap or of words
  bool ends_with_cue = false;   // of words: with one of `set`
  bool over_commas = false;     // of a gap
};

// The patterns that one line stands for share their parts: there are hundreds of thousands. The book keeps the parts
// and the lists of them.
using RuleElements = std::span<const RuleElement* const>;

// Takes neither people nor companies nor places, which act and are subjects.
bool IsOfThings(const RuleElement& element);

// One way of reading, without alternatives: the words left of the anchor from right to
// left, the anchor, and the words right of it.
struct RulePattern {
  RuleElements left;   // nearest to the anchor first
  RuleElements right;  // nearest to the anchor first
  uint32_t anchor_set = 0;
  std::string_view anchor_role;     // the qualifier or the object that the anchor is, if any
  std::string_view anchor_literal;  // TEXT where the anchor is the object
};

// A sentence that a rule reads, or must not read, with its mentions in brackets.
struct RuleExample {
  bool positive = true;
  std::string text;      // "[星野|ORG]執行長[林安|PERSON]表示…"
  std::string expected;  // "林安, 星野"; empty: any
  std::string place;     // "rules/zh/people.rules:12"
};

struct RelationRule {
  std::string name;  // "zh/ceo_of.3"
  std::string predicate;
  float strength = 1;                    // of evidence, 0 … 1
  bool fixed = false;                    // holds whatever the mood of the clause: appositions
  bool speech = false;                   // its clause is what the subject says
  bool announces = false;                // with speech: what it tells are facts of the article, not claims
  bool attitude = false;                 // is the subject's own view
  std::optional<Factuality> factuality;  // instead of asserted
  std::string gloss;                     // a fixed gloss; empty for none
  bool value = false;                    // the nearest amount of the sentence is its value
  bool yields = false;                   // to what another rule reads in the words that are its object
  bool beside = false;                   // may share its cue with another reading of the same relation
  bool cue_is_role = false;
  bool cue_is_gloss = false;
  std::vector<RulePattern> patterns;
  std::vector<RuleExample> examples;
  std::string place;
};

struct CueSet {
  std::string name;                   // without "@"; empty for a single word of a pattern
  std::vector<std::u32string> words;  // folded, distinct
  // Of Traditional texts alone, of Simplified ones alone: 總經理 is who leads a company here and one of its managers
  // there.
  std::vector<std::u32string> hant, hans;

  const std::vector<std::u32string>& WordsOf(Script script) const { return script == Script::kHans ? hans : hant; }
};

// Sets whose words change the mood of a clause, tell what kind of claim it is (claims.h) or what an amount
// measures (figures.h), and relate nothing.
inline constexpr std::string_view kMoodSets[] = {"negation", "denial",   "planned", "hypothetical", "condition",
                                                 "opinion",  "question", "undone",  "ended"};
inline constexpr std::string_view kClaimSetPrefix = "claim_";
inline constexpr std::string_view kFigureSetPrefix = "figure_";

// All rules of one language. Immutable after loading; safe from any thread. Moved, never copied: patterns point into
// it.
struct RuleBook {
  RuleBook() = default;
  RuleBook(RuleBook&&) = default;
  RuleBook& operator=(RuleBook&&) = default;

  std::vector<CueSet> sets;
  std::vector<RelationRule> rules;
  std::map<std::string, uint32_t, std::less<>> set_by_name;
  std::deque<RuleElement> elements;                           // of all patterns
  std::deque<std::vector<const RuleElement*>> element_lists;  // of the patterns of one line

  // Null when no file defines it.
  const CueSet* FindSet(std::string_view name) const;
};

// Every .rules file of the folder in the order of names; cue sets are common to all of
// them. `language` is "zh" or "en". NotFound: no such folder. InvalidArgument: file and
// line of the first malformed rule, and of one whose relation the ontology lacks.
// Those of `own`, where it is not empty and there is such a folder, come behind them and
// may use their cue sets and frames; errors name them as own/FILE. Of the folder's files
// `without`, "people" for people.rules, only the cue sets and frames are taken.
absl::StatusOr<RuleBook> LoadRuleBook(const std::filesystem::path& folder, const std::string& language,
                                      const Ontology& ontology, const std::filesystem::path& own = {},
                                      const std::set<std::string>& without = {});

// The same from texts: pairs of name, "zh/people.rules", and contents.
absl::StatusOr<RuleBook> ParseRuleBook(const std::vector<std::pair<std::string, std::string>>& files,
                                       const std::string& language, const Ontology& ontology,
                                       const std::set<std::string>& without = {});

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_RELATION_RULES_H_
