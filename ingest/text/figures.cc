#include "ingest/text/figures.h"

#include <algorithm>
#include <initializer_list>
#include <optional>

namespace newsgraph {
namespace {

// Between a measure and its amount.
constexpr uint32_t kFarthestLeft = 12;
constexpr uint32_t kFarthestRight = 2;
constexpr uint32_t kFarthestEnglish = 2;
// Between an amount and whose it is: 坐擁十一間酒店的海瀾.
constexpr uint32_t kFarthestOwned = 8;
// Between an age and the name of who is so old: 19歲選手紀子揚, 45歲的前執行長林安.
constexpr uint32_t kAgedNoun = 3;
constexpr uint32_t kAgedTitle = 6;
// Between a mention and the noun that a relative clause of it describes.
constexpr uint32_t kHeadWords = 6;
// Words that open a clause and are no subject.
constexpr uint32_t kOpeningWords = 1;
// A clause that opens with no more (決議, 擺脫) may have left its subject out.
constexpr uint32_t kVerbOfTwo = 2;
// Between a name and its amount, where both share the measure of those before: 三星則有22%.
constexpr uint32_t kSharedWords = 2;
// Between a word of comparison and what it compares with: 比去年的N6.
constexpr uint32_t kComparedWords = 6;
// Between an English verb, or a noun for what is counted, and the amount.
constexpr uint32_t kFarthestVerb = 3;
// Between a noun and the verb of which it tells what is counted.
constexpr uint32_t kNounWords = 4;
// Between an English subject and its verb.
constexpr uint32_t kVerbWords = 2;

// What a document is about: so many entities that it names most often.
constexpr size_t kMainEntities = 3;

constexpr float kLeastConfidence = 0.5F;
constexpr float kMeasureSurety = 0.9F;
constexpr float kCountSurety = 0.8F;
constexpr float kAgeSurety = 0.95F;
constexpr float kTouching = 1.0F;
constexpr float kSameClause = 0.95F;
constexpr float kClauseBefore = 0.9F;
constexpr float kSentenceBefore = 0.8F;
constexpr float kMainOfAll = 0.7F;
constexpr float kUnsure = 0.6F;
constexpr float kSupposed = 0.7F;
constexpr float kUnknownOwner = 0.7F;
constexpr float kWordLoss = 0.01F;

using Types = uint32_t;
constexpr Types Of(std::initializer_list<EntityType> types) {
  Types bits = 0;
  for (const EntityType type : types) bits |= Types{1} << static_cast<int>(type);
  return bits;
}
constexpr Types kMoney = Of({EntityType::kMoney});
constexpr Types kPercent = Of({EntityType::kPercent});
constexpr Types kQuantity = Of({EntityType::kQuantity});
constexpr Types kOrg = Of({EntityType::kOrg});
constexpr Types kPerson = Of({EntityType::kPerson});
constexpr Types kProduct = Of({EntityType::kProduct, EntityType::kWork});
constexpr Types kPlace = Of({EntityType::kGpe, EntityType::kLoc});
constexpr Types kBuilding = Of({EntityType::kFac});
constexpr Types kThing = kOrg | kProduct | kBuilding;
constexpr Types kMatter = Of({EntityType::kEvent, EntityType::kLaw});

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
bool IsAct(FigureKind kind) {
  return kind == FigureKind::kHave || kind == FigureKind::kAct || kind == FigureKind::kSpend;
}

bool HasType(Types types, EntityType type) { return (types >> static_cast<int>(type) & 1) != 0; }
bool IsAmount(EntityType type) { return HasType(kMoney | kPercent | kQuantity, type); }

// What an amount measures.
struct Measure {
  FigureKind kind = FigureKind::kOfAny;
  Range words;
  Range change;  // 成長; empty for none
  Range noun;    // what changed, where a clause before says it; empty for none
  bool inherited = false;
};

struct Owner {
  uint32_t mention = 0;
  bool is_topic = false;
  float confidence = 0;
};

class Reader {
 public:
  Reader(const SentenceView& view, const RelationMatcher& matcher, const MoodCues& moods, const FigureCues& cues,
         const std::vector<CueHit>& hits, FigureTopic& topic)
      : view_(view),
        matcher_(matcher),
        moods_(moods),
        cues_(cues),
        hits_(hits),
        topic_(topic),
        is_latin_(view.sentence().script == Script::kLatin) {}

  std::vector<Figure> Read(const std::vector<Range>& taken);

 private:
  struct Opening {
    int32_t mention = -1;
    bool is_unknown = false;  // words that are no mention, and may be a subject
    bool is_aside = false;    // 由於…, 受惠於…: no clause of its own
  };

