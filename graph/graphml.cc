#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

#include "graph/edge_sentences.h"
#include "graph/formats.h"
#include "graph/status.h"

namespace newsgraph {
namespace {

struct Key {
  std::string_view id;
  std::string_view domain;
  std::string_view type;
};
// Attributes are named as their keys.
constexpr std::array<Key, 13> kKeys = {{
    {"name", "node", "string"},
    {"type", "node", "string"},
    {"subtype", "node", "string"},
    {"documents", "node", "long"},
    {"hops", "node", "int"},
    {"predicate", "edge", "string"},
    {"label_en", "edge", "string"},
    {"label_zh_hant", "edge", "string"},
    {"label_zh_hans", "edge", "string"},
    {"support", "edge", "int"},
    {"confidence", "edge", "double"},
    {"document", "edge", "string"},
    {"sentence", "edge", "string"},
}};

constexpr std::string_view kReplacement = "\uFFFD";

// XML has no way to write most control characters, nor U+FFFE and U+FFFF.
std::string Escape(std::string_view text) {
  std::string escaped;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (c == '"') {
      escaped += "&quot;";
    } else if (c == '\r') {
      escaped += "&#13;";
    } else if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n') {
      escaped += kReplacement;
    } else if (text.substr(i, 3) == "\xEF\xBF\xBE" || text.substr(i, 3) == "\xEF\xBF\xBF") {
      escaped += kReplacement;
      i += 2;
    } else {
      escaped += c;
    }
  }
  return escaped;
}

void Data(std::ostream& out, std::string_view key, std::string_view value) {
  out << "      <data key=\"" << key << "\">" << Escape(value) << "</data>\n";
}

}  // namespace

absl::Status ExportGraphMl(const Snapshot& snapshot, const SubgraphAnswer& subgraph, std::ostream& out) {
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"\n"
         "         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n"
         "         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
         "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n";
  for (const Key& key : kKeys) {
    out << fmt::format("  <key id=\"{0}\" for=\"{1}\" attr.name=\"{0}\" attr.type=\"{2}\"/>\n", key.id, key.domain,
                       key.type);
  }
  out << "  <graph id=\"newsgraph\" edgedefault=\"directed\">\n";
  for (size_t i = 0; i < subgraph.entities.size(); ++i) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const Entity entity, snapshot.GetEntity(subgraph.entities[i]));
    out << "    <node id=\"" << ToString(entity.id) << "\">\n";
    Data(out, "name", entity.name);
    Data(out, "type", ToString(entity.type));
    if (!entity.subtype.empty()) Data(out, "subtype", entity.subtype);
    Data(out, "documents", std::to_string(entity.documents));
    Data(out, "hops", std::to_string(subgraph.hops[i]));
    out << "    </node>\n";
  }
  EdgeSentences sentences(snapshot);
  for (const EdgeGroup& edge : subgraph.edges) {
    const Relation* relation = snapshot.ontology().Find(edge.predicate);
    if (relation == nullptr) {
      return absl::DataLossError(fmt::format("export graphml: the ontology has no relation '{}'", edge.predicate));
    }
    NEWSGRAPH_ASSIGN_OR_RETURN(const EdgeSentences::Sentence sentence, sentences.Best(edge));
    out << "    <edge source=\"" << ToString(edge.subject) << "\" target=\"" << ToString(edge.object) << "\""
        << (relation->symmetric ? " directed=\"false\"" : "") << ">\n";
    Data(out, "predicate", edge.predicate);
    Data(out, "label_en", relation->en);
    Data(out, "label_zh_hant", relation->zh_hant);
    Data(out, "label_zh_hans", relation->zh_hans);
    Data(out, "support", std::to_string(edge.support));
    Data(out, "confidence", fmt::format("{}", sentence.confidence));
    Data(out, "document", sentence.document);
    Data(out, "sentence", sentence.text);
    out << "    </edge>\n";
  }
  out << "  </graph>\n</graphml>\n";
  if (!out.flush()) return absl::DataLossError("export graphml: the output cannot be written; is the disk full?");
  return absl::OkStatus();
}

}  // namespace newsgraph
