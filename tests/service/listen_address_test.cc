#include "service/listen_address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace newsgraph {
namespace {

TEST(ListenAddressTest, LoopbackHostsAreTaken) {
  for (const std::string text : {"127.0.0.1:0", "127.1.2.3:50051", "localhost:80", "[::1]:65535"}) {
    EXPECT_TRUE(ParseListenAddress(text).ok()) << text;
  }
  EXPECT_EQ(ParseListenAddress("[::1]:7")->host, "[::1]");
  EXPECT_EQ(ParseListenAddress("[::1]:7")->port, 7);
}

TEST(ListenAddressTest, WhatOtherMachinesCouldReachIsRefused) {
  for (const std::string text : {"0.0.0.0:50051", "[::]:50051", "192.168.1.5:1", "example.org:443", "128.0.0.1:1",
                                 "127.0.0.1.example.org:1", "127.1:5"}) {
    const absl::Status status = ParseListenAddress(text).status();
    EXPECT_TRUE(absl::IsInvalidArgument(status)) << text;
    EXPECT_THAT(std::string(status.message()), testing::HasSubstr("other machines could reach it")) << text;
  }
}

TEST(ListenAddressTest, WhatIsNoAddressIsRefused) {
  for (const std::string text : {"", ":", ":50051", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:65536",
                                 "127.0.0.1:-1", "127.0.0.1:1x"}) {
    const absl::Status status = ParseListenAddress(text).status();
    EXPECT_TRUE(absl::IsInvalidArgument(status)) << text;
    EXPECT_THAT(std::string(status.message()), testing::HasSubstr("not HOST:PORT")) << text;
  }
}

}  // namespace
}  // namespace newsgraph
