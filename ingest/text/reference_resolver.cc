#include "ingest/text/reference_resolver.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "ingest/text/noun_reference.h"
#include "ingest/text/pronoun_binding.h"
#include "ingest/text/pronoun_reference.h"
#include "ingest/text/reference_context.h"
#include "ingest/text/reference_kinds.h"

namespace newsgraph {
namespace {

using Kind = ReferenceKind;

// Behind 我们 or 我们的: what a country, a society or mankind has, not a company.
constexpr std::u32string_view kOwnedByEverybody[] = {
    U"国家", U"社会", U"政府", U"经济", U"民主", U"法律", U"宪法",   U"军队",   U"人民",
    U"民族", U"文化", U"历史", U"人类", U"星球", U"地球", U"世界",   U"这一代", U"下一代",
    U"孩子", U"父母", U"大脑", U"身体", U"生活", U"人生", U"每个人", U"大家",   U"都是人",
};

// Reads on from mention to mention, so that each reference sees what those before it stand for.
class Resolver {
 public:
  Resolver(TextAnalysis& analysis, const LocalTies& ties, const NameLists& lists)
      : analysis_(analysis),
        context_(analysis, ties, lists),
        pronouns_(analysis, context_),
        nouns_(analysis, context_, pronouns_) {}

  void Run() {
    size_t quotation = 0;
    uint32_t sentence = UINT32_MAX;
    for (uint32_t i = 0; i < analysis_.mentions.size(); ++i) {
      TextMention& mention = analysis_.mentions[i];
      if (mention.sentence != sentence) {
        sentence = mention.sentence;
        context_.StartSentence(sentence);
      }
      if (mention.form == MentionForm::kName) {
        if (mention.entity >= 0) context_.Note(mention);
        continue;
      }
      while (quotation < analysis_.quotations.size() &&
             analysis_.quotations[quotation].range.end <= mention.range.begin) {
        ++quotation;
      }
      const bool quoted = quotation < analysis_.quotations.size() && analysis_.quotations[quotation].direct &&
                          analysis_.quotations[quotation].range.Contains(mention.range);
      const Kind kind =
          KindOfReference(analysis_.text.folded(mention.range.begin, mention.range.end), context_.english_heads());
      context_.Bar(BarredFrom(analysis_, i));
      mention.entity = Resolve(kind, mention, quoted ? &analysis_.quotations[quotation] : nullptr, i);
      if (mention.entity < 0) continue;
      mention.type = analysis_.entities[static_cast<size_t>(mention.entity)].type;
      if (kind == Kind::kShe || kind == Kind::kWife) context_.NoteGender(mention.entity, Gender::kFemale);
      if (kind == Kind::kHe || kind == Kind::kHusband) context_.NoteGender(mention.entity, Gender::kMale);
      context_.Note(mention);
    }
  }

 private:
  // Who says what stands in a quotation of the article: the person named right behind it, else right before.
  int32_t QuotedSpeaker(const Quotation& quotation, uint32_t mention) const {
    if (quotation.speaker >= 0) return quotation.speaker;
    const auto& mentions = analysis_.mentions;
    for (uint32_t i = mention; i < mentions.size() && mentions[i].range.begin < quotation.range.end + 24; ++i) {
      if (mentions[i].range.begin < quotation.range.end) continue;
      if (context_.IsType(mentions[i].entity, EntityType::kPerson)) return mentions[i].entity;
      // "…," she said: as she is read when it is her turn, but for who stands in the quotation.
      if (!SpeaksRightBehind(quotation, mentions[i])) continue;
      const Kind kind = KindOfReference(analysis_.text.folded(mentions[i].range.begin, mentions[i].range.end),
                                        context_.english_heads());
      if (kind == Kind::kHe || kind == Kind::kShe) return pronouns_.Person(mention, kind, -1);
    }
    for (uint32_t i = mention; i > 0; --i) {
      const TextMention& before = mentions[i - 1];
      if (before.range.end + 80 < quotation.range.begin) break;
      if (before.range.end > quotation.range.begin) continue;
      if (context_.IsType(before.entity, EntityType::kPerson)) return before.entity;
    }
    return -1;
  }

