#include "service/page_token.h"

#include <array>
#include <optional>

#include "graph/ids.h"

namespace newsgraph {
namespace {

constexpr char kVersion = 1;
constexpr size_t kHeader = 1 + sizeof(uint64_t);
constexpr size_t kChecksum = sizeof(uint32_t);
constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void AppendBigEndian(uint64_t number, size_t bytes, std::string& out) {
  for (size_t i = bytes; i-- > 0;) out.push_back(static_cast<char>(number >> (8 * i)));
}

std::string Checksum(std::string_view bytes) {
  std::string out;
  AppendBigEndian(Hash128(bytes).low, kChecksum, out);
  return out;
}

std::string Base64Url(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() * 4 + 2) / 3);
  uint32_t held = 0;
  int bits = 0;
  for (const unsigned char byte : bytes) {
    held = held << 8 | byte;
    for (bits += 8; bits >= 6;) out.push_back(kDigits[held >> (bits -= 6) & 63]);
  }
  if (bits > 0) out.push_back(kDigits[held << (6 - bits) & 63]);
  return out;
}

std::optional<std::string> FromBase64Url(std::string_view text) {
  std::string out;
  uint32_t held = 0;
  int bits = 0;
  for (const char digit : text) {
    const size_t value = kDigits.find(digit);
    if (value == std::string_view::npos) return std::nullopt;
    held = held << 6 | static_cast<uint32_t>(value);
    if ((bits += 6) >= 8) out.push_back(static_cast<char>(held >> (bits -= 8)));
  }
  // One text for each token: no digit too many, and the bits left over are zero.
  if (bits >= 6 || (held & ((1u << bits) - 1)) != 0) return std::nullopt;
  return out;
}

}  // namespace

std::string MakePageToken(uint64_t fingerprint, std::string_view position) {
  std::string bytes(1, kVersion);
  AppendBigEndian(fingerprint, sizeof fingerprint, bytes);
  bytes += position;
  bytes += Checksum(bytes);
  return Base64Url(bytes);
}

absl::StatusOr<std::string> ReadPageToken(uint64_t fingerprint, std::string_view token) {
  const std::optional<std::string> bytes = FromBase64Url(token);
  if (!bytes || bytes->size() < kHeader + kChecksum ||
      Checksum(std::string_view(*bytes).substr(0, bytes->size() - kChecksum)) !=
          bytes->substr(bytes->size() - kChecksum)) {
    return absl::InvalidArgumentError("page token: damaged; start again without a page token");
  }
  if (bytes->front() != kVersion) {
    return absl::InvalidArgumentError("page token: of another version of newsgraph; start again without a page token");
  }
  std::string expected;
  AppendBigEndian(fingerprint, sizeof fingerprint, expected);
  if (bytes->compare(1, sizeof fingerprint, expected) != 0) {
    return absl::InvalidArgumentError(
        "page token: belongs to another query; send the request that it came from, unchanged but for the page size, or "
        "start again without a page token");
  }
  return bytes->substr(kHeader, bytes->size() - kHeader - kChecksum);
}

}  // namespace newsgraph
