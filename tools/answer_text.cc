#include "tools/answer_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>

namespace newsgraph {
namespace {

// ENTITY_TYPE_PERSON → "PERSON".
std::string WithoutPrefix(const std::string& name, std::string_view prefix) {
  return name.starts_with(prefix) ? name.substr(prefix.size()) : name;
}

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

// White space of every kind as one space, so that a finding stays on its line.
std::string OneLine(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const bool space = c == '\n' || c == '\r' || c == '\t' || c == ' ';
    if (!space) line.push_back(c);
    if (space && !line.empty() && line.back() != ' ') line.push_back(' ');
  }
  return line;
}

}  // namespace

std::string TypeText(v1::EntityType type, const std::string& subtype) {
  const std::string name = WithoutPrefix(v1::EntityType_Name(type), "ENTITY_TYPE_");
  return subtype.empty() ? name : name + ":" + subtype;
}

std::string StatementLine(const v1::Statement& statement) {
  std::string line;
  if (statement.has_speaker()) line += statement.speaker().name() + " says: ";
  line += fmt::format("{} —{}→ ", statement.subject().name(), statement.predicate());
  if (statement.has_object()) {
    line += statement.object().name();
  } else {
    line += fmt::format("“{}”", OneLine(statement.literal().text()));
    if (!statement.literal().value().empty() && statement.literal().value() != statement.literal().text()) {
      line += fmt::format(" = {}{}{}", statement.literal().value(), statement.literal().unit().empty() ? "" : " ",
                          statement.literal().unit());
    }
  }
  for (const v1::Qualifier& qualifier : statement.qualifiers()) {
    line += fmt::format("  {}: {}", qualifier.name(), OneLine(qualifier.text()));
  }
  if (statement.factuality() != v1::FACTUALITY_ASSERTED) {
    line += fmt::format("  [{}]", Lower(WithoutPrefix(v1::Factuality_Name(statement.factuality()), "FACTUALITY_")));
  }
  return line;
}

std::string EvidenceLines(const v1::Statement& statement) {
  return fmt::format("    {}\n    ({}{}{}, {}, {}, {:.2f})\n", OneLine(statement.evidence().text()),
                     statement.publisher(), statement.publisher().empty() ? "" : " ",
                     statement.published().empty() ? "no date" : statement.published().substr(0, 10), statement.id(),
                     statement.rule(), statement.confidence());
}

std::string TruncationLine(const v1::Truncation& truncation) {
  if (truncation.reason() == v1::TRUNCATION_REASON_UNSPECIFIED) return "";
  return fmt::format("(cut short by {} after {}; {} edges looked at)\n",
                     Lower(WithoutPrefix(v1::TruncationReason_Name(truncation.reason()), "TRUNCATION_REASON_")),
                     truncation.returned(), truncation.visited());
}

}  // namespace newsgraph
