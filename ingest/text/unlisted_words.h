// Whether a run of Han characters is made of common words: ICU's dictionary tells. A name that
// no list holds is what no dictionary holds either, and stands in the text character by character.
#ifndef NEWSGRAPH_INGEST_TEXT_UNLISTED_WORDS_H_
#define NEWSGRAPH_INGEST_TEXT_UNLISTED_WORDS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newsgraph {

// The lengths of the words that folded Han text consists of; what is in no dictionary comes as
// single characters. Safe from any thread; the same for one version of ICU.
std::vector<uint32_t> WordLengths(std::u32string_view folded_han);
// Whether it has no word of two characters or more in it.
bool IsUnlisted(std::u32string_view folded_han);

// Of the dictionary: ICU's, as "72.1".
std::string DictionaryVersion();

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_UNLISTED_WORDS_H_
