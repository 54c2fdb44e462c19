// What the tables should hold is worked out here a second time, from documents, mentions,
// turns, statements, atoms and judgements, and shares no code with what writes them but
// keys, records, the check of documents and identity, which is a pure function.
//
// Tables are compared through sums of hashes of their rows, so that a store of any size
// is checked in memory that holds its counts alone. Only when a sum differs are rows
// looked up one by one, to name the first that is wrong.

#include "graph/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "graph/day.h"
#include "graph/document_check.h"
#include "graph/graph_store.h"
#include "graph/name_folding.h"
#include "graph/status.h"
#include "graph/stored_graph.h"

namespace newsgraph {
namespace {

template <typename... Parts>
absl::Status Broken(Table table, fmt::format_string<Parts...> message, Parts&&... parts) {
  return absl::DataLossError(
      fmt::format("verify: table {}: {}; restore the store from a copy, or ingest its documents anew", ToString(table),
                  fmt::format(message, std::forward<Parts>(parts)...)));
}

std::string Hex(std::string_view bytes) {
  std::string hex;
  for (const unsigned char c : bytes) hex += fmt::format("{:02x}", c);
  return hex;
}

// The set of rows of a table as a sum: equal sets give equal sums in any order, and
// different ones differ unless 128-bit hashes conspire.
struct RowSum {
  uint64_t rows = 0;
  uint64_t high = 0;
  uint64_t low = 0;
  void Add(std::string_view key, std::string_view value) {
    const Id128 hash = HashFields({key, value});
    ++rows;
    high += hash.high;
    low += hash.low;
  }
  bool operator==(const RowSum&) const = default;
};

using VisitRow = std::function<void(Table table, const std::string& key, const std::string& value)>;

struct Count {
  uint64_t first = 0;
  uint64_t second = 0;
};
using Counts = std::unordered_map<Id128, Count>;  // by the hash of the key

class Verifier {
 public:
  Verifier(const KvSnapshot& kv, const Ontology& ontology) : kv_(kv), ontology_(ontology) {}

  absl::Status Run() {
    NEWSGRAPH_RETURN_IF_ERROR(VerifyJudgements());
    NEWSGRAPH_RETURN_IF_ERROR(VerifyDocuments());
    NEWSGRAPH_RETURN_IF_ERROR(VerifyProfiles());
    NEWSGRAPH_RETURN_IF_ERROR(VerifyObservations());
    NEWSGRAPH_RETURN_IF_ERROR(Compare(Table::kName, expected_names_));
    NEWSGRAPH_RETURN_IF_ERROR(Compare(Table::kValueProfile, expected_values_));
    NEWSGRAPH_RETURN_IF_ERROR(VerifyClusters());
    NEWSGRAPH_RETURN_IF_ERROR(VerifyMeta());
    return VerifyJournal();
  }

 private:
  using VisitKey = std::function<absl::Status(std::string_view key, std::string_view value)>;

  absl::Status ForEach(Table table, const VisitKey& visit) const {
    absl::Status status;
    NEWSGRAPH_RETURN_IF_ERROR(kv_.ScanAll(table, "", [&](std::string_view key, std::string_view value) {
      status = visit(key, value);
      return status.ok();
    }));
    return status;
  }

  absl::Status Compare(Table table, const RowSum& expected) const {
    NEWSGRAPH_ASSIGN_OR_RETURN(const RowSum actual, SumOf(table));
    if (actual == expected) return absl::OkStatus();
    return Broken(table, "it holds {} rows that differ from the {} that documents call for", actual.rows,
                  expected.rows);
  }

  absl::StatusOr<RowSum> SumOf(Table table) const {
    RowSum sum;
    NEWSGRAPH_RETURN_IF_ERROR(ForEach(table, [&](std::string_view key, std::string_view value) {
      sum.Add(key, value);
      return absl::OkStatus();
    }));
    return sum;
  }

  // --- judgements: small, so compared row by row

