#include "graph/identity_links.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "graph/status.h"

namespace newsgraph {
namespace {

// Not a held value: its profile alone has it.
constexpr std::string_view kJudgedKind = "=judged";
constexpr std::string_view kExternalIdKind = "=id:";
constexpr std::string_view kNameKind = "=name:";

HeldValue NameValue(EntityType type, const std::string& name) {
  return {std::string(kNameKind) + std::string(ToString(type)), name};
}

const ObservationKind* FindKind(std::string_view kind) {
  const auto& kinds = ObservationKinds();
  const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const auto& row) { return row.kind == kind; });
  return found == kinds.end() ? nullptr : &*found;
}

std::vector<ProfileId> Without(std::vector<ProfileId> ids, ProfileId id) {
  std::erase(ids, id);
  return ids;
}

// --- judgement

absl::StatusOr<std::vector<ProfileId>> JudgedSame(IdentityReader& reader, ProfileId id, const HeldValue& value) {
  std::vector<ProfileId> others;
  if (value.kind != kJudgedKind) return others;
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto verdicts, ListVerdicts(reader, id));
  for (const auto& [other, joint] : verdicts) {
    if (joint.verdict != Verdict::kSame) continue;
    NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* profile, reader.FindProfile(other));
    if (profile != nullptr) others.push_back(other);
  }
  return others;
}

absl::StatusOr<std::string> ExplainJudgedSame(IdentityReader& reader, ProfileId left, ProfileId right) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto verdicts, ListVerdicts(reader, left));
  return verdicts.at(right).reason;
}

// --- external id

absl::StatusOr<std::vector<ProfileId>> EqualExternalId(IdentityReader& reader, ProfileId id, const HeldValue& value) {
  if (!value.kind.starts_with(kExternalIdKind)) return std::vector<ProfileId>();
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto* holders, reader.GetHolders(value));
  return holders == nullptr ? std::vector<ProfileId>() : Without(*holders, id);
}

absl::StatusOr<std::string> ExplainEqualExternalId(IdentityReader& reader, ProfileId left, ProfileId right) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* a, reader.GetProfile(left));
  NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* b, reader.GetProfile(right));
  std::string words;
  for (const auto& [scheme, external_id] : a->fields.external_ids) {
    const auto other = b->fields.external_ids.find(scheme);
    if (other == b->fields.external_ids.end() || other->second != external_id) continue;
    words += fmt::format("{}{} {}", words.empty() ? "both carry " : " and ", scheme, external_id);
  }
  return words;
}

// --- name and observation

// Those of `ids` that share the observation, which `id` has, and whose name it may join.
absl::StatusOr<std::vector<ProfileId>> ShareObservation(IdentityReader& reader, ProfileId id,
                                                        const std::vector<ProfileId>& ids, const ObservationKind& kind,
                                                        const std::string& observation) {
  std::vector<ProfileId> others;
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto* holders, reader.GetHolders({std::string(kind.kind), observation}));
  if (holders == nullptr) return others;
  NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* profile, reader.GetProfile(id));
  for (const ProfileId other : ids) {
    if (other == id || !std::binary_search(holders->begin(), holders->end(), other)) continue;
    NEWSGRAPH_ASSIGN_OR_RETURN(const bool counts, reader.HasObservation(other, kind.kind, observation));
    NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* other_profile, reader.GetProfile(other));
    const bool bare = profile->fields.bare || other_profile->fields.bare;
    if (counts && (kind.links_bare || !bare)) others.push_back(other);
  }
  return others;
}

absl::StatusOr<std::vector<ProfileId>> EqualNameAndObservation(IdentityReader& reader, ProfileId id,
                                                               const HeldValue& value) {
  std::vector<ProfileId> others;
  NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* profile, reader.GetProfile(id));
  if (profile->fields.name.empty()) return others;
  const HeldValue name = NameValue(profile->fields.type, profile->fields.name);
  const bool through_name = value == name;
  const ObservationKind* through_kind = FindKind(value.kind);
  if (!through_name && (through_kind == nullptr || !through_kind->links)) return others;
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto* named, reader.GetHolders(name));
  if (named == nullptr || named->size() == 1) return others;
  if (!through_name) return ShareObservation(reader, id, *named, *through_kind, value.value);
  for (const ObservationKind& kind : ObservationKinds()) {
    if (!kind.links) continue;
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto* observations, reader.GetObservations(id, kind.kind));
    for (const std::string& observation : *observations) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto sharing, ShareObservation(reader, id, *named, kind, observation));
      others.insert(others.end(), sharing.begin(), sharing.end());
    }
  }
  return others;
}

