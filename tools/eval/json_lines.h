// Reading of JSON lines with errors that name file, line and key. Private to tools/eval.
#ifndef NEWSGRAPH_TOOLS_EVAL_JSON_LINES_H_
#define NEWSGRAPH_TOOLS_EVAL_JSON_LINES_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/model.h"

namespace newsgraph {

// The whole file. NotFound when it cannot be read.
absl::StatusOr<std::string> ReadWholeFile(const std::filesystem::path& path);

// Calls `take` for each line that is not empty and stops at the first error, which it then
// gives back as "read FILE:LINE: …".
absl::Status ForEachLine(const std::filesystem::path& path, const std::function<absl::Status(std::string_view)>& take);

// InvalidArgument: no JSON object.
absl::StatusOr<nlohmann::json> ParseObject(std::string_view line);

// Of one object; InvalidArgument when the key is missing or holds something else.
absl::StatusOr<std::string> TextOf(const nlohmann::json& object, const char* key);
absl::StatusOr<uint32_t> NumberOf(const nlohmann::json& object, const char* key);
// Empty, or `otherwise`, where the key is missing or null.
absl::StatusOr<std::string> OptionalTextOf(const nlohmann::json& object, const char* key);
absl::StatusOr<bool> FlagOf(const nlohmann::json& object, const char* key, bool otherwise);

// OK when the span lies in `text`, on whole characters, and gives `surface`.
absl::Status CheckSpan(std::string_view text, uint32_t begin, uint32_t end, std::string_view surface);

}  // namespace newsgraph

#endif  // NEWSGRAPH_TOOLS_EVAL_JSON_LINES_H_
