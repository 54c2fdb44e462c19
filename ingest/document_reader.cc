// What all formats share: an input is opened, unpacked, its encoding told and undone, its
// format told, and then one of the readers of readers/ reads it.

#include "ingest/document_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

#include "graph/status.h"
#include "ingest/readers/byte_source.h"
#include "ingest/readers/format_reader.h"
#include "ingest/readers/text_encoding.h"

namespace newsgraph {
namespace {

constexpr std::string_view kFormatNames[] = {"auto", "text", "jsonl", "html", "feed", "ninjs", "markdown"};
constexpr std::string_view kCutReasonNames[] = {"script",   "hidden",  "navigation", "advertisement",
                                                "related",  "comment", "form",       "share",
                                                "headline", "byline",  "notice",     "outside"};
static_assert(std::size(kCutReasonNames) == kCutReasons);

// Formats that hold no news to read, by how their files begin.
struct Unreadable {
  std::string_view magic;
  std::string_view what;
};
constexpr Unreadable kUnreadable[] = {
    {"%PDF-", "a PDF file; convert it to text or HTML first"},
    {"PK\x03\x04", "a zip file or an office document; unpack it or save it as HTML first"},
    {"\xD0\xCF\x11\xE0", "an old office document; save it as HTML first"},
    {"\x28\xB5\x2F\xFD", "packed by zstd; unpack it first, or pack it by gzip"},
    {"\xFD"
     "7zXZ",
     "packed by xz; unpack it first, or pack it by gzip"},
    {"BZh9", "packed by bzip2; unpack it first, or pack it by gzip"},
};

std::string TooLongMessage(uint64_t limit) {
  return fmt::format("longer than {} bytes of text; split it into several documents", limit);
}

bool HasSuffix(std::string_view name, std::string_view suffixes) {
  if (name.ends_with(".gz")) name.remove_suffix(3);
  while (!suffixes.empty()) {
    const std::string_view suffix = suffixes.substr(0, suffixes.find(' '));
    if (name.ends_with(suffix)) return true;
    suffixes.remove_prefix(std::min(suffix.size() + 1, suffixes.size()));
  }
  return false;
}

const FormatReader& FindFormat(DocumentFormat format, std::string_view beginning, std::string_view name) {
  const absl::Span<const FormatReader> readers = FormatReaders();
  for (const FormatReader& reader : readers) {
    if (format == DocumentFormat::kAuto ? reader.sniff != nullptr && reader.sniff(beginning)
                                        : reader.format == format) {
      return reader;
    }
  }
  for (const FormatReader& reader : readers) {
    if (HasSuffix(name, reader.suffixes)) return reader;
  }
  return readers.back();
}

// Looks at the input when the first document is asked for.
class InputReader : public DocumentReader {
 public:
  InputReader(std::istream& in, std::string name, const DocumentReaderOptions& options)
      : in_(in), name_(std::move(name)), options_(options) {}

  absl::StatusOr<std::optional<ReadDocument>> Next() override {
    if (!reader_) {
      if (done_) return std::nullopt;
      done_ = true;
      const absl::Status status = Start();
      if (!status.ok()) return ReadDocument{name_, AtPlace(name_, status)};
    }
    return reader_->Next();
  }

 private:
  absl::Status Start() {
    auto source = std::make_unique<BufferedSource>(MakeStreamSource(in_));
    if (IsGzip(source->Peek(3))) {
      source = std::make_unique<BufferedSource>(MakeGunzipSource(std::move(source), options_.max_compression_ratio));
    }
    const std::string_view beginning = source->Peek(kEncodingSampleBytes);
    for (const auto& [magic, what] : kUnreadable) {
      if (beginning.starts_with(magic)) return absl::InvalidArgumentError(std::string(what));
    }
    TextEncoding encoding;
    if (!options_.encoding.empty()) {
      NEWSGRAPH_ASSIGN_OR_RETURN(encoding, GivenTextEncoding(options_.encoding, beginning));
    } else {
      encoding = DetectTextEncoding(beginning);
    }
    if (!encoding.is_given && !encoding.is_declared && encoding.name != "UTF-16" && !encoding.converter.empty() &&
        !FindFormat(options_.format, beginning, name_).may_be_legacy_encoding) {
      encoding = TextEncoding{"UTF-8"};
    }
    source = std::make_unique<BufferedSource>(MakeDecodingSource(std::move(source), encoding));
    const FormatReader& format = FindFormat(options_.format, source->Peek(kSniffedBytes), name_);
    reader_ = format.open(ReaderInput{std::move(source), name_, options_});
    return absl::OkStatus();
  }

  std::istream& in_;
  std::string name_;
  DocumentReaderOptions options_;
  std::unique_ptr<DocumentReader> reader_;
  bool done_ = false;
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

class WholeFileReader : public DocumentReader {
 public:
  WholeFileReader(ReaderInput input, uint64_t max_bytes, ReadItems read)
      : input_(std::move(input)), max_bytes_(max_bytes), read_(std::move(read)) {}

