#include <algorithm>
#include <iterator>

#include "ingest/text/figure_reader.h"

namespace newsgraph {
namespace {

// Between an amount and whose it is: 坐擁十一間酒店的海瀾.
constexpr uint32_t kFarthestOwned = 8;
// Between an age and the name of who is so old: 19歲選手紀子揚, 45歲的前執行長林安.
constexpr uint32_t kAgedNoun = 3;
constexpr uint32_t kAgedTitle = 6;
// Between a mention and the noun that a relative clause of it describes.
constexpr uint32_t kHeadWords = 6;
// Between what a company makes and its name.
constexpr uint32_t kTradeWords = 4;
// Words that open a clause and are no subject.
constexpr uint32_t kOpeningWords = 1;
// Between a word of comparison and what it compares with: 比去年的N6.
constexpr uint32_t kComparedWords = 6;
// Between an English subject and its verb.
constexpr uint32_t kVerbWords = 2;
// What a document is about: so many entities that it names most often.
constexpr size_t kMainEntities = 3;
constexpr float kTouching = 1.0F;
constexpr float kSameClause = 0.95F;
constexpr float kClauseBefore = 0.9F;
constexpr float kSentenceBefore = 0.8F;
constexpr float kMainOfAll = 0.7F;
constexpr float kUnsure = 0.6F;
constexpr float kUnknownOwner = 0.7F;
constexpr float kWordLoss = 0.01F;

}  // namespace

// What opens a clause: dates, adverbs and what stands before coverbs apart. Of 由A創立的B it is B.
FigureReader::Opening FigureReader::OpeningOf(Range clause, uint32_t limit, uint32_t longest_verb) const {
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
      // 無人機新創星野: what it makes is no subject.
      if (!is_latin_ && mention.type == EntityType::kTech) {
        const bool is_trade = std::any_of(view_.mentions().begin(), view_.mentions().end(), [&](uint32_t next) {
          return Mention(next).range.begin >= p && Mention(next).range.end <= std::min(clause.end, limit) &&
                 HasType(kOrg, view_.TypeOf(Mention(next))) &&
                 view_.WordsBetween(p, Mention(next).range.begin) <= kTradeWords;
        });
        if (is_trade) continue;
      }
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
    if (view_.at(p) != U'的') unknown += view_.WordsBetween(p, p + 1);
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
      // …的小說家林安: the title is of the name behind it.
      if (IsValueType(head.type) || view_.TypeOf(head) == EntityType::kPosition) continue;
      const std::u32string_view between = Words(from, head.range.begin);
      const size_t particle = between.rfind(U'的');
      if (particle == std::u32string_view::npos || (particle < 1 && opening.mention < 0)) continue;
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
std::optional<FigureOwner> FigureReader::OwnerBehind(uint32_t position, Types types, uint32_t farthest) const {
  for (const uint32_t index : view_.mentions()) {
    const TextMention& mention = Mention(index);
    if (mention.range.begin < position) continue;
    if (view_.BreaksBetween(position, mention.range.begin) > 0) break;
    if (view_.WordsBetween(position, mention.range.begin) > farthest) break;
    if (IsValueType(mention.type)) break;
    if (Fits(mention, types)) return FigureOwner{index, false, kSameClause};
  }
  return std::nullopt;
}

// Where the clause names nobody: the openings of the clauses before, the sentences before, what all is about.
std::optional<FigureOwner> FigureReader::OwnerBefore(uint32_t clause_begin, Types types, float confidence) const {
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
        return FigureOwner{static_cast<uint32_t>(opening.mention), true, confidence * kClauseBefore * unsure};
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
      return FigureOwner{static_cast<uint32_t>(topic_.mention), true,
                         confidence * (near ? kSentenceBefore : kMainOfAll)};
    }
  }
  return MainOwner(types, confidence * kMainOfAll);
}

// In an interview: the company for which the speaker speaks.
std::optional<FigureOwner> FigureReader::OwnCompany(Types types, float confidence) const {
  if (view_.sentence().turn < 0 || topic_.company < 0) return std::nullopt;
  const auto index = static_cast<uint32_t>(topic_.company);
  if (!Fits(Mention(index), types)) return std::nullopt;
  return FigureOwner{index, true, confidence};
}

// What the document is about, where it is one.
std::optional<FigureOwner> FigureReader::MainOwner(Types types, float confidence) const {
  for (const uint32_t index : view_.main()) {
    // Named before; what the sentence itself names later is another.
    if (Fits(Mention(index), types) && Mention(index).range.end <= view_.begin())
      return FigureOwner{index, true, confidence};
  }
  return std::nullopt;
}

bool FigureReader::IsMain(int32_t entity) const {
  const size_t first = std::min<size_t>(view_.main().size(), kMainEntities);
  return std::any_of(view_.main().begin(), view_.main().begin() + static_cast<std::ptrdiff_t>(first),
                     [&](uint32_t index) { return Mention(index).entity == entity; });
}

