// What an English name that no list holds is: decided once for the document, from all places where it stands. The words
// around a name tell more than those in it: shares in X, X's revenue, X, which makes, the brokerage X.
#include <algorithm>
#include <string>
#include <unordered_map>

#include "ingest/text/english_context_words.h"
#include "ingest/text/name_scene.h"
#include "ingest/text/word_tables.h"

namespace newsgraph {
namespace {

// Between a noun and the name it is about.
constexpr std::u32string_view kLinks[] = {U"of",   U"in",   U"for", U"with", U"at", U"to",
                                          U"from", U"into", U"on",  U"than", U"by"};
// What may stand before a name without saying what it is.
constexpr std::u32string_view kArticles[] = {U"the", U"a", U"an", U"its", U"his", U"her", U"their"};
// Small words inside names: Ministry of Commerce, Ruben ter Horst.
constexpr std::u32string_view kInside[] = {
    U"of",   U"for", U"and", U"on", U"the", U"in",   U"de",  U"del", U"della", U"di",  U"da",  U"do",  U"dos",
    U"du",   U"des", U"la",  U"le", U"les", U"el",   U"van", U"von", U"der",   U"den", U"ter", U"ten", U"bin",
    U"bint", U"ibn", U"al",  U"y",  U"e",   U"et",   U"und", U"zu",  U"s",     U"d",   U"l",   U"at",  U"to",
    U"with", U"en",  U"och", U"v",  U"ni",  U"para", U"per", U"sur", U"sans",  U"as"};
// Offices of a state: president of X speaks of a place, chairman of X of an organisation.
constexpr std::u32string_view kPublicOffices[] = {
    U"minister", U"mayor",   U"king",    U"queen",  U"governor",   U"premier",    U"ambassador", U"chancellor",
    U"lawmaker", U"senator", U"emperor", U"prince", U"councillor", U"legislator", U"treasurer"};
constexpr std::u32string_view kPartyMembers[] = {
    U"backbencher", U"backbenchers", U"mp",          U"mps",         U"senator",      U"senators",  U"lawmaker",
    U"lawmakers",   U"councillor",   U"councillors", U"congressman", U"frontbencher", U"candidate", U"leader"};

// Last words of what is founded, that nobody is called: Drew University, Raymond James Financial.
constexpr std::u32string_view kNoSurnames[] = {
    U"university",     U"college",      U"institute",  U"academy",     U"school",        U"seminary",
    U"gallery",        U"galleries",    U"museum",     U"hospital",    U"foundation",    U"association",
    U"services",       U"solutions",    U"holdings",   U"group",       U"financial",     U"management",
    U"entertainment",  U"records",      U"studios",    U"productions", U"manufacturing", U"engineering",
    U"international",  U"airlines",     U"airways",    U"optical",     U"technologies",  U"systems",
    U"industries",     U"enterprises",  U"properties", U"hospitality", U"logistics",     U"pharmaceuticals",
    U"securities",     U"insurance",    U"motors",     U"foods",       U"publishing",    U"consulting",
    U"communications", U"laboratories", U"media",      U"pictures",    U"bancorp",       U"investments"};

Side SideOf(EntityType type) {
  switch (type) {
    case EntityType::kPerson:
      return kPersonSide;
    case EntityType::kOrg:
      return kOrgSide;
    case EntityType::kGpe:
    case EntityType::kLoc:
    case EntityType::kFac:
      return kPlaceSide;
    case EntityType::kProduct:
      return kProductSide;
    case EntityType::kWork:
      return kWorkSide;
    default:
      return kOtherSide;
  }
}

EntityType TypeOf(Side side) {
  constexpr EntityType kTypes[] = {EntityType::kPerson,  EntityType::kOrg,  EntityType::kGpe,
                                   EntityType::kProduct, EntityType::kWork, EntityType::kUnknown};
  return kTypes[side];
}

// What the same said once more counts.
constexpr float kAgain = 0.3f;
// Of what decides, and by how much another type must be likelier. Of a thing, a work or a field the words around it
// speak as they do of a company, so there it takes more.
constexpr float kLeast = 3, kMargin = 0.5f, kMarginOfThings = 4;
// What nobody else has found takes more.
constexpr float kLeastOfNew = 4;
float LeastOf(EntityType type) { return type == EntityType::kUnknown ? kLeastOfNew : kLeast; }
float MarginOver(Side now, EntityType type) {
  const bool is_other = now == kOtherSide && type != EntityType::kUnknown && type != EntityType::kNorp;
  const bool is_thing = now == kProductSide || now == kWorkSide || is_other;
  return is_thing ? kMarginOfThings : kMargin;
}

bool IsCapital(char32_t original) { return IsLatinUpper(original); }

class Contexts {
 public:
  Contexts(const Scene& scene, std::vector<Proposal>& chosen) : scene_(scene), text_(scene.text), chosen_(chosen) {}

