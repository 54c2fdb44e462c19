#include "graph/ontology.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

namespace newsgraph {
namespace {

using ::testing::HasSubstr;

constexpr char kHeader[] =
    "id\ttier\ten\tzh_hant\tzh_hans\tdomain\trange\tinverse\tinverse_zh\tsymmetric\tkind\tcardinality\twikidata\t"
    "broader\n";
constexpr char kKnows[] = "knows\tcore\tknows\t認識\t认识\tPERSON\tPERSON\tknows\t認識\tyes\tstate\tn:n\t\t\n";

std::string ParseError(const std::string& rows) {
  const auto ontology = Ontology::Parse(kHeader + rows, "mine.tsv");
  return ontology.ok() ? "no error" : std::string(ontology.status().message());
}

TEST(OntologyTest, DefaultHasTheRelationsOfNews) {
  const auto ontology = Ontology::Default();
  EXPECT_EQ(ontology->relations().size(), 101u);  // 75 relations, 11 properties, 15 added
  const Relation* ceo = ontology->Find("ceo_of");
  ASSERT_NE(ceo, nullptr);
  EXPECT_EQ(ceo->number, 3);
  EXPECT_EQ(ceo->zh_hant, "執行長為");
  EXPECT_EQ(ceo->zh_hans, "首席执行官为");
  EXPECT_EQ(ceo->inverse, "has_ceo");
  EXPECT_EQ(ceo->wikidata, "P169");
  EXPECT_TRUE(ceo->wikidata_reversed);
  EXPECT_EQ(ontology->Find("praises")->broader, "supports");
  EXPECT_TRUE(ontology->Find("spouse_of")->symmetric);
  EXPECT_EQ(ontology->Find("has_ceo"), nullptr);
}

TEST(OntologyTest, NumbersAreThePlacesOfRows) {
  const auto ontology = Ontology::Default();
  for (const Relation& relation : ontology->relations()) {
    EXPECT_EQ(ontology->FindNumber(relation.number), &relation);
    EXPECT_EQ(ontology->Find(relation.id), &relation);
  }
  EXPECT_EQ(ontology->FindNumber(0), nullptr);
  EXPECT_EQ(ontology->FindNumber(102), nullptr);
  // Stored numbers: these may never move.
  EXPECT_EQ(ontology->Find("works_for")->number, 1);
  EXPECT_EQ(ontology->Find("stated")->number, 75);
  EXPECT_EQ(ontology->Find("inception")->number, 76);
  EXPECT_EQ(ontology->Find("defeated")->number, 101);
}

TEST(OntologyTest, DomainAndRangeAreEnforced) {
  const auto ontology = Ontology::Default();
  EXPECT_TRUE(ontology->Check("ceo_of", EntityType::kPerson, "", EntityType::kOrg, "company", "").ok());
  EXPECT_EQ(ontology->Check("ceo_of", EntityType::kOrg, "company", EntityType::kOrg, "", "").message(),
            "ceo_of: the subject is ORG:company, allowed are PERSON");
  EXPECT_EQ(ontology->Check("ceo_of", EntityType::kPerson, "", EntityType::kGpe, "", "").message(),
            "ceo_of: the object is GPE, allowed are ORG");
  EXPECT_EQ(ontology->Check("sings", EntityType::kPerson, "", EntityType::kGpe, "", "").message(),
            "unknown relation 'sings'");
  EXPECT_TRUE(ontology->Check("caused", EntityType::kPerson, "", EntityType::kLaw, "", "").ok());
}

TEST(OntologyTest, SubtypeIsCheckedOnlyWhereThereIsOne) {
  const auto ontology = Ontology::Default();
  const auto check = [&](std::string_view subtype) {
    return ontology->Check("party_member_of", EntityType::kPerson, "", EntityType::kOrg, subtype, "");
  };
  EXPECT_TRUE(check("").ok());
  EXPECT_TRUE(check("party").ok());
  EXPECT_EQ(check("company").message(), "party_member_of: the object is ORG:company, allowed are ORG:party");
}

TEST(OntologyTest, LiteralsStandWhereTheRangeHasThem) {
  const auto ontology = Ontology::Default();
  const auto check = [&](std::string_view predicate, std::string_view literal) {
    return ontology->Check(predicate, EntityType::kOrg, "", EntityType::kUnknown, "", literal);
  };
  EXPECT_TRUE(check("inception", "DATE").ok());
  EXPECT_EQ(check("inception", "MONEY").message(), "inception: the object is a literal MONEY, allowed are DATE");
  EXPECT_TRUE(check("stated", "STATEMENT").ok());
  EXPECT_TRUE(check("former_name", "NAME").ok());
  EXPECT_TRUE(check("plans", "STATEMENT").ok());
  EXPECT_TRUE(check("predicts", "MONEY").ok());
  EXPECT_EQ(check("plans", "PHRASE").message(),
            "plans: unknown literal type 'PHRASE', known are DATE, MONEY, PERCENT, QUANTITY, NAME, TEXT, STATEMENT");
}

TEST(OntologyTest, ANounPhraseMayStandForAnEntity) {
  const auto ontology = Ontology::Default();
  EXPECT_TRUE(ontology->Check("invested_in", EntityType::kOrg, "", EntityType::kUnknown, "", "TEXT").ok());
  EXPECT_FALSE(ontology->Check("has_revenue", EntityType::kOrg, "", EntityType::kUnknown, "", "TEXT").ok());
  EXPECT_FALSE(ontology->Check("invested_in", EntityType::kOrg, "", EntityType::kUnknown, "", "MONEY").ok());
}

TEST(OntologyTest, ErrorsNameFileAndLine) {
  EXPECT_EQ(ParseError(kKnows), "no error");
  EXPECT_EQ(ParseError(std::string(kKnows) + "# a comment\n" + kKnows), "mine.tsv:4: relation knows is there twice");
  EXPECT_EQ(ParseError("knows\tcore\n"), "mine.tsv:2: 2 columns, not 14");
  EXPECT_EQ(ParseError("a\tcore\ta\t甲\t甲\tROBOT\tany\t\t\tno\tstate\tn:n\t\t\n"),
            "mine.tsv:2: domain: 'ROBOT' is no entity type, no literal type and not 'any'");
  EXPECT_EQ(ParseError("a\tcore\ta\t甲\t甲\tany\tCARDINAL\t\t\tno\tstate\tn:n\t\t\n"),
            "mine.tsv:2: range: 'CARDINAL' is no entity type, no literal type and not 'any'");
  EXPECT_EQ(ParseError("a\tcore\ta\t甲\t甲\tany\tORG:\t\t\tno\tstate\tn:n\t\t\n"),
            "mine.tsv:2: range: 'ORG:' names no subtype");
  EXPECT_EQ(ParseError("a\tcore\ta\t甲\t甲\tany\tany\tb\t乙\tyes\tstate\tn:n\t\t\n"),
            "mine.tsv:2: a relation is symmetric just when it is its own inverse");
  EXPECT_EQ(ParseError("a\tcore\ta\t甲\t甲\tany\tany\t\t\tno\tstate\tn:n\t\tb\n"),
            "mine.tsv:2: broader relation 'b' is unknown");
  EXPECT_EQ(ParseError("a\tcore\ta\t甲\t甲\tany\tany\t\t\tno\tstate\tn:n\t\ta\n"),
            "mine.tsv:2: the broader relations of a lead in a circle");
  EXPECT_EQ(ParseError(std::string("a\tcore\ta\t甲\t甲\tany\tany\tknows\t乙\tno\tstate\tn:n\t\t\n") + kKnows),
            "mine.tsv:2: inverse knows is a relation, and its inverse is 'knows', not a");
  EXPECT_EQ(ParseError("a\tcore\ta\t甲\t甲\tany\tany\t\t\tno\tstate\tn:n\tQ5\t\n"),
            "mine.tsv:2: wikidata 'Q5' is not like P169 or P169^-1");
  EXPECT_EQ(ParseError("a\tcore\ta\t甲\t甲\tany\tany\t\t\tno\tmood\tn:n\t\t\n"),
            "mine.tsv:2: kind is 'mood', not state, event, attitude");
  EXPECT_EQ(ParseError(""), "mine.tsv:2: no relations");
  EXPECT_EQ(Ontology::Parse("", "mine.tsv").status().message(), "mine.tsv:1: no header line");
  EXPECT_THAT(std::string(Ontology::Parse("id\tname\n", "mine.tsv").status().message()),
              HasSubstr("mine.tsv:1: the header line must name the columns id tier en"));
}

TEST(OntologyTest, AMissingFileIsNamed) {
  const auto ontology = Ontology::Load("no/such/ontology.tsv");
  EXPECT_EQ(ontology.status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ontology.status().message(), "read ontology no/such/ontology.tsv: No such file or directory");
}

TEST(OntologyTest, FingerprintChangesWithEveryCell) {
  std::set<std::string> fingerprints;
  const std::string row = kKnows;
  for (const std::string& rows : {row, row + "# a comment\n", row.substr(0, row.size() - 6) + "1:n\t\t\n"}) {
    const auto ontology = Ontology::Parse(kHeader + rows, "mine.tsv");
    fingerprints.insert(ontology.ok() ? ToHex((*ontology)->fingerprint()) : std::string(ontology.status().message()));
  }
  EXPECT_EQ(fingerprints.size(), 2u);
  EXPECT_EQ(fingerprints.count(ToHex(Id128{})), 0u);
}

}  // namespace
}  // namespace newsgraph
