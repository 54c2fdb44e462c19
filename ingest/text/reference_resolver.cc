#include "ingest/text/reference_resolver.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "graph/name_folding.h"
#include "ingest/text/code_points.h"
#include "ingest/text/entity_descriptions.h"
#include "ingest/text/mention_places.h"
#include "ingest/text/pronoun_binding.h"
#include "ingest/text/reference_kinds.h"
#include "ingest/text/reference_words.h"

namespace newsgraph {
namespace {

using Kind = ReferenceKind;

// Behind 我们 or 我们的: what a country, a society or mankind has, not a company.
constexpr std::u32string_view kOwnedByEverybody[] = {
    U"国家", U"社会", U"政府", U"经济", U"民主", U"法律", U"宪法",   U"军队",   U"人民",
    U"民族", U"文化", U"历史", U"人类", U"星球", U"地球", U"世界",   U"这一代", U"下一代",
    U"孩子", U"父母", U"大脑", U"身体", U"生活", U"人生", U"每个人", U"大家",   U"都是人",
};

// Several or anybody, to whom 自己 leads back: 让每个人做自己的事.
constexpr std::u32string_view kMany[] = {U"们",     U"每",     U"大家",   U"人人", U"许多人", U"很多人",
                                         U"有些人", U"所有人", U"任何人", U"各自", U"别人",   U"多数人"};

// Words of English names that no company has.
constexpr std::u32string_view kNoCompanies[] = {
    U"authority",  U"commission", U"ministry", U"department",  U"agency",    U"council",    U"union",     U"university",
    U"college",    U"court",      U"party",    U"association", U"institute", U"congress",   U"committee", U"senate",
    U"federation", U"foundation", U"museum",   U"office",      U"bureau",    U"parliament", U"government"};

constexpr size_t kSentencesBack = 3;  // how far a pronoun reaches

// What speaks for and against what a pronoun or a noun phrase may stand for, fitted to annotated texts.
constexpr float kPullSentence = 2.0f;      // against each sentence between, of pronouns
constexpr float kPullFirst = 0.25f;        // for what its sentence begins with
constexpr float kPullPronoun = 0.75f;      // for what was a pronoun before
constexpr float kPullAside = 2.0f;         // against brackets, reporters and the outlet
constexpr float kPullGoverned = 0.5f;      // against what stands behind a preposition
constexpr float kPullOwnSubject = 3.0f;    // against hailed|her being who hails
constexpr float kPullTopicPerson = 2.5f;   // for whom the document is about, by their share of all names
constexpr float kPullTopicThing = 1.0f;    // the same for things
constexpr float kPullKnownGender = 1.0f;   // for a title, kin or pronoun that says so
constexpr float kPullOtherGender = 3.0f;   // against a name of the other
constexpr float kPullBareWord = 1.5f;      // against one word that may be no person
constexpr float kPullSpeaks = 1.0f;        // for an organisation where it|said
constexpr float kPullRare = 1.0f;          // for works and laws: named to be spoken of
constexpr float kPullPlace = 1.5f;         // against countries
constexpr float kPullNounSentence = 1.0f;  // against each sentence between, of noun phrases
constexpr float kPullBegins = 1.5f;        // for what a clause begins with, of noun phrases
constexpr float kPullTopic = 1.5f;         // for the company that the document is about
constexpr float kPullBareTopic = 2.5f;     // the same for 公司 alone
constexpr float kPullBareNear = 0.5f;      // of that, for its own sentence
constexpr float kPullTrade = 2.5f;         // of the bank and the like, for their own sentence
constexpr float kPullSaid = 2.0f;          // for each word between that its description has
constexpr float kPullNear = 0.5f;          // or that stands near its name

class Resolver {
 public:
  Resolver(TextAnalysis& analysis, const LocalTies& ties)
      : analysis_(analysis),
        ties_(ties),
        descriptions_(analysis),
        female_(analysis.entities.size()),
        male_(analysis.entities.size()) {}

  void Run() {
    for (size_t e = 0; e < ties_.gender.size(); ++e) {
      female_[e] = ties_.gender[e] == Gender::kFemale;
      male_[e] = ties_.gender[e] == Gender::kMale;
    }
    FindInterview();
    FindAuthor();
    FindMainCompany();
    FindTopics();
    FindGenders();
    size_t quotation = 0;
    uint32_t sentence = UINT32_MAX;
    for (uint32_t i = 0; i < analysis_.mentions.size(); ++i) {
      TextMention& mention = analysis_.mentions[i];
      if (mention.sentence != sentence) {
        sentence = mention.sentence;
        StartSentence(sentence);
      }
      if (mention.form == MentionForm::kName) {
        if (mention.entity >= 0) Note(mention);
        continue;
      }
      while (quotation < analysis_.quotations.size() &&
             analysis_.quotations[quotation].range.end <= mention.range.begin) {
        ++quotation;
      }
      const bool quoted = quotation < analysis_.quotations.size() && analysis_.quotations[quotation].direct &&
                          analysis_.quotations[quotation].range.Contains(mention.range);
      const Kind kind = KindOfReference(analysis_.text.folded(mention.range.begin, mention.range.end));
      barred_ = BarredFrom(analysis_, i);
      mention.entity = Resolve(kind, mention, quoted ? &analysis_.quotations[quotation] : nullptr, i);
      if (mention.entity < 0) continue;
      const LocalEntity& entity = analysis_.entities[static_cast<size_t>(mention.entity)];
      mention.type = entity.type;
      if (kind == Kind::kShe || kind == Kind::kWife) female_[static_cast<size_t>(mention.entity)] = true;
      if (kind == Kind::kHe || kind == Kind::kHusband) male_[static_cast<size_t>(mention.entity)] = true;
      Note(mention);
    }
  }

