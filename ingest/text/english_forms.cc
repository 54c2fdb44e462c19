#include "ingest/text/english_forms.h"

#include <algorithm>

namespace newsgraph {
namespace {

struct Irregular {
  std::string_view verb, past, participle;
};

constexpr Irregular kIrregular[] = {
    {"be", "was", "been"},
    {"beat", "beat", "beaten"},
    {"become", "became", "become"},
    {"begin", "began", "begun"},
    {"bid", "bid", "bid"},
    {"bind", "bound", "bound"},
    {"blow", "blew", "blown"},
    {"break", "broke", "broken"},
    {"bring", "brought", "brought"},
    {"build", "built", "built"},
    {"buy", "bought", "bought"},
    {"catch", "caught", "caught"},
    {"choose", "chose", "chosen"},
    {"come", "came", "come"},
    {"cut", "cut", "cut"},
    {"deal", "dealt", "dealt"},
    {"do", "did", "done"},
    {"draw", "drew", "drawn"},
    {"drive", "drove", "driven"},
    {"fall", "fell", "fallen"},
    {"feed", "fed", "fed"},
    {"feel", "felt", "felt"},
    {"fight", "fought", "fought"},
    {"find", "found", "found"},
    {"fly", "flew", "flown"},
    {"forbid", "forbade", "forbidden"},
    {"get", "got", "gotten"},
    {"give", "gave", "given"},
    {"go", "went", "gone"},
    {"grow", "grew", "grown"},
    {"have", "had", "had"},
    {"hear", "heard", "heard"},
    {"hold", "held", "held"},
    {"keep", "kept", "kept"},
    {"know", "knew", "known"},
    {"lead", "led", "led"},
    {"leave", "left", "left"},
    {"lend", "lent", "lent"},
    {"lose", "lost", "lost"},
    {"make", "made", "made"},
    {"mean", "meant", "meant"},
    {"meet", "met", "met"},
    {"oversee", "oversaw", "overseen"},
    {"pay", "paid", "paid"},
    {"put", "put", "put"},
    {"quit", "quit", "quit"},
    {"read", "read", "read"},
    {"rise", "rose", "risen"},
    {"run", "ran", "run"},
    {"say", "said", "said"},
    {"see", "saw", "seen"},
    {"seek", "sought", "sought"},
    {"sell", "sold", "sold"},
    {"send", "sent", "sent"},
    {"set", "set", "set"},
    {"shake", "shook", "shaken"},
    {"shut", "shut", "shut"},
    {"sink", "sank", "sunk"},
    {"sit", "sat", "sat"},
    {"speak", "spoke", "spoken"},
    {"spend", "spent", "spent"},
    {"spin", "spun", "spun"},
    {"split", "split", "split"},
    {"stand", "stood", "stood"},
    {"strike", "struck", "struck"},
    {"swear", "swore", "sworn"},
    {"take", "took", "taken"},
    {"teach", "taught", "taught"},
    {"tell", "told", "told"},
    {"think", "thought", "thought"},
    {"throw", "threw", "thrown"},
    {"undertake", "undertook", "undertaken"},
    {"wear", "wore", "worn"},
    {"wed", "wed", "wed"},
    {"win", "won", "won"},
    {"withdraw", "withdrew", "withdrawn"},
    {"write", "wrote", "written"},
};

bool IsVowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

// plan → planned, but not open → opened: one syllable that ends in one vowel and one consonant.
bool Doubles(std::string_view verb) {
  const size_t n = verb.size();
  if (n < 3) return false;
  const char last = verb[n - 1];
  if (IsVowel(last) || last == 'w' || last == 'x' || last == 'y') return false;
  if (!IsVowel(verb[n - 2]) || IsVowel(verb[n - 3])) return false;
  return std::count_if(verb.begin(), verb.end(), IsVowel) == 1;
}

std::string Third(const std::string& verb) {
  const char last = verb.back();
  if (verb == "have") return "has";
  if (verb == "be") return "is";
  if (last == 'y' && verb.size() > 1 && !IsVowel(verb[verb.size() - 2])) return verb.substr(0, verb.size() - 1) + "ies";
  if (last == 's' || last == 'x' || last == 'z' || last == 'o' || verb.ends_with("ch") || verb.ends_with("sh")) {
    return verb + "es";
  }
  return verb + "s";
}

std::string Gerund(const std::string& verb) {
  if (verb.ends_with("ie")) return verb.substr(0, verb.size() - 2) + "ying";
  if (verb.size() > 2 && verb.back() == 'e' && !verb.ends_with("ee")) return verb.substr(0, verb.size() - 1) + "ing";
  return (Doubles(verb) ? verb + verb.back() : verb) + "ing";
}

std::string Past(const std::string& verb) {
  if (verb.back() == 'e') return verb + "d";
  if (verb.back() == 'y' && verb.size() > 1 && !IsVowel(verb[verb.size() - 2])) {
    return verb.substr(0, verb.size() - 1) + "ied";
  }
  return (Doubles(verb) ? verb + verb.back() : verb) + "ed";
}

}  // namespace

std::vector<std::string> FormsOfEnglishVerb(std::string_view verb) {
  const size_t space = std::min(verb.find(' '), verb.size());
  const std::string head(verb.substr(0, space));
  const std::string_view rest = verb.substr(space);
  if (head.empty()) return {};
  std::vector<std::string> heads = {head, Third(head)};
  const auto irregular = std::find_if(std::begin(kIrregular), std::end(kIrregular),
                                      [&](const Irregular& one) { return one.verb == head; });
  if (irregular == std::end(kIrregular)) {
    heads.push_back(Past(head));
  } else {
    heads.emplace_back(irregular->past);
    heads.emplace_back(irregular->participle);
  }
  heads.push_back(Gerund(head));
  std::vector<std::string> forms;
  for (const std::string& one : heads) {
    std::string form = one + std::string(rest);
    if (std::find(forms.begin(), forms.end(), form) == forms.end()) forms.push_back(std::move(form));
  }
  return forms;
}

bool IsFiniteByForm(std::u32string_view word) {
  static constexpr std::u32string_view kAuxiliaries[] = {
      U"is",   U"are",   U"was", U"were",  U"has", U"have",  U"had",  U"does",  U"do",     U"did",
      U"will", U"would", U"can", U"could", U"may", U"might", U"must", U"shall", U"should", U"cannot"};
  if (std::find(std::begin(kAuxiliaries), std::end(kAuxiliaries), word) != std::end(kAuxiliaries)) return true;
  if (word.size() < 3) return false;
  if (word.ends_with(U"ed")) return true;
  if (word.ends_with(U"s") && !word.ends_with(U"ss") && !word.ends_with(U"us") && !word.ends_with(U"'s")) return true;
  return std::any_of(std::begin(kIrregular), std::end(kIrregular), [word](const Irregular& one) {
    return std::equal(one.past.begin(), one.past.end(), word.begin(), word.end(),
                      [](char a, char32_t b) { return static_cast<char32_t>(a) == b; });
  });
}

}  // namespace newsgraph
