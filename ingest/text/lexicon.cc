#include "ingest/text/lexicon.h"

#include <algorithm>
#include <fstream>
#include <system_error>
#include <utility>

#include "fmt/format.h"
#include "graph/name_folding.h"
#include "ingest/text/code_points.h"

namespace newsgraph {
namespace {

constexpr size_t kColumns = 11;

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// "-" and nothing both stand for an empty cell.
std::vector<std::string_view> Words(std::string_view cell) {
  std::vector<std::string_view> words;
  for (std::string_view word : Split(cell, '|')) {
    word = Trim(word);
    if (!word.empty() && word != "-") words.push_back(word);
  }
  return words;
}

std::string_view Cell(std::string_view cell) {
  cell = Trim(cell);
  return cell == "-" ? std::string_view() : cell;
}

bool IsWordLetter(char32_t c) { return IsLatinLetter(c) || IsDigit(c); }

// 日立市场 has no 日立市 in it, 荷兰文化 no 荷兰文: what stands behind makes the last character part of a word.
bool EndsInsideWord(const FoldedText& text, uint32_t begin, uint32_t end) {
  if (end >= text.size() || end - begin < 3) return false;
  constexpr std::u32string_view kBehindTown = U"场值占况面价", kBehindWriting = U"化明物献件创";
  const char32_t last = text[end - 1], after = text[end];
  return (last == U'市' && kBehindTown.find(after) != std::u32string_view::npos) ||
         (last == U'文' && kBehindWriting.find(after) != std::u32string_view::npos);
}

// A digit may touch a Latin name (Northwind31%), but only one long enough that it is
// no part of a code.
bool OnBoundaries(const FoldedText& text, uint32_t begin, uint32_t end) {
  const uint32_t length = end - begin;
  if (begin > 0 && IsWordLetter(text[begin])) {
    const char32_t before = text[begin - 1];
    if (IsLatinLetter(before)) return false;
    if (IsDigit(before) && (length < 4 || IsDigit(text[begin]))) return false;
  }
  if (end < text.size() && IsWordLetter(text[end - 1])) {
    const char32_t after = text[end];
    if (IsLatinLetter(after)) return false;
    if (IsDigit(after) && (length < 4 || IsDigit(text[end - 1]))) return false;
    // GPT-4.5 holds no GPT-4.
    if (IsDigit(text[end - 1]) && after == U'.' && end + 1 < text.size() && IsDigit(text[end + 1])) return false;
  }
  return true;
}

// Of the entries of a file, well-formed or not; LoadFile says what is wrong with it.
std::vector<std::string> ListIds(const std::filesystem::path& path) {
  std::vector<std::string> ids;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] != '#') ids.emplace_back(Cell(Split(line, '\t')[0]));
  }
  return ids;
}

}  // namespace

Lexicon::Lexicon() = default;

void Lexicon::AddWord(std::string_view word, Use use) {
  const std::u32string folded = FoldWord(word);
  if (folded.empty()) return;
  uint32_t& value = trie_.Insert(folded);
  if (value == NameTrie::kNone) {
    uses_.emplace_back();
    value = static_cast<uint32_t>(uses_.size());
  }
  std::vector<Use>& uses = uses_[value - 1];
  for (Use& known : uses) {
    if (known.entry != use.entry || known.is_context != use.is_context) continue;
    known.form = std::min(known.form, use.form);
    known.letters = std::min(known.letters, use.letters);
    return;
  }
  uses.push_back(use);
}

void Lexicon::AddName(std::string_view name, int32_t entry, LexiconForm form) {
  Use use;
  use.entry = entry;
  use.form = form;
  const std::u32string written = DecodeUtf8(name);
  size_t letters = 0, upper = 0;
  for (const char32_t c : written) {
    letters += IsLatinLetter(c) ? 1u : 0u;
    upper += IsLatinUpper(c) ? 1u : 0u;
  }
  if (upper > 0) use.letters = upper == letters && letters <= 4 ? Letters::kAllUpper : Letters::kFirstUpper;
  AddWord(name, use);
  // 马克·扎克伯格 is written without its dot too.
  std::u32string joined;
  for (const char32_t c : written) {
    if (!IsMiddleDot(c)) joined.push_back(c);
  }
  if (joined.size() != written.size() && joined.size() >= 4 && letters == 0) AddWord(EncodeUtf8(joined), use);
}