  void Run() {
    FindEnglish();
    MendEnds();
    JoinNeighbours();
    FindUncovered();
    Gather();
    ShareAmongForms();
    Decide();
  }

 private:
  struct Name {
    Weights weights{};
    Weights own{};  // without what its other forms say
    bool inside = false;
    bool found = false;  // somebody took it for a name
  };

  std::u32string_view WordAt(uint32_t token) const {
    return text_.folded(scene_.tokens[token].range.begin, scene_.tokens[token].range.end);
  }
  uint32_t FirstToken(Range range) const { return scene_.token_at[range.begin]; }  // 1 + its index; 0 for none
  uint32_t LastToken(Range range) const { return scene_.token_at[range.end - 1]; }
  bool StartsWithCapital(uint32_t token) const { return IsCapital(text_.original(scene_.tokens[token].range.begin)); }

  void FindEnglish() {
    english_.assign(text_.size() + 1, false);
    heading_.assign(text_.size() + 1, false);
    for (const Sentence& sentence : scene_.analysis.sentences) {
      if (sentence.script != Script::kLatin) continue;
      // A headline in title case capitalises what is no name.
      uint32_t capitals = 0, small = 0;
      for (uint32_t i = sentence.range.begin; i < sentence.range.end; ++i) {
        const uint32_t number = scene_.token_at[i];
        if (number == 0 || scene_.tokens[number - 1].range.begin != i || scene_.tokens[number - 1].range.size() < 4)
          continue;
        ++(StartsWithCapital(number - 1) ? capitals : small);
      }
      const bool title_case = capitals > 2 * small;
      for (uint32_t i = sentence.range.begin; i < sentence.range.end; ++i) {
        english_[i] = true;
        heading_[i] = title_case;
      }
    }
  }

  // Whether the document alone says what this is.
  bool IsOpen(const Proposal& proposal) const {
    return !proposal.range.empty() && english_[proposal.range.begin] && proposal.entry < 0 &&
           proposal.strength != Strength::kStated && !IsValueType(proposal.type) &&
           proposal.type != EntityType::kPosition && proposal.type != EntityType::kLanguage &&
           FirstToken(proposal.range) != 0 && LastToken(proposal.range) != 0;
  }

  // A tagged span that takes in what is no part of a name: "the Financial Times", "Watchdog puts Cassander".
  void MendEnds() {
    std::vector<Proposal> mended;
    for (const Proposal& proposal : chosen_) {
      if (!IsOpen(proposal)) {
        mended.push_back(proposal);
        // the Financial Times, of the entry The Financial Times
        if (proposal.range.size() > 6 && english_[proposal.range.begin] &&
            text_.original(proposal.range.begin) == U't' &&
            text_.folded(proposal.range.begin, proposal.range.begin + 4) == U"the ") {
          mended.back().range.begin += 4;
        }
        continue;
      }
      // Parts between words that are in no name.
      const uint32_t first = FirstToken(proposal.range) - 1, last = LastToken(proposal.range) - 1;
      const bool titled = proposal.type == EntityType::kEvent || proposal.type == EntityType::kWork ||
                          proposal.type == EntityType::kLaw || proposal.type == EntityType::kTech;
      uint32_t begin = first;
      bool whole = true;
      // Where a name has no capital at all, capitals tell nothing.
      bool has_capital = false;
      for (uint32_t i = first; i <= last; ++i) has_capital |= StartsWithCapital(i);
      if (!has_capital) {
        mended.push_back(proposal);
        continue;
      }
      std::vector<Range> parts;
      const auto close = [&](uint32_t end) {  // behind the last token
        if (begin == first && end == last + 1) {
          // the Financial Times, fellow of the Royal Society; Whether Pinnock & Daughters
          const auto opens_name = [&](uint32_t token) {
            static constexpr std::u32string_view kParticles[] = {U"de",  U"la",  U"van", U"von", U"al", U"el",
                                                                 U"bin", U"ter", U"di",  U"da",  U"du", U"le",
                                                                 U"ten", U"den", U"des", U"dos"};
            return scene_.tokens[token].capital || scene_.tokens[token].has_digit ||
                   (!titled && IsOneOf(WordAt(token), kParticles)) || (titled && WordAt(token) != U"the");
          };
          while (begin < last && !opens_name(begin)) {
            ++begin;
            whole = false;
          }
          if (begin == first && begin < last && !titled && StartsWithCapital(begin + 1) && IsNoFirstWord(begin)) {
            ++begin;
            whole = false;
          }
        } else {
          while (begin < end && !StartsWithCapital(begin)) ++begin;
          while (begin < end && !scene_.tokens[end - 1].capital && !scene_.tokens[end - 1].has_digit) --end;
        }
        if (begin < end) parts.push_back({scene_.tokens[begin].range.begin, scene_.tokens[end - 1].range.end});
      };
      for (uint32_t i = first; i <= last; ++i) {
        const LatinToken& token = scene_.tokens[i];
        if (token.capital || token.has_digit || IsOneOf(WordAt(i), kInside) || i == first) continue;
        if (text_[token.range.begin - 1] == U'-') continue;
        // Names of events and works have small words in them, but hardly a past tense.
        if (titled && !WordAt(i).ends_with(U"ed")) continue;
        // Kylie minogue, Ipad pro, as people write who care less for capitals.
        if (i == last && i == first + 1 && !(token.cues & kPlain) && !titled) continue;
        whole = false;
        close(i);
        begin = i + 1;
      }
      close(last + 1);
      if (whole) {
        mended.push_back(proposal);
        continue;
      }
      for (const Range part : parts) {
        Proposal cut = proposal;
        cut.range = part;
        if (scene_.KnownAt(part.begin) != nullptr && scene_.KnownAt(part.begin)->range == part) {
          cut = *scene_.KnownAt(part.begin);
        } else if (part.begin != proposal.range.begin || parts.size() > 1) {
          cut.probability = std::min(cut.probability, 0.5f);
        }
        mended.push_back(cut);
      }
    }
    chosen_ = std::move(mended);
  }

