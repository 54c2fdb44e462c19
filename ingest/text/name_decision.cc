#include "ingest/text/name_decision.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <unordered_map>

#include "ingest/text/code_points.h"

namespace newsgraph {
namespace {

// How sure the tagger must be to put another name, or none of that type, where the rules found one: a pattern may hold
// of what is none, an entry of the lexicon is a name somewhere.
constexpr float kOverrules = 0.6f, kOverrulesEntry = 0.7f;
// Characters of a known name that hold what is tagged inside it.
constexpr uint32_t kHolding = 4;
// What the rest of the document must say for a name that the tagger does not see here.
constexpr float kElsewhere = 1;
// What a rule's find counts for beside the tagger's probabilities, by Strength: what was learned from another place
// of the document counts there already.
constexpr float kWorth[] = {0.2f, 0.6f, 0.3f, 1, 2, 0};

bool IsPlaceType(EntityType type) {
  return type == EntityType::kGpe || type == EntityType::kLoc || type == EntityType::kFac;
}

// Whether names of the type are the tagger's to find.
bool IsTagged(EntityType type) {
  return !IsValueType(type) && type != EntityType::kPosition && type != EntityType::kLanguage;
}

// Where the lexicon has a name and the tagger nothing, it stands, if the document does not make something else of it.
// Terms of technology stand in any case: they are common words as often as names, and few texts mark them.
bool StandsAlone(const Proposal& rule, bool agreed) {
  return rule.strength == Strength::kLexicon && (agreed || rule.type == EntityType::kTech);
}

float OverrulesAt(const Proposal& rule) { return rule.strength == Strength::kLexicon ? kOverrulesEntry : kOverrules; }

// 上海|曜石半导体: where the rules have parted a place from the organisation behind it, the longer name is none.
bool IsParted(std::span<const Proposal> chosen, size_t place, Range whole) {
  if (place + 1 >= chosen.size()) return false;
  const Proposal &before = chosen[place], &behind = chosen[place + 1];
  return before.type == EntityType::kGpe && behind.type == EntityType::kOrg && before.range.begin == whole.begin &&
         before.range.end == behind.range.begin && behind.range.end == whole.end;
}

// 台中推動智慧科技: a place and what is done there, though it ends like a company. Authorities have such words in their
// names (贸易促进委员会).
bool IsPlaceWithVerb(const FoldedText& text, std::span<const Proposal> chosen, const TaggedName& name) {
  static constexpr std::u32string_view kVerbs[] = {U"推动", U"促进", U"支持", U"监管",
                                                   U"改革", U"调查", U"推广", U"鼓励"};
  static constexpr std::u32string_view kAuthorities = U"会院署局部处委心盟所厅组团";
  if (name.type != EntityType::kOrg || kAuthorities.find(text[name.range.end - 1]) != std::u32string_view::npos) {
    return false;
  }
  const auto place = std::find_if(chosen.begin(), chosen.end(), [&](const Proposal& rule) {
    return rule.type == EntityType::kGpe && rule.range.begin == name.range.begin && rule.range.end < name.range.end;
  });
  if (place == chosen.end()) return false;
  const std::u32string_view rest = text.folded(place->range.end, name.range.end);
  return std::any_of(std::begin(kVerbs), std::end(kVerbs),
                     [&](std::u32string_view verb) { return rest.starts_with(verb); });
}

// 輝達|H100, 波音|787-10: a known maker, and behind it what it makes.
void PartFromMaker(const FoldedText& text, std::span<const Proposal> chosen, TaggedName& name) {
  const auto maker = std::find_if(chosen.begin(), chosen.end(), [&](const Proposal& rule) {
    return rule.type == EntityType::kOrg && rule.strength == Strength::kLexicon &&
           rule.range.begin == name.range.begin && rule.range.end < name.range.end;
  });
  if (maker == chosen.end()) return;
  const char32_t last = text[maker->range.end - 1], first = text[maker->range.end];
  if (!IsHan(last) || (!IsLatinLetter(first) && !IsDigit(first))) return;
  name.range.begin = maker->range.end;
  name.type = EntityType::kProduct;
}

// What the whole document says of each name: for each type, how many times and how surely.
class Votes {
 public:
  Votes(const FoldedText& text, std::span<const Proposal> chosen, std::span<const TaggedName> tagged) : text_(text) {
    for (const TaggedName& name : tagged) Of(name.range)[static_cast<size_t>(name.type)] += name.probability;
    for (const Proposal& rule : chosen) {
      if (IsTagged(rule.type)) Of(rule.range)[static_cast<size_t>(rule.type)] += WorthOf(rule);
    }
  }

