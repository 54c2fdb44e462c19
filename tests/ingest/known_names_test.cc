#include "ingest/known_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/graph/test_directory.h"

namespace newsgraph {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kLexicon[] =
    "id\ttype\tsubtype\tclass\twhy\twikidata\ten\tzh_hant\tzh_hans\tshort\tcontext\tabbreviation\n"
    "ada_berg\tPERSON\t-\texecutive\ttest\t-\tAda Berg\t艾達·貝格|貝格\t-\t小艾\t-\t-\n"
    "lyra_country\tGPE\tcountry\t-\ttest\t-\tLyra\t萊拉\t-\t-\tcapital\t萊\n"
    "lyra_model\tPRODUCT\tai_model\t-\ttest\t-\tLyra\t-\t-\t-\tmodel\t-\n";

class KnownNamesTest : public testing::Test {
 protected:
  KnownNamesTest() {
    std::filesystem::create_directories(directory_.path() / "lexicon");
    std::ofstream(directory_.path() / "lexicon" / "names.tsv") << kLexicon;
  }
  const TestDirectory directory_;
};

TEST_F(KnownNamesTest, AWholeNameInAnyScriptLeadsToItsEntry) {
  const auto names = KnownNames::Load(directory_.path(), {});
  ASSERT_TRUE(names.ok()) << names.status();
  for (const char* name :
       {"Ada Berg", "ada berg", "ＡＤＡ　ＢＥＲＧ", "艾達·貝格", "艾达·贝格", "艾達貝格", "貝格", "小艾"}) {
    EXPECT_THAT(names->ListLexiconIds(name), ElementsAre("ada_berg")) << name;
  }
  for (const char* name : {"", "Ada", "Ada Berg 2", "艾達", "艾達·貝格氏", "capital"}) {
    EXPECT_THAT(names->ListLexiconIds(name), IsEmpty()) << name;
  }
}

TEST_F(KnownNamesTest, ANameOfSeveralLeadsToEachAndAnAbbreviationToNone) {
  const auto names = KnownNames::Load(directory_.path(), {});
  EXPECT_THAT(names->ListLexiconIds("Lyra"), ElementsAre("lyra_country", "lyra_model"));
  EXPECT_THAT(names->ListLexiconIds("萊拉"), ElementsAre("lyra_country"));
  EXPECT_THAT(names->ListLexiconIds("萊"), IsEmpty());
}

TEST_F(KnownNamesTest, AFileOfOnesOwnCounts) {
  const std::filesystem::path own = directory_.path() / "own.tsv";
  std::ofstream(own) << "id\ttype\tsubtype\tclass\twhy\twikidata\ten\tzh_hant\tzh_hans\tshort\tcontext\n"
                     << "own_thing\tORG\tcompany\t-\ttest\t-\tOwn Thing\t-\t-\t-\t-\n";
  EXPECT_THAT(KnownNames::Load(directory_.path(), {own})->ListLexiconIds("own thing"), ElementsAre("own_thing"));
  EXPECT_TRUE(absl::IsNotFound(KnownNames::Load(directory_.path() / "nowhere", {}).status()));
}

}  // namespace
}  // namespace newsgraph
