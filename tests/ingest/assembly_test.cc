#include "ingest/assembly.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "graph/graph_store.h"
#include "graph/name_folding.h"

namespace newsgraph {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// An analysis made by hand of a text of one sentence.
class AssemblyTest : public testing::Test {
 protected:
  AssemblyTest() {
    analysis_.text = FoldedText("", "林予晴創辦海川科技。林予晴說海川科技好。");
    document_ = {.id = "d1", .language = "zh-Hant", .text = "林予晴創辦海川科技。林予晴說海川科技好。"};
    person_ = AddEntity(EntityType::kPerson, "林予晴");
    company_ = AddEntity(EntityType::kOrg, "海川科技");
    AddMention({0, 3}, person_);
    AddMention({5, 9}, company_);
    AddMention({10, 13}, person_);
    AddMention({14, 18}, company_);
  }

  int32_t AddEntity(EntityType type, std::string name) {
    analysis_.entities.push_back({.type = type, .name = std::move(name)});
    return static_cast<int32_t>(analysis_.entities.size()) - 1;
  }
  void AddMention(Range range, int32_t entity) {
    analysis_.mentions.push_back(
        {.range = range, .type = analysis_.entities[static_cast<size_t>(entity)].type, .entity = entity});
  }
  TextStatement& AddStatement(int32_t subject, std::string predicate, int32_t object) {
    analysis_.statements.push_back({.subject = subject,
                                    .predicate = std::move(predicate),
                                    .object = object,
                                    .evidence = {0, 10},
                                    .subject_range = {0, 3},
                                    .cue_range = {3, 5},
                                    .object_range = {5, 9},
                                    .rule = "test"});
    return analysis_.statements.back();
  }

  Assembly Assembled() const { return Assemble(document_, analysis_, lexicon_, *Ontology::Default()); }
  // What the store says of it.
  absl::Status Stored(const Assembly& assembly) const {
    return GraphStore::OpenInMemory().value()->Put(assembly.graph, "2024-01-01T00:00:00Z").status();
  }

