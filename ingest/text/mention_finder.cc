#include "ingest/text/mention_finder.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <tuple>
#include <utility>

#include "graph/name_folding.h"
#include "graph/status.h"
#include "ingest/text/name_decision.h"
#include "ingest/text/name_scene.h"
#include "ingest/text/value_finder.h"

namespace newsgraph {

void Scene::Know(const Proposal& proposal) {
  known.push_back(proposal);
  const auto number = static_cast<uint32_t>(known.size());
  uint32_t& begins = known_begins[proposal.range.begin];
  if (begins == 0 || known[begins - 1].range.size() < proposal.range.size()) begins = number;
  uint32_t& ends = known_ends[proposal.range.end];
  if (ends == 0 || known[ends - 1].range.size() < proposal.range.size()) ends = number;
}

namespace {

// Labels of turns name their speakers, unless they name a role.
void AcceptLabels(Scene& scene) {
  static constexpr std::u32string_view kRoles[] = {U"记者", U"主持人",   U"问",   U"答",         U"q",
                                                   U"a",    U"旁白",     U"主持", U"编者按",     U"提问者",
                                                   U"访客", U"reporter", U"host", U"interviewer"};
  for (const TextTurn& turn : scene.analysis.turns) {
    Range label = turn.label;
    if (label.empty()) continue;
    if (const Proposal* known = scene.KnownAt(label.begin); known != nullptr && known->range == label) continue;
    const std::u32string_view word = scene.text.folded(label.begin, label.end);
    if (std::find(std::begin(kRoles), std::end(kRoles), word) != std::end(kRoles)) continue;
    // 主持人张三: the name behind the role.
    for (const std::u32string_view role : kRoles) {
      if (role.size() >= 2 && word.size() > role.size() && IsHan(role[0]) && word.substr(0, role.size()) == role) {
        label.begin += static_cast<uint32_t>(role.size());
      }
    }
    if (scene.KnownAt(label.begin) != nullptr && scene.KnownAt(label.begin)->range == label) continue;
    Proposal proposal;
    proposal.range = label;
    // The Continental: who asks for a medium.
    const bool is_medium = word.starts_with(U"the ") && word.size() > 4;
    proposal.type = is_medium ? EntityType::kOrg : EntityType::kPerson;
    if (is_medium) proposal.subtype = "media";
    proposal.strength = Strength::kStated;
    scene.Know(proposal);
    scene.proposals.push_back(proposal);
  }
}

// 林予晴与高则远: a surname and two characters beside a person are one.
std::vector<Proposal> PersonsBeside(const Scene& scene, const std::vector<Proposal>& proposals) {
  const FoldedText& text = scene.text;
  std::vector<Proposal> found;
  for (const Proposal& person : proposals) {
    if (person.type != EntityType::kPerson || !IsHan(text[person.range.begin])) continue;
    const uint32_t joint = person.range.end;
    if (joint + 1 >= text.size()) continue;
    if (text[joint] != U'与' && text[joint] != U'和' && text[joint] != U'、' && text[joint] != U'及') continue;
    if (scene.KnownAt(joint + 1) != nullptr) continue;
    const uint32_t end = ChineseNameEnd(scene, joint + 1);
    if (end != joint + 4 || !scene.IsCleanRight(end)) continue;
    found.push_back({{joint + 1, end}, EntityType::kPerson, {}, -1, Strength::kPattern, {}});
  }
  return found;
}

// Proposals that do not cross: the longer wins, then the surer, then the earlier.
std::vector<Proposal> Select(std::vector<Proposal> proposals, uint32_t size) {
  std::sort(proposals.begin(), proposals.end(), [](const Proposal& a, const Proposal& b) {
    if (a.range.size() != b.range.size()) return a.range.size() > b.range.size();
    if (a.range.begin != b.range.begin) return a.range.begin < b.range.begin;
    if (a.strength != b.strength) return a.strength > b.strength;
    if (a.gloss_of.empty() != b.gloss_of.empty()) return !a.gloss_of.empty();
    if (a.built != b.built) return a.built;
    return std::tuple(a.type, a.entry) < std::tuple(b.type, b.entry);
  });
  std::vector<Proposal> chosen;
  std::vector<bool> taken(size);
  for (const Proposal& proposal : proposals) {
    bool free = true;
    for (uint32_t i = proposal.range.begin; i < proposal.range.end && free; ++i) free = !taken[i];
    if (!free) continue;
    for (uint32_t i = proposal.range.begin; i < proposal.range.end; ++i) taken[i] = true;
    chosen.push_back(proposal);
  }
  std::sort(chosen.begin(), chosen.end(),
            [](const Proposal& a, const Proposal& b) { return a.range.begin < b.range.begin; });
  return chosen;
}

// What one place of the document teaches about a name.
struct Lesson {
  EntityType type = EntityType::kUnknown;
  std::string_view subtype;
  int32_t entry = -1;
  bool partial = false;  // a surname, a short form: only between sure ends
  bool built = false;
};

// What the last word of an organisation's name says that it is, or the first one of several: Bank of Leeds.
std::string SubtypeOfEnding(const Scene& scene, Range name) {
  constexpr uint32_t kLongestEnding = 8;
  const auto look = [&](uint32_t begin, uint32_t end) -> std::string {
    const auto found = scene.lists.subtype_of_ending.find(std::u32string(scene.text.folded(begin, end)));
    return found == scene.lists.subtype_of_ending.end() ? std::string() : found->second;
  };
  if (IsHan(scene.text[name.end - 1])) {
    for (uint32_t length = std::min(kLongestEnding, name.size() - 1); length > 0; --length) {
      if (std::string subtype = look(name.end - length, name.end); !subtype.empty()) return subtype;
    }
    return {};
  }
  const std::u32string_view text = scene.text.folded(name.begin, name.end);
  const size_t last = text.rfind(U' '), first = text.find(U' ');
  if (last == std::u32string_view::npos) return {};
  std::string subtype = look(name.begin + static_cast<uint32_t>(last) + 1, name.end);
  if (subtype.empty() && text.substr(first).starts_with(U" of ")) {
    subtype = look(name.begin, name.begin + static_cast<uint32_t>(first));
  }
  return subtype;
}

bool IsShortenable(const Scene& scene, std::u32string_view name, const NameLists::Suffix& suffix) {
  (void)scene;
  return suffix.type == EntityType::kOrg && (suffix.subtype == "company" || suffix.subtype.empty()) && name.size() >= 2;
}

class Lessons {
 public:
  explicit Lessons(const Scene& scene) : scene_(scene) {}

