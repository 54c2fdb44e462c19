// Weight files in memory, as ingest/tagger/README.md lays them out; written without the code that reads them.
#ifndef NEWSGRAPH_TESTS_INGEST_WEIGHT_BYTES_H_
#define NEWSGRAPH_TESTS_INGEST_WEIGHT_BYTES_H_

#include <zlib.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

namespace newsgraph {

struct WeightSection {
  std::string name;
  uint32_t type;
  std::vector<uint32_t> shape;
  std::string data;
};

template <class T>
WeightSection MakeSection(std::string name, std::vector<uint32_t> shape, const std::vector<T>& values) {
  constexpr uint32_t kType = std::is_same_v<T, int8_t>     ? 1
                             : std::is_same_v<T, int16_t>  ? 2
                             : std::is_same_v<T, int32_t>  ? 3
                             : std::is_same_v<T, uint32_t> ? 4
                                                           : 5;
  return {std::move(name), kType, std::move(shape),
          std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T))};
}

template <class T>
void SetNumber(std::string& bytes, size_t place, T value) {
  std::memcpy(bytes.data() + place, &value, sizeof value);
}

// Makes the size and the checksum of the header true again.
inline void SignWeights(std::string& bytes) {
  if (bytes.size() < 32) return;
  SetNumber<uint64_t>(bytes, 16, bytes.size());
  SetNumber<uint32_t>(bytes, 24, 0);
  const uLong sum = crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()));
  SetNumber(bytes, 24, static_cast<uint32_t>(sum));
}

// Where a field of a section's entry in the table stands.
inline size_t EntryPlace(size_t section, size_t field) { return 32 + 80 * section + field; }

inline std::string MakeWeightBytes(const std::vector<WeightSection>& sections) {
  std::string bytes = "NGWEIGHT" + std::string(24, '\0');
  SetNumber<uint32_t>(bytes, 8, 1);
  SetNumber<uint32_t>(bytes, 12, static_cast<uint32_t>(sections.size()));
  bytes.resize(32 + 80 * sections.size());
  for (size_t i = 0; i < sections.size(); ++i) {
    const WeightSection& section = sections[i];
    bytes.resize((bytes.size() + 63) / 64 * 64);
    bytes.replace(EntryPlace(i, 0), section.name.size(), section.name);
    SetNumber(bytes, EntryPlace(i, 40), section.type);
    SetNumber(bytes, EntryPlace(i, 44), static_cast<uint32_t>(section.shape.size()));
    for (size_t d = 0; d < 4; ++d) {
      SetNumber<uint32_t>(bytes, EntryPlace(i, 48 + 4 * d), d < section.shape.size() ? section.shape[d] : 1);
    }
    SetNumber<uint64_t>(bytes, EntryPlace(i, 64), bytes.size());
    SetNumber<uint64_t>(bytes, EntryPlace(i, 72), section.data.size());
    bytes += section.data;
  }
  SignWeights(bytes);
  return bytes;
}

}  // namespace newsgraph

#endif  // NEWSGRAPH_TESTS_INGEST_WEIGHT_BYTES_H_