  const TextMention& Mention(uint32_t index) const { return view_.mention(index); }
  std::u32string_view Words(uint32_t begin, uint32_t end) const { return view_.analysis().text.folded(begin, end); }
  bool IsOf(const CueHit& hit, const CueSet* set) const { return matcher_.IsOf(hit, set); }
  bool IsOf(const CueHit& hit, FigureKind kind) const {
    return matcher_.IsOf(hit, cues_.kinds[static_cast<size_t>(kind)]);
  }
  bool IsOfAnyKind(const CueHit& hit) const {
    return std::any_of(cues_.kinds.begin(), cues_.kinds.end(), [&](const CueSet* set) { return IsOf(hit, set); });
  }
  // A word of the set ends at a position, spaces apart.
  bool Follows(uint32_t position, const CueSet* set) const {
    position = view_.SkipSpaces(position, -1);
    return std::any_of(hits_.begin(), hits_.end(),
                       [&](const CueHit& hit) { return hit.range.end == position && IsOf(hit, set); });
  }
  bool StartsWith(uint32_t position, std::u32string_view word) const {
    return Words(position, view_.end()).substr(0, word.size()) == word;
  }
  bool Fits(const TextMention& mention, Types types) const {
    return mention.entity >= 0 && HasType(types, view_.TypeOf(mention));
  }

  bool IsAge(const TextMention& value) const;
  bool IsTime(const TextMention& value) const;
  bool CountsKin(const TextMention& value) const;
  std::optional<Measure> MeasureOf(uint32_t value) const;
  std::optional<Measure> WordsOf(const TextMention& value, Range clause) const;
  bool IsInValue(Range words) const;
  uint32_t FarthestEnglish(const CueHit& hit, FigureKind kind, const TextMention& value) const;
  const CueHit* HitBehind(const TextMention& value, Range clause) const;
  std::optional<Owner> OwnerOf(const TextMention& value, const Measure& measure) const;
  std::optional<Owner> OwnerBehind(uint32_t position, Types types, uint32_t farthest) const;
  std::optional<Owner> ChineseOwner(const TextMention& value, const Measure& measure, Types types) const;
  std::optional<Owner> EnglishOwner(const TextMention& value, const Measure& measure, Types types) const;
  std::optional<Owner> OwnerBefore(uint32_t clause_begin, Types types, float confidence) const;
  std::optional<Owner> MainOwner(Types types, float confidence) const;
  bool IsMain(int32_t entity) const;
  bool NamesByReference(uint32_t begin, uint32_t end) const;
  uint32_t WordsBeside(uint32_t begin, uint32_t end) const;
  bool IsOfMany(uint32_t mention) const;
  bool EndsAsAside(Range clause) const;
  bool IsCompared(const TextMention& mention, uint32_t clause_begin, bool by) const;
  Opening OpeningOf(Range clause, uint32_t limit, uint32_t longest_verb = kVerbOfTwo) const;
  bool HasBefore(uint32_t index, Types types) const;
  uint32_t BeforeArticle(uint32_t position) const;
  std::optional<Figure> FigureOf(uint32_t value);
  void UpdateTopic();