 private:
  struct Focus {
    uint32_t sentence = 0;
    int32_t turn = -1;
    std::vector<int32_t> subjects;  // persons that begin a clause
    std::vector<int32_t> persons;   // in the order of their first mention in the sentence
    std::vector<int32_t> things;    // organisations, products, places
  };

  bool IsType(int32_t entity, EntityType type) const {
    return entity >= 0 && analysis_.entities[static_cast<size_t>(entity)].type == type;
  }

  void FindInterview() {
    std::vector<int32_t> speakers;
    for (const TextTurn& turn : analysis_.turns) {
      if (turn.speaker >= 0 && std::find(speakers.begin(), speakers.end(), turn.speaker) == speakers.end()) {
        speakers.push_back(turn.speaker);
      }
    }
    if (speakers.size() == 2) pair_ = speakers;
  }

  // By Tobias Ferrer: who says I where nobody is quoted.
  void FindAuthor() {
    for (const TextMention& mention : analysis_.mentions) {
      if (mention.form != MentionForm::kName || !IsType(mention.entity, EntityType::kPerson)) continue;
      if (mention.sentence < analysis_.sentences.size() &&
          analysis_.sentences[mention.sentence].kind == SentenceKind::kByline) {
        author_ = author_ == -1 ? mention.entity : author_;
      }
    }
  }

  void StartSentence(uint32_t sentence) {
    Focus focus;
    focus.sentence = sentence;
    focus.turn = sentence < analysis_.sentences.size() ? analysis_.sentences[sentence].turn : -1;
    if (history_.size() > 16) history_.erase(history_.begin(), history_.begin() + 8);
    history_.push_back(std::move(focus));
  }

  void Note(const TextMention& mention) {
    Focus& focus = history_.back();
    const LocalEntity& entity = analysis_.entities[static_cast<size_t>(mention.entity)];
    std::vector<int32_t>* list = nullptr;
    if (entity.type == EntityType::kPerson) list = &focus.persons;
    if (entity.type == EntityType::kOrg || entity.type == EntityType::kProduct) list = &focus.things;
    if (list == nullptr) return;
    // (记者 唐以岚): who stands in brackets is nobody's subject.
    if (list == &focus.persons && mention.form == MentionForm::kName && InBrackets(analysis_.text, mention)) return;
    if (std::find(list->begin(), list->end(), mention.entity) == list->end()) list->push_back(mention.entity);
    if (list == &focus.persons && BeginsClause(analysis_.text, mention)) focus.subjects.push_back(mention.entity);
  }

  const TextTurn* TurnOf(const TextMention& mention) const {
    if (mention.sentence >= analysis_.sentences.size()) return nullptr;
    const int32_t turn = analysis_.sentences[mention.sentence].turn;
    return turn >= 0 ? &analysis_.turns[static_cast<size_t>(turn)] : nullptr;
  }

  int32_t Other(int32_t speaker) const {
    if (pair_.size() != 2 || speaker < 0) return -1;
    return pair_[0] == speaker ? pair_[1] : pair_[0];
  }

  // Who says what stands in a quotation of the article: the person named right behind it, else right before.
  int32_t QuotedSpeaker(const Quotation& quotation, uint32_t mention) const {
    if (quotation.speaker >= 0) return quotation.speaker;
    const auto& mentions = analysis_.mentions;
    for (uint32_t i = mention; i < mentions.size() && mentions[i].range.begin < quotation.range.end + 24; ++i) {
      if (mentions[i].range.begin < quotation.range.end) continue;
      if (IsType(mentions[i].entity, EntityType::kPerson)) return mentions[i].entity;
    }
    for (uint32_t i = mention; i > 0; --i) {
      const TextMention& before = mentions[i - 1];
      if (before.range.end + 80 < quotation.range.begin) break;
      if (before.range.end > quotation.range.begin) continue;
      if (IsType(before.entity, EntityType::kPerson)) return before.entity;
    }
    return -1;
  }

  bool IsBarred(int32_t entity) const { return std::find(barred_.begin(), barred_.end(), entity) != barred_.end(); }

