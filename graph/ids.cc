#include "graph/ids.h"

#include <xxhash.h>

#include <array>

namespace newsgraph {
namespace {

void AppendField(std::string& bytes, std::string_view field) {
  const uint64_t size = field.size();
  for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(size >> shift));
  bytes.append(field);
}

std::optional<uint64_t> ParseHex64(std::string_view digits) {
  uint64_t value = 0;
  for (const char c : digits) {
    if (c >= '0' && c <= '9') {
      value = value << 4 | static_cast<uint64_t>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      value = value << 4 | static_cast<uint64_t>(c - 'a' + 10);
    } else {
      return std::nullopt;
    }
  }
  return value;
}

}  // namespace

Id128 Hash128(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

Id128 HashFields(std::initializer_list<std::string_view> fields) {
  std::string bytes;
  for (const std::string_view field : fields) AppendField(bytes, field);
  return Hash128(bytes);
}

AtomId MakeAtomId(std::string_view document_id, std::string_view folded_name, uint32_t number) {
  return {HashFields({document_id, folded_name, std::to_string(number)})};
}

DocumentKey MakeDocumentKey(std::string_view document_id) { return {HashFields({document_id})}; }

std::string MakeDocumentId(std::string_view uri, std::string_view title, std::string_view text) {
  return "d" + ToHex(uri.empty() ? HashFields({title, text}) : HashFields({uri}));
}

std::string ToHex(Id128 id) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex(32, '0');
  for (int i = 0; i < 16; ++i) {
    hex[i] = kDigits[id.high >> (60 - 4 * i) & 15];
    hex[16 + i] = kDigits[id.low >> (60 - 4 * i) & 15];
  }
  return hex;
}

std::string ToString(AtomId id) { return "a" + ToHex(id.value); }
std::string ToString(EntityId id) { return "e" + ToHex(id.value); }

std::optional<AtomId> ParseEntityOrAtomId(std::string_view text) {
  if (text.size() != 33 || (text[0] != 'e' && text[0] != 'a')) return std::nullopt;
  const auto high = ParseHex64(text.substr(1, 16));
  const auto low = ParseHex64(text.substr(17));
  if (!high || !low) return std::nullopt;
  return AtomId{{*high, *low}};
}

}  // namespace newsgraph
