#include "tools/eval/gold.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tools/eval/found.h"

namespace newsgraph {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;

// A folder of its own for each test.
class GoldTest : public testing::Test {
 protected:
  GoldTest()
      : folder_(std::filesystem::path(testing::TempDir()) /
                (std::string("gold_") + testing::UnitTest::GetInstance()->current_test_info()->name())) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "gold");
    std::filesystem::create_directories(folder_ / "documents");
  }
  ~GoldTest() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path Write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return folder_ / name;
  }
  std::string ErrorOf(const std::filesystem::path& path) const {
    return std::string(ReadGold(path, {}).status().message());
  }
  std::string ErrorOfSentence(const std::string& line) const { return ErrorOf(Write("wnut17.jsonl", line + "\n")); }

  // A corpus of one document, 輝達任命陳偉。, with these lines of gold.
  std::filesystem::path WriteCorpus(const std::string& gold) const {
    Write("manifest.jsonl",
          "{\"id\":\"1\",\"file\":\"documents/1.txt\",\"title\":\"輝達\",\"language\":\"zh-Hant\"}\n");
    Write("documents/1.txt", "輝達任命陳偉。");
    Write("gold/1.jsonl", gold);
    return folder_;
  }

  const std::filesystem::path folder_;
};

constexpr const char* kNvidia =
    "{\"kind\":\"entity\",\"id\":\"nvidia\",\"type\":\"ORG\",\"name\":\"輝達\",\"names\":[],\"must\":true}\n";
constexpr const char* kTopic =
    "{\"kind\":\"entity\",\"id\":\"ai\",\"type\":\"TECH\",\"name\":\"AI\",\"names\":[],\"must\":false}\n";

TEST_F(GoldTest, SentencesCountInCodePoints) {
  const auto set = ReadGold(Write("uner_zh_gsd_trad.mine.jsonl",
                                  "{\"id\":\"s1\",\"text\":\"在輝達，陳偉\",\"entities\":"
                                  "[{\"s\":4,\"e\":6,\"type\":\"PER\",\"text\":\"陳偉\"},"
                                  "{\"s\":1,\"e\":3,\"type\":\"ORG\",\"text\":\"輝達\"}]}\n\n"),
                            {});
  ASSERT_TRUE(set.ok()) << set.status();
  ASSERT_EQ(set->documents.size(), 1u);
  const GoldDocument& document = set->documents[0];
  EXPECT_EQ(document.document.language, "zh-Hant");
  ASSERT_EQ(document.mentions.size(), 2u);
  EXPECT_EQ(document.mentions[0].span, (Span{Field::kText, 3, 9}));
  EXPECT_EQ(ToString(document.mentions[0].types), "ORG");
  EXPECT_EQ(document.mentions[1].span, (Span{Field::kText, 12, 18}));
  EXPECT_FALSE(set->has_identity);
  EXPECT_EQ(ToString(set->labelled), "PERSON|ORG|GPE|LOC|FAC");
}

TEST_F(GoldTest, WrongSentencesAreNamedByFileAndLine) {
  EXPECT_THAT(ErrorOfSentence("{\"id\":\"a\",\"text\":\"x\",\"entities\":[]}\n{\"id\":\"b\",\"te"),
              AllOf(HasSubstr("wnut17.jsonl:2: "), HasSubstr("cut off")));
  EXPECT_THAT(ErrorOfSentence("{\"id\":\"a\",\"text\":\"Bob\",\"entities\":[{\"s\":0,\"e\":4,\"type\":\"person\","
                              "\"text\":\"Bob\"}]}"),
              HasSubstr("wnut17.jsonl:1: entities[0]: 0–4 does not lie in the 3 characters of the text"));
  EXPECT_THAT(ErrorOfSentence("{\"id\":\"a\",\"text\":\"Bob\",\"entities\":[{\"s\":0,\"e\":2,\"type\":\"person\","
                              "\"text\":\"Bob\"}]}"),
              HasSubstr("wnut17.jsonl:1: entities[0]: 0–2 of the text does not read \"Bob\""));
  EXPECT_THAT(ErrorOfSentence("{\"id\":\"a\",\"text\":\"Bob\",\"entities\":[{\"s\":0,\"e\":3,\"type\":\"hero\","
                              "\"text\":\"Bob\"}]}"),
              AllOf(HasSubstr("wnut17.jsonl:1: entities[0]: label \"hero\""), HasSubstr("label_maps.tsv")));
  EXPECT_THAT(ErrorOfSentence("{\"id\":\"a\",\"text\":\"x\",\"entities\":[]}\n"
                              "{\"id\":\"a\",\"text\":\"y\",\"entities\":[]}"),
              HasSubstr("wnut17.jsonl:2: document a is there already"));
  EXPECT_THAT(ErrorOfSentence("{\"id\":\"a\",\"text\":\"x\",\"entities\":7}"), HasSubstr("\"entities\""));
  EXPECT_THAT(ErrorOfSentence("{\"hello\":1}"), HasSubstr("wnut17.jsonl:1: neither graph JSON lines"));
  EXPECT_THAT(ErrorOf(Write("empty.jsonl", "")), HasSubstr("empty"));
  EXPECT_THAT(ErrorOf(folder_ / "missing.jsonl"), HasSubstr("missing.jsonl"));
  EXPECT_THAT(ErrorOf(Write("conll.jsonl", "{\"id\":\"a\",\"text\":\"x\",\"entities\":[]}\n")),
              AllOf(HasSubstr("--labels"), HasSubstr("wikigold")));
}