  TextAnalysis analysis_;
  Document document_;
  Lexicon lexicon_;
  int32_t person_ = -1, company_ = -1;
};

std::vector<std::string> Names(const DocumentGraph& graph) {
  std::vector<std::string> names;
  for (const Atom& atom : graph.atoms) names.push_back(atom.name);
  std::sort(names.begin(), names.end());
  return names;
}

TEST_F(AssemblyTest, WhatItMakesTheStoreTakes) {
  AddStatement(person_, "founded", company_);
  const Assembly assembly = Assembled();
  ASSERT_THAT(assembly.graph.statements, SizeIs(1));
  EXPECT_TRUE(Stored(assembly).ok()) << Stored(assembly).message();
  const Statement& statement = assembly.graph.statements[0];
  EXPECT_EQ(statement.evidence, (Span{Field::kText, 0, 30}));
  EXPECT_EQ(statement.cue_span, (Span{Field::kText, 9, 15}));
  EXPECT_EQ(assembly.graph.mentions[1].surface, "海川科技");
}

TEST_F(AssemblyTest, AtomsOfOneNameAreNumberedByTheirFirstMention) {
  analysis_.text = FoldedText("", "陳偉和陳偉。");
  analysis_.mentions.clear();
  analysis_.entities.clear();
  const int32_t second = AddEntity(EntityType::kPerson, "陳偉");
  const int32_t first = AddEntity(EntityType::kPerson, "陈伟");
  AddMention({0, 2}, first);
  AddMention({3, 5}, second);
  const DocumentGraph graph = Assembled().graph;
  ASSERT_THAT(graph.atoms, SizeIs(2));
  EXPECT_EQ(graph.mentions[0].atom, MakeAtomId("d1", FoldName("陳偉"), 0));
  EXPECT_EQ(graph.mentions[1].atom, MakeAtomId("d1", FoldName("陳偉"), 1));
}

TEST_F(AssemblyTest, EntitiesWithoutAMentionAreDroppedWithTheirStatements) {
  const int32_t unseen = AddEntity(EntityType::kOrg, "北風");
  AddStatement(person_, "founded", unseen);
  AddStatement(person_, "founded", company_).speaker = unseen;
  const Assembly assembly = Assembled();
  EXPECT_THAT(Names(assembly.graph), ElementsAre("林予晴", "海川科技"));
  EXPECT_THAT(assembly.graph.statements, IsEmpty());
}

TEST_F(AssemblyTest, WhatTheOntologyRefusesIsCountedAndLeftOut) {
  AddStatement(company_, "spouse_of", person_);
  AddStatement(person_, "no_such_relation", company_);
  AddStatement(person_, "founded", company_);
  const Assembly assembly = Assembled();
  EXPECT_EQ(assembly.refused, 2u);
  ASSERT_THAT(assembly.graph.statements, SizeIs(1));
  EXPECT_EQ(assembly.graph.statements[0].index, 0u);
}

TEST_F(AssemblyTest, NothingIsRelatedToItself) {
  AddStatement(company_, "competes_with", company_);
  EXPECT_THAT(Assembled().graph.statements, IsEmpty());
}

TEST_F(AssemblyTest, AValueIsAnAtomAndALocalEntityOfAValueTypeIsNone) {
  analysis_.mentions.push_back({.range = {3, 5}, .type = EntityType::kDate, .value = Literal{"DATE", "創辦", "", ""}});
  const int32_t value = AddEntity(EntityType::kMoney, "說");
  AddMention({13, 14}, value);
  const DocumentGraph graph = Assembled().graph;
  EXPECT_THAT(graph.mentions, SizeIs(5));
  EXPECT_THAT(Names(graph), ElementsAre("創辦", "林予晴", "海川科技"));
}

TEST_F(AssemblyTest, APlaceNamesOneEntity) {
  const int32_t other = AddEntity(EntityType::kOrg, "海川");
  AddMention({5, 9}, other);
  const Assembly assembly = Assembled();
  EXPECT_THAT(Names(assembly.graph), ElementsAre("林予晴", "海川科技"));
  EXPECT_TRUE(Stored(assembly).ok()) << Stored(assembly).message();
}

TEST_F(AssemblyTest, StatementsStandInTheOrderOfTheirEvidence) {
  AddStatement(person_, "supports", company_).evidence = {10, 20};
  AddStatement(person_, "founded", company_);
  const DocumentGraph graph = Assembled().graph;
  ASSERT_THAT(graph.statements, SizeIs(2));
  EXPECT_EQ(graph.statements[0].predicate, "founded");
  EXPECT_EQ(graph.statements[1].index, 1u);
}

TEST_F(AssemblyTest, EmployersAreObservedOfThoseWhoLeadThem) {
  AddStatement(person_, "ceo_of", company_);
  analysis_.entities[static_cast<size_t>(person_)].observations = {{"title", "x"}, {"name", "y"}, {"name", "y"}};
  const DocumentGraph graph = Assembled().graph;
  const AtomId person = MakeAtomId("d1", FoldName("林予晴"), 0);
  for (const Atom& atom : graph.atoms) {
    if (atom.id != person) continue;
    EXPECT_THAT(atom.observations, ElementsAre(Observation{"employer", FoldName("海川科技")}, Observation{"name", "y"},
                                               Observation{"title", "x"}));
  }
}

TEST_F(AssemblyTest, ADeniedRelationIsNoObservation) {
  AddStatement(person_, "ceo_of", company_).factuality = Factuality::kDenied;
  for (const Atom& atom : Assembled().graph.atoms) EXPECT_THAT(atom.observations, IsEmpty());
}

TEST_F(AssemblyTest, SpansOfTheTitleAreOfTheTitle) {
  analysis_.text = FoldedText("林予晴創辦海川科技", "正文。");
  document_.title = "林予晴創辦海川科技";
  document_.text = "正文。";
  analysis_.mentions.resize(2);
  AddStatement(person_, "founded", company_).evidence = {0, 9};
  const Assembly assembly = Assembled();
  ASSERT_THAT(assembly.graph.statements, SizeIs(1));
  EXPECT_EQ(assembly.graph.statements[0].evidence, (Span{Field::kTitle, 0, 27}));
  EXPECT_TRUE(Stored(assembly).ok()) << Stored(assembly).message();
}

TEST_F(AssemblyTest, TurnsKeepTheirSpeakers) {
  analysis_.turns.push_back({.label = {0, 3}, .speech = {5, 9}, .speaker = person_});
  analysis_.turns.push_back({.label = {0, 3}, .speech = {14, 18}, .speaker = -1});
  const Assembly assembly = Assembled();
  ASSERT_THAT(assembly.graph.turns, SizeIs(1));
  EXPECT_EQ(assembly.graph.turns[0].speaker, MakeAtomId("d1", FoldName("林予晴"), 0));
  EXPECT_TRUE(Stored(assembly).ok()) << Stored(assembly).message();
}

TEST_F(AssemblyTest, WhatNobodyKnownSaysIsNoClaimOfTheArticle) {
  AddStatement(person_, "founded", company_);
  analysis_.turns.push_back({.label = {0, 1}, .speech = {0, 10}, .speaker = -1});
  EXPECT_THAT(Assembled().graph.statements, IsEmpty());
  analysis_.turns[0].speech = {10, 20};
  EXPECT_THAT(Assembled().graph.statements, SizeIs(1));
}

// A value mention as the mention finder gives it.
TextMention ValueMention(Range range, EntityType type, std::string text, std::string value, std::string unit) {
  TextMention mention{.range = range, .type = type};
  mention.value = Literal{std::string(ToString(type)), std::move(text), std::move(value), std::move(unit)};
  return mention;
}

TEST_F(AssemblyTest, EqualValuesAreOneAtomToldByItsValue) {
  analysis_.text = FoldedText("", "4.2億美元與4.2億美金，12日。");
  document_.text = "4.2億美元與4.2億美金，12日。";
  analysis_.mentions = {ValueMention({0, 6}, EntityType::kMoney, "4.2億美元", "420000000", "USD"),
                        ValueMention({7, 13}, EntityType::kMoney, "4.2億美金", "420000000", "USD"),
                        ValueMention({14, 17}, EntityType::kDate, "12日", "", "")};
  const Assembly assembly = Assembled();
  ASSERT_THAT(assembly.graph.atoms, SizeIs(2));
  ASSERT_THAT(assembly.graph.mentions, SizeIs(3));
  EXPECT_EQ(assembly.graph.mentions[0].atom, assembly.graph.mentions[1].atom);
  for (const Atom& atom : assembly.graph.atoms) {
    EXPECT_TRUE(atom.bare) << atom.name;
    if (atom.type == EntityType::kMoney) {
      EXPECT_EQ(atom.name, "4.2億美元");
      EXPECT_EQ(atom.external_ids, (std::map<std::string, std::string>{{"value", "420000000 USD"}}));
    } else {
      EXPECT_EQ(atom.name, "12日");
      EXPECT_THAT(atom.external_ids, IsEmpty());
    }
  }
  EXPECT_TRUE(Stored(assembly).ok());
}

}  // namespace
}  // namespace newsgraph
