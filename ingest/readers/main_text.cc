#include "ingest/readers/main_text.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "ingest/readers/boilerplate_words.h"
#include "ingest/readers/html_blocks.h"
#include "ingest/readers/published_date.h"

namespace newsgraph {
namespace {

// A part whose prose is less than this share of the best one's is not of the same article.
constexpr double kSameArticle = 0.2;
// Elements that call themselves the article, and hold less of the page's prose, are not it.
constexpr double kLeastOfPage = 0.3;
// A title of fewer bytes is too common a phrase to be found inside a line.
constexpr size_t kTellingTitleBytes = 12;

// Letters and digits alone, so that quotation marks and spaces do not tell titles apart.
std::string Letters(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte)) letters += static_cast<char>(std::tolower(byte));
  }
  for (const std::string_view mark : {"\u3000", "「", "」", "『", "』", "“", "”", "‘", "’", "：", "　"}) {
    for (size_t at = letters.find(mark); at != std::string::npos; at = letters.find(mark, at)) {
      letters.erase(at, mark.size());
    }
  }
  return letters;
}

bool IsTitle(std::string_view line, const std::string& title_letters) {
  if (title_letters.empty()) return false;
  const std::string letters = Letters(line);
  // Titles of pages have the outlet's name behind them.
  return letters == title_letters || (letters.size() >= kTellingTitleBytes && title_letters.starts_with(letters));
}

class ArticleFinder {
 public:
  ArticleFinder(const HtmlTree& tree, const std::vector<std::optional<CutReason>>& cut,
                const std::vector<HtmlBlock>& blocks)
      : tree_(tree),
        nodes_(tree.nodes()),
        cut_(cut),
        prose_before_(nodes_.size() + 1),
        length_before_(prose_before_),
        linked_before_(prose_before_) {
    for (const HtmlBlock& block : blocks) {
      const size_t after = static_cast<size_t>(block.node) + 1;
      prose_before_[after] += block.prose;
      length_before_[after] += block.length;
      linked_before_[after] += block.linked;
    }
    for (size_t i = 1; i < prose_before_.size(); ++i) {
      prose_before_[i] += prose_before_[i - 1];
      length_before_[i] += length_before_[i - 1];
      linked_before_[i] += linked_before_[i - 1];
    }
    for (const HtmlBlock& block : blocks) {
      if (block.prose > 0) AddScore(block);
      if (block.level == 1 && headline_ < 0) headline_ = block.node;
    }
    for (int32_t i = 0; i < static_cast<int32_t>(nodes_.size());) {
      if (cut_[static_cast<size_t>(i)]) {
        i = node(i).end;
        continue;
      }
      Classify(i);
      ++i;
    }
  }

  // The nodes that hold the article, none inside another; empty when there is no prose.
  std::vector<int32_t> Find() const {
    const double all = prose_before_.back();
    if (all <= 0) return {};
    if (const auto roots = SameArticle(bodies_, /*any=*/false); !roots.empty()) return roots;
    // An article of one short line is still one if it says so.
    if (const auto roots = SameArticle(articles_, /*any=*/false); !roots.empty()) return roots;
    for (const int32_t main : mains_) {
      if (ProseIn(main) >= kLeastOfPage * all) return {main};
    }
    return Densest();
  }

 private:
  const HtmlNode& node(int32_t index) const { return nodes_[static_cast<size_t>(index)]; }
  double Inside(const std::vector<double>& sums, int32_t index) const {
    return sums[static_cast<size_t>(node(index).end)] - sums[static_cast<size_t>(index)];
  }
  double ProseIn(int32_t index) const { return Inside(prose_before_, index); }
  double LinkShare(int32_t index) const {
    const double length = Inside(length_before_, index);
    return length > 0 ? Inside(linked_before_, index) / length : 0;
  }
  bool Holds(int32_t outer, int32_t inner) const { return inner >= outer && inner < node(outer).end; }

  void Classify(int32_t i) {
    const HtmlNode& here = node(i);
    const std::string_view property = tree_.Attribute(here, "itemprop");
    const auto add_outermost = [&](std::vector<int32_t>& list) {
      if (list.empty() || !Holds(list.back(), i)) list.push_back(i);
    };
    if (property.find("articleBody") != std::string_view::npos) add_outermost(bodies_);
    if (here.tag == "article" || tree_.Attribute(here, "role") == "article") add_outermost(articles_);
    if (here.tag == "main" || tree_.Attribute(here, "role") == "main") add_outermost(mains_);
  }

