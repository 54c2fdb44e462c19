#include "ingest/text/unlisted_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace newsgraph {
namespace {

using testing::ElementsAre;

TEST(UnlistedWordsTest, WordsOfTheDictionaryComeWholeAndNamesByTheCharacter) {
  EXPECT_THAT(WordLengths(U"市场"), ElementsAre(2));
  EXPECT_THAT(WordLengths(U"森塔拉市场"), ElementsAre(1, 1, 1, 2));
  EXPECT_TRUE(IsUnlisted(U"冠维"));
  EXPECT_FALSE(IsUnlisted(U"股权"));
  EXPECT_FALSE(IsUnlisted(U"新产品"));
}

TEST(UnlistedWordsTest, CharactersBeyondTheBasicPlaneCountAsOne) {
  EXPECT_THAT(WordLengths(U"\U00020BB7野家市场"), testing::Contains(2u));
  uint32_t total = 0;
  for (const uint32_t length : WordLengths(U"\U00020BB7野家市场")) total += length;
  EXPECT_EQ(total, 5u);
}

TEST(UnlistedWordsTest, ThreadsDoNotDisturbEachOther) {
  std::vector<std::vector<uint32_t>> found(4);
  std::vector<std::thread> threads;
  for (auto& lengths : found) {
    threads.emplace_back([&lengths] {
      for (int i = 0; i < 200; ++i) lengths = WordLengths(U"森塔拉市场");
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& lengths : found) EXPECT_THAT(lengths, ElementsAre(1, 1, 1, 2));
}

}  // namespace
}  // namespace newsgraph