  const SentenceView& view_;
  const RelationMatcher& matcher_;
  const MoodCues& moods_;
  const FigureCues& cues_;
  const std::vector<CueHit>& hits_;
  FigureTopic& topic_;
  const bool is_latin_;
  std::optional<Measure> last_;  // of the sentence
  std::optional<Owner> last_owner_;
  EntityType last_amount_ = EntityType::kUnknown;
};

// 45歲, or a bare 41 that the value finder took for an age.
bool Reader::IsAge(const TextMention& value) const {
  if (!value.value || value.value->unit != "year") return false;
  const std::u32string_view words = Words(value.range.begin, value.range.end);
  if (words.find(U'岁') != std::u32string_view::npos || words.find(U'歲') != std::u32string_view::npos) return true;
  if (!is_latin_) return false;
  return words.find(U"old") != std::u32string_view::npos || StartsWith(value.range.end, U" old") ||
         StartsWith(value.range.end, U"-year-old") ||
         std::all_of(words.begin(), words.end(), [](char32_t c) { return c >= U'0' && c <= U'9'; });
}

// 三個女兒 are somebody's.
bool Reader::CountsKin(const TextMention& value) const {
  static constexpr std::string_view kKin[] = {"child", "daughter", "son", "kid", "grandchild", "brother", "sister"};
  return value.value && std::find(std::begin(kKin), std::end(kKin), value.value->unit) != std::end(kKin);
}

bool Reader::IsTime(const TextMention& value) const {
  static constexpr std::string_view kTimes[] = {"year", "month", "week", "day", "hour", "minute", "second", "night"};
  return value.value && std::find(std::begin(kTimes), std::end(kTimes), value.value->unit) != std::end(kTimes);
}

// 260 of "260 employees in 12 offices": counts, and measures nothing else.
bool Reader::IsInValue(Range words) const {
  return std::any_of(view_.mentions().begin(), view_.mentions().end(), [&](uint32_t index) {
    return IsValueType(Mention(index).type) && Mention(index).range.Contains(words);
  });
}

// How far a word may stand before the amount: "has" is often no more than a part of another verb.
uint32_t Reader::FarthestEnglish(const CueHit& hit, FigureKind kind, const TextMention& value) const {
  const std::u32string_view word = Words(hit.range.begin, hit.range.end);
  if (word == U"has" || word == U"have" || word == U"had" || word == U"having") return 0;
  if (IsAct(kind)) return kFarthestVerb;
  const uint32_t before = value.range.begin;
  const bool governed = Follows(before, cues_.than) && !Follows(before, cues_.level) && !Follows(before, cues_.before);
  if (value.type == EntityType::kQuantity) return governed ? 0 : kFarthestVerb;
  return kFarthestLeft;
}

const CueHit* Reader::HitBehind(const TextMention& value, Range clause) const {
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
std::optional<Measure> Reader::WordsOf(const TextMention& value, Range clause) const {
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
      if (!Follows(value.range.begin, cues_.level) && !Follows(other.range.begin, cues_.before)) return false;
    }
    return true;
  };
  Measure measure;
  bool has_noun = false, has_change = false;
  for (size_t i = hits_.size(); i-- > 0;) {
    const CueHit& hit = hits_[i];
    if (hit.in_longer || !clause.Contains(hit.range) || hit.range.end > value.range.begin) continue;
    if (view_.TouchesName(hit.range) || IsInValue(hit.range)) continue;
    const uint32_t distance = view_.WordsBetween(hit.range.end, value.range.begin);
    if (distance > kFarthestLeft) break;
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

std::optional<Measure> Reader::MeasureOf(uint32_t index) const {
  const TextMention& value = Mention(index);
  // 八歲那年, 12歲以下
  if (IsAge(value) &&
      (StartsWith(value.range.end, U"那") || StartsWith(value.range.end, U"时") || StartsWith(value.range.end, U"以") ||
       StartsWith(value.range.end, U"起") || StartsWith(value.range.end, U"就"))) {
    return std::nullopt;
  }
  if (IsAge(value)) return Measure{FigureKind::kAge, value.range, {}, {}, false};
  if (value.value->unit == "parameter") return Measure{FigureKind::kParameters, value.range, {}, {}, false};
  Range clause = view_.ClauseAround(value.range.begin);
  // "its revenue, which came to $2 billion"
  if (is_latin_ && clause.begin > view_.begin() && StartsWith(view_.SkipSpaces(clause.begin, 1), U"which ")) {
    clause.begin = view_.ClauseAround(clause.begin - 2).begin;
  }
  std::optional<Measure> measure = WordsOf(value, clause);
  if (IsTime(value) != (measure && measure->kind == FigureKind::kDuration)) return std::nullopt;
  if (measure) return measure;
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

// What opens a clause: dates, adverbs and what stands before coverbs apart. Of 由A創立的B it is B.
Reader::Opening Reader::OpeningOf(Range clause, uint32_t limit, uint32_t longest_verb) const {
  Opening opening;
  uint32_t p = clause.begin;
  uint32_t unknown = 0;
  bool after_coverb = false;
  const auto mention_at = [&](uint32_t position) -> int32_t {
    for (const uint32_t index : view_.mentions()) {
      const TextMention& mention = Mention(index);
      if (mention.range.begin == position && mention.range.end <= std::min(clause.end, limit)) {
        return static_cast<int32_t>(index);
      }
    }
    return -1;
  };
  while (p < clause.end && p < limit) {
    if (IsSpaceMark(view_.at(p)) || IsOpeningQuote(view_.at(p)) || IsClosingQuote(view_.at(p))) {
      ++p;
      continue;
    }
    if (const int32_t index = mention_at(p); index >= 0) {
      const TextMention& mention = Mention(static_cast<uint32_t>(index));
      p = mention.range.end;
      if (IsValueType(mention.type)) continue;
      if (after_coverb && !StartsWith(p, U"的")) {
        after_coverb = false;
        continue;
      }
      opening.mention = index;
      // 在證交所掛牌的星野
      const bool is_head = mention.range.begin > clause.begin && view_.at(mention.range.begin - 1) == U'的';
      opening.is_unknown = !is_head && unknown > kOpeningWords;
      break;
    }
    const CueHit* hit = nullptr;
    for (const CueHit& one : hits_) {
      if (one.range.begin == p && one.range.end <= limit && !one.in_longer) {
        hit = &one;
        break;
      }
    }
    if (hit != nullptr) {
      if (IsOfAnyKind(*hit) || IsOf(*hit, cues_.none)) break;
      if (IsOf(*hit, cues_.compared) || IsOf(*hit, cues_.coverb) || IsOf(*hit, cues_.than) ||
          IsOf(*hit, cues_.before)) {
        after_coverb = true;
        opening.is_aside = opening.is_aside || unknown == 0;
      } else if (!IsOf(*hit, cues_.adverb) && !IsOf(*hit, cues_.period) && !IsOf(*hit, moods_.planned) &&
                 !IsOf(*hit, moods_.negation) && !IsOf(*hit, cues_.level)) {
        unknown += view_.WordsBetween(hit->range.begin, hit->range.end);
      }
      p = hit->range.end;
      continue;
    }
    unknown += view_.WordsBetween(p, p + 1);
    ++p;
  }
  if (opening.mention < 0) opening.is_unknown = unknown > longest_verb;
  // 由A創立的B, A旗下的B: the head of the relative clause.
  for (bool moved = true; moved && !is_latin_;) {
    moved = false;
    const uint32_t from =
        opening.mention >= 0 ? Mention(static_cast<uint32_t>(opening.mention)).range.end : clause.begin;
    for (const uint32_t index : view_.mentions()) {
      const TextMention& head = Mention(index);
      if (head.range.begin <= from || head.range.end > std::min(clause.end, limit) || head.entity < 0) continue;
      if (IsValueType(head.type)) continue;
      const std::u32string_view between = Words(from, head.range.begin);
      const size_t particle = between.rfind(U'的');
      if (particle == std::u32string_view::npos || particle < 1) continue;
      const auto place = from + static_cast<uint32_t>(particle);
      if (view_.WordsBetween(place, head.range.begin) > kHeadWords) continue;
      // 由A與當地的B興建
      if (std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
            if (hit.in_longer || hit.range.begin < from || hit.range.end > place) return false;
            return IsOf(hit, cues_.compared) ||
                   (hit.range.begin > clause.begin && (IsOf(hit, cues_.than) || IsOf(hit, cues_.coverb)));
          })) {
        continue;
      }
      opening.mention = static_cast<int32_t>(index);
      opening.is_unknown = false;
      moved = opening.mention >= 0;
      break;
    }
  }
  return opening;
}

// The first that fits behind a position, in the same clause.
std::optional<Owner> Reader::OwnerBehind(uint32_t position, Types types, uint32_t farthest) const {
  for (const uint32_t index : view_.mentions()) {
    const TextMention& mention = Mention(index);
    if (mention.range.begin < position) continue;
    if (view_.BreaksBetween(position, mention.range.begin) > 0) break;
    if (view_.WordsBetween(position, mention.range.begin) > farthest) break;
    if (IsValueType(mention.type)) break;
    if (Fits(mention, types)) return Owner{index, false, kSameClause};
  }
  return std::nullopt;
}

// Where the clause names nobody: the openings of the clauses before, the sentences before, what all is about.
std::optional<Owner> Reader::OwnerBefore(uint32_t clause_begin, Types types, float confidence) const {
  types &= ~kPlace;
  bool has_person = false;
  for (uint32_t end = clause_begin; end > view_.begin();) {
    uint32_t inside = end - 1;
    while (inside > view_.begin() && (view_.IsBreak(inside) || IsSpaceMark(view_.at(inside)))) --inside;
    const Range clause = view_.ClauseAround(inside);
    const Opening opening = OpeningOf(clause, clause.end);
    if (opening.mention >= 0) {
      const TextMention& mention = Mention(static_cast<uint32_t>(opening.mention));
      if (Fits(mention, types)) {
        if (IsOfMany(static_cast<uint32_t>(opening.mention))) return std::nullopt;
        const float unsure = opening.is_unknown ? kUnsure : 1;
        return Owner{static_cast<uint32_t>(opening.mention), true, confidence * kClauseBefore * unsure};
      }
      has_person = has_person || view_.TypeOf(mention) == EntityType::kPerson;
    }
    if (opening.is_unknown && !opening.is_aside && !EndsAsAside(clause)) confidence *= kUnsure;
    end = clause.begin;
  }
  if (view_.sentence().turn < 0 && !has_person && topic_.mention >= 0) {
    const TextMention& mention = Mention(static_cast<uint32_t>(topic_.mention));
    const bool near = topic_.paragraph == view_.sentence().paragraph;
    if (Fits(mention, types) && IsMain(mention.entity)) {
      return Owner{static_cast<uint32_t>(topic_.mention), true, confidence * (near ? kSentenceBefore : kMainOfAll)};
    }
  }
  return MainOwner(types, confidence * kMainOfAll);
}

// What the document is about, where it is one.
std::optional<Owner> Reader::MainOwner(Types types, float confidence) const {
  for (const uint32_t index : view_.main()) {
    // Named before; what the sentence itself names later is another.
    if (Fits(Mention(index), types) && Mention(index).range.end <= view_.begin()) return Owner{index, true, confidence};
  }
  return std::nullopt;
}

bool Reader::IsMain(int32_t entity) const {
  const size_t first = std::min<size_t>(view_.main().size(), kMainEntities);
  return std::any_of(view_.main().begin(), view_.main().begin() + static_cast<std::ptrdiff_t>(first),
                     [&](uint32_t index) { return Mention(index).entity == entity; });
}

bool Reader::NamesByReference(uint32_t begin, uint32_t end) const {
  static constexpr std::u32string_view kOthers = U"他余实它";
  const std::u32string_view words = Words(begin, end);
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == U'其' && (i + 1 == words.size() || kOthers.find(words[i + 1]) == std::u32string_view::npos))
      return true;
    if ((words[i] == U'前' || words[i] == U'后') && i + 1 < words.size() && words[i + 1] == U'者') return true;
  }
  return false;
}

