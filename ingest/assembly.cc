#include "ingest/assembly.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/day.h"
#include "graph/name_folding.h"

namespace newsgraph {
namespace {

// Relations whose one end tells the other apart from others of its name, and under
// which kind of observation.
struct ObservedRelation {
  std::string_view predicate;
  std::string_view kind;
  bool both_ways = false;
};
constexpr ObservedRelation kObservedRelations[] = {
    {"ceo_of", "employer"},        {"chair_of", "employer"},   {"executive_of", "employer"},
    {"founded", "employer"},       {"works_for", "employer"},  {"board_member_of", "employer"},
    {"spouse_of", "spouse", true}, {"national_of", "country"},
};

// What others may know an entity by: its name, and its id in the lexicon, which is one
// in every script.
void AddObservations(std::string_view kind, const Atom& of, Atom& to) {
  to.observations.push_back({std::string(kind), FoldName(of.name)});
  const auto lexicon = of.external_ids.find("lexicon");
  if (lexicon != of.external_ids.end()) to.observations.push_back({std::string(kind), "lexicon:" + lexicon->second});
}

class Assembler {
 public:
  Assembler(Document document, const TextAnalysis& analysis, const Lexicon& lexicon, const Ontology& ontology)
      : analysis_(analysis), lexicon_(lexicon), ontology_(ontology) {
    graph_.document = std::move(document);
  }

  Assembly Run() {
    ChooseMentions();
    AddAtoms();
    AddMentions();
    AddTurns();
    AddStatements();
    for (Atom& atom : graph_.atoms) {
      std::erase_if(atom.observations, [](const Observation& it) { return it.kind.empty() || it.value.empty(); });
      std::sort(atom.observations.begin(), atom.observations.end());
      atom.observations.erase(std::unique(atom.observations.begin(), atom.observations.end()), atom.observations.end());
    }
    std::sort(graph_.atoms.begin(), graph_.atoms.end(), [](const Atom& a, const Atom& b) { return a.id < b.id; });
    return {std::move(graph_), refused_};
  }

 private:
  // A range of one field that is not empty.
  bool IsPlace(Range range) const {
    if (range.empty() || range.end > analysis_.text.size()) return false;
    return range.begin >= analysis_.text.text_begin() || range.end < analysis_.text.text_begin();
  }
  Span SpanOf(Range range) const { return analysis_.text.SpanOf(range.begin, range.end); }
  std::string Surface(Range range) const { return analysis_.text.Surface(range.begin, range.end); }

  // Index into graph_.atoms, before they are sorted; -1 for none.
  int32_t AtomIndex(int32_t entity) const {
    return entity >= 0 && static_cast<size_t>(entity) < atom_of_.size() ? atom_of_[static_cast<size_t>(entity)] : -1;
  }

  // A mention and what it is of: a local entity, or behind them a value of the document.
  struct Placed {
    const TextMention* mention;
    size_t entity;
  };

  // Mentions of entities and values, by place, one for each place.
  void ChooseMentions() {
    // Equal values are one, whatever their words; those without a value are as they are written.
    std::map<std::tuple<EntityType, std::string, std::string>, size_t> values;
    for (const TextMention& mention : analysis_.mentions) {
      if (!IsPlace(mention.range)) continue;
      const size_t entities = analysis_.entities.size();
      if (mention.value.has_value() && IsValueType(mention.type)) {
        const Literal& value = *mention.value;
        const bool known = !value.value.empty();
        const auto [row, added] = values.emplace(
            std::tuple(mention.type, known ? value.value : FoldName(value.text), known ? value.unit : "?"),
            entities + values.size());
        mentions_.push_back({&mention, row->second});
      } else if (mention.entity >= 0 && static_cast<size_t>(mention.entity) < entities &&
                 !IsValueType(analysis_.entities[static_cast<size_t>(mention.entity)].type)) {
        mentions_.push_back({&mention, static_cast<size_t>(mention.entity)});
      }
    }
    std::stable_sort(mentions_.begin(), mentions_.end(),
                     [](const Placed& a, const Placed& b) { return a.mention->range < b.mention->range; });
    mentions_.erase(std::unique(mentions_.begin(), mentions_.end(),
                                [](const Placed& a, const Placed& b) { return a.mention->range == b.mention->range; }),
                    mentions_.end());
    atom_of_.assign(analysis_.entities.size() + values.size(), -1);
  }

