#include "graph/storage/keys.h"

#include <utility>

#include "graph/day.h"

namespace newsgraph {
namespace {

// The bytes of the first code point as one number; 0 for an empty name.
uint32_t NameBucket(std::string_view folded) {
  if (folded.empty()) return 0;
  const auto lead = static_cast<unsigned char>(folded[0]);
  const size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  uint32_t bucket = 0;
  for (size_t i = 0; i < size && i < folded.size(); ++i) bucket = bucket << 8 | static_cast<unsigned char>(folded[i]);
  return bucket;
}

KeyWriter& Append(KeyWriter& writer, const JudgementName& name) {
  return writer.Id(name.left.value).Id(name.right.value).Text(name.author);
}

template <typename Part>
KeyWriter Start(Id128 id, Part part) {
  KeyWriter writer;
  writer.Id(id).U8(static_cast<uint8_t>(part));
  return writer;
}

}  // namespace

template <typename Value>
KeyWriter& KeyWriter::BigEndian(Value value) {
  char bytes[sizeof value];
  for (size_t i = 0; i < sizeof value; ++i) bytes[i] = static_cast<char>(value >> 8 * (sizeof value - 1 - i));
  bytes_.append(bytes, sizeof value);
  return *this;
}

KeyWriter& KeyWriter::U8(uint8_t value) {
  bytes_.push_back(static_cast<char>(value));
  return *this;
}
KeyWriter& KeyWriter::U16(uint16_t value) { return BigEndian(value); }
KeyWriter& KeyWriter::U32(uint32_t value) { return BigEndian(value); }
KeyWriter& KeyWriter::U64(uint64_t value) { return BigEndian(value); }
KeyWriter& KeyWriter::I32(int32_t value) { return U32(static_cast<uint32_t>(value) ^ 0x80000000u); }
KeyWriter& KeyWriter::Id(Id128 id) { return U64(id.high).U64(id.low); }

KeyWriter& KeyWriter::TextPrefix(std::string_view text) {
  for (const char c : text) {
    bytes_.push_back(c);
    if (c == '\0') bytes_.push_back('\xff');
  }
  return *this;
}

KeyWriter& KeyWriter::Text(std::string_view text) { return TextPrefix(text).U8(0).U8(1); }

uint64_t KeyReader::Number(size_t width) {
  if (!ok_ || rest_.size() < width) {
    ok_ = false;
    return 0;
  }
  uint64_t value = 0;
  for (size_t i = 0; i < width; ++i) value = value << 8 | static_cast<unsigned char>(rest_[i]);
  rest_.remove_prefix(width);
  return value;
}

uint8_t KeyReader::U8() { return static_cast<uint8_t>(Number(1)); }
uint16_t KeyReader::U16() { return static_cast<uint16_t>(Number(2)); }
uint32_t KeyReader::U32() { return static_cast<uint32_t>(Number(4)); }
uint64_t KeyReader::U64() { return Number(8); }
int32_t KeyReader::I32() { return static_cast<int32_t>(U32() ^ 0x80000000u); }

Id128 KeyReader::Id() {
  const uint64_t high = Number(8);
  const uint64_t low = Number(8);
  return {high, low};
}

std::string KeyReader::Text() {
  std::string text;
  while (ok_) {
    const size_t zero = rest_.find('\0');
    if (zero == std::string_view::npos || zero + 1 >= rest_.size()) break;
    text.append(rest_.substr(0, zero));
    const char mark = rest_[zero + 1];
    rest_.remove_prefix(zero + 2);
    if (mark == '\x01') return text;
    if (mark != '\xff') break;
    text.push_back('\0');
  }
  ok_ = false;
  return text;
}

std::string DocumentPartKey(DocumentKey document, DocumentPart part) { return Start(document.value, part).Take(); }
std::string IdKey(Id128 id) { return KeyWriter().Id(id).Take(); }
std::string StatementPageKey(DocumentKey document, uint32_t page) {
  return KeyWriter().Id(document.value).U32(page).Take();
}

std::string ProfileKey(ProfileId profile) { return Start(profile.value, ProfilePart::kRecord).Take(); }
std::string ProfilePartPrefix(ProfileId profile, ProfilePart part) { return Start(profile.value, part).Take(); }
std::string ProfileNameKey(ProfileId profile, std::string_view text, std::string_view language) {
  return Start(profile.value, ProfilePart::kName).Text(text).Text(language).Take();
}
std::string ProfileSubtypeKey(ProfileId profile, std::string_view subtype) {
  return Start(profile.value, ProfilePart::kSubtype).Text(subtype).Take();
}

std::string ProfileAtomPrefix(ProfileId profile, AtomOrder order) { return Start(profile.value, order).Take(); }
std::string ProfileAtomKey(ProfileId profile, AtomId atom) {
  return Start(profile.value, AtomOrder::kByAtom).Id(atom.value).Take();
}
std::string ProfileDocumentKey(ProfileId profile, DocumentKey document, AtomId atom) {
  return Start(profile.value, AtomOrder::kByDocument).Id(document.value).Id(atom.value).Take();
}

std::string ObservationPrefix(ProfileId profile) { return IdKey(profile.value); }
std::string ObservationKey(ProfileId profile, std::string_view kind, std::string_view value) {
  return KeyWriter().Id(profile.value).Text(kind).Text(value).Take();
}
std::string ValuePrefix(std::string_view kind, std::string_view value) { return IdKey(HashFields({kind, value})); }
std::string ValueProfileKey(std::string_view kind, std::string_view value, ProfileId profile) {
  return KeyWriter().Id(HashFields({kind, value})).Id(profile.value).Take();
}

std::string ClusterProfileKey(EntityId entity, ProfileId profile) {
  return KeyWriter().Id(entity.value).Id(profile.value).Take();
}

std::string JudgementKey(const JudgementName& name) {
  return Start(name.left.value, JudgementPart::kRecord).Id(name.right.value).Text(name.author).Take();
}
std::string AttachmentKey(const JudgementName& name) {
  return Start(name.left.value, JudgementPart::kAttachment).Id(name.right.value).Text(name.author).Take();
}
std::string JudgedDocumentPrefix(DocumentKey document) {
  return Start(document.value, JudgementPart::kDocument).Take();
}
std::string JudgedDocumentKey(DocumentKey document, const JudgementName& name) {
  KeyWriter writer = Start(document.value, JudgementPart::kDocument);
  return Append(writer, name).Take();
}
std::string JudgedAtomPrefix(AtomId atom) { return Start(atom.value, JudgementPart::kAtom).Take(); }
std::string JudgedAtomKey(AtomId atom, const JudgementName& name) {
  KeyWriter writer = Start(atom.value, JudgementPart::kAtom);
  return Append(writer, name).Take();
}

std::optional<ParsedJudgementKey> ParseJudgementKey(std::string_view key) {
  KeyReader reader(key);
  ParsedJudgementKey parsed;
  parsed.id = reader.Id();
  parsed.part = static_cast<JudgementPart>(reader.U8());
  if (parsed.part > JudgementPart::kAtom) return std::nullopt;
  const bool own = parsed.part == JudgementPart::kRecord || parsed.part == JudgementPart::kAttachment;
  parsed.name.left = own ? AtomId{parsed.id} : AtomId{reader.Id()};
  parsed.name.right = {reader.Id()};
  parsed.name.author = reader.Text();
  if (!reader.complete()) return std::nullopt;
  return parsed;
}

std::string NamePrefix(std::string_view folded, bool whole) {
  KeyWriter writer;
  writer.U32(NameBucket(folded));
  return whole ? writer.Text(folded).Take() : writer.TextPrefix(folded).Take();
}
std::string NameKey(std::string_view folded, ProfileId profile, std::string_view text, std::string_view language) {
  return KeyWriter().U32(NameBucket(folded)).Text(folded).Id(profile.value).Text(text).Text(language).Take();
}
std::optional<ParsedNameKey> ParseNameKey(std::string_view key) {
  KeyReader reader(key);
  ParsedNameKey parsed;
  reader.U32();
  parsed.folded = reader.Text();
  parsed.profile = {reader.Id()};
  parsed.text = reader.Text();
  parsed.language = reader.Text();
  if (!reader.complete()) return std::nullopt;
  return parsed;
}

std::string AdjacencyPrefix(ProfileId profile, AdjacencyDirection direction) {
  return Start(profile.value, direction).Take();
}
std::string AdjacencyPrefix(ProfileId profile, AdjacencyDirection direction, uint16_t predicate) {
  return Start(profile.value, direction).U16(predicate).Take();
}
std::string ToBytes(const AdjacencyKey& key) {
  return Start(key.profile.value, key.direction).U16(key.predicate).Id(key.document.value).Take();
}
std::optional<AdjacencyKey> ParseAdjacencyKey(std::string_view key) {
  KeyReader reader(key);
  AdjacencyKey parsed;
  parsed.profile = {reader.Id()};
  parsed.direction = static_cast<AdjacencyDirection>(reader.U8());
  parsed.predicate = reader.U16();
  parsed.document = {reader.Id()};
  if (!reader.complete() || parsed.direction > AdjacencyDirection::kSpeaker) return std::nullopt;
  return parsed;
}

std::string PredicatePrefix(uint16_t predicate) { return KeyWriter().U16(predicate).Take(); }
std::string PredicateKey(uint16_t predicate, DocumentKey document) {
  return KeyWriter().U16(predicate).Id(document.value).Take();
}

std::string TimePrefix(int32_t month) { return KeyWriter().I32(month).Take(); }
std::string TimeKey(int32_t day, DocumentKey document) {
  return KeyWriter().I32(MonthOfDay(day)).I32(day).Id(document.value).Take();
}

std::string IngestKey(DocumentKey document) { return Start(document.value, JournalPart::kIngest).Take(); }
std::string RetiredKey(AtomId atom) { return Start(atom.value, JournalPart::kRetired).Take(); }
std::string UndoKey(uint64_t commit) { return Start(Id128{}, JournalPart::kUndo).U64(commit).Take(); }
std::string CommitKey() { return Start(Id128{}, JournalPart::kCommit).Take(); }

}  // namespace newsgraph
