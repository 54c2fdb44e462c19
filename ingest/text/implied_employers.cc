#include "ingest/text/implied_employers.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "ingest/text/code_points.h"
#include "ingest/text/mention_places.h"

namespace newsgraph {
namespace {

// Right before the name of what somebody founded or runs, with a few words between: 辦起網路媒體|慢報.
constexpr std::u32string_view kFoundingHan[] = {U"创办", U"创立", U"创建",   U"创设",   U"成立",  U"办起", U"开办",
                                                U"开设", U"组建", U"筹建",   U"发起",   U"注册",  U"执掌", U"掌管",
                                                U"经营", U"掌舵", U"供职于", U"任职于", U"就职于"};
constexpr std::u32string_view kFoundingLatin[] = {
    U"founded", U"co-founded", U"cofounded", U"built",  U"started", U"established", U"set up", U"runs",
    U"run",     U"leads",      U"heads",     U"chairs", U"created", U"opened",      U"lead",   U"head"};
// Right before the organisation that an office is held in: 出任|研究所|所长.
constexpr std::u32string_view kTaking[] = {U"是",   U"任",   U"当选", U"出任", U"接任", U"担任", U"现任", U"升任",
                                           U"就任", U"兼任", U"转任", U"续任", U"成为", U"身为", U"当",   U"为"};
// Offices that the lexicon has no word for.
constexpr std::u32string_view kOffices[] = {U"发起人", U"创办人", U"创始人", U"负责人", U"掌门", U"店主", U"队长",
                                            U"团长",   U"班主",   U"当家",   U"传人",   U"老板", U"所长", U"院长",
                                            U"校长",   U"会长",   U"馆长",   U"台长",   U"社长", U"站长", U"主任"};
// Who left or led it once.
constexpr std::u32string_view kFormerHan[] = {U"曾",   U"前",   U"原",   U"离开", U"离职",
                                              U"辞去", U"辞掉", U"退休", U"卸任"};
constexpr std::u32string_view kFormerLatin[] = {U"former",  U"ex-",   U"once", U"previously",
                                                U"used to", U"until", U"left"};

// The strongest tie counts.
enum Strength : uint8_t { kNoTie, kOffice, kFounded, kFirm };

template <size_t N>
bool HoldsAny(std::u32string_view words, const std::u32string_view (&any)[N]) {
  return std::any_of(std::begin(any), std::end(any),
                     [&](std::u32string_view word) { return words.find(word) != std::u32string_view::npos; });
}
template <size_t N>
bool EndsWithAny(std::u32string_view words, const std::u32string_view (&any)[N]) {
  return std::any_of(std::begin(any), std::end(any), [&](std::u32string_view word) { return words.ends_with(word); });
}

class ImpliedEmployers {
 public:
  ImpliedEmployers(const TextAnalysis& analysis, const Lexicon& lexicon, const std::vector<uint32_t>& names,
                   std::vector<int32_t>& employer)
      : analysis_(analysis), lexicon_(lexicon), names_(names), employer_(employer), strength_(employer.size()) {
    for (size_t e = 0; e < employer_.size(); ++e) strength_[e] = employer_[e] >= 0 ? kFirm : kNoTie;
  }

  void Run() {
    FindBareTitles();
    for (size_t n = 0; n < names_.size();) {
      size_t end = n;
      while (end < names_.size() && Name(end).sentence == Name(n).sentence) ++end;
      ReadSentence(n, end);
      n = end;
    }
  }

 private:
  const TextMention& Name(size_t n) const { return analysis_.mentions[names_[n]]; }
  bool InBody(const TextMention& name) const { return name.sentence < analysis_.sentences.size(); }

  std::u32string_view Between(const TextMention& a, const TextMention& b) const {
    return a.range.end <= b.range.begin ? analysis_.text.folded(a.range.end, b.range.begin) : std::u32string_view();
  }

  // 公司 is no authority and no university.
  bool IsCompany(int32_t entity) const {
    const std::string& subtype = analysis_.entities[static_cast<size_t>(entity)].subtype;
    return subtype.empty() || subtype == "company" || subtype == "media";
  }

  bool IsOffice(const TextMention& mention) const {
    return mention.type == EntityType::kPosition && mention.lexicon_entry >= 0 &&
           !lexicon_.entry(mention.lexicon_entry).relation.empty();
  }

  void Tie(int32_t person, int32_t organization, Strength strength) {
    if (person < 0 || organization < 0) return;
    if (strength_[static_cast<size_t>(person)] >= strength) return;
    strength_[static_cast<size_t>(person)] = strength;
    employer_[static_cast<size_t>(person)] = organization;
  }

