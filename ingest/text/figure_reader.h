// How figures.cc finds what an amount measures, and figure_owners.cc of whom.
#ifndef NEWSGRAPH_INGEST_TEXT_FIGURE_READER_H_
#define NEWSGRAPH_INGEST_TEXT_FIGURE_READER_H_

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "ingest/text/figures.h"

namespace newsgraph {

// A clause that opens with no more (決議, 擺脫) may have left its subject out.
inline constexpr uint32_t kVerbOfTwo = 2;
// Between a name and its amount, where both share the measure of those before: 三星則有22%.
inline constexpr uint32_t kSharedWords = 2;

// Entity types as bits.
using Types = uint32_t;
constexpr Types Of(std::initializer_list<EntityType> types) {
  Types bits = 0;
  for (const EntityType type : types) bits |= Types{1} << static_cast<int>(type);
  return bits;
}
inline constexpr Types kMoney = Of({EntityType::kMoney});
inline constexpr Types kPercent = Of({EntityType::kPercent});
inline constexpr Types kQuantity = Of({EntityType::kQuantity});
inline constexpr Types kOrg = Of({EntityType::kOrg});
inline constexpr Types kPerson = Of({EntityType::kPerson});
inline constexpr Types kProduct = Of({EntityType::kProduct, EntityType::kWork});
inline constexpr Types kPlace = Of({EntityType::kGpe, EntityType::kLoc});
inline constexpr Types kBuilding = Of({EntityType::kFac});
inline constexpr Types kThing = kOrg | kProduct | kBuilding;
inline constexpr Types kMatter = Of({EntityType::kEvent, EntityType::kLaw});

inline bool IsAct(FigureKind kind) {
  return kind == FigureKind::kHave || kind == FigureKind::kAct || kind == FigureKind::kSpend;
}

inline bool HasType(Types types, EntityType type) { return (types >> static_cast<int>(type) & 1) != 0; }
inline bool IsAmount(EntityType type) { return HasType(kMoney | kPercent | kQuantity, type); }

// What an amount measures.
struct FigureMeasure {
  FigureKind kind = FigureKind::kOfAny;
  Range words;
  Range change;  // 成長; empty for none
  Range noun;    // what changed, where a clause before says it; empty for none
  bool inherited = false;
};

struct FigureOwner {
  uint32_t mention = 0;
  bool is_topic = false;
  float confidence = 0;
};

// One sentence while its figures are read.
class FigureReader {
 public:
  FigureReader(const SentenceView& view, const RelationMatcher& matcher, const MoodCues& moods, const FigureCues& cues,
               const std::vector<CueHit>& hits, FigureTopic& topic)
      : view_(view),
        matcher_(matcher),
        moods_(moods),
        cues_(cues),
        hits_(hits),
        topic_(topic),
        is_latin_(view.sentence().script == Script::kLatin) {}

  std::vector<Measurement> Read(const std::vector<Range>& taken);

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
  std::optional<FigureMeasure> MeasureOf(uint32_t value) const;
  std::optional<FigureMeasure> WordsOf(const TextMention& value, Range clause) const;
  uint32_t BeforeAsides(uint32_t begin) const;
  bool IsInValue(Range words) const;
  uint32_t FarthestEnglish(const CueHit& hit, FigureKind kind, const TextMention& value) const;
  const CueHit* HitBehind(const TextMention& value, Range clause) const;
  std::optional<FigureOwner> OwnerOf(const TextMention& value, const FigureMeasure& measure) const;
  std::optional<FigureOwner> OwnerBehind(uint32_t position, Types types, uint32_t farthest) const;
  std::optional<FigureOwner> ChineseOwner(const TextMention& value, const FigureMeasure& measure, Types types) const;
  std::optional<FigureOwner> EnglishOwner(const TextMention& value, const FigureMeasure& measure, Types types) const;
  std::optional<FigureOwner> OwnerBefore(uint32_t clause_begin, Types types, float confidence) const;
  std::optional<FigureOwner> OwnCompany(Types types, float confidence) const;
  std::optional<FigureOwner> MainOwner(Types types, float confidence) const;
  bool IsMain(int32_t entity) const;
  bool NamesByReference(uint32_t begin, uint32_t end) const;
  uint32_t WordsBeside(uint32_t begin, uint32_t end) const;
  bool IsOfMany(uint32_t mention) const;
  bool EndsAsAside(Range clause) const;
  bool IsCompared(const TextMention& mention, uint32_t clause_begin, bool by) const;
  Opening OpeningOf(Range clause, uint32_t limit, uint32_t longest_verb = kVerbOfTwo) const;
  bool HasBefore(uint32_t index, Types types) const;
  uint32_t BeforeArticle(uint32_t position) const;
  std::optional<Measurement> FigureOf(uint32_t value);
  void UpdateTopic();

  const SentenceView& view_;
  const RelationMatcher& matcher_;
  const MoodCues& moods_;
  const FigureCues& cues_;
  const std::vector<CueHit>& hits_;
  FigureTopic& topic_;
  const bool is_latin_;
  std::optional<FigureMeasure> last_;  // of the sentence
  std::optional<FigureOwner> last_owner_;
  EntityType last_amount_ = EntityType::kUnknown;
  uint32_t last_end_ = 0;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_FIGURE_READER_H_