// Words between two places, dates apart.
uint32_t Reader::WordsBeside(uint32_t begin, uint32_t end) const {
  uint32_t words = view_.WordsBetween(begin, end);
  for (const uint32_t index : view_.mentions()) {
    const Range date = Mention(index).range;
    if (Mention(index).type == EntityType::kDate && begin <= date.begin && date.end <= end) {
      words -= view_.WordsBetween(date.begin, date.end);
    }
  }
  return words;
}

// A、B和C合計
bool Reader::IsOfMany(uint32_t mention) const {
  return view_.ListFrom(mention, 1).size() > 1 || view_.ListFrom(mention, -1).size() > 1;
}

// 消息傳出後: says when, not of whom.
bool Reader::EndsAsAside(Range clause) const {
  static constexpr char32_t kEnds[] = {U'后', U'时', U'前', U'下', U'中', U'来', U'外'};
  for (const uint32_t index : view_.mentions()) {
    const TextMention& mention = Mention(index);
    if (mention.range.end == clause.end && (mention.type == EntityType::kDate || IsTime(mention))) return true;
  }
  return !clause.empty() && std::find(std::begin(kEnds), std::end(kEnds), view_.at(clause.end - 1)) != std::end(kEnds);
}

// 比去年的N6
bool Reader::IsCompared(const TextMention& mention, uint32_t clause_begin, bool by) const {
  // 由星野以41%居首
  if (by && mention.range.begin > clause_begin && view_.at(mention.range.begin - 1) == U'由') return false;
  if (Follows(mention.range.begin, cues_.than) || Follows(mention.range.begin, cues_.coverb)) return true;
  return std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
    if (hit.range.begin < clause_begin || hit.range.end > mention.range.begin || hit.in_longer) return false;
    if (!IsOf(hit, cues_.compared)) return false;
    // Not 較小的N6.
    const uint32_t words = WordsBeside(hit.range.end, mention.range.begin);
    const std::u32string_view between = Words(hit.range.end, mention.range.begin);
    return words <= kComparedWords && (words <= 1 || between.find(U'代') != std::u32string_view::npos);
  });
}

