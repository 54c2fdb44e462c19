// Permanent ids and the hashes they are made of.
//
// Ids are equal in every store that has read the same documents: they are
// hashes of what they name, never counters. Safe to use from any thread.
#ifndef NEWSGRAPH_GRAPH_IDS_H_
#define NEWSGRAPH_GRAPH_IDS_H_

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace newsgraph {

// 128 bits, ordered as the 32 hexadecimal digits that write it. Zero is "none".
struct Id128 {
  uint64_t high = 0;
  uint64_t low = 0;

  auto operator<=>(const Id128&) const = default;
  bool is_zero() const { return high == 0 && low == 0; }
};

// An entity as one document has it. Written "a" and 32 hexadecimal digits.
struct AtomId {
  Id128 value;
  auto operator<=>(const AtomId&) const = default;
  bool is_zero() const { return value.is_zero(); }
};

// What several documents take for one thing: the smallest atom of a cluster.
// Written "e" and the 32 digits of that atom.
struct EntityId {
  Id128 value;
  auto operator<=>(const EntityId&) const = default;
  bool is_zero() const { return value.is_zero(); }
};

// What atoms have in common (graph/identity.h).
struct ProfileId {
  Id128 value;
  auto operator<=>(const ProfileId&) const = default;
  bool is_zero() const { return value.is_zero(); }
};

// The key of a document inside the store: the hash of its id.
struct DocumentKey {
  Id128 value;
  auto operator<=>(const DocumentKey&) const = default;
  bool is_zero() const { return value.is_zero(); }
};

// XXH3, 128 bits, in its canonical (big-endian) form: the same on every machine.
Id128 Hash128(std::string_view bytes);

// The hash of several fields. Each is preceded by its length, so that no two
// different lists of fields give the same bytes.
Id128 HashFields(std::initializer_list<std::string_view> fields);

// hash(document id, folded fullest name or head noun, number among that
// document's atoms of that name).
AtomId MakeAtomId(std::string_view document_id, std::string_view folded_name, uint32_t number);

DocumentKey MakeDocumentKey(std::string_view document_id);

// "d" and 32 digits: the id of a document that was given none. `uri` where
// there is one, else title, a zero byte and text.
std::string MakeDocumentId(std::string_view uri, std::string_view title, std::string_view text);

std::string ToString(AtomId id);
std::string ToString(EntityId id);

// 32 lower-case hexadecimal digits.
std::string ToHex(Id128 id);

// "e…" or "a…" with 32 digits; nothing else parses. Both name an atom, hence an
// entity: an old entity id is the id of an atom that may now belong to another.
std::optional<AtomId> ParseEntityOrAtomId(std::string_view text);

}  // namespace newsgraph

template <>
struct std::hash<newsgraph::Id128> {
  size_t operator()(const newsgraph::Id128& id) const noexcept { return id.high ^ (id.low * 0x9E3779B97F4A7C15u); }
};
template <>
struct std::hash<newsgraph::AtomId> {
  size_t operator()(const newsgraph::AtomId& id) const noexcept { return std::hash<newsgraph::Id128>{}(id.value); }
};
template <>
struct std::hash<newsgraph::EntityId> {
  size_t operator()(const newsgraph::EntityId& id) const noexcept { return std::hash<newsgraph::Id128>{}(id.value); }
};
template <>
struct std::hash<newsgraph::ProfileId> {
  size_t operator()(const newsgraph::ProfileId& id) const noexcept { return std::hash<newsgraph::Id128>{}(id.value); }
};
template <>
struct std::hash<newsgraph::DocumentKey> {
  size_t operator()(const newsgraph::DocumentKey& id) const noexcept { return std::hash<newsgraph::Id128>{}(id.value); }
};

#endif  // NEWSGRAPH_GRAPH_IDS_H_
