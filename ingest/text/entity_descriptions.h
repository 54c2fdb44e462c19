// What a document says its entities are, beside their names: 晶片廠倫美, Lunmei, a memory-chip maker.
#ifndef NEWSGRAPH_INGEST_TEXT_ENTITY_DESCRIPTIONS_H_
#define NEWSGRAPH_INGEST_TEXT_ENTITY_DESCRIPTIONS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "ingest/text/analysis.h"
#include "ingest/text/reference_nouns_en.h"

namespace newsgraph {

// Views into the text of the analysis, which must outlive it unchanged.
class EntityDescriptions {
 public:
  EntityDescriptions(const TextAnalysis& analysis, const EnglishHeads& english_heads);

  // Words in apposition: of English each word of the phrase, of Chinese the noun right before the name and what is
  // behind 是一家.
  const std::vector<std::u32string_view>& WordsOf(int32_t entity) const { return words_[static_cast<size_t>(entity)]; }
  bool Says(int32_t entity, std::u32string_view word) const;
  // Whether the word stands in its name, or not far from it in a sentence.
  bool IsNear(int32_t entity, std::u32string_view word) const;

 private:
  void LookAround(const TextMention& name);
  void LookAroundLatin(Range name, std::vector<std::u32string_view>& out) const;
  void LookAroundHan(Range name, std::vector<std::u32string_view>& out) const;

  const TextAnalysis& analysis_;
  const EnglishHeads& english_heads_;
  std::vector<std::vector<std::u32string_view>> words_;  // by entity
  std::vector<std::vector<Range>> surroundings_;         // of its first names
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_ENTITY_DESCRIPTIONS_H_