  absl::Status VerifyJudgements() {
    std::map<std::string, std::string> expected;
    std::map<std::string, std::optional<DocumentGraph>> documents;
    NEWSGRAPH_RETURN_IF_ERROR(
        ForEach(Table::kJudgement, [&](std::string_view key, std::string_view value) -> absl::Status {
          const auto parsed = ParseJudgementKey(key);
          if (!parsed) return Broken(Table::kJudgement, "the key {} is damaged", Hex(key));
          if (parsed->part != JudgementPart::kRecord) return absl::OkStatus();
          NEWSGRAPH_ASSIGN_OR_RETURN(const Judgement judgement, DecodeJudgement(value));
          const JudgementName& name = parsed->name;
          if (JudgementName{judgement.left, judgement.right, judgement.author} != name ||
              !(judgement.left < judgement.right)) {
            return Broken(Table::kJudgement, "the judgement at {} names other atoms or another author", Hex(key));
          }
          expected[std::string(key)] = Encode(judgement);
          Attachment attachment;
          for (const auto& [side, judged, place] :
               {std::tuple(&attachment.left, judgement.left, &judgement.left_place),
                std::tuple(&attachment.right, judgement.right, &judgement.right_place)}) {
            const DocumentKey document = MakeDocumentKey(place->document);
            expected[JudgedDocumentKey(document, name)];
            if (!documents.contains(place->document)) {
              NEWSGRAPH_ASSIGN_OR_RETURN(documents[place->document], ReadDocumentGraph(kv_, document));
            }
            const auto& graph = documents[place->document];
            if (!graph) continue;
            *side = Attach(*graph, judged, *place);
            if (side->is_zero()) continue;
            expected[JudgedAtomKey(*side, name)];
            judged_.insert(*side);
          }
          expected[AttachmentKey(name)] = Encode(attachment);
          return absl::OkStatus();
        }));
    auto next = expected.begin();
    NEWSGRAPH_RETURN_IF_ERROR(ForEach(Table::kJudgement, [&](std::string_view key, std::string_view value) {
      if (next == expected.end() || next->first > key) {
        return Broken(Table::kJudgement, "the row {} belongs to no judgement", Hex(key));
      }
      if (next->first < key) return Broken(Table::kJudgement, "the row {} is missing", Hex(next->first));
      if (next->second != value) return Broken(Table::kJudgement, "the row {} holds other bytes", Hex(key));
      ++next;
      return absl::OkStatus();
    }));
    if (next != expected.end()) return Broken(Table::kJudgement, "the row {} is missing", Hex(next->first));
    return absl::OkStatus();
  }

  static AtomId Attach(const DocumentGraph& graph, AtomId judged, const JudgementPlace& place) {
    if (std::any_of(graph.atoms.begin(), graph.atoms.end(), [&](const Atom& atom) { return atom.id == judged; })) {
      return judged;
    }
    std::set<AtomId> at_place, by_surface;
    for (const Mention& mention : graph.mentions) {
      if (mention.surface != place.surface) continue;
      by_surface.insert(mention.atom);
      if (mention.span == place.span) at_place.insert(mention.atom);
    }
    if (at_place.size() == 1) return *at_place.begin();
    return by_surface.size() == 1 ? *by_surface.begin() : AtomId();
  }

  // --- documents, and the rows that are one document's own

  static constexpr std::array<Table, 9> kOwnTables = {Table::kDocument,  Table::kMention,   Table::kTurn,
                                                      Table::kStatement, Table::kAtom,      Table::kProfileAtom,
                                                      Table::kAdjacency, Table::kPredicate, Table::kTime};

  absl::Status ForEachDocument(const std::function<absl::Status(const DocumentGraph&)>& visit) const {
    return ForEach(Table::kDocument, [&](std::string_view bytes, std::string_view) -> absl::Status {
      KeyReader reader(bytes);
      const DocumentKey key{reader.Id()};
      const auto part = static_cast<DocumentPart>(reader.U8());
      if (!reader.complete() || part > DocumentPart::kText) {
        return Broken(Table::kDocument, "the key {} is damaged", Hex(bytes));
      }
      if (part != DocumentPart::kRecord) return absl::OkStatus();
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto graph, ReadDocumentGraph(kv_, key));
      if (MakeDocumentKey(graph->document.id) != key) {
        return Broken(Table::kDocument, "document {} stands under the key of another", graph->document.id);
      }
      return visit(*graph);
    });
  }

