#include "graph/formats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "graph/jsonl_lines.h"
#include "tests/graph/document_builder.h"
#include "tests/graph/sample_graphs.h"

namespace newsgraph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kNow[] = "2025-01-01T00:00:00Z";

std::string Export(const GraphStore& store) {
  std::ostringstream out;
  const absl::Status status = ExportJsonLines(*store.GetSnapshot(), out);
  EXPECT_TRUE(status.ok()) << status;
  return out.str();
}

absl::StatusOr<ImportReport> Import(const std::string& lines, GraphStore& store) {
  std::istringstream in(lines);
  return ImportJsonLines(in, store, kNow);
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string Join(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

// An article that uses everything the format has.
DocumentGraph Everything() {
  DocumentBuilder builder("https://example.org/1", {.uri = "https://example.org/1",
                                                    .title = "他說 \"開放\" \\ 再見",
                                                    .publisher = "環島日報",
                                                    .author = "周以安",
                                                    .published = "2024-07-24",
                                                    .language = "zh-Hant",
                                                    .text = "第一行\n\t第二行\x01 "});
  const AtomId zuckerberg = builder.Add({.type = EntityType::kPerson,
                                         .name = "馬克·扎克伯格",
                                         .occupation = "executive",
                                         .external_ids = {{"lexicon", "p1"}, {"wikidata", "Q36215"}},
                                         .observations = {{"employer", "meta"}, {"name", "扎克伯格"}}});
  const AtomId meta = builder.Add({.type = EntityType::kOrg, .subtype = "company", .name = "Meta"});
  const AtomId chang = builder.Add({.type = EntityType::kPerson, .name = "Chang", .bare = true});
  const AtomId llama = builder.Add({.type = EntityType::kProduct, .subtype = "ai_model", .name = "Llama 3.1"});
  builder.Mention(zuckerberg, "他", MentionForm::kPronoun);
  Statement& ceo = builder.Say(zuckerberg, "ceo_of", meta);
  ceo.qualifiers = {{"time", "2021年", "2021", {}}, {"role", "創辦人", "", chang}};
  ceo.valid_from = "2004-02";
  ceo.precision = TimePrecision::kMonth;
  ceo.confidence = 0.93f;
  builder.Say(llama, "has_parameter_count", Literal{"QUANTITY", "4050億", "405000000000", "parameter"});
  builder.Say(meta, "inception", Literal{"DATE", "2004", "2004", ""});
  Statement& claim = builder.Say(zuckerberg, "stated", Literal{"STATEMENT", "open wins", "", ""}, zuckerberg);
  claim.factuality = Factuality::kOpinion;
  claim.said_at = "2024-07-23";
  claim.cue_span.reset();
  builder.Turn(chang, "你好");
  builder.Turn({}, "？");
  return builder.Build();
}

std::unique_ptr<GraphStore> StoreOf(const std::vector<DocumentGraph>& graphs) {
  auto store = *GraphStore::OpenInMemory();
  for (const DocumentGraph& graph : graphs) {
    const auto put = store->Put(graph, kNow);
    EXPECT_TRUE(put.ok()) << put.status();
  }
  return store;
}

TEST(JsonLinesTest, LinesAreAsTheDesignHasThem) {
  const auto store = StoreOf({Everything()});
  std::string text = Export(*store);
  const auto lines = Lines(text);
  ASSERT_EQ(lines.size(), 1u + 4 + 4 + 10 + 2 + 4);
  EXPECT_EQ(
      lines[0],
      "{\"kind\":\"document\",\"id\":\"https://example.org/1\",\"uri\":\"https://example.org/1\",\"title\":\"他說 "
      "\\\"開放\\\" \\\\ 再見\",\"publisher\":\"環島日報\",\"published\":\"2024-07-24\",\"language\":\"zh-Hant\","
      "\"text\":\"第一行\\n\\t第二行\\u0001  馬克·扎克伯格 Meta Chang Llama 3.1 他 馬克·扎克伯格 ceo_of Meta Llama "
      "3.1 has_parameter_count 4050億 Meta inception 2004 馬克·扎克伯格 stated open wins 你好 "
      "？\",\"author\":\"周以安\",\"analyser\":\"test\"}");
  for (size_t i = 1; i < 5; ++i) EXPECT_THAT(lines[i], StartsWith("{\"kind\":\"entity\",\"id\":\"e"));
  const auto one = [&](std::string_view part) {
    std::string found;
    for (const std::string& line : lines) {
      if (line.find(part) != std::string::npos) found += line;
    }
    // Ids are long, and no claim of this test.
    for (size_t i = 0; i + 34 < found.size(); ++i) {
      if (found[i] == '"' && (found[i + 1] == 'a' || found[i + 1] == 'e') && found[i + 34] == '"' &&
          found.substr(i + 2, 32).find_first_not_of("0123456789abcdef") == std::string::npos) {
        found.replace(i + 2, 32, "…");
      }
    }
    return found;
  };
  EXPECT_EQ(
      one("\"class\":\"executive\""),
      "{\"kind\":\"atom\",\"id\":\"a…\",\"document\":\"https://example.org/1\",\"type\":\"PERSON\",\"subtype\":null,"
      "\"name\":\"馬克·扎克伯格\",\"class\":\"executive\",\"external_ids\":{\"lexicon\":\"p1\",\"wikidata\":"
      "\"Q36215\"},\"observations\":[{\"kind\":\"employer\",\"value\":\"meta\"},{\"kind\":\"name\",\"value\":"
      "\"扎克伯格\"}],\"entity\":\"e…\",\"bare\":false,\"number\":0}");
  EXPECT_EQ(one("\"form\":\"pronoun\""),
            "{\"kind\":\"mention\",\"document\":\"https://example.org/1\",\"field\":\"text\",\"begin\":65,\"end\":68,"
            "\"surface\":\"他\",\"form\":\"pronoun\",\"type\":\"PERSON\",\"entity\":\"e…\",\"atom\":\"a…\"}");
  EXPECT_EQ(
      one("\"kind\":\"turn\",\"document\":\"https://example.org/1\",\"index\":1"),
      "{\"kind\":\"turn\",\"document\":\"https://example.org/1\",\"index\":1,\"begin\":205,\"end\":208,\"speaker\":"
      "null,\"atom\":null}");
  EXPECT_EQ(
      one("\"predicate\":\"ceo_of\""),
      "{\"kind\":\"statement\",\"id\":\"https://example.org/1:0\",\"document\":\"https://example.org/1\","
      "\"subject\":\"e…\",\"predicate\":\"ceo_of\",\"object\":\"e…\",\"literal\":null,\"qualifiers\":[{\"name\":"
      "\"time\",\"text\":\"2021年\",\"value\":\"2021\",\"entity\":null,\"atom\":null},{\"name\":\"role\",\"text\":"
      "\"創辦人\",\"value\":null,\"entity\":\"e…\",\"atom\":\"a…\"}],\"speaker\":null,\"factuality\":\"asserted\","
      "\"confidence\":0.93,\"evidence\":{\"field\":\"text\",\"begin\":69,\"end\":101},\"spans\":{\"subject\":{"
      "\"field\":\"text\",\"begin\":69,\"end\":89},\"cue\":{\"field\":\"text\",\"begin\":90,\"end\":96},\"object\":{"
      "\"field\":\"text\",\"begin\":97,\"end\":101},\"literal\":null},\"atoms\":{\"subject\":\"a…\",\"object\":\"a…\","
      "\"speaker\":null},\"rule\":\"test/ceo_of\",\"valid_from\":\"2004-02\",\"precision\":\"month\"}");
  EXPECT_THAT(one("has_parameter_count\",\"object"),
              HasSubstr("\"object\":null,\"literal\":{\"type\":\"QUANTITY\",\"text\":\"4050億\",\"value\":405000000000,"
                        "\"unit\":\"parameter\"}"));
  // A year is no quantity.
  EXPECT_THAT(one("\"predicate\":\"inception\""), HasSubstr("\"value\":\"2004\",\"unit\":null"));
  EXPECT_THAT(one("\"predicate\":\"stated\""), HasSubstr("\"cue\":null"));
  EXPECT_THAT(one("\"predicate\":\"stated\""), HasSubstr("\"said_at\":\"2024-07-23\"}"));
}

TEST(JsonLinesTest, EveryLineIsJson) {
  for (const std::string& line : Lines(Export(*StoreOf({Everything()})))) {
    EXPECT_TRUE(nlohmann::json::accept(line)) << line;
  }
}

TEST(JsonLinesTest, NumbersAreNumbersOnlyWhenTheyReadBackTheSame) {
  for (const char* number : {"0", "405000000000", "-3", "4.7", "0.25", "9223372036854775807", "-9223372036854775808"}) {
    EXPECT_EQ(NumberText(number), number);
  }
  for (const char* text : {"", "007", "1.50", "5..10", "1e5", "1.0", "-0", "-0.0e0", "+3", " 3", "3 ", "nan", "inf",
                           "0x10", "9223372036854775808", ".5", "5.", "2021-03"}) {
    EXPECT_EQ(NumberText(text), std::nullopt) << text;
  }
}

TEST(JsonLinesTest, WhatIsImportedIsWhatWasExported) {
  const DocumentGraph graph = Everything();
  const auto store = StoreOf({graph});
  auto copy = *GraphStore::OpenInMemory();
  const auto report = Import(Export(*store), *copy);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->documents, 1u);
  const auto read = copy->GetSnapshot()->GetDocumentGraph(graph.document.id);
  ASSERT_TRUE(read.ok());
  EXPECT_TRUE(*read == graph);
  EXPECT_TRUE(copy->Verify().ok());
}

TEST(JsonLinesTest, ValuesOfLiteralsKeepTheirText) {
  DocumentBuilder builder("d1");
  const AtomId meta = builder.Add({.type = EntityType::kOrg, .name = "Meta"});
  std::vector<std::string> values = {"600000000000", "0.50", "4.7",  "5..10", "1e400", "18446744073709551616",
                                     "-12",          "1.0",  "0042", "",      "NaN",   "3.0000000000000000001"};
  for (const std::string& value : values) {
    builder.Say(meta, "has_revenue", Literal{"MONEY", "so much", value, "USD"});
  }
  const auto store = StoreOf({builder.Build()});
  auto copy = *GraphStore::OpenInMemory();
  ASSERT_TRUE(Import(Export(*store), *copy).ok());
  const auto read = copy->GetSnapshot()->GetDocumentGraph("d1");
  for (size_t i = 0; i < values.size(); ++i) EXPECT_EQ(read->statements[i].literal->value, values[i]);
}

// Stores with bridges, judgements and documents that were taken out again.
std::unique_ptr<GraphStore> RandomStore(uint32_t seed) {
  std::mt19937 random(seed);
  auto store = *GraphStore::OpenInMemory();
  const uint32_t documents = 2 + random() % 7;
  for (uint32_t i = 0; i < documents; ++i) {
    EXPECT_TRUE(store->Put(MakeSampleGraph("doc" + std::to_string(i), random), kNow).ok());
  }
  if (random() % 3 == 0) {
    EXPECT_TRUE(store->Put(Everything(), kNow).ok());
  }
  PagePosition position;
  const auto entities = store->GetSnapshot()->ListEntities(100, &position);
  for (uint32_t i = random() % 3; i > 0 && entities->size() > 1; --i) {
    const EntityId left = (*entities)[random() % entities->size()];
    const EntityId right = (*entities)[random() % entities->size()];
    if (left == right) continue;
    const auto judged =
        store->Judge({left.value}, {right.value}, static_cast<Verdict>(random() % 3), "by \"hand\"", "tester", kNow);
    EXPECT_TRUE(judged.ok()) << judged.status();
  }
  if (random() % 2 == 0) {
    EXPECT_TRUE(store->Retract("doc0", kNow).ok());
  }
  return store;
}

TEST(JsonLinesTest, ExportImportExportGivesTheSameBytes) {
  for (uint32_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const auto store = RandomStore(seed);
    const std::string lines = Export(*store);
    auto copy = *GraphStore::OpenInMemory();
    const auto report = Import(lines, *copy);
    ASSERT_TRUE(report.ok()) << report.status() << "\n" << lines;
    ASSERT_EQ(Export(*copy), lines);
    ASSERT_TRUE(copy->Verify().ok()) << copy->Verify();
    // It also changes as the original does.
    PagePosition position;
    const auto documents = store->GetSnapshot()->ListDocuments(1, &position);
    ASSERT_TRUE(store->Retract((*documents)[0], kNow).ok());
    ASSERT_TRUE(copy->Retract((*documents)[0], kNow).ok());
    ASSERT_EQ(Export(*copy), Export(*store));
  }
}

TEST(JsonLinesTest, ImportingTwiceChangesNothing) {
  const auto store = RandomStore(3);
  const std::string lines = Export(*store);
  auto copy = *GraphStore::OpenInMemory();
  ASSERT_TRUE(Import(lines, *copy).ok());
  const auto again = Import(lines, *copy);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->documents, 0u);
  EXPECT_GT(again->unchanged, 0u);
  EXPECT_EQ(Export(*copy), lines);
}

