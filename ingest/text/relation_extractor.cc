#include "ingest/text/relation_extractor.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/status.h"
#include "ingest/text/attribution.h"
#include "ingest/text/claims.h"
#include "ingest/text/clause_topic.h"
#include "ingest/text/factuality.h"
#include "ingest/text/figures.h"
#include "ingest/text/language_rules.h"
#include "ingest/text/match_statements.h"
#include "ingest/text/relation_matcher.h"
#include "ingest/text/relation_rules.h"
#include "ingest/text/rule_examples.h"
#include "ingest/text/sentence_view.h"
#include "ingest/text/statement_dates.h"
#include "ingest/text/statement_drafts.h"
#include "ingest/text/topic_objects.h"
#include "ingest/text/word_tables.h"

namespace newsgraph {
namespace {

// Of claims, which no rule has read.
constexpr float kClaimConfidence = 0.65F;

// 2025-11-14
constexpr size_t kDayLength = 10;

// The last figure that had a date.
struct DatedFigure {
  int32_t subject = -1;
  uint32_t paragraph = 0;
  int32_t turn = -1;
  uint32_t sentence = 0;
  Qualifier time;
};

class RuleExtractor : public RelationExtractor {
 public:
  RuleExtractor(RuleBook zh, RuleBook en, const Ontology& ontology, Levers without)
      : zh_(std::move(zh), "zh"), en_(std::move(en), "en"), ontology_(ontology), without_(without) {}

  void ExtractRelations(TextAnalysis& analysis) const override;

 private:
  // `hits` are those of the sentence.
  void ReadSentence(const SentenceView& view, const std::vector<CueHit>& hits, const SentenceTopics& topics,
                    std::vector<Draft>& drafts, uint32_t& matches) const;
  // What rules read of each sentence: relations, and what tells that somebody speaks.
  void ReadRelations(TextAnalysis& analysis, std::vector<Draft>& relations, std::vector<Draft>& told) const;
  // What is claimed in speech beside `relations`, which are by sentence; adds to them.
  void ReadSpeech(const TextAnalysis& analysis, const Attribution& attribution, const std::vector<Draft>& told,
                  std::vector<Draft>& relations) const;
  Draft DraftOf(const SentenceView& view, const LanguageRules& language, const Claim& claim, const SpeechRegion& region,
                const Draft* told) const;
  // What amounts of the sentence measure that `drafts` have not read; adds to them.
  void AddFigures(const SentenceView& view, const std::vector<CueHit>& hits, FigureTopic& topic, DatedFigure& dated,
                  std::vector<Draft>& drafts) const;
  bool IsAllowed(const TextAnalysis& analysis, const TextStatement& statement) const;

  const LanguageRules& LanguageOf(const SentenceView& view) const {
    return view.sentence().script == Script::kLatin ? en_ : zh_;
  }

