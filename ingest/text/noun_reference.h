// What noun phrases stand for: 該黨, the Swiss drugmaker. Private to reference_resolver.cc.
#ifndef NEWSGRAPH_INGEST_TEXT_NOUN_REFERENCE_H_
#define NEWSGRAPH_INGEST_TEXT_NOUN_REFERENCE_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "ingest/text/analysis.h"
#include "ingest/text/pronoun_reference.h"
#include "ingest/text/reference_context.h"

namespace newsgraph {

// Each takes a mention, or its index, and answers a local entity, -1 where none suits.
class NounReference {
 public:
  NounReference(const TextAnalysis& analysis, const ReferenceContext& context, const PronounReference& pronouns)
      : analysis_(analysis), context_(context), pronouns_(pronouns) {}

  // 公司: whose name ends so, of who speaks, else the one most in view.
  int32_t Company(uint32_t index) const;
  // 該機構: what the sentence, else the one before, has named.
  int32_t Institution(const TextMention& mention) const;
  // The Swiss drugmaker.
  int32_t Definite(uint32_t index) const;
  // His company, 她的公司: whom its owner, the mention before, works for.
  int32_t Owned(uint32_t index) const;
  // 兒子: who stands behind that word elsewhere.
  int32_t Kin(uint32_t index) const;
  // 妻子: of the person named last, else as other kin.
  int32_t Spouse(uint32_t index) const;
  // 该党, 法团, 这家合肥车企: the nearest whose name ends so, else what is of its kind.
  int32_t Headed(uint32_t index, bool in_speech) const;

 private:
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

  bool IsOfKind(const LocalEntity& entity, const Sought& sought) const;
  bool IsCalled(int32_t index, const Sought& sought) const;
  bool IsCalledElse(int32_t index, const Sought& sought) const;
  float Weight(const TextMention& before, uint32_t own_sentence, const Sought& sought) const;
  int32_t Find(uint32_t index, const Sought& sought) const;
  int32_t OnlyOne(uint32_t index, const Sought& sought) const;
  int32_t PersonPointedAt(uint32_t index) const;
  uint32_t PointedFrom(Range noun) const;

  const TextAnalysis& analysis_;
  const ReferenceContext& context_;
  const PronounReference& pronouns_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_NOUN_REFERENCE_H_
