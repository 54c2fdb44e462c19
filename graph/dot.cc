#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/edge_sentences.h"
#include "graph/formats.h"
#include "graph/status.h"

namespace newsgraph {
namespace {

struct Look {
  EntityType type;
  std::string_view shape;
  std::string_view fill;
  std::string_view border;
};
// Shapes tell the types apart for those who do not see the colours, and in print.
constexpr std::array<Look, 11> kLooks = {{
    {EntityType::kPerson, "ellipse", "#FDE2B8", "#B9770E"},
    {EntityType::kOrg, "box", "#CFE3F7", "#21618C"},
    {EntityType::kGpe, "hexagon", "#D4EFDF", "#1E8449"},
    {EntityType::kLoc, "hexagon", "#D4EFDF", "#1E8449"},
    {EntityType::kFac, "hexagon", "#D4EFDF", "#1E8449"},
    {EntityType::kProduct, "component", "#E8DAEF", "#6C3483"},
    {EntityType::kTech, "octagon", "#FADBD8", "#943126"},
    {EntityType::kWork, "note", "#FCF3CF", "#7D6608"},
    {EntityType::kEvent, "cds", "#FAD7E8", "#A1306E"},
    {EntityType::kLaw, "note", "#E5E7E9", "#424949"},
    {EntityType::kPosition, "plain", "#FFFFFF", "#7F8C8D"},
}};
constexpr Look kOtherLook = {EntityType::kUnknown, "box", "#F2F3F4", "#7F8C8D"};

const Look& LookOf(EntityType type) {
  const auto found = std::find_if(kLooks.begin(), kLooks.end(), [&](const Look& look) { return look.type == type; });
  return found == kLooks.end() ? kOtherLook : *found;
}

// Between quotation marks. Line breaks of the text become spaces: only we break lines.
std::string Quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return quoted + "\"";
}

// Several lines of one label.
std::string QuoteLines(const std::vector<std::string>& lines) {
  std::string quoted;
  for (const std::string& line : lines) {
    const std::string text = Quote(line);
    if (!quoted.empty()) quoted += "\\n";
    quoted.append(text, 1, text.size() - 2);
  }
  return "\"" + quoted + "\"";
}

std::string_view LabelOf(const Relation& relation, std::string_view language) {
  return language == "en" ? relation.en : language == "zh-Hans" ? relation.zh_hans : relation.zh_hant;
}

// The language of most sentences; Traditional Chinese before others where there are as many.
absl::StatusOr<std::string> MostSentences(EdgeSentences& sentences, const std::vector<EdgeGroup>& edges) {
  std::array<std::pair<std::string_view, uint64_t>, 3> counts = {{{"zh-Hant", 0}, {"zh-Hans", 0}, {"en", 0}}};
  for (const EdgeGroup& edge : edges) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const EdgeSentences::Sentence sentence, sentences.Best(edge));
    for (auto& [language, count] : counts) count += language == sentence.language;
  }
  return std::string(std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
                       return a.second < b.second;
                     })->first);
}

// All that joins a subject to an object, drawn as one line.
struct Line {
  std::vector<std::string> labels;
  std::vector<std::string> sentences;
  uint32_t support = 0;
  bool symmetric = true;
};

}  // namespace

absl::Status ExportDot(const Snapshot& snapshot, const SubgraphAnswer& subgraph, std::ostream& out) {
  out << "digraph newsgraph {\n"
         "  graph [charset=\"UTF-8\", layout=\"neato\", mode=\"major\", model=\"mds\", overlap=\"prism\",\n"
         "         sep=\"+14\", esep=\"+6\", splines=\"true\", outputorder=\"edgesfirst\", start=\"1\", pad=\"0.3\",\n"
         "         fontname=\"Noto Sans CJK TC\"];\n"
         "  node [fontname=\"Noto Sans CJK TC\", fontsize=\"13\", style=\"filled\", margin=\"0.12,0.06\"];\n"
         "  edge [fontname=\"Noto Sans CJK TC\", fontsize=\"10\", color=\"#85929E\", fontcolor=\"#34495E\",\n"
         "        arrowsize=\"0.7\", len=\"2.2\"];\n";
  // The start of a neighbourhood stands out.
  const bool whole = std::all_of(subgraph.hops.begin(), subgraph.hops.end(), [](uint8_t hops) { return hops == 0; });
  for (size_t i = 0; i < subgraph.entities.size(); ++i) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const Entity entity, snapshot.GetEntity(subgraph.entities[i]));
    const Look& look = LookOf(entity.type);
    out << fmt::format("  {} [label={}, tooltip={}, shape=\"{}\", fillcolor=\"{}\", color=\"{}\"{}];\n",
                       Quote(ToString(entity.id)), Quote(entity.name),
                       Quote(fmt::format("{} {}", ToString(entity.type), ToString(entity.id))), look.shape, look.fill,
                       look.border, subgraph.hops[i] == 0 && !whole ? ", penwidth=\"3\"" : "");
  }
  EdgeSentences sentences(snapshot);
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::string language, MostSentences(sentences, subgraph.edges));
  std::map<std::pair<EntityId, EntityId>, Line> lines;
  for (const EdgeGroup& edge : subgraph.edges) {
    const Relation* relation = snapshot.ontology().Find(edge.predicate);
    if (relation == nullptr) {
      return absl::DataLossError(fmt::format("export dot: the ontology has no relation '{}'", edge.predicate));
    }
    NEWSGRAPH_ASSIGN_OR_RETURN(const EdgeSentences::Sentence sentence, sentences.Best(edge));
    Line& line = lines[{edge.subject, edge.object}];
    line.labels.emplace_back(LabelOf(*relation, language));
    line.sentences.push_back(sentence.text);
    line.support = std::max(line.support, edge.support);
    line.symmetric = line.symmetric && relation->symmetric;
  }
  for (const auto& [ends, line] : lines) {
    out << fmt::format("  {} -> {} [label={}, tooltip={}, labeltooltip={}, penwidth=\"{}\"{}];\n",
                       Quote(ToString(ends.first)), Quote(ToString(ends.second)), QuoteLines(line.labels),
                       QuoteLines(line.sentences), QuoteLines(line.sentences), std::min(line.support, 5u),
                       line.symmetric ? ", dir=\"none\"" : "");
  }
  out << "}\n";
  if (!out.flush()) return absl::DataLossError("export dot: the output cannot be written; is the disk full?");
  return absl::OkStatus();
}

}  // namespace newsgraph
