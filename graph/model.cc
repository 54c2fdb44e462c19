#include "graph/model.h"

#include <array>
#include <utility>

namespace newsgraph {
namespace {

template <typename Enum, size_t kSize>
using NameTable = std::array<std::pair<Enum, std::string_view>, kSize>;

template <typename Enum, size_t kSize>
std::string_view NameIn(const NameTable<Enum, kSize>& table, Enum value) {
  for (const auto& [entry, name] : table) {
    if (entry == value) return name;
  }
  return table.front().second;
}

template <typename Enum, size_t kSize>
std::optional<Enum> ValueIn(const NameTable<Enum, kSize>& table, std::string_view name) {
  for (const auto& [entry, entry_name] : table) {
    if (entry_name == name) return entry;
  }
  return std::nullopt;
}

constexpr NameTable<EntityType, 21> kEntityTypes = {{
    {EntityType::kUnknown, "UNKNOWN"},   {EntityType::kPerson, "PERSON"},     {EntityType::kOrg, "ORG"},
    {EntityType::kGpe, "GPE"},           {EntityType::kLoc, "LOC"},           {EntityType::kFac, "FAC"},
    {EntityType::kProduct, "PRODUCT"},   {EntityType::kTech, "TECH"},         {EntityType::kWork, "WORK"},
    {EntityType::kEvent, "EVENT"},       {EntityType::kLaw, "LAW"},           {EntityType::kPosition, "POSITION"},
    {EntityType::kNorp, "NORP"},         {EntityType::kLanguage, "LANGUAGE"}, {EntityType::kDate, "DATE"},
    {EntityType::kTime, "TIME"},         {EntityType::kMoney, "MONEY"},       {EntityType::kPercent, "PERCENT"},
    {EntityType::kQuantity, "QUANTITY"}, {EntityType::kCardinal, "CARDINAL"}, {EntityType::kOrdinal, "ORDINAL"},
}};

constexpr NameTable<Field, 2> kFields = {{{Field::kTitle, "title"}, {Field::kText, "text"}}};

constexpr NameTable<MentionForm, 3> kMentionForms = {
    {{MentionForm::kName, "name"}, {MentionForm::kNominal, "nominal"}, {MentionForm::kPronoun, "pronoun"}}};

constexpr NameTable<Factuality, 6> kFactualities = {{{Factuality::kAsserted, "asserted"},
                                                     {Factuality::kOpinion, "opinion"},
                                                     {Factuality::kPlanned, "planned"},
                                                     {Factuality::kHypothetical, "hypothetical"},
                                                     {Factuality::kDenied, "denied"},
                                                     {Factuality::kQuestion, "question"}}};

constexpr NameTable<TimePrecision, 4> kTimePrecisions = {{{TimePrecision::kNone, ""},
                                                          {TimePrecision::kYear, "year"},
                                                          {TimePrecision::kMonth, "month"},
                                                          {TimePrecision::kDay, "day"}}};

constexpr NameTable<Verdict, 3> kVerdicts = {
    {{Verdict::kSame, "same"}, {Verdict::kDifferent, "different"}, {Verdict::kUnsure, "unsure"}}};

}  // namespace

std::string_view ToString(EntityType type) { return NameIn(kEntityTypes, type); }
std::optional<EntityType> ParseEntityType(std::string_view name) { return ValueIn(kEntityTypes, name); }
bool IsValueType(EntityType type) { return type >= EntityType::kDate; }

std::string_view ToString(Field field) { return NameIn(kFields, field); }
std::optional<Field> ParseField(std::string_view name) { return ValueIn(kFields, name); }

std::string_view ToString(MentionForm form) { return NameIn(kMentionForms, form); }
std::optional<MentionForm> ParseMentionForm(std::string_view name) { return ValueIn(kMentionForms, name); }

std::string_view ToString(Factuality factuality) { return NameIn(kFactualities, factuality); }
std::optional<Factuality> ParseFactuality(std::string_view name) { return ValueIn(kFactualities, name); }

std::string_view ToString(TimePrecision precision) { return NameIn(kTimePrecisions, precision); }
std::optional<TimePrecision> ParseTimePrecision(std::string_view name) { return ValueIn(kTimePrecisions, name); }

std::string_view ToString(Verdict verdict) { return NameIn(kVerdicts, verdict); }
std::optional<Verdict> ParseVerdict(std::string_view name) { return ValueIn(kVerdicts, name); }

}  // namespace newsgraph