TEST_F(GoldTest, LabelsCanBeNamed) {
  const auto path = Write("mine.jsonl",
                          "{\"id\":\"a\",\"text\":\"Bob\",\"entities\":[{\"s\":0,\"e\":3,\"type\":\"person\","
                          "\"text\":\"Bob\"}]}\n");
  EXPECT_TRUE(ReadGold(path, {.label_map = "wnut17"}).ok());
  EXPECT_THAT(std::string(ReadGold(path, {.label_map = "conll"}).status().message()), HasSubstr("there are aishell"));
}

TEST_F(GoldTest, ACorpusHasEntitiesThatNeedNotBeFound) {
  const auto set = ReadGold(
      WriteCorpus(std::string(kNvidia) + kTopic +
                  "{\"kind\":\"mention\",\"field\":\"text\",\"begin\":0,\"end\":6,\"surface\":\"輝達\",\"entity\":"
                  "\"nvidia\",\"form\":\"name\"}\n"
                  "{\"kind\":\"turn\"}\n"),
      {});
  ASSERT_TRUE(set.ok()) << set.status();
  ASSERT_EQ(set->documents.size(), 1u);
  const GoldDocument& document = set->documents[0];
  EXPECT_EQ(document.document.text, "輝達任命陳偉。");
  EXPECT_EQ(document.document.language, "zh-Hant");
  ASSERT_EQ(document.entities.size(), 2u);
  EXPECT_TRUE(document.entities[0].must);
  EXPECT_FALSE(document.entities[1].must);
  ASSERT_EQ(document.mentions.size(), 1u);
  EXPECT_EQ(document.mentions[0].entity, 0);
  EXPECT_TRUE(set->has_identity);
}

// A statement about 輝達任命陳偉。 with this between its id and its evidence.
std::string StatementLine(const std::string& keys,
                          const std::string& evidence = R"({"field":"text","begin":0,"end":12})") {
  return R"({"kind":"statement","id":"1.s01",)" + keys + R"(,"factuality":"asserted","evidence":)" + evidence + "}\n";
}

TEST_F(GoldTest, ACorpusHasStatements) {
  const auto set = ReadGold(
      WriteCorpus(
          std::string(kNvidia) + kTopic +
          StatementLine(
              R"("subject":"nvidia","predicate":"develops","object":"ai","literal":null,)"
              R"("qualifiers":[{"name":"gloss","text":"陳"},{"name":"time","text":"4日","value":"2025-06-04"}],)"
              R"("speaker":"nvidia","must":false)") +
          StatementLine(R"("subject":"nvidia","predicate":"has_figure","object":null,)"
                        R"("literal":{"type":"MONEY","text":"0.5元","value":0.5,"unit":"TWD"},)"
                        R"("qualifiers":[{"name":"time","text":"四年","value":4,"unit":"year"}],"speaker":null)")),
      {});
  ASSERT_TRUE(set.ok()) << set.status();
  EXPECT_TRUE(set->has_statements);
  ASSERT_EQ(set->documents[0].statements.size(), 2u);
  const GoldStatement& first = set->documents[0].statements[0];
  EXPECT_EQ(first.subject, 0);
  EXPECT_EQ(first.predicate, "develops");
  EXPECT_EQ(first.object, 1);
  EXPECT_FALSE(first.literal);
  ASSERT_TRUE(first.time);
  EXPECT_EQ(first.time->value, "2025-06-04");
  EXPECT_EQ(first.speaker, 0);
  EXPECT_FALSE(first.must);
  EXPECT_EQ(first.evidence, (Span{Field::kText, 0, 12}));
  const GoldStatement& second = set->documents[0].statements[1];
  EXPECT_EQ(second.object, -1);
  EXPECT_EQ(second.literal, (Literal{"MONEY", "0.5元", "0.5", "TWD"}));
  EXPECT_EQ(second.speaker, -1);
  EXPECT_TRUE(second.must);
  ASSERT_TRUE(second.time);
  EXPECT_EQ(second.time->value, "");  // a length of time is no date
  EXPECT_FALSE(ReadGold(WriteCorpus(kNvidia), {}).value().has_statements);
}