  bool Suits(int32_t entity, Kind kind) const {
    const auto index = static_cast<size_t>(entity);
    if (IsBarred(entity)) return false;
    if (kind == Kind::kHe) return !female_[index];
    if (kind == Kind::kShe) return !male_[index];
    return true;
  }

  // How likely a pronoun leads back to a mention, for where it stands.
  float Pull(uint32_t index, const TextMention& before, bool object) const {
    const TextMention& self = analysis_.mentions[index];
    float pull = -kPullSentence * static_cast<float>(self.sentence - before.sentence);
    const bool in_sentence = before.sentence < analysis_.sentences.size();
    if (in_sentence && before.range.begin <= analysis_.sentences[before.sentence].range.begin + 1) pull += kPullFirst;
    if (before.form == MentionForm::kPronoun) pull += kPullPronoun;
    if (before.form == MentionForm::kName && InBrackets(analysis_.text, before)) pull -= kPullAside;
    if (IsReporter(analysis_.text, before)) pull -= kPullAside;
    if (IsGoverned(analysis_.text, before)) pull -= kPullGoverned;
    if (object && before.sentence == self.sentence && IsInOneClause(analysis_.text, before, self.range)) {
      pull -= kPullOwnSubject;
    }
    return pull;
  }

  // What the document is most about of the persons, or of the things.
  void FindTopics() {
    std::vector<float> counts(analysis_.entities.size(), 0);
    for (const TextMention& mention : analysis_.mentions) {
      if (mention.form != MentionForm::kName || mention.entity < 0 || InBrackets(analysis_.text, mention) ||
          IsReporter(analysis_.text, mention))
        continue;
      const bool is_first = mention.sentence <= 1 || mention.sentence >= analysis_.sentences.size();
      counts[static_cast<size_t>(mention.entity)] += is_first ? 2.0f : 1.0f;
    }
    float persons = 0, things = 0;
    for (size_t e = 0; e < counts.size(); ++e)
      (IsType(static_cast<int32_t>(e), EntityType::kPerson) ? persons : things) += counts[e];
    topic_share_.assign(counts.size(), 0);
    for (size_t e = 0; e < counts.size(); ++e) {
      const float all = IsType(static_cast<int32_t>(e), EntityType::kPerson) ? persons : things;
      if (all > 0) topic_share_[e] = counts[e] / all;
    }
  }

  void FindGenders() {
    likely_.assign(analysis_.entities.size(), Gender::kUnknown);
    full_name_.assign(analysis_.entities.size(), false);
    for (size_t e = 0; e < likely_.size(); ++e) {
      if (!IsType(static_cast<int32_t>(e), EntityType::kPerson)) continue;
      const std::u32string name = DecodeUtf8(FoldName(analysis_.entities[e].name));
      likely_[e] = GenderOfName(name);
      full_name_[e] = likely_[e] != Gender::kUnknown || name.find(U' ') != std::u32string::npos ||
                      (!name.empty() && IsHan(name[0]));
    }
  }

  // He, she: in a turn nobody who takes part in it, in a quotation not who says it.
  int32_t Person(uint32_t index, Kind kind, int32_t quoted_speaker) const {
    const TextMention& mention = analysis_.mentions[index];
    const TextTurn* turn = TurnOf(mention);
    const int32_t speaker = turn != nullptr ? turn->speaker : -1;
    const int32_t other = Other(speaker);
    const bool object = kind != Kind::kSelf && IsObject(analysis_.text, mention);
    int32_t found = -1;
    float most = 0;
    ForEachBefore(index, kSentencesBack, [&](const TextMention& before) {
      const int32_t person = before.entity;
      if (!IsType(person, EntityType::kPerson)) return true;
      if (turn != nullptr && (person == speaker || person == other)) return true;
      if (person == quoted_speaker || !Suits(person, kind)) return true;
      const auto e = static_cast<size_t>(person);
      float pull = Pull(index, before, object) + kPullTopicPerson * topic_share_[e];
      const Gender wanted = kind == Kind::kHe ? Gender::kMale : kind == Kind::kShe ? Gender::kFemale : Gender::kUnknown;
      if (wanted != Gender::kUnknown) {
        const bool known = wanted == Gender::kMale ? male_[e] : female_[e];
        if (known) pull += kPullKnownGender;
        if (!known && likely_[e] != Gender::kUnknown && likely_[e] != wanted) pull -= kPullOtherGender;
      }
      if (!full_name_[e]) pull -= kPullBareWord;
      if (found < 0 || pull > most) {
        found = person;
        most = pull;
      }
      return true;
    });
    return found;
  }

