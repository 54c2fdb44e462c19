// Questions on random graphs under random filters and limits, against a model that keeps
// a list of facts and searches it in the plainest way.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/graph_store.h"
#include "graph/query.h"
#include "tests/graph/document_builder.h"

namespace newsgraph {
namespace {

constexpr char kNow[] = "2025-01-01T00:00:00Z";
constexpr int kNever = 1'000'000;

// Days since 1970-01-01, worked out by hand, so that the model needs no calendar.
struct Date {
  std::string iso;
  int first_day;
  int last_day;
};
const std::vector<Date> kDates = {
    {"2020", 18262, 18627},       {"2021-03", 18687, 18717},    {"2021-03-15", 18701, 18701},
    {"2022-12-31", 19357, 19357}, {"2024-02-29", 19782, 19782},
};

// What one statement says, with everything that a filter may ask.
struct Fact {
  EntityId subject, object;
  std::string predicate;
  DocumentKey document;
  std::string document_id;
  uint32_t index;
  int published, valid_from, valid_to;  // -kNever, kNever where unknown
  std::string publisher;
  std::optional<EntityId> speaker;
  Factuality factuality;
  double confidence;
};

using GroupKey = std::tuple<EntityId, std::string, EntityId>;

struct World {
  std::unique_ptr<GraphStore> store;
  std::shared_ptr<const QueryEngine> engine;
  std::vector<Fact> facts;
  std::map<EntityId, EntityType> types;

