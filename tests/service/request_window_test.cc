#include "service/request_window.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace newsgraph {
namespace {

const Id128 kContent = Hash128("content");

TEST(RequestWindowTest, TheSameWriteGetsTheFirstAnswer) {
  RequestWindow window;
  EXPECT_EQ(*window.Begin("a", kContent), std::nullopt);
  window.End("a", "answer");
  EXPECT_EQ(*window.Begin("a", kContent), "answer");
  EXPECT_EQ(*window.Begin("a", kContent), "answer");
}

TEST(RequestWindowTest, AnotherWriteOfThatIdIsRefused) {
  RequestWindow window;
  ASSERT_TRUE(window.Begin("a", kContent).ok());
  window.End("a", "answer");
  const absl::Status status = window.Begin("a", Hash128("another")).status();
  EXPECT_TRUE(absl::IsInvalidArgument(status));
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr("used for another write"));
}

TEST(RequestWindowTest, AWriteThatRunsIsNotBegunTwice) {
  RequestWindow window;
  ASSERT_TRUE(window.Begin("a", kContent).ok());
  EXPECT_TRUE(absl::IsAborted(window.Begin("a", kContent).status()));
}

TEST(RequestWindowTest, WhatFailedMayBeTriedAgain) {
  RequestWindow window;
  ASSERT_TRUE(window.Begin("a", kContent).ok());
  window.Abandon("a");
  EXPECT_EQ(*window.Begin("a", Hash128("another")), std::nullopt);
}

TEST(RequestWindowTest, OnlyTheLatestAreRemembered) {
  RequestWindow window(2);
  for (const std::string id : {"a", "b", "c"}) {
    ASSERT_TRUE(window.Begin(id, kContent).ok());
    window.End(id, "answer " + id);
  }
  EXPECT_EQ(*window.Begin("b", kContent), "answer b");
  EXPECT_EQ(*window.Begin("c", kContent), "answer c");
  EXPECT_EQ(*window.Begin("a", kContent), std::nullopt);
}

TEST(RequestWindowTest, WithoutAnIdNothingIsRemembered) {
  RequestWindow window;
  EXPECT_EQ(*window.Begin("", kContent), std::nullopt);
  window.End("", "answer");
  EXPECT_EQ(*window.Begin("", kContent), std::nullopt);
}

TEST(RequestWindowTest, ALongIdIsRefused) {
  RequestWindow window;
  EXPECT_TRUE(window.Begin(std::string(200, 'x'), kContent).ok());
  EXPECT_TRUE(absl::IsInvalidArgument(window.Begin(std::string(201, 'x'), kContent).status()));
}

}  // namespace
}  // namespace newsgraph
