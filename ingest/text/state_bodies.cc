// Bodies of a state behind its name, which no list holds in full: 馬爾他政府, 韓國產業通商部, the Italian culture
// ministry, Taiwan's central bank. What they do is theirs, not the country's.
#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include "ingest/text/name_scene.h"
#include "ingest/text/sentence_view.h"

namespace newsgraph {
namespace {

struct Body {
  std::u32string_view word;
  std::string_view subtype;
};

// Longer ones before those they begin with.
constexpr Body kChinese[] = {
    {U"联邦政府", "government"},   {U"中央政府", "government"},   {U"特区政府", "government"},
    {U"临时政府", "government"},   {U"军政府", "government"},     {U"政府军", "military"},
    {U"政府", "government"},       {U"当局", "government"},       {U"联邦议会", "government"},
    {U"联邦议院", "government"},   {U"议会", "government"},       {U"国会", "government"},
    {U"参议院", "government"},     {U"众议院", "government"},     {U"参院", "government"},
    {U"众院", "government"},       {U"下议院", "government"},     {U"上议院", "government"},
    {U"国民议会", "government"},   {U"警察厅", "government"},     {U"警察局", "government"},
    {U"警方", "government"},       {U"军方", "military"},         {U"检察署", "government"},
    {U"检方", "government"},       {U"最高法院", "government"},   {U"宪法法院", "government"},
    {U"高等法院", "government"},   {U"中央银行", "government"},   {U"央行", "government"},
    {U"总统府", "government"},     {U"首相府", "government"},     {U"总理府", "government"},
    {U"海岸防卫队", "government"}, {U"海岸警卫队", "government"},
};
// What a ministry is for; several may stand together: 产业通商部, 工业与旅游部.
constexpr std::u32string_view kPortfolios[] = {
    U"外交", U"国防", U"防卫", U"内政",     U"内务", U"财政", U"财务", U"司法", U"法务", U"商务", U"商业", U"经济",
    U"经贸", U"贸易", U"通商", U"产业",     U"工业", U"工商", U"科技", U"科学", U"技术", U"教育", U"文化", U"体育",
    U"旅游", U"观光", U"卫生", U"卫福",     U"健康", U"劳动", U"劳工", U"就业", U"社会", U"福利", U"农业", U"渔业",
    U"农林", U"水产", U"粮食", U"环境",     U"环保", U"气候", U"能源", U"资源", U"矿业", U"水利", U"交通", U"运输",
    U"国土", U"建设", U"住房", U"基础设施", U"信息", U"通信", U"数字", U"数位", U"投资", U"企业", U"公安", U"移民",
    U"安全", U"国家", U"统一", U"宗教",     U"青年", U"妇女", U"家庭", U"食品", U"药品", U"公共", U"事务"};
constexpr std::u32string_view kJoiners[] = {U"与", U"及", U"和", U"暨", U"、"};
constexpr std::u32string_view kMinistries[] = {U"部"};
// 政府|機構, 外交部|長: a longer word, or who holds the office.
constexpr std::u32string_view kGoesOn = U"长性化间债机间们份门队厅";

constexpr Body kEnglish[] = {{U"government", "government"},
                             {U"administration", "government"},
                             {U"parliament", "government"},
                             {U"senate", "government"},
                             {U"congress", "government"},
                             {U"ministry", "government"},
                             {U"central bank", "government"},
                             {U"police", "government"},
                             {U"army", "military"},
                             {U"navy", "military"},
                             {U"military", "military"},
                             {U"air force", "military"},
                             {U"coast guard", "government"},
                             {U"treasury", "government"},
                             {U"supreme court", "government"},
                             {U"high court", "government"},
                             {U"constitutional court", "government"},
                             {U"prosecutors", "government"},
                             {U"authorities", "government"}};
constexpr std::u32string_view kEnglishPortfolios[] = {
    U"foreign",  U"defence", U"defense",    U"interior", U"home",      U"finance",     U"justice",     U"commerce",
    U"trade",    U"economy", U"economic",   U"industry", U"labor",     U"labour",      U"health",      U"education",
    U"science",  U"culture", U"sports",     U"tourism",  U"farm",      U"agriculture", U"fisheries",   U"environment",
    U"climate",  U"energy",  U"oil",        U"mining",   U"transport", U"housing",     U"federal",     U"state",
    U"military", U"digital", U"technology", U"security", U"welfare",   U"migration",   U"immigration", U"and"};
// "Italian police officers", "British government bonds": of the body, not the body.
constexpr std::u32string_view kOfTheBody[] = {
    U"officer",   U"officers",    U"official", U"officials", U"minister",   U"ministers", U"bond",
    U"bonds",     U"debt",        U"chief",    U"agency",    U"agencies",   U"contract",  U"station",
    U"spokesman", U"spokeswoman", U"source",   U"sources",   U"contracts",  U"funding",   U"base",
    U"bases",     U"reports",     U"stations", U"election",  U"elections",  U"special",   U"race",
    U"races",     U"seat",        U"seats",    U"candidate", U"candidates", U"primary"};
constexpr uint32_t kMostPortfolios = 3;

template <size_t N>
uint32_t LengthAt(const std::u32string_view (&words)[N], std::u32string_view rest) {
  const auto found = std::find_if(std::begin(words), std::end(words),
                                  [rest](std::u32string_view word) { return rest.starts_with(word); });
  return found == std::end(words) ? 0 : static_cast<uint32_t>(found->size());
}

// Of whole Latin words.
template <size_t N>
uint32_t WholeLengthAt(const std::u32string_view (&words)[N], std::u32string_view rest) {
  for (const std::u32string_view word : words) {
    if (rest.starts_with(word) && (rest.size() == word.size() || !IsLatinWordMark(rest[word.size()]))) {
      return static_cast<uint32_t>(word.size());
    }
  }
  return 0;
}

void ProposeChineseBody(Scene& scene, const Proposal& state) {
  const std::u32string_view text = scene.text.folded();
  const uint32_t begin = state.range.end;
  const std::u32string_view rest = text.substr(begin, 24);
  uint32_t length = 0;
  std::string_view subtype = "government";
  for (const Body& body : kChinese) {
    if (!rest.starts_with(body.word)) continue;
    length = static_cast<uint32_t>(body.word.size());
    subtype = body.subtype;
    break;
  }
  if (length == 0) {
    uint32_t i = 0;
    for (uint32_t portfolio = LengthAt(kPortfolios, rest); portfolio != 0;
         portfolio = LengthAt(kPortfolios, rest.substr(i))) {
      i += portfolio;
      const uint32_t joiner = LengthAt(kJoiners, rest.substr(i));
      if (joiner != 0 && LengthAt(kPortfolios, rest.substr(i + joiner)) != 0) i += joiner;
    }
    const uint32_t ministry = i == 0 ? 0 : LengthAt(kMinistries, rest.substr(i));
    if (ministry == 0) return;
    length = i + ministry;
  }
  if (begin + length < text.size() && kGoesOn.find(text[begin + length]) != std::u32string_view::npos) return;
  // Encyclopedias speak of 加拿大|政府 and mean the country, where the body does not say or do what news tells of.
  constexpr uint32_t kActs = kSpeech | kOrgAfter | kAction;
  const bool acts = (scene.CuesAt(begin + length) & kActs) != 0;
  scene.Propose({state.range.begin, begin + length}, EntityType::kOrg, subtype,
                acts ? Strength::kStated : Strength::kPattern);
}

void ProposeEnglishBody(Scene& scene, const Proposal& state) {
  const std::u32string_view text = scene.text.folded();
  // Party of Canada, Malaysian Indian Congress: part of another name.
  const uint32_t first = scene.token_at[state.range.begin];
  if (first > 1 && scene.tokens[first - 1].joined) {
    const LatinToken& before = scene.tokens[first - 2];
    const bool is_name = before.capital && !before.starts_sentence;
    if (is_name || text.substr(before.range.begin, before.range.size()) == U"of") return;
  }
  uint32_t i = state.range.end;
  const auto rest = [&] { return text.substr(std::min<size_t>(i, text.size()), 40); };
  if (rest().starts_with(U"'s ") || rest().starts_with(U"’s ")) i += 2;
  if (!rest().starts_with(U" ")) return;
  ++i;
  for (uint32_t words = 0; words < kMostPortfolios; ++words) {
    const uint32_t length = WholeLengthAt(kEnglishPortfolios, rest());
    if (length == 0 || !rest().substr(length).starts_with(U" ")) break;
    i += length + 1;
  }
  for (const Body& body : kEnglish) {
    const uint32_t end = i + static_cast<uint32_t>(body.word.size());
    if (!rest().starts_with(body.word)) continue;
    // Dutch government-in-exile
    if (end < text.size() && (IsLatinWordMark(text[end]) || text[end] == U'-')) continue;
    if (end < text.size() && text[end] == U' ' && WholeLengthAt(kOfTheBody, text.substr(end + 1, 16)) != 0) return;
    scene.Propose({state.range.begin, end}, EntityType::kOrg, body.subtype, Strength::kStated);
    return;
  }
}

}  // namespace

void ProposeStateBodies(Scene& scene) {
  for (const Proposal& known : std::vector<Proposal>(scene.known)) {
    if (known.type != EntityType::kGpe && known.type != EntityType::kNorp) continue;
    if (known.range.end >= scene.text.size()) continue;
    if (IsHan(scene.text[known.range.end])) {
      if (known.type == EntityType::kGpe && known.range.size() >= 2) ProposeChineseBody(scene, known);
    } else {
      ProposeEnglishBody(scene, known);
    }
  }
}

}  // namespace newsgraph