absl::StatusOr<std::string> ExplainEqualNameAndObservation(IdentityReader& reader, ProfileId left, ProfileId right) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* profile, reader.GetProfile(left));
  for (const ObservationKind& kind : ObservationKinds()) {
    if (!kind.links) continue;
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto* observations, reader.GetObservations(left, kind.kind));
    for (const std::string& observation : *observations) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto sharing, ShareObservation(reader, left, {right}, kind, observation));
      if (sharing.empty()) continue;
      return fmt::format("both are named {}, and documents say the same {} of both: {}", profile->fields.name,
                         kind.kind, observation);
    }
  }
  return fmt::format("both are named {}", profile->fields.name);
}

// --- gloss

// Whether `named`, whose name is not bare, is what documents also call `glossed`.
absl::StatusOr<bool> Glosses(IdentityReader& reader, ProfileId glossed, ProfileId named, std::string_view kind) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* a, reader.GetProfile(glossed));
  NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* b, reader.GetProfile(named));
  if (glossed == named || a->fields.type != b->fields.type || b->fields.bare || b->fields.name.empty()) return false;
  return reader.HasObservation(glossed, kind, b->fields.name);
}

absl::StatusOr<std::vector<ProfileId>> GlossIsName(IdentityReader& reader, ProfileId id, const HeldValue& value) {
  std::vector<ProfileId> others;
  NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* profile, reader.GetProfile(id));
  const HeldValue name = NameValue(profile->fields.type, value.value);
  const ObservationKind* value_kind = FindKind(value.kind);
  for (const ObservationKind& kind : ObservationKinds()) {
    // From the profile that has the gloss to the one that has the name, or back.
    const bool forth = &kind == value_kind;
    if (!kind.is_name || (!forth && value != name)) continue;
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto* named, reader.GetHolders(name));
    if (named == nullptr || named->empty()) continue;
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto* glossed, reader.GetHolders({std::string(kind.kind), value.value}));
    if (glossed == nullptr) continue;
    for (const ProfileId other : forth ? *named : *glossed) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const bool linked,
                                 forth ? Glosses(reader, id, other, kind.kind) : Glosses(reader, other, id, kind.kind));
      if (linked) others.push_back(other);
    }
  }
  return others;
}

absl::StatusOr<std::string> ExplainGlossIsName(IdentityReader& reader, ProfileId left, ProfileId right) {
  for (const auto& [glossed, named] : {std::pair(left, right), std::pair(right, left)}) {
    for (const ObservationKind& kind : ObservationKinds()) {
      if (!kind.is_name) continue;
      NEWSGRAPH_ASSIGN_OR_RETURN(const bool linked, Glosses(reader, glossed, named, kind.kind));
      if (!linked) continue;
      NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* a, reader.GetProfile(glossed));
      NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* b, reader.GetProfile(named));
      return fmt::format("a document gives {} the {} {}", a->fields.name, kind.kind, b->fields.name);
    }
  }
  return std::string("one is a gloss of the other");
}

// --- name alone

absl::StatusOr<std::vector<ProfileId>> EqualName(IdentityReader& reader, ProfileId id, const HeldValue& value) {
  std::vector<ProfileId> others;
  NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* profile, reader.GetProfile(id));
  if (!value.kind.starts_with(kNameKind) || profile->fields.bare) return others;
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto* holders, reader.GetHolders(value));
  if (holders == nullptr) return others;
  for (const ProfileId other : *holders) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* other_profile, reader.GetProfile(other));
    if (other != id && !other_profile->fields.bare) others.push_back(other);
  }
  return others;
}

absl::StatusOr<std::string> ExplainEqualName(IdentityReader& reader, ProfileId left, ProfileId) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* profile, reader.GetProfile(left));
  return fmt::format("both are named {}", profile->fields.name);
}

// --- the table

