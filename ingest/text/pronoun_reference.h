// What pronouns stand for. Private to reference_resolver.cc.
#ifndef NEWSGRAPH_INGEST_TEXT_PRONOUN_REFERENCE_H_
#define NEWSGRAPH_INGEST_TEXT_PRONOUN_REFERENCE_H_

#include <cstdint>

#include "ingest/text/analysis.h"
#include "ingest/text/reference_context.h"
#include "ingest/text/reference_kinds.h"

namespace newsgraph {

// Each takes the index of a mention and answers a local entity, -1 where none suits.
class PronounReference {
 public:
  PronounReference(const TextAnalysis& analysis, const ReferenceContext& context)
      : analysis_(analysis), context_(context) {}

  // He, she: in a turn nobody who takes part in it, in a quotation not who says it.
  int32_t Person(uint32_t index, ReferenceKind kind, int32_t quoted_speaker) const;
  // It, its: what is no person.
  int32_t It(uint32_t index) const;
  // 他们, they, of an organisation or a country: not the speaker's own, and only where no people stand between.
  int32_t They(uint32_t index, int32_t speaker) const;
  // 自己, 本人
  int32_t Self(uint32_t index) const;
  // 对方: the person of this sentence who is not its subject.
  int32_t Opposite() const;
  // 前者, 后者: of two that were named last, of one type: people, companies, places or things.
  int32_t OneOfTwo(uint32_t index, bool former) const;
  // 其 behind 及 is of what stands before it; else of who or what the sentence, else the one before, begins with.
  int32_t OwnerBefore(uint32_t index) const;

 private:
  bool Suits(int32_t entity, ReferenceKind kind) const;
  float Pull(uint32_t index, const TextMention& before, bool object) const;
  bool LeadsToMany(uint32_t index) const;
  bool IsOfSeveral(uint32_t index, const TextMention& found) const;

  const TextAnalysis& analysis_;
  const ReferenceContext& context_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_PRONOUN_REFERENCE_H_