  // It, its: what is no person.
  int32_t It(uint32_t index, bool organization) const {
    const TextMention& mention = analysis_.mentions[index];
    const TextTurn* turn = TurnOf(mention);
    const bool object = IsObject(analysis_.text, mention);
    const bool says = SpeaksNext(analysis_.text, mention);
    int32_t found = -1;
    float most = 0;
    ForEachBefore(index, 2, [&](const TextMention& before) {
      if (IsBarred(before.entity)) return true;
      const EntityType type = analysis_.entities[static_cast<size_t>(before.entity)].type;
      float pull = 0;
      switch (type) {
        case EntityType::kOrg:
          pull = says ? kPullSpeaks : 0;
          break;
        case EntityType::kProduct:
          if (organization) return true;
          break;
        case EntityType::kLaw:
        case EntityType::kWork:
          if (organization) return true;
          pull = kPullRare;
          break;
        case EntityType::kGpe:
          if (organization) return true;
          pull = -kPullPlace;
          break;
        default:
          return true;
      }
      if (turn != nullptr && before.sentence < analysis_.sentences.size() &&
          analysis_.sentences[before.sentence].turn < 0) {
        return false;
      }
      pull += Pull(index, before, object) + kPullTopicThing * topic_share_[static_cast<size_t>(before.entity)];
      if (found < 0 || pull > most) {
        found = before.entity;
        most = pull;
      }
      return true;
    });
    return found;
  }

  enum class Want : uint8_t { kOrganization, kCompany };

  bool IsWanted(int32_t thing, Want want) const {
    if (IsBarred(thing)) return false;
    if (!IsType(thing, EntityType::kOrg)) return false;
    if (want == Want::kOrganization) return true;
    // 公司 is no authority and no university.
    const std::string& subtype = analysis_.entities[static_cast<size_t>(thing)].subtype;
    return (subtype.empty() && !IsNamedOtherwise(thing)) || subtype == "company" || subtype == "media" ||
           subtype == "exchange";
  }

  // 公平會, Aviation Authority: by its name no company.
  bool IsNamedOtherwise(int32_t thing) const {
    constexpr std::u32string_view kEndings = U"会局署院部党校委处府队庭";
    const std::u32string name = DecodeUtf8(FoldName(analysis_.entities[static_cast<size_t>(thing)].name));
    if (name.empty()) return false;
    if (kEndings.find(name.back()) != std::u32string_view::npos || name.ends_with(U"大学")) return true;
    return std::any_of(std::begin(kNoCompanies), std::end(kNoCompanies), [&](std::u32string_view word) {
      const size_t at = name.find(word);
      return at != std::u32string::npos && (at == 0 || name[at - 1] == U' ') &&
             (at + word.size() == name.size() || name[at + word.size()] == U' ');
    });
  }

  int32_t Thing(const TextMention& mention, Want want) const {
    const TextTurn* turn = TurnOf(mention);
    size_t back = 0;
    for (size_t f = history_.size(); f-- > 0 && back <= 1; ++back) {
      const Focus& focus = history_[f];
      if (turn != nullptr && focus.turn < 0) break;
      for (const int32_t thing : focus.things) {
        if (IsWanted(thing, want)) return thing;
      }
    }
    return -1;
  }

  // What a noun phrase says of whom it stands for.
  struct Sought {
    EntityType type = EntityType::kOrg;
    std::string_view subtypes;     // apart by spaces; "*" for any
    bool unknown = false;          // or none
    std::u32string_view nouns;     // apart by spaces: it or its like
    std::u32string_view in_names;  // apart by spaces
    std::vector<std::u32string_view> modifiers;
    Range phrase;  // with what belongs to it
    uint32_t near = 2;
    bool reported = false;  // 称公司: of who says so
    bool bare = false;      // 公司: of what the document is about, unless the sentence says else
    int32_t other_than = -1;
  };

  bool IsOfKind(const LocalEntity& entity, const Sought& sought) const {
    if (sought.subtypes == "*") return true;
    if (entity.subtype.empty()) return sought.unknown;
    for (std::string_view rest = sought.subtypes; !rest.empty();) {
      const size_t space = rest.find(' ');
      if (rest.substr(0, space) == entity.subtype) return true;
      rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
    }
    return false;
  }

  // Its name, its description or its occupation says so.
  bool IsCalled(int32_t index, const Sought& sought) const {
    const LocalEntity& entity = analysis_.entities[static_cast<size_t>(index)];
    for (const std::u32string_view word : descriptions_.WordsOf(index)) {
      if (HoldsWordOfList(sought.nouns, word)) return true;
    }
    if (!entity.occupation.empty() && HoldsWordOfList(sought.nouns, DecodeUtf8(entity.occupation))) return true;
    if (sought.in_names.empty()) return false;
    const std::u32string name = DecodeUtf8(FoldName(entity.name));
    for (std::u32string_view rest = sought.in_names; !rest.empty();) {
      const size_t space = rest.find(U' ');
      const std::u32string_view word = rest.substr(0, space);
      for (size_t at = name.find(word); at != std::u32string::npos; at = name.find(word, at + 1)) {
        const bool whole = IsHan(word[0]) || ((at == 0 || name[at - 1] == U' ') &&
                                              (at + word.size() == name.size() || name[at + word.size()] == U' '));
        if (whole) return true;
      }
      rest = space == std::u32string_view::npos ? std::u32string_view() : rest.substr(space + 1);
    }
    return false;
  }