TEST_F(GoldTest, WrongStatementsAreNamed) {
  const auto error_of = [&](const std::string& line) { return ErrorOf(WriteCorpus(std::string(kNvidia) + line)); };
  EXPECT_THAT(error_of(StatementLine(R"("subject":"intel","predicate":"develops","object":"nvidia")")),
              HasSubstr("gold/1.jsonl:2: statement 1.s01: subject is intel, which no line above describes"));
  EXPECT_THAT(error_of(StatementLine(R"("subject":"nvidia","predicate":"develops","object":null)")),
              HasSubstr("statement 1.s01: give one of \"object\" and \"literal\""));
  EXPECT_THAT(error_of(StatementLine(R"("subject":"nvidia","predicate":"p","object":"nvidia")",
                                     R"({"field":"text","begin":0,"end":99})")),
              HasSubstr("statement 1.s01: its evidence 0–99 does not lie in the 21 bytes of the text"));
  EXPECT_THAT(error_of(StatementLine(R"("subject":"nvidia","predicate":"p","object":"nvidia")",
                                     R"({"field":"text","begin":1,"end":6})")),
              HasSubstr("statement 1.s01: its evidence 1–6 of the text divides a character"));
  EXPECT_THAT(error_of(StatementLine(R"("subject":"nvidia","predicate":"p","literal":{"type":"COLOUR","text":"x"})")),
              HasSubstr("there is no literal of type COLOUR"));
  EXPECT_THAT(error_of(R"({"kind":"statement"})"), HasSubstr("\"id\" is missing"));
}

TEST_F(GoldTest, WrongCorporaAreNamedByFileAndLine) {
  EXPECT_THAT(ErrorOf(WriteCorpus(std::string(kNvidia) +
                                  "{\"kind\":\"mention\",\"field\":\"text\",\"begin\":0,\"end\":99,\"surface\":"
                                  "\"輝達\",\"entity\":\"nvidia\",\"form\":\"name\"}\n")),
              AllOf(HasSubstr("gold/1.jsonl:2: "), HasSubstr("0–99 does not lie in the 21 bytes")));
  EXPECT_THAT(ErrorOf(WriteCorpus(std::string(kNvidia) +
                                  "{\"kind\":\"mention\",\"field\":\"text\",\"begin\":0,\"end\":6,\"surface\":"
                                  "\"輝達\",\"entity\":\"intel\",\"form\":\"name\"}\n")),
              AllOf(HasSubstr("gold/1.jsonl:2: "), HasSubstr("mention of intel")));
  EXPECT_THAT(ErrorOf(WriteCorpus("{\"kind\":\"entity\",\"id\":\"x\",\"type\":\"HERO\"}\n")),
              HasSubstr("gold/1.jsonl:1: entity x: there is no type HERO"));
  EXPECT_THAT(ErrorOf(WriteCorpus(std::string(kNvidia) + "{\"kind\":\"ent")), HasSubstr("gold/1.jsonl:2: "));
  EXPECT_THAT(ErrorOf(WriteCorpus("{\"kind\":\"picture\"}\n")), HasSubstr("gold/1.jsonl:1: kind \"picture\""));
  WriteCorpus(kNvidia);
  std::filesystem::remove(folder_ / "gold/1.jsonl");
  EXPECT_THAT(ErrorOf(folder_), HasSubstr("gold/1.jsonl: no such file"));
  Write("manifest.jsonl", "{\"id\":\"1\"}\n");
  EXPECT_THAT(ErrorOf(folder_), AllOf(HasSubstr("manifest.jsonl:1: "), EndsWith("\"file\" is missing")));
}

TEST_F(GoldTest, DocumentsCanBeLeftOut) {
  const auto path =
      Write("wikigold.jsonl",
            "{\"id\":\"a\",\"text\":\"x\",\"entities\":[]}\n{\"id\":\"b\",\"text\":\"y\",\"entities\":[]}\n");
  const auto set = ReadGold(path, {.leave_out = {"a"}});
  ASSERT_TRUE(set.ok());
  ASSERT_EQ(set->documents.size(), 1u);
  EXPECT_EQ(set->documents[0].document.id, "b");
  EXPECT_THAT(std::string(ReadGold(path, {.leave_out = {"c"}}).status().message()), HasSubstr("no document c"));
}

// --- the graph format

constexpr const char* kGraph =
    "{\"kind\":\"document\",\"id\":\"d1\",\"uri\":null,\"title\":null,\"publisher\":null,\"published\":null,"
    "\"language\":\"zh-Hant\",\"text\":\"輝達任命陳偉。\"}\n"
    "{\"kind\":\"mention\",\"document\":\"d1\",\"field\":\"text\",\"begin\":0,\"end\":6,\"surface\":\"輝達\","
    "\"form\":\"name\",\"type\":\"ORG\",\"entity\":null,\"atom\":\"a00000000000000000000000000000001\"}\n";

