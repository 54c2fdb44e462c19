#include "ingest/text/topic_objects.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newsgraph {
namespace {

// Longer words are a description rather than a name.
constexpr uint32_t kLongest = 12;
constexpr uint32_t kShortest = 2;
constexpr float kNamedByStatement = 0.7F;

// "offence", "award"; null where something else may be the object.
const std::string* TopicKind(const Relation* relation) {
  if (relation == nullptr || relation->range.size() != 1) return nullptr;
  const EndType& end = relation->range.front();
  return end.type == EntityType::kTech && !end.subtype.empty() ? &end.subtype : nullptr;
}

// 受賄 of 受賄罪.
Range WithoutCrimeWord(const FoldedText& text, Range words) {
  for (const std::u32string_view end : {U"罪嫌", U"罪名", U"罪"}) {
    const auto size = static_cast<uint32_t>(end.size());
    if (words.size() >= size + kShortest && text.folded(words.end - size, words.end) == end) {
      return {words.begin, words.end - size};
    }
  }
  return words;
}

uint32_t LengthOf(const FoldedText& text, Range words) {
  const std::u32string_view folded = text.folded(words.begin, words.end);
  if (std::none_of(folded.begin(), folded.end(), [](char32_t c) { return c >= U'a' && c <= U'z'; })) {
    return words.size();
  }
  return 1 + static_cast<uint32_t>(std::count(folded.begin(), folded.end(), U' '));
}

uint32_t SentenceOf(const TextAnalysis& analysis, Range words) {
  const auto after = std::partition_point(analysis.sentences.begin(), analysis.sentences.end(),
                                          [&](const Sentence& one) { return one.range.begin <= words.begin; });
  return after == analysis.sentences.begin() ? 0 : static_cast<uint32_t>(after - analysis.sentences.begin()) - 1;
}

// A mention of these words in its place among the others, whose indexes behind it move on.
void InsertMention(TextAnalysis& analysis, TextMention mention) {
  const auto place =
      std::partition_point(analysis.mentions.begin(), analysis.mentions.end(), [&](const TextMention& other) {
        return other.range.begin != mention.range.begin ? other.range.begin < mention.range.begin
                                                        : other.range.end > mention.range.end;
      });
  const auto index = static_cast<uint32_t>(place - analysis.mentions.begin());
  for (LocalEntity& entity : analysis.entities) {
    for (uint32_t& one : entity.mentions) one += one >= index ? 1 : 0;
  }
  std::vector<uint32_t>& own = analysis.entities[static_cast<size_t>(mention.entity)].mentions;
  own.insert(std::upper_bound(own.begin(), own.end(), index), index);
  analysis.mentions.insert(place, std::move(mention));
}

}  // namespace

void NameTopicObjects(const Ontology& ontology, TextAnalysis& analysis) {
  std::vector<std::pair<std::u32string, int32_t>> named;  // what this made: folded words, entity
  for (TextStatement& statement : analysis.statements) {
    if (!statement.literal || statement.literal->type != "TEXT" || statement.literal_range.empty()) continue;
    const std::string* kind = TopicKind(ontology.Find(statement.predicate));
    if (kind == nullptr) continue;
    const Range words =
        *kind == "offence" ? WithoutCrimeWord(analysis.text, statement.literal_range) : statement.literal_range;
    const TextMention* same = nullptr;
    bool is_free = true;
    for (const TextMention& mention : analysis.mentions) {
      if (mention.range == words && mention.entity >= 0 && mention.form == MentionForm::kName) same = &mention;
      if (mention.range.Overlaps(words)) is_free = false;
    }
    int32_t object = -1;
    if (same != nullptr) {
      // Whoever found the name could not tell an award from the day on which it is given.
      object = same->entity;
      LocalEntity& entity = analysis.entities[static_cast<size_t>(object)];
      if (entity.type != EntityType::kTech && entity.lexicon_entry >= 0) continue;
      entity.type = EntityType::kTech;
      entity.subtype = *kind;
      for (const uint32_t index : entity.mentions) analysis.mentions[index].type = EntityType::kTech;
    } else if (is_free && words.size() >= kShortest && LengthOf(analysis.text, words) <= kLongest) {
      const std::u32string folded(analysis.text.folded(words.begin, words.end));
      const auto before =
          std::find_if(named.begin(), named.end(), [&](const auto& one) { return one.first == folded; });
      if (before != named.end()) {
        object = before->second;
      } else {
        object = static_cast<int32_t>(analysis.entities.size());
        LocalEntity& entity = analysis.entities.emplace_back();
        entity.type = EntityType::kTech;
        entity.subtype = *kind;
        entity.name = analysis.text.Surface(words.begin, words.end);
        named.emplace_back(folded, object);
      }
      TextMention mention;
      mention.range = words;
      mention.type = EntityType::kTech;
      mention.entity = object;
      mention.sentence = SentenceOf(analysis, words);
      mention.confidence = kNamedByStatement;
      InsertMention(analysis, std::move(mention));
    } else {
      continue;
    }
    statement.object = object;
    statement.object_range = words;
    statement.literal.reset();
    statement.literal_range = {};
  }
}

}  // namespace newsgraph