  // Called something else: no airline is a bank.
  bool IsCalledElse(int32_t index, const Sought& sought) const {
    for (const std::u32string_view word : descriptions_.WordsOf(index)) {
      const std::optional<EnglishHead> head = EnglishHeadOf(word);
      if (!head || head->type != sought.type || HoldsWordOfList(sought.nouns, word)) continue;
      if (!head->in_names.empty() || !head->unknown) return true;
    }
    return false;
  }

  // How much stands in view: near, what a clause begins with, what the document is about, what agrees with the words.
  float Weight(const TextMention& before, uint32_t own_sentence, const Sought& sought) const {
    float weight = -kPullNounSentence * static_cast<float>(own_sentence - before.sentence);
    if (BeginsClause(analysis_.text, before)) weight += kPullBegins;
    if (before.entity == main_company_) weight += sought.bare ? kPullBareTopic : kPullTopic;
    if (before.sentence == own_sentence) {
      weight += sought.reported ? kPullTrade : sought.bare ? kPullBareNear : sought.in_names.empty() ? 0 : kPullTrade;
    }
    if (InBrackets(analysis_.text, before) || IsMedia(before.entity)) weight -= kPullAside;
    for (const std::u32string_view word : sought.modifiers) {
      if (descriptions_.Says(before.entity, word)) {
        weight += kPullSaid;
      } else if (descriptions_.IsNear(before.entity, word)) {
        weight += kPullNear;
      }
    }
    return weight;
  }

  // The nearest that is called so, else of those of the kind the one most in view.
  int32_t Find(uint32_t index, const Sought& sought) const {
    constexpr uint32_t kFar = 60;
    // What the document is about stays in view.
    int32_t called = -1, kind = sought.bare ? main_company_ : -1;
    float most = kPullBareTopic - 2 * kPullNounSentence;
    const uint32_t own = analysis_.mentions[index].sentence;
    ForEachBefore(index, kFar, [&](const TextMention& before) {
      if (before.range.end > sought.phrase.begin) return true;
      const LocalEntity& entity = analysis_.entities[static_cast<size_t>(before.entity)];
      if (entity.type != sought.type || before.entity == sought.other_than) return true;
      if (IsCalled(before.entity, sought)) {
        called = before.entity;
        return false;
      }
      if (before.sentence + sought.near < own) return true;
      const bool firm = sought.unknown && sought.type == EntityType::kOrg;
      if (firm ? !IsWanted(before.entity, Want::kCompany) : !IsOfKind(entity, sought)) return true;
      if (IsCalledElse(before.entity, sought)) return true;
      if (before.sentence == own && IsInOneClause(analysis_.text, before, sought.phrase)) return true;
      const float weight = Weight(before, own, sought);
      if (kind < 0 || weight > most) {
        kind = before.entity;
        most = weight;
      }
      return true;
    });
    if (called >= 0 || kind >= 0) return called >= 0 ? called : kind;
    const bool firm = sought.type == EntityType::kOrg && sought.unknown;
    const bool is_main = firm && main_company_ >= 0 && main_company_ != sought.other_than;
    return is_main && !IsCalledElse(main_company_, sought) ? main_company_ : -1;
  }

  // The Swiss drugmaker.
  int32_t Definite(uint32_t index) const {
    const Range range = analysis_.mentions[index].range;
    const std::u32string_view words = analysis_.text.folded(range.begin, range.end);
    const size_t last = words.rfind(U' ');
    const std::optional<EnglishHead> head = EnglishHeadOf(words.substr(last + 1));
    if (!head) return -1;
    Sought sought{head->type, head->subtypes, head->unknown, head->nouns, head->in_names, {}, range};
    for (size_t begin = words.find(U' ') + 1; begin < last;) {
      const size_t end = std::min(words.find(U' ', begin), last);
      std::u32string_view word = words.substr(begin, end - begin);
      if (const size_t hyphen = word.find(U'-'); hyphen != std::u32string_view::npos) word = word.substr(0, hyphen);
      sought.modifiers.push_back(word);
      begin = end + 1;
    }
    return Find(index, sought);
  }

  // 兒子: who stands behind that word elsewhere.
  int32_t Kin(uint32_t index) const {
    const Range range = analysis_.mentions[index].range;
    Sought sought{EntityType::kPerson, "", false, analysis_.text.folded(range.begin, range.end), U"", {}, range};
    return Find(index, sought);
  }

