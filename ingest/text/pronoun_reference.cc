#include "ingest/text/pronoun_reference.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

#include "ingest/text/code_points.h"
#include "ingest/text/mention_places.h"

namespace newsgraph {
namespace {

// Several or anybody, to whom 自己 leads back: 让每个人做自己的事.
constexpr std::u32string_view kMany[] = {U"们",     U"每",     U"大家",   U"人人", U"许多人", U"很多人",
                                         U"有些人", U"所有人", U"任何人", U"各自", U"别人",   U"多数人"};

// People whom 他们 may mean, where they stand nearer than an organisation.
constexpr std::u32string_view kManyPeople[] = {
    U"大家", U"夫妇",   U"夫妻", U"父母", U"兄弟", U"姐妹",   U"姊妹",   U"孩子",   U"学生",   U"居民",   U"村民",
    U"员工", U"工人",   U"司机", U"家长", U"老人", U"年轻人", U"客户",   U"顾客",   U"用户",   U"农民",   U"病人",
    U"患者", U"家属",   U"移民", U"难民", U"球员", U"选手",   U"选民",   U"读者",   U"观众",   U"粉丝",   U"网民",
    U"民众", U"受害者", U"这些", U"那些", U"一群", U"一批",   U"许多人", U"很多人", U"不少人", U"有些人", U"有人",
    U"人们", U"两人",   U"二人", U"三人", U"几个", U"几位",   U"几名",   U"多名",   U"多位",   U"两名",   U"两位",
    U"三名", U"三位",   U"两家", U"各家", U"双方", U"专家",   U"学者",   U"记者",   U"警察",   U"士兵",   U"教师",
    U"老师", U"医生",   U"护士", U"同行", U"对手"};
constexpr std::u32string_view kPeople[] = {U"people", U"children", U"men",  U"women", U"staff",  U"police",
                                           U"two",    U"both",     U"many", U"those", U"others", U"public"};

constexpr size_t kSentencesBack = 3;  // how far a pronoun reaches

// What speaks for and against what a pronoun may stand for, fitted to annotated texts.
constexpr float kPullSentence = 2.0f;     // against each sentence between, of pronouns
constexpr float kPullFirst = 0.25f;       // for what its sentence begins with
constexpr float kPullPronoun = 0.75f;     // for what was a pronoun before
constexpr float kPullAside = 2.0f;        // against brackets, reporters and the outlet
constexpr float kPullGoverned = 0.5f;     // against what stands behind a preposition
constexpr float kPullOwnSubject = 3.0f;   // against hailed|her being who hails
constexpr float kPullTopicPerson = 2.5f;  // for whom the document is about, by their share of all names
constexpr float kPullTopicThing = 1.0f;   // the same for things
constexpr float kPullKnownGender = 1.0f;  // for a title, kin or pronoun that says so
constexpr float kPullOtherGender = 3.0f;  // against a name of the other
constexpr float kPullBareWord = 1.5f;     // against one word that may be no person
constexpr float kPullSpeaks = 1.0f;       // for an organisation where it|said
constexpr float kPullRare = 1.0f;         // for works and laws: named to be spoken of
constexpr float kPullPlace = 1.5f;        // against countries

}  // namespace

bool PronounReference::Suits(int32_t entity, ReferenceKind kind) const {
  const auto index = static_cast<size_t>(entity);
  if (context_.IsBarred(entity)) return false;
  if (kind == ReferenceKind::kHe) return !context_.female()[index];
  if (kind == ReferenceKind::kShe) return !context_.male()[index];
  return true;
}

// How likely a pronoun leads back to a mention, for where it stands.
float PronounReference::Pull(uint32_t index, const TextMention& before, bool object) const {
  const TextMention& self = analysis_.mentions[index];
  float pull = -kPullSentence * static_cast<float>(self.sentence - before.sentence);
  const bool in_sentence = before.sentence < analysis_.sentences.size();
  if (in_sentence && before.range.begin <= analysis_.sentences[before.sentence].range.begin + 1) pull += kPullFirst;
  if (before.form == MentionForm::kPronoun) pull += kPullPronoun;
  if (before.form == MentionForm::kName && InBrackets(analysis_.text, before)) pull -= kPullAside;
  if (IsReporter(analysis_.text, before)) pull -= kPullAside;
  if (IsGoverned(analysis_.text, before)) {
    // "listed on the Nasdaq": where things stand and trade is not what is spoken of.
    const bool exchange = analysis_.entities[static_cast<size_t>(before.entity)].subtype == "exchange";
    pull -= exchange ? kPullAside : kPullGoverned;
  }
  if (object && before.sentence == self.sentence && IsInOneClause(analysis_.text, before, self.range)) {
    pull -= kPullOwnSubject;
  }
  return pull;
}

// He, she: in a turn nobody who takes part in it, in a quotation not who says it.
int32_t PronounReference::Person(uint32_t index, ReferenceKind kind, int32_t quoted_speaker) const {
  const TextMention& mention = analysis_.mentions[index];
  const TextTurn* turn = context_.TurnOf(mention);
  const int32_t speaker = turn != nullptr ? turn->speaker : -1;
  const int32_t other = context_.Other(speaker);
  const bool object = kind != ReferenceKind::kSelf && IsObject(analysis_.text, mention);
  int32_t found = -1;
  float most = 0;
  context_.ForEachBefore(index, kSentencesBack, [&](const TextMention& before) {
    const int32_t person = before.entity;
    if (!context_.IsType(person, EntityType::kPerson)) return true;
    if (turn != nullptr && (person == speaker || person == other)) return true;
    if (person == quoted_speaker || !Suits(person, kind)) return true;
    const auto e = static_cast<size_t>(person);
    float pull = Pull(index, before, object) + kPullTopicPerson * context_.topic_share()[e];
    const Gender wanted = kind == ReferenceKind::kHe    ? Gender::kMale
                          : kind == ReferenceKind::kShe ? Gender::kFemale
                                                        : Gender::kUnknown;
    if (wanted != Gender::kUnknown) {
      const bool known = wanted == Gender::kMale ? context_.male()[e] : context_.female()[e];
      if (known) pull += kPullKnownGender;
      if (!known && context_.likely_gender()[e] != Gender::kUnknown && context_.likely_gender()[e] != wanted)
        pull -= kPullOtherGender;
    }
    if (!context_.has_full_name()[e]) pull -= kPullBareWord;
    if (found < 0 || pull > most) {
      found = person;
      most = pull;
    }
    return true;
  });
  return found;
}

// It, its: what is no person.
int32_t PronounReference::It(uint32_t index) const {
  const TextMention& mention = analysis_.mentions[index];
  if (StandsForNothing(analysis_.text, mention)) return -1;
  const TextTurn* turn = context_.TurnOf(mention);
  const bool object = IsObject(analysis_.text, mention);
  const bool says = SpeaksNext(analysis_.text, mention);
  int32_t found = -1;
  float most = 0;
  context_.ForEachBefore(index, 2, [&](const TextMention& before) {
    if (context_.IsBarred(before.entity)) return true;
    const EntityType type = analysis_.entities[static_cast<size_t>(before.entity)].type;
    float pull = 0;
    switch (type) {
      case EntityType::kOrg:
        pull = says ? kPullSpeaks : 0;
        break;
      case EntityType::kProduct:
        break;
      case EntityType::kLaw:
      case EntityType::kWork:
        pull = kPullRare;
        break;
      case EntityType::kGpe:
        pull = -kPullPlace;
        break;
      default:
        return true;
    }
    if (turn != nullptr && before.sentence < analysis_.sentences.size() &&
        analysis_.sentences[before.sentence].turn < 0) {
      return false;
    }
    pull += Pull(index, before, object) + kPullTopicThing * context_.topic_share()[static_cast<size_t>(before.entity)];
    if (found < 0 || pull > most) {
      found = before.entity;
      most = pull;
    }
    return true;
  });
  return found;
}

int32_t PronounReference::They(uint32_t index, int32_t speaker) const {
  const TextMention& self = analysis_.mentions[index];
  const TextTurn* turn = context_.TurnOf(self);
  const int32_t own = context_.EmployerOf(speaker), others = context_.EmployerOf(context_.Other(speaker));
  const bool object = IsObject(analysis_.text, self);
  const TextMention* found = nullptr;
  float most = 0;
  context_.ForEachBefore(index, kSentencesBack, [&](const TextMention& before) {
    const int32_t thing = before.entity;
    if (context_.IsBarred(thing) || thing == own || thing == others || thing == speaker) return true;
    const bool begins = BeginsClause(analysis_.text, before);
    const bool country = context_.IsType(thing, EntityType::kGpe) &&
                         analysis_.entities[static_cast<size_t>(thing)].subtype == "country" && begins;
    if (!country && !context_.IsType(thing, EntityType::kOrg)) return true;
    // 东盟里头: where, not who.
    const char32_t behind = before.range.end < analysis_.text.size() ? analysis_.text[before.range.end] : 0;
    if (behind == U'里' || behind == U'内' || behind == U'中') return true;
    if (turn != nullptr && before.sentence < analysis_.sentences.size() &&
        analysis_.sentences[before.sentence].turn < 0) {
      return false;
    }
    float pull = Pull(index, before, object) + (begins ? kPullFirst : 0);
    if (found == nullptr || pull > most) {
      found = &before;
      most = pull;
    }
    return true;
  });
  return found == nullptr || IsOfSeveral(index, *found) ? -1 : found->entity;
}

// Whether a plural leads back to people or things rather than to one thing found before it: they stand between, or the
// thing is one of two.
bool PronounReference::IsOfSeveral(uint32_t index, const TextMention& found) const {
  const TextMention& self = analysis_.mentions[index];
  const FoldedText& text = analysis_.text;
  const std::u32string_view own = text.folded(self.range.begin, self.range.end);
  const std::u32string_view between = text.folded(found.range.end, self.range.begin);
  const auto holds = [&](std::u32string_view word) { return between.find(word) != std::u32string_view::npos; };
  // A和B: of two.
  static constexpr std::u32string_view kJoints[] = {U"和", U"与", U"及", U"、", U" and ", U" or ", U"兄", U"们"};
  std::vector<int32_t> persons;
  for (uint32_t i = index; i > 0 && analysis_.mentions[i - 1].range.begin >= found.range.begin; --i) {
    const TextMention& one = analysis_.mentions[i - 1];
    if (context_.IsType(one.entity, EntityType::kPerson) && one.form == MentionForm::kName &&
        std::find(persons.begin(), persons.end(), one.entity) == persons.end()) {
      persons.push_back(one.entity);
    }
  }
  if (persons.size() > 1) return true;
  const auto joined = [&](std::u32string_view words) {
    return std::any_of(std::begin(kJoints), std::end(kJoints), [&](std::u32string_view word) { return words == word; });
  };
  for (uint32_t i = index; i > 0; --i) {
    const TextMention& one = analysis_.mentions[i - 1];
    if (one.sentence != found.sentence) {
      if (one.sentence < found.sentence) break;
      continue;
    }
    if (one.range.begin >= found.range.end && joined(text.folded(found.range.end, one.range.begin))) return true;
    if (one.range.end <= found.range.begin && joined(text.folded(one.range.end, found.range.begin))) return true;
  }
  if (IsHan(own[0])) {
    if (std::any_of(std::begin(kManyPeople), std::end(kManyPeople), holds)) return true;
    // 孩子们, not 我们
    for (size_t at = between.find(U'们'); at != std::u32string_view::npos; at = between.find(U'们', at + 1)) {
      if (at == 0 || std::u32string_view(U"我你他她它咱").find(between[at - 1]) == std::u32string_view::npos)
        return true;
    }
    return false;
  }
  // "both of them", "among them"
  const uint32_t begin = self.range.begin;
  const std::u32string_view ahead = text.folded(begin > 8 ? begin - 8 : 0, begin);
  if (own == U"them" && (ahead.ends_with(U" of ") || ahead.ends_with(U"among "))) return true;
  // A plural between, unless it is by its place a verb: "Lunmei ships".
  bool follows_name = true;
  for (size_t i = 0; i < between.size();) {
    if (!IsLatinLetter(between[i])) {
      if (between[i] == U',' || between[i] == U'.') follows_name = false;
      ++i;
      continue;
    }
    size_t end = i;
    while (end < between.size() && (IsLatinLetter(between[end]) || between[end] == U'-' || between[end] == U'\''))
      ++end;
    const std::u32string_view word = between.substr(i, end - i);
    if (!follows_name && word.size() > 3 && word.ends_with(U's') && !word.ends_with(U"ss") && !word.ends_with(U"us") &&
        !word.ends_with(U"is") && !word.ends_with(U"'s")) {
      return true;
    }
    if (std::find(std::begin(kPeople), std::end(kPeople), word) != std::end(kPeople)) return true;
    follows_name =
        word == U"it" || word == U"he" || word == U"she" || word == U"who" || word == U"which" || word == U"that";
    i = end;
  }
  return false;
}

// Whether 自己 leads back to several people: they stand between it and the last one person.
bool PronounReference::LeadsToMany(uint32_t index) const {
  const TextMention& self = analysis_.mentions[index];
  uint32_t from = self.sentence < analysis_.sentences.size() ? analysis_.sentences[self.sentence].range.begin : 0;
  for (uint32_t i = index; i > 0 && analysis_.mentions[i - 1].range.end > from; --i) {
    const TextMention& before = analysis_.mentions[i - 1];
    if (context_.IsType(before.entity, EntityType::kPerson)) from = std::max(from, before.range.end);
  }
  if (from >= self.range.begin) return false;
  const std::u32string_view between = analysis_.text.folded(from, self.range.begin);
  return std::any_of(std::begin(kMany), std::end(kMany),
                     [&](std::u32string_view many) { return between.find(many) != std::u32string_view::npos; });
}

// Of two that were named last, of one type: people, companies, places or things.
int32_t PronounReference::OneOfTwo(uint32_t index, bool former) const {
  std::vector<int32_t> last;
  EntityType type = EntityType::kUnknown;
  // 前者…,后者…: of the same two.
  for (uint32_t i = index; i > 0 && analysis_.mentions[i - 1].sentence == analysis_.mentions[index].sentence; --i) {
    const Range range = analysis_.mentions[i - 1].range;
    if (KindOfReference(analysis_.text.folded(range.begin, range.end), context_.english_heads()) ==
        ReferenceKind::kFormer)
      index = i - 1;
  }
  context_.ForEachBefore(index, 1, [&](const TextMention& before) {
    const EntityType one = analysis_.entities[static_cast<size_t>(before.entity)].type;
    if (one == EntityType::kPosition || IsValueType(one) || InBrackets(analysis_.text, before)) return true;
    if (type == EntityType::kUnknown) type = one;
    if (one == type && std::find(last.begin(), last.end(), before.entity) == last.end()) last.push_back(before.entity);
    return last.size() < 2;
  });
  if (last.size() < 2) return -1;
  return former ? last[1] : last[0];
}

// 其 behind 及 is of what stands before it; else of who or what the sentence, else the one before, begins with.
int32_t PronounReference::OwnerBefore(uint32_t index) const {
  int32_t owner = -1;
  const uint32_t begin = analysis_.mentions[index].range.begin;
  const char32_t mark = begin > 0 ? analysis_.text[begin - 1] : U'\n';
  const bool is_joined = mark == U'及' || mark == U'与' || mark == U'和';
  uint32_t sentence = analysis_.mentions[index].sentence;
  context_.ForEachBefore(index, 1, [&](const TextMention& before) {
    if (owner >= 0 && before.sentence != sentence) return false;
    const EntityType type = analysis_.entities[static_cast<size_t>(before.entity)].type;
    if (type != EntityType::kPerson && type != EntityType::kOrg && type != EntityType::kProduct) return true;
    if (is_joined) {
      if (before.range.end + 1 == begin) owner = before.entity;
      return false;
    }
    if (BeginsClause(analysis_.text, before) || owner < 0) {
      owner = before.entity;
      sentence = before.sentence;
    }
    return true;
  });
  return owner;
}

int32_t PronounReference::Self(uint32_t index) const {
  if (LeadsToMany(index)) return -1;
  if (const TextTurn* turn = context_.TurnOf(analysis_.mentions[index]); turn != nullptr) return turn->speaker;
  const ReferenceContext::Focus& focus = context_.focus();
  if (!focus.subjects.empty()) return focus.subjects.back();
  return focus.persons.empty() ? -1 : focus.persons.front();
}

int32_t PronounReference::Opposite() const {
  const ReferenceContext::Focus& focus = context_.focus();
  if (focus.persons.size() != 2 || focus.subjects.empty()) return -1;
  return focus.persons[0] == focus.subjects.back() ? focus.persons[1] : focus.persons[0];
}

}  // namespace newsgraph
