#include "ingest/text/layout.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "ingest/text/script.h"
#include "ingest/text/word_tables.h"

namespace newsgraph {
namespace {

// All words here are folded: Simplified, half width, lower case.

constexpr std::u32string_view kCaptionMarks = U"▲△▴▼▽◀▶◤◢📷";
constexpr std::array<std::u32string_view, 18> kCaptionStarts = {
    U"图:",   U"图/",    U"图片:",  U"图片/", U"图说:",  U"图说/",     U"图为",   U"(图",      U"(图片",
    U"照片:", U"资料图", U"示意图", U"制图:", U"photo:", U"photo by ", U"image:", U"caption:", U"pictured:"};

constexpr std::array<std::u32string_view, 20> kSourceStarts = {U"来源:",
                                                               U"来源/",
                                                               U"资料来源:",
                                                               U"消息来源:",
                                                               U"图片来源:",
                                                               U"新闻来源:",
                                                               U"信源:",
                                                               U"原文:",
                                                               U"原文链接",
                                                               U"出处:",
                                                               U"延伸阅读",
                                                               U"相关阅读",
                                                               U"参考资料",
                                                               U"本文转载自",
                                                               U"转载自",
                                                               U"source:",
                                                               U"sources:",
                                                               U"via ",
                                                               U"originally published",
                                                               U"read more:"};

// A line that opens with one of these and a separator credits somebody.
constexpr std::array<std::u32string_view, 25> kCreditWords = {
    U"编译",    U"编辑",   U"责任编辑",   U"责编",      U"文",          U"撰文",          U"撰稿", U"作者", U"翻译",
    U"译者",    U"摄影",   U"整理",       U"采访",      U"校对",        U"审校",          U"监制", U"by",   U"editor",
    U"editors", U"author", U"written by", U"edited by", U"reported by", U"translated by", U"text"};
// A short line without end of sentence near the top or the end that holds one of these.
constexpr std::array<std::u32string_view, 12> kCreditParts = {U"编译",  U"编辑",   U"报导",         U"报道",
                                                              U"撰文",  U"撰稿",   U"责编",         U"外电",
                                                              U"记者 ", U"特派员", U"staff writer", U"correspondent"};

// Labels that anyone may have.
constexpr std::array<std::u32string_view, 24> kRoleLabels = {
    U"问",       U"答",     U"q",         U"a",        U"记者",  U"主持人", U"主持",        U"采访者",
    U"受访者",   U"提问者", U"观众",      U"嘉宾",     U"旁白",  U"host",   U"interviewer", U"reporter",
    U"question", U"answer", U"moderator", U"audience", U"guest", U"anchor", U"narrator",    U"编辑"};
// Words before a colon that introduce something other than speech.
constexpr std::array<std::u32string_view, 26> kNoLabels = {
    U"时间",   U"地点",       U"日期",   U"主题",   U"重点",   U"注",   U"备注",  U"附注",         U"更新",
    U"更正",   U"编按",       U"编者按", U"摘要",   U"关键词", U"标签", U"电话",  U"网址",         U"note",
    U"update", U"correction", U"tags",   U"topics", U"date",   U"time", U"place", U"editor's note"};

constexpr uint32_t kLongestHanLabel = 20;
constexpr uint32_t kMostLatinWords = 5;
constexpr uint32_t kLongestLatinLabel = 40;
constexpr uint32_t kLongestHeading = 40;  // code points, with a number before it
constexpr uint32_t kLongestBareHeading = 32;
constexpr uint32_t kLongestLatinHeading = 80;
constexpr uint32_t kLongestByline = 60;
constexpr size_t kTopLines = 5;
constexpr size_t kLastLines = 3;

template <size_t N>
bool StartsWithAny(std::u32string_view line, const std::array<std::u32string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::u32string_view word) { return line.starts_with(word); });
}
template <size_t N>
bool Contains(std::u32string_view line, const std::array<std::u32string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::u32string_view word) { return line.find(word) != std::u32string_view::npos; });
}
bool IsLineBreak(char32_t c) { return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029; }

bool IsEndMark(char32_t c) { return c == U'。' || c == '!' || c == '?' || c == '.' || c == U'…' || c == U'｡'; }
bool IsClosing(char32_t c) {
  return c == U'」' || c == U'』' || c == U'”' || c == U'’' || c == '"' || c == '\'' || c == ')' || c == U'】' ||
         c == ']' || c == U'〉' || c == U'》';
}

