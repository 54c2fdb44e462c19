// The parts that readers share: dates, bylines, language tags, encodings, packing, files.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unicode/ucnv.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "ingest/document_reader.h"
#include "ingest/input_files.h"
#include "ingest/readers/boilerplate_words.h"
#include "ingest/readers/byline.h"
#include "ingest/readers/declared_language.h"
#include "ingest/readers/html_tree.h"
#include "ingest/readers/published_date.h"

namespace newsgraph {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> Read(const std::string& bytes, const std::string& name,
                              const DocumentReaderOptions& options = {}) {
  std::istringstream in(bytes);
  const auto reader = DocumentReader::FromStream(in, name, options);
  std::vector<std::string> results;
  while (true) {
    const auto next = reader->Next();
    EXPECT_TRUE(next.ok()) << next.status();
    if (!next.ok() || !next->has_value()) return results;
    const absl::StatusOr<Document>& document = (*next)->document;
    results.push_back(document.ok() ? document->text : std::string(document.status().message()));
  }
}

std::string Encode(const std::string& utf8, const char* converter) {
  std::string encoded(utf8.size() * 4 + 8, '\0');
  UErrorCode error = U_ZERO_ERROR;
  const int32_t size = ucnv_convert(converter, "UTF-8", encoded.data(), static_cast<int32_t>(encoded.size()),
                                    utf8.data(), static_cast<int32_t>(utf8.size()), &error);
  EXPECT_TRUE(U_SUCCESS(error)) << converter;
  encoded.resize(static_cast<size_t>(size));
  return encoded;
}

std::string Gzip(const std::string& text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

TEST(PublishedDateTest, DatesAsOutletsWriteThem) {
  const std::pair<const char*, const char*> cases[] = {
      {"2025-06-04", "2025-06-04"},
      {"2025-06-04T16:30:00+08:00", "2025-06-04T16:30:00+08:00"},
      {"2025-06-04T16:30:00.123Z", "2025-06-04T16:30:00+00:00"},
      {"2025/6/4 16:30", "2025-06-04T16:30:00"},
      {"2025.06.04", "2025-06-04"},
      {"2025年6月4日 下午4:30", "2025-06-04T16:30:00"},
      {"民國114年6月4日", "2025-06-04"},
      {"20250604", "2025-06-04"},
      {"20250604T163000Z", "2025-06-04T16:30:00+00:00"},
      {"Wed, 04 Jun 2025 16:30:00 +0800", "2025-06-04T16:30:00+08:00"},
      {"4 Jun 2025 16:30 EDT", "2025-06-04T16:30:00-04:00"},
      {"June 4, 2025", "2025-06-04"},
      {"Published: Sept. 4th, 2025", "2025-09-04"},
      {"4th of June 2025", "2025-06-04"},
      // CST is of China as well as of Chicago: the time stands without an offset.
      {"Wed, 04 Jun 2025 16:30:00 CST", "2025-06-04T16:30:00"},
      {"2025-02-30", ""},
      {"2025-13-01", ""},
      {"yesterday", ""},
      {"call 02-2025-0604", ""},
  };
  for (const auto& [text, iso] : cases) EXPECT_EQ(FindPublishedDate(text), iso) << text;
}

TEST(PublishedDateTest, ADateLineIsNothingButADate) {
  for (const char* line :
       {"2025-06-04 16:30", "發布時間：2025/06/04 16:30", "Updated: June 4, 2025", "（2025年6月4日）"}) {
    EXPECT_TRUE(IsDateLine(line)) << line;
  }
  for (const char* line : {"2025年6月4日，縣府宣布停課。", "On June 4, 2025 the mill burned down.", "昨天"}) {
    EXPECT_FALSE(IsDateLine(line)) << line;
  }
}

TEST(BylineTest, NamesAreReadAndSentencesLeftAlone) {
  const std::pair<const char*, const char*> bylines[] = {
      {"記者林小安／台北報導", "林小安"},
      {"（記者林小安台北報導）", "林小安"},
      {"文／林小安", "林小安"},
      {"〔林小安／綜合報導〕", "林小安"},
      {"記者林小安、王大同／高雄報導", "林小安、王大同"},
      {"本報記者 林小安", "林小安"},
      {"By Jane Roe", "Jane Roe"},
      {"By JANE ROE and Luis de la Vega", "JANE ROE and Luis de la Vega"},
      {"Reporting by Jane Roe in Oslo; Editing by John Doe", "Jane Roe in Oslo"},
      {"責任編輯：王大同", ""},
  };
  for (const auto& [line, author] : bylines) {
    Byline byline;
    EXPECT_TRUE(ReadByline(line, byline)) << line;
    EXPECT_EQ(byline.author, author) << line;
  }
  for (const char* line : {"記者會上的火花", "文化部長", "記者問了三次，他都沒有回答。",
                           "By the time it opened, it was late.", "作者已死", "編輯部公告"}) {
    Byline byline;
    EXPECT_FALSE(ReadByline(line, byline)) << line;
  }
}

TEST(DeclaredLanguageTest, TagsAreBelievedWhereTheTextAgrees) {
  const std::string chinese = "縣府宣布停課一天。", english = "The county shut its schools.";
  EXPECT_EQ(DeclaredLanguage("zh-TW", chinese), "zh-Hant");
  EXPECT_EQ(DeclaredLanguage("zh_HK", chinese), "zh-Hant");
  EXPECT_EQ(DeclaredLanguage("zh-Hans-CN", chinese), "zh-Hans");
  EXPECT_EQ(DeclaredLanguage("zh", chinese), "");
  EXPECT_EQ(DeclaredLanguage("en-GB", english), "en");
  EXPECT_EQ(DeclaredLanguage("en", chinese), "");
  EXPECT_EQ(DeclaredLanguage("zh-TW", english), "");
  EXPECT_EQ(DeclaredLanguage("de-AT", "Der Landkreis."), "de");
}

TEST(BoilerplateWordsTest, NamesOfClassesAreReadAsWords) {
  EXPECT_EQ(ReasonOfNames("box ad-slot"), CutReason::kAdvertisement);
  EXPECT_EQ(ReasonOfNames("relatedNews"), CutReason::kRelated);
  EXPECT_EQ(ReasonOfNames("site-header__inner"), CutReason::kNavigation);
  EXPECT_EQ(ReasonOfNames("article_share_bar"), CutReason::kShare);
  // Words that hold others.
  for (const char* names : {"shadow", "header-body", "shareholders", "roads", "navy", "broadcast", "commentary"}) {
    EXPECT_EQ(ReasonOfNames(names), std::nullopt) << names;
  }
}

TEST(BoilerplateWordsTest, SentencesAreNoNotices) {
  EXPECT_EQ(ReasonOfLine("【延伸閱讀】豪雨成災"), CutReason::kRelated);
  EXPECT_EQ(ReasonOfLine("© 2024 山城日報"), CutReason::kNotice);
  for (const char* line : {"相關報導指出，縣府早已知情。", "Copyright law was changed in 1976.",
                           "訂閱制讓報社轉虧為盈。", "More from the hearing came to light on Tuesday."}) {
    EXPECT_EQ(ReasonOfLine(line), std::nullopt) << line;
  }
}

TEST(TextEncodingTest, EachIsToldAndDecoded) {
  const std::string text = "夜班公車增為三線\n市府說，新線下月上路，末班車延到凌晨一點。\n";
  EXPECT_THAT(Read("\xFF\xFE" + Encode(text, "UTF-16LE"), "a.txt"), ElementsAre(text));
  EXPECT_THAT(Read("\xFE\xFF" + Encode(text, "UTF-16BE"), "a.txt"), ElementsAre(text));
  EXPECT_THAT(Read(Encode(text, "UTF-16LE"), "a.txt"), ElementsAre(text));
  EXPECT_THAT(Read(Encode(text, "Big5"), "a.txt"), ElementsAre(text));
  EXPECT_THAT(Read(Encode("公交车增加三条线\n市里说，新线下月开通，末班车延到凌晨一点。\n", "GB18030"), "a.txt"),
              ElementsAre("公交车增加三条线\n市里说，新线下月开通，末班车延到凌晨一点。\n"));
}

TEST(TextEncodingTest, TextLongerThanAPieceIsDecodedWhole) {
  std::string text = "x";  // so that pieces end inside characters
  while (text.size() < 300'000) text += "市府說，新線下月上路，末班車延到凌晨一點。\n";
  for (const char* converter : {"Big5", "UTF-16LE"})
    EXPECT_THAT(Read(Encode(text, converter), "a.txt"), ElementsAre(text));
}

TEST(TextEncodingTest, WhatIsPlainlyUtf8IsNotWhatAPageSays) {
  const std::string page =
      "<html><meta charset=big5><p>市府說，新線下月上路，末班車延到凌晨一點，請旅客多加利用。</p></html>";
  EXPECT_THAT(Read(page, "a.html"), ElementsAre("市府說，新線下月上路，末班車延到凌晨一點，請旅客多加利用。"));
}

TEST(TextEncodingTest, AStrayByteFarBehindTheBeginningHasItsPlace) {
  std::string text;
  while (text.size() < 200'000) text += "市府說，新線下月上路。\n";
  const std::string good = Encode(text, "Big5");
  const size_t lines = static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
  EXPECT_THAT(Read(good + "ab\xFF", "a.txt"),
              ElementsAre(testing::AllOf(HasSubstr("0xff at byte " + std::to_string(good.size() + 2)),
                                         HasSubstr("line " + std::to_string(lines + 1) + ", column 3"),
                                         HasSubstr("convert the file to UTF-8"))));
}

TEST(TextEncodingTest, AGivenOneOverrulesWhatTheInputSays) {
  const std::string text = "短訊";  // too short to be told
  for (const auto& [name, converter] : {std::pair("Big5", "Big5"), std::pair("gbk", "GB18030"),
                                        std::pair("utf-16", "UTF-16LE"), std::pair("UTF-16BE", "UTF-16BE")}) {
    EXPECT_THAT(Read(Encode(text, converter), "a.txt", {.encoding = name}), ElementsAre(text)) << name;
  }
  EXPECT_THAT(Read("\xFE\xFF" + Encode(text, "UTF-16BE"), "a.txt", {.encoding = "utf-16"}), ElementsAre(text));
  EXPECT_THAT(Read("\xEF\xBB\xBF" + text, "a.txt", {.encoding = "utf-8"}), ElementsAre(text));
  const std::string page = "<html><meta charset=utf-8><p>市府說，新線下月上路，請旅客多加利用。</p></html>";
  EXPECT_THAT(Read(Encode(page, "Big5"), "a.html", {.encoding = "big5"}),
              ElementsAre("市府說，新線下月上路，請旅客多加利用。"));
  EXPECT_THAT(Read(Encode("{\"text\":\"短訊\"}\n", "Big5"), "a.jsonl", {.encoding = "big5"}), ElementsAre(text));
  EXPECT_THAT(Read(text, "a.txt", {.encoding = "utf-7"}),
              ElementsAre(HasSubstr("\"utf-7\" is no encoding that is known; use utf-8, utf-16, ")));
}

TEST(GzipTest, IsUnpackedWhateverItsName) {
  const std::string lines = "{\"text\":\"one\"}\n{\"text\":\"two\"}\n";
  EXPECT_THAT(Read(Gzip(lines), "a.jsonl.gz"), ElementsAre("one", "two"));
  EXPECT_THAT(Read(Gzip("{\"text\":\"one\"}\n") + Gzip("{\"text\":\"two\"}\n"), "a"), ElementsAre("one", "two"));
}

TEST(GzipTest, WhatGrowsTooMuchIsRefusedWithTheNumber) {
  const std::string bomb = Gzip(std::string(10'000'000, ' '));
  EXPECT_THAT(Read(bomb, "a.txt.gz"),
              ElementsAre(testing::AllOf(HasSubstr("read a.txt.gz: unpacks to more than 200 times"),
                                         HasSubstr("unpack it first"))));
  // As far as is allowed, it is read; then the other limit counts.
  EXPECT_THAT(Read(bomb, "a.txt.gz", {.max_document_bytes = 1 << 20, .max_compression_ratio = 2000}),
              ElementsAre(HasSubstr("longer than 1048576 bytes")));
}

TEST(GzipTest, DocumentsBeforeADamageAreRead) {
  std::string lines;
  for (int i = 0; i < 20'000; ++i) lines += "{\"text\":\"" + std::to_string(i * 7919) + "\"}\n";
  std::string packed = Gzip(lines);
  packed.resize(packed.size() / 2);
  const std::vector<std::string> read = Read(packed, "a.jsonl.gz");
  ASSERT_GT(read.size(), 1000u);
  EXPECT_EQ(read[1], "7919");
  EXPECT_THAT(read.back(), HasSubstr("the gzip file breaks off after"));
}

TEST(HtmlTreeTest, PagesThatNestOrGrowWithoutEndAreRefused) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<div>";
  EXPECT_THAT(Read("<html>" + deep, "a.html"), ElementsAre(HasSubstr("stand open")));
  // Formatting that is never closed is opened again in every paragraph: squared, without a limit.
  std::string formatting = "<p>";
  for (int i = 0; i < 1'900; ++i) formatting += "<b a" + std::to_string(i) + ">";
  for (int i = 0; i < 20'000; ++i) formatting += "<p>x";
  EXPECT_THAT(Read("<html>" + formatting, "a.html"), ElementsAre(HasSubstr("takes more than 512 MB or 20 seconds")));
}

class InputFilesTest : public testing::Test {
 protected:
  InputFilesTest() : folder_(fs::path(testing::TempDir()) / "input_files_test") {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "b");
    for (const char* name : {"c.txt", "a.html", "b/d.jsonl.gz", ".hidden.txt", "e.jpg"})
      std::ofstream(folder_ / name) << "x";
  }
  ~InputFilesTest() override { fs::remove_all(folder_); }
  std::string Path(const std::string& name) const { return (folder_ / name).string(); }

  fs::path folder_;
};

TEST_F(InputFilesTest, AFolderIsWhatCanBeReadInItInOrder) {
  EXPECT_THAT(FindInputFiles(folder_.string()).value(),
              ElementsAre(Path("a.html"), Path("b/d.jsonl.gz"), Path("c.txt")));
}

TEST_F(InputFilesTest, APatternIsWhatItMatches) {
  EXPECT_THAT(FindInputFiles(Path("*.[th]*")).value(), ElementsAre(Path("a.html"), Path("c.txt")));
  const auto nothing = FindInputFiles(Path("*.xml"));
  EXPECT_EQ(nothing.status().code(), absl::StatusCode::kNotFound);
  // A file of that very name comes first.
  std::ofstream(Path("[x].txt")) << "x";
  EXPECT_THAT(FindInputFiles(Path("[x].txt")).value(), ElementsAre(Path("[x].txt")));
}

TEST_F(InputFilesTest, DocumentsComeFileByFileAndAllAreCounted) {
  std::istringstream standard_input("標題\n第一段。");
  InputFiles files({Path("none.txt"), "-", Path("c.txt")}, {.format = DocumentFormat::kPlainText}, standard_input);
  std::vector<std::string> places;
  while (true) {
    const auto next = files.Next();
    ASSERT_TRUE(next.ok());
    if (!next->has_value()) break;
    places.push_back((*next)->place + ((*next)->document.ok() ? " read" : " refused"));
  }
  EXPECT_THAT(places, ElementsAre(Path("none.txt") + " refused", "standard input read", Path("c.txt") + " read"));
  EXPECT_EQ(files.characters().kept, 7u);
}

}  // namespace
}  // namespace newsgraph