  // The full name and what follows from it: the surname of a person, the short form of a company.
  void Learn(const Proposal& proposal) {
    const FoldedText& text = scene_.text;
    const Range range = proposal.range;
    const std::u32string_view name = text.folded(range.begin, range.end);
    // The lexicon has found its own names already.
    if (proposal.entry < 0 && range.size() >= 2)
      Add(name, {proposal.type, proposal.subtype, proposal.entry, false, proposal.built});
    if (proposal.type == EntityType::kPerson) {
      LearnPersonParts(range, proposal);
    } else if (proposal.type == EntityType::kOrg) {
      LearnShortForm(range, proposal);
    } else if (proposal.type == EntityType::kProduct) {
      LearnBase(range, proposal);
    }
  }

  // Transliterated names of four characters or more, to be found with one of them wrong.
  void LearnSpelling(const Proposal& proposal) {
    const FoldedText& text = scene_.text;
    Range range = proposal.range;
    if (proposal.type != EntityType::kPerson || !IsHan(text[range.begin])) return;
    for (uint32_t i = range.begin; i < range.end; ++i) {
      if (IsMiddleDot(text[i])) range.begin = i + 1;
    }
    if (range.size() < 4) return;
    for (uint32_t i = range.begin; i < range.end; ++i) {
      if (!scene_.lists.IsTransliteration(text[i])) return;
    }
    const std::u32string_view name = text.folded(range.begin, range.end);
    const size_t half = name.size() / 2;
    AddHalf(name, name.substr(0, half), 0);
    AddHalf(name, name.substr(half), static_cast<uint32_t>(half));
  }

