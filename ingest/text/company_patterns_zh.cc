// Companies in Chinese text: a brand before the word for what they do (玄溪|能源, 琥珀|照明). The word for the trade is
// an everyday one, so that the brand must be in no dictionary, or the words around must speak of a company.
#include <algorithm>
#include <optional>
#include <unordered_map>

#include "ingest/text/name_scene.h"
#include "ingest/text/unlisted_words.h"
#include "ingest/text/word_tables.h"

namespace newsgraph {
namespace {

constexpr uint32_t kLongestBrand = 4;
constexpr uint32_t kLongestForeignBrand = 7;
constexpr uint32_t kFarthest = 12;  // how far to the left of a trade is looked
constexpr int kEnough = 3;

// What a name cannot hold, and what ends the word before one.
constexpr std::u32string_view kNeverInBrand =
    U"这那此每各其并却便即再很更最太们个把被让给着过吗呢吧啊说做去没会要想看听买卖两几多少该本某第今昨号的了是在与及或"
    U"于"
    U"从对由我你他她它您也不都就还又只已将向跟比等才但而且若则因为以所能可有来用使叫像种类些么什怎谁哪嘛喔哦欸呃吃喝"
    U"写读玩讲问答找给当做成把请到应设邀串纳收订改采架滑购跨该";
// Of these the brand may end so, where only one other character stands before: 宜和, 永成, 方达.
constexpr std::u32string_view kMayEndBrand = U"和成能有为来用与";
// A class noun ends so: 感测器厂, 经销商.
constexpr std::u32string_view kEndsClassNoun = U"厂商店社行者员业";
// Behind a trade: a longer common word (能源业, 网路商, 音乐节).
constexpr std::u32string_view kMakesLongerWord =
    U"业家债法派校们级股圈界类税课学师商厂馆节史型化性度量费店者面品板展版界队员场人";

// Words that only companies have behind them, or before.
constexpr std::u32string_view kOfCompanies[] = {
    U"股价",   U"股票",   U"股份",   U"股东",   U"股权",   U"董事",     U"监事",   U"营收",    U"财报",
    U"年报",   U"市值",   U"估值",   U"旗下",   U"总部",   U"员工",     U"高层",   U"官网",    U"裁员",
    U"客户",   U"收购",   U"并购",   U"买下",   U"入股",   U"控告",     U"宣布",   U"宣告",    U"供货",
    U"持股",   U"增资",   U"领投",   U"跟投",   U"总裁",   U"副总裁",   U"合伙",   U"合资",    U"首席",
    U"挂牌",   U"创办人", U"创始",   U"子公",   U"母公司", U"大股东",   U"供应商", U"发言人",  U"董座",
    U"执行长", U"技术长", U"营运长", U"财务长", U"总经理", U"副总经理", U"监察人", U"关系企业"};
constexpr std::u32string_view kBackToCompanies[] = {U"该公司", U"前者", U"后者", U"两家公司", U"两公司", U"两家"};

// The length of what stands there of `words`; 0 for none.
template <size_t N>
uint32_t LengthAt(const std::u32string_view (&words)[N], const FoldedText& text, uint32_t i) {
  if (i >= text.size()) return 0;
  const std::u32string_view rest = text.folded().substr(i, 4);
  for (const std::u32string_view word : words) {
    if (rest.starts_with(word)) return static_cast<uint32_t>(word.size());
  }
  return 0;
}
bool IsOfCompanies(std::u32string_view word) {
  return std::find(std::begin(kOfCompanies), std::end(kOfCompanies), word) != std::end(kOfCompanies) ||
         word == U"子公司";
}

// Of the class nouns of organisations those of companies.
bool IsCompanyNoun(std::u32string_view word) {
  static constexpr std::u32string_view kOthers[] = {U"团体", U"组织",     U"机构",     U"单位",     U"部门",
                                                    U"媒体", U"公民团体", U"民间团体", U"环保团体", U"人权团体"};
  return std::find(std::begin(kOthers), std::end(kOthers), word) == std::end(kOthers);
}

class CompanyReader {
 public:
  explicit CompanyReader(Scene& scene) : scene_(scene), text_(scene.text) {}

