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
// In the column of contexts: what a POSITION implies.
constexpr std::string_view kRelation = "relation=";

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

class Lexicon::Builder {
 public:
  absl::Status LoadFile(const std::filesystem::path& path, bool must_be_entries, const std::set<std::string>& excluded);
  Lexicon Finish();

 private:
  uint32_t Insert(std::string_view word);  // its index; kNoWord where nothing is left of it
  void AddName(std::string_view name, int32_t entry, LexiconForm form);
  int32_t AddContext(std::string_view words);

  static constexpr uint32_t kNoWord = UINT32_MAX;

  Lexicon lexicon_;
  uint32_t words_ = 0;
  std::vector<std::pair<uint32_t, Use>> names_;               // by word
  std::vector<std::pair<uint32_t, uint32_t>> context_words_;  // words and the contexts they are of
  std::unordered_map<std::string, int32_t> contexts_;         // by the words as the file has them
};

uint32_t Lexicon::Builder::Insert(std::string_view word) {
  const std::u32string folded = FoldWord(word);
  if (folded.empty()) return kNoWord;
  uint32_t& value = lexicon_.trie_.Insert(folded);
  if (value == NameTrie::kNone) value = ++words_;
  return value - 1;
}

void Lexicon::Builder::AddName(std::string_view name, int32_t entry, LexiconForm form) {
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
  const auto add = [&](std::string_view one) {
    if (const uint32_t word = Insert(one); word != kNoWord) names_.emplace_back(word, use);
  };
  add(name);
  // 马克·扎克伯格 is written without its dot too.
  std::u32string joined;
  for (const char32_t c : written) {
    if (!IsMiddleDot(c)) joined.push_back(c);
  }
  if (joined.size() != written.size() && joined.size() >= 4 && letters == 0) add(EncodeUtf8(joined));
}

// Thousands of entries name the same few hundred contexts.
int32_t Lexicon::Builder::AddContext(std::string_view words) {
  const auto [known, is_new] = contexts_.emplace(words, static_cast<int32_t>(contexts_.size()));
  if (!is_new) return known->second;
  for (const std::string_view word : Words(words)) {
    if (word.substr(0, kRelation.size()) == kRelation) continue;
    if (const uint32_t index = Insert(FoldName(word)); index != kNoWord) {
      context_words_.emplace_back(index, static_cast<uint32_t>(known->second));
    }
  }
  return known->second;
}

Lexicon Lexicon::Builder::Finish() {
  std::sort(names_.begin(), names_.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first, a.second.entry) < std::pair(b.first, b.second.entry);
  });
  std::sort(context_words_.begin(), context_words_.end());
  context_words_.erase(std::unique(context_words_.begin(), context_words_.end()), context_words_.end());
  auto name = names_.begin();
  auto context = context_words_.begin();
  for (uint32_t word = 0; word <= words_; ++word) {
    lexicon_.words_.push_back(
        {static_cast<uint32_t>(lexicon_.names_.size()), static_cast<uint32_t>(lexicon_.context_words_.size())});
    const size_t first = lexicon_.names_.size();
    for (; name != names_.end() && name->first == word; ++name) {
      // A name that an entry has twice, as a full and a short one, say, is what asks for less.
      if (lexicon_.names_.size() > first && lexicon_.names_.back().entry == name->second.entry) {
        Use& known = lexicon_.names_.back();
        known.form = std::min(known.form, name->second.form);
        known.letters = std::min(known.letters, name->second.letters);
      } else {
        lexicon_.names_.push_back(name->second);
      }
    }
    for (; context != context_words_.end() && context->first == word; ++context) {
      lexicon_.context_words_.push_back(context->second);
    }
  }
  lexicon_.contexts_ = contexts_.size();
  return std::move(lexicon_);
}

absl::Status Lexicon::Builder::LoadFile(const std::filesystem::path& path, bool must_be_entries,
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
    bool needs_context = false;
    for (const std::string_view word : Words(cells[10])) {
      if (word.substr(0, kRelation.size()) == kRelation) {
        entry.relation = std::string(word.substr(kRelation.size()));
      } else {
        needs_context = true;
      }
    }
    if (excluded.count(entry.id) == 1) continue;
    const auto index = static_cast<int32_t>(lexicon_.entries_.size());
    if (!lexicon_.by_id_.emplace(entry.id, index).second)
      return error(fmt::format("the id {} is there already", entry.id));
    for (const auto* names : {&en, &hant, &hans}) {
      for (const std::string_view name : *names) AddName(name, index, LexiconForm::kFull);
    }
    for (const std::string_view name : Words(cells[9])) AddName(name, index, LexiconForm::kShort);
    if (cells.size() > kColumns) {
      for (const std::string_view name : Words(cells[11])) AddName(name, index, LexiconForm::kAbbreviation);
    }
    if (needs_context) entry.context = AddContext(cells[10]);
    lexicon_.entries_.push_back(std::move(entry));
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
  Builder builder;
  std::set<std::string> replaced = excluded;
  for (const auto& file : more) {
    for (std::string& id : ListIds(file)) replaced.insert(std::move(id));
  }
  for (const auto& file : files) {
    if (absl::Status status = builder.LoadFile(file, false, replaced); !status.ok()) return status;
  }
  for (const auto& file : more) {
    if (absl::Status status = builder.LoadFile(file, true, excluded); !status.ok()) return status;
  }
  return builder.Finish();
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
  for (uint32_t i = words_[value - 1].names; i < words_[value].names; ++i) {
    if (names_[i].form != LexiconForm::kAbbreviation) entries.push_back(names_[i].entry);
  }
  return entries;
}

LexiconHits Lexicon::FindAll(const FoldedText& text) const {
  LexiconHits hits;
  hits.contexts.resize(contexts_);
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
      const Word &word = words_[value - 1], &next = words_[value];
      for (uint32_t k = word.contexts; k < next.contexts; ++k) hits.contexts[context_words_[k]] = true;
      for (uint32_t u = word.names; u < next.names; ++u) {
        const Use& use = names_[u];
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
