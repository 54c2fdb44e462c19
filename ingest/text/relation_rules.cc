#include "ingest/text/relation_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <sstream>
#include <system_error>

#include "graph/name_folding.h"
#include "graph/status.h"
#include "ingest/text/code_points.h"
#include "ingest/text/english_forms.h"
#include "ingest/text/word_tables.h"

namespace newsgraph {
namespace {

// Keeps a pattern with many optional parts from growing without bound when its
// alternatives are written out.
constexpr size_t kMostPatterns = 256;

constexpr std::string_view kQualifiers[] = {"time", "place", "value", "role", "stance", "gloss"};

bool IsQualifier(std::string_view name) { return IsOneOf(name, kQualifiers); }

std::u32string FoldedCodePoints(std::string_view text) {
  std::u32string out = DecodeUtf8(text);
  for (char32_t& c : out) c = FoldCodePoint(c);
  return out;
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> SplitOn(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  size_t begin = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i == text.size() || text[i] == separator) {
      if (std::string_view part = Trim(text.substr(begin, i - begin)); !part.empty()) parts.push_back(part);
      begin = i + 1;
    }
  }
  return parts;
}

// Words apart by spaces; "two words" in double quotes are one.
std::vector<std::string_view> SplitWords(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t i = 0; i < text.size();) {
    if (text[i] == ' ' || text[i] == '\t') {
      ++i;
    } else if (text[i] == '"') {
      const size_t end = std::min(text.find('"', i + 1), text.size());
      words.push_back(text.substr(i + 1, end - i - 1));
      i = end + 1;
    } else {
      const size_t end = std::min(text.find_first_of(" \t", i), text.size());
      words.push_back(text.substr(i, end - i));
      i = end;
    }
  }
  return words;
}

// "@name = word word"; a pattern may begin with a cue set too.
bool DefinesSet(std::string_view line) {
  const size_t end = line.find_first_of(" \t=");
  if (line.front() != '@' || end < 2 || end == std::string_view::npos) return false;
  const std::string_view rest = Trim(line.substr(end));
  return !rest.empty() && rest.front() == '=';
}

// A pattern as it is written: a sequence of parts, each with its alternatives.
struct Part {
  RuleElement element;
  bool is_anchor = false;
  bool is_group = false;
  bool optional = false;
  std::vector<std::vector<Part>> alternatives;  // of a group
};

// Sequences of elements, one behind the other.
struct Ways {
  std::vector<const RuleElement*> elements;
  std::vector<size_t> ends;

  size_t size() const { return ends.size(); }
  std::span<const RuleElement* const> operator[](size_t i) const {
    const size_t begin = i == 0 ? 0 : ends[i - 1];
    return std::span(elements).subspan(begin, ends[i] - begin);
  }
  void Add(std::span<const RuleElement* const> first, std::span<const RuleElement* const> second) {
    elements.resize(elements.size() + first.size() + second.size());
    std::copy(second.begin(), second.end(),
              std::copy(first.begin(), first.end(),
                        elements.end() - static_cast<std::ptrdiff_t>(first.size() + second.size())));
    ends.push_back(elements.size());
  }
};

class BookParser {
 public:
  BookParser(const std::string& language, const Ontology& ontology) : language_(language), ontology_(ontology) {}

  absl::Status ReadSets(const std::string& file, const std::string& text);
  absl::Status ReadRules(const std::string& file, const std::string& text);
  absl::StatusOr<RuleBook> Finish() &&;

 private:
  absl::Status Error(const std::string& what) const {
    return absl::InvalidArgumentError(fmt::format("read rules: {}: {}", Place(), what));
  }
  std::string Place() const { return fmt::format("{}:{}", file_, line_); }
  absl::Status ForEachLine(const std::string& file, const std::string& text,
                           const std::function<absl::Status(std::string_view)>& read);
  uint32_t SetOf(const std::string& name);
  uint32_t SetOfWord(const std::u32string& word);

  // Sets and frames; what is left is read with the rules.
  absl::Status ReadSet(std::string_view line);
  absl::Status ReadHead(std::string_view line);
  absl::Status ReadPattern(std::string_view line);
  // "verb <@acquire> {S:ORG} {O:ORG}": every pattern of the frame with these in place of <V>, {S}, {O}.
  absl::Status ReadFrameUse(const std::vector<std::string>& patterns, std::string_view line);
  absl::Status ReadExample(std::string_view line);

