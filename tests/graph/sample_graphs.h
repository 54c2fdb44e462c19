// Document graphs made up for tests: valid, small, and about the same few people and
// companies, so that documents bridge, forbid and join each other.
#ifndef NEWSGRAPH_TESTS_GRAPH_SAMPLE_GRAPHS_H_
#define NEWSGRAPH_TESTS_GRAPH_SAMPLE_GRAPHS_H_

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "graph/ids.h"
#include "graph/model.h"
#include "graph/name_folding.h"

namespace newsgraph {

// Writes a document and its graph together: each Say is a sentence of the text, with the
// spans where it put the names.
class SampleDocument {
 public:
  explicit SampleDocument(std::string id, std::string published = "2024-07-24") {
    graph_.document.id = std::move(id);
    graph_.document.title = "About " + graph_.document.id;
    graph_.document.publisher = "Sample Daily";
    graph_.document.published = std::move(published);
    graph_.document.language = "en";
    graph_.document.analyser = "sample";
  }

  // The atom of that name; a second call with the same number may add to it.
  Atom& AddAtom(EntityType type, const std::string& name, uint32_t number = 0) {
    const AtomId id = MakeAtomId(graph_.document.id, FoldName(name), number);
    Atom& atom = atoms_[id];
    atom.id = id;
    atom.type = type;
    atom.name = name;
    atom.number = number;
    return atom;
  }
  void Observe(Atom& atom, std::string kind, std::string value) {
    atom.observations.push_back({std::move(kind), FoldName(value)});
  }

  // "NAME said hello."
  void Mention(AtomId atom) {
    AppendName(atom);
    graph_.document.text += " said hello. ";
  }

  // "SUBJECT predicate OBJECT."
  Statement& Say(AtomId subject, const std::string& predicate, AtomId object) {
    Statement statement;
    statement.index = static_cast<uint32_t>(graph_.statements.size());
    statement.subject = subject;
    statement.predicate = predicate;
    statement.object = object;
    statement.rule = "sample";
    statement.subject_span = AppendName(subject);
    graph_.document.text += " ";
    statement.cue_span = Append(predicate);
    graph_.document.text += " ";
    statement.object_span = AppendName(object);
    statement.evidence = {Field::kText, statement.subject_span->begin, End() + 1};
    graph_.document.text += ". ";
    graph_.statements.push_back(std::move(statement));
    return graph_.statements.back();
  }

  DocumentGraph Build() {
    DocumentGraph graph = graph_;
    for (auto& [id, atom] : atoms_) {
      std::sort(atom.observations.begin(), atom.observations.end());
      atom.observations.erase(std::unique(atom.observations.begin(), atom.observations.end()), atom.observations.end());
      graph.atoms.push_back(atom);
    }
    return graph;
  }

 private:
  uint32_t End() const { return static_cast<uint32_t>(graph_.document.text.size()); }

  Span Append(const std::string& words) {
    const uint32_t begin = End();
    graph_.document.text += words;
    return {Field::kText, begin, End()};
  }

  Span AppendName(AtomId id) {
    const Atom& atom = atoms_.at(id);
    const Span span = Append(atom.name);
    graph_.mentions.push_back(
        {.span = span, .surface = atom.name, .form = MentionForm::kName, .type = atom.type, .atom = id});
    return span;
  }

  DocumentGraph graph_;
  std::map<AtomId, Atom> atoms_;
};

// A document about two to four of a few people and companies.
inline DocumentGraph MakeSampleGraph(const std::string& id, std::mt19937& random) {
  static const std::vector<std::string> kPeople = {"陳偉", "Chen Wei", "扎克伯格", "Zuckerberg", "林淑芬", "Ana Lima"};
  static const std::vector<std::string> kCompanies = {"Haichuan", "海川", "Northwind", "北風科技"};
  SampleDocument document(id);
  const std::string person_name = kPeople[random() % kPeople.size()];
  Atom& person = document.AddAtom(EntityType::kPerson, person_name);
  if (random() % 3 == 0) person.occupation = random() % 2 == 0 ? "executive" : "singer";
  if (random() % 4 == 0) document.Observe(person, "gloss", kPeople[random() % kPeople.size()]);
  if (random() % 5 == 0) document.Observe(person, "birth_year", random() % 2 == 0 ? "1970" : "1984");
  const AtomId person_id = person.id;
  const std::string company_name = kCompanies[random() % kCompanies.size()];
  Atom& company = document.AddAtom(EntityType::kOrg, company_name);
  if (random() % 3 == 0) company.external_ids["lexicon"] = random() % 2 == 0 ? "org/haichuan" : "org/northwind";
  const AtomId company_id = company.id;
  document.Observe(document.AddAtom(EntityType::kPerson, person_name), "employer", company_name);
  document.Say(person_id, random() % 2 == 0 ? "ceo_of" : "works_for", company_id);
  if (random() % 2 == 0) {
    const std::string other_name = kPeople[random() % kPeople.size()];
    if (other_name != person_name) {
      const AtomId other = document.AddAtom(EntityType::kPerson, other_name).id;
      document.Say(other, "works_for", company_id).speaker = person_id;
    }
  }
  document.Mention(person_id);
  return document.Build();
}

}  // namespace newsgraph

#endif  // NEWSGRAPH_TESTS_GRAPH_SAMPLE_GRAPHS_H_
