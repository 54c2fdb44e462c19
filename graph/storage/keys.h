// Keys of every table: order-preserving bytes, fixed-width parts first, texts escaped
// and last. graph/README.md lists them. Pure functions; safe from any thread.
//
// Numbers are big-endian, signed ones with the sign bit flipped, ids 16 bytes. A text
// has each zero byte written 00 FF and ends in 00 01, so that it sorts as its bytes do,
// before any longer text, and whatever follows it.
#ifndef NEWSGRAPH_GRAPH_STORAGE_KEYS_H_
#define NEWSGRAPH_GRAPH_STORAGE_KEYS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "graph/ids.h"

namespace newsgraph {

class KeyWriter {
 public:
  KeyWriter& U8(uint8_t value);
  KeyWriter& U16(uint16_t value);
  KeyWriter& U32(uint32_t value);
  KeyWriter& U64(uint64_t value);
  KeyWriter& I32(int32_t value);
  KeyWriter& Id(Id128 id);
  KeyWriter& Text(std::string_view text);
  // Without the end mark: a prefix of every text that begins with `text`.
  KeyWriter& TextPrefix(std::string_view text);
  std::string Take() { return std::move(bytes_); }

 private:
  template <typename Value>
  KeyWriter& BigEndian(Value value);

  std::string bytes_;
};

// Reads what KeyWriter wrote. After the first part that is not there, nothing is read
// and complete() is false.
class KeyReader {
 public:
  explicit KeyReader(std::string_view key) : rest_(key) {}
  uint8_t U8();
  uint16_t U16();
  uint32_t U32();
  uint64_t U64();
  int32_t I32();
  Id128 Id();
  std::string Text();
  // Everything was there and nothing is left.
  bool complete() const { return ok_ && rest_.empty(); }

 private:
  uint64_t Number(size_t width);
  std::string_view rest_;
  bool ok_ = true;
};

// --- kMeta
inline constexpr std::string_view kFormatKey = "format";
inline constexpr std::string_view kPredicatesKey = "predicates";
inline constexpr std::string_view kCountsKey = "counts";

// --- kDocument: document, part. kMention, kTurn: document
enum class DocumentPart : uint8_t { kRecord = 0, kText = 1 };
std::string DocumentPartKey(DocumentKey document, DocumentPart part);
std::string IdKey(Id128 id);

// --- kStatement: document, page: so many statements, by index
inline constexpr uint32_t kStatementsPerPage = 16;
std::string StatementPageKey(DocumentKey document, uint32_t page);

// --- kProfile: profile, part, …
enum class ProfilePart : uint8_t { kRecord = 0, kName = 1, kSubtype = 2 };
std::string ProfileKey(ProfileId profile);
std::string ProfilePartPrefix(ProfileId profile, ProfilePart part);
std::string ProfileNameKey(ProfileId profile, std::string_view text, std::string_view language);
std::string ProfileSubtypeKey(ProfileId profile, std::string_view subtype);

// --- kProfileAtom: profile, order, …: once by atom, once by document and atom
enum class AtomOrder : uint8_t { kByAtom = 0, kByDocument = 1 };
std::string ProfileAtomPrefix(ProfileId profile, AtomOrder order);
std::string ProfileAtomKey(ProfileId profile, AtomId atom);
std::string ProfileDocumentKey(ProfileId profile, DocumentKey document, AtomId atom);

// --- kObservation, kValueProfile
std::string ObservationPrefix(ProfileId profile);
std::string ObservationKey(ProfileId profile, std::string_view kind, std::string_view value);
std::string ValuePrefix(std::string_view kind, std::string_view value);
std::string ValueProfileKey(std::string_view kind, std::string_view value, ProfileId profile);

// --- kClusterProfile
std::string ClusterProfileKey(EntityId entity, ProfileId profile);

// --- kJudgement: id, part, …
enum class JudgementPart : uint8_t {
  kRecord = 0,      // left atom as judged: the judgement
  kAttachment = 1,  // left atom as judged: which atoms it is about now
  kDocument = 2,    // a document that one of its places names
  kAtom = 3,        // an atom that it is about now
};
struct JudgementName {
  AtomId left;
  AtomId right;
  std::string author;
  auto operator<=>(const JudgementName&) const = default;
};
std::string JudgementKey(const JudgementName& name);
std::string AttachmentKey(const JudgementName& name);
std::string JudgedDocumentPrefix(DocumentKey document);
std::string JudgedDocumentKey(DocumentKey document, const JudgementName& name);
std::string JudgedAtomPrefix(AtomId atom);
std::string JudgedAtomKey(AtomId atom, const JudgementName& name);
struct ParsedJudgementKey {
  Id128 id;
  JudgementPart part = JudgementPart::kRecord;
  JudgementName name;
};
std::optional<ParsedJudgementKey> ParseJudgementKey(std::string_view key);

// --- kName: bucket (the first code point), folded name, profile, text, language
std::string NamePrefix(std::string_view folded, bool whole);
std::string NameKey(std::string_view folded, ProfileId profile, std::string_view text, std::string_view language);
struct ParsedNameKey {
  std::string folded;
  ProfileId profile;
  std::string text;
  std::string language;
};
std::optional<ParsedNameKey> ParseNameKey(std::string_view key);

// --- kAdjacency: profile, direction, predicate, bucket. The bucket is the document.
enum class AdjacencyDirection : uint8_t { kOut = 0, kIn = 1, kSpeaker = 2 };
std::string AdjacencyPrefix(ProfileId profile, AdjacencyDirection direction);
std::string AdjacencyPrefix(ProfileId profile, AdjacencyDirection direction, uint16_t predicate);
struct AdjacencyKey {
  ProfileId profile;
  AdjacencyDirection direction = AdjacencyDirection::kOut;
  uint16_t predicate = 0;
  DocumentKey document;
  auto operator<=>(const AdjacencyKey&) const = default;
};
std::string ToBytes(const AdjacencyKey& key);
std::optional<AdjacencyKey> ParseAdjacencyKey(std::string_view key);

// --- kPredicate: predicate, document
std::string PredicatePrefix(uint16_t predicate);
std::string PredicateKey(uint16_t predicate, DocumentKey document);

// --- kTime: months since 1970-01, day, document
std::string TimePrefix(int32_t month);
std::string TimeKey(int32_t day, DocumentKey document);

// --- kJournal: id, part, …
enum class JournalPart : uint8_t { kIngest = 0, kRetired = 1, kUndo = 2, kCommit = 3 };
std::string IngestKey(DocumentKey document);
std::string RetiredKey(AtomId atom);
std::string UndoKey(uint64_t commit);
std::string CommitKey();

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_STORAGE_KEYS_H_
