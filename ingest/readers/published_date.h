// When an article was published, as outlets write it, as ISO 8601.
#ifndef NEWSGRAPH_INGEST_READERS_PUBLISHED_DATE_H_
#define NEWSGRAPH_INGEST_READERS_PUBLISHED_DATE_H_

#include <string>
#include <string_view>

namespace newsgraph {

// The first date of a text: ISO 8601, 2025/6/4 16:30, 2025年6月4日, 民國114年6月4日, RFC 822,
// "June 4, 2025", "4 June 2025". "2025-06-04" or "2025-06-04T16:30:00+08:00", with the
// offset only where there is one; empty for none, or for a day that no calendar has.
std::string FindPublishedDate(std::string_view text);

// Whether a line is a time of day alone: "09:40", "下午3:05".
bool IsTimeLine(std::string_view line);

// Whether a line holds a date and beside it nothing but words such as 發布時間 or Updated.
bool IsDateLine(std::string_view line);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_READERS_PUBLISHED_DATE_H_
