#include "ingest/text/pronoun_binding.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "ingest/text/code_points.h"
#include "ingest/text/english_forms.h"
#include "ingest/text/word_tables.h"

namespace newsgraph {
namespace {

constexpr std::u32string_view kEnglishObjects[] = {U"him", U"her", U"it", U"them"};
// Behind an object, where no word of its own clause follows: "called it a fraud", "told her that". Behind "her" of "her
// agent" and "it" of "it will" stand others.
constexpr std::u32string_view kBehindObjects[] = {
    U"a",     U"an",    U"the",     U"as",        U"at",    U"by",    U"for",    U"from",   U"in",
    U"into",  U"of",    U"on",      U"onto",      U"over",  U"out",   U"off",    U"up",     U"down",
    U"to",    U"with",  U"without", U"against",   U"about", U"after", U"before", U"during", U"under",
    U"until", U"since", U"because", U"while",     U"when",  U"where", U"who",    U"which",  U"that",
    U"and",   U"but",   U"or",      U"so",        U"if",    U"again", U"away",   U"back",   U"too",
    U"last",  U"this",  U"on",      U"yesterday", U"today", U"now",   U"twice",  U"once"};
// With a clause of its own behind, whose subject may be anybody: "said the board had sacked him".
constexpr std::u32string_view kSaying[] = {
    U"said",     U"says",       U"thinks", U"thought", U"believes", U"believed", U"knows",    U"knew",    U"claims",
    U"claimed",  U"argues",     U"argued", U"hopes",   U"hoped",    U"fears",    U"feared",   U"added",   U"adds",
    U"insists",  U"insisted",   U"denied", U"denies",  U"wants",    U"wanted",   U"admitted", U"expects", U"expected",
    U"recalled", U"complained", U"noted",  U"saw",     U"let",      U"made",     U"asked",    U"told"};

constexpr std::u32string_view kChineseObjects[] = {U"他", U"她", U"它", U"对方"};
// Right before an object.
constexpr std::u32string_view kGoverning = U"对向跟与和把将被给替比骂批酸嘲赞夸挺称叫控告请劝逼赶护斥谢爱恨信救选投";
// With a clause behind: 林安说老板骂他.
constexpr std::u32string_view kChineseSaying[] = {
    U"说",   U"表示", U"认为", U"指出", U"透露", U"强调", U"觉得", U"相信", U"希望", U"知道", U"听说", U"坦言", U"回忆",
    U"指控", U"宣称", U"发现", U"以为", U"承认", U"否认", U"担心", U"让",   U"要求", U"看到", U"问",   U"提到"};

bool IsWordMark(char32_t c) { return IsLatinLetter(c) || IsDigit(c) || c == U'\'' || c == U'-'; }

class Binding {
 public:
  Binding(const TextAnalysis& analysis, uint32_t mention)
      : analysis_(analysis), text_(analysis.text), index_(mention), self_(analysis.mentions[mention]) {}

  std::vector<int32_t> Barred() const {
    const std::u32string_view own = text_.folded(self_.range.begin, self_.range.end);
    int32_t subject = -1;
    if (IsOneOf(own, kEnglishObjects)) {
      subject = IsEnglishObject(own) ? EnglishSubject() : -1;
    } else if (IsOneOf(own, kChineseObjects)) {
      if (OwnsPredicate()) return NamedInClause();
      subject = IsChineseObject(own) ? ChineseSubject() : -1;
    }
    return subject < 0 ? std::vector<int32_t>() : std::vector<int32_t>{subject};
  }

 private:
  std::u32string_view WordAt(uint32_t i) const {
    uint32_t end = i;
    while (end < text_.size() && IsWordMark(text_[end])) ++end;
    return text_.folded(i, end);
  }
  uint32_t AfterSpaces(uint32_t i) const {
    while (i < text_.size() && IsSpace(text_[i])) ++i;
    return i;
  }

  bool IsEnglishObject(std::u32string_view own) const {
    const uint32_t begin = self_.range.begin;
    // An object follows a word.
    if (begin < 2 || !IsSpace(text_[begin - 1]) || !IsWordMark(text_[begin - 2])) return false;
    if (own == U"him" || own == U"them") return true;
    const std::u32string_view behind = WordAt(AfterSpaces(self_.range.end));
    return behind.empty() || IsOneOf(behind, kBehindObjects);
  }

