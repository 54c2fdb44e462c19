#include "ingest/analyzer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "graph/graph_store.h"

namespace newsgraph {
namespace {

using testing::HasSubstr;

const std::filesystem::path kData = NEWSGRAPH_DATA_DIR;
const std::filesystem::path kCorpus = std::filesystem::path(NEWSGRAPH_SOURCE_DIR) / "tests/corpus";

const Analyzer& SharedAnalyzer() {
  static const std::shared_ptr<const Analyzer> analyzer = Analyzer::Load({.data_directory = kData}).value();
  return *analyzer;
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

// The sample articles, each as plain text.
std::vector<Document> CorpusDocuments() {
  std::vector<Document> documents;
  std::ifstream manifest(kCorpus / "manifest.jsonl");
  for (std::string line; std::getline(manifest, line);) {
    const auto article = nlohmann::json::parse(line);
    const std::string file = article.contains("expected") ? article["expected"] : article["file"];
    documents.push_back({.id = article["id"],
                         .uri = article["uri"],
                         .title = article["title"],
                         .publisher = article["publisher"],
                         .published = article["published"],
                         .language = article["language"],
                         .text = ReadFile(kCorpus / file)});
  }
  return documents;
}

// A copy of the data files that a test may change.
class AnalyzerDataTest : public testing::Test {
 protected:
  AnalyzerDataTest()
      : directory_(std::filesystem::path(testing::TempDir()) /
                   (testing::UnitTest::GetInstance()->current_test_info()->name() + std::to_string(getpid()))) {
    std::filesystem::remove_all(directory_);
    std::filesystem::copy(kData, directory_, std::filesystem::copy_options::recursive);
  }
  ~AnalyzerDataTest() override { std::filesystem::remove_all(directory_); }

  std::string Fingerprint() const { return Analyzer::Load({.data_directory = directory_}).value()->fingerprint(); }

  const std::filesystem::path directory_;
};

std::string_view Read(const Document& document, const Span& span) {
  const std::string& field = span.field == Field::kTitle ? document.title : document.text;
  return std::string_view(field).substr(span.begin, span.end - span.begin);
}

// Promise 1, on every sample article.
TEST(AnalyzerTest, EveryStatementCarriesEvidenceThatRereads) {
  size_t statements = 0;
  for (const Document& document : CorpusDocuments()) {
    SCOPED_TRACE(document.id);
    const auto graph = SharedAnalyzer().Analyze(document);
    ASSERT_TRUE(graph.ok()) << graph.status().message();
    EXPECT_EQ(graph->document.text, document.text);
    for (const Mention& mention : graph->mentions) EXPECT_EQ(Read(graph->document, mention.span), mention.surface);
    for (const Statement& statement : graph->statements) {
      ++statements;
      EXPECT_FALSE(Read(graph->document, statement.evidence).empty());
      EXPECT_FALSE(statement.rule.empty());
      for (const auto& span : {statement.subject_span, statement.cue_span, statement.object_span}) {
        EXPECT_TRUE(!span || !Read(graph->document, *span).empty());
      }
      if (statement.literal && statement.literal_span) {
        EXPECT_EQ(Read(graph->document, *statement.literal_span), statement.literal->text);
      }
    }
    // The store checks the rest: ends, types, order, atoms without a mention.
    const auto store = GraphStore::OpenInMemory().value();
    const auto commit = store->Put(*graph, "2024-01-01T00:00:00Z");
    EXPECT_TRUE(commit.ok()) << commit.status().message();
    EXPECT_TRUE(store->Verify().ok());
  }
  EXPECT_GT(statements, 100u);
}

// Promise 2, for one document.
TEST(AnalyzerTest, TheSameDocumentGivesTheSameGraphOnEveryThread) {
  const std::vector<Document> documents = CorpusDocuments();
  std::vector<DocumentGraph> expected;
  for (const Document& document : documents) expected.push_back(SharedAnalyzer().Analyze(document).value());
  const auto fresh = Analyzer::Load({.data_directory = kData}).value();
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (size_t i = 0; i < documents.size(); ++i) {
        const size_t which = (i + static_cast<size_t>(thread) * 5) % documents.size();
        const auto graph = fresh->Analyze(documents[which]);
        EXPECT_TRUE(graph.ok() && *graph == expected[which]) << documents[which].id;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(AnalyzerTest, FillsInIdLanguageAndAnalyser) {
  const auto graph = SharedAnalyzer().Analyze({.title = "t", .text = "微軟收購GitHub，這是大新聞。"}).value();
  EXPECT_EQ(graph.document.id, MakeDocumentId("", "t", "微軟收購GitHub，這是大新聞。"));
  EXPECT_EQ(graph.document.language, "zh-Hant");
  EXPECT_EQ(graph.document.analyser, SharedAnalyzer().fingerprint());
}

TEST(AnalyzerTest, KeepsAGivenIdAndLanguage) {
  const auto graph =
      SharedAnalyzer().Analyze({.id = "mine", .language = "zh-Hant", .text = "微软收购GitHub。"}).value();
  EXPECT_EQ(graph.document.id, "mine");
  EXPECT_EQ(graph.document.language, "zh-Hant");
}

TEST(AnalyzerTest, RefusesWhatIsNoTextAndSaysWhere) {
  const auto message = [](Document document) {
    const auto graph = SharedAnalyzer().Analyze(std::move(document));
    EXPECT_EQ(graph.status().code(), absl::StatusCode::kInvalidArgument);
    return std::string(graph.status().message());
  };
  EXPECT_THAT(message({.text = ""}), HasSubstr("no text"));
  EXPECT_THAT(message({.text = " \n"}), HasSubstr("no text"));
  EXPECT_THAT(message({.text = "one\nt\xFFwo"}), HasSubstr("text: not UTF-8: byte 0xff at line 2, column 2"));
  EXPECT_THAT(message({.publisher = "\xFF", .text = "x"}), HasSubstr("publisher: not UTF-8"));
  EXPECT_THAT(message({.published = "yesterday", .text = "x"}),
              HasSubstr("published \"yesterday\" is no ISO 8601 date"));
}

TEST(AnalyzerTest, NamesADataDirectoryThatIsNotThere) {
  const absl::Status status = Analyzer::Load({.data_directory = "no/such/directory"}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(status.message()), HasSubstr("no/such/directory"));
}

TEST_F(AnalyzerDataTest, TheFingerprintKnowsEveryDataFileAndNoNotes) {
  const std::string before = Fingerprint();
  EXPECT_EQ(before, SharedAnalyzer().fingerprint());
  std::ofstream(directory_ / "README.md", std::ios::app) << "a note\n";
  EXPECT_EQ(Fingerprint(), before);
  std::ofstream(directory_ / "lexicon" / "surnames_en.txt", std::ios::app) << "Quillfeather\n";
  EXPECT_NE(Fingerprint(), before);
}

TEST_F(AnalyzerDataTest, AMalformedLexiconIsNamedWithItsLine) {
  std::ofstream(directory_ / "lexicon" / "companies.tsv", std::ios::app) << "half a row\n";
  const absl::Status status = Analyzer::Load({.data_directory = directory_}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("companies.tsv:"));
}

TEST(AnalyzerTest, ExcludedEntriesAreUnknownToIt) {
  const std::string text = "NVIDIA and Intel agree.";
  const std::set<std::string> named = EntriesNamedIn({text}, {.data_directory = kData}).value();
  EXPECT_THAT(named, testing::UnorderedElementsAre("nvidia", "intel"));
  const auto without = Analyzer::Load({.data_directory = kData, .excluded_entries = {"nvidia"}}).value();
  EXPECT_NE(without->fingerprint(), SharedAnalyzer().fingerprint());
  const DocumentGraph graph = without->Analyze({.text = text}).value();
  for (const Atom& atom : graph.atoms) {
    const auto entry = atom.external_ids.find("lexicon");
    if (entry != atom.external_ids.end()) {
      EXPECT_EQ(entry->second, "intel");
    }
  }
  const std::set<std::string> still_named =
      EntriesNamedIn({text}, {.data_directory = kData, .excluded_entries = {"nvidia"}}).value();
  EXPECT_THAT(still_named, testing::ElementsAre("intel"));
}

// A gloss is a whole name beside the other, no short form of it.
TEST(AnalyzerTest, TheLastWordOfAnOrganisationSaysWhatItIs) {
  Document document;
  document.language = "en";
  document.text = "Okafor studied at Marlow State University. Okafor then joined Whitlock Robotics Inc. in Boston.";
  const DocumentGraph graph = SharedAnalyzer().Analyze(document).value();
  std::map<std::string, std::string> subtypes;
  for (const Atom& atom : graph.atoms) {
    if (atom.type == EntityType::kOrg) subtypes[atom.name] = atom.subtype;
  }
  EXPECT_EQ(subtypes["Marlow State University"], "education");
}

TEST(AnalyzerTest, AGlossIsAnotherWholeName) {
  const auto graph =
      SharedAnalyzer().Analyze({.language = "zh-Hant", .text = "他們去年在靜柏湖（Lake Stillpine）畔見面。"}).value();
  ASSERT_EQ(graph.atoms.size(), 1u);
  EXPECT_EQ(graph.atoms[0].name, "靜柏湖");
  EXPECT_THAT(graph.atoms[0].observations, testing::Contains(Observation{"gloss", "lake stillpine"}));
  EXPECT_THAT(graph.atoms[0].observations, testing::Contains(Observation{"name", "lake stillpine"}));
}

TEST_F(AnalyzerDataTest, AUsersOwnLexiconIsReadBesideTheOthersAndChangesTheFingerprint) {
  const std::filesystem::path own = directory_ / "own.tsv";
  std::string header;
  std::ifstream companies(directory_ / "lexicon" / "companies.tsv");
  while (std::getline(companies, header) && !header.starts_with("id\t")) {
  }
  std::string row = "org/quillfeather\tORG";
  size_t column = 0;
  std::istringstream columns(header);
  for (std::string name; std::getline(columns, name, '\t'); ++column) {
    if (column >= 2) row += name == "en" ? "\tQuillfeather Works" : "\t";
  }
  std::ofstream(own) << header << "\n" << row << "\n";
  const auto analyzer = Analyzer::Load({.data_directory = kData, .lexicon_files = {own}});
  ASSERT_TRUE(analyzer.ok()) << analyzer.status().message();
  EXPECT_NE((*analyzer)->fingerprint(), SharedAnalyzer().fingerprint());
  const auto graph = (*analyzer)->Analyze({.text = "They work for Quillfeather Works."}).value();
  ASSERT_EQ(graph.atoms.size(), 1u);
  EXPECT_EQ(graph.atoms[0].external_ids.at("lexicon"), "org/quillfeather");
}

// What an organisation publishes says we of it; what a newspaper prints does not say we of whom it writes about.
TEST(AnalyzerTest, WeOfAnOrganisationsOwnTextAreThatOrganisation) {
  const auto acquirer = [](const std::string& publisher) {
    const auto graph =
        SharedAnalyzer().Analyze({.publisher = publisher,
                                  .language = "en",
                                  .text = "Calder Foods has news.\n\nIn May we acquired Brennick Foods."});
    EXPECT_TRUE(graph.ok()) << graph.status();
    for (const Statement& statement : graph->statements) {
      if (statement.predicate != "acquired") continue;
      for (const Atom& atom : graph->atoms) {
        if (atom.id == statement.subject) return atom.name;
      }
    }
    return std::string();
  };
  EXPECT_EQ(acquirer("Calder Foods"), "Calder Foods");
  EXPECT_EQ(acquirer("The Evening Post"), "");
}

}  // namespace
}  // namespace newsgraph
