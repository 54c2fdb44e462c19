// Persons in Chinese text: surname and given name beside a title or a verb of speech,
// names in transliteration with and without middle dot.
#include <algorithm>

#include "ingest/text/name_scene.h"

namespace newsgraph {
namespace {

// Characters that end a name of two characters rather than being its third, unless what
// follows them is itself the beginning of a word.
constexpr std::u32string_view kEndsName =
    U"说称在的是与对将也于向从被就都已曾及和或因到问答笑当受要会能以把给让由为则则等并而且去来做有无这那摄时";
// Characters that no given name holds.
constexpr std::u32string_view kNotInGivenName =
    U"内的了是他她它们你我这那哪吗呢吧么很都就些什怎谁个第着过被把让给会不没未应该区县市省局部厅署司院所处队级岁元亿万"
    U"千"
    U"百月号点股份票价额率某等";

bool Contains(std::u32string_view set, char32_t c) { return set.find(c) != std::u32string_view::npos; }

// Surnames that are verbs and adjectives more often; they need a verb of speech or a bracket behind the name.
constexpr std::u32string_view kWordySurnames =
    U"谈关成平应计时从都于向和解管强常包代过经别能有由来道多游单相谷问冷年千万";

bool EndsWithTitle(const Scene& scene, uint32_t i) {
  if (scene.CuesBefore(i) & kPersonBefore) return true;
  const Proposal* known = scene.KnownBefore(i);
  return known != nullptr && known->type == EntityType::kPosition;
}

// The name after a title: known, Chinese or in transliteration.
Range NameAt(const Scene& scene, uint32_t begin) {
  const FoldedText& text = scene.text;
  if (begin >= text.size() || !IsHan(text[begin])) return {begin, begin};
  if (const Proposal* known = scene.KnownAt(begin)) {
    if (known->type == EntityType::kPerson) return {begin, begin};  // there already
    if (known->range.size() >= 2) return {begin, begin};
  }
  const uint32_t foreign = TransliterationEnd(scene, begin);
  const uint32_t chinese = ChineseNameEnd(scene, begin);
  const bool dotted = std::any_of(text.folded().begin() + begin, text.folded().begin() + foreign,
                                  [](char32_t c) { return IsMiddleDot(c); });
  if (dotted || (foreign - begin >= 4)) return {begin, foreign};
  if (chinese > begin && foreign < chinese) return {begin, chinese};
  if (foreign > begin && scene.IsCleanRight(foreign)) return {begin, foreign};
  if (chinese > begin) return {begin, chinese};
  return {begin, foreign};
}

}  // namespace

uint32_t TransliterationEnd(const Scene& scene, uint32_t begin) {
  const FoldedText& text = scene.text;
  uint32_t i = begin;
  while (i < text.size() && (scene.lists.IsTransliteration(text[i]) ||
                             // 普莉西亚·陈: a Chinese surname behind the dot.
                             (i > begin && IsMiddleDot(text[i - 1]) && scene.lists.IsSurname(text.folded(i, i + 1))))) {
    if (IsMiddleDot(text[i])) {
      if (i == begin || IsMiddleDot(text[i - 1])) break;
    } else if (i > begin && !IsMiddleDot(text[i - 1])) {
      // A cue word that reaches beyond the run is no part of it: 马西森|加入.
      const CueMark& mark = scene.marks.begins[i];
      if ((mark.kinds & (kBreak | kSpeech | kOrgAfter)) && mark.length >= 2) break;
      if (i - begin >= 3 && mark.length == 1 && (mark.kinds & (kBreak | kSpeech))) break;
      if (const Proposal* known = scene.KnownAt(i); known != nullptr && known->range.size() >= 2) break;
    }
    ++i;
  }
  while (i > begin && IsMiddleDot(text[i - 1])) --i;
  const uint32_t length = i - begin;
  if (length < 2 || length > 16) return begin;
  return i;
}

uint32_t ChineseNameEnd(const Scene& scene, uint32_t begin) {
  const FoldedText& text = scene.text;
  const uint32_t size = text.size();
  if (begin + 2 > size || !IsHan(text[begin])) return begin;
  uint32_t given = begin;
  if (begin + 3 <= size && scene.lists.IsSurname(text.folded(begin, begin + 2))) {
    given = begin + 2;
  } else if (scene.lists.IsSurname(text.folded(begin, begin + 1))) {
    given = begin + 1;
  } else {
    return begin;
  }
  if (!IsHan(text[given]) || Contains(kNotInGivenName, text[given])) return begin;
  if (scene.marks.begins[given].length >= 2 && (scene.CuesAt(given) & (kBreak | kSpeech | kPlain))) return begin;
  // 方面, 高层: a common word that begins like a surname.
  if (scene.marks.begins[begin].length >= 2 && (scene.CuesAt(begin) & (kPlain | kBreak | kOrgNoun))) return begin;
  const uint32_t second = given + 1;
  if (second >= size || !IsHan(text[second]) || Contains(kNotInGivenName, text[second])) return second;
  const CueMark& mark = scene.marks.begins[second];
  if (mark.length >= 2 && (mark.kinds & ~uint32_t{kPlain})) return second;
  if (const Proposal* known = scene.KnownAt(second); known != nullptr && known->range.size() >= 2) return second;
  if (Contains(kEndsName, text[second])) {
    // 高则远现任: what seems to end the name may be its last character where a word begins behind it.
    const uint32_t after = second + 1;
    const bool word_follows = after >= size || !IsHan(text[after]) ||
                              ((scene.CuesAt(after) & (kBreak | kSpeech)) && scene.marks.begins[after].length >= 2);
    if (!word_follows || text[second] == U'说' || text[second] == U'称' || text[second] == U'的' ||
        text[second] == U'是' || text[second] == U'摄') {
      return second;
    }
  }
  return second + 1;
}

void ProposeChinesePersons(Scene& scene) {
  const FoldedText& text = scene.text;
  const uint32_t size = text.size();
  for (uint32_t i = 0; i < size; ++i) {
    if (IsMiddleDot(text[i])) {
      // X·Y: both sides in transliteration; where the left begins is where its run does.
      uint32_t begin = i;
      while (begin > 0 && i - begin < 8 && IsHan(text[begin - 1]) && scene.lists.IsTransliteration(text[begin - 1]) &&
             !IsMiddleDot(text[begin - 1]) && !(begin < i && scene.known_ends[begin])) {
        --begin;
      }
      if (begin == i || i + 1 >= size || !IsHan(text[i + 1])) continue;
      const uint32_t end = TransliterationEnd(scene, begin);
      if (end <= i + 1) continue;
      scene.Propose({begin, end}, EntityType::kPerson, {}, Strength::kPattern);
      i = end - 1;
      continue;
    }
    if (!IsHan(text[i])) continue;

    // 执行长林予晴, 编译/魏子敬, 妻子普莉西亚
    uint32_t title_end = i;
    if (i > 0 && !EndsWithTitle(scene, title_end)) {
      const char32_t before = text[i - 1];
      if ((before == U'/' || before == U' ' || before == U':') && EndsWithTitle(scene, i - 1)) title_end = i - 1;
    }
    if (i > 0 && EndsWithTitle(scene, title_end)) {
      const Range name = NameAt(scene, i);
      // A title with a cue word behind it names nobody (总统在), but a surname may look like one (执行长何思齐).
      const CueMark& cue = scene.marks.begins[i];
      const bool wordy = !name.empty() && Contains(kWordySurnames, text[i]) && name.size() <= 3 &&
                         !(scene.CuesAt(name.end) & kSpeech) && !(name.end < size && text[name.end] == U'(');
      const bool is_word = wordy || ((cue.kinds & (kBreak | kSpeech)) != 0 && (cue.length >= 2 || name.size() < 3));
      if (!name.empty() && !is_word) scene.Propose(name, EntityType::kPerson, {}, Strength::kPattern);
    }

    // 林予晴表示, at the beginning of a clause: three characters, of which none ends a noun.
    if (scene.IsClauseStart(i)) {
      const uint32_t end = ChineseNameEnd(scene, i);
      if (end > i && scene.KnownAt(i) == nullptr) {
        const bool speaks = (scene.CuesAt(end) & (kSpeech | kPersonVerb)) != 0;
        if (end - i == 3 && speaks && scene.marks.begins[end].length >= 1) {
          scene.Propose({i, end}, EntityType::kPerson, {}, Strength::kPattern);
        }
      }
    }

    // 霍尔特会: three characters of transliteration that begin a clause and act, if they speak or stand so again.
    if (scene.IsClauseStart(i) && scene.KnownAt(i) == nullptr && scene.lists.IsTransliteration(text[i])) {
      const uint32_t end = TransliterationEnd(scene, i);
      if (end - i >= 3 && end < size && IsHan(text[end]) && (scene.CuesAt(end) & (kBreak | kSpeech)) &&
          !(scene.marks.begins[i].length >= 2)) {
        const std::u32string_view name = text.folded(i, end);
        const bool again = text.folded().find(name, end) != std::u32string_view::npos || text.folded().find(name) < i;
        if (again || ((scene.CuesAt(end) & kSpeech) && scene.marks.begins[end].length >= 2)) {
          scene.Propose({i, end}, EntityType::kPerson, {}, Strength::kPattern);
        }
      }
    }

    // 由何思齐接任; 何思齐现年39岁
    if (scene.KnownAt(i) == nullptr && scene.lists.IsSurname(text.folded(i, i + 1)) &&
        !Contains(kWordySurnames, text[i])) {
      const uint32_t end = ChineseNameEnd(scene, i);
      if (end - i == 3 && end < size) {
        const bool acts =
            i > 0 && text[i - 1] == U'由' && (scene.CuesAt(end) & kBreak) && scene.marks.begins[end].length >= 2;
        const bool aged = scene.IsClauseStart(i) && text.folded().substr(end, 2) == U"现年";
        if (acts || aged) scene.Propose({i, end}, EntityType::kPerson, {}, Strength::kPattern);
      }
    }

    // 王先生, 林予晴女士, 陈骏达编辑
    const CueMark& after = scene.marks.begins[i];
    const Proposal* title = scene.KnownAt(i);
    if ((after.kinds & kPersonAfter) || (title != nullptr && title->type == EntityType::kPosition)) {
      for (const uint32_t length : {4u, 3u, 2u, 1u}) {
        if (length > i) continue;
        const uint32_t begin = i - length;
        if (length == 1 && !(after.kinds & kPersonAfter)) continue;  // 陈先生, but not 金部长
        if (length == 2 && !(after.kinds & kPersonAfter)) continue;
        if (!scene.IsClauseStart(begin) && !(scene.CuesBefore(begin) & (kBreak | kSpeech | kOrgNoun)) && length != 1)
          continue;
        if (length == 1) {
          if (!scene.IsCleanLeft(begin) || !scene.lists.IsSurname(text.folded(begin, i))) continue;
          if (!(after.length >= 2)) continue;
          scene.Propose({begin, i}, EntityType::kPerson, {}, Strength::kPattern);
          break;
        }
        const uint32_t end = ChineseNameEnd(scene, begin);
        if (end != i) continue;
        scene.Propose({begin, i}, EntityType::kPerson, {}, Strength::kPattern);
        break;
      }
    }
  }
}

}  // namespace newsgraph