  // The one that holds the headline, or the best with those that are as much of an article.
  std::vector<int32_t> SameArticle(const std::vector<int32_t>& parts, bool any) const {
    if (parts.empty()) return {};
    double best = 0, sum = 0;
    for (const int32_t part : parts) {
      best = std::max(best, ProseIn(part));
      sum += ProseIn(part);
      if (headline_ >= 0 && Holds(part, headline_) && ProseIn(part) > 0 &&
          ProseIn(part) >= kSameArticle * prose_before_.back()) {
        return {part};
      }
    }
    if (best <= 0 || (!any && sum < kLeastOfPage * prose_before_.back())) return {};
    std::vector<int32_t> same;
    for (const int32_t part : parts) {
      if (ProseIn(part) >= kSameArticle * best) same.push_back(part);
    }
    return same;
  }

  // The box that holds a paragraph gets its prose, and the box around that one half of it.
  void AddScore(const HtmlBlock& block) {
    constexpr std::string_view kNoBox[] = {"p",          "li", "ul",  "ol",         "dl",     "dd",    "dt",
                                           "blockquote", "tr", "pre", "figcaption", "figure", "tbody", "thead",
                                           "table",      "h2", "h3",  "caption",    "center"};
    const auto box_from = [&](int32_t index) {
      while (index > 0 && std::find(std::begin(kNoBox), std::end(kNoBox), node(index).tag) != std::end(kNoBox)) {
        index = node(index).parent;
      }
      return std::max(index, 0);
    };
    const int32_t box = box_from(block.node);
    score_[box] += block.prose;
    if (box > 0) score_[box_from(node(box).parent)] += block.prose / 2;
  }

  std::vector<int32_t> Densest() const {
    int32_t best = -1;
    double best_score = 0;
    const auto final_score = [&](int32_t index, double score) { return score * (1 - LinkShare(index)); };
    for (const auto& [index, score] : score_) {
      if (final_score(index, score) > best_score) {
        best = index;
        best_score = final_score(index, score);
      }
    }
    if (best < 0) return {};
    const int32_t parent = node(best).parent;
    if (parent < 0) return {best};
    // What stands beside it and is as dense is more of it.
    std::vector<int32_t> roots;
    for (int32_t i = parent + 1; i < node(parent).end; i = node(i).end) {
      const auto found = score_.find(i);
      const double score = found == score_.end() ? ProseIn(i) : final_score(i, found->second);
      if (i == best || (score >= kSameArticle * best_score && LinkShare(i) < kLeastOfPage)) roots.push_back(i);
    }
    return roots;
  }

  const HtmlTree& tree_;
  const std::vector<HtmlNode>& nodes_;
  const std::vector<std::optional<CutReason>>& cut_;
  std::vector<double> prose_before_, length_before_, linked_before_;  // running sums over nodes
  std::map<int32_t, double> score_;
  std::vector<int32_t> bodies_, articles_, mains_;
  int32_t headline_ = -1;
};

// Cuts what stands among the article's blocks and is none of it.
class BlockSieve {
 public:
  BlockSieve(const HtmlTree& tree, std::vector<HtmlBlock> blocks, std::string_view title, CutReport& characters)
      : tree_(tree),
        blocks_(std::move(blocks)),
        title_(Letters(title)),
        characters_(characters),
        reasons_(blocks_.size()) {}

  MainText Sieve() {
    CountLists();
    size_t last_prose = 0;
    for (size_t i = 0; i < blocks_.size(); ++i) {
      if (blocks_[i].prose > 0) last_prose = i;
    }
    for (size_t i = 0; i < blocks_.size(); ++i) {
      is_end_ = i > last_prose;
      reasons_[i] = ReasonOf(blocks_[i]);
      if (!reasons_[i]) last_kept_ = blocks_[i].node;
      if (!reasons_[i] && blocks_[i].prose > 0) prose_seen_ = true;
    }
    CutEmptyHeadings();
    for (size_t i = 0; i < blocks_.size(); ++i) {
      if (reasons_[i]) {
        characters_.cut[static_cast<size_t>(*reasons_[i])] += blocks_[i].length;
        continue;
      }
      characters_.kept += blocks_[i].length;
      if (!result_.text.empty()) result_.text += '\n';
      result_.text += blocks_[i].text;
    }
    return std::move(result_);
  }

