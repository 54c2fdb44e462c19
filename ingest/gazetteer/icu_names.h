// Names of the world's territories, languages, cities and currencies, as ICU has them (CLDR): English,
// Traditional Chinese of Taiwan and of Hong Kong, Simplified Chinese.
#ifndef NEWSGRAPH_INGEST_GAZETTEER_ICU_NAMES_H_
#define NEWSGRAPH_INGEST_GAZETTEER_ICU_NAMES_H_

#include <string>
#include <vector>

namespace newsgraph {

struct IcuName {
  std::string code;    // ISO 3166, 639 or 4217; of a city its time zone
  std::string region;  // of a city: the ISO 3166 code of its territory
  std::string en;
  std::vector<std::string> zh_hant;  // Taiwan's, then Hong Kong's where it is another
  std::string zh_hans;
};

// Each in the order of their codes. Names are as ICU writes them, brackets and all; what it has no name
// for in one of the languages is left out.
std::vector<IcuName> IcuTerritories();
std::vector<IcuName> IcuLanguages();
std::vector<IcuName> IcuCities();      // after which a time zone is named
std::vector<IcuName> IcuCurrencies();  // in use today; `en` is the plural: Egyptian pounds

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_GAZETTEER_ICU_NAMES_H_
