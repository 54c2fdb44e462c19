#include "ingest/text/reference_resolver.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/text/code_points.h"
#include "ingest/text/pronoun_binding.h"
#include "ingest/text/reference_words.h"

namespace newsgraph {
namespace {

enum class Kind : uint8_t {
  kSpeaker,       // 我, I
  kListener,      // 你, you
  kSpeakersOrg,   // 我们, we
  kListenersOrg,  // 你们
  kHe,
  kShe,
  kSelf,         // 自己
  kOpposite,     // 对方
  kIt,           // 它, it, its
  kThey,         // they, of an organisation
  kCompany,      // 公司, the company
  kInstitution,  // 该机构, the agency
  kOfClass,      // the regulator: whose name or kind says that it is one
  kFormer,       // 前者
  kLatter,       // 后者
  kOwner,        // 其
  kHead,         // 该党, 法团
  kWife,
  kHusband,
  kNone,
};

struct Word {
  std::u32string_view word;
  Kind kind;
};

constexpr Word kWords[] = {
    {U"我", Kind::kSpeaker},
    {U"i", Kind::kSpeaker},
    {U"me", Kind::kSpeaker},
    {U"my", Kind::kSpeaker},
    {U"mine", Kind::kSpeaker},
    {U"你", Kind::kListener},
    {U"您", Kind::kListener},
    {U"you", Kind::kListener},
    {U"your", Kind::kListener},
    {U"我们", Kind::kSpeakersOrg},
    {U"we", Kind::kSpeakersOrg},
    {U"us", Kind::kSpeakersOrg},
    {U"our", Kind::kSpeakersOrg},
    {U"ours", Kind::kSpeakersOrg},
    {U"你们", Kind::kListenersOrg},
    {U"他", Kind::kHe},
    {U"he", Kind::kHe},
    {U"him", Kind::kHe},
    {U"his", Kind::kHe},
    {U"himself", Kind::kHe},
    {U"她", Kind::kShe},
    {U"she", Kind::kShe},
    {U"her", Kind::kShe},
    {U"hers", Kind::kShe},
    {U"herself", Kind::kShe},
    {U"自己", Kind::kSelf},
    {U"本人", Kind::kSelf},
    {U"对方", Kind::kOpposite},
    {U"它", Kind::kIt},
    {U"it", Kind::kIt},
    {U"its", Kind::kIt},
    {U"itself", Kind::kIt},
    {U"they", Kind::kThey},
    {U"them", Kind::kThey},
    {U"their", Kind::kThey},
    {U"前者", Kind::kFormer},
    {U"后者", Kind::kLatter},
    {U"其", Kind::kOwner},
    {U"公司", Kind::kCompany},
    {U"集团", Kind::kCompany},
    {U"该公司", Kind::kCompany},
    {U"这家公司", Kind::kCompany},
    {U"这间公司", Kind::kCompany},
    {U"该集团", Kind::kCompany},
    {U"该企业", Kind::kCompany},
    {U"该机构", Kind::kInstitution},
    {U"该组织", Kind::kInstitution},
    {U"该行", Kind::kCompany},
    {U"该校", Kind::kInstitution},
    {U"该报", Kind::kInstitution},
    {U"the company", Kind::kCompany},
    {U"the firm", Kind::kCompany},
    {U"the startup", Kind::kCompany},
    {U"the agency", Kind::kInstitution},
    {U"the group", Kind::kCompany},
    {U"the bank", Kind::kOfClass},
    {U"the retailer", Kind::kCompany},
    {U"the airline", Kind::kCompany},
    {U"the carmaker", Kind::kCompany},
    {U"the automaker", Kind::kCompany},
    {U"the chipmaker", Kind::kCompany},
    {U"the drugmaker", Kind::kCompany},
    {U"the lender", Kind::kCompany},
    {U"the insurer", Kind::kCompany},
    {U"the brewer", Kind::kCompany},
    {U"the conglomerate", Kind::kCompany},
    {U"the start-up", Kind::kCompany},
    {U"the broadcaster", Kind::kCompany},
    {U"the brokerage", Kind::kCompany},
    {U"the regulator", Kind::kOfClass},
    {U"the watchdog", Kind::kOfClass},
    {U"the authority", Kind::kOfClass},
    {U"the ministry", Kind::kOfClass},
    {U"the department", Kind::kOfClass},
    {U"the commission", Kind::kOfClass},
    {U"the union", Kind::kOfClass},
    {U"the university", Kind::kOfClass},
    {U"the foundation", Kind::kOfClass},
    {U"the charity", Kind::kOfClass},
    {U"the museum", Kind::kOfClass},
    {U"the newspaper", Kind::kOfClass},
    {U"the institute", Kind::kOfClass},
    {U"the federation", Kind::kOfClass},
    {U"the association", Kind::kOfClass},
    {U"the party", Kind::kOfClass},
    {U"the club", Kind::kOfClass},
    {U"the hospital", Kind::kOfClass},
    {U"the fund", Kind::kOfClass},
    {U"妻子", Kind::kWife},
    {U"丈夫", Kind::kHusband},
};

// What names of a class have in them, where that is another word than the class: the regulator is an authority.
struct ClassWords {
  std::u32string_view noun;
  std::u32string_view in_names;  // apart by spaces
  std::string_view subtype;      // speaks for it too; empty for none
};
constexpr ClassWords kClasses[] = {
    {U"regulator", U"authority commission regulator administration ofcom ofgem ofwat", ""},
    {U"watchdog", U"authority commission regulator administration ofcom ofgem ofwat", ""},
    {U"bank", U"bank banco banque bancorp", ""},
    {U"charity", U"charity fund foundation trust", ""},
    {U"museum", U"museum gallery", ""},
    {U"newspaper", U"times post herald gazette tribune journal courier guardian telegraph news daily", "media"},
    {U"party", U"party", "party"},
    {U"club", U"club fc united athletic rovers", ""},
    {U"fund", U"fund capital", ""},
};

Kind KindOf(std::u32string_view word) {
  for (const Word& known : kWords) {
    if (known.word == word) return known.kind;
  }
  return PointingPhraseAt(word) || HeadNounAt(word) != nullptr ? Kind::kHead : Kind::kNone;
}

// Behind 我们 or 我们的: what a country, a society or mankind has, not a company.
constexpr std::u32string_view kOwnedByEverybody[] = {
    U"国家", U"社会", U"政府", U"经济", U"民主", U"法律", U"宪法",   U"军队",   U"人民",
    U"民族", U"文化", U"历史", U"人类", U"星球", U"地球", U"世界",   U"这一代", U"下一代",
    U"孩子", U"父母", U"大脑", U"身体", U"生活", U"人生", U"每个人", U"大家",   U"都是人",
};

// Several or anybody, to whom 自己 leads back: 让每个人做自己的事.
constexpr std::u32string_view kMany[] = {U"们",     U"每",     U"大家",   U"人人", U"许多人", U"很多人",
                                         U"有些人", U"所有人", U"任何人", U"各自", U"别人",   U"多数人"};

constexpr size_t kSentencesBack = 3;  // how far a pronoun reaches

class Resolver {
 public:
  Resolver(TextAnalysis& analysis, const LocalTies& ties)
      : analysis_(analysis), ties_(ties), female_(analysis.entities.size()), male_(analysis.entities.size()) {}