 private:
  static bool IsLink(const HtmlBlock& block) { return block.linked * 10 >= block.length * 8; }

  struct List {
    int items = 0, links = 0;
  };
  void CountLists() {
    for (const HtmlBlock& block : blocks_) {
      if (block.list < 0) continue;
      ++lists_[block.list].items;
      if (IsLink(block)) ++lists_[block.list].links;
    }
  }

  std::optional<CutReason> ReasonOf(const HtmlBlock& block) {
    if (block.node < related_end_) return CutReason::kRelated;
    if (block.kind == HtmlBlockKind::kHeading) return ReasonOfHeading(block);
    if (!prose_seen_ && IsTitle(block.text, title_)) return CutReason::kHeadline;
    if (const std::optional<CutReason> reason = ReasonOfLine(block.text)) {
      if (IsRelatedHeading(block.text)) {
        constexpr int8_t kLowestLevel = 6;
        in_related_ = true;
        related_level_ = kLowestLevel;
      }
      return reason;
    }
    if ((!prose_seen_ || is_end_) && ReadByline(block.text, result_.byline)) return CutReason::kByline;
    if ((block.kind == HtmlBlockKind::kParagraph || block.kind == HtmlBlockKind::kListItem) &&
        (IsTimeLine(block.text) || IsDateLine(block.text))) {
      return CutReason::kByline;
    }
    if (block.list >= 0) {
      const List& list = lists_[block.list];
      if (in_related_ && block.prose == 0) return CutReason::kRelated;
      if (list.links * 10 >= list.items * 7) return CutReason::kRelated;
      return std::nullopt;
    }
    if (IsLink(block) && block.kind != HtmlBlockKind::kCaption && !block.in_quote) return CutReason::kRelated;
    if (in_related_ && block.prose == 0) return CutReason::kRelated;
    in_related_ = false;
    if (!prose_seen_ && IsLabel(block)) return CutReason::kNavigation;
    return std::nullopt;
  }

  std::optional<CutReason> ReasonOfHeading(const HtmlBlock& block) {
    // Titles of cards stand below the heading of all of them.
    if (in_related_ && block.level > related_level_) return CutReason::kRelated;
    in_related_ = false;
    if (IsTitle(block.text, title_)) return CutReason::kHeadline;
    if (block.level == 1 && !prose_seen_) {
      if (result_.headline.empty()) result_.headline = block.text;
      return CutReason::kHeadline;
    }
    if (IsRelatedHeading(block.text)) {
      in_related_ = true;
      related_level_ = block.level;
      related_end_ = EndOfBoxThatBeginsWith(block.node);
      return CutReason::kRelated;
    }
    return ReasonOfLine(block.text);
  }

  // The end of the largest box around a heading in which nothing of the article stands before
  // it: 0 where there is none, or no article yet.
  int32_t EndOfBoxThatBeginsWith(int32_t heading) const {
    int32_t end = 0;
    if (last_kept_ < 0) return end;
    for (int32_t box = tree_.nodes()[static_cast<size_t>(heading)].parent; box > last_kept_;
         box = tree_.nodes()[static_cast<size_t>(box)].parent) {
      end = tree_.nodes()[static_cast<size_t>(box)].end;
    }
    return end;
  }

  // A section's name or a picture's number above the text, in a box and not in a paragraph.
  bool IsLabel(const HtmlBlock& block) const {
    constexpr uint32_t kLongestLabel = 12;
    const std::string_view tag = tree_.nodes()[static_cast<size_t>(block.node)].tag;
    return block.kind == HtmlBlockKind::kParagraph && !block.in_quote && block.length <= kLongestLabel &&
           (tag == "div" || tag == "section" || tag == "header" || tag == "article" || tag == "main");
  }

  // A heading behind which everything was cut, or nothing comes, stood above what was cut.
  void CutEmptyHeadings() {
    bool has_content = false, something_cut = true;
    int8_t next_level = 0;  // of the next heading that stays
    for (size_t i = blocks_.size(); i-- > 0;) {
      const HtmlBlock& block = blocks_[i];
      if (reasons_[i]) {
        something_cut = true;
      } else if (block.kind != HtmlBlockKind::kHeading) {
        has_content = true;
        something_cut = false;
      } else if (!has_content && next_level <= block.level && something_cut) {
        reasons_[i] = CutReason::kRelated;
      } else {
        has_content = something_cut = false;
        next_level = block.level;
      }
    }
  }