  void AddAtoms() {
    std::map<std::string, uint32_t> numbers;
    for (const auto& [mention, entity] : mentions_) {
      int32_t& index = atom_of_[entity];
      if (index >= 0) continue;
      Atom atom =
          entity < analysis_.entities.size() ? MakeAtom(analysis_.entities[entity], *mention) : MakeValueAtom(*mention);
      const std::string folded = FoldName(atom.name);
      if (folded.empty()) continue;
      atom.number = numbers[folded]++;
      atom.id = MakeAtomId(graph_.document.id, folded, atom.number);
      index = static_cast<int32_t>(graph_.atoms.size());
      graph_.atoms.push_back(std::move(atom));
    }
  }

  // Its value tells it, never its name: 12日 is another day in every article.
  static Atom MakeValueAtom(const TextMention& mention) {
    const Literal& value = *mention.value;
    Atom atom{.type = mention.type, .subtype = mention.subtype, .name = value.text, .bare = true};
    if (!value.value.empty()) atom.external_ids["value"] = value.value + (value.unit.empty() ? "" : " ") + value.unit;
    return atom;
  }

  Atom MakeAtom(const LocalEntity& entity, const TextMention& first_mention) const {
    Atom atom{.type = entity.type, .subtype = entity.subtype, .name = entity.name, .bare = entity.bare};
    if (atom.name.empty()) atom.name = Surface(first_mention.range);
    if (entity.type == EntityType::kPerson) atom.occupation = entity.occupation;
    for (const auto& [scheme, id] : entity.external_ids) {
      if (!scheme.empty() && !id.empty()) atom.external_ids[scheme] = id;
    }
    if (entity.lexicon_entry >= 0) {
      const LexiconEntry& entry = lexicon_.entry(entity.lexicon_entry);
      atom.external_ids["lexicon"] = entry.id;
      if (!entry.wikidata.empty()) atom.external_ids["wikidata"] = entry.wikidata;
    }
    atom.observations = entity.observations;
    return atom;
  }

  void AddMentions() {
    for (const auto& [mention, entity] : mentions_) {
      const int32_t index = atom_of_[entity];
      if (index < 0) continue;
      const Atom& atom = graph_.atoms[static_cast<size_t>(index)];
      const bool own_type = mention->type != EntityType::kUnknown && !IsValueType(mention->type);
      graph_.mentions.push_back({.span = SpanOf(mention->range),
                                 .surface = Surface(mention->range),
                                 .form = mention->form,
                                 .type = own_type ? mention->type : atom.type,
                                 .atom = atom.id});
    }
  }

  void AddTurns() {
    for (const TextTurn& turn : analysis_.turns) {
      const int32_t speaker = AtomIndex(turn.speaker);
      if (!IsPlace(turn.speech) || speaker < 0) continue;
      graph_.turns.push_back({.index = static_cast<uint32_t>(graph_.turns.size()),
                              .span = SpanOf(turn.speech),
                              .speaker = graph_.atoms[static_cast<size_t>(speaker)].id});
    }
  }

  // Inside a turn whose speaker has no atom.
  bool IsSaidByNobodyKnown(Range evidence) const {
    const auto after = std::upper_bound(analysis_.turns.begin(), analysis_.turns.end(), evidence.begin,
                                        [](uint32_t place, const TextTurn& turn) { return place < turn.speech.begin; });
    if (after == analysis_.turns.begin()) return false;
    const TextTurn& turn = *std::prev(after);
    return evidence.begin < turn.speech.end && AtomIndex(turn.speaker) < 0;
  }