// Cannot seek, as a pipe cannot.
class PipeBuffer : public std::streambuf {
 public:
  explicit PipeBuffer(std::string bytes) : bytes_(std::move(bytes)) {
    setg(bytes_.data(), bytes_.data(), bytes_.data() + bytes_.size());
  }

 private:
  std::string bytes_;
};

TEST(JsonLinesTest, APipeCanBeImported) {
  const auto store = RandomStore(5);
  const std::string lines = Export(*store);
  PipeBuffer buffer(lines);
  std::istream pipe(&buffer);
  ASSERT_EQ(pipe.tellg(), std::istream::pos_type(-1));
  auto copy = *GraphStore::OpenInMemory();
  const auto report = ImportJsonLines(pipe, *copy, kNow);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(Export(*copy), lines);
}

TEST(JsonLinesTest, AnEmptyFileIsAnEmptyGraph) {
  auto store = *GraphStore::OpenInMemory();
  EXPECT_TRUE(Import("", *store).ok());
  EXPECT_TRUE(Import("\n\n", *store).ok());
  EXPECT_EQ(Export(*store), "");
}

// The error that importing the lines of Everything gives when one of them, the first
// with `part`, is changed.
std::string ErrorWith(const std::string& part, const std::string& replacement) {
  static const std::vector<std::string> original = Lines(Export(*StoreOf({Everything()})));
  std::vector<std::string> lines = original;
  for (std::string& line : lines) {
    const size_t at = line.find(part);
    if (at == std::string::npos) continue;
    line.replace(at, part.size(), replacement);
    break;
  }
  auto store = *GraphStore::OpenInMemory();
  const auto report = Import(Join(lines), *store);
  if (report.ok()) return "no error";
  EXPECT_EQ(Export(*store).size(), 0u);
  return std::string(report.status().message());
}

