// One sentence as rules see it: words, clauses, and where its mentions begin and end.
#ifndef NEWSGRAPH_INGEST_TEXT_SENTENCE_VIEW_H_
#define NEWSGRAPH_INGEST_TEXT_SENTENCE_VIEW_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "ingest/text/analysis.h"

namespace newsgraph {

inline bool IsSpaceMark(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == U'\u3000' || c == U'\u00a0';
}
// Letters and digits of scripts that put spaces between words.
inline bool IsLatinWordMark(char32_t c) {
  if (c < 0x80) return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9');
  return c >= 0xc0 && c < 0x250 && c != 0xd7 && c != 0xf7;
}
bool IsOpeningQuote(char32_t c);
bool IsClosingQuote(char32_t c);

// Mentions of each sentence: indexes into TextAnalysis::mentions, ascending.
std::vector<std::vector<uint32_t>> MentionsBySentence(const TextAnalysis& analysis);

// Refers to the analysis, which must outlive it unchanged. One view goes from sentence to
// sentence, because what it holds of one is room for the next.
class SentenceView {
 public:
  // `main` are mentions of what the document is about, of each type the most frequent first.
  SentenceView(const TextAnalysis& analysis, const std::vector<uint32_t>& main) : analysis_(analysis), main_(main) {}

  // Before anything is asked. `previous` are the mentions of the sentence before it in the
  // same paragraph or turn; empty for none. Both must outlive the look at this sentence.
  void LookAt(uint32_t sentence, const std::vector<uint32_t>& mentions, const std::vector<uint32_t>& previous);

  const TextAnalysis& analysis() const { return analysis_; }
  uint32_t index() const { return index_; }
  const Sentence& sentence() const { return analysis_.sentences[index_]; }
  uint32_t begin() const { return range_.begin; }
  uint32_t end() const { return range_.end; }
  char32_t at(uint32_t position) const { return analysis_.text[position]; }
  const std::vector<uint32_t>& mentions() const { return *mentions_; }
  const std::vector<uint32_t>& previous() const { return *previous_; }
  const std::vector<uint32_t>& main() const { return main_; }
  const TextMention& mention(uint32_t index) const { return analysis_.mentions[index]; }

  // Han characters, Latin words and marks between two positions of the sentence.
  uint32_t WordsBetween(uint32_t begin, uint32_t end) const {
    return counts_[end - range_.begin].words - counts_[begin - range_.begin].words;
  }
  // Commas, colons and the like between two positions.
  uint32_t BreaksBetween(uint32_t begin, uint32_t end) const {
    return counts_[end - range_.begin].breaks - counts_[begin - range_.begin].breaks;
  }
  bool IsBreak(uint32_t position) const { return BreaksBetween(position, position + 1) > 0; }
  // The clause around a position, without the mark that ends it.
  Range ClauseAround(uint32_t position) const;
  uint32_t SkipSpaces(uint32_t position, int direction) const;
  // "bought Hoshino, beating Northwind": who beats is who the clause before is about.
  bool IsTrailingParticiple(Range word) const;
  // Strictly inside a name, where no word of a rule begins.
  bool IsInsideName(uint32_t position) const { return inside_name_[position - range_.begin]; }
  // Some character of the range belongs to the name of an entity.
  bool TouchesName(Range range) const;

  // Mentions that a walk in this direction meets at a position: in quotation marks or
  // not, backwards also those whose bracketed gloss ends there, or what English says of them between
  // commas (Lin An, who runs it,), or their relative pronoun (Lin An, a baker who), and forwards first
  // those whose owner begins there: Llama of "Meta的Llama".
  const std::vector<uint32_t>& MeetingAt(uint32_t position, int direction) const;
  // Where the walk can go on after a mention, farthest first.
  struct Places {
    std::array<uint32_t, 5> positions;
    uint32_t count = 0;
    const uint32_t* begin() const { return positions.data(); }
    const uint32_t* end() const { return positions.data() + count; }
  };
  Places AfterMention(uint32_t mention, int direction) const;
  // The list that goes on from a mention: A、B和C. Begins with the mention itself; members may be of several types.
  std::vector<uint32_t> ListFrom(uint32_t mention, int direction) const;

