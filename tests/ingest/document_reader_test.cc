#include "ingest/document_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <streambuf>
#include <string>
#include <vector>

namespace newsgraph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// What each document of the input came to: its text, or the message of its error.
std::vector<std::string> ReadAll(DocumentReader& reader) {
  std::vector<std::string> results;
  while (true) {
    const absl::StatusOr<std::optional<ReadDocument>> next = reader.Next();
    if (!next.ok()) {
      results.push_back("FAILED " + std::string(next.status().message()));
      return results;
    }
    if (!next->has_value()) return results;
    const absl::StatusOr<Document>& document = (*next)->document;
    results.push_back(document.ok() ? document->text : std::string(document.status().message()));
  }
}

std::vector<std::string> Read(const std::string& bytes, const std::string& name, uint64_t limit = 1000) {
  std::istringstream in(bytes);
  return ReadAll(*DocumentReader::FromStream(in, name, {.max_document_bytes = limit}));
}

Document ReadOne(const std::string& bytes, const std::string& name) {
  std::istringstream in(bytes);
  const auto reader = DocumentReader::FromStream(in, name, {});
  const auto next = reader->Next();
  EXPECT_TRUE(next.ok() && next->has_value() && (*next)->document.ok());
  return *(*next)->document;
}

TEST(DocumentReaderTest, PlainTextIsOneDocumentWithItsFirstLineAsTitle) {
  const Document document = ReadOne("標題\n第一段。\n", "a.txt");
  EXPECT_EQ(document.title, "標題");
  EXPECT_EQ(document.text, "標題\n第一段。\n");
  EXPECT_THAT(Read("標題\n第一段。\n", "a.txt"), testing::SizeIs(1));
}

TEST(DocumentReaderTest, NothingButTheBytesMakesADocumentOfPlainText) {
  EXPECT_EQ(ReadOne("甲\n乙", "here/a.txt"), ReadOne("甲\n乙", "there/b.log"));
}

TEST(DocumentReaderTest, LineEndsAndNulBytesStayAsTheyAre) {
  const std::string bytes("one\r\ntwo\0three\r\n", 16);
  const Document document = ReadOne(bytes, "a.txt");
  EXPECT_EQ(document.text, bytes);
  EXPECT_EQ(document.title, "one");
}

TEST(DocumentReaderTest, AByteOrderMarkIsDecodingAndNoText) {
  EXPECT_EQ(ReadOne("\xEF\xBB\xBF標題", "a.txt").text, "標題");
  EXPECT_EQ(ReadOne("\xEF\xBB\xBF{\"text\":\"甲\"}", "a.jsonl").text, "甲");
}

TEST(DocumentReaderTest, JsonLinesKeepEveryField) {
  const Document document = ReadOne(
      R"({"id":"i","uri":"u","title":"t","publisher":"p","author":"a","published":"2024-07-24","language":"zh-Hant","text":"文"})",
      "a.jsonl");
  EXPECT_EQ(document, (Document{"i", "u", "t", "p", "a", "2024-07-24", "zh-Hant", "文", ""}));
}

TEST(DocumentReaderTest, JsonNullIsAsGoodAsLeftOut) {
  EXPECT_EQ(ReadOne(R"({"id":null,"text":"文"})", "a.ndjson"), (Document{.text = "文"}));
}

TEST(DocumentReaderTest, ABadLineIsNamedAndTheRestIsRead) {
  EXPECT_THAT(
      Read("{\"text\":\"one\"}\n\n{\"text\":\n{\"text\":\"two\"}\r\n[1]\n{\"txt\":\"x\"}\n{\"text\":5}\n{\"text\":"
           "\"three\"}",
           "a.jsonl"),
      ElementsAre("one", HasSubstr("read a.jsonl:3: not one whole JSON object"), "two",
                  HasSubstr("read a.jsonl:5: not a JSON object"), HasSubstr("read a.jsonl:6: unknown key \"txt\""),
                  HasSubstr("read a.jsonl:7: \"text\" is not a string"), "three"));
}

