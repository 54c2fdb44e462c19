#include "ingest/text/noun_reference.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

#include "graph/name_folding.h"
#include "ingest/text/code_points.h"
#include "ingest/text/mention_places.h"
#include "ingest/text/reference_words.h"

namespace newsgraph {
namespace {

constexpr size_t kSentencesBack = 3;  // how far a pronoun reaches

// What speaks for and against what a noun phrase may stand for, fitted to annotated texts.
constexpr float kPullGoverned = 0.5f;      // against what stands behind a preposition
constexpr float kPullAside = 2.0f;         // against brackets, reporters and the outlet
constexpr float kPullNounSentence = 1.0f;  // against each sentence between, of noun phrases
constexpr float kPullBegins = 1.5f;        // for what a clause begins with, of noun phrases
constexpr float kPullTopic = 1.5f;         // for the company that the document is about
constexpr float kPullBareTopic = 2.5f;     // the same for 公司 alone
constexpr float kPullBareNear = 0.5f;      // of that, for its own sentence
constexpr float kPullTrade = 2.5f;         // of the bank and the like, for their own sentence
constexpr float kPullSaid = 2.0f;          // for each word between that its description has
constexpr float kPullNear = 0.5f;          // or that stands near its name

// What sets one of several apart.
constexpr std::u32string_view kCompared[] = {U"smaller", U"larger", U"bigger",   U"other",  U"rival",
                                             U"second",  U"third",  U"combined", U"merged", U"resulting"};

}  // namespace

int32_t NounReference::Institution(const TextMention& mention) const {
  const TextTurn* turn = context_.TurnOf(mention);
  size_t back = 0;
  for (size_t f = context_.history().size(); f-- > 0 && back <= 1; ++back) {
    const ReferenceContext::Focus& focus = context_.history()[f];
    if (turn != nullptr && focus.turn < 0) break;
    for (const int32_t thing : focus.things) {
      if (!context_.IsBarred(thing) && context_.IsType(thing, EntityType::kOrg)) return thing;
    }
  }
  return -1;
}

bool NounReference::IsOfKind(const LocalEntity& entity, const Sought& sought) const {
  if (sought.subtypes == "*") return true;
  if (entity.subtype.empty()) return sought.unknown;
  for (std::string_view rest = sought.subtypes; !rest.empty();) {
    const size_t space = rest.find(' ');
    if (rest.substr(0, space) == entity.subtype) return true;
    rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
  }
  return false;
}

// Its name, its description or its occupation says so.
bool NounReference::IsCalled(int32_t index, const Sought& sought) const {
  const LocalEntity& entity = analysis_.entities[static_cast<size_t>(index)];
  for (const std::u32string_view word : context_.descriptions().WordsOf(index)) {
    if (HoldsWordOfList(sought.nouns, word)) return true;
  }
  if (!entity.occupation.empty() && HoldsWordOfList(sought.nouns, DecodeUtf8(entity.occupation))) return true;
  if (sought.in_names.empty()) return false;
  const std::u32string name = DecodeUtf8(FoldName(entity.name));
  for (std::u32string_view rest = sought.in_names; !rest.empty();) {
    const size_t space = rest.find(U' ');
    const std::u32string_view word = rest.substr(0, space);
    for (size_t at = name.find(word); at != std::u32string::npos; at = name.find(word, at + 1)) {
      const bool whole = IsHan(word[0]) || ((at == 0 || name[at - 1] == U' ') &&
                                            (at + word.size() == name.size() || name[at + word.size()] == U' '));
      if (whole) return true;
    }
    rest = space == std::u32string_view::npos ? std::u32string_view() : rest.substr(space + 1);
  }
  return false;
}

// Called something else: no airline is a bank.
bool NounReference::IsCalledElse(int32_t index, const Sought& sought) const {
  for (const std::u32string_view word : context_.descriptions().WordsOf(index)) {
    const std::optional<EnglishHead> head = context_.english_heads().Of(word);
    if (!head || head->type != sought.type || HoldsWordOfList(sought.nouns, word)) continue;
    if (!head->in_names.empty() || !head->unknown) return true;
  }
  return false;
}

// How much stands in view: near, what a clause begins with, what the document is about, what agrees with the words.
float NounReference::Weight(const TextMention& before, uint32_t own_sentence, const Sought& sought) const {
  float weight = -kPullNounSentence * static_cast<float>(own_sentence - before.sentence);
  if (BeginsClause(analysis_.text, before)) weight += kPullBegins;
  if (before.entity == context_.main_company()) weight += sought.bare ? kPullBareTopic : kPullTopic;
  if (before.sentence == own_sentence) {
    weight += sought.reported ? kPullTrade : sought.bare ? kPullBareNear : sought.in_names.empty() ? 0 : kPullTrade;
  }
  if (IsGoverned(analysis_.text, before)) weight -= kPullGoverned;
  if (InBrackets(analysis_.text, before) || context_.IsMedia(before.entity)) weight -= kPullAside;
  for (const std::u32string_view word : sought.modifiers) {
    if (context_.descriptions().Says(before.entity, word)) {
      weight += kPullSaid;
    } else if (context_.descriptions().IsNear(before.entity, word)) {
      weight += kPullNear;
    }
  }
  return weight;
}

// The nearest that is called so, else of those of the kind the one most in view.
int32_t NounReference::Find(uint32_t index, const Sought& sought) const {
  constexpr uint32_t kFar = 60;
  // What the document is about stays in view.
  int32_t called = -1, kind = sought.bare ? context_.main_company() : -1;
  float most = kPullBareTopic - 2 * kPullNounSentence;
  const uint32_t own = analysis_.mentions[index].sentence;
  context_.ForEachBefore(index, kFar, [&](const TextMention& before) {
    if (before.range.end > sought.phrase.begin) return true;
    const LocalEntity& entity = analysis_.entities[static_cast<size_t>(before.entity)];
    if (entity.type != sought.type || before.entity == sought.other_than) return true;
    if (IsCalled(before.entity, sought)) {
      called = before.entity;
      return false;
    }
    if (before.sentence + sought.near < own) return true;
    const bool firm = sought.unknown && sought.type == EntityType::kOrg;
    if (firm ? context_.IsBarred(before.entity) || !context_.IsCompany(before.entity) : !IsOfKind(entity, sought))
      return true;
    if (IsCalledElse(before.entity, sought)) return true;
    if (before.sentence == own && IsInOneClause(analysis_.text, before, sought.phrase)) return true;
    const float weight = Weight(before, own, sought);
    if (kind < 0 || weight > most) {
      kind = before.entity;
      most = weight;
    }
    return true;
  });
  if (called >= 0 || kind >= 0) return called >= 0 ? called : kind;
  const bool firm = sought.type == EntityType::kOrg && sought.unknown;
  const bool is_main = firm && context_.main_company() >= 0 && context_.main_company() != sought.other_than;
  return is_main && !IsCalledElse(context_.main_company(), sought) ? context_.main_company() : -1;
}

int32_t NounReference::Definite(uint32_t index) const {
  const Range range = analysis_.mentions[index].range;
  const std::u32string_view words = analysis_.text.folded(range.begin, range.end);
  const size_t last = words.rfind(U' ');
  const std::optional<EnglishHead> head = context_.english_heads().Of(words.substr(last + 1));
  if (!head) return -1;
  Sought sought{head->type, head->subtypes, head->unknown, head->nouns, head->in_names, {}, range};
  for (size_t begin = words.find(U' ') + 1; begin < last;) {
    const size_t end = std::min(words.find(U' ', begin), last);
    std::u32string_view word = words.substr(begin, end - begin);
    // "the smaller company": of two, and which of them is not said.
    if (std::find(std::begin(kCompared), std::end(kCompared), word) != std::end(kCompared)) return -1;
    if (const size_t hyphen = word.find(U'-'); hyphen != std::u32string_view::npos) word = word.substr(0, hyphen);
    sought.modifiers.push_back(word);
    begin = end + 1;
  }
  const int32_t found = Find(index, sought);
  return found >= 0 ? found : OnlyOne(index, sought);
}

// The drug, the measure: the one thing of its type that has been named, where nothing else fits.
int32_t NounReference::OnlyOne(uint32_t index, const Sought& sought) const {
  constexpr uint32_t kFar = 12;
  if (sought.type == EntityType::kOrg || sought.type == EntityType::kPerson || sought.type == EntityType::kGpe)
    return -1;
  Sought kind = sought;
  kind.unknown = true;
  int32_t found = -1;
  bool several = false;
  context_.ForEachBefore(index, kFar, [&](const TextMention& before) {
    const LocalEntity& entity = analysis_.entities[static_cast<size_t>(before.entity)];
    if (entity.type != sought.type || before.entity == found || !IsOfKind(entity, kind)) return true;
    if (IsCalledElse(before.entity, sought)) return true;
    several = found >= 0;
    found = before.entity;
    return !several;
  });
  return several ? -1 : found;
}

int32_t NounReference::Owned(uint32_t index) const {
  constexpr uint32_t kWordsBetween = 12;
  if (index == 0) return -1;
  const TextMention& owner = analysis_.mentions[index - 1];
  const TextMention& self = analysis_.mentions[index];
  if (owner.form == MentionForm::kName || owner.range.end + kWordsBetween < self.range.begin) return -1;
  return context_.IsType(owner.entity, EntityType::kPerson) ? context_.EmployerOf(owner.entity) : -1;
}

int32_t NounReference::Kin(uint32_t index) const {
  const Range range = analysis_.mentions[index].range;
  Sought sought{EntityType::kPerson, "", false, analysis_.text.folded(range.begin, range.end), U"", {}, range};
  return Find(index, sought);
}

// 褚榮生形容这位老板: somebody else than the sentence has named.
int32_t NounReference::PersonPointedAt(uint32_t index) const {
  const TextMention& self = analysis_.mentions[index];
  if (BeginsClause(analysis_.text, self)) return pronouns_.Person(index, ReferenceKind::kSelf, -1);
  std::vector<int32_t> here;
  int32_t found = -1;
  context_.ForEachBefore(index, kSentencesBack, [&](const TextMention& before) {
    if (!context_.IsType(before.entity, EntityType::kPerson)) return true;
    if (before.sentence == self.sentence) {
      here.push_back(before.entity);
    } else if (std::find(here.begin(), here.end(), before.entity) == here.end()) {
      found = before.entity;
    }
    return found < 0;
  });
  return found;
}

int32_t NounReference::Company(uint32_t index) const {
  const TextMention& mention = analysis_.mentions[index];
  const ReferenceContext::Focus& focus = context_.focus();
  const std::u32string_view word = analysis_.text.folded(mention.range.begin, mention.range.end);
  const bool is_bare = word == U"公司" || word == U"集团";
  if (word == U"集团" || word == U"该集团") {
    int32_t named = -1;
    context_.ForEachBefore(index, kSentencesBack, [&](const TextMention& before) {
      if (before.form == MentionForm::kName && context_.IsType(before.entity, EntityType::kOrg) &&
          analysis_.text.folded(before.range.begin, before.range.end).ends_with(U"集团")) {
        named = before.entity;
      }
      return named < 0;
    });
    if (named >= 0) return named;
  }
  if (is_bare && !focus.subjects.empty()) {
    if (const int32_t employer = context_.EmployerOf(focus.subjects.back()); employer >= 0) return employer;
  }
  Sought sought{EntityType::kOrg, "company media exchange", true, U"", U"", {}, mention.range, 3, false, is_bare};
  const char32_t ahead = mention.range.begin > 0 ? analysis_.text[mention.range.begin - 1] : 0;
  sought.reported = is_bare && (ahead == U'称' || ahead == U'说' || ahead == U'指');
  // 我尊重这家公司: not one's own.
  if (const TextTurn* turn = context_.TurnOf(mention); turn != nullptr && !is_bare && word[0] >= 0x80) {
    sought.other_than = context_.EmployerOf(turn->speaker);
  }
  if (const int32_t found = Find(index, sought); found >= 0) return found;
  return focus.persons.empty() ? -1 : context_.EmployerOf(focus.persons.front());
}

// Where 这家 stands before a noun that 的 parts from it; the noun itself for none.
uint32_t NounReference::PointedFrom(Range noun) const {
  constexpr uint32_t kFarthest = 30;
  const FoldedText& text = analysis_.text;
  if (noun.begin == 0 || text[noun.begin - 1] != U'的') {
    // 的台東阿美族投手
    bool parted = false;
    for (uint32_t i = noun.begin; i > 0 && noun.begin - i < 12; --i) parted |= text[i - 1] == U'的';
    if (!parted) return noun.begin;
  }
  for (uint32_t i = noun.begin; i > 1 && noun.begin - i < kFarthest; --i) {
    const char32_t c = text[i - 1];
    if (c == U',' || c == U'。' || c == U'\n' || c == U';') break;
    if (PointingAt(text.folded(i - 1, std::min(noun.begin, i + 3))).size > 1) return i - 1;
  }
  return noun.begin;
}

int32_t NounReference::Headed(uint32_t index, bool in_speech) const {
  constexpr uint32_t kFar = 40;
  const TextMention& self = analysis_.mentions[index];
  const std::u32string_view words = analysis_.text.folded(self.range.begin, self.range.end);
  const std::optional<PointingPhrase> pointing = PointingPhraseOf(words);
  const uint32_t from = pointing ? self.range.begin : PointedFrom(self.range);
  const bool points = pointing || from < self.range.begin;
  if (points && (pointing ? pointing->head == nullptr : PersonNounAt(words) == words.size())) {
    const std::u32string_view noun = pointing ? words.substr(pointing->head_begin) : words;
    Sought sought{EntityType::kPerson, "", false, noun, U"", {}, {from, self.range.end}};
    if (const int32_t found = Find(index, sought); found >= 0) return found;
    return PersonPointedAt(index);
  }
  // Who speaks says 協會 of any and 這個平台 of what he has in hand.
  if (in_speech && !points) return -1;
  const HeadNoun* head = pointing ? pointing->head : HeadNounAt(words);
  if (head == nullptr) return -1;
  int32_t found = -1;
  context_.ForEachBefore(index, kFar, [&](const TextMention& before) {
    if (before.range.end > from) return true;
    const bool named = before.form == MentionForm::kName && before.range.size() > head->word.size() &&
                       analysis_.text.folded(before.range.begin, before.range.end).ends_with(head->word);
    if (named && analysis_.entities[static_cast<size_t>(before.entity)].type != EntityType::kPerson) {
      found = before.entity;
    }
    return found < 0;
  });
  if (found >= 0 && head->word != U"公司") return found;
  Sought sought{head->type, head->subtype,         head->subtype == "company", head->word, head->in_names,
                {},         {from, self.range.end}};
  const bool by_kind = points || !head->in_names.empty() || head->subtype == "film" || head->subtype == "government" ||
                       head->subtype == "company";
  if (!by_kind || (in_speech && head->subtype == "*")) sought.subtypes = "none";
  if (head->type != EntityType::kOrg && points) sought.unknown = true;
  if (!points && head->type == EntityType::kWork) sought.unknown = true;
  if (pointing && pointing->head_begin > 0) {
    const Pointing lead = PointingAt(words);
    for (uint32_t i = lead.size; i + 1 < pointing->head_begin; i += 2) sought.modifiers.push_back(words.substr(i, 2));
  }
  return Find(index, sought);
}

int32_t NounReference::Spouse(uint32_t index) const {
  for (const int32_t person : context_.focus().persons) {
    if (const int32_t spouse = context_.SpouseOf(person); spouse >= 0) return spouse;
  }
  return Kin(index);
}

}  // namespace newsgraph
