#include "ingest/text/relation_extractor.h"

#include <algorithm>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/status.h"
#include "ingest/text/attribution.h"
#include "ingest/text/factuality.h"
#include "ingest/text/relation_matcher.h"
#include "ingest/text/relation_rules.h"
#include "ingest/text/sentence_view.h"

namespace newsgraph {
namespace {

// A first table, until a fitted model takes its place.
constexpr float kPronounWeight = 0.85F;
constexpr float kNominalWeight = 0.9F;
constexpr float kTopicWeight = 0.8F;
constexpr float kGapWordWeight = 0.01F;
constexpr float kMostGapLoss = 0.25F;

// A sentence of a turn that names somebody, without a verb of saying or thinking.
constexpr float kTurnClaimConfidence = 0.6F;
constexpr uint32_t kShortestTurnClaim = 6;

// Farther subjects do not stretch the clause whose mood is asked for.
constexpr uint32_t kFarthestScope = 40;

struct Language {
  RelationMatcher matcher;
  MoodCues moods;
  explicit Language(RuleBook book) : matcher(std::move(book)), moods(matcher.book()) {}
};

// A statement on its way, with what selects it and what places it.
struct Draft {
  TextStatement statement;
  const RelationRule* rule = nullptr;  // null: a sentence of a turn
  uint32_t match = 0;                  // drafts of one match share it
  Range place;                         // whose region tells the speaker
};

bool IsSpokenOf(EntityType type) {
  return type == EntityType::kPerson || type == EntityType::kOrg || type == EntityType::kGpe ||
         type == EntityType::kLoc || type == EntityType::kProduct || type == EntityType::kEvent ||
         type == EntityType::kLaw || type == EntityType::kWork || type == EntityType::kNorp;
}

// What is said without the marks around all of it and the comma before "he said".
Range WithoutMarks(const SentenceView& view, Range claim) {
  const auto opens = [](char32_t c) { return c == U'「' || c == U'『' || c == U'“' || c == U'"'; };
  const auto ends = [](char32_t c) { return c == U',' || c == U'、' || c == U';'; };
  while (claim.size() > 1 && ends(view.at(claim.end - 1))) --claim.end;
  if (claim.size() > 2 && opens(view.at(claim.begin)) && IsClosingQuote(view.at(claim.end - 1))) {
    const auto inside = [&](const auto& is_mark) {
      for (uint32_t i = claim.begin + 1; i + 1 < claim.end; ++i) {
        if (is_mark(view.at(i))) return true;
      }
      return false;
    };
    // 「…」和「…」 is not one quotation.
    if (!inside(opens)) claim = {claim.begin + 1, claim.end - 1};
  }
  while (claim.size() > 1 && ends(view.at(claim.end - 1))) --claim.end;
  return claim;
}

bool IsStop(char32_t c) { return c == U'。' || c == U'.' || c == U'!' || c == U';' || c == U',' || IsClosingQuote(c); }

const TextMention* NearestMention(const SentenceView& view, Range within, Range to,
                                  bool (*wanted)(const TextMention&)) {
  const TextMention* best = nullptr;
  uint32_t best_distance = 0;
  for (const uint32_t index : view.mentions()) {
    const TextMention& mention = view.mention(index);
    if (!within.Contains(mention.range) || mention.range.Overlaps(to) || !wanted(mention)) continue;
    const uint32_t distance = mention.range.end <= to.begin ? view.WordsBetween(mention.range.end, to.begin)
                                                            : view.WordsBetween(to.end, mention.range.begin);
    if (best == nullptr || distance < best_distance) {
      best = &mention;
      best_distance = distance;
    }
  }
  return best;
}

// The first mention of each entity that the document names more than once, the most
// frequent entity first.
std::vector<uint32_t> MainMentions(const TextAnalysis& analysis) {
  std::vector<uint32_t> counts(analysis.entities.size(), 0), first(analysis.entities.size(), 0);
  for (uint32_t i = static_cast<uint32_t>(analysis.mentions.size()); i-- > 0;) {
    if (analysis.mentions[i].entity < 0) continue;
    ++counts[static_cast<size_t>(analysis.mentions[i].entity)];
    first[static_cast<size_t>(analysis.mentions[i].entity)] = i;
  }
  std::vector<uint32_t> order;
  for (uint32_t entity = 0; entity < counts.size(); ++entity) {
    if (counts[entity] > 1) order.push_back(entity);
  }
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return counts[a] > counts[b]; });
  for (uint32_t& entity : order) entity = first[entity];
  return order;
}

class RuleExtractor : public RelationExtractor {
 public:
  RuleExtractor(RuleBook zh, RuleBook en, const Ontology& ontology)
      : zh_(std::move(zh)), en_(std::move(en)), ontology_(ontology) {}