  void Run() {
    for (uint32_t begin = 0; begin < text_.size(); ++begin) {
      if (!IsHan(text_[begin])) continue;
      const uint32_t length = TradeAt(begin);
      if (length != 0) Look(begin, begin + length);
    }
    Propose();
  }

 private:
  struct Find {
    Range range;
    uint32_t brand_end = 0;
    std::string_view subtype;
    bool unlisted = false;
    bool everyday = false;
    int evidence = 0;    // of the words around it
    bool alone = false;  // nothing behind it speaks for a company
  };

  // The length of the longest trade that begins here; 0 for none.
  uint32_t TradeAt(uint32_t begin) const {
    uint32_t node = 0, length = 0;
    for (uint32_t i = begin; i < text_.size(); ++i) {
      node = scene_.lists.trade_trie.Step(node, text_[i]);
      if (node == NameTrie::kNone) break;
      if (scene_.lists.trade_trie.value(node) != 0) length = i + 1 - begin;
    }
    return length;
  }

  // 资讯|工业|策进会, 科技|大学, 能源|业: the trade is no end.
  bool GoesOn(uint32_t end) const {
    if (end >= text_.size() || !IsHan(text_[end])) return false;
    const CueMark& cue = scene_.marks.begins[end];
    constexpr uint32_t kEnds = kBreak | kSpeech | kOrgAfter;
    if (cue.length >= 2 && (cue.kinds & (kOrgNoun | kProductNoun))) return true;
    if (cue.length >= 2 && (cue.kinds & kEnds)) return false;
    if (IsOneOf(text_[end], kMakesLongerWord)) return true;
    if (IsOneOf(text_[end], U"部局署处司院所会") && !(cue.kinds & kBreak)) return true;
    if (TradeAt(end) != 0) return true;
    uint32_t node = 0;
    for (uint32_t i = end; i < text_.size(); ++i) {
      node = scene_.lists.suffix_trie.Step(node, text_[i]);
      if (node == NameTrie::kNone) break;
      if (scene_.lists.suffix_trie.value(node) == 0 || i == end) continue;
      return true;
    }
    return false;
  }

  // How far the run to the left goes at most: to another script, a word of two characters that ends names, a known
  // name.
  uint32_t LeftEdge(uint32_t begin) const {
    uint32_t i = begin;
    while (i > 0 && begin - i < kFarthest && IsHan(text_[i - 1])) {
      if (const Proposal* known = scene_.KnownBefore(i);
          known != nullptr && known->range.size() >= 2 && known->type != EntityType::kTech) {
        break;
      }
      const CueMark& cue = scene_.marks.ends[i];
      constexpr uint32_t kEdge = kBreak | kSpeech | kOrgAfter | kOrgBefore | kOrgNoun | kProductNoun | kProductBefore |
                                 kPersonBefore | kPersonVerb | kPlaceBefore | kAction;
      if (cue.length >= 2 && (cue.kinds & kEdge) && i < begin) break;
      --i;
    }
    return i;
  }

  bool IsForeign(uint32_t begin, uint32_t end) const {
    for (uint32_t i = begin; i < end; ++i) {
      if (!scene_.lists.IsTransliteration(text_[i])) return false;
    }
    return end - begin >= 3;
  }

  bool IsAttribute(std::u32string_view word) const {
    return scene_.lists.trade_attributes.contains(word) || scene_.lists.trades.contains(word);
  }

  // What may stand between the brand and the trade: another trade, and words of wide reach.
  bool IsInside(std::u32string_view word) const {
    static constexpr std::u32string_view kWide[] = {U"国际", U"环球", U"全球", U"联合", U"世界", U"绿色", U"创新"};
    return std::find(std::begin(kWide), std::end(kWide), word) != std::end(kWide) || scene_.lists.trades.contains(word);
  }

  bool IsCut(uint32_t i) const {
    const CueMark& cue = scene_.marks.ends[i + 1];
    return IsOneOf(text_[i], kNeverInBrand) || (cue.length == 1 && (cue.kinds & (kBreak | kSpeech)));
  }

  struct Brand {
    uint32_t begin = 0;
    bool unlisted = false;
    bool clean = false;  // its left end is sure
  };

