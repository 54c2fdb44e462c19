#include "tools/eval/label_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace newsgraph {
namespace {

using testing::HasSubstr;

constexpr const char* kHeader = "map\tlabel\ttypes\twhy\n";
constexpr const char* kCorpora = "file\tmap\tlanguage\nnews_\tnews\ten\n";
constexpr const char* kRest = "news\t(unlabelled)\tORG|PRODUCT|TECH|WORK|EVENT|LAW|POSITION|NORP|LANGUAGE\tno label\n";

std::string ErrorOf(const std::string& lines) {
  return std::string(LabelTables::Parse(kCorpora, kHeader + lines).status().message());
}

TEST(LabelMapTest, TypesAreSetsOfBits) {
  EXPECT_EQ(ToString(TypeBit(EntityType::kOrg) | TypeBit(EntityType::kPerson)), "PERSON|ORG");
  EXPECT_EQ(ToString(TypeSet{0}), "-");
  EXPECT_EQ(NameTypes() & ValueTypes(), 0u);
  EXPECT_EQ(ToString(ValueTypes()), "DATE|TIME|MONEY|PERCENT|QUANTITY|CARDINAL|ORDINAL");
}

TEST(LabelMapTest, TheBuiltInTablesTellOfEveryLabelThatTheCorporaUse) {
  const LabelTables& tables = LabelTables::Default();
  const struct {
    const char* file;
    const char* language;
    std::vector<std::string> labels;
  } corpora[] = {
      {"uner_zh_gsd_trad.dev.jsonl", "zh-Hant", {"PER", "ORG", "LOC"}},
      {"uner_zh_gsd_simp.dev.jsonl", "zh-Hans", {"PER", "ORG", "LOC"}},
      {"uner_en_ewt.train.jsonl", "en", {"PER", "ORG", "LOC", "OTH", "O"}},
      {"aishell_ner.dev.jsonl", "zh-Hans", {"PER", "ORG", "LOC"}},
      {"crossner_ai.dev.jsonl",
       "en",
       {"metrics", "algorithm", "misc", "person", "product", "organisation", "task", "university", "conference",
        "researcher", "field", "programlang", "country", "location"}},
      {"crossner_politics.dev.jsonl",
       "en",
       {"election", "misc", "politicalparty", "organisation", "politician", "person", "event", "country", "location"}},
      {"crossner_science.dev.jsonl",
       "en",
       {"organisation", "academicjournal", "scientist", "chemicalcompound", "misc", "university", "discipline",
        "location", "protein", "astronomicalobject", "chemicalelement", "event", "person", "award", "enzyme", "country",
        "theory"}},
      {"crossner_literature.test.jsonl",
       "en",
       {"literarygenre", "book", "award", "location", "poem", "misc", "writer", "organisation", "person", "event",
        "country", "magazine"}},
      {"crossner_music.dev.jsonl",
       "en",
       {"event", "musicalartist", "location", "organisation", "album", "song", "misc", "award", "band", "musicgenre",
        "person", "country", "musicalinstrument"}},
      {"wnut17.dev.jsonl", "en", {"location", "creative-work", "person", "product", "group", "corporation"}},
      {"wikigold.jsonl", "en", {"MISC", "ORG", "PER", "LOC"}},
      {"gum_news_interview.train.jsonl",
       "en",
       {"person", "organization", "animal", "time", "abstract", "place", "event", "substance", "plant", "object"}},
  };
  for (const auto& [file, language, labels] : corpora) {
    const LabelTables::Corpus* const corpus = tables.FindByFile(file);
    ASSERT_NE(corpus, nullptr) << file;
    EXPECT_EQ(corpus->language, language) << file;
    for (const std::string& label : labels) EXPECT_EQ(corpus->map->labels.count(label), 1u) << file << " " << label;
    EXPECT_EQ(corpus->map->labels.size(), corpus->map->name == "uner" ? 5u : labels.size()) << file;
  }
  EXPECT_EQ(tables.FindByFile("conll.jsonl"), nullptr);
  EXPECT_EQ(tables.FindMap("conll"), nullptr);
}

TEST(LabelMapTest, AMapSaysOfEachTypeWhetherItIsLabelled) {
  const auto tables = LabelTables::Parse(kCorpora, std::string(kHeader) +
                                                       "news\tPER\tPERSON\tpeople\nnews\tLOC\tGPE|LOC|FAC\tplaces\n" +
                                                       "news\tMISC\t-\tmixed\n" + kRest);
  ASSERT_TRUE(tables.ok()) << tables.status();
  const LabelMap& map = *tables->FindByFile("news_2024.jsonl")->map;
  EXPECT_EQ(ToString(map.labelled), "PERSON|GPE|LOC|FAC");
  ASSERT_EQ(map.classes.size(), 2u);
  EXPECT_EQ(ToString(map.classes[1]), "GPE|LOC|FAC");
  EXPECT_EQ(map.labels.at("MISC"), 0u);
}

TEST(LabelMapTest, WrongTablesAreRefusedWithTheLine) {
  EXPECT_THAT(ErrorOf("news\tPER\tPERSON\tpeople\n"), HasSubstr("neither labelled nor in (unlabelled)"));
  EXPECT_THAT(ErrorOf(std::string("news\tPER\tPERSON|GPE|LOC|FAC|ORG\tpeople\n") + kRest),
              HasSubstr("ORG is both labelled and unlabelled"));
  EXPECT_THAT(ErrorOf("news\tPER\tPERSON\tpeople\nnews\tLOC\tPLACE\tplaces\n"),
              HasSubstr("label_maps.tsv:3: \"PLACE\" is no type of names"));
  EXPECT_THAT(ErrorOf("news\tWHEN\tDATE\tdates\n"), HasSubstr("label_maps.tsv:2: \"DATE\" is no type of names"));
  EXPECT_THAT(ErrorOf("news\tPER\tPERSON\tpeople\nnews\tPER\tORG\tagain\n"), HasSubstr("label_maps.tsv:3: "));
  EXPECT_THAT(ErrorOf("news\tPER\n"), HasSubstr("label_maps.tsv:2: 2 columns where 4 are needed"));
  EXPECT_THAT(std::string(LabelTables::Parse(kCorpora, kHeader).status().message()),
              HasSubstr("corpora.tsv:2: there is no map news"));
}

}  // namespace
}  // namespace newsgraph