  // 海川科技以4.2亿…,执行长|林予晴: a title alone is of the organisation that the sentence is about, else of the
  // company of the sentences before in the paragraph.
  void FindBareTitles() {
    int32_t topic = -1;    // the first organisation of the sentence
    int32_t company = -1;  // the first company of the paragraph, or what a later sentence begins with
    uint32_t sentence = UINT32_MAX, paragraph = UINT32_MAX;
    for (size_t n = 0; n < names_.size(); ++n) {
      const TextMention& name = Name(n);
      if (!InBody(name)) continue;
      const Sentence& place = analysis_.sentences[name.sentence];
      if (place.paragraph != paragraph) {
        paragraph = place.paragraph;
        company = -1;
      }
      if (name.sentence != sentence) {
        sentence = name.sentence;
        topic = -1;
      }
      if (name.type == EntityType::kOrg && name.entity >= 0) {
        const bool begins = name.range.begin <= place.range.begin + 1;
        if (topic < 0 && begins) topic = name.entity;
        if ((company < 0 || begins) && IsCompany(name.entity)) company = name.entity;
      }
      if (name.type != EntityType::kPerson || name.entity < 0 || n == 0) continue;
      const TextMention& title = Name(n - 1);
      if (!IsOffice(title) || title.range.end != name.range.begin) continue;
      const uint32_t begin = FirstOfTitles(n);
      const char32_t before = begin > place.range.begin ? analysis_.text[begin - 1] : U'\n';
      if (topic >= 0 && (before == U',' || before == U'，')) {
        Tie(name.entity, topic, kFirm);
      } else if (company >= 0 && begin == place.range.begin) {
        Tie(name.entity, company, kFirm);
      }
    }
  }

  // Where the titles before a name begin: 创办人兼执行长|溫景岑.
  uint32_t FirstOfTitles(size_t n) const {
    static constexpr std::u32string_view kJoints[] = {U"",   U" ",  U"兼", U"和", U"与",    U"及",
                                                      U"、", U"暨", U"的", U"/",  U" and ", U"兼任"};
    uint32_t begin = Name(n).range.begin;
    for (size_t k = n; k-- > 0;) {
      const std::u32string_view gap = Between(Name(k), Name(k + 1));
      if (Name(k).type != EntityType::kPosition ||
          std::find(std::begin(kJoints), std::end(kJoints), gap) == std::end(kJoints))
        break;
      begin = Name(k).range.begin;
    }
    return begin;
  }

  // The names of one sentence.
  void ReadSentence(size_t begin, size_t end) {
    const TextMention& first = Name(begin);
    const bool in_body = InBody(first);
    if (in_body && analysis_.sentences[first.sentence].turn >= 0) return;
    const uint32_t paragraph = in_body ? analysis_.sentences[first.sentence].paragraph : UINT32_MAX;
    // She, he and what says nobody go on about whom the sentence before began with.
    int32_t subject = paragraph == paragraph_ && in_body ? last_subject_ : -1;
    bool named = false;
    for (size_t n = begin; n < end; ++n) {
      const TextMention& name = Name(n);
      if (name.entity < 0) continue;
      if (name.type == EntityType::kPerson) {
        const bool begins = IsHan(analysis_.text[name.range.begin]) && BeginsClause(analysis_.text, name);
        if ((!named || begins) && !InBrackets(analysis_.text, name) && !IsReporter(analysis_.text, name)) {
          subject = name.entity;
          named = true;
        }
        if (n > begin) TieToOrganizationBefore(Name(n - 1), name);
        // 创办海川的|林予晴
        if (n > begin && Name(n - 1).type == EntityType::kOrg && Between(Name(n - 1), name) == U"的" &&
            IsFounded(Name(n - 1)) == kFounded) {
          Tie(name.entity, Name(n - 1).entity, kFounded);
        }
        continue;
      }
      if (name.type != EntityType::kOrg || subject < 0 ||
          analysis_.entities[static_cast<size_t>(subject)].type != EntityType::kPerson)
        continue;
      if (!named && in_body && name.range.begin <= analysis_.sentences[name.sentence].range.begin + 1) subject = -1;
      Tie(subject, name.entity, IsFounded(name));
      Tie(subject, name.entity,
          IsHeldOffice(name, n + 1 < end ? &Name(n + 1) : nullptr, n > begin ? &Name(n - 1) : nullptr));
    }
    if (named || paragraph != paragraph_) last_subject_ = named ? subject : -1;
    paragraph_ = paragraph;
  }

