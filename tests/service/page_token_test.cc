#include "service/page_token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "newsgraph/v1/graph_service.pb.h"
#include "service/paging.h"

namespace newsgraph {
namespace {

TEST(PageTokenTest, GivesBackThePosition) {
  for (const std::string& position :
       {std::string(), std::string("x"), std::string("\0\xff\n", 3), std::string(500, 'k')}) {
    const absl::StatusOr<std::string> read = ReadPageToken(42, MakePageToken(42, position));
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(*read, position);
  }
}

TEST(PageTokenTest, IsTextThatFitsInAnUrl) {
  EXPECT_THAT(MakePageToken(1, std::string("\0\xff\xfe", 3)), testing::MatchesRegex("[-_A-Za-z0-9]+"));
}

TEST(PageTokenTest, OfAnotherQueryIsRefused) {
  const absl::StatusOr<std::string> read = ReadPageToken(43, MakePageToken(42, "position"));
  EXPECT_TRUE(absl::IsInvalidArgument(read.status()));
  EXPECT_THAT(std::string(read.status().message()), testing::StartsWith("page token: belongs to another query; "));
}

TEST(PageTokenTest, AnyChangedLostOrAddedCharacterIsNoticed) {
  const std::string token = MakePageToken(42, "some position");
  std::vector<std::string> damaged = {"", "!", token + "A", token + "=", token.substr(1)};
  for (size_t i = 0; i < token.size(); ++i) {
    damaged.push_back(token.substr(0, i));
    damaged.push_back(token);
    damaged.back()[i] = token[i] == 'A' ? 'B' : 'A';
  }
  for (const std::string& text : damaged) {
    EXPECT_TRUE(absl::IsInvalidArgument(ReadPageToken(42, text).status())) << text;
  }
}

TEST(PageTokenTest, BelongsToAllOfItsRequestButPageSizeAndToken) {
  v1::ListStatementsRequest request;
  request.set_predicate("ceo_of");
  request.set_page_token(NextPageToken(request, "here"));
  request.set_page_size(7);
  EXPECT_EQ(*StartOfPage(request), "here");
  request.mutable_filter()->set_min_confidence(0.5);
  EXPECT_TRUE(absl::IsInvalidArgument(StartOfPage(request).status()));
}

TEST(PageTokenTest, OneMethodsTokenIsRefusedByAnother) {
  v1::ListDocumentsRequest documents;
  v1::ListMentionsRequest mentions;
  mentions.set_page_token(NextPageToken(documents, "here"));
  EXPECT_TRUE(absl::IsInvalidArgument(StartOfPage(mentions).status()));
}

TEST(PageTokenTest, ThereIsNoneAtTheEnd) { EXPECT_EQ(NextPageToken(v1::ListDocumentsRequest(), ""), ""); }

TEST(PageSizeTest, IsAHundredByDefaultAndAThousandAtMost) {
  EXPECT_EQ(PageSize(0), 100u);
  EXPECT_EQ(PageSize(1), 1u);
  EXPECT_EQ(PageSize(1000), 1000u);
  EXPECT_EQ(PageSize(1001), 1000u);
}

}  // namespace
}  // namespace newsgraph