  // By token: 1 + index of the proposal that holds it.
  std::vector<uint32_t> Holders() const {
    std::vector<uint32_t> holders(scene_.tokens.size());
    for (size_t i = 0; i < chosen_.size(); ++i) {
      const Range range = chosen_[i].range;
      if (range.empty() || FirstToken(range) == 0 || LastToken(range) == 0) continue;
      for (uint32_t k = FirstToken(range) - 1; k < LastToken(range); ++k) holders[k] = static_cast<uint32_t>(i) + 1;
    }
    return holders;
  }

  // A word that is written like a part of a name, where nothing else would make it so.
  bool IsNameWord(uint32_t token) const {
    const LatinToken& t = scene_.tokens[token];
    if (!t.has_letter || !StartsWithCapital(token) || t.starts_sentence || !english_[t.range.begin] ||
        heading_[t.range.begin]) {
      return false;
    }
    if ((t.cues & (kPlain | kPersonBefore)) || t.range.size() < 2) return false;
    const Proposal* known = scene_.KnownAt(t.range.begin);
    return known == nullptr || known->type == EntityType::kTech;
  }

  // Kyoto Life, Aldine AI, Statistics South Africa: a name that stands in a longer one that no list has. Comet 400 too.
  void JoinNeighbours() {
    const std::vector<uint32_t> holders = Holders();
    for (Proposal& proposal : chosen_) {
      if (proposal.range.empty() || !english_[proposal.range.begin] || IsValueType(proposal.type)) continue;
      if (FirstToken(proposal.range) == 0 || LastToken(proposal.range) == 0) continue;
      const uint32_t first = FirstToken(proposal.range) - 1, last = LastToken(proposal.range) - 1;
      const bool place = proposal.type == EntityType::kGpe || proposal.type == EntityType::kTech;
      if (place && proposal.strength != Strength::kStated) {
        uint32_t begin = first, end = last;
        if (last + 1 < scene_.tokens.size() && scene_.tokens[last + 1].joined && holders[last + 1] == 0 &&
            proposal.type == EntityType::kGpe && IsNameWord(last + 1)) {
          ++end;
        }
        if (first > 0 && scene_.tokens[first].joined && holders[first - 1] == 0 && IsNameWord(first - 1)) --begin;
        // Two places side by side, or a word that only looks like a name, make no organisation.
        if (begin == first && (end == last || WhatWordSays(kLastWord, WordAt(end)) == nullptr)) continue;
        if (begin < first && end == last && proposal.type == EntityType::kTech && WordAt(last) != U"ai") continue;
        if (begin < first && proposal.type == EntityType::kGpe && WhatWordSays(kFirstWord, WordAt(begin)) == nullptr)
          continue;
        proposal.range = {scene_.tokens[begin].range.begin, scene_.tokens[end].range.end};
        const Weights* tail = end == last ? nullptr : WhatWordSays(kLastWord, WordAt(end));
        // Saitama Prefecture
        proposal.type =
            tail != nullptr && (*tail)[kPlaceSide] > 0 && begin == first ? EntityType::kGpe : EntityType::kOrg;
        proposal.subtype = {};
        proposal.entry = -1;
        proposal.strength = Strength::kPattern;
        continue;
      }
      // A product's number.
      if (proposal.type != EntityType::kProduct || proposal.entry >= 0) continue;
      if (last + 1 >= scene_.tokens.size() || !scene_.tokens[last + 1].joined || holders[last + 1] != 0) continue;
      const LatinToken& number = scene_.tokens[last + 1];
      if (number.has_letter || !number.has_digit || number.range.size() > 4) continue;
      if (number.range.size() == 4 && text_[number.range.begin] <= U'2') continue;  // a year
      proposal.range.end = number.range.end;
    }
  }