absl::Status Lexicon::LoadFile(const std::filesystem::path& path, bool must_be_entries,
                               const std::set<std::string>& excluded) {
  std::ifstream in(path);
  if (!in) {
    return absl::NotFoundError(fmt::format("read lexicon {}: no such file, or not readable", path.string()));
  }
  std::string line;
  uint32_t number = 0;
  bool has_header = false;
  const auto error = [&](const std::string& what) {
    return absl::InvalidArgumentError(fmt::format("read lexicon {}:{}: {}", path.string(), number, what));
  };
  while (std::getline(in, line)) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string_view> cells = Split(line, '\t');
    if (!has_header) {
      if (Trim(cells[0]) != "id" || cells.size() < kColumns) {
        if (!must_be_entries) return absl::OkStatus();
        return error(
            "the first line that is no comment must name the columns: id type subtype class why wikidata en "
            "zh_hant zh_hans short context, with tabs between");
      }
      has_header = true;
      continue;
    }
    if (cells.size() < kColumns) {
      return error(
          fmt::format("{} columns where {} are needed; part them with tabs, write - for none", cells.size(), kColumns));
    }
    LexiconEntry entry;
    entry.id = std::string(Cell(cells[0]));
    if (entry.id.empty()) return error("the id is empty");
    const std::optional<EntityType> type = ParseEntityType(Cell(cells[1]));
    if (!type.has_value() || *type == EntityType::kUnknown || IsValueType(*type)) {
      return error(
          fmt::format("\"{}\" is no type of entity; use PERSON, ORG, GPE, LOC, FAC, PRODUCT, TECH, WORK, EVENT, "
                      "LAW, POSITION, NORP or LANGUAGE",
                      Cell(cells[1])));
    }
    entry.type = *type;
    entry.subtype = std::string(Cell(cells[2]));
    if (const auto classes = Words(cells[3]); !classes.empty()) entry.occupation = std::string(classes[0]);
    entry.wikidata = std::string(Cell(cells[5]));
    const std::vector<std::string_view> en = Words(cells[6]), hant = Words(cells[7]), hans = Words(cells[8]);
    if (en.empty() && hant.empty() && hans.empty()) return error(fmt::format("{} has no name", entry.id));
    entry.name = std::string(!hant.empty() ? hant[0] : !en.empty() ? en[0] : hans[0]);
    std::vector<std::string> context;
    for (const std::string_view word : Words(cells[10])) {
      constexpr std::string_view kRelation = "relation=";
      if (word.substr(0, kRelation.size()) == kRelation) {
        entry.relation = std::string(word.substr(kRelation.size()));
      } else {
        context.push_back(FoldName(word));
      }
    }
    if (excluded.count(entry.id) == 1) continue;
    const auto index = static_cast<int32_t>(entries_.size());
    if (!by_id_.emplace(entry.id, index).second) return error(fmt::format("the id {} is there already", entry.id));
    for (const auto* names : {&en, &hant, &hans}) {
      for (const std::string_view name : *names) AddName(name, index, LexiconForm::kFull);
    }
    for (const std::string_view name : Words(cells[9])) AddName(name, index, LexiconForm::kShort);
    if (cells.size() > kColumns) {
      for (const std::string_view name : Words(cells[11])) AddName(name, index, LexiconForm::kAbbreviation);
    }
    entry.needs_context = !context.empty();
    for (const std::string& word : context) {
      Use use;
      use.entry = index;
      use.is_context = true;
      AddWord(word, use);
    }
    entries_.push_back(std::move(entry));
  }
  return absl::OkStatus();
}

