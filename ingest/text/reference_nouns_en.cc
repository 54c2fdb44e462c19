// What English news calls things once it has named them: the carrier, the Swiss drugmaker, the ministry.
#include "ingest/text/reference_words.h"

namespace newsgraph {
namespace {

constexpr EntityType kOrg = EntityType::kOrg;
constexpr EntityType kGpe = EntityType::kGpe;
constexpr EntityType kProduct = EntityType::kProduct;
constexpr EntityType kWork = EntityType::kWork;
constexpr EntityType kLaw = EntityType::kLaw;
constexpr EntityType kFacility = EntityType::kFac;
constexpr EntityType kEvent = EntityType::kEvent;
constexpr EntityType kPerson = EntityType::kPerson;

constexpr std::string_view kFirm = "company media exchange";
constexpr std::string_view kState = "government";

// Heads of one type and kind, apart by spaces; by what the names of such things have in them too.
struct Family {
  EntityType type;
  std::string_view subtypes;     // that speak for it
  bool unknown;                  // so does none
  std::u32string_view nouns;     // apart by spaces
  std::u32string_view in_names;  // that say so as the noun itself does
};

constexpr Family kFamilies[] = {
    // Companies by what they are.
    {kOrg, kFirm, true,
     U"company firm startup start-up group business corporation conglomerate unicorn giant upstart "
     U"subsidiary unit chain franchise outfit partnership venture multinational",
     U""},
    // Companies by trade.
    {kOrg, kFirm, true,
     U"retailer grocer supermarket carmaker automaker truckmaker chipmaker drugmaker planemaker shipbuilder toymaker "
     U"smartphone-maker steelmaker brewer distiller insurer reinsurer lender brokerage broker bookmaker "
     U"developer homebuilder builder contractor manufacturer maker producer supplier distributor wholesaler operator "
     U"miner "
     U"refiner utility consultancy conglomerate agribusiness "
     U"franchisor processor tour-operator caterer hotelier foundry biotech fintech",
     U""},
    {kOrg, kFirm, true, U"airline carrier", U"airlines airways air"},
    {kOrg, kFirm, true, U"railway railroad", U"railway railways railroad rail pacific"},
    {kOrg, kFirm, true, U"publisher imprint", U"press books publishing publishers"},
    {kOrg, "", false, U"house", U"publishing auction"},
    {kOrg, kFirm, false, U"broadcaster station network channel", U"tv television radio broadcasting"},
    {kOrg, "media", false, U"newspaper magazine daily weekly tabloid broadsheet newswire outlet",
     U"times post herald gazette tribune journal courier guardian telegraph news daily"},
    {kOrg, "exchange", false, U"bourse", U"exchange"},
    {kOrg, kFirm, true, U"bank", U"bank banco banque bancorp trust credit"},
    {kOrg, kFirm, false, U"fund", U"fund capital partners"},
    {kOrg, kFirm, true, U"investor buyer bidder suitor acquirer", U"capital partners holdings"},
    {kOrg, kFirm, true, U"studio label", U"studio studios pictures records films"},
    // The state.
    {kOrg, kState, false, U"regulator watchdog", U"authority commission regulator administration ofcom ofgem ofwat"},
    {kOrg, "", false, U"authority", U"authority"},
    {kOrg, "", false, U"ministry", U"ministry"},
    {kOrg, "", false, U"department", U"department"},
    {kOrg, "", false, U"commission", U"commission"},
    {kOrg, kState, false, U"agency bureau", U"agency bureau office administration service"},
    {kOrg, "", false, U"board", U"board"},
    {kOrg, "", false, U"committee panel", U"committee panel"},
    {kOrg, "", false, U"council", U"council"},
    {kOrg, "", false, U"inspectorate", U"inspectorate"},
    {kOrg, "", false, U"court tribunal", U"court tribunal"},
    {kOrg, "", false, U"parliament legislature assembly", U"parliament assembly knesset congress legislature"},
    {kOrg, "", false, U"senate", U"senate"},
    {kOrg, "", false, U"government cabinet", U"government cabinet"},
    {kOrg, "military", false, U"army navy military", U"army navy forces"},
    // Learning, care, causes.
    {kOrg, "education", false, U"university", U"university"},
    {kOrg, "education", false, U"college", U"college"},
    {kOrg, "education", false, U"school academy", U"school academy"},
    {kOrg, "research", false, U"institute laboratory lab observatory",
     U"institute laboratory laboratories lab observatory"},
    {kOrg, "", false, U"hospital clinic", U"hospital clinic infirmary"},
    {kOrg, "", false, U"museum gallery", U"museum gallery"},
    {kOrg, "", false, U"theatre theater", U"theatre theater"},
    {kOrg, "", false, U"orchestra", U"orchestra philharmonic"},
    {kOrg, "", false, U"church diocese", U"church diocese"},
    {kOrg, "ngo", false, U"charity nonprofit", U"charity fund foundation trust"},
    {kOrg, "ngo", false, U"foundation", U"foundation"},
    {kOrg, "", false, U"trust", U"trust"},
    {kOrg, "ngo", false, U"union", U"union workers teamsters unison"},
    {kOrg, "", false, U"federation", U"federation"},
    {kOrg, "ngo", false, U"association", U"association"},
    {kOrg, "ngo", false, U"society", U"society"},
    {kOrg, "", false, U"institution", U"university college institute institution"},
    {kOrg, "party", false, U"party", U"party"},
    {kOrg, "international", false, U"bloc alliance", U"union alliance association"},
    {kOrg, "", false, U"club team side", U"club fc united athletic rovers city town wanderers"},
    {kOrg, "", false, U"league", U"league"},
    // Places.
    {kGpe, "country", false, U"country nation kingdom republic", U"republic kingdom"},
    {kGpe, "city", false, U"city town", U"city town"},
    {kGpe, "", false, U"island islands", U"island islands"},
    {kGpe, "region", false, U"state province", U"state province"},
    {kGpe, "region", false, U"county", U"county"},
    // Things that are made.
    {kProduct, "device", false, U"device gadget handset headset smartphone phone laptop tablet smartwatch wearable",
     U"phone"},
    {kProduct, "", false, U"drug pill vaccine treatment medicine antibody therapy", U""},
    {kProduct, "software platform service ai_model", false,
     U"app software program programme platform tool system service assistant database website browser", U"app"},
    {kProduct, "ai_model software", false, U"chatbot model", U""},
    {kProduct, "", false, U"rocket satellite spacecraft probe telescope rover", U""},
    {kProduct, "", false, U"game console", U""},
    {kProduct, "", false, U"chip processor", U""},
    {kProduct, "", false, U"aircraft jet plane airliner", U""},
    {kProduct, "*", false, U"product", U""},
    // Works.
    {kWork, "film", false, U"film movie documentary picture", U""},
    {kWork, "book", false, U"book novel memoir biography manuscript", U""},
    {kWork, "music", false, U"album song opera", U""},
    {kWork, "paper", false, U"paper study", U""},
    {kWork, "article", false, U"article essay", U""},
    {kWork, "", false, U"sculpture painting play series exhibition", U""},
    // Laws.
    {kLaw, "*", false, U"law act statute legislation measure", U"act law"},
    {kLaw, "*", false, U"bill", U"bill"},
    {kLaw, "*", false, U"treaty pact accord convention", U"treaty pact accord convention agreement"},
    {kLaw, "*", false, U"directive regulation", U"directive regulation"},
    // Sites.
    {kFacility, "", false, U"plant factory refinery works mill mine smelter",
     U"plant factory refinery works mill mine"},
    {kFacility, "", false, U"airport terminal", U"airport terminal"},
    {kFacility, "", false, U"canal port bridge dam stadium reactor pipeline reservoir",
     U"canal port bridge dam stadium"},
    // What takes place.
    {kEvent, "", false, U"festival", U"festival"},
    {kEvent, "meeting", false, U"summit conference", U"summit conference"},
    {kEvent, "election", false, U"election referendum by-election", U"election referendum"},
    {kEvent, "", false, U"tournament championship", U"cup championship tournament open"},
    // People.
    {kPerson, "", false,
     U"singer songwriter rapper actor actress comedian filmmaker novelist author poet playwright journalist columnist "
     U"broadcaster historian economist scientist physicist chemist biologist mathematician "
     U"researcher scholar engineer entrepreneur businessman businesswoman tycoon billionaire magnate "
     U"financier banker trader dealer lawyer barrister politician veteran striker midfielder "
     U"defender winger goalkeeper forward pitcher quarterback sprinter swimmer cyclist boxer "
     U"golfer gymnast skater skier athlete footballer painter sculptor photographer architect designer chef pianist "
     U"violinist cellist conductor composer soprano tenor dissident activist whistleblower campaigner "
     U"defendant suspect nominee candidate winner laureate farmer fisherman surgeon physician "
     U"pilot astronaut cosmonaut soldier policeman detective priest nun",
     U""},
};

bool Holds(std::u32string_view words, std::u32string_view word) {
  for (std::u32string_view rest = words; !rest.empty();) {
    const size_t space = rest.find(U' ');
    if (rest.substr(0, space) == word) return true;
    rest = space == std::u32string_view::npos ? std::u32string_view() : rest.substr(space + 1);
  }
  return false;
}

}  // namespace

std::optional<EnglishHead> EnglishHeadOf(std::u32string_view word) {
  for (const Family& family : kFamilies) {
    if (Holds(family.nouns, word)) {
      return EnglishHead{family.type, family.subtypes, family.unknown, family.nouns, family.in_names};
    }
  }
  return std::nullopt;
}

bool HoldsWordOfList(std::u32string_view list, std::u32string_view word) { return Holds(list, word); }

}  // namespace newsgraph