  void AddStatements() {
    std::vector<const TextStatement*> ordered;
    for (const TextStatement& statement : analysis_.statements) ordered.push_back(&statement);
    std::stable_sort(ordered.begin(), ordered.end(), [](const TextStatement* a, const TextStatement* b) {
      return std::tie(a->evidence, a->cue_range, a->predicate) < std::tie(b->evidence, b->cue_range, b->predicate);
    });
    for (const TextStatement* statement : ordered) AddStatement(*statement);
  }

  void AddStatement(const TextStatement& from) {
    const int32_t subject = AtomIndex(from.subject);
    const int32_t object = AtomIndex(from.object);
    const int32_t speaker = AtomIndex(from.speaker);
    if (subject < 0 || (object >= 0) == from.literal.has_value() || subject == object) return;
    // Without its speaker a claim would stand as the article's own.
    if (speaker < 0 && (from.speaker >= 0 || IsSaidByNobodyKnown(from.evidence))) return;
    if (!IsPlace(from.evidence)) return;
    const Atom& subject_atom = graph_.atoms[static_cast<size_t>(subject)];
    const Atom* object_atom = object < 0 ? nullptr : &graph_.atoms[static_cast<size_t>(object)];
    const absl::Status allowed = ontology_.Check(
        from.predicate, subject_atom.type, subject_atom.subtype, object_atom ? object_atom->type : EntityType::kUnknown,
        object_atom ? std::string_view(object_atom->subtype) : std::string_view(),
        from.literal ? std::string_view(from.literal->type) : std::string_view());
    if (!allowed.ok()) {
      ++refused_;
      return;
    }
    Statement statement{.index = static_cast<uint32_t>(graph_.statements.size()),
                        .subject = subject_atom.id,
                        .predicate = from.predicate,
                        .object = object_atom ? object_atom->id : AtomId{},
                        .literal = from.literal,
                        .qualifiers = from.qualifiers,
                        .speaker = speaker < 0 ? AtomId{} : graph_.atoms[static_cast<size_t>(speaker)].id,
                        .factuality = from.factuality,
                        .valid_from = ParseDay(from.valid_from) ? from.valid_from : "",
                        .valid_to = ParseDay(from.valid_to) ? from.valid_to : "",
                        .precision = from.precision,
                        .confidence = std::clamp(from.confidence, 0.0f, 1.0f),
                        .evidence = SpanOf(from.evidence),
                        .rule = from.rule};
    for (size_t i = 0; i < statement.qualifiers.size() && i < from.qualifier_entities.size(); ++i) {
      const int32_t atom = AtomIndex(from.qualifier_entities[i]);
      if (atom >= 0) statement.qualifiers[i].atom = graph_.atoms[static_cast<size_t>(atom)].id;
    }
    const auto set = [&](Range range, std::optional<Span>& span) {
      if (IsPlace(range)) span = SpanOf(range);
    };
    set(from.subject_range, statement.subject_span);
    set(from.cue_range, statement.cue_span);
    set(from.object_range, statement.object_span);
    set(from.literal_range, statement.literal_span);
    if (object_atom && from.factuality == Factuality::kAsserted) {
      Observe(from.predicate, graph_.atoms[static_cast<size_t>(subject)], graph_.atoms[static_cast<size_t>(object)]);
    }
    graph_.statements.push_back(std::move(statement));
  }

  static void Observe(std::string_view predicate, Atom& subject, Atom& object) {
    for (const ObservedRelation& relation : kObservedRelations) {
      if (relation.predicate != predicate) continue;
      AddObservations(relation.kind, object, subject);
      if (relation.both_ways) AddObservations(relation.kind, subject, object);
    }
  }

  const TextAnalysis& analysis_;
  const Lexicon& lexicon_;
  const Ontology& ontology_;
  DocumentGraph graph_;
  std::vector<Placed> mentions_;
  std::vector<int32_t> atom_of_;  // by local entity, then value: its index in graph_.atoms, -1 for none
  uint32_t refused_ = 0;
};

}  // namespace

Assembly Assemble(Document document, const TextAnalysis& analysis, const Lexicon& lexicon, const Ontology& ontology) {
  return Assembler(std::move(document), analysis, lexicon, ontology).Run();
}

}  // namespace newsgraph