std::optional<Owner> Reader::ChineseOwner(const TextMention& value, const Measure& measure, Types types) const {
  const bool is_age = measure.kind == FigureKind::kAge;
  const uint32_t behind = std::max(value.range.end, measure.words.end);
  const Range clause = view_.ClauseAround(value.range.begin);
  const uint32_t anchor = std::min(value.range.begin, measure.words.begin);
  if (is_age) {
    // 45歲的她, 19歲選手紀子揚; not 15歲的時候.
    const bool has_particle = StartsWith(value.range.end, U"的");
    const bool is_time = StartsWith(value.range.end, U"的时");
    if (!is_time) {
      if (const auto owner = OwnerBehind(value.range.end, types, has_particle ? kAgedTitle : kAgedNoun)) return owner;
      if (has_particle) return std::nullopt;
    }
    // 比她小八歲, 年長四歲
    static constexpr std::u32string_view kDifferences = U"小大长幼差";
    if (value.range.begin > clause.begin &&
        kDifferences.find(view_.at(value.range.begin - 1)) != std::u32string_view::npos) {
      return std::nullopt;
    }
  }
  // The nearest before it in the clause that is compared with nothing.
  std::optional<Owner> left;
  for (size_t k = view_.mentions().size(); k-- > 0;) {
    const uint32_t index = view_.mentions()[k];
    const TextMention& mention = Mention(index);
    if (mention.range.end > anchor || mention.range.begin < clause.begin) continue;
    if (!Fits(mention, types) || IsCompared(mention, clause.begin, measure.words.begin >= value.range.end)) continue;
    const uint32_t words = WordsBeside(mention.range.end, anchor);
    if (is_age && words > kFarthestOwned) break;
    // 上海的研發中心裁員: a place is measured where its name touches the measure.
    if (HasType(kPlace, view_.TypeOf(mention)) && words > 1) continue;
    if (IsOfMany(index)) return std::nullopt;
    const float surety = words <= 1 ? kTouching : kSameClause - kWordLoss * static_cast<float>(words);
    left = Owner{index, false, surety};
    break;
  }
  // 坐擁十一間酒店的海瀾
  if (!left && !is_age) {
    const std::u32string_view after = Words(behind, clause.end);
    const size_t particle = after.find(U'的');
    if (particle != std::u32string_view::npos && particle <= kFarthestOwned) {
      const auto from = behind + static_cast<uint32_t>(particle) + 1;
      if (const std::optional<Owner> owner = OwnerBehind(from, types, 1)) return owner;
    }
  }
  // 全面要約的作價: whose it is has a name that nobody knows.
  float unsure = 1;
  if (measure.words.begin > clause.begin && view_.at(measure.words.begin - 1) == U'的') {
    const uint32_t particle = measure.words.begin - 1;
    const bool is_known = std::any_of(view_.mentions().begin(), view_.mentions().end(),
                                      [&](uint32_t index) { return Mention(index).range.end == particle; });
    if (!is_known && !Follows(particle, cues_.period)) unsure = kUnknownOwner;
  }
  if (left) {
    left->confidence *= unsure;
    return left;
  }
  // 我們的估值: the speaker's company, which only the roles of persons tell.
  if (view_.sentence().turn >= 0 && !is_age) return std::nullopt;
  // 其營收, 前者: of somebody that is not resolved.
  if (NamesByReference(clause.begin, value.range.begin)) return std::nullopt;
  // 政府花了: a noun before a verb; 決議利率: a verb before a noun.
  const bool is_verb = IsAct(measure.kind) || measure.kind == FigureKind::kChange || measure.kind == FigureKind::kLoss;
  const Opening opening = OpeningOf(clause, anchor, is_verb ? 0 : kVerbOfTwo);
  if (opening.is_unknown) unsure *= kUnsure;
  if (is_verb && opening.mention >= 0 && !is_age) {
    // 新加坡有十家醫院
    const auto index = static_cast<uint32_t>(opening.mention);
    if (measure.kind == FigureKind::kHave && Fits(Mention(index), kPlace) &&
        WordsBeside(Mention(index).range.end, anchor) <= kOpeningWords) {
      return Owner{index, false, kSameClause};
    }
    return std::nullopt;
  }
  // 有一萬人到場: is there, whoever the sentence is about.
  if (Words(measure.words.begin, measure.words.end) == U"有") return std::nullopt;
  if (last_owner_ && !opening.is_unknown && opening.mention < 0 && Fits(Mention(last_owner_->mention), types)) {
    return Owner{last_owner_->mention, true, last_owner_->confidence * kClauseBefore * unsure};
  }
  // What a bare change is of stands before it.
  if (measure.kind == FigureKind::kChange && !last_ && measure.noun.empty()) unsure *= kUnsure;
  return OwnerBefore(clause.begin, types, unsure);
}

