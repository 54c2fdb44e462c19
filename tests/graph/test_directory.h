// A directory of one test, removed with it.
#ifndef NEWSGRAPH_TESTS_GRAPH_TEST_DIRECTORY_H_
#define NEWSGRAPH_TESTS_GRAPH_TEST_DIRECTORY_H_

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace newsgraph {

class TestDirectory {
 public:
  TestDirectory() {
    std::string pattern = testing::TempDir() + "newsgraph-XXXXXX";
    EXPECT_NE(mkdtemp(pattern.data()), nullptr);
    path_ = pattern;
  }
  ~TestDirectory() { std::filesystem::remove_all(path_); }
  TestDirectory(const TestDirectory&) = delete;
  TestDirectory& operator=(const TestDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_TESTS_GRAPH_TEST_DIRECTORY_H_