  void Expand(std::vector<Part>& parts, const RuleElement*& anchor, Ways& out);
  absl::StatusOr<std::vector<Part>> ParseSequence(std::string_view text, size_t& at, int depth);
  absl::StatusOr<Part> ParseAtom(std::string_view text, size_t& at, int depth);
  absl::StatusOr<RuleElement> ParseSlot(std::string_view text) const;
  absl::StatusOr<RuleElement> ParseGap(std::string_view text) const;
  absl::StatusOr<SlotType> ParseType(std::string_view text) const;
  absl::StatusOr<RuleElement> ParseWord(std::string_view text);

  const std::string language_;
  const Ontology& ontology_;
  RuleBook book_;
  std::map<std::u32string, uint32_t> set_of_word_;
  std::set<std::string> names_;
  std::map<std::string, std::vector<std::string>, std::less<>> frames_;
  std::string file_;
  uint32_t line_ = 0;
};

absl::Status BookParser::ForEachLine(const std::string& file, const std::string& text,
                                     const std::function<absl::Status(std::string_view)>& read) {
  file_ = file;
  line_ = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    ++line_;
    const std::string_view trimmed = Trim(line);
    if (trimmed.empty() || trimmed.front() == '#') continue;
    NEWSGRAPH_RETURN_IF_ERROR(read(trimmed));
  }
  return absl::OkStatus();
}

// A set may be used before the file that defines it has been read.
uint32_t BookParser::SetOf(const std::string& name) {
  auto [it, added] = book_.set_by_name.try_emplace(name, static_cast<uint32_t>(book_.sets.size()));
  if (added) book_.sets.push_back({name, {}});
  return it->second;
}

uint32_t BookParser::SetOfWord(const std::u32string& word) {
  auto [it, added] = set_of_word_.try_emplace(word, static_cast<uint32_t>(book_.sets.size()));
  if (added) book_.sets.push_back({"", {word}});
  return it->second;
}

absl::Status BookParser::ReadSets(const std::string& file, const std::string& text) {
  std::vector<std::string>* frame = nullptr;
  return ForEachLine(file, text, [&](std::string_view line) -> absl::Status {
    if (DefinesSet(line)) {
      frame = nullptr;
      return ReadSet(line);
    }
    if (line.substr(0, 5) == "rule ") {
      frame = nullptr;
    } else if (line.substr(0, 6) == "frame ") {
      const std::string name(Trim(line.substr(6)));
      if (frames_.contains(name)) return Error(fmt::format("there is a frame {} already", name));
      frame = &frames_[name];
    } else if (frame != nullptr) {
      frame->emplace_back(line);
    }
    return absl::OkStatus();
  });
}

absl::Status BookParser::ReadSet(std::string_view line) {
  const size_t equals = line.find('=');
  const std::string name(Trim(line.substr(1, equals - 1)));
  CueSet& set = book_.sets[SetOf(name)];
  if (!set.words.empty()) return Error(fmt::format("there is a set @{} already; give this one another name", name));
  for (std::string_view word : SplitWords(line.substr(equals + 1))) {
    std::vector<std::u32string>* words = &set.words;
    for (const auto& [prefix, limited] : {std::pair("hant:", &set.hant), std::pair("hans:", &set.hans)}) {
      if (!word.starts_with(prefix)) continue;
      words = limited;
      word.remove_prefix(std::string_view(prefix).size());
    }
    if (word.empty()) return Error(fmt::format("@{} has an empty word", name));
    std::vector<std::u32string> more;
    if (word.front() == '@') {
      const auto other = book_.set_by_name.find(word.substr(1));
      if (other == book_.set_by_name.end() || other->first == name) {
        return Error(fmt::format("@{} names {}, which is not defined above it", name, word));
      }
      more = book_.sets[other->second].words;
      for (const Script script : {Script::kHant, Script::kHans}) {
        std::vector<std::u32string>& own = script == Script::kHans ? set.hans : set.hant;
        const std::vector<std::u32string>& others = book_.sets[other->second].WordsOf(script);
        own.insert(own.end(), others.begin(), others.end());
      }
    } else if (word.front() == '~') {
      for (const std::string& form : FormsOfEnglishVerb(word.substr(1))) more.push_back(FoldedCodePoints(form));
      if (more.empty()) return Error(fmt::format("@{} has a ~ without a verb", name));
    } else {
      more.push_back(FoldedCodePoints(word));
    }
    for (const std::u32string& one : more) {
      if (std::find(words->begin(), words->end(), one) == words->end()) words->push_back(one);
    }
  }
  if (set.words.empty()) return Error(fmt::format("@{} has no words", name));
  return absl::OkStatus();
}

