#include "ingest/text/segmenter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

namespace newsgraph {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TextAnalysis Segmented(std::string text, std::string title = "", std::string language = "") {
  TextAnalysis analysis;
  analysis.text = FoldedText(std::move(title), std::move(text));
  analysis.language = std::move(language);
  Segment(analysis);
  return analysis;
}

std::string Surface(const TextAnalysis& analysis, Range range) {
  return range.empty() ? "" : analysis.text.Surface(range.begin, range.end);
}

std::vector<std::string> Sentences(const TextAnalysis& analysis) {
  std::vector<std::string> result;
  for (const Sentence& sentence : analysis.sentences) result.push_back(Surface(analysis, sentence.range));
  return result;
}
std::vector<std::string> Sentences(const std::string& text) { return Sentences(Segmented(text)); }

// "label|speech" of each turn.
std::vector<std::string> Turns(const TextAnalysis& analysis) {
  std::vector<std::string> result;
  for (const TextTurn& turn : analysis.turns) {
    result.push_back(Surface(analysis, turn.label) + "|" + Surface(analysis, turn.speech));
  }
  return result;
}
std::vector<std::string> Turns(const std::string& text) { return Turns(Segmented(text)); }

std::vector<std::string> Quotations(const std::string& text) {
  const TextAnalysis analysis = Segmented(text);
  std::vector<std::string> result;
  for (const Quotation& quotation : analysis.quotations) result.push_back(Surface(analysis, quotation.range));
  return result;
}

std::vector<std::string> OfKind(const TextAnalysis& analysis, SentenceKind kind) {
  std::vector<std::string> result;
  for (const Sentence& sentence : analysis.sentences) {
    if (sentence.kind == kind) result.push_back(Surface(analysis, sentence.range));
  }
  return result;
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

TEST(SegmenterTest, ChineseSentencesEndWithTheirMarksAndClosingQuotes) {
  EXPECT_THAT(Sentences("他說：「我要走。」然後離開了！真的嗎？是；不是。"),
              ElementsAre("他說：「我要走。」", "然後離開了！", "真的嗎？", "是；", "不是。"));
}

TEST(SegmenterTest, HalfWidthMarksEndChineseSentences) {
  EXPECT_THAT(Sentences("你還好嗎?我很好!那就好.走吧"), ElementsAre("你還好嗎?", "我很好!", "那就好.", "走吧"));
}

TEST(SegmenterTest, NumbersAndVersionsAreNotCut) {
  EXPECT_THAT(Sentences("Llama 3.1有4.5億用戶。It costs $3.5 billion. Revenue rose 1.2%."),
              ElementsAre("Llama 3.1有4.5億用戶。", "It costs $3.5 billion.", "Revenue rose 1.2%."));
}

TEST(SegmenterTest, EnglishAbbreviationsEndNoSentence) {
  EXPECT_THAT(Sentences("Mr. Holt met Dr. Lin in the U.S. Senate. J. K. Rowling of Apple Inc. Europe came. "
                        "He sold it to Acme Inc. The price is secret. They left at 5 p.m. It rained."),
              ElementsAre("Mr. Holt met Dr. Lin in the U.S. Senate.", "J. K. Rowling of Apple Inc. Europe came.",
                          "He sold it to Acme Inc.", "The price is secret.", "They left at 5 p.m.", "It rained."));
}

TEST(SegmenterTest, ALifeInBracketsEndsNoSentence) {
  EXPECT_THAT(
      Sentences("Paul Meier ([pol mai]; born 4 May 1950) is a baker. Nora Falk (b. Zurich, 16 January 1955) "
                "sang. Anselm (c. 1480 – 1555) and Odo (d. 1310) wrote. She chose plan b. Nobody else did."),
      ElementsAre("Paul Meier ([pol mai]; born 4 May 1950) is a baker.", "Nora Falk (b. Zurich, 16 January 1955) sang.",
                  "Anselm (c. 1480 – 1555) and Odo (d. 1310) wrote.", "She chose plan b.", "Nobody else did."));
}

TEST(SegmenterTest, WhatABracketClosesBehindSaysWhetherASemicolonEnds) {
  EXPECT_THAT(Sentences("他加入海川(HCT); 後來離開“海川”; 她沒有。"),
              ElementsAre("他加入海川(HCT);", "後來離開“海川”;", "她沒有。"));
  EXPECT_THAT(Sentences("He joined Hoshino (星野); she left “Moss”; they met."),
              ElementsAre("He joined Hoshino (星野); she left “Moss”; they met."));
}

TEST(SegmenterTest, EnglishQuotationsKeepTheirAttribution) {
  EXPECT_THAT(Sentences("\"Why sell now?\" she asked. \"It is time.\" The deal closed."),
              ElementsAre("\"Why sell now?\" she asked.", "\"It is time.\"", "The deal closed."));
}

TEST(SegmenterTest, EllipsesTrailOffOrGoOn) {
  EXPECT_THAT(Sentences("我不知道……他走了。那個……，算了。"), ElementsAre("我不知道……", "他走了。", "那個……，算了。"));
}

TEST(SegmenterTest, NamesWithAnExclamationMarkAreNotCut) {
  EXPECT_THAT(Sentences("Yahoo!奇摩今天關閉。"), ElementsAre("Yahoo!奇摩今天關閉。"));
}

TEST(SegmenterTest, EachLineIsAParagraph) {
  const TextAnalysis analysis = Segmented("第一段，甲來了。乙也來了。\r\n\r\n第二段，丙走了。");
  ASSERT_EQ(analysis.sentences.size(), 3u);
  EXPECT_EQ(analysis.sentences[0].paragraph, analysis.sentences[1].paragraph);
  EXPECT_NE(analysis.sentences[1].paragraph, analysis.sentences[2].paragraph);
  EXPECT_EQ(Surface(analysis, analysis.sentences[2].range), "第二段，丙走了。");
}

TEST(SegmenterTest, SentencesAreNeverLongerThanAThousandCodePoints) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "字";
  const TextAnalysis analysis = Segmented(text);
  uint32_t total = 0;
  for (const Sentence& sentence : analysis.sentences) {
    EXPECT_LE(sentence.range.size(), 1000u);
    total += sentence.range.size();
  }
  EXPECT_EQ(total, 5000u);
}

TEST(SegmenterTest, AnEmptyTextHasNoSentences) {
  EXPECT_THAT(Sentences(""), IsEmpty());
  EXPECT_THAT(Sentences(" \n\r\n　\n"), IsEmpty());
}

TEST(SegmenterTest, HeadingsCaptionsBylinesAndSourcesAreTold) {
  const TextAnalysis analysis = Segmented(
      "海川收購北風\n"
      "記者周以安／綜合報導\n"
      "海川科技宣布收購北風機器人。\n"
      "▲林予晴在新竹總部（圖：環島日報）\n"
      "一、價格不是重點\n"
      "雙方談了半年，才談定價格。\n"
      "接下來的審查\n"
      "美國政府將在九月前審查。\n"
      "資料來源：環島日報",
      "海川收購北風");
  EXPECT_THAT(OfKind(analysis, SentenceKind::kHeading),
              ElementsAre("海川收購北風", "一、價格不是重點", "接下來的審查"));
  EXPECT_THAT(OfKind(analysis, SentenceKind::kCaption), ElementsAre("▲林予晴在新竹總部（圖：環島日報）"));
  EXPECT_THAT(OfKind(analysis, SentenceKind::kByline), ElementsAre("記者周以安／綜合報導", "資料來源：環島日報"));
}

TEST(SegmenterTest, EnglishBylinesAndHeadingsAreTold) {
  const TextAnalysis analysis = Segmented(
      "By Daniel Okafor\n"
      "Northwind makes arms in Boston.\n"
      "What comes next\n"
      "By the end of the year it will hire 60 people.\n"
      "Source: The Harbour Post");
  EXPECT_THAT(OfKind(analysis, SentenceKind::kByline), ElementsAre("By Daniel Okafor", "Source: The Harbour Post"));
  EXPECT_THAT(OfKind(analysis, SentenceKind::kHeading), ElementsAre("What comes next"));
}

TEST(SegmenterTest, ATitleBeforeTheTextIsAHeadingOfItsOwn) {
  const TextAnalysis analysis = Segmented("甲公司發布新品。", "甲公司有新品。");
  EXPECT_THAT(Sentences(analysis), ElementsAre("甲公司有新品。", "甲公司發布新品。"));
  EXPECT_EQ(analysis.sentences[0].kind, SentenceKind::kHeading);
  EXPECT_EQ(analysis.sentences[1].kind, SentenceKind::kBody);
}

TEST(SegmenterTest, RecurringLabelsBeginTurns) {
  EXPECT_THAT(Turns("記者專訪王小明。\n記者：你好嗎？\n王小明：我很好。\n謝謝你。\n記者：再見。\n王小明：再見。"),
              ElementsAre("記者|你好嗎？", "王小明|我很好。\n謝謝你。", "記者|再見。", "王小明|再見。"));
}

TEST(SegmenterTest, EnglishLabelsBeginTurns) {
  EXPECT_THAT(Turns("Okafor: Why sell now?\nHolt: Because it is time.\n\nOkafor: Will you stay?\nHolt: Yes."),
              ElementsAre("Okafor|Why sell now?", "Holt|Because it is time.", "Okafor|Will you stay?", "Holt|Yes."));
}

TEST(SegmenterTest, MisspeltLabelsBeginTurnsToo) {
  EXPECT_THAT(
      Turns("Emliy Chang：開源嗎？\n扎克伯格：是的。\nEmily Chang：為什麼？\n扎克博格：有用。\nEmily Chang：好。\n"
            "扎克伯格：好。"),
      ElementsAre("Emliy Chang|開源嗎？", "扎克伯格|是的。", "Emily Chang|為什麼？", "扎克博格|有用。",
                  "Emily Chang|好。", "扎克伯格|好。"));
}

TEST(SegmenterTest, ALabelOfOneLineIsASpeakersWhenTheTextNamesHim) {
  EXPECT_THAT(Turns("Emily Chang專訪費雪。\nEmily Chang：好嗎？\n費雪：好。\nEmliy Chang：為什麼？\n費雪：不為什麼。"),
              ElementsAre("Emily Chang|好嗎？", "費雪|好。", "Emliy Chang|為什麼？", "費雪|不為什麼。"));
}

TEST(SegmenterTest, TurnsEndAtHeadingsCaptionsAndSourceLines) {
  EXPECT_THAT(Turns("問：好嗎？\n答：好。\n▲照片裡的人\n這一段是文章自己說的。\n問：真的？\n答：真的。\n一、下一題\n"
                    "文章又說話了。\n問：完了嗎？\n答：完了。\n來源：日報"),
              ElementsAre("問|好嗎？", "答|好。", "問|真的？", "答|真的。", "問|完了嗎？", "答|完了。"));
}

TEST(SegmenterTest, ABlankLineEndsTalkThatHasNoneBetweenTurns) {
  EXPECT_THAT(Turns("問：好嗎？\n答：好。\n問：真的？\n答：真的。\n\n訪談在台北進行。"),
              ElementsAre("問|好嗎？", "答|好。", "問|真的？", "答|真的。"));
}

TEST(SegmenterTest, ColonsInsideSentencesBeginNoTurn) {
  EXPECT_THAT(Turns("他說了兩件事。\n原因有兩個：一是價格，二是時間。\n結論是：不買。"), IsEmpty());
  EXPECT_THAT(Turns("問：好嗎？\n答：很好。\n原因有兩個：價格和時間。\n問：真的？\n答：真的。"),
              ElementsAre("問|好嗎？", "答|很好。\n原因有兩個：價格和時間。", "問|真的？", "答|真的。"));
}

TEST(SegmenterTest, ListsOfPropertiesAreNoTurns) {
  EXPECT_THAT(Turns("甲手機\n價格：三千元\n重量：兩百克\n乙手機\n價格：四千元\n重量：三百克"), IsEmpty());
  EXPECT_THAT(Turns("http://example.com/a\nhttp://example.com/b\n12:30 start\n12:45 end"), IsEmpty());
}

TEST(SegmenterTest, SentencesOfATurnAreMarkedAndItsLabelIsNone) {
  const TextAnalysis analysis = Segmented("問：好嗎？還行？\n答：好。\n問：嗯？\n答：嗯。");
  ASSERT_EQ(analysis.sentences.size(), 5u);
  EXPECT_EQ(Surface(analysis, analysis.sentences[0].range), "好嗎？");
  EXPECT_EQ(analysis.sentences[0].turn, 0);
  EXPECT_EQ(analysis.sentences[1].turn, 0);
  EXPECT_EQ(analysis.sentences[2].turn, 1);
}

TEST(SegmenterTest, QuotationsNestAndRunAcrossSentences) {
  EXPECT_THAT(Quotations("他說：「她說『好。』我信了。所以走了。」"),
              ElementsAre("「她說『好。』我信了。所以走了。」", "『好。』"));
  EXPECT_THAT(Quotations("“One 'two' three,” he said. \"Four. Five.\""),
              ElementsAre("“One 'two' three,”", "'two'", "\"Four. Five.\""));
}

TEST(SegmenterTest, ApostrophesAreNoQuotationMarks) {
  EXPECT_THAT(Quotations("It's the company's plan, the workers' too, 'tis said. Don’t."), IsEmpty());
}

TEST(SegmenterTest, AQuotationLeftOpenEndsWithItsLine) {
  EXPECT_THAT(Quotations("他說：「好。\n乙說：「不好。」"), ElementsAre("「好。", "「不好。」"));
}

TEST(SegmenterTest, TheLanguageIsToldByItsCharacters) {
  EXPECT_EQ(Segmented("臺灣的記者說，這個國家很開放。").language, "zh-Hant");
  EXPECT_EQ(Segmented("台湾的记者说，这个国家很开放，著名。").language, "zh-Hans");
  EXPECT_EQ(Segmented("Lin Yu-ching (林予晴) founded Haichuan Technologies in Taiwan.").language, "en");
  EXPECT_EQ(Segmented("OpenAI與Meta在2024年都推出了新的模型。").language, "zh-Hant");
  EXPECT_EQ(Segmented("12345 67890").language, "und");
}

TEST(SegmenterTest, AGivenLanguageIsKeptAndDecidesWhereTheTextDoesNot) {
  const TextAnalysis hans = Segmented("他在北京。", "", "zh-Hans");
  EXPECT_EQ(hans.language, "zh-Hans");
  EXPECT_EQ(hans.sentences[0].script, Script::kHans);
  const TextAnalysis mixed = Segmented("记者说：\n他們說。\nShe said so.", "", "zh-Hant");
  ASSERT_EQ(mixed.sentences.size(), 3u);
  EXPECT_EQ(mixed.sentences[0].script, Script::kHans);
  EXPECT_EQ(mixed.sentences[1].script, Script::kHant);
  EXPECT_EQ(mixed.sentences[2].script, Script::kLatin);
}

// Turn for turn, label and speech, as a person annotated them.
TEST(SegmenterTest, TurnsOfTheCorpusAreThoseOfItsAnnotation) {
  const std::filesystem::path corpus = std::filesystem::path(NEWSGRAPH_SOURCE_DIR) / "tests/corpus";
  std::ifstream manifest(corpus / "manifest.jsonl");
  int documents = 0, turns = 0;
  for (std::string line; std::getline(manifest, line);) {
    const auto article = nlohmann::json::parse(line);
    const std::string file = article["file"];
    if (!file.ends_with(".txt")) continue;
    ++documents;
    const std::string id = article["id"];
    SCOPED_TRACE(file);
    const TextAnalysis analysis =
        Segmented(ReadFile(corpus / (file.starts_with("documents/") ? "" : "documents") / file), article["title"]);
    EXPECT_EQ(analysis.language, article["language"]);
    std::vector<std::string> expected;
    std::ifstream gold(corpus / "gold" / (id + ".jsonl"));
    for (std::string row; std::getline(gold, row);) {
      const auto turn = nlohmann::json::parse(row);
      if (turn["kind"] != "turn") continue;
      expected.push_back(turn["label"].get<std::string>() + "|" + std::to_string(turn["begin"].get<int>()) + ".." +
                         std::to_string(turn["end"].get<int>()));
    }
    std::vector<std::string> found;
    for (const TextTurn& turn : analysis.turns) {
      const Span span = analysis.text.SpanOf(turn.speech.begin, turn.speech.end);
      found.push_back(Surface(analysis, turn.label) + "|" + std::to_string(span.begin) + ".." +
                      std::to_string(span.end));
    }
    EXPECT_EQ(found, expected);
    turns += static_cast<int>(found.size());
  }
  EXPECT_EQ(documents, 13);
  EXPECT_EQ(turns, 68);
}

TEST(SegmenterTest, ALongRealInterviewHasItsTurns) {
  const std::filesystem::path file =
      std::filesystem::path(NEWSGRAPH_SOURCE_DIR) / "../shared/data/interview/interview.zh-Hant.txt";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not here";
  const TextAnalysis analysis = Segmented(ReadFile(file));
  std::map<std::string, int> turns;
  for (const TextTurn& turn : analysis.turns) ++turns[Surface(analysis, turn.label)];
  EXPECT_EQ(analysis.turns.size(), 42u) << testing::PrintToString(turns);
  EXPECT_EQ(turns.size(), 3u) << testing::PrintToString(turns);
  EXPECT_EQ(turns["扎克伯格"], 21);
}

}  // namespace
}  // namespace newsgraph
