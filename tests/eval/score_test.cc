// Small texts with their gold and what was found, both marked in the text, and the figures
// worked out by hand.

#include "tools/eval/score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tools/eval/report.h"

namespace newsgraph {
namespace {

using testing::ElementsAre;

constexpr EntityType kPerson = EntityType::kPerson, kOrg = EntityType::kOrg, kGpe = EntityType::kGpe,
                     kProduct = EntityType::kProduct, kNorp = EntityType::kNorp;

class ScoreTest : public testing::Test {
 protected:
  ScoreTest() {
    set_.labelled = NameTypes();
    set_.classes = {TypeBit(kPerson), TypeBit(kOrg), TypeBit(kGpe)};
    set_.has_identity = true;
    set_.has_references = true;
  }

  // The n-th occurrence of `surface`.
  Span At(std::string_view surface, int n = 0) const {
    size_t place = gold_.document.text.find(surface);
    for (; n > 0; --n) place = gold_.document.text.find(surface, place + 1);
    return {Field::kText, static_cast<uint32_t>(place), static_cast<uint32_t>(place + surface.size())};
  }
  void Gold(Span span, TypeSet types, int32_t entity = -1, MentionForm form = MentionForm::kName) {
    while (entity >= static_cast<int32_t>(gold_.entities.size())) gold_.entities.push_back({});
    gold_.mentions.push_back(
        {span, form, types, entity, entity < 0 || gold_.entities[static_cast<size_t>(entity)].must});
  }
  void Found(Span span, EntityType type, int32_t entity = 0, MentionForm form = MentionForm::kName) {
    found_.mentions.push_back({span, form, type, entity});
  }
  Scores Score() {
    std::stable_sort(gold_.mentions.begin(), gold_.mentions.end(),
                     [](const auto& a, const auto& b) { return a.span < b.span; });
    std::stable_sort(found_.mentions.begin(), found_.mentions.end(),
                     [](const auto& a, const auto& b) { return a.span < b.span; });
    DocumentScore score = ScoreDocument(set_, gold_, found_);
    confusions_ = std::move(score.confusions);
    return std::move(score.scores);
  }

