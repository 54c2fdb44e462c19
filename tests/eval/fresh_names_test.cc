#include "tools/eval/fresh_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ingest/analyzer.h"

namespace newsgraph {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string NameAt(const GoldDocument& document, const GoldMention& mention) {
  const std::string& text = mention.span.field == Field::kTitle ? document.document.title : document.document.text;
  return text.substr(mention.span.begin, mention.span.end - mention.span.begin);
}

// A text with its names in ⟦entity|name⟧.
class Written {
 public:
  explicit Written(std::string language) { document_.document.language = std::move(language); }

  Written& Entity(std::string id, EntityType type, std::string subtype = {}) {
    document_.entities.push_back({std::move(id), true, type, std::move(subtype)});
    return *this;
  }
  Written& Text(const std::string& marked) {
    std::string& text = document_.document.text;
    for (size_t i = 0; i < marked.size();) {
      const size_t open = marked.find("⟦", i);
      text += marked.substr(i, open - i);
      if (open == std::string::npos) break;
      const size_t bar = marked.find('|', open), close = marked.find("⟧", open);
      const std::string id = marked.substr(open + 3, bar - open - 3);
      GoldMention mention;
      for (size_t e = 0; e < document_.entities.size(); ++e) {
        if (document_.entities[e].id == id) mention.entity = static_cast<int32_t>(e);
      }
      const auto begin = static_cast<uint32_t>(text.size());
      text += marked.substr(bar + 1, close - bar - 1);
      mention.span = {Field::kText, begin, static_cast<uint32_t>(text.size())};
      document_.mentions.push_back(mention);
      i = close + 3;
    }
    return *this;
  }
  Written& Title(std::string title) {
    document_.document.title = std::move(title);
    return *this;
  }
  const GoldDocument& document() const { return document_; }