absl::Status BookParser::ReadRules(const std::string& file, const std::string& text) {
  enum class In : uint8_t { kNothing, kRule, kFrame } in = In::kNothing;
  return ForEachLine(file, text, [&](std::string_view line) -> absl::Status {
    if (DefinesSet(line)) {
      in = In::kNothing;
      return absl::OkStatus();
    }
    if (line.substr(0, 6) == "frame ") {
      in = In::kFrame;
      return absl::OkStatus();
    }
    if (line.substr(0, 5) == "rule ") {
      in = In::kRule;
      return ReadHead(line.substr(5));
    }
    if (in == In::kFrame) return absl::OkStatus();
    if (in == In::kNothing) {
      return Error(
          "a line that stands in no rule; begin one with: rule RELATION.NUMBER STRENGTH, or a cue set with: @name = "
          "word");
    }
    if (line.substr(0, 2) == "+ " || line.substr(0, 2) == "- ") return ReadExample(line);
    const auto frame = frames_.find(line.substr(0, line.find(' ')));
    return frame == frames_.end() ? ReadPattern(line) : ReadFrameUse(frame->second, line.substr(frame->first.size()));
  });
}

absl::Status BookParser::ReadFrameUse(const std::vector<std::string>& patterns, std::string_view line) {
  const auto inside = [line](std::string_view open, char close) -> std::optional<std::string_view> {
    const size_t begin = line.find(open);
    const size_t end = begin == std::string_view::npos ? begin : line.find(close, begin);
    if (end == std::string_view::npos) return std::nullopt;
    return Trim(line.substr(begin + open.size(), end - begin - open.size()));
  };
  const auto cue = inside("<", '>'), subject = inside("{S:", '}'), object = inside("{O:", '}');
  if (!cue || !subject || !object) return Error("a frame takes three things: <CUE> {S:TYPE} {O:TYPE}");
  const auto types_of = [](std::string_view slot) { return slot.substr(0, slot.find(' ')); };
  for (const std::string& pattern : patterns) {
    std::string text;
    for (size_t i = 0; i < pattern.size();) {
      const std::string_view rest = std::string_view(pattern).substr(i);
      if (rest.starts_with("<V>")) {
        text += fmt::format("<{}>", *cue);
        i += 3;
      } else if (rest.starts_with("{S") || rest.starts_with("{O")) {
        const bool is_subject = rest[1] == 'S';
        const size_t end = std::min(rest.find('}'), rest.size());
        const std::string_view words = Trim(rest.substr(2, end - 2));
        // What is left out is one thing, not a list.
        const bool is_left_out = words == "topic" || words == "main";
        const std::string_view slot = is_subject ? *subject : *object;
        text += fmt::format("{{{}:{} {}", rest[1], is_left_out ? types_of(slot) : slot, words);
        i += end;
      } else if (rest.starts_with("!SO") || rest.starts_with("!S]") || rest.starts_with("!O]")) {
        const bool both = rest[2] == 'O';
        text += fmt::format("!{}{}", rest[1] == 'S' ? types_of(*subject) : types_of(*object),
                            both ? fmt::format(",{}", types_of(*object)) : "");
        i += both ? 3 : 2;
      } else {
        text += pattern[i++];
      }
    }
    NEWSGRAPH_RETURN_IF_ERROR(ReadPattern(text));
  }
  return absl::OkStatus();
}

