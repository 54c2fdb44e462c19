#include "ingest/text/reference_words.h"

namespace newsgraph {
namespace {

constexpr EntityType kOrg = EntityType::kOrg;
constexpr EntityType kGpe = EntityType::kGpe;
constexpr EntityType kLaw = EntityType::kLaw;
constexpr EntityType kEvent = EntityType::kEvent;
constexpr EntityType kProduct = EntityType::kProduct;
constexpr EntityType kWork = EntityType::kWork;

constexpr HeadNoun kHeads[] = {
    // Of one character only behind a demonstrative.
    {U"党", kOrg, "party", false},
    {U"行", kOrg, "company", false},
    {U"校", kOrg, "education", false},
    {U"院", kOrg, "government", false},
    {U"部", kOrg, "government", false},
    {U"局", kOrg, "government", false},
    {U"署", kOrg, "government", false},
    {U"处", kOrg, "government", false},
    {U"报", kOrg, "media", false},
    {U"刊", kOrg, "media", false},
    {U"台", kOrg, "media", false},
    {U"社", kOrg, "", false},
    {U"会", kOrg, "", false},
    {U"厂", kOrg, "company", false},
    {U"所", kOrg, "", false},
    {U"队", kOrg, "", false},
    {U"团", kOrg, "", false},
    {U"国", kGpe, "country", false},
    {U"市", kGpe, "city", false},
    {U"县", kGpe, "", false},
    {U"州", kGpe, "", false},
    {U"岛", kGpe, "", false},
    {U"法", kLaw, "*", false},
    {U"案", kLaw, "*", false},
    {U"书", kWork, "*", false},
    {U"片", kWork, "*", false},
    {U"剧", kWork, "*", false},
    // Of any name.
    {U"机构", kOrg, "*", false},
    {U"组织", kOrg, "*", false},
    {U"单位", kOrg, "*", false},
    {U"团体", kOrg, "*", false},
    {U"企业", kOrg, "company", false},
    {U"厂商", kOrg, "company", false},
    {U"业者", kOrg, "company", false},
    {U"新创", kOrg, "company", false},
    {U"车厂", kOrg, "company", false},
    {U"药厂", kOrg, "company", false},
    {U"券商", kOrg, "company", false},
    {U"媒体", kOrg, "media", false},
    {U"政党", kOrg, "party", false},
    {U"学校", kOrg, "education", true},
    {U"国家", kGpe, "country", false},
    {U"城市", kGpe, "city", false},
    {U"模型", kProduct, "*", false},
    {U"产品", kProduct, "*", false},
    {U"软件", kProduct, "*", false},
    {U"软体", kProduct, "*", false},
    {U"手机", kProduct, "*", false},
    {U"晶片", kProduct, "*", false},
    {U"芯片", kProduct, "*", false},
    // As they end names.
    {U"银行", kOrg, "", true},
    {U"基金", kOrg, "", true},
    {U"基金会", kOrg, "", true},
    {U"协会", kOrg, "", true},
    {U"公会", kOrg, "", true},
    {U"工会", kOrg, "", true},
    {U"学会", kOrg, "", true},
    {U"商会", kOrg, "", true},
    {U"委员会", kOrg, "", true},
    {U"联盟", kOrg, "", true},
    {U"法团", kOrg, "", true},
    {U"财团", kOrg, "", true},
    {U"剧团", kOrg, "", true},
    {U"乐团", kOrg, "", true},
    {U"球会", kOrg, "", true},
    {U"球队", kOrg, "", true},
    {U"球团", kOrg, "", true},
    {U"周刊", kOrg, "", true},
    {U"杂志", kOrg, "", true},
    {U"报社", kOrg, "", true},
    {U"电视台", kOrg, "", true},
    {U"电台", kOrg, "", true},
    {U"通讯社", kOrg, "", true},
    {U"出版社", kOrg, "", true},
    {U"医院", kOrg, "", true},
    {U"大学", kOrg, "", true},
    {U"学院", kOrg, "", true},
    {U"研究院", kOrg, "", true},
    {U"研究所", kOrg, "", true},
    {U"法院", kOrg, "", true},
    {U"地检署", kOrg, "", true},
    {U"检察署", kOrg, "", true},
    {U"检察院", kOrg, "", true},
    {U"警察局", kOrg, "", true},
    {U"证交所", kOrg, "", true},
    {U"交易所", kOrg, "", true},
    {U"总局", kOrg, "", true},
    {U"酒店", kOrg, "", true},
    {U"航空", kOrg, "", false},
    {U"平台", kProduct, "*", false},
    {U"草案", kLaw, "", true},
    {U"法案", kLaw, "", true},
    {U"条例", kLaw, "", true},
    {U"协定", kLaw, "", true},
    {U"协议", kLaw, "", true},
    {U"条约", kLaw, "", true},
    {U"公约", kLaw, "", true},
    {U"宪法", kLaw, "", false},
    {U"补选", kEvent, "", true},
    {U"峰会", kEvent, "", true},
    {U"论坛", kEvent, "", true},
    {U"影展", kEvent, "", true},
    {U"博览会", kEvent, "", true},
};

constexpr std::u32string_view kPointing[] = {U"该",   U"这家", U"这间", U"这所", U"这个", U"这座", U"这款",
                                             U"这支", U"这部", U"这项", U"这套", U"这本", U"这份", U"该家",
                                             U"该间", U"该所", U"该项", U"该款", U"该部", U"此"};
constexpr std::u32string_view kPersonPointing[] = {U"这位", U"这名", U"该名", U"该位"};
constexpr std::u32string_view kPersons[] = {
    U"老板", U"执行长", U"创办人", U"创始人", U"董事长", U"总经理",   U"总裁",   U"主席",     U"教授",   U"学者",
    U"作家", U"诗人",   U"导演",   U"律师",   U"议员",   U"立委",     U"市长",   U"部长",     U"总统",   U"总理",
    U"首相", U"球员",   U"教练",   U"选手",   U"球星",   U"分析师",   U"演员",   U"歌手",     U"老将",   U"富豪",
    U"富商", U"企业家", U"科学家", U"候选人", U"艺人",   U"政治人物", U"女演员", U"经济学家", U"前总统", U"高管",
};

}  // namespace

const HeadNoun* HeadNounAt(std::u32string_view text) {
  const HeadNoun* longest = nullptr;
  for (const HeadNoun& head : kHeads) {
    if (text.starts_with(head.word) && (longest == nullptr || head.word.size() > longest->word.size())) {
      longest = &head;
    }
  }
  return longest;
}

std::optional<PointingPhrase> PointingPhraseAt(std::u32string_view text) {
  constexpr std::u32string_view kThisOne = U"此人";
  if (text.starts_with(kThisOne)) return PointingPhrase{2, nullptr};
  for (const std::u32string_view pointing : kPersonPointing) {
    if (!text.starts_with(pointing)) continue;
    for (const std::u32string_view person : kPersons) {
      if (text.substr(pointing.size()).starts_with(person)) {
        return PointingPhrase{static_cast<uint32_t>(pointing.size() + person.size()), nullptr};
      }
    }
    return std::nullopt;
  }
  for (const std::u32string_view pointing : kPointing) {
    if (!text.starts_with(pointing)) continue;
    const HeadNoun* head = HeadNounAt(text.substr(pointing.size()));
    // 此案, 此書 point at anything; 該 goes with every noun.
    if (head == nullptr || (head->word.size() == 1 && pointing != U"该")) continue;
    return PointingPhrase{static_cast<uint32_t>(pointing.size() + head->word.size()), head};
  }
  return std::nullopt;
}

}  // namespace newsgraph
