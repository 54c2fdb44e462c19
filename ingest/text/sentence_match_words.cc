// The walk along a pattern: parts that take words, a clause, a phrase, a quotation.
#include <iterator>

#include "ingest/text/english_forms.h"
#include "ingest/text/sentence_match.h"
#include "ingest/text/word_tables.h"

namespace newsgraph {
namespace {

// A claim of fewer words says nothing by itself.
constexpr uint32_t kShortestClause = 3;
constexpr uint32_t kShortestPhrase = 2;
constexpr std::u32string_view kSettingEnds = U"中后前时下上内里际间";
// What a noun phrase does not hold: "maker of arms that", "maker of arms based in".
constexpr std::u32string_view kPhraseEnds[] = {U"and",   U"but", U"by",   U"that",  U"which", U"who",   U"whose",
                                               U"where", U"in",  U"at",   U"on",    U"from",  U"since", U"with",
                                               U"to",    U"as",  U"when", U"while", U"is",    U"was",   U"are",
                                               U"were",  U"has", U"had",  U"said",  U"says",  U"based"};
// One character names nothing.
constexpr uint32_t kFewestWords = 2;
// Inside one quotation.
constexpr uint32_t kMostInnerQuotations = 4;
// Behind a comma: 並在臉書上表示.
constexpr uint32_t kWordsBeforeSpeech = 6;

}  // namespace

bool SentenceMatch::WalkWords(const RuleElements& elements, size_t i, uint32_t position, int direction) {
  const RuleElement& element = *elements[i];
  if (direction < 0) return WalkWordsBefore(elements, i, position);
  position = view_.SkipSpaces(position, 1);
  // 發表聲明,強調…: the nearer verb of saying has its own reading.
  if (element.kind == RuleElementKind::kClause && StartsWithSpeech(position)) return false;
  uint32_t end = position;
  if (position < view_.end() && IsOpeningQuote(view_.at(position))) {
    const Quotation* quotation = QuotationAt(position, 1);
    if (quotation != nullptr && element.kind == RuleElementKind::kClause &&
        view_.WordsBetween(position, std::min(quotation->range.end, view_.end())) > 2 * kShortestClause) {
      // The marks belong to the quotation, not to what is said; it may run on.
      const size_t before = match_.fills.size();
      match_.fills.push_back(
          {element.role, element.literal, -1, {quotation->range.begin + 1, quotation->range.end - 1}, false});
      if (Walk(elements, i + 1, std::min(quotation->range.end, view_.end()), direction)) return true;
      match_.fills.resize(before);
    }
  }
  bool is_supposed = StartsWithCondition(position);
  const bool is_noun_phrase = element.literal == "TEXT";
  const auto ends_phrase = [&](std::u32string_view word) { return HasWordAt(word, end, 1); };
  for (; end < view_.end(); ++end) {
    if (IsHardStop(view_.at(end))) break;
    if (is_noun_phrase && end > position && IsSpaceMark(view_.at(end - 1)) &&
        std::any_of(std::begin(kPhraseEnds), std::end(kPhraseEnds), ends_phrase)) {
      break;
    }
    if (end > position && DoesMore(end, element.kind == RuleElementKind::kClause)) break;
    if (!view_.IsBreak(end)) continue;
    // 希望在下一代的發展中,…: where and when is not yet what.
    const bool is_setting =
        HasWordAt(U"在", position, 1) && kSettingEnds.find(view_.at(end - 1)) != std::u32string_view::npos;
    if (element.kind == RuleElementKind::kClause ? SpeaksAgain(end + 1) : !is_supposed && !is_setting) break;
    is_supposed = false;
  }
  const uint32_t after = end;
  while (end > position && (IsSpaceMark(view_.at(end - 1)) || view_.at(end - 1) == U'.')) --end;
  const bool is_clause = element.kind == RuleElementKind::kClause || view_.sentence().script == Script::kLatin;
  const uint32_t shortest = is_clause ? kShortestClause : kShortestPhrase;
  if (view_.WordsBetween(position, end) < (is_noun_phrase ? 1 : shortest)) return false;
  const size_t before = match_.fills.size();
  match_.fills.push_back({element.role, element.literal, -1, {position, end}, false});
  if (Walk(elements, i + 1, after, direction)) return true;
  match_.fills.resize(before);
  return false;
}

// What stands before the comma, from where the sentence begins: …,林安說.
bool SentenceMatch::WalkWordsBefore(const RuleElements& elements, size_t i, uint32_t position) {
  const RuleElement& element = *elements[i];
  uint32_t end = view_.SkipSpaces(position, -1);
  if (end > view_.begin() && view_.at(end - 1) == U',') --end;
  uint32_t begin = end;
  while (begin > view_.begin() && !IsHardStop(view_.at(begin - 1))) --begin;
  begin = view_.SkipSpaces(begin, 1);
  if (begin >= end || view_.WordsBetween(begin, end) < kShortestClause) return false;
  const size_t before = match_.fills.size();
  match_.fills.push_back({element.role, element.literal, -1, {begin, end}, false});
  if (Walk(elements, i + 1, begin, -1)) return true;
  match_.fills.resize(before);
  return false;
}

// "opposed the sale | and asked that", "said it was late | and warned that": what the subject of the whole does next.
// What is said may itself do two things, so there only another verb of saying tells.
bool SentenceMatch::DoesMore(uint32_t position, bool is_said) const {
  static constexpr std::u32string_view kLinks[] = {U"and", U"but"};
  static constexpr std::u32string_view kSteady[] = {U"has", U"is", U"was", U"does", U"says"};
  if (view_.sentence().script != Script::kLatin || !IsSpaceMark(view_.at(position - 1))) return false;
  for (const std::u32string_view link : kLinks) {
    if (!HasWordAt(link, position, 1)) continue;
    const uint32_t begin = view_.SkipSpaces(position + static_cast<uint32_t>(link.size()), 1);
    if (is_said) {
      // "estimated that the curbs would cost €700 million, | and its shares closed lower"
      static constexpr std::u32string_view kOwners[] = {U"its", U"his", U"her", U"their"};
      const uint32_t before = view_.SkipSpaces(position, -1);
      const bool is_parted = before > view_.begin() && view_.at(before - 1) == U',';
      return StartsWithSpeech(begin) ||
             (is_parted && std::any_of(std::begin(kOwners), std::end(kOwners),
                                       [&](std::u32string_view owner) { return HasWordAt(owner, begin, 1); }));
    }
    uint32_t end = begin;
    while (end < view_.end() && IsLatinWordMark(view_.at(end))) ++end;
    const std::u32string_view word = view_.analysis().text.folded(begin, end);
    // By its form "shares" is a verb too.
    return IsFiniteByForm(word) && (!word.ends_with(U"s") || IsOneOf(word, kSteady));
  }
  return false;
}

bool SentenceMatch::StartsWithSpeech(uint32_t position) const {
  return std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
    // 指出,根據統計,…: whose figures it has, not another who says so.
    return hit.range.begin == position && hit.is_anchor && matcher_.IsSpeech(hit) &&
           !matcher_.IsOf(hit, matcher_.according_to_);
  });
}

