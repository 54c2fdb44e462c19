#include "ingest/text/sentence_view.h"

#include <algorithm>
#include <string_view>

#include "ingest/text/code_points.h"
#include "ingest/text/word_tables.h"

namespace newsgraph {
namespace {

// Longer brackets are asides, not glosses of the name before them.
constexpr uint32_t kLongestGloss = 60;
// Of the words before a name that say what it names, in a list.
constexpr uint32_t kLongestNoun = 8;

const std::vector<uint32_t> kNoMentions;

bool IsNamed(EntityType type) {
  return type == EntityType::kPerson || type == EntityType::kOrg || type == EntityType::kGpe ||
         type == EntityType::kLoc || type == EntityType::kFac || type == EntityType::kProduct ||
         type == EntityType::kWork;
}

// In Latin words.
constexpr uint32_t kLongestAside = 26;
// "a former Hoshino engineer and part-time baker who"
constexpr uint32_t kLongestDescription = 10;
// How English begins what it says of a name between commas.
constexpr std::u32string_view kOpenAside[] = {
    U"who",        U"whom",    U"whose",    U"which",         U"where",     U"a",           U"an",        U"the",
    U"its",        U"his",     U"her",      U"their",         U"one",       U"now",         U"then",      U"formerly",
    U"once",       U"founded", U"based",    U"headquartered", U"born",      U"led",         U"backed",    U"owned",
    U"spun",       U"chaired", U"named",    U"known",         U"listed",    U"home",        U"chief",     U"head",
    U"former",     U"founder", U"chairman", U"president",     U"director",  U"also",        U"long",      U"already",
    U"aged",       U"built",   U"made",     U"run",           U"set",       U"developed",   U"published", U"written",
    U"co-founder", U"deputy",  U"acting",   U"interim",       U"senior",    U"artistic",    U"managing",  U"executive",
    U"author",     U"editor",  U"leader",   U"professor",     U"spokesman", U"spokeswoman", U"currently", U"previously",
    U"part",       U"maker",   U"owner",    U"chairwoman",    U"finance",   U"vice"};
// The same of words that may as well be the verb of the sentence behind an aside, or the beginning of another one.
constexpr std::u32string_view kOpenAsideOnly[] = {
    // kin
    U"son", U"daughter", U"wife", U"husband", U"widow", U"widower", U"brother", U"sister", U"twin", U"father",
    U"mother", U"nephew", U"niece", U"uncle", U"aunt", U"cousin", U"grandson", U"granddaughter", U"grandfather",
    U"grandmother", U"heir", U"heiress", U"partner",
    // how somebody is called
    U"better", U"best", U"commonly", U"formally", U"sometimes", U"often", U"usually", U"widely", U"popularly",
    U"officially", U"originally", U"professionally", U"nicknamed", U"called", U"dubbed", U"née", U"nee", U"alias",
    // what is done to them or what they do
    U"considered", U"described", U"regarded", U"headed", U"established", U"incorporated", U"registered", U"located",
    U"situated", U"co-founded", U"co-owned", U"part-owned", U"majority-owned", U"state-owned", U"operated",
    U"operating", U"working", U"serving", U"specialising", U"specializing", U"appointed", U"elected", U"educated",
    U"raised", U"married", U"employed", U"acquired", U"created", U"formed", U"launched", U"opened", U"edited",
    U"famous", U"famed", U"noted", U"renowned",
    // what they are
    U"native", U"resident", U"member", U"graduate", U"winner", U"captain", U"coach", U"mayor", U"governor", U"senator",
    U"minister", U"secretary", U"parent", U"subsidiary", U"capital"};
// No verbs, whatever their ends look like.
constexpr std::u32string_view kNoVerbs[] = {
    U"and",     U"or",        U"but",          U"as",        U"this",       U"its",     U"his",
    U"besides", U"plus",      U"nor",          U"so",        U"yet",        U"because", U"while",
    U"when",    U"sales",     U"shares",       U"analysts",  U"based",      U"led",     U"less",
    U"perhaps", U"sometimes", U"always",       U"officials", U"especially", U"namely",  U"mainly",
    U"mostly",  U"notably",   U"particularly", U"including", U"according"};
// Verbs of no regular past, and those that help others.
constexpr std::u32string_view kVerbs[] = {
    U"had",    U"have",    U"will",    U"would",    U"can",       U"could",    U"may",   U"might",  U"must",
    U"should", U"did",     U"do",      U"were",     U"are",       U"said",     U"told",  U"bought", U"sold",
    U"made",   U"built",   U"won",     U"lost",     U"left",      U"led",      U"ran",   U"took",   U"gave",
    U"got",    U"came",    U"went",    U"grew",     U"fell",      U"rose",     U"began", U"became", U"beat",
    U"met",    U"paid",    U"put",     U"cut",      U"set",       U"let",      U"held",  U"kept",   U"spent",
    U"saw",    U"found",   U"thought", U"wrote",    U"spoke",     U"chose",    U"drew",  U"threw",  U"struck",
    U"sought", U"taught",  U"sent",    U"hit",      U"shut",      U"quit",     U"sank",  U"stood",  U"now",
    U"also",   U"then",    U"later",   U"never",    U"still",     U"once",     U"not",   U"cannot", U"ever",
    U"shook",  U"broke",   U"flew",    U"drove",    U"swore",     U"wore",     U"bore",  U"froze",  U"rode",
    U"sang",   U"stole",   U"swept",   U"lent",     U"spent",     U"meant",    U"dealt", U"felt",   U"fought",
    U"caught", U"brought", U"laid",    U"split",    U"spread",    U"swung",    U"hung",  U"fed",    U"fled",
    U"shot",   U"forgot",  U"oversaw", U"withdrew", U"undertook", U"overtook", U"was"};

}  // namespace

bool IsOpeningQuote(char32_t c) {
  return c == U'「' || c == U'『' || c == U'“' || c == U'‘' || c == U'"' || c == U'《' || c == U'〈';
}

bool IsClosingQuote(char32_t c) {
  return c == U'」' || c == U'』' || c == U'”' || c == U'’' || c == U'"' || c == U'》' || c == U'〉';
}

std::vector<std::vector<uint32_t>> MentionsBySentence(const TextAnalysis& analysis) {
  std::vector<std::vector<uint32_t>> out(analysis.sentences.size());
  for (uint32_t i = 0; i < analysis.mentions.size(); ++i) {
    const TextMention& mention = analysis.mentions[i];
    if (mention.sentence < out.size() && analysis.sentences[mention.sentence].range.Contains(mention.range)) {
      out[mention.sentence].push_back(i);
    }
  }
  return out;
}

void SentenceView::Meetings::Clear(uint32_t size) {
  used = 0;
  at.assign(size + 1, -1);
}

void SentenceView::Meetings::Add(uint32_t place, uint32_t mention) {
  int32_t& head = at[place];
  if (head < 0) {
    head = static_cast<int32_t>(used);
    if (used == lists.size()) lists.emplace_back();
    lists[used++].clear();
  }
  std::vector<uint32_t>& list = lists[static_cast<size_t>(head)];
  if (list.empty() || list.back() != mention) list.push_back(mention);
}

void SentenceView::LookAt(uint32_t sentence, const std::vector<uint32_t>& mentions,
                          const std::vector<uint32_t>& previous) {
  index_ = sentence;
  range_ = analysis_.sentences[sentence].range;
  mentions_ = &mentions;
  previous_ = &previous;
  FindWords();
  FindEdges();
  FindExclusions();
  FindLists();
}

void SentenceView::FindWords() {
  const uint32_t size = range_.size();
  counts_.resize(size + 1);
  Counts counts;
  counts_[0] = counts;
  size_t next = 0;  // of mentions()
  for (uint32_t i = 0; i < size; ++i) {
    const uint32_t position = range_.begin + i;
    const char32_t c = at(position);
    const bool goes_on = i > 0 && IsLatinWordMark(at(position - 1));
    const bool is_word_start = !IsSpaceMark(c) && !(IsLatinWordMark(c) && goes_on);
    const bool in_number = (c == U',' || c == U':' || c == U'.') && i > 0 && i + 1 < size &&
                           IsDigit(at(position - 1)) && IsDigit(at(position + 1));
    // May 13, 2024 is one word of time.
    while (next < mentions().size() && mention(mentions()[next]).range.end <= position) ++next;
    const bool in_date = next < mentions().size() && mention(mentions()[next]).type == EntityType::kDate &&
                         mention(mentions()[next]).range.begin < position;
    const bool is_break = !in_number && !in_date &&
                          (c == U',' || c == U';' || c == U':' || c == U'。' || c == U'!' || c == U'?' || c == U'，' ||
                           c == U'；' || c == U'：' ||
                           // Parts of a Chinese headline.
                           analysis_.text.original(position) == U'\u3000');
    counts.words += is_word_start ? 1 : 0;
    counts.breaks += is_break ? 1 : 0;
    counts_[i + 1] = counts;
  }
}

void SentenceView::FindEdges() {
  const uint32_t size = range_.size();
  inside_name_.assign(size + 1, false);
  in_name_.assign(size + 1, false);
  forward_.Clear(size);
  backward_.Clear(size);
  edges_.assign(mentions().size(), {});
  asides_.clear();
  for (size_t k = 0; k < mentions().size(); ++k) {
    const TextMention& mention = this->mention(mentions()[k]);
    Edges& edges = edges_[k];
    edges.quote_begin = mention.range.begin;
    edges.quote_end = mention.range.end;
    if (mention.range.begin > range_.begin && mention.range.end < range_.end &&
        IsOpeningQuote(at(mention.range.begin - 1)) && IsClosingQuote(at(mention.range.end))) {
      --edges.quote_begin;
      ++edges.quote_end;
    }
    edges.owner_begin = edges.quote_begin;
    edges.gloss_end = edges.quote_end;
    if (const uint32_t open = SkipSpaces(edges.quote_end, 1); open < range_.end && at(open) == U'(') {
      for (uint32_t close = open + 1; close < range_.end && close < open + kLongestGloss; ++close) {
        if (at(close) == U')') {
          edges.gloss_end = close + 1;
          break;
        }
      }
    }
    if (mention.form == MentionForm::kName && IsNamed(TypeOf(mention))) {
      for (uint32_t p = mention.range.begin; p < mention.range.end; ++p) {
        in_name_[p - range_.begin] = true;
        if (p > mention.range.begin) inside_name_[p - range_.begin] = true;
      }
    }
    backward_.Add(mention.range.end - range_.begin, mentions()[k]);
    backward_.Add(edges.quote_end - range_.begin, mentions()[k]);
    backward_.Add(edges.gloss_end - range_.begin, mentions()[k]);
    edges.aside_end = edges.gloss_end;
    if (mention.form == MentionForm::kName && IsNamed(TypeOf(mention)) && sentence().script == Script::kLatin) {
      edges.aside_end = std::max(edges.aside_end, AsideEnd(edges.gloss_end));
      if (edges.aside_end > edges.gloss_end) {
        asides_.push_back({{edges.gloss_end, edges.aside_end}, mentions()[k]});
      }
      backward_.Add(edges.aside_end - range_.begin, mentions()[k]);
    }
    edges.relative_end = edges.gloss_end;
    if (sentence().script == Script::kLatin && IsNamed(TypeOf(mention))) {
      edges.relative_end = RelativeEnd(edges.gloss_end, TypeOf(mention));
      backward_.Add(edges.relative_end - range_.begin, mentions()[k]);
    }
  }
  FindOwners();
  for (const bool owned : {true, false}) {
    for (size_t k = 0; k < mentions().size(); ++k) {
      const Edges& edges = edges_[k];
      if (owned) {
        if (edges.owner_begin != edges.quote_begin) forward_.Add(edges.owner_begin - range_.begin, mentions()[k]);
      } else {
        forward_.Add(edges.quote_begin - range_.begin, mentions()[k]);
        forward_.Add(mention(mentions()[k]).range.begin - range_.begin, mentions()[k]);
      }
    }
  }
}

// "Hoshino, which makes lamps, was sold": behind the comma that closes what is said of the name before `position`,
// where the sentence goes on with its verb; the position itself for no such thing.
uint32_t SentenceView::AsideEnd(uint32_t position) const {
  if (position + 2 >= range_.end || at(position) != U',' || at(position + 1) != U' ') return position;
  const auto word_at = [&](uint32_t p) {
    uint32_t end = p;
    while (end < range_.end && IsLatinWordMark(at(end))) ++end;
    return analysis_.text.folded(p, end);
  };
  const std::u32string_view opening = word_at(position + 2);
  if (!IsOneOf(opening, kOpenAside) && !IsOneOf(opening, kOpenAsideOnly) &&
      !(opening.size() == 2 && IsDigit(opening[0])) && !OpensWithName(position + 2)) {
    return position;
  }
  uint32_t commas = 0;
  for (uint32_t p = position + 2; p + 2 < range_.end && commas < 3 && WordsBetween(position, p) <= kLongestAside; ++p) {
    if (at(p) == U';' || at(p) == U':' || IsOpeningQuote(at(p))) break;
    if (at(p) != U',' || at(p + 1) != U' ' || inside_name_[p - range_.begin]) continue;
    ++commas;
    const std::u32string_view next = word_at(p + 2);
    if (next.empty() || IsLatinUpper(analysis_.text.original(p + 2)) || IsDigit(next[0])) continue;
    if (IsOneOf(next, kNoVerbs)) continue;
    if (IsOneOf(next, kOpenAside)) continue;
    const bool verb = next.ends_with(U"ed") || next.ends_with(U"s") || next.ends_with(U"ly") || IsOneOf(next, kVerbs);
    if (verb) return p + 1;
  }
  return position;
}

// "Bolivia's envoy", "Hoshino chief executive": a name whose noun comes behind it.
bool SentenceView::OpensWithName(uint32_t position) const {
  return std::any_of(mentions().begin(), mentions().end(), [&](uint32_t index) {
    const Range name = mention(index).range;
    if (name.begin != position || name.end + 1 >= range_.end || IsValueType(mention(index).type)) return false;
    if (at(name.end) == U'\'' || at(name.end) == U'’') return true;
    if (at(name.end) != U' ' || TypeOf(mention(index)) == EntityType::kPerson) return false;
    return TypeOf(mention(index)) == EntityType::kPosition ||
           std::any_of(mentions().begin(), mentions().end(), [&](uint32_t title) {
             return mention(title).range.begin == name.end + 1 && TypeOf(mention(title)) == EntityType::kPosition;
           });
  });
}

// Where the verb of "Hoshino, which makes lamps" or "Lin An, a baker who left" begins; the position itself where
// nothing relative follows, or its subject is another: "Hoshino, which he sold".
uint32_t SentenceView::RelativeEnd(uint32_t position, EntityType type) const {
  static constexpr std::u32string_view kSubjects[] = {U"he",  U"she", U"it",   U"they", U"we",  U"you", U"i",
                                                      U"the", U"a",   U"an",   U"its",  U"his", U"her", U"their",
                                                      U"my",  U"our", U"this", U"some", U"many"};
  static constexpr std::u32string_view kDescribed[] = {U"a", U"an", U"the", U"its", U"his", U"her", U"their", U"one"};
  const auto word_at = [&](uint32_t p) {
    uint32_t end = p;
    while (end < range_.end && (IsLatinWordMark(at(end)) || at(end) == U'-')) ++end;
    return Range{p, end};
  };
  const bool is_person = type == EntityType::kPerson;
  const bool has_comma = position < range_.end && at(position) == U',';
  uint32_t p = SkipSpaces(position + (has_comma ? 1 : 0), 1);
  if (p == position) return position;
  bool described = false;
  for (uint32_t words = 0; words <= kLongestDescription && p < range_.end; ++words) {
    const Range word = word_at(p);
    if (word.empty()) return position;
    const std::u32string_view folded = analysis_.text.folded(word.begin, word.end);
    if (folded == U"who" || folded == U"which" || (folded == U"that" && !has_comma)) {
      if ((folded == U"who") != is_person && folded != U"that") return position;
      const uint32_t verb = SkipSpaces(word.end, 1);
      const Range next = word_at(verb);
      if (next.empty() || IsLatinUpper(analysis_.text.original(verb)) ||
          IsOneOf(analysis_.text.folded(next.begin, next.end), kSubjects)) {
        return position;
      }
      return word.end;
    }
    // Only a noun phrase between commas may stand before it, without the name of another who might be meant.
    if (words == 0) described = has_comma && IsOneOf(folded, kDescribed);
    if (!described) return position;
    if (std::any_of(mentions().begin(), mentions().end(), [&](uint32_t index) {
          return mention(index).range.begin == p && TypeOf(mention(index)) == type;
        })) {
      return position;
    }
    p = SkipSpaces(word.end, 1);
    if (p == word.end) return position;
  }
  return position;
}

void SentenceView::FindOwners() {
  for (size_t k = 0; k < mentions().size(); ++k) {
    const TextMention& owned = mention(mentions()[k]);
    if (IsValueType(owned.type)) continue;
    // 倉儲機器人公司Northwind: the noun phrase says what the name names.
    for (const uint32_t noun : MeetingAt(SkipSpaces(edges_[k].quote_begin, -1), -1)) {
      if (owned.form == MentionForm::kName && mention(noun).form == MentionForm::kNominal &&
          TypeOf(mention(noun)) == TypeOf(owned)) {
        edges_[k].owner_begin = std::min(edges_[k].owner_begin, mention(noun).range.begin);
      }
    }
    uint32_t p = SkipSpaces(edges_[k].quote_begin, -1);
    if (p > range_.begin && at(p - 1) == U'的') {
      --p;
    } else if (p > range_.begin + 1 && at(p - 1) == U's' && (at(p - 2) == U'\'' || at(p - 2) == U'’')) {
      p -= 2;
    } else {
      continue;
    }
    for (const uint32_t owner : MeetingAt(SkipSpaces(p, -1), -1)) {
      if (owner == mentions()[k] || mention(owner).entity < 0 || IsValueType(mention(owner).type)) continue;
      edges_[k].owner_begin = std::min(edges_[k].owner_begin, mention(owner).range.begin);
    }
  }
}

// Where a word that joins two members of a list ends; the position itself for none.
uint32_t SentenceView::LinkEnd(uint32_t position, bool& is_comma) const {
  static constexpr std::u32string_view kHanLinks[] = {U"、", U"以及", U"和", U"与", U"及", U"跟", U"暨", U"或"};
  static constexpr std::u32string_view kLatinLinks[] = {U"and", U"or", U"&", U"as well as"};
  is_comma = false;
  const std::u32string_view rest = analysis_.text.folded(position, range_.end);
  for (std::u32string_view link : kHanLinks) {
    if (rest.empty() || rest[0] != link[0]) continue;
    if (rest.substr(0, link.size()) == link) return position + static_cast<uint32_t>(link.size());
  }
  uint32_t p = position;
  if (p < range_.end && at(p) == U',' && sentence().script == Script::kLatin) {
    is_comma = true;
    p = SkipSpaces(p + 1, 1);
  }
  const std::u32string_view after = analysis_.text.folded(p, range_.end);
  for (std::u32string_view link : kLatinLinks) {
    if (after.empty() || after[0] != link[0]) continue;
    if (after.substr(0, link.size()) == link && (after.size() == link.size() || !IsLatinWordMark(after[link.size()]))) {
      is_comma = false;
      return p + static_cast<uint32_t>(link.size());
    }
  }
  return p;
}

// The members of a list that begin at a position: also 鼓手陳果, 物流企業北嶺, 日本北嶺, where words or a country say
// what the name names.
std::vector<uint32_t> SentenceView::MembersAt(uint32_t position, EntityType type) const {
  const std::vector<uint32_t>& here = MeetingAt(position, 1);
  if (sentence().script == Script::kLatin) return here;
  // Words of a verb, a preposition or a relative clause are no apposition.
  static constexpr std::u32string_view kNoNoun = U"的在于到把被将对向会是有说就也都已不了等之所由从为给让使以跟";
  for (uint32_t p = position; p < range_.end && p <= position + kLongestNoun;) {
    const std::vector<uint32_t>& members = MeetingAt(p, 1);
    if (p == position &&
        std::any_of(members.begin(), members.end(), [&](uint32_t i) { return TypeOf(mention(i)) == type; }))
      return members;
    uint32_t country_end = p;
    for (const uint32_t index : members) {
      const TextMention& member = mention(index);
      if (member.range.begin != p) continue;
      if (TypeOf(member) == type && member.form == MentionForm::kName && p > position) return members;
      if (TypeOf(member) != EntityType::kGpe) return here;
      country_end = std::max(country_end, member.range.end);
    }
    if (country_end > p) {
      p = country_end;
      continue;
    }
    if (IsBreak(p) || IsOpeningQuote(at(p)) || IsClosingQuote(at(p)) ||
        kNoNoun.find(at(p)) != std::u32string_view::npos)
      break;
    ++p;
  }
  return here;
}

// Where the name of a member begins: "Larch Capital and the Lake Fund", "Lin An and the engineer Gao Yi", "Hoshino and
// its rival Northridge".
uint32_t SentenceView::MemberBegin(uint32_t position, EntityType type, bool is_comma) const {
  static constexpr std::u32string_view kDeterminers[] = {U"the", U"its", U"his", U"her", U"their",
                                                         U"mr",  U"ms",  U"mrs", U"dr"};
  static constexpr uint32_t kMostDescription = 3;
  if (sentence().script != Script::kLatin) return position;
  const auto word_end = [this](uint32_t p) {
    while (p < range_.end && (IsLatinWordMark(at(p)) || at(p) == U'-')) ++p;
    return p;
  };
  uint32_t p = word_end(position);
  const std::u32string_view first = analysis_.text.folded(position, p);
  if (!IsOneOf(first, kDeterminers)) return position;
  if (p < range_.end && at(p) == U'.') ++p;
  const uint32_t behind = SkipSpaces(p, 1);
  p = behind;
  for (uint32_t words = 0; words <= kMostDescription && p < range_.end; ++words) {
    const auto& meets = MeetingAt(p, 1);
    if (std::any_of(meets.begin(), meets.end(), [&](uint32_t index) {
          return TypeOf(mention(index)) == type && mention(index).form == MentionForm::kName;
        })) {
      return p;
    }
    const uint32_t end = word_end(p);
    // Behind a comma only the article, and a description in small letters.
    if (end == p || is_comma || analysis_.text.original(p) < U'a' || analysis_.text.original(p) > U'z') break;
    p = SkipSpaces(end, 1);
  }
  return behind;
}

void SentenceView::FindLists() {
  std::vector<bool> by_comma(mentions().size(), false);
  for (size_t k = 0; k < mentions().size(); ++k) {
    const TextMention& left = mention(mentions()[k]);
    if (IsValueType(left.type)) continue;
    for (const uint32_t edge : AfterMention(mentions()[k], 1)) {
      bool is_comma = false;
      const uint32_t from = SkipSpaces(edge, 1);
      const uint32_t link_end = LinkEnd(from, is_comma);
      const uint32_t behind = PastSamePreposition(SkipSpaces(link_end, 1), edges_[k].quote_begin);
      uint32_t member = MemberBegin(behind, TypeOf(left), is_comma);
      const std::optional<uint32_t> opposed = OpposedMember(k, from);
      if (opposed) {
        member = *opposed;
        is_comma = false;
      } else if (link_end == from) {
        continue;
      }
      for (const uint32_t next : MembersAt(member, TypeOf(left))) {
        const TextMention& right = mention(next);
        if (IsValueType(right.type) || right.form == MentionForm::kPronoun) continue;
        const auto at =
            static_cast<size_t>(std::lower_bound(mentions().begin(), mentions().end(), next) - mentions().begin());
        if (edges_[k].next >= 0 || edges_[at].previous >= 0) continue;
        edges_[k].next = static_cast<int32_t>(at);
        edges_[at].previous = static_cast<int32_t>(k);
        by_comma[k] = is_comma;
        // "neither Hoshino nor Northwind", "not Hoshino or Northwind"
        if (!opposed && edges_[k].excluded && this->at(from) != U',' && !edges_[at].excluded) {
          edges_[at].excluded = true;
          edges_[at].exclusion_begin = right.range.begin;
        }
      }
    }
  }
  // Commas alone make no list: "Boston, Massachusetts".
  for (size_t k = mentions().size(); k-- > 0;) {
    if (!by_comma[k]) continue;
    const auto next = static_cast<size_t>(edges_[k].next);
    if (edges_[next].next < 0) {
      edges_[next].previous = -1;
      edges_[k].next = -1;
    }
  }
}

Range SentenceView::ClauseAround(uint32_t position) const {
  Range clause{position, position};
  while (clause.begin > range_.begin && !IsBreak(clause.begin - 1)) --clause.begin;
  while (clause.end < range_.end && !IsBreak(clause.end)) ++clause.end;
  return clause;
}

uint32_t SentenceView::SkipSpaces(uint32_t position, int direction) const {
  if (direction > 0) {
    while (position < range_.end && IsSpaceMark(at(position))) ++position;
  } else {
    while (position > range_.begin && IsSpaceMark(at(position - 1))) --position;
  }
  return position;
}

bool SentenceView::IsTrailingParticiple(Range word) const {
  if (sentence().script != Script::kLatin) return false;
  const auto begin_of = [this](uint32_t end) {
    while (end > range_.begin && IsLatinWordMark(at(end - 1))) --end;
    return end;
  };
  uint32_t end = word.begin;
  while (end < word.end && IsLatinWordMark(at(end))) ++end;
  if (!analysis_.text.folded(word.begin, end).ends_with(U"ing")) return false;
  uint32_t p = SkipSpaces(word.begin, -1);
  // "narrowly beating"
  if (const uint32_t begin = begin_of(p); analysis_.text.folded(begin, p).ends_with(U"ly")) p = SkipSpaces(begin, -1);
  return p > range_.begin && at(p - 1) == U',';
}

bool SentenceView::TouchesName(Range range) const {
  for (uint32_t p = range.begin; p < range.end; ++p) {
    if (in_name_[p - range_.begin]) return true;
  }
  return false;
}

const std::vector<uint32_t>& SentenceView::MeetingAt(uint32_t position, int direction) const {
  if (position < range_.begin || position > range_.end) return kNoMentions;
  const Meetings& meetings = direction > 0 ? forward_ : backward_;
  const int32_t head = meetings.at[position - range_.begin];
  return head < 0 ? kNoMentions : meetings.lists[static_cast<size_t>(head)];
}

SentenceView::Places SentenceView::AfterMention(uint32_t index, int direction) const {
  const auto k =
      static_cast<size_t>(std::lower_bound(mentions().begin(), mentions().end(), index) - mentions().begin());
  const Range range = mention(index).range;
  const Edges& edges = edges_[k];
  Places places{direction > 0 ? std::array<uint32_t, 5>{std::max(edges.aside_end, edges.relative_end),
                                                        std::min(edges.aside_end, edges.relative_end), edges.gloss_end,
                                                        edges.quote_end, range.end}
                              : std::array<uint32_t, 5>{edges.owner_begin, edges.quote_begin, range.begin, range.begin,
                                                        range.begin}};
  const auto end = std::unique(places.positions.begin(), places.positions.end());
  places.count = static_cast<uint32_t>(end - places.positions.begin());
  return places;
}

std::vector<uint32_t> SentenceView::ListFrom(uint32_t index, int direction) const {
  std::vector<uint32_t> out = {index};
  auto k = static_cast<size_t>(std::lower_bound(mentions().begin(), mentions().end(), index) - mentions().begin());
  while (true) {
    const int32_t next = direction > 0 ? edges_[k].next : edges_[k].previous;
    if (next < 0) return out;
    k = static_cast<size_t>(next);
    out.push_back(mentions()[k]);
  }
}

EntityType SentenceView::TypeOf(const TextMention& mention) const {
  if (mention.entity < 0) return mention.type;
  const EntityType type = analysis_.entities[static_cast<size_t>(mention.entity)].type;
  return type == EntityType::kUnknown ? mention.type : type;
}

const std::string& SentenceView::SubtypeOf(const TextMention& mention) const {
  if (mention.entity < 0) return mention.subtype;
  return analysis_.entities[static_cast<size_t>(mention.entity)].subtype;
}

}  // namespace newsgraph
