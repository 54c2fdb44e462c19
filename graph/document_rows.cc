#include "graph/document_rows.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string_view>

#include "graph/day.h"
#include "graph/graph_store.h"
#include "graph/storage/keys.h"

namespace newsgraph {
namespace {

// The form of an atom's mentions that name it: names where it has any, else what it has.
std::map<AtomId, MentionForm> NamingForms(const std::vector<Mention>& mentions) {
  std::map<AtomId, MentionForm> forms;
  for (const Mention& mention : mentions) {
    const auto [found, added] = forms.emplace(mention.atom, mention.form);
    if (!added) found->second = std::min(found->second, mention.form);
  }
  return forms;
}

class RowMaker {
 public:
  RowMaker(const DocumentGraph& graph, const std::set<AtomId>& judged, const Ontology& ontology)
      : graph_(graph), judged_(judged), ontology_(ontology), key_(MakeDocumentKey(graph.document.id)) {}

  DocumentRows Make() {
    for (const Atom& atom : graph_.atoms) AddAtom(atom);
    AddDocument();
    AddNames();
    AddStatements();
    rows_.counts.documents = 1;
    rows_.counts.atoms = graph_.atoms.size();
    rows_.counts.mentions = graph_.mentions.size();
    rows_.counts.turns = graph_.turns.size();
    return std::move(rows_);
  }

 private:
  void Add(Table table, std::string key, std::string value) {
    rows_.unread.push_back({table, std::move(key), std::move(value)});
  }

  void AddAtom(const Atom& atom) {
    ProfileFields fields = MakeProfileFields(atom, judged_.contains(atom.id));
    const ProfileId id = MakeProfileId(fields);
    profile_of_[atom.id] = id;
    atoms_.push_back(atom.id);
    rows_.rows.push_back({Table::kAtom, IdKey(atom.id.value), Encode(AtomRecord{atom, key_, id})});
    rows_.rows.push_back({Table::kProfileAtom, ProfileAtomKey(id, atom.id), ""});
    Add(Table::kProfileAtom, ProfileDocumentKey(id, key_, atom.id), "");
    ProfileShare& share = rows_.profiles[id];
    share.fields = std::move(fields);
    share.atoms.insert(atom.id);
    for (Observation& observation : ProfileObservations(atom)) share.observations.insert(std::move(observation));
    ++share.names[{atom.name, graph_.document.language}].atoms;
    if (!atom.subtype.empty()) ++share.subtypes[atom.subtype];
  }

  void AddDocument() {
    DocumentRecord record;
    record.document = graph_.document;
    record.document.text.clear();
    record.atoms = atoms_;
    record.mentions = static_cast<uint32_t>(graph_.mentions.size());
    record.turns = static_cast<uint32_t>(graph_.turns.size());
    record.statements = static_cast<uint32_t>(graph_.statements.size());
    Add(Table::kDocument, DocumentPartKey(key_, DocumentPart::kRecord), Encode(record));
    Add(Table::kDocument, DocumentPartKey(key_, DocumentPart::kText), EncodeText(graph_.document.text));
    Add(Table::kMention, IdKey(key_.value), EncodeMentions(graph_.mentions, atoms_));
    Add(Table::kTurn, IdKey(key_.value), EncodeTurns(graph_.turns, atoms_));
    if (const auto day = ParseDay(graph_.document.published)) Add(Table::kTime, TimeKey(*day, key_), "");
  }

  void AddNames() {
    const auto forms = NamingForms(graph_.mentions);
    for (const Mention& mention : graph_.mentions) {
      if (forms.at(mention.atom) != mention.form) continue;
      ProfileShare& share = rows_.profiles[profile_of_[mention.atom]];
      ++share.names[{mention.surface, graph_.document.language}].mentions;
    }
  }

  void AddStatements() {
    std::map<AdjacencyKey, std::vector<AdjacencyEntry>> adjacency;
    std::map<uint16_t, std::vector<uint32_t>> indices;  // by predicate
    const int32_t published = ParseDay(graph_.document.published).value_or(std::numeric_limits<int32_t>::min());
    const uint32_t source = SourceOf(graph_.document.publisher);
    for (const Statement& statement : graph_.statements) {
      const uint16_t predicate = ontology_.Find(statement.predicate)->number;
      indices[predicate].push_back(statement.index);
      auto& counts = rows_.counts.statements_by_predicate;
      if (counts.size() < predicate) counts.resize(predicate);
      ++counts[predicate - 1];

      AdjacencyEntry entry;
      entry.statement = statement.index;
      entry.published_day = published;
      entry.valid_from_day = ParseDay(statement.valid_from).value_or(std::numeric_limits<int32_t>::min());
      entry.valid_to_day = ParseLastDay(statement.valid_to).value_or(std::numeric_limits<int32_t>::max());
      entry.source = source;
      entry.confidence = static_cast<uint16_t>(std::lround(statement.confidence * 10000));
      entry.factuality = statement.factuality;
      const ProfileId subject = profile_of_[statement.subject];
      const ProfileId object = statement.object.is_zero() ? ProfileId() : profile_of_[statement.object];
      entry.speaker = statement.speaker.is_zero() ? ProfileId() : profile_of_[statement.speaker];
      entry.other = object;
      adjacency[{subject, AdjacencyDirection::kOut, predicate, key_}].push_back(entry);
      entry.other = subject;
      if (!object.is_zero()) adjacency[{object, AdjacencyDirection::kIn, predicate, key_}].push_back(entry);
      if (!entry.speaker.is_zero()) {
        adjacency[{entry.speaker, AdjacencyDirection::kSpeaker, predicate, key_}].push_back(entry);
      }
    }
    const std::span<const Statement> statements(graph_.statements);
    for (uint32_t first = 0; first < statements.size(); first += kStatementsPerPage) {
      const auto page = statements.subspan(first, std::min<size_t>(kStatementsPerPage, statements.size() - first));
      Add(Table::kStatement, StatementPageKey(key_, first / kStatementsPerPage), EncodeStatementPage(page, atoms_));
    }
    for (const auto& [predicate, list] : indices) {
      Add(Table::kPredicate, PredicateKey(predicate, key_), EncodeIndices(list));
    }
    for (const auto& [key, entries] : adjacency) Add(Table::kAdjacency, ToBytes(key), EncodeAdjacency(entries));
  }

  const DocumentGraph& graph_;
  const std::set<AtomId>& judged_;
  const Ontology& ontology_;
  const DocumentKey key_;
  DocumentRows rows_;
  std::vector<AtomId> atoms_;
  std::map<AtomId, ProfileId> profile_of_;
};

}  // namespace

DocumentRows MakeDocumentRows(const DocumentGraph& graph, const std::set<AtomId>& judged, const Ontology& ontology) {
  return RowMaker(graph, judged, ontology).Make();
}

}  // namespace newsgraph
