// What a page says of itself: JSON-LD, Open Graph, meta tags, microdata, <time>, <html lang>.
#ifndef NEWSGRAPH_INGEST_READERS_PAGE_METADATA_H_
#define NEWSGRAPH_INGEST_READERS_PAGE_METADATA_H_

#include <string>
#include <string_view>

#include "ingest/readers/html_tree.h"

namespace newsgraph {

// Empty where the page does not say.
struct PageMetadata {
  std::string title;  // without the outlet's name behind it
  std::string author;
  std::string published;  // ISO 8601
  std::string publisher;
  std::string language;  // the tag as it stands
  std::string uri;
  std::string article_body;  // of JSON-LD, for pages whose text a script writes
};
PageMetadata ReadPageMetadata(const HtmlTree& tree);

// Text that may hold HTML (titles of feeds): its words in one line.
std::string PlainWords(std::string_view html);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_READERS_PAGE_METADATA_H_