  void ExtractRelations(TextAnalysis& analysis) const override;

 private:
  // `hits` are those of the sentence.
  void ReadSentence(const SentenceView& view, const std::vector<CueHit>& hits, std::vector<Draft>& drafts,
                    uint32_t& matches) const;
  void AddDrafts(const SentenceView& view, const Language& language, const std::vector<CueHit>& hits,
                 const RuleMatch& match, uint32_t number, std::vector<Draft>& drafts) const;
  void AddPlace(const SentenceView& view, const Language& language, const RuleMatch& match,
                TextStatement& statement) const;
  void AddQualifiers(const SentenceView& view, const Language& language, const RuleMatch& match,
                     TextStatement& statement) const;
  void AddTime(const SentenceView& view, const RuleMatch& match, TextStatement& statement) const;
  void AddTurnStatement(const SentenceView& view, const std::vector<CueHit>& hits, std::vector<Draft>& drafts) const;
  bool IsAllowed(const TextAnalysis& analysis, const TextStatement& statement) const;

  const Language& LanguageOf(const SentenceView& view) const {
    return view.sentence().script == Script::kLatin ? en_ : zh_;
  }

  Language zh_, en_;
  const Ontology& ontology_;
};

void AddQualifier(TextStatement& statement, std::string name, std::string text, std::string value, int32_t entity) {
  statement.qualifiers.push_back({std::move(name), std::move(text), std::move(value), {}});
  statement.qualifier_entities.push_back(entity);
}

bool HasQualifier(const TextStatement& statement, std::string_view name) {
  return std::any_of(statement.qualifiers.begin(), statement.qualifiers.end(),
                     [name](const Qualifier& qualifier) { return qualifier.name == name; });
}

void RuleExtractor::AddTime(const SentenceView& view, const RuleMatch& match, TextStatement& statement) const {
  if (statement.literal && statement.literal->type == "DATE") return;
  const Relation* relation = ontology_.Find(statement.predicate);
  const auto is_date = [](const TextMention& mention) { return mention.type == EntityType::kDate; };
  const TextMention* date = nullptr;
  for (const RoleFill& fill : match.fills) {
    if (fill.role == "time" && fill.mention >= 0) date = &view.mention(static_cast<uint32_t>(fill.mention));
  }
  // The date of a clause is not that of the titles it names.
  if (date == nullptr && !match.rule->fixed) {
    date = NearestMention(view, view.ClauseAround(match.cue.begin), match.cue, is_date);
    if (date == nullptr && relation != nullptr && relation->kind == "event") {
      date = NearestMention(view, {view.begin(), match.cue.begin}, match.cue, is_date);
    }
  }
  if (date == nullptr) return;
  const std::string value = date->value ? date->value->value : std::string();
  AddQualifier(statement, "time", view.analysis().text.Surface(date->range.begin, date->range.end), value, -1);
  ValidTime time = ValidTimeOf(value);
  statement.valid_from = std::move(time.from);
  statement.valid_to = std::move(time.to);
  statement.precision = time.precision;
}

// In, at: the place of an event, where its clause names one.
void RuleExtractor::AddPlace(const SentenceView& view, const Language& language, const RuleMatch& match,
                             TextStatement& statement) const {
  const Relation* relation = ontology_.Find(statement.predicate);
  if (relation == nullptr || relation->kind != "event" || match.rule->fixed || HasQualifier(statement, "place")) return;
  const Range clause = view.ClauseAround(match.cue.begin);
  for (const uint32_t index : view.mentions()) {
    const TextMention& mention = view.mention(index);
    const EntityType type = view.TypeOf(mention);
    if (type != EntityType::kGpe && type != EntityType::kLoc && type != EntityType::kFac) continue;
    if (mention.entity < 0 || mention.entity == statement.object || mention.entity == statement.subject) continue;
    if (!clause.Contains(mention.range) || !language.matcher.FollowsPlaceWord(view, mention.range.begin)) continue;
    AddQualifier(statement, "place", view.analysis().text.Surface(mention.range.begin, mention.range.end), "",
                 mention.entity);
    return;
  }
}

void RuleExtractor::AddQualifiers(const SentenceView& view, const Language& language, const RuleMatch& match,
                                  TextStatement& statement) const {
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
    if (money != nullptr) {
      AddQualifier(statement, "value", text.Surface(money->range.begin, money->range.end),
                   money->value ? money->value->value : std::string(), -1);
    }
  }
  AddTime(view, match, statement);
  AddPlace(view, language, match, statement);
}

