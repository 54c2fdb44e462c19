// The built-in lexicon with entries of a user's own, and what is malformed in those.
#include "ingest/text/lexicon.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "tests/graph/test_directory.h"

namespace newsgraph {
namespace {

using testing::HasSubstr;

constexpr char kHeader[] = "id\ttype\tsubtype\tclass\twhy\twikidata\ten\tzh_hant\tzh_hans\tshort\tcontext\n";

class LexiconTest : public testing::Test {
 protected:
  std::filesystem::path Write(const std::string& name, const std::string& content) const {
    const std::filesystem::path path = directory_.path() / name;
    std::ofstream(path) << content;
    return path;
  }
  static absl::StatusOr<Lexicon> Load(const std::vector<std::filesystem::path>& own) {
    return Lexicon::Load(std::filesystem::path(NEWSGRAPH_DATA_DIR) / "lexicon", own);
  }
  // The ids of the entries that a text names.
  static std::set<std::string> Named(const Lexicon& lexicon, const std::string& text) {
    std::set<std::string> ids;
    for (const LexiconHit& hit : lexicon.FindAll(FoldedText("", text)).names) ids.insert(lexicon.entry(hit.entry).id);
    return ids;
  }

 private:
  const TestDirectory directory_;
};

TEST_F(LexiconTest, EntriesOfOnesOwnStandBesideThoseThatAreThere) {
  const auto own = Write("own.tsv", std::string("# Ours.\n") + kHeader +
                                        "quelm\tORG\tcompany\t-\tours\t-\tQuelm Works\t珂姆工坊\t-\t-\t-\n");
  const auto lexicon = Load({own});
  ASSERT_TRUE(lexicon.ok()) << lexicon.status();
  EXPECT_EQ(Named(*lexicon, "珂姆工坊與Nvidia"), (std::set<std::string>{"nvidia", "quelm"}));
}

TEST_F(LexiconTest, AnEntryOfOnesOwnReplacesTheOneOfItsId) {
  ASSERT_TRUE(Named(*Load({}), "Nvidia").contains("nvidia"));
  const auto own = Write("own.tsv", std::string(kHeader) + "nvidia\tORG\tcompany\t-\tours\t-\tQuelm\t-\t-\t-\t-\n");
  const auto lexicon = Load({own});
  ASSERT_TRUE(lexicon.ok()) << lexicon.status();
  EXPECT_EQ(lexicon->entry(lexicon->Find("nvidia")).name, "Quelm");
  EXPECT_FALSE(Named(*lexicon, "Nvidia").contains("nvidia"));
  EXPECT_TRUE(Named(*lexicon, "Quelm").contains("nvidia"));
}

TEST_F(LexiconTest, WhatIsMalformedIsToldWithFileAndLine) {
  const struct {
    const char* content;
    const char* message;
  } kCases[] = {
      {"id\ttype\n", "own.tsv:1: the first line that is no comment must name the columns"},
      {"HEADERa\tORG\tcompany\n", "own.tsv:2: 3 columns where 11 are needed"},
      {"HEADERa\tFRUIT\t-\t-\t-\t-\tA\t-\t-\t-\t-\n", "own.tsv:2: \"FRUIT\" is no type of entity"},
      {"HEADER-\tORG\t-\t-\t-\t-\tA\t-\t-\t-\t-\n", "own.tsv:2: the id is empty"},
      {"HEADERa\tORG\t-\t-\t-\t-\t-\t-\t-\t-\t-\n", "own.tsv:2: a has no name"},
      {"HEADERa\tORG\t-\t-\t-\t-\tA\t-\t-\t-\t-\na\tORG\t-\t-\t-\t-\tB\t-\t-\t-\t-\n",
       "own.tsv:3: the id a is there already"},
  };
  for (const auto& [content, message] : kCases) {
    std::string text = content;
    if (const size_t at = text.find("HEADER"); at != std::string::npos) text.replace(at, 6, kHeader);
    const auto status = Load({Write("own.tsv", text)}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << message;
    EXPECT_THAT(std::string(status.message()), HasSubstr(message));
  }
  EXPECT_EQ(Load({"/no/such.tsv"}).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace newsgraph
