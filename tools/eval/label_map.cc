#include "tools/eval/label_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "graph/status.h"
#include "tools/eval/embedded_tables.h"

namespace newsgraph {
namespace {

constexpr EntityType kAllTypes[] = {
    EntityType::kPerson,   EntityType::kOrg,     EntityType::kGpe,      EntityType::kLoc,      EntityType::kFac,
    EntityType::kProduct,  EntityType::kTech,    EntityType::kWork,     EntityType::kEvent,    EntityType::kLaw,
    EntityType::kPosition, EntityType::kNorp,    EntityType::kLanguage, EntityType::kDate,     EntityType::kTime,
    EntityType::kMoney,    EntityType::kPercent, EntityType::kQuantity, EntityType::kCardinal, EntityType::kOrdinal};

constexpr std::string_view kUnlabelled = "(unlabelled)";

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

struct Row {
  uint32_t line = 0;
  std::vector<std::string> cells;
};

absl::Status Wrong(std::string_view table, uint32_t line, std::string_view what) {
  return absl::InvalidArgumentError(fmt::format("read {}:{}: {}", table, line, what));
}

// The rows below the line that names the columns.
absl::StatusOr<std::vector<Row>> Rows(std::string_view name, std::string_view text, std::string_view header) {
  std::vector<Row> rows;
  const size_t columns = Split(header, '\t').size();
  uint32_t number = 0;
  bool has_header = false;
  for (const std::string& line : Split(text, '\n')) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    if (!has_header) {
      if (line != header) return Wrong(name, number, fmt::format("the columns must be \"{}\"", header));
      has_header = true;
      continue;
    }
    Row row{number, Split(line, '\t')};
    if (row.cells.size() != columns) {
      return Wrong(name, number,
                   fmt::format("{} columns where {} are needed; part them with tabs", row.cells.size(), columns));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

absl::StatusOr<TypeSet> ParseTypes(std::string_view text) {
  TypeSet types = 0;
  if (text == "-") return types;
  for (const std::string& name : Split(text, '|')) {
    const auto type = ParseEntityType(name);
    if (!type || (TypeBit(*type) & NameTypes()) == 0) {
      return absl::InvalidArgumentError(fmt::format("\"{}\" is no type of names", name));
    }
    types |= TypeBit(*type);
  }
  return types;
}

}  // namespace

std::string ToString(TypeSet types) {
  std::string text;
  for (const EntityType type : kAllTypes) {
    if ((types & TypeBit(type)) == 0) continue;
    if (!text.empty()) text += '|';
    text += ToString(type);
  }
  return text.empty() ? "-" : text;
}

TypeSet NameTypes() {
  TypeSet types = 0;
  for (const EntityType type : kAllTypes) types |= IsValueType(type) ? 0 : TypeBit(type);
  return types;
}

TypeSet ValueTypes() {
  TypeSet types = 0;
  for (const EntityType type : kAllTypes) types |= IsValueType(type) ? TypeBit(type) : 0;
  return types;
}

const LabelTables& LabelTables::Default() {
  static const LabelTables* const tables = [] {
    absl::StatusOr<LabelTables> parsed = Parse(kCorporaTable, kLabelMapsTable);
    if (!parsed.ok()) {  // LabelMapTest reads them too
      fmt::print(stderr, "{}\n", std::string(parsed.status().message()));
      std::abort();
    }
    return new LabelTables(*std::move(parsed));
  }();
  return *tables;
}

absl::StatusOr<LabelTables> LabelTables::Parse(std::string_view corpora, std::string_view label_maps) {
  LabelTables tables;
  std::map<std::string, TypeSet> unlabelled;
  std::map<std::string, uint32_t> last_line;
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::vector<Row> rows, Rows("label_maps.tsv", label_maps, "map\tlabel\ttypes\twhy"));
  for (const Row& row : rows) {
    const std::string &map_name = row.cells[0], &label = row.cells[1];
    const absl::StatusOr<TypeSet> types = ParseTypes(row.cells[2]);
    if (!types.ok()) return Wrong("label_maps.tsv", row.line, std::string(types.status().message()));
    LabelMap& map = tables.maps_[map_name];
    map.name = map_name;
    last_line[map_name] = row.line;
    const bool is_new =
        label == kUnlabelled ? unlabelled.emplace(map_name, *types).second : map.labels.emplace(label, *types).second;
    if (!is_new) return Wrong("label_maps.tsv", row.line, fmt::format("{} has {} already", map_name, label));
    if (label == kUnlabelled || *types == 0) continue;
    map.labelled |= *types;
    if (std::find(map.classes.begin(), map.classes.end(), *types) == map.classes.end()) map.classes.push_back(*types);
  }
  for (const auto& [name, map] : tables.maps_) {
    const TypeSet left = unlabelled[name];
    if ((map.labelled & left) != 0) {
      return Wrong("label_maps.tsv", last_line[name],
                   fmt::format("{}: {} is both labelled and unlabelled", name, ToString(map.labelled & left)));
    }
    if (const TypeSet missing = NameTypes() & ~(map.labelled | left); missing != 0) {
      return Wrong("label_maps.tsv", last_line[name],
                   fmt::format("{}: {} is neither labelled nor in (unlabelled)", name, ToString(missing)));
    }
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::vector<Row> files, Rows("corpora.tsv", corpora, "file\tmap\tlanguage"));
  for (const Row& row : files) {
    const LabelMap* const map = tables.FindMap(row.cells[1]);
    if (map == nullptr) return Wrong("corpora.tsv", row.line, fmt::format("there is no map {}", row.cells[1]));
    tables.corpora_.push_back({row.cells[0], map, row.cells[2]});
  }
  return tables;
}

const LabelTables::Corpus* LabelTables::FindByFile(std::string_view file_name) const {
  const Corpus* best = nullptr;
  for (const Corpus& corpus : corpora_) {
    if (file_name.substr(0, corpus.file.size()) != corpus.file) continue;
    if (best == nullptr || best->file.size() < corpus.file.size()) best = &corpus;
  }
  return best;
}

const LabelMap* LabelTables::FindMap(std::string_view name) const {
  const auto found = maps_.find(name);
  return found == maps_.end() ? nullptr : &found->second;
}

std::string LabelTables::MapNames() const {
  std::string names;
  for (const auto& [name, map] : maps_) names += (names.empty() ? "" : ", ") + name;
  return names;
}

}  // namespace newsgraph
