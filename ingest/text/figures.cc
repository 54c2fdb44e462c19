#include "ingest/text/figures.h"

#include <algorithm>
#include <optional>

#include "ingest/text/figure_reader.h"

namespace newsgraph {
namespace {

// Between a measure and its amount.
constexpr uint32_t kFarthestLeft = 12;
constexpr uint32_t kFarthestRight = 2;
constexpr uint32_t kFarthestEnglish = 2;
// Between an English verb, or a noun for what is counted, and the amount.
constexpr uint32_t kFarthestVerb = 3;
// Between a noun and the verb of which it tells what is counted.
constexpr uint32_t kNounWords = 4;
constexpr float kLeastConfidence = 0.5F;
constexpr float kMeasureSurety = 0.9F;
constexpr float kCountSurety = 0.8F;
constexpr float kAgeSurety = 0.95F;
constexpr float kSupposed = 0.7F;

// What the table of measures says of each kind, in the order of FigureKind.
struct KindOfFigure {
  std::string_view set;
  std::string_view predicate;  // where the amount is of `narrow`; else has_figure
  Types narrow;
  Types amounts;
  Types subjects;
};
constexpr KindOfFigure kKinds[kFigureKinds] = {
    {"figure_revenue", "has_revenue", kMoney, kMoney | kPercent, kOrg | kProduct},
    {"figure_profit", "has_net_income", kMoney, kMoney | kPercent, kOrg},
    {"figure_loss", "has_net_income", kMoney, kMoney | kPercent, kOrg},
    {"figure_worth", "has_market_value", kMoney, kMoney | kPercent, kOrg},
    {"figure_parameters", "has_parameter_count", kQuantity, kQuantity, kProduct},
    {"figure_population", "population", kQuantity, kQuantity, kPlace},
    {"figure_price", "price", kMoney, kMoney | kPercent, kProduct},
    {"figure_staff", "has_figure", 0, kQuantity, kOrg | kBuilding},
    {"figure_age", "has_figure", 0, kQuantity, kPerson},
    {"figure_person", "has_figure", 0, kMoney | kPercent | kQuantity, kPerson},
    {"figure_company", "has_figure", 0, kMoney | kPercent | kQuantity, kOrg | kProduct},
    {"figure_any", "has_figure", 0, kMoney | kPercent | kQuantity, kThing | kPlace | kMatter},
    {"figure_change", "has_figure", 0, kMoney | kPercent, kThing | kPlace | kMatter},
    {"figure_have", "has_figure", 0, kQuantity, kThing},
    {"figure_act", "has_figure", 0, kQuantity, kThing},
    {"figure_spend", "has_figure", 0, kMoney, kThing},
    {"figure_duration", "has_figure", 0, kQuantity, kThing | kMatter},
};
const KindOfFigure& RowOf(FigureKind kind) { return kKinds[static_cast<size_t>(kind)]; }

}  // namespace

// 45歲, or a bare 41 that the value finder took for an age.
bool FigureReader::IsAge(const TextMention& value) const {
  if (!value.value || value.value->unit != "year") return false;
  const std::u32string_view words = Words(value.range.begin, value.range.end);
  if (words.find(U'岁') != std::u32string_view::npos || words.find(U'歲') != std::u32string_view::npos) return true;
  if (!is_latin_) return false;
  return words.find(U"old") != std::u32string_view::npos || StartsWith(value.range.end, U" old") ||
         StartsWith(value.range.end, U"-year-old") ||
         std::all_of(words.begin(), words.end(), [](char32_t c) { return c >= U'0' && c <= U'9'; });
}

// 三個女兒 are somebody's.
bool FigureReader::CountsKin(const TextMention& value) const {
  static constexpr std::string_view kKin[] = {"child", "daughter", "son", "kid", "grandchild", "brother", "sister"};
  return value.value && std::find(std::begin(kKin), std::end(kKin), value.value->unit) != std::end(kKin);
}

bool FigureReader::IsTime(const TextMention& value) const {
  static constexpr std::string_view kTimes[] = {"year", "month", "week", "day", "hour", "minute", "second", "night"};
  return value.value && std::find(std::begin(kTimes), std::end(kTimes), value.value->unit) != std::end(kTimes);
}

// 260 of "260 employees in 12 offices": counts, and measures nothing else.
bool FigureReader::IsInValue(Range words) const {
  return std::any_of(view_.mentions().begin(), view_.mentions().end(), [&](uint32_t index) {
    return IsValueType(Mention(index).type) && Mention(index).range.Contains(words);
  });
}

// How far a word may stand before the amount: "has" is often no more than a part of another verb.
uint32_t FigureReader::FarthestEnglish(const CueHit& hit, FigureKind kind, const TextMention& value) const {
  const std::u32string_view word = Words(hit.range.begin, hit.range.end);
  if (word == U"has" || word == U"have" || word == U"had" || word == U"having") return 0;
  const uint32_t before = value.range.begin;
  const bool governed = Follows(before, cues_.than) && !Follows(before, cues_.level) && !Follows(before, cues_.before);
  // "employs people in 12 countries"
  if (value.type == EntityType::kQuantity) return governed ? 0 : kFarthestVerb;
  if (IsAct(kind)) return kFarthestVerb;
  return kFarthestLeft;
}

const CueHit* FigureReader::HitBehind(const TextMention& value, Range clause) const {
  for (const CueHit& hit : hits_) {
    if (hit.in_longer || !clause.Contains(hit.range) || hit.range.Overlaps(value.range)) continue;
    if (hit.range.begin < value.range.end) continue;
    const bool is_none = IsOf(hit, cues_.none);
    if (!is_none && !IsOfAnyKind(hit)) continue;
    if (view_.TouchesName(hit.range)) continue;
    if (IsOf(hit, cues_.share)) continue;
    const uint32_t from = value.range.end;
    const bool has_particle = StartsWith(from, U"的");
    const uint32_t distance = view_.WordsBetween(from + (has_particle ? 1 : 0), hit.range.begin);
    // "$3 billion in revenue", "a $3 billion valuation"
    const bool is_linked = is_latin_ && (StartsWith(from, U" in ") || StartsWith(from, U" of "));
    if (distance <= (is_linked ? kFarthestEnglish : has_particle ? kFarthestRight : 0)) return &hit;
  }
  return nullptr;
}

// The words left of the amount count before those right of it; a change is of the measure before it.
std::optional<FigureMeasure> FigureReader::WordsOf(const TextMention& value, Range clause) const {
  const auto kinds_of = [&](const CueHit& hit, const TextMention& amount) -> std::optional<FigureKind> {
    for (size_t k = 0; k < kFigureKinds; ++k) {
      const auto kind = static_cast<FigureKind>(k);
      if (IsOf(hit, kind) && HasType(kKinds[k].amounts, amount.type)) return kind;
    }
    return std::nullopt;
  };
  // 持股比例
  const auto is_none = [&](Range words) { return Follows(words.begin, cues_.none); };
  const auto between_is_free = [&](Range words) {
    // Another amount between belongs to the measure itself, unless this one is what it changed to.
    for (const uint32_t index : view_.mentions()) {
      const TextMention& other = Mention(index);
      if (!IsAmount(other.type) || other.range.begin < words.end || other.range.end > value.range.begin) continue;
      // "shares, down 22 percent since May, fell 5 percent"
      if (is_latin_ && view_.BreaksBetween(other.range.end, value.range.begin) > 0) continue;
      if (!Follows(value.range.begin, cues_.level) && !Follows(other.range.begin, cues_.before)) return false;
    }
    return true;
  };
  FigureMeasure measure;
  bool has_noun = false, has_change = false;
  for (size_t i = hits_.size(); i-- > 0;) {
    const CueHit& hit = hits_[i];
    if (hit.in_longer || !clause.Contains(hit.range) || hit.range.end > value.range.begin) continue;
    if (view_.TouchesName(hit.range) || IsInValue(hit.range)) continue;
    const uint32_t distance = view_.WordsBetween(hit.range.end, value.range.begin);
    if (distance > kFarthestLeft) break;
    // 這一輪融資後: says when.
    if (!is_latin_ && StartsWith(hit.range.end, U"后")) continue;
    if (IsOf(hit, cues_.none)) {
      if (!has_noun) return std::nullopt;
      break;
    }
    if (!has_change && IsOf(hit, FigureKind::kChange) && HasType(RowOf(FigureKind::kChange).amounts, value.type)) {
      if (!between_is_free(hit.range)) return std::nullopt;
      measure.change = hit.range;
      has_change = true;
      continue;
    }
    const std::optional<FigureKind> kind = kinds_of(hit, value);
    if (!kind || (is_latin_ && distance > FarthestEnglish(hit, *kind, value))) continue;
    // "Hoshino rose after Juno fell 4%"
    if (is_latin_ && has_change && *kind == FigureKind::kChange) break;
    if (!between_is_free(hit.range)) break;
    if (has_noun && IsAct(*kind)) break;
    // 員工裁掉三百人
    if (has_noun && (is_latin_ || view_.WordsBetween(hit.range.end, measure.words.begin) > kNounWords)) break;
    if (!IsAct(*kind) && is_none(hit.range)) return std::nullopt;
    measure.kind = *kind;
    measure.words = hit.range;
    has_noun = true;
    if (!IsAct(*kind)) break;
  }
  if (const CueHit* right = HitBehind(value, clause); right != nullptr && IsOf(*right, cues_.none)) return std::nullopt;
  // 45%市占率, 110億美元營收, 26 percent of the market.
  if (!has_noun || IsAct(measure.kind)) {
    const CueHit* right = HitBehind(value, clause);
    if (right != nullptr && !IsOf(*right, FigureKind::kChange)) {
      const std::optional<FigureKind> kind = kinds_of(*right, value);
      if (kind && !IsAct(*kind)) {
        measure.kind = *kind;
        measure.words = right->range;
        has_noun = true;
      }
    }
  }
  if (!has_noun && !has_change) return std::nullopt;
  // 占全年營收的13%: a share, no revenue.
  if (has_noun && !has_change && value.type == EntityType::kPercent && RowOf(measure.kind).narrow != 0) {
    const auto share = std::find_if(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
      return clause.Contains(hit.range) && hit.range.end <= value.range.begin && !hit.in_longer &&
             IsOf(hit, cues_.share);
    });
    if (share == hits_.end()) return std::nullopt;
    measure = {FigureKind::kOfAny, share->range, {}, {}, false};
  }
  // 金額12億元的計畫: of what follows, which is no mention.
  if (!is_latin_ && measure.words.begin < value.range.begin && (!has_noun || !IsAct(measure.kind)) &&
      StartsWith(value.range.end, U"的") &&
      std::none_of(view_.mentions().begin(), view_.mentions().end(), [&](uint32_t index) {
        return Mention(index).range.begin == value.range.end + 1 && !IsValueType(Mention(index).type);
      })) {
    return std::nullopt;
  }
  if (!has_noun) {
    // 把配額提高一成: of what nobody knows.
    if (std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
          return clause.Contains(hit.range) && hit.range.end <= measure.change.begin && !hit.in_longer &&
                 IsOf(hit, cues_.moved);
        })) {
      return std::nullopt;
    }
    measure.kind = FigureKind::kChange;
    measure.words = measure.change;
    // 股價開高走低,終場下跌1.8%
    for (size_t i = hits_.size(); i-- > 0 && !is_latin_ && measure.noun.empty();) {
      const CueHit& hit = hits_[i];
      if (hit.range.end > clause.begin || hit.in_longer || view_.TouchesName(hit.range)) continue;
      if (IsOf(hit, FigureKind::kRevenue) || IsOf(hit, FigureKind::kOfCompany) || IsOf(hit, FigureKind::kOfAny)) {
        measure.noun = hit.range;
      }
    }
  }
  return measure;
}

