// The founding document: a long interview in Traditional Chinese that is not part of the
// project. Where its file is missing, these tests say so and are skipped.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "graph/graph_store.h"
#include "ingest/analyzer.h"
#include "ingest/document_reader.h"

namespace newsgraph {
namespace {

constexpr const char* kInterview = NEWSGRAPH_SOURCE_DIR "/../shared/data/interview/interview.zh-Hant.txt";

class InterviewTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!std::filesystem::exists(kInterview)) return;
    AnalyzerOptions options;
    options.data_directory = NEWSGRAPH_DATA_DIR;
    const auto analyzer = Analyzer::Load(options);
    ASSERT_TRUE(analyzer.ok()) << analyzer.status();
    auto reader = DocumentReader::Open(kInterview, {});
    ASSERT_TRUE(reader.ok()) << reader.status();
    auto read = (*reader)->Next();
    ASSERT_TRUE(read.ok() && read->has_value() && (*read)->document.ok());
    Document document = *(*read)->document;
    document.published = "2024-07-24";
    auto graph = (*analyzer)->Analyze(std::move(document));
    ASSERT_TRUE(graph.ok()) << graph.status();
    graph_ = new DocumentGraph(*std::move(graph));
    store_ = GraphStore::OpenInMemory().value().release();
    const auto commit = store_->Put(*graph_, "2024-07-24T00:00:00Z");
    ASSERT_TRUE(commit.ok()) << commit.status();
  }

  static void TearDownTestSuite() {
    delete store_;
    delete graph_;
    store_ = nullptr;
    graph_ = nullptr;
  }

  void SetUp() override {
    if (graph_ == nullptr) GTEST_SKIP() << "skipped: " << kInterview << " is not there; it is not part of the project";
    snapshot_ = store_->GetSnapshot();
  }

  // The one entity of this exact name; zero, and a failure, when there is none.
  EntityId Find(const std::string& name) const {
    const auto matches = snapshot_->FindByName(name, /*prefix=*/false, 5);
    EXPECT_TRUE(matches.ok());
    EXPECT_FALSE(matches->empty()) << "no entity is named " << name;
    return matches->empty() ? EntityId{} : matches->front().entity;
  }

  // Whether the document says so, under one of the predicates.
  bool Says(const std::string& subject, const std::set<std::string>& predicates, const std::string& object) const {
    StatementPattern pattern;
    pattern.subject = Find(subject);
    pattern.object = Find(object);
    PagePosition position;
    const auto statements = snapshot_->ListStatements(pattern, nullptr, 1000, &position);
    EXPECT_TRUE(statements.ok());
    return std::any_of(statements->begin(), statements->end(), [&](const ResolvedStatement& found) {
      return predicates.count(found.statement.predicate) == 1 && found.statement.factuality == Factuality::kAsserted;
    });
  }

  // The literal that the document gives for it.
  std::vector<Literal> LiteralsOf(const std::string& subject, const std::string& predicate) const {
    StatementPattern pattern;
    pattern.subject = Find(subject);
    pattern.predicate = predicate;
    PagePosition position;
    const auto statements = snapshot_->ListStatements(pattern, nullptr, 1000, &position);
    EXPECT_TRUE(statements.ok());
    std::vector<Literal> literals;
    for (const ResolvedStatement& found : *statements) {
      if (found.statement.literal) literals.push_back(*found.statement.literal);
    }
    return literals;
  }

  static DocumentGraph* graph_;
  static GraphStore* store_;
  std::shared_ptr<const Snapshot> snapshot_;
};

DocumentGraph* InterviewTest::graph_ = nullptr;
GraphStore* InterviewTest::store_ = nullptr;

TEST_F(InterviewTest, HoldsThePeopleCompaniesProductsAndPlaces) {
  struct Expected {
    const char* name;
    EntityType type;
  };
  for (const Expected& expected : std::initializer_list<Expected>{
           {"Meta", EntityType::kOrg},           {"Llama 3.1", EntityType::kProduct}, {"Llama 4", EntityType::kProduct},
           {"Meta AI", EntityType::kProduct},    {"OpenAI", EntityType::kOrg},        {"ChatGPT", EntityType::kProduct},
           {"Gemini", EntityType::kProduct},     {"谷歌", EntityType::kOrg},          {"蘋果", EntityType::kOrg},
           {"彭博社", EntityType::kOrg},         {"紅杉資本", EntityType::kOrg},      {"美國", EntityType::kGpe},
           {"中國", EntityType::kGpe},           {"扎克伯格", EntityType::kPerson},   {"阿爾特曼", EntityType::kPerson},
           {"普莉西亞·陳", EntityType::kPerson}, {"張秀春", EntityType::kPerson},     {"特朗普", EntityType::kPerson},
           {"太浩湖", EntityType::kLoc},
       }) {
    const EntityId id = Find(expected.name);
    if (id.is_zero()) continue;
    const auto entity = snapshot_->GetEntity(id);
    ASSERT_TRUE(entity.ok());
    EXPECT_EQ(ToString(entity->type), ToString(expected.type)) << expected.name;
  }
}