  // Whether 自己 leads back to several people: they stand between it and the last one person.
  bool LeadsToMany(uint32_t index) const {
    const TextMention& self = analysis_.mentions[index];
    uint32_t from = self.sentence < analysis_.sentences.size() ? analysis_.sentences[self.sentence].range.begin : 0;
    for (uint32_t i = index; i > 0 && analysis_.mentions[i - 1].range.end > from; --i) {
      const TextMention& before = analysis_.mentions[i - 1];
      if (IsType(before.entity, EntityType::kPerson)) from = std::max(from, before.range.end);
    }
    if (from >= self.range.begin) return false;
    const std::u32string_view between = analysis_.text.folded(from, self.range.begin);
    return std::any_of(std::begin(kMany), std::end(kMany),
                       [&](std::u32string_view many) { return between.find(many) != std::u32string_view::npos; });
  }

  bool IsEverybody(const TextMention& we) const {
    std::u32string_view rest = analysis_.text.folded().substr(we.range.end, 5);
    if (rest.starts_with(U'的')) rest.remove_prefix(1);
    return std::any_of(std::begin(kOwnedByEverybody), std::end(kOwnedByEverybody),
                       [&](std::u32string_view word) { return rest.starts_with(word); });
  }

  // The mentions of entities before one, nearest first, as far as some sentences back; false to stop.
  template <typename Visit>
  void ForEachBefore(uint32_t index, uint32_t sentences, const Visit& visit) const {
    const TextMention& self = analysis_.mentions[index];
    for (uint32_t i = index; i > 0;) {
      const TextMention& before = analysis_.mentions[--i];
      if (before.sentence + sentences < self.sentence) return;
      if (before.entity >= 0 && before.range.end <= self.range.begin && !visit(before)) return;
    }
  }

  // Of two that were named last, of one type: people, companies, places or things.
  int32_t OneOfTwo(uint32_t index, bool former) const {
    std::vector<int32_t> last;
    EntityType type = EntityType::kUnknown;
    // 前者…,后者…: of the same two.
    for (uint32_t i = index; i > 0 && analysis_.mentions[i - 1].sentence == analysis_.mentions[index].sentence; --i) {
      const Range range = analysis_.mentions[i - 1].range;
      if (KindOfReference(analysis_.text.folded(range.begin, range.end)) == Kind::kFormer) index = i - 1;
    }
    ForEachBefore(index, 1, [&](const TextMention& before) {
      const EntityType one = analysis_.entities[static_cast<size_t>(before.entity)].type;
      if (one == EntityType::kPosition || IsValueType(one) || InBrackets(analysis_.text, before)) return true;
      if (type == EntityType::kUnknown) type = one;
      if (one == type && std::find(last.begin(), last.end(), before.entity) == last.end())
        last.push_back(before.entity);
      return last.size() < 2;
    });
    if (last.size() < 2) return -1;
    return former ? last[1] : last[0];
  }

  // 其 behind 及 is of what stands before it; else of who or what the sentence, else the one before, begins with.
  int32_t OwnerBefore(uint32_t index) const {
    int32_t owner = -1;
    const uint32_t begin = analysis_.mentions[index].range.begin;
    const char32_t mark = begin > 0 ? analysis_.text[begin - 1] : U'\n';
    const bool is_joined = mark == U'及' || mark == U'与' || mark == U'和';
    uint32_t sentence = analysis_.mentions[index].sentence;
    ForEachBefore(index, 1, [&](const TextMention& before) {
      if (owner >= 0 && before.sentence != sentence) return false;
      const EntityType type = analysis_.entities[static_cast<size_t>(before.entity)].type;
      if (type != EntityType::kPerson && type != EntityType::kOrg && type != EntityType::kProduct) return true;
      if (is_joined) {
        if (before.range.end + 1 == begin) owner = before.entity;
        return false;
      }
      if (BeginsClause(analysis_.text, before) || owner < 0) {
        owner = before.entity;
        sentence = before.sentence;
      }
      return true;
    });
    return owner;
  }

  // 褚榮生形容这位老板: somebody else than the sentence has named.
  int32_t PersonPointedAt(uint32_t index) const {
    const TextMention& self = analysis_.mentions[index];
    if (BeginsClause(analysis_.text, self)) return Person(index, Kind::kSelf, -1);
    std::vector<int32_t> here;
    int32_t found = -1;
    ForEachBefore(index, kSentencesBack, [&](const TextMention& before) {
      if (!IsType(before.entity, EntityType::kPerson)) return true;
      if (before.sentence == self.sentence) {
        here.push_back(before.entity);
      } else if (std::find(here.begin(), here.end(), before.entity) == here.end()) {
        found = before.entity;
      }
      return found < 0;
    });
    return found;
  }

