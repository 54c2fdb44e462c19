#include "ingest/readers/byline.h"

#include <unicode/regex.h>
#include <unicode/unistr.h>

#include <cstdlib>
#include <iterator>
#include <memory>

#include "ingest/readers/published_date.h"

namespace newsgraph {
namespace {

constexpr size_t kLongestLine = 240;

#define NEWSGRAPH_HAN "[\\p{Han}·．・]"
// A role before the name, as outlets of Taiwan, Hong Kong and the mainland print it.
#define NEWSGRAPH_ROLE                                                                                                                       \
  "(?:(?:即時中心|綜合中心|本報|本报|特約|特约|駐\\p{Han}{1,4}|實習|实习|資深|资深)?"                               \
  "(?:記者|记者|特派員|特派员|編輯|编辑|編譯|编译|撰文|撰稿|採訪|采访|作者|主筆|主笔|文字|文)(?:[、及/" \
  "／](?:編輯|编辑|攝影|摄影|"                                                                                                      \
  "撰文))?)"
#define NEWSGRAPH_NAMES NEWSGRAPH_HAN "{2,5}(?:[、，,及與与和]\\s*" NEWSGRAPH_HAN "{2,4}){0,3}"
#define NEWSGRAPH_REPORT "(?:報導|报道|報道|专电|專電|电|電|專訪|专访|特稿|整理|攝影|摄影)"
#define NEWSGRAPH_OPEN "[\\[【(（〔]?\\s*"
#define NEWSGRAPH_CLOSE "\\s*[\\]】)）〕]?\\s*@?\\s*"
#define NEWSGRAPH_LATIN_NAME "\\p{Lu}[\\p{L}.'’-]*(?:\\s+(?:\\p{Lu}[\\p{L}.'’-]*|de|van|von|der|la|bin|al)){0,4}"

// Group 1 is the author.
constexpr const char* kBylines[] = {
    // （責任編輯：王小明）: who edited it is no author.
    NEWSGRAPH_OPEN
    "(?:責任編輯|责任编辑|責編|责编|核稿編輯|核稿|校對|校对)\\s*[:：/／]\\s*()[\\p{L}·\\s、]{2,20}" NEWSGRAPH_CLOSE,
    // 記者沈柏霖／台北報導, 記者 沈柏霖／台北報導 2025-06-04 16:30, 文／林小安
    NEWSGRAPH_OPEN NEWSGRAPH_ROLE "\\s*[:：/／|｜\\s]\\s*(" NEWSGRAPH_NAMES
                                  ")(?:\\s*[/／|｜\\s]\\s*\\p{Han}{2,12})?" NEWSGRAPH_CLOSE,
    NEWSGRAPH_OPEN NEWSGRAPH_ROLE "(" NEWSGRAPH_NAMES
                                  ")\\s*[/／|｜\\s]\\s*\\p{Han}{0,8}?" NEWSGRAPH_REPORT NEWSGRAPH_CLOSE,
    // （記者林小安台北報導）
    NEWSGRAPH_OPEN NEWSGRAPH_ROLE "(" NEWSGRAPH_HAN "{2,3})\\p{Han}{0,8}?" NEWSGRAPH_REPORT NEWSGRAPH_CLOSE,
    // 林小安／台北報導, 〔林小安／台北報導〕
    NEWSGRAPH_OPEN "(" NEWSGRAPH_HAN "{2,4})\\s*[/／|｜]\\s*\\p{Han}{0,8}?" NEWSGRAPH_REPORT NEWSGRAPH_CLOSE,
    // By Jane Roe and John Doe, Staff Writer | @
    "(?:Story\\s+|Words\\s+|Written\\s+|Reported\\s+|Reporting\\s+)?(?i:by)[:\\s]\\s*(" NEWSGRAPH_LATIN_NAME
    "(?:(?:,\\s+|\\s+and\\s+|\\s+&\\s+)" NEWSGRAPH_LATIN_NAME
    "){0,4}?)(?:,?\\s*(?:(?i:in)\\s+[\\p{L} ]+|(?i:[\\p{L} "
    "]*(?:writer|correspondent|reporter|editor|staff)s?)))?[\\s|·•,–—-]*@?\\s*",
    // Reporting by Jane Roe; editing by John Doe
    "(?i:\\(?(?:additional )?reporting by)\\s+(" NEWSGRAPH_LATIN_NAME "[^;]*);\\s*(?i:editing by)\\s.*",
};

const icu::RegexPattern& Compiled(size_t index) {
  static const auto* const patterns = [] {
    auto* const compiled = new std::unique_ptr<icu::RegexPattern>[std::size(kBylines)];
    for (size_t i = 0; i < std::size(kBylines); ++i) {
      UErrorCode error = U_ZERO_ERROR;
      compiled[i].reset(icu::RegexPattern::compile(icu::UnicodeString::fromUTF8(kBylines[i]), 0, error));
      if (U_FAILURE(error)) std::abort();
    }
    return compiled;
  }();
  return *patterns[index];
}

std::string_view Trimmed(std::string_view text) {
  while (true) {
    if (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') {
      text.remove_prefix(1);
    } else if (text.starts_with("\u3000")) {
      text.remove_prefix(3);
    } else if (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') {
      text.remove_suffix(1);
    } else if (text.ends_with("\u3000")) {
      text.remove_suffix(3);
    } else {
      return text;
    }
  }
}

}  // namespace

bool ReadByline(std::string_view line, Byline& byline) {
  line = Trimmed(line);
  if (line.empty() || line.size() > kLongestLine) return false;
  if (IsDateLine(line)) {
    if (byline.published.empty()) byline.published = FindPublishedDate(line);
    return true;
  }
  // A date behind the names is read apart from them.
  const std::string published = FindPublishedDate(line);
  std::string names(line);
  if (!published.empty()) {
    for (size_t at = 0; at < line.size(); ++at) {
      if (IsDateLine(line.substr(at))) {
        names = std::string(line.substr(0, at)) + "@";
        break;
      }
    }
  }
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(names);
  for (size_t i = 0; i < std::size(kBylines); ++i) {
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<icu::RegexMatcher> matcher(Compiled(i).matcher(text, error));
    if (!matcher->matches(error) || U_FAILURE(error)) continue;
    std::string author;
    matcher->group(1, error).toUTF8String(author);
    if (byline.author.empty()) byline.author = std::string(Trimmed(author));
    if (byline.published.empty()) byline.published = published;
    return true;
  }
  return false;
}

std::string AuthorName(std::string_view text) {
  text = Trimmed(text);
  const size_t at = text.find('@');
  if (at != std::string_view::npos) {
    const size_t open = text.find('(', at);
    const size_t close = text.find(')', at);
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) return "";
    text = Trimmed(text.substr(open + 1, close - open - 1));
  }
  if (text.starts_with("http://") || text.starts_with("https://")) return "";
  Byline byline;
  if (ReadByline(text, byline) && !byline.author.empty()) return byline.author;
  return std::string(text);
}

}  // namespace newsgraph
