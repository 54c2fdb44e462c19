// Which names of the lexicon stand in a document.
#include <algorithm>
#include <string>

#include "ingest/text/name_scene.h"

namespace newsgraph {
namespace {

// A long name is no other word, so that it needs no context; the name of a person may be another's.
bool IsUnmistakable(const FoldedText& text, Range range, EntityType type) {
  if (type == EntityType::kPerson) return false;
  if (IsHan(text[range.begin])) {
    const char32_t last = text[range.end - 1];
    return range.size() >= (type == EntityType::kGpe && (last == U'市' || last == U'县') ? 3u : 4u);
  }
  for (uint32_t i = range.begin; i < range.end; ++i) {
    if (text[i] == U' ' || IsDigit(text[i])) return range.size() >= 8;
  }
  return false;
}

// Which of several entries of one name is meant: one that the document speaks for, else
// one that needs nobody to; the earlier of equals.
const LexiconHit* ChooseEntry(const FoldedText& text, const Lexicon& lexicon, const LexiconHits& hits,
                              const std::vector<bool>& named, const LexiconHit* first, const LexiconHit* last) {
  const LexiconHit* best = nullptr;
  int best_rank = 0;
  for (const LexiconHit* hit = first; hit != last; ++hit) {
    const auto index = static_cast<size_t>(hit->entry);
    const LexiconEntry& entry = lexicon.entry(hit->entry);
    int rank = 0;
    switch (hit->form) {
      case LexiconForm::kFull:
        rank = hits.HasContextOf(entry) ? 5 : entry.context < 0 || IsUnmistakable(text, hit->range, entry.type) ? 4 : 0;
        break;
      case LexiconForm::kShort:
        rank = named[index] ? 3 : hits.HasContextOf(entry) ? 2 : 0;
        break;
      case LexiconForm::kAbbreviation:
        break;
    }
    if (rank > best_rank) {
      best_rank = rank;
      best = hit;
    }
  }
  return best;
}

// 林安代表公司出席, 这代表: the verb, or a part of 代表团, where the title would have a name, a verb or nothing behind
// it. `next`: of the hits that begin behind the word, the first.
bool IsNoTitle(const Scene& scene, Range range, const LexiconHit* next, const LexiconHit* end) {
  const FoldedText& text = scene.text;
  if (text.folded(range.begin, range.end) != U"代表" || range.end >= text.size()) return false;
  const uint32_t behind = range.end;
  const bool before_han = IsHan(text[behind]);
  if (before_han) {
    constexpr std::u32string_view kCompound = U"团队作性处权";
    constexpr std::u32string_view kOfVerb = U"了着过我你妳他她它其这那该此本贵全各谁什";
    const char32_t after = text[behind];
    if (kCompound.find(after) != std::u32string_view::npos || kOfVerb.find(after) != std::u32string_view::npos ||
        text.folded().substr(behind, 2) == U"大会") {
      return true;
    }
    if (after == U'的' || after == U'们' || (scene.CuesAt(behind) & kSpeech)) return false;
    if (const uint32_t name = ChineseNameEnd(scene, behind); name > behind && (scene.CuesAt(name) & kSpeech))
      return false;
    if (scene.CuesAt(behind) & kOrgNoun) return true;
  }
  for (; next != end && next->range.begin <= behind; ++next) {
    if (next->range.begin != behind || next->form == LexiconForm::kAbbreviation) continue;
    const EntityType type = scene.lexicon.entry(next->entry).type;
    if (type == EntityType::kOrg || type == EntityType::kGpe) return true;
  }
  constexpr std::u32string_view kBeforeVerb = U"我你妳他她它们不也并能可将只都就正来而则已会要想须应需由以所这那是";
  return before_han &&
         (scene.IsClauseStart(range.begin) || kBeforeVerb.find(text[range.begin - 1]) != std::u32string_view::npos);
}

// 輝達|H100: what it makes, in another script, is named behind it.
bool IsMakerOf(const Scene& scene, const LexiconHit& maker, const Proposal& product) {
  if (product.type != EntityType::kProduct || maker.form != LexiconForm::kFull) return false;
  if (scene.lexicon.entry(maker.entry).type != EntityType::kOrg || maker.range.end >= product.range.end) return false;
  const char32_t first = scene.text[maker.range.end];
  return IsHan(scene.text[maker.range.end - 1]) && (IsLatinLetter(first) || IsDigit(first));
}

}  // namespace

void AcceptLexicon(Scene& scene, const LexiconHits& hits) {
  const FoldedText& text = scene.text;
  std::vector<bool> named(scene.lexicon.size());
  for (const LexiconHit& hit : hits.names) {
    if (hit.form == LexiconForm::kFull) named[static_cast<size_t>(hit.entry)] = true;
  }
  const LexiconHit* const end = hits.names.data() + hits.names.size();
  for (const LexiconHit* first = hits.names.data(); first != end;) {
    const LexiconHit* last = first;
    while (last != end && last->range == first->range) ++last;
    const LexiconHit* hit = ChooseEntry(scene.text, scene.lexicon, hits, named, first, last);
    if (hit == nullptr) {
      // Tickers and acronyms in capitals stand for themselves: US, NVDA.
      for (const LexiconHit* other = first; other != last && hit == nullptr; ++other) {
        if (other->form != LexiconForm::kShort || scene.lexicon.entry(other->entry).context >= 0) continue;
        bool capitals = other->range.size() >= 2;
        for (uint32_t i = other->range.begin; i < other->range.end; ++i) {
          capitals &= IsLatinUpper(text.original(i)) || text[i] == U'.';
        }
        const EntityType type = scene.lexicon.entry(other->entry).type;
        if (capitals && (other->range.size() >= 3 || type == EntityType::kGpe)) hit = other;
      }
    }
    // 社交平台X: one letter is a name behind the class that it is of.
    const bool stands =
        hit != nullptr &&
        (hit->range.size() >= 2 || hit->form == LexiconForm::kFull ||
         (IsLatinLetter(text[hit->range.begin]) && (scene.CuesBefore(hit->range.begin) & kProductNoun)));
    if (stands && !IsNoTitle(scene, hit->range, last, end)) {
      const LexiconEntry& entry = scene.lexicon.entry(hit->entry);
      Proposal proposal;
      proposal.range = hit->range;
      proposal.type = entry.type;
      proposal.subtype = entry.subtype;
      proposal.entry = hit->entry;
      proposal.strength = Strength::kLexicon;
      // H20芯片: the class behind the name is none of it, where the entry bears the shorter name too.
      for (const LexiconHit* shorter = last; shorter != end && shorter->range.begin == hit->range.begin; ++shorter) {
        if (IsMakerOf(scene, *shorter, proposal)) proposal.range.begin = shorter->range.end;
        if (shorter->entry != proposal.entry || shorter->form != LexiconForm::kFull) continue;
        if (scene.cues.KindsOf(text.folded(shorter->range.end, proposal.range.end)) & kProductNoun)
          proposal.range.end = shorter->range.end;
      }
      scene.Know(proposal);
    }
    first = last;
  }
  const auto know = [&](const LexiconHit& hit) {
    if (scene.known_begins[hit.range.begin] != 0) return;
    const LexiconEntry& entry = scene.lexicon.entry(hit.entry);
    Proposal proposal;
    proposal.range = hit.range;
    proposal.type = entry.type;
    proposal.subtype = entry.subtype;
    proposal.entry = hit.entry;
    proposal.strength = Strength::kLexicon;
    scene.Know(proposal);
  };
  // 美方, 赴美: one character beside what only a country has beside it.
  for (const LexiconHit* hit = hits.names.data(); hit != end; ++hit) {
    if (hit->form != LexiconForm::kAbbreviation || hit->range.size() != 1) continue;
    const uint32_t begin = hit->range.begin, behind = hit->range.end;
    const char32_t after = behind < text.size() ? text[behind] : 0;
    const char32_t then = behind + 1 < text.size() ? text[behind + 1] : 0;
    const bool side = after == U'方' && then != U'面' && then != U'法' && then != U'向' && then != U'案' &&
                      then != U'式' && scene.IsCleanLeft(begin);
    constexpr std::u32string_view kGoing = U"赴访驻旅";
    const bool visited =
        begin > 0 && kGoing.find(text[begin - 1]) != std::u32string_view::npos && scene.IsCleanRight(behind);
    if (side || visited) know(*hit);
  }
  // 中美, 美日韩: countries in one character each stand only beside each other.
  for (const LexiconHit* hit = hits.names.data(); hit != end; ++hit) {
    if (hit->form != LexiconForm::kAbbreviation || hit->range.size() != 1) continue;
    const LexiconHit* next = hit + 1;
    while (next != end && next->range.begin == hit->range.begin) ++next;
    if (next == end || next->range.begin != hit->range.end) continue;
    while (next != end && next->range.begin == hit->range.end && next->form != LexiconForm::kAbbreviation) ++next;
    if (next == end || next->range.begin != hit->range.end || next->form != LexiconForm::kAbbreviation) continue;
    const uint32_t begin = hit->range.begin;
    if (!scene.IsClauseStart(begin) && !(scene.CuesBefore(begin) & kBreak)) continue;
    if (scene.known_begins[begin] != 0 || scene.known_begins[begin + 1] != 0) continue;
    know(*hit);
    know(*next);
  }
}

}  // namespace newsgraph