  EntityType TypeOf(Range range) {
    const Counts& counts = Of(range);
    return static_cast<EntityType>(std::max_element(counts.begin(), counts.end()) - counts.begin());
  }
  // Without this find itself.
  float Elsewhere(const Proposal& rule) {
    float sum = -WorthOf(rule);
    for (const float count : Of(rule.range)) sum += count;
    return sum;
  }

 private:
  using Counts = std::array<float, 32>;  // by EntityType
  static float WorthOf(const Proposal& rule) { return kWorth[static_cast<size_t>(rule.strength)]; }
  Counts& Of(Range range) { return counts_[text_.folded(range.begin, range.end)]; }

  const FoldedText& text_;
  std::unordered_map<std::u32string_view, Counts> counts_;
};

}  // namespace

std::vector<Proposal> DecideNames(const FoldedText& text, std::span<const Proposal> chosen,
                                  std::span<const TaggedName> all_tagged, std::span<const CompanyGuess> guesses) {
  std::vector<TaggedName> tagged(all_tagged.begin(), all_tagged.end());
  std::erase_if(tagged, [&](const TaggedName& name) { return IsPlaceWithVerb(text, chosen, name); });
  for (TaggedName& name : tagged) PartFromMaker(text, chosen, name);
  Votes votes(text, chosen, tagged);
  std::vector<Proposal> decided;
  std::vector<bool> overruled(tagged.size());
  size_t next = 0;
  for (size_t number = 0; number < chosen.size(); ++number) {
    const Proposal& rule = chosen[number];
    while (next < tagged.size() && tagged[next].range.end <= rule.range.begin) ++next;
    if (!IsTagged(rule.type)) {
      decided.push_back(rule);
      // CEO names nobody, whatever it looks like.
      for (size_t i = next; i < tagged.size() && tagged[i].range.begin < rule.range.end; ++i) {
        overruled[i] = overruled[i] || (rule.type == EntityType::kPosition && tagged[i].range == rule.range);
      }
      continue;
    }
    size_t end = next;
    float surest = 0;
    bool same = false, parted = false, crossed = false;
    // 德州儀器: what is tagged inside a longer name that is known is a part of it.
    bool holds = rule.type == EntityType::kOrg && rule.strength == Strength::kLexicon && rule.range.size() >= kHolding;
    for (; end < tagged.size() && tagged[end].range.begin < rule.range.end; ++end) {
      surest = std::max(surest, tagged[end].probability);
      holds &= rule.range.Contains(tagged[end].range) && tagged[end].range != rule.range;
      same |= tagged[end].range == rule.range;
      crossed |= tagged[end].range.begin < rule.range.begin || tagged[end].range.end > rule.range.end;
      if (tagged[end].type == EntityType::kOrg) {
        parted |= IsParted(chosen, number, tagged[end].range) ||
                  (number > 0 && IsParted(chosen, number - 1, tagged[end].range));
      }
    }
    const EntityType voted = votes.TypeOf(rule.range);
    const bool agreed = voted == rule.type || (IsPlaceType(voted) && IsPlaceType(rule.type));
    // Of a name that both have found, the rules know more: whose entry it is, whose gloss.
    const bool built = rule.built && (end == next ? agreed : !crossed && !(same && !agreed));
    const bool stands = rule.strength == Strength::kStated || parted || built || (holds && end > next) ? true
                        : end == next ? StandsAlone(rule, agreed) || (agreed && votes.Elsewhere(rule) >= kElsewhere)
                                      : (same && agreed) || surest < OverrulesAt(rule);
    if (!stands) continue;
    decided.push_back(rule);
    for (size_t i = next; i < end; ++i) overruled[i] = true;
  }
  for (size_t i = 0; i < tagged.size(); ++i) {
    if (overruled[i]) continue;
    Proposal proposal;
    proposal.range = tagged[i].range;
    proposal.type = votes.TypeOf(tagged[i].range);
    proposal.strength = Strength::kTagged;
    proposal.probability = tagged[i].probability;
    decided.push_back(proposal);
  }
  // Select prefers the longer.
  for (const CompanyGuess& guess : guesses) {
    for (const TaggedName& name : tagged) {
      if (name.range.begin == guess.company.range.begin && name.range.end >= guess.brand_end &&
          name.range.end < guess.company.range.end && name.probability >= kOverrules) {
        decided.push_back(guess.company);
        break;
      }
    }
  }
  return decided;
}

}  // namespace newsgraph
