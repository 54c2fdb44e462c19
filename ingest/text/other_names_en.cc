// What English says is another name of the name before it: Nora Falk (née Moss), Lin An, better known as the Iron
// Baker, Nikos Alexiou (Greek: Νίκος Αλεξίου), Ostrander Farm Trust (OFT).
#include <algorithm>

#include "ingest/text/name_scene.h"
#include "ingest/text/word_tables.h"

namespace newsgraph {
namespace {

constexpr uint32_t kLongestBracket = 120;
constexpr uint32_t kMostWords = 5;  // of a name that nothing else has found

bool IsLetterOfOtherScript(char32_t c) {
  return IsHan(c) || (c >= 0x370 && c < 0x1100) || (c >= 0x1F00 && c < 0x2000) || (c >= 0x3040 && c <= 0x30FF) ||
         (c >= 0xAC00 && c <= 0xD7A3);
}

class OtherNames {
 public:
  OtherNames(const Scene& scene, std::vector<Proposal>& chosen) : scene_(scene), text_(scene.text), chosen_(chosen) {}

  void Run() {
    size_t sentence = 0;
    const auto& sentences = scene_.analysis.sentences;
    // What is found goes into chosen_ when all have been looked at.
    const size_t size = chosen_.size();
    for (size_t i = 0; i < size; ++i) {
      const Proposal name = chosen_[i];
      if (name.range.empty() || IsValueType(name.type) || name.type == EntityType::kPosition ||
          name.type == EntityType::kLanguage || name.type == EntityType::kNorp) {
        continue;
      }
      while (sentence < sentences.size() && sentences[sentence].range.end < name.range.end) ++sentence;
      if (sentence == sentences.size()) break;
      if (sentences[sentence].script != Script::kLatin || name.range.begin < sentences[sentence].range.begin) continue;
      end_ = sentences[sentence].range.end;
      LookBehind(name);
    }
    if (added_.empty()) return;
    std::erase_if(chosen_, [&](const Proposal& proposal) {
      return std::any_of(added_.begin(), added_.end(),
                         [&](const Proposal& other) { return other.range.Overlaps(proposal.range); });
    });
    chosen_.insert(chosen_.end(), added_.begin(), added_.end());
    std::sort(chosen_.begin(), chosen_.end(),
              [](const Proposal& a, const Proposal& b) { return a.range.begin < b.range.begin; });
    // What is another name of somebody once is one wherever it stands.
    for (Proposal& proposal : chosen_) {
      if (proposal.entry >= 0 || proposal.strength == Strength::kStated || IsValueType(proposal.type)) continue;
      for (const Proposal& other : added_) {
        if (other.entry < 0 && other.range.size() == proposal.range.size() &&
            text_.folded(other.range.begin, other.range.end) ==
                text_.folded(proposal.range.begin, proposal.range.end)) {
          proposal.type = other.type;
          proposal.subtype = other.subtype;
        }
      }
    }
  }

 private:
  char32_t At(uint32_t i) const { return i < end_ ? text_[i] : 0; }
  std::u32string_view WordAt(uint32_t i) const {
    uint32_t end = i;
    while (end < end_ && (IsLatinLetter(text_[end]) ||
                          (text_[end] == U'.' && end + 1 < end_ && IsLatinLetter(text_[end + 1]) && end - i < 6))) {
      ++end;
    }
    return i < end_ ? text_.folded(i, end) : std::u32string_view();
  }
  // Behind the word and the space that follows it.
  uint32_t Behind(uint32_t i, std::u32string_view word) const {
    i += static_cast<uint32_t>(word.size());
    if (At(i) == U'.' && word.find(U'.') != std::u32string_view::npos) ++i;
    return At(i) == U' ' ? i + 1 : i;
  }

  void LookBehind(const Proposal& name) {
    uint32_t place = name.range.end;
    if (const uint32_t open = At(place) == U' ' ? place + 1 : place; At(open) == U'(') {
      uint32_t close = open + 1;
      while (close < end_ && close - open < kLongestBracket && text_[close] != U')' && text_[close] != U'(') ++close;
      if (At(close) != U')') return;
      bool first = true;
      for (uint32_t item = open + 1; item < close; first = false) {
        uint32_t item_end = item;
        while (item_end < close && text_[item_end] != U';' && text_[item_end] != U',') ++item_end;
        if (!BindSaid(name, item, true) && !BindWritten(name, item, item_end, first) && first) BindInitials(name, item);
        item = item_end + 1;
        while (item < close && text_[item] == U' ') ++item;
      }
      place = close + 1;
    }
    if (At(place) == U',') ++place;
    if (At(place) == U' ') BindSaid(name, place + 1, false);
  }