// Whether the line ends as a sentence does.
bool EndsSentence(std::u32string_view line) {
  size_t i = line.size();
  while (i > 0 && IsClosing(line[i - 1])) --i;
  return i > 0 && (IsEndMark(line[i - 1]) || line[i - 1] == ';');
}

// "一、", "(三)", "第二章 ", "1. " at the beginning.
bool StartsWithNumber(std::u32string_view line) {
  constexpr std::u32string_view kNumerals = U"〇一二三四五六七八九十百";
  size_t i = 0;
  if (line.starts_with(U"第") || line.starts_with(U"(")) i = 1;
  const bool marked = i == 1;
  const size_t begin = i;
  while (i < line.size() && i < begin + 4 && kNumerals.find(line[i]) != std::u32string_view::npos) ++i;
  if (i > begin && i < line.size()) {
    return marked ? std::u32string_view(U")章节部回").find(line[i]) != std::u32string_view::npos
                  : line[i] == U'、' || line[i] == '.';
  }
  i = 0;
  while (i < line.size() && i < 3 && IsDigit(line[i])) ++i;
  return i > 0 && i + 1 < line.size() && ((line[i] == '.' && !IsDigit(line[i + 1])) || line[i] == U'、');
}

class LayoutReader {
 public:
  explicit LayoutReader(const FoldedText& text) : text_(text) {}

  std::vector<Line> Read() {
    SplitLines();
    for (size_t i = 0; i < lines_.size(); ++i) ClassifyMarked(i);
    FindTurns();
    FindBareHeadings();
    ContinueTurns();
    return std::move(lines_);
  }

 private:
  std::u32string_view Folded(Range range) const { return text_.folded(range.begin, range.end); }

  void SplitLines() {
    const uint32_t size = text_.size();
    bool blank = false;
    for (uint32_t begin = 0; begin <= size;) {
      uint32_t end = begin;
      while (end < size && !IsLineBreak(text_[end])) ++end;
      Range range{begin, end};
      while (range.begin < range.end && IsWhite(text_[range.begin])) ++range.begin;
      while (range.end > range.begin && IsWhite(text_[range.end - 1])) --range.end;
      if (range.empty()) {
        blank = true;
      } else {
        lines_.push_back({.range = range, .after_blank = blank});
        blank = false;
      }
      if (end + 1 < size && text_[end] == '\r' && text_[end + 1] == '\n') ++end;
      begin = end + 1;
    }
  }

  void ClassifyMarked(size_t i) {
    Line& line = lines_[i];
    const std::u32string_view folded = Folded(line.range);
    if (line.range.begin < text_.title_end()) {
      line.kind = SentenceKind::kHeading;
    } else if (kCaptionMarks.find(folded[0]) != std::u32string_view::npos || StartsWithAny(folded, kCaptionStarts)) {
      line.kind = SentenceKind::kCaption;
    } else if (StartsWithAny(folded, kSourceStarts) || IsByline(folded, i)) {
      line.kind = SentenceKind::kByline;
    } else if (IsMarkedHeading(folded)) {
      line.kind = SentenceKind::kHeading;
    }
  }

  bool IsByline(std::u32string_view line, size_t index) const {
    if (line.size() > kLongestByline || EndsSentence(line)) return false;
    for (const std::u32string_view word : kCreditWords) {
      if (!line.starts_with(word) || line.size() <= word.size()) continue;
      const char32_t next = line[word.size()];
      if (next == '/' || next == '|' || next == ':') return true;
      if (next == ' ' && word == U"by") return IsInFrame(index) && HasCapital(lines_[index].range, word.size());
    }
    if (line.starts_with(U"记者") && line.find('/') != std::u32string_view::npos) return true;
    if (line.front() == '(' && line.find(U"报") != std::u32string_view::npos && IsInFrame(index)) return true;
    return IsInFrame(index) && line.find(U',') == std::u32string_view::npos &&
           line.find(':') == std::u32string_view::npos && Contains(line, kCreditParts);
  }

  // Near the top or the end, where bylines stand.
  bool IsInFrame(size_t index) const { return index < kTopLines || index + kLastLines >= lines_.size(); }