TEST(JsonLinesTest, ErrorsNameTheLineAndTheKey) {
  EXPECT_EQ(ErrorWith("nothing", ""), "no error");
  EXPECT_EQ(ErrorWith("\"kind\":\"document\"", "\"kind\":\"newspaper\""),
            "import: line 1: \"kind\" is \"newspaper\", which is unknown");
  EXPECT_EQ(ErrorWith("\"kind\":\"document\",", ""), "import: line 1: \"kind\" is missing");
  EXPECT_EQ(ErrorWith("\"kind\":\"document\"", "\"kind\":7"), "import: line 1: \"kind\" is not a string");
  EXPECT_EQ(ErrorWith("\"author\"", "\"autor\""), "import: line 1: document: \"autor\" is not a key of the format");
  EXPECT_EQ(ErrorWith("\"title\":", "\"x\":"), "import: line 1: document: \"title\" is missing");
  EXPECT_EQ(ErrorWith("\"type\":\"PRODUCT\"", "\"type\":\"ROBOT\"").substr(14),
            ": entity: \"type\" is \"ROBOT\", which is none of its words");
  EXPECT_EQ(ErrorWith("\"begin\":65,", "\"begin\":-1,"),
            "import: line 14: mention: \"begin\" is not a whole number of at most 32 bits");
  EXPECT_EQ(ErrorWith("\"begin\":65,", "\"begin\":4294967296,"),
            "import: line 14: mention: \"begin\" is not a whole number of at most 32 bits");
  EXPECT_EQ(ErrorWith("\"cue\":{\"field\":\"text\"", "\"cue\":{\"field\":\"body\""),
            "import: line 22: statement: \"spans.cue.field\" is \"body\", which is none of its words");
  EXPECT_EQ(ErrorWith("\"value\":\"2021\"", "\"value\":{}"),
            "import: line 22: statement: \"qualifiers[0].value\" is neither a string nor null");
  EXPECT_EQ(ErrorWith("\"id\":\"https://example.org/1:0\"", "\"id\":\"https://example.org/1\""),
            "import: line 22: statement: \"id\" is not its document, \":\" and a number");
  EXPECT_EQ(ErrorWith("\"atom\":null", "\"atom\":\"e00000000000000000000000000000001\""),
            "import: line 21: turn: \"atom\" is not \"a\" and 32 hexadecimal digits, nor null");
  EXPECT_THAT(ErrorWith("},\"rule\"", "\"rule\""), StartsWith("import: line 22: no JSON object at byte "));
}