struct LevelRow {
  std::string_view name;
  // The profiles that `id` is linked with at this level by a link in which `value`, which
  // it holds, takes part (more that it is linked with at this level do no harm). Whatever
  // the link depends on is a value that one of the two holds, their fields, or judgements.
  absl::StatusOr<std::vector<ProfileId>> (*linked)(IdentityReader& reader, ProfileId id, const HeldValue& value);
  absl::StatusOr<std::string> (*explain)(IdentityReader& reader, ProfileId left, ProfileId right);
};

// From the surest to the weakest. Types must be equal except for the first two.
constexpr std::array<LevelRow, 5> kLevels = {{
    {"judgement", JudgedSame, ExplainJudgedSame},
    {"external id", EqualExternalId, ExplainEqualExternalId},
    {"name and observation", EqualNameAndObservation, ExplainEqualNameAndObservation},
    {"gloss", GlossIsName, ExplainGlossIsName},
    {"name alone", EqualName, ExplainEqualName},
}};

}  // namespace

const std::vector<ObservationKind>& ObservationKinds() {
  // A country or a year is shared by many who have a surname in common.
  static const std::vector<ObservationKind> kKinds = {
      {.kind = "birth_year", .links = true, .links_bare = false, .is_name = false, .forbids = true},
      {.kind = "country", .links = true, .links_bare = false, .is_name = false, .forbids = false},
      {.kind = "employer", .links = true, .links_bare = true, .is_name = false, .forbids = false},
      {.kind = "gloss", .links = true, .links_bare = true, .is_name = true, .forbids = false},
      {.kind = "name", .links = true, .links_bare = true, .is_name = true, .forbids = false},
      {.kind = "occupation", .links = false, .links_bare = false, .is_name = false, .forbids = true},
      {.kind = "spouse", .links = true, .links_bare = true, .is_name = false, .forbids = false},
      {.kind = "title_employer", .links = true, .links_bare = true, .is_name = false, .forbids = false},
  };
  return kKinds;
}

bool IsHeldKind(std::string_view observation_kind) {
  const ObservationKind* kind = FindKind(observation_kind);
  return kind != nullptr && kind->links;
}

std::vector<HeldValue> HeldValues(const ProfileFields& fields) {
  std::vector<HeldValue> values;
  for (const auto& [scheme, id] : fields.external_ids) values.push_back({std::string(kExternalIdKind) + scheme, id});
  if (!fields.name.empty()) values.push_back(NameValue(fields.type, fields.name));
  return values;
}

absl::StatusOr<const Profile*> IdentityReader::FindProfile(ProfileId id) {
  auto found = profiles_.find(id);
  if (found == profiles_.end()) {
    NEWSGRAPH_ASSIGN_OR_RETURN(auto profile, view_.GetProfile(id));
    found = profiles_.emplace(id, std::move(profile)).first;
  }
  return found->second ? &*found->second : nullptr;
}

absl::StatusOr<const Profile*> IdentityReader::GetProfile(ProfileId id) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* profile, FindProfile(id));
  if (profile == nullptr) {
    return absl::DataLossError(
        fmt::format("read profile {}: it is gone though something still holds it; run verify", ToHex(id.value)));
  }
  return profile;
}

absl::StatusOr<const std::vector<std::string>*> IdentityReader::GetObservations(ProfileId id, std::string_view kind) {
  auto& kinds = observations_[id];
  auto found = kinds.find(kind);
  if (found == kinds.end()) {
    NEWSGRAPH_ASSIGN_OR_RETURN(auto values, view_.ListObservations(id, kind, limits_.values));
    found = kinds.emplace(kind, std::move(values)).first;
  }
  return &found->second;
}

void IdentityReader::SetObservations(ProfileId id, const std::vector<Observation>& observations) {
  auto& kinds = observations_[id];
  for (const ObservationKind& kind : ObservationKinds()) {
    std::vector<std::string>& values = kinds[std::string(kind.kind)];
    for (const Observation& observation : observations) {
      if (observation.kind == kind.kind) values.push_back(observation.value);
    }
    std::sort(values.begin(), values.end());
    values.resize(std::min(values.size(), limits_.values));
  }
}

absl::StatusOr<bool> IdentityReader::HasObservation(ProfileId id, std::string_view kind, std::string_view value) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto* values, GetObservations(id, kind));
  return std::binary_search(values->begin(), values->end(), value);
}

