// The forms of an English verb.
#ifndef NEWSGRAPH_INGEST_TEXT_ENGLISH_FORMS_H_
#define NEWSGRAPH_INGEST_TEXT_ENGLISH_FORMS_H_

#include <string>
#include <string_view>
#include <vector>

namespace newsgraph {

// "acquire" → acquire, acquires, acquired, acquiring; "take over" → …, took over, taken
// over. `verb` is in lower case, what is inflected its first word. Distinct, the verb first.
std::vector<std::string> FormsOfEnglishVerb(std::string_view verb);

// Whether a word in lower case, right behind a subject, is by its form a verb that can stand alone: said, buys, will.
// True of many plurals too. Safe from any thread.
bool IsFiniteByForm(std::u32string_view word);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_ENGLISH_FORMS_H_