TEST(JsonLinesTest, WhatTheStoreRefusesIsNamedByTheLineOfItsDocument) {
  const std::string error = ErrorWith("\"surface\":\"他\"", "\"surface\":\"她\"");
  EXPECT_THAT(error, StartsWith("import: line 1: put document https://example.org/1: mention 4"));
  EXPECT_THAT(error, HasSubstr("the surface is 她, the text has 他"));
}

TEST(JsonLinesTest, LinesOutOfPlaceAreRefused) {
  std::vector<DocumentGraph> graphs;
  std::mt19937 random(1);
  for (const char* id : {"d1", "d2"}) graphs.push_back(MakeSampleGraph(id, random));
  const std::vector<std::string> lines = Lines(Export(*StoreOf(graphs)));
  const auto error = [](std::vector<std::string> changed) {
    auto store = *GraphStore::OpenInMemory();
    return std::string(Import(Join(changed), *store).status().message());
  };
  std::vector<std::string> changed = lines;
  std::swap(changed[1], changed[2]);
  EXPECT_EQ(error(changed),
            "import: line 3: document: stands after the first entity; the order is document, entity, atom, mention, "
            "turn, statement, judgement");
  changed = lines;
  changed.insert(changed.begin(), changed[0]);
  EXPECT_EQ(error(changed), "import: line 2: document: d1 is there twice");
  changed = lines;
  changed.erase(changed.begin());
  EXPECT_THAT(error(changed), HasSubstr("atom: there is no document d1"));
  // The first atom of d1 behind those of d2.
  changed = lines;
  size_t first = 0, last = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].find("\"kind\":\"atom\"") == std::string::npos) continue;
    if (first == 0) first = i;
    last = i;
  }
  std::rotate(changed.begin() + first, changed.begin() + first + 1, changed.begin() + last + 1);
  EXPECT_THAT(error(changed), HasSubstr("atom: those of document d1 do not stand together"));
}

