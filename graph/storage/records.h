// Stored values: model structs to bytes and back. The only door to the FlatBuffers of
// records.fbs, each verified before it is read; DataLoss when one is broken. Equal
// structs give equal bytes. Pure functions; safe from any thread.
#ifndef NEWSGRAPH_GRAPH_STORAGE_RECORDS_H_
#define NEWSGRAPH_GRAPH_STORAGE_RECORDS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/identity.h"
#include "graph/model.h"

namespace newsgraph {

// A document without its text, and which atoms it has.
struct DocumentRecord {
  Document document;          // `text` is empty
  std::vector<AtomId> atoms;  // sorted; statements, mentions and turns name them by their place here
  uint32_t mentions = 0;
  uint32_t turns = 0;
  uint32_t statements = 0;
};
std::string Encode(const DocumentRecord& record);
absl::StatusOr<DocumentRecord> DecodeDocument(std::string_view bytes);

std::string EncodeText(std::string_view text);
absl::StatusOr<std::string> DecodeText(std::string_view bytes);

// `atoms` is the sorted list of the document; every atom named must be in it.
std::string EncodeMentions(const std::vector<Mention>& mentions, const std::vector<AtomId>& atoms);
// Surfaces are not stored: they are read again from `document`, title and text.
absl::StatusOr<std::vector<Mention>> DecodeMentions(std::string_view bytes, const std::vector<AtomId>& atoms,
                                                    const Document& document);

std::string EncodeTurns(const std::vector<Turn>& turns, const std::vector<AtomId>& atoms);
absl::StatusOr<std::vector<Turn>> DecodeTurns(std::string_view bytes, const std::vector<AtomId>& atoms);

// The statements of a document stand together in pages (keys.h), each of which is one record.
// `page` has at most kStatementsPerPage, by index.
std::string EncodeStatementPage(std::span<const Statement> page, const std::vector<AtomId>& atoms);
// `first`: the index of the first.
absl::StatusOr<std::vector<Statement>> DecodeStatementPage(std::string_view bytes, uint32_t first,
                                                           const std::vector<AtomId>& atoms);
absl::StatusOr<uint32_t> CountStatementsOfPage(std::string_view bytes);

struct AtomRecord {
  Atom atom;
  DocumentKey document;
  ProfileId profile;
};
std::string Encode(const AtomRecord& record);
absl::StatusOr<AtomRecord> DecodeAtom(std::string_view bytes, AtomId id);

struct ProfileRecord {
  ProfileFields fields;
  uint64_t documents = 0;
  uint64_t atoms = 0;
};
std::string Encode(const ProfileRecord& record);
absl::StatusOr<ProfileRecord> DecodeProfile(std::string_view bytes);

std::string EncodeCount(uint64_t count);
absl::StatusOr<uint64_t> DecodeCount(std::string_view bytes);

// How a profile is called: one text in one language.
struct NameRecord {
  uint64_t mentions = 0;
  uint64_t atoms = 0;  // whose fullest name it is
};
std::string Encode(const NameRecord& record);
absl::StatusOr<NameRecord> DecodeName(std::string_view bytes);

std::string EncodeCluster(EntityId entity);
absl::StatusOr<EntityId> DecodeCluster(std::string_view bytes);

std::string Encode(const Judgement& judgement);
absl::StatusOr<Judgement> DecodeJudgement(std::string_view bytes);

// The two atoms that a judgement is about now; zero for a side that has lost its place.
struct Attachment {
  AtomId left;
  AtomId right;
  bool operator==(const Attachment&) const = default;
};
std::string Encode(const Attachment& attachment);
absl::StatusOr<Attachment> DecodeAttachment(std::string_view bytes);

// Totals that every commit keeps.
struct CountsRecord {
  uint64_t documents = 0;
  uint64_t atoms = 0;
  uint64_t mentions = 0;
  uint64_t turns = 0;
  std::vector<uint64_t> statements_by_predicate;  // [0] is that of number 1; no zeros at the end
};
std::string Encode(const CountsRecord& record);
absl::StatusOr<CountsRecord> DecodeCounts(std::string_view bytes);

std::string EncodePredicates(const std::vector<std::string>& ids);
absl::StatusOr<std::vector<std::string>> DecodePredicates(std::string_view bytes);

std::string EncodeIngestTime(std::string_view time);
absl::StatusOr<std::string> DecodeIngestTime(std::string_view bytes);

// Where the id of an atom that is gone leads: atoms of what survived of its entity.
std::string EncodeRetired(const std::vector<AtomId>& leads);
absl::StatusOr<std::vector<AtomId>> DecodeRetired(std::string_view bytes);

// One change of a judgement, for the reader of the journal.
struct UndoRecord {
  std::string time;
  std::optional<Judgement> before;
  std::optional<Judgement> after;
};
std::string Encode(const UndoRecord& record);
absl::StatusOr<UndoRecord> DecodeUndo(std::string_view bytes);

std::string EncodeCommit(uint64_t number);
absl::StatusOr<uint64_t> DecodeCommit(std::string_view bytes);

// Indices of the statements of one predicate in one document, ascending: packed.
std::string EncodeIndices(const std::vector<uint32_t>& indices);
absl::StatusOr<std::vector<uint32_t>> DecodeIndices(std::string_view bytes);

// One statement as traversal reads it: packed, 56 bytes, little-endian, no FlatBuffer.
struct AdjacencyEntry {
  uint32_t statement = 0;
  ProfileId other;    // out: object, zero for a literal; in and speaker: subject
  ProfileId speaker;  // zero: the article's own voice
  int32_t published_day = 0;
  int32_t valid_from_day = 0;
  int32_t valid_to_day = 0;
  uint32_t source = 0;
  uint16_t confidence = 0;
  Factuality factuality = Factuality::kAsserted;
  bool operator==(const AdjacencyEntry&) const = default;
};
std::string EncodeAdjacency(const std::vector<AdjacencyEntry>& entries);
absl::StatusOr<std::vector<AdjacencyEntry>> DecodeAdjacency(std::string_view bytes);

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_STORAGE_RECORDS_H_
