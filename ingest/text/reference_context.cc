#include "ingest/text/reference_context.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "graph/name_folding.h"
#include "ingest/text/code_points.h"
#include "ingest/text/mention_places.h"

namespace newsgraph {
namespace {

// Words of English names that no company has.
constexpr std::u32string_view kNoCompanies[] = {
    U"authority",  U"commission", U"ministry", U"department",  U"agency",    U"council",    U"union",     U"university",
    U"college",    U"court",      U"party",    U"association", U"institute", U"congress",   U"committee", U"senate",
    U"federation", U"foundation", U"museum",   U"office",      U"bureau",    U"parliament", U"government"};

// 公平會, Aviation Authority: by its name no company.
bool IsNamedOtherwise(const LocalEntity& entity) {
  constexpr std::u32string_view kEndings = U"会局署院部党校委处府队庭";
  const std::u32string name = DecodeUtf8(FoldName(entity.name));
  if (name.empty()) return false;
  if (kEndings.find(name.back()) != std::u32string_view::npos || name.ends_with(U"大学")) return true;
  return std::any_of(std::begin(kNoCompanies), std::end(kNoCompanies), [&](std::u32string_view word) {
    const size_t at = name.find(word);
    return at != std::u32string::npos && (at == 0 || name[at - 1] == U' ') &&
           (at + word.size() == name.size() || name[at + word.size()] == U' ');
  });
}

}  // namespace

ReferenceContext::ReferenceContext(const TextAnalysis& analysis, const LocalTies& ties, const NameLists& lists)
    : analysis_(analysis),
      ties_(ties),
      lists_(lists),
      descriptions_(analysis, lists.english_heads),
      female_(analysis.entities.size()),
      male_(analysis.entities.size()) {
  for (size_t e = 0; e < ties_.gender.size(); ++e) {
    female_[e] = ties_.gender[e] == Gender::kFemale;
    male_[e] = ties_.gender[e] == Gender::kMale;
  }
  FindInterview();
  FindAuthor();
  FindMainCompany();
  FindTopics();
  FindGenders();
}

void ReferenceContext::NoteGender(int32_t person, Gender gender) {
  if (gender == Gender::kFemale) female_[static_cast<size_t>(person)] = true;
  if (gender == Gender::kMale) male_[static_cast<size_t>(person)] = true;
}

bool ReferenceContext::IsBarred(int32_t entity) const {
  return std::find(barred_.begin(), barred_.end(), entity) != barred_.end();
}

bool ReferenceContext::IsCompany(int32_t entity) const {
  if (!IsType(entity, EntityType::kOrg)) return false;
  const LocalEntity& thing = analysis_.entities[static_cast<size_t>(entity)];
  return (thing.subtype.empty() && !IsNamedOtherwise(thing)) || thing.subtype == "company" ||
         thing.subtype == "media" || thing.subtype == "exchange";
}

void ReferenceContext::FindInterview() {
  std::vector<int32_t> speakers;
  for (const TextTurn& turn : analysis_.turns) {
    if (turn.speaker >= 0 && std::find(speakers.begin(), speakers.end(), turn.speaker) == speakers.end()) {
      speakers.push_back(turn.speaker);
    }
  }
  if (speakers.size() == 2) pair_ = speakers;
}

// By Tobias Ferrer: who says I where nobody is quoted.
void ReferenceContext::FindAuthor() {
  for (const TextMention& mention : analysis_.mentions) {
    if (mention.form != MentionForm::kName || !IsType(mention.entity, EntityType::kPerson)) continue;
    if (mention.sentence < analysis_.sentences.size() &&
        analysis_.sentences[mention.sentence].kind == SentenceKind::kByline) {
      author_ = author_ == -1 ? mention.entity : author_;
    }
  }
}

void ReferenceContext::StartSentence(uint32_t sentence) {
  Focus focus;
  focus.sentence = sentence;
  focus.turn = sentence < analysis_.sentences.size() ? analysis_.sentences[sentence].turn : -1;
  if (history_.size() > 16) history_.erase(history_.begin(), history_.begin() + 8);
  history_.push_back(std::move(focus));
}

void ReferenceContext::Note(const TextMention& mention) {
  Focus& focus = history_.back();
  const LocalEntity& entity = analysis_.entities[static_cast<size_t>(mention.entity)];
  std::vector<int32_t>* list = nullptr;
  if (entity.type == EntityType::kPerson) list = &focus.persons;
  if (entity.type == EntityType::kOrg || entity.type == EntityType::kProduct) list = &focus.things;
  if (list == nullptr) return;
  // (记者 唐以岚): who stands in brackets is nobody's subject.
  if (list == &focus.persons && mention.form == MentionForm::kName && InBrackets(analysis_.text, mention)) return;
  if (std::find(list->begin(), list->end(), mention.entity) == list->end()) list->push_back(mention.entity);
  if (list == &focus.persons && BeginsClause(analysis_.text, mention)) focus.subjects.push_back(mention.entity);
}

const TextTurn* ReferenceContext::TurnOf(const TextMention& mention) const {
  if (mention.sentence >= analysis_.sentences.size()) return nullptr;
  const int32_t turn = analysis_.sentences[mention.sentence].turn;
  return turn >= 0 ? &analysis_.turns[static_cast<size_t>(turn)] : nullptr;
}

int32_t ReferenceContext::Other(int32_t speaker) const {
  if (pair_.size() != 2 || speaker < 0) return -1;
  return pair_[0] == speaker ? pair_[1] : pair_[0];
}

// What the document is most about of the persons, or of the things.
void ReferenceContext::FindTopics() {
  std::vector<float> counts(analysis_.entities.size(), 0);
  for (const TextMention& mention : analysis_.mentions) {
    if (mention.form != MentionForm::kName || mention.entity < 0 || InBrackets(analysis_.text, mention) ||
        IsReporter(analysis_.text, mention))
      continue;
    const bool is_first = mention.sentence <= 1 || mention.sentence >= analysis_.sentences.size();
    counts[static_cast<size_t>(mention.entity)] += is_first ? 2.0f : 1.0f;
  }
  float persons = 0, things = 0;
  for (size_t e = 0; e < counts.size(); ++e)
    (IsType(static_cast<int32_t>(e), EntityType::kPerson) ? persons : things) += counts[e];
  topic_share_.assign(counts.size(), 0);
  for (size_t e = 0; e < counts.size(); ++e) {
    const float all = IsType(static_cast<int32_t>(e), EntityType::kPerson) ? persons : things;
    if (all > 0) topic_share_[e] = counts[e] / all;
  }
}

void ReferenceContext::FindGenders() {
  likely_.assign(analysis_.entities.size(), Gender::kUnknown);
  full_name_.assign(analysis_.entities.size(), false);
  for (size_t e = 0; e < likely_.size(); ++e) {
    if (!IsType(static_cast<int32_t>(e), EntityType::kPerson)) continue;
    const std::u32string name = DecodeUtf8(FoldName(analysis_.entities[e].name));
    likely_[e] = lists_.genders.Of(name);
    full_name_[e] =
        likely_[e] != Gender::kUnknown || name.find(U' ') != std::u32string::npos || (!name.empty() && IsHan(name[0]));
  }
}

// What the whole document is about, where it is a company.
void ReferenceContext::FindMainCompany() {
  std::vector<uint32_t> counts(analysis_.entities.size(), 0);
  for (const TextMention& mention : analysis_.mentions) {
    if (mention.form != MentionForm::kName || mention.entity < 0 || !IsCompany(mention.entity)) continue;
    if (IsMedia(mention.entity)) continue;
    // The title, and how the text begins.
    const bool is_first = mention.sentence <= 1 || mention.sentence >= analysis_.sentences.size();
    counts[static_cast<size_t>(mention.entity)] += is_first ? 3 : 1;
  }
  for (const int32_t speaker : pair_) {
    if (const int32_t employer = EmployerOf(speaker); employer >= 0) counts[static_cast<size_t>(employer)] += 3;
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  if (most == counts.end() || *most < 2) return;
  main_company_ = static_cast<int32_t>(most - counts.begin());
}

}  // namespace newsgraph
