#include "ingest/text/english_context_words.h"

#include <algorithm>
#include <unordered_map>

namespace newsgraph {
namespace {

struct Row {
  Place place;
  Side side;
  float weight;
  std::u32string_view words;  // apart by spaces
};

constexpr Row kRows[] = {
    {kVerbBefore, kOrgSide, 4,
     U"joined joining joins rejoined acquire acquired acquires acquiring chairs chaired co-founded cofounded founded "
     U"founding "
     U"nationalise nationalised nationalize nationalized bankrolled outbid"},
    {kVerbBefore, kOrgSide, 3,
     U"buy bought buying buys sued suing left quit leave leaving headed heads owns owned privatised privatized"},
    {kVerbBefore, kPersonSide, 3,
     U"married met hired appointed named elected nominated succeeded interviewed arrested jailed recruited poached "
     U"promoted "
     U"sacked fired ousted replaced"},
    {kVerbBefore, kPlaceSide, 4, U"visited visiting visit invaded invade invading toured"},
    {kVerbBefore, kProductSide, 2,
     U"launched launch launches unveiled unveil unveils released releases introduced introduces uses using download "
     U"downloaded"},
    {kNounOfBefore, kOrgSide, 4,
     U"shares share stock stake stakes holding investment investments investor investors shareholder shareholders "
     U"takeover "
     U"acquisition buyout purchase merger bid offer subsidiary unit division affiliate customer customers employee "
     U"employees "
     U"employees headquarters spin-off spinoff merge merged invest invested invests workers staff engineers executives "
     U"bidder bidders suitor suitors works worked working job jobs directorship directors creditors lenders "
     U"brand brands profits revenue revenues earnings bonds ipo flotation valuation founder founders co-founder "
     U"co-founders "
     U"cofounder cofounders rival rivals competitor competitors clients client customers supplier suppliers "
     U"partnership spell "
     U"stint internship warehouse factory factories stores trainee"},
    {kNounOfBefore, kPlaceSide, 4,
     U"capital government people embassy ambassador border relations war citizen citizens native population economy "
     U"parliament "
     U"republic kingdom city town village province region port mayor president-elect consulate borders coast outskirts "
     U"suburb "
     U"suburbs district residents resident trip visit flight flew travelled traveled emigrated fled moved invasion "
     U"streets born "
     U"lives lived living raised located based headquartered deported extradited"},
    {kNounOfBefore, kProductSide, 3, U"version versions users copies release launch"},
    {kDoneByBefore, kOrgSide, 3,
     U"developed made manufactured operated supplied sold published acquired bought employed marketed distributed "
     U"underwritten "
     U"insured licensed produced issued released launched commissioned sponsored backed funded hired taken"},
    {kAppositionLeft, kOrgSide, 4,
     U"company firm maker manufacturer supplier retailer lender insurer reinsurer automaker carmaker chipmaker "
     U"drugmaker airline "
     U"broadcaster brokerage consultancy nonprofit startup start-up conglomerate bank miner shipbuilder wholesaler "
     U"distributor "
     U"charity agency newspaper think-tank group giant chain operator builder developer publisher label brewer "
     U"distiller "
     U"utility union regulator watchdog parent subsidiary unit fund investor hedge-fund builder grocer supermarket "
     U"hotelier "
     U"toymaker planemaker boatbuilder steelmaker smelter refiner refinery grocer landlord shipper haulier carrier "
     U"lobby "
     U"association federation club team university school college museum gallery magazine website consortium "
     U"partnership "
     U"ministry department contractor start-ups firms companies banks retailers makers insurers airlines unions "
     U"charities "
     U"owner buyer bidder suitor party opposition competitor studio producer foundry exporter importer trader"},
    {kAppositionLeft, kPlaceSide, 4,
     U"city town village province state island capital country kingdom republic county suburb port"},
    {kAppositionLeft, kProductSide, 4,
     U"model app chip smartphone phone software platform chatbot assistant drug vaccine pill supplement console game "
     U"browser "
     U"database tool robot drone scooter sedan truck satellite rocket missile language library brand engine processor "
     U"monitor "
     U"medicine treatment toolkit headset laptop tablet product flagship"},
    {kAppositionLeft, kWorkSide, 5,
     U"book novel memoir film movie album song play musical documentary biography autobiography poem sitcom thriller "
     U"bestseller"},
    {kAppositionLeft, kPersonSide, 4,
     U"wife husband brother sister son daughter father mother cousin nephew niece uncle aunt colleague friend "
     U"physiologist physicist chemist biologist historian economist architect novelist poet painter singer actor "
     U"actress cellist "
     U"pianist violinist crystallographer philosopher composer sculptor journalist lawyer tycoon billionaire "
     U"businessman "
     U"businesswoman entrepreneur activist footballer striker midfielder coach driver swimmer sprinter magnate "
     U"financier "
     U"lawmaker backbencher mandarin veteran widow widower partner boss founder co-founder chairman chairwoman chair "
     U"president "
     U"minister senator mayor governor judge prosecutor detective sergeant captain general colonel professor analyst "
     U"engineer"},
    {kTitledLeft, kPersonSide, 5,
     U"mr mrs ms dr sir dame lord lady prof professor judge justice sergeant captain colonel king queen prince "
     U"princess pope "
     U"rev reverend saint senator congressman congresswoman president chancellor"},
    {kOwned, kOrgSide, 4,
     U"shares stock board customers employees workers staff workforce headquarters takeover bid acquisition purchase "
     U"merger brand brands "
     U"stores store factory factories plant plants revenue revenues sales profit profits losses earnings results "
     U"executives "
     U"owner owners parent subsidiary subsidiaries unit market valuation ipo lenders creditors shareholders investors "
     U"chairman chairwoman chair ceo cfo founder founders co-founder co-founders cofounder products product balance "
     U"debt debts "
     U"shareholding offering warehouses fleet network data chief board managing executive executives auditor auditors "
     U"spokesman spokeswoman spokesperson general finance rival rivals bondholders dividend outlets branches app "
     U"website line "
     U"swoop stake supply backers backer margins margin fund funds management"},
    {kOwned, kPlaceSide, 5,
     U"parliament government capital army economy population constitution ministry border borders president prime king "
     U"queen "
     U"foreign central navy airforce legislature lawmakers voters senate supreme treasurer coast currency junta "
     U"exports "
     U"minister ministers interior environment defence defense embassy streets city"},
    {kOwned, kPersonSide, 5,
     U"wife husband mother father son daughter brother sister sons daughters parents family friend friends lawyer "
     U"lawyers widow "
     U"childhood death girlfriend boyfriend cousin nephew niece grandmother grandfather body voice career memoir "
     U"memoirs "
     U"successor predecessor deputy resignation arrest home boss colleagues students doctoral testimony"},
    {kVerbAfter, kOrgSide, 4, U"employs employed manufactures operates merged"},
    {kVerbAfter, kOrgSide, 3,
     U"makes sells posted raised owns produces supplies acquired generates operates ships reported licensed"},
    {kVerbAfter, kOrgSide, 2,
     U"agreed announced bought plans launched unveiled declined makes hired builds runs recalled cut opened "
     U"introduced"},
    {kVerbAfter, kPersonSide, 4,
     U"resigned retired graduated married died testified quipped joked wept smiled shrugged laughed recalls recalled "
     U"grew "
     U"studied himself herself dined chuckled grinned nodded lectures teaches taught attended quits lives lived"},
    {kVerbAfter, kPersonSide, 2, U"thinks believes fears worries reckons doubts remembers knows hopes argues"},
    {kApposition, kOrgSide, 5,
     U"company firm maker manufacturer supplier retailer lender insurer automaker carmaker chipmaker drugmaker airline "
     U"broadcaster "
     U"brokerage consultancy nonprofit startup start-up conglomerate bank miner shipbuilder wholesaler distributor "
     U"charity agency "
     U"newspaper think-tank group chain operator builder publisher label brewer utility union regulator watchdog "
     U"subsidiary unit "
     U"fund grocer supermarket steelmaker federation association club university museum gallery magazine website "
     U"consortium "
     U"ministry contractor party studio foundry foundation exporter importer giant"},
    {kApposition, kPlaceSide, 5,
     U"city town village province island country kingdom republic county suburb port capital"},
    {kApposition, kProductSide, 5,
     U"model app chip smartphone software platform chatbot assistant drug vaccine pill supplement console game browser "
     U"database tool robot drone scooter sedan truck satellite rocket missile library family product system device "
     U"treatment"},
    {kApposition, kWorkSide, 5,
     U"book novel memoir film movie album song musical documentary biography autobiography poem sitcom thriller"},
    {kApposition, kPersonSide, 4,
     U"physiologist physicist chemist biologist historian economist architect novelist poet singer actor actress "
     U"cellist "
     U"pianist lawyer tycoon billionaire businessman entrepreneur activist lawmaker backbencher founder co-founder "
     U"chairman "
     U"chairwoman minister senator mayor judge professor analyst engineer spokesman spokeswoman director manager who "
     U"partner resident nurse teacher student physician surgeon undersecretary secretary president chair"},
    {kFirstWord, kOrgSide, 4,
     U"banco banca banque grupo groupe gruppo club gallery galerie compagnie compania société sociedad hotel maison "
     U"casa bank "
     U"cafe café deutsche radio royal statistics museum real atlético sporting international national team studio "
     U"house"},
    {kLastWord, kOrgSide, 5,
     U"inc corp ltd llc plc ag sa gmbh nv spa ab oyj asa kk fc afc cf group holdings mutual pharma hotels leisure "
     U"mills glass coffee "
     U"textiles foods rail railways shipping lines cruises cell cells growth equity credit treasury books records "
     U"pictures games "
     U"alloys steel metals mining minerals cement paper plastics chemicals memory semiconductors optics optical "
     U"robotics ai bio "
     U"biotech genomics diagnostics instruments solar wind oil gas petroleum power nuclear water waste motors motor "
     U"automotive "
     U"tyres tires trucks aerospace aviation airways airlines jet logistics trucking haulage freight supply trading "
     U"brokers "
     U"securities asset assurance insurance life bank bancorp savings wealth advisers advisors associates consulting "
     U"partners "
     U"capital ventures management properties estates homes housing developments construction engineering builders "
     U"brothers "
     U"bros sons daughters media studios productions broadcasting television network networks telecom mobile wireless "
     U"cable "
     U"software systems labs digital interactive data cloud analytics technologies technology tech agritech fintech "
     U"medtech "
     U"biosciences therapeutics medical healthcare health clinics dental vision brewing brewery breweries distillers "
     U"wines "
     U"bakery dairy farms orchards fisheries seafoods grocers markets stores outfitters apparel fashion cosmetics "
     U"furniture toys sports fitness collective union federation society institute university college academy "
     U"foundation trust "
     U"council committee agency authority commission union workers express courier times herald gazette tribune post "
     U"quarterly weekly observer grid utilities electric electronics devices batteries battery ceramics machinery "
     U"tools works "
     U"industries international worldwide global services solutions resources materials united athletic rovers rangers "
     U"memory compute dynamics robotics drones space orbital press publishing bakeries hospitality resorts casinos "
     U"lotteries"},
    {kOwned, kOrgSide, 6,
     U"chief chairman chairwoman ceo cfo shareholders customers employees workforce headquarters subsidiary "
     U"subsidiaries revenue "
     U"revenues profits stores factories warehouses dividend bondholders auditors executives underwriters franchisees "
     U"flagship"},
    {kNounOfBefore, kOrgSide, 2.5f, U"deal deals contract contracts agreement agreements venture tie-up alliance"},
    {kDoneByBefore, kOrgSide, 2,
     U"imported exported brewed audited compiled polled surveyed rated certified chartered"},
    {kAppositionLeft, kOrgSide, 4,
     U"lab laboratory broker trader pollster concern weekly tabloid station channel orchestra opera theatre theater "
     U"ballet choir "
     U"clinic hospital prison bookseller auctioneer jeweller vintner winery cooperative co-operative collective "
     U"behemoth insurgents "
     U"contractors consultancies laboratories brokers clubs parties"},
    {kApposition, kOrgSide, 5,
     U"lab laboratory broker trader pollster concern weekly tabloid station channel orchestra opera theatre theater "
     U"ballet choir "
     U"clinic hospital prison bookseller auctioneer jeweller vintner winery cooperative co-operative collective "
     U"behemoth militia"},
    {kLastWord, kOrgSide, 5,
     U"fibre fiber broadband kredit sparkasse transit terminals ports slipway shipyard shipyards dockyard police "
     U"constabulary "
     U"orchestra philharmonic ballet opera theatre theater choir broadcasting radio wanderers hotspur albion "
     U"parliament "
     U"ministry "
     U"institutet instituut institut universitet universität université universidad università klinikum solicitors "
     U"chambers "
     U"architects auctioneers booksellers brewers vintners foundry bellfoundry winery"},
    {kLastWord, kOrgSide, 5,
     U"financial manufacturing seminary entertainment enterprises pharmaceuticals philharmonic hospital museum "
     U"gallery"},
    {kLastWord, kPlaceSide, 6,
     U"prefecture governorate oblast raion voivodeship district county parish township municipality province region "
     U"village canton borough archipelago peninsula"},
    {kFirstWord, kOrgSide, 4, U"universidad université universität università institut instituto rádio deportivo"},
    {kVerbAfter, kOrgSide, 2, U"markets insures distributes underwrites audits franchises rebranded restated delisted"},
    {kClassNounAfter, kProductSide, 3,
     U"model models monitor app apps chip chips phone phones software scooter truck car robot drone rocket missile "
     U"satellite "
     U"vaccine drug pill browser console headset processor batteries battery engine engines chatbot assistant brand "
     U"range sedan "
     U"laptop tablet platform system tool toolkit library database cream treatment tablet cereal drink"},
};

// The rows by word.
class RowTable {
 public:
  RowTable() {
    for (const Row& row : kRows) {
      std::u32string_view rest = row.words;
      while (!rest.empty()) {
        const size_t space = rest.find(U' ');
        const std::u32string_view word = rest.substr(0, space);
        if (!word.empty()) Add(row, word);
        rest = space == std::u32string_view::npos ? std::u32string_view() : rest.substr(space + 1);
      }
    }
  }
  // What the word says in that place; null for nothing.
  const Weights* Find(Place place, std::u32string_view word) const {
    const auto found = words_[place].find(word);
    return found == words_[place].end() ? nullptr : &found->second;
  }

 private:
  void Add(const Row& row, std::u32string_view word) {
    float& weight = words_[row.place].try_emplace(word).first->second[row.side];
    weight = std::max(weight, row.weight);
  }
  std::array<std::unordered_map<std::u32string_view, Weights>, kPlaces> words_;
};

const RowTable& Rows() {
  static const RowTable& table = *new RowTable();
  return table;
}

}  // namespace

const Weights* WhatWordSays(Place place, std::u32string_view word) { return Rows().Find(place, word); }

}  // namespace newsgraph