  // One character wrong leaves one half right: 扎克博格 for 扎克伯格.
  void FindMisspelt(std::vector<Proposal>& out) const {
    if (halves_.empty()) return;
    const FoldedText& text = scene_.text;
    for (uint32_t begin = 0; begin < text.size(); ++begin) {
      uint32_t node = 0;
      for (uint32_t i = begin; i < text.size(); ++i) {
        node = halves_trie_.Step(node, text[i]);
        if (node == NameTrie::kNone) break;
        for (uint32_t number = halves_trie_.value(node); number != 0; number = halves_[number - 1].next) {
          const Half& half = halves_[number - 1];
          if (begin < half.offset || begin - half.offset + half.name.size() > text.size()) continue;
          const Range range{begin - half.offset, begin - half.offset + static_cast<uint32_t>(half.name.size())};
          uint32_t wrong = 0;
          bool foreign = true;
          for (uint32_t k = 0; k < range.size(); ++k) {
            const char32_t c = text[range.begin + k];
            if (c == half.name[k]) continue;
            ++wrong;
            foreign &= scene_.lists.IsTransliteration(c) && !IsMiddleDot(c);
          }
          if (wrong != 1 || !foreign || scene_.KnownAt(range.begin) != nullptr) continue;
          out.push_back({range, EntityType::kPerson, {}, -1, Strength::kLearned, {}});
        }
      }
    }
  }

  // Every place where a learned name stands.
  void Find(std::vector<Proposal>& out) const {
    const FoldedText& text = scene_.text;
    const uint32_t size = text.size();
    for (uint32_t begin = 0; begin < size; ++begin) {
      if (begin > 0 && IsLatinLetter(text[begin]) && IsLatinLetter(text[begin - 1])) continue;
      uint32_t node = 0;
      for (uint32_t i = begin; i < size; ++i) {
        node = trie_.Step(node, text[i]);
        if (node == NameTrie::kNone) break;
        const uint32_t value = trie_.value(node);
        if (value == 0) continue;
        const uint32_t end = i + 1;
        const Lesson& lesson = lessons_[value - 1];
        if (!Stands(lesson, begin, end)) continue;
        Proposal proposal;
        proposal.range = {begin, end};
        proposal.type = lesson.type;
        proposal.subtype = lesson.subtype;
        proposal.entry = lesson.entry;
        proposal.strength = Strength::kLearned;
        proposal.partial = lesson.partial;
        proposal.built = lesson.built;
        if (lesson.type == EntityType::kProduct) ExtendByVersion(proposal);
        out.push_back(proposal);
      }
    }
  }

 private:
  void Add(std::u32string_view name, const Lesson& lesson) {
    uint32_t& value = trie_.Insert(name);
    if (value == NameTrie::kNone) {
      lessons_.push_back(lesson);
      value = static_cast<uint32_t>(lessons_.size());
    } else if (lessons_[value - 1].partial && !lesson.partial) {
      lessons_[value - 1] = lesson;
    }
  }

  void LearnPersonParts(Range range, const Proposal& proposal) {
    const FoldedText& text = scene_.text;
    if (IsHan(text[range.begin])) {
      uint32_t dot = range.end;
      for (uint32_t i = range.begin; i < range.end; ++i) {
        if (IsMiddleDot(text[i])) dot = i;
      }
      if (dot < range.end) {
        Add(text.folded(dot + 1, range.end), {EntityType::kPerson, {}, proposal.entry, true});
      }
      return;
    }
    const uint32_t first = scene_.token_at[range.begin];
    const uint32_t last = scene_.token_at[range.end - 1];
    if (first == 0 || last == 0 || first == last) return;
    // Holt of Maren Holt; Lin of Lin Yu-ching, whose surname goes first.
    const LatinToken& end = scene_.tokens[last - 1];
    const LatinToken& begin = scene_.tokens[first - 1];
    const std::u32string_view end_word = text.folded(end.range.begin, end.range.end);
    const bool surname_first = end_word.find(U'-') != std::u32string_view::npos && last == first + 1;
    const LatinToken& surname = surname_first ? begin : end;
    if (surname.range.size() >= 2 && !(surname.cues & kPlain)) {
      Add(text.folded(surname.range.begin, surname.range.end), {EntityType::kPerson, {}, proposal.entry, true});
    }
  }