  LanguageRules zh_, en_;
  const Ontology& ontology_;
  const Levers without_;
};

void RuleExtractor::ReadSentence(const SentenceView& view, const std::vector<CueHit>& hits,
                                 const SentenceTopics& topics, std::vector<Draft>& drafts, uint32_t& matches) const {
  if (hits.empty()) return;
  const LanguageRules& language = LanguageOf(view);
  for (const RuleMatch& match : language.matcher.Match(view, hits, topics)) {
    AddStatementsOf(match, matches++, view, language, hits, ontology_, drafts);
  }
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

void RuleExtractor::AddFigures(const SentenceView& view, const std::vector<CueHit>& hits, FigureTopic& topic,
                               DatedFigure& dated, std::vector<Draft>& drafts) const {
  const LanguageRules& language = LanguageOf(view);
  const size_t read = drafts.size();
  const auto is_told = [&](const TextMention& date) {
    const Range clause = view.ClauseAround(date.range.begin);
    return std::any_of(drafts.begin(), drafts.begin() + static_cast<std::ptrdiff_t>(read), [&](const Draft& draft) {
      return !draft.rule->fixed && clause.Contains(draft.statement.cue_range);
    });
  };
  for (const Measurement& figure :
       ReadFigures(view, language.matcher, language.moods, language.figures, hits, TakenValues(view, drafts), topic)) {
    Draft draft;
    TextStatement& statement = draft.statement;
    const TextMention& subject = view.mention(figure.subject);
    const TextMention& value = view.mention(figure.value);
    statement.subject = subject.entity;
    statement.predicate = figure.predicate;
    if (view.sentence().range.Contains(subject.range)) statement.subject_range = subject.range;
    statement.literal = value.value;
    statement.literal_range = value.range;
    statement.factuality = figure.factuality;
    statement.cue_range = figure.measure;
    statement.evidence = view.sentence().range;
    statement.rule = fmt::format("{}.{}", language.figure_rule, figure.predicate);
    statement.confidence = figure.confidence;
    statement.confidence *= WeightOf(subject.form);
    if (!figure.gloss.empty()) AddQualifier(statement, "gloss", figure.gloss, "", -1);
    if (figure.ended) AddQualifier(statement, "gloss", "ended", "", -1);
    const TextMention* date = NearestDate(view, view.ClauseAround(value.range.begin), figure.measure);
    if (date == nullptr) {
      date = NearestMention(view, {view.begin(), value.range.begin}, figure.measure, IsDate);
      // What a rule has read of its clause has the date: not 星野2016年成立,員工90人.
      if (date != nullptr && !figure.of_before &&
          (!OpensClause(view, *date) ||
           (date->range.begin > view.ClauseAround(date->range.begin).begin && is_told(*date)))) {
        date = nullptr;
      }
    }
    if (date != nullptr) {
      AddTimeOf(view, *date, statement);
    } else if (dated.subject == subject.entity && dated.paragraph == view.sentence().paragraph &&
               dated.turn == view.sentence().turn && value.type != EntityType::kQuantity &&
               (dated.sentence == view.index() || dated.time.value.size() < kDayLength)) {
      // …,稅後純益5.2億元: of the quarter that the figures before are of; a day is that of its sentence alone.
      AddQualifier(statement, "time", dated.time.text, dated.time.value, -1);
      ValidTime time = ValidTimeOf(dated.time.value);
      statement.valid_from = std::move(time.from);
      statement.valid_to = std::move(time.to);
      statement.precision = time.precision;
    }
    if (!statement.qualifiers.empty() && statement.qualifiers.back().name == "time") {
      dated = {statement.subject, view.sentence().paragraph, view.sentence().turn, view.index(),
               statement.qualifiers.back()};
    }
    draft.place = value.range;
    if (IsAllowed(view.analysis(), statement)) drafts.push_back(std::move(draft));
  }
}

// Its subject may speak with the voice of its object.
bool SpeaksFor(const TextStatement& statement) {
  static constexpr std::string_view kRelations[] = {"ceo_of",  "chair_of",  "executive_of",
                                                    "founded", "works_for", "represents"};
  return statement.object >= 0 && statement.subject >= 0 && IsOneOf(statement.predicate, kRelations);
}

// Holt will stay on as chief executive: where the sentence names no employer, that of which the text has told before.
void PutKnownEmployers(const TextAnalysis& analysis, const std::vector<int32_t>& company_of,
                       std::vector<Draft>& drafts) {
  for (Draft& draft : drafts) {
    TextStatement& one = draft.statement;
    if (!SpeaksFor(one) || one.predicate == "founded" || !one.object_range.empty()) continue;
    const int32_t known = company_of[static_cast<size_t>(one.subject)];
    if (known < 0) continue;
    const int32_t employer = analysis.mentions[static_cast<size_t>(known)].entity;
    if (employer >= 0 && employer != one.subject) one.object = employer;
  }
}

void RuleExtractor::ReadRelations(TextAnalysis& analysis, std::vector<Draft>& relations,
                                  std::vector<Draft>& told) const {
  const std::vector<std::vector<uint32_t>> by_sentence = MentionsBySentence(analysis);
  const std::vector<uint32_t> none;
  const std::vector<uint32_t> main = MainMentions(analysis);
  uint32_t matches = 0;
  std::vector<uint32_t> main_here = main;
  SentenceView view(analysis, main_here);
  std::vector<CueHit> hits;
  std::vector<Draft> drafts;
  SentenceTopics topics;
  FigureTopic topic;
  DatedFigure dated;
  std::vector<int32_t> company_of(analysis.entities.size(), -1);  // a mention, once a sentence says so
  for (uint32_t i = 0; i < analysis.sentences.size(); ++i) {
    const Sentence& sentence = analysis.sentences[i];
    const bool follows = i > 0 && analysis.sentences[i - 1].paragraph == sentence.paragraph &&
                         analysis.sentences[i - 1].turn == sentence.turn;
    const bool is_latin = sentence.script == Script::kLatin;
    // 國發基金投了5億元: who speaks leaves out his own company.
    main_here = main;
    if (const int32_t company = CompanyOfTurn(analysis, sentence.turn, company_of); company >= 0) {
      main_here.insert(main_here.begin(), static_cast<uint32_t>(company));
    }
    view.LookAt(i, by_sentence[i], follows ? by_sentence[i - 1] : none);
    LanguageOf(view).matcher.FindCues(view, hits);
    topics.clauses.clear();
    if (!is_latin) topics.clauses = TopicsOf(view, zh_.matcher, hits);
    if (!follows) topics.before.clear();
    drafts.clear();
    ReadSentence(view, hits, topics, drafts, matches);
    // A sentence that names nobody goes on about the same.
    if (std::vector<uint32_t> now = SpokenOf(topics.clauses); !now.empty()) topics.before = std::move(now);
    drafts.erase(std::remove_if(drafts.begin(), drafts.end(),
                                [&](const Draft& draft) { return !IsAllowed(analysis, draft.statement); }),
                 drafts.end());
    PutKnownEmployers(analysis, company_of, drafts);
    Select(drafts);
    Yield(drafts);
    const int32_t speaker = sentence.turn < 0 ? -1 : analysis.turns[static_cast<size_t>(sentence.turn)].speaker;
    topic.company = speaker < 0 ? -1 : company_of[static_cast<size_t>(speaker)];
    // What an amount measures its own reader tells better; a rule tells it where that reader finds nothing.
    const std::vector<Draft> loose = TakeLooseFigures(drafts);
    if (!(without_ & kFiguresLever)) AddFigures(view, hits, topic, dated, drafts);
    PutUnreadFigures(loose, drafts);
    for (const Draft& draft : drafts) {
      const TextStatement& one = draft.statement;
      if (!SpeaksFor(one) || analysis.entities[static_cast<size_t>(one.object)].mentions.empty()) continue;
      int32_t& company = company_of[static_cast<size_t>(one.subject)];
      if (company < 0) company = static_cast<int32_t>(analysis.entities[static_cast<size_t>(one.object)].mentions[0]);
    }
    for (Draft& draft : drafts) {
      draft.sentence = i;
      const bool speaks = draft.rule != nullptr && draft.rule->speech && !draft.statement.literal_range.empty();
      (speaks ? told : relations).push_back(std::move(draft));
    }
  }
}

Draft RuleExtractor::DraftOf(const SentenceView& view, const LanguageRules& language, const Claim& claim,
                             const SpeechRegion& region, const Draft* told) const {
  const FoldedText& text = view.analysis().text;
  Draft draft;
  draft.is_claim = true;
  TextStatement& statement = draft.statement;
  statement.subject = claim.subject;
  statement.subject_range = claim.subject_range;
  statement.predicate = claim.predicate;
  statement.factuality = claim.factuality;
  statement.cue_range = claim.cue;
  statement.evidence = view.sentence().range;
  statement.confidence = kClaimConfidence;
  statement.rule = fmt::format("{}.{}", language.claim_rule, claim.predicate);
  statement.speaker = region.speaker;
  const Range words = WithoutMarks(view, claim.words);
  if (claim.object >= 0) {
    statement.object = claim.object;
    statement.object_range = claim.object_range;
    AddQualifier(statement, "gloss", text.Surface(words.begin, words.end), "", -1);
  } else if (const TextMention* amount = claim.predicate == "predicts" &&
                                                 claim.factuality != Factuality::kHypothetical &&
                                                 (told == nullptr || view.sentence().script != Script::kLatin ||
                                                  told->statement.predicate == claim.predicate)
                                             ? ForecastAmount(view, words)
                                             : nullptr) {
    statement.literal = amount->value;
    statement.literal_range = amount->range;
    AddQualifier(statement, "gloss", text.Surface(words.begin, words.end), "", -1);
  } else {
    statement.literal = Literal{"STATEMENT", text.Surface(words.begin, words.end), "", ""};
    statement.literal_range = words;
  }
  if (told != nullptr) {
    const TextStatement& by = told->statement;
    if (by.subject == claim.subject && statement.evidence.Contains(by.subject_range)) {
      statement.subject_range = by.subject_range;
    }
    // "said it would close": that it is told makes it as sure as what the verb stands for.
    if (claim.predicate == by.predicate || (view.sentence().script == Script::kLatin && claim.object < 0)) {
      statement.rule = by.rule;
      statement.confidence = by.confidence;
      if (statement.evidence.Contains(by.cue_range)) statement.cue_range = by.cue_range;
    }
  }
  const TextMention* date =
      NearestMention(view, claim.words, claim.cue.empty() ? Range{words.begin, words.begin} : claim.cue, IsDate);
  // 她昨日表示: when it was said.
  if (date == nullptr && told != nullptr && told->sentence == view.index() && claim.words.begin > view.begin()) {
    date = NearestMention(view, {view.begin(), claim.words.begin}, told->statement.cue_range, IsDate);
  }
  if (date != nullptr) AddTimeOf(view, *date, statement);
  draft.sentence = view.index();
  draft.place = claim.words;
  return draft;
}

// Views are their holders', and so are plans of people; those of organisations are facts about them.
bool IsOwnView(const TextAnalysis& analysis, const TextStatement& statement) {
  static constexpr std::string_view kViews[] = {"stated",  "predicts",  "describes", "praises",
                                                "opposes", "calls_for", "supports",  "criticizes"};
  if (statement.predicate == "plans") {
    return analysis.entities[static_cast<size_t>(statement.subject)].type == EntityType::kPerson;
  }
  return IsOneOf(statement.predicate, kViews);
}

// Behind a comma of English that "who", "which" or "a" follows.
bool StandsAside(const FoldedText& text, Range region, Range place) {
  static constexpr std::u32string_view kOpenings[] = {U" who ", U" which ", U" whose ", U" a ",
                                                      U" an ",  U" the ",   U" now ",   U" once "};
  uint32_t i = place.begin;
  while (i > region.begin && text[i - 1] != U',') --i;
  if (i <= region.begin) return false;
  const std::u32string_view rest = text.folded().substr(i, 8);
  return std::any_of(std::begin(kOpenings), std::end(kOpenings),
                     [rest](std::u32string_view opening) { return rest.starts_with(opening); });
}

// Who somebody is, what a thing is, where it is: what an article explains of those it quotes.
bool IsToldInPassing(const TextStatement& statement) {
  static constexpr std::string_view kRelations[] = {
      "located_in",   "headquartered_in", "holds_position", "national_of",     "in_industry",    "instance_of",
      "succeeded",    "also_known_as",    "former_name",    "represents",      "works_for",      "owns",
      "candidate_in", "operates",         "member_of",      "board_member_of", "party_member_of"};
  return IsOneOf(statement.predicate, kRelations);
}

// Where speech begins or ends, ascending.
std::vector<uint32_t> EdgesOf(const Attribution& attribution) {
  std::vector<uint32_t> edges;
  for (const SpeechRegion& region : attribution.regions()) {
    edges.push_back(region.range.begin);
    edges.push_back(region.range.end);
  }
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

// Of each local entity those whose voice it is: a person speaks for the company that he leads.
std::vector<std::vector<int32_t>> VoicesOf(const TextAnalysis& analysis, const std::vector<Draft>& relations) {
  std::vector<std::vector<int32_t>> own(analysis.entities.size());
  for (size_t e = 0; e < own.size(); ++e) own[e].push_back(static_cast<int32_t>(e));
  for (const Draft& draft : relations) {
    const TextStatement& one = draft.statement;
    if (SpeaksFor(one)) {
      own[static_cast<size_t>(one.subject)].push_back(one.object);
    }
  }
  for (std::vector<int32_t>& voices : own) std::sort(voices.begin(), voices.end());
  return own;
}

void RuleExtractor::ReadSpeech(const TextAnalysis& analysis, const Attribution& attribution,
                               const std::vector<Draft>& told, std::vector<Draft>& relations) const {
  const std::vector<uint32_t> edges = EdgesOf(attribution);
  const std::vector<std::vector<int32_t>> own = VoicesOf(analysis, relations);
  std::vector<bool> leads(analysis.entities.size(), false);
  for (const Draft& draft : relations) {
    // Who works for a bank sees nothing to what he forecasts.
    if (SpeaksFor(draft.statement) && draft.statement.predicate != "works_for") {
      leads[static_cast<size_t>(draft.statement.subject)] = true;
    }
  }
  const std::vector<std::vector<uint32_t>> by_sentence = MentionsBySentence(analysis);
  const std::vector<uint32_t> none;
  SentenceView view(analysis, none);
  std::vector<CueHit> hits;
  std::vector<Range> covered;
  const size_t read = relations.size();
  size_t next = 0;  // of relations
  for (uint32_t i = 0; i < analysis.sentences.size(); ++i) {
    covered.clear();
    for (; next < read && relations[next].sentence == i; ++next) {
      const Draft& draft = relations[next];
      if (draft.rule != nullptr && draft.rule->fixed) continue;
      covered.push_back(draft.statement.cue_range);
      if (!draft.statement.literal_range.empty()) covered.push_back(draft.statement.literal_range);
    }
    const Range sentence = analysis.sentences[i].range;
    bool is_looked_at = false;
    auto edge = std::upper_bound(edges.begin(), edges.end(), sentence.begin);
    for (uint32_t begin = sentence.begin; begin < sentence.end;) {
      const uint32_t end = edge == edges.end() ? sentence.end : std::min(*edge++, sentence.end);
      Range part{begin, end};
      begin = end;
      const SpeechRegion* region = attribution.RegionAt(part);
      if (region == nullptr || region->speaker < 0) continue;
      if (!is_looked_at) {
        view.LookAt(i, by_sentence[i], none);
        LanguageOf(view).matcher.FindCues(view, hits);
        is_looked_at = true;
      }
      part = WithoutEdgeMarks(view, part);
      const LanguageRules& language = LanguageOf(view);
      const Draft* by = region->told_by < 0 ? nullptr : &told[static_cast<size_t>(region->told_by)];
      const Speech speech{part,
                          region->speaker,
                          region->is_told,
                          region->is_opinion,
                          by != nullptr && by->rule->factuality == Factuality::kDenied,
                          IsQuoted(view, region->range),
                          by != nullptr && by->rule->announces,
                          by != nullptr && by->rule->factuality == Factuality::kPlanned,
                          leads[static_cast<size_t>(region->speaker)],
                          view.sentence().turn >= 0,
                          by == nullptr ? std::string_view() : by->statement.predicate};
      for (const Claim& claim : ReadClaims(view, language.matcher, language.moods, language.claims, hits, speech,
                                           own[static_cast<size_t>(region->speaker)], covered)) {
        Draft draft = DraftOf(view, language, claim, *region, by);
        if (IsAllowed(analysis, draft.statement)) relations.push_back(std::move(draft));
      }
    }
  }
}

void RuleExtractor::ExtractRelations(TextAnalysis& analysis) const {
  analysis.statements.clear();
  std::vector<Draft> all, told;
  ReadRelations(analysis, all, told);
  std::vector<SpeechRegion> reported;
  for (size_t i = 0; i < told.size(); ++i) {
    reported.push_back({told[i].statement.literal_range, told[i].statement.subject,
                        told[i].rule->factuality == Factuality::kOpinion, true, static_cast<int32_t>(i)});
  }
  const Attribution attribution(analysis, std::move(reported));
  if (!(without_ & kClaimsLever)) ReadSpeech(analysis, attribution, told, all);
  for (Draft& draft : all) {
    TextStatement& statement = draft.statement;
    const SpeechRegion* region = without_ & kAttributionLever ? nullptr : attribution.RegionAt(draft.place);
    const bool is_announced =
        region != nullptr && region->told_by >= 0 && told[static_cast<size_t>(region->told_by)].rule->announces;
    // X of Taipei, the chemist X; the fund, a charity she set up: what the article adds itself where it reports in its
    // own words.
    const bool is_reported =
        region != nullptr && region->told_by >= 0 && !IsOpeningQuote(analysis.text[region->range.begin]);
    const bool is_aside =
        is_reported && draft.rule != nullptr &&
        ((draft.rule->fixed && IsToldInPassing(statement)) || StandsAside(analysis.text, region->range, draft.place));
    const bool is_attitude = draft.rule != nullptr && draft.rule->attitude;
    // Who promises is who says so, whoever reports it.
    const bool is_promise = is_attitude && statement.predicate == "plans";
    if (region != nullptr && !draft.is_claim && region->speaker >= 0 && !is_announced && !is_aside && !is_promise) {
      statement.speaker = region->speaker;
    }
    // An attitude without a speaker is one that is only supposed.
    if (statement.speaker < 0 && IsOwnView(analysis, statement) && !is_attitude) statement.speaker = statement.subject;
    if (region != nullptr && region->is_opinion && statement.factuality == Factuality::kAsserted && !draft.is_claim &&
        (draft.rule == nullptr || !draft.rule->fixed)) {
      statement.factuality = Factuality::kOpinion;
    }
    if (without_ & kFactualityLever) statement.factuality = Factuality::kAsserted;
    analysis.statements.push_back(std::move(statement));
  }
  NameTopicObjects(ontology_, analysis);
  std::sort(analysis.statements.begin(), analysis.statements.end(), [](const TextStatement& a, const TextStatement& b) {
    const auto key = [](const TextStatement& s) {
      return std::tie(s.evidence, s.cue_range, s.predicate, s.subject, s.object, s.object_range, s.literal_range,
                      s.rule);
    };
    return key(a) < key(b);
  });
}

}  // namespace

absl::StatusOr<std::unique_ptr<const RelationExtractor>> RelationExtractor::Load(const RelationOptions& options,
                                                                                 const Ontology& ontology) {
  const auto own = [&options](const char* language) {
    std::error_code error;
    const std::filesystem::path folder = options.own_rules / language;
    return !options.own_rules.empty() && std::filesystem::is_directory(folder, error) ? folder
                                                                                      : std::filesystem::path();
  };
  if (!options.own_rules.empty() && own("zh").empty() && own("en").empty()) {
    return absl::NotFoundError(fmt::format("read rules: {} has no folder zh and no folder en; put .rules files there",
                                           options.own_rules.string()));
  }
  const std::filesystem::path rules = options.data_directory / "rules";
  for (const std::string& family : options.without_rules) {
    std::error_code error;
    const std::string file = family + ".rules";
    if (std::filesystem::exists(rules / "zh" / file, error) || std::filesystem::exists(rules / "en" / file, error)) {
      continue;
    }
    return absl::NotFoundError(fmt::format("leave out rules/{}: neither {} nor its sister en has a file {}; name one",
                                           family, (rules / "zh").string(), file));
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(RuleBook zh, LoadRuleBook(rules / "zh", "zh", ontology, own("zh"), options.without_rules));
  NEWSGRAPH_ASSIGN_OR_RETURN(RuleBook en, LoadRuleBook(rules / "en", "en", ontology, own("en"), options.without_rules));
  // Those of data_directory are held to their examples by its tests.
  std::vector<RelationRule> owned;
  for (const RuleBook* book : {&zh, &en}) {
    for (const RelationRule& rule : book->rules) {
      if (rule.place.starts_with("own/")) owned.push_back(rule);
    }
  }
  auto extractor = std::make_unique<const RuleExtractor>(std::move(zh), std::move(en), ontology, options.without);
  for (const RelationRule& rule : owned) NEWSGRAPH_RETURN_IF_ERROR(CheckExamples(rule, *extractor));
  return extractor;
}

}  // namespace newsgraph