// 一旦當選,…: what follows the comma belongs to it.
bool SentenceMatch::StartsWithCondition(uint32_t position) const {
  return std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
    return hit.range.begin == position && matcher_.IsOf(hit, matcher_.condition_);
  });
}

// Another verb of saying soon behind a comma, 並表示, or the one who speaks as its subject: 他說.
bool SentenceMatch::SpeaksAgain(uint32_t position) const {
  static constexpr std::u32string_view kSpeaker[] = {U"他", U"她"};
  position = view_.SkipSpaces(position, 1);
  const std::u32string_view rest = view_.analysis().text.folded(position, view_.end());
  if (std::any_of(std::begin(kSpeaker), std::end(kSpeaker), [rest](std::u32string_view word) {
        return rest.starts_with(word) && !rest.substr(1).starts_with(U"们");
      })) {
    return true;
  }
  // 星野說沒有這回事,北嶺則不願回應: of another the text itself tells.
  for (const uint32_t index : view_.MeetingAt(position, 1)) {
    const TextMention& mention = view_.mention(index);
    const EntityType type = view_.TypeOf(mention);
    if ((type == EntityType::kPerson || type == EntityType::kOrg || type == EntityType::kGpe) &&
        view_.analysis().text.folded(mention.range.end, view_.end()).starts_with(U"则")) {
      return true;
    }
  }
  return std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
    return hit.range.begin >= position && hit.is_anchor &&
           view_.WordsBetween(position, hit.range.begin) <= kWordsBeforeSpeech &&
           view_.BreaksBetween(position, hit.range.begin) == 0 && matcher_.IsSpeech(hit);
  });
}