  // "also known as X", "née X", "who is known simply as X or Y".
  bool BindSaid(const Proposal& name, uint32_t i, bool in_brackets) {
    static constexpr std::u32string_view kAdverbs[] = {
        U"also",      U"better",   U"commonly",   U"sometimes",  U"often",          U"usually",      U"widely",
        U"popularly", U"formally", U"officially", U"simply",     U"professionally", U"still",        U"previously",
        U"formerly",  U"once",     U"now",        U"originally", U"variously",      U"generally",    U"more",
        U"mostly",    U"locally",  U"mainly",     U"publicly",   U"colloquially",   U"artistically", U"affectionately"};
    static constexpr std::u32string_view kBirth[] = {U"née", U"nee", U"né"};
    static constexpr std::u32string_view kSays[] = {U"nicknamed", U"alias", U"aka", U"a.k.a"};
    std::u32string_view word = WordAt(i);
    if (word == U"who" || word == U"which") {
      i = Behind(i, word);
      word = WordAt(i);
    }
    if (word == U"is" || word == U"was" || word == U"are" || word == U"were") {
      i = Behind(i, word);
      word = WordAt(i);
    }
    bool also = false, former = false;
    for (int k = 0; k < 2 && IsOneOf(word, kAdverbs); ++k) {
      also = true;
      former |= word == U"formerly";
      i = Behind(i, word);
      word = WordAt(i);
    }
    bool birth = false;
    if (word == U"known") {
      i = Behind(i, word);
      word = WordAt(i);
      if (IsOneOf(word, kAdverbs)) {
        i = Behind(i, word);
        word = WordAt(i);
      }
      if (word == U"by") {
        // by his stage name
        for (int k = 0; k < 4 && word != U"name" && word != U"nickname"; ++k) {
          i = Behind(i, word);
          word = WordAt(i);
        }
        if (word != U"name" && word != U"nickname") return false;
      } else if (word != U"as") {
        return false;
      }
      i = Behind(i, word);
    } else if (IsOneOf(word, kBirth)) {
      i = Behind(i, word);
    } else if (word == U"born" && name.type == EntityType::kPerson) {
      birth = true;
      i = Behind(i, word);
    } else if (IsOneOf(word, kSays) || (also && word == U"called")) {
      i = Behind(i, word);
    } else if (!former || name.type == EntityType::kPerson) {
      return false;
    }
    word = WordAt(i);
    if (word == U"the" || word == U"simply" || word == U"just") i = Behind(i, word);
    const bool quoted = At(i) == U'"' || At(i) == U'“' || At(i) == U'\'' || At(i) == U'‘';
    if (quoted) ++i;
    const uint32_t end = BindAt(name, i, birth, !birth && (in_brackets || quoted || !former));
    if (end == 0) return false;
    // sometimes known as Johnny or Jack
    if (text_.folded(end, std::min(end + 4, end_)) == U" or ") BindAt(name, end + 4, birth, !birth);
    return true;
  }

  // Where the other name ends that begins at a place; 0 where none does.
  uint32_t BindAt(const Proposal& name, uint32_t i, bool as_person, bool unfound) {
    const auto found = std::lower_bound(chosen_.begin(), chosen_.end(), i,
                                        [](const Proposal& a, uint32_t begin) { return a.range.begin < begin; });
    Proposal other;
    if (found != chosen_.end() && found->range.begin == i && !found->range.empty()) {
      other = *found;
      if (IsValueType(other.type) || other.type == EntityType::kPosition || other.range.end > end_) return 0;
      if (as_person && other.type != EntityType::kPerson) return 0;
      if (other.entry >= 0 && other.entry != name.entry) {
        if (name.entry >= 0 || (other.type != name.type && name.type != EntityType::kPerson)) return 0;
        if (other.type != name.type) other.entry = -1;
      }
    } else {
      if (!unfound) return 0;
      // Words in capitals that no find holds.
      uint32_t end = 0;
      for (uint32_t token = i < end_ ? scene_.token_at[i] : 0, words = 0; token != 0 && words < kMostWords; ++words) {
        const LatinToken& next = scene_.tokens[token - 1];
        if (!next.capital || next.range.end > end_ || (words > 0 && !next.joined)) break;
        end = next.range.end;
        if (token >= scene_.tokens.size()) break;
        ++token;
      }
      if (end == 0 || (found != chosen_.end() && found->range.begin < end)) return 0;
      if (found != chosen_.begin() && std::prev(found)->range.end > i) return 0;
      other.range = {i, end};
    }
    if (text_.folded(other.range.begin, other.range.end) == text_.folded(name.range.begin, name.range.end)) return 0;
    Add(name, other);
    return other.range.end;
  }

