#include "ingest/text/name_trie.h"

namespace newsgraph {
namespace {

uint64_t KeyOf(uint32_t node, char32_t c) { return (static_cast<uint64_t>(node) << 21 | c) + 1; }

size_t Mix(uint64_t key) { return static_cast<size_t>((key * 0x9E3779B97F4A7C15ull) >> 20); }

}  // namespace

NameTrie::NameTrie() : firsts_(kPage), nodes_(1), letters_(kLetters), slots_(16) {}

uint32_t NameTrie::Look(uint32_t node, char32_t c) const {
  const uint64_t key = KeyOf(node, c);
  const size_t mask = slots_.size() - 1;
  for (size_t i = Mix(key) & mask;; i = (i + 1) & mask) {
    if (slots_[i].key == key) return slots_[i].child;
    if (slots_[i].key == 0) return kNone;
  }
}

void NameTrie::Grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  const size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.key == 0) continue;
    size_t i = Mix(slot.key) & mask;
    while (slots_[i].key != 0) i = (i + 1) & mask;
    slots_[i] = slot;
  }
}

void NameTrie::Add(uint32_t node, char32_t c, uint32_t child) {
  if (node == 0 && c < kDirectRoot) {
    uint16_t& page = page_of_[c / kPage];
    if (page == 0) {
      page = static_cast<uint16_t>(firsts_.size() / kPage);
      firsts_.resize(firsts_.size() + kPage);
    }
    firsts_[page * kPage + c % kPage] = child;
    return;
  }
  Node& here = nodes_[node];
  if (node != 0 && here.only_child == kNone) {
    here.only_char = c;
    here.only_child = child;
    return;
  }
  if (const char32_t letter = c - U'a'; node != 0 && letter < kLetters) {
    if (here.more / 2 == 0) {
      here.more |= static_cast<uint32_t>(letters_.size() / kLetters) * 2;
      letters_.resize(letters_.size() + kLetters);
    }
    letters_[here.more / 2 * kLetters + letter] = child;
    return;
  }
  here.more |= 1;
  if (++used_ * 2 > slots_.size()) Grow();
  const uint64_t key = KeyOf(node, c);
  const size_t mask = slots_.size() - 1;
  size_t i = Mix(key) & mask;
  while (slots_[i].key != 0) i = (i + 1) & mask;
  slots_[i] = {key, child};
}

uint32_t& NameTrie::Insert(std::u32string_view word) {
  uint32_t node = 0;
  for (char32_t c : word) {
    c = Unify(c);
    uint32_t child = Step(node, c);
    if (child == kNone) {
      child = static_cast<uint32_t>(nodes_.size());
      nodes_.emplace_back();
      Add(node, c, child);
    }
    node = child;
  }
  return nodes_[node].value;
}

}  // namespace newsgraph
