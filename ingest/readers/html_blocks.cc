#include "ingest/readers/html_blocks.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <optional>
#include <utility>

#include "ingest/readers/boilerplate_words.h"
#include "ingest/readers/format_reader.h"

namespace newsgraph {
namespace {

constexpr std::string_view kBlockTags[] = {
    "address", "article", "aside", "blockquote", "body",     "caption",    "center", "dd",      "details", "dialog",
    "dir",     "div",     "dl",    "dt",         "fieldset", "figcaption", "figure", "footer",  "form",    "h1",
    "h2",      "h3",      "h4",    "h5",         "h6",       "header",     "hgroup", "hr",      "html",    "legend",
    "li",      "main",    "menu",  "nav",        "ol",       "p",          "pre",    "section", "summary", "table",
    "tbody",   "td",      "tfoot", "th",         "thead",    "tr",         "ul"};

struct TagReason {
  std::string_view tag;
  CutReason reason;
};
constexpr TagReason kCutTags[] = {
    {"script", CutReason::kScript},   {"style", CutReason::kScript},         {"noscript", CutReason::kScript},
    {"template", CutReason::kScript}, {"svg", CutReason::kScript},           {"math", CutReason::kScript},
    {"iframe", CutReason::kScript},   {"object", CutReason::kScript},        {"embed", CutReason::kScript},
    {"canvas", CutReason::kScript},   {"audio", CutReason::kScript},         {"video", CutReason::kScript},
    {"map", CutReason::kScript},      {"title", CutReason::kHeadline},       {"nav", CutReason::kNavigation},
    {"menu", CutReason::kNavigation}, {"button", CutReason::kForm},          {"select", CutReason::kForm},
    {"textarea", CutReason::kForm},   {"input", CutReason::kForm},           {"datalist", CutReason::kForm},
    {"dialog", CutReason::kNotice},   {"amp-ad", CutReason::kAdvertisement}, {"ins", CutReason::kAdvertisement},
};

// A block that is more than this share of a page's text is no boilerplate, whatever it is called.
constexpr double kMostOfPage = 0.85;
constexpr double kMuchOfPage = 0.3;
// Bylines are short. Longer ones are portraits of the author, or the class means another thing.
constexpr uint64_t kLongestByline = 160;

template <size_t size>
bool IsAmong(const std::string_view (&words)[size], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool IsBlockTag(std::string_view tag) { return IsAmong(kBlockTags, tag); }

int8_t HeadingLevel(std::string_view tag) {
  return tag.size() == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6' ? static_cast<int8_t>(tag[1] - '0') : 0;
}

bool HasWord(std::string_view words, std::string_view word) {
  for (size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    const size_t end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

bool IsHidden(const HtmlTree& tree, const HtmlNode& node) {
  if (tree.FindAttribute(node, "hidden") != nullptr || tree.Attribute(node, "aria-hidden") == "true") return true;
  std::string style(tree.Attribute(node, "style"));
  std::erase_if(style, [](char c) { return c == ' '; });
  return style.find("display:none") != std::string::npos || style.find("visibility:hidden") != std::string::npos;
}

bool IsArticleBody(const HtmlTree& tree, const HtmlNode& node) {
  return HasWord(tree.Attribute(node, "itemprop"), "articleBody");
}

class CutMarker {
 public:
  explicit CutMarker(const HtmlTree& tree)
      : tree_(tree),
        nodes_(tree.nodes()),
        cut_(nodes_.size()),
        text_before_(nodes_.size() + 1),
        mark_before_(nodes_.size() + 1) {
    // Running sums, so that what lies inside a node is one subtraction.
    int32_t skip_to = 0;
    for (size_t i = 0; i < nodes_.size(); ++i) {
      const HtmlNode& node = nodes_[i];
      const auto index = static_cast<int32_t>(i);
      const auto* const tag = std::find_if(std::begin(kCutTags), std::end(kCutTags),
                                           [&](const TagReason& row) { return row.tag == node.tag; });
      if (tag != std::end(kCutTags) || node.tag == "a") skip_to = std::max(skip_to, node.end);
      const bool counts = node.is_text() && index >= skip_to;
      text_before_[i + 1] = text_before_[i] + (counts ? CountCharacters(node.text) : 0);
      mark_before_[i + 1] = mark_before_[i] + (node.tag == "h1" || IsArticleBody(tree, node) ? 1 : 0);
      has_main_ = has_main_ || node.tag == "main" || node.tag == "article" || IsArticleBody(tree, node);
    }
  }

  std::vector<std::optional<CutReason>> Mark() {
    int32_t article_end = 0, quote_end = 0, paragraph_end = 0;
    for (int32_t i = 0; i < static_cast<int32_t>(nodes_.size());) {
      const HtmlNode& node = nodes_[static_cast<size_t>(i)];
      if (!node.is_text()) {
        const Place place{i < article_end, i < quote_end, i < paragraph_end};
        cut_[static_cast<size_t>(i)] = ReasonOf(i, node, place);
        if (cut_[static_cast<size_t>(i)]) {
          i = node.end;
          continue;
        }
        if (node.tag == "article" || node.tag == "main" || IsArticleBody(tree_, node)) {
          article_end = std::max(article_end, node.end);
        }
        if (node.tag == "blockquote") quote_end = std::max(quote_end, node.end);
        if (node.tag == "p" || HeadingLevel(node.tag) > 0) paragraph_end = std::max(paragraph_end, node.end);
      }
      ++i;
    }
    return std::move(cut_);
  }

 private:
  struct Place {
    bool in_article, in_quote, in_paragraph;
  };

  uint64_t TextIn(int32_t index) const {
    return text_before_[static_cast<size_t>(nodes_[static_cast<size_t>(index)].end)] -
           text_before_[static_cast<size_t>(index)];
  }
  bool HoldsMark(int32_t index) const {
    return mark_before_[static_cast<size_t>(nodes_[static_cast<size_t>(index)].end)] >
           mark_before_[static_cast<size_t>(index)];
  }
  // The article may be in it.
  bool MayHoldArticle(int32_t index) const {
    const double share =
        static_cast<double>(TextIn(index)) / static_cast<double>(std::max<uint64_t>(1, text_before_.back()));
    return share > kMostOfPage || (share > kMuchOfPage && HoldsMark(index));
  }

  std::optional<CutReason> ReasonOf(int32_t index, const HtmlNode& node, Place place) const {
    const std::string_view tag = node.tag;
    if (tag == "html" || tag == "body" || tag == "main" || IsArticleBody(tree_, node)) return std::nullopt;
    const auto* const never =
        std::find_if(std::begin(kCutTags), std::end(kCutTags), [&](const TagReason& row) { return row.tag == tag; });
    if (never != std::end(kCutTags) && (tag != "ins" || tree_.HasAttributeThatBegins(node, "data-ad"))) {
      return never->reason;
    }
    if (tag == "footer" && !place.in_quote) return CutReason::kNotice;
    if (const std::optional<CutReason> reason = ReasonOfMarkUp(index, node, place)) {
      if (!MayHoldArticle(index)) return reason;
    }
    return std::nullopt;
  }

  std::optional<CutReason> ReasonOfMarkUp(int32_t index, const HtmlNode& node, Place place) const {
    const std::string_view tag = node.tag;
    if (IsHidden(tree_, node)) return CutReason::kHidden;
    if (tree_.HasAttributeThatBegins(node, "data-ad-") || tree_.FindAttribute(node, "data-ad") != nullptr ||
        (tag == "a" && HasWord(tree_.Attribute(node, "rel"), "sponsored"))) {
      return CutReason::kAdvertisement;
    }
    if (const auto reason = ReasonOfRole(tree_.Attribute(node, "role"))) return reason;
    // Inside a sentence a name of a class is about how the words look.
    const bool is_phrase = place.in_paragraph || tag == "a" || HeadingLevel(tag) > 0;
    auto reason = ReasonOfNames(tree_.Attribute(node, "class"));
    if (!reason) reason = ReasonOfNames(tree_.Attribute(node, "id"));
    if (reason && is_phrase && reason != CutReason::kAdvertisement && reason != CutReason::kShare) reason.reset();
    if (reason == CutReason::kByline && TextIn(index) > kLongestByline) reason.reset();
    // <footer class="author"> of a quotation names who said it.
    if (reason && place.in_quote) reason.reset();
    if (reason) return reason;
    const std::string_view property = tree_.Attribute(node, "itemprop");
    if (!is_phrase && !place.in_quote && TextIn(index) <= kLongestByline &&
        (HasWord(property, "author") || HasWord(property, "datePublished") || HasWord(property, "dateModified") ||
         HasWord(property, "publisher"))) {
      return CutReason::kByline;
    }
    if (tag == "address" && !place.in_quote) return CutReason::kByline;
    if (tag == "form") return CutReason::kForm;
    if (tag == "aside") return CutReason::kRelated;
    // The header of an article holds its headline and summary; that of a page its menu.
    if (tag == "header" && !place.in_article && has_main_) return CutReason::kNavigation;
    return std::nullopt;
  }

  const HtmlTree& tree_;
  const std::vector<HtmlNode>& nodes_;
  std::vector<std::optional<CutReason>> cut_;
  std::vector<uint64_t> text_before_;  // characters outside of links, scripts and menus
  std::vector<uint32_t> mark_before_;  // headlines and article bodies
  bool has_main_ = false;
};

// Twice for a character as wide as two.
uint32_t WidthOf(std::string_view text) {
  uint32_t width = 0;
  const auto length = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, length, c);
    const int32_t wide = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    width += wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
  }
  return width;
}

uint32_t CountAny(std::string_view text, std::initializer_list<std::string_view> marks) {
  uint32_t count = 0;
  for (const std::string_view mark : marks) {
    for (size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + mark.size())) ++count;
  }
  return count;
}

// As readability does it: a paragraph counts one, and more for its commas and its length.
double ProseOf(const HtmlBlock& block) {
  constexpr uint32_t kShortest = 24, kLongLine = 120, kWidthOfPoint = 100, kMostPoints = 3, kMostCommas = 10;
  if (block.kind == HtmlBlockKind::kHeading || block.linked * 2 >= block.length) return 0;
  const uint32_t width = WidthOf(block.text);
  if (width < kShortest) return 0;
  const bool is_sentence =
      CountAny(block.text, {"。", "！", "？", "」", "；", ". ", "!", "?", "”", "\""}) > 0 || block.text.ends_with('.');
  if (!is_sentence && width < kLongLine && block.kind != HtmlBlockKind::kCaption) return 0;
  return 1.0 + std::min(kMostCommas, CountAny(block.text, {"，", "、", ", ", "；", ";"})) +
         std::min<double>(kMostPoints, static_cast<double>(width) / kWidthOfPoint);
}

class BlockReader {
 public:
  BlockReader(const HtmlTree& tree, const std::vector<std::optional<CutReason>>& cut, CutReport& characters)
      : tree_(tree), nodes_(tree.nodes()), cut_(cut), characters_(characters), is_data_row_(nodes_.size(), false) {
    FindDataRows();
  }