  absl::StatusOr<std::optional<ReadDocument>> Next() override {
    if (!done_) {
      done_ = true;
      absl::StatusOr<std::string> bytes = ReadBytes();
      if (bytes.ok()) {
        read_(*std::move(bytes), items_);
      } else if (!IsFaultOfContent(bytes.status())) {
        return AtPlace(input_.name, bytes.status());
      } else {
        items_.push_back({"", bytes.status(), {}});
      }
    }
    if (next_ == items_.size()) return std::nullopt;
    ReadDocument item = std::move(items_[next_++]);
    item.place = input_.name + item.place;
    if (!item.document.ok()) {
      item.document = AtPlace(item.place, item.document.status());
    } else if (item.document->text.size() > input_.options.max_document_bytes) {
      item.document = TooLong(item.place, input_.options.max_document_bytes);
    }
    return item;
  }

 private:
  absl::StatusOr<std::string> ReadBytes() {
    NEWSGRAPH_ASSIGN_OR_RETURN(std::string bytes, input_.source->ReadAll(max_bytes_));
    if (bytes.size() > max_bytes_) {
      return absl::InvalidArgumentError(
          max_bytes_ == input_.options.max_document_bytes
              ? TooLongMessage(max_bytes_)
              : fmt::format("longer than {} bytes of text and markup; give the article alone", max_bytes_));
    }
    if (bytes.empty()) return absl::InvalidArgumentError("the file is empty; give it some text");
    NEWSGRAPH_RETURN_IF_ERROR(CheckUtf8(bytes));
    if (bytes.find_first_not_of(" \t\r\n") == std::string::npos) {
      return absl::InvalidArgumentError("the file holds nothing but white space; give it some text");
    }
    return bytes;
  }

  ReaderInput input_;
  uint64_t max_bytes_;
  ReadItems read_;
  std::vector<ReadDocument> items_;
  size_t next_ = 0;
  bool done_ = false;
};

constexpr FormatReader kFormatReaders[] = {
    {DocumentFormat::kJsonLines, ".jsonl .ndjson", LooksLikeJsonLines, false, OpenJsonLines},
    {DocumentFormat::kNinjs, ".json .ninjs", LooksLikeNinjs, false, OpenNinjs},
    {DocumentFormat::kFeed, ".xml .rss .atom .rdf", LooksLikeFeed, true, OpenFeed},
    {DocumentFormat::kMarkdown, ".md .markdown", LooksLikeMarkdown, true, OpenMarkdown},
    {DocumentFormat::kHtml, ".html .htm .xhtml", LooksLikeHtml, true, OpenHtml},
    {DocumentFormat::kPlainText, ".txt .text", nullptr, true, OpenPlainText},
};

}  // namespace

absl::Span<const FormatReader> FormatReaders() { return kFormatReaders; }

std::string_view ToString(DocumentFormat format) { return kFormatNames[static_cast<size_t>(format)]; }

std::optional<DocumentFormat> ParseDocumentFormat(std::string_view name) {
  const auto* const found = std::find(std::begin(kFormatNames), std::end(kFormatNames), name);
  if (found == std::end(kFormatNames)) return std::nullopt;
  return static_cast<DocumentFormat>(found - std::begin(kFormatNames));
}

std::string_view ToString(CutReason reason) { return kCutReasonNames[static_cast<size_t>(reason)]; }

std::vector<std::string_view> KnownSuffixes() {
  std::vector<std::string_view> known;
  for (const FormatReader& reader : FormatReaders()) {
    std::string_view left = reader.suffixes;
    while (!left.empty()) {
      known.push_back(left.substr(0, left.find(' ')));
      left.remove_prefix(std::min(known.back().size() + 1, left.size()));
    }
  }
  return known;
}

CutReport& CutReport::operator+=(const CutReport& other) {
  kept += other.kept;
  for (size_t i = 0; i < cut.size(); ++i) cut[i] += other.cut[i];
  return *this;
}

absl::Status TooLong(std::string_view place, uint64_t limit) {
  return AtPlace(place, absl::InvalidArgumentError(TooLongMessage(limit)));
}

absl::Status AtPlace(std::string_view place, const absl::Status& status) {
  return absl::Status(status.code(), fmt::format("read {}: {}", place, std::string(status.message())));
}

size_t SizeOf(const Document& document) {
  return document.id.size() + document.uri.size() + document.title.size() + document.publisher.size() +
         document.author.size() + document.published.size() + document.language.size() + document.text.size();
}

absl::Status CheckLength(std::string_view place, const Document& document, const DocumentReaderOptions& options) {
  if (SizeOf(document) > options.max_document_bytes) return TooLong(place, options.max_document_bytes);
  return absl::OkStatus();
}

uint64_t CountCharacters(std::string_view utf8) {
  uint64_t count = 0;
  for (size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if ((byte & 0xC0) == 0x80 || byte <= ' ') continue;
    // The ideographic space and the one that does not break.
    if (utf8.substr(i).starts_with("\u3000") || utf8.substr(i).starts_with("\u00A0")) continue;
    ++count;
  }
  return count;
}

std::unique_ptr<DocumentReader> OpenWholeFile(ReaderInput input, uint64_t max_bytes, ReadWholeFile read) {
  return OpenFileOfItems(std::move(input), max_bytes, [read](std::string bytes, std::vector<ReadDocument>& items) {
    CutReport characters;
    absl::StatusOr<Document> document = read(std::move(bytes), characters);
    items.push_back({"", std::move(document), characters});
  });
}

std::unique_ptr<DocumentReader> OpenFileOfItems(ReaderInput input, uint64_t max_bytes, ReadItems read) {
  return std::make_unique<WholeFileReader>(std::move(input), max_bytes, std::move(read));
}

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
  return std::make_unique<InputReader>(in, std::move(name), options);
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
