// Pronouns and noun phrases by how it is found what they stand for. Private to reference_resolver.cc.
#ifndef NEWSGRAPH_INGEST_TEXT_REFERENCE_KINDS_H_
#define NEWSGRAPH_INGEST_TEXT_REFERENCE_KINDS_H_

#include <cstdint>
#include <string_view>

#include "ingest/text/reference_nouns_en.h"

namespace newsgraph {

enum class ReferenceKind : uint8_t {
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
  kDefinite,     // the Swiss drugmaker: whose name, description or kind says that it is one
  kFormer,       // 前者
  kLatter,       // 后者
  kOwner,        // 其
  kHead,         // 该党, 法团
  kWife,
  kHusband,
  kOwned,  // company, behind his
  kKin,    // 兒子, brother: whom the text has called so
  kNone,
};

// Of the folded words of a mention.
ReferenceKind KindOfReference(std::u32string_view words, const EnglishHeads& english_heads);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_REFERENCE_KINDS_H_