  void LearnShortForm(Range range, const Proposal& proposal) {
    const FoldedText& text = scene_.text;
    if (IsHan(text[range.end - 1])) {
      // 海川科技 → 海川
      for (uint32_t length = 2; length + 2 <= range.size() && length <= 4; ++length) {
        const uint32_t cut = range.end - length;
        uint32_t node = 0;
        for (uint32_t i = cut; i < range.end; ++i)
          node = i == cut || node != 0 ? scene_.lists.suffix_trie.Step(node, text[i]) : 0;
        if (node == 0 || scene_.lists.suffix_trie.value(node) == 0) continue;
        const std::u32string_view name = text.folded(range.begin, cut);
        const NameLists::Suffix& suffix = scene_.lists.suffixes[scene_.lists.suffix_trie.value(node) - 1];
        if (!IsShortenable(scene_, name, suffix) || !IsHan(name[0])) continue;
        if (scene_.cues.KindsOf(name) != 0) continue;
        if (const Proposal* known = scene_.KnownAt(range.begin);
            known != nullptr && known->range.end >= cut && known->range.end < range.end)
          continue;
        Add(name, {EntityType::kOrg, proposal.subtype, proposal.entry, true});
      }
      return;
    }
    const uint32_t first = scene_.token_at[range.begin];
    const uint32_t last = scene_.token_at[range.end - 1];
    if (first == 0 || last == 0 || first == last) return;
    uint32_t end = last;
    while (end > first && (scene_.tokens[end - 1].cues & kOrgTail)) --end;
    if (end == last) return;
    const Range head{scene_.tokens[first - 1].range.begin, scene_.tokens[end - 1].range.end};
    if (head.size() < 4 || (scene_.tokens[first - 1].cues & kPlain)) return;
    if (end == first) {
      // Boston Robotics is not Boston, and Jackson Capital not every Jackson.
      if (const Proposal* known = scene_.KnownAt(head.begin); known != nullptr && known->range == head) return;
      if (scene_.lists.given_en.contains(text.folded(head.begin, head.end))) return;
    }
    Add(text.folded(head.begin, head.end), {EntityType::kOrg, proposal.subtype, proposal.entry, true});
  }

  // 青岚2 → 青岚, Gale 3 → Gale
  void LearnBase(Range range, const Proposal& proposal) {
    if (proposal.entry >= 0) return;
    const FoldedText& text = scene_.text;
    uint32_t end = range.begin;
    while (end < range.end && !IsDigit(text[end])) ++end;
    if (end == range.end || end == range.begin) return;
    while (end > range.begin && (text[end - 1] == U' ' || text[end - 1] == U'-')) --end;
    if (end - range.begin < (IsHan(text[range.begin]) ? 2u : 4u)) return;
    if (scene_.token_at[range.begin] != 0) {
      const LatinToken& token = scene_.tokens[scene_.token_at[range.begin] - 1];
      if (token.range.end < end || (token.cues & kPlain)) return;
    }
    if (scene_.cues.KindsOf(text.folded(range.begin, end)) != 0) return;
    Add(text.folded(range.begin, end), {EntityType::kProduct, proposal.subtype, -1, true});
  }

  bool Stands(const Lesson& lesson, uint32_t begin, uint32_t end) const {
    const FoldedText& text = scene_.text;
    const uint32_t size = text.size();
    if (IsLatinLetter(text[begin]) || IsDigit(text[begin])) {
      if (begin > 0 && (IsLatinLetter(text[begin - 1]) || IsDigit(text[begin - 1]))) return false;
    }
    if (IsLatinLetter(text[end - 1]) || IsDigit(text[end - 1])) {
      if (end < size && IsLatinLetter(text[end])) return false;
      if (end < size && IsDigit(text[end]) && (IsDigit(text[end - 1]) || end - begin < 4)) return false;
      if (end + 1 < size && IsDigit(text[end - 1]) && text[end] == U'.' && IsDigit(text[end + 1])) return false;
    }
    if (IsLatinLetter(text[begin])) {
      // A name keeps its capital.
      const uint32_t number = scene_.token_at[begin];
      if (number != 0 && !scene_.tokens[number - 1].capital) return false;
      return true;
    }
    if (!lesson.partial) return true;
    if (lesson.type == EntityType::kProduct) return true;
    if (end - begin == 1) {
      // 陈说: a surname of one character only where it begins a clause and speaks.
      return scene_.IsClauseStart(begin) && (scene_.CuesAt(end) & kSpeech) != 0 && scene_.marks.begins[end].length <= 2;
    }
    if (lesson.type == EntityType::kPerson)
      return end - begin >= 3 || (scene_.IsCleanLeft(begin) && scene_.IsCleanRight(end));
    return scene_.IsCleanLeft(begin) && scene_.IsCleanRight(end);
  }

