#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "graph/formats.h"
#include "graph/jsonl_read.h"
#include "graph/status.h"

namespace newsgraph {
namespace {

// A document of 4 GB, the most that spans can reach, has longer lines; nobody has one.
constexpr size_t kMaxLineBytes = size_t{256} << 20;

// Kinds of lines that belong to one document, in the order of the file.
enum Part : size_t { kDocumentPart, kAtomPart, kMentionPart, kTurnPart, kStatementPart, kPartCount };

constexpr std::optional<Part> PartOf(size_t kind) {
  constexpr std::array<std::optional<Part>, 7> kParts = {kDocumentPart, std::nullopt,   kAtomPart,   kMentionPart,
                                                         kTurnPart,     kStatementPart, std::nullopt};
  return kParts[kind];
}

// Lines that stand together in the file.
struct Lines {
  std::streamoff offset = 0;
  uint64_t first = 0;  // number of the first line, from 1
  uint64_t count = 0;
};
using DocumentLines = std::array<Lines, kPartCount>;

absl::Status AtLine(uint64_t line, const absl::Status& status) {
  return absl::Status(status.code(), fmt::format("import: line {}: {}", line, std::string(status.message())));
}

class LineSource {
 public:
  explicit LineSource(std::istream& in) : in_(in), begin_(in.tellg()) {}

  bool seekable() const { return begin_ != std::streamoff(-1); }

  void Seek(std::streamoff offset) {
    in_.clear();
    in_.seekg(begin_ + offset);
    offset_ = offset;
  }
  std::streamoff offset() const { return offset_; }

  // The next line without its end; nullopt after the last.
  absl::StatusOr<std::optional<std::string>> Next() {
    std::string line;
    std::streambuf& buffer = *in_.rdbuf();
    constexpr int kEnd = std::char_traits<char>::eof();
    int byte = buffer.sbumpc();
    if (byte == kEnd) return std::nullopt;
    for (; byte != kEnd && byte != '\n'; byte = buffer.sbumpc()) {
      if (line.size() == kMaxLineBytes) {
        return absl::InvalidArgumentError(fmt::format("more than {} bytes", kMaxLineBytes));
      }
      line.push_back(static_cast<char>(byte));
    }
    offset_ += static_cast<std::streamoff>(line.size()) + (byte == '\n' ? 1 : 0);
    return line;
  }

 private:
  std::istream& in_;
  std::streamoff begin_;
  std::streamoff offset_ = 0;
};

// Where everything stands, and that every line is what the format says.
class Contents {
 public:
  absl::Status Read(LineSource& source) {
    for (uint64_t number = 1;; ++number) {
      const std::streamoff offset = source.offset();
      auto line = source.Next();
      if (!line.ok()) return AtLine(number, line.status());
      if (!*line) return absl::OkStatus();
      if ((*line)->find_first_not_of(" \t\r") == std::string::npos) continue;
      auto read = ReadLine(**line);
      if (!read.ok()) return AtLine(number, read.status());
      if (const absl::Status status = Add(*std::move(read), offset, number); !status.ok())
        return AtLine(number, status);
    }
  }

  // In the order of the file.
  const std::vector<std::string>& documents() const { return documents_; }
  const DocumentLines& lines(const std::string& document) const { return lines_.at(document); }
  const std::vector<std::pair<uint64_t, Judgement>>& judgements() const { return judgements_; }