  // The verb right behind a mention, with what is said of it between commas; empty for none.
  std::u32string_view VerbBehind(const TextMention& mention) const {
    uint32_t i = AfterSpaces(mention.range.end);
    if (i < self_.range.begin && text_[i] == U',') {
      const uint32_t open = i + 1;
      for (i = open; i < self_.range.begin && text_[i] != U',' && text_[i] != U'.'; ++i) {
      }
      if (i >= self_.range.begin || text_[i] != U',') return {};
      i = AfterSpaces(i + 1);
    }
    std::u32string_view word = WordAt(i);
    if (word.ends_with(U"ly") || word == U"also" || word == U"then" || word == U"later") {
      word = WordAt(AfterSpaces(i + static_cast<uint32_t>(word.size())));
    }
    return IsFiniteByForm(word) ? word : std::u32string_view();
  }

  int32_t EnglishSubject() const {
    for (uint32_t i = index_; i > 0;) {
      const TextMention& before = analysis_.mentions[--i];
      if (before.sentence != self_.sentence) return -1;
      if (before.entity < 0 || before.range.end > self_.range.begin) continue;
      const std::u32string_view verb = VerbBehind(before);
      if (verb.empty()) continue;
      // Of a verb of saying only its own object: "told him".
      const auto at = static_cast<uint32_t>(verb.data() - text_.folded().data());
      if (IsOneOf(verb, kSaying) && AfterSpaces(at + static_cast<uint32_t>(verb.size())) != self_.range.begin)
        return -1;
      return before.entity;
    }
    return -1;
  }

  bool IsBreak(uint32_t i) const {
    return i >= text_.size() || std::u32string_view(U",。;:!?\n").find(text_[i]) != std::u32string_view::npos;
  }

  bool IsChineseObject(std::u32string_view own) const {
    const uint32_t begin = self_.range.begin, end = self_.range.end;
    if (begin == 0 || IsBreak(begin - 1) || !IsHan(text_[begin - 1])) return false;
    if (end < text_.size() && (text_[end] == U'的' || text_[end] == U'们' || text_[end] == U'自')) return false;
    if (own.size() == 1 && kGoverning.find(text_[begin - 1]) != std::u32string_view::npos) return true;
    // 骂过他「忘本」: nothing of its own clause follows.
    return IsBreak(end) || text_[end] == U'「' || text_[end] == U'“' || text_[end] == U'"';
  }

  // 是|它|的客户
  bool OwnsPredicate() const {
    const uint32_t begin = self_.range.begin, end = self_.range.end;
    return begin > 0 && text_[begin - 1] == U'是' && end < text_.size() && text_[end] == U'的';
  }

  std::vector<int32_t> NamedInClause() const {
    uint32_t clause = self_.range.begin;
    while (clause > 0 && !IsBreak(clause - 1)) --clause;
    std::vector<int32_t> named;
    for (uint32_t i = index_; i > 0 && analysis_.mentions[i - 1].range.begin >= clause; --i) {
      if (analysis_.mentions[i - 1].entity >= 0) named.push_back(analysis_.mentions[i - 1].entity);
    }
    return named;
  }

  // Who opens the nearest clause before it that somebody opens.
  int32_t ChineseSubject() const {
    for (uint32_t i = index_; i > 0;) {
      const TextMention& before = analysis_.mentions[--i];
      if (before.sentence != self_.sentence) return -1;
      if (before.entity < 0 || before.range.end > self_.range.begin) continue;
      uint32_t begin = before.range.begin;
      const uint32_t end = before.range.end;
      // 星野董事长|林安
      for (uint32_t k = i; k > 0 && analysis_.mentions[k - 1].range.end == begin; --k) {
        begin = analysis_.mentions[k - 1].range.begin;
      }
      if (begin > 0 && !IsBreak(begin - 1) && text_[begin - 1] != U'」' && text_[begin - 1] != U'”') continue;
      if (end < text_.size() && text_[end] == U'的') return -1;
      const std::u32string_view between = text_.folded(end, self_.range.begin);
      const bool is_said =
          std::any_of(std::begin(kChineseSaying), std::end(kChineseSaying),
                      [&](std::u32string_view word) { return between.find(word) != std::u32string_view::npos; });
      return is_said ? -1 : before.entity;
    }
    return -1;
  }

  const TextAnalysis& analysis_;
  const FoldedText& text_;
  const uint32_t index_;
  const TextMention& self_;
};

}  // namespace

std::vector<int32_t> BarredFrom(const TextAnalysis& analysis, uint32_t mention) {
  return Binding(analysis, mention).Barred();
}

}  // namespace newsgraph
