#include "tools/eval/score.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "tools/eval/statement_score.h"

namespace newsgraph {
namespace {

bool Overlap(const Span& a, const Span& b) { return a.field == b.field && a.begin < b.end && b.begin < a.end; }

std::string_view FieldOf(const Document& document, const Span& span) {
  return span.field == Field::kTitle ? document.title : document.text;
}

std::string SurfaceOf(const Document& document, const Span& span) {
  return std::string(FieldOf(document, span).substr(span.begin, span.end - span.begin));
}

// Directly beside each other, but for white space.
bool Touch(const Document& document, const Span& a, const Span& b) {
  if (a.field != b.field) return false;
  const Span& first = a < b ? a : b;
  const Span& second = a < b ? b : a;
  if (first.end > second.begin) return true;
  return FieldOf(document, a).substr(first.end, second.begin - first.end).find_first_not_of(' ') ==
         std::string_view::npos;
}

using GoldList = std::vector<const GoldMention*>;
using FoundList = std::vector<const FoundMention*>;

class DocumentScorer {
 public:
  DocumentScorer(const GoldSet& set, const GoldDocument& gold, const FoundDocument& found)
      : set_(set), gold_(gold), found_(found) {}

  DocumentScore Score() {
    SortOutGold();
    SortOutFound();
    ScoreNames();
    ScoreValues();
    if (set_.has_references) ScoreForms();
    if (set_.has_identity) {
      ScoreEntities();
      ScoreIdentity();
      if (set_.has_references) ScoreReferences();
      if (set_.has_statements) ScoreStatements(gold_, found_, StatementEntities(), result_);
    }
    return std::move(result_);
  }

 private:
  // --- what is judged at all

  void SortOutGold() {
    for (const GoldMention& mention : gold_.mentions) {
      if (mention.types == 0) {
        not_judged_.push_back(&mention);
      } else if (mention.form == MentionForm::kName) {
        ((mention.types & NameTypes()) != 0 ? gold_names_ : gold_values_).push_back(&mention);
      }
    }
    for (const GoldMention& mention : gold_.mentions) {
      if (mention.types == 0 || mention.form == MentionForm::kName) continue;
      // A noun phrase beside a name of its entity is marked in part only.
      const bool beside = mention.form == MentionForm::kNominal && mention.entity >= 0 &&
                          std::any_of(gold_names_.begin(), gold_names_.end(), [&](const GoldMention* name) {
                            return name->entity == mention.entity && Touch(gold_.document, name->span, mention.span);
                          });
      (beside ? not_judged_ : gold_references_).push_back(&mention);
    }
  }

  // A title that the text repeats is annotated, and read, in the text.
  bool InRepeatedTitle(const FoundMention& mention) const {
    const Document& document = gold_.document;
    return mention.span.field == Field::kTitle && document.text.compare(0, document.title.size(), document.title) == 0;
  }

  void SortOutFound() {
    for (const FoundMention& mention : found_.mentions) {
      if (InRepeatedTitle(mention)) continue;
      if (mention.form != MentionForm::kName) continue;
      if (IsValueType(mention.type)) {
        found_values_.push_back(&mention);
      } else if (IsJudged(mention)) {
        found_names_.push_back(&mention);
      }
    }
    for (const FoundMention& mention : found_.mentions) {
      if (InRepeatedTitle(mention)) continue;
      if (mention.form == MentionForm::kName || OnNotJudged(mention.span)) continue;
      const bool beside = mention.form == MentionForm::kNominal &&
                          std::any_of(found_.mentions.begin(), found_.mentions.end(), [&](const FoundMention& name) {
                            return name.form == MentionForm::kName && name.entity == mention.entity &&
                                   Touch(gold_.document, name.span, mention.span);
                          });
      if (!beside) found_references_.push_back(&mention);
    }
  }

  bool OnNotJudged(const Span& span) const {
    return std::any_of(not_judged_.begin(), not_judged_.end(),
                       [&](const GoldMention* gold) { return Overlap(gold->span, span); });
  }

