#include "graph/storage/records.h"

#include <gtest/gtest.h>

#include <functional>

#include "tests/graph/document_builder.h"

namespace newsgraph {
namespace {

// Decoding whatever is left of a record, or of one with a byte changed, is an error or a
// value, at any address; the sanitizers watch.
void ExpectSafe(const std::string& bytes, const std::function<absl::Status(std::string_view)>& decode) {
  ASSERT_TRUE(decode(bytes).ok());
  for (size_t size = 0; size < bytes.size(); ++size) {
    const std::string cut = bytes.substr(0, size);
    decode(cut).IgnoreError();
    if (size < bytes.size() / 2) {
      EXPECT_TRUE(absl::IsDataLoss(decode(cut))) << size;
    }
  }
  for (size_t i = 0; i < bytes.size(); ++i) {
    for (const char flip : {'\x01', '\x80', '\xff'}) {
      std::string changed = bytes;
      changed[i] = static_cast<char>(changed[i] ^ flip);
      decode(changed).IgnoreError();
    }
  }
  const std::string shifted = " " + bytes;
  EXPECT_TRUE(decode(std::string_view(shifted).substr(1)).ok());
}

TEST(RecordsTest, DamagedBytesAreDataLossAndNeverWorse) {
  DocumentBuilder builder("d1", {.title = "News", .publisher = "Example News"});
  const AtomId meta = builder.Add({.type = EntityType::kOrg,
                                   .subtype = "company",
                                   .name = "Meta",
                                   .external_ids = {{"wikidata", "Q380"}},
                                   .observations = {{"name", "facebook"}}});
  const AtomId person = builder.Add({.type = EntityType::kPerson, .name = "Mark Zuckerberg"});
  Statement& statement = builder.Say(person, "ceo_of", meta, person);
  statement.qualifiers = {{"time", "2021", "2021", {}}, {"place", "Meta", "", meta}};
  builder.Turn(person, "Hello");
  const DocumentGraph graph = builder.Build();
  DocumentRecord record{.document = graph.document, .mentions = 4, .turns = 1, .statements = 1};
  for (const Atom& atom : graph.atoms) record.atoms.push_back(atom.id);
  const std::vector<AtomId>& atoms = record.atoms;
  const JudgementPlace place{"d1", {Field::kText, 0, 4}, "Meta"};
  const Judgement judgement{meta, person, Verdict::kDifferent, "because", "Ann", "now", place, place};

  ExpectSafe(Encode(record), [](std::string_view bytes) { return DecodeDocument(bytes).status(); });
  ExpectSafe(EncodeText(graph.document.text), [](std::string_view bytes) { return DecodeText(bytes).status(); });
  ExpectSafe(EncodeMentions(graph.mentions, atoms),
             [&](std::string_view bytes) { return DecodeMentions(bytes, atoms, graph.document).status(); });
  ExpectSafe(EncodeTurns(graph.turns, atoms),
             [&](std::string_view bytes) { return DecodeTurns(bytes, atoms).status(); });
  ExpectSafe(EncodeStatementPage(graph.statements, atoms),
             [&](std::string_view bytes) { return DecodeStatementPage(bytes, 0, atoms).status(); });
  ExpectSafe(EncodeStatementPage(graph.statements, atoms),
             [&](std::string_view bytes) { return CountStatementsOfPage(bytes).status(); });
  ExpectSafe(Encode(AtomRecord{graph.atoms[0], {{1, 2}}, {{3, 4}}}),
             [&](std::string_view bytes) { return DecodeAtom(bytes, graph.atoms[0].id).status(); });
  ExpectSafe(Encode(ProfileRecord{MakeProfileFields(graph.atoms[0], true), 3, 4}),
             [](std::string_view bytes) { return DecodeProfile(bytes).status(); });
  ExpectSafe(EncodeCount(7), [](std::string_view bytes) { return DecodeCount(bytes).status(); });
  ExpectSafe(Encode(NameRecord{7, 8}), [](std::string_view bytes) { return DecodeName(bytes).status(); });
  ExpectSafe(EncodeCluster({{1, 2}}), [](std::string_view bytes) { return DecodeCluster(bytes).status(); });
  ExpectSafe(Encode(judgement), [](std::string_view bytes) { return DecodeJudgement(bytes).status(); });
  ExpectSafe(Encode(Attachment{meta, person}), [](std::string_view bytes) { return DecodeAttachment(bytes).status(); });
  ExpectSafe(Encode(CountsRecord{1, 2, 3, 4, {5, 6}}),
             [](std::string_view bytes) { return DecodeCounts(bytes).status(); });
  ExpectSafe(EncodePredicates({"ceo_of", "works_for"}),
             [](std::string_view bytes) { return DecodePredicates(bytes).status(); });
  ExpectSafe(EncodeIngestTime("now"), [](std::string_view bytes) { return DecodeIngestTime(bytes).status(); });
  ExpectSafe(EncodeRetired({meta, person}), [](std::string_view bytes) { return DecodeRetired(bytes).status(); });
  ExpectSafe(Encode(UndoRecord{"now", judgement, std::nullopt}),
             [](std::string_view bytes) { return DecodeUndo(bytes).status(); });
  ExpectSafe(EncodeCommit(7), [](std::string_view bytes) { return DecodeCommit(bytes).status(); });
  ExpectSafe(EncodeAdjacency({AdjacencyEntry{}}),
             [](std::string_view bytes) { return DecodeAdjacency(bytes).status(); });
}

TEST(RecordsTest, AttachmentKeepsEachSideByItself) {
  const AtomId left{{1, 2}}, right{{3, 4}};
  for (const Attachment& attachment :
       {Attachment{}, Attachment{left, {}}, Attachment{{}, right}, Attachment{left, right}}) {
    EXPECT_EQ(*DecodeAttachment(Encode(attachment)), attachment);
  }
}

TEST(RecordsTest, AdjacencyIsReadBackAsItWas) {
  std::vector<AdjacencyEntry> entries(2);
  entries[1] = {4000000000u, {{1, 2}}, {{~uint64_t{0}, 4}},  -5, INT32_MIN, INT32_MAX,
                0xfedcba98u, 10000,    Factuality::kQuestion};
  EXPECT_EQ(EncodeAdjacency(entries).size(), 2 * 56u);
  EXPECT_EQ(*DecodeAdjacency(EncodeAdjacency(entries)), entries);
}

}  // namespace
}  // namespace newsgraph