absl::StatusOr<Lexicon> Lexicon::Load(const std::filesystem::path& directory,
                                      const std::vector<std::filesystem::path>& more,
                                      const std::set<std::string>& excluded) {
  std::error_code failed;
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(directory, failed)) {
    if (file.path().extension() == ".tsv") files.push_back(file.path());
  }
  if (failed) {
    return absl::NotFoundError(fmt::format("read lexicon {}: {}; name the folder that holds the data files",
                                           directory.string(), failed.message()));
  }
  // The order of a folder is the file system's; entries are numbered in the order of names.
  std::sort(files.begin(), files.end());
  Lexicon lexicon;
  std::set<std::string> replaced = excluded;
  for (const auto& file : more) {
    for (std::string& id : ListIds(file)) replaced.insert(std::move(id));
  }
  for (const auto& file : files) {
    if (absl::Status status = lexicon.LoadFile(file, false, replaced); !status.ok()) return status;
  }
  for (const auto& file : more) {
    if (absl::Status status = lexicon.LoadFile(file, true, excluded); !status.ok()) return status;
  }
  for (std::vector<Use>& uses : lexicon.uses_) {
    std::sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) { return a.entry < b.entry; });
  }
  return lexicon;
}

int32_t Lexicon::Find(std::string_view id) const {
  const auto found = by_id_.find(std::string(id));
  return found == by_id_.end() ? -1 : found->second;
}

std::vector<int32_t> Lexicon::FindName(std::string_view name) const {
  std::vector<int32_t> entries;
  uint32_t node = 0;
  for (const char32_t c : FoldWord(name)) {
    node = trie_.Step(node, c);
    if (node == NameTrie::kNone) return entries;
  }
  const uint32_t value = node == 0 ? NameTrie::kNone : trie_.value(node);
  if (value == NameTrie::kNone) return entries;
  for (const Use& use : uses_[value - 1]) {  // by entry
    if (!use.is_context && use.form != LexiconForm::kAbbreviation) entries.push_back(use.entry);
  }
  return entries;
}

LexiconHits Lexicon::FindAll(const FoldedText& text) const {
  LexiconHits hits;
  hits.has_context.resize(entries_.size());
  const uint32_t size = text.size();
  for (uint32_t begin = 0; begin < size; ++begin) {
    // Inside a Latin word nothing begins.
    if (begin > 0 && IsLatinLetter(text[begin]) && IsLatinLetter(text[begin - 1])) continue;
    const size_t first = hits.names.size();
    uint32_t node = 0;
    for (uint32_t i = begin; i < size; ++i) {
      node = trie_.Step(node, text[i]);
      if (node == NameTrie::kNone) break;
      const uint32_t value = trie_.value(node);
      if (value == NameTrie::kNone || !OnBoundaries(text, begin, i + 1) || EndsInsideWord(text, begin, i + 1)) continue;
      bool first_upper = true, all_upper = true, counted = false;
      for (const Use& use : uses_[value - 1]) {
        if (use.is_context) {
          hits.has_context[static_cast<size_t>(use.entry)] = true;
          continue;
        }
        if (use.letters != Letters::kAny) {
          if (!counted) {
            counted = true;
            bool any_upper = false;
            for (uint32_t k = begin; k <= i; ++k) {
              const char32_t c = text.original(k);
              const bool upper = IsLatinUpper(c) || (c >= 0xFF21 && c <= 0xFF3A);
              any_upper |= upper;
              if (!upper && IsLatinLetter(text[k])) all_upper = false;
            }
            first_upper = any_upper;
          }
          if (!(use.letters == Letters::kAllUpper ? all_upper : first_upper)) continue;
        }
        hits.names.push_back({{begin, i + 1}, use.entry, use.form});
      }
    }
    std::stable_sort(hits.names.begin() + static_cast<std::ptrdiff_t>(first), hits.names.end(),
                     [](const LexiconHit& a, const LexiconHit& b) { return a.range.end > b.range.end; });
  }
  return hits;
}

}  // namespace newsgraph