  std::vector<EntityId> entities() const {
    std::vector<EntityId> ids;
    for (const auto& [id, type] : types) ids.push_back(id);
    return ids;
  }
};

const std::vector<std::string> kPredicates = {"supports", "met_with", "caused", "opposes"};
const std::vector<EntityType> kTypes = {EntityType::kPerson, EntityType::kOrg, EntityType::kGpe};
const std::vector<std::string> kPublishers = {"", "環島日報", "The Harbour Post"};

template <typename T>
const T& Pick(std::mt19937& random, const std::vector<T>& list) {
  return list[random() % list.size()];
}

World MakeWorld(std::mt19937& random) {
  World world;
  world.store = *GraphStore::OpenInMemory();
  const uint32_t entity_count = 3 + random() % 14;
  const uint32_t document_count = 1 + random() % 8;
  struct Pending {
    std::string document;
    AtomId subject, object;
    AtomId speaker;
    Fact fact;
  };
  std::vector<Pending> pending;
  for (uint32_t d = 0; d < document_count; ++d) {
    Document document;
    document.publisher = Pick(random, kPublishers);
    const Date* published = random() % 4 == 0 ? nullptr : &Pick(random, kDates);
    if (published != nullptr) document.published = published->iso;
    const std::string id = "doc" + std::to_string(d);
    DocumentBuilder builder(id, document);
    std::map<uint32_t, AtomId> atoms;
    // One thing in every document is one entity: they all give it the same external id.
    const auto atom = [&](uint32_t number) {
      if (!atoms.count(number)) {
        Atom made;
        made.type = kTypes[number % kTypes.size()];
        made.name = "Thing " + std::to_string(number);
        made.external_ids["wikidata"] = "Q" + std::to_string(1000 + number);
        atoms[number] = builder.Add(made);
      }
      return atoms[number];
    };
    atom(random() % entity_count);
    const uint32_t statement_count = random() % (entity_count + 4);
    for (uint32_t s = 0; s < statement_count; ++s) {
      const uint32_t subject = random() % entity_count;
      const uint32_t object = random() % entity_count;
      Pending entry;
      entry.document = id;
      entry.subject = atom(subject);
      entry.object = atom(object);
      if (random() % 3 == 0) entry.speaker = atom(random() % entity_count);
      Statement& statement = builder.Say(entry.subject, Pick(random, kPredicates), entry.object, entry.speaker);
      statement.factuality = static_cast<Factuality>(random() % 6);
      statement.confidence = Pick(random, std::vector<float>{0.25f, 0.5f, 0.75f, 0.93f, 1.0f});
      Fact& fact = entry.fact;
      fact.valid_from = -kNever;
      fact.valid_to = kNever;
      if (random() % 3 == 0) {
        const Date& date = Pick(random, kDates);
        statement.valid_from = date.iso;
        fact.valid_from = date.first_day;
      }
      if (random() % 3 == 0) {
        const Date& date = Pick(random, kDates);
        statement.valid_to = date.iso;
        fact.valid_to = date.last_day;
      }
      fact.predicate = statement.predicate;
      fact.document = MakeDocumentKey(id);
      fact.document_id = id;
      fact.index = statement.index;
      fact.published = published == nullptr ? -kNever : published->first_day;
      fact.publisher = document.publisher;
      fact.factuality = statement.factuality;
      fact.confidence = statement.confidence;
      pending.push_back(entry);
    }
    const auto put = world.store->Put(builder.Build(), kNow);
    EXPECT_TRUE(put.ok()) << put.status();
  }
  const auto snapshot = world.store->GetSnapshot();
  for (Pending& entry : pending) {
    entry.fact.subject = *snapshot->EntityOf(entry.subject);
    entry.fact.object = *snapshot->EntityOf(entry.object);
    if (!entry.speaker.is_zero()) entry.fact.speaker = *snapshot->EntityOf(entry.speaker);
    world.facts.push_back(entry.fact);
  }
  PagePosition position;
  const auto entities = snapshot->ListEntities(1000, &position);
  for (const EntityId id : *entities) world.types[id] = snapshot->GetEntity(id)->type;
  world.engine = *QueryEngine::Create(snapshot);
  return world;
}

Filter MakeFilter(std::mt19937& random, const World& world) {
  Filter filter;
  const auto rarely = [&] { return random() % 8 == 0; };
  filter.follow = static_cast<Follow>(random() % 3);
  if (rarely()) filter.predicates = {Pick(random, kPredicates), Pick(random, kPredicates)};
  if (rarely()) filter.types = {Pick(random, kTypes), Pick(random, kTypes)};
  if (rarely()) filter.valid_from_day = Pick(random, kDates).first_day;
  if (rarely()) filter.valid_to_day = 19800;
  if (rarely()) filter.as_of_day = Pick(random, kDates).last_day;
  if (rarely()) filter.sources = {Pick(random, kPublishers)};
  if (rarely()) filter.speakers = {Pick(random, world.entities()), Pick(random, world.entities())};
  if (random() % 16 == 0) filter.own_voice_only = true;
  if (random() % 16 == 0) filter.spoken_only = true;
  if (rarely()) filter.factualities = {Factuality::kAsserted, static_cast<Factuality>(random() % 6)};
  if (rarely()) filter.min_confidence = Pick(random, std::vector<double>{0.5, 0.93, 0.94});
  if (rarely()) filter.min_support = random() % 4;
  return filter;
}

// --- the model

template <typename List, typename Value>
bool Has(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool Passes(const Fact& fact, const Filter& filter) {
  if (!filter.predicates.empty() && !Has(filter.predicates, fact.predicate)) return false;
  if (filter.valid_from_day && fact.valid_to < *filter.valid_from_day) return false;
  if (filter.valid_to_day && fact.valid_from > *filter.valid_to_day) return false;
  if (filter.as_of_day && (fact.published == -kNever || fact.published > *filter.as_of_day)) return false;
  if (!filter.sources.empty() && !Has(filter.sources, fact.publisher)) return false;
  if (!filter.speakers.empty() && !(fact.speaker && Has(filter.speakers, *fact.speaker))) return false;
  if (filter.own_voice_only && fact.speaker) return false;
  if (filter.spoken_only && !fact.speaker) return false;
  if (!filter.factualities.empty() && !Has(filter.factualities, fact.factuality)) return false;
  return std::round(fact.confidence * 10000) >= std::round(filter.min_confidence * 10000);
}

// (subject, predicate, object) → the facts behind it that pass, best first.
std::map<GroupKey, std::vector<Fact>> Groups(const World& world, const Filter& filter) {
  std::map<GroupKey, std::vector<Fact>> groups;
  for (const Fact& fact : world.facts) {
    if (fact.subject != fact.object && Passes(fact, filter)) {
      groups[{fact.subject, fact.predicate, fact.object}].push_back(fact);
    }
  }
  for (auto it = groups.begin(); it != groups.end();) {
    std::set<std::string> documents;
    for (const Fact& fact : it->second) documents.insert(fact.document_id);
    it = documents.size() < filter.min_support ? groups.erase(it) : std::next(it);
  }
  for (auto& [key, facts] : groups) {
    std::sort(facts.begin(), facts.end(), [](const Fact& a, const Fact& b) {
      return std::make_tuple(-a.confidence, a.document, a.index) < std::make_tuple(-b.confidence, b.document, b.index);
    });
  }
  return groups;
}

bool Allowed(const World& world, const Filter& filter, EntityId id) {
  return filter.types.empty() || Has(filter.types, world.types.at(id));
}

// Where one step leads, `ends` being free of the filter's types.
std::map<EntityId, std::set<EntityId>> Steps(const World& world, const Filter& filter, const std::set<EntityId>& ends) {
  std::map<EntityId, std::set<EntityId>> steps;
  for (const auto& [key, facts] : Groups(world, filter)) {
    const auto& [subject, predicate, object] = key;
    const auto add = [&](EntityId from, EntityId to) {
      if (ends.count(to) || Allowed(world, filter, to)) steps[from].insert(to);
    };
    if (filter.follow != Follow::kIn) add(subject, object);
    if (filter.follow != Follow::kOut) add(object, subject);
  }
  return steps;
}

std::map<EntityId, int> Distances(const std::map<EntityId, std::set<EntityId>>& steps, const std::set<EntityId>& starts,
                                  int most) {
  std::map<EntityId, int> distances;
  for (const EntityId start : starts) distances[start] = 0;
  for (int round = 0; round < most; ++round) {
    const std::map<EntityId, int> before = distances;
    for (const auto& [from, distance] : before) {
      if (!steps.count(from)) continue;
      for (const EntityId to : steps.at(from)) distances.emplace(to, distance + 1);
    }
  }
  return distances;
}

void ExpectGroup(const EdgeGroup& group, const std::map<GroupKey, std::vector<Fact>>& groups) {
  const auto found = groups.find({group.subject, group.predicate, group.object});
  ASSERT_NE(found, groups.end()) << ToString(group.subject) << " " << group.predicate;
  std::set<std::string> documents;
  std::vector<std::pair<DocumentKey, uint32_t>> statements;
  for (const Fact& fact : found->second) {
    documents.insert(fact.document_id);
    if (statements.size() < 16) statements.emplace_back(fact.document, fact.index);
  }
  EXPECT_EQ(group.support, documents.size());
  EXPECT_EQ(group.statements, statements);
}

int NumberOf(const World& world, const std::string& predicate) {
  return world.store->ontology().Find(predicate)->number;
}

// --- the properties

// Runs `check` on many worlds; a failure names the seed.
template <typename Check>
void ForWorlds(const Check& check, int worlds = 60, int questions = 12) {
  for (int seed = 1; seed <= worlds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(static_cast<uint32_t>(seed));
    const World world = MakeWorld(random);
    for (int question = 0; question < questions; ++question) {
      SCOPED_TRACE("question " + std::to_string(question));
      check(world, random);
      if (::testing::Test::HasFailure()) return;
    }
  }
}

TEST(QueryPropertyTest, TraversalReachesWhatTheModelReaches) {
  uint64_t reached = 0;
  ForWorlds([&](const World& world, std::mt19937& random) {
    const Filter filter = MakeFilter(random, world);
    const std::set<EntityId> starts = {Pick(random, world.entities()), Pick(random, world.entities())};
    const uint32_t hops = 1 + random() % 4;
    const auto answer =
        world.engine->Traverse(std::vector<EntityId>(starts.begin(), starts.end()), hops, filter, {}, {});
    ASSERT_TRUE(answer.ok()) << answer.status();
    const auto distances = Distances(Steps(world, filter, starts), starts, static_cast<int>(hops));
    std::vector<std::pair<int, EntityId>> expected, found;
    for (const auto& [id, distance] : distances) expected.emplace_back(distance, id);
    std::sort(expected.begin(), expected.end());
    for (size_t i = 0; i < answer->entities.size(); ++i) found.emplace_back(answer->hops[i], answer->entities[i]);
    EXPECT_EQ(found, expected);
    EXPECT_FALSE(answer->truncation.truncated());

    const auto groups = Groups(world, filter);
    std::vector<std::tuple<EntityId, int, EntityId>> edges, expected_edges;
    for (const auto& [key, facts] : groups) {
      const auto& [subject, predicate, object] = key;
      if (distances.count(subject) && distances.count(object)) {
        expected_edges.emplace_back(subject, NumberOf(world, predicate), object);
      }
    }
    std::sort(expected_edges.begin(), expected_edges.end());
    for (const EdgeGroup& edge : answer->edges) {
      edges.emplace_back(edge.subject, NumberOf(world, edge.predicate), edge.object);
      ExpectGroup(edge, groups);
    }
    EXPECT_EQ(edges, expected_edges);
    reached += found.size();
  });
  EXPECT_GT(reached, 2000u);  // the worlds are not empty
}

TEST(QueryPropertyTest, ATruncatedTraversalKeepsTheNearestAndSaysSo) {
  int cut = 0;
  ForWorlds([&](const World& world, std::mt19937& random) {
    Filter filter = MakeFilter(random, world);
    const std::vector<EntityId> starts = {Pick(random, world.entities())};
    const auto whole = world.engine->Traverse(starts, 3, filter, {}, {});
    ASSERT_TRUE(whole.ok());
    Limits limits;
    limits.max_entities = 1 + random() % 6;
    const auto few = world.engine->Traverse(starts, 3, filter, limits, {});
    ASSERT_TRUE(few.ok());
    const size_t kept = std::min<size_t>(limits.max_entities, whole->entities.size());
    EXPECT_EQ(few->entities, std::vector<EntityId>(whole->entities.begin(), whole->entities.begin() + kept));
    EXPECT_EQ(few->truncation.reason,
              whole->entities.size() > kept ? TruncationReason::kMaxEntities : TruncationReason::kNone);
    EXPECT_EQ(few->truncation.returned, few->truncation.truncated() ? kept : 0);
    const std::set<EntityId> inside(few->entities.begin(), few->entities.end());
    size_t among = 0;
    for (const EdgeGroup& edge : whole->edges) among += inside.count(edge.subject) && inside.count(edge.object);
    EXPECT_EQ(few->edges.size(), among);
    cut += few->truncation.truncated();

    limits = {};
    limits.max_edges = 1 + random() % 5;
    const auto thin = world.engine->Traverse(starts, 3, filter, limits, {});
    ASSERT_TRUE(thin.ok());
    EXPECT_EQ(thin->entities, whole->entities);
    EXPECT_EQ(thin->edges.size(), std::min<size_t>(limits.max_edges, whole->edges.size()));
    EXPECT_EQ(thin->truncation.reason,
              whole->edges.size() > limits.max_edges ? TruncationReason::kMaxEdges : TruncationReason::kNone);
    std::map<EntityId, int> hops;
    for (size_t i = 0; i < whole->entities.size(); ++i) hops[whole->entities[i]] = whole->hops[i];
    const auto farthest = [&](const std::vector<EdgeGroup>& edges) {
      std::vector<int> ends;
      for (const EdgeGroup& edge : edges) ends.push_back(std::max(hops.at(edge.subject), hops.at(edge.object)));
      std::sort(ends.begin(), ends.end());
      return ends;
    };
    std::vector<int> nearest = farthest(whole->edges);
    nearest.resize(thin->edges.size());
    EXPECT_EQ(farthest(thin->edges), nearest);

    limits = {};
    limits.max_visited = 1 + random() % 12;
    const auto short_walk = world.engine->Traverse(starts, 3, filter, limits, {});
    ASSERT_TRUE(short_walk.ok());
    EXPECT_LE(short_walk->truncation.visited, 2 * limits.max_visited);
    if (short_walk->truncation.truncated()) {
      EXPECT_EQ(short_walk->truncation.reason, TruncationReason::kMaxVisited);
      for (const EntityId id : short_walk->entities) EXPECT_TRUE(hops.count(id));
    } else {
      EXPECT_EQ(short_walk->entities, whole->entities);
      EXPECT_EQ(short_walk->edges.size(), whole->edges.size());
    }
  });
  EXPECT_GT(cut, 100);
}

TEST(QueryPropertyTest, PagesOfNeighborsAreOneBigPage) {
  uint64_t pages = 0;
  ForWorlds([&](const World& world, std::mt19937& random) {
    const Filter filter = MakeFilter(random, world);
    const EntityId entity = Pick(random, world.entities());
    const auto groups = Groups(world, filter);
    std::vector<std::tuple<int, bool, EntityId>> expected;
    for (const auto& [key, facts] : groups) {
      const auto& [subject, predicate, object] = key;
      const int number = NumberOf(world, predicate);
      if (subject == entity && filter.follow != Follow::kIn && Allowed(world, filter, object)) {
        expected.emplace_back(number, false, object);
      }
      if (object == entity && filter.follow != Follow::kOut && Allowed(world, filter, subject)) {
        expected.emplace_back(number, true, subject);
      }
    }
    std::sort(expected.begin(), expected.end());
    const size_t page_size = 1 + random() % 4;
    std::vector<std::tuple<int, bool, EntityId>> found;
    PagePosition position;
    do {
      const auto page = world.engine->Neighbors(entity, filter, {}, {}, page_size, position);
      ASSERT_TRUE(page.ok()) << page.status();
      EXPECT_LE(page->neighbors.size(), page_size);
      EXPECT_EQ(page->degree, expected.size());
      EXPECT_FALSE(page->truncation.truncated());
      for (const Neighbor& neighbor : page->neighbors) {
        found.emplace_back(NumberOf(world, neighbor.edge.predicate), neighbor.edge.object == entity, neighbor.entity);
        ExpectGroup(neighbor.edge, groups);
      }
      position = page->next;
      ++pages;
    } while (!position.empty() && found.size() <= expected.size());
    EXPECT_EQ(found, expected);

    Limits limits;
    limits.max_edges = 1 + random() % 3;
    const auto cut = world.engine->Neighbors(entity, filter, limits, {}, 1000, "");
    ASSERT_TRUE(cut.ok());
    EXPECT_EQ(cut->neighbors.size(), std::min<size_t>(limits.max_edges, expected.size()));
    EXPECT_EQ(cut->truncation.truncated(), expected.size() > limits.max_edges);
    EXPECT_EQ(cut->degree, expected.size());
  });
  EXPECT_GT(pages, 1000u);
}

// Every path of `length` steps that ends at `to`, by plain recursion.
void Walk(const std::map<EntityId, std::set<EntityId>>& steps, EntityId to, int length, std::vector<EntityId>& path,
          std::vector<std::vector<EntityId>>& paths) {
  if (length == 0) {
    if (path.back() == to) paths.push_back(path);
    return;
  }
  const auto next = steps.find(path.back());
  if (next == steps.end()) return;
  for (const EntityId id : next->second) {
    path.push_back(id);
    Walk(steps, to, length - 1, path, paths);
    path.pop_back();
  }
}

std::vector<EntityId> Stations(const Path& path, EntityId from) {
  std::vector<EntityId> stations = {from};
  for (const PathStep& step : path.steps) {
    EXPECT_EQ(step.from, stations.back());
    stations.push_back(step.to);
  }
  return stations;
}

TEST(QueryPropertyTest, ShortestPathsAreThoseOfTheModel) {
  uint64_t found_paths = 0, several = 0;
  ForWorlds([&](const World& world, std::mt19937& random) {
    const Filter filter = MakeFilter(random, world);
    const EntityId from = Pick(random, world.entities());
    const EntityId to = Pick(random, world.entities());
    Limits limits;
    limits.max_hops = 1 + random() % 6;
    const auto steps = Steps(world, filter, {from, to});
    const auto distances = Distances(steps, {from}, 30);
    std::vector<std::vector<EntityId>> expected;
    const bool connected = distances.count(to) > 0;
    const bool near = connected && distances.at(to) <= static_cast<int>(limits.max_hops);
    if (near) {
      std::vector<EntityId> path = {from};
      Walk(steps, to, distances.at(to), path, expected);
      std::sort(expected.begin(), expected.end());
    }
    const auto all = world.engine->AllShortestPaths(from, to, filter, limits, {});
    ASSERT_TRUE(all.ok()) << all.status();
    std::vector<std::vector<EntityId>> found;
    const auto groups = Groups(world, filter);
    for (const Path& path : all->paths) {
      found.push_back(Stations(path, from));
      for (const PathStep& step : path.steps) {
        std::set<GroupKey> joining;
        for (const auto& [key, facts] : groups) {
          const auto& [subject, predicate, object] = key;
          if ((filter.follow != Follow::kIn && subject == step.from && object == step.to) ||
              (filter.follow != Follow::kOut && subject == step.to && object == step.from)) {
            joining.insert(key);
          }
        }
        EXPECT_EQ(step.edges.size(), joining.size());
        for (const EdgeGroup& edge : step.edges) {
          EXPECT_TRUE(joining.count({edge.subject, edge.predicate, edge.object}));
          ExpectGroup(edge, groups);
        }
      }
    }
    if (expected.size() <= 100) {
      EXPECT_EQ(found, expected);
      EXPECT_NE(all->truncation.reason, TruncationReason::kMaxPaths);
    }
    // Only a path that is longer than was asked for may be missing, and then that is said.
    if (near) {
      EXPECT_NE(all->truncation.reason, TruncationReason::kMaxHops);
    } else if (connected) {
      EXPECT_EQ(all->truncation.reason, TruncationReason::kMaxHops);
    }
    const auto one = world.engine->ShortestPath(from, to, filter, limits, {});
    ASSERT_TRUE(one.ok());
    ASSERT_EQ(one->paths.size(), expected.empty() ? 0u : 1u);
    if (!expected.empty()) {
      EXPECT_EQ(Stations(one->paths[0], from), expected[0]);
      EXPECT_FALSE(one->truncation.truncated());
    }
    if (expected.size() > 1) {
      limits.max_paths = static_cast<uint32_t>(expected.size() - 1);
      const auto fewer = world.engine->AllShortestPaths(from, to, filter, limits, {});
      ASSERT_TRUE(fewer.ok());
      EXPECT_EQ(fewer->paths.size(), expected.size() - 1);
      EXPECT_EQ(fewer->truncation.reason, TruncationReason::kMaxPaths);
      EXPECT_EQ(fewer->truncation.returned, expected.size() - 1);
      ++several;
    }
    found_paths += found.size();
  });
  EXPECT_GT(found_paths, 300u);
  EXPECT_GT(several, 20u);
}

TEST(QueryPropertyTest, ComponentsAreThoseOfTheModel) {
  ForWorlds([&](const World& world, std::mt19937& random) {
    Filter filter = MakeFilter(random, world);
    const auto found = world.engine->Components(filter, {});
    ASSERT_TRUE(found.ok()) << found.status();
    filter.follow = Follow::kBoth;
    const auto steps = Steps(world, filter, {});
    std::set<std::set<EntityId>> components;
    for (const EntityId id : world.entities()) {
      if (!Allowed(world, filter, id)) continue;
      std::set<EntityId> component;
      for (const auto& [other, distance] : Distances(steps, {id}, 30)) component.insert(other);
      components.insert(component);
    }
    std::vector<std::vector<EntityId>> expected;
    for (const auto& component : components) expected.emplace_back(component.begin(), component.end());
    std::sort(expected.begin(), expected.end(),
              [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
    EXPECT_EQ(*found, expected);
  });
}

TEST(QueryPropertyTest, ListedStatementsAreThoseThatPass) {
  uint64_t listed = 0;
  ForWorlds([&](const World& world, std::mt19937& random) {
    const Filter filter = MakeFilter(random, world);
    StatementPattern pattern;
    if (random() % 2 == 0) pattern.subject = Pick(random, world.entities());
    if (random() % 4 == 0) pattern.predicate = Pick(random, kPredicates);
    std::vector<std::pair<DocumentKey, uint32_t>> expected, found;
    for (const Fact& fact : world.facts) {
      if (pattern.subject && fact.subject != *pattern.subject) continue;
      if (pattern.predicate && fact.predicate != *pattern.predicate) continue;
      if (Passes(fact, filter)) expected.emplace_back(fact.document, fact.index);
    }
    std::sort(expected.begin(), expected.end());
    PagePosition position;
    do {
      const auto page = ListStatements(*world.store->GetSnapshot(), pattern, filter, {}, 3, &position);
      ASSERT_TRUE(page.ok()) << page.status();
      for (const ResolvedStatement& resolved : *page) {
        found.emplace_back(MakeDocumentKey(resolved.document), resolved.statement.index);
      }
    } while (!position.empty() && found.size() <= expected.size());
    EXPECT_EQ(found, expected);
    listed += found.size();
  });
  EXPECT_GT(listed, 1000u);
}

TEST(QueryPropertyTest, AFilterIsASearchOfWhatPasses) {
  // The same documents without the statements that the filter refuses, unfiltered.
  ForWorlds(
      [&](const World& world, std::mt19937& random) {
        Filter filter = MakeFilter(random, world);
        filter.types.clear();
        filter.min_support = 0;
        auto store = *GraphStore::OpenInMemory();
        PagePosition position;
        const auto snapshot = world.store->GetSnapshot();
        const auto documents = snapshot->ListDocuments(1000, &position);
        for (const std::string& id : *documents) {
          DocumentGraph graph = *snapshot->GetDocumentGraph(id);
          std::erase_if(graph.statements, [&](const Statement& statement) {
            return std::none_of(world.facts.begin(), world.facts.end(), [&](const Fact& fact) {
              return fact.document_id == id && fact.index == statement.index && Passes(fact, filter);
            });
          });
          for (uint32_t i = 0; i < graph.statements.size(); ++i) graph.statements[i].index = i;
          ASSERT_TRUE(store->Put(graph, kNow).ok());
        }
        const auto engine = *QueryEngine::Create(store->GetSnapshot());
        Filter only_follow;
        only_follow.follow = filter.follow;
        const std::vector<EntityId> starts = {Pick(random, world.entities())};
        const auto filtered = world.engine->Traverse(starts, 3, filter, {}, {});
        const auto searched = engine->Traverse(starts, 3, only_follow, {}, {});
        ASSERT_TRUE(filtered.ok() && searched.ok());
        EXPECT_EQ(filtered->entities, searched->entities);
        EXPECT_EQ(filtered->hops, searched->hops);
        EXPECT_EQ(filtered->edges.size(), searched->edges.size());
      },
      20, 2);
}

}  // namespace
}  // namespace newsgraph
