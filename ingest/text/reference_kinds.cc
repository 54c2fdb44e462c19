#include "ingest/text/reference_kinds.h"

#include "ingest/text/reference_words.h"

namespace newsgraph {
namespace {

using Kind = ReferenceKind;

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
    {U"他们", Kind::kThey},
    {U"它们", Kind::kThey},
    {U"佢哋", Kind::kThey},
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
    {U"the group", Kind::kCompany},
    {U"妻子", Kind::kWife},
    {U"丈夫", Kind::kHusband},
};

}  // namespace

ReferenceKind KindOfReference(std::u32string_view word, const EnglishHeads& english_heads) {
  for (const Word& known : kWords) {
    if (known.word == word) return known.kind;
  }
  if (word.starts_with(U"the ") || word.starts_with(U"that ") || word.starts_with(U"this ")) return Kind::kDefinite;
  if (const auto head = english_heads.Of(word); head && head->type == EntityType::kOrg) return Kind::kOwned;
  if (KinAt(word) == word.size() || word[0] < 0x80) return Kind::kKin;
  if (PersonNounAt(word) == word.size()) return Kind::kHead;
  return PointingPhraseOf(word) || HeadNounAt(word) != nullptr ? Kind::kHead : Kind::kNone;
}

}  // namespace newsgraph
