#include "ingest/tagger/weight_file.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>

#include "tests/ingest/weight_bytes.h"

namespace newsgraph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string Message(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

std::string TwoSections() {
  return MakeWeightBytes(
      {MakeSection<int8_t>("matrix", {2, 3}, {1, -2, 3, -4, 5, -6}), MakeSection<float>("scale", {2}, {0.5f, 0.25f})});
}

TEST(WeightFileTest, SectionsOfEveryTypeComeBackWithTheirShapes) {
  const absl::StatusOr<WeightFile> file = WeightFile::Parse(
      MakeWeightBytes({MakeSection<int8_t>("a", {2, 3}, {1, -2, 3, -4, 5, -6}),
                       MakeSection<int16_t>("b", {3}, {-32768, 0, 32767}),
                       MakeSection<int32_t>("c", {1, 1, 2, 1}, {-1, 1 << 30}),
                       MakeSection<uint32_t>("d", {2}, {0, 0xFFFFFFFF}), MakeSection<float>("e", {1}, {-0.5f})}),
      "made up");
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_THAT(file->ListSections(), ElementsAre("a", "b", "c", "d", "e"));
  EXPECT_THAT(*file->Get<int8_t>("a", {2, 3}), ElementsAre(1, -2, 3, -4, 5, -6));
  EXPECT_THAT(*file->Get<int16_t>("b"), ElementsAre(-32768, 0, 32767));
  EXPECT_THAT(*file->Get<int32_t>("c", {1, 1, 2, 1}), ElementsAre(-1, 1 << 30));
  EXPECT_THAT(*file->Get<uint32_t>("d"), ElementsAre(0u, 0xFFFFFFFFu));
  EXPECT_THAT(*file->Get<float>("e"), ElementsAre(-0.5f));
  EXPECT_THAT(*file->Shape("a"), ElementsAre(2u, 3u));
  EXPECT_EQ(reinterpret_cast<uintptr_t>(file->Get<int16_t>("b")->data()) % 64, 0u);
}

TEST(WeightFileTest, SpansOutliveAMove) {
  absl::StatusOr<WeightFile> file = WeightFile::Parse(TwoSections(), "made up");
  ASSERT_TRUE(file.ok()) << file.status();
  const std::span<const float> scale = *file->Get<float>("scale");
  const WeightFile moved = *std::move(file);
  EXPECT_EQ(moved.Get<float>("scale")->data(), scale.data());
  EXPECT_THAT(scale, ElementsAre(0.5f, 0.25f));
}

TEST(WeightFileTest, WhatIsAskedForWronglyIsNamed) {
  const absl::StatusOr<WeightFile> file = WeightFile::Parse(TwoSections(), "made up");
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->Get<float>("bias").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Message(file->Get<float>("bias").status()),
            "read weights made up: no section bias; use the weights that came with this build");
  EXPECT_EQ(file->Shape("bias").status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(Message(file->Get<int16_t>("matrix").status()),
              HasSubstr("section matrix: of int8, where int16 is needed; fetch it anew"));
  EXPECT_THAT(Message(file->Get<int8_t>("matrix", {3, 2}).status()),
              HasSubstr("section matrix: of shape [2, 3], where [3, 2] is needed"));
  EXPECT_THAT(Message(file->Get<int8_t>("matrix", {6}).status()), HasSubstr("of shape [2, 3], where [6] is needed"));
}

TEST(WeightFileTest, AFileThatIsNotThereOrTooLongIsSaidToBe) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir());
  const std::string missing = (folder / "no_such.weights").string();
  EXPECT_EQ(WeightFile::Read(missing).status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(Message(WeightFile::Read(missing).status()), HasSubstr(missing));

  const std::string there = (folder / fmt::format("{}.weights", getpid())).string();
  std::ofstream(there, std::ios::binary) << TwoSections();
  const absl::StatusOr<WeightFile> file = WeightFile::Read(there);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->name(), there);
  std::filesystem::resize_file(there, WeightFile::kMostBytes + 1);
  EXPECT_THAT(Message(WeightFile::Read(there).status()), HasSubstr("16777217 bytes, where a weight file has at most"));
  std::filesystem::remove(there);
}

struct Fault {
  std::string name;
  std::function<void(std::string&)> make;
  bool sign;
  std::string message;
};

class WeightFileFaultTest : public testing::TestWithParam<Fault> {};

TEST_P(WeightFileFaultTest, IsRefusedInWords) {
  std::string bytes = TwoSections();
  GetParam().make(bytes);
  if (GetParam().sign) SignWeights(bytes);
  const absl::StatusOr<WeightFile> file = WeightFile::Parse(bytes, "bad.weights");
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(Message(file.status()), testing::StartsWith("read weights bad.weights: "));
  EXPECT_THAT(Message(file.status()), HasSubstr(GetParam().message));
}

template <class T>
std::function<void(std::string&)> Put(size_t place, T value) {
  return [=](std::string& bytes) { SetNumber<T>(bytes, place, value); };
}