  // What is written as a name inside a sentence and that nobody has found.
  void FindUncovered() {
    const std::vector<uint32_t> holders = Holders();
    std::vector<Proposal> found;
    for (uint32_t i = 0; i < scene_.tokens.size(); ++i) {
      if (holders[i] != 0 || !IsNameWord(i)) continue;
      uint32_t last = i;
      while (last + 1 < scene_.tokens.size() && scene_.tokens[last + 1].joined && holders[last + 1] == 0 &&
             IsNameWord(last + 1))
        ++last;
      // Part of what a longer find beside it is: not told here.
      const bool beside =
          (last + 1 < scene_.tokens.size() && scene_.tokens[last + 1].joined && StartsWithCapital(last + 1)) ||
          (i > 0 && scene_.tokens[i].joined && StartsWithCapital(i - 1) && !scene_.tokens[i - 1].starts_sentence);
      if (!beside) {
        Proposal proposal;
        proposal.range = {scene_.tokens[i].range.begin, scene_.tokens[last].range.end};
        proposal.strength = Strength::kGuess;
        found.push_back(proposal);
      }
      i = last;
    }
    if (found.empty()) return;
    chosen_.insert(chosen_.end(), found.begin(), found.end());
    std::sort(chosen_.begin(), chosen_.end(),
              [](const Proposal& a, const Proposal& b) { return a.range.begin < b.range.begin; });
  }

  bool IsNoFirstWord(uint32_t token) const {
    static constexpr std::u32string_view kOpeners[] = {
        U"whether", U"neither", U"either", U"nor",  U"did",   U"does",  U"had",    U"watch",   U"unlike", U"like",
        U"among",   U"amid",    U"both",   U"once", U"asked", U"given", U"inside", U"outside", U"beyond", U"should"};
    const LatinToken& t = scene_.tokens[token];
    if (!t.has_letter && t.has_digit && t.range.size() == 4) return true;  // a year
    return t.starts_sentence && (IsOneOf(WordAt(token), kOpeners) || ((t.cues & kPlain) && WordAt(token) != U"the"));
  }

  void Add(Name& name, Place place, std::u32string_view word, float factor = 1) const {
    const Weights* weights = WhatWordSays(place, word);
    if (weights == nullptr) return;
    for (size_t side = 0; side < kSides; ++side) name.weights[side] += factor * (*weights)[side];
  }

  // The token `back` places before token `token` where only spaces part them; -1 for none.
  int32_t Before(uint32_t token, uint32_t back) const {
    for (uint32_t k = 0; k < back; ++k) {
      if (token == 0 || !scene_.tokens[token].joined) return -1;
      --token;
    }
    return static_cast<int32_t>(token);
  }
  int32_t Behind(uint32_t token, uint32_t steps) const {
    for (uint32_t k = 0; k < steps; ++k) {
      if (token + 1 >= scene_.tokens.size() || !scene_.tokens[token + 1].joined) return -1;
      ++token;
    }
    return static_cast<int32_t>(token);
  }

  // her elder brother, Emeka, taught; his memoir, Low Water, because
  void WeighBeforeComma(Name& name, uint32_t first, Range range) const {
    if (first == 0 || range.begin < 2 || text_[range.begin - 1] != U' ' || text_[range.begin - 2] != U',') return;
    if (scene_.tokens[first - 1].range.end + 2 != range.begin) return;
    if (range.end < text_.size() && text_[range.end] != U',' && text_[range.end] != U'.') return;
    const Proposal* known = scene_.KnownBefore(range.begin - 2);
    if (known != nullptr && known->type == EntityType::kPosition) {
      name.weights[kPersonSide] += 3;
    } else if (!StartsWithCapital(first - 1)) {
      Add(name, kAppositionLeft, WordAt(first - 1));
    }
  }