absl::Status BookParser::ReadHead(std::string_view line) {
  const std::vector<std::string_view> words = SplitWords(line);
  if (words.size() < 2) return Error("a rule begins with: rule RELATION.NUMBER STRENGTH");
  const size_t dot = words[0].find('.');
  if (dot == std::string_view::npos) return Error(fmt::format("rule {} has no number: RELATION.NUMBER", words[0]));
  RelationRule rule;
  rule.name = fmt::format("{}/{}", language_, words[0]);
  rule.predicate = std::string(words[0].substr(0, dot));
  rule.place = Place();
  if (!names_.insert(rule.name).second) return Error(fmt::format("there is a rule {} already", rule.name));
  if (ontology_.Find(rule.predicate) == nullptr) {
    return Error(fmt::format("the ontology has no relation {}", rule.predicate));
  }
  rule.strength = std::strtof(std::string(words[1]).c_str(), nullptr);
  if (!(rule.strength > 0 && rule.strength <= 1)) {
    return Error(fmt::format("strength {} is not above 0 and at most 1", words[1]));
  }
  for (size_t i = 2; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word == "fixed") {
      rule.fixed = true;
    } else if (word == "speech") {
      rule.speech = true;
    } else if (word == "announces") {
      rule.announces = true;
    } else if (word == "attitude") {
      rule.attitude = true;
    } else if (word == "value") {
      rule.value = true;
    } else if (word == "beside") {
      rule.beside = true;
    } else if (word == "yields") {
      rule.yields = true;
    } else if (word == "role=cue") {
      rule.cue_is_role = true;
    } else if (word == "gloss=cue") {
      rule.cue_is_gloss = true;
    } else if (word.substr(0, 6) == "gloss=") {
      rule.gloss = std::string(word.substr(6));
    } else if (auto factuality = ParseFactuality(word)) {
      rule.factuality = factuality;
    } else {
      return Error(
          fmt::format("{} is no option of a rule; those are fixed, speech, announces, attitude, value, beside, yields, "
                      "role=cue, gloss=WORD "
                      "and a factuality",
                      word));
    }
  }
  book_.rules.push_back(std::move(rule));
  return absl::OkStatus();
}

absl::Status BookParser::ReadExample(std::string_view line) {
  RuleExample example;
  example.positive = line.front() == '+';
  std::string_view text = Trim(line.substr(1));
  if (const size_t arrow = text.rfind("=>"); arrow != std::string_view::npos) {
    example.expected = std::string(Trim(text.substr(arrow + 2)));
    text = Trim(text.substr(0, arrow));
  }
  example.text = std::string(text);
  example.place = Place();
  book_.rules.back().examples.push_back(std::move(example));
  return absl::OkStatus();
}

absl::StatusOr<SlotType> BookParser::ParseType(std::string_view text) const {
  SlotType out;
  if (text == "any") {
    out.any = true;
    return out;
  }
  const size_t colon = text.find(':');
  const std::optional<EntityType> type = ParseEntityType(std::string(text.substr(0, colon)));
  if (!type || *type == EntityType::kUnknown) return Error(fmt::format("{} is no type of mention", text));
  out.type = *type;
  if (colon != std::string_view::npos) out.detail = std::string(text.substr(colon + 1));
  if (!out.detail.empty() && out.detail.back() == '!') {
    out.strict = true;
    out.detail.pop_back();
  }
  return out;
}

// Of {O:WORDS}; longer ones are seldom one thing.
constexpr uint32_t kMostWords = 16;

