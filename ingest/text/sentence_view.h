// One sentence as rules see it: words, clauses, and where its mentions begin and end.
#ifndef NEWSGRAPH_INGEST_TEXT_SENTENCE_VIEW_H_
#define NEWSGRAPH_INGEST_TEXT_SENTENCE_VIEW_H_

#include <cstdint>
#include <vector>

#include "ingest/text/analysis.h"

namespace newsgraph {

bool IsSpaceMark(char32_t c);
// Letters and digits of scripts that put spaces between words.
bool IsLatinWordMark(char32_t c);
bool IsOpeningQuote(char32_t c);
bool IsClosingQuote(char32_t c);

// Mentions of each sentence: indexes into TextAnalysis::mentions, ascending.
std::vector<std::vector<uint32_t>> MentionsBySentence(const TextAnalysis& analysis);

// Refers to the analysis, which must outlive it unchanged.
class SentenceView {
 public:
  // `previous` are the mentions of the sentence before it in the same paragraph or
  // turn; empty for none. `main` are mentions of what the document is about, of each
  // type the most frequent first.
  SentenceView(const TextAnalysis& analysis, uint32_t sentence, const std::vector<uint32_t>& mentions,
               const std::vector<uint32_t>& previous, const std::vector<uint32_t>& main);

  const TextAnalysis& analysis() const { return analysis_; }
  uint32_t index() const { return index_; }
  const Sentence& sentence() const { return analysis_.sentences[index_]; }
  uint32_t begin() const { return range_.begin; }
  uint32_t end() const { return range_.end; }
  char32_t at(uint32_t position) const { return analysis_.text[position]; }
  const std::vector<uint32_t>& mentions() const { return mentions_; }
  const std::vector<uint32_t>& previous() const { return previous_; }
  const std::vector<uint32_t>& main() const { return main_; }
  const TextMention& mention(uint32_t index) const { return analysis_.mentions[index]; }

  // Han characters, Latin words and marks between two positions of the sentence.
  uint32_t WordsBetween(uint32_t begin, uint32_t end) const {
    return words_[end - range_.begin] - words_[begin - range_.begin];
  }
  // Commas, colons and the like between two positions.
  uint32_t BreaksBetween(uint32_t begin, uint32_t end) const {
    return breaks_[end - range_.begin] - breaks_[begin - range_.begin];
  }
  bool IsBreak(uint32_t position) const { return BreaksBetween(position, position + 1) > 0; }
  // The clause around a position, without the mark that ends it.
  Range ClauseAround(uint32_t position) const;
  uint32_t SkipSpaces(uint32_t position, int direction) const;
  // Strictly inside a name, where no word of a rule begins.
  bool IsInsideName(uint32_t position) const { return inside_name_[position - range_.begin]; }
  // Some character of the range belongs to the name of an entity.
  bool TouchesName(Range range) const;

  // Mentions that a walk in this direction meets at a position: in quotation marks or
  // not, backwards also those whose bracketed gloss ends there, and forwards first
  // those whose owner begins there: Llama of "Meta的Llama".
  const std::vector<uint32_t>& MeetingAt(uint32_t position, int direction) const;
  // Where the walk can go on after a mention, farthest first.
  std::vector<uint32_t> AfterMention(uint32_t mention, int direction) const;
  // The list that goes on from a mention: A、B和C. Begins with the mention itself.
  std::vector<uint32_t> ListFrom(uint32_t mention, int direction) const;

  EntityType TypeOf(const TextMention& mention) const;
  const std::string& SubtypeOf(const TextMention& mention) const;

 private:
  struct Edges {
    uint32_t quote_begin = 0, quote_end = 0, gloss_end = 0;
    uint32_t owner_begin = 0;          // of Meta in "Meta的Llama"; else quote_begin
    int32_t next = -1, previous = -1;  // in a list; indexes into mentions_
  };
  void FindWords();
  void FindEdges();
  void FindOwners();
  void FindLists();
  uint32_t LinkEnd(uint32_t position, bool& is_comma) const;

  const TextAnalysis& analysis_;
  const uint32_t index_;
  const Range range_;
  const std::vector<uint32_t>& mentions_;
  const std::vector<uint32_t>& previous_;
  const std::vector<uint32_t>& main_;
  std::vector<uint32_t> words_, breaks_;  // before each position
  std::vector<bool> inside_name_, in_name_;
  std::vector<Edges> edges_;  // one for each of mentions_
  std::vector<std::vector<uint32_t>> forward_, backward_;
  std::vector<int32_t> forward_at_, backward_at_;  // index into forward_, backward_; -1 for none
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_SENTENCE_VIEW_H_
