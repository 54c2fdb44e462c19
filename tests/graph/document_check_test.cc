#include "graph/document_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "graph/graph_store.h"
#include "tests/graph/document_builder.h"

namespace newsgraph {
namespace {

using ::testing::HasSubstr;

DocumentGraph Valid() {
  DocumentBuilder builder("d1", {.title = "發布", .published = "2024-07-24"});
  const AtomId person = builder.Add({.type = EntityType::kPerson,
                                     .name = "扎克伯格",
                                     .occupation = "executive",
                                     .observations = {{"employer", "meta"}, {"name", "祖克柏"}}});
  const AtomId meta = builder.Add({.type = EntityType::kOrg, .name = "Meta"});
  const AtomId llama = builder.Add({.type = EntityType::kProduct, .name = "Llama"});
  builder.Say(person, "ceo_of", meta, person);
  builder.Say(llama, "has_parameter_count", Literal{"QUANTITY", "405B", "405000000000", "parameter"});
  builder.Turn(person, "各位好");
  builder.Turn({}, "謝謝");
  return builder.Build();
}

struct Fault {
  const char* message;
  std::function<void(DocumentGraph&)> plant;
};

TEST(DocumentCheckTest, EachFaultIsRefusedWithItsPlace) {
  const std::vector<Fault> faults = {
      {"it has no id", [](DocumentGraph& g) { g.document.id.clear(); }},
      {"put document d1: title is not valid UTF-8", [](DocumentGraph& g) { g.document.title = "\xe7\x99"; }},
      {"put document d1: text is not valid UTF-8", [](DocumentGraph& g) { g.document.text += '\xff'; }},
      {"atoms are not sorted by id", [](DocumentGraph& g) { std::swap(g.atoms[0], g.atoms[1]); }},
      {"it has no name", [](DocumentGraph& g) { g.atoms[0].name.clear(); }},
      {"the id is not that of", [](DocumentGraph& g) { g.atoms[0].number = 7; }},
      {"99 is no type of an entity", [](DocumentGraph& g) { g.atoms[0].type = static_cast<EntityType>(99); }},
      {"is a value; values stand as literals",
       [](DocumentGraph& g) {
         for (Atom& atom : g.atoms) {
           if (atom.id != g.statements[0].subject) continue;
           atom.type = EntityType::kMoney;
           atom.occupation.clear();
         }
       }},
      {"has the occupation executive",
       [](DocumentGraph& g) {
         for (Atom& atom : g.atoms) {
           if (!atom.occupation.empty()) atom.type = EntityType::kOrg;
         }
       }},
      {"observations are not sorted and distinct at employer meta",
       [](DocumentGraph& g) {
         for (Atom& atom : g.atoms) std::reverse(atom.observations.begin(), atom.observations.end());
       }},
      {"an external id is empty", [](DocumentGraph& g) { g.atoms[1].external_ids["wikidata"] = ""; }},
      {"mention 1 (text 13-4000): span text 13-4000 is empty or outside the text",
       [](DocumentGraph& g) { g.mentions[1].span.end = 4000; }},
      {"mention 0 (text 0-12): the surface is 扎克柏格, the text has 扎克伯格",
       [](DocumentGraph& g) { g.mentions[0].surface = "扎克柏格"; }},
      {"span text 0-4 cuts a character in two", [](DocumentGraph& g) { g.mentions[0].span.end = 4; }},
      {"mentions are not sorted by span", [](DocumentGraph& g) { std::swap(g.mentions[0], g.mentions[1]); }},
      {"mention 0 (text 0-12): atom a00000000000000010000000000000002 is not in the document",
       [](DocumentGraph& g) {
         g.mentions[0].atom = {{1, 2}};
       }},
      {"nothing in the document mentions it",
       [](DocumentGraph& g) {
         const AtomId gone = g.mentions[0].atom;
         std::erase_if(g.mentions, [&](const Mention& mention) { return mention.atom == gone; });
       }},
      {"turn 1", [](DocumentGraph& g) { g.turns[1].index = 0; }},
      {"it is not in the text",
       [](DocumentGraph& g) {
         g.turns[0].span = {Field::kTitle, 0, 3};
       }},
      {"it begins before the turn before it ends", [](DocumentGraph& g) { g.turns[1].span = g.turns[0].span; }},
      {"turn 0",
       [](DocumentGraph& g) {
         g.turns[0].speaker = {{1, 2}};
       }},
      {"statement 1 (has_parameter_count): its index is 5", [](DocumentGraph& g) { g.statements[1].index = 5; }},
      {"statement 0 (no_such): there is no such predicate",
       [](DocumentGraph& g) { g.statements[0].predicate = "no_such"; }},
      {"its subject a00000000000000010000000000000002 is not in the document",
       [](DocumentGraph& g) {
         g.statements[0].subject = {{1, 2}};
       }},
      {"its object a00000000000000010000000000000002 is not in the document",
       [](DocumentGraph& g) {
         g.statements[0].object = {{1, 2}};
       }},
      {"it has neither an object and a literal", [](DocumentGraph& g) { g.statements[0].object = {}; }},
      {"it has both an object and a literal",
       [](DocumentGraph& g) { g.statements[1].object = g.statements[0].subject; }},
      {"statement 0 (ceo_of): ", [](DocumentGraph& g) { std::swap(g.statements[0].subject, g.statements[0].object); }},
      {"its qualifier place a00000000000000010000000000000002 is not in the document",
       [](DocumentGraph& g) {
         g.statements[0].qualifiers = {{"place", "Meta", "", {{1, 2}}}};
       }},
      {"valid_from July is no ISO 8601 date", [](DocumentGraph& g) { g.statements[0].valid_from = "July"; }},
      {"confidence 1.5 is not between 0 and 1", [](DocumentGraph& g) { g.statements[0].confidence = 1.5f; }},
      {"is not between 0 and 1", [](DocumentGraph& g) { g.statements[0].confidence = std::nanf(""); }},
      {"evidence span text 0-0 is empty", [](DocumentGraph& g) { g.statements[0].evidence = {}; }},
      {"cue span text 0-1 cuts a character",
       [](DocumentGraph& g) {
         g.statements[0].cue_span = Span{Field::kText, 0, 1};
       }},
      {"rule is not valid UTF-8", [](DocumentGraph& g) { g.statements[0].rule = "\xc0\x80"; }},
  };
  const auto store = *GraphStore::OpenInMemory();
  for (const Fault& fault : faults) {
    DocumentGraph graph = Valid();
    fault.plant(graph);
    const auto result = store->Put(graph, "now");
    EXPECT_TRUE(absl::IsInvalidArgument(result.status())) << fault.message << ": " << result.status();
    EXPECT_THAT(std::string(result.status().message()), HasSubstr(fault.message));
  }
  EXPECT_EQ(store->GetSnapshot()->commit(), 0u);
  const auto result = store->Put(Valid(), "now");
  EXPECT_TRUE(result.ok()) << result.status();
}

TEST(DocumentCheckTest, OnlyUtf8IsUtf8) {
  for (const std::string_view text : {"", "abc", "é", "扎克伯格", "🙂", "\xef\xbf\xbf", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(IsUtf8(text)) << text;
  }
  for (const std::string_view text : {"\x80", "\xc3", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80",
                                      "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe6\x89", "a\xff"}) {
    EXPECT_FALSE(IsUtf8(text)) << testing::PrintToString(text);
  }
}

}  // namespace
}  // namespace newsgraph