  void WeighBefore(Name& name, uint32_t first, Range range) const {
    int32_t at = Before(first, 1);
    if (at < 0) {
      WeighBeforeComma(name, first, range);
      return;
    }
    bool article = false;
    std::u32string_view word = WordAt(static_cast<uint32_t>(at));
    if (IsOneOf(word, kArticles)) {
      article = true;
      at = Before(first, 2);
      if (at < 0) return;
      word = WordAt(static_cast<uint32_t>(at));
    }
    const auto token = static_cast<uint32_t>(at);
    // the Greens: many, and nobody's name
    if (article && text_[range.end - 1] == U's' && WordAt(token + 1) == U"the" &&
        FirstToken(range) == LastToken(range)) {
      name.weights[kPersonSide] -= 5;
      name.weights[kOrgSide] += 2;
    }
    if (!article) {
      Add(name, kTitledLeft, word);
      Add(name, kVerbBefore, word);
      const Proposal* known = scene_.KnownBefore(scene_.tokens[token].range.end);
      if (known != nullptr && known->type == EntityType::kPosition) {
        name.weights[kPersonSide] += 4;
      } else if (!scene_.tokens[token].capital) {
        Add(name, kAppositionLeft, word);
      }
    } else {
      Add(name, kVerbBefore, word, 0.5f);
    }
    // such as X, including X: of the companies before
    const int32_t back = Before(token, 1);
    if ((word == U"as" && back >= 0 && WordAt(static_cast<uint32_t>(back)) == U"such") || word == U"including" ||
        word == U"like" || word == U"called" || word == U"named") {
      const int32_t noun = Before(token, word == U"as" ? 2 : 1);
      if (noun >= 0) Add(name, kAppositionLeft, WordAt(static_cast<uint32_t>(noun)));
      return;
    }
    if (word == U"by") {
      if (back >= 0) Add(name, kDoneByBefore, WordAt(static_cast<uint32_t>(back)));
      // Investors led by X, owned by X: more than one is led
      return;
    }
    if (!IsOneOf(word, kLinks)) return;
    if (word == U"at" && !article) name.weights[kOrgSide] += 2;
    if (word == U"in" || word == U"near") name.weights[kPlaceSide] += article ? 0.5f : 2;
    if (back < 0) return;
    const auto noun = static_cast<uint32_t>(back);
    const Proposal* title = scene_.KnownBefore(scene_.tokens[noun].range.end);
    const std::u32string_view held = WordAt(noun);
    if (title != nullptr && title->type == EntityType::kPosition) {
      if (word == U"at") {
        name.weights[kOrgSide] += 3;
      } else if (word == U"of" && held == U"president") {
        name.weights[kOrgSide] += 2;
        name.weights[kPlaceSide] += 2;
      } else if (word == U"of" || word == U"for" || word == U"to" || word == U"from") {
        const bool office = IsOneOf(held, kPublicOffices);
        name.weights[office ? kPlaceSide : kOrgSide] += word == U"of" || word == U"at" || office ? 4 : 2;
      }
      return;
    }
    // Places are gone to, came from, lived in; businesses are not.
    const Weights* weights = WhatWordSays(kNounOfBefore, held);
    if (weights == nullptr) return;
    if ((word == U"to" || word == U"from" || word == U"on" || word == U"into" || word == U"by" || word == U"than") &&
        (*weights)[kOrgSide] > 0 && held != U"bid" && held != U"offer" && held != U"jobs") {
      return;
    }
    if (word == U"for" && held != U"bid" && held != U"offer" && held != U"works" && held != U"worked" &&
        held != U"working")
      return;
    static constexpr std::u32string_view kHeldIn[] = {U"shares",    U"share",       U"stock",       U"stake",
                                                      U"stakes",    U"holding",     U"invest",      U"invested",
                                                      U"invests",   U"investment",  U"investments", U"investor",
                                                      U"investors", U"shareholder", U"shareholders"};
    if (word == U"in" && (*weights)[kOrgSide] > 0 && !IsOneOf(held, kHeldIn)) return;
    Add(name, kNounOfBefore, held);
  }

