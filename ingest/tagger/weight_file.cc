#include "ingest/tagger/weight_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <zlib.h>

#include <bit>
#include <cstring>
#include <fstream>
#include <utility>

namespace newsgraph {
namespace {

static_assert(std::endian::native == std::endian::little, "weight files are used as they lie, little-endian");

constexpr std::string_view kMagic = "NGWEIGHT";
constexpr size_t kHeaderBytes = 32;
constexpr size_t kNameBytes = 40;
constexpr size_t kEntryBytes = 80;
constexpr size_t kMostRank = 4;
constexpr size_t kAlignment = 64;
constexpr size_t kChecksumPlace = 24;

constexpr std::string_view kTakeAnother = "fetch it anew, or write it again with tools/train";

template <class T>
T Number(const char* place) {
  T value;
  std::memcpy(&value, place, sizeof value);
  return value;
}

uint32_t ChecksumOf(std::string_view bytes) {
  constexpr unsigned char kZeros[4] = {};
  const auto add = [](uLong sum, const void* data, size_t size) {
    return crc32(sum, static_cast<const Bytef*>(data), static_cast<uInt>(size));
  };
  uLong sum = add(0, bytes.data(), kChecksumPlace);
  sum = add(sum, kZeros, sizeof kZeros);
  sum = add(sum, bytes.data() + kChecksumPlace + sizeof kZeros, bytes.size() - kChecksumPlace - sizeof kZeros);
  return static_cast<uint32_t>(sum);
}

absl::Status Refused(std::string_view name, std::string_view what) {
  return absl::InvalidArgumentError(fmt::format("read weights {}: {}", name, what));
}

}  // namespace

size_t WeightFile::BytesOf(Type type) {
  switch (type) {
    case Type::kInt8:
      return 1;
    case Type::kInt16:
      return 2;
    case Type::kInt32:
    case Type::kUint32:
    case Type::kFloat32:
      return 4;
  }
  return 0;  // of no type that this build knows
}

std::string_view WeightFile::NameOf(Type type) {
  constexpr std::string_view kNames[] = {"int8", "int16", "int32", "uint32", "float32"};
  return kNames[static_cast<uint32_t>(type) - 1];
}

absl::StatusOr<WeightFile> WeightFile::Read(const std::string& path) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in) return absl::NotFoundError(fmt::format("read weights {}: no such file, or not readable", path));
  const std::streamoff size = in.tellg();
  if (size < 0 || size > static_cast<std::streamoff>(kMostBytes)) {
    return Refused(path,
                   fmt::format("{} bytes, where a weight file has at most {}; name another file", size, kMostBytes));
  }
  std::string bytes(static_cast<size_t>(size), '\0');
  in.seekg(0);
  if (!in.read(bytes.data(), size)) return Refused(path, "the file cannot be read to its end; try again");
  return Parse(bytes, path);
}

absl::StatusOr<WeightFile> WeightFile::Parse(std::string_view bytes, std::string name) {
  if (!bytes.starts_with(kMagic)) return Refused(name, "not a weight file; name one that tools/train wrote");
  if (bytes.size() < kHeaderBytes) return Refused(name, fmt::format("cut short in its header; {}", kTakeAnother));
  if (const auto format = Number<uint32_t>(bytes.data() + 8); format != kFormat) {
    return Refused(name,
                   fmt::format("written in format {}, this build reads {}; use the weights that came with this build",
                               format, kFormat));
  }
  if (bytes.size() > kMostBytes) {
    return Refused(
        name, fmt::format("{} bytes, where a weight file has at most {}; name another file", bytes.size(), kMostBytes));
  }
  if (const auto size = Number<uint64_t>(bytes.data() + 16); size != bytes.size()) {
    return Refused(name, fmt::format("{} bytes, where its header says {}; {}", bytes.size(), size, kTakeAnother));
  }
  if (const uint32_t sum = ChecksumOf(bytes); sum != Number<uint32_t>(bytes.data() + kChecksumPlace)) {
    return Refused(name, fmt::format("the checksum does not match, so the file has changed since it was written; {}",
                                     kTakeAnother));
  }
  WeightFile file;
  file.name_ = std::move(name);
  file.blocks_.resize((bytes.size() + kAlignment - 1) / kAlignment);
  std::memcpy(file.blocks_.data(), bytes.data(), bytes.size());
  NEWSGRAPH_RETURN_IF_ERROR(file.ReadTable(bytes.size()));
  return file;
}

