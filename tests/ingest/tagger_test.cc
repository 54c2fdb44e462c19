#include "ingest/tagger/tagger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <thread>

#include "ingest/analyzer.h"
#include "tests/ingest/weight_bytes.h"

namespace newsgraph {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const std::filesystem::path kData = NEWSGRAPH_DATA_DIR;

// "PERSON Ilse Brandvold": the names of a text, by type.
std::set<std::string> NamesOf(const Analyzer& analyzer, const std::string& language, const std::string& text) {
  const DocumentGraph graph = analyzer.Analyze({.id = "1", .language = language, .text = text}).value();
  std::set<std::string> names;
  for (const Mention& mention : graph.mentions) {
    if (mention.form != MentionForm::kName) continue;
    names.insert(std::string(ToString(mention.type)) + " " +
                 text.substr(mention.span.begin, mention.span.end - mention.span.begin));
  }
  return names;
}

std::string Message(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

class TaggerDataTest : public testing::Test {
 protected:
  void SetUp() override {
    directory_ =
        std::filesystem::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directories(directory_);
    for (const char* name : {"tables.weights", "zh.weights", "en.weights"}) {
      std::filesystem::copy_file(kData / "models" / name, directory_ / name);
    }
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  void Write(const std::string& name, const std::string& bytes) {
    std::ofstream(directory_ / name, std::ios::binary) << bytes;
  }

  std::filesystem::path directory_;
};

TEST_F(TaggerDataTest, TheShippedWeightsLoad) { EXPECT_TRUE(Tagger::Load(directory_).ok()); }

TEST_F(TaggerDataTest, AMissingFileIsNamed) {
  for (const char* name : {"tables.weights", "zh.weights", "en.weights"}) {
    SetUp();
    std::filesystem::remove(directory_ / name);
    const absl::Status status = Tagger::Load(directory_).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
    EXPECT_THAT(Message(status), HasSubstr(name));
  }
}

TEST_F(TaggerDataTest, AFileCutShortIsNamed) {
  for (const char* name : {"tables.weights", "zh.weights", "en.weights"}) {
    SetUp();
    std::filesystem::resize_file(directory_ / name, std::filesystem::file_size(directory_ / name) / 2);
    const absl::Status status = Tagger::Load(directory_).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(Message(status), HasSubstr(name));
  }
}

TEST_F(TaggerDataTest, TablesOutOfOrderAreRefused) {
  Write("tables.weights",
        MakeWeightBytes(
            {MakeSection<uint32_t>("names.hashes", {2}, {9, 5}), MakeSection<int8_t>("names.classes", {2}, {1, 1}),
             MakeSection<uint32_t>("classes.hashes", {1}, {1}), MakeSection<int16_t>("classes.paths", {1}, {1})}));
  EXPECT_THAT(Message(Tagger::Load(directory_).status()), HasSubstr("names.hashes"));
}

// Names that no list holds, in sentences without a title or an ending that rules go by.
TEST(TaggerTest, FindsWhatRulesAloneDoNot) {
  const auto trained = Analyzer::Load({.data_directory = kData}).value();
  const auto fast = Analyzer::Load({.data_directory = kData, .without = kTaggerLever}).value();
  const struct {
    std::string language, text, name;
  } cases[] = {
      {"zh-Hant", "比賽結束後，費德里科·莫蘭迪哭了很久。", "PERSON 費德里科·莫蘭迪"},
      {"zh-Hans", "他十岁那年随父母从云浮搬到了佛山。", "GPE 佛山"},
      {"en", "Yesterday evening Ilse Brandvold walked home through the rain.", "PERSON Ilse Brandvold"},
  };
  int more = 0;
  for (const auto& [language, text, name] : cases) {
    EXPECT_THAT(NamesOf(*trained, language, text), Contains(name)) << text;
    more += NamesOf(*fast, language, text).contains(name) ? 0 : 1;
  }
  EXPECT_GT(more, 0);
}

TEST(TaggerTest, PlainProseHasNoNames) {
  const auto trained = Analyzer::Load({.data_directory = kData}).value();
  EXPECT_THAT(NamesOf(*trained, "zh-Hant", "天氣變冷了，許多人早早就回家吃飯。"), testing::IsEmpty());
  EXPECT_THAT(NamesOf(*trained, "en", "The weather turned cold and most people went home early."), testing::IsEmpty());
}

// A batch holds sentences of one document; threads share nothing but the projections of characters.
TEST(TaggerTest, EveryThreadReadsTheSame) {
  const auto analyzer = Analyzer::Load({.data_directory = kData}).value();
  std::string text;
  for (int i = 0; i < 40; ++i) text += "去年秋天，林雨桐在新竹见到了Aldridge的创办人。她说这是一次愉快的谈话。\n";
  const std::set<std::string> expected = NamesOf(*analyzer, "zh-Hans", text);
  std::vector<std::set<std::string>> found(4);
  {
    std::vector<std::jthread> threads;
    for (std::set<std::string>& names : found) {
      threads.emplace_back([&] { names = NamesOf(*analyzer, "zh-Hans", text); });
    }
  }
  for (const std::set<std::string>& names : found) EXPECT_EQ(names, expected);
}

}  // namespace
}  // namespace newsgraph