  // The brand that ends at `end`.
  std::optional<Brand> BrandBefore(uint32_t edge, uint32_t end) const {
    if (end - edge < 2) return std::nullopt;
    // 宜和|钻井, between two sure ends.
    if (end - edge == 2 && IsOneOf(text_[end - 1], kMayEndBrand) && !IsCut(end - 2) &&
        WordLengths(text_.folded(edge, end)).size() == 2) {
      return Brand{edge, true, true};
    }
    if (IsForeign(edge, end) && end - edge <= kLongestForeignBrand) {
      const bool word = WordLengths(text_.folded(edge, end)).size() == 1 && end - edge <= 3;
      return Brand{edge, !word, true};
    }
    const std::vector<uint32_t> lengths = WordLengths(text_.folded(edge, end));
    uint32_t i = end;
    size_t token = lengths.size();
    while (token > 0 && lengths[token - 1] == 1) {
      if (IsCut(i - 1)) break;
      if (end - i >= 2 && IsOneOf(text_[i - 1], kEndsClassNoun)) break;
      --i;
      --token;
    }
    const uint32_t singles = end - i;
    if (singles >= 2) {
      if (singles > kLongestBrand) return std::nullopt;
      return Brand{i, true, token == 0 || lengths[token - 1] == 1};
    }
    // A word of the dictionary, alone (琥珀) or with one character (翡翠|湾), must begin where something ends.
    if (token == 0 || lengths[token - 1] < 2) return std::nullopt;
    const uint32_t begin = i - lengths[token - 1];
    if (end - begin > kLongestBrand) return std::nullopt;
    if (begin != edge && !IsCut(begin - 1)) return std::nullopt;
    return Brand{begin, false, true};
  }

  void Look(uint32_t begin, uint32_t end) {
    if (GoesOn(end)) return;
    // A known name that holds or crosses the trade.
    for (uint32_t i = begin + 1; i <= end; ++i) {
      const Proposal* known = scene_.KnownBefore(i);
      if (known != nullptr && known->range.begin < begin && !IsValueType(known->type)) return;
    }
    for (uint32_t i = begin; i < end; ++i) {
      const Proposal* known = scene_.KnownAt(i);
      if (known != nullptr && known->range.end > end && !IsValueType(known->type)) return;
    }
    const NameLists::Suffix& trade = scene_.lists.trades.find(text_.folded(begin, end))->second;
    const uint32_t edge = LeftEdge(begin);
    // 海川|国际|租赁: more of what it does.
    uint32_t brand_end = begin;
    for (bool more = true; more;) {
      more = false;
      for (const uint32_t length : {4u, 3u, 2u}) {
        if (brand_end < edge + length + 2 || !IsInside(text_.folded(brand_end - length, brand_end))) continue;
        brand_end -= length;
        more = true;
        break;
      }
    }
    const std::optional<Brand> brand = BrandBefore(edge, brand_end);
    if (!brand.has_value()) return;
    const std::u32string_view name = text_.folded(brand->begin, brand_end);
    const bool particle =
        std::any_of(name.begin(), name.end() - 1, [](char32_t c) { return IsOneOf(c, kNeverInBrand); });
    if (brand->unlisted && IsOneOf(name.front(), U"一二三四五六七八九十百千万零")) return;
    if (particle || (!brand->unlisted && IsOneOf(name.back(), kNeverInBrand))) return;
    if (IsAttribute(name) || (scene_.cues.KindsOf(name) & ~uint32_t{kOrgAfter})) return;
    Find find;
    find.range = {brand->begin, end};
    find.brand_end = brand_end;
    find.subtype = trade.subtype;
    find.unlisted = brand->unlisted;
    find.everyday = trade.plain;
    const int behind = EvidenceBehind(end, trade.plain);
    find.alone = behind == 0;
    find.evidence = EvidenceBefore(find) + behind;
    if (!brand->clean) find.evidence -= trade.plain ? 2 : 1;
    finds_.push_back(find);
  }