TEST(DocumentReaderTest, BadUtf8IsNamedByLineAndColumn) {
  EXPECT_THAT(Read("第一行\n第\xFF", "a.txt"), ElementsAre(HasSubstr("byte 0xff at line 2, column 2")));
  EXPECT_THAT(
      Read("{\"text\":\"ok\"}\n{\"text\":\"\xFF\"}", "a.jsonl"),
      ElementsAre("ok", testing::AllOf(HasSubstr("a.jsonl:2"), HasSubstr("byte 0xff"), HasSubstr("column 10"))));
}

TEST(DocumentReaderTest, OnlyWellFormedUtf8Passes) {
  for (const char* good : {"", "a", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                           "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(CheckUtf8(good).ok()) << testing::PrintToString(std::string(good));
  }
  // Lone continuation, overlong, surrogate, beyond U+10FFFF, cut off.
  for (const char* bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE4\xB8", "\xC3", "\xF0\x9F\x98"}) {
    EXPECT_FALSE(CheckUtf8(bad).ok()) << testing::PrintToString(std::string(bad));
  }
}

TEST(DocumentReaderTest, EmptyFilesAreRefused) {
  EXPECT_THAT(Read("", "a.txt"), ElementsAre(HasSubstr("read a.txt: the file is empty")));
  EXPECT_THAT(Read("\xEF\xBB\xBF", "a.txt"), ElementsAre(HasSubstr("empty")));
  EXPECT_THAT(Read(" \r\n\t\n", "a.txt"), ElementsAre(HasSubstr("nothing but white space")));
  EXPECT_THAT(Read("{\"title\":\"t\"}", "a.jsonl"), ElementsAre(HasSubstr("a.jsonl:1: no \"text\"")));
  EXPECT_THAT(Read("{\"text\":\" \"}", "a.jsonl"), ElementsAre(HasSubstr("no \"text\"")));
}

TEST(DocumentReaderTest, AnInputOfNoLinesHasNoDocuments) { EXPECT_THAT(Read("\n\n", "a.jsonl"), IsEmpty()); }

TEST(DocumentReaderTest, LongDocumentsAreRefusedAndNeverCut) {
  EXPECT_THAT(Read(std::string(1000, 'x'), "a.txt"), ElementsAre(std::string(1000, 'x')));
  EXPECT_THAT(Read(std::string(1001, 'x'), "a.txt"), ElementsAre(HasSubstr("longer than 1000 bytes")));
  EXPECT_THAT(Read("{\"text\":\"" + std::string(1001, 'x') + "\"}\n{\"text\":\"next\"}", "a.jsonl"),
              ElementsAre(HasSubstr("a.jsonl:1: longer than 1000 bytes"), "next"));
  EXPECT_THAT(Read("{\"title\":\"" + std::string(1001, 'x') + "\",\"text\":\"t\"}", "a.jsonl"),
              ElementsAre(HasSubstr("longer than 1000 bytes")));
}

// As many bytes as it is asked for, none of which is ever in memory before it is read.
class GeneratedLines : public std::streambuf {
 public:
  explicit GeneratedLines(uint64_t long_line) : left_(long_line), piece_(1 << 16, 'x') {}

  int_type underflow() override {
    if (left_ > 0) {
      const uint64_t count = std::min<uint64_t>(left_, piece_.size());
      left_ -= count;
      setg(piece_.data(), piece_.data(), piece_.data() + count);
    } else if (!last_) {
      last_ = true;
      setg(tail_.data(), tail_.data(), tail_.data() + tail_.size());
    } else {
      return traits_type::eof();
    }
    return traits_type::to_int_type(*gptr());
  }

 private:
  uint64_t left_;
  std::string piece_, tail_ = "\n{\"text\":\"behind it\"}\n";
  bool last_ = false;
};

uint64_t PeakKilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoull(line.substr(6));
  }
  return 0;
}

