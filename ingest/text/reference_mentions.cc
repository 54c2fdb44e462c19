// Noun phrases and pronouns that may stand for an entity of the document.
#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "ingest/text/name_scene.h"
#include "ingest/text/reference_words.h"

namespace newsgraph {
namespace {

struct Reference {
  std::u32string_view word;
  MentionForm form;
  EntityType type;
};

constexpr MentionForm kNoun = MentionForm::kNominal;
constexpr MentionForm kPro = MentionForm::kPronoun;

// Longer words first where one begins another.
constexpr Reference kChinese[] = {
    {U"前者", kNoun, EntityType::kOrg},    {U"后者", kNoun, EntityType::kOrg},    {U"公司", kNoun, EntityType::kOrg},
    {U"集团", kNoun, EntityType::kOrg},    {U"其", kPro, EntityType::kOrg},       {U"妻子", kNoun, EntityType::kPerson},
    {U"丈夫", kNoun, EntityType::kPerson}, {U"对方", kPro, EntityType::kPerson},  {U"他们", kPro, EntityType::kUnknown},
    {U"她们", kPro, EntityType::kUnknown}, {U"它们", kPro, EntityType::kUnknown}, {U"佢哋", kPro, EntityType::kUnknown},
    {U"我们", kPro, EntityType::kOrg},     {U"你们", kPro, EntityType::kOrg},     {U"自己", kPro, EntityType::kPerson},
    {U"本人", kPro, EntityType::kPerson},  {U"他", kPro, EntityType::kPerson},    {U"她", kPro, EntityType::kPerson},
    {U"它", kPro, EntityType::kOrg},       {U"我", kPro, EntityType::kPerson},    {U"你", kPro, EntityType::kPerson},
    {U"您", kPro, EntityType::kPerson},
};

constexpr Reference kEnglish[] = {
    {U"he", kPro, EntityType::kPerson},   {U"him", kPro, EntityType::kPerson},
    {U"his", kPro, EntityType::kPerson},  {U"himself", kPro, EntityType::kPerson},
    {U"she", kPro, EntityType::kPerson},  {U"her", kPro, EntityType::kPerson},
    {U"hers", kPro, EntityType::kPerson}, {U"herself", kPro, EntityType::kPerson},
    {U"it", kPro, EntityType::kOrg},      {U"its", kPro, EntityType::kOrg},
    {U"itself", kPro, EntityType::kOrg},  {U"i", kPro, EntityType::kPerson},
    {U"me", kPro, EntityType::kPerson},   {U"my", kPro, EntityType::kPerson},
    {U"mine", kPro, EntityType::kPerson}, {U"you", kPro, EntityType::kPerson},
    {U"your", kPro, EntityType::kPerson}, {U"we", kPro, EntityType::kOrg},
    {U"us", kPro, EntityType::kOrg},      {U"our", kPro, EntityType::kOrg},
    {U"ours", kPro, EntityType::kOrg},    {U"they", kPro, EntityType::kOrg},
    {U"them", kPro, EntityType::kOrg},    {U"their", kPro, EntityType::kOrg},
};

// Whether a word of the table may begin with a character, by the last bits of both: most
// characters of a text begin none.
template <size_t kSize>
class FirstCharacters {
 public:
  explicit constexpr FirstCharacters(const Reference (&references)[kSize]) {
    for (const Reference& reference : references)
      bits_[reference.word[0] / 64 % 4] |= uint64_t{1} << reference.word[0] % 64;
  }
  constexpr bool MayHave(char32_t c) const { return (bits_[c / 64 % 4] >> c % 64 & 1) != 0; }

