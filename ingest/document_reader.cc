// Bytes come in pieces of 64 KB, so that a line of a gigabyte is refused without ever
// being held: past the limit the rest of it is skipped, not kept.

#include "ingest/document_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "graph/status.h"

namespace newsgraph {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// A first line longer than this is a paragraph, not a headline.
constexpr size_t kMaxTitleBytes = 600;
// JSON may write a byte of text as six ("\u00e9"), and the other fields need some room.
constexpr uint64_t kMaxEscape = 6;
constexpr uint64_t kOtherFieldsBytes = 64 << 10;

absl::Status TooLong(std::string_view place, uint64_t limit) {
  return absl::InvalidArgumentError(
      fmt::format("read {}: longer than {} bytes of text; split it into several documents", place, limit));
}

absl::Status AtPlace(std::string_view place, const absl::Status& status) {
  return absl::Status(status.code(), fmt::format("read {}: {}", place, std::string(status.message())));
}

// Pieces of a stream. Not thread-safe.
class ByteSource {
 public:
  explicit ByteSource(std::istream& in) : in_(in) {}

  // Appends up to and without the next line break to `line`. False at the end of the
  // input. Sets `too_long`, and stops appending, past `limit` bytes.
  bool ReadLine(std::string& line, uint64_t limit, bool& too_long) {
    line.clear();
    too_long = false;
    bool any = false;
    while (Fill()) {
      any = true;
      const char* const begin = buffer_.data() + position_;
      const char* const end = buffer_.data() + size_;
      const void* const found = std::memchr(begin, '\n', static_cast<size_t>(end - begin));
      const char* const newline = found ? static_cast<const char*>(found) : end;
      if (line.size() + static_cast<uint64_t>(newline - begin) > limit) {
        too_long = true;
      } else if (!too_long) {
        line.append(begin, newline);
      }
      position_ += static_cast<size_t>(newline - begin);
      if (newline != end) {
        ++position_;
        return true;
      }
    }
    return any;
  }

  // Everything that is left, or the first limit + 1 bytes of it.
  std::string ReadAll(uint64_t limit) {
    std::string all;
    while (all.size() <= limit && Fill()) {
      const size_t count = static_cast<size_t>(std::min<uint64_t>(size_ - position_, limit + 1 - all.size()));
      all.append(buffer_.data() + position_, count);
      position_ += count;
    }
    return all;
  }

  bool failed() const { return in_.bad(); }

 private:
  bool Fill() {
    if (position_ < size_) return true;
    in_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    size_ = static_cast<size_t>(in_.gcount());
    position_ = 0;
    return size_ > 0;
  }

  std::istream& in_;
  std::array<char, 64 << 10> buffer_;
  size_t position_ = 0, size_ = 0;
};

absl::Status InputFailed(std::string_view name) {
  return absl::UnavailableError(fmt::format("read {}: input failed; check the disk or the pipe and try again", name));
}

absl::StatusOr<Document> MakePlainTextDocument(std::string bytes) {
  if (std::string_view(bytes).starts_with(kByteOrderMark)) bytes.erase(0, kByteOrderMark.size());
  if (bytes.empty()) return absl::InvalidArgumentError("the file is empty; give it some text");
  NEWSGRAPH_RETURN_IF_ERROR(CheckUtf8(bytes));
  if (bytes.find_first_not_of(" \t\r\n") == std::string::npos) {
    return absl::InvalidArgumentError("the file holds nothing but white space; give it some text");
  }
  Document document;
  std::string_view title = std::string_view(bytes).substr(0, bytes.find('\n'));
  if (title.ends_with('\r')) title.remove_suffix(1);
  if (title.size() <= kMaxTitleBytes && title.find_first_not_of(" \t") != std::string_view::npos) {
    document.title = std::string(title);
  }
  document.text = std::move(bytes);
  return document;
}

class PlainTextReader : public DocumentReader {
 public:
  PlainTextReader(std::istream& in, std::string name, const DocumentReaderOptions& options)
      : source_(in), name_(std::move(name)), options_(options) {}

  absl::StatusOr<std::optional<ReadDocument>> Next() override {
    if (done_) return std::nullopt;
    done_ = true;
    std::string bytes = source_.ReadAll(options_.max_document_bytes);
    if (source_.failed()) return InputFailed(name_);
    if (bytes.size() > options_.max_document_bytes) {
      return ReadDocument{name_, TooLong(name_, options_.max_document_bytes)};
    }
    absl::StatusOr<Document> document = MakePlainTextDocument(std::move(bytes));
    if (!document.ok()) return ReadDocument{name_, AtPlace(name_, document.status())};
    return ReadDocument{name_, std::move(document)};
  }

 private:
  ByteSource source_;
  std::string name_;
  DocumentReaderOptions options_;
  bool done_ = false;
};

size_t SizeOf(const Document& document) {
  return document.id.size() + document.uri.size() + document.title.size() + document.publisher.size() +
         document.author.size() + document.published.size() + document.language.size() + document.text.size();
}

class JsonLinesReader : public DocumentReader {
 public:
  JsonLinesReader(std::istream& in, std::string name, const DocumentReaderOptions& options)
      : source_(in), name_(std::move(name)), options_(options) {}