TEST_F(InterviewTest, AllFormsOfOneNameAreOneEntity) {
  const EntityId zuckerberg = Find("扎克伯格");
  for (const char* form : {"扎克伯克", "馬克·扎克伯格", "Mark Zuckerberg"}) EXPECT_EQ(Find(form), zuckerberg) << form;
  const EntityId chang = Find("張秀春");
  for (const char* form : {"Emliy Chang", "Emily Chang"}) EXPECT_EQ(Find(form), chang) << form;
  EXPECT_EQ(Find("薩姆·阿爾特曼"), Find("阿爾特曼"));
  EXPECT_EQ(Find("Sam Altman"), Find("阿爾特曼"));
  EXPECT_EQ(Find("Priscilla Chan"), Find("普莉西亞·陳"));
  EXPECT_EQ(Find("Lake Tahoe"), Find("太浩湖"));
  EXPECT_NE(zuckerberg, chang);
  EXPECT_NE(Find("普莉西亞·陳"), chang);
}

TEST_F(InterviewTest, FortyTwoTurnsHaveTheirSpeakers) {
  ASSERT_EQ(graph_->turns.size(), 42u);
  const EntityId zuckerberg = Find("扎克伯格");
  const EntityId chang = Find("張秀春");
  for (const Turn& turn : graph_->turns) {
    // The label stands right before the speech.
    const std::string& text = graph_->document.text;
    const size_t line = text.rfind('\n', turn.span.begin) + 1;
    const std::string label = text.substr(line, turn.span.begin - line);
    const auto speaker = snapshot_->EntityOf(turn.speaker);
    ASSERT_TRUE(speaker.ok());
    EXPECT_EQ(*speaker, label.find("Chang") != std::string::npos ? chang : zuckerberg) << label;
  }
}

TEST_F(InterviewTest, SaysWhoLeadsFoundedAndMarriedWhom) {
  EXPECT_TRUE(Says("扎克伯格", {"ceo_of"}, "Meta"));
  EXPECT_TRUE(Says("扎克伯格", {"founded"}, "Meta"));
  EXPECT_TRUE(Says("阿爾特曼", {"ceo_of"}, "OpenAI"));
  EXPECT_TRUE(Says("扎克伯格", {"spouse_of"}, "普莉西亞·陳") || Says("普莉西亞·陳", {"spouse_of"}, "扎克伯格"));
}

TEST_F(InterviewTest, SaysWhoMadeAndReleasedWhat) {
  EXPECT_TRUE(Says("Meta", {"released"}, "Llama 3.1"));
  EXPECT_TRUE(Says("Meta", {"developed", "released"}, "Llama 4"));
  EXPECT_TRUE(Says("谷歌", {"developed", "owns", "operates", "manufactures"}, "Gemini"));
}

TEST_F(InterviewTest, KnowsTheParameterCountAndTheFormerName) {
  const std::vector<Literal> counts = LiteralsOf("Llama 3.1", "has_parameter_count");
  EXPECT_TRUE(std::any_of(counts.begin(), counts.end(), [](const Literal& l) { return l.value == "405000000000"; }));
  const std::vector<Literal> names = LiteralsOf("Meta", "former_name");
  EXPECT_TRUE(std::any_of(names.begin(), names.end(), [](const Literal& l) { return l.text == "Facebook"; }));
}

TEST_F(InterviewTest, KnowsWhoAskedAndWhere) {
  EXPECT_TRUE(Says("張秀春", {"interviewed"}, "扎克伯格") || Says("彭博社", {"interviewed"}, "扎克伯格"));
  // The place is the object of a relation, or the place of the interview.
  const EntityId lake = Find("太浩湖");
  StatementPattern all;
  PagePosition position;
  const auto statements = snapshot_->ListStatements(all, nullptr, 100000, &position);
  ASSERT_TRUE(statements.ok());
  EXPECT_TRUE(std::any_of(statements->begin(), statements->end(), [&](const ResolvedStatement& found) {
    return found.object == lake ||
           std::count(found.qualifier_entities.begin(), found.qualifier_entities.end(), lake) > 0;
  }));
}

TEST_F(InterviewTest, AttributesWhatIsSaidInTurnsToTheirSpeakers) {
  StatementPattern pattern;
  pattern.speaker = Find("扎克伯格");
  PagePosition position;
  const auto statements = snapshot_->ListStatements(pattern, nullptr, 100000, &position);
  ASSERT_TRUE(statements.ok());
  EXPECT_GE(statements->size(), 10u);
  pattern.mentioning = Find("中國");
  position.clear();
  const auto about_china = snapshot_->ListStatements(pattern, nullptr, 1000, &position);
  ASSERT_TRUE(about_china.ok());
  EXPECT_FALSE(about_china->empty());
}

TEST_F(InterviewTest, EverySpanReReads) {
  const auto reread = [&](Span span) {
    const std::string& field = span.field == Field::kTitle ? graph_->document.title : graph_->document.text;
    EXPECT_LE(span.end, field.size());
    EXPECT_LT(span.begin, span.end);
    return field.substr(span.begin, span.end - span.begin);
  };
  for (const Mention& mention : graph_->mentions) EXPECT_EQ(reread(mention.span), mention.surface);
  EXPECT_GT(graph_->statements.size(), 40u);
  for (const Statement& statement : graph_->statements) {
    const std::string evidence = reread(statement.evidence);
    if (statement.literal && statement.literal_span) {
      EXPECT_EQ(reread(*statement.literal_span), statement.literal->text);
      EXPECT_NE(evidence.find(statement.literal->text), std::string::npos) << evidence;
    }
    for (const auto& span : {statement.subject_span, statement.cue_span, statement.object_span}) {
      if (span) {
        EXPECT_FALSE(reread(*span).empty());
      }
    }
  }
}

}  // namespace
}  // namespace newsgraph