  // What the whole document is about, where it is a company.
  void FindMainCompany() {
    std::vector<uint32_t> counts(analysis_.entities.size(), 0);
    for (const TextMention& mention : analysis_.mentions) {
      if (mention.form != MentionForm::kName || mention.entity < 0 || !IsWanted(mention.entity, Want::kCompany))
        continue;
      if (IsMedia(mention.entity)) continue;
      // The title, and how the text begins.
      const bool is_first = mention.sentence <= 1 || mention.sentence >= analysis_.sentences.size();
      counts[static_cast<size_t>(mention.entity)] += is_first ? 3 : 1;
    }
    for (const int32_t speaker : pair_) {
      if (const int32_t employer = EmployerOf(speaker); employer >= 0) counts[static_cast<size_t>(employer)] += 3;
    }
    const auto most = std::max_element(counts.begin(), counts.end());
    if (most == counts.end() || *most < 2) return;
    main_company_ = static_cast<int32_t>(most - counts.begin());
  }

  bool IsMedia(int32_t entity) const { return analysis_.entities[static_cast<size_t>(entity)].subtype == "media"; }

  // 公司: whose name ends so, of who speaks, else the one most in view.
  int32_t Company(uint32_t index) const {
    const TextMention& mention = analysis_.mentions[index];
    const Focus& focus = history_.back();
    const std::u32string_view word = analysis_.text.folded(mention.range.begin, mention.range.end);
    const bool is_bare = word == U"公司" || word == U"集团";
    if (word == U"集团" || word == U"该集团") {
      int32_t named = -1;
      ForEachBefore(index, kSentencesBack, [&](const TextMention& before) {
        if (before.form == MentionForm::kName && IsType(before.entity, EntityType::kOrg) &&
            analysis_.text.folded(before.range.begin, before.range.end).ends_with(U"集团")) {
          named = before.entity;
        }
        return named < 0;
      });
      if (named >= 0) return named;
    }
    if (is_bare && !focus.subjects.empty()) {
      if (const int32_t employer = EmployerOf(focus.subjects.back()); employer >= 0) return employer;
    }
    Sought sought{EntityType::kOrg, "company media exchange", true, U"", U"", {}, mention.range, 3, false, is_bare};
    const char32_t ahead = mention.range.begin > 0 ? analysis_.text[mention.range.begin - 1] : 0;
    sought.reported = is_bare && (ahead == U'称' || ahead == U'说' || ahead == U'指');
    // 我尊重这家公司: not one's own.
    if (const TextTurn* turn = TurnOf(mention); turn != nullptr && !is_bare && word[0] >= 0x80) {
      sought.other_than = EmployerOf(turn->speaker);
    }
    if (const int32_t found = Find(index, sought); found >= 0) return found;
    return focus.persons.empty() ? -1 : EmployerOf(focus.persons.front());
  }

  // Where 这家 stands before a noun that 的 parts from it; the noun itself for none.
  uint32_t PointedFrom(Range noun) const {
    constexpr uint32_t kFarthest = 30;
    const FoldedText& text = analysis_.text;
    if (noun.begin == 0 || text[noun.begin - 1] != U'的') {
      // 的台東阿美族投手
      bool parted = false;
      for (uint32_t i = noun.begin; i > 0 && noun.begin - i < 12; --i) parted |= text[i - 1] == U'的';
      if (!parted) return noun.begin;
    }
    for (uint32_t i = noun.begin; i > 1 && noun.begin - i < kFarthest; --i) {
      const char32_t c = text[i - 1];
      if (c == U',' || c == U'。' || c == U'\n' || c == U';') break;
      if (PointingAt(text.folded(i - 1, std::min(noun.begin, i + 3))).size > 1) return i - 1;
    }
    return noun.begin;
  }

  // 该党, 法团, 这家合肥车企: the nearest whose name ends so, else as Find.
  int32_t Headed(uint32_t index, bool in_speech) const {
    constexpr uint32_t kFar = 40;
    const TextMention& self = analysis_.mentions[index];
    const std::u32string_view words = analysis_.text.folded(self.range.begin, self.range.end);
    const std::optional<PointingPhrase> pointing = PointingPhraseOf(words);
    const uint32_t from = pointing ? self.range.begin : PointedFrom(self.range);
    const bool points = pointing || from < self.range.begin;
    if (points && (pointing ? pointing->head == nullptr : PersonNounAt(words) == words.size())) {
      const std::u32string_view noun = pointing ? words.substr(pointing->head_begin) : words;
      Sought sought{EntityType::kPerson, "", false, noun, U"", {}, {from, self.range.end}};
      if (const int32_t found = Find(index, sought); found >= 0) return found;
      return PersonPointedAt(index);
    }
    // Who speaks says 協會 of any and 這個平台 of what he has in hand.
    if (in_speech && !points) return -1;
    const HeadNoun* head = pointing ? pointing->head : HeadNounAt(words);
    if (head == nullptr) return -1;
    int32_t found = -1;
    ForEachBefore(index, kFar, [&](const TextMention& before) {
      if (before.range.end > from) return true;
      const bool named = before.form == MentionForm::kName && before.range.size() > head->word.size() &&
                         analysis_.text.folded(before.range.begin, before.range.end).ends_with(head->word);
      if (named && analysis_.entities[static_cast<size_t>(before.entity)].type != EntityType::kPerson) {
        found = before.entity;
      }
      return found < 0;
    });
    if (found >= 0 && head->word != U"公司") return found;
    Sought sought{head->type, head->subtype,         head->subtype == "company", head->word, head->in_names,
                  {},         {from, self.range.end}};
    const bool by_kind = points || !head->in_names.empty() || head->subtype == "film" ||
                         head->subtype == "government" || head->subtype == "company";
    if (!by_kind || (in_speech && head->subtype == "*")) sought.subtypes = "none";
    if (head->type != EntityType::kOrg && points) sought.unknown = true;
    if (!points && head->type == EntityType::kWork) sought.unknown = true;
    if (pointing && pointing->head_begin > 0) {
      const Pointing lead = PointingAt(words);
      for (uint32_t i = lead.size; i + 1 < pointing->head_begin; i += 2) sought.modifiers.push_back(words.substr(i, 2));
    }
    return Find(index, sought);
  }

