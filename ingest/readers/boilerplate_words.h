// The words by which pages mark what is not the article: names of classes and roles, and
// the lines that outlets print around articles. Tables; true of many sites, of none alone.
#ifndef NEWSGRAPH_INGEST_READERS_BOILERPLATE_WORDS_H_
#define NEWSGRAPH_INGEST_READERS_BOILERPLATE_WORDS_H_

#include <optional>
#include <string_view>

#include "ingest/document_reader.h"

namespace newsgraph {

// Of the words in a class or id: "ad-slot", "relatedNews", "site_header". The first that
// says something counts.
std::optional<CutReason> ReasonOfNames(std::string_view names);
// Of an ARIA role.
std::optional<CutReason> ReasonOfRole(std::string_view role);
// Of a line that is nothing but such a notice: 廣告, 延伸閱讀：…, All rights reserved.
std::optional<CutReason> ReasonOfLine(std::string_view line);
// A line that is the heading of links to other articles: 延伸閱讀, Read more.
bool IsRelatedHeading(std::string_view line);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_READERS_BOILERPLATE_WORDS_H_
