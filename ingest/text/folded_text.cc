#include "ingest/text/folded_text.h"

#include <algorithm>
#include <utility>

#include "graph/name_folding.h"

namespace newsgraph {
namespace {

// Appends the code points of valid UTF-8, folded and as they are, with their offsets.
void AppendCodePoints(std::string_view text, std::u32string& folded, std::u32string& original,
                      std::vector<uint32_t>& offsets) {
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t c = length == 1 ? lead : lead & (0x7F >> length);
    for (size_t k = 1; k < length; ++k) c = c << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3F);
    original.push_back(c);
    folded.push_back(FoldCodePoint(c));
    offsets.push_back(static_cast<uint32_t>(i));
    i += length;
  }
}

}  // namespace

FoldedText::FoldedText(std::string title, std::string text) : title_(std::move(title)), text_(std::move(text)) {
  const bool repeats = title_.empty() || std::string_view(text_).starts_with(title_);
  const size_t bytes = text_.size() + (repeats ? 0 : title_.size());
  folded_.reserve(bytes / 2 + 2);
  original_.reserve(bytes / 2 + 2);
  offsets_.reserve(bytes / 2 + 2);
  if (!repeats) {
    AppendCodePoints(title_, folded_, original_, offsets_);
    title_end_ = size();
    folded_.push_back('\n');
    original_.push_back('\n');
    offsets_.push_back(static_cast<uint32_t>(title_.size()));
    text_begin_ = size();
  }
  AppendCodePoints(text_, folded_, original_, offsets_);
  if (repeats) {
    title_end_ = static_cast<uint32_t>(
        std::lower_bound(offsets_.begin(), offsets_.end(), static_cast<uint32_t>(title_.size())) - offsets_.begin());
  }
  offsets_.push_back(static_cast<uint32_t>(text_.size()));
}

Span FoldedText::SpanOf(uint32_t begin, uint32_t end) const {
  const bool in_title = begin < text_begin_;
  // The line break between the two stands at offset title_.size(), so that a range
  // that ends at the title's end finds its end there.
  return {in_title ? Field::kTitle : Field::kText, offsets_[begin], offsets_[end]};
}

std::string FoldedText::Surface(uint32_t begin, uint32_t end) const {
  const Span span = SpanOf(begin, end);
  const std::string& field = span.field == Field::kTitle ? title_ : text_;
  return field.substr(span.begin, span.end - span.begin);
}

std::string FoldedText::FoldedName(uint32_t begin, uint32_t end) const { return FoldName(Surface(begin, end)); }

}  // namespace newsgraph
