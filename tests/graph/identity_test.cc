#include "graph/identity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/property/identity_world.h"

namespace newsgraph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

WorldAtom Person(std::string name, std::string occupation = "", std::vector<Observation> observations = {}) {
  return {.fields = {.type = EntityType::kPerson, .name = std::move(name), .occupation = std::move(occupation)},
          .observations = std::move(observations)};
}

WorldAtom Known(std::string name, std::string scheme, std::string id) {
  WorldAtom atom = Person(std::move(name));
  atom.fields.external_ids[std::move(scheme)] = std::move(id);
  return atom;
}

WorldAtom Bare(WorldAtom atom) {
  atom.fields.bare = true;
  return atom;
}

void PutMany(LivingWorld& living, const std::string& prefix, int count, const WorldAtom& atom) {
  for (int i = 0; i < count; ++i) living.world().Put(prefix + std::to_string(i), {atom});
  living.Settle();
}

// Calls `check` with the documents put in every order.
void InEveryOrder(const std::vector<std::pair<std::string, WorldAtom>>& documents,
                  const std::function<void(LivingWorld&)>& check) {
  std::vector<size_t> order(documents.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  do {
    LivingWorld living;
    for (const size_t i : order) living.Put(documents[i].first, {documents[i].second});
    check(living);
  } while (std::next_permutation(order.begin(), order.end()));
}

// --- the three examples of the design

TEST(IdentityTest, GlossInOneArticleJoinsTwoScriptsUntilItIsRetracted) {
  InEveryOrder({{"executive", Person("扎克伯格", "executive")},
                {"no class", Person("扎克伯格")},
                {"bridge", Person("zuckerberg", "", {{"gloss", "扎克伯格"}})},
                {"latin", Person("zuckerberg")}},
               [](LivingWorld& living) {
                 EXPECT_TRUE(living.AreOne("executive", "no class"));
                 EXPECT_TRUE(living.AreOne("executive", "bridge"));
                 EXPECT_TRUE(living.AreOne("executive", "latin"));
                 living.Retract("bridge");
                 EXPECT_TRUE(living.AreOne("executive", "no class"));
                 EXPECT_FALSE(living.AreOne("executive", "latin"));
               });
}

TEST(IdentityTest, NamesakeOfTwoWhoForbidEachOtherJoinsNeitherInAnyOrder) {
  InEveryOrder(
      {{"singer", Person("陳偉", "singer")}, {"physician", Person("陳偉", "physician")}, {"neither", Person("陳偉")}},
      [](LivingWorld& living) {
        EXPECT_FALSE(living.AreOne("singer", "physician"));
        EXPECT_FALSE(living.AreOne("singer", "neither"));
        EXPECT_FALSE(living.AreOne("physician", "neither"));
        const IdentityComponent component = living.Explain("neither");
        ASSERT_EQ(component.ambiguities.size(), 1u);
        EXPECT_EQ(component.ambiguities[0].level, "name alone");
        EXPECT_EQ(component.ambiguities[0].clusters, component.profiles);
        EXPECT_THAT(component.ambiguities[0].reason, HasSubstr("occupation differs: "));
        EXPECT_THAT(component.ambiguities[0].reason, HasSubstr("singer"));
        EXPECT_THAT(component.ambiguities[0].reason, HasSubstr("physician"));
        EXPECT_THAT(component.joins, IsEmpty());
        // With one of them gone the other is the only one it can be.
        living.Retract("physician");
        EXPECT_TRUE(living.AreOne("singer", "neither"));
      });
}

TEST(IdentityTest, TwoScriptsMeetThroughTheLexiconWithoutABridge) {
  LivingWorld living;
  living.Put("chinese", {Known("祖克柏", "lexicon", "person/mark-zuckerberg")});
  living.Put("english", {Known("mark zuckerberg", "lexicon", "person/mark-zuckerberg")});
  EXPECT_TRUE(living.AreOne("chinese", "english"));
  const IdentityComponent component = living.Explain("english");
  ASSERT_EQ(component.joins.size(), 1u);
  EXPECT_EQ(component.joins[0].level, "external id");
  EXPECT_EQ(component.joins[0].reason, "both carry lexicon person/mark-zuckerberg");
}

// --- links

TEST(IdentityTest, BareNameLinksNothingByItselfButWithAnEmployerItDoes) {
  LivingWorld living;
  living.Put("a", {Bare(Person("li"))});
  living.Put("b", {Bare(Person("li", "singer"))});
  EXPECT_FALSE(living.AreOne("a", "b"));
  living.Put("a", {Bare(Person("li", "", {{"employer", "acme"}}))});
  living.Put("b", {Bare(Person("li", "singer", {{"employer", "acme"}}))});
  ASSERT_TRUE(living.AreOne("a", "b"));
  EXPECT_EQ(living.Explain("a").joins[0].level, "name and observation");
  EXPECT_EQ(living.Explain("a").joins[0].reason,
            "both are named li, and documents say the same employer of both: acme");
  living.Put("a", {Bare(Person("li", "", {{"country", "tw"}}))});
  living.Put("b", {Bare(Person("li", "singer", {{"country", "tw"}}))});
  EXPECT_FALSE(living.AreOne("a", "b"));
}

TEST(IdentityTest, GlossThatIsABareNameLinksNothing) {
  LivingWorld living;
  living.Put("a", {Person("tim cook", "", {{"name", "cook"}})});
  living.Put("b", {Bare(Person("cook"))});
  EXPECT_FALSE(living.AreOne("a", "b"));
}

TEST(IdentityTest, EqualNamesOfTwoTypesStayApart) {
  LivingWorld living;
  WorldAtom company = Person("ford");
  company.fields.type = EntityType::kOrg;
  living.Put("a", {Person("ford")});
  living.Put("b", {company});
  EXPECT_FALSE(living.AreOne("a", "b"));
}

TEST(IdentityTest, ValueOfMoreThanSixtyFourProfilesLinksNothing) {
  LivingWorld living;
  for (int i = 0; i < 64; ++i) {
    living.Put("d" + std::to_string(i), {Known("name " + std::to_string(i), "lexicon", "x")});
  }
  EXPECT_TRUE(living.AreOne("d0", "d63"));
  living.Put("d64", {Known("name 64", "lexicon", "x")});
  EXPECT_FALSE(living.AreOne("d0", "d63"));
  living.Retract("d1");
  EXPECT_TRUE(living.AreOne("d0", "d64"));
}

// Profiles in a row, each a gloss of the next: one component, at level gloss.
void PutChain(LivingWorld& living, int length) {
  for (int i = 0; i < length; ++i) {
    living.world().Put("c" + std::to_string(i),
                       {Person("name " + std::to_string(i), "", {{"gloss", "name " + std::to_string(i + 1)}})});
  }
  living.Settle();
}

TEST(IdentityTest, ComponentOfMoreThan256LosesItsWeakestLevelAndGetsItBack) {
  LivingWorld living;
  PutChain(living, 256);
  living.Put("same", {Person("name 7", "", {{"employer", "acme"}, {"gloss", "other name"}})});
  // That is one profile with c7: the chain is still 256 long.
  EXPECT_TRUE(living.AreOne("c0", "c255"));
  living.Put("namesake", {Person("name 255", "singer")});
  EXPECT_FALSE(living.AreOne("c0", "c1"));
  EXPECT_FALSE(living.AreOne("c255", "namesake"));
  living.Retract("namesake");
  EXPECT_TRUE(living.AreOne("c0", "c255"));
  // Cut in the middle, 257 are two components of their own.
  living.Put("namesake", {Person("name 255", "singer")});
  living.Put("c100", {Person("name 100")});
  EXPECT_TRUE(living.AreOne("c0", "c100"));
  EXPECT_TRUE(living.AreOne("c101", "namesake"));
  EXPECT_FALSE(living.AreOne("c100", "c101"));
}

// --- forbids

TEST(IdentityTest, DifferingIdsOfOneSchemeForbid) {
  LivingWorld living;
  living.Put("a", {Known("陳偉", "wikidata", "Q1")});
  living.Put("b", {Known("陳偉", "wikidata", "Q2")});
  EXPECT_FALSE(living.AreOne("a", "b"));
  EXPECT_THAT(living.Explain("a").ambiguities[0].reason, HasSubstr("wikidata differs: Q"));
  living.Put("b", {Known("陳偉", "lexicon", "person/chen-wei")});
  EXPECT_TRUE(living.AreOne("a", "b"));
}

TEST(IdentityTest, BirthYearsForbidOnlyWhereNoneIsCommon) {
  LivingWorld living;
  living.Put("a", {Person("陳偉", "singer", {{"birth_year", "1970"}})});
  living.Put("b", {Person("陳偉", "", {{"birth_year", "1980"}})});
  EXPECT_FALSE(living.AreOne("a", "b"));
  living.Put("c", {Person("陳偉", "", {{"birth_year", "1970"}})});
  EXPECT_TRUE(living.AreOne("a", "b"));
}

TEST(IdentityTest, SmallMinorityStandsApartAndTheRestIsJoined) {
  LivingWorld living;
  PutMany(living, "singer", 64, Person("陳偉", "singer"));
  living.Put("neither", {Person("陳偉")});
  PutMany(living, "physician", 4, Person("陳偉", "physician"));
  EXPECT_FALSE(living.AreOne("singer0", "neither"));  // 4 is more than a twentieth of 65
  living.Retract("physician3");                       // 3 counts as 2
  EXPECT_TRUE(living.AreOne("singer0", "neither"));
  EXPECT_FALSE(living.AreOne("singer0", "physician0"));
  EXPECT_THAT(living.Explain("singer0").ambiguities, IsEmpty());
}

TEST(IdentityTest, ManyNamesakesOfEqualWeightAreNoMinorities) {
  LivingWorld living;
  for (int i = 0; i < 30; ++i) living.Put("d" + std::to_string(i), {Person("陳偉", "class " + std::to_string(i))});
  living.Put("neither", {Person("陳偉")});
  living.Put("also", {Person("wei chen", "", {{"gloss", "陳偉"}})});
  EXPECT_FALSE(living.AreOne("neither", "also"));
  EXPECT_EQ(living.Explain("neither").ambiguities.size(), 2u);  // at gloss, at name alone
}

// --- people's judgements

class JudgementTest : public testing::Test {
 protected:
  void Judge(const std::string& a, const std::string& b, Verdict verdict, const std::string& author = "ann") {
    living_.world().Judge(World::Atom(a, 0), World::Atom(b, 0), verdict, author);
    living_.Settle();
  }

  LivingWorld living_;
};

TEST_F(JudgementTest, SameOutranksDifferingIdsAndUndoTakesItBack) {
  living_.Put("a", {Known("hon hai", "wikidata", "Q1")});
  living_.Put("b", {Known("foxconn", "wikidata", "Q2")});
  living_.Put("c", {Known("hon hai precision", "wikidata", "Q1")});
  Judge("a", "b", Verdict::kSame);
  EXPECT_TRUE(living_.AreOne("a", "b"));
  EXPECT_TRUE(living_.AreOne("a", "c"));
  EXPECT_EQ(living_.Explain("a").joins[0].level, "judgement");
  EXPECT_EQ(living_.Explain("a").joins[0].reason, "ann judged them same: seen");
  living_.world().Undo(World::Atom("a", 0), World::Atom("b", 0), "ann");
  living_.Settle();
  EXPECT_FALSE(living_.AreOne("a", "b"));
  EXPECT_TRUE(living_.AreOne("a", "c"));
}

TEST_F(JudgementTest, DifferentBeatsSameBetweenAuthorsAndLaterBeatsEarlierOfOne) {
  living_.Put("a", {Person("anna")});
  living_.Put("b", {Person("berta")});
  Judge("a", "b", Verdict::kSame, "ann");
  EXPECT_TRUE(living_.AreOne("a", "b"));
  Judge("a", "b", Verdict::kDifferent, "bob");
  EXPECT_FALSE(living_.AreOne("a", "b"));
  Judge("a", "b", Verdict::kSame, "bob");
  EXPECT_TRUE(living_.AreOne("a", "b"));
  Judge("a", "b", Verdict::kUnsure, "bob");
  EXPECT_TRUE(living_.AreOne("a", "b"));
  Judge("a", "b", Verdict::kUnsure, "ann");
  EXPECT_FALSE(living_.AreOne("a", "b"));
}

TEST_F(JudgementTest, DifferentOfTwoSmallAtomsLeavesTheLargeEntityWhole) {
  PutMany(living_, "head", 200, Person("扎克伯格", "executive"));
  living_.Put("neutral", {Person("扎克伯格")});
  living_.Put("latin", {Person("zuckerberg", "", {{"gloss", "扎克伯格"}})});
  Judge("head7", "head8", Verdict::kDifferent);
  EXPECT_FALSE(living_.AreOne("head7", "head8"));
  EXPECT_TRUE(living_.AreOne("head0", "neutral"));
  EXPECT_TRUE(living_.AreOne("head0", "latin"));
  EXPECT_FALSE(living_.AreOne("head0", "head7"));
  const IdentityComponent component = living_.Explain("head7");
  ASSERT_FALSE(component.ambiguities.empty());
  EXPECT_EQ(component.ambiguities[0].clusters.size(), 2u);
  EXPECT_EQ(component.ambiguities[0].reason, "ann judged them different: seen");
}

TEST_F(JudgementTest, JudgementOnAnAtomThatIsGoneHoldsAgainWhenItComesBack) {
  living_.Put("a", {Person("anna")});
  living_.Put("b", {Person("berta")});
  Judge("a", "b", Verdict::kSame);
  living_.Retract("b");
  EXPECT_EQ(living_.clusters().size(), 1u);
  living_.Put("b", {Person("berta")});
  EXPECT_TRUE(living_.AreOne("a", "b"));
}

// --- cost

TEST(IdentityCostTest, DocumentsOfAHeadEntityCostNothingBetweenPowersOfTwo) {
  EXPECT_FALSE(MayChangeIdentity({.documents_before = 1025, .documents_after = 1026}));
  EXPECT_FALSE(MayChangeIdentity(
      {.documents_before = 1025, .documents_after = 1026, .gained = {{"title", "mayor"}}, .lost = {}}));
  EXPECT_TRUE(MayChangeIdentity({.documents_before = 1023, .documents_after = 1024}));
  EXPECT_TRUE(MayChangeIdentity({.documents_before = 0, .documents_after = 1}));
  EXPECT_TRUE(MayChangeIdentity(
      {.documents_before = 1025, .documents_after = 1026, .gained = {{"employer", "acme"}}, .lost = {}}));
  EXPECT_TRUE(
      MayChangeIdentity({.documents_before = 5, .documents_after = 5, .gained = {}, .lost = {{"birth_year", "1970"}}}));

  LivingWorld living;
  PutMany(living, "head", 100, Person("扎克伯格", "executive"));
  living.Put("one more", {Person("扎克伯格", "executive")});
  EXPECT_EQ(living.last_reads(), 0u);
}

// What a commit reads when a name of a head entity comes and one that bridges to another.
std::pair<uint64_t, uint64_t> ReadsAtAHeadOf(int documents) {
  LivingWorld living;
  for (int i = 0; i < documents; ++i) {
    living.world().Put("head" + std::to_string(i), {Person("扎克伯格", "executive",
                                                           {{"name", "name " + std::to_string(10000 + i)},
                                                            {"employer", "employer " + std::to_string(10000 + i)}})});
  }
  living.world().Put("latin", {Person("zuckerberg")});
  living.Settle();
  living.Put("name", {Person("扎克伯格", "executive", {{"name", "a new name"}})});
  const uint64_t name = living.last_reads();
  living.Put("bridge", {Person("扎克伯格", "executive", {{"gloss", "zuckerberg"}})});
  EXPECT_TRUE(living.AreOne("latin", "bridge"));
  return {name, living.last_reads()};
}

TEST(IdentityCostTest, HeadEntityCostsWhatASmallerOneCosts) {
  const auto small = ReadsAtAHeadOf(100);
  const auto large = ReadsAtAHeadOf(1000);
  EXPECT_GT(small.second, 0u);
  EXPECT_EQ(small, large);
  EXPECT_LT(large.first, 400u);
}

TEST(IdentityCostTest, SearchesStopAtTheLimitOfAComponent) {
  const auto reads = [](int length) {
    LivingWorld living;
    PutChain(living, length);
    living.Put("c" + std::to_string(length / 2), {Person("name " + std::to_string(length / 2))});
    return living.last_reads();
  };
  const uint64_t of_600 = reads(600);
  const uint64_t of_1200 = reads(1200);
  EXPECT_GT(of_600, 0u);
  EXPECT_EQ(of_600, of_1200);
}

}  // namespace
}  // namespace newsgraph