// The direct quotation that begins (or ends, for a walk to the left) at a position.
const Quotation* SentenceMatch::QuotationAt(uint32_t position, int direction) const {
  const std::vector<Quotation>& quotations = view_.analysis().quotations;
  auto it = std::lower_bound(quotations.begin(), quotations.end(), position,
                             [](const Quotation& quotation, uint32_t p) { return quotation.range.begin < p; });
  const auto fits = [](const Quotation& quotation) { return quotation.direct && quotation.range.size() > 2; };
  if (direction > 0) {
    return it != quotations.end() && it->range.begin == position && fits(*it) ? &*it : nullptr;
  }
  // Quotations inside the one that ends here begin between.
  for (uint32_t steps = 0; steps < kMostInnerQuotations && it != quotations.begin(); ++steps) {
    --it;
    if (it->range.end == position && fits(*it)) return &*it;
  }
  return nullptr;
}

bool SentenceMatch::WalkQuote(const RuleElements& elements, size_t i, uint32_t position, int direction) {
  const RuleElement& element = *elements[i];
  const Quotation* quotation = QuotationAt(position, direction);
  if (quotation == nullptr) return false;
  const size_t before = match_.fills.size();
  match_.fills.push_back(
      {element.role, element.literal, -1, {quotation->range.begin + 1, quotation->range.end - 1}, false});
  const uint32_t next =
      direction > 0 ? std::min(quotation->range.end, view_.end()) : std::max(quotation->range.begin, view_.begin());
  if (Walk(elements, i + 1, next, direction)) return true;
  match_.fills.resize(before);
  return false;
}

// Words that no mark parts; the fewest with which the rest of the pattern matches.
bool SentenceMatch::WalkTogether(const RuleElements& elements, size_t i, uint32_t position, int direction) {
  const RuleElement& element = *elements[i];
  for (uint32_t q = position; direction > 0 ? q < view_.end() : q > view_.begin();) {
    const char32_t crossed = view_.at(direction > 0 ? q : q - 1);
    if (view_.IsBreak(direction > 0 ? q : q - 1) || IsHardStop(crossed) || crossed == U'、') return false;
    q = direction > 0 ? q + 1 : q - 1;
    const Range range{std::min(q, position), std::max(q, position)};
    const uint32_t words = view_.WordsBetween(range.begin, range.end);
    if (words > element.longest) return false;
    if (words < kFewestWords || view_.IsInsideName(q)) continue;
    if (element.ends_with_cue && !HasCueAt(element.set, range.end, -1)) continue;
    const size_t before = match_.fills.size();
    match_.fills.push_back({element.role, element.literal, -1, range, false});
    if (Walk(elements, i + 1, q, direction)) return true;
    match_.fills.resize(before);
  }
  return false;
}

}  // namespace newsgraph