std::optional<Owner> Reader::EnglishOwner(const TextMention& value, const Measure& measure, Types types) const {
  const bool is_age = measure.kind == FigureKind::kAge;
  if (is_age) {
    // "at age 21", "when he was ten": of another day.
    const Range clause = view_.ClauseAround(value.range.begin);
    const std::u32string_view before = Words(clause.begin, value.range.begin);
    if (before.find(U"when ") != std::u32string_view::npos || before.find(U"at age") != std::u32string_view::npos ||
        before.find(U"at the age") != std::u32string_view::npos || before.find(U" was ") != std::u32string_view::npos ||
        before.find(U" were ") != std::u32string_view::npos) {
      return std::nullopt;
    }
    // "Lindqvist, 52,", "the 52-year-old Lindqvist".
    if (const auto behind = OwnerBehind(value.range.end, types, 4);
        behind && Words(value.range.begin, value.range.end + 9).find(U"old") != std::u32string_view::npos) {
      return behind;
    }
    for (size_t k = view_.mentions().size(); k-- > 0;) {
      const TextMention& mention = Mention(view_.mentions()[k]);
      if (mention.range.end > value.range.begin) continue;
      if (!Fits(mention, types)) continue;
      const uint32_t words = view_.WordsBetween(mention.range.end, value.range.begin);
      if (words > 4) return std::nullopt;
      return Owner{view_.mentions()[k], false, kTouching};
    }
    return std::nullopt;
  }
  const uint32_t anchor = std::min(value.range.begin, measure.words.begin);
  // "Shares in Hoshino fell", "employees at Hoshino".
  for (const uint32_t index : view_.mentions()) {
    const TextMention& mention = Mention(index);
    if (mention.range.begin < measure.words.end || !Fits(mention, types)) continue;
    const uint32_t words = view_.WordsBetween(measure.words.end, mention.range.begin);
    if (words > 2) break;
    const std::u32string_view between = Words(measure.words.end, mention.range.begin);
    for (const std::u32string_view word : {U" in ", U" of ", U" at ", U" for "}) {
      if (between.substr(0, word.size()) == word) return Owner{index, false, kTouching};
    }
    // "values us at €2 billion"
    if (between == U" " && measure.kind == FigureKind::kWorth && mention.range.end <= value.range.begin)
      return Owner{index, false, kSameClause};
  }
  const std::u32string_view measured = Words(measure.words.begin, measure.words.end);
  if (measure.kind == FigureKind::kWorth && (measured == U"values" || measured == U"valuing" || measured == U"value")) {
    return std::nullopt;
  }
  static constexpr std::u32string_view kPastTenses[] = {U"lost", U"loses", U"earned", U"earns"};
  const bool is_verb = IsAct(measure.kind) || measure.words == measure.change ||
                       std::find(std::begin(kPastTenses), std::end(kPastTenses), measured) != std::end(kPastTenses);
  const auto owns = [&](const TextMention& mention, uint32_t words) {
    return words <= 4 && StartsWith(mention.range.end, U"'s") && view_.BreaksBetween(mention.range.end, anchor) == 0;
  };
  // "certified for shipping": of what a preposition governs nobody is the subject.
  if (is_verb && Follows(anchor, cues_.than)) return std::nullopt;
  int32_t opening = -1;
  for (size_t k = view_.mentions().size(); k-- > 0;) {
    const uint32_t index = view_.mentions()[k];
    const TextMention& mention = Mention(index);
    if (mention.range.end > anchor || mention.entity < 0) continue;
    const uint32_t words = view_.WordsBetween(mention.range.end, anchor);
    const bool fits = Fits(mention, types);
    const std::u32string_view surface = Words(mention.range.begin, mention.range.end);
    static constexpr std::u32string_view kPossessive[] = {U"its", U"his", U"their", U"our", U"my"};
    const bool is_possessive =
        std::find(std::begin(kPossessive), std::end(kPossessive), surface) != std::end(kPossessive);
    const bool beside = words <= kVerbWords && view_.BreaksBetween(mention.range.end, anchor) == 0;
    if (!is_verb && (owns(mention, words) || (is_possessive && beside))) {
      if (!fits) return std::nullopt;
      return Owner{index, false, kTouching};
    }
    if (is_possessive || StartsWith(mention.range.end, U"'s") || IsOfMany(index)) continue;
    const uint32_t before = BeforeArticle(mention.range.begin);
    const bool opens = before <= view_.begin() || Follows(before, cues_.period) ||
                       (view_.IsBreak(before - 1) && !HasBefore(index, types));
    const bool governed = Follows(before, cues_.than) || Follows(before, cues_.coverb);
    if (fits && !governed && is_verb && words <= kVerbWords && view_.BreaksBetween(mention.range.end, anchor) == 0) {
      return Owner{index, false, kTouching};
    }
    if (fits && opens && view_.BreaksBetween(mention.range.end, anchor) <= 2) {
      opening = static_cast<int32_t>(index);
      const uint32_t breaks = view_.BreaksBetween(mention.range.end, anchor);
      if (!is_verb && breaks == 0) return Owner{index, false, kSameClause - kWordLoss * static_cast<float>(words)};
    }
  }
  if (opening < 0) {
    // "The shares jumped", "The company's revenue"
    const Range clause = view_.ClauseAround(anchor);
    const bool is_free = std::none_of(view_.mentions().begin(), view_.mentions().end(), [&](uint32_t index) {
      return Mention(index).entity >= 0 && Mention(index).range.end <= anchor;
    });
    if (is_verb || !is_free || clause.begin > view_.begin() || view_.sentence().turn >= 0 ||
        view_.WordsBetween(view_.begin(), anchor) > kSharedWords * 2) {
      return std::nullopt;
    }
    return OwnerBefore(view_.begin(), types, 1);
  }
  // "Hoshino, founded in 2016, employs": the verb begins what follows the aside.
  uint32_t space = view_.SkipSpaces(anchor, -1);
  for (const std::u32string_view word : {U"is", U"are", U"was", U"has", U"now", U"also", U"reported", U"currently"}) {
    const auto size = static_cast<uint32_t>(word.size());
    if (space > view_.begin() + size && Words(space - size, space) == word) space = view_.SkipSpaces(space - size, -1);
  }
  const bool begins = space > view_.begin() && (view_.IsBreak(space - 1) || Follows(space, cues_.period));
  if (begins || !is_verb) return Owner{static_cast<uint32_t>(opening), false, kClauseBefore};
  return std::nullopt;
}