  std::vector<HtmlBlock> Read() {
    for (int32_t i = 0; i < static_cast<int32_t>(nodes_.size());) {
      while (!open_.empty() && nodes_[static_cast<size_t>(open_.back())].end <= i) {
        if (!EndsCell(open_.back())) Flush();
        open_.pop_back();
      }
      const HtmlNode& node = nodes_[static_cast<size_t>(i)];
      if (const auto reason = cut_[static_cast<size_t>(i)]) {
        for (int32_t k = i; k < node.end; ++k) {
          characters_.cut[static_cast<size_t>(*reason)] += CountCharacters(nodes_[static_cast<size_t>(k)].text);
        }
        if (IsBlockTag(node.tag) && !EndsCell(i)) Flush();
        i = node.end;
        continue;
      }
      if (node.is_text()) {
        AddText(i, node.text);
      } else if (node.tag == "br") {
        Flush();
      } else if (node.tag == "a") {
        link_end_ = std::max(link_end_, node.end);
      } else if (EndsCell(i)) {
        StartCell();
        open_.push_back(i);
      } else if (IsBlockTag(node.tag)) {
        Flush();
        open_.push_back(i);
      }
      ++i;
    }
    Flush();
    return std::move(blocks_);
  }

 private:
  // A row whose cells are all of words, with no block inside, is one line.
  void FindDataRows() {
    std::vector<bool> holds_block(nodes_.size(), false);
    for (size_t i = nodes_.size(); i-- > 1;) {
      const HtmlNode& node = nodes_[i];
      const auto parent = static_cast<size_t>(node.parent);
      const bool is_block = IsBlockTag(node.tag) || node.tag == "br";
      if (!cut_[i] && (holds_block[i] || is_block)) holds_block[parent] = true;
    }
    constexpr uint64_t kLongestCell = 80;
    for (size_t i = 0; i < nodes_.size(); ++i) {
      if (nodes_[i].tag != "tr") continue;
      int cells = 0;
      bool is_data = true;
      for (int32_t k = static_cast<int32_t>(i) + 1; k < nodes_[i].end && is_data;
           k = nodes_[static_cast<size_t>(k)].end) {
        const HtmlNode& cell = nodes_[static_cast<size_t>(k)];
        if (cell.is_text()) continue;
        ++cells;
        is_data = !holds_block[static_cast<size_t>(k)] && CountCharacters(tree_.TextOf(k)) <= kLongestCell;
      }
      is_data_row_[i] = is_data && cells > 1;
    }
  }

