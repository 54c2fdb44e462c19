#include "ingest/readers/boilerplate_words.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string>

namespace newsgraph {
namespace {

struct Word {
  std::string_view word;  // lower case, without separators; a "*" at the end: more may follow
  CutReason reason;
};

constexpr Word kNames[] = {
    {"nav", CutReason::kNavigation},
    {"navbar*", CutReason::kNavigation},
    {"navigation*", CutReason::kNavigation},
    {"pagenav", CutReason::kNavigation},
    {"subnav", CutReason::kNavigation},
    {"menu*", CutReason::kNavigation},
    {"mainmenu", CutReason::kNavigation},
    {"submenu", CutReason::kNavigation},
    {"breadcrumb*", CutReason::kNavigation},
    {"crumb*", CutReason::kNavigation},
    {"pagination*", CutReason::kNavigation},
    {"pager", CutReason::kNavigation},
    {"paging", CutReason::kNavigation},
    {"masthead*", CutReason::kNavigation},
    {"siteheader*", CutReason::kNavigation},
    {"globalheader*", CutReason::kNavigation},
    {"pageheader*", CutReason::kNavigation},
    {"topbar*", CutReason::kNavigation},
    {"skip", CutReason::kNavigation},
    {"skiplink*", CutReason::kNavigation},
    {"sitemap", CutReason::kNavigation},
    {"toc", CutReason::kNavigation},
    {"tableofcontents", CutReason::kNavigation},
    {"backtotop", CutReason::kNavigation},

    {"ad", CutReason::kAdvertisement},
    {"ads", CutReason::kAdvertisement},
    {"adv", CutReason::kAdvertisement},
    {"advert*", CutReason::kAdvertisement},
    {"adslot*", CutReason::kAdvertisement},
    {"adbox*", CutReason::kAdvertisement},
    {"adunit*", CutReason::kAdvertisement},
    {"adsense*", CutReason::kAdvertisement},
    {"adsby*", CutReason::kAdvertisement},
    {"adcontainer*", CutReason::kAdvertisement},
    {"adwrap*", CutReason::kAdvertisement},
    {"adbanner*", CutReason::kAdvertisement},
    {"googlead*", CutReason::kAdvertisement},
    {"dfp", CutReason::kAdvertisement},
    {"sponsor*", CutReason::kAdvertisement},
    {"promo*", CutReason::kAdvertisement},
    {"commercial", CutReason::kAdvertisement},
    {"taboola*", CutReason::kAdvertisement},
    {"outbrain*", CutReason::kAdvertisement},
    {"newsletter*", CutReason::kAdvertisement},
    {"subscribe*", CutReason::kAdvertisement},
    {"subscription*", CutReason::kAdvertisement},
    {"paywall*", CutReason::kAdvertisement},
    {"signup*", CutReason::kAdvertisement},
    {"donat*", CutReason::kAdvertisement},
    {"membership*", CutReason::kAdvertisement},
    {"appdownload*", CutReason::kAdvertisement},
    {"downloadapp*", CutReason::kAdvertisement},
    {"cta", CutReason::kAdvertisement},

    {"related*", CutReason::kRelated},
    {"relate", CutReason::kRelated},
    {"recommend*", CutReason::kRelated},
    {"recirc*", CutReason::kRelated},
    {"readmore*", CutReason::kRelated},
    {"readalso", CutReason::kRelated},
    {"seealso", CutReason::kRelated},
    {"more", CutReason::kRelated},
    {"morenews", CutReason::kRelated},
    {"hotnews*", CutReason::kRelated},
    {"trending*", CutReason::kRelated},
    {"popular*", CutReason::kRelated},
    {"mostread*", CutReason::kRelated},
    {"mostpopular*", CutReason::kRelated},
    {"ranking*", CutReason::kRelated},
    {"sidebar*", CutReason::kRelated},
    {"rightrail*", CutReason::kRelated},
    {"rail", CutReason::kRelated},
    {"teaser*", CutReason::kRelated},
    {"upnext", CutReason::kRelated},
    {"nextarticle*", CutReason::kRelated},
    {"prevnext", CutReason::kRelated},

    {"comment*", CutReason::kComment},
    {"disqus*", CutReason::kComment},
    {"discussion*", CutReason::kComment},
    {"respond", CutReason::kComment},
    {"replies", CutReason::kComment},
    {"fbcomment*", CutReason::kComment},

    {"search", CutReason::kForm},
    {"searchform*", CutReason::kForm},
    {"searchbox*", CutReason::kForm},
    {"login*", CutReason::kForm},
    {"signin*", CutReason::kForm},
    {"poll", CutReason::kForm},
    {"survey", CutReason::kForm},

    {"share*", CutReason::kShare},
    {"sharing*", CutReason::kShare},
    {"social*", CutReason::kShare},
    {"sns", CutReason::kShare},
    {"addthis*", CutReason::kShare},
    {"addtoany*", CutReason::kShare},
    {"fontsize*", CutReason::kShare},
    {"textsize*", CutReason::kShare},
    {"bookmark*", CutReason::kShare},
    {"toolbar*", CutReason::kShare},
    {"tools", CutReason::kShare},
    {"follow", CutReason::kShare},
    {"followus", CutReason::kShare},

    {"byline*", CutReason::kByline},
    {"author*", CutReason::kByline},
    {"dateline", CutReason::kByline},
    {"timestamp*", CutReason::kByline},
    {"datetime", CutReason::kByline},
    {"pubdate*", CutReason::kByline},
    {"publishdate*", CutReason::kByline},
    {"published", CutReason::kByline},
    {"postmeta", CutReason::kByline},
    {"articlemeta", CutReason::kByline},
    {"entrymeta", CutReason::kByline},
    {"storymeta", CutReason::kByline},
    {"meta", CutReason::kByline},
    {"reporter*", CutReason::kByline},
    {"contributor*", CutReason::kByline},
    {"journalist*", CutReason::kByline},

    {"copyright*", CutReason::kNotice},
    {"footer*", CutReason::kNotice},
    {"sitefooter*", CutReason::kNotice},
    {"disclaimer*", CutReason::kNotice},
    {"legal", CutReason::kNotice},
    {"cookie*", CutReason::kNotice},
    {"consent*", CutReason::kNotice},
    {"gdpr*", CutReason::kNotice},
    {"tags", CutReason::kNotice},
    {"taglist", CutReason::kNotice},
    {"tagcloud", CutReason::kNotice},
    {"keyword*", CutReason::kNotice},
    {"colophon", CutReason::kNotice},
};

constexpr Word kRoles[] = {
    {"navigation", CutReason::kNavigation},
    {"menu", CutReason::kNavigation},
    {"menubar", CutReason::kNavigation},
    {"tablist", CutReason::kNavigation},
    {"toolbar", CutReason::kShare},
    {"search", CutReason::kForm},
    {"form", CutReason::kForm},
    {"complementary", CutReason::kRelated},
    {"contentinfo", CutReason::kNotice},
    {"dialog", CutReason::kNotice},
    {"alertdialog", CutReason::kNotice},
    {"doc-toc", CutReason::kNavigation},
    {"doc-pagelist", CutReason::kNavigation},
};

// Lines in full; "*" stands for anything, "#" for the end or a mark behind which more follows.
constexpr Word kLines[] = {
    {"廣告", CutReason::kAdvertisement},
    {"广告", CutReason::kAdvertisement},
    {"廣告*請繼續往下閱讀", CutReason::kAdvertisement},
    {"advertisement", CutReason::kAdvertisement},
    {"advertisements", CutReason::kAdvertisement},
    {"sponsored", CutReason::kAdvertisement},
    {"sponsored content", CutReason::kAdvertisement},
    {"story continues below*", CutReason::kAdvertisement},
    {"article continues after*", CutReason::kAdvertisement},
    {"continue reading below", CutReason::kAdvertisement},
    {"scroll to continue*", CutReason::kAdvertisement},
    {"請繼續往下閱讀*", CutReason::kAdvertisement},
    {"訂閱電子報#", CutReason::kAdvertisement},
    {"訂閱本報#", CutReason::kAdvertisement},
    {"订阅#", CutReason::kAdvertisement},
    {"訂閱後*全文", CutReason::kAdvertisement},
    {"加入會員*全文", CutReason::kAdvertisement},
    {"登入後*全文", CutReason::kAdvertisement},
    {"下載app*", CutReason::kAdvertisement},
    {"下載新聞app*", CutReason::kAdvertisement},
    {"sign up for*", CutReason::kAdvertisement},
    {"subscribe to*", CutReason::kAdvertisement},
    {"subscribe now*", CutReason::kAdvertisement},
    {"already a subscriber*", CutReason::kAdvertisement},
    {"this article is for subscribers*", CutReason::kAdvertisement},

    {"延伸閱讀#", CutReason::kRelated},
    {"延伸阅读#", CutReason::kRelated},
    {"相關新聞#", CutReason::kRelated},
    {"相关新闻#", CutReason::kRelated},
    {"相關報導#", CutReason::kRelated},
    {"相关报道#", CutReason::kRelated},
    {"相關報道#", CutReason::kRelated},
    {"相關文章#", CutReason::kRelated},
    {"相关文章#", CutReason::kRelated},
    {"相關閱讀#", CutReason::kRelated},
    {"相关阅读#", CutReason::kRelated},
    {"推薦閱讀#", CutReason::kRelated},
    {"推荐阅读#", CutReason::kRelated},
    {"推薦文章#", CutReason::kRelated},
    {"推荐文章#", CutReason::kRelated},
    {"熱門新聞", CutReason::kRelated},
    {"热门新闻", CutReason::kRelated},
    {"熱門文章", CutReason::kRelated},
    {"猜你喜歡", CutReason::kRelated},
    {"猜你喜欢", CutReason::kRelated},
    {"你可能也喜歡#", CutReason::kRelated},
    {"你可能感興趣#", CutReason::kRelated},
    {"更多新聞#", CutReason::kRelated},
    {"更多報導", CutReason::kRelated},
    {"更多*報導", CutReason::kRelated},
    {"看更多#", CutReason::kRelated},
    {"閱讀全文", CutReason::kRelated},
    {"阅读全文", CutReason::kRelated},
    {"閱讀更多#", CutReason::kRelated},
    {"阅读更多#", CutReason::kRelated},
    {"繼續閱讀", CutReason::kRelated},
    {"继续阅读", CutReason::kRelated},
    {"related", CutReason::kRelated},
    {"related:*", CutReason::kRelated},
    {"related articles*", CutReason::kRelated},
    {"related stories*", CutReason::kRelated},
    {"related news*", CutReason::kRelated},
    {"related coverage*", CutReason::kRelated},
    {"related topics*", CutReason::kRelated},
    {"read more", CutReason::kRelated},
    {"read more:*", CutReason::kRelated},
    {"read more on*", CutReason::kRelated},
    {"read also*", CutReason::kRelated},
    {"read next", CutReason::kRelated},
    {"see also", CutReason::kRelated},
    {"see also:*", CutReason::kRelated},
    {"more on this story", CutReason::kRelated},
    {"more from*", CutReason::kRelated},
    {"more stories", CutReason::kRelated},
    {"most read", CutReason::kRelated},
    {"most popular", CutReason::kRelated},
    {"you may also like", CutReason::kRelated},
    {"you might also like", CutReason::kRelated},
    {"recommended for you", CutReason::kRelated},
    {"continue reading", CutReason::kRelated},
    {"full story", CutReason::kRelated},

    {"分享", CutReason::kShare},
    {"轉貼", CutReason::kShare},
    {"列印", CutReason::kShare},
    {"share", CutReason::kShare},
    {"share this*", CutReason::kShare},
    {"print", CutReason::kShare},

    {"©*", CutReason::kNotice},
    {"(c) *", CutReason::kNotice},
    {"copyright ©*", CutReason::kNotice},
    {"copyright (c)*", CutReason::kNotice},
    {"copyright 20*", CutReason::kNotice},
    {"copyright 19*", CutReason::kNotice},
    {"all rights reserved*", CutReason::kNotice},
    {"版權所有*", CutReason::kNotice},
    {"版权所有*", CutReason::kNotice},
    {"著作權所有*", CutReason::kNotice},
    {"未經授權*轉載", CutReason::kNotice},
    {"未经授权*转载", CutReason::kNotice},
    {"未經同意*轉載", CutReason::kNotice},
    {"本文著作權*", CutReason::kNotice},
    {"本文版權*", CutReason::kNotice},
    {"本文版权*", CutReason::kNotice},
    {"轉載請註明*", CutReason::kNotice},
    {"转载请注明*", CutReason::kNotice},
    {"未經許可*轉載", CutReason::kNotice},
    {"未经许可*转载", CutReason::kNotice},
    {"免責聲明*", CutReason::kNotice},
    {"免责声明*", CutReason::kNotice},
    {"隱私權政策*", CutReason::kNotice},
    {"關鍵字#", CutReason::kNotice},
    {"关键词#", CutReason::kNotice},
    {"標籤#", CutReason::kNotice},
    {"tags:*", CutReason::kNotice},
    {"topics:*", CutReason::kNotice},
    {"filed under*", CutReason::kNotice},
};

// A notice is short; a paragraph that begins with its words is a paragraph.
constexpr size_t kLongestNoticeBytes = 240;
constexpr size_t kLongestHeadingBytes = 60;

bool Matches(std::string_view pattern, std::string_view text) {
  if (pattern.ends_with('#')) {
    pattern.remove_suffix(1);
    if (!text.starts_with(pattern)) return false;
    text.remove_prefix(pattern.size());
    constexpr std::string_view kFollowing[] = {"：", ":",  "】", "]", "｜", "|",      "／",
                                               "/",  "＞", ">",  "»", " ",  "\u3000", "→"};
    return text.empty() || std::any_of(std::begin(kFollowing), std::end(kFollowing),
                                       [&](std::string_view mark) { return text.starts_with(mark); });
  }
  const size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text;
  const std::string_view tail = pattern.substr(star + 1);
  return text.size() + 1 >= pattern.size() && text.starts_with(pattern.substr(0, star)) && text.ends_with(tail);
}

template <size_t size>
std::optional<CutReason> Find(const Word (&words)[size], std::string_view text) {
  const auto* const found =
      std::find_if(std::begin(words), std::end(words), [&](const Word& word) { return Matches(word.word, text); });
  if (found == std::end(words)) return std::nullopt;
  return found->reason;
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

bool IsWordChar(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// One name, "relatedNews" or "site-header__top": it without separators, then each of its words.
std::optional<CutReason> ReasonOfName(std::string_view name) {
  std::string whole;
  for (const char c : name) {
    if (IsWordChar(c)) whole += c;
  }
  whole = Lower(whole);
  // No bar to share something, and no comment of readers.
  if (whole.starts_with("shareholder") || whole.starts_with("commentary")) return std::nullopt;
  if (const auto reason = Find(kNames, whole)) return reason;
  for (size_t begin = 0; begin < name.size();) {
    if (!IsWordChar(name[begin])) {
      ++begin;
      continue;
    }
    size_t end = begin + 1;
    while (end < name.size() && IsWordChar(name[end]) &&
           !(std::isupper(static_cast<unsigned char>(name[end])) &&
             std::islower(static_cast<unsigned char>(name[end - 1])))) {
      ++end;
    }
    if (const auto reason = Find(kNames, Lower(name.substr(begin, end - begin)))) return reason;
    begin = end;
  }
  return std::nullopt;
}

// 【延伸閱讀】 ▸ Read more › : the words between such marks.
std::string Bare(std::string_view line) {
  constexpr std::string_view kMarks[] = {" ", "【", "】", "▶", "►", "▸", "›", "»",  "→", "●", "■",  "◆", "※",     "[",
                                         "]", "…",  ">",  "-", "–", "—", "|", "｜", "*", "☞", "：", ":", "\u3000"};
  for (bool changed = true; changed;) {
    changed = false;
    for (const std::string_view mark : kMarks) {
      if (line.starts_with(mark)) {
        line.remove_prefix(mark.size());
        changed = true;
      }
    }
  }
  for (const std::string_view mark : {"。", ".", "！", "!"}) {
    if (line.ends_with(mark)) line.remove_suffix(mark.size());
  }
  return Lower(line);
}

}  // namespace

std::optional<CutReason> ReasonOfNames(std::string_view names) {
  while (!names.empty()) {
    const size_t end = std::min(names.find_first_of(" \t\r\n"), names.size());
    if (const auto reason = ReasonOfName(names.substr(0, end))) return reason;
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return std::nullopt;
}

std::optional<CutReason> ReasonOfRole(std::string_view role) { return Find(kRoles, Lower(role)); }

std::optional<CutReason> ReasonOfLine(std::string_view line) {
  if (line.size() > kLongestNoticeBytes) return std::nullopt;
  const std::optional<CutReason> reason = Find(kLines, Bare(line));
  // What ends as a sentence does is one: "More from the hearing came to light on Tuesday."
  if (reason == CutReason::kRelated && (line.ends_with('.') || line.ends_with("。"))) return std::nullopt;
  return reason;
}

bool IsRelatedHeading(std::string_view line) {
  return line.size() <= kLongestHeadingBytes && ReasonOfLine(line) == CutReason::kRelated;
}

}  // namespace newsgraph
