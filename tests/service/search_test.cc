// A search understands the names of documents and those of the lexicon.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "service/questions.h"
#include "tests/graph/document_builder.h"
#include "tests/graph/test_directory.h"

namespace newsgraph {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kLexicon[] =
    "id\ttype\tsubtype\tclass\twhy\twikidata\ten\tzh_hant\tzh_hans\tshort\tcontext\n"
    "ada_berg\tPERSON\t-\texecutive\ttest\t-\tAda Berg\t艾達·貝格\t-\t-\t-\n"
    "northwind\tORG\tcompany\t-\ttest\t-\tNorthwind\t北風\t-\t-\t-\n";

class SearchTest : public testing::Test {
 protected:
  SearchTest() {
    std::filesystem::create_directories(directory_.path() / "lexicon");
    std::ofstream(directory_.path() / "lexicon" / "names.tsv") << kLexicon;
    DocumentBuilder first("d1");
    const AtomId ada =
        first.Add({.type = EntityType::kPerson, .name = "Ada Berg", .external_ids = {{"lexicon", "ada_berg"}}});
    first.Mention(ada, "Berg");
    first.Add({.type = EntityType::kOrg, .name = "Northwind", .external_ids = {{"lexicon", "northwind"}}});
    EXPECT_TRUE(store_->Put(first.Build(), "now").ok());
    // A work of the same name, and a band whose name begins so.
    DocumentBuilder second("d2");
    second.Add({.type = EntityType::kOrg, .name = "北風樂團"});
    second.Add({.type = EntityType::kWork, .name = "北風"});
    EXPECT_TRUE(store_->Put(second.Build(), "now").ok());
  }

  // "NAME COUNT how" of each match.
  std::vector<std::string> Search(const std::string& name, bool prefix = false, uint32_t page_size = 0,
                                  bool with_lexicon = true) {
    const auto names = *KnownNames::Load(directory_.path(), {});
    const Questions questions(*store_, "test", with_lexicon ? &names : nullptr);
    v1::SearchEntitiesRequest request;
    request.set_name(name);
    request.set_prefix(prefix);
    request.set_page_size(page_size);
    v1::SearchEntitiesResponse response;
    const absl::Status status = questions.SearchEntities(request, {}, &response);
    EXPECT_TRUE(status.ok()) << status;
    std::vector<std::string> lines;
    for (const v1::EntityMatch& match : response.matches()) {
      lines.push_back(match.name() + " " + std::to_string(match.count()) + (match.by_lexicon() ? " by lexicon" : "") +
                      (match.exact() ? "" : " begins so"));
      EXPECT_NE(match.entity().id(), "");
    }
    if (response.truncation().reason() == v1::TRUNCATION_REASON_MAX_ENTITIES) lines.push_back("and more");
    return lines;
  }

  const TestDirectory directory_;
  std::unique_ptr<GraphStore> store_ = *GraphStore::OpenInMemory();
};

TEST_F(SearchTest, ANameThatNoDocumentHasIsFoundThroughTheLexicon) {
  EXPECT_THAT(Search("艾達·貝格"), ElementsAre("Ada Berg 1 by lexicon"));
  EXPECT_THAT(Search("艾达贝格"), ElementsAre("Ada Berg 1 by lexicon"));
  EXPECT_THAT(Search("艾達·貝格", true), ElementsAre("Ada Berg 1 by lexicon"));
  EXPECT_THAT(Search("艾達·貝格", false, 0, false), IsEmpty());
  EXPECT_THAT(Search("艾達"), IsEmpty());
}

TEST_F(SearchTest, WhatDocumentsNameSoComesOnceAndFirst) {
  EXPECT_THAT(Search("Ada Berg"), ElementsAre("Ada Berg 1"));
  EXPECT_THAT(Search("Berg"), ElementsAre("Berg 1"));
  EXPECT_THAT(Search("北風"), ElementsAre("北風 1", "Northwind 1 by lexicon"));
  EXPECT_THAT(Search("北風", true), ElementsAre("北風 1", "Northwind 1 by lexicon", "北風樂團 1 begins so"));
}

TEST_F(SearchTest, APageHoldsNoMoreThanWasAskedForWithTheLexiconToo) {
  EXPECT_THAT(Search("北風", true, 2), ElementsAre("北風 1", "Northwind 1 by lexicon", "and more"));
  EXPECT_THAT(Search("北風", true, 1), ElementsAre("北風 1", "and more"));
}

}  // namespace
}  // namespace newsgraph