  // 曙葭生物|郑若水; Beatrix Sloane of Sloane & Birch
  void TieToOrganizationBefore(const TextMention& left, const TextMention& person) {
    if (left.type == EntityType::kOrg && left.entity >= 0 && Between(left, person).empty() &&
        left.range.end == person.range.begin) {
      Tie(person.entity, left.entity, kOffice);
    }
  }

  // The words of the clause before a name, 24 characters at most.
  std::u32string_view ClauseBefore(const TextMention& name) const {
    constexpr uint32_t kFarthest = 28;
    uint32_t begin = name.range.begin;
    while (begin > 0 && name.range.begin - begin < kFarthest &&
           std::u32string_view(U",。;:!?\n").find(analysis_.text[begin - 1]) == std::u32string_view::npos) {
      --begin;
    }
    return analysis_.text.folded(begin, name.range.begin);
  }

  Strength IsFounded(const TextMention& name) const {
    constexpr size_t kWordsBetween = 8;
    std::u32string_view before = ClauseBefore(name);
    if (IsHan(before.empty() ? U' ' : before.back()) || (!before.empty() && before.back() == U'《')) {
      for (const std::u32string_view verb : kFoundingHan) {
        const size_t at = before.rfind(verb);
        if (at == std::u32string_view::npos) continue;
        std::u32string_view between = before.substr(at + verb.size());
        if (between.starts_with(U'了')) between.remove_prefix(1);
        if (between.size() <= kWordsBetween && between.find(U'的') == std::u32string_view::npos) return kFounded;
      }
      return kNoTie;
    }
    // Started the tax software maker|Veritax
    for (const std::u32string_view verb : kFoundingLatin) {
      const size_t at = before.rfind(verb);
      if (at == std::u32string_view::npos || (at > 0 && before[at - 1] != U' ')) continue;
      const std::u32string_view between = before.substr(at + verb.size());
      if (!between.starts_with(U' ') || std::count(between.begin(), between.end(), U' ') > 5) continue;
      static constexpr std::u32string_view kOthers[] = {U" at ", U" in ", U" with ", U" from ", U" for ",
                                                        U" of ", U" by ", U" and ",  U" as ",   U" to "};
      if (HoldsAny(between, kOthers)) continue;
      if (HoldsAny(before.substr(0, at), kFormerLatin) && verb != U"set up" && verb != U"started") continue;
      return kFounded;
    }
    return kNoTie;
  }

  // 出任|江枫研究所|所长; chief executive of|Haichuan
  Strength IsHeldOffice(const TextMention& name, const TextMention* next, const TextMention* last) const {
    const FoldedText& text = analysis_.text;
    const std::u32string_view before = ClauseBefore(name);
    if (EndsWithAny(before, kTaking)) {
      uint32_t behind = name.range.end;
      if (behind < text.size() && text[behind] == U'的') ++behind;
      std::u32string_view rest = text.folded().substr(behind, 6);
      const bool office = (next != nullptr && next->range.begin == behind && IsOffice(*next)) ||
                          std::any_of(std::begin(kOffices), std::end(kOffices),
                                      [&](std::u32string_view word) { return rest.starts_with(word); });
      return office && !HoldsAny(before, kFormerHan) ? kOffice : kNoTie;
    }
    if (last == nullptr || !IsOffice(*last) || !IsLatinLetter(text[name.range.begin])) return kNoTie;
    static constexpr std::u32string_view kOf[] = {U" of ", U" of the ", U" at ", U" at the "};
    const std::u32string_view gap = Between(*last, name);
    if (std::find(std::begin(kOf), std::end(kOf), gap) == std::end(kOf)) return kNoTie;
    const std::u32string_view lead = ClauseBefore(*last);
    static constexpr std::u32string_view kLeads[] = {U"is ",     U"been ",     U"became ",   U"as ",
                                                     U"is the ", U"as the ",   U"been the ", U"became the ",
                                                     U"named ",  U"appointed "};
    return EndsWithAny(lead, kLeads) && !HoldsAny(lead, kFormerLatin) ? kOffice : kNoTie;
  }

  const TextAnalysis& analysis_;
  const Lexicon& lexicon_;
  const std::vector<uint32_t>& names_;
  std::vector<int32_t>& employer_;
  std::vector<Strength> strength_;  // by entity
  int32_t last_subject_ = -1;
  uint32_t paragraph_ = UINT32_MAX;
};

}  // namespace

void FindImpliedEmployers(const TextAnalysis& analysis, const Lexicon& lexicon, const std::vector<uint32_t>& names,
                          std::vector<int32_t>& employer) {
  ImpliedEmployers(analysis, lexicon, names, employer).Run();
}

}  // namespace newsgraph