  void ExtendByVersion(Proposal& proposal) const {
    const FoldedText& text = scene_.text;
    const uint32_t end = proposal.range.end;
    if (!IsHan(text[end - 1]) || end >= text.size() || !IsDigit(text[end])) return;
    const uint32_t number = scene_.token_at[end];
    if (number == 0) return;
    const LatinToken& token = scene_.tokens[number - 1];
    if (token.range.begin != end || token.range.size() > 5) return;
    if (const Proposal* value = scene_.KnownAt(end); value != nullptr && IsValueType(value->type)) return;
    proposal.range.end = token.range.end;
    uint32_t next = number;
    static constexpr std::u32string_view kVariants[] = {U"pro",  U"max",  U"mini",  U"ultra",
                                                        U"plus", U"lite", U"turbo", U"air"};
    if (next < scene_.tokens.size() && scene_.tokens[next].joined) {
      const std::u32string_view word = text.folded(scene_.tokens[next].range.begin, scene_.tokens[next].range.end);
      if (std::find(std::begin(kVariants), std::end(kVariants), word) != std::end(kVariants)) {
        proposal.range.end = scene_.tokens[next].range.end;
      }
    }
  }

  struct Half {
    std::u32string_view name;
    uint32_t offset = 0;  // of the half in the name
    uint32_t next = 0;    // of the same half
  };
  void AddHalf(std::u32string_view name, std::u32string_view half, uint32_t offset) {
    uint32_t& value = halves_trie_.Insert(half);
    for (uint32_t number = value; number != 0; number = halves_[number - 1].next) {
      if (halves_[number - 1].name == name) return;
    }
    halves_.push_back({name, offset, value});
    value = static_cast<uint32_t>(halves_.size());
  }

  const Scene& scene_;
  NameTrie trie_;
  std::vector<Lesson> lessons_;
  NameTrie halves_trie_;
  std::vector<Half> halves_;
};

// 北岸大学|法律学院: a faculty is not named apart from its university, an institute is (北岸大学人工智慧研究中心).
void CutFaculties(const Scene& scene, std::vector<Proposal>& chosen) {
  constexpr std::u32string_view kSchool = U"大学";
  constexpr std::u32string_view kFaculties[] = {U"学院", U"学系", U"系", U"学部"};
  for (Proposal& proposal : chosen) {
    if (proposal.type != EntityType::kOrg || proposal.entry >= 0) continue;
    const std::u32string_view name = scene.text.folded(proposal.range.begin, proposal.range.end);
    const size_t at = name.find(kSchool);
    if (at == std::u32string_view::npos || at < 2 || at + kSchool.size() == name.size()) continue;
    if (std::any_of(std::begin(kFaculties), std::end(kFaculties),
                    [&](std::u32string_view end) { return name.ends_with(end); })) {
      proposal.range.end = proposal.range.begin + static_cast<uint32_t>(at + kSchool.size());
    }
  }
}

class RuleMentionFinder : public MentionFinder {
 public:
  RuleMentionFinder(const Lexicon& lexicon, CueWords cues, NameLists lists, std::unique_ptr<const Tagger> tagger,
                    Levers without)
      : lexicon_(lexicon),
        cues_(std::move(cues)),
        lists_(std::move(lists)),
        tagger_(std::move(tagger)),
        without_(without) {}

