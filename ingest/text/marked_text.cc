#include "ingest/text/marked_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "graph/status.h"

namespace newsgraph {
namespace {

uint32_t CountCodePoints(std::string_view text) {
  return static_cast<uint32_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

int32_t EntityOf(TextAnalysis& analysis, std::string_view name, EntityType type, std::string_view subtype) {
  for (size_t i = 0; i < analysis.entities.size(); ++i) {
    LocalEntity& entity = analysis.entities[i];
    if (entity.name != name) continue;
    if (entity.type == EntityType::kUnknown) entity.type = type;
    if (entity.subtype.empty()) entity.subtype = std::string(subtype);
    return static_cast<int32_t>(i);
  }
  LocalEntity entity;
  entity.name = std::string(name);
  entity.type = type;
  entity.subtype = std::string(subtype);
  analysis.entities.push_back(std::move(entity));
  return static_cast<int32_t>(analysis.entities.size() - 1);
}

// "PERSON=林安", "ORG:company", "MONEY=400000000 USD" → the mention.
absl::StatusOr<TextMention> ParseMark(TextAnalysis& analysis, std::string_view surface, std::string_view mark) {
  TextMention mention;
  const size_t sign = mark.find_first_of("=~!");
  const std::string_view kind = mark.substr(0, sign);
  const std::string_view rest = sign == std::string_view::npos ? std::string_view() : mark.substr(sign + 1);
  const size_t colon = kind.find(':');
  const std::optional<EntityType> type = ParseEntityType(kind.substr(0, colon));
  if (!type) {
    return absl::InvalidArgumentError(
        fmt::format("[{}|{}]: {} is no type of mention", surface, mark, kind.substr(0, colon)));
  }
  mention.type = *type;
  if (colon != std::string_view::npos) mention.subtype = std::string(kind.substr(colon + 1));
  if (IsValueType(mention.type)) {
    const size_t space = rest.find(' ');
    mention.value =
        Literal{std::string(ToString(mention.type)), std::string(surface), std::string(rest.substr(0, space)),
                space == std::string_view::npos ? "" : std::string(rest.substr(space + 1))};
    return mention;
  }
  if (sign != std::string_view::npos) {
    mention.form = mark[sign] == '='   ? MentionForm::kPronoun
                   : mark[sign] == '~' ? MentionForm::kNominal
                                       : MentionForm::kName;
  }
  mention.entity = EntityOf(analysis, rest.empty() ? surface : rest, mention.type, mention.subtype);
  return mention;
}

void AddSentences(TextAnalysis& analysis, Range line, int32_t turn, uint32_t paragraph) {
  const FoldedText& text = analysis.text;
  uint32_t begin = line.begin;
  const auto add = [&](uint32_t end) {
    while (begin < end && text[begin] == U' ') ++begin;
    if (begin >= end) return;
    Sentence sentence;
    sentence.range = {begin, end};
    sentence.turn = turn;
    sentence.paragraph = paragraph;
    sentence.script = Script::kLatin;
    for (uint32_t p = begin; p < end; ++p) {
      if (text[p] >= 0x4e00 && text[p] < 0xa000) sentence.script = Script::kHant;
    }
    analysis.sentences.push_back(sentence);
    begin = end;
  };
  for (uint32_t p = line.begin; p < line.end; ++p) {
    const bool latin_stop = text[p] == U'.' && (p + 1 >= line.end || text[p + 1] == U' ' || text[p + 1] == U'"');
    if (text[p] != U'。' && text[p] != U'?' && text[p] != U'!' && !latin_stop) continue;
    uint32_t end = p + 1;
    while (end < line.end && (text[end] == U'」' || text[end] == U'”' || text[end] == U'"')) ++end;
    add(end);
  }
  add(line.end);
}

void AddQuotations(TextAnalysis& analysis) {
  const FoldedText& text = analysis.text;
  uint32_t open = 0;
  bool is_open = false;
  for (uint32_t p = 0; p < text.size(); ++p) {
    const char32_t c = text[p];
    if (is_open && (c == U'」' || c == U'”' || c == U'"')) {
      Quotation quotation;
      quotation.range = {open, p + 1};
      analysis.quotations.push_back(quotation);
      is_open = false;
    } else if (!is_open && (c == U'「' || c == U'“' || c == U'"')) {
      open = p;
      is_open = true;
    }
  }
}

}  // namespace

absl::StatusOr<TextAnalysis> ReadMarkedText(std::string_view marked) {
  TextAnalysis analysis;
  std::string text;
  struct Turn {
    uint32_t begin, end;
    std::string speaker;
  };
  std::vector<Turn> turns;
  std::vector<std::pair<Range, int32_t>> lines;
  uint32_t line_begin = 0;
  size_t at = 0;
  while (at <= marked.size()) {
    const size_t line_end = std::min(marked.find('\n', at), marked.size());
    std::string_view line = marked.substr(at, line_end - at);
    at = line_end + 1;
    if (!text.empty()) text += '\n';
    line_begin = CountCodePoints(text);
    int32_t turn = -1;
    if (const size_t arrow = line.find("> "); arrow != std::string_view::npos && arrow < 40) {
      turn = static_cast<int32_t>(turns.size());
      turns.push_back({line_begin, line_begin, std::string(line.substr(0, arrow))});
      line.remove_prefix(arrow + 2);
    }
    while (!line.empty()) {
      const size_t open = line.find('[');
      const size_t bar = open == std::string_view::npos ? open : line.find('|', open);
      const size_t close = bar == std::string_view::npos ? bar : line.find(']', bar);
      if (close == std::string_view::npos) {
        text += line;
        break;
      }
      text += line.substr(0, open);
      const std::string_view surface = line.substr(open + 1, bar - open - 1);
      NEWSGRAPH_ASSIGN_OR_RETURN(TextMention mention,
                                 ParseMark(analysis, surface, line.substr(bar + 1, close - bar - 1)));
      mention.range.begin = CountCodePoints(text);
      text += surface;
      mention.range.end = CountCodePoints(text);
      analysis.mentions.push_back(std::move(mention));
      line.remove_prefix(close + 1);
    }
    const uint32_t end = CountCodePoints(text);
    if (turn >= 0) turns.back().end = end;
    lines.push_back({{line_begin, end}, turn});
  }
  analysis.text = FoldedText("", text);
  for (uint32_t i = 0; i < lines.size(); ++i) AddSentences(analysis, lines[i].first, lines[i].second, i);
  AddQuotations(analysis);
  for (uint32_t i = 0; i < analysis.mentions.size(); ++i) {
    TextMention& mention = analysis.mentions[i];
    for (uint32_t s = 0; s < analysis.sentences.size(); ++s) {
      if (analysis.sentences[s].range.Contains(mention.range)) mention.sentence = s;
    }
    if (mention.entity >= 0) analysis.entities[static_cast<size_t>(mention.entity)].mentions.push_back(i);
  }
  for (const Turn& turn : turns) {
    TextTurn out;
    out.speech = {turn.begin, turn.end};
    out.speaker = EntityOf(analysis, turn.speaker, EntityType::kPerson, "");
    analysis.turns.push_back(out);
  }
  return analysis;
}

std::string Describe(const TextAnalysis& analysis, const TextStatement& statement) {
  const auto name = [&](int32_t entity) {
    return entity < 0 ? std::string("nobody") : analysis.entities[static_cast<size_t>(entity)].name;
  };
  std::string out = name(statement.subject) + " " + statement.predicate + " ";
  if (!statement.literal) return out + name(statement.object);
  const Literal& literal = *statement.literal;
  return out + literal.type + ":" + (literal.value.empty() ? literal.text : literal.value);
}

}  // namespace newsgraph
