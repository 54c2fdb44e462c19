// make_lexicon LEXICON LEFT_OUT CITIES LOCALES FOLDER: the lexicon as it is shipped, in FOLDER: the files of
// LEXICON (ingest/data/lexicon), names from ICU added to their rows, and cities.tsv, languages.tsv and
// territories.tsv for what they have no row of. CITIES and the
// catalogues in LOCALES (/usr/share/locale) are GeoNames' (geonames.h).
//
// make_lexicon --currencies FILE: names of currencies as rows of a C++ table (ingest/text/value_words.cc).
//
// Runs while newsgraph is built. The README beside it says what is taken and what is left out.

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/name_folding.h"
#include "graph/status.h"
#include "ingest/gazetteer/entry_files.h"
#include "ingest/gazetteer/geonames.h"
#include "ingest/gazetteer/icu_names.h"

namespace newsgraph {
namespace {

constexpr uint32_t kLargeCity = 100'000;

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() > end.size() && text.substr(text.size() - end.size()) == end;
}

std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// English names of cities where many are surnames or words (Jackson, Orange, Reading).
bool SpeaksEnglish(std::string_view region) {
  static const std::set<std::string_view> kRegions = {"US", "GB", "CA", "AU", "NZ", "IE", "ZA", "JM"};
  return kRegions.contains(region);
}

// Cities that Chinese writes with characters of their own, not by their sound.
bool WritesHan(std::string_view region) {
  static const std::set<std::string_view> kRegions = {"CN", "TW", "HK", "MO", "KR", "KP", "VN"};
  return kRegions.contains(region);
}

void AddOnce(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

class Gazetteer {
 public:
  Gazetteer(EntryFiles files, std::set<std::string> left_out)
      : files_(std::move(files)), left_out_(std::move(left_out)) {}

  void AddTerritories() {
    // Nobody lives or nobody governs there, or they are groups of states.
    static const std::set<std::string> kNoTerritory = {"AC", "AQ", "BV", "CP", "DG", "EA", "EU", "EZ", "GS", "HM",
                                                       "IC", "IO", "QO", "TA", "TF", "UM", "UN", "XA", "XB"};
    for (const IcuName& name : IcuTerritories()) {
      std::string en = Replaced(Replaced(Replaced(name.en, "&", "and"), "’", "'"), " SAR China", "");
      if (en.substr(0, 4) == "St. ") en = "Saint " + en.substr(4);
      // Brackets tell two of one name apart (Congo), which lexicons do by context.
      std::vector<std::string> hant, hans;
      for (const std::string& zh : name.zh_hant) {
        if (IsAllHan(zh) && Length(zh) >= 3) hant.push_back(zh);
      }
      if (IsAllHan(name.zh_hans) && Length(name.zh_hans) >= 3) hans.push_back(name.zh_hans);
      const std::string bare = en.substr(0, en.find(" ("));
      if (const auto known = FindEntry({en, name.zh_hant[0], name.zh_hans, bare}, "GPE")) {
        territory_[name.code] = *known;
        files_.AddNames(*known, Untaken(hant), Untaken(hans));
        continue;
      }
      if (kNoTerritory.contains(name.code) || !IsWhole(en)) continue;
      Entry entry{"territory_" + Lower(name.code),
                  "GPE",
                  "region",
                  "territory with an ISO 3166 code",
                  "-",
                  {},
                  Untaken(hant),
                  Untaken(hans),
                  {},
                  {}};
      (IsRisky(en, "") ? entry.forms : entry.en) = Untaken({en});
      if (!entry.zh_hant.empty() && !entry.zh_hans.empty()) territories_.push_back(std::move(entry));
    }
  }

  void AddLanguages() {
    for (const IcuName& name : IcuLanguages()) {
      if (name.code == "den") continue;  // Slave, whose Chinese name is that of the Slavic languages
      std::vector<std::string> hant, hans;
      for (const std::string& zh : name.zh_hant) {
        // 荷蘭文 begins 荷蘭文化 too; 荷蘭語 is nothing else.
        const bool written = EndsWith(zh, "文");
        const std::string spoken = written ? zh.substr(0, zh.size() - std::string_view("文").size()) + "語" : zh;
        if (IsAllHan(spoken) && Length(spoken) >= 3 && EndsWith(spoken, "語")) AddOnce(hant, spoken);
      }
      if (IsAllHan(name.zh_hans) && Length(name.zh_hans) >= 3 && EndsWith(name.zh_hans, "语")) hans = {name.zh_hans};
      if (hant.empty() || hans.empty() || !IsWhole(name.en)) continue;
      if (const auto known = FindEntry({name.en + " language", name.en, name.zh_hans, name.zh_hant[0]}, "LANGUAGE")) {
        files_.AddNames(*known, Untaken(hant), Untaken(hans));
        continue;
      }
      Entry entry{"language_" + name.code,
                  "LANGUAGE",
                  "-",
                  "language with an ISO 639 code",
                  "-",
                  {name.en + " language"},
                  Untaken(hant),
                  Untaken(hans),
                  {},
                  {}};
      if (!entry.zh_hant.empty() && !entry.zh_hans.empty()) languages_.push_back(std::move(entry));
    }
  }

  // From both sources; `catalogues`: names in Chinese, by GeoNames' ids.
  void AddCities(std::vector<GeonamesCity> cities,
                 const std::vector<std::unordered_map<std::string, std::string>>& catalogues) {
    std::sort(cities.begin(), cities.end(), [](const GeonamesCity& a, const GeonamesCity& b) {
      return std::tie(b.population, a.id) < std::tie(a.population, b.id);
    });
    std::map<std::string, std::vector<std::string>> from_icu;  // region and English name → Chinese ones
    for (const IcuName& name : IcuCities()) {
      std::vector<std::string>& zh = from_icu[name.region + " " + PlainLetters(name.en)];
      zh = name.zh_hant;
      zh.push_back(name.zh_hans);
    }
    std::map<std::string, int> bearers;  // of a Latin name, among large cities
    for (const GeonamesCity& city : cities) {
      if (city.population >= kLargeCity) ++bearers[PlainLetters(city.name)];
    }
    std::set<std::string> seen;
    for (const GeonamesCity& city : cities) {
      const std::string plain = PlainLetters(city.name);
      std::vector<std::string> zh;
      const auto icu = from_icu.find(city.region + " " + plain);
      if (icu != from_icu.end()) {
        zh = icu->second;
        from_icu.erase(icu);
      } else if (city.population < kLargeCity) {
        continue;
      }
      for (const auto& catalogue : catalogues) {
        if (const auto name = catalogue.find(city.id); name != catalogue.end()) AddOnce(zh, name->second);
      }
      AddCity(city, plain, zh, bearers[plain] > 1, seen.insert(plain).second);
    }
    AddSmallPlaces(from_icu);
  }

  absl::Status Write(const std::filesystem::path& folder) const {
    NEWSGRAPH_RETURN_IF_ERROR(files_.Write(folder));
    const struct {
      const char* file;
      const char* what;
      const std::vector<Entry>& entries;
    } kFiles[] = {{"cities.tsv",
                   "Cities of 100,000 people and more, by GeoNames (CC-BY 4.0) and ICU (Unicode licence).", cities_},
                  {"languages.tsv", "Languages, by ICU (Unicode licence).", languages_},
                  {"territories.tsv", "Territories that are no states, by ICU (Unicode licence).", territories_}};
    for (const auto& [file, what, entries] : kFiles) {
      std::ofstream out(folder / file);
      out << "# " << what
          << " Made by ingest/gazetteer; what countries.tsv, places.tsv and groups.tsv have is not here.\n"
          << "id\ttype\tsubtype\tclass\twhy\twikidata\ten\tzh_hant\tzh_hans\tshort\tcontext\n";
      for (const Entry& entry : entries) out << WriteEntry(entry) << '\n';
      out.flush();
      if (!out) return absl::UnavailableError(fmt::format("write {}: failed", (folder / file).string()));
    }
    return absl::OkStatus();
  }

 private:
  static std::string Lower(std::string text) {
    std::erase_if(text, [](char c) { return c == '.' || c == '\''; });
    for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c == ' ' || c == '-' ? '_' : c);
    return text;
  }

  // No brackets, no comma, no figure.
  static bool IsWhole(const std::string& en) { return en.find_first_of("(),0123456789") == std::string::npos; }

  // One word that is short, of a person, or of a region whose cities are named after people and things.
  bool IsRisky(const std::string& en, std::string_view region) const {
    if (en.find_first_of(" -") != std::string::npos) return Length(en) < 8;
    return Length(en) <= 6 || files_.IsOfPeople(en) || SpeaksEnglish(region);
  }

  // Names that nothing listed by hand has.
  std::vector<std::string> Untaken(const std::vector<std::string>& names) const {
    std::vector<std::string> free;
    for (const std::string& name : names) {
      if (files_.Find(name).empty() && !left_out_.contains(FoldName(name))) free.push_back(name);
    }
    return free;
  }

  // The first entry of a type that has one of these names, asked in order.
  std::optional<size_t> FindEntry(const std::vector<std::string>& names, std::string_view type,
                                  std::string_view subtype = "") const {
    for (const std::string& name : names) {
      for (const size_t index : files_.Find(name)) {
        const Entry& entry = files_.entries()[index];
        if (entry.type == type && (subtype.empty() || entry.subtype == subtype)) return index;
      }
    }
    return std::nullopt;
  }

  // The words that speak for a place there: names of its province, else of its territory.
  std::vector<std::string> ContextOf(const GeonamesCity& city) const {
    std::vector<std::string> words;
    std::optional<size_t> place;
    if (!city.province.empty()) place = FindEntry({city.province}, "GPE", "region");
    if (const auto territory = territory_.find(city.region); !place && territory != territory_.end()) {
      place = territory->second;
    }
    if (place) {
      const Entry& entry = files_.entries()[*place];
      for (const auto* names : {&entry.zh_hant, &entry.zh_hans, &entry.en}) {
        for (const std::string& name : *names) AddOnce(words, name);
      }
    }
    return words;
  }

  // What is left of the places that time zones are named after: small towns, and islands.
  void AddSmallPlaces(const std::map<std::string, std::vector<std::string>>& places) {
    std::set<std::string> made;
    for (const auto* entries : {&territories_, &cities_}) {
      for (const Entry& entry : *entries) {
        for (const std::string& name : entry.zh_hant) made.insert(FoldName(name));
        made.insert(entry.zh_hans.begin(), entry.zh_hans.end());
      }
    }
    for (const auto& [key, zh] : places) {
      const std::string region = key.substr(0, key.find(' ')), en = key.substr(region.size() + 1);
      if (region == "AQ" || !IsWhole(en)) continue;
      Entry entry{"zone_" + Lower(Replaced(en, "’", "")),
                  "GPE",
                  "city",
                  "place that a time zone is named after",
                  "-",
                  {},
                  {},
                  {},
                  {},
                  {}};
      bool is_new = files_.Find(en).empty();
      for (const std::string& name : zh) {
        const std::string simplified = FoldName(name);
        is_new &= files_.Find(name).empty() && !made.contains(simplified);
        if (!IsAllHan(name) || Length(name) < 3 || left_out_.contains(simplified)) continue;
        AddOnce(entry.zh_hans, simplified);
        if (simplified != name || IsOfBothScripts(name)) AddOnce(entry.zh_hant, name);
        if (EndsWith(name, "島") || EndsWith(name, "礁")) entry.type = "LOC", entry.subtype = "-";
      }
      if (IsRisky(en, region)) {
        entry.forms = Untaken({en});
      } else {
        entry.en = Untaken({en});
      }
      if (is_new && !entry.zh_hans.empty()) cities_.push_back(std::move(entry));
    }
  }

  void AddCity(const GeonamesCity& city, const std::string& plain, const std::vector<std::string>& zh, bool shares_name,
               bool is_largest) {
    std::vector<std::string> hant, hans, brief;
    const auto add = [&](const std::string& name) {
      const std::string simplified = FoldName(name);
      AddOnce(hans, simplified);
      if (simplified != name || IsOfBothScripts(name)) AddOnce(hant, name);
    };
    for (const std::string& name : zh) {
      if (!IsAllHan(name)) continue;
      if (Length(name) >= 3) add(name);
      if (!WritesHan(city.region)) continue;
      // 寧德市 is 寧德 too, where the text has the whole name or the province.
      if (Length(name) == 3 && (EndsWith(name, "市") || EndsWith(name, "縣") || EndsWith(name, "县"))) {
        AddOnce(brief, name.substr(0, name.size() - std::string_view("市").size()));
      } else if (Length(name) == 2) {
        AddOnce(brief, name);
      }
    }
    if (hans.empty() && brief.empty()) return;
    std::vector<std::string> chinese = hans;
    chinese.insert(chinese.end(), brief.begin(), brief.end());
    std::vector<std::string> asked = chinese;
    asked.insert(asked.begin(), {city.name, plain});
    // A listed city of the name is this one where a Chinese name is the same, else where it is the largest.
    for (const std::string& name : asked) {
      for (const size_t index : files_.Find(name)) {
        const Entry& entry = files_.entries()[index];
        if (entry.type != "GPE") continue;
        const bool same = std::any_of(chinese.begin(), chinese.end(), [&](const std::string& form) {
          const std::vector<size_t> found = files_.Find(form);
          return std::find(found.begin(), found.end(), index) != found.end();
        });
        if (!same && !(is_largest && entry.subtype == "city")) continue;
        if (is_largest && entry.subtype == "city") {
          files_.AddNames(index, Untaken(hant), Untaken(hans));
        }
        return;
      }
    }
    // 台州 has no longer name there: its own is 台州市.
    if (hans.empty()) add(brief[0] + "市");
    // A name of two cities that nothing tells apart is the larger one's.
    const bool is_conditional = shares_name || SpeaksEnglish(city.region);
    hans = Untaken(hans);
    if (!is_conditional)
      std::erase_if(hans, [this](const std::string& name) { return !plain_names_.insert(name).second; });
    if (hans.empty() || files_.IsOfPeople(plain)) return;
    hant = Untaken(hant);
    std::erase_if(hant, [&](const std::string& name) {
      return std::find(hans.begin(), hans.end(), FoldName(name)) == hans.end();
    });
    std::vector<std::string> en = {city.name};
    if (plain != city.name) en.push_back(plain);
    Entry entry{"geonames_" + city.id, "GPE", "city", "city of 100,000 people or more", "-", {}, hant, hans,
                Untaken(brief),        {}};
    if (city.population < kLargeCity) entry.why = "city that a time zone is named after";
    if (is_conditional) {
      entry.en = Untaken(en);
      entry.context = ContextOf(city);
    } else if (!IsRisky(plain, city.region)) {
      entry.en = Untaken(en);
    } else if (Length(plain) > 4) {  // four capitals would be an acronym
      for (const std::string& name : Untaken(en))
        entry.forms.push_back(name);  // 格拉茨 stands for itself, Graz beside it
    }
    if (!entry.forms.empty() && WritesHan(city.region) && FindEntry({city.province}, "GPE", "region")) {
      entry.context = ContextOf(city);
    }
    cities_.push_back(std::move(entry));
  }

  EntryFiles files_;
  const std::set<std::string> left_out_;     // folded
  std::set<std::string> plain_names_;        // Chinese ones of cities that need no context
  std::map<std::string, size_t> territory_;  // ISO 3166 code → entry
  std::vector<Entry> territories_, languages_, cities_;
};

// Names of currencies that say whose they are; 元, 鎊 alone are the value reader's own.
absl::Status WriteCurrencies(const std::filesystem::path& path) {
  std::ofstream out(path);
  out << "// Made by ingest/gazetteer from ICU (Unicode licence): names of currencies, folded.\n";
  std::set<std::string> seen;
  const auto write = [&](const std::string& name, const std::string& code) {
    const std::string folded = FoldName(name);
    if (seen.insert(folded).second) out << "{U\"" << folded << "\", \"" << code << "\"},\n";
  };
  for (const IcuName& currency : IcuCurrencies()) {
    for (const auto& names : {currency.zh_hant, std::vector<std::string>{currency.zh_hans}}) {
      for (const std::string& name : names) {
        if (IsAllHan(name) && Length(name) >= 3) write(name, currency.code);
      }
    }
    std::string en = Replaced(currency.en, " & ", " and ");
    if (en.find(' ') == std::string::npos) continue;
    write(en, currency.code);
    if (EndsWith(en, "s")) write(en.substr(0, en.size() - 1), currency.code);
    if (PlainLetters(en) != en) write(PlainLetters(en), currency.code);
  }
  out.flush();
  return out ? absl::OkStatus() : absl::UnavailableError(fmt::format("write {}: failed", path.string()));
}

// The first column.
absl::StatusOr<std::set<std::string>> ReadLeftOut(const std::filesystem::path& path) {
  std::ifstream in(path);
  if (!in) return absl::NotFoundError(fmt::format("read {}: not readable", path.string()));
  std::set<std::string> names;
  for (std::string line; std::getline(in, line);) names.insert(FoldName(line.substr(0, line.find('\t'))));
  return names;
}

absl::Status MakeLexicon(const std::filesystem::path& lexicon, const std::filesystem::path& left_out,
                         const std::filesystem::path& cities, const std::filesystem::path& locales,
                         const std::filesystem::path& folder) {
  NEWSGRAPH_ASSIGN_OR_RETURN(EntryFiles files, EntryFiles::Read(lexicon));
  NEWSGRAPH_ASSIGN_OR_RETURN(std::vector<GeonamesCity> all, ReadGeonamesCities(cities));
  std::vector<std::unordered_map<std::string, std::string>> catalogues;
  for (const char* language : {"zh_TW", "zh_HK", "zh_CN", "zh"}) {
    NEWSGRAPH_ASSIGN_OR_RETURN(auto names, ReadCatalogue(locales / language / "LC_MESSAGES" / "geonames.mo"));
    catalogues.push_back(std::move(names));
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(std::set<std::string> names_left_out, ReadLeftOut(left_out));
  Gazetteer gazetteer(std::move(files), std::move(names_left_out));
  gazetteer.AddTerritories();
  gazetteer.AddLanguages();
  gazetteer.AddCities(std::move(all), catalogues);
  std::error_code missing;
  if (std::filesystem::equivalent(lexicon, folder, missing)) {
    return absl::InvalidArgumentError(
        fmt::format("{} is read and would be written; name another folder", folder.string()));
  }
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return gazetteer.Write(folder);
}

}  // namespace
}  // namespace newsgraph

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  absl::Status status = absl::InvalidArgumentError(
      "usage: make_lexicon LEXICON LEFT_OUT CITIES LOCALES FOLDER, or make_lexicon --currencies FILE");
  if (arguments.size() == 2 && arguments[0] == "--currencies") status = newsgraph::WriteCurrencies(arguments[1]);
  if (arguments.size() == 5) {
    status = newsgraph::MakeLexicon(arguments[0], arguments[1], arguments[2], arguments[3], arguments[4]);
  }
  if (!status.ok()) fmt::print(stderr, "make_lexicon: {}\n", std::string(status.message()));
  return status.ok() ? 0 : 1;
}