  absl::StatusOr<std::optional<ReadDocument>> Next() override {
    while (true) {
      bool too_long = false;
      const uint64_t limit = options_.max_document_bytes * kMaxEscape + kOtherFieldsBytes;
      const bool read = source_.ReadLine(line_, limit, too_long);
      // What was read of a line that breaks off is no document.
      if (source_.failed()) return InputFailed(name_);
      if (!read) return std::nullopt;
      ++number_;
      std::string place = fmt::format("{}:{}", name_, number_);
      if (too_long) {
        // The line's buffer has grown to the limit: give it back.
        std::string().swap(line_);
        return ReadDocument{place, TooLong(place, options_.max_document_bytes)};
      }
      std::string_view json = line_;
      if (number_ == 1 && json.starts_with(kByteOrderMark)) json.remove_prefix(kByteOrderMark.size());
      if (json.find_first_not_of(" \t\r") == std::string_view::npos) continue;
      absl::StatusOr<Document> document = ParseDocumentJson(json);
      if (!document.ok()) return ReadDocument{place, AtPlace(place, document.status())};
      if (SizeOf(*document) > options_.max_document_bytes) {
        return ReadDocument{place, TooLong(place, options_.max_document_bytes)};
      }
      return ReadDocument{std::move(place), std::move(document)};
    }
  }

 private:
  ByteSource source_;
  std::string name_;
  DocumentReaderOptions options_;
  std::string line_;
  uint64_t number_ = 0;
};

// A reader with the file that it reads.
class FileReader : public DocumentReader {
 public:
  FileReader(std::unique_ptr<std::ifstream> file, const std::string& path, const DocumentReaderOptions& options)
      : file_(std::move(file)), reader_(DocumentReader::FromStream(*file_, path, options)) {}

  absl::StatusOr<std::optional<ReadDocument>> Next() override { return reader_->Next(); }

 private:
  std::unique_ptr<std::ifstream> file_;
  std::unique_ptr<DocumentReader> reader_;
};

// What an error quotes of a key: enough to find it.
std::string_view Beginning(std::string_view text) {
  constexpr size_t kQuoted = 40;
  size_t end = std::min(text.size(), kQuoted);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

bool IsJsonLinesName(std::string_view path) { return path.ends_with(".jsonl") || path.ends_with(".ndjson"); }

}  // namespace

absl::StatusOr<std::unique_ptr<DocumentReader>> DocumentReader::Open(const std::string& path,
                                                                     const DocumentReaderOptions& options) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) {
    return absl::NotFoundError(fmt::format("read {}: no such file", path));
  }
  if (status.type() == std::filesystem::file_type::directory) {
    return absl::InvalidArgumentError(fmt::format("read {}: a directory; name the files in it", path));
  }
  auto file = std::make_unique<std::ifstream>(path, std::ios::binary);
  if (!*file) return absl::UnavailableError(fmt::format("read {}: cannot be opened; check its permissions", path));
  return std::make_unique<FileReader>(std::move(file), path, options);
}

std::unique_ptr<DocumentReader> DocumentReader::FromStream(std::istream& in, std::string name,
                                                           const DocumentReaderOptions& options) {
  const bool json_lines = options.format == DocumentFormat::kJsonLines ||
                          (options.format == DocumentFormat::kAuto && IsJsonLinesName(name));
  if (json_lines) return std::make_unique<JsonLinesReader>(in, std::move(name), options);
  return std::make_unique<PlainTextReader>(in, std::move(name), options);
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
  for (auto& [key, value] : object.items()) {
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

absl::Status CheckUtf8(std::string_view bytes) {
  size_t line = 1, column = 1;
  for (size_t i = 0; i < bytes.size();) {
    const auto byte = [&](size_t k) { return static_cast<unsigned char>(bytes[k]); };
    const unsigned char lead = byte(i);
    size_t length = 0;
    if (lead < 0x80) length = 1;
    if (lead >= 0xC2 && lead < 0xE0) length = 2;
    if (lead >= 0xE0 && lead < 0xF0) length = 3;
    if (lead >= 0xF0 && lead < 0xF5) length = 4;
    bool valid = length > 0 && i + length <= bytes.size();
    for (size_t k = 1; valid && k < length; ++k) valid = (byte(i + k) & 0xC0) == 0x80;
    // Overlong forms, surrogates, and what lies beyond U+10FFFF.
    if (valid && length == 3) valid = !(lead == 0xE0 && byte(i + 1) < 0xA0) && !(lead == 0xED && byte(i + 1) >= 0xA0);
    if (valid && length == 4) valid = !(lead == 0xF0 && byte(i + 1) < 0x90) && !(lead == 0xF4 && byte(i + 1) >= 0x90);
    if (!valid) {
      return absl::InvalidArgumentError(
          fmt::format("not UTF-8: byte 0x{:02x} at line {}, column {}; convert the file to UTF-8", lead, line, column));
    }
    if (lead == '\n') {
      ++line;
      column = 1;
    } else {
      ++column;
    }
    i += length;
  }
  return absl::OkStatus();
}

}  // namespace newsgraph
