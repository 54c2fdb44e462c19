#include "ingest/statement_confidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

#include "graph/status.h"

namespace newsgraph {
namespace {

constexpr std::string_view kBias = "bias";

// What is less sure is left out: by what tools/train/confidence.py prints of such bounds, F1 neither gains nor loses
// about here, while most of what goes is wrong.
constexpr float kLeast = 0.33F;

// Of a rule's strength: no rule is certain, none hopeless.
constexpr float kLeastStrength = 0.05F, kMostStrength = 0.97F;

constexpr std::string_view kQuotes[] = {"「", "『", "“", "‘", "\""};
constexpr size_t kLongestMark = 3;  // bytes

// How many statements before and behind one are looked at: a sentence has fewer.
constexpr size_t kFarthestReading = 32;

float LogOdds(float probability) {
  const float p = std::clamp(probability, kLeastStrength, kMostStrength);
  return std::log(p / (1 - p));
}

// "zh/ceo_of.3" is read by a relation's rule, "zh/claim.plans" and "zh/figure.price" by mechanisms of their own.
std::string_view ReaderOf(std::string_view rule) {
  if (rule.find("/claim.") != std::string_view::npos) return "claim";
  if (rule.find("/figure.") != std::string_view::npos) return "figure";
  return "rule";
}

std::string_view LanguageOf(std::string_view rule) { return rule.substr(0, rule.find('/')); }

// The form of the mention that stands at `span`; "elsewhere" where the end is not in the sentence.
std::string_view FormAt(const DocumentGraph& graph, const std::optional<Span>& span) {
  if (!span) return "elsewhere";
  const auto at = std::lower_bound(graph.mentions.begin(), graph.mentions.end(), *span,
                                   [](const Mention& mention, const Span& place) { return mention.span < place; });
  return at != graph.mentions.end() && at->span == *span ? ToString(at->form) : "words";
}

// 0, 1, 2 … for 0-7, 8-15, 16-31 … bytes.
int SizeClass(uint64_t bytes) {
  int size = 0;
  for (uint64_t least = 8; bytes >= least && size < 7; least *= 2) ++size;
  return size;
}

uint64_t Gap(const Span& a, const Span& b) {
  if (a.end <= b.begin) return b.begin - a.end;
  return b.end <= a.begin ? a.begin - b.end : 0;
}

bool IsInTurn(const DocumentGraph& graph, const Span& span) {
  return std::any_of(graph.turns.begin(), graph.turns.end(), [&](const Turn& turn) {
    return turn.span.field == span.field && turn.span.begin <= span.begin && span.end <= turn.span.end;
  });
}

size_t NamesWithin(const DocumentGraph& graph, const Span& span) {
  size_t count = 0;
  const auto first = std::lower_bound(graph.mentions.begin(), graph.mentions.end(), Span{span.field, span.begin, 0},
                                      [](const Mention& mention, const Span& place) { return mention.span < place; });
  for (auto at = first; at != graph.mentions.end() && at->span.field == span.field && at->span.end <= span.end; ++at) {
    ++count;
  }
  return count;
}

// What else the document is read to say.
struct OtherReadings {
  size_t beside = 0;  // in the same sentence
  size_t inside = 0;  // in the words that are its literal
};

OtherReadings ReadingsBeside(const DocumentGraph& graph, const Statement& statement) {
  OtherReadings found;
  // Statements stand in the order of their evidence.
  const size_t first = statement.index < kFarthestReading ? 0 : statement.index - kFarthestReading;
  const size_t end = std::min<size_t>(graph.statements.size(), statement.index + kFarthestReading + 1);
  for (size_t i = first; i < end; ++i) {
    const Statement& other = graph.statements[i];
    if (other.index == statement.index || other.evidence.field != statement.evidence.field ||
        other.evidence.begin >= statement.evidence.end || statement.evidence.begin >= other.evidence.end) {
      continue;
    }
    ++found.beside;
    if (statement.literal_span && other.cue_span && statement.literal_span->begin <= other.cue_span->begin &&
        other.cue_span->end <= statement.literal_span->end) {
      ++found.inside;
    }
  }
  return found;
}

// A mark of quotation stands before it or begins it.
bool IsQuoted(const DocumentGraph& graph, const Span& span) {
  const std::string& text = span.field == Field::kTitle ? graph.document.title : graph.document.text;
  const size_t from = span.begin < kLongestMark ? 0 : span.begin - kLongestMark;
  const std::string_view around = std::string_view(text).substr(from, span.begin + kLongestMark - from);
  return std::any_of(std::begin(kQuotes), std::end(kQuotes),
                     [&](std::string_view mark) { return around.find(mark) != std::string_view::npos; });
}

const Atom* AtomOf(const DocumentGraph& graph, const AtomId& id) {
  const auto at = std::lower_bound(graph.atoms.begin(), graph.atoms.end(), id,
                                   [](const Atom& atom, const AtomId& wanted) { return atom.id < wanted; });
  return at != graph.atoms.end() && at->id == id ? &*at : nullptr;
}

std::string_view TypeOf(const DocumentGraph& graph, const AtomId& id) {
  const Atom* atom = AtomOf(graph, id);
  return atom == nullptr ? std::string_view("none") : ToString(atom->type);
}

}  // namespace

std::vector<std::pair<std::string, float>> ConfidenceFeatures(const DocumentGraph& graph, const Statement& statement) {
  std::vector<std::pair<std::string, float>> features;
  const auto is = [&](std::string_view name, const auto& value) {
    features.emplace_back(fmt::format("{}={}", name, value), 1.0F);
  };
  // Also what it is worth for this relation alone.
  const auto is_of_relation = [&](std::string_view name, const auto& value) {
    is(name, value);
    features.emplace_back(fmt::format("{}: {}={}", statement.predicate, name, value), 1.0F);
  };
  features.emplace_back(kBias, 1.0F);
  features.emplace_back(fmt::format("strength of {}", ReaderOf(statement.rule)), LogOdds(statement.confidence));
  is("language", LanguageOf(statement.rule));
  is("predicate", statement.predicate);
  is_of_relation("factuality", ToString(statement.factuality));
  is_of_relation("field", statement.evidence.field == Field::kTitle ? "title"
                          : IsInTurn(graph, statement.evidence)     ? "turn"
                                                                    : "text");
  is_of_relation("subject form", FormAt(graph, statement.subject_span));
  is_of_relation("subject type", TypeOf(graph, statement.subject));
  is("sentence size", SizeClass(statement.evidence.end - statement.evidence.begin));
  is("sentence names", std::min<size_t>(NamesWithin(graph, statement.evidence), 8));
  is_of_relation("speaker", statement.speaker == AtomId()            ? "nobody"
                            : statement.speaker == statement.subject ? "subject"
                                                                     : "other");
  const std::optional<Span>& other = statement.literal ? statement.literal_span : statement.object_span;
  if (statement.literal) {
    is_of_relation("literal", statement.literal->type);
    if (statement.literal->type == "TEXT") is_of_relation("words size", SizeClass(statement.literal->text.size()));
  } else {
    is_of_relation("object form", FormAt(graph, statement.object_span));
    is_of_relation("object type", TypeOf(graph, statement.object));
  }
  is("rule", statement.rule);
  const OtherReadings others = ReadingsBeside(graph, statement);
  is("read beside", std::min<size_t>(others.beside, 4));
  if (statement.literal_span) {
    is_of_relation("read inside", std::min<size_t>(others.inside, 2));
    is_of_relation("names inside", std::min<size_t>(NamesWithin(graph, *statement.literal_span), 3));
    is_of_relation("quoted", IsQuoted(graph, *statement.literal_span) ? "yes" : "no");
  }
  if (statement.subject_span && other) is("distance", SizeClass(Gap(*statement.subject_span, *other)));
  if (statement.cue_span && statement.subject_span) {
    is("cue to subject", SizeClass(Gap(*statement.cue_span, *statement.subject_span)));
  }
  return features;
}

absl::StatusOr<ConfidenceModel> ConfidenceModel::Parse(std::string_view text, std::string_view name) {
  ConfidenceModel model;
  int number = 0;
  while (!text.empty()) {
    ++number;
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line[0] == '#') continue;
    const size_t tab = line.find('\t');
    float weight = 0;
    const std::string_view digits = tab == std::string_view::npos ? "" : line.substr(tab + 1);
    const auto [rest, error] = std::from_chars(digits.data(), digits.data() + digits.size(), weight);
    if (digits.empty() || tab == 0 || error != std::errc() || rest != digits.data() + digits.size() ||
        !std::isfinite(weight)) {
      return absl::InvalidArgumentError(fmt::format(
          "{}:{}: \"{}\" is no feature with a weight; write FEATURE, a tab and a number", name, number, line));
    }
    if (!model.weights_.emplace(line.substr(0, tab), weight).second) {
      return absl::InvalidArgumentError(
          fmt::format("{}:{}: {} is given twice; keep one", name, number, line.substr(0, tab)));
    }
  }
  if (model.weights_.empty()) {
    return absl::InvalidArgumentError(fmt::format("{}: no weights; make it with tools/train/confidence.py", name));
  }
  return model;
}