std::optional<FigureMeasure> FigureReader::MeasureOf(uint32_t index) const {
  const TextMention& value = Mention(index);
  // 八歲那年, 12歲以下
  if (IsAge(value) &&
      (StartsWith(value.range.end, U"那") || StartsWith(value.range.end, U"时") || StartsWith(value.range.end, U"以") ||
       StartsWith(value.range.end, U"起") || StartsWith(value.range.end, U"就"))) {
    return std::nullopt;
  }
  if (IsAge(value)) return FigureMeasure{FigureKind::kAge, value.range, {}, {}, false};
  if (value.value->unit == "parameter") return FigureMeasure{FigureKind::kParameters, value.range, {}, {}, false};
  Range clause = view_.ClauseAround(value.range.begin);
  // "its revenue, which came to $2 billion"
  if (is_latin_ && clause.begin > view_.begin() && StartsWith(view_.SkipSpaces(clause.begin, 1), U"which ")) {
    clause.begin = view_.ClauseAround(clause.begin - 2).begin;
  }
  if (is_latin_) clause.begin = BeforeAsides(clause.begin);
  std::optional<FigureMeasure> measure = WordsOf(value, clause);
  if (IsTime(value) != (measure && measure->kind == FigureKind::kDuration)) return std::nullopt;
  if (measure) return measure;
  // "38,000 customers and 170 staff": what the amount before measures is of this one too.
  if (is_latin_ && last_ && last_amount_ == value.type && value.type == EntityType::kQuantity && IsAct(last_->kind) &&
      last_end_ < value.range.begin) {
    const std::u32string_view between = Words(last_end_, value.range.begin);
    if (between == U" and " || between == U", " || between == U", and ") {
      measure = last_;
      measure->inherited = true;
      return measure;
    }
  }
  // "the 900-megawatt Skerry Bank"
  if (is_latin_ && value.type == EntityType::kQuantity && !IsTime(value) &&
      Words(value.range.begin, value.range.end).find(U'-') != std::u32string_view::npos) {
    for (const uint32_t next : view_.mentions()) {
      if (Mention(next).range.begin <= value.range.end) continue;
      if (view_.WordsBetween(value.range.end, Mention(next).range.begin) == 0 &&
          Mention(next).form == MentionForm::kName && Fits(Mention(next), kThing & ~kOrg)) {
        return FigureMeasure{FigureKind::kOfAny, value.range, {}, {}, false};
      }
      break;
    }
  }
  // 三星22%次之: what the amount before measured.
  if (last_ && last_amount_ == value.type && !is_latin_) {
    const Opening opening = OpeningOf(clause, value.range.begin);
    if (opening.mention >= 0 &&
        view_.WordsBetween(Mention(static_cast<uint32_t>(opening.mention)).range.end, value.range.begin) <=
            kSharedWords &&
        Fits(Mention(static_cast<uint32_t>(opening.mention)), RowOf(last_->kind).subjects)) {
      measure = last_;
      measure->inherited = true;
    }
  }
  return measure;
}