INSTANTIATE_TEST_SUITE_P(
    Faults, WeightFileFaultTest,
    testing::Values(
        Fault{"Empty", [](std::string& b) { b.clear(); }, false, "not a weight file; name one that tools/train wrote"},
        Fault{"OtherMagic", Put<char>(0, 'X'), true, "not a weight file"},
        Fault{"OnlyMagic", [](std::string& b) { b.resize(8); }, false, "cut short in its header"},
        Fault{"NewerFormat", Put<uint32_t>(8, 2), true,
              "written in format 2, this build reads 1; use the weights that"},
        Fault{"CutShort", [](std::string& b) { b.resize(b.size() - 1); }, false, "where its header says 264"},
        Fault{"Longer", [](std::string& b) { b += '\0'; }, false, "265 bytes, where its header says 264"},
        Fault{"OneValueChanged", Put<char>(200, 9), false, "the checksum does not match"},
        Fault{"ManySections", Put<uint32_t>(12, 257), true, "a table of 257 sections, where at most 256"},
        Fault{"TableBeyondTheEnd", Put<uint32_t>(12, 4), true, "a table of 4 sections"},
        Fault{"NoName", Put<char>(EntryPlace(1, 0), '\0'), true, "section 2 has no printable name"},
        Fault{"NameWithoutEnd", [](std::string& b) { b.replace(EntryPlace(0, 0), 40, 40, 'n'); }, true,
              "section 1 has no printable name"},
        Fault{"NameNotPrintable", Put<char>(EntryPlace(0, 1), '\n'), true, "section 1 has no printable name"},
        Fault{"SameName", [](std::string& b) { b.replace(EntryPlace(1, 0), 7, std::string("matrix\0", 7)); }, true,
              "section matrix: there are two of this name"},
        Fault{"NoType", Put<uint32_t>(EntryPlace(0, 40), 0), true, "section matrix: of unknown type 0"},
        Fault{"NewType", Put<uint32_t>(EntryPlace(0, 40), 6), true, "section matrix: of unknown type 6"},
        Fault{"NoDimension", Put<uint32_t>(EntryPlace(0, 44), 0), true, "section matrix: 0 dimensions"},
        Fault{"FiveDimensions", Put<uint32_t>(EntryPlace(0, 44), 5), true, "section matrix: 5 dimensions"},
        Fault{"LengthZero", Put<uint32_t>(EntryPlace(0, 52), 0), true, "a length of 0 in dimension 2 of 2"},
        Fault{"LengthBeyondTheRank", Put<uint32_t>(EntryPlace(0, 56), 2), true, "a length of 2 in dimension 3 of 2"},
        Fault{"LengthTooBig", Put<uint32_t>(EntryPlace(0, 48), 0xFFFFFFFF), true,
              "a length of 4294967295 in dimension 1"},
        Fault{"ProductTooBig",
              [](std::string& b) {
                SetNumber<uint32_t>(b, EntryPlace(0, 48), 1 << 20);
                SetNumber<uint32_t>(b, EntryPlace(0, 52), 1 << 12);
              },
              true, "a length of 4096 in dimension 2"},
        Fault{"SizeNotOfTheShape", Put<uint64_t>(EntryPlace(0, 72), 7), true,
              "section matrix: 7 bytes, where its shape [2, 3] of int8 takes 6"},
        Fault{
            "Overlapping", Put<uint64_t>(EntryPlace(1, 64), 192), true,
            "section scale: 8 bytes at 192, where the file has 264, sections begin at multiples of 64 and what stands "
            "before ends at 198"},
        Fault{"OverTheTable", Put<uint64_t>(EntryPlace(0, 64), 128), true, "section matrix: 6 bytes at 128"},
        Fault{"Unaligned", Put<uint64_t>(EntryPlace(1, 64), 232), true, "section scale: 8 bytes at 232"},
        Fault{"BeyondTheEnd", Put<uint64_t>(EntryPlace(1, 64), 320), true, "section scale: 8 bytes at 320"},
        Fault{"FarBeyondTheEnd", Put<uint64_t>(EntryPlace(1, 64), ~uint64_t{63}), true,
              "section scale: 8 bytes at 18446"}),
    [](const testing::TestParamInfo<Fault>& fault) { return fault.param.name; });

TEST(WeightFileTest, EveryCutAndEveryChangedByteIsNoticed) {
  const std::string whole = TwoSections();
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(WeightFile::Parse(whole.substr(0, size), "cut").ok()) << size;
  }
  for (size_t place = 0; place < whole.size(); ++place) {
    std::string changed = whole;
    changed[place] = static_cast<char>(changed[place] ^ 0x40);
    EXPECT_FALSE(WeightFile::Parse(changed, "changed").ok()) << place;
  }
  std::string shuffled = whole;
  std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(7));
  EXPECT_FALSE(WeightFile::Parse(shuffled, "shuffled").ok());
}

}  // namespace
}  // namespace newsgraph