  const NameLists& lists() const override { return lists_; }

  void FindMentions(TextAnalysis& analysis) const override {
    analysis.mentions.clear();
    Scene scene = SceneOf(analysis);
    std::vector<TextMention> values;
    std::vector<Proposal> chosen = ChooseByRules(scene, values);
    if (tagger_ != nullptr) {
      std::vector<Proposal> all = DecideNames(scene.text, chosen, tagger_->Tag(scene, chosen), scene.guesses);
      Lessons lessons(scene);
      if (Has(kSecondPassLever)) LearnAndFind(scene, lessons, all);
      chosen = Select(std::move(all), scene.text.size());
    }
    CutFaculties(scene, chosen);
    if (Has(kLatinLever)) DecideEnglishTypes(scene, chosen);
    if (Has(kGlossesLever)) BindOtherNames(scene, chosen);
    Write(scene, chosen, std::move(values), analysis);
  }

  std::vector<SentenceFeatures> FindFeatures(const TextAnalysis& analysis, const TaggerTables& tables) const override {
    Scene scene = SceneOf(analysis);
    std::vector<TextMention> values;
    const std::vector<Proposal> chosen = ChooseByRules(scene, values);
    std::vector<SentenceFeatures> features(analysis.sentences.size());
    const KnownFeatures all = KnownFeatures::All();
    for (size_t i = 0; i < features.size(); ++i) {
      ExtractTokenFeatures(scene, analysis.sentences[i], chosen, tables.names(), tables.classes(), all, features[i]);
    }
    return features;
  }

 private:
  bool Has(Lever lever) const { return (without_ & lever) == 0; }

  Scene SceneOf(const TextAnalysis& analysis) const {
    const uint32_t size = analysis.text.size();
    Scene scene{analysis, analysis.text, lexicon_, cues_, lists_, {}, {}, {}, {}, {}, {}, {}, {}};
    scene.marks = cues_.Mark(analysis.text);
    scene.known_begins.assign(size + 1, 0);
    scene.known_ends.assign(size + 1, 0);
    FindLatinTokens(scene);
    return scene;
  }

  // Names and values by begin, not crossing. `values` are all that were found.
  std::vector<Proposal> ChooseByRules(Scene& scene, std::vector<TextMention>& values) const {
    const TextAnalysis& analysis = scene.analysis;
    ValueContext dates;
    for (const Sentence& sentence : analysis.sentences) {
      for (TextMention& value :
           FindValues(analysis.text, sentence.range, sentence.script, analysis.published_day, dates)) {
        Proposal proposal;
        proposal.range = value.range;
        proposal.type = value.type;
        proposal.strength = Strength::kLexicon;
        scene.Know(proposal);
        values.push_back(std::move(value));
      }
    }
    if (Has(kLexiconLever)) AcceptLexicon(scene, lexicon_.FindAll(analysis.text));
    AcceptLabels(scene);

    if (Has(kChineseOrganizationsLever)) {
      ProposeChineseOrganizations(scene);
      ProposeChineseCompanies(scene);
    }
    if (Has(kChinesePersonsLever)) ProposeChinesePersons(scene);
    if (Has(kLatinLever)) ProposeLatinNames(scene);
    if (Has(kStateBodiesLever)) ProposeStateBodies(scene);
    if (Has(kGlossesLever)) ProposeGlosses(scene);
    if (Has(kChineseContextLever)) ProposeByContext(scene);

    Lessons lessons(scene);
    std::vector<Proposal> all;
    // A value inside a name is part of the name (2024年美國總統大選), a name inside a value part of the value.
    all = scene.known;
    all.insert(all.end(), scene.proposals.begin(), scene.proposals.end());
    if (Has(kSecondPassLever)) LearnAndFind(scene, lessons, all);
    if (Has(kMisspellingsLever)) {
      for (const Proposal& proposal : all) lessons.LearnSpelling(proposal);
      lessons.FindMisspelt(all);
    }
    if (const std::vector<Proposal> beside = PersonsBeside(scene, all); !beside.empty() && Has(kChinesePersonsLever)) {
      if (Has(kSecondPassLever)) {
        for (const Proposal& person : beside) lessons.Learn(person);
        lessons.Find(all);
      } else {
        all.insert(all.end(), beside.begin(), beside.end());
      }
    }
    return Select(std::move(all), scene.text.size());
  }