  void WeighBehind(Name& name, uint32_t last, Range range) const {
    const uint32_t end = range.end;
    if (end + 1 >= text_.size()) return;
    const char32_t gap = text_[end];
    if (gap == U'\'' || gap == U'’') {
      const uint32_t owned = text_[end + 1] == U's' ? end + 3 : end + 2;
      if (owned >= text_.size() || scene_.token_at[owned] == 0 || text_[owned - 1] != U' ') return;
      // X's new owner: the noun may stand behind two words more.
      const uint32_t at = scene_.token_at[owned] - 1;
      for (uint32_t k = 0; k < 3; ++k) {
        const int32_t noun = Behind(at, k);
        if (noun < 0) return;
        const std::u32string_view word = WordAt(static_cast<uint32_t>(noun));
        if (WhatWordSays(kOwned, word) != nullptr) {
          Add(name, kOwned, word);
          return;
        }
        if (k > 0 && (scene_.tokens[static_cast<uint32_t>(noun)].cues & kPlain)) return;
      }
      return;
    }
    if (gap == U' ') {
      const int32_t next = Behind(last, 1);
      if (next < 0) return;
      uint32_t at = static_cast<uint32_t>(next);
      if (StartsWithCapital(at)) return;
      std::u32string_view word = WordAt(at);
      static constexpr std::u32string_view kAdverbs[] = {U"also",  U"now",  U"recently", U"later",  U"then",
                                                         U"still", U"once", U"just",     U"already"};
      if (IsOneOf(word, kAdverbs) && Behind(at, 1) >= 0) word = WordAt(++at);
      Add(name, kVerbAfter, word);
      Add(name, kClassNounAfter, word);
      const int32_t then = Behind(at, 1);
      if (then < 0) return;
      if (WhatWordSays(kVerbAfter, word) == nullptr && !(scene_.tokens[at].cues & kPlain)) {
        Add(name, kClassNounAfter, WordAt(static_cast<uint32_t>(then)), 0.7f);  // the X bedside monitor
      }
      const std::u32string_view second = WordAt(static_cast<uint32_t>(then));
      const int32_t third_at = Behind(at, 2);
      const std::u32string_view third = third_at < 0 ? std::u32string_view() : WordAt(static_cast<uint32_t>(third_at));
      if ((scene_.tokens[at].cues & kSpeech) && (second == U"it" || second == U"its")) name.weights[kOrgSide] += 4;
      if ((scene_.tokens[at].cues & kSpeech) && (second == U"he" || second == U"she")) name.weights[kPersonSide] += 4;
      if (word == U"is" || word == U"was" || word == U"became" || word == U"remains") {
        static constexpr std::u32string_view kDoneToOrgs[] = {
            U"acquired",  U"founded",      U"formed", U"merged", U"bought",   U"nationalised", U"nationalized",
            U"dissolved", U"incorporated", U"listed", U"valued", U"delisted", U"headquartered"};
        static constexpr std::u32string_view kDoneToPersons[] = {
            U"born",     U"appointed", U"elected", U"arrested", U"jailed", U"sentenced", U"hired",
            U"educated", U"married",   U"sworn",   U"survived", U"fired",  U"sacked"};
        if (IsOneOf(second, kDoneToOrgs)) name.weights[kOrgSide] += 3;
        if (IsOneOf(second, kDoneToPersons)) name.weights[kPersonSide] += 4;
        if (second == U"a" || second == U"an" || second == U"the") {
          for (uint32_t k = 2; k < 7; ++k) {
            const int32_t noun = Behind(at, k);
            if (noun < 0) break;
            const std::u32string_view head = WordAt(static_cast<uint32_t>(noun));
            if (WhatWordSays(kApposition, head) != nullptr) {
              // a software company: the last noun is the head
              const int32_t after = Behind(static_cast<uint32_t>(noun), 1);
              if (after >= 0 && WhatWordSays(kApposition, WordAt(static_cast<uint32_t>(after))) != nullptr) continue;
              // Who says what it is says more than who says what it does.
              constexpr float kDefined = 1.8f;
              Add(name, kApposition, head, kDefined);
              break;
            }
            if (head == U"of" || head == U"in" || head == U"that" || head == U"who") break;
          }
        }
      }
      // had revenue of, reported a loss, has plans to merge, agreed to acquire
      static constexpr std::u32string_view kAccounts[] = {U"revenue",   U"revenues",  U"sales",  U"profits",
                                                          U"profit",    U"earnings",  U"losses", U"net",
                                                          U"operating", U"quarterly", U"annual"};
      if ((word == U"had" || word == U"has" || word == U"reported" || word == U"posted") &&
          (IsOneOf(second, kAccounts) || ((second == U"a" || second == U"an") && IsOneOf(third, kAccounts)))) {
        name.weights[kOrgSide] += 3;
      }
      return;
    }
    if (gap != U',' || end + 2 >= text_.size() || scene_.token_at[end + 2] == 0) return;
    uint32_t at = scene_.token_at[end + 2] - 1;
    const LatinToken& next = scene_.tokens[at];
    if (next.range.begin != end + 2) return;
    const std::u32string_view word = WordAt(at);
    if (word == U"who" || word == U"whom") {
      name.weights[kPersonSide] += 4;
      return;
    }
    if (word == U"which") {
      name.weights[kOrgSide] += 2.5f;
      name.weights[kProductSide] += 1.5f;
      name.weights[kPersonSide] -= 3;
      return;
    }
    // Tan, 65,
    if (next.has_digit && next.range.size() == 2 && next.range.end < text_.size() && text_[next.range.end] == U',') {
      name.weights[kPersonSide] += 4;
      return;
    }
    if (word != U"a" && word != U"an" && word != U"the" && word != U"its" && word != U"his" && word != U"her") {
      // Not "its merger with X, chairman Lin An said".
      if (const Proposal* known = scene_.KnownAt(next.range.begin);
          known != nullptr && known->type == EntityType::kPosition &&
          !(known->range.end + 1 < text_.size() && IsCapital(text_.original(known->range.end + 1))))
        name.weights[kPersonSide] += 4;
      return;
    }
    for (uint32_t k = 1; k < 7; ++k) {
      const int32_t noun = Behind(at, k);
      if (noun < 0) {
        // Belgian-born physicist: a hyphen parts tokens too
        break;
      }
      const auto number = static_cast<uint32_t>(noun);
      const std::u32string_view head = WordAt(number);
      if (head == U"of" || head == U"in" || head == U"that" || head == U"who" || head == U"for" || head == U"at" ||
          head == U"which")
        break;
      // the company's founder
      const uint32_t behind = scene_.tokens[number].range.end;
      if (behind < text_.size() && (text_[behind] == U'\'' || text_[behind] == U'’')) break;
      const Weights* weights = WhatWordSays(kApposition, head);
      // a bank manager: the last noun is the head
      const int32_t after = Behind(number, 1);
      if (after >= 0 && WhatWordSays(kApposition, WordAt(static_cast<uint32_t>(after))) != nullptr) continue;
      if (const Proposal* known = scene_.KnownAt(scene_.tokens[number].range.begin);
          known != nullptr && known->type == EntityType::kPosition) {
        name.weights[kPersonSide] += 4;
        break;
      }
      if (weights != nullptr) {
        Add(name, kApposition, head);
        break;
      }
    }
  }