  // What stands on a name of the gold is judged whatever its type; what does not, only when
  // the gold would have marked it.
  bool IsJudged(const FoundMention& mention) const {
    if (At(gold_names_, mention.span) != nullptr) return true;
    return (set_.labelled & TypeBit(mention.type)) != 0 && !OnNotJudged(mention.span);
  }

  // --- what lies where; both lists are sorted by span

  // With `types`: one that takes the type, if there are several.
  static const GoldMention* At(const GoldList& list, const Span& span, std::optional<EntityType> type = std::nullopt) {
    auto place = std::lower_bound(list.begin(), list.end(), span,
                                  [](const GoldMention* gold, const Span& at) { return gold->span < at; });
    for (; place != list.end() && (*place)->span == span; ++place) {
      if (!type || ((*place)->types & TypeBit(*type)) != 0) return *place;
    }
    return nullptr;
  }

  static const FoundMention* At(const FoundList& list, const Span& span) {
    const auto place = std::lower_bound(list.begin(), list.end(), span,
                                        [](const FoundMention* found, const Span& at) { return found->span < at; });
    return place != list.end() && (*place)->span == span ? *place : nullptr;
  }

  // The first that overlaps; with `matches`, of those for which it holds.
  template <typename List, typename Matches>
  static typename List::value_type FirstOver(const List& list, const Span& span, const Matches& matches) {
    for (const auto& mention : list) {
      if (mention->span.field > span.field || (mention->span.field == span.field && mention->span.begin >= span.end)) {
        break;
      }
      if (Overlap(mention->span, span) && matches(*mention)) return mention;
    }
    return nullptr;
  }

  // --- rows

  newsgraph::Score& Row(const std::string& name) { return result_.scores[name]; }

  static void CountFound(Tally& tally, bool right) {
    tally.predicted += 1;
    tally.right += right ? 1 : 0;
  }
  // What need not be found counts for precision alone.
  static void CountGold(Tally& tally, bool must, bool found) {
    if (!must) return;
    tally.gold += 1;
    tally.found += found ? 1 : 0;
  }

  std::string ClassOf(EntityType type) const {
    for (const TypeSet types : set_.classes) {
      if ((types & TypeBit(type)) != 0) return ToString(types);
    }
    return ToString(TypeBit(type));
  }

  // Typed and by type, under `prefix`; untyped where `untyped` names a row.
  void ScoreSpans(const GoldList& gold, const FoundList& found, const std::string& prefix, const std::string& untyped) {
    const std::string typed = prefix + ".typed", by_type = prefix + ".type.";
    for (const FoundMention* mention : found) {
      const auto fits = [&](const GoldMention& other) { return (other.types & TypeBit(mention->type)) != 0; };
      const GoldMention* const exact = At(gold, mention->span, mention->type);
      const GoldMention* const over = FirstOver(gold, mention->span, fits);
      const GoldMention* const like = exact != nullptr ? exact : over;
      const std::string type_row = by_type + (like != nullptr ? ToString(like->types) : ClassOf(mention->type));
      for (const std::string& row : {typed, type_row}) {
        CountFound(Row(row).exact, exact != nullptr);
        CountFound(Row(row).overlap, over != nullptr);
      }
      if (untyped.empty()) continue;
      CountFound(Row(untyped).exact, At(gold, mention->span) != nullptr);
      CountFound(Row(untyped).overlap, FirstOver(gold, mention->span, [](const auto&) { return true; }) != nullptr);
    }
    for (const GoldMention* mention : gold) {
      const auto fits = [&](const FoundMention& other) { return (mention->types & TypeBit(other.type)) != 0; };
      const FoundMention* const exact = At(found, mention->span);
      const bool over = FirstOver(found, mention->span, fits) != nullptr;
      for (const std::string& row : {typed, by_type + ToString(mention->types)}) {
        CountGold(Row(row).exact, mention->must, exact != nullptr && fits(*exact));
        CountGold(Row(row).overlap, mention->must, over);
      }
      if (untyped.empty()) continue;
      CountGold(Row(untyped).exact, mention->must, exact != nullptr);
      CountGold(Row(untyped).overlap, mention->must,
                FirstOver(found, mention->span, [](const auto&) { return true; }) != nullptr);
    }
  }