void RuleExtractor::AddDrafts(const SentenceView& view, const Language& language, const std::vector<CueHit>& hits,
                              const RuleMatch& match, uint32_t number, std::vector<Draft>& drafts) const {
  const TextAnalysis& analysis = view.analysis();
  const RelationRule& rule = *match.rule;
  Range scope = view.ClauseAround(match.cue.begin);
  for (const RoleFill& fill : match.fills) {
    if (fill.role != "S" || fill.topic || fill.range.end > match.cue.begin) continue;
    if (view.WordsBetween(fill.range.end, match.cue.begin) <= kFarthestScope) {
      scope.begin = std::min(scope.begin, fill.range.begin);
    }
  }
  Factuality factuality = rule.factuality.value_or(Factuality::kAsserted);
  if (!rule.fixed) {
    const Factuality mood = MoodOf(view, language.matcher, language.moods, hits, scope, match.cue);
    // An attitude that is denied, asked or supposed is not held; a plan of a view is one.
    if (!rule.factuality || mood == Factuality::kDenied || mood == Factuality::kQuestion) factuality = mood;
  }
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
        if (mention.form == MentionForm::kPronoun) confidence *= kPronounWeight;
        if (mention.form == MentionForm::kNominal) confidence *= kNominalWeight;
        if (fill.topic) confidence *= kTopicWeight;
      };
      weigh(subject);
      weigh(object);
      confidence *= 1 - std::min(kMostGapLoss, kGapWordWeight * static_cast<float>(match.gap));
      statement.confidence = confidence;
      if (object.mention < 0 || !object.literal.empty()) {
        const Range words = object.literal == "STATEMENT" ? WithoutMarks(view, object.range) : object.range;
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
      statement.factuality = factuality;
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
      AddQualifiers(view, language, match, statement);
      if (rule.attitude || rule.speech) statement.speaker = agent.entity;
      draft.rule = &rule;
      draft.match = number;
      draft.place = match.cue;
      drafts.push_back(std::move(draft));
    }
  }
}

void RuleExtractor::ReadSentence(const SentenceView& view, const std::vector<CueHit>& hits, std::vector<Draft>& drafts,
                                 uint32_t& matches) const {
  if (hits.empty()) return;
  const Language& language = LanguageOf(view);
  for (const RuleMatch& match : language.matcher.Match(view, hits)) {
    AddDrafts(view, language, hits, match, matches++, drafts);
  }
}

// What a speaker says of somebody without a verb of saying: a sentence of a turn that
// names another entity and that no rule has read as a claim.
void RuleExtractor::AddTurnStatement(const SentenceView& view, const std::vector<CueHit>& hits,
                                     std::vector<Draft>& drafts) const {
  const TextAnalysis& analysis = view.analysis();
  if (view.sentence().turn < 0) return;
  const TextTurn& turn = analysis.turns[static_cast<size_t>(view.sentence().turn)];
  if (turn.speaker < 0 || !turn.speech.Contains(view.sentence().range)) return;
  for (const Draft& draft : drafts) {
    if (draft.statement.literal && draft.statement.literal->type == "STATEMENT") return;
  }
  const bool names_somebody = std::any_of(view.mentions().begin(), view.mentions().end(), [&](uint32_t index) {
    const TextMention& mention = view.mention(index);
    return mention.form == MentionForm::kName && mention.entity >= 0 && mention.entity != turn.speaker &&
           IsSpokenOf(view.TypeOf(mention));
  });
  if (!names_somebody) return;
  const Language& language = LanguageOf(view);
  if (IsQuestion(view, language.matcher, language.moods, hits)) return;
  Range claim = view.sentence().range;
  while (claim.end > claim.begin && IsStop(view.at(claim.end - 1))) --claim.end;
  if (view.WordsBetween(claim.begin, claim.end) < kShortestTurnClaim) return;
  Draft draft;
  TextStatement& statement = draft.statement;
  statement.subject = statement.speaker = turn.speaker;
  statement.predicate = "stated";
  statement.literal = Literal{"STATEMENT", analysis.text.Surface(claim.begin, claim.end), "", ""};
  statement.literal_range = claim;
  statement.evidence = view.sentence().range;
  statement.confidence = kTurnClaimConfidence;
  statement.rule = "turn/stated.1";
  statement.factuality = MoodOf(view, language.matcher, language.moods, hits, claim, {claim.end, claim.end});
  if (statement.factuality == Factuality::kDenied) statement.factuality = Factuality::kAsserted;
  draft.place = claim;
  drafts.push_back(std::move(draft));
}

bool RuleExtractor::IsAllowed(const TextAnalysis& analysis, const TextStatement& statement) const {
  if (statement.subject < 0) return false;
  if (!statement.literal && (statement.object < 0 || statement.object == statement.subject)) return false;
  const LocalEntity& subject = analysis.entities[static_cast<size_t>(statement.subject)];
  if (statement.literal) {
    return ontology_
        .Check(statement.predicate, subject.type, subject.subtype, EntityType::kUnknown, "", statement.literal->type)
        .ok();
  }
  const LocalEntity& object = analysis.entities[static_cast<size_t>(statement.object)];
  return ontology_.Check(statement.predicate, subject.type, subject.subtype, object.type, object.subtype, "").ok();
}

