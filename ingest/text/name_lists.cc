#include <algorithm>
#include <fstream>
#include <string>

#include "fmt/format.h"
#include "ingest/text/name_scene.h"

namespace newsgraph {
namespace {

std::vector<std::string_view> Cells(std::string_view line) {
  std::vector<std::string_view> cells;
  for (;;) {
    const size_t tab = line.find('\t');
    cells.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return cells;
    line.remove_prefix(tab + 1);
  }
}

// Each line that is neither comment nor empty; tables have a header line first.
template <typename Use>
absl::Status ForEachLine(const std::filesystem::path& file, bool has_header, const Use& use) {
  std::ifstream in(file);
  if (!in) return absl::NotFoundError(fmt::format("read names {}: no such file, or not readable", file.string()));
  std::string line;
  uint32_t number = 0;
  while (std::getline(in, line)) {
    ++number;
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (line.empty() || line[0] == '#') continue;
    if (has_header) {
      has_header = false;
      continue;
    }
    if (const std::string problem = use(std::string_view(line)); !problem.empty()) {
      return absl::InvalidArgumentError(fmt::format("read names {}:{}: {}", file.string(), number, problem));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<NameLists> NameLists::Load(const std::filesystem::path& directory) {
  NameLists lists;
  const auto words_into = [](WordSet& set) {
    return [&set](std::string_view line) {
      // A table has the Traditional and the Simplified form first.
      const std::vector<std::string_view> cells = Cells(line);
      for (size_t i = 0; i < cells.size() && i < 2; ++i) set.insert(FoldWord(cells[i]));
      return std::string();
    };
  };
  absl::Status status = ForEachLine(directory / "surnames_zh.tsv", true, words_into(lists.surnames_zh));
  if (!status.ok()) return status;
  for (const std::u32string& surname : lists.surnames_zh) {
    if (surname.empty()) continue;
    if (surname[0] >= lists.begins_surname.size()) lists.begins_surname.resize(surname[0] + 1);
    lists.begins_surname[surname[0]] = true;
  }
  status = ForEachLine(directory / "given_names_en.txt", false, words_into(lists.given_en));
  if (!status.ok()) return status;
  status = ForEachLine(directory / "surnames_en.txt", false, words_into(lists.surnames_en));
  if (!status.ok()) return status;
  status = ForEachLine(directory / "transliteration_chars.txt", false, [&lists](std::string_view line) {
    for (const char32_t c : FoldWord(line)) {
      if (!IsHan(c)) continue;
      if (c >= lists.transliteration.size()) lists.transliteration.resize(c + 1);
      lists.transliteration[c] = true;
    }
    return std::string();
  });
  if (!status.ok()) return status;
  for (const char* name : {"org_suffixes.tsv", "place_suffixes.tsv"}) {
    status = ForEachLine(directory / name, true, [&lists](std::string_view line) -> std::string {
      const std::vector<std::string_view> cells = Cells(line);
      if (cells.size() < 5) return "five columns are needed: suffix, type, subtype, lang, note";
      const std::optional<EntityType> type = ParseEntityType(cells[1]);
      if (!type.has_value()) return fmt::format("\"{}\" is no type of entity", cells[1]);
      Suffix suffix;
      suffix.type = *type;
      if (cells[2] != "-") suffix.subtype = std::string(cells[2]);
      suffix.plain = cells[4].substr(0, 4) == "weak";
      const std::u32string word = FoldWord(cells[0]);
      if (suffix.type == EntityType::kOrg && !suffix.subtype.empty()) lists.subtype_of_ending[word] = suffix.subtype;
      if (word.empty() || !IsHan(word[0])) return {};
      uint32_t& value = lists.suffix_trie.Insert(word);
      if (value == NameTrie::kNone) {
        lists.suffixes.push_back(std::move(suffix));
        value = static_cast<uint32_t>(lists.suffixes.size());
      }
      return {};
    });
    if (!status.ok()) return status;
  }
  status = ForEachLine(directory / "trades_zh.tsv", true, [&lists](std::string_view line) -> std::string {
    const std::vector<std::string_view> cells = Cells(line);
    if (cells.size() != 2) return "two columns are needed: kind, and words parted by |";
    for (std::string_view rest = cells[1]; !rest.empty();) {
      const size_t bar = std::min(rest.find('|'), rest.size());
      const std::u32string word = FoldWord(rest.substr(0, bar));
      rest.remove_prefix(std::min(bar + 1, rest.size()));
      if (word.size() < 2) return "a word of one character speaks for nothing";
      if (cells[0] == "attribute") {
        lists.trade_attributes.insert(word);
      } else {
        lists.trade_trie.Insert(word) = static_cast<uint32_t>(word.size());
        const bool everyday = cells[0] == "everyday";
        lists.trades.emplace(word, Suffix{EntityType::kOrg, everyday ? "company" : std::string(cells[0]), everyday});
      }
    }
    return {};
  });
  if (!status.ok()) return status;
  status = ForEachLine(directory / "genders.tsv", true, [&lists](std::string_view line) -> std::string {
    const std::vector<std::string_view> cells = Cells(line);
    if (cells.size() != 2) return "two columns are needed: kind, and words parted by |";
    for (std::string_view rest = cells[1]; !rest.empty();) {
      const size_t bar = std::min(rest.find('|'), rest.size());
      const std::string_view word = rest.substr(0, bar);
      if (const std::string problem = lists.genders.Add(cells[0], FoldWord(word)); !problem.empty()) {
        return fmt::format("\"{}\": {}", word, problem);
      }
      rest.remove_prefix(std::min(bar + 1, rest.size()));
    }
    return {};
  });
  if (!status.ok()) return status;
  status = ForEachLine(directory / "reference_nouns_en.tsv", true,
                       [&lists](std::string_view line) { return lists.english_heads.Add(Cells(line)); });
  if (!status.ok()) return status;
  status = ForEachLine(directory / "person_titles.tsv", true, [&lists](std::string_view line) -> std::string {
    const std::vector<std::string_view> cells = Cells(line);
    if (cells.size() < 5 || (cells[1] != "before" && cells[1] != "after")) {
      return "five columns are needed: title, before or after, class, lang, note";
    }
    // A title of several classes says nothing sure about the one that bears it.
    const bool one_class = cells[2] != "-" && cells[2].find('|') == std::string_view::npos;
    const std::u32string word = FoldWord(cells[0]);
    lists.titles.push_back({word, cells[1] == "before", cells[2] == "-"});
    if (one_class) lists.occupation_of_title.emplace(word, std::string(cells[2]));
    return {};
  });
  if (!status.ok()) return status;
  return lists;
}

}  // namespace newsgraph