  const HtmlTree& tree_;
  std::vector<HtmlBlock> blocks_;
  std::string title_;
  CutReport& characters_;
  std::vector<std::optional<CutReason>> reasons_;
  std::map<int32_t, List> lists_;
  MainText result_;
  bool in_related_ = false, prose_seen_ = false, is_end_ = false;
  int8_t related_level_ = 0;
  int32_t related_end_ = 0, last_kept_ = -1;
};

}  // namespace

MainText FindMainText(const HtmlTree& tree, std::string_view title, CutReport& characters) {
  const std::vector<std::optional<CutReason>> cut = MarkCut(tree);
  std::vector<HtmlBlock> blocks = ReadBlocks(tree, cut, characters);
  const std::vector<int32_t> roots = ArticleFinder(tree, cut, blocks).Find();
  std::vector<HtmlBlock> inside;
  std::string headline;
  Byline byline;
  size_t root = 0;
  for (HtmlBlock& block : blocks) {
    while (root < roots.size() && tree.nodes()[static_cast<size_t>(roots[root])].end <= block.node) ++root;
    if (root < roots.size() && block.node >= roots[root]) {
      inside.push_back(std::move(block));
      continue;
    }
    if (block.level == 1 && headline.empty()) headline = block.text;
    const bool is_title = block.level == 1 || IsTitle(block.text, Letters(title));
    // Names and dates often stand beside the box of the text. Behind it they are of others.
    const bool is_byline = !is_title && inside.empty() && block.level == 0 && ReadByline(block.text, byline);
    // Outside of the article, what is all of links is a menu of one kind or another.
    const CutReason reason = is_title                           ? CutReason::kHeadline
                             : is_byline                        ? CutReason::kByline
                             : block.linked * 2 >= block.length ? CutReason::kNavigation
                                                                : CutReason::kOutside;
    characters.cut[static_cast<size_t>(reason)] += block.length;
  }
  MainText result = BlockSieve(tree, std::move(inside), title, characters).Sieve();
  if (result.headline.empty()) result.headline = std::move(headline);
  if (result.byline.author.empty()) result.byline.author = std::move(byline.author);
  if (result.byline.published.empty()) result.byline.published = std::move(byline.published);
  return result;
}

MainText ReadFragment(const HtmlTree& tree, std::string_view title, CutReport& characters) {
  const std::vector<std::optional<CutReason>> cut = MarkCut(tree);
  return BlockSieve(tree, ReadBlocks(tree, cut, characters), title, characters).Sieve();
}

MainText ReadEveryBlock(const HtmlTree& tree, std::string_view title, CutReport& characters) {
  std::vector<std::optional<CutReason>> cut(tree.nodes().size());
  for (size_t i = 0; i < cut.size(); ++i) {
    const std::string_view tag = tree.nodes()[i].tag;
    if (tag == "script" || tag == "style" || tag == "title") cut[i] = CutReason::kScript;
  }
  const std::string title_letters = Letters(title);
  MainText result;
  for (HtmlBlock& block : ReadBlocks(tree, cut, characters)) {
    const bool is_first = result.text.empty();
    std::optional<CutReason> reason;
    if (is_first && (block.level == 1 || IsTitle(block.text, title_letters))) {
      reason = CutReason::kHeadline;
      if (result.headline.empty()) result.headline = block.text;
    } else if (is_first && block.level == 0 && ReadByline(block.text, result.byline)) {
      reason = CutReason::kByline;
    }
    if (reason) {
      characters.cut[static_cast<size_t>(*reason)] += block.length;
      continue;
    }
    characters.kept += block.length;
    if (!is_first) result.text += '\n';
    result.text += block.text;
  }
  return result;
}

std::string ReadLines(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    if (const std::string line = JoinWhiteSpace(text.substr(0, end)); !line.empty()) {
      lines += (lines.empty() ? "" : "\n") + line;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool HasTags(std::string_view text) {
  for (size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    if (next == '/' || next == '!' || std::isalpha(static_cast<unsigned char>(next))) return true;
  }
  return false;
}

}  // namespace newsgraph
