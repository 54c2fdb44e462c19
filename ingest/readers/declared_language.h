// Language tags of pages and feeds, as documents have them.
#ifndef NEWSGRAPH_INGEST_READERS_DECLARED_LANGUAGE_H_
#define NEWSGRAPH_INGEST_READERS_DECLARED_LANGUAGE_H_

#include <string>
#include <string_view>

namespace newsgraph {

// "zh-Hant", "zh-Hans" or "en" for zh-TW, zh_HK, zh-Hant-TW, zh-CN, en-GB; other tags as they
// are. Empty where there is none, where it leaves the script open (zh), and where the text
// is plainly in another: templates say "en" on Chinese pages.
std::string DeclaredLanguage(std::string_view tag, std::string_view text);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_READERS_DECLARED_LANGUAGE_H_
