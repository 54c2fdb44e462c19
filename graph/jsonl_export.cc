#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "graph/formats.h"
#include "graph/jsonl_lines.h"
#include "graph/status.h"

namespace newsgraph {
namespace {

constexpr size_t kAtOnce = 1024;

absl::StatusOr<EntityOfAtom> EntitiesOf(const Snapshot& snapshot, const std::vector<Atom>& atoms) {
  EntityOfAtom entities;
  for (const Atom& atom : atoms) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const EntityId entity, snapshot.EntityOf(atom.id));
    entities.emplace(atom.id, entity);
  }
  return entities;
}

// The documents of an export, one at a time.
using ReadGraph = std::function<absl::StatusOr<DocumentGraph>(const std::string& id)>;

// Atoms, mentions, turns and statements, each kind over all documents.
absl::Status WriteGraphs(const Snapshot& snapshot, const std::vector<std::string>& documents, const ReadGraph& read,
                         std::ostream& out) {
  enum class Kind { kAtom, kMention, kTurn, kStatement };
  for (const Kind kind : {Kind::kAtom, Kind::kMention, Kind::kTurn, Kind::kStatement}) {
    for (const std::string& id : documents) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const DocumentGraph graph, read(id));
      NEWSGRAPH_ASSIGN_OR_RETURN(const EntityOfAtom entities, EntitiesOf(snapshot, graph.atoms));
      switch (kind) {
        case Kind::kAtom:
          for (const Atom& atom : graph.atoms) out << AtomLine(id, atom, entities) << '\n';
          break;
        case Kind::kMention:
          for (const Mention& mention : graph.mentions) out << MentionLine(id, mention, entities) << '\n';
          break;
        case Kind::kTurn:
          for (const Turn& turn : graph.turns) out << TurnLine(id, turn, entities) << '\n';
          break;
        case Kind::kStatement:
          for (const Statement& statement : graph.statements) out << StatementLine(id, statement, entities) << '\n';
          break;
      }
      if (!out) break;
    }
  }
  return absl::OkStatus();
}

absl::Status WriteJudgements(std::vector<Judgement> judgements, std::ostream& out) {
  std::sort(judgements.begin(), judgements.end(), [](const Judgement& a, const Judgement& b) {
    return std::tie(a.left, a.right, a.author) < std::tie(b.left, b.right, b.author);
  });
  for (const Judgement& judgement : judgements) out << JudgementLine(judgement) << '\n';
  if (!out.flush()) return absl::DataLossError("export: the output cannot be written; is the disk full?");
  return absl::OkStatus();
}

// A part of the graph, small enough to hold.
class Part {
 public:
  explicit Part(const Snapshot& snapshot) : snapshot_(snapshot) {}