  GoldSet set_;
  GoldDocument gold_;
  FoundDocument found_;
  std::vector<Confusion> confusions_;
};

TEST_F(ScoreTest, ExactSpansWithTypeWithoutTypeAndWithAnyOverlap) {
  gold_.document.text = "Ann Lee left Acme for Paris with Bob.";
  Gold(At("Ann Lee"), TypeBit(kPerson), 0);
  Gold(At("Acme"), TypeBit(kOrg), 1);
  Gold(At("Paris"), TypeBit(kGpe), 2);
  Gold(At("Bob"), TypeBit(kPerson), 3);
  Found(At("Ann"), kPerson, 0);   // cut too short
  Found(At("Acme"), kPerson, 1);  // of a wrong type
  Found(At("Paris"), kGpe, 2);    // right
  Found(At("left"), kOrg, 3);     // nothing; and Bob is missed
  Scores scores = Score();
  EXPECT_EQ(scores["mentions.typed"].exact, (Tally{1, 4, 1, 4}));
  EXPECT_EQ(scores["mentions.untyped"].exact, (Tally{2, 4, 2, 4}));
  EXPECT_EQ(scores["mentions.typed"].overlap, (Tally{2, 4, 2, 4}));
  EXPECT_EQ(scores["mentions.untyped"].overlap, (Tally{3, 4, 3, 4}));
  EXPECT_EQ(scores["mentions.type.PERSON"].exact, (Tally{0, 2, 0, 2}));
  EXPECT_EQ(scores["mentions.type.PERSON"].overlap, (Tally{1, 2, 1, 2}));
  EXPECT_EQ(scores["mentions.type.ORG"].exact, (Tally{0, 1, 0, 1}));
  EXPECT_EQ(scores["mentions.type.GPE"].exact, (Tally{1, 1, 1, 1}));
  EXPECT_EQ(scores["entities.found"].exact, (Tally{0, 0, 1, 4}));
  EXPECT_EQ(scores["entities.typed"].exact, (Tally{1, 4, 1, 4}));
  EXPECT_EQ(scores["entities.untyped"].exact, (Tally{2, 4, 2, 4}));

  std::vector<std::string> lines;
  for (const Confusion& confusion : confusions_) {
    lines.push_back(std::to_string(static_cast<int>(confusion.kind)) + " " + confusion.gold_surface + "/" +
                    confusion.gold_type + " " + confusion.found_surface + "/" + confusion.found_type);
  }
  EXPECT_THAT(lines,
              ElementsAre("3 Ann Lee/PERSON Ann/PERSON", "1 / left/ORG", "2 Acme/ORG Acme/PERSON", "0 Bob/PERSON /"));
}

TEST_F(ScoreTest, WhatNeedNotBeFoundCountsForPrecisionOnly) {
  gold_.document.text = "Acme and Bolt.";
  gold_.entities = {{"acme", true}, {"bolt", false}};
  Gold(At("Acme"), TypeBit(kOrg), 0);
  Gold(At("Bolt"), TypeBit(kOrg), 1);
  Found(At("Bolt"), kOrg, 0);
  Scores scores = Score();
  EXPECT_EQ(scores["mentions.typed"].exact, (Tally{1, 1, 0, 1}));
  EXPECT_EQ(scores["entities.typed"].exact, (Tally{1, 1, 0, 1}));
  found_.mentions.clear();
  scores = Score();
  EXPECT_EQ(scores["mentions.typed"].exact, (Tally{0, 0, 0, 1}));
  ASSERT_EQ(confusions_.size(), 1u);  // Bolt is not missed
  EXPECT_EQ(confusions_[0].gold_surface, "Acme");
  // Nor does it cost anything in the identity of all names.
  EXPECT_EQ(scores["identity.names.all.b3"].exact, (Tally{0, 0, 0, 1}));
}

TEST_F(ScoreTest, AnyTypeOfALabelIsRight) {
  set_.classes = {TypeBit(kGpe) | TypeBit(EntityType::kLoc)};
  gold_.document.text = "Paris";
  Gold(At("Paris"), set_.classes[0]);
  set_.has_identity = set_.has_references = false;
  Found(At("Paris"), EntityType::kLoc);
  Scores scores = Score();
  EXPECT_EQ(scores["mentions.typed"].exact, (Tally{1, 1, 1, 1}));
  EXPECT_EQ(scores["mentions.type.GPE|LOC"].exact, (Tally{1, 1, 1, 1}));
  EXPECT_EQ(scores.count("entities.typed"), 0u);
}

TEST_F(ScoreTest, TypesThatACorpusDoesNotLabelAreSpuriousOnlyOnItsNames) {
  set_.labelled = TypeBit(kPerson) | TypeBit(kOrg);
  set_.has_identity = set_.has_references = false;
  gold_.document.text = "The French firm Acme sells Gizmo.";
  Gold(At("Acme"), TypeBit(kOrg));
  Found(At("French"), kNorp);    // not labelled: no matter
  Found(At("Gizmo"), kProduct);  // nor this
  Found(At("Acme"), kProduct);   // but this is called an organisation
  Scores scores = Score();
  EXPECT_EQ(scores["mentions.typed"].exact, (Tally{0, 1, 0, 1}));
  EXPECT_EQ(scores["mentions.untyped"].exact, (Tally{1, 1, 1, 1}));
  EXPECT_EQ(scores["mentions.type.PRODUCT"].exact, (Tally{0, 1, 0, 0}));
  EXPECT_EQ(scores["mentions.type.ORG"].exact, (Tally{0, 0, 0, 1}));
}

TEST_F(ScoreTest, WhatIsNotJudgedCountsNeitherWay) {
  gold_.document.text = "machine translation by Acme";
  set_.has_identity = set_.has_references = false;
  Gold(At("machine translation"), 0);
  Gold(At("Acme"), TypeBit(kOrg));
  Found(At("machine"), kOrg);
  Found(At("Acme"), kOrg);
  EXPECT_EQ(Score()["mentions.typed"].exact, (Tally{1, 1, 1, 1}));
  EXPECT_TRUE(confusions_.empty());
}

TEST_F(ScoreTest, ATitleCountsUnlessTheTextRepeatsIt) {
  gold_.document.title = "Acme wins";
  gold_.document.text = "Yesterday Acme won.";
  Gold({Field::kTitle, 0, 4}, TypeBit(kOrg), 0);
  Gold(At("Acme"), TypeBit(kOrg), 0);
  Found({Field::kTitle, 0, 4}, kOrg);
  Found({Field::kTitle, 5, 9}, kOrg);
  EXPECT_EQ(Score()["mentions.typed"].exact, (Tally{1, 2, 1, 2}));
  gold_.document.text = "Acme wins\nYesterday Acme won.";
  gold_.mentions.clear();
  Gold(At("Acme"), TypeBit(kOrg), 0);
  Found(At("Acme"), kOrg);
  EXPECT_EQ(Score()["mentions.typed"].exact, (Tally{1, 1, 1, 1}));
}

TEST_F(ScoreTest, TheSameBytesOfTitleAndTextAreTwoPlaces) {
  gold_.document.title = "Acme wins";
  gold_.document.text = "Acme won.";
  Gold(At("Acme"), TypeBit(kOrg), 0);
  Found({Field::kTitle, 0, 4}, kOrg);
  EXPECT_EQ(Score()["mentions.typed"].exact, (Tally{0, 1, 0, 1}));
  EXPECT_EQ(Score()["mentions.typed"].overlap.right, 0);
}

TEST_F(ScoreTest, ReferencesAreRightWhenTheyLeadToTheRightEntity) {
  gold_.document.text = "Ann met Bea. She thanked her. She left; the firm stayed. Acme";
  Gold(At("Ann"), TypeBit(kPerson), 0);
  Gold(At("Bea"), TypeBit(kPerson), 1);
  Gold(At("She"), TypeBit(kPerson), 0, MentionForm::kPronoun);
  Gold(At("her"), TypeBit(kPerson), 1, MentionForm::kPronoun);
  Gold(At("She", 1), TypeBit(kPerson), 0, MentionForm::kPronoun);
  Gold(At("Acme"), TypeBit(kOrg), 2);
  Gold(At("the firm"), TypeBit(kOrg), 2, MentionForm::kNominal);
  Found(At("Ann"), kPerson, 5);
  Found(At("Bea"), kPerson, 6);
  Found(At("She"), kPerson, 5, MentionForm::kPronoun);    // right
  Found(At("her"), kPerson, 5, MentionForm::kPronoun);    // Bea
  Found(At("the firm"), kOrg, 7, MentionForm::kNominal);  // an entity without a name
  Scores scores = Score();
  EXPECT_EQ(scores["references.pronoun"].exact, (Tally{1, 2, 1, 3}));
  EXPECT_EQ(scores["references.nominal"].exact, (Tally{0, 1, 0, 1}));
  EXPECT_EQ(scores["mentions.form.pronoun"].exact, (Tally{2, 2, 2, 3}));
  EXPECT_EQ(scores["mentions.form.nominal"].exact, (Tally{1, 1, 1, 1}));
  // Names alone: Ann and Bea, both right; Acme is missed.
  EXPECT_EQ(scores["identity.names.shared.b3"].exact, (Tally{2, 2, 2, 2}));
  EXPECT_EQ(scores["identity.names.all.b3"].exact, (Tally{2, 2, 2, 3}));
  // All that both sides have: gold {Ann She} {Bea her} {firm}, found {Ann She her} {Bea} {firm}.
  // Precision: 2/3 + 2/3 + 1/3 + 1 + 1 of 5; recall: 1 + 1 + 1/2 + 1/2 + 1 of 5.
  const Tally shared = scores["identity.mentions.shared.b3"].exact;
  EXPECT_NEAR(shared.right, 11.0 / 3, 1e-12);
  EXPECT_NEAR(shared.found, 4, 1e-12);
  EXPECT_EQ(shared.predicted, 5);
  EXPECT_EQ(shared.gold, 5);
}

TEST_F(ScoreTest, ANounPhraseBesideANameOfItsEntityIsNotJudged) {
  gold_.document.text = "the chairman Ann spoke";
  Gold(At("Ann"), TypeBit(kPerson), 0);
  Gold(At("the chairman"), TypeBit(kPerson), 0, MentionForm::kNominal);
  Found(At("Ann"), kPerson, 0);
  Scores scores = Score();
  EXPECT_EQ(scores.count("references.nominal"), 0u);
  // Nor is one that was found there.
  gold_.mentions.clear();
  Gold(At("Ann"), TypeBit(kPerson), 0);
  Found(At("the chairman"), kPerson, 0, MentionForm::kNominal);
  EXPECT_EQ(Score().count("references.nominal"), 0u);
}

TEST_F(ScoreTest, ValuesStandApart) {
  gold_.document.text = "$5 in 2024";
  Gold(At("$5"), TypeBit(EntityType::kMoney), 0);
  Gold(At("2024"), TypeBit(EntityType::kDate), 1);
  Found(At("$5"), EntityType::kMoney, -1);
  Scores scores = Score();
  EXPECT_EQ(scores["values.typed"].exact, (Tally{1, 1, 1, 2}));
  EXPECT_EQ(scores["values.type.DATE"].exact, (Tally{0, 0, 0, 1}));
  EXPECT_TRUE(scores["mentions.typed"].exact.empty());
  EXPECT_TRUE(scores["entities.found"].exact.empty());
}

// --- by generated input

class GeneratedScoreTest : public testing::TestWithParam<uint32_t> {};

// A document of 40 words, some of them names of six entities, nominals or pronouns.
DocumentGraph GeneratedGraph(std::mt19937& random) {
  DocumentGraph graph;
  graph.document.id = "generated";
  for (uint32_t word = 0; word < 40; ++word) {
    const auto begin = static_cast<uint32_t>(graph.document.text.size());
    graph.document.text += "word";
    if (random() % 2 == 0) {
      AtomId atom;
      atom.value.low = 1 + random() % 6;
      const auto form = static_cast<MentionForm>(random() % 3);
      const auto type = static_cast<EntityType>(1 + random() % 13);
      graph.mentions.push_back({{Field::kText, begin, begin + 4}, "word", form, type, atom});
    }
    graph.document.text += " and ";
  }
  return graph;
}

GoldSet OneDocument(const DocumentGraph& graph) {
  GoldSet set;
  set.documents.push_back(GoldFromGraph(graph));
  set.labelled = NameTypes();
  set.has_identity = set.has_references = true;
  return set;
}

TEST_P(GeneratedScoreTest, AGraphScoredAgainstItselfIsPerfect) {
  std::mt19937 random(GetParam());
  const DocumentGraph graph = GeneratedGraph(random);
  const GoldSet set = OneDocument(graph);
  const DocumentScore score = ScoreDocument(set, set.documents[0], FoundInGraph(graph));
  EXPECT_TRUE(score.confusions.empty());
  EXPECT_GT(score.scores.at("mentions.typed").exact.gold, 0);
  for (const auto& [name, row] : score.scores) {
    // An entity without a name leads nowhere, so only names make references right.
    if (row.exact.empty() || name.starts_with("references.")) continue;
    EXPECT_DOUBLE_EQ(row.exact.Recall(), 1) << name;
    if (name != "entities.found") {
      EXPECT_DOUBLE_EQ(row.exact.Precision(), 1) << name;
    }
  }
}

TEST_P(GeneratedScoreTest, TheOrderOfMentionsInAFileDoesNotMatter) {
  std::mt19937 random(GetParam());
  const DocumentGraph graph = GeneratedGraph(random);
  DocumentGraph other = GeneratedGraph(random);
  other.document = graph.document;
  const GoldSet set = OneDocument(graph);
  const DocumentScore score = ScoreDocument(set, set.documents[0], FoundInGraph(other));
  DocumentGraph shuffled = graph;
  std::shuffle(shuffled.mentions.begin(), shuffled.mentions.end(), random);
  std::shuffle(other.mentions.begin(), other.mentions.end(), random);
  const GoldSet shuffled_set = OneDocument(shuffled);
  const DocumentScore again = ScoreDocument(shuffled_set, shuffled_set.documents[0], FoundInGraph(other));
  ASSERT_EQ(score.scores.size(), again.scores.size());
  for (const auto& [name, row] : score.scores) {
    EXPECT_NEAR(row.exact.F1(), again.scores.at(name).exact.F1(), 1e-9) << name;
    EXPECT_NEAR(row.overlap.F1(), again.scores.at(name).overlap.F1(), 1e-9) << name;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, GeneratedScoreTest, testing::Range(1u, 31u));

// --- what people read

TEST(ExcerptTest, IsTheSentenceAroundTheSpan) {
  const std::string text = "第一句。輝達任命陳偉！第三句";
  const auto begin = static_cast<uint32_t>(text.find("陳偉"));
  EXPECT_EQ(Excerpt(text, begin, begin + 6), "輝達任命⟦陳偉⟧！");
  EXPECT_EQ(Excerpt("a\nBob\nc", 2, 5), "⟦Bob⟧");
}

TEST(ExcerptTest, IsCutOnWholeCharacters) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "天";
  const std::string excerpt = Excerpt(text, 150, 153);
  std::string forty;
  for (int i = 0; i < 40; ++i) forty += "天";
  EXPECT_EQ(excerpt, "…" + forty + "⟦天⟧" + forty + "…");
}

// --- statements

TEST_F(ScoreTest, EndsOfStatementsAreKnownByTheNamesTheyShare) {
  set_.has_statements = true;
  gold_.document.text = "Acme and Acme hired a poet. Bolt.";
  gold_.entities = {{"acme", true}, {"poet", true}, {"bolt", true}};
  Gold(At("Acme"), TypeBit(kOrg), 0);
  Gold(At("Acme", 1), TypeBit(kOrg), 0);
  Gold(At("a poet"), TypeBit(kPerson), 1, MentionForm::kNominal);
  Gold(At("Bolt"), TypeBit(kOrg), 2);
  GoldStatement statement;
  statement.subject = 0;
  statement.predicate = "employs_in_jest";
  statement.object = 1;  // without a name, known by the noun phrase
  statement.evidence = At("Acme hired a poet");
  gold_.statements = {statement};
  Found(At("Acme"), kOrg, 5);
  Found(At("Acme", 1), kOrg, 5);
  Found(At("Bolt"), kOrg, 5);
  Found(At("a poet"), kPerson, 7, MentionForm::kNominal);
  FoundStatement found;
  found.subject = 5;
  found.predicate = "employs_in_jest";
  found.object = 7;
  found.evidence = statement.evidence;
  found_.statements = {found};
  EXPECT_EQ(Score()["statements.all"].exact, (Tally{1, 1, 1, 1}));
  // An entity that the gold has a name of must be found by a name.
  gold_.statements[0].object = 2;
  gold_.mentions[2].entity = 2;
  EXPECT_EQ(Score()["statements.all"].exact, (Tally{0, 1, 0, 1}));
}

TEST_F(ScoreTest, GoldWithoutStatementsJudgesNone) {
  gold_.document.text = "Acme";
  found_.statements.emplace_back().evidence = At("Acme");
  EXPECT_EQ(Score().count("statements.all"), 0u);
  set_.has_statements = true;  // but a document without any, of a set that has some, does
  EXPECT_EQ(Score()["statements.all"].exact, (Tally{0, 1, 0, 0}));
}

}  // namespace
}  // namespace newsgraph
