// Chinese noun phrases that stand for what a text has named: 該公司, 這家基金, 前者, 球隊.
#ifndef NEWSGRAPH_INGEST_TEXT_REFERENCE_WORDS_H_
#define NEWSGRAPH_INGEST_TEXT_REFERENCE_WORDS_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "ingest/text/analysis.h"

namespace newsgraph {

// What a thing is called once it has been named, as it ends its name: 法團 of 翠富苑業主立案法團.
struct HeadNoun {
  std::u32string_view word;  // folded
  EntityType type = EntityType::kOrg;
  std::string_view
      subtype;       // that an entity of another name may have too: 該黨 of 新島聯盟; "*" for any, empty for none
  bool bare = true;  // also without 該 or 這家, where a name ends with it
};

// A demonstrative and what it points at: 該黨, 這家基金, 這位老闆.
struct PointingPhrase {
  uint32_t size = 0;
  const HeadNoun* head = nullptr;  // null: a person
};
// That the folded text begins with.
std::optional<PointingPhrase> PointingPhraseAt(std::u32string_view text);
// The longest that the folded text begins with; null for none.
const HeadNoun* HeadNounAt(std::u32string_view text);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_REFERENCE_WORDS_H_
