#include "ingest/gazetteer/entry_files.h"

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <utility>

#include "graph/name_folding.h"

namespace newsgraph {
namespace {

constexpr size_t kColumns = 11;
enum Column : uint8_t { kId, kType, kSubtype, kClass, kWhy, kWikidata, kEn, kZhHant, kZhHans, kShort, kContext };

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string Join(const std::vector<std::string>& parts, char separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += separator;
    text += part;
  }
  return text;
}

icu::UnicodeString ToUnicode(std::string_view utf8) {
  return icu::UnicodeString::fromUTF8({utf8.data(), static_cast<int32_t>(utf8.size())});
}

}  // namespace

std::vector<std::string> ReadNames(std::string_view cell) {
  return cell == "-" || cell.empty() ? std::vector<std::string>() : Split(cell, '|');
}

std::string WriteNames(const std::vector<std::string>& names) { return names.empty() ? "-" : Join(names, '|'); }

std::string WriteEntry(const Entry& entry) {
  return Join(
      {entry.id, entry.type, entry.subtype, "-", entry.why, "-", WriteNames(entry.en), WriteNames(entry.zh_hant),
       WriteNames(entry.zh_hans), WriteNames(entry.forms), WriteNames(entry.context)},
      '\t');
}

size_t Length(std::string_view utf8) { return static_cast<size_t>(ToUnicode(utf8).countChar32()); }

bool IsAllHan(std::string_view utf8) {
  const icu::UnicodeString text = ToUnicode(utf8);
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    if (!u_hasBinaryProperty(text.char32At(i), UCHAR_IDEOGRAPHIC)) return false;
  }
  return !text.isEmpty();
}

bool IsOfBothScripts(std::string_view utf8) {
  static const std::unique_ptr<icu::Transliterator> to_traditional = [] {
    UErrorCode failed = U_ZERO_ERROR;
    return std::unique_ptr<icu::Transliterator>(
        icu::Transliterator::createInstance("Simplified-Traditional", UTRANS_FORWARD, failed));
  }();
  const icu::UnicodeString text = ToUnicode(utf8);
  icu::UnicodeString traditional = text;
  to_traditional->transliterate(traditional);
  return traditional == text && FoldName(utf8) == utf8;
}

std::string PlainLetters(std::string_view utf8) {
  UErrorCode failed = U_ZERO_ERROR;
  const icu::UnicodeString parted = icu::Normalizer2::getNFDInstance(failed)->normalize(ToUnicode(utf8), failed);
  icu::UnicodeString plain;
  for (int32_t i = 0; i < parted.length(); i = parted.moveIndex32(i, 1)) {
    if (u_charType(parted.char32At(i)) != U_NON_SPACING_MARK) plain.append(parted.char32At(i));
  }
  std::string result;
  return plain.toUTF8String(result);
}

absl::StatusOr<EntryFiles> EntryFiles::Read(const std::filesystem::path& folder) {
  EntryFiles files;
  std::vector<std::filesystem::path> paths;
  for (const auto& file : std::filesystem::directory_iterator(folder)) paths.push_back(file.path());
  std::sort(paths.begin(), paths.end());
  for (const std::filesystem::path& path : paths) {
    File file{path.filename().string(), {}};
    std::ifstream in(path);
    if (!in) return absl::NotFoundError(fmt::format("read {}: not readable", path.string()));
    for (std::string line; std::getline(in, line);) file.lines.push_back(std::move(line));
    const bool of_people = file.name == "given_names_en.txt" || file.name == "surnames_en.txt";
    bool has_entries = false;
    for (size_t i = 0; i < file.lines.size(); ++i) {
      const std::string& line = file.lines[i];
      if (of_people) files.people_.insert(line);
      if (path.extension() != ".tsv" || line.empty() || line[0] == '#') continue;
      const std::vector<std::string> cells = Split(line, '\t');
      if (!has_entries) {
        if (cells[0] != "id") break;
        has_entries = true;
        continue;
      }
      if (cells.size() < kColumns) {
        return absl::InvalidArgumentError(
            fmt::format("read {}:{}: {} columns where {} are needed", path.string(), i + 1, cells.size(), kColumns));
      }
      Entry entry{cells[kId],
                  cells[kType],
                  cells[kSubtype],
                  cells[kWhy],
                  cells[kWikidata],
                  ReadNames(cells[kEn]),
                  ReadNames(cells[kZhHant]),
                  ReadNames(cells[kZhHans]),
                  ReadNames(cells[kShort]),
                  ReadNames(cells[kContext])};
      for (const auto* names : {&entry.en, &entry.zh_hant, &entry.zh_hans, &entry.forms}) {
        for (const std::string& name : *names) {
          std::vector<size_t>& known = files.by_name_[FoldName(name)];
          if (known.empty() || known.back() != files.entries_.size()) known.push_back(files.entries_.size());
        }
      }
      files.entries_.push_back(std::move(entry));
      files.places_.push_back({files.files_.size(), i});
    }
    files.files_.push_back(std::move(file));
  }
  return files;
}

std::vector<size_t> EntryFiles::Find(std::string_view name) const {
  const auto found = by_name_.find(FoldName(name));
  return found == by_name_.end() ? std::vector<size_t>() : found->second;
}

void EntryFiles::AddNames(size_t index, const std::vector<std::string>& zh_hant,
                          const std::vector<std::string>& zh_hans) {
  Entry& entry = entries_[index];
  const auto add = [&](const std::vector<std::string>& names, std::vector<std::string>& to) {
    for (const std::string& name : names) {
      std::vector<size_t>& known = by_name_[FoldName(name)];
      if (std::find(known.begin(), known.end(), index) != known.end()) continue;
      known.push_back(index);
      to.push_back(name);
    }
  };
  add(zh_hant, entry.zh_hant);
  add(zh_hans, entry.zh_hans);
  std::string& line = files_[places_[index].file].lines[places_[index].line];
  std::vector<std::string> cells = Split(line, '\t');
  cells[kZhHant] = WriteNames(entry.zh_hant);
  cells[kZhHans] = WriteNames(entry.zh_hans);
  line = Join(cells, '\t');
}

absl::Status EntryFiles::Write(const std::filesystem::path& folder) const {
  for (const File& file : files_) {
    std::ofstream out(folder / file.name);
    for (const std::string& line : file.lines) out << line << '\n';
    out.flush();
    if (!out) return absl::UnavailableError(fmt::format("write {}: failed", (folder / file.name).string()));
  }
  return absl::OkStatus();
}

}  // namespace newsgraph
