// The stages in their order, and what they found turned into the graph's own values.

#include "ingest/analyzer.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "graph/day.h"
#include "graph/name_folding.h"
#include "graph/status.h"
#include "ingest/document_reader.h"
#include "ingest/text/analysis.h"
#include "ingest/text/lexicon.h"
#include "ingest/text/local_identity.h"
#include "ingest/text/mention_finder.h"
#include "ingest/text/relation_extractor.h"
#include "ingest/text/segmenter.h"

namespace newsgraph {
namespace {

// Changes whenever the code reads a text differently than before.
constexpr std::string_view kVersion = "1";

// Relations that tell people of one name apart, and under which observation.
struct ObservedRelation {
  std::string_view predicate;
  std::string_view kind;
  bool of_object = false;  // the object learns of the subject too
};
constexpr ObservedRelation kObservedRelations[] = {
    {"ceo_of", "employer"},        {"chair_of", "employer"},   {"executive_of", "employer"},
    {"founded", "employer"},       {"works_for", "employer"},  {"board_member_of", "employer"},
    {"spouse_of", "spouse", true}, {"national_of", "country"}, {"educated_at", "school"},
};

absl::Status HashDataFiles(const std::filesystem::path& directory, std::string& parts) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator it(directory, error), end; !error && it != end;
       it.increment(error)) {
    if (it->is_regular_file() && it->path().extension() != ".md") files.push_back(it->path());
  }
  if (error) {
    return absl::NotFoundError(
        fmt::format("load {}: {}; give the directory of lexicons and rules", directory.string(), error.message()));
  }
  std::sort(files.begin(), files.end());
  for (const std::filesystem::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    parts += file.lexically_relative(directory).string() + " " + ToHex(Hash128(bytes)) + "\n";
  }
  return absl::OkStatus();
}

std::string FullestName(const LocalEntity& entity) { return FoldName(entity.name); }

// The atoms of a document: one for each local entity that is mentioned.
class AtomMaker {
 public:
  AtomMaker(const TextAnalysis& analysis, const Lexicon& lexicon, const std::string& document_id) {
    std::vector<bool> mentioned(analysis.entities.size(), false);
    std::vector<uint32_t> order;  // of first mentions
    for (const TextMention& mention : analysis.mentions) {
      if (mention.entity < 0 || mentioned[static_cast<size_t>(mention.entity)]) continue;
      mentioned[static_cast<size_t>(mention.entity)] = true;
      order.push_back(static_cast<uint32_t>(mention.entity));
    }
    atoms_.resize(analysis.entities.size());
    std::map<std::string, uint32_t> numbers;
    for (const uint32_t index : order) {
      const LocalEntity& entity = analysis.entities[index];
      const std::string folded = FullestName(entity);
      if (folded.empty() || IsValueType(entity.type)) continue;
      Atom& atom = atoms_[index];
      atom.number = numbers[folded]++;
      atom.id = MakeAtomId(document_id, folded, atom.number);
      atom.type = entity.type;
      atom.subtype = entity.subtype;
      atom.name = entity.name;
      if (entity.type == EntityType::kPerson) atom.occupation = entity.occupation;
      atom.bare = entity.bare;
      for (const auto& [scheme, id] : entity.external_ids) atom.external_ids.emplace(scheme, id);
      if (entity.lexicon_entry >= 0) {
        const LexiconEntry& entry = lexicon.entry(entity.lexicon_entry);
        atom.external_ids["lexicon"] = entry.id;
        if (!entry.wikidata.empty()) atom.external_ids["wikidata"] = entry.wikidata;
      }
      atom.observations = entity.observations;
    }
  }

  // Zero for none.
  AtomId id(int32_t entity) const { return entity < 0 ? AtomId{} : atoms_[static_cast<size_t>(entity)].id; }
  Atom& atom(int32_t entity) { return atoms_[static_cast<size_t>(entity)]; }

  std::vector<Atom> Take() {
    std::vector<Atom> atoms;
    for (Atom& atom : atoms_) {
      if (atom.id.is_zero()) continue;
      std::sort(atom.observations.begin(), atom.observations.end());
      atom.observations.erase(std::unique(atom.observations.begin(), atom.observations.end()), atom.observations.end());
      atoms.push_back(std::move(atom));
    }
    std::sort(atoms.begin(), atoms.end(), [](const Atom& a, const Atom& b) { return a.id < b.id; });
    return atoms;
  }