// ROLE:TYPE,TYPE then words: many, pairs, bare, name, same, topic, main, of @SET, not @SET, as NAME, as TEXT.
absl::StatusOr<RuleElement> BookParser::ParseSlot(std::string_view text) const {
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos) return Error(fmt::format("slot {{{}}} has no type: {{ROLE:TYPE}}", text));
  RuleElement element;
  element.kind = RuleElementKind::kSlot;
  element.role = std::string(Trim(text.substr(0, colon)));
  if (element.role != "S" && element.role != "O" && element.role != "_" && !IsQualifier(element.role)) {
    return Error(fmt::format("slot {{{}}} has no role S, O, _ or a qualifier's name", text));
  }
  const std::vector<std::string_view> words = SplitWords(text.substr(colon + 1));
  if (words.empty()) return Error(fmt::format("slot {{{}}} has no type: {{ROLE:TYPE}}", text));
  if (words[0] == "CLAUSE" || words[0] == "PHRASE" || words[0] == "QUOTE") {
    element.kind = words[0] == "CLAUSE"   ? RuleElementKind::kClause
                   : words[0] == "PHRASE" ? RuleElementKind::kPhrase
                                          : RuleElementKind::kQuote;
    element.literal = "STATEMENT";
  } else if (words[0] == "WORDS") {
    element.kind = RuleElementKind::kWords;
    element.literal = "TEXT";
    element.longest = kMostWords;
    if (words.size() > 1 && words[1].front() == '@') {
      const auto set = book_.set_by_name.find(words[1].substr(1));
      if (set == book_.set_by_name.end()) return Error(fmt::format("cue set {} is not defined", words[1]));
      element.set = set->second;
      element.ends_with_cue = true;
      return element;
    }
  } else {
    for (std::string_view type : SplitOn(words[0], ',')) {
      NEWSGRAPH_ASSIGN_OR_RETURN(SlotType parsed, ParseType(type));
      element.types.push_back(std::move(parsed));
    }
  }
  for (size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "many") {
      element.many = true;
    } else if (words[i] == "pairs" && element.role == "S") {
      element.pairs = true;
    } else if (words[i] == "bare") {
      element.bare = true;
    } else if (words[i] == "name") {
      element.name_only = true;
    } else if (words[i] == "same") {
      element.same = true;
    } else if (words[i] == "topic" || words[i] == "main") {
      element.kind = RuleElementKind::kTopic;
      element.main = words[i] == "main";
    } else if (words[i] == "as" && i + 1 < words.size() &&
               (words[i + 1] == "NAME" || words[i + 1] == "TEXT" || words[i + 1] == "STATEMENT")) {
      element.literal = std::string(words[++i]);
    } else if ((words[i] == "of" || words[i] == "not" || words[i] == "with" || words[i] == "without") &&
               i + 1 < words.size() && words[i + 1].starts_with('@')) {
      element.words = words[i] == "of"     ? SlotWords::kOfSet
                      : words[i] == "not"  ? SlotWords::kNotOfSet
                      : words[i] == "with" ? SlotWords::kHoldsWord
                                           : SlotWords::kHoldsNone;
      const auto set = book_.set_by_name.find(words[++i].substr(1));
      if (set == book_.set_by_name.end()) return Error(fmt::format("cue set {} is not defined", words[i]));
      element.set = set->second;
    } else {
      return Error(
          fmt::format("{} is no word of a slot; those are many, pairs, bare, name, same, topic, main, of @SET, not "
                      "@SET, with @SET, without @SET, "
                      "as NAME, as TEXT",
                      words[i]));
    }
  }
  return element;
}

// ..N then perhaps "," (may cross commas), "!TYPE,TYPE" and "!@SET".
absl::StatusOr<RuleElement> BookParser::ParseGap(std::string_view text) const {
  RuleElement element;
  element.kind = RuleElementKind::kGap;
  if (text.substr(0, 2) != "..") return Error(fmt::format("gap [{}] is not [..N]", text));
  size_t at = 2;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
    element.longest = element.longest * 10 + static_cast<uint32_t>(text[at++] - '0');
    if (element.longest > 200) return Error(fmt::format("gap [{}] is longer than 200 words", text));
  }
  if (element.longest == 0) return Error(fmt::format("gap [{}] is not [..N]", text));
  if (at < text.size() && text[at] == ',') {
    element.over_commas = true;
    ++at;
  }
  for (const std::string_view word : SplitWords(Trim(text.substr(at)))) {
    if (word.front() != '!') return Error(fmt::format("gap [{}] has something that is neither !TYPE nor !@SET", text));
    if (word.back() == ',') return Error(fmt::format("gap [{}] ends with a comma; over commas is [..N, !TYPE]", text));
    if (word.starts_with("!@")) {
      const auto set = book_.set_by_name.find(word.substr(2));
      if (set == book_.set_by_name.end()) return Error(fmt::format("cue set {} is not defined", word.substr(1)));
      element.words = SlotWords::kNotOfSet;
      element.set = set->second;
      continue;
    }
    for (std::string_view type : SplitOn(word.substr(1), ',')) {
      NEWSGRAPH_ASSIGN_OR_RETURN(SlotType parsed, ParseType(type));
      element.types.push_back(std::move(parsed));
    }
  }
  return element;
}