  void Run() {
    for (size_t e = 0; e < ties_.gender.size(); ++e) {
      female_[e] = ties_.gender[e] == Gender::kFemale;
      male_[e] = ties_.gender[e] == Gender::kMale;
    }
    FindInterview();
    FindAuthor();
    FindMainCompany();
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
      const Kind kind = KindOf(analysis_.text.folded(mention.range.begin, mention.range.end));
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
    if (list == &focus.persons && mention.form == MentionForm::kName && InBrackets(mention)) return;
    if (std::find(list->begin(), list->end(), mention.entity) == list->end()) list->push_back(mention.entity);
    if (list == &focus.persons && BeginsClause(mention)) focus.subjects.push_back(mention.entity);
  }

  bool InBrackets(const TextMention& mention) const {
    const FoldedText& text = analysis_.text;
    for (uint32_t i = mention.range.begin; i > 0 && mention.range.begin - i < 12; --i) {
      const char32_t c = text[i - 1];
      if (c == U'(') return true;
      if (c == U')' || c == U'\n' || c == U'。') return false;
    }
    return false;
  }

  bool BeginsClause(const TextMention& mention) const {
    if (mention.range.begin == 0) return true;
    const FoldedText& text = analysis_.text;
    const char32_t c = text[mention.range.begin - 1];
    if (c == U' ' && mention.range.begin > 1) {
      const char32_t before = text[mention.range.begin - 2];
      return before == U'.' || before == U',' || before == U'"' || before == U'\n';
    }
    return c == U',' || c == U'。' || c == U';' || c == U'\n' || c == U':' || c == U'?' || c == U'!' || c == U'」' ||
           c == U'”';
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

  // The first person of this sentence, else of those before; in a turn nobody who takes part in it.
  int32_t Person(const TextMention& mention, Kind kind) const {
    const TextTurn* turn = TurnOf(mention);
    const int32_t speaker = turn != nullptr ? turn->speaker : -1;
    const int32_t other = Other(speaker);
    size_t back = 0;
    for (size_t f = history_.size(); f-- > 0 && back <= kSentencesBack; ++back) {
      const Focus& focus = history_[f];
      for (size_t s = focus.subjects.size(); s-- > 0;) {
        const int32_t person = focus.subjects[s];
        if (turn != nullptr && (person == speaker || person == other)) continue;
        if (Suits(person, kind)) return person;
      }
      for (const int32_t person : focus.persons) {
        if (turn != nullptr && (person == speaker || person == other)) continue;
        if (Suits(person, kind)) return person;
      }
    }
    return -1;
  }

  enum class Want : uint8_t { kAnything, kOrganization, kCompany };

  bool IsWanted(int32_t thing, Want want) const {
    if (IsBarred(thing)) return false;
    if (want == Want::kAnything) return true;
    if (!IsType(thing, EntityType::kOrg)) return false;
    if (want == Want::kOrganization) return true;
    // 公司 is no authority and no university.
    const std::string& subtype = analysis_.entities[static_cast<size_t>(thing)].subtype;
    return subtype.empty() || subtype == "company" || subtype == "media" || subtype == "exchange";
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

  // The bank: the organisation named last whose name says that it is one.
  int32_t OfClass(const TextMention& mention) const {
    constexpr uint32_t kArticle = 4;  // "the "
    const std::u32string_view noun = analysis_.text.folded(mention.range.begin + kArticle, mention.range.end);
    ClassWords words{noun, noun, ""};
    for (const ClassWords& known : kClasses) {
      if (known.noun == noun) words = known;
    }
    for (size_t f = history_.size(); f-- > 0;) {
      for (const int32_t thing : history_[f].things) {
        if (!IsType(thing, EntityType::kOrg)) continue;
        const LocalEntity& entity = analysis_.entities[static_cast<size_t>(thing)];
        if (!words.subtype.empty() && entity.subtype == words.subtype) return thing;
        std::string name = " " + entity.name + " ";
        std::transform(name.begin(), name.end(), name.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        for (std::u32string_view rest = words.in_names; !rest.empty();) {
          const size_t space = rest.find(U' ');
          const std::u32string_view word = rest.substr(0, space);
          std::string sought = " ";
          for (const char32_t c : word) sought += static_cast<char>(c);
          if (name.find(sought + " ") != std::string::npos) return thing;
          rest = space == std::u32string_view::npos ? std::u32string_view() : rest.substr(space + 1);
        }
      }
    }
    return -1;
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
      if (KindOf(analysis_.text.folded(range.begin, range.end)) == Kind::kFormer) index = i - 1;
    }
    ForEachBefore(index, 1, [&](const TextMention& before) {
      const EntityType one = analysis_.entities[static_cast<size_t>(before.entity)].type;
      if (one == EntityType::kPosition || IsValueType(one) || InBrackets(before)) return true;
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
      if (BeginsClause(before) || owner < 0) {
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
    if (BeginsClause(self)) return Person(self, Kind::kSelf);
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

  // 公司: of who speaks, of the sentence, of the document.
  int32_t Company(uint32_t index) const {
    const TextMention& mention = analysis_.mentions[index];
    const Focus& focus = history_.back();
    const std::u32string_view word = analysis_.text.folded(mention.range.begin, mention.range.end);
    int32_t named = -1;
    ForEachBefore(index, kSentencesBack, [&](const TextMention& before) {
      if (before.form == MentionForm::kName && IsType(before.entity, EntityType::kOrg) &&
          analysis_.text.folded(before.range.begin, before.range.end).ends_with(word)) {
        named = before.entity;
      }
      return named < 0;
    });
    if (named >= 0 && word != U"公司") return named;
    if (!focus.subjects.empty()) {
      if (const int32_t employer = EmployerOf(focus.subjects.back()); employer >= 0) return employer;
    }
    for (const int32_t thing : focus.things) {
      if (IsWanted(thing, Want::kCompany) && !IsMedia(thing)) return thing;
    }
    if (main_company_ >= 0) return main_company_;
    return Thing(mention, Want::kCompany);
  }

  // 该党, 法团: the nearest whose name ends so, else the nearest of the kind.
  int32_t Headed(uint32_t index, bool in_speech) const {
    constexpr uint32_t kFar = 40, kNear = 2;
    const TextMention& self = analysis_.mentions[index];
    const std::u32string_view words = analysis_.text.folded(self.range.begin, self.range.end);
    const std::optional<PointingPhrase> pointing = PointingPhraseAt(words);
    int32_t found = -1;
    if (pointing && pointing->head == nullptr) return PersonPointedAt(index);
    // Who speaks says 協會 of any and 這個平台 of what he has in hand.
    if (in_speech && !pointing) return -1;
    const HeadNoun* head = pointing ? pointing->head : HeadNounAt(words);
    ForEachBefore(index, kFar, [&](const TextMention& before) {
      const bool named = before.form == MentionForm::kName && before.range.size() > head->word.size() &&
                         analysis_.text.folded(before.range.begin, before.range.end).ends_with(head->word);
      if (named && analysis_.entities[static_cast<size_t>(before.entity)].type != EntityType::kPerson) {
        found = before.entity;
      }
      return found < 0;
    });
    if (found >= 0 || !pointing || head->subtype.empty() || (in_speech && head->subtype == "*")) return found;
    ForEachBefore(index, kNear, [&](const TextMention& before) {
      const LocalEntity& entity = analysis_.entities[static_cast<size_t>(before.entity)];
      const bool is_kind = head->subtype == "*" || entity.subtype == head->subtype ||
                           (entity.subtype.empty() && head->subtype == "company");
      if (entity.type == head->type && is_kind) found = before.entity;
      return found < 0;
    });
    return found;
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
        return Person(mention, kind);
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
        return Thing(mention, Want::kAnything);
      case Kind::kThey:
        return analysis_.language == "en" ? Thing(mention, Want::kOrganization) : -1;
      case Kind::kOfClass: {
        if (const int32_t named = OfClass(mention); named >= 0) return named;
        const bool bank = analysis_.text.folded(mention.range.begin, mention.range.end) == U"the bank";
        return bank ? Thing(mention, Want::kCompany) : -1;
      }
      case Kind::kInstitution:
        return Thing(mention, Want::kOrganization);
      case Kind::kCompany: {
        const bool is_bare = mention.range.size() == 2;  // 公司, 集团
        if (turn != nullptr && (is_bare || analysis_.language == "en")) {
          if (const int32_t employer = EmployerOf(speaker); employer >= 0) return employer;
          if (const int32_t employer = EmployerOf(Other(speaker)); employer >= 0) return employer;
        }
        const int32_t thing = is_bare ? Company(index) : Thing(mention, Want::kCompany);
        if (thing >= 0) return thing;
        const Focus& focus = history_.back();
        return focus.persons.empty() ? -1 : EmployerOf(focus.persons.front());
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
        return -1;
      }
      case Kind::kNone:
        return -1;
    }
    return -1;
  }

  TextAnalysis& analysis_;
  const LocalTies& ties_;
  std::vector<bool> female_, male_;
  std::vector<int32_t> pair_;
  std::vector<int32_t> barred_;  // whom the pronoun under way cannot mean
  int32_t author_ = -1;
  int32_t main_company_ = -1;
  std::vector<Focus> history_;
};

}  // namespace

void ResolveReferences(TextAnalysis& analysis, const LocalTies& ties) { Resolver(analysis, ties).Run(); }

}  // namespace newsgraph
