// Any UTF-8, as a text and as a title before one.

#include <string>

#include "ingest/document_reader.h"
#include "ingest/text/segmenter.h"
#include "tests/fuzz/fuzz_target.h"

namespace {

using newsgraph::Range;

bool IsPlace(const newsgraph::TextAnalysis& analysis, Range range) {
  return range.begin < range.end && range.end <= analysis.text.size();
}

void CheckSegments(const std::string& title, const std::string& text) {
  newsgraph::TextAnalysis analysis;
  analysis.text = newsgraph::FoldedText(title, text);
  newsgraph::Segment(analysis);
  NEWSGRAPH_FUZZ_CHECK(!analysis.language.empty());
  uint32_t end = 0;
  for (const newsgraph::Sentence& sentence : analysis.sentences) {
    NEWSGRAPH_FUZZ_CHECK(IsPlace(analysis, sentence.range));
    NEWSGRAPH_FUZZ_CHECK(sentence.range.begin >= end);
    NEWSGRAPH_FUZZ_CHECK(sentence.range.size() <= 1000);
    NEWSGRAPH_FUZZ_CHECK(sentence.turn < static_cast<int32_t>(analysis.turns.size()));
    end = sentence.range.end;
    const newsgraph::Span span = analysis.text.SpanOf(sentence.range.begin, sentence.range.end);
    const std::string& field = span.field == newsgraph::Field::kTitle ? title : text;
    NEWSGRAPH_FUZZ_CHECK(span.begin < span.end && span.end <= field.size());
    NEWSGRAPH_FUZZ_CHECK(newsgraph::CheckUtf8(analysis.text.Surface(sentence.range.begin, sentence.range.end)).ok());
    if (sentence.turn >= 0) {
      NEWSGRAPH_FUZZ_CHECK(analysis.turns[static_cast<size_t>(sentence.turn)].speech.Contains(sentence.range));
    }
  }
  end = 0;
  for (const newsgraph::TextTurn& turn : analysis.turns) {
    NEWSGRAPH_FUZZ_CHECK(IsPlace(analysis, turn.label));
    NEWSGRAPH_FUZZ_CHECK(turn.label.begin >= end);
    NEWSGRAPH_FUZZ_CHECK(turn.speech.begin > turn.label.end || turn.speech.empty());
    end = turn.label.end;
    if (!turn.speech.empty()) end = turn.speech.end;
  }
  uint32_t begin = 0;
  for (const newsgraph::Quotation& quotation : analysis.quotations) {
    NEWSGRAPH_FUZZ_CHECK(IsPlace(analysis, quotation.range));
    NEWSGRAPH_FUZZ_CHECK(quotation.range.begin >= begin);
    begin = quotation.range.begin;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (!newsgraph::CheckUtf8(text).ok()) return 0;
  CheckSegments("", text);
  CheckSegments(text, text);
  const size_t line = text.find('\n');
  if (line != std::string::npos) CheckSegments(text.substr(0, line), text.substr(line + 1));
  return 0;
}
