#include "tools/eval/statement_score.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/name_folding.h"
#include "graph/ontology.h"

namespace newsgraph {
namespace {

constexpr double kEnoughOverlap = 0.5;
constexpr double kApproximate = 0.02;

// Folded. A value beside one of them need not be exact.
constexpr std::string_view kApproximators[] = {"约",      "近",     "逾",    "超过",      "多",      "余",     "左右",
                                               "上下",    "以上",   "about", "around",    "some",    "nearly", "almost",
                                               "roughly", "approx", "over",  "more than", "at least"};

// Folded ends of the name of a state's government.
constexpr std::string_view kGovernment[] = {"政府", " government", "'s government"};

double EvidenceOverlap(const Span& a, const Span& b) {
  if (a.field != b.field) return 0;
  const uint32_t begin = std::max(a.begin, b.begin), end = std::min(a.end, b.end);
  if (begin >= end) return 0;
  return 2.0 * (end - begin) / (static_cast<double>(a.end - a.begin) + (b.end - b.begin));
}

std::vector<std::string_view> CodePointsOf(std::string_view text) {
  std::vector<std::string_view> points;
  for (size_t i = 0; i < text.size();) {
    size_t end = i + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    points.push_back(text.substr(i, end - i));
    i = end;
  }
  return points;
}

std::optional<double> NumberIn(std::string_view text) {
  double number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

bool IsApproximate(const Literal& literal) {
  const std::string folded = FoldName(literal.text);
  return std::any_of(std::begin(kApproximators), std::end(kApproximators),
                     [&](std::string_view word) { return folded.find(word) != std::string::npos; });
}

bool IsFreeText(const Literal& literal) { return literal.type == "STATEMENT" || literal.type == "TEXT"; }

// How well two literals that say the same overlap; nothing when they do not.
std::optional<double> LiteralsAgree(const Literal& gold, const Literal& found) {
  const double overlap = TextOverlap(gold.text, found.text);
  if (IsFreeText(gold)) {
    return IsFreeText(found) && overlap >= kEnoughOverlap ? std::optional(overlap) : std::nullopt;
  }
  if (gold.type != found.type) return std::nullopt;
  const bool by_text = gold.type == "NAME" || gold.value.empty();
  if (by_text) return FoldName(gold.text) == FoldName(found.text) ? std::optional(overlap) : std::nullopt;
  const bool approximate = gold.type != "DATE" && (IsApproximate(gold) || IsApproximate(found));
  const bool agree = gold.unit == found.unit && ValuesAgree(gold.value, found.value, approximate ? kApproximate : 0);
  return agree ? std::optional(overlap) : std::nullopt;
}

// A pair that says the same.
struct Pair {
  size_t found = 0;
  size_t gold = 0;
  double evidence = 0;
  double literal = 0;
};

class StatementScorer {
 public:
  StatementScorer(const GoldDocument& gold, const FoundDocument& found, const std::map<int32_t, int32_t>& entities,
                  DocumentScore& score)
      : gold_(gold), found_(found), entities_(entities), score_(score), ontology_(Ontology::Default()) {
    PairStates();
  }

  void Score() {
    for (size_t i = 0; i < found_.statements.size(); ++i) {
      if (!InRepeatedTitle(found_.statements[i])) judged_.push_back(i);
    }
    Match();
    CountGold();
    CountFound();
    CountAttributes();
    Tally& ratio = Row("statements.per_gold");
    ratio.predicted += static_cast<double>(judged_.size());
    ratio.gold += static_cast<double>(gold_.statements.size());
  }

 private:
  Tally& Row(const std::string& name) { return score_.scores[name].exact; }

  // A title that the text repeats is annotated in the text.
  bool InRepeatedTitle(const FoundStatement& statement) const {
    const Document& document = gold_.document;
    return statement.evidence.field == Field::kTitle &&
           document.text.compare(0, document.title.size(), document.title) == 0;
  }

  // --- entities

  int32_t GoldEntityOf(int32_t found) const {
    const auto entity = entities_.find(found);
    return entity == entities_.end() ? -1 : entity->second;
  }

  // Which country each government of the gold governs, by their names.
  void PairStates() {
    state_of_.assign(gold_.entities.size(), -1);
    for (size_t i = 0; i < gold_.entities.size(); ++i) {
      const GoldEntity& government = gold_.entities[i];
      if (government.type != EntityType::kOrg || government.subtype != "government") continue;
      for (size_t j = 0; j < gold_.entities.size() && state_of_[i] < 0; ++j) {
        const GoldEntity& country = gold_.entities[j];
        if (country.type == EntityType::kGpe && country.subtype == "country" && Governs(government, country)) {
          state_of_[i] = static_cast<int32_t>(j);
        }
      }
    }
  }

  static bool Governs(const GoldEntity& government, const GoldEntity& country) {
    for (const std::string& name : government.names) {
      for (const std::string& state : country.names) {
        for (const std::string_view word : kGovernment) {
          if (FoldName(name) == FoldName(state) + std::string(word)) return true;
        }
      }
    }
    return false;
  }

  // Whether a found entity is that of the gold, or the other of a country and its government.
  bool IsDoer(int32_t gold, int32_t found) const {
    const int32_t entity = GoldEntityOf(found);
    if (entity < 0 || gold < 0) return false;
    return entity == gold || state_of_[static_cast<size_t>(entity)] == gold ||
           state_of_[static_cast<size_t>(gold)] == entity;
  }

  // What both a country and an organisation may do is an act of state.
  bool IsActOfState(std::string_view predicate) const {
    const Relation* const relation = ontology_->Find(predicate);
    if (relation == nullptr) return false;
    const auto takes = [&](EntityType type) {
      return std::any_of(relation->domain.begin(), relation->domain.end(),
                         [&](const EndType& end) { return end.any || end.type == type; });
    };
    return takes(EntityType::kOrg) && takes(EntityType::kGpe);
  }

  bool IsSubject(const GoldStatement& gold, int32_t found) const {
    return IsActOfState(gold.predicate) ? IsDoer(gold.subject, found) : GoldEntityOf(found) == gold.subject;
  }

  bool IsSpeaker(const GoldStatement& gold, int32_t found) const {
    return gold.speaker < 0 ? found < 0 : IsDoer(gold.speaker, found);
  }

  // --- what says the same

  // How well the literals overlap, 0 where there are none; nothing when it says something else.
  std::optional<double> Agree(const GoldStatement& gold, const FoundStatement& found) const {
    const std::optional<double> agree = AgreeAs(gold.predicate, gold, found);
    if (agree) return agree;
    const Relation* const relation = ontology_->Find(gold.predicate);
    if (relation == nullptr || relation->broader.empty()) return std::nullopt;
    return AgreeAs(relation->broader, gold, found);
  }

  std::optional<double> AgreeAs(std::string_view predicate, const GoldStatement& gold,
                                const FoundStatement& found) const {
    const bool same = found.predicate == predicate;
    if (gold.literal || found.literal) {
      if (!same || !gold.literal || !found.literal || !IsSubject(gold, found.subject)) return std::nullopt;
      return LiteralsAgree(*gold.literal, *found.literal);
    }
    const auto ends = [&](int32_t subject, int32_t object) {
      return IsSubject(gold, subject) && GoldEntityOf(object) == gold.object && gold.object >= 0;
    };
    const bool straight = same && ends(found.subject, found.object);
    const bool turned = IsTurned(predicate, found.predicate) && ends(found.object, found.subject);
    return straight || turned ? std::optional(0.0) : std::nullopt;
  }

  // Whether `found` with its ends exchanged says `predicate`.
  bool IsTurned(std::string_view predicate, std::string_view found) const {
    const Relation* const relation = ontology_->Find(predicate);
    if (predicate == found) return relation != nullptr && relation->symmetric;
    if (relation != nullptr && relation->inverse == found) return true;
    const Relation* const other = ontology_->Find(found);
    return other != nullptr && other->inverse == predicate;
  }

  // --- who is matched with whom

  void Match() {
    for (const size_t i : judged_) {
      const FoundStatement& found = found_.statements[i];
      for (size_t j = 0; j < gold_.statements.size(); ++j) {
        const std::optional<double> literal = Agree(gold_.statements[j], found);
        if (literal) pairs_.push_back({i, j, EvidenceOverlap(gold_.statements[j].evidence, found.evidence), *literal});
      }
    }
    const auto rank = [&](const Pair& pair) {
      return std::tuple(-pair.evidence, -pair.literal, -found_.statements[pair.found].confidence, pair.gold,
                        pair.found);
    };
    std::stable_sort(pairs_.begin(), pairs_.end(), [&](const Pair& a, const Pair& b) { return rank(a) < rank(b); });
    match_.assign(gold_.statements.size(), nullptr);
    like_.assign(found_.statements.size(), nullptr);
    std::vector<bool> taken(found_.statements.size());
    for (const Pair& pair : pairs_) {
      if (like_[pair.found] == nullptr) like_[pair.found] = &pair;
      if (match_[pair.gold] != nullptr || taken[pair.found]) continue;
      match_[pair.gold] = &pair;
      taken[pair.found] = true;
    }
  }

  // --- rows

  // Relations of the ontology's table (core and ext), its value properties, and what was added to it.
  std::string TierRow(std::string_view predicate) const {
    const Relation* const relation = ontology_->Find(predicate);
    if (relation == nullptr || relation->tier == "added") return "statements.added";
    return relation->tier == "property" ? "statements.properties" : "statements.core";
  }

  std::vector<std::string> RowsOf(std::string_view predicate) const { return {"statements.all", TierRow(predicate)}; }

  static void AddGold(Tally& tally, bool found) {
    tally.gold += 1;
    tally.found += found ? 1 : 0;
  }
  static void AddFound(Tally& tally, bool right) {
    tally.predicted += 1;
    tally.right += right ? 1 : 0;
  }

  void CountGold() {
    for (size_t j = 0; j < gold_.statements.size(); ++j) {
      const GoldStatement& statement = gold_.statements[j];
      const bool found = match_[j] != nullptr;
      const bool strict = found && match_[j]->evidence > 0;
      for (const std::string& row : RowsOf(statement.predicate)) {
        AddGold(Row(row), found);
        AddGold(Row(row + ".strict"), strict);
      }
      AddGold(Row("statements.recall"), found);
      AddGold(Row("statements.predicate." + statement.predicate), found);
      if (!statement.must) continue;
      AddGold(Row("statements.must"), found);
      AddGold(Row("statements.must.strict"), strict);
      if (!found) Remark(RemarkKind::kMissed, statement.evidence, Words(statement), NearestFound(statement), "");
    }
  }

  void CountFound() {
    for (const size_t i : judged_) {
      const FoundStatement& statement = found_.statements[i];
      const Pair* const like = like_[i];
      const bool right = like != nullptr;
      const bool strict = right && like->evidence > 0;
      score_.judged.push_back({i, right});
      const std::string& predicate = right ? gold_.statements[like->gold].predicate : statement.predicate;
      for (const std::string& row : RowsOf(predicate)) {
        AddFound(Row(row), right);
        AddFound(Row(row + ".strict"), strict);
      }
      AddFound(Row("statements.precision"), right);
      AddFound(Row("statements.predicate." + predicate), right);
      AddFound(score_.rules[statement.rule], right);
      const double confidence = std::clamp(static_cast<double>(statement.confidence), 0.0, 1.0);
      const int bin = std::min(kCalibrationBins - 1, static_cast<int>(confidence * kCalibrationBins));
      Row(CalibrationRow(bin)) += {right ? 1.0 : 0.0, 1, confidence, 1};
      if (!right)
        Remark(RemarkKind::kSpurious, statement.evidence, Words(statement), NearestGold(statement), statement.rule);
    }
  }

  void CountAttributes() {
    for (size_t j = 0; j < gold_.statements.size(); ++j) {
      if (match_[j] == nullptr) continue;
      const GoldStatement& gold = gold_.statements[j];
      const FoundStatement& found = found_.statements[match_[j]->found];
      const auto remark = [&](RemarkKind kind, const std::string& wanted, const std::string& is) {
        Remark(kind, found.evidence, Words(gold), fmt::format("{}, found {}", wanted, is), found.rule);
      };
      AddGold(Row("statements.evidence"), match_[j]->evidence > 0);
      const bool speaker = IsSpeaker(gold, found.speaker);
      AddGold(Row("statements.speaker"), speaker);
      if (!speaker) remark(RemarkKind::kWrongSpeaker, GoldName(gold.speaker), FoundName(found.speaker));
      const bool factuality = gold.factuality == found.factuality;
      AddGold(Row("statements.factuality"), factuality);
      if (!factuality) {
        remark(RemarkKind::kWrongFactuality, std::string(ToString(gold.factuality)),
               std::string(ToString(found.factuality)));
      }
      if (!gold.time) continue;
      const bool time = HasTime(found, *gold.time, DatesAgree);
      AddGold(Row("statements.time"), time);
      AddGold(Row("statements.time.exact"),
              HasTime(found, *gold.time, [](std::string_view a, std::string_view b) { return a == b; }));
      if (!time) remark(RemarkKind::kWrongTime, TimeWords(*gold.time), TimesWords(found));
    }
  }

  template <typename SameDate>
  static bool HasTime(const FoundStatement& found, const Qualifier& time, const SameDate& same_date) {
    return std::any_of(found.times.begin(), found.times.end(), [&](const Qualifier& other) {
      if (!time.value.empty()) return same_date(time.value, other.value);
      return TextOverlap(time.text, other.text) >= kEnoughOverlap;
    });
  }

  // --- what is almost the same

  // Of subject, predicate and object, how many are; 0 when the evidence is elsewhere.
  int SharedParts(const GoldStatement& gold, const FoundStatement& found) const {
    if (EvidenceOverlap(gold.evidence, found.evidence) <= 0) return 0;
    const bool objects = gold.literal ? found.literal && LiteralsAgree(*gold.literal, *found.literal)
                                      : !found.literal && gold.object >= 0 && GoldEntityOf(found.object) == gold.object;
    return (IsSubject(gold, found.subject) ? 1 : 0) + (gold.predicate == found.predicate ? 1 : 0) + (objects ? 1 : 0);
  }

  std::string NearestFound(const GoldStatement& gold) const {
    for (const size_t i : judged_) {
      if (SharedParts(gold, found_.statements[i]) >= 2) return "found " + Words(found_.statements[i]);
    }
    return {};
  }

  std::string NearestGold(const FoundStatement& found) const {
    for (const GoldStatement& gold : gold_.statements) {
      if (SharedParts(gold, found) >= 2) return "not " + Words(gold);
    }
    return {};
  }

  // --- words

  void Remark(RemarkKind kind, const Span& span, std::string statement, std::string detail, const std::string& rule) {
    score_.remarks.push_back({kind, span, std::move(statement), std::move(detail), rule});
  }

  std::string GoldName(int32_t entity) const {
    if (entity < 0) return "nobody";
    const GoldEntity& gold = gold_.entities[static_cast<size_t>(entity)];
    return gold.label.empty() ? gold.id : gold.label;
  }

  // By the gold's id, else by its longest name here, else by its first mention.
  std::string FoundName(int32_t entity) const {
    if (entity < 0) return "nobody";
    const int32_t gold = GoldEntityOf(entity);
    if (gold >= 0) return GoldName(gold);
    std::string name;
    bool is_name = false;
    for (const FoundMention& mention : found_.mentions) {
      if (mention.entity != entity) continue;
      const bool names = mention.form == MentionForm::kName;
      const std::string& text = mention.span.field == Field::kTitle ? gold_.document.title : gold_.document.text;
      std::string surface = text.substr(mention.span.begin, mention.span.end - mention.span.begin);
      if (!name.empty() && !(names && (!is_name || surface.size() > name.size()))) continue;
      name = std::move(surface);
      is_name = names;
    }
    return "?" + name;
  }

  static std::string LiteralWords(const Literal& literal) { return fmt::format("{} “{}”", literal.type, literal.text); }

  std::string Words(const GoldStatement& statement) const {
    return fmt::format("{} {} {}", GoldName(statement.subject), statement.predicate,
                       statement.literal ? LiteralWords(*statement.literal) : GoldName(statement.object));
  }
  std::string Words(const FoundStatement& statement) const {
    return fmt::format("{} {} {}", FoundName(statement.subject), statement.predicate,
                       statement.literal ? LiteralWords(*statement.literal) : FoundName(statement.object));
  }

  static std::string TimeWords(const Qualifier& time) { return time.value.empty() ? time.text : time.value; }
  static std::string TimesWords(const FoundStatement& found) {
    if (found.times.empty()) return "none";
    std::string words;
    for (const Qualifier& time : found.times) {
      const std::string word = TimeWords(time);
      if (words == word) continue;
      if (!words.empty()) words += ' ';
      words += word;
    }
    return words;
  }

  const GoldDocument& gold_;
  const FoundDocument& found_;
  const std::map<int32_t, int32_t>& entities_;
  DocumentScore& score_;
  const std::shared_ptr<const Ontology> ontology_;
  std::vector<int32_t> state_of_;   // of each gold entity that is a government: its country, else -1
  std::vector<size_t> judged_;      // found statements
  std::vector<Pair> pairs_;         // best first
  std::vector<const Pair*> match_;  // of each gold statement, null for none
  std::vector<const Pair*> like_;   // of each found one: the best that says the same
};

}  // namespace

std::string CalibrationRow(int bin) { return fmt::format("statements.calibration.bin.{}", bin); }

void ScoreStatements(const GoldDocument& gold, const FoundDocument& found, const std::map<int32_t, int32_t>& entities,
                     DocumentScore& score) {
  StatementScorer(gold, found, entities, score).Score();
}

bool ValuesAgree(std::string_view a, std::string_view b, double tolerance) {
  if (a == b) return true;
  constexpr std::string_view kTo = "..";
  const size_t to_a = a.find(kTo), to_b = b.find(kTo);
  if ((to_a == std::string_view::npos) != (to_b == std::string_view::npos)) return false;
  if (to_a != std::string_view::npos) {
    return ValuesAgree(a.substr(0, to_a), b.substr(0, to_b), tolerance) &&
           ValuesAgree(a.substr(to_a + kTo.size()), b.substr(to_b + kTo.size()), tolerance);
  }
  const std::optional<double> left = NumberIn(a), right = NumberIn(b);
  if (!left || !right) return false;
  constexpr double kRounding = 1e-9;
  return std::abs(*left - *right) <= std::max(tolerance, kRounding) * std::max(std::abs(*left), std::abs(*right));
}

double TextOverlap(std::string_view a, std::string_view b) {
  const std::string folded[2] = {FoldName(a), FoldName(b)};
  const std::vector<std::string_view> left = CodePointsOf(folded[0]), right = CodePointsOf(folded[1]);
  if (left.empty() || right.empty()) return 0;
  size_t longest = 0;
  std::vector<size_t> run(right.size() + 1), next(right.size() + 1);
  for (const std::string_view point : left) {
    for (size_t j = 0; j < right.size(); ++j) {
      next[j + 1] = point == right[j] ? run[j] + 1 : 0;
      longest = std::max(longest, next[j + 1]);
    }
    std::swap(run, next);
  }
  return 2.0 * static_cast<double>(longest) / static_cast<double>(left.size() + right.size());
}

bool DatesAgree(std::string_view a, std::string_view b) {
  if (a == b) return !a.empty();
  const std::string_view coarse = a.size() < b.size() ? a : b, fine = a.size() < b.size() ? b : a;
  return !coarse.empty() && fine.size() > coarse.size() && fine.substr(0, coarse.size()) == coarse &&
         fine[coarse.size()] == '-';
}

}  // namespace newsgraph
