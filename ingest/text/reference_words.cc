#include "ingest/text/reference_words.h"

namespace newsgraph {
namespace {

constexpr EntityType kOrg = EntityType::kOrg;
constexpr EntityType kGpe = EntityType::kGpe;
constexpr EntityType kLaw = EntityType::kLaw;
constexpr EntityType kEvent = EntityType::kEvent;
constexpr EntityType kProduct = EntityType::kProduct;
constexpr EntityType kWork = EntityType::kWork;
constexpr EntityType kFacility = EntityType::kFac;

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
    // One side, called by where it works: of a name that says so.
    {U"院方", kOrg, "", true, U"医院 医学中心"},
    {U"校方", kOrg, "education", true, U"大学 中学 小学 学院 学校 书院"},
    {U"警方", kOrg, "", true, U"警察 警局 警署 公安 警务"},
    {U"检方", kOrg, "", true, U"检察 地检署 检署 检控"},
    {U"署方", kOrg, "", true, U"署"},
    {U"局方", kOrg, "", true, U"局"},
    {U"馆方", kOrg, "", true, U"馆"},
    {U"厂方", kOrg, "company", true},
    {U"资方", kOrg, "company", true},
    {U"市府", kOrg, "", true, U"市政府"},
    {U"县府", kOrg, "", true, U"县政府"},
    {U"省府", kOrg, "", true, U"省政府"},
    {U"州府", kOrg, "", true, U"州政府"},
    {U"政府", kOrg, "", true},
    {U"内阁", kOrg, "", true},
    {U"国会", kOrg, "", true, U"国会 议会"},
    {U"议会", kOrg, "", false},
    {U"主管机关", kOrg, "government", true},
    {U"主管机构", kOrg, "government", true},
    {U"主管部门", kOrg, "government", true},
    {U"监管机构", kOrg, "government", false},
    {U"监管部门", kOrg, "government", false},
    {U"部门", kOrg, "government", false},
    {U"法庭", kOrg, "", false, U"法院"},
    // Companies by trade: of a name that says so, else of any company that it points at.
    {U"车企", kOrg, "company", false, U"汽车 车"},
    {U"车商", kOrg, "company", false, U"汽车 车"},
    {U"药企", kOrg, "company", true, U"制药 药业 医药 生技 生物"},
    {U"药商", kOrg, "company", false, U"制药 药业 医药 生技 生物"},
    {U"险企", kOrg, "company", true, U"保险 人寿 产险"},
    {U"银行业者", kOrg, "company", false, U"银行"},
    {U"航商", kOrg, "company", true, U"航运 海运"},
    {U"船公司", kOrg, "company", true, U"航运 海运"},
    {U"航空公司", kOrg, "company", false, U"航空"},
    {U"航企", kOrg, "company", true, U"航空"},
    {U"建商", kOrg, "company", true, U"建设 建筑 营造 地产 置业"},
    {U"发展商", kOrg, "company", true, U"建设 地产 置业 发展"},
    {U"地产商", kOrg, "company", true, U"建设 地产 置业 发展"},
    {U"开发商", kOrg, "company", true, U"建设 地产 置业 发展 开发"},
    {U"电讯商", kOrg, "company", true, U"电讯 电信"},
    {U"营运商", kOrg, "company", true},
    {U"运营商", kOrg, "company", true},
    {U"供应商", kOrg, "company", false},
    {U"制造商", kOrg, "company", false},
    {U"生产商", kOrg, "company", false},
    {U"出版商", kOrg, "company", false, U"出版"},
    {U"经销商", kOrg, "company", false},
    {U"零售商", kOrg, "company", false},
    {U"电商", kOrg, "company", false},
    {U"代工厂", kOrg, "company", false},
    {U"晶片厂", kOrg, "company", false, U"半导体 微电 晶 芯"},
    {U"芯片厂", kOrg, "company", false, U"半导体 微电 晶 芯"},
    {U"晶圆厂", kOrg, "company", false, U"半导体 晶"},
    {U"电池厂", kOrg, "company", false, U"电池 能源"},
    {U"水泥厂", kOrg, "company", false, U"水泥"},
    {U"面板厂", kOrg, "company", false, U"光电"},
    {U"钢厂", kOrg, "company", false, U"钢铁 钢"},
    {U"酒厂", kOrg, "company", false, U"酒"},
    {U"电厂", kOrg, "company", false, U"电厂 发电"},
    {U"大厂", kOrg, "company", false},
    {U"巨头", kOrg, "company", false},
    {U"龙头", kOrg, "company", false},
    {U"独角兽", kOrg, "company", false},
    {U"公司", kOrg, "company", false},
    {U"集团", kOrg, "company", false},
    {U"新创公司", kOrg, "company", false},
    {U"新创企业", kOrg, "company", false},
    {U"初创公司", kOrg, "company", false},
    {U"初创企业", kOrg, "company", false},
    {U"创企", kOrg, "company", false},
    {U"餐厅", kOrg, "company", false, U"餐厅 酒家 饭店"},
    {U"超市", kOrg, "company", false, U"超市"},
    {U"书店", kOrg, "company", false, U"书店"},
    {U"事务所", kOrg, "company", false, U"事务所"},
    {U"教会", kOrg, "", true},
    {U"中心", kOrg, "", false},
    {U"书院", kOrg, "", true},
    {U"中学", kOrg, "education", false},
    {U"小学", kOrg, "education", false},
    {U"乐队", kOrg, "", true},
    {U"智库", kOrg, "", true, U"研究 智库"},
    {U"博物馆", kOrg, "", true},
    {U"美术馆", kOrg, "", true},
    {U"品牌", kProduct, "*", false},
    {U"系统", kProduct, "*", false},
    {U"程式", kProduct, "*", false},
    {U"程序", kProduct, "*", false},
    {U"应用", kProduct, "*", false},
    {U"功能", kProduct, "*", false},
    {U"服务", kProduct, "*", false},
    {U"工具", kProduct, "*", false},
    {U"引擎", kProduct, "*", false},
    {U"装置", kProduct, "*", false},
    {U"设备", kProduct, "*", false},
    {U"耳机", kProduct, "device", true},
    {U"新机", kProduct, "device", true},
    {U"眼镜", kProduct, "*", false},
    {U"机器人", kProduct, "*", false},
    {U"车型", kProduct, "*", false},
    {U"车款", kProduct, "*", false},
    {U"新车", kProduct, "*", false},
    {U"客机", kProduct, "*", false},
    {U"战机", kProduct, "*", false},
    {U"火箭", kProduct, "*", false},
    {U"卫星", kProduct, "*", false},
    {U"药物", kProduct, "*", false},
    {U"新药", kProduct, "*", false},
    {U"疫苗", kProduct, "*", false},
    {U"游戏", kProduct, "*", false},
    {U"影片", kWork, "film", true},
    {U"电影", kWork, "film", false},
    {U"纪录片", kWork, "film", false},
    {U"剧集", kWork, "film", true},
    {U"电视剧", kWork, "film", false},
    {U"歌曲", kWork, "music", true},
    {U"单曲", kWork, "music", false},
    {U"专辑", kWork, "music", false},
    {U"小说", kWork, "book", false},
    {U"散文集", kWork, "book", false},
    {U"诗集", kWork, "book", false},
    {U"传记", kWork, "book", false},
    {U"作品", kWork, "*", false},
    {U"论文", kWork, "paper", false},
    {U"报告", kWork, "*", false},
    {U"工厂", kFacility, "*", false},
    {U"机场", kFacility, "*", false},
    {U"园区", kFacility, "*", false},
    {U"水库", kFacility, "*", false},
    {U"大桥", kFacility, "*", false},
    {U"法规", kLaw, "*", false},
    {U"法令", kLaw, "*", false},
    {U"法律", kLaw, "*", false},
    {U"赛事", kEvent, "*", false},
    {U"会议", kEvent, "*", false},
    {U"大会", kEvent, "*", false},
    {U"活动", kEvent, "*", false},
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
    {U"医院", kOrg, "", false},
    {U"大学", kOrg, "", false},
    {U"学院", kOrg, "", true},
    {U"研究院", kOrg, "", true},
    {U"研究所", kOrg, "", true},
    {U"法院", kOrg, "", false},
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

constexpr std::u32string_view kPointing[] = {
    U"该家", U"该间", U"该所", U"该项", U"该款", U"该部", U"该",   U"此",   U"这家", U"这间", U"这所", U"这个",
    U"这座", U"这款", U"这支", U"这部", U"这项", U"这套", U"这本", U"这份", U"这枚", U"这架", U"这艘", U"这场",
    U"那家", U"那间", U"那所", U"那座", U"那款", U"那部", U"那项", U"那套", U"那本", U"那份"};
constexpr std::u32string_view kPersonPointing[] = {U"这位", U"这名", U"该名", U"该位", U"那位", U"那名"};
constexpr std::u32string_view kPersons[] = {
    U"老板",     U"执行长",   U"创办人", U"创始人", U"董事长",   U"总经理",   U"总裁",     U"主席",     U"教授",
    U"学者",     U"作家",     U"诗人",   U"导演",   U"律师",     U"议员",     U"立委",     U"市长",     U"部长",
    U"总统",     U"总理",     U"首相",   U"球员",   U"教练",     U"选手",     U"球星",     U"分析师",   U"演员",
    U"歌手",     U"老将",     U"富豪",   U"富商",   U"企业家",   U"科学家",   U"候选人",   U"艺人",     U"政治人物",
    U"女演员",   U"经济学家", U"前总统", U"高管",   U"县议员",   U"市议员",   U"国会议员", U"参议员",   U"众议员",
    U"领导人",   U"领袖",     U"投手",   U"打者",   U"前锋",     U"后卫",     U"门将",     U"中场",     U"国脚",
    U"运动员",   U"跑者",     U"泳将",   U"拳手",   U"棋手",     U"骑师",     U"冠军",     U"得主",     U"医师",
    U"医生",     U"护士",     U"工程师", U"研究员", U"历史学家", U"物理学家", U"化学家",   U"生物学家", U"数学家",
    U"天文学家", U"建筑师",   U"设计师", U"画家",   U"雕塑家",   U"摄影师",   U"音乐家",   U"作曲家",   U"钢琴家",
    U"指挥家",   U"小说家",   U"剧作家", U"编剧",   U"制片人",   U"女星",     U"男星",     U"影星",     U"影后",
    U"影帝",     U"名模",     U"主持人", U"主播",   U"记者",     U"编辑",     U"法官",     U"检察官",   U"官员",
    U"外交官",   U"大使",     U"将军",   U"军官",   U"主教",     U"牧师",     U"神父",     U"传教士",   U"僧人",
    U"商人",     U"银行家",   U"投资人", U"交易员", U"地产商人", U"大亨",     U"首富",     U"执行官",   U"行政总裁",
    U"财务长",   U"学生",     U"老师",   U"校长",   U"院长",     U"店主",     U"厨师",     U"农民",     U"渔民",
    U"司机",     U"飞行员",   U"太空人", U"宇航员", U"发明家",   U"创业者",   U"网红",     U"博主",     U"被告",
    U"嫌犯",     U"异见人士", U"活动家", U"政治家", U"女子",     U"男子",     U"教宗",     U"国王",     U"女王",
    U"大将",     U"主将",     U"队长",   U"前国脚", U"新秀",     U"名将"};
constexpr std::u32string_view kKin[] = {
    U"父亲", U"母亲", U"丈夫",   U"妻子", U"太太",   U"先生", U"儿子", U"女儿",   U"长子",   U"长女",   U"次子",
    U"次女", U"独子", U"独生子", U"独女", U"独生女", U"幼子", U"幼女", U"小儿子", U"小女儿", U"大儿子", U"大女儿",
    U"哥哥", U"弟弟", U"姐姐",   U"姊姊", U"妹妹",   U"胞兄", U"胞弟", U"胞姊",   U"胞姐",   U"胞妹",   U"兄长",
    U"祖父", U"祖母", U"外公",   U"外婆", U"爷爷",   U"奶奶", U"岳父", U"岳母",   U"公公",   U"婆婆",   U"女婿",
    U"媳妇", U"妻舅", U"小舅子", U"姐夫", U"姊夫",   U"妹夫", U"大嫂", U"侄子",   U"侄女",   U"外甥",   U"外甥女",
    U"堂弟", U"堂兄", U"堂妹",   U"堂姊", U"表哥",   U"表弟", U"表姊", U"表妹",   U"叔叔",   U"伯父",   U"舅舅",
    U"姑姑", U"阿姨", U"孙子",   U"孙女", U"遗孀",   U"前妻", U"前夫", U"未婚妻", U"未婚夫", U"女友",   U"男友"};

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

uint32_t PersonNounAt(std::u32string_view text) {
  size_t longest = 0;
  for (const std::u32string_view person : kPersons) {
    if (person.size() > longest && text.starts_with(person)) longest = person.size();
  }
  return static_cast<uint32_t>(longest);
}

uint32_t KinAt(std::u32string_view text) {
  size_t longest = 0;
  for (const std::u32string_view kin : kKin) {
    if (kin.size() > longest && text.starts_with(kin)) longest = kin.size();
  }
  return static_cast<uint32_t>(longest);
}

std::u32string_view NounEndingAt(std::u32string_view text) {
  size_t longest = 0;
  const auto look = [&](std::u32string_view word) {
    if (word.size() >= 2 && word.size() > longest && text.ends_with(word)) longest = word.size();
  };
  for (const HeadNoun& head : kHeads) look(head.word);
  for (const std::u32string_view person : kPersons) look(person);
  for (const std::u32string_view kin : kKin) look(kin);
  return text.substr(text.size() - longest);
}

Pointing PointingAt(std::u32string_view text) {
  for (const std::u32string_view pointing : kPersonPointing) {
    if (text.starts_with(pointing)) return {static_cast<uint32_t>(pointing.size()), true};
  }
  for (const std::u32string_view pointing : kPointing) {
    if (text.starts_with(pointing)) return {static_cast<uint32_t>(pointing.size()), false};
  }
  return {};
}

std::optional<PointingPhrase> PointingPhraseAt(std::u32string_view text) {
  constexpr std::u32string_view kThisOne = U"此人";
  if (text.starts_with(kThisOne)) return PointingPhrase{2, 0, nullptr};
  const Pointing pointing = PointingAt(text);
  if (pointing.size == 0) return std::nullopt;
  const std::u32string_view rest = text.substr(pointing.size);
  if (pointing.person) {
    const uint32_t person = PersonNounAt(rest);
    if (person == 0) return std::nullopt;
    return PointingPhrase{pointing.size + person, pointing.size, nullptr};
  }
  const HeadNoun* head = HeadNounAt(rest);
  // 此案, 此書 point at anything; 該 goes with every noun.
  if (head == nullptr || (head->word.size() == 1 && text.substr(0, pointing.size) != U"该")) return std::nullopt;
  return PointingPhrase{pointing.size + static_cast<uint32_t>(head->word.size()), pointing.size, head};
}

std::optional<PointingPhrase> PointingPhraseOf(std::u32string_view words) {
  const Pointing pointing = PointingAt(words);
  if (pointing.size == 0) return PointingPhraseAt(words);
  if (const auto direct = PointingPhraseAt(words); direct && direct->size == words.size()) return direct;
  for (uint32_t begin = pointing.size + 1; begin + 1 < words.size(); ++begin) {
    const std::u32string_view rest = words.substr(begin);
    if (pointing.person) {
      if (PersonNounAt(rest) == rest.size()) {
        return PointingPhrase{static_cast<uint32_t>(words.size()), begin, nullptr};
      }
    } else if (const HeadNoun* head = HeadNounAt(rest); head != nullptr && head->word.size() == rest.size()) {
      return PointingPhrase{static_cast<uint32_t>(words.size()), begin, head};
    }
  }
  return std::nullopt;
}

}  // namespace newsgraph
