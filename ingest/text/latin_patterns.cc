// Names in Latin letters, in English text and inside Chinese: what a sequence of
// capitalised words is, by its words and by what stands around it, over the whole document.
#include <algorithm>
#include <string>
#include <unordered_map>

#include "ingest/text/name_scene.h"

namespace newsgraph {
namespace {

bool IsTokenCharacter(char32_t c) { return IsLatinLetter(c) || IsDigit(c); }

bool IsUpper(char32_t original) { return IsLatinUpper(original) || (original >= 0xFF21 && original <= 0xFF3A); }

// Second halves that make an adjective of a name: Shanghai-based, Chinese-language.
constexpr std::u32string_view kHyphenTails[] = {
    U"based",    U"led",    U"backed", U"owned",      U"made",   U"style",   U"wide",     U"like",         U"born",
    U"run",      U"funded", U"linked", U"related",    U"listed", U"powered", U"only",     U"language",     U"speaking",
    U"designed", U"built",  U"level",  U"controlled", U"era",    U"focused", U"friendly", U"headquartered"};

bool IsHyphenTail(std::u32string_view word) {
  return std::find(std::begin(kHyphenTails), std::end(kHyphenTails), word) != std::end(kHyphenTails);
}

// Words that follow a product's number: Gemini 1.5 Pro.
constexpr std::u32string_view kVariants[] = {U"pro",     U"max",      U"mini",   U"ultra", U"plus",  U"lite",
                                             U"turbo",   U"air",      U"flash",  U"nano",  U"small", U"large",
                                             U"preview", U"instruct", U"vision", U"se",    U"xl",    U"hd"};

bool IsVariant(std::u32string_view word) {
  return std::find(std::begin(kVariants), std::end(kVariants), word) != std::end(kVariants);
}

bool IsMonthOrDay(std::u32string_view word) {
  static constexpr std::u32string_view kWords[] = {
      U"january",   U"february", U"march",    U"april",    U"may",    U"june",    U"july",      U"august",
      U"september", U"october",  U"november", U"december", U"monday", U"tuesday", U"wednesday", U"thursday",
      U"friday",    U"saturday", U"sunday",   U"jan",      U"feb",    U"mar",     U"apr",       U"jun",
      U"jul",       U"aug",      U"sep",      U"sept",     U"oct",    U"nov",     U"dec"};
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

// Q3, H1, FY2026, 5G, COVID-19: no products.
bool IsPlainCode(std::u32string_view word) {
  if (word.size() == 2 && (word[0] == U'q' || word[0] == U'h') && IsDigit(word[1])) return true;
  if (word.substr(0, 2) == U"fy") return true;
  if (word.substr(0, 5) == U"covid") return true;
  if (word.size() <= 3 && word[0] == U'g' && word.size() >= 2 && IsDigit(word[1])) return true;  // G7, G20
  return false;
}

std::u32string_view WordOf(const Scene& scene, const LatinToken& token) {
  return scene.text.folded(token.range.begin, token.range.end);
}

// A name as a sequence of tokens, before it is known what it names.
struct Sequence {
  Range range;
  uint32_t first = 0, last = 0;  // tokens, inclusive
  bool starts_sentence = false;
  bool has_version = false;
};

struct Evidence {
  int person = 0, org = 0, product = 0, place = 0, city = 0, event = 0, law = 0;
  int count = 0;
  int inside = 0;  // not at the beginning of a sentence
  bool in_han = false;
};

// "2.0", "4o", "16": a product's number, when no unit follows.
bool IsVersion(const Scene& scene, const LatinToken& token) {
  const std::u32string_view word = WordOf(scene, token);
  if (word.empty() || !IsDigit(word[0]) || word.size() > 5) return false;
  size_t digits = 0, letters = 0;
  for (const char32_t c : word) {
    if (IsDigit(c)) {
      ++digits;
    } else if (IsLatinLetter(c)) {
      ++letters;
    } else if (c != U'.') {
      return false;
    }
  }
  if (letters > 1 || digits == 0) return false;
  if (letters == 0 && digits == 4 && (word.substr(0, 2) == U"19" || word.substr(0, 2) == U"20"))
    return false;  // a year
  // A number that a unit follows is a value: 26日, 2亿, 60 people.
  for (const uint32_t end : {token.range.end}) {
    if (const Proposal* known = scene.KnownAt(token.range.begin); known != nullptr && IsValueType(known->type))
      return false;
    if (end < scene.text.size() && (scene.text[end] == U'%' || scene.text[end] == U',')) {
      if (scene.text[end] == U'%') return false;
    }
  }
  return true;
}

bool IsCode(std::u32string_view word) {
  size_t digits = 0, letters = 0;
  for (const char32_t c : word) {
    digits += IsDigit(c) ? 1u : 0u;
    letters += IsLatinLetter(c) ? 1u : 0u;
  }
  return digits > 0 && letters > 0 && !IsDigit(word[0]) && word.size() <= 10 && !IsPlainCode(word);
}

bool IsAllPlain(const Scene& scene, const Sequence& sequence) {
  for (uint32_t i = sequence.first; i <= sequence.last; ++i) {
    if (!(scene.tokens[i].cues & kPlain)) return false;
  }
  return true;
}

// What stands between `end` and the next word: U' ' for a space, U',' for a comma, 0 for none or else.
char32_t GapAfter(const FoldedText& text, uint32_t end) { return end < text.size() ? text[end] : 0; }

// Known names and cue words reach over a space in English.
const Proposal* KnownBeforeSpace(const Scene& scene, uint32_t i) {
  if (const Proposal* known = scene.KnownBefore(i)) return known;
  return i > 0 && scene.text[i - 1] == U' ' ? scene.KnownBefore(i - 1) : nullptr;
}
uint32_t CuesBeforeSpace(const Scene& scene, uint32_t i) {
  uint32_t cues = scene.CuesBefore(i);
  if (i > 0 && scene.text[i - 1] == U' ') cues |= scene.CuesBefore(i - 1);
  if (i > 1 && scene.text[i - 1] == U' ' && scene.text[i - 2] == U'.') cues |= scene.CuesBefore(i - 2);
  return cues;
}
const Proposal* KnownAfterSpace(const Scene& scene, uint32_t i) {
  if (i >= scene.text.size()) return nullptr;
  if (const Proposal* known = scene.KnownAt(i)) return known;
  return scene.text[i] == U' ' && i + 1 < scene.text.size() ? scene.KnownAt(i + 1) : nullptr;
}
uint32_t CuesAfterSpace(const Scene& scene, uint32_t i) {
  if (i >= scene.text.size()) return 0;
  uint32_t cues = scene.CuesAt(i);
  if (scene.text[i] == U' ' && i + 1 < scene.text.size()) cues |= scene.CuesAt(i + 1);
  return cues;
}

void Weigh(const Scene& scene, const Sequence& sequence, Evidence& evidence) {
  const FoldedText& text = scene.text;
  const LatinToken& first = scene.tokens[sequence.first];
  const LatinToken& last = scene.tokens[sequence.last];
  const uint32_t words = sequence.last - sequence.first + 1;
  const bool han = (sequence.range.begin > 0 && IsHan(text[sequence.range.begin - 1])) ||
                   (sequence.range.end < text.size() && IsHan(text[sequence.range.end]));
  ++evidence.count;
  evidence.in_han |= han;
  if (!sequence.starts_sentence) ++evidence.inside;
  if (evidence.count > 64) return;  // enough is known

  if (sequence.has_version) evidence.product += 6;
  const bool given = scene.lists.given_en.contains(WordOf(scene, first));
  const bool surname = scene.lists.surnames_en.contains(WordOf(scene, last));
  const std::u32string_view last_word = WordOf(scene, last);
  const size_t hyphen = last_word.find(U'-');
  const bool org_words = words >= 2 && (last.cues & kOrgTail) != 0;
  if (words >= 2 && words <= 4 && !last.has_digit && !org_words) {
    if (given) evidence.person += surname ? 5 : 4;
    // Lin Yu-ching: the second half of a given name in small letters.
    if (hyphen != std::u32string_view::npos &&
        !IsUpper(text.original(last.range.begin + static_cast<uint32_t>(hyphen) + 1))) {
      evidence.person += 4;
    }
    if (WordOf(scene, first).find(U'-') != std::u32string_view::npos && surname) evidence.person += 3;
    if (surname && words <= 3) evidence.person += 2;
  }
  if (words == 1 && given && (scene.CuesBefore(sequence.range.begin) & kPersonBefore)) evidence.person += 3;
  if (org_words) evidence.org += 5;
  // Aldous & Reed; shares of Aldous.
  for (uint32_t i = sequence.first + 1; i <= sequence.last; ++i) {
    if (!scene.tokens[i].joined) evidence.org += 6;
  }
  if (first.joined && sequence.first > 1 && WordOf(scene, scene.tokens[sequence.first - 1]) == U"of") {
    const std::u32string_view owned = WordOf(scene, scene.tokens[sequence.first - 2]);
    if (owned == U"shares" || owned == U"stock" || owned == U"shareholders") evidence.org += 3;
  }
  if ((first.cues & kOrgHead) && words >= 3) evidence.org += 4;
  if (words >= 2 && (last.cues & kPlaceTail)) evidence.place += 4;
  if (words >= 2 && (first.cues & kPlaceHead)) evidence.place += 4;
  if (words >= 2 && (last.cues & kEventTail)) evidence.event += 6;
  if (words >= 2 && (last.cues & kLawTail)) evidence.law += 6;

  // Before.
  const uint32_t before = CuesBeforeSpace(scene, sequence.range.begin);
  // 代表Veldora的律师: who is represented, and no representative.
  const bool represented = sequence.range.begin >= 2 && sequence.range.end < text.size() &&
                           text.folded(sequence.range.begin - 2, sequence.range.begin) == U"代表" &&
                           text[sequence.range.end] == U'的';
  if (represented) {
    evidence.org += 2;
  } else if (before & kPersonBefore) {
    evidence.person += 3;
  }
  if (before & kOrgBefore) evidence.org += 2;
  if (before & kOrgNoun) evidence.org += 2;
  if (before & kProductBefore) evidence.product += 1;
  if (before & kProductNoun) evidence.product += 3;
  if (const Proposal* known = KnownBeforeSpace(scene, sequence.range.begin);
      known != nullptr && known->type == EntityType::kPosition && !represented &&
      scene.text[sequence.range.begin - 1] != U',') {
    evidence.person += 4;
  }
  // its founder, Tomas Lindgren, said
  const uint32_t begin = sequence.range.begin;
  if (begin > 2 && text[begin - 1] == U' ' && text[begin - 2] == U',' && words >= 2 && words <= 3 &&
      !sequence.has_version && sequence.range.end < text.size() &&
      (text[sequence.range.end] == U',' || text[sequence.range.end] == U'.')) {
    const Proposal* known = scene.KnownBefore(begin - 2);
    if (known != nullptr && known->type == EntityType::kPosition) evidence.person += 3;
  }
  if (first.joined && sequence.first > 0 && words == 1) {
    // in Worcester: weak, but where nothing else speaks it is a place.
    const std::u32string_view word = WordOf(scene, scene.tokens[sequence.first - 1]);
    if (word == U"in" || word == U"near") evidence.city += 3;
  }
  // 苹果的iMessage
  if (sequence.range.begin > 0 && text[sequence.range.begin - 1] == U'的') {
    const Proposal* maker = scene.KnownBefore(sequence.range.begin - 1);
    if (maker != nullptr && maker->type == EntityType::kOrg) evidence.product += 1;
  }
  // Behind.
  const uint32_t after = CuesAfterSpace(scene, sequence.range.end);
  if (after & kPersonAfter) evidence.person += 3;
  if (after & kOrgAfter) evidence.org += 2;
  if (after & kProductNoun) {
    evidence.product += 2;
    // the Gale arm
    if (sequence.first > 0 && first.joined && WordOf(scene, scene.tokens[sequence.first - 1]) == U"the")
      ++evidence.product;
  }
  if ((after & kSpeech) && words >= 2) ++evidence.person;
  if ((after & kSpeech) && words == 1) ++evidence.org;
  if (const Proposal* known = KnownAfterSpace(scene, sequence.range.end);
      known != nullptr && known->type == EntityType::kPosition) {
    evidence.org += 2;
  }
  const char32_t gap = GapAfter(text, sequence.range.end);
  if (gap == U',' && sequence.range.end + 3 < text.size() && text[sequence.range.end + 1] == U' ') {
    const uint32_t next = sequence.range.end + 2;
    if (IsDigit(text[next]) && IsDigit(text[next + 1]) && next + 2 < text.size() && text[next + 2] == U',' &&
        words <= 4) {
      evidence.person += 3;  // Tan, 65,
    }
    uint32_t word = scene.token_at[next];
    if (word != 0) {
      const std::u32string_view article = WordOf(scene, scene.tokens[word - 1]);
      if (article == U"an" || article == U"a" || article == U"its" || article == U"the") ++word;
      if (word - 1 < scene.tokens.size()) {
        const uint32_t at = scene.tokens[word - 1].range.begin;
        if (const Proposal* known = scene.KnownAt(at); known != nullptr && known->type == EntityType::kPosition) {
          evidence.person += 3;
        }
        // Qinglan, a family of Chinese-language models; Zephyr, a library; Quelm, a Leeds-based maker of engines
        if (article == U"a" || article == U"an" || article == U"the") {
          for (uint32_t k = word - 1; k < scene.tokens.size() && k < word + 5; ++k) {
            const LatinToken& token = scene.tokens[k];
            const bool hyphened = text[token.range.begin - 1] == U'-';
            if (k >= word && !token.joined && !hyphened) break;
            if (scene.tokens[k].cues & kOrgNoun) {
              evidence.org += 4;
              break;
            }
            if (!(scene.tokens[k].cues & kProductNoun)) continue;
            evidence.product += 3;
            break;
          }
        }
      }
      if (article == U"based") evidence.org += 3;
    }
  }
  // Intel's chief executive.
  if (gap == U'\'' || gap == U'’') {
    if (sequence.range.end + 3 < text.size() && text[sequence.range.end + 1] == U's' &&
        text[sequence.range.end + 2] == U' ') {
      const uint32_t next = sequence.range.end + 3;
      if (const Proposal* known = scene.KnownAt(next); known != nullptr && known->type == EntityType::kPosition)
        evidence.org += 2;
      if (scene.CuesAt(next) & kOrgAfter) evidence.org += 2;
    }
  }
}

struct Decision {
  EntityType type = EntityType::kUnknown;
  std::string_view subtype;
  Strength strength = Strength::kPattern;
};

Decision Decide(const Scene& scene, const Sequence& sequence, const Evidence& evidence) {
  const int best =
      std::max({evidence.person, evidence.org, evidence.product, evidence.place, evidence.event, evidence.law});
  const bool multiword = sequence.last > sequence.first;
  if (evidence.event == best && best > 0) return {EntityType::kEvent, {}, Strength::kPattern};
  if (evidence.law == best && best > 0) return {EntityType::kLaw, {}, Strength::kPattern};
  if (best == 0 && evidence.city > 0 && !multiword && !evidence.in_han) {
    return {EntityType::kGpe, "city", Strength::kPattern};
  }
  const int least = evidence.in_han ? 1 : multiword ? 2 : 3;
  if (best < least) {
    // Inside Chinese a name in capitals is a name; most of those that no cue tells are organisations.
    const LatinToken& token = scene.tokens[sequence.first];
    const bool long_enough = token.range.size() >= 3;
    if (evidence.in_han && long_enough && evidence.count >= 2 && !token.has_digit)
      return {EntityType::kOrg, {}, Strength::kGuess};
    return {};
  }
  if (evidence.product == best) return {EntityType::kProduct, {}, Strength::kPattern};
  if (evidence.person == best && (multiword || evidence.person > evidence.org))
    return {EntityType::kPerson, {}, Strength::kPattern};
  if (evidence.place == best) return {EntityType::kLoc, {}, Strength::kPattern};
  if (evidence.org == best) return {EntityType::kOrg, {}, Strength::kPattern};
  return {EntityType::kPerson, {}, Strength::kPattern};
}

}  // namespace

void FindLatinTokens(Scene& scene) {
  const FoldedText& text = scene.text;
  const uint32_t size = text.size();
  scene.token_at.assign(size + 1, 0);
  size_t sentence = 0;
  const auto& sentences = scene.analysis.sentences;
  for (uint32_t i = 0; i < size;) {
    if (!IsTokenCharacter(text[i])) {
      ++i;
      continue;
    }
    LatinToken token;
    token.range.begin = i;
    while (i < size) {
      if (IsTokenCharacter(text[i])) {
        ++i;
        continue;
      }
      const bool inner = i + 1 < size && IsTokenCharacter(text[i + 1]);
      const char32_t c = NameTrie::Unify(text[i]);
      if (inner && c == U'.' && (IsDigit(text[i - 1]) == IsDigit(text[i + 1]))) {
        // 3.1 and U.S., but no end of a sentence without its space.
        if (IsDigit(text[i + 1]) || i - token.range.begin <= 1 || text[i - 2] == U'.') {
          ++i;
          continue;
        }
      }
      if (inner && c == U'-' && !IsDigit(text[token.range.begin])) {
        uint32_t end = i + 1;
        while (end < size && IsTokenCharacter(text[end])) ++end;
        if (!IsHyphenTail(text.folded(i + 1, end))) {
          ++i;
          continue;
        }
      }
      if (inner && c == U'&') {
        ++i;
        continue;
      }
      if (inner && c == U'\'') {
        // O'Brien, but not Intel's.
        const bool possessive = text[i + 1] == U's' && (i + 2 >= size || !IsTokenCharacter(text[i + 2]));
        if (!possessive && IsUpper(text.original(i + 1))) {
          ++i;
          continue;
        }
      }
      break;
    }
    token.range.end = i;
    bool all_upper = true;
    for (uint32_t k = token.range.begin; k < i; ++k) {
      if (IsDigit(text[k])) token.has_digit = true;
      if (!IsLatinLetter(text[k])) continue;
      token.has_letter = true;
      const bool upper = IsUpper(text.original(k));
      token.capital |= upper;
      all_upper &= upper;
    }
    token.all_upper = token.has_letter && all_upper;
    // A capital in the middle of small letters (iPhone, xAI) is one, but not eBook-like pieces after a hyphen.
    while (sentence < sentences.size() && sentences[sentence].range.end <= token.range.begin) ++sentence;
    token.starts_sentence = sentence < sentences.size() && sentences[sentence].range.begin + 1 >= token.range.begin;
    if (!token.starts_sentence && token.range.begin > 0) {
      const char32_t before = text[token.range.begin - 1];
      token.starts_sentence = before == U'"' || before == U'“' || before == U'\n' ||
                              (before == U' ' && token.range.begin > 1 &&
                               (text[token.range.begin - 2] == U':' || text[token.range.begin - 2] == U'?'));
    }
    token.joined = !scene.tokens.empty() && token.range.begin > 0 && text[token.range.begin - 1] == U' ' &&
                   scene.tokens.back().range.end + 1 == token.range.begin;
    // A word that is a cue is marked, and a longer one may begin with it.
    const CueMark& mark = scene.marks.begins[token.range.begin];
    token.cues = mark.length > token.range.size() ? scene.cues.KindsOf(text.folded(token.range.begin, token.range.end))
                                                  : (mark.length == token.range.size() ? mark.kinds : 0);
    scene.tokens.push_back(token);
    for (uint32_t k = token.range.begin; k < i; ++k) scene.token_at[k] = static_cast<uint32_t>(scene.tokens.size());
  }
}

void ProposeLatinNames(Scene& scene) {
  const FoldedText& text = scene.text;
  const auto& tokens = scene.tokens;
  const auto is_name_word = [&](const LatinToken& token) { return token.capital && token.has_letter; };

  std::vector<Sequence> sequences;
  for (uint32_t i = 0; i < tokens.size();) {
    const LatinToken& token = tokens[i];
    if (!is_name_word(token) || IsMonthOrDay(WordOf(scene, token)) || (IsDigit(text[token.range.begin]))) {
      ++i;
      continue;
    }
    Sequence sequence;
    sequence.first = i;
    uint32_t k = i;
    bool version = IsCode(WordOf(scene, token));
    while (k + 1 < tokens.size() && tokens[k + 1].joined) {
      const LatinToken& next = tokens[k + 1];
      const std::u32string_view word = WordOf(scene, next);
      if (is_name_word(next) && !IsDigit(text[next.range.begin])) {
        if (IsMonthOrDay(word)) break;
        if (version && !IsVariant(word)) {
          // RTX 4090 Ti is one name, Llama 3.1 Meta is not; a code inside goes on (Apple M3 Max).
          break;
        }
        version |= IsCode(word);
        ++k;
        continue;
      }
      if (version && IsVariant(word)) {
        ++k;
        continue;
      }
      if (!version && IsVersion(scene, next) && !(tokens[k].cues & kPlain) && !(tokens[k].cues & kOrgTail)) {
        version = true;
        ++k;
        continue;
      }
      // Massachusetts Institute of Technology, Committee on Foreign Investment
      if ((word == U"of" || word == U"on" || word == U"for") && k + 2 < tokens.size() && tokens[k + 2].joined) {
        bool head = false;
        for (uint32_t h = i; h <= k; ++h) head |= (tokens[h].cues & kOrgHead) != 0;
        uint32_t next_word = k + 2;
        if (WordOf(scene, tokens[next_word]) == U"the" && next_word + 1 < tokens.size() && tokens[next_word + 1].joined)
          ++next_word;
        if (head && is_name_word(tokens[next_word]) && !IsMonthOrDay(WordOf(scene, tokens[next_word]))) {
          k = next_word;
          continue;
        }
      }
      break;
    }
    // Aldous & Reed: the ampersand is no token.
    if (k + 1 < tokens.size() && tokens[k].range.end + 3 == tokens[k + 1].range.begin &&
        text[tokens[k].range.end + 1] == U'&' && is_name_word(tokens[k + 1])) {
      ++k;
    }
    sequence.last = k;
    i = k + 1;
    // What begins a sentence is capitalised whatever it is.
    while (sequence.first < sequence.last && (tokens[sequence.first].cues & kPlain)) ++sequence.first;
    // Senator Tharp, CEO Holt: a title is no part of the name.
    for (;;) {
      if (sequence.first >= sequence.last) break;
      const Proposal* known = scene.KnownAt(tokens[sequence.first].range.begin);
      if (known != nullptr && known->type == EntityType::kPosition) {
        uint32_t skip = sequence.first;
        while (skip < sequence.last && tokens[skip].range.begin < known->range.end) ++skip;
        if (tokens[skip].range.begin < known->range.end) break;
        sequence.first = skip;
        continue;
      }
      if ((tokens[sequence.first].cues & kPersonBefore) &&
          !scene.lists.given_en.contains(WordOf(scene, tokens[sequence.first]))) {
        ++sequence.first;
        continue;
      }
      break;
    }
    if (IsAllPlain(scene, sequence)) continue;
    sequence.range = {tokens[sequence.first].range.begin, tokens[sequence.last].range.end};
    sequence.starts_sentence = tokens[sequence.first].starts_sentence;
    sequence.has_version = version;
    if (sequence.range.size() < 2) continue;
    sequences.push_back(sequence);
  }

  // Evidence is gathered over the whole document, by name.
  std::unordered_map<std::u32string_view, uint32_t> index;
  std::vector<Evidence> evidence;
  std::vector<uint32_t> of(sequences.size());
  for (size_t i = 0; i < sequences.size(); ++i) {
    const Sequence& sequence = sequences[i];
    const auto [place, added] =
        index.emplace(text.folded(sequence.range.begin, sequence.range.end), static_cast<uint32_t>(evidence.size()));
    if (added) evidence.emplace_back();
    of[i] = place->second;
    Weigh(scene, sequence, evidence[of[i]]);
  }
  // Maren Holt and Tobias Ferrer: who stands beside a person is one.
  for (size_t i = 1; i < sequences.size(); ++i) {
    const Sequence& left = sequences[i - 1];
    const Sequence& right = sequences[i];
    if (text.folded(left.range.end, right.range.begin) != U" and ") continue;
    const auto like_person = [&](const Sequence& sequence) {
      const uint32_t words = sequence.last - sequence.first + 1;
      return words >= 2 && words <= 3 && !sequence.has_version && !(tokens[sequence.last].cues & kOrgTail);
    };
    if (!like_person(left) || !like_person(right)) continue;
    Evidence& a = evidence[of[i - 1]];
    Evidence& b = evidence[of[i]];
    if (a.person >= 4 && b.org == 0) b.person += 2;
    if (b.person >= 4 && a.org == 0) a.person += 2;
  }
  for (size_t i = 0; i < sequences.size(); ++i) {
    const Sequence& sequence = sequences[i];
    const Proposal* known = scene.KnownAt(sequence.range.begin);
    if (known != nullptr && known->range.end >= sequence.range.end) continue;
    const Evidence& found = evidence[of[i]];
    // A capital at the beginning of a sentence proves nothing, unless the word is a name elsewhere or no single word.
    if (sequence.starts_sentence && found.inside == 0 && sequence.first == sequence.last && !found.in_han &&
        !sequence.has_version) {
      if (std::max({found.person, found.org, found.product}) < 3) continue;
    }
    if (sequence.has_version) {
      // Apache 2.0 license
      const uint32_t after = sequence.range.end;
      const std::u32string_view rest = text.folded().substr(after, 8);
      const bool license =
          rest.substr(0, 2) == U"授权" || rest.substr(0, 2) == U"许可" || rest.substr(0, 5) == U" lice";
      scene.Propose(sequence.range, license ? EntityType::kTech : EntityType::kProduct, {}, Strength::kPattern);
      continue;
    }
    const Decision decision = Decide(scene, sequence, found);
    if (decision.type == EntityType::kUnknown) continue;
    scene.Propose(sequence.range, decision.type, decision.subtype, decision.strength);
  }

  // 青岚2 Mini, 昇腾910C: a number right behind a name that is no Latin word.
  for (uint32_t i = 0; i < tokens.size(); ++i) {
    const LatinToken& token = tokens[i];
    if (!IsDigit(text[token.range.begin]) || token.range.begin == 0 || !IsHan(text[token.range.begin - 1])) continue;
    const Proposal* product = scene.KnownBefore(token.range.begin);
    if (product == nullptr || product->type != EntityType::kProduct || !IsVersion(scene, token)) continue;
    uint32_t last = i;
    while (last + 1 < tokens.size() && tokens[last + 1].joined && IsVariant(WordOf(scene, tokens[last + 1]))) ++last;
    scene.Propose({product->range.begin, tokens[last].range.end}, EntityType::kProduct, product->subtype,
                  Strength::kPattern);
  }
}

}  // namespace newsgraph
