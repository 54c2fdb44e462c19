// Cities as GeoNames has them (CC-BY 4.0), read from the files of the Debian packages libgeonames0 (cities
// with their territory and population) and libgeonames-common (their names by language).
#ifndef NEWSGRAPH_INGEST_GAZETTEER_GEONAMES_H_
#define NEWSGRAPH_INGEST_GAZETTEER_GEONAMES_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"

namespace newsgraph {

struct GeonamesCity {
  std::string id;        // GeoNames' number
  std::string name;      // in Latin letters
  std::string province;  // the first level below the territory, in English
  std::string region;    // ISO 3166 code of the territory
  uint32_t population = 0;
};

// `path`: the resource cities.compiled, a GVariant array of (7 strings, u32, 2 doubles). DataLoss where it
// is none.
absl::StatusOr<std::vector<GeonamesCity>> ReadGeonamesCities(const std::filesystem::path& path);

// `path`: a compiled gettext catalogue of id → name. DataLoss where it is none.
absl::StatusOr<std::unordered_map<std::string, std::string>> ReadCatalogue(const std::filesystem::path& path);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_GAZETTEER_GEONAMES_H_