  void Add(const Proposal& name, Proposal other) {
    other.type = name.type;
    other.subtype = name.subtype;
    other.strength = Strength::kStated;
    other.partial = false;
    other.gloss_of = name.range;
    if (std::none_of(added_.begin(), added_.end(),
                     [&](const Proposal& before) { return before.range.Overlaps(other.range); })) {
      added_.push_back(other);
    }
  }

  // "Greek: Νίκος Αλεξίου", "German: Pol Mai", Νίκος Αλεξίου.
  bool BindWritten(const Proposal& name, uint32_t begin, uint32_t end, bool first) {
    bool labelled = false;
    for (uint32_t i = begin; i + 1 < end && i - begin < 32; ++i) {
      if (text_[i] != U':' || text_[i + 1] != U' ') continue;
      labelled = NamesLanguage(begin, i);
      if (!labelled) return false;
      begin = i + 2;
      break;
    }
    if (begin >= end || (!labelled && !first)) return false;
    if (IsLetterOfOtherScript(text_[begin])) {
      uint32_t last = begin;
      while (last < end && (IsLetterOfOtherScript(text_[last]) || text_[last] == U' ' || text_[last] == U'-' ||
                            text_[last] == U'.' || IsMiddleDot(text_[last]))) {
        ++last;
      }
      if (last != end) return false;
      while (last > begin && text_[last - 1] == U' ') --last;
      if (last - begin < 2) return false;
      Proposal other;
      other.range = {begin, last};
      for (const Proposal& known : chosen_) {
        if (known.range == other.range && known.type == name.type) other.entry = known.entry;
      }
      if (other.entry >= 0 && name.entry >= 0 && other.entry != name.entry) return false;
      Add(name, other);
      return true;
    }
    return labelled && BindAt(name, begin, false, false) != 0;
  }

  // Greek, Serbian Cyrillic, simplified Chinese, pinyin
  bool NamesLanguage(uint32_t begin, uint32_t end) const {
    static constexpr std::u32string_view kEnds[] = {U"ish",  U"ese", U"ian", U"ean", U"man", U"ek",  U"ic", U"ch",
                                                    U"utch", U"rew", U"azi", U"hai", U"ali", U"ili", U"an"};
    static constexpr std::u32string_view kWays[] = {U"pinyin", U"romanized", U"romanised", U"hindi", U"urdu",
                                                    U"hangul", U"kanji",     U"hanja",     U"tamil", U"latin"};
    uint32_t word = end;
    while (word > begin && IsLatinLetter(text_[word - 1])) --word;
    const std::u32string_view last = text_.folded(word, end);
    if (IsOneOf(last, kWays)) return true;
    if (last.size() < 4 || !IsLatinUpper(text_.original(word))) return false;
    return std::any_of(std::begin(kEnds), std::end(kEnds),
                       [&](std::u32string_view ending) { return last.ends_with(ending); });
  }

  // Ostrander Farm Trust (OFT)
  void BindInitials(const Proposal& name, uint32_t begin) {
    const uint32_t number = scene_.token_at[begin];
    if (number == 0 || name.type == EntityType::kPerson) return;
    const LatinToken& token = scene_.tokens[number - 1];
    const char32_t after = At(token.range.end);
    if (token.range.begin != begin || !token.all_upper || token.has_digit || token.range.size() < 2 ||
        (after != U')' && after != U';' && after != U',')) {
      return;
    }
    uint32_t letter = begin, words = 0;
    for (uint32_t i = name.range.begin; i < name.range.end; ++i) {
      const bool begins = IsLatinLetter(text_[i]) && (i == name.range.begin || !IsLatinLetter(text_[i - 1]));
      if (!begins) continue;
      const bool capital = IsLatinUpper(text_.original(i));
      words += capital ? 1 : 0;
      if (letter < token.range.end && text_[letter] == text_[i]) {
        ++letter;
      } else if (capital) {
        return;
      }
    }
    if (words >= 2 && letter == token.range.end) BindAt(name, begin, false, true);
  }

  const Scene& scene_;
  const FoldedText& text_;
  std::vector<Proposal>& chosen_;
  std::vector<Proposal> added_;
  uint32_t end_ = 0;  // of the sentence
};

}  // namespace

void BindOtherNames(const Scene& scene, std::vector<Proposal>& chosen) { OtherNames(scene, chosen).Run(); }

}  // namespace newsgraph