 private:
  std::vector<Atom> atoms_;
};

std::optional<Span> SpanOrNone(const FoldedText& text, Range range) {
  if (range.empty()) return std::nullopt;
  return text.SpanOf(range.begin, range.end);
}

// What identifies an entity to others: its id in the lexicon, else its name.
std::string Identification(const Atom& atom) {
  const auto lexicon = atom.external_ids.find("lexicon");
  return lexicon == atom.external_ids.end() ? FoldName(atom.name) : "lexicon:" + lexicon->second;
}

class PipelineAnalyzer : public Analyzer {
 public:
  PipelineAnalyzer(std::shared_ptr<const Ontology> ontology, std::unique_ptr<const Lexicon> lexicon,
                   std::unique_ptr<const MentionFinder> mention_finder,
                   std::unique_ptr<const RelationExtractor> relation_extractor, std::string fingerprint)
      : ontology_(std::move(ontology)),
        lexicon_(std::move(lexicon)),
        mention_finder_(std::move(mention_finder)),
        relation_extractor_(std::move(relation_extractor)),
        fingerprint_(std::move(fingerprint)) {}

  const std::string& fingerprint() const override { return fingerprint_; }

  absl::StatusOr<DocumentGraph> Analyze(Document document) const override {
    for (const std::string* field : {&document.id, &document.uri, &document.title, &document.publisher,
                                     &document.author, &document.published, &document.language, &document.text}) {
      NEWSGRAPH_RETURN_IF_ERROR(CheckUtf8(*field));
    }
    if (document.text.find_first_not_of(" \t\r\n") == std::string::npos) {
      return absl::InvalidArgumentError("no text; a document needs some");
    }
    if (document.id.empty()) document.id = MakeDocumentId(document.uri, document.title, document.text);
    TextAnalysis analysis;
    analysis.text = FoldedText(document.title, document.text);
    analysis.published_day = ParseDay(document.published);
    Segment(analysis);
    if (document.language.empty()) document.language = analysis.language;
    document.analyser = fingerprint_;
    mention_finder_->FindMentions(analysis);
    ResolveLocally(analysis, *lexicon_);
    relation_extractor_->ExtractRelations(analysis);
    return MakeGraph(std::move(document), analysis);
  }

 private:
  DocumentGraph MakeGraph(Document document, const TextAnalysis& analysis) const {
    DocumentGraph graph;
    AtomMaker atoms(analysis, *lexicon_, document.id);
    AddMentions(analysis, atoms, graph);
    AddTurns(analysis, atoms, graph);
    AddStatements(analysis, atoms, graph);
    graph.atoms = atoms.Take();
    graph.document = std::move(document);
    return graph;
  }

  static void AddMentions(const TextAnalysis& analysis, AtomMaker& atoms, DocumentGraph& graph) {
    for (const TextMention& found : analysis.mentions) {
      const AtomId atom = atoms.id(found.entity);
      if (atom.is_zero()) continue;
      Mention mention;
      mention.span = analysis.text.SpanOf(found.range.begin, found.range.end);
      mention.surface = analysis.text.Surface(found.range.begin, found.range.end);
      mention.form = found.form;
      mention.type = found.type == EntityType::kUnknown ? atoms.atom(found.entity).type : found.type;
      mention.atom = atom;
      graph.mentions.push_back(std::move(mention));
    }
    const auto place = [](const Mention& mention) { return std::tie(mention.span, mention.atom); };
    std::sort(graph.mentions.begin(), graph.mentions.end(),
              [&](const Mention& a, const Mention& b) { return place(a) < place(b); });
    graph.mentions.erase(std::unique(graph.mentions.begin(), graph.mentions.end(),
                                     [&](const Mention& a, const Mention& b) { return place(a) == place(b); }),
                         graph.mentions.end());
  }

  static void AddTurns(const TextAnalysis& analysis, const AtomMaker& atoms, DocumentGraph& graph) {
    for (const TextTurn& found : analysis.turns) {
      if (found.speech.empty() || atoms.id(found.speaker).is_zero()) continue;
      Turn turn;
      turn.index = static_cast<uint32_t>(graph.turns.size());
      turn.span = analysis.text.SpanOf(found.speech.begin, found.speech.end);
      turn.speaker = atoms.id(found.speaker);
      graph.turns.push_back(turn);
    }
  }

