#include "ingest/text/segmenter.h"

#include <string>

#include "ingest/text/layout.h"
#include "ingest/text/script.h"
#include "ingest/text/sentence_splitter.h"

namespace newsgraph {

void Segment(TextAnalysis& analysis) {
  const FoldedText& text = analysis.text;
  if (analysis.language.empty()) {
    analysis.language = std::string(LanguageOf(CountScripts(text, {text.text_begin(), text.size()})));
  }
  std::vector<Range> ranges;
  uint32_t paragraph = 0;
  for (const Line& line : ReadLayout(text)) {
    Range content = line.range;
    if (!line.label.empty()) {
      content.begin = line.speech;
      analysis.turns.push_back({.label = line.label, .speech = {line.speech, line.speech}});
    }
    if (line.turn >= 0 && !content.empty()) {
      Range& speech = analysis.turns[static_cast<size_t>(line.turn)].speech;
      if (speech.empty()) speech.begin = content.begin;
      speech.end = content.end;
    }
    ranges.clear();
    SplitSentences(text, content, ranges);
    for (const Range range : ranges) {
      analysis.sentences.push_back({.range = range,
                                    .script = ScriptOf(CountScripts(text, range), analysis.language),
                                    .kind = line.kind,
                                    .turn = line.turn,
                                    .paragraph = paragraph});
    }
    FindQuotations(text, content, analysis.quotations);
    ++paragraph;
  }
}

}  // namespace newsgraph