// Some mention before it in the sentence fits, "its" apart: what stands behind a comma then opens no clause.
bool Reader::HasBefore(uint32_t index, Types types) const {
  return std::any_of(view_.mentions().begin(), view_.mentions().end(), [&](uint32_t other) {
    const TextMention& mention = Mention(other);
    return mention.range.end <= Mention(index).range.begin && mention.form != MentionForm::kPronoun &&
           Fits(mention, types);
  });
}

// Before "the" of "the company".
uint32_t Reader::BeforeArticle(uint32_t position) const {
  const uint32_t before = view_.SkipSpaces(position, -1);
  return before >= view_.begin() + 3 && Words(before - 3, before) == U"the" ? view_.SkipSpaces(before - 3, -1) : before;
}

std::optional<Figure> Reader::FigureOf(uint32_t index) {
  const TextMention& value = Mention(index);
  const std::optional<Measure> measure = MeasureOf(index);
  if (!measure) return std::nullopt;
  const Range around = view_.ClauseAround(value.range.begin);
  const bool is_supposed = std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
    return around.Contains(hit.range) && !hit.in_longer && IsOf(hit, moods_.condition);
  });
  if (is_supposed) return std::nullopt;
  const KindOfFigure& row = RowOf(measure->kind);
  const Measure place = measure->inherited ? Measure{measure->kind, value.range, {}, {}, true} : *measure;
  const Types subjects = CountsKin(value) ? kPerson : row.subjects;
  const std::optional<Owner> owner =
      is_latin_ ? EnglishOwner(value, place, subjects) : ChineseOwner(value, place, subjects);
  if (!owner) return std::nullopt;
  Figure figure;
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
  const float measure_surety = measure->kind == FigureKind::kAge ? kAgeSurety
                               : IsAct(measure->kind) || measure->kind == FigureKind::kChange || measure->inherited
                                   ? kCountSurety
                                   : kMeasureSurety;
  figure.confidence = measure_surety * owner->confidence;
  if (figure.factuality == Factuality::kHypothetical) figure.confidence *= kSupposed;
  if (figure.confidence < kLeastConfidence || figure.factuality == Factuality::kQuestion ||
      figure.factuality == Factuality::kDenied)
    return std::nullopt;
  last_ = measure;
  last_owner_ = owner;
  last_amount_ = value.type;
  return figure;
}

// What opens the last clause that names a company or a thing.
void Reader::UpdateTopic() {
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

std::vector<Figure> Reader::Read(const std::vector<Range>& taken) {
  std::vector<Figure> figures;
  for (const uint32_t index : view_.mentions()) {
    const TextMention& value = Mention(index);
    if (!IsAmount(value.type) || !value.value || value.value->value.empty() || value.value->unit == "times") continue;
    if (std::any_of(taken.begin(), taken.end(), [&](Range range) { return range.Overlaps(value.range); })) continue;
    if (std::optional<Figure> figure = FigureOf(index)) figures.push_back(std::move(*figure));
  }
  UpdateTopic();
  return figures;
}

}  // namespace

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

std::vector<Figure> ReadFigures(const SentenceView& view, const RelationMatcher& matcher, const MoodCues& moods,
                                const FigureCues& cues, const std::vector<CueHit>& hits,
                                const std::vector<Range>& taken, FigureTopic& topic) {
  return Reader(view, matcher, moods, cues, hits, topic).Read(taken);
}

}  // namespace newsgraph