 private:
  GoldDocument document_;
};

GoldSet SetOf(const std::vector<Written>& documents) {
  GoldSet set;
  set.has_identity = true;
  for (const Written& written : documents) set.documents.push_back(written.document());
  return set;
}

FreshNames Fresh(const GoldSet& gold, const std::set<std::string>& listed, uint64_t seed = 1) {
  absl::StatusOr<FreshNames> fresh = WithFreshNames(gold, listed, seed);
  EXPECT_TRUE(fresh.ok()) << fresh.status();
  return *std::move(fresh);
}

TEST(FreshNamesTest, NamesOfAPersonChangeTogetherAndKeepTheirShape) {
  const GoldSet gold =
      SetOf({Written("zh-Hant")
                 .Entity("mark", EntityType::kPerson)
                 .Text("⟦mark|馬克·扎克伯格⟧(⟦mark|Mark Zuckerberg⟧)說，⟦mark|扎克伯格⟧與⟦mark|扎克博格⟧。")});
  const FreshNames fresh = Fresh(gold, {"扎克伯格"});
  const GoldDocument& document = fresh.gold.documents[0];
  const std::string full = NameAt(document, document.mentions[0]), latin = NameAt(document, document.mentions[1]),
                    surname = NameAt(document, document.mentions[2]), misspelt = NameAt(document, document.mentions[3]);
  const size_t dot = full.find("·");
  ASSERT_NE(dot, std::string::npos);
  EXPECT_EQ(full.substr(dot + 2), surname);
  EXPECT_NE(latin.find(' '), std::string::npos);
  EXPECT_NE(surname, misspelt);
  EXPECT_EQ(document.document.text, full + "(" + latin + ")說，" + surname + "與" + misspelt + "。");
  EXPECT_THAT(document.document.text, Not(HasSubstr("扎克")));
}

TEST(FreshNamesTest, WhatTheLexiconDoesNotListAndClosedClassesStay) {
  const GoldSet gold = SetOf({Written("zh-Hant")
                                  .Entity("nvidia", EntityType::kOrg, "company")
                                  .Entity("haichuan", EntityType::kOrg, "company")
                                  .Entity("taiwan", EntityType::kGpe, "country")
                                  .Text("⟦taiwan|台灣⟧的⟦haichuan|海川科技⟧向⟦nvidia|輝達⟧採購。")
                                  .Title("輝達漲")});
  const FreshNames fresh = Fresh(gold, {"輝達", "台灣"});
  const GoldDocument& document = fresh.gold.documents[0];
  const std::string name = NameAt(document, document.mentions[2]);
  EXPECT_EQ(NameAt(document, document.mentions[0]), "台灣");
  EXPECT_EQ(NameAt(document, document.mentions[1]), "海川科技");
  EXPECT_NE(name, "輝達");
  EXPECT_EQ(document.document.text, "台灣的海川科技向" + name + "採購。");
  EXPECT_EQ(document.document.title, name + "漲");
  EXPECT_EQ(document.document.language, "zh-Hant");
}

TEST(FreshNamesTest, NumbersEndingsAndSharedWordsStay) {
  const GoldSet gold =
      SetOf({Written("en")
                 .Entity("meta", EntityType::kOrg, "company")
                 .Entity("meta_ai", EntityType::kProduct)
                 .Entity("llama3", EntityType::kProduct)
                 .Entity("llama4", EntityType::kProduct)
                 .Entity("h20", EntityType::kProduct)
                 .Entity("mit", EntityType::kOrg, "education")
                 .Text("⟦meta|Meta Platforms⟧ (⟦meta|Meta⟧) has ⟦meta_ai|Meta AI⟧, ⟦llama3|Llama 3.1⟧, "
                       "⟦llama4|Llama 4⟧, ⟦h20|H20⟧; ⟦mit|Cambria Institute of Technology⟧, ⟦mit|CIT⟧")});
  const FreshNames fresh = Fresh(gold, {"Meta", "Meta AI", "Llama 3.1", "Llama 4", "H20", "CIT"});
  const GoldDocument& document = fresh.gold.documents[0];
  std::vector<std::string> names;
  for (const GoldMention& mention : document.mentions) names.push_back(NameAt(document, mention));
  EXPECT_EQ(names[0], names[1] + " Platforms");
  EXPECT_NE(names[1], "Meta");
  EXPECT_EQ(names[2], names[1] + " AI");
  EXPECT_EQ(names[3].substr(names[3].size() - 4), " 3.1");
  EXPECT_EQ(names[3].substr(0, names[3].size() - 4), names[4].substr(0, names[4].size() - 2));
  EXPECT_EQ(names[5].substr(1), "20");
  EXPECT_NE(names[5], "H20");
  EXPECT_THAT(names[6], HasSubstr(" Institute of Technology"));
  EXPECT_EQ(names[7], std::string(1, names[6][0]) + "IT");
}

TEST(FreshNamesTest, OneEntityHasOneNameInAllDocumentsEachInItsScript) {
  const GoldSet gold = SetOf({Written("zh-Hant").Entity("trump", EntityType::kPerson).Text("⟦trump|特朗普⟧說"),
                              Written("zh-Hans").Entity("trump", EntityType::kPerson).Text("⟦trump|特朗普⟧说"),
                              Written("zh-Hans").Entity("other", EntityType::kPerson).Text("他说")});
  const FreshNames fresh = Fresh(gold, {"特朗普"});
  const auto& names = fresh.names.at("trump");
  ASSERT_EQ(names.size(), 2u);
  EXPECT_EQ(fresh.gold.documents[0].document.text, names.at({"特朗普", false}) + "說");
  EXPECT_EQ(fresh.gold.documents[1].document.text, names.at({"特朗普", true}) + "说");
  EXPECT_EQ(fresh.gold.documents[2].document.text, "他说");
}

TEST(FreshNamesTest, NeedsGoldWithIdentity) {
  GoldSet gold;
  gold.name = "wnut17.dev";
  EXPECT_THAT(std::string(WithFreshNames(gold, {}, 1).status().message()), HasSubstr("wnut17.dev"));
}

class FreshCorpusTest : public testing::Test {
 protected:
  FreshCorpusTest() {
    auto read = ReadGold(NEWSGRAPH_SOURCE_DIR "/tests/corpus", {});
    EXPECT_TRUE(read.ok()) << read.status();
    gold_ = *std::move(read);
    auto listed = ListedNames(NamesToLookUp(gold_), {NEWSGRAPH_DATA_DIR, {}, {}, {}});
    EXPECT_TRUE(listed.ok()) << listed.status();
    listed_ = *std::move(listed);
  }
  GoldSet gold_;
  std::set<std::string> listed_;
};

// The old names in place of the fresh ones.
std::string PutBack(std::string text, const FreshNames& fresh, bool simplified) {
  for (const auto& [id, names] : fresh.names) {
    for (const auto& [name, invented] : names) {
      if (name.simplified != simplified || invented.size() < 4 || invented == name.name) continue;
      for (size_t at = text.find(invented); at != std::string::npos; at = text.find(invented, at + name.name.size())) {
        text.replace(at, invented.size(), name.name);
      }
    }
  }
  return text;
}

TEST_F(FreshCorpusTest, EverySpanReadsAsItsNameAndNothingElseChanges) {
  const FreshNames fresh = Fresh(gold_, listed_);
  EXPECT_GT(fresh.names.size(), 60u);
  ASSERT_EQ(fresh.gold.documents.size(), gold_.documents.size());
  for (size_t d = 0; d < gold_.documents.size(); ++d) {
    const GoldDocument& before = gold_.documents[d];
    const GoldDocument& after = fresh.gold.documents[d];
    const bool simplified = before.document.language == "zh-Hans";
    ASSERT_EQ(after.mentions.size(), before.mentions.size());
    uint32_t at_before = 0, at_after = 0;
    for (size_t m = 0; m < before.mentions.size(); ++m) {
      const GoldMention& old = before.mentions[m];
      const GoldMention& moved = after.mentions[m];
      EXPECT_EQ(moved.entity, old.entity);
      const std::string name = NameAt(before, old);
      const auto entity =
          old.entity < 0 ? fresh.names.end() : fresh.names.find(before.entities[static_cast<size_t>(old.entity)].id);
      const bool replaced = entity != fresh.names.end() && old.form == MentionForm::kName;
      if (replaced) {
        EXPECT_EQ(NameAt(after, moved), entity->second.at({name, simplified})) << name;
      } else if (old.form == MentionForm::kPronoun) {
        EXPECT_EQ(NameAt(after, moved), name);
      }
      if (!replaced || old.span.field != Field::kText || old.span.begin < at_before) continue;
      // 竹南資料中心 keeps its name but for the city in it.
      EXPECT_EQ(PutBack(after.document.text.substr(at_after, moved.span.begin - at_after), fresh, simplified),
                before.document.text.substr(at_before, old.span.begin - at_before));
      at_before = old.span.end;
      at_after = moved.span.end;
    }
    EXPECT_EQ(PutBack(after.document.text.substr(at_after), fresh, simplified), before.document.text.substr(at_before));
  }
}

TEST_F(FreshCorpusTest, StatementsKeepTheirEvidenceAndTheirWords) {
  const FreshNames fresh = Fresh(gold_, listed_);
  // What stands before the first mention of a piece of text, and after its last: no name hides in it.
  struct Edges {
    std::vector<size_t> mentions;
    std::string before, after;
  };
  const auto edges_of = [](const GoldDocument& document, const Span& span) {
    Edges edges;
    uint32_t first = span.end, last = span.begin;
    for (size_t m = 0; m < document.mentions.size(); ++m) {
      const Span& mention = document.mentions[m].span;
      if (mention.field != span.field || mention.begin < span.begin || mention.end > span.end) continue;
      edges.mentions.push_back(m);
      first = std::min(first, mention.begin);
      last = std::max(last, mention.end);
    }
    const std::string& text = span.field == Field::kTitle ? document.document.title : document.document.text;
    edges.before = text.substr(span.begin, first - span.begin);
    edges.after = text.substr(last, span.end - last);
    return edges;
  };
  size_t moved = 0;
  for (size_t d = 0; d < gold_.documents.size(); ++d) {
    const GoldDocument& before = gold_.documents[d];
    const GoldDocument& after = fresh.gold.documents[d];
    const bool simplified = before.document.language == "zh-Hans";
    ASSERT_EQ(after.statements.size(), before.statements.size());
    for (size_t s = 0; s < before.statements.size(); ++s) {
      const GoldStatement &old = before.statements[s], &now = after.statements[s];
      const Edges old_edges = edges_of(before, old.evidence), edges = edges_of(after, now.evidence);
      EXPECT_EQ(edges.mentions, old_edges.mentions) << old.id;
      EXPECT_EQ(PutBack(edges.before, fresh, simplified), old_edges.before) << old.id;
      EXPECT_EQ(PutBack(edges.after, fresh, simplified), old_edges.after) << old.id;
      moved += now.evidence == old.evidence ? 0 : 1;
      if (!old.literal) continue;
      const auto stands = [](const GoldDocument& document, const GoldStatement& statement) {
        return document.document.text.find(statement.literal->text) != std::string::npos;
      };
      EXPECT_TRUE(stands(after, now) || !stands(before, old)) << old.id << ": " << now.literal->text;
    }
  }
  EXPECT_GT(moved, 300u);  // of 577: names before them have other lengths
}

TEST_F(FreshCorpusTest, TheSeedDecidesAndNoFreshNameIsListed) {
  const FreshNames one = Fresh(gold_, listed_, 1), again = Fresh(gold_, listed_, 1), two = Fresh(gold_, listed_, 2);
  EXPECT_EQ(one.names, again.names);
  EXPECT_EQ(one.gold.documents[0].document.text, again.gold.documents[0].document.text);
  EXPECT_NE(one.names, two.names);
  std::vector<std::string> invented;
  for (const auto& [id, names] : one.names) {
    for (const auto& [name, fresh] : names) {
      if (fresh != name.name) invented.push_back(fresh);
    }
  }
  const auto still = ListedNames(invented, {NEWSGRAPH_DATA_DIR, {}, {}, {}});
  ASSERT_TRUE(still.ok());
  EXPECT_THAT(*still, testing::IsEmpty());
}

}  // namespace
}  // namespace newsgraph