  absl::Status VerifyDocuments() {
    std::array<RowSum, kTableCount> expected;
    NEWSGRAPH_RETURN_IF_ERROR(ForEachDocument([&](const DocumentGraph& graph) {
      const absl::Status checked = CheckDocument(graph, ontology_);
      if (!checked.ok()) {
        return Broken(Table::kDocument, "a document would not be accepted: {}", std::string(checked.message()));
      }
      ListOwnRows(graph, [&](Table table, const std::string& key, const std::string& value) {
        expected[static_cast<int>(table)].Add(key, value);
      });
      AddToCounts(graph);
      return absl::OkStatus();
    }));
    for (const Table table : kOwnTables) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const RowSum actual, SumOf(table));
      if (actual != expected[static_cast<int>(table)]) return NameBrokenRow(table);
    }
    return absl::OkStatus();
  }

  ProfileId ProfileOf(const Atom& atom) const {
    return MakeProfileId(MakeProfileFields(atom, judged_.contains(atom.id)));
  }

  void ListOwnRows(const DocumentGraph& graph, const VisitRow& visit) const {
    const DocumentKey key = MakeDocumentKey(graph.document.id);
    DocumentRecord record;
    record.document = graph.document;
    record.document.text.clear();
    record.mentions = static_cast<uint32_t>(graph.mentions.size());
    record.turns = static_cast<uint32_t>(graph.turns.size());
    record.statements = static_cast<uint32_t>(graph.statements.size());
    std::map<AtomId, ProfileId> profiles = {{AtomId(), ProfileId()}};
    for (const Atom& atom : graph.atoms) {
      const ProfileId profile = ProfileOf(atom);
      profiles[atom.id] = profile;
      record.atoms.push_back(atom.id);
      visit(Table::kAtom, IdKey(atom.id.value), Encode(AtomRecord{atom, key, profile}));
      visit(Table::kProfileAtom, ProfileAtomKey(profile, atom.id), "");
      visit(Table::kProfileAtom, ProfileDocumentKey(profile, key, atom.id), "");
    }
    visit(Table::kDocument, DocumentPartKey(key, DocumentPart::kRecord), Encode(record));
    visit(Table::kDocument, DocumentPartKey(key, DocumentPart::kText), EncodeText(graph.document.text));
    visit(Table::kMention, IdKey(key.value), EncodeMentions(graph.mentions, record.atoms));
    visit(Table::kTurn, IdKey(key.value), EncodeTurns(graph.turns, record.atoms));
    const auto published = ParseDay(graph.document.published);
    if (published) visit(Table::kTime, TimeKey(*published, key), "");

    std::map<std::string, std::vector<AdjacencyEntry>> adjacency;
    std::map<std::string, std::vector<uint32_t>> of_predicate;
    std::vector<Statement> page;
    for (const Statement& statement : graph.statements) {
      const Relation& relation = *ontology_.Find(statement.predicate);
      of_predicate[PredicateKey(relation.number, key)].push_back(statement.index);
      page.push_back(statement);
      if (page.size() == kStatementsPerPage || statement.index + 1 == graph.statements.size()) {
        const uint32_t number = statement.index / kStatementsPerPage;
        visit(Table::kStatement, StatementPageKey(key, number), EncodeStatementPage(page, record.atoms));
        page.clear();
      }
      const ProfileId subject = profiles[statement.subject];
      const ProfileId object = profiles[statement.object];
      const ProfileId speaker = profiles[statement.speaker];
      for (const auto& [direction, own, other] :
           {std::tuple(AdjacencyDirection::kOut, subject, object), std::tuple(AdjacencyDirection::kIn, object, subject),
            std::tuple(AdjacencyDirection::kSpeaker, speaker, subject)}) {
        if (own.is_zero()) continue;
        const auto from = ParseDay(statement.valid_from);
        const auto to = ParseLastDay(statement.valid_to);
        AdjacencyEntry entry{.statement = statement.index,
                             .other = other,
                             .speaker = speaker,
                             .published_day = published ? *published : std::numeric_limits<int32_t>::min(),
                             .valid_from_day = from ? *from : std::numeric_limits<int32_t>::min(),
                             .valid_to_day = to ? *to : std::numeric_limits<int32_t>::max(),
                             .source = static_cast<uint32_t>(Hash128(graph.document.publisher).low),
                             .confidence = static_cast<uint16_t>(std::floor(0.5 + statement.confidence * 10000)),
                             .factuality = statement.factuality};
        adjacency[ToBytes({own, direction, relation.number, key})].push_back(entry);
      }
    }
    for (const auto& [row, indices] : of_predicate) visit(Table::kPredicate, row, EncodeIndices(indices));
    for (const auto& [row, entries] : adjacency) visit(Table::kAdjacency, row, EncodeAdjacency(entries));
  }

  // A sum differs: look up each row that documents call for, then look for one too many.
  absl::Status NameBrokenRow(Table table) const {
    std::unordered_set<Id128> keys;
    NEWSGRAPH_RETURN_IF_ERROR(ForEachDocument([&](const DocumentGraph& graph) {
      absl::Status status;
      ListOwnRows(graph, [&](Table row_table, const std::string& key, const std::string& value) {
        if (row_table != table || !status.ok()) return;
        keys.insert(Hash128(key));
        const auto stored = kv_.Get(table, key);
        if (!stored.ok()) {
          status = stored.status();
        } else if (!*stored) {
          status = Broken(table, "the row {} of document {} is missing", Hex(key), graph.document.id);
        } else if (**stored != value) {
          status = Broken(table, "the row {} of document {} holds other bytes", Hex(key), graph.document.id);
        }
      });
      return status;
    }));
    NEWSGRAPH_RETURN_IF_ERROR(ForEach(table, [&](std::string_view key, std::string_view) {
      if (keys.contains(Hash128(key))) return absl::OkStatus();
      return Broken(table, "the row {} belongs to no document", Hex(key));
    }));
    return Broken(table, "its rows are not what documents call for");
  }

  // --- counts over all documents

  void AddToCounts(const DocumentGraph& graph) {
    ++totals_.documents;
    totals_.atoms += graph.atoms.size();
    totals_.mentions += graph.mentions.size();
    totals_.turns += graph.turns.size();
    for (const Statement& statement : graph.statements) {
      const size_t number = ontology_.Find(statement.predicate)->number;
      if (totals_.statements_by_predicate.size() < number) totals_.statements_by_predicate.resize(number);
      ++totals_.statements_by_predicate[number - 1];
    }
    std::set<ProfileId> profiles;
    std::set<std::string> observations;
    std::map<AtomId, ProfileId> profile_of;
    std::map<AtomId, MentionForm> best_form;
    for (const Atom& atom : graph.atoms) {
      const ProfileId profile = ProfileOf(atom);
      ++profiles_[profile.value].second;
      profiles.insert(profile);
      for (const Observation& observation : ProfileObservations(atom)) {
        observations.insert(ObservationKey(profile, observation.kind, observation.value));
      }
      ++names_[Hash128(ProfileNameKey(profile, atom.name, graph.document.language))].second;
      if (!atom.subtype.empty()) ++subtypes_[Hash128(ProfileSubtypeKey(profile, atom.subtype))].first;
      profile_of[atom.id] = profile;
    }
    for (const bool counting : {false, true}) {
      for (const Mention& mention : graph.mentions) {
        MentionForm& best = best_form.try_emplace(mention.atom, MentionForm::kPronoun).first->second;
        if (!counting) best = std::min(best, mention.form);
        if (!counting || mention.form != best) continue;
        ++names_[Hash128(ProfileNameKey(profile_of[mention.atom], mention.surface, graph.document.language))].first;
      }
    }
    for (const ProfileId profile : profiles) ++profiles_[profile.value].first;
    for (const std::string& key : observations) ++observations_[Hash128(key)].first;
  }

  // Takes what is counted for a key out of `counts`.
  static Count Take(Counts& counts, Id128 key) {
    const auto found = counts.find(key);
    if (found == counts.end()) return {};
    const Count count = found->second;
    counts.erase(found);
    return count;
  }

  absl::Status VerifyProfiles() {
    NEWSGRAPH_RETURN_IF_ERROR(
        ForEach(Table::kProfile, [&](std::string_view key, std::string_view value) -> absl::Status {
          KeyReader reader(key);
          const ProfileId profile{reader.Id()};
          const auto part = static_cast<ProfilePart>(reader.U8());
          if (part == ProfilePart::kRecord && reader.complete()) {
            NEWSGRAPH_ASSIGN_OR_RETURN(const ProfileRecord record, DecodeProfile(value));
            const Count count = Take(profiles_, profile.value);
            if (MakeProfileId(record.fields) != profile || value != Encode(record)) {
              return Broken(Table::kProfile, "profile {} holds the fields of another", ToHex(profile.value));
            }
            if (record.documents != count.first || record.atoms != count.second) {
              return Broken(Table::kProfile, "profile {} counts {} documents and {} atoms, there are {} and {}",
                            ToHex(profile.value), record.documents, record.atoms, count.first, count.second);
            }
            for (const HeldValue& held : HeldValues(record.fields)) {
              expected_values_.Add(ValueProfileKey(held.kind, held.value, profile), "");
            }
            return absl::OkStatus();
          }
          const std::string text = reader.Text();
          if (part == ProfilePart::kSubtype && reader.complete()) {
            NEWSGRAPH_ASSIGN_OR_RETURN(const uint64_t stored, DecodeCount(value));
            const Count count = Take(subtypes_, Hash128(key));
            if (stored == count.first && value == EncodeCount(stored)) return absl::OkStatus();
            return Broken(Table::kProfile, "profile {} counts {} atoms of subtype {}, there are {}",
                          ToHex(profile.value), stored, text, count.first);
          }
          const std::string language = reader.Text();
          if (part != ProfilePart::kName || !reader.complete()) {
            return Broken(Table::kProfile, "the key {} is damaged", Hex(key));
          }
          NEWSGRAPH_ASSIGN_OR_RETURN(const NameRecord stored, DecodeName(value));
          const Count count = Take(names_, Hash128(key));
          if (stored.mentions != count.first || stored.atoms != count.second || value != Encode(stored)) {
            return Broken(Table::kProfile, "profile {} counts {} mentions and {} atoms named {}, there are {} and {}",
                          ToHex(profile.value), stored.mentions, stored.atoms, text, count.first, count.second);
          }
          expected_names_.Add(NameKey(FoldName(text), profile, text, language), "");
          return absl::OkStatus();
        }));
    const size_t missing = profiles_.size() + subtypes_.size() + names_.size();
    if (missing > 0) return Broken(Table::kProfile, "{} rows that documents call for are missing", missing);
    return absl::OkStatus();
  }

  absl::Status VerifyObservations() {
    NEWSGRAPH_RETURN_IF_ERROR(
        ForEach(Table::kObservation, [&](std::string_view key, std::string_view value) -> absl::Status {
          KeyReader reader(key);
          const ProfileId profile{reader.Id()};
          const std::string kind = reader.Text();
          const std::string text = reader.Text();
          if (!reader.complete()) return Broken(Table::kObservation, "the key {} is damaged", Hex(key));
          NEWSGRAPH_ASSIGN_OR_RETURN(const uint64_t stored, DecodeCount(value));
          const Count count = Take(observations_, Hash128(key));
          if (stored != count.first || value != EncodeCount(stored)) {
            return Broken(Table::kObservation, "{} {} of profile {} counts {} documents, there are {}", kind, text,
                          ToHex(profile.value), stored, count.first);
          }
          if (IsHeldKind(kind)) expected_values_.Add(ValueProfileKey(kind, text, profile), "");
          return absl::OkStatus();
        }));
    if (!observations_.empty()) {
      return Broken(Table::kObservation, "{} rows that documents call for are missing", observations_.size());
    }
    return absl::OkStatus();
  }

  // --- clusters: what identity reads has been verified by now

  absl::Status VerifyClusters() {
    const StoredIdentity identity(kv_);
    std::unordered_set<ProfileId> seen;
    RowSum profile_cluster, cluster_profile;
    NEWSGRAPH_RETURN_IF_ERROR(ForEach(Table::kProfile, [&](std::string_view key, std::string_view) -> absl::Status {
      KeyReader reader(key);
      const ProfileId start{reader.Id()};
      if (!seen.insert(start).second) return absl::OkStatus();
      NEWSGRAPH_ASSIGN_OR_RETURN(const IdentityComponent component, ExplainIdentity(identity, start));
      std::map<ProfileId, AtomId> smallest;  // by cluster
      for (size_t i = 0; i < component.profiles.size(); ++i) {
        seen.insert(component.profiles[i]);
        NEWSGRAPH_ASSIGN_OR_RETURN(const auto atom, ReadSmallestAtom(kv_, component.profiles[i]));
        if (!atom) return Broken(Table::kProfileAtom, "profile {} has no atom", ToHex(component.profiles[i].value));
        const auto [found, added] = smallest.emplace(component.clusters[i], *atom);
        if (!added) found->second = std::min(found->second, *atom);
      }
      for (size_t i = 0; i < component.profiles.size(); ++i) {
        const ProfileId profile = component.profiles[i];
        const EntityId entity{smallest[component.clusters[i]].value};
        NEWSGRAPH_ASSIGN_OR_RETURN(const auto stored, ReadEntityOf(kv_, profile));
        if (stored != entity) {
          return Broken(Table::kProfileCluster, "profile {} belongs to {}, the table says {}", ToHex(profile.value),
                        ToString(entity), stored ? ToString(*stored) : "none");
        }
        profile_cluster.Add(IdKey(profile.value), EncodeCluster(entity));
        cluster_profile.Add(ClusterProfileKey(entity, profile), "");
      }
      return absl::OkStatus();
    }));
    NEWSGRAPH_RETURN_IF_ERROR(Compare(Table::kProfileCluster, profile_cluster));
    return Compare(Table::kClusterProfile, cluster_profile);
  }

  // --- the rest

  absl::Status VerifyMeta() {
    std::map<std::string, std::string> expected;
    expected[std::string(kFormatKey)] = std::to_string(kStoreFormat);
    if (totals_.documents > 0) expected[std::string(kCountsKey)] = Encode(totals_);
    bool has_predicates = false;
    NEWSGRAPH_RETURN_IF_ERROR(ForEach(Table::kMeta, [&](std::string_view key, std::string_view value) -> absl::Status {
      if (key == kPredicatesKey) {
        NEWSGRAPH_ASSIGN_OR_RETURN(const auto ids, DecodePredicates(value));
        for (size_t i = 0; i < ids.size(); ++i) {
          const Relation* relation = ontology_.FindNumber(static_cast<uint16_t>(i + 1));
          if (relation == nullptr || relation->id != ids[i]) {
            return Broken(Table::kMeta, "relation {} is {}, not that of the ontology", i + 1, ids[i]);
          }
        }
        if (value != EncodePredicates(ids)) return Broken(Table::kMeta, "the row {} holds other bytes", key);
        has_predicates = true;
        return absl::OkStatus();
      }
      const auto found = expected.find(std::string(key));
      if (found == expected.end()) return Broken(Table::kMeta, "the row {} is unknown", key);
      if (found->second != value) return Broken(Table::kMeta, "the row {} is not what documents add up to", key);
      expected.erase(found);
      return absl::OkStatus();
    }));
    if (!expected.empty()) return Broken(Table::kMeta, "the row {} is missing", expected.begin()->first);
    if (!has_predicates) return Broken(Table::kMeta, "the row {} is missing", kPredicatesKey);
    return absl::OkStatus();
  }

  absl::Status VerifyJournal() {
    uint64_t ingested = 0;
    uint64_t commit = 0;
    uint64_t last_undo = 0;
    NEWSGRAPH_RETURN_IF_ERROR(
        ForEach(Table::kJournal, [&](std::string_view key, std::string_view value) -> absl::Status {
          KeyReader reader(key);
          const Id128 id = reader.Id();
          const auto part = static_cast<JournalPart>(reader.U8());
          if (part == JournalPart::kUndo) last_undo = reader.U64();
          const bool of_store = part == JournalPart::kUndo || part == JournalPart::kCommit;
          if (!reader.complete() || part > JournalPart::kCommit || of_store != id.is_zero()) {
            return Broken(Table::kJournal, "the key {} is damaged", Hex(key));
          }
          switch (part) {
            case JournalPart::kIngest: {
              ++ingested;
              NEWSGRAPH_RETURN_IF_ERROR(DecodeIngestTime(value).status());
              NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadDocumentRecord(kv_, {id}));
              if (record) return absl::OkStatus();
              return Broken(Table::kJournal, "an ingest time is of no document: {}", ToHex(id));
            }
            case JournalPart::kRetired: {
              NEWSGRAPH_ASSIGN_OR_RETURN(const auto leads, DecodeRetired(value));
              if (!leads.empty()) return absl::OkStatus();
              return Broken(Table::kJournal, "the retired id {} leads nowhere", ToHex(id));
            }
            case JournalPart::kUndo:
              return DecodeUndo(value).status();
            case JournalPart::kCommit: {
              NEWSGRAPH_ASSIGN_OR_RETURN(commit, DecodeCommit(value));
              return absl::OkStatus();
            }
          }
          return absl::OkStatus();
        }));
    if (ingested != totals_.documents) {
      return Broken(Table::kJournal, "there are {} ingest times for {} documents", ingested, totals_.documents);
    }
    if (last_undo > commit || (totals_.documents > 0 && commit == 0)) {
      return Broken(Table::kJournal, "the number of commits, {}, is behind what was committed", commit);
    }
    return absl::OkStatus();
  }

  const KvSnapshot& kv_;
  const Ontology& ontology_;
  std::set<AtomId> judged_;
  CountsRecord totals_;
  Counts profiles_;      // by profile: documents, atoms
  Counts names_;         // mentions, atoms
  Counts subtypes_;      // atoms
  Counts observations_;  // documents
  RowSum expected_names_;
  RowSum expected_values_;
};

}  // namespace

absl::Status VerifyStore(const KvSnapshot& kv, const Ontology& ontology) { return Verifier(kv, ontology).Run(); }

}  // namespace newsgraph
