// JSON lines: an object a line, a document an object. Bytes come in pieces, so that a
// line of a gigabyte is refused without ever being held.

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "graph/status.h"
#include "ingest/readers/format_reader.h"

namespace newsgraph {
namespace {

// JSON may write a byte of text as six ("\u00e9"), and the other fields need some room.
constexpr uint64_t kMaxEscape = 6;
constexpr uint64_t kOtherFieldsBytes = 64 << 10;

constexpr std::string_view kKeys[] = {"id", "uri", "title", "publisher", "author", "published", "language", "text"};

class JsonLinesReader : public DocumentReader {
 public:
  explicit JsonLinesReader(ReaderInput input) : input_(std::move(input)) {}

  absl::StatusOr<std::optional<ReadDocument>> Next() override {
    if (broken_) return std::nullopt;
    while (true) {
      bool too_long = false;
      const uint64_t limit = input_.options.max_document_bytes * kMaxEscape + kOtherFieldsBytes;
      const absl::StatusOr<bool> read = input_.source->ReadLine(line_, limit, too_long);
      std::string place = fmt::format("{}:{}", input_.name, number_ + 1);
      if (!read.ok()) {
        if (!IsFaultOfContent(read.status())) return AtPlace(input_.name, read.status());
        broken_ = true;
        return ReadDocument{place, AtPlace(place, read.status())};
      }
      if (!*read) return std::nullopt;
      ++number_;
      if (too_long) {
        // The line's buffer has grown to the limit: give it back.
        std::string().swap(line_);
        return ReadDocument{place, TooLong(place, input_.options.max_document_bytes)};
      }
      if (line_.find_first_not_of(" \t\r") == std::string::npos) continue;
      ReadDocument result{place, ParseDocumentJson(line_)};
      if (!result.document.ok()) {
        result.document = AtPlace(place, result.document.status());
      } else if (const absl::Status status = CheckLength(place, *result.document, input_.options); !status.ok()) {
        result.document = status;
      } else {
        result.characters.kept = CountCharacters(result.document->text);
      }
      return result;
    }
  }

 private:
  ReaderInput input_;
  std::string line_;
  uint64_t number_ = 0;
  bool broken_ = false;
};

// What an error quotes of a key: enough to find it.
std::string_view Beginning(std::string_view text) {
  constexpr size_t kQuoted = 40;
  size_t end = std::min(text.size(), kQuoted);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace

bool LooksLikeJsonLines(std::string_view beginning) {
  const size_t begin = beginning.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos || beginning[begin] != '{') return false;
  const size_t end = beginning.find('\n', begin);
  if (end == std::string_view::npos && beginning.size() >= kSniffedBytes) {
    // A long line, of which this is a part.
    const size_t key = beginning.find('"', begin) + 1;
    const std::string_view first = beginning.substr(key, beginning.find('"', key) - key);
    return std::find(std::begin(kKeys), std::end(kKeys), first) != std::end(kKeys) &&
           beginning.find("\"text\"") != std::string_view::npos;
  }
  const nlohmann::json object =
      nlohmann::json::parse(beginning.substr(begin, end - begin), nullptr, /*allow_exceptions=*/false);
  return object.is_object() && object.contains("text") && object["text"].is_string() &&
         std::all_of(object.items().begin(), object.items().end(), [](const auto& item) {
           return std::find(std::begin(kKeys), std::end(kKeys), item.key()) != std::end(kKeys);
         });
}

std::unique_ptr<DocumentReader> OpenJsonLines(ReaderInput input) {
  return std::make_unique<JsonLinesReader>(std::move(input));
}

absl::StatusOr<Document> ParseDocumentJson(std::string_view json) {
  NEWSGRAPH_RETURN_IF_ERROR(CheckUtf8(json));
  nlohmann::json object;
  try {
    object = nlohmann::json::parse(json);
  } catch (const nlohmann::json::parse_error& error) {
    return absl::InvalidArgumentError(
        fmt::format("not one whole JSON object: it breaks at byte {}; one object a line is expected", error.byte));
  }
  if (!object.is_object()) {
    return absl::InvalidArgumentError("not a JSON object; one object a line is expected");
  }
  Document document;
  const std::pair<std::string_view, std::string*> fields[] = {{"id", &document.id},
                                                              {"uri", &document.uri},
                                                              {"title", &document.title},
                                                              {"publisher", &document.publisher},
                                                              {"author", &document.author},
                                                              {"published", &document.published},
                                                              {"language", &document.language},
                                                              {"text", &document.text}};
  for (auto& item : object.items()) {
    const std::string& key = item.key();
    nlohmann::json& value = item.value();
    const auto* const field = std::find_if(std::begin(fields), std::end(fields),
                                           [&](const auto& candidate) { return candidate.first == key; });
    if (field == std::end(fields)) {
      return absl::InvalidArgumentError(
          fmt::format("unknown key \"{}\"; id, uri, title, publisher, author, published, language and text are known",
                      Beginning(key)));
    }
    if (value.is_null()) continue;
    if (!value.is_string()) return absl::InvalidArgumentError(fmt::format("\"{}\" is not a string", key));
    *field->second = std::move(value.get_ref<std::string&>());
  }
  if (document.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    return absl::InvalidArgumentError("no \"text\"; a document needs one");
  }
  return document;
}

}  // namespace newsgraph
