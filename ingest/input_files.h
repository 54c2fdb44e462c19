// What a command line names, as one sequence of documents: files, folders, patterns and
// standard input.
#ifndef NEWSGRAPH_INGEST_INPUT_FILES_H_
#define NEWSGRAPH_INGEST_INPUT_FILES_H_

#include <cstddef>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ingest/document_reader.h"

namespace newsgraph {

// The files that one argument stands for, in the order of their bytes. A folder: all in it
// and below that have a known suffix, none that begins with a dot. A pattern (*, ?, [ ])
// that no file is called by: what it matches. "-" and any other name: itself. NotFound for
// a folder or a pattern that holds nothing to read.
absl::StatusOr<std::vector<std::string>> FindInputFiles(const std::string& argument);

// One file after the other. Not thread-safe.
class InputFiles {
 public:
  // `standard_input` is read for "-", and must outlive this.
  InputFiles(std::vector<std::string> arguments, DocumentReaderOptions options, std::istream& standard_input)
      : arguments_(std::move(arguments)), options_(options), standard_input_(standard_input) {}

  // As DocumentReader::Next. What cannot be opened is one refused document.
  absl::StatusOr<std::optional<ReadDocument>> Next();

  // Of all documents given so far.
  const CutReport& characters() const { return characters_; }

 private:
  const std::vector<std::string> arguments_;
  const DocumentReaderOptions options_;
  std::istream& standard_input_;
  size_t next_argument_ = 0, next_file_ = 0;
  std::vector<std::string> files_;  // of the argument before the next one
  std::unique_ptr<DocumentReader> reader_;
  CutReport characters_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_INPUT_FILES_H_