TEST(JsonLinesTest, TheKeysOfTheSketchAreEnough) {
  DocumentBuilder builder("d1");
  const AtomId meta = builder.Add({.type = EntityType::kOrg, .name = "Meta"});
  builder.Say(meta, "owns", builder.Add({.type = EntityType::kOrg, .name = "WhatsApp"}));
  const auto store = StoreOf({builder.Build()});
  std::string lines = Export(*store);
  for (const std::string part : {",\"author\":null,\"analyser\":\"test\"", ",\"bare\":false,\"number\":0"}) {
    for (size_t at = lines.find(part); at != std::string::npos; at = lines.find(part)) lines.erase(at, part.size());
  }
  auto copy = *GraphStore::OpenInMemory();
  const auto report = Import(lines, *copy);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(copy->GetSnapshot()->GetStatistics()->edges, 1u);
}

TEST(JsonLinesTest, BrokenBytesAreRefusedAndChangeNothing) {
  const std::string lines = Export(*StoreOf({Everything()}));
  std::mt19937 random(7);
  int refused = 0;
  for (int round = 0; round < 200; ++round) {
    std::string broken = lines;
    for (uint32_t i = 1 + random() % 3; i > 0; --i) {
      const size_t at = random() % broken.size();
      switch (random() % 4) {
        case 0:
          broken[at] = static_cast<char>(random());
          break;
        case 1:
          broken.erase(at, 1 + random() % 20);
          break;
        case 2:
          broken.insert(at, 1, "{}[]\",:\\0n"[random() % 10]);
          break;
        default:
          broken.resize(at + 1);
      }
    }
    auto store = *GraphStore::OpenInMemory();
    const auto report = Import(broken, *store);
    if (report.ok()) continue;
    ++refused;
    EXPECT_EQ(report.status().code(), absl::StatusCode::kInvalidArgument) << report.status();
    EXPECT_THAT(std::string(report.status().message()), StartsWith("import: line "));
    EXPECT_EQ(Export(*store).size(), 0u);
  }
  EXPECT_GT(refused, 150);
}

TEST(JsonLinesTest, DeepNestingIsNoDanger) {
  auto store = *GraphStore::OpenInMemory();
  const auto report = Import(std::string(200000, '['), *store);
  EXPECT_EQ(report.status().code(), absl::StatusCode::kInvalidArgument);
  const auto closed = Import("{\"kind\":" + std::string(100000, '[') + std::string(100000, ']') + "}", *store);
  EXPECT_EQ(closed.status().message(), "import: line 1: \"kind\" is not a string");
}