TEST(DocumentReaderTest, ALineOfAGigabyteIsRefusedWithoutBeingHeld) {
  const uint64_t before = PeakKilobytes();
  GeneratedLines lines(uint64_t{1} << 30);
  std::istream in(&lines);
  EXPECT_THAT(ReadAll(*DocumentReader::FromStream(in, "big.jsonl", {.max_document_bytes = 1 << 20})),
              ElementsAre(HasSubstr("big.jsonl:1: longer than 1048576 bytes"), "behind it"));
  EXPECT_LT(PeakKilobytes() - before, 64u << 10);
}

// Fails in the middle, as a disk does.
class BrokenDisk : public std::streambuf {
 public:
  int_type underflow() override {
    if (given_) throw std::ios_base::failure("read error");
    given_ = true;
    text_.resize(64 << 10, 'x');
    setg(text_.data(), text_.data(), text_.data() + text_.size());
    return traits_type::to_int_type(*gptr());
  }

 private:
  // As much as the reader asks for at once, so that it has this when the rest fails.
  std::string text_ = "{\"text\":\"one\"}\n{\"te";
  bool given_ = false;
};

TEST(DocumentReaderTest, AnInputThatFailsIsNoEndOfInput) {
  BrokenDisk disk;
  std::istream in(&disk);
  EXPECT_THAT(ReadAll(*DocumentReader::FromStream(in, "a.jsonl", {})),
              ElementsAre("one", HasSubstr("FAILED read a.jsonl: input failed")));
}

TEST(DocumentReaderTest, ContentTellsTheFormatThenTheSuffixUnlessItIsGiven) {
  // What is plainly JSON lines is no plain text, whatever it is called.
  EXPECT_EQ(ReadOne("{\"text\":\"甲\"}", "a.txt").text, "甲");
  // What could be anything is what its name says.
  EXPECT_THAT(Read("{\"txt\":\"甲\"}", "a.jsonl"), ElementsAre(HasSubstr("unknown key \"txt\"")));
  EXPECT_EQ(ReadOne("{\"txt\":\"甲\"}", "a.txt").text, "{\"txt\":\"甲\"}");
  std::istringstream in("{\"text\":\"甲\"}");
  const auto reader = DocumentReader::FromStream(in, "a.jsonl", {.format = DocumentFormat::kPlainText});
  EXPECT_THAT(ReadAll(*reader), ElementsAre("{\"text\":\"甲\"}"));
}

TEST(DocumentReaderTest, FilesThatCannotBeOpenedAreNamed) {
  const std::string directory = testing::TempDir();
  const std::string missing = directory + "/no_such_file.txt";
  EXPECT_EQ(DocumentReader::Open(missing, {}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(DocumentReader::Open(missing, {}).status().message()), HasSubstr(missing));
  EXPECT_EQ(DocumentReader::Open(directory, {}).status().code(), absl::StatusCode::kInvalidArgument);
  const std::string path = directory + "/document_reader_test.txt";
  std::ofstream(path) << "標題\n";
  auto reader = DocumentReader::Open(path, {});
  ASSERT_TRUE(reader.ok());
  EXPECT_THAT(ReadAll(**reader), ElementsAre("標題\n"));
  std::filesystem::remove(path);
}

TEST(DocumentReaderTest, DeepNestingAndLongKeysAreErrorsLikeOthers) {
  EXPECT_THAT(Read(std::string(800, '['), "a.jsonl"), ElementsAre(HasSubstr("a.jsonl:1")));
  const std::string nested = "{\"text\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
  EXPECT_THAT(Read(nested, "a.jsonl", 1 << 20), ElementsAre(HasSubstr("\"text\" is not a string")));
  const std::vector<std::string> read = Read("{\"" + std::string(500, 'k') + "\":\"v\"}", "a.jsonl");
  ASSERT_EQ(read.size(), 1u);
  EXPECT_LT(read[0].size(), 200u);
}

}  // namespace
}  // namespace newsgraph