  bool HasCapital(Range range, size_t from) const {
    for (uint32_t i = range.begin + static_cast<uint32_t>(from); i < range.end; ++i) {
      if (IsAlphabetic(text_.original(i))) return text_.original(i) != text_[i];
    }
    return false;
  }

  static bool IsMarkedHeading(std::u32string_view line) {
    if (line.starts_with(U"# ") || line.starts_with(U"## ") || line.starts_with(U"### ")) return true;
    if (line.size() > kLongestHeading) return false;
    if (line.front() == U'【' && line.back() == U'】') return true;
    return StartsWithNumber(line) && line.find(U'。') == std::u32string_view::npos && line.back() != ';' &&
           line.back() != '.';
  }

  // The label before a colon at the beginning of the line; empty when it is none.
  Range FindLabel(Range line) const {
    uint32_t words = 1, colon = line.begin;
    bool han = false, opened = false;
    for (;; ++colon) {
      if (colon == line.end || colon - line.begin > kLongestLatinLabel) return {};
      const char32_t c = text_[colon];
      if (c == ':') break;
      if (IsHan(c)) {
        han = true;
      } else if (c == ' ') {
        words += text_[colon - 1] != ' ';
      } else if (c == '(') {
        opened = true;
      } else if (c == ',' || c == ')') {
        if (!opened && c == ',' && han) return {};
      } else if (!IsAlphabetic(c) && !IsDigit(c) && c != U'·' && c != U'•' && c != U'‧' && c != U'・' && c != '.' &&
                 c != '-' && c != '\'' && c != U'’' && c != '&') {
        return {};
      }
    }
    Range label{line.begin, colon};
    while (label.end > label.begin && text_[label.end - 1] == ' ') --label.end;
    if (label.empty() || IsDigit(text_[label.begin])) return {};
    if (colon + 1 < line.end && text_[colon + 1] == '/') return {};
    if (han ? label.size() > kLongestHanLabel
            : words > kMostLatinWords || text_.original(label.begin) == text_[label.begin]) {
      return {};
    }
    if (IsOneOf(Folded(label), kNoLabels)) return {};
    return label;
  }

  void FindTurns() {
    std::map<std::u32string_view, uint32_t> counts;
    std::vector<size_t> candidates;
    for (size_t i = 0; i < lines_.size(); ++i) {
      Line& line = lines_[i];
      if (line.kind != SentenceKind::kBody) continue;
      line.label = FindLabel(line.range);
      if (line.label.empty()) continue;
      candidates.push_back(i);
      ++counts[Folded(line.label)];
    }
    std::map<std::u32string_view, bool> accepted;
    for (const size_t i : candidates) {
      const std::u32string_view label = Folded(lines_[i].label);
      const auto [known, fresh] = accepted.try_emplace(label, false);
      if (fresh) known->second = IsSpeaker(label, counts[label], lines_[i].label);
    }
    AcceptSpellings(counts, accepted);
    size_t turns = 0, spoken = 0;
    for (const size_t i : candidates) {
      if (!accepted[Folded(lines_[i].label)]) continue;
      ++turns;
      spoken += EndsSentence(Folded(lines_[i].range)) || lines_[i].range.end <= lines_[i].label.end + 2;
    }
    std::erase_if(accepted, [](const auto& entry) { return !entry.second; });
    // Lists of properties recur as well; but speech comes in sentences.
    const bool interview = turns >= 2 && spoken * 2 >= turns && (accepted.size() >= 2 || turns >= 3);
    int32_t turn = 0;
    for (const size_t i : candidates) {
      Line& line = lines_[i];
      if (!interview || !accepted.contains(Folded(line.label))) {
        line.label = {};
        continue;
      }
      line.turn = turn++;
      line.speech = line.label.end;
      while (line.speech < line.range.end && (IsWhite(text_[line.speech]) || text_[line.speech] == ':')) ++line.speech;
    }
  }

  bool IsSpeaker(std::u32string_view label, uint32_t count, Range range) {
    if (count >= 2 || IsOneOf(label, kRoleLabels)) return true;
    // A label of one line alone is a speaker's when the text names him before.
    constexpr uint32_t kSearched = 100'000;
    constexpr uint32_t kMostSearches = 100;
    if (label.size() < 2 || ++searches_ > kMostSearches) return false;
    return text_.folded(0, std::min(range.begin, kSearched)).find(label) != std::u32string_view::npos;
  }