absl::Status WeightFile::ReadTable(size_t size) {
  const char* const bytes = reinterpret_cast<const char*>(blocks_.data());
  const auto count = Number<uint32_t>(bytes + 12);
  if (count > kMostSections || kHeaderBytes + count * kEntryBytes > size) {
    return Refused(
        name_, fmt::format("a table of {} sections, where at most {} are allowed and the file has {} bytes; {}", count,
                           kMostSections, size, kTakeAnother));
  }
  size_t end = kHeaderBytes + count * kEntryBytes;
  for (uint32_t index = 0; index < count; ++index) {
    const char* const entry = bytes + kHeaderBytes + index * kEntryBytes;
    const std::string_view field(entry, kNameBytes);
    const std::string_view name = field.substr(0, field.find('\0'));
    bool printable = !name.empty() && name.size() < kNameBytes;
    for (const char c : name) printable = printable && c >= ' ' && c <= '~';
    if (!printable) return Refused(name_, fmt::format("section {} has no printable name; {}", index + 1, kTakeAnother));
    if (FindSection(name).ok()) return Malformed(name, "there are two of this name");

    Section section;
    section.name = name;
    section.type = static_cast<Type>(Number<uint32_t>(entry + kNameBytes));
    const size_t element = BytesOf(section.type);
    if (element == 0) return Malformed(name, fmt::format("of unknown type {}", static_cast<uint32_t>(section.type)));
    const auto rank = Number<uint32_t>(entry + kNameBytes + 4);
    if (rank < 1 || rank > kMostRank)
      return Malformed(name, fmt::format("{} dimensions, where 1 to {} are allowed", rank, kMostRank));
    uint64_t values = 1;  // below 2^24 after each check, so that no product overflows
    for (size_t dimension = 0; dimension < kMostRank; ++dimension) {
      const auto length = Number<uint32_t>(entry + kNameBytes + 8 + 4 * dimension);
      if (dimension >= rank ? length != 1 : length == 0 || length * values > kMostBytes) {
        return Malformed(name, fmt::format("a length of {} in dimension {} of {}", length, dimension + 1, rank));
      }
      values *= length;
      if (dimension < rank) section.shape.push_back(length);
    }
    const auto offset = Number<uint64_t>(entry + kNameBytes + 24);
    const auto section_size = Number<uint64_t>(entry + kNameBytes + 32);
    if (section_size != values * element) {
      return Malformed(name, fmt::format("{} bytes, where its shape {} of {} takes {}", section_size, section.shape,
                                         NameOf(section.type), values * element));
    }
    if (offset % kAlignment != 0 || offset < end || offset > size || section_size > size - offset) {
      return Malformed(name, fmt::format("{} bytes at {}, where the file has {}, sections begin at multiples of {} and "
                                         "what stands before ends at {}",
                                         section_size, offset, size, kAlignment, end));
    }
    section.offset = offset;
    section.size = section_size;
    end = offset + section_size;
    sections_.push_back(std::move(section));
  }
  return absl::OkStatus();
}

absl::Status WeightFile::Malformed(std::string_view section, std::string_view what) const {
  return Refused(name_, fmt::format("section {}: {}; {}", section, what, kTakeAnother));
}

absl::StatusOr<const WeightFile::Section*> WeightFile::FindSection(std::string_view name) const {
  for (const Section& section : sections_) {
    if (section.name == name) return &section;
  }
  return absl::NotFoundError(
      fmt::format("read weights {}: no section {}; use the weights that came with this build", name_, name));
}

absl::StatusOr<std::span<const std::byte>> WeightFile::Find(std::string_view section, Type type,
                                                            const std::vector<uint32_t>& shape) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(const Section* const found, FindSection(section));
  if (found->type != type) {
    return Malformed(section, fmt::format("of {}, where {} is needed", NameOf(found->type), NameOf(type)));
  }
  if (!shape.empty() && found->shape != shape) {
    return Malformed(section, fmt::format("of shape {}, where {} is needed", found->shape, shape));
  }
  return std::span(reinterpret_cast<const std::byte*>(blocks_.data()) + found->offset, found->size);
}

absl::StatusOr<std::vector<uint32_t>> WeightFile::Shape(std::string_view section) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(const Section* const found, FindSection(section));
  return found->shape;
}

std::vector<std::string> WeightFile::ListSections() const {
  std::vector<std::string> names;
  for (const Section& section : sections_) names.push_back(section.name);
  return names;
}

}  // namespace newsgraph