bool FigureReader::NamesByReference(uint32_t begin, uint32_t end) const {
  static constexpr std::u32string_view kOthers = U"他余实它";
  const std::u32string_view words = Words(begin, end);
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == U'其' && (i + 1 == words.size() || kOthers.find(words[i + 1]) == std::u32string_view::npos))
      return true;
    // 該部門, where it is no mention.
    if (words[i] == U'该' && (i == 0 || words[i - 1] != U'应')) return true;
    if ((words[i] == U'前' || words[i] == U'后') && i + 1 < words.size() && words[i + 1] == U'者') return true;
  }
  return false;
}

// Words between two places, dates apart.
uint32_t FigureReader::WordsBeside(uint32_t begin, uint32_t end) const {
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
bool FigureReader::IsOfMany(uint32_t mention) const {
  return view_.ListFrom(mention, 1).size() > 1 || view_.ListFrom(mention, -1).size() > 1;
}

// 消息傳出後: says when, not of whom.
bool FigureReader::EndsAsAside(Range clause) const {
  static constexpr char32_t kEnds[] = {U'后', U'时', U'前', U'下', U'中', U'来', U'外'};
  for (const uint32_t index : view_.mentions()) {
    const TextMention& mention = Mention(index);
    if (mention.range.end == clause.end && (mention.type == EntityType::kDate || IsTime(mention))) return true;
  }
  return !clause.empty() && std::find(std::begin(kEnds), std::end(kEnds), view_.at(clause.end - 1)) != std::end(kEnds);
}

// 比去年的N6
bool FigureReader::IsCompared(const TextMention& mention, uint32_t clause_begin, bool by) const {
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

std::optional<FigureOwner> FigureReader::ChineseOwner(const TextMention& value, const FigureMeasure& measure,
                                                      Types types) const {
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
  std::optional<FigureOwner> left;
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
    left = FigureOwner{index, false, surety};
    break;
  }
  // 坐擁十一間酒店的海瀾
  if (!left && !is_age) {
    const std::u32string_view after = Words(behind, clause.end);
    const size_t particle = after.find(U'的');
    if (particle != std::u32string_view::npos && particle <= kFarthestOwned) {
      const auto from = behind + static_cast<uint32_t>(particle) + 1;
      if (const std::optional<FigureOwner> owner = OwnerBehind(from, types, 1)) return owner;
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
  if (view_.sentence().turn >= 0 && !is_age) {
    const bool is_own = clause.begin == view_.begin()
                            ? !OpeningOf(clause, anchor).is_unknown
                            : Words(clause.begin, anchor).find(U"我们") != std::u32string_view::npos;
    return is_own ? OwnCompany(types, unsure * kSentenceBefore) : std::nullopt;
  }
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
      return FigureOwner{index, false, kSameClause};
    }
    return std::nullopt;
  }
  // 有一萬人到場: is there, whoever the sentence is about.
  if (Words(measure.words.begin, measure.words.end) == U"有") return std::nullopt;
  if (last_owner_ && !opening.is_unknown && opening.mention < 0 && Fits(Mention(last_owner_->mention), types)) {
    return FigureOwner{last_owner_->mention, true, last_owner_->confidence * unsure};
  }
  // What a bare change is of stands before it.
  if (measure.kind == FigureKind::kChange && !last_ && measure.noun.empty()) unsure *= kUnsure;
  return OwnerBefore(clause.begin, types, unsure);
}

std::optional<FigureOwner> FigureReader::EnglishOwner(const TextMention& value, const FigureMeasure& measure,
                                                      Types types) const {
  const bool is_age = measure.kind == FigureKind::kAge;
  if (is_age) {
    // "at age 21", "when he was ten": of another day.
    const Range clause = view_.ClauseAround(value.range.begin);
    const std::u32string_view before = Words(clause.begin, value.range.begin);
    // "He was 81.", "died at the age of 81": of today.
    const bool is_now = before == U"he was " || before == U"she was ";
    const std::u32string_view sentence = Words(view_.begin(), view_.end());
    const bool is_death =
        before.ends_with(U"at the age of ") &&
        (sentence.find(U" died") != std::u32string_view::npos || sentence.find(U" dies") != std::u32string_view::npos);
    if (is_death) {
      for (const uint32_t index : view_.mentions()) {
        if (Mention(index).range.end <= value.range.begin && Fits(Mention(index), types)) {
          return FigureOwner{index, false, kClauseBefore};
        }
      }
    }
    if (is_now) {
      // As below.
    } else if (before.find(U"when ") != std::u32string_view::npos ||
               before.find(U"at age") != std::u32string_view::npos ||
               before.find(U"at the age") != std::u32string_view::npos ||
               before.find(U" was ") != std::u32string_view::npos ||
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
      return FigureOwner{view_.mentions()[k], false, kTouching};
    }
    return std::nullopt;
  }
  const uint32_t anchor = std::min(value.range.begin, measure.words.begin);
  // "Hoshino, the maker of arms whose shares fell"
  const std::u32string_view lead = Words(view_.begin(), measure.words.begin);
  const size_t whose = lead.rfind(U"whose ");
  if (whose != std::u32string_view::npos && whose > 0) {
    const uint32_t at = view_.begin() + static_cast<uint32_t>(whose);
    if (view_.WordsBetween(at, measure.words.begin) <= 3 && view_.BreaksBetween(at, measure.words.begin) == 0) {
      std::optional<FigureOwner> owner;
      for (const uint32_t index : view_.mentions()) {
        const TextMention& mention = Mention(index);
        if (mention.range.end > at || !Fits(mention, types)) continue;
        // What touches it, else what the aside is of.
        if (view_.WordsBetween(mention.range.end, at) == 0)
          owner = FigureOwner{index, false, kSameClause};
        else if (view_.at(mention.range.end) == U',')
          owner = FigureOwner{index, false, kClauseBefore};
      }
      return owner;
    }
  }
  // "Profit rose 12% to $30m at Hoshino".
  if (!IsAct(measure.kind) && measure.words != measure.change && StartsWith(value.range.end, U" at ")) {
    for (const uint32_t index : view_.mentions()) {
      const TextMention& mention = Mention(index);
      if (mention.range.begin < value.range.end) continue;
      if (Fits(mention, types) && view_.WordsBetween(value.range.end, mention.range.begin) <= 2) {
        return FigureOwner{index, false, kTouching};
      }
      break;
    }
  }
  // "Shares in Hoshino fell", "employees at Hoshino".
  for (const uint32_t index : view_.mentions()) {
    const TextMention& mention = Mention(index);
    if (mention.range.begin < measure.words.end || !Fits(mention, types)) continue;
    const uint32_t words = view_.WordsBetween(measure.words.end, mention.range.begin);
    if (words > 2) break;
    const std::u32string_view between = Words(measure.words.end, mention.range.begin);
    for (const std::u32string_view word : {U" in ", U" of ", U" at ", U" for "}) {
      if (between.substr(0, word.size()) == word) return FigureOwner{index, false, kTouching};
    }
    // "values us at €2 billion"
    if (between == U" " && measure.kind == FigureKind::kWorth && mention.range.end <= value.range.begin)
      return FigureOwner{index, false, kSameClause};
  }
  const std::u32string_view measured = Words(measure.words.begin, measure.words.end);
  if (measure.kind == FigureKind::kWorth && (measured == U"values" || measured == U"valuing" || measured == U"value")) {
    // "values us at €2 billion"
    return StartsWith(measure.words.end, U" us ") ? OwnCompany(types, kSameClause) : std::nullopt;
  }
  static constexpr std::u32string_view kPastTenses[] = {U"lost", U"loses", U"earned", U"earns"};
  const bool is_verb = IsAct(measure.kind) || measure.words == measure.change ||
                       std::find(std::begin(kPastTenses), std::end(kPastTenses), measured) != std::end(kPastTenses);
  const auto owns = [&](const TextMention& mention, uint32_t words) {
    return words <= 4 && StartsWith(mention.range.end, U"'s") && view_.BreaksBetween(mention.range.end, anchor) == 0;
  };
  // "certified for shipping": of what a preposition governs nobody is the subject.
  if (is_verb && Follows(anchor, cues_.than)) return std::nullopt;
  // "We lost"
  if (is_verb && Words(view_.begin(), anchor).ends_with(U"we ")) return OwnCompany(types, kSameClause);
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
      return FigureOwner{index, false, kTouching};
    }
    if (is_possessive || StartsWith(mention.range.end, U"'s") || IsOfMany(index)) continue;
    const uint32_t before = BeforeArticle(mention.range.begin);
    const bool opens = before <= view_.begin() || Follows(before, cues_.period) ||
                       (view_.IsBreak(before - 1) && !HasBefore(index, types));
    const bool governed = Follows(before, cues_.than) || Follows(before, cues_.coverb);
    if (fits && !governed && is_verb && words <= kVerbWords && view_.BreaksBetween(mention.range.end, anchor) == 0) {
      return FigureOwner{index, false, kTouching};
    }
    if (fits && opens && view_.BreaksBetween(mention.range.end, anchor) <= 2) {
      opening = static_cast<int32_t>(index);
      const uint32_t breaks = view_.BreaksBetween(mention.range.end, anchor);
      if (!is_verb && breaks == 0)
        return FigureOwner{index, false, kSameClause - kWordLoss * static_cast<float>(words)};
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
  if (begins || !is_verb) return FigureOwner{static_cast<uint32_t>(opening), false, kClauseBefore};
  return std::nullopt;
}

// Some mention before it in the sentence fits, "its" apart: what stands behind a comma then opens no clause.
bool FigureReader::HasBefore(uint32_t index, Types types) const {
  return std::any_of(view_.mentions().begin(), view_.mentions().end(), [&](uint32_t other) {
    const TextMention& mention = Mention(other);
    return mention.range.end <= Mention(index).range.begin && mention.form != MentionForm::kPronoun &&
           Fits(mention, types);
  });
}

// Before "the" of "the company".
uint32_t FigureReader::BeforeArticle(uint32_t position) const {
  const uint32_t before = view_.SkipSpaces(position, -1);
  return before >= view_.begin() + 3 && Words(before - 3, before) == U"the" ? view_.SkipSpaces(before - 3, -1) : before;
}

}  // namespace newsgraph
