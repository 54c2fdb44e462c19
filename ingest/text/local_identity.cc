#include "ingest/text/local_identity.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <unordered_map>

#include "graph/name_folding.h"
#include "ingest/text/code_points.h"
#include "ingest/text/implied_employers.h"
#include "ingest/text/mention_places.h"
#include "ingest/text/name_matching.h"
#include "ingest/text/reference_resolver.h"

namespace newsgraph {
namespace {

constexpr size_t kMostCompared = 400;  // names of persons that are compared with each other

// One way of writing one name: all mentions of equal folded name, type and entry.
struct Form {
  std::u32string name;
  PartedName parted;  // of name, once all forms are there
  std::string folded;
  EntityType type = EntityType::kUnknown;
  int32_t entry = -1;
  bool partial = true;  // in all its mentions
  std::vector<uint32_t> mentions;

  const std::vector<std::u32string_view>& parts() const { return parted.parts; }
};

class Union {
 public:
  explicit Union(size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0u); }
  uint32_t Find(uint32_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  // The smaller number stays the root, so that the result depends on no order.
  void Join(uint32_t a, uint32_t b) {
    a = Find(a);
    b = Find(b);
    if (a != b) parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<uint32_t> parent_;
};

bool IsHanName(const Form& form) { return !form.name.empty() && IsHan(form.name[0]); }

class LocalResolver {
 public:
  LocalResolver(TextAnalysis& analysis, const Lexicon& lexicon, const NameLists& lists, std::string_view publisher)
      : analysis_(analysis), lexicon_(lexicon), lists_(lists), publisher_(FoldName(publisher)), groups_(0) {}

  void Run() {
    CollectForms();
    groups_ = Union(forms_.size());
    entry_of_.assign(forms_.size(), -1);
    for (uint32_t i = 0; i < forms_.size(); ++i) entry_of_[i] = forms_[i].entry;
    JoinEntries();
    JoinGlosses();
    JoinMisspellings();
    FindKin();
    JoinPersonParts();
    JoinShortForms();
    MakeEntities();
    SetSpeakers();
    Observe();
    ResolveReferences(analysis_, ties_, lists_);
    DropNobody();
  }

 private:
  using ByName = std::unordered_map<std::string, std::vector<uint32_t>>;  // folded name: its forms

  bool MayJoin(uint32_t a, uint32_t b) {
    const int32_t left = entry_of_[groups_.Find(a)], right = entry_of_[groups_.Find(b)];
    return left < 0 || right < 0 || left == right;
  }
  void Join(uint32_t a, uint32_t b) {
    if (!MayJoin(a, b)) return;
    const int32_t entry = std::max(entry_of_[groups_.Find(a)], entry_of_[groups_.Find(b)]);
    groups_.Join(a, b);
    entry_of_[groups_.Find(a)] = entry;
  }

  void CollectForms() {
    // Most names are written in the same way each time: those are folded once.
    std::unordered_map<std::u32string_view, ByName::value_type*> written;
    form_of_.assign(analysis_.mentions.size(), UINT32_MAX);
    for (uint32_t i = 0; i < analysis_.mentions.size(); ++i) {
      TextMention& mention = analysis_.mentions[i];
      mention.entity = -1;
      if (mention.form != MentionForm::kName || IsValueType(mention.type)) continue;
      ByName::value_type*& row = written[analysis_.text.original(mention.range.begin, mention.range.end)];
      if (row == nullptr) {
        row = &*by_name_.try_emplace(analysis_.text.FoldedName(mention.range.begin, mention.range.end)).first;
      }
      const std::string& folded = row->first;
      std::vector<uint32_t>& same = row->second;
      uint32_t number = UINT32_MAX;
      for (const uint32_t other : same) {
        if (forms_[other].type == mention.type && forms_[other].entry == mention.lexicon_entry) number = other;
      }
      if (number == UINT32_MAX) {
        number = static_cast<uint32_t>(forms_.size());
        same.push_back(number);
        Form& form = forms_.emplace_back();
        form.name = DecodeUtf8(folded);
        form.folded = folded;
        form.type = mention.type;
        form.entry = mention.lexicon_entry;
      }
      forms_[number].mentions.push_back(i);
      forms_[number].partial &= mention.partial;
      form_of_[i] = number;
    }
    for (Form& form : forms_) form.parted = {form.name, NameParts(form.name)};
  }

  void JoinEntries() {
    std::map<int32_t, uint32_t> first;
    for (uint32_t i = 0; i < forms_.size(); ++i) {
      if (forms_[i].entry < 0) continue;
      const auto [place, added] = first.emplace(forms_[i].entry, i);
      if (!added) Join(place->second, i);
    }
    for (uint32_t i = 0; i < forms_.size(); ++i) {
      // One name and type with an entry here and without there is one.
      for (const uint32_t other : by_name_.at(forms_[i].folded)) {
        if (other < i && forms_[other].type == forms_[i].type) Join(other, i);
      }
    }
  }

  void JoinGlosses() {
    for (uint32_t i = 0; i < analysis_.mentions.size(); ++i) {
      const TextMention& mention = analysis_.mentions[i];
      if (mention.gloss_of.empty() || form_of_[i] == UINT32_MAX) continue;
      const auto found = by_name_.find(mention.gloss_of);
      if (found == by_name_.end()) continue;
      for (const uint32_t other : found->second) {
        if (forms_[other].type == mention.type) Join(other, form_of_[i]);
      }
    }
  }

  // "Meier and his wife, Anna Meier", "Meier is the son of Samuel Meier": a surname alone, and the full name that a
  // word of kin sets against it.
  void FindKin() {
    const auto& mentions = analysis_.mentions;
    const TextMention* last = nullptr;
    uint32_t last_form = UINT32_MAX;
    for (uint32_t i = 0; i < mentions.size(); ++i) {
      if (form_of_[i] == UINT32_MAX || mentions[i].type != EntityType::kPerson) continue;
      const TextMention* const before = last;
      const uint32_t form = form_of_[i], other = last_form;
      last = &mentions[i];
      last_form = form;
      if (before == nullptr || before->sentence != last->sentence || before->range.end >= last->range.begin) continue;
      const auto& left = forms_[other].parts();
      const auto& right = forms_[form].parts();
      if ((left.size() == 1) == (right.size() == 1)) continue;
      if (AreKin(analysis_.text.folded(before->range.end, last->range.begin))) kin_.emplace_back(other, form);
    }
  }

  // Whether the words between two names make their bearers kin.
  static bool AreKin(std::u32string_view between) {
    constexpr size_t kLongest = 60;
    static constexpr std::u32string_view kKin[] = {
        U"wife",          U"husband",       U"widow",          U"widower",       U"son",          U"daughter",
        U"father",        U"mother",        U"brother",        U"sister",        U"sibling",      U"twin",
        U"uncle",         U"aunt",          U"nephew",         U"niece",         U"cousin",       U"grandson",
        U"grandfather",   U"granddaughter", U"grandmother",    U"stepson",       U"stepdaughter", U"stepfather",
        U"stepmother",    U"half-brother",  U"half-sister",    U"fiancé",        U"fiancée",      U"fiance",
        U"fiancee",       U"spouse",        U"girlfriend",     U"boyfriend",     U"ex-wife",      U"ex-husband",
        U"father-in-law", U"mother-in-law", U"brother-in-law", U"sister-in-law", U"son-in-law",   U"daughter-in-law",
        U"parents",       U"sons",          U"daughters",      U"brothers",      U"sisters",      U"children",
        U"child"};
    static constexpr std::u32string_view kWed[] = {U"married",   U"marries",  U"wed",
                                                   U"remarried", U"divorced", U"wedded"};
    static constexpr std::u32string_view kHanKin[] = {U"妻子", U"丈夫", U"太太", U"儿子", U"女儿", U"父亲", U"母亲",
                                                      U"哥哥", U"弟弟", U"姐姐", U"妹妹", U"前妻", U"前夫", U"之子",
                                                      U"之女", U"叔叔", U"侄子", U"孙子", U"孙女", U"祖父", U"祖母"};
    if (between.size() > kLongest) return false;
    for (const std::u32string_view word : kHanKin) {
      if (between.size() <= 8 && between.ends_with(word)) return true;
    }
    std::vector<std::u32string_view> words;
    std::vector<bool> comma;  // behind the word
    for (size_t i = 0; i < between.size();) {
      size_t end = i;
      while (end < between.size() && (IsLatinLetter(between[end]) || between[end] == U'-')) ++end;
      if (end > i) {
        words.push_back(between.substr(i, end - i));
        comma.push_back(end < between.size() && between[end] == U',');
      }
      i = std::max(end, i + 1);
    }
    const auto is_one_of = [](const auto& list, std::u32string_view word) {
      return std::find(std::begin(list), std::end(list), word) != std::end(list);
    };
    for (size_t k = words.size(); k-- > 0;) {
      const size_t behind = words.size() - k - 1;
      const bool ends_clause =
          std::find(comma.begin() + static_cast<std::ptrdiff_t>(k) + 1, comma.end(), true) != comma.end();
      if (is_one_of(kKin, words[k])) {
        // his wife Anna Meier; his mother, the actress Evelyn Meier; the son of the banker Samuel Meier
        if (behind == 0) return true;
        if (comma[k] && behind <= 3 && !ends_clause) return true;
        if (words[k + 1] == U"of" && behind <= 4 && !ends_clause) return true;
      }
      if (is_one_of(kWed, words[k]) && (behind == 0 || (behind <= 2 && !ends_clause && words[k + 1] == U"to")))
        return true;
    }
    return false;
  }

  bool IsKin(uint32_t part, uint32_t full) {
    return std::any_of(kin_.begin(), kin_.end(), [&](const std::pair<uint32_t, uint32_t>& pair) {
      const uint32_t other = pair.first == part ? pair.second : pair.second == part ? pair.first : UINT32_MAX;
      return other != UINT32_MAX && groups_.Find(other) == groups_.Find(full);
    });
  }

  std::vector<uint32_t> Persons() const {
    std::vector<uint32_t> persons;
    for (uint32_t i = 0; i < forms_.size() && persons.size() < kMostCompared; ++i) {
      if (forms_[i].type == EntityType::kPerson) persons.push_back(i);
    }
    return persons;
  }

  void JoinMisspellings() {
    const std::vector<uint32_t> persons = Persons();
    for (size_t a = 0; a < persons.size(); ++a) {
      for (size_t b = a + 1; b < persons.size(); ++b) {
        if (IsMisspelling(forms_[persons[a]].parted, forms_[persons[b]].parted)) Join(persons[a], persons[b]);
      }
    }
    // 扎克伯克 beside 马克·扎克伯格: a misspelt surname alone.
    for (const uint32_t part : persons) {
      const Form& misspelt = forms_[part];
      if (misspelt.parts().size() != 1) continue;
      uint32_t match = UINT32_MAX;
      bool several = false;
      for (const uint32_t full : persons) {
        const auto& parts = forms_[full].parts();
        // A slip of the pen adds one character or takes one away.
        const size_t length = misspelt.parts()[0].size();
        if (parts.size() < 2 || parts.back().size() + 1 < length || parts.back().size() > length + 1 ||
            !IsMisspelling(misspelt.name, parts.back())) {
          continue;
        }
        if (match != UINT32_MAX && groups_.Find(match) != groups_.Find(full)) several = true;
        match = full;
      }
      if (match != UINT32_MAX && !several) Join(match, part);
    }
  }

  size_t Mentions(uint32_t group) {
    size_t count = 0;
    for (uint32_t i = 0; i < forms_.size(); ++i) {
      if (groups_.Find(i) == group) count += forms_[i].mentions.size();
    }
    return count;
  }

  // Joins `part` with the one of `fulls` that it must mean: the only one, or the only one
  // named before it, or one that is named far more often than any other.
  void JoinPart(uint32_t part, const std::vector<uint32_t>& fulls) {
    std::vector<uint32_t> groups;
    for (const uint32_t full : fulls) {
      const uint32_t group = groups_.Find(full);
      if (group == groups_.Find(part)) return;
      if (std::find(groups.begin(), groups.end(), group) == groups.end() && MayJoin(full, part))
        groups.push_back(group);
    }
    if (groups.empty()) return;
    if (groups.size() == 1) {
      Join(groups[0], part);
      return;
    }
    const uint32_t first = forms_[part].mentions.front();
    std::vector<uint32_t> before;
    for (const uint32_t full : fulls) {
      if (forms_[full].mentions.front() < first) {
        const uint32_t group = groups_.Find(full);
        if (std::find(before.begin(), before.end(), group) == before.end()) before.push_back(group);
      }
    }
    if (before.size() == 1) {
      Join(before[0], part);
      return;
    }
    // Haichuan used after Haichuan Technologies and before Haichuan Capital is the first.
    std::vector<uint32_t> order = fulls;
    std::sort(order.begin(), order.end(),
              [&](uint32_t a, uint32_t b) { return forms_[a].mentions.front() < forms_[b].mentions.front(); });
    uint32_t second = UINT32_MAX;
    for (const uint32_t full : order) {
      if (groups_.Find(full) != groups_.Find(order.front())) second = std::min(second, forms_[full].mentions.front());
    }
    for (const uint32_t mention : forms_[part].mentions) {
      if (mention > forms_[order.front()].mentions.front() && mention < second) {
        Join(order.front(), part);
        return;
      }
    }
    std::sort(groups.begin(), groups.end(), [&](uint32_t a, uint32_t b) {
      const size_t x = Mentions(a), y = Mentions(b);
      return x != y ? x > y : a < b;
    });
    if (Mentions(groups[0]) >= 3 * Mentions(groups[1])) Join(groups[0], part);
  }

  void JoinPersonParts() {
    const std::vector<uint32_t> persons = Persons();
    for (const uint32_t part : persons) {
      const std::u32string& name = forms_[part].name;
      if (forms_[part].parts().size() != 1) continue;
      std::vector<uint32_t> fulls;
      for (const uint32_t full : persons) {
        if (full == part || IsKin(part, full)) continue;
        const Form& other = forms_[full];
        const auto& other_parts = other.parts();
        if (other_parts.size() >= 2) {
          // Surname last, or first where the given name has a hyphen; a given name alone.
          if (other_parts.back() == name || other_parts.front() == name) fulls.push_back(full);
        } else if (IsHanName(forms_[part]) && IsHanName(other) && other.name.size() >= 3 && name.size() <= 2 &&
                   name.size() < other.name.size()) {
          // 林女士 of 林予晴, 予晴 of 林予晴
          const bool surname =
              other.name.compare(0, name.size(), name) == 0 && name.size() == 1 && forms_[part].entry < 0;
          const bool given = name.size() == 2 && other.name.size() == 3 && other.name.compare(1, 2, name) == 0;
          if (surname || given) fulls.push_back(full);
        }
      }
      JoinPart(part, fulls);
    }
    // Michelle Johnston Holthaus and Michelle Holthaus.
    for (const uint32_t shorter : persons) {
      const auto& parts = forms_[shorter].parts();
      if (parts.size() != 2 || IsHanName(forms_[shorter])) continue;
      std::vector<uint32_t> fulls;
      for (const uint32_t full : persons) {
        const auto& other = forms_[full].parts();
        if (other.size() >= 3 && other.front() == parts.front() && other.back() == parts.back()) fulls.push_back(full);
      }
      JoinPart(shorter, fulls);
    }
  }

  void JoinShortForms() {
    std::vector<uint32_t> organizations;
    for (uint32_t i = 0; i < forms_.size() && organizations.size() < kMostCompared; ++i) {
      if (forms_[i].type == EntityType::kOrg) organizations.push_back(i);
    }
    for (const uint32_t part : organizations) {
      const std::u32string& name = forms_[part].name;
      // A Latin word that no lexicon knows is short for the name that begins with it; Han
      // characters only where the finder says so (北岸 is not 北岸大学).
      if (!forms_[part].partial &&
          (!IsLatinLetter(name[0]) || forms_[part].entry >= 0 || forms_[part].parts().size() > 1))
        continue;
      std::vector<uint32_t> fulls;
      for (const uint32_t full : organizations) {
        const Form& other = forms_[full];
        if (full == part || (other.partial && forms_[part].partial) || other.name.size() <= name.size() ||
            other.name.compare(0, name.size(), name) != 0)
          continue;
        if (IsLatinLetter(name.back()) && other.name[name.size()] != U' ') continue;
        fulls.push_back(full);
      }
      JoinPart(part, fulls);
    }
  }

  // How full a name is, for the name to show.
  int Fullness(const Form& form) const {
    const bool chinese = analysis_.language != "en";
    int fullness = 0;
    const size_t parts = form.parts().size();
    const bool han = IsHanName(form);
    if (form.type == EntityType::kPerson) {
      fullness += han ? (parts >= 2 ? 40 : form.name.size() >= 2 ? 30 : 0) : parts >= 2 ? 35 : 10;
      if (han == chinese && fullness >= 30) fullness += 20;
    } else {
      if (han == chinese) fullness += 20;
      if (!form.partial) fullness += 10;
      fullness += static_cast<int>(std::min<size_t>(form.name.size(), 9));
    }
    if (form.entry >= 0) fullness += 2;
    return fullness;
  }

  void MakeEntities() {
    std::vector<int32_t> entity_of(forms_.size(), -1);
    std::vector<std::pair<uint32_t, uint32_t>> best;  // by entity: fullness, form
    analysis_.entities.clear();
    for (uint32_t i = 0; i < analysis_.mentions.size(); ++i) {
      if (form_of_[i] == UINT32_MAX) continue;
      const uint32_t group = groups_.Find(form_of_[i]);
      if (entity_of[group] < 0) {
        entity_of[group] = static_cast<int32_t>(analysis_.entities.size());
        analysis_.entities.emplace_back();
        forms_of_.emplace_back();
      }
      const int32_t entity = entity_of[group];
      analysis_.mentions[i].entity = entity;
      std::vector<uint32_t>& forms = forms_of_[static_cast<size_t>(entity)];
      if (std::find(forms.begin(), forms.end(), form_of_[i]) == forms.end()) forms.push_back(form_of_[i]);
    }
    for (size_t e = 0; e < analysis_.entities.size(); ++e) {
      LocalEntity& entity = analysis_.entities[e];
      const Form* fullest = nullptr;
      for (const uint32_t number : forms_of_[e]) {
        const Form& form = forms_[number];
        if (entity.lexicon_entry < 0) entity.lexicon_entry = form.entry;
        if (fullest == nullptr) {
          fullest = &form;
          continue;
        }
        const int a = Fullness(form), b = Fullness(*fullest);
        if (a > b || (a == b && form.mentions.size() > fullest->mentions.size())) fullest = &form;
      }
      const TextMention& shown = analysis_.mentions[fullest->mentions.front()];
      entity.name = analysis_.text.Surface(shown.range.begin, shown.range.end);
      entity.type = fullest->type;
      for (const uint32_t number : forms_of_[e]) {
        for (const uint32_t mention : forms_[number].mentions) {
          if (entity.subtype.empty()) entity.subtype = analysis_.mentions[mention].subtype;
          if (entity.occupation.empty()) entity.occupation = analysis_.mentions[mention].occupation;
        }
      }
      if (entity.lexicon_entry >= 0) {
        const LexiconEntry& entry = lexicon_.entry(entity.lexicon_entry);
        entity.type = entry.type;
        if (!entry.subtype.empty()) entity.subtype = entry.subtype;
        if (entry.type == EntityType::kPerson && !entry.occupation.empty()) entity.occupation = entry.occupation;
        entity.external_ids.emplace_back("lexicon", entry.id);
        if (!entry.wikidata.empty()) entity.external_ids.emplace_back("wikidata", entry.wikidata);
      } else if (entity.type == EntityType::kPerson) {
        const size_t parts = fullest->parts().size();
        // A Latin word alone is a surname or a given name; so is one Han character, and two in transliteration.
        entity.bare = parts == 1 && (!IsHanName(*fullest) || fullest->name.size() == 1 || fullest->partial);
      } else {
        entity.bare = fullest->partial;
      }
    }
  }

  void SetSpeakers() {
    for (TextTurn& turn : analysis_.turns) {
      turn.speaker = -1;
      const auto first =
          std::lower_bound(analysis_.mentions.begin(), analysis_.mentions.end(), turn.label.begin,
                           [](const TextMention& mention, uint32_t begin) { return mention.range.begin < begin; });
      for (auto mention = first; mention != analysis_.mentions.end() && mention->range.begin < turn.label.end;
           ++mention) {
        if (mention->entity >= 0 && mention->form == MentionForm::kName &&
            (analysis_.entities[static_cast<size_t>(mention->entity)].type == EntityType::kPerson ||
             mention->range == turn.label)) {
          turn.speaker = mention->entity;
          break;
        }
      }
    }
    SetAnswerer();
  }

  // "A:" behind "Q:", 答 behind 问: whom the interview is with, where nobody else is named before it begins.
  void SetAnswerer() {
    static constexpr std::u32string_view kAnswers[] = {U"a", U"答", U"答复", U"受访者"};
    const auto answers = [&](const TextTurn& turn) {
      const std::u32string_view label = analysis_.text.folded(turn.label.begin, turn.label.end);
      return std::find(std::begin(kAnswers), std::end(kAnswers), label) != std::end(kAnswers);
    };
    if (std::none_of(analysis_.turns.begin(), analysis_.turns.end(), answers)) return;
    int32_t guest = -1;
    for (const TextMention& mention : analysis_.mentions) {
      if (mention.range.begin >= analysis_.turns.front().label.begin) break;
      if (mention.type != EntityType::kPerson || mention.entity < 0 || IsReporter(analysis_.text, mention)) continue;
      if (mention.sentence < analysis_.sentences.size() &&
          analysis_.sentences[mention.sentence].kind == SentenceKind::kByline)
        continue;
      if (guest >= 0 && guest != mention.entity) return;
      guest = mention.entity;
    }
    for (TextTurn& turn : analysis_.turns) {
      if (turn.speaker < 0 && answers(turn)) turn.speaker = guest;
    }
  }

  // The folded text between two mentions, empty when they touch.
  std::u32string_view Between(const TextMention& a, const TextMention& b) const {
    return a.range.end <= b.range.begin ? analysis_.text.folded(a.range.end, b.range.begin) : std::u32string_view();
  }

  void AddObservation(int32_t entity, std::string_view kind, std::string value) {
    if (entity < 0 || value.empty()) return;
    analysis_.entities[static_cast<size_t>(entity)].observations.push_back({std::string(kind), std::move(value)});
  }

  std::string FoldedNameOf(int32_t entity) const {
    return FoldName(analysis_.entities[static_cast<size_t>(entity)].name);
  }

  void SetEmployer(int32_t person, int32_t organization) {
    AddObservation(person, "employer", FoldedNameOf(organization));
    int32_t& employer = ties_.employer[static_cast<size_t>(person)];
    if (employer < 0) employer = organization;
  }

  void AddTitle(int32_t person, const TextMention& title) {
    AddObservation(person, "title", analysis_.text.FoldedName(title.range.begin, title.range.end));
    LocalEntity& entity = analysis_.entities[static_cast<size_t>(person)];
    if (!entity.occupation.empty() || title.lexicon_entry < 0) return;
    const LexiconEntry& entry = lexicon_.entry(title.lexicon_entry);
    if (!entry.occupation.empty()) {
      entity.occupation = entry.occupation;
    } else if (entry.relation == "ceo_of" || entry.relation == "chair_of" || entry.relation == "executive_of" ||
               entry.relation == "founded") {
      entity.occupation = "executive";
    }
  }

  static bool IsJoint(std::u32string_view gap) {
    static constexpr std::u32string_view kJoints[] = {U"",   U" ",  U"兼", U"和", U"与",    U"及",
                                                      U"、", U"暨", U"的", U"/",  U" and ", U"兼任"};
    return std::find(std::begin(kJoints), std::end(kJoints), gap) != std::end(kJoints);
  }
  static bool IsPossessive(std::u32string_view gap) {
    return gap.empty() || gap == U" " || gap == U"的" || gap == U"'s " || gap == U"’s ";
  }

  void Observe() {
    const size_t count = analysis_.entities.size();
    ties_.employer.assign(count, -1);
    ties_.spouse.assign(count, -1);
    ties_.gender.assign(count, Gender::kUnknown);
    auto& mentions = analysis_.mentions;
    std::vector<uint32_t> names;  // mentions of names in order; pronouns do not stand between
    for (uint32_t i = 0; i < mentions.size(); ++i) {
      if (mentions[i].form == MentionForm::kName) names.push_back(i);
    }
    for (size_t n = 0; n < names.size(); ++n) {
      const TextMention& person = mentions[names[n]];
      if (person.type != EntityType::kPerson || person.entity < 0) continue;
      ObserveBefore(names, n);
      ObserveAfter(names, n);
      ObserveGender(person);
    }
    FindImpliedEmployers(analysis_, lexicon_, names, ties_.employer);
    ObserveKin(names);
    FindPublisher();
    for (size_t e = 0; e < count; ++e) {
      LocalEntity& entity = analysis_.entities[e];
      const std::string own = FoldName(entity.name);
      for (const uint32_t number : forms_of_[e]) {
        const Form& form = forms_[number];
        if (form.folded != own && !form.partial && !(form.type == EntityType::kPerson && form.name.size() == 1)) {
          AddObservation(static_cast<int32_t>(e), "name", form.folded);
        }
        for (const uint32_t mention : form.mentions) {
          if (mentions[mention].gloss_of.empty()) continue;
          AddObservation(static_cast<int32_t>(e), "gloss", form.folded);
          AddObservation(static_cast<int32_t>(e), "gloss", mentions[mention].gloss_of);
        }
      }
      std::sort(entity.observations.begin(), entity.observations.end());
      entity.observations.erase(std::unique(entity.observations.begin(), entity.observations.end()),
                                entity.observations.end());
    }
    for (uint32_t i = 0; i < mentions.size(); ++i) {
      if (mentions[i].entity >= 0) analysis_.entities[static_cast<size_t>(mentions[i].entity)].mentions.push_back(i);
    }
  }

  // Meta创始人兼CEO|马克·扎克伯格, 加拿大总理|卡尼, OpenAI CEO Sam Altman
  void ObserveBefore(const std::vector<uint32_t>& names, size_t n) {
    const auto& mentions = analysis_.mentions;
    const TextMention* right = &mentions[names[n]];
    const int32_t person = right->entity;
    bool titled = false;
    for (size_t k = n; k-- > 0 && n - k <= 5;) {
      const TextMention& left = mentions[names[k]];
      const std::u32string_view gap = Between(left, *right);
      if (left.type == EntityType::kPosition && IsJoint(gap)) {
        AddTitle(person, left);
        titled = true;
        right = &left;
        continue;
      }
      if (!titled) return;
      if (left.type == EntityType::kOrg && left.entity >= 0 && IsPossessive(gap)) {
        SetEmployer(person, left.entity);
      } else if (left.type == EntityType::kGpe && left.entity >= 0 && IsPossessive(gap)) {
        AddObservation(person, "country", FoldedNameOf(left.entity));
      }
      return;
    }
  }

  // 阿尔特曼(OpenAI CEO); Priya Nadel, an analyst at Corwell Research; Lin Yu-ching, its chief executive
  void ObserveAfter(const std::vector<uint32_t>& names, size_t n) {
    const auto& mentions = analysis_.mentions;
    const TextMention& name = mentions[names[n]];
    const int32_t person = name.entity;
    if (n + 1 >= names.size()) return;
    const TextMention& next = mentions[names[n + 1]];
    const std::u32string_view gap = Between(name, next);
    if (next.type == EntityType::kOrg && (gap == U"(" || gap == U"，" || gap == U",") && n + 2 < names.size()) {
      const TextMention& title = mentions[names[n + 2]];
      if (title.type == EntityType::kPosition && IsPossessive(Between(next, title)) && next.entity >= 0) {
        AddTitle(person, title);
        SetEmployer(person, next.entity);
      }
      return;
    }
    static constexpr std::u32string_view kArticles[] = {U", ",     U", an ",     U", a ", U", the ",
                                                        U", its ", U", who is ", U" is "};
    const bool apposition = std::find(std::begin(kArticles), std::end(kArticles), gap) != std::end(kArticles);
    if (next.type != EntityType::kPosition || !apposition) return;
    AddTitle(person, next);
    const TextMention* last = &next;
    for (size_t k = n + 2; k < names.size() && k <= n + 4; ++k) {
      const TextMention& right = mentions[names[k]];
      const std::u32string_view joint = Between(*last, right);
      if (right.type == EntityType::kPosition && (joint == U" and " || joint == U" & ")) {
        AddTitle(person, right);
        last = &right;
        continue;
      }
      if (right.type == EntityType::kOrg && right.entity >= 0 &&
          (joint == U" at " || joint == U" of " || joint == U", " || joint == U" for " || joint == U" at the " ||
           joint == U" of the ")) {
        SetEmployer(person, right.entity);
      }
      return;
    }
  }

  // 妻子普莉西亚·陈, 王女士, Ms. Holt
  void ObserveGender(const TextMention& person) {
    static constexpr std::pair<std::u32string_view, Gender> kBefore[] = {{U"妻子", Gender::kFemale},
                                                                         {U"太太", Gender::kFemale},
                                                                         {U"女儿", Gender::kFemale},
                                                                         {U"母亲", Gender::kFemale},
                                                                         {U"女星", Gender::kFemale},
                                                                         {U"wife ", Gender::kFemale},
                                                                         {U"wife, ", Gender::kFemale},
                                                                         {U"mrs. ", Gender::kFemale},
                                                                         {U"ms. ", Gender::kFemale},
                                                                         {U"丈夫", Gender::kMale},
                                                                         {U"儿子", Gender::kMale},
                                                                         {U"父亲", Gender::kMale},
                                                                         {U"husband ", Gender::kMale},
                                                                         {U"husband, ", Gender::kMale},
                                                                         {U"mr. ", Gender::kMale},
                                                                         {U"brother ", Gender::kMale},
                                                                         {U"sister ", Gender::kFemale},
                                                                         {U" sister, ", Gender::kFemale},
                                                                         {U" daughter ", Gender::kFemale},
                                                                         {U" daughter, ", Gender::kFemale},
                                                                         {U" mother ", Gender::kFemale},
                                                                         {U" mother, ", Gender::kFemale},
                                                                         {U" niece ", Gender::kFemale},
                                                                         {U" niece, ", Gender::kFemale},
                                                                         {U" aunt ", Gender::kFemale},
                                                                         {U" aunt, ", Gender::kFemale},
                                                                         {U" widow ", Gender::kFemale},
                                                                         {U" widow, ", Gender::kFemale},
                                                                         {U" grandmother ", Gender::kFemale},
                                                                         {U" grandmother, ", Gender::kFemale},
                                                                         {U" granddaughter ", Gender::kFemale},
                                                                         {U" granddaughter, ", Gender::kFemale},
                                                                         {U" girlfriend ", Gender::kFemale},
                                                                         {U" girlfriend, ", Gender::kFemale},
                                                                         {U" mrs ", Gender::kFemale},
                                                                         {U" ms ", Gender::kFemale},
                                                                         {U" dame ", Gender::kFemale},
                                                                         {U" lady ", Gender::kFemale},
                                                                         {U" queen ", Gender::kFemale},
                                                                         {U" princess ", Gender::kFemale},
                                                                         {U" chairwoman ", Gender::kFemale},
                                                                         {U" chairwoman, ", Gender::kFemale},
                                                                         {U" businesswoman ", Gender::kFemale},
                                                                         {U" congresswoman ", Gender::kFemale},
                                                                         {U" actress ", Gender::kFemale},
                                                                         {U" actress, ", Gender::kFemale},
                                                                         {U" spokeswoman ", Gender::kFemale},
                                                                         {U" spokeswoman, ", Gender::kFemale},
                                                                         {U" brother, ", Gender::kMale},
                                                                         {U" son ", Gender::kMale},
                                                                         {U" son, ", Gender::kMale},
                                                                         {U" father ", Gender::kMale},
                                                                         {U" father, ", Gender::kMale},
                                                                         {U" nephew ", Gender::kMale},
                                                                         {U" nephew, ", Gender::kMale},
                                                                         {U" uncle ", Gender::kMale},
                                                                         {U" uncle, ", Gender::kMale},
                                                                         {U" widower ", Gender::kMale},
                                                                         {U" widower, ", Gender::kMale},
                                                                         {U" grandfather ", Gender::kMale},
                                                                         {U" grandfather, ", Gender::kMale},
                                                                         {U" grandson ", Gender::kMale},
                                                                         {U" grandson, ", Gender::kMale},
                                                                         {U" boyfriend ", Gender::kMale},
                                                                         {U" boyfriend, ", Gender::kMale},
                                                                         {U" mr ", Gender::kMale},
                                                                         {U" sir ", Gender::kMale},
                                                                         {U" king ", Gender::kMale},
                                                                         {U" prince ", Gender::kMale},
                                                                         {U" businessman ", Gender::kMale},
                                                                         {U" congressman ", Gender::kMale}};
    static constexpr std::pair<std::u32string_view, Gender> kAfter[] = {
        {U"女士", Gender::kFemale}, {U"小姐", Gender::kFemale}, {U"先生", Gender::kMale}};
    const FoldedText& text = analysis_.text;
    const uint32_t begin = person.range.begin > 16 ? person.range.begin - 16 : 0;
    const std::u32string_view before = text.folded(begin, person.range.begin);
    const std::u32string_view after = text.folded(person.range.end, std::min(person.range.end + 2, text.size()));
    Gender& gender = ties_.gender[static_cast<size_t>(person.entity)];
    for (const auto& [word, value] : kBefore) {
      if (before.ends_with(word)) gender = value;
    }
    for (const auto& [word, value] : kAfter) {
      if (after == word) gender = value;
    }
  }

  // 扎克伯格的妻子|普莉西亚·陈, her husband
  void ObserveKin(const std::vector<uint32_t>& names) {
    const auto& mentions = analysis_.mentions;
    static constexpr std::u32string_view kKin[] = {U"的妻子",
                                                   U"的丈夫",
                                                   U"的太太",
                                                   U"与妻子",
                                                   U"和妻子",
                                                   U"与丈夫",
                                                   U"和丈夫",
                                                   U"'s wife ",
                                                   U"’s wife ",
                                                   U"'s husband ",
                                                   U"’s husband ",
                                                   U"'s wife, ",
                                                   U"’s wife, ",
                                                   U"'s husband, ",
                                                   U"’s husband, ",
                                                   U" and his wife, ",
                                                   U" and her husband, ",
                                                   U" and his wife ",
                                                   U" and her husband "};
    for (size_t n = 0; n + 1 < names.size(); ++n) {
      const TextMention& left = mentions[names[n]];
      const TextMention& right = mentions[names[n + 1]];
      if (left.type != EntityType::kPerson || right.type != EntityType::kPerson) continue;
      if (left.entity < 0 || right.entity < 0 || left.entity == right.entity) continue;
      const std::u32string_view gap = Between(left, right);
      if (std::find(std::begin(kKin), std::end(kKin), gap) == std::end(kKin)) continue;
      AddObservation(left.entity, "spouse", FoldedNameOf(right.entity));
      AddObservation(right.entity, "spouse", FoldedNameOf(left.entity));
      ties_.spouse[static_cast<size_t>(left.entity)] = right.entity;
      ties_.spouse[static_cast<size_t>(right.entity)] = left.entity;
    }
  }

  // An organisation that publishes what it says of itself; a newspaper writes of others.
  void FindPublisher() {
    const auto found = by_name_.find(publisher_);
    if (publisher_.empty() || found == by_name_.end()) return;
    for (const uint32_t form : found->second) {
      const int32_t entity = analysis_.mentions[forms_[form].mentions.front()].entity;
      const LocalEntity& named = analysis_.entities[static_cast<size_t>(entity)];
      if (named.type == EntityType::kOrg && named.subtype != "media") ties_.publisher = entity;
    }
  }

  void DropNobody() {
    auto& mentions = analysis_.mentions;
    mentions.erase(
        std::remove_if(mentions.begin(), mentions.end(),
                       [](const TextMention& mention) { return mention.entity < 0 && !IsValueType(mention.type); }),
        mentions.end());
    for (LocalEntity& entity : analysis_.entities) entity.mentions.clear();
    for (uint32_t i = 0; i < mentions.size(); ++i) {
      if (mentions[i].entity >= 0) analysis_.entities[static_cast<size_t>(mentions[i].entity)].mentions.push_back(i);
    }
  }

  TextAnalysis& analysis_;
  const Lexicon& lexicon_;
  const NameLists& lists_;
  const std::string publisher_;  // folded
  std::vector<Form> forms_;
  std::vector<uint32_t> form_of_;  // by mention; UINT32_MAX for what is no name
  ByName by_name_;
  Union groups_;
  std::vector<std::pair<uint32_t, uint32_t>> kin_;  // forms
  std::vector<int32_t> entry_of_;                   // by root
  std::vector<std::vector<uint32_t>> forms_of_;     // by entity
  LocalTies ties_;
};

}  // namespace

void ResolveLocally(TextAnalysis& analysis, const Lexicon& lexicon, const NameLists& lists,
                    std::string_view publisher) {
  LocalResolver(analysis, lexicon, lists, publisher).Run();
}

}  // namespace newsgraph