// Where the clause begins that goes on behind an aside: "Shares in Hoshino, the grocer, fell", "its margin, at 58%,".
uint32_t FigureReader::BeforeAsides(uint32_t begin) const {
  for (int asides = 0; asides < 2 && begin > view_.begin() + 2; ++asides) {
    const uint32_t first = view_.SkipSpaces(begin, 1);
    const bool goes_on = StartsWith(first, U"at ") || StartsWith(first, U"now ") || StartsWith(first, U"also ") ||
                         std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
                           return hit.range.begin == first && !hit.in_longer &&
                                  (IsOf(hit, FigureKind::kChange) || IsOf(hit, FigureKind::kHave));
                         });
    if (!goes_on || view_.at(begin - 1) != U',') break;
    const Range before = view_.ClauseAround(begin - 2);
    // The aside itself, and what it parts from its verb.
    begin = before.begin;
    if (begin > view_.begin() + 2 && view_.at(begin - 1) == U',' && !StartsWith(first, U"at ")) {
      begin = view_.ClauseAround(begin - 2).begin;
    }
  }
  return begin;
}

std::optional<Measurement> FigureReader::FigureOf(uint32_t index) {
  const TextMention& value = Mention(index);
  const std::optional<FigureMeasure> measure = MeasureOf(index);
  if (!measure) return std::nullopt;
  const Range around = view_.ClauseAround(value.range.begin);
  const bool is_supposed = std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
    return around.Contains(hit.range) && !hit.in_longer && IsOf(hit, moods_.condition) && !view_.TouchesName(hit.range);
  });
  if (is_supposed) return std::nullopt;
  const KindOfFigure& row = RowOf(measure->kind);
  const FigureMeasure place = measure->inherited ? FigureMeasure{measure->kind, value.range, {}, {}, true} : *measure;
  const Types subjects = CountsKin(value) ? kPerson : row.subjects;
  std::optional<FigureOwner> owner;
  if (!is_latin_) {
    owner = ChineseOwner(value, place, subjects);
  } else if (measure->inherited) {
    owner = last_owner_;
  } else if (measure->words == value.range && measure->kind == FigureKind::kOfAny) {
    owner = OwnerBehind(value.range.end, subjects, 0);
  } else {
    owner = EnglishOwner(value, place, subjects);
  }
  if (!owner) return std::nullopt;
  Measurement figure;
  figure.subject = owner->mention;
  figure.is_topic = owner->is_topic;
  figure.value = index;
  figure.measure = measure->kind == FigureKind::kAge || measure->inherited ? value.range : measure->words;
  const bool is_level = measure->change.empty() || Follows(value.range.begin, cues_.level);
  const bool is_narrow = HasType(row.narrow, value.type) && is_level;
  figure.predicate = is_narrow ? row.predicate : "has_figure";
  const FoldedText& text = view_.analysis().text;
  const auto word = [&](const char* latin, const char* hans, const char* hant) {
    return is_latin_ ? latin : view_.sentence().script == Script::kHans ? hans : hant;
  };
  if (measure->kind == FigureKind::kLoss && is_narrow) {
    figure.gloss = word("loss", "亏损", "虧損");
  } else if (measure->kind == FigureKind::kAge) {
    figure.gloss = word("age", "年龄", "年齡");
  } else if (!is_narrow) {
    figure.gloss = text.Surface(measure->words.begin, measure->words.end);
    if (!measure->noun.empty()) figure.gloss = text.Surface(measure->noun.begin, measure->noun.end) + figure.gloss;
    if (!measure->change.empty() && measure->change != measure->words) {
      figure.gloss += is_latin_ ? " " : "";
      figure.gloss += text.Surface(measure->change.begin, measure->change.end);
    }
  }
  figure.of_before = measure->kind == FigureKind::kChange && last_.has_value();
  figure.ended = Follows(value.range.begin, cues_.before);
  const Range clause = view_.ClauseAround(value.range.begin);
  figure.factuality = MoodOf(view_, matcher_, moods_, hits_, clause, value.range);
  const float measure_surety =
      measure->kind == FigureKind::kAge                                                                ? kAgeSurety
      : IsAct(measure->kind) || measure->inherited || (measure->kind == FigureKind::kChange && !last_) ? kCountSurety
                                                                                                       : kMeasureSurety;
  figure.confidence = measure_surety * owner->confidence;
  if (figure.factuality == Factuality::kHypothetical) figure.confidence *= kSupposed;
  if (figure.confidence < kLeastConfidence || figure.factuality == Factuality::kQuestion ||
      figure.factuality == Factuality::kDenied)
    return std::nullopt;
  last_ = measure;
  last_owner_ = owner;
  last_amount_ = value.type;
  last_end_ = value.range.end;
  return figure;
}

