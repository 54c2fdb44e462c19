// Adding a document costs what it cost when the store was small, counted in keys and
// bytes read and written: for the documents of one head entity, and while a document
// that bridges two entities comes and goes.

#include <gtest/gtest.h>

#include <random>

#include "graph/graph_store.h"
#include "graph/storage/memory_kv.h"
#include "tests/graph/document_builder.h"
#include "tests/graph/watched_kv.h"

namespace newsgraph {
namespace {

constexpr char kNow[] = "2024-08-01T12:00:00Z";

// One that every article names, under several names and with what articles say of it;
// around it a few hundred others, and somebody new.
DocumentGraph HeadDocument(int number) {
  std::mt19937 random(number);
  DocumentBuilder builder("d" + std::to_string(number),
                          {.title = "News", .publisher = "Example News", .published = "2024-07-24"});
  const AtomId meta = builder.Add({.type = EntityType::kOrg,
                                   .subtype = "company",
                                   .name = "Meta",
                                   .external_ids = {{"lexicon", "meta"}},
                                   .observations = {{"country", "united states"}}});
  const AtomId head = random() % 2
                          ? builder.Add({.type = EntityType::kPerson,
                                         .name = "Mark Zuckerberg",
                                         .occupation = "executive",
                                         .observations = {{"employer", "meta"}, {"gloss", "扎克伯格"}}})
                          : builder.Add({.type = EntityType::kPerson,
                                         .name = "馬克·扎克伯格",
                                         .observations = {{"employer", "meta"}, {"gloss", "mark zuckerberg"}}});
  for (int i = 0; i < 4; ++i) {
    const AtomId other = builder.Add(
        {.type = EntityType::kPerson, .name = "Person " + std::to_string(random() % 300), .occupation = "executive"});
    builder.Say(other, "works_for", meta, head);
  }
  const AtomId unknown = builder.Add({.type = EntityType::kPerson, .name = "New " + std::to_string(number)});
  builder.Say(unknown, "works_for", meta);
  builder.Say(head, "ceo_of", meta);
  for (int i = 0; i < 5; ++i) builder.Mention(head, "Zuckerberg");
  return builder.Build();
}

// Says that two who stand in thousands of articles are one, and gives a name to a third.
DocumentGraph Bridge(int number) {
  DocumentBuilder builder("bridge");
  builder.Add({.type = EntityType::kPerson,
               .name = "Zuckerberg, Mark " + std::to_string(number % 3),
               .observations = {{"gloss", "mark zuckerberg"}, {"gloss", "person 7"}, {"employer", "meta"}}});
  return builder.Build();
}

struct Cost {
  double keys_read = 0, bytes_read = 0, keys_written = 0, bytes_written = 0;
};

class GrowthTest : public testing::Test {
 protected:
  void Put(const DocumentGraph& graph) {
    const auto result = store_->Put(graph, kNow);
    ASSERT_TRUE(result.ok()) << result.status();
  }

  template <typename Work>
  Cost CostOf(const Work& work) {
    Traffic& traffic = *hand_.traffic;
    const uint64_t keys_read = traffic.keys_read, bytes_read = traffic.bytes_read;
    const uint64_t keys_written = traffic.keys_written, bytes_written = traffic.bytes_written;
    work();
    return {static_cast<double>(traffic.keys_read - keys_read), static_cast<double>(traffic.bytes_read - bytes_read),
            static_cast<double>(traffic.keys_written - keys_written),
            static_cast<double>(traffic.bytes_written - bytes_written)};
  }

  static void ExpectNotDearer(const Cost& early, const Cost& late, const std::string& what) {
    for (const auto& [name, before, after] : {std::tuple("keys read", early.keys_read, late.keys_read),
                                              std::tuple("bytes read", early.bytes_read, late.bytes_read),
                                              std::tuple("keys written", early.keys_written, late.keys_written),
                                              std::tuple("bytes written", early.bytes_written, late.bytes_written)}) {
      EXPECT_LE(after, 1.25 * before) << what << ": " << name;
      std::printf("%-12s %-14s %9.0f → %9.0f  %.3f\n", what.c_str(), name, before, after, after / before);
    }
  }

  WatchedKv::Hand hand_{.kv = NewMemoryKv()};
  std::unique_ptr<GraphStore> store_ = *GraphStore::OpenOn(std::make_unique<WatchedKv>(hand_));
};

TEST_F(GrowthTest, DocumentTenThousandOfOneHeadEntityCostsWhatDocumentOneThousandCost) {
#ifdef __OPTIMIZE__
  constexpr int kLate = 10000;
#else
  constexpr int kLate = 3000;  // for the patience of those who build without optimising
#endif
  constexpr int kWindow = 100;  // documents over which a cost is taken
  int next = 0;
  const auto put_to = [&](int end) {
    for (; next < end; ++next) Put(HeadDocument(next));
  };
  const auto bridges = [&] {
    for (int i = 0; i < 100; ++i) {
      Put(Bridge(i));
      Put(Bridge(i + 1));
      const auto retracted = store_->Retract("bridge", kNow);
      ASSERT_TRUE(retracted.ok()) << retracted.status();
    }
  };
  put_to(1000 - kWindow);
  const Cost early = CostOf([&] { put_to(1000); });
  const Cost early_bridges = CostOf(bridges);
  put_to(kLate - kWindow);
  const Cost late = CostOf([&] { put_to(kLate); });
  const Cost late_bridges = CostOf(bridges);
  ExpectNotDearer(early, late, "document");
  ExpectNotDearer(early_bridges, late_bridges, "bridge");
}

TEST_F(GrowthTest, TheTypeOfAHeadEntityIsReadWithoutItsNamesAndDocuments) {
  const auto cost = [&] {
    const auto snapshot = store_->GetSnapshot();
    const EntityId meta = snapshot->FindByName("Meta", false, 1)->at(0).entity;
    const EntityId head = snapshot->FindByName("馬克·扎克伯格", false, 1)->at(0).entity;
    return CostOf([&] {
      EXPECT_EQ(*snapshot->GetEntityType(meta), EntityType::kOrg);
      EXPECT_EQ(*snapshot->GetEntityType(head), EntityType::kPerson);
    });
  };
  int next = 0;
  for (; next < 20; ++next) Put(HeadDocument(next));
  const Cost early = cost();
  for (; next < 200; ++next) Put(HeadDocument(next));
  EXPECT_EQ(cost().keys_read, early.keys_read);
}

}  // namespace
}  // namespace newsgraph