  // What is chosen so far teaches; what it teaches competes with everything again.
  static void LearnAndFind(const Scene& scene, Lessons& lessons, std::vector<Proposal>& all) {
    for (const Proposal& proposal : Select(all, scene.text.size())) {
      if (proposal.type != EntityType::kPosition && !IsValueType(proposal.type) &&
          proposal.strength != Strength::kGuess &&
          (proposal.strength != Strength::kTagged || proposal.probability >= kTeaches))
        lessons.Learn(proposal);
    }
    lessons.Find(all);
  }

  // 分析师方竞帆, Senator Tharp; Priya Nadel, an analyst at; empty for none.
  std::string OccupationAround(const Scene& scene, Range name) const {
    const FoldedText& text = scene.text;
    const auto occupation = [&](uint32_t begin, uint32_t end) {
      const auto found = lists_.occupation_of_title.find(text.folded(begin, end));
      return found == lists_.occupation_of_title.end() ? std::string() : found->second;
    };
    uint32_t end = name.begin;
    if (end > 0 && (text[end - 1] == U' ' || text[end - 1] == U'/' || text[end - 1] == U':')) --end;
    if (const Proposal* title = scene.KnownBefore(end); title != nullptr && title->type == EntityType::kPosition) {
      if (std::string found = occupation(title->range.begin, title->range.end); !found.empty()) return found;
    }
    if (const CueMark& mark = scene.marks.ends[end]; mark.kinds & kPersonBefore) {
      if (std::string found = occupation(end - mark.length, end); !found.empty()) return found;
    }
    if (name.end >= text.size()) return {};
    if (const Proposal* title = scene.KnownAt(name.end); title != nullptr && title->type == EntityType::kPosition) {
      return occupation(title->range.begin, title->range.end);
    }
    if (text[name.end] != U',') return {};
    uint32_t next = name.end + 1;
    if (next < text.size() && text[next] == U' ') ++next;
    for (const std::u32string_view article :
         {std::u32string_view(U"an "), std::u32string_view(U"a "), std::u32string_view(U"the ")}) {
      if (text.folded().substr(next, article.size()) == article) {
        next += static_cast<uint32_t>(article.size());
        break;
      }
    }
    if (next >= text.size()) return {};
    if (const Proposal* title = scene.KnownAt(next); title != nullptr && title->type == EntityType::kPosition) {
      return occupation(title->range.begin, title->range.end);
    }
    return {};
  }

  // Paul Meier (1904–1951): no period, but when he was born and when he died.
  static bool IsLife(const Scene& scene, const TextMention& person, const TextMention& years) {
    constexpr uint32_t kShortestLife = 15;  // of those whom brackets give years
    if (person.type != EntityType::kPerson || years.type != EntityType::kDate || years.value->value.size() != 9 ||
        years.value->value[4] != '/' || years.range.begin < person.range.end) {
      return false;
    }
    const std::u32string_view between = scene.text.folded(person.range.end, years.range.begin);
    const uint32_t end = years.range.end;
    if ((between != U"(" && between != U" (" && between != U" (c. ") || end >= scene.text.size() ||
        scene.text[end] != U')') {
      return false;
    }
    return std::stoi(years.value->value.substr(5)) - std::stoi(years.value->value.substr(0, 4)) >=
           static_cast<int>(kShortestLife);
  }

  // The period that comes last becomes its two years.
  static void PartYears(const Scene& scene, std::vector<TextMention>& mentions) {
    TextMention born = mentions.back(), died = mentions.back();
    born.range.end = born.range.begin + 4;
    died.range.begin = died.range.end - 4;
    born.value->value = born.value->value.substr(0, 4);
    died.value->value = died.value->value.substr(5);
    mentions.pop_back();
    for (TextMention* mention : {&born, &died}) {
      mention->subtype = "year";
      mention->value->text = scene.text.Surface(mention->range.begin, mention->range.end);
      mentions.push_back(std::move(*mention));
    }
  }