absl::StatusOr<const std::vector<ProfileId>*> IdentityReader::GetHolders(const HeldValue& value) {
  auto found = holders_.find(value);
  if (found == holders_.end()) {
    NEWSGRAPH_ASSIGN_OR_RETURN(auto holders, view_.ListHolders(value, limits_.holders + 1));
    found = holders_.emplace(value, std::move(holders)).first;
  }
  return found->second.size() > limits_.holders ? nullptr : &found->second;
}

absl::StatusOr<const std::vector<ProfileJudgement>*> IdentityReader::GetJudgements(ProfileId id) {
  auto found = judgements_.find(id);
  if (found == judgements_.end()) {
    NEWSGRAPH_ASSIGN_OR_RETURN(auto judgements, view_.ListJudgements(id));
    found = judgements_.emplace(id, std::move(judgements)).first;
  }
  return &found->second;
}

absl::StatusOr<std::vector<HeldValue>> IdentityReader::ListValues(ProfileId id) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* profile, GetProfile(id));
  std::vector<HeldValue> values = HeldValues(profile->fields);
  if (!profile->fields.judged.is_zero()) values.push_back({std::string(kJudgedKind), ""});
  for (const ObservationKind& kind : ObservationKinds()) {
    if (!kind.links) continue;
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto* observations, GetObservations(id, kind.kind));
    for (const std::string& observation : *observations) values.push_back({std::string(kind.kind), observation});
  }
  return values;
}

absl::StatusOr<std::vector<IdentityReader::Link>> IdentityReader::ListLinksThrough(ProfileId id,
                                                                                   const HeldValue& value) {
  std::vector<Link> links;
  for (int level = 1; level <= LevelCount(); ++level) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto others, kLevels[level - 1].linked(*this, id, value));
    for (const ProfileId other : others) links.push_back({other, level});
  }
  return links;
}

absl::StatusOr<const std::vector<IdentityReader::Link>*> IdentityReader::GetLinks(ProfileId id) {
  auto found = links_.find(id);
  if (found == links_.end()) {
    std::vector<Link> links;
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto values, ListValues(id));
    for (const HeldValue& value : values) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto through, ListLinksThrough(id, value));
      links.insert(links.end(), through.begin(), through.end());
    }
    std::sort(links.begin(), links.end());
    links.erase(std::unique(links.begin(), links.end()), links.end());
    found = links_.emplace(id, std::move(links)).first;
  }
  return &found->second;
}

int LevelCount() { return static_cast<int>(kLevels.size()); }

std::string_view LevelName(int level) { return kLevels[level - 1].name; }

absl::StatusOr<std::string> ExplainLink(IdentityReader& reader, int level, ProfileId left, ProfileId right) {
  return kLevels[level - 1].explain(reader, left, right);
}

absl::StatusOr<std::vector<std::pair<std::string, std::string>>> ListFacts(IdentityReader& reader, ProfileId id) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* profile, reader.GetProfile(id));
  std::vector<std::pair<std::string, std::string>> facts(profile->fields.external_ids.begin(),
                                                         profile->fields.external_ids.end());
  if (!profile->fields.occupation.empty()) facts.emplace_back("occupation", profile->fields.occupation);
  for (const ObservationKind& kind : ObservationKinds()) {
    if (!kind.forbids) continue;
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto* observations, reader.GetObservations(id, kind.kind));
    for (const std::string& observation : *observations) facts.emplace_back(kind.kind, observation);
  }
  std::sort(facts.begin(), facts.end());
  return facts;
}

absl::StatusOr<std::map<ProfileId, JointVerdict>> ListVerdicts(IdentityReader& reader, ProfileId id) {
  std::map<ProfileId, JointVerdict> verdicts;
  NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* profile, reader.GetProfile(id));
  if (profile->fields.judged.is_zero()) return verdicts;
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto* judgements, reader.GetJudgements(id));
  for (const ProfileJudgement& judgement : *judgements) {
    JointVerdict& joint = verdicts[judgement.other];
    const bool stronger = judgement.verdict == Verdict::kDifferent
                              ? joint.verdict != Verdict::kDifferent
                              : judgement.verdict == Verdict::kSame && joint.verdict == Verdict::kUnsure;
    if (!stronger) continue;
    joint.verdict = judgement.verdict;
    joint.reason = fmt::format("{} judged them {}{}{}", judgement.author, ToString(judgement.verdict),
                               judgement.reason.empty() ? "" : ": ", judgement.reason);
  }
  return verdicts;
}

}  // namespace newsgraph
