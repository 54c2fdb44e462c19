// Runs the tables values.LANGUAGE.tsv beside it: what FindValues reads in each text. The heads of the tables say
// how they are written and what a value is.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "graph/day.h"
#include "ingest/text/value_finder.h"

namespace newsgraph {
namespace {

struct ValueCase {
  int line = 0;
  std::string published, text;
  std::vector<std::string> values;  // "surface|TYPE|value|unit|precision"
};

std::vector<std::string> Columns(const std::string& line) {
  std::vector<std::string> columns(1);
  for (const char c : line) {
    if (c == '\t') {
      columns.emplace_back();
    } else {
      columns.back().push_back(c);
    }
  }
  return columns;
}

std::vector<ValueCase> ReadTable(const std::string& path) {
  std::vector<ValueCase> cases;
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in.good()) << path;
  int number = 0;
  bool headed = false;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.starts_with('#')) continue;
    if (!headed) {
      EXPECT_EQ(line, "published\ttext\tsurface\ttype\tvalue\tunit\tprecision") << path << ":" << number;
      headed = true;
      continue;
    }
    const std::vector<std::string> columns = Columns(line);
    const bool none = columns.size() == 3 && columns[2] == "-";
    const bool further = columns.size() == 7 && columns[1].empty() && !cases.empty();
    if (!none && columns.size() != 7) {
      ADD_FAILURE() << path << ":" << number << ": neither seven columns nor a dash in the third";
      continue;
    }
    if (!further) cases.push_back({number, columns[0], columns[1], {}});
    if (none) continue;
    cases.back().values.push_back(
        fmt::format("{}|{}|{}|{}|{}", columns[2], columns[3], columns[4], columns[5], columns[6]));
  }
  return cases;
}

std::vector<std::string> Read(const ValueCase& value_case, Script script) {
  const FoldedText text("", value_case.text);
  std::vector<std::string> read;
  ValueContext context;
  for (const TextMention& mention :
       FindValues(text, {0, text.size()}, script, ParseDay(value_case.published), context)) {
    EXPECT_TRUE(mention.value.has_value());
    read.push_back(fmt::format("{}|{}|{}|{}|{}", text.Surface(mention.range.begin, mention.range.end),
                               ToString(mention.type), mention.value->value, mention.value->unit, mention.subtype));
  }
  return read;
}

struct ValueTable {
  std::string language;
  Script script;
};

class ValueTableTest : public testing::TestWithParam<ValueTable> {};

TEST_P(ValueTableTest, EveryTextHasItsValues) {
  const std::string name = fmt::format("tests/golden/values.{}.tsv", GetParam().language);
  const std::vector<ValueCase> cases = ReadTable(std::string(NEWSGRAPH_SOURCE_DIR "/") + name);
  EXPECT_GE(cases.size(), 150u);
  for (const ValueCase& value_case : cases) {
    EXPECT_EQ(Read(value_case, GetParam().script), value_case.values)
        << name << ":" << value_case.line << ": " << value_case.text;
  }
}

INSTANTIATE_TEST_SUITE_P(Tables, ValueTableTest,
                         testing::Values(ValueTable{"zh-Hant", Script::kHant}, ValueTable{"zh-Hans", Script::kHans},
                                         ValueTable{"en", Script::kLatin}),
                         [](const testing::TestParamInfo<ValueTable>& table) {
                           return table.param.language == "en" ? "En" : table.param.language.substr(3);
                         });

}  // namespace
}  // namespace newsgraph