// What one sentence says twice it says once: the surest reading stays. A cue that a
// rule has read stands for no other subject or object of the same relation.
void Select(std::vector<Draft>& drafts) {
  std::stable_sort(drafts.begin(), drafts.end(),
                   [](const Draft& a, const Draft& b) { return a.statement.confidence > b.statement.confidence; });
  std::vector<Draft> kept;
  for (Draft& draft : drafts) {
    const TextStatement& one = draft.statement;
    const bool taken = std::any_of(kept.begin(), kept.end(), [&](const Draft& other_draft) {
      const TextStatement& other = other_draft.statement;
      if (one.predicate != other.predicate || !one.evidence.Overlaps(other.evidence)) return false;
      if (one.subject == other.subject && one.object == other.object && !one.literal && !other.literal) return true;
      if (one.subject == other.subject && one.literal && other.literal &&
          one.literal_range.Overlaps(other.literal_range)) {
        return true;
      }
      return draft.match != other_draft.match && !draft.rule->beside && !other_draft.rule->beside &&
             one.cue_range.Overlaps(other.cue_range);
    });
    if (!taken) kept.push_back(std::move(draft));
  }
  drafts = std::move(kept);
}

void RuleExtractor::ExtractRelations(TextAnalysis& analysis) const {
  analysis.statements.clear();
  const std::vector<std::vector<uint32_t>> by_sentence = MentionsBySentence(analysis);
  const std::vector<uint32_t> none;
  const std::vector<uint32_t> main = MainMentions(analysis);
  std::vector<SpeechRegion> reported;
  std::vector<Draft> all;
  uint32_t matches = 0;
  SentenceView view(analysis, main);
  std::vector<CueHit> hits;
  std::vector<Draft> drafts;
  for (uint32_t i = 0; i < analysis.sentences.size(); ++i) {
    const Sentence& sentence = analysis.sentences[i];
    const bool follows = i > 0 && analysis.sentences[i - 1].paragraph == sentence.paragraph &&
                         analysis.sentences[i - 1].turn == sentence.turn;
    view.LookAt(i, by_sentence[i], follows ? by_sentence[i - 1] : none);
    LanguageOf(view).matcher.FindCues(view, hits);
    drafts.clear();
    ReadSentence(view, hits, drafts, matches);
    drafts.erase(std::remove_if(drafts.begin(), drafts.end(),
                                [&](const Draft& draft) { return !IsAllowed(analysis, draft.statement); }),
                 drafts.end());
    Select(drafts);
    AddTurnStatement(view, hits, drafts);
    for (Draft& draft : drafts) {
      if (draft.rule != nullptr && draft.rule->speech && !draft.statement.literal_range.empty()) {
        reported.push_back(
            {draft.statement.literal_range, draft.statement.subject, draft.rule->factuality == Factuality::kOpinion});
      }
      all.push_back(std::move(draft));
    }
  }
  const Attribution attribution(analysis, std::move(reported));
  for (Draft& draft : all) {
    TextStatement& statement = draft.statement;
    const SpeechRegion* region = attribution.RegionAt(draft.place);
    if (region != nullptr && statement.speaker < 0) statement.speaker = region->speaker;
    if (region != nullptr && region->is_opinion && statement.factuality == Factuality::kAsserted &&
        (draft.rule == nullptr || !draft.rule->fixed)) {
      statement.factuality = Factuality::kOpinion;
    }
    analysis.statements.push_back(std::move(statement));
  }
  std::sort(analysis.statements.begin(), analysis.statements.end(), [](const TextStatement& a, const TextStatement& b) {
    const auto key = [](const TextStatement& s) {
      return std::tie(s.evidence, s.cue_range, s.predicate, s.subject, s.object, s.object_range, s.literal_range,
                      s.rule);
    };
    return key(a) < key(b);
  });
}

}  // namespace

absl::StatusOr<std::unique_ptr<const RelationExtractor>> RelationExtractor::Load(
    const std::filesystem::path& data_directory, const Ontology& ontology, const Lexicon&) {
  NEWSGRAPH_ASSIGN_OR_RETURN(RuleBook zh, LoadRuleBook(data_directory / "rules" / "zh", "zh", ontology));
  NEWSGRAPH_ASSIGN_OR_RETURN(RuleBook en, LoadRuleBook(data_directory / "rules" / "en", "en", ontology));
  return std::make_unique<const RuleExtractor>(std::move(zh), std::move(en), ontology);
}

}  // namespace newsgraph
