// Document graphs made up for tests: valid, small, and about the same few people and
// companies, so that documents bridge, forbid and join each other.
#ifndef NEWSGRAPH_TESTS_GRAPH_SAMPLE_GRAPHS_H_
#define NEWSGRAPH_TESTS_GRAPH_SAMPLE_GRAPHS_H_

#include <random>
#include <string>
#include <vector>

#include "graph/model.h"
#include "graph/name_folding.h"
#include "tests/graph/document_builder.h"

namespace newsgraph {

// A document about two or three of a few people and companies.
inline DocumentGraph MakeSampleGraph(const std::string& id, std::mt19937& random) {
  static const std::vector<std::string> kPeople = {"陳偉", "Chen Wei", "扎克伯格", "Zuckerberg", "林淑芬", "Ana Lima"};
  static const std::vector<std::string> kCompanies = {"Haichuan", "海川", "Northwind", "北風科技"};
  DocumentBuilder document(id, {.title = "About " + id, .publisher = "Sample Daily", .published = "2024-07-24"});
  Atom person{.type = EntityType::kPerson, .name = kPeople[random() % kPeople.size()]};
  if (random() % 3 == 0) person.occupation = random() % 2 == 0 ? "executive" : "singer";
  if (random() % 4 == 0) person.observations.push_back({"gloss", FoldName(kPeople[random() % kPeople.size()])});
  if (random() % 5 == 0) person.observations.push_back({"birth_year", random() % 2 == 0 ? "1970" : "1984"});
  Atom company{.type = EntityType::kOrg, .name = kCompanies[random() % kCompanies.size()]};
  if (random() % 3 == 0) company.external_ids["lexicon"] = random() % 2 == 0 ? "org/haichuan" : "org/northwind";
  person.observations.push_back({"employer", FoldName(company.name)});
  const AtomId person_id = document.Add(person);
  const AtomId company_id = document.Add(company);
  document.Say(person_id, random() % 2 == 0 ? "ceo_of" : "works_for", company_id);
  if (random() % 2 == 0) {
    const std::string other_name = kPeople[random() % kPeople.size()];
    if (other_name != person.name) {
      const AtomId other = document.Add({.type = EntityType::kPerson, .name = other_name});
      document.Say(other, "works_for", company_id, person_id);
    }
  }
  document.Mention(person_id, person.name);
  return document.Build();
}

}  // namespace newsgraph

#endif  // NEWSGRAPH_TESTS_GRAPH_SAMPLE_GRAPHS_H_
