// The lists of names that are no entries: whose given names are whose, what English news calls things; and what is
// malformed in them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "ingest/text/name_scene.h"
#include "tests/graph/test_directory.h"

namespace newsgraph {
namespace {

using testing::HasSubstr;

class NameListsTest : public testing::Test {
 protected:
  // The built-in lists with one of them put in place of its own.
  absl::StatusOr<NameLists> LoadWith(const std::string& file, const std::string& content) const {
    const std::filesystem::path folder = directory_.path() / "lexicon";
    std::filesystem::copy(std::filesystem::path(NEWSGRAPH_DATA_DIR) / "lexicon", folder,
                          std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
    std::ofstream(folder / file) << content;
    return NameLists::Load(folder);
  }
  static NameLists BuiltIn() { return *NameLists::Load(std::filesystem::path(NEWSGRAPH_DATA_DIR) / "lexicon"); }

 private:
  const TestDirectory directory_;
};

TEST_F(NameListsTest, AGivenNameIsAWomansOrAMansOrNobodys) {
  const NameLists lists = BuiltIn();
  EXPECT_EQ(lists.genders.Of(U"maria ortega"), Gender::kFemale);
  EXPECT_EQ(lists.genders.Of(U"thomas"), Gender::kMale);
  EXPECT_EQ(lists.genders.Of(U"quelm ortega"), Gender::kUnknown);
  EXPECT_EQ(lists.genders.Of(U""), Gender::kUnknown);
  // The last character counts twice; a surname counts for nothing.
  EXPECT_EQ(lists.genders.Of(U"王淑芬"), Gender::kFemale);
  EXPECT_EQ(lists.genders.Of(U"王建国"), Gender::kMale);
  EXPECT_EQ(lists.genders.Of(U"马一"), Gender::kUnknown);
}

TEST_F(NameListsTest, AnEnglishNounBringsItsLike) {
  const NameLists lists = BuiltIn();
  const auto carrier = lists.english_heads.Of(U"carrier");
  ASSERT_TRUE(carrier.has_value());
  EXPECT_EQ(carrier->type, EntityType::kOrg);
  EXPECT_TRUE(carrier->unknown);
  EXPECT_TRUE(HoldsWordOfList(carrier->nouns, U"airline"));
  EXPECT_TRUE(HoldsWordOfList(carrier->in_names, U"airways"));
  EXPECT_FALSE(HoldsWordOfList(carrier->nouns, U"air"));
  EXPECT_FALSE(lists.english_heads.Of(U"carriers").has_value());
}

TEST_F(NameListsTest, WhatIsMalformedIsNamedByFileAndLine) {
  constexpr char kGenders[] = "# Ours.\nkind\twords\nwoman\tana|bea\n";
  EXPECT_TRUE(LoadWith("genders.tsv", kGenders).ok());
  EXPECT_THAT(LoadWith("genders.tsv", std::string(kGenders) + "man\tbea\n").status().message(),
              testing::AllOf(HasSubstr("genders.tsv:4"), HasSubstr("bea")));
  EXPECT_THAT(LoadWith("genders.tsv", std::string(kGenders) + "child\tcy\n").status().message(),
              HasSubstr("genders.tsv:4"));
  EXPECT_THAT(LoadWith("genders.tsv", std::string(kGenders) + "woman_character\t淑芬\n").status().message(),
              HasSubstr("genders.tsv:4"));
  EXPECT_THAT(LoadWith("genders.tsv", std::string(kGenders) + "man\n").status().message(), HasSubstr("two columns"));

  constexpr char kNouns[] = "# Ours.\ntype\tsubtypes\tunknown\tnouns\tin_names\nORG\t-\tno\tmill|works\t-\n";
  EXPECT_TRUE(LoadWith("reference_nouns_en.tsv", kNouns).ok());
  for (const char* row : {"ORG\t-\tno\tshop|mill\t-\n", "THING\t-\tno\tshop\t-\n", "ORG\t-\tmaybe\tshop\t-\n",
                          "ORG\t-\tno\t-\t-\n", "ORG\t-\tno\tshop||bar\t-\n", "ORG\t-\tno\tshop\n"}) {
    EXPECT_THAT(LoadWith("reference_nouns_en.tsv", std::string(kNouns) + row).status().message(),
                HasSubstr("reference_nouns_en.tsv:4"))
        << row;
  }
}

}  // namespace
}  // namespace newsgraph