  // among them X, of companies; the Greens, a National backbencher
  void WeighFurther(Name& name, uint32_t first, uint32_t last, Range range) const {
    const int32_t at = Before(first, 1);
    if (at < 0) return;
    const std::u32string_view word = WordAt(static_cast<uint32_t>(at));
    const int32_t back = Before(first, 2);
    if (word == U"them" && back >= 0 && WordAt(static_cast<uint32_t>(back)) == U"among" && range.begin > 13) {
      // firms, among them X
      const int32_t noun = static_cast<int32_t>(static_cast<uint32_t>(back)) - 1;
      if (noun >= 0) Add(name, kAppositionLeft, WordAt(static_cast<uint32_t>(noun)));
    }
    const int32_t next = Behind(last, 1);
    if ((word == U"a" || word == U"an" || word == U"the" || word == U"two" || word == U"three") && next >= 0 &&
        first == last && IsOneOf(WordAt(static_cast<uint32_t>(next)), kPartyMembers)) {
      name.weights[kOrgSide] += 4;
    }
  }

  // in Pacifica, California
  void WeighBeforePlace(Name& name, uint32_t first, Range range) const {
    static constexpr std::u32string_view kIn[] = {U"in", U"near", U"downtown", U"outside", U"around"};
    const int32_t before = Before(first, 1);
    if (before < 0 || !IsOneOf(WordAt(static_cast<uint32_t>(before)), kIn)) return;
    if (range.end + 2 >= text_.size() || text_[range.end] != U',' || text_[range.end + 1] != U' ') return;
    const Proposal* place = scene_.KnownAt(range.end + 2);
    if (place != nullptr && place->type == EntityType::kGpe) name.weights[kPlaceSide] += 4;
  }

  void WeighWords(Name& name, uint32_t first, uint32_t last) const {
    const uint32_t words = last - first + 1;
    if (words < 2) return;
    const std::u32string_view head = WordAt(first), tail = WordAt(last);
    bool small = false;
    for (uint32_t i = first + 1; i <= last; ++i) {
      // An ampersand stands between.
      if (!scene_.tokens[i].joined && scene_.tokens[i].range.begin == scene_.tokens[i - 1].range.end + 3 &&
          text_[scene_.tokens[i].range.begin - 2] == U'&') {
        name.weights[kOrgSide] += 6;
      }
      small |= !scene_.tokens[i].capital;
    }
    const bool given = scene_.lists.given_en.contains(head), surname = scene_.lists.surnames_en.contains(tail);
    if (WhatWordSays(kLastWord, tail) != nullptr) {
      // Charlotte Glass is somebody, Bohemia Glass may be.
      Add(name, kLastWord, tail, given && words == 2 && !IsOneOf(tail, kNoSurnames) ? 0.3f : 1);
    } else if (scene_.tokens[last].cues & kOrgTail) {
      name.weights[kOrgSide] += given && words == 2 && !IsOneOf(tail, kNoSurnames) ? 2 : 5;
    }
    Add(name, kFirstWord, head);
    if ((scene_.tokens[first].cues & kOrgHead) && small) name.weights[kOrgSide] += 5;
    if (scene_.tokens[last].cues & kPlaceTail) name.weights[kPlaceSide] += 3;
    if (words <= 4) {
      if (given) name.weights[kPersonSide] += 3;
      if (surname) name.weights[kPersonSide] += given ? 2 : 1;
      if (head.size() == 1 || (words == 3 && WordAt(first + 1).size() == 1)) name.weights[kPersonSide] += 3;
    }
  }

  void Weigh(Name& name, Range range) const {
    const uint32_t first = FirstToken(range) - 1, last = LastToken(range) - 1;
    WeighBefore(name, first, range);
    WeighBehind(name, last, range);
    WeighFurther(name, first, last, range);
    WeighBeforePlace(name, first, range);
  }

  void Gather() {
    for (const Proposal& proposal : chosen_) {
      if (!IsOpen(proposal)) continue;
      Name& name = Of(proposal.range);
      if (!name.found) WeighWords(name, FirstToken(proposal.range) - 1, LastToken(proposal.range) - 1);
      name.found = true;
      Weights said{};
      std::swap(said, name.weights);
      Weigh(name, proposal.range);
      for (size_t side = 0; side < kSides; ++side) {
        float& before = said[side];
        const float here = name.weights[side];
        name.weights[side] = here < 0 ? before + here : std::max(before, here) + kAgain * std::min(before, here);
      }
      // The surest find of it counts, those of other places less.
      const float worth = proposal.strength == Strength::kTagged    ? 4 * proposal.probability * proposal.probability
                          : proposal.strength == Strength::kPattern ? 1.5f
                          : proposal.strength == Strength::kLearned ? 1
                          : proposal.type == EntityType::kUnknown   ? 0
                                                                    : 0.5f;
      float& own = name.own[SideOf(proposal.type)];
      own = std::max(own, worth) + kAgain * std::min(own, worth);
    }
    for (auto& [word, name] : names_) {
      for (size_t side = 0; side < kSides; ++side) name.own[side] += name.weights[side];
      name.weights = name.own;
    }
  }