 private:
  absl::Status Add(LineRead read, std::streamoff offset, uint64_t number) {
    if (read.index() < kind_) {
      return absl::InvalidArgumentError(
          fmt::format("{}: stands after the first {}; the order is document, entity, "
                      "atom, mention, turn, statement, judgement",
                      KindOfLine(read.index()), KindOfLine(kind_)));
    }
    if (read.index() > kind_) last_document_.clear();
    kind_ = read.index();
    if (Judgement* judgement = std::get_if<Judgement>(&read)) {
      judgements_.emplace_back(number, std::move(*judgement));
      return absl::OkStatus();
    }
    const std::optional<Part> part = PartOf(kind_);
    if (!part) return absl::OkStatus();
    const std::string document = std::visit([](const auto& line) { return DocumentOf(line); }, read);
    const auto known = lines_.find(document);
    if (*part == kDocumentPart) {
      if (known != lines_.end()) {
        return absl::InvalidArgumentError(fmt::format("document: {} is there twice", document));
      }
      lines_[document][kDocumentPart] = {offset, number, 1};
      documents_.push_back(document);
      return absl::OkStatus();
    }
    if (known == lines_.end()) {
      return absl::InvalidArgumentError(fmt::format("{}: there is no document {}", KindOfLine(kind_), document));
    }
    Lines& lines = known->second[*part];
    if (lines.count > 0 && document != last_document_) {
      return absl::InvalidArgumentError(
          fmt::format("{}: those of document {} do not stand together", KindOfLine(kind_), document));
    }
    if (lines.count == 0) lines = {offset, number, 0};
    ++lines.count;
    last_document_ = document;
    return absl::OkStatus();
  }

  static std::string DocumentOf(const Document& document) { return document.id; }
  static std::string DocumentOf(const EntityLineRead&) { return ""; }
  static std::string DocumentOf(const Judgement&) { return ""; }
  template <typename Line>
  static std::string DocumentOf(const Line& line) {
    return line.document;
  }

  size_t kind_ = 0;
  std::string last_document_;
  std::vector<std::string> documents_;
  std::map<std::string, DocumentLines> lines_;
  std::vector<std::pair<uint64_t, Judgement>> judgements_;
};

absl::StatusOr<DocumentGraph> ReadGraph(LineSource& source, const DocumentLines& parts) {
  DocumentGraph graph;
  for (const Lines& lines : parts) {
    if (lines.count == 0) continue;
    source.Seek(lines.offset);
    uint64_t number = lines.first;
    for (uint64_t left = lines.count; left > 0; ++number) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const std::optional<std::string> line, source.Next());
      if (!line) return AtLine(number, absl::UnavailableError("gone since it was first read"));
      if (line->find_first_not_of(" \t\r") == std::string::npos) continue;
      auto read = ReadLine(*line);
      if (!read.ok()) return AtLine(number, read.status());
      --left;
      if (auto* document = std::get_if<Document>(&*read)) {
        graph.document = std::move(*document);
      } else if (auto* atom = std::get_if<AtomLineRead>(&*read)) {
        graph.atoms.push_back(std::move(atom->atom));
      } else if (auto* mention = std::get_if<MentionLineRead>(&*read)) {
        graph.mentions.push_back(std::move(mention->mention));
      } else if (auto* turn = std::get_if<TurnLineRead>(&*read)) {
        graph.turns.push_back(turn->turn);
      } else if (auto* statement = std::get_if<StatementLineRead>(&*read)) {
        graph.statements.push_back(std::move(statement->statement));
      }
    }
  }
  return graph;
}

absl::StatusOr<ImportReport> ImportFrom(LineSource& source, GraphStore& store, std::string_view now) {
  Contents contents;
  NEWSGRAPH_RETURN_IF_ERROR(contents.Read(source));
  ImportReport report;
  for (const std::string& id : contents.documents()) {
    const DocumentLines& lines = contents.lines(id);
    NEWSGRAPH_ASSIGN_OR_RETURN(const DocumentGraph graph, ReadGraph(source, lines));
    const auto result = store.Put(graph, now);
    if (!result.ok()) return AtLine(lines[kDocumentPart].first, result.status());
    ++(result->changed ? report.documents : report.unchanged);
  }
  for (const auto& [number, judgement] : contents.judgements()) {
    if (const auto result = store.PutJudgement(judgement, now); !result.ok()) return AtLine(number, result.status());
    ++report.judgements;
  }
  return report;
}

}  // namespace

absl::StatusOr<ImportReport> ImportJsonLines(std::istream& in, GraphStore& store, std::string_view now) {
  LineSource source(in);
  if (source.seekable()) return ImportFrom(source, store, now);
  in.clear();
  std::stringstream kept;
  kept << in.rdbuf();
  kept.clear();  // nothing to copy is no failure
  LineSource again(kept);
  return ImportFrom(again, store, now);
}

}  // namespace newsgraph
