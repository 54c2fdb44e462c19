// A set of words over folded code points, walked from any position of a text.
#ifndef NEWSGRAPH_INGEST_TEXT_NAME_TRIE_H_
#define NEWSGRAPH_INGEST_TEXT_NAME_TRIE_H_

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace newsgraph {

// Words are inserted one after the other; each node keeps one number of the caller's.
// Not thread-safe while words are inserted, safe from any thread after.
class NameTrie {
 public:
  static constexpr uint32_t kNone = 0;  // no node, and the value of a node that ends no word

  NameTrie();

  // The value of the word's last node, kNone where it is new; the caller may set it.
  // The reference holds until the next Insert. `word` is not empty.
  uint32_t& Insert(std::u32string_view word);

  // Node numbers begin at 1; node 0 is both the root and "none", because no step leads to the root.
  uint32_t Step(uint32_t node, char32_t c) const {
    c = Unify(c);
    if (node == 0) return c < kDirectRoot ? firsts_[page_of_[c / kPage] * kPage + c % kPage] : Look(0, c);
    const Node& here = nodes_[node];
    if (here.only_char == c) return here.only_child;
    if (here.more == 0) return kNone;
    if (const char32_t letter = c - U'a'; letter < kLetters) return letters_[here.more / 2 * kLetters + letter];
    return here.more % 2 != 0 ? Look(node, c) : kNone;
  }
  uint32_t value(uint32_t node) const { return nodes_[node].value; }
  bool empty() const { return nodes_.size() == 1; }

  // Middle dots and apostrophes are written in many ways and mean one.
  static char32_t Unify(char32_t c) {
    if (c < 0xB7) return c;
    switch (c) {
      case 0x2018:
      case 0x2019:
        return U'\'';
      case 0x2022:
      case 0x2027:
      case 0x22C5:
      case 0x30FB:
      case 0xFF65:
        return U'\u00B7';
      case 0x00A0:
        return U' ';
      case 0x2010:
      case 0x2011:
        return U'-';
      default:
        return c;
    }
  }

 private:
  static constexpr char32_t kDirectRoot = 0xA000;  // ASCII to the end of the common Han block
  static constexpr uint32_t kPage = 64;            // small, because a document has a trie of its own
  static constexpr uint32_t kLetters = 26;

  struct Node {
    char32_t only_char = 0;  // of the first child; most nodes have no other
    uint32_t only_child = 0;
    uint32_t value = 0;
    uint32_t more = 0;  // 2 · block of letters_, + 1 where slots_ holds children too; 0 for no other child
  };
  struct Slot {
    uint64_t key = 0;  // 0: free
    uint32_t child = 0;
  };
  uint32_t Look(uint32_t node, char32_t c) const;
  void Add(uint32_t node, char32_t c, uint32_t child);
  void Grow();

  std::array<uint16_t, kDirectRoot / kPage> page_of_{};  // of firsts_, by code point; page 0 is empty
  std::vector<uint32_t> firsts_;                         // children of the root, pages of kPage
  std::vector<Node> nodes_;
  std::vector<uint32_t> letters_;  // children under small letters, blocks of kLetters; block 0 is empty
  std::vector<Slot> slots_;        // open addressing; all other children
  size_t used_ = 0;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_NAME_TRIE_H_
