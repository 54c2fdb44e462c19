#include "ingest/text/cue_words.h"

#include <fstream>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "ingest/text/code_points.h"

namespace newsgraph {
namespace {

constexpr std::pair<std::string_view, Cue> kKinds[] = {
    {"break", kBreak},
    {"speech", kSpeech},
    {"org_after", kOrgAfter},
    {"org_before", kOrgBefore},
    {"org_noun", kOrgNoun},
    {"product_noun", kProductNoun},
    {"product_before", kProductBefore},
    {"person_before", kPersonBefore},
    {"person_after", kPersonAfter},
    {"place_before", kPlaceBefore},
    {"plain", kPlain},
    {"org_tail", kOrgTail},
    {"org_head", kOrgHead},
    {"place_tail", kPlaceTail},
    {"place_head", kPlaceHead},
    {"event_tail", kEventTail},
    {"law_tail", kLawTail},
    {"action", kAction},
    {"person_verb", kPersonVerb},
};

constexpr size_t kLongestCue = 255;  // what a CueMark holds

CueMark MarkOf(uint32_t kinds, uint32_t length) {
  CueMark mark;
  mark.kinds = kinds & 0xFFFFFF;
  mark.length = length & 0xFF;
  return mark;
}

}  // namespace

absl::StatusOr<CueWords> CueWords::Load(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) return absl::NotFoundError(fmt::format("read cue words {}: no such file, or not readable", file.string()));
  CueWords words;
  std::string line;
  uint32_t number = 0;
  bool has_header = false;
  while (std::getline(in, line)) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    if (!std::exchange(has_header, true)) continue;
    const size_t tab = line.find('\t');
    uint32_t kind = 0;
    for (const auto& [name, bit] : kKinds) {
      if (std::string_view(line).substr(0, tab) == name) kind = bit;
    }
    if (tab == std::string::npos || kind == 0) {
      return absl::InvalidArgumentError(
          fmt::format("read cue words {}:{}: a line is a kind, a tab and words parted by |", file.string(), number));
    }
    std::string_view rest = std::string_view(line).substr(tab + 1);
    while (!rest.empty()) {
      const size_t end = std::min(rest.find('|'), rest.size());
      if (const std::u32string word = FoldWord(rest.substr(0, end)); word.size() > kLongestCue) {
        return absl::InvalidArgumentError(fmt::format("read cue words {}:{}: a word of {} characters; {} are the most",
                                                      file.string(), number, word.size(), kLongestCue));
      } else if (!word.empty()) {
        words.trie_.Insert(word) |= kind;
      }
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return words;
}

CueMarks CueWords::Mark(const FoldedText& text) const {
  const uint32_t size = text.size();
  CueMarks marks;
  marks.begins.resize(size + 1);
  marks.ends.resize(size + 1);
  for (uint32_t begin = 0; begin < size; ++begin) {
    const bool latin = IsLatinLetter(text[begin]);
    if (latin && begin > 0 && IsLatinLetter(text[begin - 1])) continue;
    uint32_t node = 0;
    for (uint32_t i = begin; i < size; ++i) {
      node = trie_.Step(node, text[i]);
      if (node == NameTrie::kNone) break;
      const uint32_t kinds = trie_.value(node);
      if (kinds == 0) continue;
      if (latin && i + 1 < size && IsLatinLetter(text[i + 1])) continue;
      const uint32_t length = i + 1 - begin;
      marks.begins[begin] = MarkOf(kinds, length);
      if (CueMark& mark = marks.ends[i + 1]; mark.length < length) mark = MarkOf(kinds, length);
    }
  }
  return marks;
}

uint32_t CueWords::KindsOf(std::u32string_view word) const {
  uint32_t node = 0;
  for (const char32_t c : word) {
    node = trie_.Step(node, c);
    if (node == NameTrie::kNone) return 0;
  }
  return trie_.value(node);
}

}  // namespace newsgraph