  // Ostrander is Ostrander AgriTech, Hale Farrow Hale: what is said of the one is said of the other.
  void ShareAmongForms() {
    for (auto& [longer, name] : names_) {
      const size_t first = longer.find(U' '), last = longer.rfind(U' ');
      if (first == std::u32string_view::npos) continue;
      const std::u32string_view head = longer.substr(0, first), tail = longer.substr(last + 1);
      for (const std::u32string_view part : {head, tail}) {
        const auto found = names_.find(part);
        if (found == names_.end()) continue;
        // The head of an organisation, the tail of a person.
        Name& shorter = found->second;
        const Side side = part == head ? kOrgSide : kPersonSide;
        if (part == head && name.own[kOrgSide] < name.own[kPersonSide] && shorter.own[kOrgSide] < 3) continue;
        name.weights[side] += shorter.own[side];
        shorter.weights[side] += name.own[side];
      }
    }
  }

  void Decide() {
    for (Proposal& proposal : chosen_) {
      if (!IsOpen(proposal)) continue;
      const Side now = SideOf(proposal.type);
      const Weights& weights = Of(proposal.range).weights;
      const auto best = static_cast<size_t>(std::max_element(weights.begin(), weights.end()) - weights.begin());
      if ((best == now && proposal.type != EntityType::kUnknown) || best == kOtherSide ||
          weights[best] < LeastOf(proposal.type) || weights[best] < weights[now] + MarginOver(now, proposal.type))
        continue;
      proposal.type = TypeOf(static_cast<Side>(best));
      proposal.subtype = {};
      proposal.partial = false;
    }
    std::erase_if(chosen_, [&](const Proposal& proposal) {
      return proposal.type == EntityType::kUnknown || (IsOpen(proposal) && IsDegree(proposal));
    });
  }

  // Bachelor of Arts in Dance, Animal Science Degree, PhD: what somebody holds, and no name of anything.
  bool IsDegree(const Proposal& proposal) const {
    static constexpr std::u32string_view kHeads[] = {U"bachelor", U"bachelors", U"master",     U"masters",
                                                     U"doctor",   U"associate", U"associates", U"diploma"};
    static constexpr std::u32string_view kFields[] = {
        U"arts",      U"art",        U"science",  U"sciences",     U"fine",       U"business",       U"engineering",
        U"education", U"laws",       U"law",      U"philosophy",   U"divinity",   U"theology",       U"music",
        U"medicine",  U"social",     U"clinical", U"health",       U"public",     U"library",        U"commerce",
        U"economics", U"technology", U"applied",  U"architecture", U"management", U"administration", U"visual",
        U"studies",   U"design",     U"computer", U"nursing",      U"surgery",    U"international"};
    static constexpr std::u32string_view kShort[] = {U"b.a",   U"m.a",  U"b.s",  U"m.s", U"ph.d", U"phd",   U"bsc",
                                                     U"msc",   U"b.sc", U"m.sc", U"mba", U"llb",  U"llm",   U"dphil",
                                                     U"mphil", U"b.ed", U"m.ed", U"bfa", U"mfa",  U"m.phil"};
    const uint32_t first = FirstToken(proposal.range) - 1, last = LastToken(proposal.range) - 1;
    const std::u32string_view head = WordAt(first), tail = WordAt(last);
    if (first == last) return IsOneOf(head, kShort);
    if (proposal.type == EntityType::kPerson) return false;
    if (tail == U"degree" || tail == U"degrees" || (IsOneOf(head, kShort) && WordAt(first + 1) == U"in")) return true;
    if (!IsOneOf(head, kHeads)) return head == U"degree" && WordAt(first + 1) == U"in";
    const std::u32string_view next = WordAt(first + 1);
    if (next == U"degree" || (next == U"in" && head != U"doctor")) return true;
    return next == U"of" && first + 2 <= last && IsOneOf(WordAt(first + 2), kFields);
  }

  Name& Of(Range range) { return names_[text_.folded(range.begin, range.end)]; }

  const Scene& scene_;
  const FoldedText& text_;
  std::vector<Proposal>& chosen_;
  std::vector<bool> english_, heading_;
  std::unordered_map<std::u32string_view, Name> names_;
};

}  // namespace

void DecideEnglishTypes(const Scene& scene, std::vector<Proposal>& chosen) { Contexts(scene, chosen).Run(); }

}  // namespace newsgraph
