// The store against its own simplest use: whatever documents were put, replaced,
// retracted and judged in whatever order, the tables are those of a store that was given
// the last documents and judgements once, in another order.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "graph/graph_store.h"
#include "graph/storage/memory_kv.h"
#include "tests/graph/document_builder.h"
#include "tests/graph/watched_kv.h"

namespace newsgraph {
namespace {

// A small world of names that meet: through ids, glosses, observations, bare surnames,
// and that forbid each other through occupations.
Atom RandomAtom(std::mt19937& random) {
  static const std::vector<Atom> kAtoms = {
      {.type = EntityType::kPerson, .name = "馬克·扎克伯格", .occupation = "executive"},
      {.type = EntityType::kPerson, .name = "扎克伯格", .bare = true},
      {.type = EntityType::kPerson,
       .name = "Mark Zuckerberg",
       .observations = {{"gloss", "马克·扎克伯格"}, {"employer", "meta"}}},
      {.type = EntityType::kPerson, .name = "Zuckerberg", .bare = true, .observations = {{"employer", "meta"}}},
      {.type = EntityType::kPerson, .name = "Mark Zuckerberg", .external_ids = {{"lexicon", "zuckerberg"}}},
      {.type = EntityType::kPerson, .name = "祖克柏", .external_ids = {{"lexicon", "zuckerberg"}}},
      {.type = EntityType::kPerson, .name = "陳偉", .occupation = "singer"},
      {.type = EntityType::kPerson, .name = "陳偉", .occupation = "physician"},
      {.type = EntityType::kPerson, .name = "陳偉"},
      {.type = EntityType::kPerson, .name = "陳偉", .observations = {{"birth_year", "1970"}}},
      {.type = EntityType::kPerson, .name = "陳偉", .observations = {{"birth_year", "1980"}, {"spouse", "林"}}},
      {.type = EntityType::kOrg, .subtype = "company", .name = "Meta", .external_ids = {{"lexicon", "meta"}}},
      {.type = EntityType::kOrg, .name = "Meta"},
      {.type = EntityType::kOrg,
       .subtype = "company",
       .name = "Facebook",
       .external_ids = {{"lexicon", "meta"}, {"wikidata", "Q380"}}},
      {.type = EntityType::kOrg, .name = "臉書", .observations = {{"gloss", "facebook"}}},
      {.type = EntityType::kOrg, .subtype = "media", .name = "Bloomberg"},
  };
  return kAtoms[random() % kAtoms.size()];
}

DocumentGraph RandomDocument(int number, std::mt19937& random) {
  static const char* const kLanguages[] = {"zh-Hant", "zh-Hans", "en"};
  DocumentBuilder builder("d" + std::to_string(number),
                          {.title = "Document " + std::to_string(number),
                           .publisher = random() % 2 ? "Example News" : "",
                           .published = random() % 3 ? "2024-07-0" + std::to_string(1 + random() % 9) : "",
                           .language = kLanguages[random() % 3]});
  std::vector<AtomId> people, organisations;
  for (int i = 1 + random() % 4; i > 0; --i) {
    const Atom atom = RandomAtom(random);
    (atom.type == EntityType::kPerson ? people : organisations).push_back(builder.Add(atom));
  }
  const auto any = [&](const std::vector<AtomId>& atoms) { return atoms[random() % atoms.size()]; };
  for (int i = random() % 4; i > 0 && !people.empty() && !organisations.empty(); --i) {
    Statement& statement = builder.Say(any(people), random() % 2 ? "ceo_of" : "founded", any(organisations),
                                       random() % 3 ? AtomId() : any(people));
    if (random() % 2) statement.valid_from = "2021";
    statement.confidence = static_cast<float>(random() % 101) / 100;
  }
  if (people.size() > 1) builder.Say(people[0], "spouse_of", people[1]);
  if (!people.empty()) builder.Mention(any(people), "he", MentionForm::kPronoun);
  return builder.Build();
}

struct World {
  std::map<std::string, DocumentGraph> documents;
  std::map<std::tuple<AtomId, AtomId, std::string>, Judgement> judgements;
};

struct OpenedStore {
  WatchedKv::Hand hand{.kv = NewMemoryKv()};
  std::unique_ptr<GraphStore> store = *GraphStore::OpenOn(std::make_unique<WatchedKv>(hand));
  RawRows Dump() const { return DumpRows(*hand.kv); }
};

// The world put once into a new store, documents and judgements mixed in a random order.
RawRows BuildOnce(const World& world, std::mt19937& random) {
  OpenedStore opened;
  std::vector<std::pair<const DocumentGraph*, const Judgement*>> inputs;
  for (const auto& [id, document] : world.documents) inputs.emplace_back(&document, nullptr);
  for (const auto& [name, judgement] : world.judgements) inputs.emplace_back(nullptr, &judgement);
  std::shuffle(inputs.begin(), inputs.end(), random);
  for (const auto& [document, judgement] : inputs) {
    const auto result =
        document != nullptr ? opened.store->Put(*document, "now") : opened.store->PutJudgement(*judgement, "now");
    EXPECT_TRUE(result.ok()) << result.status();
  }
  return opened.Dump();
}

class StoreWorldTest : public testing::TestWithParam<int> {};

TEST_P(StoreWorldTest, TablesAreThoseOfTheLastDocumentsAndJudgementsInAnyOrder) {
  std::mt19937 random(GetParam());
  World world;
  OpenedStore opened;
  GraphStore& store = *opened.store;
  for (int step = 0; step < 60; ++step) {
    const int number = static_cast<int>(random() % 8);
    const std::string id = "d" + std::to_string(number);
    const int action = static_cast<int>(random() % 10);
    if (action < 6) {
      // In one write, as often as not the same document among them twice.
      std::vector<DocumentGraph> documents = {RandomDocument(number, random)};
      for (int more = static_cast<int>(random() % 4); more > 0; --more) {
        documents.push_back(RandomDocument(static_cast<int>(random() % 8), random));
      }
      std::vector<const DocumentGraph*> together;
      for (const DocumentGraph& document : documents) together.push_back(&document);
      for (const auto& result : store.PutAll(together, "now")) ASSERT_TRUE(result.ok()) << result.status();
      for (const DocumentGraph& document : documents) world.documents[document.document.id] = document;
    } else if (action < 8) {
      const auto result = store.Retract(id, "now");
      ASSERT_EQ(result.ok(), world.documents.erase(id) == 1) << result.status();
    } else if (action == 8 && world.documents.size() > 1) {
      const auto any_atom = [&] {
        auto document = world.documents.begin();
        std::advance(document, random() % world.documents.size());
        return document->second.atoms[random() % document->second.atoms.size()].id;
      };
      const AtomId left = any_atom();
      const AtomId right = any_atom();
      if (left == right) continue;
      const auto result = store.Judge(left, right, static_cast<Verdict>(random() % 3), "because",
                                      random() % 2 ? "Ann" : "Bob", std::to_string(1000 + step));
      ASSERT_TRUE(result.ok()) << result.status();
      const auto judgements = store.GetSnapshot()->ListJudgements();
      ASSERT_TRUE(judgements.ok()) << judgements.status();
      world.judgements.clear();
      for (const Judgement& judgement : *judgements) {
        world.judgements[{judgement.left, judgement.right, judgement.author}] = judgement;
      }
    } else if (action == 9 && !world.judgements.empty() && random() % 2) {
      auto judgement = world.judgements.begin();
      std::advance(judgement, random() % world.judgements.size());
      const auto& [left, right, author] = judgement->first;
      const auto result = store.UndoJudgement(right, left, author, "now");
      ASSERT_TRUE(result.ok()) << result.status();
      world.judgements.erase(judgement);
    }
    const absl::Status verified = store.Verify();
    ASSERT_TRUE(verified.ok()) << "step " << step << ": " << verified;
    if (step % 5 == 4) {
      const std::string difference = Difference(opened.Dump(), BuildOnce(world, random));
      ASSERT_EQ(difference, "") << "step " << step;
    }
  }
  // Nothing is left when everything is taken away.
  for (const auto& [id, document] : world.documents) ASSERT_TRUE(store.Retract(id, "now").ok());
  for (const auto& [name, judgement] : world.judgements) {
    const auto& [left, right, author] = name;
    ASSERT_TRUE(store.UndoJudgement(left, right, author, "now").ok());
  }
  EXPECT_EQ(Difference(opened.Dump(), OpenedStore().Dump()), "");
}

INSTANTIATE_TEST_SUITE_P(Seeds, StoreWorldTest, testing::Range(1, 9));

}  // namespace
}  // namespace newsgraph
