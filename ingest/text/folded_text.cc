#include "ingest/text/folded_text.h"

#include <algorithm>
#include <utility>

#include "graph/name_folding.h"

namespace newsgraph {
namespace {

// How many code points valid UTF-8 has: bytes that continue none.
size_t CountCodePoints(std::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

// Writes the code points of valid UTF-8 with their offsets.
void DecodeTo(std::string_view text, char32_t* original, uint32_t* offsets) {
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    *offsets++ = static_cast<uint32_t>(i);
    if (lead < 0x80) {
      *original++ = lead;
      ++i;
      continue;
    }
    const size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t c = lead & (0x7F >> length);
    for (size_t k = 1; k < length; ++k) c = c << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3F);
    *original++ = c;
    i += length;
  }
}

}  // namespace

FoldedText::FoldedText(std::string title, std::string text) : title_(std::move(title)), text_(std::move(text)) {
  const bool repeats = title_.empty() || std::string_view(text_).starts_with(title_);
  const size_t title_size = repeats ? 0 : CountCodePoints(title_);
  text_begin_ = repeats ? 0 : static_cast<uint32_t>(title_size) + 1;
  original_.resize(text_begin_ + CountCodePoints(text_));
  offsets_.resize(original_.size() + 1);
  if (!repeats) {
    DecodeTo(title_, original_.data(), offsets_.data());
    title_end_ = static_cast<uint32_t>(title_size);
    original_[title_end_] = U'\n';
    offsets_[title_end_] = static_cast<uint32_t>(title_.size());
  }
  DecodeTo(text_, original_.data() + text_begin_, offsets_.data() + text_begin_);
  folded_ = FoldCodePoints(original_);
  if (repeats) {
    title_end_ = static_cast<uint32_t>(
        std::lower_bound(offsets_.begin(), offsets_.end() - 1, static_cast<uint32_t>(title_.size())) -
        offsets_.begin());
  }
  offsets_.back() = static_cast<uint32_t>(text_.size());
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
