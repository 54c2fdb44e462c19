// Names with another name in brackets behind them: 霍尔特（Maren Holt）, 美国外国投资委员会（CFIUS）.
#include <algorithm>

#include "ingest/text/name_scene.h"

namespace newsgraph {
namespace {

constexpr uint32_t kLongestGloss = 60;

// The name inside the brackets: Latin words, all of it, of which one has a capital.
struct Inside {
  Range range;
  bool is_name = false;
  bool person_like = false;  // two to four words, none that ends an organisation's name
  bool acronym = false;
  bool place = false;  // Lake Tahoe, Hudson River
};

Inside LookInside(const Scene& scene, uint32_t begin, uint32_t end) {
  const FoldedText& text = scene.text;
  Inside inside;
  while (begin < end && IsSpace(text[begin])) ++begin;
  while (end > begin && IsSpace(text[end - 1])) --end;
  inside.range = {begin, end};
  if (begin >= end) return inside;
  uint32_t words = 0, capitals = 0;
  bool org = false, has_version = false, first_is_place = false, last_is_place = false;
  uint32_t position = begin;
  while (position < end) {
    const char32_t c = text[position];
    if (c == U' ' || c == U'&' || c == U'.' || c == U',') {
      if (c == U',') return inside;
      ++position;
      continue;
    }
    const uint32_t token_number = scene.token_at[position];
    if (token_number == 0) return inside;
    const LatinToken& token = scene.tokens[token_number - 1];
    if (token.range.begin != position || token.range.end > end) return inside;
    ++words;
    first_is_place |= words == 1 && (token.cues & kPlaceHead) != 0;
    last_is_place = (token.cues & kPlaceTail) != 0;
    capitals += token.capital ? 1u : 0u;
    org |= (token.cues & kOrgTail) != 0 || (token.cues & kOrgHead) != 0;
    has_version |= token.has_digit;
    if (const Proposal* known = scene.KnownAt(position); known != nullptr && known->type == EntityType::kPosition)
      return inside;
    inside.acronym = words == 1 && token.all_upper;
    position = token.range.end;
  }
  if (capitals == 0) return inside;
  inside.is_name = true;
  inside.place = words >= 2 && (first_is_place || last_is_place) && !org;
  inside.person_like = words >= 2 && words <= 4 && !org && !inside.place && !has_version && capitals + 1 >= words;
  return inside;
}

// The longest proposal so far that ends here.
const Proposal* ProposalBefore(const Scene& scene, uint32_t end) {
  const Proposal* best = nullptr;
  for (auto p = scene.proposals.rbegin(); p != scene.proposals.rend(); ++p) {
    if (p->range.end == end && (best == nullptr || p->range.size() > best->range.size())) best = &*p;
    // Proposals come in the order of passes; a look at the latest thousand is enough for any real bracket.
    if (p - scene.proposals.rbegin() > 1000) break;
  }
  return best;
}

}  // namespace

void ProposeGlosses(Scene& scene) {
  const FoldedText& text = scene.text;
  const uint32_t size = text.size();
  for (uint32_t open = 1; open < size; ++open) {
    if (text[open] != U'(' && text[open] != U'（') continue;
    uint32_t close = open + 1;
    while (close < size && close - open < kLongestGloss && text[close] != U')' && text[close] != U'）' &&
           text[close] != U'\n')
      ++close;
    if (close >= size || (text[close] != U')' && text[close] != U'）')) continue;
    uint32_t end = open;
    while (end > 0 && text[end - 1] == U' ') --end;
    if (end == 0) continue;
    // “星际之门”(Stargate): the name is inside the marks.
    if (text[end - 1] == U'”' || text[end - 1] == U'」' || text[end - 1] == U'》' || text[end - 1] == U'』') --end;
    if (end == 0) continue;

    if (IsHan(text[end - 1])) {
      const Inside inside = LookInside(scene, open + 1, close);
      if (!inside.is_name) continue;
      const Proposal* known_inside = scene.KnownAt(inside.range.begin);
      const bool inside_known = known_inside != nullptr && known_inside->range == inside.range;
      Proposal left;
      bool found = false;
      if (const Proposal* known = scene.KnownBefore(end)) {
        if (!IsValueType(known->type) && known->type != EntityType::kPosition && (known->range.size() >= 2)) {
          left = *known;
          found = true;
        }
      }
      if (const Proposal* proposed = ProposalBefore(scene, end);
          proposed != nullptr && (!found || proposed->range.size() > left.range.size())) {
        left = *proposed;
        found = true;
      }
      if (!found && inside.person_like) {
        // A run of transliteration characters, else surname and given name, up to a sure end.
        uint32_t begin = end;
        while (begin > 0 && end - begin < 14 && scene.lists.IsTransliteration(text[begin - 1]) &&
               !scene.known_ends[begin])
          --begin;
        while (begin < end && IsMiddleDot(text[begin])) ++begin;
        // 与费瑞尔: a cue word at the left is none of the name.
        while (begin + 2 < end && (scene.CuesAt(begin) & kBreak) && scene.marks.begins[begin].length == 1 &&
               begin > 0 && IsHan(text[begin - 1])) {
          ++begin;
        }
        bool chinese = false;
        if (end - begin < 2 || !scene.IsCleanLeft(begin)) {
          for (const uint32_t length : {4u, 3u, 2u}) {
            if (length > end || !scene.IsCleanLeft(end - length)) continue;
            if (ChineseNameEnd(scene, end - length) == end) {
              begin = end - length;
              chinese = true;
              break;
            }
          }
        }
        if (chinese || end - begin >= 2) {
          left = {{begin, end}, EntityType::kPerson, {}, -1, Strength::kStated, {}};
          found = true;
        }
      }
      if (!found) {
        // 超微(AMD), 星际之门(Stargate): all between a sure left end and the bracket.
        uint32_t begin = end;
        while (begin > 0 && end - begin < 13 && IsHan(text[begin - 1]) && !(begin < end && scene.IsCleanLeft(begin)))
          --begin;
        if (end - begin >= 2 && end - begin <= 12 && scene.IsCleanLeft(begin) &&
            !(scene.cues.KindsOf(text.folded(begin, end)) != 0)) {
          const EntityType type = inside_known   ? known_inside->type
                                  : inside.place ? EntityType::kLoc
                                                 : EntityType::kOrg;
          left = {{begin, end},       type, inside_known ? known_inside->subtype : std::string_view(), -1,
                  Strength::kPattern, {}};
          found = true;
        }
      }
      if (!found) continue;
      if (left.type == EntityType::kUnknown) continue;
      // A field with its English abbreviation (通用人工智能(AGI)) keeps its type; a person needs words of a person.
      if (left.type == EntityType::kPerson && !inside.person_like && !inside_known && left.entry < 0) continue;
      if (inside_known && known_inside->type != left.type && left.entry < 0) {
        left.type = known_inside->type;
        left.subtype = known_inside->subtype;
      }
      left.strength = std::max(left.strength, Strength::kStated);
      Proposal gloss = left;
      gloss.range = inside.range;
      gloss.entry = inside_known ? known_inside->entry : -1;
      gloss.gloss_of = left.range;
      scene.proposals.push_back(left);
      scene.proposals.push_back(gloss);
      continue;
    }

    // Maren Holt(玛伦·霍尔特)
    if (IsLatinLetter(text[end - 1]) || IsDigit(text[end - 1])) {
      uint32_t begin = open + 1, stop = close;
      while (begin < stop && IsSpace(text[begin])) ++begin;
      while (stop > begin && IsSpace(text[stop - 1])) --stop;
      if (stop - begin < 2 || stop - begin > 14) continue;
      const bool all_han = std::all_of(text.folded().begin() + begin, text.folded().begin() + stop,
                                       [](char32_t c) { return IsHan(c) || IsMiddleDot(c); });
      const Proposal* known = scene.KnownBefore(end);
      const Proposal* proposed = ProposalBefore(scene, end);
      const Proposal* left = known;
      if (proposed != nullptr && (left == nullptr || proposed->range.size() > left->range.size())) left = proposed;
      if (left == nullptr || left->strength == Strength::kGuess) continue;
      if (IsValueType(left->type) || left->type == EntityType::kPosition) continue;
      if (all_han) {
        const Proposal* inside = scene.KnownAt(begin);
        if (inside != nullptr && inside->range.end != stop) continue;
        if (inside == nullptr && left->type == EntityType::kPerson && TransliterationEnd(scene, begin) != stop &&
            ChineseNameEnd(scene, begin) != stop) {
          continue;
        }
        if (inside == nullptr && (scene.cues.KindsOf(text.folded(begin, stop)) != 0 || stop - begin > 12)) continue;
        if (inside != nullptr && inside->type != left->type) continue;
        Proposal gloss = *left;
        gloss.range = {begin, stop};
        gloss.entry = inside != nullptr ? inside->entry : -1;
        gloss.gloss_of = left->range;
        gloss.strength = Strength::kStated;
        // A clause in brackets is no name.
        bool clause = false;
        for (uint32_t i = begin; i < stop; ++i)
          clause |=
              (scene.CuesAt(i) & (kBreak | kSpeech)) != 0 && inside == nullptr && left->type != EntityType::kPerson;
        if (!clause) scene.proposals.push_back(gloss);
      } else if (const Inside inside = LookInside(scene, open + 1, close); inside.is_name && inside.acronym) {
        // Committee on Foreign Investment (CFIUS)
        if (left->type != EntityType::kOrg && left->type != EntityType::kTech && left->type != EntityType::kLaw)
          continue;
        const Proposal* inside_known = scene.KnownAt(inside.range.begin);
        Proposal gloss = *left;
        gloss.range = inside.range;
        gloss.entry = inside_known != nullptr && inside_known->range == inside.range ? inside_known->entry : -1;
        if (gloss.entry >= 0 && left->entry >= 0 && gloss.entry != left->entry) continue;
        gloss.gloss_of = left->range;
        gloss.strength = Strength::kStated;
        scene.proposals.push_back(gloss);
      }
    }
  }
}

}  // namespace newsgraph