  absl::Status Add(const SubgraphAnswer& subgraph) {
    entities_.insert(subgraph.entities.begin(), subgraph.entities.end());
    std::map<std::string, std::set<uint32_t>> statements;
    std::set<EntityId> alone = entities_;
    std::map<DocumentKey, std::string> ids;
    for (const EdgeGroup& edge : subgraph.edges) {
      alone.erase(edge.subject);
      alone.erase(edge.object);
      for (const auto& [key, index] : edge.statements) {
        std::string& id = ids[key];
        if (id.empty()) {
          NEWSGRAPH_ASSIGN_OR_RETURN(const Document document, snapshot_.GetDocument(key));
          id = document.id;
        }
        statements[id].insert(index);
      }
    }
    // Every entity is mentioned somewhere.
    for (const EntityId entity : alone) {
      PagePosition position;
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto documents, snapshot_.ListMentioningDocuments(entity, 1, &position));
      for (const std::string& id : documents) statements[id];
    }
    for (const auto& [id, indexes] : statements) NEWSGRAPH_RETURN_IF_ERROR(AddDocument(id, indexes));
    return absl::OkStatus();
  }

  // Ascending.
  const std::set<EntityId>& entities() const { return entities_; }
  const std::map<std::string, DocumentGraph>& graphs() const { return graphs_; }
  bool HasAtom(AtomId atom) const { return atoms_.count(atom) > 0; }

 private:
  // What the document says of the part's entities, and those that its statements need.
  absl::Status AddDocument(const std::string& id, const std::set<uint32_t>& statements) {
    NEWSGRAPH_ASSIGN_OR_RETURN(DocumentGraph graph, snapshot_.GetDocumentGraph(id));
    NEWSGRAPH_ASSIGN_OR_RETURN(const EntityOfAtom entity_of, EntitiesOf(snapshot_, graph.atoms));
    std::erase_if(graph.statements, [&](const Statement& statement) { return !statements.count(statement.index); });
    std::set<AtomId> needed;
    for (const auto& [atom, entity] : entity_of) {
      if (entities_.count(entity)) needed.insert(atom);
    }
    for (const Statement& statement : graph.statements) {
      needed.insert({statement.subject, statement.object, statement.speaker});
      for (const Qualifier& qualifier : statement.qualifiers) needed.insert(qualifier.atom);
    }
    std::erase_if(graph.atoms, [&](const Atom& atom) { return !needed.count(atom.id); });
    std::erase_if(graph.mentions, [&](const Mention& mention) { return !needed.count(mention.atom); });
    std::erase_if(graph.turns, [&](const Turn& turn) { return !needed.count(turn.speaker); });
    for (const Atom& atom : graph.atoms) {
      atoms_.insert(atom.id);
      entities_.insert(entity_of.at(atom.id));
    }
    graphs_.emplace(id, std::move(graph));
    return absl::OkStatus();
  }

  const Snapshot& snapshot_;
  std::set<EntityId> entities_;
  std::set<AtomId> atoms_;
  std::map<std::string, DocumentGraph> graphs_;
};

}  // namespace

absl::Status ExportJsonLines(const Snapshot& snapshot, std::ostream& out) {
  std::vector<std::string> documents;
  PagePosition position;
  do {
    NEWSGRAPH_ASSIGN_OR_RETURN(std::vector<std::string> page, snapshot.ListDocuments(kAtOnce, &position));
    std::move(page.begin(), page.end(), std::back_inserter(documents));
  } while (!position.empty());
  std::sort(documents.begin(), documents.end());
  for (const std::string& id : documents) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const Document document, snapshot.GetDocument(id));
    out << DocumentLine(document) << '\n';
  }
  do {
    NEWSGRAPH_ASSIGN_OR_RETURN(const std::vector<EntityId> page, snapshot.ListEntities(kAtOnce, &position));
    for (const EntityId id : page) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const Entity entity, snapshot.GetEntity(id));
      out << EntityLine(entity) << '\n';
    }
  } while (!position.empty());
  NEWSGRAPH_RETURN_IF_ERROR(WriteGraphs(
      snapshot, documents, [&](const std::string& id) { return snapshot.GetDocumentGraph(id); }, out));
  NEWSGRAPH_ASSIGN_OR_RETURN(std::vector<Judgement> judgements, snapshot.ListJudgements());
  return WriteJudgements(std::move(judgements), out);
}

absl::Status ExportJsonLines(const Snapshot& snapshot, const SubgraphAnswer& subgraph, std::ostream& out) {
  Part part(snapshot);
  NEWSGRAPH_RETURN_IF_ERROR(part.Add(subgraph));
  std::vector<std::string> documents;
  for (const auto& [id, graph] : part.graphs()) {
    documents.push_back(id);
    out << DocumentLine(graph.document) << '\n';
  }
  for (const EntityId id : part.entities()) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const Entity entity, snapshot.GetEntity(id));
    out << EntityLine(entity) << '\n';
  }
  NEWSGRAPH_RETURN_IF_ERROR(WriteGraphs(
      snapshot, documents, [&](const std::string& id) -> absl::StatusOr<DocumentGraph> { return part.graphs().at(id); },
      out));
  NEWSGRAPH_ASSIGN_OR_RETURN(std::vector<Judgement> judgements, snapshot.ListJudgements());
  std::erase_if(judgements, [&](const Judgement& judgement) {
    return !part.HasAtom(judgement.left) || !part.HasAtom(judgement.right);
  });
  return WriteJudgements(std::move(judgements), out);
}

}  // namespace newsgraph
