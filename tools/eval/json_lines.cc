#include "tools/eval/json_lines.h"

#include <fmt/format.h>

#include <fstream>
#include <limits>
#include <sstream>
#include <utility>

#include "graph/status.h"

namespace newsgraph {

absl::StatusOr<std::string> ReadWholeFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  if (in) bytes << in.rdbuf();
  if (!in || std::filesystem::is_directory(path)) {
    return absl::NotFoundError(fmt::format("read {}: no such file, or it cannot be read", path.string()));
  }
  return std::move(bytes).str();
}

absl::Status ForEachLine(const std::filesystem::path& path, const std::function<absl::Status(std::string_view)>& take) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::string bytes, ReadWholeFile(path));
  std::string_view rest = bytes;
  for (uint64_t number = 1; !rest.empty(); ++number) {
    const size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    if (const absl::Status status = take(line); !status.ok()) {
      return absl::Status(status.code(),
                          fmt::format("read {}:{}: {}", path.string(), number, std::string(status.message())));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<nlohmann::json> ParseObject(std::string_view line) {
  nlohmann::json object = nlohmann::json::parse(line.begin(), line.end(), nullptr, /*allow_exceptions=*/false);
  if (!object.is_object()) return absl::InvalidArgumentError("no JSON object; the line is broken or cut off");
  return object;
}

absl::StatusOr<std::string> TextOf(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) return absl::InvalidArgumentError(fmt::format("\"{}\" is missing", key));
  if (!found->is_string()) return absl::InvalidArgumentError(fmt::format("\"{}\" is not a string", key));
  return found->get<std::string>();
}

absl::StatusOr<uint32_t> NumberOf(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) return absl::InvalidArgumentError(fmt::format("\"{}\" is missing", key));
  if (!found->is_number_unsigned() || found->get<uint64_t>() > std::numeric_limits<uint32_t>::max()) {
    return absl::InvalidArgumentError(fmt::format("\"{}\" is not a whole number of at most 32 bits", key));
  }
  return found->get<uint32_t>();
}

absl::StatusOr<std::string> OptionalTextOf(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return std::string();
  return TextOf(object, key);
}

absl::StatusOr<bool> FlagOf(const nlohmann::json& object, const char* key, bool otherwise) {
  const auto found = object.find(key);
  if (found == object.end()) return otherwise;
  if (!found->is_boolean()) return absl::InvalidArgumentError(fmt::format("\"{}\" is neither true nor false", key));
  return found->get<bool>();
}

absl::Status CheckSpan(std::string_view text, uint32_t begin, uint32_t end, std::string_view surface) {
  if (begin >= end || end > text.size()) {
    return absl::InvalidArgumentError(
        fmt::format("{}–{} does not lie in the {} bytes of the text", begin, end, text.size()));
  }
  if (const std::string_view there = text.substr(begin, end - begin); there != surface) {
    return absl::InvalidArgumentError(fmt::format(
        "{}–{} of the text does not read \"{}\"; do the offsets belong to another text?", begin, end, surface));
  }
  return absl::OkStatus();
}

}  // namespace newsgraph
