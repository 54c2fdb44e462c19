#include "ingest/text/match_statements.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "graph/day.h"
#include "ingest/text/claims.h"
#include "ingest/text/factuality.h"
#include "ingest/text/statement_dates.h"
#include "ingest/text/told_words.h"

namespace newsgraph {
namespace {

constexpr float kTopicWeight = 0.8F;
constexpr float kFarTopicWeight = 0.75F;  // of another sentence
constexpr float kGapWordWeight = 0.01F;
constexpr float kMostGapLoss = 0.25F;

// As people talk, a view, a plan or what somebody says follows its subject at once.
constexpr uint32_t kFarthestTalker = 5, kFarthestTeller = 2;
// And what others say is told in sentences of few clauses.
constexpr uint32_t kMostBreaksOfTalk = 5, kFewBreaksOfTalk = 3;
// Before the subject, in the clause: 而, 所以.
constexpr uint32_t kOpeningWords = 4;
// Farther subjects do not stretch the clause whose mood is asked for.
constexpr uint32_t kFarthestScope = 40;

bool HasQualifier(const TextStatement& statement, std::string_view name) {
  return std::any_of(statement.qualifiers.begin(), statement.qualifiers.end(),
                     [name](const Qualifier& qualifier) { return qualifier.name == name; });
}

// 明年一月生效: dated behind the day of publication.
bool IsToCome(const TextAnalysis& analysis, const TextStatement& statement) {
  const bool is_date = statement.literal && statement.literal->type == "DATE";
  const std::optional<int32_t> day = ParseDay(is_date ? statement.literal->value : statement.valid_from);
  return day && analysis.published_day && *day > *analysis.published_day;
}

void AddTime(const SentenceView& view, const Ontology& ontology, const RuleMatch& match, TextStatement& statement) {
  if (statement.literal && statement.literal->type == "DATE") return;
  const Relation* relation = ontology.Find(statement.predicate);
  const TextMention* date = nullptr;
  for (const RoleFill& fill : match.fills) {
    if (fill.role == "time" && fill.mention >= 0) date = &view.mention(static_cast<uint32_t>(fill.mention));
  }
  // The date of a clause is not that of the titles it names.
  if (date == nullptr && (!match.rule->fixed || match.rule->factuality)) {
    const Range clause = view.ClauseAround(match.cue.begin);
    const bool is_event = relation != nullptr && relation->kind == "event";
    // Of an amount, its own.
    const bool has_amount = statement.literal && !statement.literal->value.empty() && !statement.literal_range.empty();
    if (has_amount) {
      date = NearestDate(view, view.ClauseAround(statement.literal_range.begin), statement.literal_range);
    }
    if (date == nullptr && is_event) date = EffectiveDate(view, clause);
    if (date == nullptr) date = NearestDate(view, clause, match.cue);
    if (date == nullptr && has_amount) {
      date = NearestMention(view, {view.begin(), statement.literal_range.begin}, match.cue, IsDate);
      if (date != nullptr && !OpensClause(view, *date)) date = nullptr;
    }
    if (date == nullptr && is_event) {
      date = NearestMention(view, {view.begin(), match.cue.begin}, match.cue, IsDate);
    }
  }
  if (date != nullptr) AddTimeOf(view, *date, statement);
}

// In, at: the place of an event, where its clause names one.
void AddPlace(const SentenceView& view, const LanguageRules& language, const Ontology& ontology, const RuleMatch& match,
              TextStatement& statement) {
  const Relation* relation = ontology.Find(statement.predicate);
  if (relation == nullptr || relation->kind != "event" || match.rule->fixed || HasQualifier(statement, "place")) return;
  const Range clause = view.ClauseAround(match.cue.begin);
  for (const uint32_t index : view.mentions()) {
    const TextMention& mention = view.mention(index);
    const EntityType type = view.TypeOf(mention);
    if (type != EntityType::kGpe && type != EntityType::kLoc && type != EntityType::kFac) continue;
    if (mention.entity < 0 || mention.entity == statement.object || mention.entity == statement.subject) continue;
    // 生於上海而非北京: what fills a role of the match is no place of it.
    if (std::any_of(match.fills.begin(), match.fills.end(),
                    [index](const RoleFill& fill) { return fill.mention == static_cast<int32_t>(index); })) {
      continue;
    }
    if (!clause.Contains(mention.range) || !language.matcher.FollowsPlaceWord(view, mention.range.begin)) continue;
    AddQualifier(statement, "place", view.analysis().text.Surface(mention.range.begin, mention.range.end), "",
                 mention.entity);
    return;
  }
}

void AddQualifiers(const SentenceView& view, const LanguageRules& language, const Ontology& ontology,
                   const RuleMatch& match, TextStatement& statement) {
  const FoldedText& text = view.analysis().text;
  for (const RoleFill& fill : match.fills) {
    if (fill.role == "S" || fill.role == "O" || fill.role == "_" || fill.role == "time") continue;
    int32_t entity = -1;
    std::string value;
    if (fill.mention >= 0) {
      const TextMention& mention = view.mention(static_cast<uint32_t>(fill.mention));
      entity = mention.entity;
      if (mention.value) value = mention.value->value;
    }
    AddQualifier(statement, std::string(fill.role), text.Surface(fill.range.begin, fill.range.end), std::move(value),
                 entity);
  }
  const RelationRule& rule = *match.rule;
  const std::string cue = text.Surface(match.cue.begin, match.cue.end);
  if (rule.cue_is_role) AddQualifier(statement, "role", cue, "", -1);
  if (rule.cue_is_gloss) AddQualifier(statement, "gloss", cue, "", -1);
  if (!rule.gloss.empty()) AddQualifier(statement, "gloss", rule.gloss, "", -1);
  if (rule.value && !HasQualifier(statement, "value")) {
    const TextMention* money = NearestMention(view, {view.begin(), view.end()}, match.cue, [](const TextMention& m) {
      return m.type == EntityType::kMoney || m.type == EntityType::kPercent;
    });
    // A percentage is of its own clause: 放棄收購,股價下跌9%.
    const bool is_other = money != nullptr && money->type == EntityType::kPercent &&
                          !view.ClauseAround(match.cue.begin).Contains(money->range);
    if (money != nullptr && !is_other) {
      AddQualifier(statement, "value", text.Surface(money->range.begin, money->range.end),
                   money->value ? money->value->value : std::string(), -1);
    }
  }
  AddTime(view, ontology, match, statement);
  AddPlace(view, language, ontology, match, statement);
}

// Whether a rule of speech, views or plans reads too much into the way people talk.
bool IsLooseTalk(const SentenceView& view, const LanguageRules& language, const std::vector<CueHit>& hits,
                 const RuleMatch& match) {
  const RelationRule& rule = *match.rule;
  const int32_t turn = view.sentence().turn;
  if (turn < 0 || !(rule.speech || rule.attitude || rule.predicate == "plans")) return false;
  const bool reports = rule.speech && rule.factuality != Factuality::kOpinion;
  for (const RoleFill& fill : match.fills) {
    if (fill.role != "S") continue;
    if (fill.topic || !view.sentence().range.Contains(fill.range)) return true;
    const Range between = fill.range.end <= match.cue.begin ? Range{fill.range.end, match.cue.begin}
                                                            : Range{match.cue.end, fill.range.begin};
    if (between.begin > between.end || view.BreaksBetween(between.begin, between.end) > 0 ||
        view.WordsBetween(between.begin, between.end) > (reports ? kFarthestTeller : kFarthestTalker)) {
      return true;
    }
    const TextMention* subject = fill.mention < 0 ? nullptr : &view.mention(static_cast<uint32_t>(fill.mention));
    const bool is_own =
        subject != nullptr && subject->entity == view.analysis().turns[static_cast<size_t>(turn)].speaker;
    // 我說…: only what was said before. Of others, only who is named.
    if (reports ? is_own || subject == nullptr || subject->form != MentionForm::kName
                : subject != nullptr && subject->form == MentionForm::kNominal) {
      return true;
    }
    // "you'll send it": no plan of others that a pronoun names.
    if (!is_own && rule.predicate == "plans" && view.sentence().script == Script::kLatin && subject != nullptr &&
        subject->form == MentionForm::kPronoun) {
      return true;
    }
    // 這在我看來…: the words before belong to what is thought.
    if (view.WordsBetween(view.ClauseAround(fill.range.begin).begin, fill.range.begin) > kOpeningWords) return true;
  }
  if (view.BreaksBetween(view.begin(), view.end()) > (reports ? kFewBreaksOfTalk : kMostBreaksOfTalk)) return true;
  const Range clause = view.ClauseAround(match.cue.begin);
  return std::any_of(hits.begin(), hits.end(), [&](const CueHit& hit) {
    return !hit.in_longer && clause.begin <= hit.range.begin && hit.range.end <= match.cue.begin &&
           language.matcher.IsOf(hit, language.moods.condition);
  });
}

// "Despite what Lin An said, …": the rest is not said by Lin An.
bool IsWhatWasSaid(const SentenceView& view, const RuleMatch& match) {
  return std::any_of(match.fills.begin(), match.fills.end(), [&](const RoleFill& fill) {
    return fill.role == "S" && !fill.topic && fill.range.end <= match.cue.begin &&
           view.analysis().text.folded(view.begin(), fill.range.begin).ends_with(U"what ");
  });
}

}  // namespace

void AddStatementsOf(const RuleMatch& match, uint32_t number, const SentenceView& view, const LanguageRules& language,
                     const std::vector<CueHit>& hits, const Ontology& ontology, std::vector<Draft>& drafts) {
  const TextAnalysis& analysis = view.analysis();
  const RelationRule& rule = *match.rule;
  if (IsLooseTalk(view, language, hits, match) || (rule.speech && IsWhatWasSaid(view, match))) return;
  Range scope = view.ClauseAround(match.cue.begin);
  for (const RoleFill& fill : match.fills) {
    if (fill.role != "S" || fill.topic || fill.range.end > match.cue.begin) continue;
    if (view.WordsBetween(fill.range.end, match.cue.begin) <= kFarthestScope) {
      scope.begin = std::min(scope.begin, fill.range.begin);
    }
  }
  Factuality factuality = rule.factuality.value_or(Factuality::kAsserted);
  if (rule.fixed) {
    // An apposition holds whatever the mood of its clause, "is not a unit of" does not; "no longer" has rules for it.
    for (const RoleFill& fill : match.fills) {
      if (fill.role != "S" || fill.topic || fill.range.end > match.cue.begin || rule.gloss == "ended") continue;
      if (view.BreaksBetween(fill.range.end, match.cue.begin) > 0) continue;
      factuality = MoodOfCopula(view, language.matcher, language.moods, hits, {fill.range.begin, match.cue.begin})
                       .value_or(factuality);
    }
  } else {
    const Factuality mood = MoodOf(view, language.matcher, language.moods, hits, scope, match.cue);
    // An attitude that is denied, asked or supposed is not held; a plan of a view is one.
    if (!rule.factuality || mood == Factuality::kDenied || mood == Factuality::kQuestion) factuality = mood;
  }
  const auto right_before = [&](const CueSet* set) {
    return StandsRightBefore(view, language.matcher, set, hits, match.cue);
  };
  const bool is_ended = rule.gloss.empty() && !rule.cue_is_gloss && right_before(language.moods.ended);
  if (factuality != Factuality::kQuestion && right_before(language.moods.nearly)) factuality = Factuality::kDenied;
  // Who is asked whether he thinks so has not said it.
  if (factuality == Factuality::kQuestion &&
      std::any_of(match.fills.begin(), match.fills.end(),
                  [](const RoleFill& fill) { return fill.literal == "STATEMENT"; })) {
    return;
  }
  for (const RoleFill& subject : match.fills) {
    if (subject.role != "S") continue;
    for (const RoleFill& object : match.fills) {
      if (object.role != "O") continue;
      if (object.pair && object.range.begin <= subject.range.begin) continue;
      Draft draft;
      TextStatement& statement = draft.statement;
      const TextMention& agent = view.mention(static_cast<uint32_t>(subject.mention));
      statement.subject = agent.entity;
      statement.predicate = rule.predicate;
      if (view.sentence().range.Contains(subject.range)) statement.subject_range = subject.range;
      float confidence = rule.strength;
      const auto weigh = [&](const RoleFill& fill) {
        if (fill.mention < 0) return;
        const TextMention& mention = view.mention(static_cast<uint32_t>(fill.mention));
        confidence *= WeightOf(mention.form);
        if (fill.topic) confidence *= view.sentence().range.Contains(fill.range) ? kTopicWeight : kFarTopicWeight;
      };
      weigh(subject);
      weigh(object);
      confidence *= 1 - std::min(kMostGapLoss, kGapWordWeight * static_cast<float>(match.gap));
      statement.confidence = confidence;
      if (object.mention < 0 || !object.literal.empty()) {
        Range words = object.literal == "STATEMENT" ? WithoutMarks(view, object.range) : object.range;
        if (object.literal == "STATEMENT" && rule.speech) {
          if (rule.predicate == "stated" && rule.factuality != Factuality::kDenied &&
              !IsTold(view, language.matcher, language.claims, hits, match.cue, words)) {
            continue;
          }
          words = ToldAround(view, subject.range, match.cue, words);
        }
        // 我建議,是因為…: nothing that could be wanted.
        if (object.literal == "STATEMENT" && !rule.speech && view.at(words.begin) == U'是') continue;
        if (object.literal == "STATEMENT" && !IsWholeClaim(view, language.matcher, language.claims, hits, words))
          continue;
        statement.literal = Literal{std::string(object.literal), analysis.text.Surface(words.begin, words.end), "", ""};
        statement.literal_range = words;
      } else {
        const TextMention& mention = view.mention(static_cast<uint32_t>(object.mention));
        if (IsValueType(mention.type) && mention.value) {
          statement.literal = mention.value;
          statement.literal_range = mention.range;
        } else {
          statement.object = mention.entity;
          if (view.sentence().range.Contains(object.range)) statement.object_range = object.range;
        }
      }
      const auto is_excluded = [&](const RoleFill& fill) {
        return fill.mention >= 0 && !fill.topic && view.IsExcluded(static_cast<uint32_t>(fill.mention));
      };
      const bool excluded = factuality != Factuality::kQuestion && (is_excluded(subject) || is_excluded(object));
      statement.factuality = excluded ? Factuality::kDenied : factuality;
      statement.cue_range = match.cue;
      statement.evidence = view.sentence().range;
      // What is quoted may run on past the sentence of its verb, or begin before it.
      if (!statement.literal_range.empty() &&
          analysis.text.SpanOf(statement.evidence.begin, statement.evidence.end).field ==
              analysis.text.SpanOf(statement.literal_range.begin, statement.literal_range.end).field) {
        statement.evidence.begin = std::min(statement.evidence.begin, statement.literal_range.begin);
        statement.evidence.end = std::max(statement.evidence.end, statement.literal_range.end);
      }
      statement.rule = rule.name;
      AddQualifiers(view, language, ontology, match, statement);
      if (is_ended) AddQualifier(statement, "gloss", "ended", "", -1);
      if (factuality == Factuality::kAsserted && IsToCome(analysis, statement)) {
        statement.factuality = Factuality::kPlanned;
      }
      // What somebody would demand he has not demanded.
      const bool is_supposed = factuality == Factuality::kHypothetical && !rule.factuality;
      if (rule.speech || (rule.attitude && !is_supposed)) statement.speaker = agent.entity;
      draft.rule = &rule;
      draft.match = number;
      draft.place = match.cue;
      drafts.push_back(std::move(draft));
    }
  }
}

}  // namespace newsgraph