  // Of what English says of a name between commas (Lin An, the daughter of Gao Yi,) and has said at a later position,
  // where a range stands in it: the mention of Lin An, of whom the sentence goes on; -1 for none.
  int32_t OwnerOfClosedAside(Range range, uint32_t position) const {
    const auto aside = std::find_if(asides_.begin(), asides_.end(), [&](const Aside& one) {
      return one.range.Contains(range) && one.range.end <= position;
    });
    return aside == asides_.end() ? -1 : static_cast<int32_t>(aside->owner);
  }
  bool IsInClosedAside(Range range, uint32_t position) const { return OwnerOfClosedAside(range, position) >= 0; }

  // Whether a mention of the sentence is named only to be denied: Cantor of "Brisk, not Cantor", 凌川 of
  // 由北嶺而非凌川收購; and whether a word is what denies it.
  bool IsExcluded(uint32_t mention) const;
  bool IsExclusion(Range word) const;
  // Whether one of the list that goes on from a mention is.
  bool HasExcluded(uint32_t mention, int direction) const;

  EntityType TypeOf(const TextMention& mention) const;
  const std::string& SubtypeOf(const TextMention& mention) const;

 private:
  struct Edges {
    uint32_t quote_begin = 0, quote_end = 0, gloss_end = 0;
    uint32_t aside_end = 0;            // else gloss_end
    uint32_t relative_end = 0;         // behind "Hoshino, which"; else gloss_end
    uint32_t owner_begin = 0;          // of Meta in "Meta的Llama"; else quote_begin
    int32_t next = -1, previous = -1;  // in a list; indexes into mentions()
    uint32_t exclusion_begin = 0;      // of "not by the Cantor Fund", where it is `excluded` by words of its own
    bool excluded = false;
  };
  struct Aside {
    Range range;
    uint32_t owner = 0;  // mention
  };
  struct Counts {
    uint32_t words = 0, breaks = 0;
  };
  // Mentions by position. Lists that are not in use keep their room.
  struct Meetings {
    std::vector<std::vector<uint32_t>> lists;
    size_t used = 0;
    std::vector<int32_t> at;  // index into lists; -1 for none

    void Clear(uint32_t size);
    void Add(uint32_t place, uint32_t mention);
  };
  void FindWords();
  void FindEdges();
  uint32_t AsideEnd(uint32_t position) const;
  uint32_t RelativeEnd(uint32_t position, EntityType type) const;
  bool OpensWithName(uint32_t position) const;
  void FindOwners();
  void FindExclusions();
  uint32_t WordEnd(uint32_t position) const;
  uint32_t NameBehind(uint32_t position) const;
  uint32_t PastSamePreposition(uint32_t position, uint32_t left) const;
  uint32_t ContrastEnd(uint32_t position) const;
  std::optional<uint32_t> OpposedMember(size_t k, uint32_t from) const;
  void FindLists();
  uint32_t LinkEnd(uint32_t position, bool& is_comma) const;
  std::vector<uint32_t> MembersAt(uint32_t position, EntityType type) const;
  uint32_t MemberBegin(uint32_t position, EntityType type, bool is_comma) const;

  const TextAnalysis& analysis_;
  const std::vector<uint32_t>& main_;
  uint32_t index_ = 0;
  Range range_;
  const std::vector<uint32_t>*mentions_ = nullptr, *previous_ = nullptr;
  std::vector<Counts> counts_;  // before each position
  std::vector<bool> inside_name_, in_name_;
  std::vector<Edges> edges_;  // one for each of mentions()
  std::vector<Aside> asides_;
  Meetings forward_, backward_;
  bool has_exclusions_ = false;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_SENTENCE_VIEW_H_
