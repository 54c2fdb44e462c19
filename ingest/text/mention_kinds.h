// Which kinds of mentions stand before and behind a place: most rules lack one on some side.
// For relation_matcher.cc and sentence_match.h alone.
#ifndef NEWSGRAPH_INGEST_TEXT_MENTION_KINDS_H_
#define NEWSGRAPH_INGEST_TEXT_MENTION_KINDS_H_

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "ingest/text/relation_rules.h"
#include "ingest/text/sentence_view.h"

namespace newsgraph {

// Kinds of mentions as bits: of each type, and kAnyEntity; in the upper half those of names alone.
inline constexpr uint64_t kAnyEntity = uint64_t{1} << 31;
inline constexpr int kNames = 32;

inline uint64_t BitOf(EntityType type) { return uint64_t{1} << static_cast<int>(type); }

inline uint64_t KindsOf(const SentenceView& view, const TextMention& mention) {
  const uint64_t kinds = BitOf(view.TypeOf(mention)) | (mention.entity >= 0 ? kAnyEntity : 0);
  return mention.form == MentionForm::kName ? kinds | kinds << kNames : kinds;
}

inline uint64_t KindsTaken(const RuleElement& slot) {
  uint64_t kinds = 0;
  for (const SlotType& type : slot.types) kinds |= type.any ? kAnyEntity : BitOf(type.type);
  return slot.name_only ? kinds << kNames : kinds;
}

// The kinds of the mentions that stand whole before or behind a position.
class KindsAround {
 public:
  explicit KindsAround(const SentenceView& view) {
    for (const uint32_t index : view.mentions()) {
      const TextMention& mention = view.mention(index);
      const uint64_t kinds = KindsOf(view, mention);
      ends_.emplace_back(mention.range.end, kinds);
      begins_.emplace_back(mention.range.begin, kinds);
    }
    std::sort(ends_.begin(), ends_.end());
    for (size_t i = 1; i < ends_.size(); ++i) ends_[i].second |= ends_[i - 1].second;
    std::sort(begins_.begin(), begins_.end());
    for (size_t i = begins_.size(); i-- > 1;) begins_[i - 1].second |= begins_[i].second;
  }

  uint64_t Before(uint32_t position) const {
    const auto after = std::partition_point(ends_.begin(), ends_.end(),
                                            [&](const auto& mention) { return mention.first <= position; });
    return after == ends_.begin() ? 0 : std::prev(after)->second;
  }
  uint64_t Behind(uint32_t position) const {
    const auto first = std::partition_point(begins_.begin(), begins_.end(),
                                            [&](const auto& mention) { return mention.first < position; });
    return first == begins_.end() ? 0 : first->second;
  }

 private:
  std::vector<std::pair<uint32_t, uint64_t>> ends_, begins_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_MENTION_KINDS_H_
