// Lines that say who wrote an article and when.
#ifndef NEWSGRAPH_INGEST_READERS_BYLINE_H_
#define NEWSGRAPH_INGEST_READERS_BYLINE_H_

#include <string>
#include <string_view>

namespace newsgraph {

struct Byline {
  std::string author;     // several are joined with ", "
  std::string published;  // ISO 8601
};

// Whether a line is nothing but a byline (記者沈柏霖／台北報導, 文／林小安, By Jane Roe) or a
// date line. Fills in what of `byline` is empty yet.
bool ReadByline(std::string_view line, Byline& byline);

// An author as feeds and pages write him: "By Jane Roe", "jane@x.example (Jane Roe)". Empty
// for an address or a link without a name.
std::string AuthorName(std::string_view text);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_READERS_BYLINE_H_