// What opens the last clause that names a company or a thing.
void FigureReader::UpdateTopic() {
  const Sentence& sentence = view_.sentence();
  const Types types = kOrg | kProduct | kPlace | kMatter | kPerson;
  const Opening opening = OpeningOf(view_.ClauseAround(view_.begin()), view_.end());
  int32_t mention = opening.is_unknown ? -1 : opening.mention;
  if (mention >= 0 && !Fits(Mention(static_cast<uint32_t>(mention)), types)) mention = -1;
  if (mention >= 0) topic_.mention = mention;
  if (topic_.turn != sentence.turn && mention < 0) topic_.mention = -1;
  topic_.paragraph = sentence.paragraph;
  topic_.turn = sentence.turn;
}

std::vector<Measurement> FigureReader::Read(const std::vector<Range>& taken) {
  std::vector<Measurement> figures;
  for (const uint32_t index : view_.mentions()) {
    const TextMention& value = Mention(index);
    if (!IsAmount(value.type) || !value.value || value.value->value.empty() || value.value->unit == "times") continue;
    if (std::any_of(taken.begin(), taken.end(), [&](Range range) { return range.Overlaps(value.range); })) continue;
    if (std::optional<Measurement> figure = FigureOf(index)) figures.push_back(std::move(*figure));
  }
  UpdateTopic();
  return figures;
}

FigureCues::FigureCues(const RuleBook& book)
    : none(book.FindSet("figure_none")),
      than(book.FindSet("figure_than")),
      level(book.FindSet("figure_level")),
      before(book.FindSet("figure_before")),
      period(book.FindSet("figure_period")),
      compared(book.FindSet("figure_compared")),
      moved(book.FindSet("figure_moved")),
      share(book.FindSet("figure_share")),
      adverb(book.FindSet("adverb")),
      coverb(book.FindSet("coverb")) {
  for (size_t k = 0; k < kFigureKinds; ++k) kinds[k] = book.FindSet(kKinds[k].set);
}

std::vector<Measurement> ReadFigures(const SentenceView& view, const RelationMatcher& matcher, const MoodCues& moods,
                                     const FigureCues& cues, const std::vector<CueHit>& hits,
                                     const std::vector<Range>& taken, FigureTopic& topic) {
  return FigureReader(view, matcher, moods, cues, hits, topic).Read(taken);
}

}  // namespace newsgraph
