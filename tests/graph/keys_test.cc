#include "graph/storage/keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace newsgraph {
namespace {

TEST(KeysTest, TextsSortAsTheirBytesDoAndAreReadBack) {
  const std::vector<std::string> texts = {"",
                                          std::string(1, '\0'),
                                          std::string("\0\0", 2),
                                          std::string("\0a", 2),
                                          "\x01",
                                          "a",
                                          std::string("a\0", 2),
                                          std::string("a\0b", 3),
                                          "a\x01",
                                          "ab",
                                          "b",
                                          "扎",
                                          "\xff"};
  ASSERT_TRUE(std::is_sorted(texts.begin(), texts.end()));
  std::string last;
  for (const std::string& text : texts) {
    // A shorter text is before a longer one whatever follows it.
    const std::string key = KeyWriter().Text(text).Id({~uint64_t{0}, ~uint64_t{0}}).Take();
    EXPECT_LT(last, KeyWriter().Text(text).Take()) << testing::PrintToString(text);
    last = key;
    KeyReader reader(key);
    EXPECT_EQ(reader.Text(), text);
    reader.Id();
    EXPECT_TRUE(reader.complete());
  }
}

TEST(KeysTest, NumbersSortAsTheyCount) {
  std::string last;
  for (const int32_t number : {INT32_MIN, -1000, -1, 0, 1, 255, 256, INT32_MAX}) {
    const std::string key = KeyWriter().I32(number).Take();
    EXPECT_LT(last, key);
    last = key;
    EXPECT_EQ(KeyReader(key).I32(), number);
  }
  EXPECT_LT(StatementPageKey({{1, 2}}, 255), StatementPageKey({{1, 2}}, 256));
}

TEST(KeysTest, CutKeysAreIncomplete) {
  const std::string name_key = NameKey("扎克伯格", {{1, 2}}, "扎克伯格", "zh-Hans");
  const std::string adjacency_key = ToBytes({{{1, 2}}, AdjacencyDirection::kIn, 7, {{3, 4}}});
  const std::string judgement_key = JudgedAtomKey({{1, 2}}, {{{3, 4}}, {{5, 6}}, "Ann"});
  for (size_t size = 0; size < name_key.size(); ++size) EXPECT_FALSE(ParseNameKey(name_key.substr(0, size)));
  for (size_t size = 0; size < adjacency_key.size(); ++size) {
    EXPECT_FALSE(ParseAdjacencyKey(adjacency_key.substr(0, size)));
  }
  for (size_t size = 0; size < judgement_key.size(); ++size) {
    EXPECT_FALSE(ParseJudgementKey(judgement_key.substr(0, size)));
  }
  EXPECT_FALSE(ParseNameKey(name_key + "x"));
  EXPECT_EQ(ParseNameKey(name_key)->language, "zh-Hans");
  EXPECT_EQ(ParseAdjacencyKey(adjacency_key)->predicate, 7);
  EXPECT_EQ(ParseJudgementKey(judgement_key)->name, (JudgementName{{{3, 4}}, {{5, 6}}, "Ann"}));
}

TEST(KeysTest, PrefixOfANameCoversAllThatBeginWithIt) {
  const std::string key = NameKey("扎克伯格", {{1, 2}}, "扎克伯格", "zh-Hans");
  EXPECT_TRUE(key.starts_with(NamePrefix("扎", false)));
  EXPECT_TRUE(key.starts_with(NamePrefix("扎克伯格", false)));
  EXPECT_TRUE(key.starts_with(NamePrefix("扎克伯格", true)));
  EXPECT_FALSE(key.starts_with(NamePrefix("扎克", true)));
  EXPECT_FALSE(key.starts_with(NamePrefix("克", false)));
}

}  // namespace
}  // namespace newsgraph