  // In the sentence that the quotation is part of: 「…，」她說, not 「…。」他曾.
  bool SpeaksRightBehind(const Quotation& quotation, const TextMention& mention) const {
    if (mention.form != MentionForm::kPronoun || quotation.range.size() < 3) return false;
    const char32_t last = analysis_.text[quotation.range.end - 2];
    if (last == U'.' || last == U'。') return false;
    uint32_t behind = quotation.range.end;
    while (behind < mention.range.begin && (analysis_.text[behind] == U' ' || analysis_.text[behind] == U',')) ++behind;
    return behind == mention.range.begin;
  }

  // 她的公司
  bool IsOwned(const TextMention& company) const {
    if (company.range.begin < 2) return false;
    const std::u32string_view ahead = analysis_.text.folded(company.range.begin - 2, company.range.begin);
    return ahead == U"他的" || ahead == U"她的" || ahead == U"己的";
  }

  bool IsEverybody(const TextMention& we) const {
    std::u32string_view rest = analysis_.text.folded().substr(we.range.end, 5);
    if (rest.starts_with(U'的')) rest.remove_prefix(1);
    return std::any_of(std::begin(kOwnedByEverybody), std::end(kOwnedByEverybody),
                       [&](std::u32string_view word) { return rest.starts_with(word); });
  }

  int32_t Resolve(Kind kind, const TextMention& mention, const Quotation* quotation, uint32_t index) const {
    const TextTurn* turn = context_.TurnOf(mention);
    const int32_t speaker = turn != nullptr        ? turn->speaker
                            : quotation != nullptr ? QuotedSpeaker(*quotation, index)
                                                   : -1;
    switch (kind) {
      case Kind::kSpeaker:
        return turn == nullptr && quotation == nullptr ? context_.author() : speaker;
      case Kind::kListener:
        return turn != nullptr ? context_.Other(speaker) : -1;
      case Kind::kSpeakersOrg:
        if (turn == nullptr && quotation == nullptr) {
          return context_.publisher() >= 0 ? context_.publisher() : context_.EmployerOf(context_.author());
        }
        // An interviewer's we is everybody.
        if (IsEverybody(mention)) return -1;
        return context_.EmployerOf(speaker);
      case Kind::kListenersOrg:
        return turn != nullptr ? context_.EmployerOf(context_.Other(speaker)) : -1;
      case Kind::kHe:
      case Kind::kShe:
        return pronouns_.Person(index, kind, quotation != nullptr ? speaker : -1);
      case Kind::kSelf:
        return pronouns_.Self(index);
      case Kind::kOpposite:
        return pronouns_.Opposite();
      case Kind::kIt:
        return pronouns_.It(index);
      case Kind::kThey:
        return pronouns_.They(index, speaker);
      case Kind::kDefinite:
        return nouns_.Definite(index);
      case Kind::kKin:
        return nouns_.Kin(index);
      case Kind::kInstitution:
        return nouns_.Institution(mention);
      case Kind::kOwned:
        return nouns_.Owned(index);
      case Kind::kCompany: {
        if (IsOwned(mention)) return nouns_.Owned(index);
        const bool is_bare = mention.range.size() == 2;  // 公司, 集团
        if (turn != nullptr && (is_bare || analysis_.language == "en")) {
          if (const int32_t employer = context_.EmployerOf(speaker); employer >= 0) return employer;
          if (const int32_t employer = context_.EmployerOf(context_.Other(speaker)); employer >= 0) return employer;
        }
        return nouns_.Company(index);
      }
      case Kind::kFormer:
        return pronouns_.OneOfTwo(index, true);
      case Kind::kLatter:
        return pronouns_.OneOfTwo(index, false);
      case Kind::kOwner:
        return quotation != nullptr || turn != nullptr ? -1 : pronouns_.OwnerBefore(index);
      case Kind::kHead:
        return nouns_.Headed(index, turn != nullptr);
      case Kind::kWife:
      case Kind::kHusband:
        return nouns_.Spouse(index);
      case Kind::kNone:
        return -1;
    }
    return -1;
  }

  TextAnalysis& analysis_;
  ReferenceContext context_;
  const PronounReference pronouns_;
  const NounReference nouns_;
};

}  // namespace

void ResolveReferences(TextAnalysis& analysis, const LocalTies& ties, const NameLists& lists) {
  Resolver(analysis, ties, lists).Run();
}

}  // namespace newsgraph
