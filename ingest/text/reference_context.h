// What a text has said up to a place: whom it is about, who talks, who stands in view. Private to what resolves
// references.
#ifndef NEWSGRAPH_INGEST_TEXT_REFERENCE_CONTEXT_H_
#define NEWSGRAPH_INGEST_TEXT_REFERENCE_CONTEXT_H_

#include <cstdint>
#include <vector>

#include "ingest/text/analysis.h"
#include "ingest/text/entity_descriptions.h"
#include "ingest/text/name_scene.h"
#include "ingest/text/reference_resolver.h"

namespace newsgraph {

// One document, read from front to back. The analysis and the ties must outlive it; of the analysis only mentions that
// are no names may change.
class ReferenceContext {
 public:
  // Who and what a sentence has named so far.
  struct Focus {
    uint32_t sentence = 0;
    int32_t turn = -1;
    std::vector<int32_t> subjects;  // persons that begin a clause
    std::vector<int32_t> persons;   // in the order of their first mention in the sentence
    std::vector<int32_t> things;    // organisations, products, places
  };

  ReferenceContext(const TextAnalysis& analysis, const LocalTies& ties, const NameLists& lists);

  // Reading on.
  void StartSentence(uint32_t sentence);
  void Note(const TextMention& mention);
  void NoteGender(int32_t person, Gender gender);
  void Bar(std::vector<int32_t> entities) { barred_ = std::move(entities); }

  const std::vector<Focus>& history() const { return history_; }
  const Focus& focus() const { return history_.back(); }
  // Whom the reference under way cannot mean.
  bool IsBarred(int32_t entity) const;

  const TextTurn* TurnOf(const TextMention& mention) const;  // null: the article's own voice
  // Who talks with a speaker where two do; -1 for none.
  int32_t Other(int32_t speaker) const;
  int32_t author() const { return author_; }             // of the byline; -1 for none
  int32_t publisher() const { return ties_.publisher; }  // an organisation that writes of itself; -1 for none
  int32_t EmployerOf(int32_t person) const { return person < 0 ? -1 : ties_.employer[static_cast<size_t>(person)]; }
  int32_t SpouseOf(int32_t person) const { return person < 0 ? -1 : ties_.spouse[static_cast<size_t>(person)]; }

  bool IsType(int32_t entity, EntityType type) const {
    return entity >= 0 && analysis_.entities[static_cast<size_t>(entity)].type == type;
  }
  bool IsMedia(int32_t entity) const { return analysis_.entities[static_cast<size_t>(entity)].subtype == "media"; }
  // That may be called a company: no authority, no university.
  bool IsCompany(int32_t entity) const;

  // By entity.
  const std::vector<bool>& female() const { return female_; }  // a title, kin or a pronoun says so
  const std::vector<bool>& male() const { return male_; }
  const std::vector<Gender>& likely_gender() const { return likely_; }    // by name, of persons
  const std::vector<bool>& has_full_name() const { return full_name_; }   // more than a word that may be anything
  const std::vector<float>& topic_share() const { return topic_share_; }  // of the names of persons, or of things
  int32_t main_company() const { return main_company_; }  // what the whole document is about; -1: no company
  const EnglishHeads& english_heads() const { return lists_.english_heads; }
  const EntityDescriptions& descriptions() const { return descriptions_; }

  // The mentions of entities before one, nearest first, as far as some sentences back; false to stop.
  template <typename Visit>
  void ForEachBefore(uint32_t index, uint32_t sentences, const Visit& visit) const {
    const TextMention& self = analysis_.mentions[index];
    for (uint32_t i = index; i > 0;) {
      const TextMention& before = analysis_.mentions[--i];
      if (before.sentence + sentences < self.sentence) return;
      if (before.entity >= 0 && before.range.end <= self.range.begin && !visit(before)) return;
    }
  }

 private:
  void FindInterview();
  void FindAuthor();
  void FindTopics();
  void FindGenders();
  void FindMainCompany();

  const TextAnalysis& analysis_;
  const LocalTies& ties_;
  const NameLists& lists_;
  const EntityDescriptions descriptions_;
  std::vector<bool> female_, male_;
  std::vector<Gender> likely_;
  std::vector<bool> full_name_;
  std::vector<float> topic_share_;
  std::vector<int32_t> pair_;  // who talks, where two do
  std::vector<int32_t> barred_;
  int32_t author_ = -1;
  int32_t main_company_ = -1;
  std::vector<Focus> history_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_REFERENCE_CONTEXT_H_