// @set, role=@set, or plain characters.
absl::StatusOr<RuleElement> BookParser::ParseWord(std::string_view text) {
  RuleElement element;
  if (const size_t at = text.find('@'); at == 0 || (at != std::string_view::npos && text[at - 1] == '=')) {
    element.kind = RuleElementKind::kCue;
    if (at > 0) {
      element.role = std::string(text.substr(0, at - 1));
      if (element.role == "O") {
        element.literal = "TEXT";
      } else if (!IsQualifier(element.role)) {
        return Error(fmt::format("{} names neither O nor a qualifier", text));
      }
    }
    const auto set = book_.set_by_name.find(text.substr(at + 1));
    if (set == book_.set_by_name.end()) return Error(fmt::format("cue set {} is not defined", text.substr(at)));
    element.set = set->second;
    return element;
  }
  element.word = FoldedCodePoints(text);
  return element;
}

constexpr std::string_view kSpecial = " \t(){}[]<>|?!&^$\"";

absl::StatusOr<Part> BookParser::ParseAtom(std::string_view text, size_t& at, int depth) {
  Part part;
  const char c = text[at];
  const auto until = [&](char close) -> std::optional<std::string_view> {
    const size_t end = text.find(close, at + 1);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view inside = text.substr(at + 1, end - at - 1);
    at = end + 1;
    return inside;
  };
  if (c == '(') {
    part.is_group = true;
    ++at;
    while (true) {
      NEWSGRAPH_ASSIGN_OR_RETURN(std::vector<Part> branch, ParseSequence(text, at, depth + 1));
      part.alternatives.push_back(std::move(branch));
      if (at >= text.size()) return Error("a '(' is not closed");
      if (text[at++] == ')') break;
    }
  } else if (c == '{' || c == '[') {
    const auto inside = until(c == '{' ? '}' : ']');
    if (!inside) return Error(fmt::format("a '{}' is not closed", c));
    NEWSGRAPH_ASSIGN_OR_RETURN(part.element, c == '{' ? ParseSlot(*inside) : ParseGap(*inside));
  } else if (c == '<') {
    if (depth > 0) return Error("the cue <…> cannot stand inside parentheses");
    const auto inside = until('>');
    if (!inside) return Error("a '<' is not closed");
    std::string_view word = *inside;
    if (word.size() > 1 && word.front() == '"' && word.back() == '"') word = word.substr(1, word.size() - 2);
    if (word.empty()) return Error("the cue <> is empty");
    NEWSGRAPH_ASSIGN_OR_RETURN(part.element, ParseWord(word));
    part.is_anchor = true;
    if (part.element.kind == RuleElementKind::kWord) part.element.set = SetOfWord(part.element.word);
  } else if (c == '^' || c == '$') {
    part.element.kind = c == '^' ? RuleElementKind::kClauseBegin : RuleElementKind::kClauseEnd;
    ++at;
  } else if (c == '"' || c == '!' || c == '&') {
    const bool negative = c == '!', seen = c == '&';
    if (negative || seen) ++at;
    std::string_view word;
    if ((negative || seen) && at < text.size() && text[at] == '{') {
      const auto inside = until('}');
      if (!inside) return Error("a '{' is not closed");
      NEWSGRAPH_ASSIGN_OR_RETURN(part.element, ParseSlot(*inside));
      if (part.element.kind != RuleElementKind::kSlot) {
        return Error(fmt::format("after '{}' only a mention can stand in {{…}}", c));
      }
      part.element.kind = negative ? RuleElementKind::kNotSlot : RuleElementKind::kSeenSlot;
      return part;
    }
    if (at < text.size() && text[at] == '"') {
      const auto inside = until('"');
      if (!inside) return Error("a '\"' is not closed");
      word = *inside;
    } else {
      const size_t end = std::min(text.find_first_of(kSpecial, at), text.size());
      word = text.substr(at, end - at);
      at = end;
    }
    if (word.empty()) return Error("an empty word");
    NEWSGRAPH_ASSIGN_OR_RETURN(part.element, ParseWord(word));
    if (negative) {
      part.element.kind =
          part.element.kind == RuleElementKind::kCue ? RuleElementKind::kNotCue : RuleElementKind::kNotWord;
    } else if (seen) {
      part.element.kind =
          part.element.kind == RuleElementKind::kCue ? RuleElementKind::kSeenCue : RuleElementKind::kSeenWord;
    }
  } else {
    const size_t end = std::min(text.find_first_of(kSpecial, at), text.size());
    if (end == at) return Error(fmt::format("'{}' stands where no part of a pattern can begin", c));
    NEWSGRAPH_ASSIGN_OR_RETURN(part.element, ParseWord(text.substr(at, end - at)));
    at = end;
  }
  if (at < text.size() && text[at] == '?') {
    if (part.is_anchor) return Error("the cue <…> cannot be optional");
    part.optional = true;
    ++at;
  }
  return part;
}

