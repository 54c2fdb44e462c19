// A document as folded code points that map back to the stored bytes.
#ifndef NEWSGRAPH_INGEST_TEXT_FOLDED_TEXT_H_
#define NEWSGRAPH_INGEST_TEXT_FOLDED_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/model.h"

namespace newsgraph {

// The title and the text of a document, one after the other with a line break
// between, as code points folded one to one (graph/name_folding.h): width, case,
// Traditional to Simplified. The title is left out where the text begins with it.
// Owns copies of the two strings.
class FoldedText {
 public:
  FoldedText() = default;
  // Both valid UTF-8.
  FoldedText(std::string title, std::string text);

  uint32_t size() const { return static_cast<uint32_t>(folded_.size()); }
  // Folded, and as it is in the document.
  char32_t operator[](uint32_t i) const { return folded_[i]; }
  char32_t original(uint32_t i) const { return original_[i]; }
  std::u32string_view original(uint32_t begin, uint32_t end) const {
    return std::u32string_view(original_).substr(begin, end - begin);
  }
  std::u32string_view folded() const { return folded_; }
  std::u32string_view folded(uint32_t begin, uint32_t end) const {
    return std::u32string_view(folded_).substr(begin, end - begin);
  }

  // begin < end, both in one field.
  Span SpanOf(uint32_t begin, uint32_t end) const;
  // The stored bytes of the range.
  std::string Surface(uint32_t begin, uint32_t end) const;
  // FoldName of the surface.
  std::string FoldedName(uint32_t begin, uint32_t end) const;

  // Where the text starts: 0 when there is no title before it.
  uint32_t text_begin() const { return text_begin_; }
  // Where the title ends, before the text or at its beginning: 0 when there is none.
  uint32_t title_end() const { return title_end_; }

 private:
  std::string title_, text_;
  std::u32string folded_, original_;
  std::vector<uint32_t> offsets_;  // byte offset in its field of each code point
  uint32_t text_begin_ = 0, title_end_ = 0;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_FOLDED_TEXT_H_