 private:
  std::array<uint64_t, 4> bits_{};
};
constexpr FirstCharacters kBeginChinese(kChinese);
constexpr FirstCharacters kBeginEnglish(kEnglish);

// 其他, 吉他 and 公司债 hold no pronoun and no company.
bool IsPartOfWord(const FoldedText& text, Range range) {
  const char32_t first = text[range.begin];
  const char32_t before = range.begin > 0 ? text[range.begin - 1] : 0;
  const char32_t after = range.end < text.size() ? text[range.end] : 0;
  if (range.size() == 1) {
    if (first == U'他')
      return before == U'其' || before == U'吉' || before == U'排' || after == U'人' || after == U'国' ||
             after == U'方';
    if (first == U'我') return before == U'自' || after == U'国' || after == U'方';
    if (first == U'它') return before == U'其';
    if (first == U'她') return false;
    // 其他, 其中, 尤其, 莫名其妙
    if (first == U'其') {
      constexpr std::u32string_view kBehind = U"他它她中实余次后间一二三妙所乐来时";
      constexpr std::u32string_view kJoints = U"及与和被由";
      // 使其, 稱其: of somebody that only the sense tells.
      return (IsHan(before) && kJoints.find(before) == std::u32string_view::npos) ||
             kBehind.find(after) != std::u32string_view::npos;
    }
  }
  if (text.folded(range.begin, range.end) == U"公司")
  // 两家公司 are none in particular; 这家公司 is a row of its own.
  {
    constexpr std::u32string_view kBefore = U"分子母家的些少个多种各创大小";  // 不少公司, 懶惰的公司, 新創公司
    static constexpr std::u32string_view kTerms[] = {U"治理", U"注册", U"登记"};
    static constexpr std::u32string_view kFounding[] = {U"成立", U"创立", U"创办", U"设立"};
    const std::u32string_view behind = text.folded().substr(range.end, 2);
    const std::u32string_view ahead = text.folded().substr(range.begin >= 2 ? range.begin - 2 : 0, 2);
    if (std::find(std::begin(kTerms), std::end(kTerms), behind) != std::end(kTerms)) return true;
    if (std::find(std::begin(kFounding), std::end(kFounding), ahead) != std::end(kFounding)) return true;
    // 他的公司: whom he works for.
    if (ahead == U"他的" || ahead == U"她的" ||
        (before == U'的' && text.folded().substr(range.begin >= 3 ? range.begin - 3 : 0, 2) == U"自己"))
      return false;
    return after == U'债' || after == U'法' || (before != 0 && kBefore.find(before) != std::u32string_view::npos);
  }
  return false;
}

// What 公司 and the like may stand behind: 對公司, 離開公司.
bool FollowsFunctionWord(const FoldedText& text, uint32_t i) {
  constexpr std::u32string_view kMarks = U"对把将向令由被在与和给使让据替为跟从于而但指称说该";
  static constexpr std::u32string_view kVerbs[] = {
      U"离开", U"加入", U"退出", U"接手", U"接掌", U"回到", U"进入", U"带领", U"率领", U"掌管", U"领导", U"反对",
      U"支持", U"批评", U"控告", U"认为", U"表示", U"指出", U"透露", U"强调", U"痛批", U"抨击", U"指责", U"谴责",
      U"斥责", U"炮轰", U"怒批", U"狠批", U"质疑", U"质问", U"称赞", U"赞扬", U"赞赏", U"盛赞", U"大赞", U"肯定",
      U"表扬", U"感谢", U"敦促", U"促请", U"要求", U"呼吁", U"建议", U"提醒", U"警告", U"起诉", U"状告", U"指控",
      U"检举", U"举报", U"投诉", U"收购", U"入股", U"买下", U"并购", U"出售", U"执掌", U"主掌", U"接管", U"经营",
      U"资助", U"捐助", U"尊重", U"推动", U"成立", U"解散", U"督促", U"监督", U"游说", U"说服", U"嘲讽", U"声援",
      U"怪罪", U"责怪", U"埋怨", U"看好", U"不满", U"任职", U"替换"};
  if (i == 0) return true;
  if (kMarks.find(text[i - 1]) != std::u32string_view::npos) return true;
  if (i < 2) return false;
  const std::u32string_view before = text.folded(i - 2, i);
  return std::find(std::begin(kVerbs), std::end(kVerbs), before) != std::end(kVerbs);
}

// 這家合肥車企, 這位意大利演員: the noun that a demonstrative points at over the words between, alone where 的 parts it
// from them (這間在港交所上市的|藥企). Empty for none.
Range PointedAtOverWords(const Scene& scene, uint32_t i, Pointing pointing, const std::vector<TextMention>& names,
                         size_t next_name) {
  constexpr uint32_t kFarthest = 28;
  const FoldedText& text = scene.text;
  uint32_t begin = i;
  const uint32_t limit = std::min(text.size(), i + pointing.size + kFarthest);
  for (uint32_t j = i + pointing.size; j < limit;) {
    while (next_name < names.size() && names[next_name].range.end <= j) ++next_name;
    if (next_name < names.size() && names[next_name].range.begin <= j) {
      j = names[next_name].range.end;
      continue;
    }
    const char32_t c = text[j];
    if (!IsHan(c) && !IsLatinLetter(c) && !IsDigit(c) && c != U'-' && c != U'%' && c != U'.') return {};
    if (c == U'的') {
      begin = j + 1;
      ++j;
      continue;
    }
    const std::u32string_view rest = text.folded().substr(j, 8);
    uint32_t size = 0;
    if (pointing.person) {
      size = PersonNounAt(rest);
    } else if (const HeadNoun* head = HeadNounAt(rest); head != nullptr && head->word.size() > 1) {
      size = static_cast<uint32_t>(head->word.size());
    }
    if (size > 0 && scene.IsCleanRight(j + size)) {
      const bool apart = begin > i;
      return {apart ? j : i, j + size};
    }
    ++j;
  }
  return {};
}

// The length of 該黨, or of 法團 where it begins its phrase and ends its word; 0 for none.
uint32_t PhraseAt(const Scene& scene, uint32_t i, uint32_t name_end) {
  const std::u32string_view rest = scene.text.folded().substr(i, 10);
  if (const std::optional<PointingPhrase> pointing = PointingPhraseAt(rest)) {
    const char32_t before = i > 0 ? scene.text[i - 1] : 0;
    const char32_t after = i + pointing->size < scene.text.size() ? scene.text[i + pointing->size] : 0;
    // 应该, 因此, 如此; 该公司 is of the table; 该部分, 该会议
    const std::u32string_view kWords = rest[0] == U'该' ? U"应活本" : U"因如从至彼就为";
    constexpr std::u32string_view kGoOn = U"分门长议员题类";
    if (rest[0] != U'这' && kWords.find(before) != std::u32string_view::npos) return 0;
    if (pointing->head != nullptr && pointing->head->word.size() == 1 &&
        (kGoOn.find(after) != std::u32string_view::npos)) {
      return 0;
    }
    return pointing->size;
  }
  const HeadNoun* head = HeadNounAt(rest);
  if (head == nullptr || !head->bare || name_end == i) return 0;
  const bool begins =
      scene.IsClauseStart(i) || (scene.CuesBefore(i) & (kBreak | kSpeech)) != 0 || FollowsFunctionWord(scene.text, i);
  constexpr std::u32string_view kAny = U"个家间所支些种各像如某一二两三四五六七八九十几";
  if (!begins || (i > 0 && kAny.find(scene.text[i - 1]) != std::u32string_view::npos)) return 0;
  // 草案委員會, 協會章程 are other things.
  const std::u32string_view behind = scene.text.folded().substr(i + head->word.size(), 3);
  static constexpr std::u32string_view kGoOn[] = {U"委员", U"成员", U"会员", U"条文", U"章程", U"法",
                                                  U"史",   U"城",   U"生",   U"界",   U"业",   U"型",
                                                  U"化",   U"合作", U"们",   U"间",   U"同学"};
  for (const std::u32string_view word : kGoOn) {
    if (behind.starts_with(word)) return 0;
  }
  return static_cast<uint32_t>(head->word.size());
}

// 他的兒子, 太太: kin that the text may have named; not 兒子冼孟修, where the name stands.
uint32_t KinPhraseAt(const Scene& scene, uint32_t i, const std::vector<TextMention>& names, size_t next_name) {
  const std::u32string_view rest = scene.text.folded().substr(i, 4);
  const uint32_t size = KinAt(rest);
  if (size == 0 || !scene.IsCleanRight(i + size)) return 0;
  if (next_name < names.size() && names[next_name].range.begin <= i + size) return 0;
  const char32_t before = i > 0 ? scene.text[i - 1] : 0;
  return scene.IsCleanLeft(i) || before == U'他' || before == U'她' || before == U'其' ? size : 0;
}

std::u32string_view WordOf(const Scene& scene, size_t token) {
  return scene.text.folded(scene.tokens[token].range.begin, scene.tokens[token].range.end);
}

// What follows says that a noun phrase ends here: a mark, a verb or a small word; not "the bank of", "the firm that".
bool EndsPhrase(const Scene& scene, size_t token, const EnglishHead& head) {
  static constexpr std::u32string_view kPartOfIt[] = {U"of", U"that", U"who", U"whom", U"whose", U"which"};
  static constexpr std::u32string_view kVerbs[] = {
      U"expects",  U"plans",    U"wants",    U"hopes",   U"makes",   U"sells",   U"owns",    U"employs", U"operates",
      U"runs",     U"holds",    U"needs",    U"aims",    U"intends", U"remains", U"becomes", U"belongs", U"comes",
      U"goes",     U"keeps",    U"gives",    U"takes",   U"gets",    U"pays",    U"buys",    U"builds",  U"leads",
      U"serves",   U"supplies", U"reports",  U"faces",   U"opens",   U"closes",  U"starts",  U"ends",    U"begins",
      U"stands",   U"seeks",    U"believes", U"thinks",  U"knows",   U"sees",    U"shows",   U"uses",    U"offers",
      U"requires", U"bans",     U"allows",   U"applies", U"covers",  U"trades",  U"lost",    U"won",     U"sold",
      U"made",     U"took",     U"gave",     U"began",   U"grew",    U"rose",    U"fell",    U"kept",    U"led",
      U"left",     U"paid",     U"built",    U"bought",  U"set",     U"met",     U"ran",     U"came",    U"went",
      U"drew",     U"spent",    U"lent",     U"got",     U"became",  U"broke",   U"put",     U"brought", U"saw",
      U"found",    U"cut",      U"sent",     U"held",    U"stood",   U"knew",    U"thought", U"chose",   U"ever",
      U"now",      U"itself",   U"whether",  U"like",    U"unless",  U"once",    U"twice",   U"soon",    U"already"};
  if (token + 1 >= scene.tokens.size()) return true;
  const LatinToken& next = scene.tokens[token + 1];
  if (!next.joined) return true;
  const std::u32string_view word = WordOf(scene, token + 1);
  if (std::find(std::begin(kPartOfIt), std::end(kPartOfIt), word) != std::end(kPartOfIt)) return false;
  if (next.capital) return false;
  if ((next.cues & (kPlain | kSpeech)) != 0 || word.ends_with(U"ed")) return true;
  if (word.size() > 3 && word.ends_with(U"ly")) return true;
  if (std::find(std::begin(kVerbs), std::end(kVerbs), word) != std::end(kVerbs)) return true;
  // "the company board" is the company's all the same.
  return head.type == EntityType::kOrg && head.unknown && head.in_names.empty() &&
         HoldsWordOfList(U"company firm startup group", WordOf(scene, token));
}

// Of -based, -owned: what ties a place or an owner to a noun.
bool IsTiedWord(std::u32string_view word) {
  static constexpr std::u32string_view kTied[] = {U"based", U"listed", U"owned", U"headquartered", U"backed",
                                                  U"born",  U"led",    U"run",   U"controlled",    U"made"};
  return std::find(std::begin(kTied), std::end(kTied), word) != std::end(kTied);
}

// "the Swiss drugmaker", "that company": the token that ends the phrase which "the" begins before `first`; none for
// one that points at nothing in particular.
std::optional<size_t> DefinitePhraseFrom(const Scene& scene, size_t first, const std::vector<TextMention>& names,
                                         size_t next_name) {
  constexpr size_t kWordsBetween = 3;
  for (size_t token = first; token <= first + kWordsBetween && token < scene.tokens.size(); ++token) {
    const LatinToken& one = scene.tokens[token];
    // The Leuven|-based
    if (!one.joined && token > first && scene.text[one.range.begin - 1] == U'-' && IsTiedWord(WordOf(scene, token)))
      continue;
    if (!one.joined) return std::nullopt;
    while (next_name < names.size() && names[next_name].range.end <= one.range.begin) ++next_name;
    if (next_name < names.size() && names[next_name].range.begin <= one.range.begin) {
      const TextMention& name = names[next_name];
      // "the German group", "the Leuven-based company"
      if (name.type != EntityType::kNorp && name.type != EntityType::kGpe) return std::nullopt;
      continue;
    }
    const std::u32string_view word = WordOf(scene, token);
    if (one.capital) {
      const size_t hyphen = word.rfind(U'-');
      if (hyphen == std::u32string_view::npos || !IsTiedWord(word.substr(hyphen + 1))) return std::nullopt;
      continue;
    }
    if (const std::optional<EnglishHead> head = scene.lists.english_heads.Of(word);
        head && EndsPhrase(scene, token, *head)) {
      return token;
    }
    if ((one.cues & (kPlain | kSpeech)) != 0 || one.has_digit) return std::nullopt;
  }
  return std::nullopt;
}

// "Ofcom, the telecoms regulator, said", "Gullwing, the airline he founded": says what the name before is.
bool IsApposition(const Scene& scene, const TextMention& before, uint32_t begin, size_t last) {
  if (IsValueType(before.type) || before.type == EntityType::kGpe || before.type == EntityType::kLoc) return false;
  if (before.range.end + 2 != begin || scene.text[before.range.end] != U',') return false;
  // "Tanner, the company's founder"
  const std::u32string_view behind = scene.text.folded().substr(scene.tokens[last].range.end, 2);
  if (behind == U"'s" || behind == U"\u2019s") return false;
  if (last + 1 >= scene.tokens.size() || !scene.tokens[last + 1].joined) return true;
  const std::u32string_view word = WordOf(scene, last + 1);
  const bool verb = (scene.tokens[last + 1].cues & kSpeech) != 0 || word.ends_with(U"ed") || word == U"is" ||
                    word == U"was" || word == U"has" || word == U"had" || word == U"will" || word == U"would";
  return !verb;
}

// "her firm", "her new team": the token of the noun for whom one works for, behind the token of "her"; 0 for none.
size_t OwnedNounAt(const Scene& scene, size_t token) {
  constexpr std::u32string_view kNouns =
      U"company firm group startup start-up team club party bank agency studio lab laboratory ministry department";
  const std::u32string_view first = WordOf(scene, token);
  if (first == U"new") ++token;
  if (token >= scene.tokens.size() || !scene.tokens[token].joined || scene.tokens[token].capital) return 0;
  const std::optional<EnglishHead> head = scene.lists.english_heads.Of(WordOf(scene, token));
  return head && HoldsWordOfList(kNouns, WordOf(scene, token)) && EndsPhrase(scene, token, *head) ? token : 0;
}

constexpr std::u32string_view kEnglishKin =
    U"wife husband brother sister son daughter father mother uncle aunt nephew niece cousin grandfather grandmother "
    U"grandson granddaughter widow widower partner";

}  // namespace

void FindReferences(const Scene& scene, const std::vector<TextMention>& names, std::vector<TextMention>& out) {
  const FoldedText& text = scene.text;
  const uint32_t size = text.size();
  size_t next_name = 0;
  Range pointed;  // 藥企 of 這間在港交所上市的藥企
  const auto add = [&](Range range, MentionForm form, EntityType type) {
    TextMention mention;
    mention.range = range;
    mention.form = form;
    mention.type = type;
    out.push_back(std::move(mention));
  };
  for (uint32_t i = 0; i < size;) {
    while (next_name < names.size() && names[next_name].range.end <= i) ++next_name;
    if (next_name < names.size() && names[next_name].range.begin <= i) {
      i = names[next_name].range.end;
      continue;
    }
    const char32_t c = text[i];
    if (IsHan(c)) {
      if (pointed.begin == i && !pointed.empty()) {
        add(pointed, kNoun, EntityType::kUnknown);
        i = pointed.end;
        continue;
      }
      if (const uint32_t size = PhraseAt(scene, i, next_name > 0 ? names[next_name - 1].range.end : 0); size > 0) {
        const std::optional<PointingPhrase> pointing = PointingPhraseAt(text.folded().substr(i, size));
        const HeadNoun* head = pointing ? pointing->head : HeadNounAt(text.folded().substr(i, size));
        add({i, i + size}, kNoun, head == nullptr ? EntityType::kPerson : head->type);
        i += size;
        continue;
      }
      if (const Pointing pointing = PointingAt(text.folded().substr(i, 4)); pointing.size > 1) {
        if (const Range noun = PointedAtOverWords(scene, i, pointing, names, next_name); !noun.empty()) {
          // What stands between is read for itself.
          pointed = noun;
          i += noun.begin > i ? pointing.size : 0;
          continue;
        }
      }
      if (const uint32_t kin = KinPhraseAt(scene, i, names, next_name); kin > 0) {
        add({i, i + kin}, kNoun, EntityType::kPerson);
        i += kin;
        continue;
      }
      if (!kBeginChinese.MayHave(c)) {
        ++i;
        continue;
      }
      const std::u32string_view rest = text.folded().substr(i, 8);
      uint32_t step = 1;
      for (const Reference& reference : kChinese) {
        if (rest[0] != reference.word[0] || rest.substr(0, reference.word.size()) != reference.word) continue;
        const Range range{i, i + static_cast<uint32_t>(reference.word.size())};
        step = range.size();
        if (IsPartOfWord(text, range)) break;
        if (reference.form == kNoun) {
          // 苹果公司, 倉儲機器人公司: a noun behind a name or inside a longer phrase stands for nothing by itself;
          // plain 公司 must begin its phrase.
          const bool begins = scene.IsClauseStart(i) || (scene.CuesBefore(i) & (kBreak | kSpeech)) != 0;
          const bool after_name = next_name > 0 && names[next_name - 1].range.end == i;
          const bool governed = FollowsFunctionWord(text, i);
          // 顾问公司|Jardvarmi
          const bool before_name = next_name < names.size() && names[next_name].range.begin == range.end &&
                                   !IsValueType(names[next_name].type) &&
                                   names[next_name].type != EntityType::kPosition;
          const bool owned = i > 0 && text[i - 1] == U'的';
          if (after_name || before_name || (!begins && !governed && !owned && range.size() <= 2)) break;
        }
        add(range, reference.form, reference.type);
        break;
      }
      i += step;
      continue;
    }
    const uint32_t number = scene.token_at[i];
    if (number == 0) {
      ++i;
      continue;
    }
    const LatinToken& token = scene.tokens[number - 1];
    if (token.range.begin != i) {
      i = token.range.end;
      continue;
    }
    const std::u32string_view word = text.folded(token.range.begin, token.range.end);
    const bool beside_han = (i > 0 && IsHan(text[i - 1])) || (token.range.end < size && IsHan(text[token.range.end]));
    if (word.size() <= 7 && !beside_han && !(token.all_upper && word.size() > 1)) {
      for (const Reference& reference : kEnglish) {
        if (!kBeginEnglish.MayHave(word[0])) break;
        if (word == reference.word) {
          add(token.range, reference.form, reference.type);
          break;
        }
      }
      if (word == U"the" || word == U"that" || word == U"this") {
        if (const auto last = DefinitePhraseFrom(scene, number, names, next_name);
            last && !(next_name > 0 && IsApposition(scene, names[next_name - 1], i, *last))) {
          const Range phrase{token.range.begin, scene.tokens[*last].range.end};
          add(phrase, kNoun, EntityType::kUnknown);
          i = phrase.end;
          continue;
        }
      }
      // "his brother": the noun alone, since the pronoun stands for somebody too.
      if ((word == U"his" || word == U"her" || word == U"their") && number < scene.tokens.size() &&
          scene.tokens[number].joined) {
        const bool named =
            next_name < names.size() && names[next_name].range.begin <= scene.tokens[number].range.end + 1;
        if (const size_t owned = OwnedNounAt(scene, number); !named && word != U"their" && owned > 0) {
          add(scene.tokens[owned].range, kNoun, EntityType::kOrg);
          i = scene.tokens[owned].range.end;
          continue;
        }
        if (!named && HoldsWordOfList(kEnglishKin, WordOf(scene, number))) {
          add(scene.tokens[number].range, kNoun, EntityType::kPerson);
          i = scene.tokens[number].range.end;
          continue;
        }
      }
    }
    i = token.range.end;
  }
}

}  // namespace newsgraph