absl::StatusOr<ConfidenceModel> ConfidenceModel::Load(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in) {
    return absl::NotFoundError(fmt::format("read {}: cannot be read; it belongs to the program's data", path.string()));
  }
  return Parse(bytes.str(), path.string());
}

float ConfidenceModel::Of(const DocumentGraph& graph, const Statement& statement) const {
  float sum = 0;
  for (const auto& [name, value] : ConfidenceFeatures(graph, statement)) {
    const auto weight = weights_.find(name);
    if (weight != weights_.end()) sum += weight->second * value;
  }
  constexpr float kFarthest = 5;  // so that nothing is certain
  constexpr float kSteps = 1000;  // more digits would say more than is known
  return std::round(kSteps / (1 + std::exp(-std::clamp(sum, -kFarthest, kFarthest)))) / kSteps;
}

void ConfidenceModel::Rate(DocumentGraph& graph) const {
  std::vector<float> rated;
  for (const Statement& statement : graph.statements) rated.push_back(Of(graph, statement));
  for (size_t i = 0; i < rated.size(); ++i) graph.statements[i].confidence = rated[i];
  std::erase_if(graph.statements, [](const Statement& statement) { return statement.confidence < kLeast; });
  for (size_t i = 0; i < graph.statements.size(); ++i) graph.statements[i].index = static_cast<uint32_t>(i);
}

}  // namespace newsgraph