  bool EndsCell(int32_t index) const {
    const HtmlNode& node = nodes_[static_cast<size_t>(index)];
    return (node.tag == "td" || node.tag == "th") && node.parent >= 0 && is_data_row_[static_cast<size_t>(node.parent)];
  }

  void StartCell() {
    if (const std::string cell = JoinWhiteSpace(buffer_); !cell.empty()) row_ += (row_.empty() ? "" : "\t") + cell;
    buffer_.clear();
  }

  void AddText(int32_t index, std::string_view text) {
    const bool is_preformatted = HasOpen("pre");
    while (!text.empty()) {
      const size_t end = is_preformatted ? std::min(text.find('\n'), text.size()) : text.size();
      const std::string_view line = text.substr(0, end);
      buffer_ += line;
      if (index < link_end_) linked_ += static_cast<uint32_t>(CountCharacters(line));
      if (end == text.size()) break;
      Flush();
      text.remove_prefix(end + 1);
    }
  }

  bool HasOpen(std::string_view tag) const {
    return std::any_of(open_.rbegin(), open_.rend(),
                       [&](int32_t index) { return nodes_[static_cast<size_t>(index)].tag == tag; });
  }

  void Flush() {
    StartCell();
    HtmlBlock block;
    block.text = std::exchange(row_, {});
    block.linked = std::exchange(linked_, 0);
    if (block.text.empty()) return;
    block.length = static_cast<uint32_t>(CountCharacters(block.text));
    block.node = open_.empty() ? 0 : open_.back();
    // The innermost element that is more than a box tells the kind.
    bool told = false;
    for (auto index = open_.rbegin(); index != open_.rend(); ++index) {
      const std::string_view tag = nodes_[static_cast<size_t>(*index)].tag;
      if (tag == "blockquote") block.in_quote = true;
      if (block.list < 0 && (tag == "ul" || tag == "ol" || tag == "dl")) block.list = *index;
      if (told) continue;
      told = true;
      if (const int8_t level = HeadingLevel(tag); level > 0) {
        block.kind = HtmlBlockKind::kHeading;
        block.level = level;
      } else if (tag == "li" || tag == "dd" || tag == "dt") {
        block.kind = HtmlBlockKind::kListItem;
      } else if (tag == "figcaption" || tag == "caption") {
        block.kind = HtmlBlockKind::kCaption;
      } else if (tag == "tr" || tag == "td" || tag == "th") {
        block.kind = HtmlBlockKind::kTableRow;
      } else if (tag == "pre") {
        block.kind = HtmlBlockKind::kPreformatted;
      } else {
        told = tag == "p";
      }
    }
    block.prose = ProseOf(block);
    blocks_.push_back(std::move(block));
  }

  const HtmlTree& tree_;
  const std::vector<HtmlNode>& nodes_;
  const std::vector<std::optional<CutReason>>& cut_;
  CutReport& characters_;
  std::vector<bool> is_data_row_;
  std::vector<int32_t> open_;  // block-level elements
  std::string buffer_, row_;
  uint32_t linked_ = 0;
  int32_t link_end_ = 0;
  std::vector<HtmlBlock> blocks_;
};

}  // namespace

std::vector<std::optional<CutReason>> MarkCut(const HtmlTree& tree) { return CutMarker(tree).Mark(); }

std::vector<HtmlBlock> ReadBlocks(const HtmlTree& tree, const std::vector<std::optional<CutReason>>& cut,
                                  CutReport& characters) {
  return BlockReader(tree, cut, characters).Read();
}

}  // namespace newsgraph