  void ScoreNames() {
    ScoreSpans(gold_names_, found_names_, "mentions", "mentions.untyped");
    for (const FoundMention* mention : found_names_) {
      if (At(gold_names_, mention->span, mention->type) != nullptr) continue;
      if (const GoldMention* const exact = At(gold_names_, mention->span)) {
        Confuse(ConfusionKind::kWrongType, exact, mention);
      } else if (const GoldMention* const over =
                     FirstOver(gold_names_, mention->span, [](const auto&) { return true; })) {
        Confuse(ConfusionKind::kWrongBoundary, over, mention);
      } else {
        Confuse(ConfusionKind::kSpurious, nullptr, mention);
      }
    }
    for (const GoldMention* mention : gold_names_) {
      if (!mention->must) continue;
      if (FirstOver(found_names_, mention->span, [](const auto&) { return true; }) != nullptr) continue;
      Confuse(ConfusionKind::kMissed, mention, nullptr);
    }
  }

  void Confuse(ConfusionKind kind, const GoldMention* gold, const FoundMention* found) {
    Confusion confusion;
    confusion.kind = kind;
    confusion.span = gold != nullptr ? gold->span : found->span;
    if (gold != nullptr) {
      confusion.gold_surface = SurfaceOf(gold_.document, gold->span);
      confusion.gold_type = ToString(gold->types);
    }
    if (found != nullptr) {
      confusion.found_surface = SurfaceOf(gold_.document, found->span);
      confusion.found_type = ToString(found->type);
    }
    result_.confusions.push_back(std::move(confusion));
  }

  void ScoreValues() {
    if (!gold_values_.empty()) ScoreSpans(gold_values_, found_values_, "values", "");
  }

  void ScoreForms() {
    for (const MentionForm form : {MentionForm::kName, MentionForm::kNominal, MentionForm::kPronoun}) {
      GoldList gold;
      FoundList found;
      const bool names = form == MentionForm::kName;
      for (const GoldMention* mention : names ? gold_names_ : gold_references_) {
        if (mention->form == form) gold.push_back(mention);
      }
      for (const FoundMention* mention : names ? found_names_ : found_references_) {
        if (mention->form == form) found.push_back(mention);
      }
      const std::string row = "mentions.form." + std::string(ToString(form));
      const auto any = [](const auto&) { return true; };
      for (const FoundMention* mention : found) {
        CountFound(Row(row).exact, At(gold, mention->span) != nullptr);
        CountFound(Row(row).overlap, FirstOver(gold, mention->span, any) != nullptr);
      }
      for (const GoldMention* mention : gold) {
        CountGold(Row(row).exact, mention->must, At(found, mention->span) != nullptr);
        CountGold(Row(row).overlap, mention->must, FirstOver(found, mention->span, any) != nullptr);
      }
    }
  }

  // --- entities

  void ScoreEntities() {
    std::map<int32_t, bool> gold_typed, gold_untyped, found_typed, found_untyped;
    for (const GoldMention* mention : gold_names_) {
      const FoundMention* const exact = At(found_names_, mention->span);
      gold_untyped[mention->entity] |= exact != nullptr;
      gold_typed[mention->entity] |= exact != nullptr && (mention->types & TypeBit(exact->type)) != 0;
    }
    for (const FoundMention* mention : found_names_) {
      found_untyped[mention->entity] |= At(gold_names_, mention->span) != nullptr;
      found_typed[mention->entity] |= At(gold_names_, mention->span, mention->type) != nullptr;
    }
    const auto count = [&](const std::string& row, const std::map<int32_t, bool>& gold,
                           const std::map<int32_t, bool>& found) {
      Tally& tally = Row(row).exact;
      for (const auto& [entity, is_found] : gold) CountGold(tally, MustFind(entity), is_found);
      for (const auto& [entity, is_right] : found) CountFound(tally, is_right);
    };
    count("entities.typed", gold_typed, found_typed);
    count("entities.untyped", gold_untyped, found_untyped);
    count("entities.found", gold_typed, {});
  }

  bool MustFind(int32_t entity) const { return gold_.entities[static_cast<size_t>(entity)].must; }