  // Labels that are another spelling or a part of one that is accepted, the most
  // frequent of which are few enough to compare with all.
  static void AcceptSpellings(const std::map<std::u32string_view, uint32_t>& counts,
                              std::map<std::u32string_view, bool>& accepted) {
    std::vector<std::pair<uint32_t, std::u32string_view>> known;
    for (const auto& [label, is_speaker] : accepted) {
      if (is_speaker) known.push_back({counts.at(label), label});
    }
    std::stable_sort(known.begin(), known.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    constexpr size_t kCompared = 16;
    if (known.size() > kCompared) known.resize(kCompared);
    for (auto& [label, is_speaker] : accepted) {
      is_speaker =
          is_speaker || std::any_of(known.begin(), known.end(), [label = label](const auto& other) {
            return IsPartOf(label, other.second) || IsPartOf(other.second, label) || AreSpellings(label, other.second);
          });
    }
  }

  // The last name of a fuller one, or a fuller one's beginning up to a break in it.
  static bool IsPartOf(std::u32string_view part, std::u32string_view whole) {
    if (part.size() >= whole.size()) return false;
    if (whole.ends_with(part)) return true;
    return whole.starts_with(part) && std::u32string_view(U" ·(").find(whole[part.size()]) != std::u32string_view::npos;
  }

  // One misspelt character in two to four of Han, two in five letters or more.
  static bool AreSpellings(std::u32string_view a, std::u32string_view b) {
    const size_t shorter = std::min(a.size(), b.size());
    const size_t longer = std::max(a.size(), b.size());
    const size_t allowed = IsHan(a[0]) ? (shorter >= 3 ? 1 : 0) : (shorter >= 5 ? 2 : 0);
    if (longer - shorter > allowed) return false;
    std::vector<size_t> row(b.size() + 1);
    for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (size_t i = 1; i <= a.size(); ++i) {
      size_t diagonal = std::exchange(row[0], i);
      for (size_t j = 1; j <= b.size(); ++j) {
        const size_t change = diagonal + (a[i - 1] != b[j - 1]);
        diagonal = row[j];
        row[j] = std::min({change, row[j] + 1, row[j - 1] + 1});
      }
    }
    return row.back() <= allowed;
  }

  // A short line without end of sentence, between lines that have one.
  void FindBareHeadings() {
    size_t body = 0, ended = 0;
    for (const Line& line : lines_) {
      if (line.kind != SentenceKind::kBody) continue;
      ++body;
      ended += EndsSentence(Folded(line.range));
    }
    if (ended * 2 < body) return;
    for (size_t i = 0; i + 1 < lines_.size(); ++i) {
      Line& line = lines_[i];
      if (line.kind != SentenceKind::kBody || !line.label.empty()) continue;
      const std::u32string_view folded = Folded(line.range);
      if (folded.size() > kLongestLatinHeading || EndsSentence(folded) || folded.back() == ':' ||
          folded.back() == ',') {
        continue;
      }
      const bool han = std::any_of(folded.begin(), folded.end(), IsHan);
      if (han ? folded.size() <= kLongestBareHeading : HasCapital(line.range, 0)) line.kind = SentenceKind::kHeading;
    }
  }

  void ContinueTurns() {
    // Where turns follow each other without blank lines, a blank line ends the talk.
    size_t labelled = 0, spaced = 0;
    for (const Line& line : lines_) {
      labelled += !line.label.empty();
      spaced += !line.label.empty() && line.after_blank;
    }
    const bool blank_ends = spaced * 2 < labelled;
    int32_t turn = -1;
    for (Line& line : lines_) {
      if (!line.label.empty()) {
        turn = line.turn;
      } else if (line.kind != SentenceKind::kBody || (blank_ends && line.after_blank)) {
        turn = -1;
      } else {
        line.turn = turn;
      }
    }
  }

  const FoldedText& text_;
  std::vector<Line> lines_;
  uint32_t searches_ = 0;
};

}  // namespace

std::vector<Line> ReadLayout(const FoldedText& text) { return LayoutReader(text).Read(); }

}  // namespace newsgraph