  void AddStatements(const TextAnalysis& analysis, AtomMaker& atoms, DocumentGraph& graph) const {
    for (const TextStatement& found : analysis.statements) {
      if (!IsSound(found, atoms)) continue;
      Statement statement;
      statement.index = static_cast<uint32_t>(graph.statements.size());
      statement.subject = atoms.id(found.subject);
      statement.predicate = found.predicate;
      statement.object = atoms.id(found.object);
      statement.literal = found.literal;
      statement.qualifiers = found.qualifiers;
      for (size_t i = 0; i < statement.qualifiers.size() && i < found.qualifier_entities.size(); ++i) {
        statement.qualifiers[i].atom = atoms.id(found.qualifier_entities[i]);
      }
      statement.speaker = atoms.id(found.speaker);
      statement.factuality = found.factuality;
      statement.valid_from = found.valid_from;
      statement.valid_to = found.valid_to;
      statement.precision = found.precision;
      statement.confidence = found.confidence;
      statement.evidence = analysis.text.SpanOf(found.evidence.begin, found.evidence.end);
      statement.subject_span = SpanOrNone(analysis.text, found.subject_range);
      statement.cue_span = SpanOrNone(analysis.text, found.cue_range);
      statement.object_span = SpanOrNone(analysis.text, found.object_range);
      statement.literal_span = SpanOrNone(analysis.text, found.literal_range);
      statement.rule = found.rule;
      Observe(found, atoms);
      graph.statements.push_back(std::move(statement));
    }
  }

  // Both ends are mentioned, and the ontology allows them. A rule that reads what the
  // ontology refuses is no error of the document.
  bool IsSound(const TextStatement& found, AtomMaker& atoms) const {
    if (found.evidence.empty() || atoms.id(found.subject).is_zero()) return false;
    if (found.speaker >= 0 && atoms.id(found.speaker).is_zero()) return false;
    if (atoms.id(found.object).is_zero() != found.literal.has_value()) return false;
    const Atom& subject = atoms.atom(found.subject);
    static const Atom kNone;
    const Atom& object = found.literal ? kNone : atoms.atom(found.object);
    return ontology_
        ->Check(found.predicate, subject.type, subject.subtype, object.type, object.subtype,
                found.literal ? found.literal->type : "")
        .ok();
  }

  static void Observe(const TextStatement& found, AtomMaker& atoms) {
    if (found.object < 0 || found.factuality != Factuality::kAsserted) return;
    for (const ObservedRelation& relation : kObservedRelations) {
      if (relation.predicate != found.predicate) continue;
      Atom& subject = atoms.atom(found.subject);
      Atom& object = atoms.atom(found.object);
      subject.observations.push_back({std::string(relation.kind), Identification(object)});
      if (relation.of_object) object.observations.push_back({std::string(relation.kind), Identification(subject)});
    }
  }

  std::shared_ptr<const Ontology> ontology_;
  std::unique_ptr<const Lexicon> lexicon_;  // the two below point into it
  std::unique_ptr<const MentionFinder> mention_finder_;
  std::unique_ptr<const RelationExtractor> relation_extractor_;
  std::string fingerprint_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<const Analyzer>> Analyzer::Load(const AnalyzerOptions& options) {
  const std::shared_ptr<const Ontology> ontology = options.ontology ? options.ontology : Ontology::Default();
  std::string parts = fmt::format("version {}\nontology {}\n", kVersion, ToHex(ontology->fingerprint()));
  NEWSGRAPH_RETURN_IF_ERROR(HashDataFiles(options.data_directory, parts));
  for (const std::filesystem::path& file : options.lexicon_files) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    parts += "lexicon " + ToHex(Hash128(bytes)) + "\n";
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(Lexicon loaded, Lexicon::Load(options.data_directory / "lexicon", options.lexicon_files));
  auto lexicon = std::make_unique<const Lexicon>(std::move(loaded));
  NEWSGRAPH_ASSIGN_OR_RETURN(std::unique_ptr<const MentionFinder> mention_finder,
                             MentionFinder::Load(options.data_directory, *lexicon));
  NEWSGRAPH_ASSIGN_OR_RETURN(std::unique_ptr<const RelationExtractor> relation_extractor,
                             RelationExtractor::Load(options.data_directory, *ontology, *lexicon));
  return std::make_shared<PipelineAnalyzer>(ontology, std::move(lexicon), std::move(mention_finder),
                                            std::move(relation_extractor), "ng-" + ToHex(Hash128(parts)));
}

}  // namespace newsgraph