  int32_t EmployerOf(int32_t person) const { return person < 0 ? -1 : ties_.employer[static_cast<size_t>(person)]; }

  int32_t Resolve(Kind kind, const TextMention& mention, const Quotation* quotation, uint32_t index) const {
    const TextTurn* turn = TurnOf(mention);
    const int32_t speaker = turn != nullptr        ? turn->speaker
                            : quotation != nullptr ? QuotedSpeaker(*quotation, index)
                                                   : -1;
    switch (kind) {
      case Kind::kSpeaker:
        if (turn == nullptr && quotation == nullptr) return author_;
        return speaker;
      case Kind::kListener:
        return turn != nullptr ? Other(speaker) : -1;
      case Kind::kSpeakersOrg:
        if (turn == nullptr && quotation == nullptr) return EmployerOf(author_);
        // An interviewer's we is everybody.
        if (IsEverybody(mention)) return -1;
        return EmployerOf(speaker);
      case Kind::kListenersOrg:
        return turn != nullptr ? EmployerOf(Other(speaker)) : -1;
      case Kind::kHe:
      case Kind::kShe:
        return Person(index, kind, quotation != nullptr ? speaker : -1);
      case Kind::kSelf: {
        if (LeadsToMany(index)) return -1;
        if (turn != nullptr) return speaker;
        const Focus& focus = history_.back();
        if (!focus.subjects.empty()) return focus.subjects.back();
        if (!focus.persons.empty()) return focus.persons.front();
        return -1;
      }
      case Kind::kOpposite: {
        // 对方: the person of this sentence who is not its subject.
        const Focus& focus = history_.back();
        if (focus.persons.size() != 2 || focus.subjects.empty()) return -1;
        return focus.persons[0] == focus.subjects.back() ? focus.persons[1] : focus.persons[0];
      }
      case Kind::kIt:
        return It(index, false);
      case Kind::kThey:
        return analysis_.language == "en" ? It(index, true) : -1;
      case Kind::kDefinite:
        return Definite(index);
      case Kind::kKin:
        return Kin(index);
      case Kind::kInstitution:
        return Thing(mention, Want::kOrganization);
      case Kind::kCompany: {
        const bool is_bare = mention.range.size() == 2;  // 公司, 集团
        if (turn != nullptr && (is_bare || analysis_.language == "en")) {
          if (const int32_t employer = EmployerOf(speaker); employer >= 0) return employer;
          if (const int32_t employer = EmployerOf(Other(speaker)); employer >= 0) return employer;
        }
        return Company(index);
      }
      case Kind::kFormer:
        return OneOfTwo(index, true);
      case Kind::kLatter:
        return OneOfTwo(index, false);
      case Kind::kOwner:
        return quotation != nullptr || turn != nullptr ? -1 : OwnerBefore(index);
      case Kind::kHead:
        return Headed(index, turn != nullptr);
      case Kind::kWife:
      case Kind::kHusband: {
        // 他的妻子: of the person named last.
        const Focus& focus = history_.back();
        for (const int32_t person : focus.persons) {
          if (const int32_t spouse = ties_.spouse[static_cast<size_t>(person)]; spouse >= 0) return spouse;
        }
        return Kin(index);
      }
      case Kind::kNone:
        return -1;
    }
    return -1;
  }

  TextAnalysis& analysis_;
  const LocalTies& ties_;
  const EntityDescriptions descriptions_;
  std::vector<bool> female_, male_;
  std::vector<Gender> likely_;      // by name, of persons
  std::vector<bool> full_name_;     // more than a word that may be anything
  std::vector<float> topic_share_;  // of the names of persons, or of things
  std::vector<int32_t> pair_;
  std::vector<int32_t> barred_;  // whom the pronoun under way cannot mean
  int32_t author_ = -1;
  int32_t main_company_ = -1;
  std::vector<Focus> history_;
};

}  // namespace

void ResolveReferences(TextAnalysis& analysis, const LocalTies& ties) { Resolver(analysis, ties).Run(); }

}  // namespace newsgraph
