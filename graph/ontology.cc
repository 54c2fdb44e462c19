#include "graph/ontology.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "graph/embedded_data.h"
#include "graph/status.h"

namespace newsgraph {
namespace {

constexpr std::array<std::string_view, 14> kColumns = {"id",     "tier",        "en",       "zh_hant",    "zh_hans",
                                                       "domain", "range",       "inverse",  "inverse_zh", "symmetric",
                                                       "kind",   "cardinality", "wikidata", "broader"};
constexpr std::array<std::string_view, 7> kLiteralTypes = {"DATE", "MONEY", "PERCENT",  "QUANTITY",
                                                           "NAME", "TEXT",  "STATEMENT"};
constexpr std::array<std::string_view, 3> kKinds = {"state", "event", "attitude"};
constexpr std::array<std::string_view, 4> kCardinalities = {"1:1", "1:n", "n:1", "n:n"};
constexpr std::string_view kReversed = "^-1";

template <typename List>
bool Contains(const List& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (size_t begin = 0;;) {
    const size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

// Lower-case letters, digits and underscores: it stands in keys, files and queries.
bool IsId(std::string_view id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

absl::StatusOr<std::vector<EndType>> ParseEnds(std::string_view cell) {
  std::vector<EndType> ends;
  for (const std::string_view word : Split(cell, ',')) {
    EndType end;
    const size_t colon = word.find(':');
    const auto type = ParseEntityType(word.substr(0, colon));
    if (word == "any") {
      end.any = true;
    } else if (Contains(kLiteralTypes, word)) {
      end.literal = word;
    } else if (type && *type != EntityType::kUnknown && !IsValueType(*type)) {
      end.type = *type;
      if (colon != std::string_view::npos) end.subtype = word.substr(colon + 1);
      if (colon != std::string_view::npos && end.subtype.empty()) {
        return absl::InvalidArgumentError(fmt::format("'{}' names no subtype", word));
      }
    } else {
      return absl::InvalidArgumentError(fmt::format("'{}' is no entity type, no literal type and not 'any'", word));
    }
    ends.push_back(std::move(end));
  }
  return ends;
}

absl::StatusOr<Relation> ParseRow(const std::vector<std::string_view>& cells) {
  if (cells.size() != kColumns.size()) {
    return absl::InvalidArgumentError(fmt::format("{} columns, not {}", cells.size(), kColumns.size()));
  }
  Relation relation;
  relation.id = cells[0];
  relation.tier = cells[1];
  relation.en = cells[2];
  relation.zh_hant = cells[3];
  relation.zh_hans = cells[4];
  if (!IsId(relation.id)) {
    return absl::InvalidArgumentError(
        fmt::format("id '{}' has other characters than lower-case letters, digits and '_'", relation.id));
  }
  for (size_t column = 1; column <= 4; ++column) {
    if (cells[column].empty()) return absl::InvalidArgumentError(fmt::format("{} is empty", kColumns[column]));
  }
  for (const size_t column : {size_t{5}, size_t{6}}) {
    auto ends = ParseEnds(cells[column]);
    if (!ends.ok()) {
      return absl::InvalidArgumentError(fmt::format("{}: {}", kColumns[column], std::string(ends.status().message())));
    }
    (column == 5 ? relation.domain : relation.range) = *std::move(ends);
  }
  relation.inverse = cells[7];
  relation.inverse_zh = cells[8];
  if (relation.inverse.empty() != relation.inverse_zh.empty()) {
    return absl::InvalidArgumentError("inverse and inverse_zh are given together or not at all");
  }
  if (!relation.inverse.empty() && !IsId(relation.inverse)) {
    return absl::InvalidArgumentError(
        fmt::format("inverse '{}' has other characters than lower-case letters, digits and '_'", relation.inverse));
  }
  if (cells[9] != "yes" && cells[9] != "no") {
    return absl::InvalidArgumentError(fmt::format("symmetric is '{}', not yes or no", cells[9]));
  }
  relation.symmetric = cells[9] == "yes";
  if (relation.symmetric != (relation.inverse == relation.id)) {
    return absl::InvalidArgumentError("a relation is symmetric just when it is its own inverse");
  }
  relation.kind = cells[10];
  if (!Contains(kKinds, relation.kind)) {
    return absl::InvalidArgumentError(fmt::format("kind is '{}', not {}", relation.kind, fmt::join(kKinds, ", ")));
  }
  relation.cardinality = cells[11];
  if (!Contains(kCardinalities, relation.cardinality)) {
    return absl::InvalidArgumentError(
        fmt::format("cardinality is '{}', not {}", relation.cardinality, fmt::join(kCardinalities, ", ")));
  }
  std::string_view wikidata = cells[12];
  if (wikidata.size() > kReversed.size() && wikidata.substr(wikidata.size() - kReversed.size()) == kReversed) {
    relation.wikidata_reversed = true;
    wikidata.remove_suffix(kReversed.size());
  }
  if (!wikidata.empty() && (wikidata.size() < 2 || wikidata[0] != 'P' ||
                            wikidata.find_first_not_of("0123456789", 1) != std::string_view::npos)) {
    return absl::InvalidArgumentError(fmt::format("wikidata '{}' is not like P169 or P169^-1", cells[12]));
  }
  relation.wikidata = wikidata;
  relation.broader = cells[13];
  return relation;
}

bool FitsEntity(const std::vector<EndType>& ends, EntityType type, std::string_view subtype) {
  return std::any_of(ends.begin(), ends.end(), [&](const EndType& end) {
    if (end.any) return true;
    return end.literal.empty() && end.type == type &&
           (end.subtype.empty() || subtype.empty() || end.subtype == subtype);
  });
}

// Anything may stand where `any` is allowed; and a noun phrase (TEXT) for an entity
// that the document does not name.
bool FitsLiteral(const std::vector<EndType>& ends, std::string_view type) {
  return std::any_of(ends.begin(), ends.end(), [&](const EndType& end) {
    return end.any || end.literal == type || (end.literal.empty() && type == "TEXT");
  });
}

std::string Describe(const std::vector<EndType>& ends) {
  std::vector<std::string> words;
  for (const EndType& end : ends) {
    if (end.any) {
      words.push_back("any");
    } else if (!end.literal.empty()) {
      words.push_back(end.literal);
    } else {
      words.push_back(fmt::format("{}{}{}", ToString(end.type), end.subtype.empty() ? "" : ":", end.subtype));
    }
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string Describe(EntityType type, std::string_view subtype) {
  return fmt::format("{}{}{}", ToString(type), subtype.empty() ? "" : ":", subtype);
}

}  // namespace

std::shared_ptr<const Ontology> Ontology::Default() {
  static const std::shared_ptr<const Ontology> ontology = *Parse(kOntologyData, "ontology.tsv");
  return ontology;
}

absl::StatusOr<std::shared_ptr<const Ontology>> Ontology::Parse(std::string_view text, std::string_view name) {
  std::shared_ptr<Ontology> ontology(new Ontology);
  std::vector<size_t> lines;  // of each relation
  std::string everything;
  size_t line_number = 0;
  bool header = false;
  const auto error = [&](size_t line, std::string_view what) {
    return absl::InvalidArgumentError(fmt::format("{}:{}: {}", name, line, what));
  };
  for (std::string_view line : Split(text, '\n')) {
    ++line_number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string_view> cells = Split(line, '\t');
    if (!header) {
      if (!std::equal(cells.begin(), cells.end(), kColumns.begin(), kColumns.end())) {
        return error(line_number,
                     fmt::format("the header line must name the columns {}, parted by tabs", fmt::join(kColumns, " ")));
      }
      header = true;
      continue;
    }
    auto relation = ParseRow(cells);
    if (!relation.ok()) return error(line_number, std::string(relation.status().message()));
    if (ontology->relations_.size() == UINT16_MAX) return error(line_number, "more than 65535 relations");
    relation->number = static_cast<uint16_t>(ontology->relations_.size() + 1);
    if (!ontology->by_id_.emplace(relation->id, relation->number).second) {
      return error(line_number, fmt::format("relation {} is there twice", relation->id));
    }
    everything.append(line).push_back('\n');
    lines.push_back(line_number);
    ontology->relations_.push_back(*std::move(relation));
  }
  if (!header) return error(line_number, "no header line");
  if (ontology->relations_.empty()) return error(line_number, "no relations");
  for (size_t i = 0; i < lines.size(); ++i) {
    const Relation& relation = ontology->relations_[i];
    if (const Relation* inverse = ontology->Find(relation.inverse);
        inverse != nullptr && inverse->inverse != relation.id) {
      return error(lines[i], fmt::format("inverse {} is a relation, and its inverse is '{}', not {}", inverse->id,
                                         inverse->inverse, relation.id));
    }
    const Relation* broader = &relation;
    for (size_t steps = 0; !broader->broader.empty(); ++steps) {
      const Relation* next = ontology->Find(broader->broader);
      if (next == nullptr) return error(lines[i], fmt::format("broader relation '{}' is unknown", broader->broader));
      if (steps == ontology->relations_.size()) {
        return error(lines[i], fmt::format("the broader relations of {} lead in a circle", relation.id));
      }
      broader = next;
    }
  }
  ontology->fingerprint_ = Hash128(everything);
  return ontology;
}

absl::StatusOr<std::shared_ptr<const Ontology>> Ontology::Load(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(fmt::format("read ontology {}: {}", path, std::strerror(errno)));
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad()) return absl::UnavailableError(fmt::format("read ontology {}: {}", path, std::strerror(errno)));
  return Parse(text, path);
}

const Relation* Ontology::Find(std::string_view id) const {
  const auto found = by_id_.find(std::string(id));
  return found == by_id_.end() ? nullptr : FindNumber(found->second);
}

const Relation* Ontology::FindNumber(uint16_t number) const {
  return number >= 1 && number <= relations_.size() ? &relations_[number - 1] : nullptr;
}

absl::Status Ontology::Check(std::string_view predicate, EntityType subject_type, std::string_view subject_subtype,
                             EntityType object_type, std::string_view object_subtype,
                             std::string_view literal_type) const {
  const Relation* relation = Find(predicate);
  if (relation == nullptr) return absl::InvalidArgumentError(fmt::format("unknown relation '{}'", predicate));
  if (!FitsEntity(relation->domain, subject_type, subject_subtype)) {
    return absl::InvalidArgumentError(fmt::format("{}: the subject is {}, allowed are {}", predicate,
                                                  Describe(subject_type, subject_subtype), Describe(relation->domain)));
  }
  if (literal_type.empty()) {
    if (!FitsEntity(relation->range, object_type, object_subtype)) {
      return absl::InvalidArgumentError(fmt::format("{}: the object is {}, allowed are {}", predicate,
                                                    Describe(object_type, object_subtype), Describe(relation->range)));
    }
    return absl::OkStatus();
  }
  if (!Contains(kLiteralTypes, literal_type)) {
    return absl::InvalidArgumentError(fmt::format("{}: unknown literal type '{}', known are {}", predicate,
                                                  literal_type, fmt::join(kLiteralTypes, ", ")));
  }
  if (!FitsLiteral(relation->range, literal_type)) {
    return absl::InvalidArgumentError(fmt::format("{}: the object is a literal {}, allowed are {}", predicate,
                                                  literal_type, Describe(relation->range)));
  }
  return absl::OkStatus();
}

}  // namespace newsgraph
