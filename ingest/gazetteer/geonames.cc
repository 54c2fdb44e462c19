#include "ingest/gazetteer/geonames.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>
#include <utility>

#include "graph/status.h"

namespace newsgraph {
namespace {

static_assert(std::endian::native == std::endian::little, "both formats are read in the machine's byte order");

absl::StatusOr<std::string> ReadBytes(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in) {
    return absl::NotFoundError(
        fmt::format("read {}: cannot be read; install libgeonames0 and libgeonames-common", path.string()));
  }
  return std::move(bytes).str();
}

std::optional<uint32_t> NumberAt(std::string_view bytes, size_t at) {
  uint32_t number = 0;
  if (at > bytes.size() || bytes.size() - at < sizeof number) return std::nullopt;
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

size_t Aligned(size_t at, size_t to) { return (at + to - 1) / to * to; }

}  // namespace

absl::StatusOr<std::vector<GeonamesCity>> ReadGeonamesCities(const std::filesystem::path& path) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::string bytes, ReadBytes(path));
  const auto broken = [&] { return absl::DataLossError(fmt::format("read {}: no table of cities", path.string())); };
  // An array of elements of various sizes ends with where each of them ends.
  const std::optional<uint32_t> ends = bytes.size() < 4 ? std::nullopt : NumberAt(bytes, bytes.size() - 4);
  if (!ends || *ends > bytes.size() || (bytes.size() - *ends) % 4 != 0) return broken();
  std::vector<GeonamesCity> cities;
  size_t begin = 0;
  for (size_t entry = *ends; entry < bytes.size(); entry += 4) {
    const uint32_t end = *NumberAt(bytes, entry);
    if (end < begin || end > *ends) return broken();
    size_t at = begin;
    std::array<std::string, 7> strings;
    for (std::string& string : strings) {
      const size_t zero = bytes.find('\0', at);
      if (zero == std::string::npos || zero >= end) return broken();
      string = bytes.substr(at, zero - at);
      at = zero + 1;
    }
    const std::optional<uint32_t> population = NumberAt(bytes, Aligned(at, 4));
    if (!population) return broken();
    cities.push_back({strings[0], strings[1], strings[3], strings[4], *population});
    begin = Aligned(end, 8);
  }
  return cities;
}

absl::StatusOr<std::unordered_map<std::string, std::string>> ReadCatalogue(const std::filesystem::path& path) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::string bytes, ReadBytes(path));
  const auto broken = [&] { return absl::DataLossError(fmt::format("read {}: no gettext catalogue", path.string())); };
  constexpr uint32_t kMagic = 0x950412de;
  constexpr size_t kHeadBytes = 28;
  if (bytes.size() < kHeadBytes) return broken();
  const auto magic = NumberAt(bytes, 0), count = NumberAt(bytes, 8), from = NumberAt(bytes, 12),
             to = NumberAt(bytes, 16);
  if (!to || *magic != kMagic) return broken();
  const auto string_at = [&](size_t entry) -> std::optional<std::string> {
    const auto length = NumberAt(bytes, entry), at = NumberAt(bytes, entry + 4);
    if (!length || !at || size_t{*at} + *length > bytes.size()) return std::nullopt;
    return bytes.substr(*at, *length);
  };
  std::unordered_map<std::string, std::string> names;
  for (size_t i = 0; i < *count; ++i) {
    auto key = string_at(*from + 8 * i), value = string_at(*to + 8 * i);
    if (!key || !value) return broken();
    if (!key->empty()) names.emplace(*std::move(key), *std::move(value));
  }
  return names;
}

}  // namespace newsgraph