  // Weak words count for trades that are not everyday words: the, and where a clause ends.
  int EvidenceBefore(const Find& find) const {
    const uint32_t begin = find.range.begin;
    int evidence = 0;
    const CueMark& before = scene_.marks.ends[begin];
    const Proposal* known = scene_.KnownBefore(begin);
    if (scene_.IsClauseStart(begin)) {
      evidence += 1;
    } else if (before.length >= 2 &&
               (IsOfCompanies(text_.folded(begin - before.length, begin)) ||
                ((before.kinds & kOrgNoun) && IsCompanyNoun(text_.folded(begin - before.length, begin)) &&
                 (find.unlisted || !find.everyday)))) {
      evidence += 2;
    } else if (IsOneOf(text_[begin - 1], U"由遭对与") && before.length <= 1) {
      evidence += 1;
    } else if (!find.everyday &&
               (IsOneOf(text_[begin - 1], U"和及、跟被把将") || (before.length >= 2 && (before.kinds & kOrgBefore)) ||
                (known != nullptr && known->type == EntityType::kGpe))) {
      evidence += 1;
    }
    return evidence;
  }

  bool IsOffice(uint32_t i) const {
    if (i >= text_.size()) return false;
    const Proposal* next = scene_.KnownAt(i);
    return next != nullptr && next->type == EntityType::kPosition;
  }

  int EvidenceBehind(uint32_t end, bool everyday) const {
    if (end >= text_.size()) return 0;
    uint32_t behind = end;
    const Proposal* next = scene_.KnownAt(end);
    if (next != nullptr && next->type == EntityType::kDate) {
      behind = next->range.end;  // 万象互动|周一|宣布
    } else if (text_[end] == U'的' && scene_.marks.begins[end].length == 1) {
      ++behind;
    }
    if (IsOffice(behind) || LengthAt(kOfCompanies, text_, behind) != 0) return 2;
    // 宜和钻井,该公司董事长; 拓峰国防,执行长
    if (text_[end] == U',' && (IsOffice(end + 1) || LengthAt(kOfCompanies, text_, end + 1) != 0 ||
                               LengthAt(kBackToCompanies, text_, end + 1) != 0)) {
      return 2;
    }
    if (next != nullptr && next->type == EntityType::kDate) return 1;
    if (behind > end) return everyday ? 0 : 1;
    const CueMark& after = scene_.marks.begins[end];
    if (after.length >= 2 && (after.kinds & (kSpeech | kBreak | kOrgAfter))) return 1;
    if (IsOneOf(text_[end], U"由将被遭以把拟曾已(")) return 1;
    return !everyday && (scene_.IsClauseEnd(end) || IsOneOf(text_[end], U"与和及会要否不是也在于正则都有为受")) ? 1 : 0;
  }

  void Propose() {
    std::unordered_map<std::u32string_view, int> best;
    std::unordered_map<std::u32string_view, uint32_t> times, brands;
    for (const Find& find : finds_) {
      const std::u32string_view name = text_.folded(find.range.begin, find.range.end);
      const auto [place, added] = best.emplace(name, find.evidence);
      if (!added) place->second = std::max(place->second, find.evidence);
      if (++times[name] == 1) ++brands[text_.folded(find.range.begin, find.brand_end)];
    }
    for (const Find& find : finds_) {
      const std::u32string_view name = text_.folded(find.range.begin, find.range.end);
      int evidence = best[name];
      if (find.unlisted) {
        // Standing again, and before another trade too, says little of words that stand in all kinds of talk.
        evidence += 2;
        if (!find.everyday && times[name] > 1) ++evidence;
        if (!find.everyday && brands[text_.folded(find.range.begin, find.brand_end)] > 1) ++evidence;
      }
      Proposal proposal{find.range, EntityType::kOrg, find.subtype, -1, Strength::kPattern, {}};
      proposal.built = true;
      // 待用咖啡 begins a clause as companies do; these are followed by what they do.
      if (evidence >= kEnough + (find.everyday && find.alone ? 1 : 0)) {
        scene_.proposals.push_back(proposal);
      } else {
        scene_.guesses.push_back({proposal, find.brand_end});
      }
    }
  }

  Scene& scene_;
  const FoldedText& text_;
  std::vector<Find> finds_;
};

}  // namespace

void ProposeChineseCompanies(Scene& scene) { CompanyReader(scene).Run(); }

}  // namespace newsgraph