class SubgraphTest : public ::testing::Test {
 protected:
  SubgraphTest() : store_(StoreOf({Everything(), Other()})) {
    const auto snapshot = store_->GetSnapshot();
    const auto engine = *QueryEngine::Create(snapshot);
    const auto found = snapshot->FindByName("WhatsApp \"<&>\"", false, 1);
    around_ = *engine->Traverse({found->at(0).entity}, 1, {}, {}, {});
  }

  static DocumentGraph Other() {
    DocumentBuilder builder("d2", {.language = "zh-Hant"});
    const AtomId meta = builder.Add({.type = EntityType::kOrg, .name = "Meta 平台"});
    const AtomId whatsapp = builder.Add({.type = EntityType::kOrg, .name = "WhatsApp \"<&>\""});
    const AtomId apart = builder.Add({.type = EntityType::kOrg, .name = "Apart"});
    builder.Say(meta, "owns", whatsapp, apart);
    builder.Say(meta, "acquired", whatsapp);
    builder.Say(apart, "competes_with", builder.Add({.type = EntityType::kOrg, .name = "Farther"}));
    return builder.Build();
  }

  std::unique_ptr<GraphStore> store_;
  SubgraphAnswer around_;
};

TEST_F(SubgraphTest, JsonLinesOfAPartHaveWhatItsEdgesNeed) {
  std::ostringstream out;
  ASSERT_TRUE(ExportJsonLines(*store_->GetSnapshot(), around_, out).ok());
  std::map<std::string, int> kinds;
  for (const std::string& line : Lines(out.str())) {
    const auto object = nlohmann::json::parse(line);
    ++kinds[object["kind"]];
    EXPECT_EQ(object.value("document", "d2"), "d2");
  }
  EXPECT_EQ(kinds, (std::map<std::string, int>{
                       {"document", 1}, {"entity", 3}, {"atom", 3}, {"mention", 8}, {"statement", 2}}));
  EXPECT_THAT(out.str(), Not(HasSubstr("competes_with\",\"object")));
}

TEST_F(SubgraphTest, GraphMlHasNamesPredicatesAndSentences) {
  std::ostringstream out;
  ASSERT_TRUE(ExportGraphMl(*store_->GetSnapshot(), around_, out).ok());
  const std::string xml = out.str();
  EXPECT_THAT(xml, StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml "));
  EXPECT_THAT(xml, HasSubstr("<data key=\"name\">WhatsApp &quot;&lt;&amp;&gt;&quot;</data>"));
  EXPECT_THAT(xml, HasSubstr("<data key=\"type\">ORG</data>"));
  EXPECT_THAT(xml, HasSubstr("<data key=\"predicate\">acquired</data>"));
  EXPECT_THAT(xml, HasSubstr("<data key=\"label_zh_hant\">收購</data>"));
  EXPECT_THAT(xml, HasSubstr("<data key=\"sentence\">Meta 平台 acquired WhatsApp &quot;&lt;&amp;&gt;&quot;</data>"));
}

TEST_F(SubgraphTest, DotNamesEdgesInTheLanguageOfTheirSentences) {
  std::ostringstream out;
  ASSERT_TRUE(ExportDot(*store_->GetSnapshot(), around_, out).ok());
  const std::string dot = out.str();
  EXPECT_THAT(dot, HasSubstr("fontname=\"Noto Sans CJK TC\""));
  EXPECT_THAT(dot, HasSubstr("[label=\"WhatsApp \\\"<&>\\\"\","));
  // Two relations of the same two are one line of the picture.
  EXPECT_THAT(dot, HasSubstr("[label=\"擁有\\n收購\","));
}

TEST(FormatsTest, AFullDiskIsToldByEveryFormat) {
  const auto store = StoreOf({Everything()});
  const auto whole = *WholeGraph(*store->GetSnapshot());
  std::ofstream full("/dev/full");
  if (!full) GTEST_SKIP() << "no /dev/full here";
  full.rdbuf()->pubsetbuf(nullptr, 0);
  const auto lines = ExportJsonLines(*store->GetSnapshot(), full);
  EXPECT_EQ(lines.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(lines.message(), "export: the output cannot be written; is the disk full?");
  EXPECT_FALSE(ExportGraphMl(*store->GetSnapshot(), whole, full).ok());
  EXPECT_FALSE(ExportDot(*store->GetSnapshot(), whole, full).ok());
}

}  // namespace
}  // namespace newsgraph