  void ScoreIdentity() {
    std::map<Span, ClusteredMention> names, all;
    std::map<Span, bool> must;
    const auto add_gold = [&](const GoldList& list, std::map<Span, ClusteredMention>& mentions) {
      for (const GoldMention* mention : list) {
        mentions[mention->span].gold = mention->entity;
        must[mention->span] = mention->must;
      }
    };
    const auto add_found = [](const FoundList& list, std::map<Span, ClusteredMention>& mentions) {
      for (const FoundMention* mention : list) mentions[mention->span].found = mention->entity;
    };
    add_gold(gold_names_, names);
    add_found(found_names_, names);
    add_gold(gold_references_, all);
    add_gold(gold_names_, all);
    add_found(found_references_, all);
    add_found(found_names_, all);
    for (const auto& [scope, mentions] : {std::pair("names", &names), {"mentions", &all}}) {
      std::vector<ClusteredMention> shared, every;
      for (const auto& [span, mention] : *mentions) {
        const bool both = mention.gold >= 0 && mention.found >= 0;
        if (both) shared.push_back(mention);
        // What need not be found costs nothing when it is not.
        if (both || mention.gold < 0 || must[span]) every.push_back(mention);
      }
      for (const auto& [part, clustered] : {std::pair("shared", &shared), {"all", &every}}) {
        const std::string prefix = std::string("identity.") + scope + "." + part + ".";
        Row(prefix + "b3").exact = BCubed(*clustered);
        Row(prefix + "ceafe").exact = CeafE(*clustered);
        Row(prefix + "muc").exact = Muc(*clustered);
      }
    }
  }

  // The gold entity that shares most names with each found one; the first of equals.
  std::map<int32_t, int32_t> EntityMap() const {
    std::map<int32_t, std::map<int32_t, uint32_t>> common;
    for (const FoundMention* mention : found_names_) {
      if (const GoldMention* const gold = At(gold_names_, mention->span)) ++common[mention->entity][gold->entity];
    }
    std::map<int32_t, int32_t> entity_map;
    for (const auto& [found, counts] : common) {
      uint32_t most = 0;
      for (const auto& [gold, count] : counts) {
        if (count <= most) continue;
        most = count;
        entity_map[found] = gold;
      }
    }
    return entity_map;
  }

  // The same for the ends of statements; an entity that the gold has no name of is known by a noun phrase
  // or a pronoun that both sides have.
  std::map<int32_t, int32_t> StatementEntities() const {
    std::map<int32_t, int32_t> entity_map = EntityMap();
    std::set<int32_t> named;
    for (const GoldMention* mention : gold_names_) named.insert(mention->entity);
    for (const FoundMention* mention : found_references_) {
      const GoldMention* const gold = At(gold_references_, mention->span);
      if (gold != nullptr && !named.contains(gold->entity)) entity_map.emplace(mention->entity, gold->entity);
    }
    return entity_map;
  }

  void ScoreReferences() {
    const std::map<int32_t, int32_t> entity_map = EntityMap();
    const auto linked = [&](const GoldMention* gold, const FoundMention* found) {
      if (gold == nullptr || found == nullptr) return false;
      const auto entity = entity_map.find(found->entity);
      return entity != entity_map.end() && entity->second == gold->entity;
    };
    const auto row = [&](MentionForm form) -> Tally& { return Row("references." + std::string(ToString(form))).exact; };
    for (const FoundMention* mention : found_references_) {
      CountFound(row(mention->form), linked(At(gold_references_, mention->span), mention));
    }
    for (const GoldMention* mention : gold_references_) {
      CountGold(row(mention->form), mention->must, linked(mention, At(found_references_, mention->span)));
    }
  }

  const GoldSet& set_;
  const GoldDocument& gold_;
  const FoundDocument& found_;
  GoldList gold_names_, gold_values_, gold_references_, not_judged_;
  FoundList found_names_, found_values_, found_references_;
  DocumentScore result_;
};

}  // namespace

DocumentScore ScoreDocument(const GoldSet& set, const GoldDocument& gold, const FoundDocument& found) {
  return DocumentScorer(set, gold, found).Score();
}

}  // namespace newsgraph
