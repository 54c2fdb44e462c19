#include "ingest/text/unlisted_words.h"

#include <unicode/ubrk.h>
#include <unicode/uversion.h>

#include <algorithm>
#include <memory>
#include <string>

namespace newsgraph {
namespace {

struct Close {
  void operator()(UBreakIterator* breaks) const { ubrk_close(breaks); }
};

// Opening one takes longer than a thousand uses.
UBreakIterator* BreaksOfThisThread() {
  thread_local const std::unique_ptr<UBreakIterator, Close> breaks = [] {
    UErrorCode error = U_ZERO_ERROR;
    return std::unique_ptr<UBreakIterator, Close>(ubrk_open(UBRK_WORD, "zh", nullptr, 0, &error));
  }();
  return breaks.get();
}

}  // namespace

std::vector<uint32_t> WordLengths(std::u32string_view folded_han) {
  // One unit a character; what lies beyond the basic plane is in no dictionary of words.
  std::u16string units;
  for (const char32_t c : folded_han) units.push_back(c < 0x10000 ? static_cast<char16_t>(c) : u'\u3400');
  std::vector<uint32_t> lengths;
  UErrorCode error = U_ZERO_ERROR;
  UBreakIterator* const breaks = BreaksOfThisThread();
  if (breaks != nullptr) ubrk_setText(breaks, units.data(), static_cast<int32_t>(units.size()), &error);
  if (breaks == nullptr || U_FAILURE(error)) return {static_cast<uint32_t>(units.size())};  // no name is found by it
  int32_t begin = 0;
  for (int32_t end = ubrk_next(breaks); end != UBRK_DONE; end = ubrk_next(breaks)) {
    lengths.push_back(static_cast<uint32_t>(end - begin));
    begin = end;
  }
  return lengths;
}

bool IsUnlisted(std::u32string_view folded_han) {
  const std::vector<uint32_t> lengths = WordLengths(folded_han);
  return std::all_of(lengths.begin(), lengths.end(), [](uint32_t length) { return length == 1; });
}

std::string DictionaryVersion() {
  UVersionInfo version;
  u_getVersion(version);
  char text[U_MAX_VERSION_STRING_LENGTH];
  u_versionToString(version, text);
  return text;
}

}  // namespace newsgraph
