// Files as newsrooms have them, and beside each what must be read of it: cases/NAME and
// cases/NAME.golden (README.md). And the corpus, whose expected texts are not ours to write.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "ingest/document_reader.h"

namespace newsgraph {
namespace {

namespace fs = std::filesystem;

const fs::path kTests = NEWSGRAPH_SOURCE_DIR "/tests";

std::string Slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  return std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// What an article came to, in the words of a golden file.
std::string Describe(const ReadDocument& read, const std::string& name) {
  if (!read.document.ok()) {
    std::string message(read.document.status().message());
    const size_t at = message.find(name);
    if (at != std::string::npos) message.erase(std::min(message.find("read "), at) + 5, at - 5);
    return fmt::format("refused {}\n", message);
  }
  const Document& document = *read.document;
  std::string description = "document\n";
  const std::pair<const char*, const std::string*> fields[] = {{"id", &document.id},
                                                               {"uri", &document.uri},
                                                               {"title", &document.title},
                                                               {"publisher", &document.publisher},
                                                               {"author", &document.author},
                                                               {"published", &document.published},
                                                               {"language", &document.language}};
  for (const auto& [field, value] : fields) {
    if (!value->empty()) description += fmt::format("  {}: {}\n", field, *value);
  }
  for (size_t i = 0; i < kCutReasons; ++i) {
    if (read.characters.cut[i] == 0) continue;
    description += fmt::format("  cut {}: {}\n", ToString(static_cast<CutReason>(i)), read.characters.cut[i]);
  }
  description += "text\n";
  for (const std::string& line : Lines(document.text)) description += fmt::format("  {}\n", line);
  return description;
}

std::vector<ReadDocument> ReadFile(const fs::path& path) {
  std::vector<ReadDocument> all;
  const auto reader = DocumentReader::Open(path.string(), {});
  EXPECT_TRUE(reader.ok()) << reader.status();
  while (reader.ok()) {
    auto next = (*reader)->Next();
    EXPECT_TRUE(next.ok()) << next.status();
    if (!next.ok() || !next->has_value()) break;
    all.push_back(**std::move(next));
  }
  return all;
}

// Without its comments, and without the lines of what it leaves open.
std::string Expected(const std::string& golden) {
  std::string expected;
  for (const std::string& line : Lines(golden)) {
    if (!line.starts_with("# ") && !line.empty()) expected += line + "\n";
  }
  return expected;
}

// Counts of characters are compared where the golden file gives any.
std::string WithoutCounts(const std::string& description) {
  std::string kept;
  for (const std::string& line : Lines(description)) {
    if (!line.starts_with("  cut ")) kept += line + "\n";
  }
  return kept;
}

class ReaderGoldenTest : public testing::TestWithParam<std::string> {};

TEST_P(ReaderGoldenTest, ReadsWhatAPersonWould) {
  const fs::path path = kTests / "readers/cases" / GetParam();
  std::string actual;
  for (const ReadDocument& read : ReadFile(path)) actual += Describe(read, GetParam());
  const std::string golden = Slurp(path.string() + ".golden");
  const std::string expected = Expected(golden);
  const bool has_counts = expected.find("\n  cut ") != std::string::npos;
  EXPECT_EQ(has_counts ? actual : WithoutCounts(actual), expected);
}

std::vector<std::string> Cases() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kTests / "readers/cases")) {
    std::string name = entry.path().filename().string();
    if (name.ends_with(".golden")) names.push_back(name.substr(0, name.size() - 7));
  }
  std::sort(names.begin(), names.end());
  return names;
}

INSTANTIATE_TEST_SUITE_P(All, ReaderGoldenTest, testing::ValuesIn(Cases()), [](const auto& info) {
  std::string name = info.param;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
});

TEST(CorpusReaderTest, TextEqualsEveryExpectedTextAndFieldsTheManifest) {
  std::map<std::string, std::vector<ReadDocument>> files;
  size_t compared = 0;
  for (const std::string& line : Lines(Slurp(kTests / "corpus/manifest.jsonl"))) {
    const nlohmann::json row = nlohmann::json::parse(line);
    if (!row.contains("expected")) continue;
    SCOPED_TRACE(row["id"]);
    const std::string file = row["file"];
    if (!files.contains(file)) files.emplace(file, ReadFile(kTests / "corpus" / file));
    const size_t item = row.contains("item") ? std::stoul(row["item"].get<std::string>()) - 1 : 0;
    ASSERT_LT(item, files[file].size());
    ASSERT_TRUE(files[file][item].document.ok()) << files[file][item].document.status();
    const Document& document = *files[file][item].document;
    std::string expected = Slurp(kTests / "corpus" / row["expected"].get<std::string>());
    while (expected.ends_with('\n')) expected.pop_back();
    EXPECT_EQ(document.text, expected);
    EXPECT_EQ(document.uri, row["uri"]);
    EXPECT_EQ(document.title, row["title"]);
    EXPECT_EQ(document.publisher, row["publisher"]);
    EXPECT_EQ(document.published, row["published"]);
    EXPECT_EQ(document.language, row["language"]);
    EXPECT_EQ(document.author, row.value("author", document.author));
    ++compared;
  }
  EXPECT_EQ(compared, 5u);
}

}  // namespace
}  // namespace newsgraph
