// HTML as a list of its nodes in the order of the page. The only code that sees gumbo,
// the library that reads HTML as browsers do.
#ifndef NEWSGRAPH_INGEST_READERS_HTML_TREE_H_
#define NEWSGRAPH_INGEST_READERS_HTML_TREE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace newsgraph {

struct HtmlNode {
  std::string_view tag;   // lower case; empty for text
  std::string_view text;  // of text: decoded, white space as it stands
  const void* attributes = nullptr;
  int32_t parent = -1;
  int32_t end = 0;  // nodes [index + 1, end) are inside it
  bool is_text() const { return tag.empty(); }
};

// Immutable; thread-compatible.
class HtmlTree {
 public:
  // `html`, UTF-8, must outlive the tree. Any bytes are some page; InvalidArgument where
  // they nest or grow past what any page does: memory is bounded by 512 MB.
  static absl::StatusOr<HtmlTree> Parse(std::string_view html);

  HtmlTree(HtmlTree&&) noexcept;
  HtmlTree& operator=(HtmlTree&&) noexcept;
  ~HtmlTree();

  // In preorder; the first is <html>.
  const std::vector<HtmlNode>& nodes() const { return nodes_; }
  // Null when there is none; names in lower case.
  const char* FindAttribute(const HtmlNode& node, const char* name) const;
  // Empty when there is none.
  std::string_view Attribute(const HtmlNode& node, const char* name) const;
  // All text inside a node as it stands.
  std::string TextOf(int32_t node) const;
  // Whether any of the node's attributes begins so.
  bool HasAttributeThatBegins(const HtmlNode& node, std::string_view beginning) const;

 private:
  class Arena;
  HtmlTree();

  std::unique_ptr<Arena> arena_;
  std::vector<HtmlNode> nodes_;
};

// White space joined into single spaces as browsers do, none at the ends (nor ideographic
// spaces there). A line break between two Chinese characters is no space.
std::string JoinWhiteSpace(std::string_view text);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_READERS_HTML_TREE_H_
