// Organisations, places, works, events and laws in Chinese text, known by their last
// word (科技, 委员会, 湖, 峰会) or by the marks around them (《》, 「」).
#include <algorithm>
#include <array>
#include <unordered_map>

#include "ingest/text/name_scene.h"
#include "ingest/text/unlisted_words.h"

namespace newsgraph {
namespace {

constexpr uint32_t kLongestName = 14;

struct Tail {
  std::u32string_view word;
  EntityType type;
  std::string_view subtype;
};
// Events that bear the name of a year, a place or what they are about.
constexpr std::array<Tail, 22> kEventTails = {{
    {U"总统大选", EntityType::kEvent, "election"},
    {U"国会大选", EntityType::kEvent, "election"},
    {U"期中选举", EntityType::kEvent, "election"},
    {U"中期选举", EntityType::kEvent, "election"},
    {U"总统选举", EntityType::kEvent, "election"},
    {U"大选", EntityType::kEvent, "election"},
    {U"峰会", EntityType::kEvent, "meeting"},
    {U"高峰会", EntityType::kEvent, "meeting"},
    {U"奥运会", EntityType::kEvent, ""},
    {U"世界杯", EntityType::kEvent, ""},
    {U"世博会", EntityType::kEvent, ""},
    {U"博览会", EntityType::kEvent, "meeting"},
    {U"锦标赛", EntityType::kEvent, ""},
    {U"电影节", EntityType::kEvent, ""},
    {U"影展", EntityType::kEvent, ""},
    {U"开发者大会", EntityType::kEvent, "meeting"},
    {U"就职典礼", EntityType::kEvent, "meeting"},
    {U"战争", EntityType::kEvent, "conflict"},
    {U"公投", EntityType::kEvent, "election"},
    {U"论坛", EntityType::kEvent, "meeting"},
    {U"法案", EntityType::kLaw, ""},
    {U"条例", EntityType::kLaw, ""},
}};
// Events that need nothing before them.
bool IsNameAlone(std::u32string_view word) {
  return word == U"总统大选" || word == U"总统选举" || word == U"就职典礼" || word == U"期中选举" ||
         word == U"中期选举";
}

// Whether the function word of one character that ends at `end` is the end of a noun: 港都
// ends so as often as 双方都, and 储能 is no 能.
bool EndsNoun(const FoldedText& text, uint32_t end) {
  const char32_t before = end >= 2 ? text[end - 2] : 0;
  switch (text[end - 1]) {
    case U'都':
      return true;
    case U'能':
      return std::u32string_view(U"智核储节阳光风氢动热性功效产机").find(before) != std::u32string_view::npos;
    case U'和':
      return std::u32string_view(U"共永中祥谦").find(before) != std::u32string_view::npos;
    default:
      return false;
  }
}

struct Extension {
  uint32_t begin = 0;
  uint32_t han = 0;        // characters that belong to no known name
  bool clean = false;      // the left end is sure
  bool has_place = false;  // begins with a country or a city
  bool has_organization = false;
  uint32_t known_characters = 0;  // of `han`: inside known fields (人工智慧)
};

// How far a name that ends at `end` reaches to the left.
// `whole`: an organisation at the left is part of the name (北岸大学|研究中心).
// `legal`: before 有限公司 stands what the company does (智能科技), which ends other names.
Extension ExtendLeft(const Scene& scene, uint32_t end, uint32_t longest, bool whole, bool legal) {
  const FoldedText& text = scene.text;
  Extension extension;
  uint32_t i = end;
  while (i > 0 && end - i < longest) {
    if (!IsHan(text[i - 1])) {
      extension.clean = true;
      break;
    }
    if (const Proposal* known = scene.KnownBefore(i); known != nullptr && known->range.size() >= 2) {
      const EntityType type = known->type;
      if (type == EntityType::kGpe || type == EntityType::kLoc || type == EntityType::kNorp) {
        i = known->range.begin;
        extension.has_place = true;
        // Places chain (美国加州…); anything else before a place is no part of the name.
        if (const Proposal* more = scene.KnownBefore(i);
            more == nullptr || (more->type != EntityType::kGpe && more->type != EntityType::kLoc)) {
          extension.clean = true;
          break;
        }
        continue;
      }
      if (type == EntityType::kTech || (type == EntityType::kOrg && whole)) {
        i = known->range.begin;
        extension.han += known->range.size();
        if (type == EntityType::kOrg) {
          extension.has_organization = true;
          extension.clean = true;
          break;
        }
        extension.known_characters += known->range.size();
        continue;
      }
      extension.clean = true;
      break;
    }
    const CueMark& cue = scene.marks.ends[i];
    const bool action = (cue.kinds & kAction) && !whole;
    const bool ends_noun = cue.length == 1 && EndsNoun(text, i);
    const uint32_t nouns = legal ? 0 : kOrgNoun | kProductNoun;
    if (!ends_noun &&
        (action || (cue.kinds & (nouns | kBreak | kSpeech | kOrgBefore | kPersonBefore | kPlaceBefore)))) {
      extension.clean = true;
      break;
    }
    --i;
    ++extension.han;
  }
  if (i == 0) extension.clean = true;
  extension.begin = i;
  return extension;
}

bool IsPlain(const Scene& scene, uint32_t begin, uint32_t end) {
  return (scene.cues.KindsOf(scene.text.folded(begin, end)) & (kPlain | kBreak | kOrgNoun | kProductNoun)) != 0;
}

// A known name that the cut at `i` would part in two: 哈佛大|学校 in 哈佛大学校报.
bool CutsKnown(const Scene& scene, uint32_t i, uint32_t reach) {
  for (uint32_t end = i + 1; end <= reach && end < scene.known_ends.size(); ++end) {
    const Proposal* known = scene.KnownBefore(end);
    if (known != nullptr && known->range.begin < i && !IsValueType(known->type)) return true;
  }
  // 卫生部|长
  for (uint32_t begin = i; begin < reach; ++begin) {
    const Proposal* known = scene.KnownAt(begin);
    if (known != nullptr && known->range.end > reach && !IsValueType(known->type)) return true;
  }
  if (const Proposal* known = i >= 2 ? scene.KnownAt(i - 2) : nullptr) {
    if (known->range.end > reach) return true;
  }
  return false;
}

// How much the words around it speak for an organisation that ends like an everyday word.
int EvidenceAround(const Scene& scene, uint32_t begin, uint32_t end) {
  int evidence = 0;
  const uint32_t after = scene.CuesAt(end);
  const Proposal* next = end < scene.text.size() ? scene.KnownAt(end) : nullptr;
  if ((after & kOrgAfter) || (next != nullptr && next->type == EntityType::kPosition)) {
    evidence += 2;
  } else if (after & kSpeech) {
    evidence += 1;
  }
  if (end < scene.text.size() && scene.text[end] == U'(') evidence += 1;
  if (next != nullptr && next->type == EntityType::kDate) evidence += 1;
  if (scene.CuesBefore(begin) & kOrgNoun) evidence += 2;
  if (scene.IsClauseStart(begin)) evidence += 1;
  if (begin > 0 && scene.text[begin - 1] == U'【' && end < scene.text.size() && scene.text[end] == U'】') evidence += 2;
  return evidence;
}

// An organisation whose last word is an everyday one too (科技, 资本), wherever it stands.
struct PlainName {
  Range range;
  std::string_view subtype;
  bool is_class = false;  // ends with a class noun of products
  bool unlisted = false;  // a school, and what stands before its last word is in no dictionary
};

bool IsOfficial(std::string_view subtype) { return !subtype.empty() && subtype != "company" && subtype != "party"; }

// Characters that make a longer word of a suffix before them: 大学生, 银行业.
bool ContinuesWord(char32_t after) {
  constexpr std::u32string_view kCharacters = U"生业家债法派校们级";
  return kCharacters.find(after) != std::u32string_view::npos;
}

void ProposeBySuffix(Scene& scene, uint32_t begin, uint32_t end, const NameLists::Suffix& suffix,
                     std::vector<PlainName>& plain_names) {
  const FoldedText& text = scene.text;
  if (end < text.size() && ContinuesWord(text[end]) && scene.marks.begins[end].length < 2) return;
  if (CutsKnown(scene, begin, end)) return;
  const bool legal = text.folded(begin, end).ends_with(U"有限公司");
  Extension left = ExtendLeft(scene, begin, kLongestName, IsOfficial(suffix.subtype), legal);
  if (begin == left.begin || !left.clean) return;
  const bool everyday =
      suffix.plain ||
      (end - begin <= 3 && (scene.cues.KindsOf(text.folded(begin, end)) & (kPlain | kProductNoun | kOrgNoun)) != 0);
  if (suffix.type == EntityType::kOrg) {
    // 台湾|海川科技: a company does not bear the name of its country, an authority does.
    if (left.has_place && left.han >= 2 && !IsOfficial(suffix.subtype)) left.begin = begin - left.han;
    const uint32_t length = end - begin;
    if (IsPlain(scene, left.begin, end) || IsPlain(scene, left.begin, begin)) return;
    // 绿色|租赁
    if (suffix.subtype == "company" && scene.lists.trades.contains(text.folded(begin, end)) &&
        scene.lists.trade_attributes.contains(text.folded(left.begin, begin))) {
      return;
    }
    // One character (部, 局) ends too many words, except behind the place that it governs.
    if (length == 1 && !(left.has_place && left.han >= 1 && left.han <= 4)) return;
    if (length == 1 && IsPlain(scene, begin - 1, end)) return;
    if (left.han < 2 && !(left.has_place && (IsOfficial(suffix.subtype) || !everyday) && length >= 2) && length > 1)
      return;
    if (left.known_characters >= left.han && !left.has_place && !left.has_organization) return;
    if (everyday && !(left.has_place && IsOfficial(suffix.subtype))) {
      if (left.known_characters > 0) return;
      plain_names.push_back({{left.begin, end},
                             suffix.subtype,
                             (scene.cues.KindsOf(text.folded(begin, end)) & kProductNoun) != 0,
                             suffix.subtype == "education" && left.han >= 2 && left.han <= 4 &&
                                 IsUnlisted(text.folded(begin - left.han, begin))});
      return;
    }
    scene.Propose({left.begin, end}, EntityType::kOrg, suffix.subtype, Strength::kPattern);
    return;
  }
  if (IsPlain(scene, left.begin, end) || IsPlain(scene, left.begin, begin)) return;
  // 旗下 is no 旗, and what is known up to the suffix as something else is that: 阿里巴巴|旗下.
  if (scene.marks.begins[begin].length > end - begin) return;
  if (const Proposal* known = scene.KnownBefore(begin);
      known != nullptr && known->range.size() >= 2 && known->type != EntityType::kGpe &&
      known->type != EntityType::kLoc && known->type != EntityType::kNorp && known->type != EntityType::kFac) {
    return;
  }
  // Places: by transliteration, or two or three characters between two sure ends.
  uint32_t foreign = begin;
  while (foreign > left.begin && scene.lists.IsTransliteration(text[foreign - 1])) {
    const Proposal* known = scene.KnownBefore(foreign);
    if (known != nullptr && known->range.size() >= 2) break;  // 内蒙古|达拉特旗
    --foreign;
  }
  if (begin - foreign >= 2 && suffix.type != EntityType::kFac) {
    const bool at_edge = foreign == left.begin || scene.IsCleanLeft(foreign);
    if (at_edge && (end - begin >= 2 || begin - foreign >= 2))
      scene.Propose({foreign, end}, suffix.type, suffix.subtype, Strength::kPattern);
    return;
  }
  if (suffix.type == EntityType::kFac) {
    // 竹南|数据中心, 中岛|医院
    if (suffix.plain || end - begin < 2) return;
    if (left.has_place ? left.han <= 4 : left.han >= 2 && left.han <= 5 && left.known_characters == 0) {
      scene.Propose({left.begin, end}, suffix.type, suffix.subtype, Strength::kPattern);
    }
    return;
  }
  if (suffix.plain || left.han < 2 || left.han > 3) return;
  const Proposal* place = scene.KnownBefore(begin - left.han);
  const bool after_place = place != nullptr && (place->type == EntityType::kGpe || place->type == EntityType::kLoc);
  if (!after_place && !(scene.CuesBefore(left.begin) & kPlaceBefore)) return;
  if (!scene.IsCleanRight(end)) return;
  scene.Propose({begin - left.han, end}, suffix.type, suffix.subtype, Strength::kPattern);
}

// Where a name begins, with the city or country right before it.
uint32_t BeginWithPlace(const Scene& scene, uint32_t begin) {
  const Proposal* place = scene.KnownBefore(begin);
  return place != nullptr && place->type == EntityType::kGpe && place->range.size() >= 2 ? place->range.begin : begin;
}

// One mark of a list between the two: 、 or 和.
bool AreListed(const Scene& scene, uint32_t end, uint32_t begin) {
  return begin == end + 1 && std::u32string_view(U"、和与及或").find(scene.text[end]) != std::u32string_view::npos;
}

// An everyday last word needs evidence, added up over all places where the name stands.
void ProposePlainNames(Scene& scene, const std::vector<PlainName>& names) {
  std::unordered_map<std::u32string_view, int> evidence;
  for (size_t i = 0; i < names.size(); ++i) {
    const PlainName& name = names[i];
    const auto [place, added] = evidence.emplace(scene.text.folded(name.range.begin, name.range.end), 0);
    // 深圳|蓝鲸智能, and another of its kind beside it in a list.
    const uint32_t begin = BeginWithPlace(scene, name.range.begin);
    if (begin < name.range.begin) place->second += 1;
    const bool listed =
        (i > 0 && AreListed(scene, names[i - 1].range.end, begin)) ||
        (i + 1 < names.size() && AreListed(scene, name.range.end, BeginWithPlace(scene, names[i + 1].range.begin)));
    if (listed) place->second += 1;
    // 威夫納大學
    if (added && name.unlisted && !name.is_class) place->second += 2;
    place->second += EvidenceAround(scene, name.range.begin, name.range.end);
    // Standing again is evidence too, though not of what is a product's class as well (仓储机器人).
    if (!added && !name.is_class) place->second += 1;
  }
  for (const PlainName& name : names) {
    const std::u32string_view word = scene.text.folded(name.range.begin, name.range.end);
    if (evidence[word] < 2) continue;
    scene.Propose(name.range, EntityType::kOrg, name.subtype, Strength::kPattern);
  }
}

// 公民团体|数位观察站|批评: a name with no suffix between its class and its verb.
void ProposeNamedByClass(Scene& scene, uint32_t begin) {
  const CueMark& noun = scene.marks.ends[begin];
  if (!(noun.kinds & kOrgNoun) || !IsHan(scene.text[begin])) return;
  if (scene.KnownAt(begin) != nullptr) return;
  uint32_t end = begin;
  while (end < scene.text.size() && end - begin < 9 && IsHan(scene.text[end]) && !scene.IsCleanRight(end)) ++end;
  if (end - begin < 3 || end - begin > 8 || end >= scene.text.size()) return;
  if (!(scene.CuesAt(end) & kSpeech) || scene.marks.begins[end].length < 2) return;
  if (IsPlain(scene, begin, end)) return;
  scene.Propose({begin, end}, EntityType::kOrg, {}, Strength::kPattern);
}

// 加州|门洛帕克: a city in transliteration behind the place that it lies in.
void ProposeCity(Scene& scene, uint32_t begin) {
  const FoldedText& text = scene.text;
  if (begin >= text.size() || !IsHan(text[begin])) return;
  const Proposal* place = scene.KnownBefore(begin);
  const bool after_place = place != nullptr && place->type == EntityType::kGpe && place->range.size() >= 2;
  if (!after_place && !(scene.CuesBefore(begin) & kPlaceBefore)) return;
  if (scene.KnownAt(begin) != nullptr) return;
  const uint32_t end = TransliterationEnd(scene, begin);
  if (end - begin < 3 || !scene.IsCleanRight(end)) return;
  if (std::any_of(text.folded().begin() + begin, text.folded().begin() + end, IsMiddleDot)) return;
  scene.Propose({begin, end}, EntityType::kGpe, "city", Strength::kPattern);
}

char32_t ClosingMark(char32_t open) {
  switch (open) {
    case U'《':
      return U'》';
    case U'〈':
      return U'〉';
    case U'「':
      return U'」';
    case U'『':
      return U'』';
    case U'“':
      return U'”';
    case U'‘':
      return U'’';
    default:
      return 0;
  }
}

// Words that are no cue but follow a quoted name: 「星际之门」计划.
bool IsProject(const FoldedText& text, uint32_t i) {
  const std::u32string_view rest = text.folded().substr(std::min(i, text.size()), 2);
  return rest == U"计划" || rest == U"项目" || rest == U"专案" || rest == U"工程";
}

void ProposeQuoted(Scene& scene, uint32_t open) {
  const FoldedText& text = scene.text;
  const char32_t close_mark = ClosingMark(text[open]);
  uint32_t close = open + 1;
  while (close < text.size() && close - open < 40 && text[close] != close_mark && text[close] != U'\n') ++close;
  if (close >= text.size() || text[close] != close_mark || close == open + 1) return;
  const Range inside{open + 1, close};
  const std::u32string_view words = text.folded(inside.begin, inside.end);
  if (text[open] == U'《' || text[open] == U'〈') {
    // 《纽约时报》 is in the lexicon; a newspaper that is not ends like one.
    if (const Proposal* known = scene.KnownAt(inside.begin); known != nullptr && known->range == inside) return;
    const bool press = words.ends_with(U"日报") || words.ends_with(U"时报") || words.ends_with(U"周刊") ||
                       words.ends_with(U"邮报") || words.ends_with(U"晚报") || words.ends_with(U"早报");
    const bool law = words.ends_with(U"法") || words.ends_with(U"法案") || words.ends_with(U"条例") ||
                     words.ends_with(U"公约") || words.ends_with(U"协定") || words.ends_with(U"条约") ||
                     words.ends_with(U"协议") || words.ends_with(U"宪法");
    if (press) {
      scene.Propose(inside, EntityType::kOrg, "media", Strength::kStated);
    } else {
      scene.Propose(inside, law ? EntityType::kLaw : EntityType::kWork, {}, Strength::kStated);
    }
    return;
  }
  if (inside.size() > 10) return;
  if (scene.KnownAt(inside.begin) != nullptr && scene.KnownAt(inside.begin)->range == inside) return;
  for (uint32_t i = inside.begin; i < inside.end; ++i) {
    const char32_t c = text[i];
    if (!IsHan(c) && !IsLatinLetter(c) && !IsDigit(c) && c != U' ' && c != U'-' && c != U'.') return;
  }
  if (IsPlain(scene, inside.begin, inside.end)) return;
  // A clause inside the marks is speech, not a name.
  uint32_t breaks = 0;
  for (uint32_t i = inside.begin; i < inside.end; ++i) breaks += (scene.CuesAt(i) & kBreak) ? 1u : 0u;
  if (breaks > 0) return;
  uint32_t after = close + 1;
  if (after < text.size() && text[after] == U'(') {
    while (after < text.size() && after - close < 40 && text[after] != U')') ++after;
    ++after;
  }
  const bool has_capital = scene.token_at[inside.begin] != 0 && scene.tokens[scene.token_at[inside.begin] - 1].capital;
  const bool numbered = IsDigit(text[inside.end - 1]);
  const bool again =
      text.folded().find(words, close + 1) != std::u32string_view::npos || text.folded().find(words) < inside.begin;
  if (IsProject(text, after)) {
    scene.Propose(inside, EntityType::kOrg, {}, Strength::kPattern);
  } else if (((scene.CuesBefore(open) & kProductNoun) && (numbered || has_capital || again)) ||
             ((scene.CuesAt(after) & kProductNoun) && has_capital) ||
             ((scene.CuesAt(after) & kProductNoun) && inside.size() >= 2 &&
              (scene.CuesBefore(open) & kProductBefore))) {
    scene.Propose(inside, EntityType::kProduct, {}, Strength::kPattern);
  } else if (scene.CuesBefore(open) & kOrgNoun) {
    scene.Propose(inside, EntityType::kOrg, "company", Strength::kPattern);
  }
}

// 中国|外交部: an authority is named with its country where that stands before it.
void ProposeAuthority(Scene& scene, const Proposal& authority) {
  if (authority.type != EntityType::kOrg || authority.subtype != "government" || authority.range.size() < 3) return;
  const Proposal* country = scene.KnownBefore(authority.range.begin);
  if (country == nullptr || country->type != EntityType::kGpe || country->range.size() < 2) return;
  if (!IsHan(scene.text[authority.range.begin]) || !IsHan(scene.text[country->range.begin])) return;
  Proposal proposal = authority;
  proposal.range.begin = country->range.begin;
  scene.proposals.push_back(proposal);
}

// 星河财经|北京|4月18日|讯: who sends the report, at the beginning of its line.
void ProposeAgency(Scene& scene, uint32_t begin) {
  const FoldedText& text = scene.text;
  const char32_t before = begin > 0 ? text[begin - 1] : U'\n';
  if (before != U'\n' && !(before == U'(' && (begin == 1 || text[begin - 2] == U'\n'))) return;
  if (scene.KnownAt(begin) != nullptr) return;
  uint32_t end = begin;
  while (end < text.size() && end - begin < 8 && IsHan(text[end]) && scene.KnownAt(end) == nullptr) ++end;
  if (end - begin < 2 || end >= text.size()) return;
  uint32_t next = end;
  if (const Proposal* place = scene.KnownAt(next); place != nullptr && place->type == EntityType::kGpe)
    next = place->range.end;
  const Proposal* date = next < text.size() ? scene.KnownAt(next) : nullptr;
  if (date == nullptr || date->type != EntityType::kDate) return;
  const char32_t report = date->range.end < text.size() ? text[date->range.end] : 0;
  if (report == U'讯' || report == U'电') scene.Propose({begin, end}, EntityType::kOrg, "media", Strength::kPattern);
}

void ProposeEvent(Scene& scene, uint32_t begin) {
  const FoldedText& text = scene.text;
  const std::u32string_view rest = text.folded().substr(begin);
  const Tail* best = nullptr;
  for (const Tail& tail : kEventTails) {
    if (rest[0] == tail.word[0] && rest.starts_with(tail.word) &&
        (best == nullptr || tail.word.size() > best->word.size())) {
      best = &tail;
    }
  }
  if (best == nullptr) return;
  const uint32_t end = begin + static_cast<uint32_t>(best->word.size());
  uint32_t start = begin;
  bool named = IsNameAlone(best->word);
  if (const Proposal* known = scene.KnownBefore(start);
      known != nullptr && known->type != EntityType::kDate && known->type != EntityType::kPosition) {
    if (known->type == EntityType::kGpe || known->type == EntityType::kOrg || known->type == EntityType::kTech) {
      start = known->range.begin;
      named = true;
    }
  } else if (known != nullptr && known->type == EntityType::kPosition && best->subtype == "election") {
    start = known->range.begin;
    if (const Proposal* place = scene.KnownBefore(start); place != nullptr && place->type == EntityType::kGpe) {
      start = place->range.begin;
    }
    named = true;
  }
  if (const Proposal* year = scene.KnownBefore(start); year != nullptr && year->type == EntityType::kDate && named) {
    start = year->range.begin;
  }
  if (named) scene.Propose({start, end}, best->type, best->subtype, Strength::kPattern);
}

}  // namespace

void ProposeChineseOrganizations(Scene& scene) {
  const FoldedText& text = scene.text;
  const NameTrie& trie = scene.lists.suffix_trie;
  std::vector<PlainName> plain_names;
  for (uint32_t begin = 0; begin < text.size(); ++begin) {
    const char32_t c = text[begin];
    if (ClosingMark(c) != 0) {
      ProposeQuoted(scene, begin);
      continue;
    }
    if (!IsHan(c)) continue;
    uint32_t node = 0;
    uint32_t best_end = 0, best_value = 0;
    for (uint32_t i = begin; i < text.size(); ++i) {
      node = trie.Step(node, text[i]);
      if (node == NameTrie::kNone) break;
      if (trie.value(node) != 0) {
        best_end = i + 1;
        best_value = trie.value(node);
      }
    }
    if (best_value != 0) ProposeBySuffix(scene, begin, best_end, scene.lists.suffixes[best_value - 1], plain_names);
    if (begin > 0) ProposeNamedByClass(scene, begin);
    ProposeCity(scene, begin);
    ProposeAgency(scene, begin);
    ProposeEvent(scene, begin);
  }
  ProposePlainNames(scene, plain_names);
  for (const Proposal& known : std::vector<Proposal>(scene.known)) ProposeAuthority(scene, known);
}

}  // namespace newsgraph