absl::StatusOr<std::vector<Part>> BookParser::ParseSequence(std::string_view text, size_t& at, int depth) {
  std::vector<Part> parts;
  while (at < text.size()) {
    if (text[at] == ' ' || text[at] == '\t') {
      ++at;
      continue;
    }
    if (text[at] == ')' || text[at] == '|') {
      if (depth == 0) return Error(fmt::format("a '{}' without '('", text[at]));
      return parts;
    }
    NEWSGRAPH_ASSIGN_OR_RETURN(Part part, ParseAtom(text, at, depth));
    parts.push_back(std::move(part));
  }
  return parts;
}

// Writes out alternatives and optional parts; the fuller reading first. Elements move to the book.
void BookParser::Expand(std::vector<Part>& parts, const RuleElement*& anchor, Ways& out) {
  Ways ways;
  ways.Add({}, {});
  for (size_t i = 0; i < parts.size();) {
    Ways choices;
    if (parts[i].is_group) {
      for (std::vector<Part>& branch : parts[i].alternatives) Expand(branch, anchor, choices);
      if (parts[i++].optional) choices.Add({}, {});
    } else {
      // Those that follow without a choice come with it.
      do {
        const RuleElement* const element = &book_.elements.emplace_back(std::move(parts[i].element));
        if (parts[i].is_anchor) anchor = element;
        choices.elements.push_back(element);
      } while (!parts[i++].optional && i < parts.size() && !parts[i].is_group && !parts[i].optional);
      choices.ends.push_back(choices.elements.size());
      if (parts[i - 1].optional) choices.Add({}, {});
    }
    Ways longer;
    longer.ends.reserve(ways.size() * choices.size());
    longer.elements.reserve(ways.elements.size() * choices.size() + choices.elements.size() * ways.size());
    for (size_t way = 0; way < ways.size(); ++way) {
      for (size_t choice = 0; choice < choices.size() && longer.size() <= kMostPatterns; ++choice) {
        longer.Add(ways[way], choices[choice]);
      }
    }
    ways = std::move(longer);
  }
  for (size_t way = 0; way < ways.size(); ++way) out.Add(ways[way], {});
}

absl::Status BookParser::ReadPattern(std::string_view line) {
  size_t at = 0;
  NEWSGRAPH_ASSIGN_OR_RETURN(std::vector<Part> parts, ParseSequence(line, at, 0));
  if (std::count_if(parts.begin(), parts.end(), [](const Part& part) { return part.is_anchor; }) != 1) {
    return Error("a pattern needs exactly one cue <…> outside parentheses");
  }
  Ways ways;
  const RuleElement* anchor = nullptr;
  Expand(parts, anchor, ways);
  if (ways.size() > kMostPatterns) {
    return Error(
        fmt::format("the pattern stands for more than {} sequences; write it as several rules", kMostPatterns));
  }
  RelationRule& rule = book_.rules.back();
  const auto right_of = [anchor](RuleElements way) {
    return static_cast<size_t>(std::find(way.begin(), way.end(), anchor) - way.begin());
  };
  for (size_t i = 0; i < ways.size(); ++i) {
    const RuleElements way = ways[i];
    const size_t middle = right_of(way);
    bool subject = false, object = anchor->role == "O";
    for (size_t k = 0; k < way.size(); ++k) {
      const RuleElement& element = *way[k];
      if (k == middle) continue;
      if (element.kind == RuleElementKind::kSlot || element.kind == RuleElementKind::kTopic ||
          !element.literal.empty()) {
        subject |= element.role == "S";
        object |= element.role == "O" || element.pairs;
      }
      if (k < middle && element.kind == RuleElementKind::kPhrase) return Error("PHRASE stands right of the cue only");
    }
    if (!subject || !object) return Error("a reading of the pattern lacks its S or its O");
  }
  // Left of the cue from right to left.
  std::vector<const RuleElement*>& list = book_.element_lists.emplace_back(std::move(ways.elements));
  for (size_t i = 0, begin = 0; i < ways.size(); begin = ways.ends[i++]) {
    const std::span<const RuleElement*> way = std::span(list).subspan(begin, ways.ends[i] - begin);
    const size_t middle = right_of(way);
    std::reverse(way.begin(), way.begin() + static_cast<std::ptrdiff_t>(middle));
    RulePattern pattern;
    pattern.left = way.first(middle);
    pattern.right = way.subspan(middle + 1);
    pattern.anchor_set = anchor->set;
    pattern.anchor_role = anchor->role;
    pattern.anchor_literal = anchor->literal;
    rule.patterns.push_back(pattern);
  }
  return absl::OkStatus();
}

