#include "ingest/gazetteer/icu_names.h"

#include <unicode/locid.h>
#include <unicode/region.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>
#include <unicode/tznames.h>
#include <unicode/ucurr.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace newsgraph {
namespace {

const icu::Locale kEnglish("en"), kTaiwan("zh_Hant"), kHongKong("zh_Hant_HK"), kMainland("zh_Hans");

std::string ToUtf8(const icu::UnicodeString& text) {
  std::string utf8;
  return text.toUTF8String(utf8);
}

// `name_in(locale)` in the four; false where one is missing, which ICU tells by giving the code back.
template <typename NameIn>
bool Fill(IcuName& name, const NameIn& name_in) {
  name.en = name_in(kEnglish);
  name.zh_hant = {name_in(kTaiwan)};
  if (std::string hong_kong = name_in(kHongKong); hong_kong != name.zh_hant[0]) name.zh_hant.push_back(hong_kong);
  name.zh_hans = name_in(kMainland);
  return !name.en.empty() && name.en != name.code && name.zh_hant[0] != name.code && name.zh_hans != name.code;
}

std::vector<IcuName> ByCode(std::vector<IcuName> names) {
  std::sort(names.begin(), names.end(), [](const IcuName& a, const IcuName& b) { return a.code < b.code; });
  return names;
}

}  // namespace

std::vector<IcuName> IcuTerritories() {
  UErrorCode failed = U_ZERO_ERROR;
  const std::unique_ptr<icu::StringEnumeration> codes(icu::Region::getAvailable(URGN_TERRITORY, failed));
  std::vector<IcuName> names;
  while (const char* code = codes->next(nullptr, failed)) {
    IcuName name;
    name.code = code;
    const bool complete = Fill(name, [&](const icu::Locale& in) {
      icu::UnicodeString text;
      return ToUtf8(icu::Locale("und", code).getDisplayCountry(in, text));
    });
    if (complete) names.push_back(std::move(name));
  }
  return ByCode(std::move(names));
}

std::vector<IcuName> IcuLanguages() {
  std::vector<IcuName> names;
  for (const char* const* code = icu::Locale::getISOLanguages(); *code != nullptr; ++code) {
    IcuName name;
    name.code = *code;
    const bool complete = Fill(name, [&](const icu::Locale& in) {
      icu::UnicodeString text;
      return ToUtf8(icu::Locale(*code).getDisplayLanguage(in, text));
    });
    if (complete) names.push_back(std::move(name));
  }
  return ByCode(std::move(names));
}

std::vector<IcuName> IcuCities() {
  UErrorCode failed = U_ZERO_ERROR;
  std::vector<std::pair<const icu::Locale*, std::unique_ptr<const icu::TimeZoneNames>>> tables;
  for (const icu::Locale* locale : {&kEnglish, &kTaiwan, &kHongKong, &kMainland}) {
    tables.emplace_back(locale, icu::TimeZoneNames::createInstance(*locale, failed));
  }
  const std::unique_ptr<icu::StringEnumeration> zones(
      icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL_LOCATION, nullptr, nullptr, failed));
  std::vector<IcuName> names;
  while (const icu::UnicodeString* zone = zones->snext(failed)) {
    IcuName name;
    name.code = ToUtf8(*zone);
    char region[8] = "";
    UErrorCode no_region = U_ZERO_ERROR;
    icu::TimeZone::getRegion(*zone, region, sizeof region, no_region);
    name.region = region;
    const bool complete = Fill(name, [&](const icu::Locale& in) {
      icu::UnicodeString text;
      for (const auto& [locale, table] : tables) {
        if (locale == &in) table->getExemplarLocationName(*zone, text);
      }
      return ToUtf8(text);
    });
    if (complete) names.push_back(std::move(name));
  }
  return ByCode(std::move(names));
}

std::vector<IcuName> IcuCurrencies() {
  UErrorCode failed = U_ZERO_ERROR;
  UEnumeration* const codes = ucurr_openISOCurrencies(UCURR_COMMON | UCURR_NON_DEPRECATED, &failed);
  std::vector<IcuName> names;
  while (const char* code = uenum_next(codes, nullptr, &failed)) {
    IcuName name;
    name.code = code;
    // Where there is no name ICU gives this buffer back, so it outlives the call.
    icu::UnicodeString wide(code, -1, US_INV);
    const char16_t* const terminated = wide.getTerminatedBuffer();
    const bool complete = Fill(name, [&](const icu::Locale& in) {
      UErrorCode unnamed = U_ZERO_ERROR;
      int32_t length = 0;
      const char16_t* text = ucurr_getPluralName(terminated, in.getName(), nullptr, "other", &length, &unnamed);
      return U_FAILURE(unnamed) ? std::string() : ToUtf8(icu::UnicodeString(text, length));
    });
    if (complete) names.push_back(std::move(name));
  }
  uenum_close(codes);
  return ByCode(std::move(names));
}

}  // namespace newsgraph
