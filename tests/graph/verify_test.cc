// Verify finds what is wrong in every table: rows taken away, added or changed behind
// the store's back.

#include "graph/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graph/graph_store.h"
#include "graph/storage/keys.h"
#include "graph/storage/memory_kv.h"
#include "graph/storage/records.h"
#include "tests/graph/document_builder.h"
#include "tests/graph/watched_kv.h"

namespace newsgraph {
namespace {

using ::testing::HasSubstr;

class VerifyTest : public testing::Test {
 protected:
  VerifyTest() {
    std::vector<AtomId> people;
    for (int i = 0; i < 2; ++i) {
      DocumentBuilder builder("d" + std::to_string(i), {.publisher = "Example News", .published = "2024-07-24"});
      const AtomId meta = builder.Add(
          {.type = EntityType::kOrg, .subtype = "company", .name = "Meta", .external_ids = {{"lexicon", "meta"}}});
      people.push_back(builder.Add({.type = EntityType::kPerson,
                                    .name = "Mark Zuckerberg",
                                    .observations = {{"employer", "meta"}, {"height", "short"}}}));
      builder.Say(people.back(), "ceo_of", meta, people.back());
      builder.Turn(meta, "Hello");
      EXPECT_TRUE(store_->Put(builder.Build(), "now").ok());
    }
    EXPECT_TRUE(store_->Judge(people[0], people[1], Verdict::kSame, "because", "Ann", "now").ok());
    EXPECT_TRUE(store_->Verify().ok()) << store_->Verify();
  }

  using Row = std::pair<std::string, std::string>;
  std::vector<Row> Rows(Table table) const {
    std::vector<Row> rows;
    const auto snapshot = hand_.kv->Snapshot();
    EXPECT_TRUE(snapshot
                    ->ScanAll(table, "",
                              [&](std::string_view key, std::string_view value) {
                                rows.emplace_back(key, value);
                                return true;
                              })
                    .ok());
    return rows;
  }

  // Whether Verify sees that `key` of `table` holds `value`, absent for nothing; then
  // puts back what was there.
  void ExpectSeen(Table table, const std::string& key, std::optional<std::string> value) {
    const auto before = *hand_.kv->Snapshot()->Get(table, key);
    ASSERT_NE(before, value);
    Write(table, key, std::move(value));
    const absl::Status status = VerifyStore(*hand_.kv->Snapshot(), store_->ontology());
    EXPECT_TRUE(absl::IsDataLoss(status)) << ToString(table) << " " << testing::PrintToString(key) << ": " << status;
    Write(table, key, before);
  }

  void Write(Table table, const std::string& key, std::optional<std::string> value) {
    ASSERT_TRUE(hand_.kv->Write({.home = "test", .writes = {{table, key, std::move(value)}}}).ok());
  }

  WatchedKv::Hand hand_{.kv = NewMemoryKv()};
  std::unique_ptr<GraphStore> store_ = *GraphStore::OpenOn(std::make_unique<WatchedKv>(hand_));
};

TEST_F(VerifyTest, MissingRowOfAnyTableIsSeen) {
  for (int table = 0; table < kTableCount; ++table) {
    const auto rows = Rows(static_cast<Table>(table));
    EXPECT_FALSE(rows.empty()) << ToString(static_cast<Table>(table));
    for (const auto& [key, value] : rows) {
      // What the journal keeps beside ingest times and the commit number is derived from nothing.
      if (static_cast<Table>(table) == Table::kJournal && key == UndoKey(3)) continue;
      ExpectSeen(static_cast<Table>(table), key, std::nullopt);
    }
  }
  EXPECT_TRUE(store_->Verify().ok()) << store_->Verify();
}

TEST_F(VerifyTest, ChangedRowOfAnyTableIsSeen) {
  for (int table = 0; table < kTableCount; ++table) {
    for (const auto& [key, value] : Rows(static_cast<Table>(table))) {
      if (static_cast<Table>(table) == Table::kJournal) continue;
      ExpectSeen(static_cast<Table>(table), key, value + "x");
      if (!value.empty()) ExpectSeen(static_cast<Table>(table), key, value.substr(0, value.size() / 2));
    }
  }
}

TEST_F(VerifyTest, RowTooManyInAnyTableIsSeen) {
  for (int table = 0; table < kTableCount; ++table) {
    const auto rows = Rows(static_cast<Table>(table));
    // Under another id, and with a byte more.
    std::string key = rows.front().first;
    key[0] = static_cast<char>(key[0] ^ 1);
    ExpectSeen(static_cast<Table>(table), key, rows.front().second);
    ExpectSeen(static_cast<Table>(table), rows.front().first + "x", rows.front().second);
  }
}

TEST_F(VerifyTest, WrongCountsAreSeen) {
  for (const auto& [key, value] : Rows(Table::kObservation)) {
    ExpectSeen(Table::kObservation, key, EncodeCount(*DecodeCount(value) + 1));
  }
  for (const auto& [key, value] : Rows(Table::kProfile)) {
    if (static_cast<ProfilePart>(key[16]) == ProfilePart::kRecord) {
      ProfileRecord record = *DecodeProfile(value);
      ++record.documents;
      ExpectSeen(Table::kProfile, key, Encode(record));
      --record.documents;
      record.fields.bare = true;
      ExpectSeen(Table::kProfile, key, Encode(record));
    }
    if (static_cast<ProfilePart>(key[16]) == ProfilePart::kName) {
      NameRecord record = *DecodeName(value);
      ++record.mentions;
      ExpectSeen(Table::kProfile, key, Encode(record));
    }
  }
  CountsRecord counts = *DecodeCounts(Rows(Table::kMeta).front().second);
  ++counts.mentions;
  ExpectSeen(Table::kMeta, std::string(kCountsKey), Encode(counts));
}

TEST_F(VerifyTest, WrongClusterAndWrongAdjacencyAreSeen) {
  for (const auto& [key, value] : Rows(Table::kProfileCluster)) {
    EntityId entity = *DecodeCluster(value);
    entity.value.low ^= 1;
    ExpectSeen(Table::kProfileCluster, key, EncodeCluster(entity));
  }
  for (const auto& [key, value] : Rows(Table::kAdjacency)) {
    auto entries = *DecodeAdjacency(value);
    entries[0].confidence ^= 1;
    ExpectSeen(Table::kAdjacency, key, EncodeAdjacency(entries));
  }
}

TEST_F(VerifyTest, DocumentThatWouldNotBeAcceptedIsSeen) {
  const DocumentKey key = MakeDocumentKey("d0");
  const std::string text_key = DocumentPartKey(key, DocumentPart::kText);
  std::string text = *DecodeText(**hand_.kv->Snapshot()->Get(Table::kDocument, text_key));
  text[0] = static_cast<char>(0xff);
  Write(Table::kDocument, text_key, EncodeText(text));
  EXPECT_THAT(std::string(VerifyStore(*hand_.kv->Snapshot(), store_->ontology()).message()),
              HasSubstr("text is not valid UTF-8"));
}

TEST_F(VerifyTest, FirstBrokenRowIsNamed) {
  const std::string key = Rows(Table::kTime).front().first;
  Write(Table::kTime, key, std::nullopt);
  const std::string message(VerifyStore(*hand_.kv->Snapshot(), store_->ontology()).message());
  EXPECT_THAT(message, HasSubstr("table time: the row "));
  EXPECT_THAT(message, HasSubstr("is missing"));
}

}  // namespace
}  // namespace newsgraph