absl::StatusOr<RuleBook> BookParser::Finish() && {
  for (const RelationRule& rule : book_.rules) {
    const auto complain = [&rule](const std::string& what) {
      return absl::InvalidArgumentError(fmt::format("read rules: {}: {} {}", rule.place, rule.name, what));
    };
    if (rule.patterns.empty()) return complain("has no pattern");
    for (const bool positive : {true, false}) {
      if (std::none_of(rule.examples.begin(), rule.examples.end(),
                       [positive](const RuleExample& example) { return example.positive == positive; })) {
        return complain(positive ? "has no example that it reads (+ …)" : "has no example that it must not read (- …)");
      }
    }
  }
  return std::move(book_);
}

}  // namespace

bool IsOfThings(const RuleElement& element) {
  return std::none_of(element.types.begin(), element.types.end(), [](const SlotType& type) {
    return type.any || type.type == EntityType::kPerson || type.type == EntityType::kOrg ||
           type.type == EntityType::kGpe;
  });
}

namespace {

// Every .rules file of the folder, in the order of names, as "PREFIX/FILE".
absl::Status ReadRuleFiles(const std::filesystem::path& folder, const std::string& prefix,
                           std::vector<std::pair<std::string, std::string>>& files) {
  std::error_code error;
  std::vector<std::filesystem::path> paths;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".rules") paths.push_back(it->path());
  }
  if (error || paths.empty()) {
    return absl::NotFoundError(
        fmt::format("read rules: no .rules file in {}; is the data directory right?", folder.string()));
  }
  std::sort(paths.begin(), paths.end());
  for (const std::filesystem::path& path : paths) {
    std::ifstream in(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (!in.good() && !in.eof()) return absl::NotFoundError(fmt::format("read rules: cannot read {}", path.string()));
    files.emplace_back(fmt::format("{}/{}", prefix, path.filename().string()), std::move(text));
  }
  return absl::OkStatus();
}

}  // namespace

const CueSet* RuleBook::FindSet(std::string_view name) const {
  const auto it = set_by_name.find(name);
  return it == set_by_name.end() ? nullptr : &sets[it->second];
}

absl::StatusOr<RuleBook> ParseRuleBook(const std::vector<std::pair<std::string, std::string>>& files,
                                       const std::string& language, const Ontology& ontology,
                                       const std::set<std::string>& without) {
  BookParser parser(language, ontology);
  for (const auto& [name, text] : files) NEWSGRAPH_RETURN_IF_ERROR(parser.ReadSets(name, text));
  for (const auto& [name, text] : files) {
    const std::filesystem::path path = name;
    if (path.parent_path() == language && without.contains(path.stem().string())) continue;
    NEWSGRAPH_RETURN_IF_ERROR(parser.ReadRules(name, text));
  }
  return std::move(parser).Finish();
}

absl::StatusOr<RuleBook> LoadRuleBook(const std::filesystem::path& folder, const std::string& language,
                                      const Ontology& ontology, const std::filesystem::path& own,
                                      const std::set<std::string>& without) {
  std::vector<std::pair<std::string, std::string>> files;
  NEWSGRAPH_RETURN_IF_ERROR(ReadRuleFiles(folder, language, files));
  if (!own.empty()) NEWSGRAPH_RETURN_IF_ERROR(ReadRuleFiles(own, fmt::format("own/{}", language), files));
  return ParseRuleBook(files, language, ontology, without);
}

}  // namespace newsgraph