  void Write(const Scene& scene, const std::vector<Proposal>& chosen, std::vector<TextMention> values,
             TextAnalysis& analysis) const {
    std::vector<TextMention> names;
    names.reserve(chosen.size());
    size_t next_value = 0;
    for (const Proposal& proposal : chosen) {
      if (IsValueType(proposal.type)) {
        while (next_value < values.size() && values[next_value].range.begin < proposal.range.begin) ++next_value;
        if (next_value < values.size()) names.push_back(std::move(values[next_value++]));
        if (names.size() > 1 && names.back().range == proposal.range &&
            IsLife(scene, names[names.size() - 2], names.back()))
          PartYears(scene, names);
        continue;
      }
      TextMention mention;
      mention.range = proposal.range;
      mention.type = proposal.type;
      mention.subtype = std::string(proposal.subtype);
      if (mention.subtype.empty() && mention.type == EntityType::kOrg) {
        mention.subtype = SubtypeOfEnding(scene, mention.range);
      }
      mention.lexicon_entry = proposal.entry;
      mention.partial = proposal.partial;
      if (proposal.type == EntityType::kPerson && proposal.entry >= 0) {
        mention.occupation = lexicon_.entry(proposal.entry).occupation;
      }
      if (mention.occupation.empty() && proposal.type == EntityType::kPerson)
        mention.occupation = OccupationAround(scene, proposal.range);
      if (!proposal.gloss_of.empty()) {
        mention.gloss_of = scene.text.FoldedName(proposal.gloss_of.begin, proposal.gloss_of.end);
      }
      static constexpr float kConfidence[] = {0.5f, 0.7f, 0.8f, 0.95f, 0.9f};
      mention.confidence = proposal.strength == Strength::kTagged ? proposal.probability
                                                                  : kConfidence[static_cast<size_t>(proposal.strength)];
      names.push_back(std::move(mention));
    }
    // Both are by begin already, and no reference begins inside a name.
    std::vector<TextMention> references;
    FindReferences(scene, names, references);
    analysis.mentions.clear();
    analysis.mentions.reserve(names.size() + references.size());
    std::merge(std::make_move_iterator(references.begin()), std::make_move_iterator(references.end()),
               std::make_move_iterator(names.begin()), std::make_move_iterator(names.end()),
               std::back_inserter(analysis.mentions), [](const TextMention& a, const TextMention& b) {
                 return a.range.begin != b.range.begin ? a.range.begin < b.range.begin : a.range.end > b.range.end;
               });
    size_t sentence = 0;
    for (TextMention& mention : analysis.mentions) {
      while (sentence + 1 < analysis.sentences.size() &&
             analysis.sentences[sentence + 1].range.begin <= mention.range.begin)
        ++sentence;
      mention.sentence = static_cast<uint32_t>(sentence);
    }
  }

  const Lexicon& lexicon_;
  const CueWords cues_;
  const NameLists lists_;
  const std::unique_ptr<const Tagger> tagger_;  // null: by rules alone
  const Levers without_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<const MentionFinder>> MentionFinder::Load(const std::filesystem::path& data_directory,
                                                                         const Lexicon& lexicon, Levers without) {
  absl::StatusOr<CueWords> cues = CueWords::Load(data_directory / "cues.tsv");
  if (!cues.ok()) return cues.status();
  absl::StatusOr<NameLists> lists = NameLists::Load(data_directory / "lexicon");
  if (!lists.ok()) return lists.status();
  for (const NameLists::Title& title : lists->titles) {
    if (title.word.size() < 2) continue;
    if (title.before) cues->Add(title.word, kPersonBefore);
    if (!title.before && title.is_courtesy) cues->Add(title.word, kPersonAfter);
  }
  std::unique_ptr<const Tagger> tagger;
  if ((without & kTaggerLever) == 0) {
    NEWSGRAPH_ASSIGN_OR_RETURN(tagger, Tagger::Load(data_directory / "models"));
  }
  return std::make_unique<const RuleMentionFinder>(lexicon, *std::move(cues), *std::move(lists), std::move(tagger),
                                                   without);
}

}  // namespace newsgraph