TEST_F(GoldTest, AGraphIsGoldToo) {
  const auto set = ReadGold(Write("graph.jsonl", kGraph), {});
  ASSERT_TRUE(set.ok()) << set.status();
  ASSERT_EQ(set->documents.size(), 1u);
  ASSERT_EQ(set->documents[0].mentions.size(), 1u);
  EXPECT_EQ(ToString(set->documents[0].mentions[0].types), "ORG");
  EXPECT_EQ(set->documents[0].entities.size(), 1u);
}

TEST_F(GoldTest, StatementsOfAGraphAreGoldAndFound) {
  DocumentGraph graph;
  graph.document.text = "輝達任命陳偉。";
  Mention mention;
  mention.span = {Field::kText, 0, 6};
  mention.surface = "輝達";
  mention.type = EntityType::kOrg;
  mention.atom = MakeAtomId("d1", "辉达", 0);
  graph.mentions = {mention};
  Statement statement;
  statement.index = 4;
  statement.subject = mention.atom;
  statement.predicate = "stated";
  statement.literal = Literal{"STATEMENT", "陳偉", "", ""};
  statement.qualifiers = {{"gloss", "x", "", {}}, {"time", "4日", "2025-06-04", {}}};
  statement.valid_from = "2025-06";
  statement.evidence = {Field::kText, 0, 12};
  statement.rule = "zh/stated.1";
  graph.statements = {statement};
  Atom atom;
  atom.id = mention.atom;
  atom.name = "輝達";
  graph.atoms = {atom};
  const GoldDocument gold = GoldFromGraph(graph);
  ASSERT_EQ(gold.entities.size(), 1u);
  EXPECT_EQ(gold.entities[0].label, "輝達");
  ASSERT_EQ(gold.statements.size(), 1u);
  EXPECT_EQ(gold.statements[0].subject, 0);
  EXPECT_EQ(gold.statements[0].object, -1);
  EXPECT_EQ(gold.statements[0].speaker, -1);
  ASSERT_TRUE(gold.statements[0].time);
  EXPECT_EQ(gold.statements[0].time->value, "2025-06-04");
  const FoundDocument found = FoundInGraph(graph);
  ASSERT_EQ(found.statements.size(), 1u);
  EXPECT_EQ(found.statements[0].subject, found.mentions[0].entity);
  EXPECT_EQ(found.statements[0].speaker, -1);
  EXPECT_EQ(found.statements[0].literal, statement.literal);
  EXPECT_EQ(found.statements[0].rule, "zh/stated.1");
  ASSERT_EQ(found.statements[0].times.size(), 2u);
  EXPECT_EQ(found.statements[0].times[0].value, "2025-06-04");
  EXPECT_EQ(found.statements[0].times[1].value, "2025-06");
}

TEST_F(GoldTest, WrongGraphsAreNamedByFileAndLine) {
  const std::string graph = kGraph;
  EXPECT_THAT(ErrorOf(Write("graph.jsonl", graph + "{\"kind\":\"mention\",\"docu")), HasSubstr("graph.jsonl:3: "));
  EXPECT_THAT(ErrorOf(Write("graph.jsonl", graph.substr(graph.find('\n') + 1))),
              HasSubstr("graph.jsonl:1: document d1 has no line above"));
  std::string moved = graph;
  moved.replace(moved.find("\"end\":6"), 7, "\"end\":7");
  EXPECT_THAT(ErrorOf(Write("graph.jsonl", moved)), HasSubstr("graph.jsonl:2: 0–7 of the text does not read"));
}

TEST_F(GoldTest, DocumentsOfAGraphAreFoundByIdOrByText) {
  const GoldSet gold = ReadGold(WriteCorpus(kNvidia), {}).value();
  const auto by_text = MatchDocuments(gold, ReadGraph(Write("graph.jsonl", kGraph)).value());
  ASSERT_TRUE(by_text.ok()) << by_text.status();
  ASSERT_EQ(by_text->documents.size(), 1u);
  EXPECT_EQ(by_text->documents[0].mentions.size(), 1u);
  EXPECT_TRUE(by_text->problems.empty());

  const auto missing = MatchDocuments(gold, {});
  ASSERT_TRUE(missing.ok());
  EXPECT_TRUE(missing->documents.at(0).mentions.empty());
  EXPECT_THAT(missing->problems, testing::ElementsAre(HasSubstr("document 1 is not in the graph")));

  DocumentGraph other;
  other.document.id = "1";
  other.document.text = "輝達任用陳偉。";  // 任 ends at byte 9
  EXPECT_THAT(std::string(MatchDocuments(gold, {other}).status().message()), HasSubstr("from byte 9 on"));
}

}  // namespace
}  // namespace newsgraph
