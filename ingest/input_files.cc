#include "ingest/input_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <glob.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

#include "graph/status.h"

namespace newsgraph {
namespace {

namespace fs = std::filesystem;

bool HasKnownSuffix(std::string_view name) {
  if (name.ends_with(".gz")) name.remove_suffix(3);
  const std::vector<std::string_view> known = KnownSuffixes();
  return std::any_of(known.begin(), known.end(), [&](std::string_view suffix) { return name.ends_with(suffix); });
}

// Links to folders are not followed: they may lead in circles.
absl::StatusOr<std::vector<std::string>> FindInFolder(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with('.')) {
      if (entry->is_directory(error)) entry.disable_recursion_pending();
    } else if (HasKnownSuffix(name) && entry->is_regular_file(error)) {
      files.push_back(entry->path().string());
    }
  }
  if (error) {
    return absl::UnavailableError(fmt::format(
        "read {}: not all of the folder can be listed ({}); check its permissions", folder, error.message()));
  }
  if (files.empty()) {
    return absl::NotFoundError(fmt::format("read {}: a folder without files to read ({}, each also with .gz)", folder,
                                           fmt::join(KnownSuffixes(), " ")));
  }
  std::sort(files.begin(), files.end());
  return files;
}

absl::StatusOr<std::vector<std::string>> FindByPattern(const std::string& pattern) {
  glob_t found{};
  const int result = glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found);
  std::vector<std::string> paths;
  if (result == 0) paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  globfree(&found);
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    if (!fs::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    const absl::StatusOr<std::vector<std::string>> inside = FindInFolder(path);
    if (inside.ok()) files.insert(files.end(), inside->begin(), inside->end());
  }
  if (files.empty()) return absl::NotFoundError(fmt::format("read {}: no file matches this pattern", pattern));
  return files;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> FindInputFiles(const std::string& argument) {
  std::error_code error;
  if (argument == "-") return std::vector<std::string>{argument};
  if (fs::is_directory(argument, error)) return FindInFolder(argument);
  if (!fs::exists(argument, error) && argument.find_first_of("*?[") != std::string::npos)
    return FindByPattern(argument);
  return std::vector<std::string>{argument};
}

absl::StatusOr<std::optional<ReadDocument>> InputFiles::Next() {
  while (true) {
    if (reader_) {
      NEWSGRAPH_ASSIGN_OR_RETURN(std::optional<ReadDocument> document, reader_->Next());
      if (document) {
        characters_ += document->characters;
        return document;
      }
      reader_.reset();
    }
    if (next_file_ == files_.size()) {
      if (next_argument_ == arguments_.size()) return std::nullopt;
      const std::string& argument = arguments_[next_argument_++];
      absl::StatusOr<std::vector<std::string>> files = FindInputFiles(argument);
      files_.clear();
      next_file_ = 0;
      if (!files.ok()) return ReadDocument{argument, files.status()};
      files_ = *std::move(files);
      continue;
    }
    const std::string& file = files_[next_file_++];
    if (file == "-") {
      reader_ = DocumentReader::FromStream(standard_input_, "standard input", options_);
      continue;
    }
    absl::StatusOr<std::unique_ptr<DocumentReader>> reader = DocumentReader::Open(file, options_);
    // A file that cannot be opened is one refused document: the others go on.
    if (!reader.ok()) return ReadDocument{file, reader.status()};
    reader_ = *std::move(reader);
  }
}

}  // namespace newsgraph
