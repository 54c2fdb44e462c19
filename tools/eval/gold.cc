#include "tools/eval/gold.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>
#include <variant>

#include "graph/jsonl_read.h"
#include "graph/status.h"
#include "tools/eval/json_lines.h"

namespace newsgraph {
namespace {

using nlohmann::json;

// A row for each type, and every type told of: our own guidelines.
void SetOurTypes(GoldSet& set) {
  set.labelled = NameTypes();
  set.has_identity = true;
  set.has_references = true;
  for (TypeSet rest = NameTypes() | ValueTypes(); rest != 0; rest &= rest - 1)
    set.classes.push_back(rest & (~rest + 1));
}

void SortMentions(std::vector<GoldMention>& mentions) {
  std::stable_sort(mentions.begin(), mentions.end(),
                   [](const GoldMention& a, const GoldMention& b) { return a.span < b.span; });
}

std::string_view TextOfField(const Document& document, Field field) {
  return field == Field::kTitle ? document.title : document.text;
}

// --- the corpus layout

// A number as JSON writes it, a text as it is; empty for null or where there is none.
absl::StatusOr<std::string> ValueOf(const json& object) {
  const auto value = object.find("value");
  if (value == object.end() || value->is_null()) return std::string();
  if (value->is_string()) return value->get<std::string>();
  if (value->is_number()) return value->dump();
  return absl::InvalidArgumentError("\"value\" is neither a number nor a text");
}

bool IsLiteralType(std::string_view type) {
  constexpr std::string_view kTypes[] = {"DATE", "MONEY", "PERCENT", "QUANTITY", "NAME", "TEXT", "STATEMENT"};
  return std::find(std::begin(kTypes), std::end(kTypes), type) != std::end(kTypes);
}

// One line of gold/ID.jsonl. Turns are looked over only: nothing scores them yet.
class CorpusDocumentReader {
 public:
  explicit CorpusDocumentReader(GoldDocument& document) : document_(document) {}

  absl::Status Take(std::string_view line) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const json object, ParseObject(line));
    NEWSGRAPH_ASSIGN_OR_RETURN(const std::string kind, TextOf(object, "kind"));
    if (kind == "entity") return TakeEntity(object);
    if (kind == "mention") return TakeMention(object);
    if (kind == "statement") return TakeStatement(object);
    if (kind == "turn") return absl::OkStatus();
    return absl::InvalidArgumentError(
        fmt::format("kind \"{}\" is unknown; use entity, mention, turn or statement", kind));
  }

 private:
  absl::Status TakeEntity(const json& object) {
    GoldEntity entity;
    NEWSGRAPH_ASSIGN_OR_RETURN(entity.id, TextOf(object, "id"));
    NEWSGRAPH_ASSIGN_OR_RETURN(entity.must, FlagOf(object, "must", true));
    NEWSGRAPH_ASSIGN_OR_RETURN(const std::string type_name, TextOf(object, "type"));
    const auto type = ParseEntityType(type_name);
    if (!type || *type == EntityType::kUnknown) {
      return absl::InvalidArgumentError(fmt::format("entity {}: there is no type {}", entity.id, type_name));
    }
    if (!index_.emplace(entity.id, static_cast<int32_t>(types_.size())).second) {
      return absl::InvalidArgumentError(fmt::format("entity {} is there already", entity.id));
    }
    entity.type = *type;
    NEWSGRAPH_ASSIGN_OR_RETURN(entity.subtype, OptionalTextOf(object, "subtype"));
    if (const auto names = object.find("names"); names != object.end() && names->is_array()) {
      for (const json& name : *names) {
        if (!name.is_object())
          return absl::InvalidArgumentError(fmt::format("entity {}: a name is no object", entity.id));
        NEWSGRAPH_ASSIGN_OR_RETURN(entity.names.emplace_back(), TextOf(name, "text"));
      }
    }
    types_.push_back(*type);
    document_.entities.push_back(std::move(entity));
    return absl::OkStatus();
  }

  absl::Status TakeMention(const json& object) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const std::string id, TextOf(object, "entity"));
    const auto entity = index_.find(id);
    if (entity == index_.end()) {
      return absl::InvalidArgumentError(fmt::format("mention of {}, which no line above describes", id));
    }
    GoldMention mention;
    mention.entity = entity->second;
    mention.types = TypeBit(types_[static_cast<size_t>(mention.entity)]);
    mention.must = document_.entities[static_cast<size_t>(mention.entity)].must;
    NEWSGRAPH_ASSIGN_OR_RETURN(const std::string form_name, TextOf(object, "form"));
    const auto form = ParseMentionForm(form_name);
    if (!form) return absl::InvalidArgumentError(fmt::format("there is no form {}", form_name));
    mention.form = *form;
    NEWSGRAPH_ASSIGN_OR_RETURN(const std::string field_name, TextOf(object, "field"));
    const auto field = ParseField(field_name);
    if (!field) return absl::InvalidArgumentError(fmt::format("there is no field {}", field_name));
    mention.span.field = *field;
    NEWSGRAPH_ASSIGN_OR_RETURN(mention.span.begin, NumberOf(object, "begin"));
    NEWSGRAPH_ASSIGN_OR_RETURN(mention.span.end, NumberOf(object, "end"));
    NEWSGRAPH_ASSIGN_OR_RETURN(const std::string surface, TextOf(object, "surface"));
    NEWSGRAPH_RETURN_IF_ERROR(
        CheckSpan(TextOfField(document_.document, *field), mention.span.begin, mention.span.end, surface));
    document_.mentions.push_back(mention);
    return absl::OkStatus();
  }

  absl::Status TakeStatement(const json& object) {
    GoldStatement statement;
    NEWSGRAPH_ASSIGN_OR_RETURN(statement.id, TextOf(object, "id"));
    const absl::Status status = FillStatement(object, statement);
    if (!status.ok()) {
      return absl::InvalidArgumentError(fmt::format("statement {}: {}", statement.id, std::string(status.message())));
    }
    document_.statements.push_back(std::move(statement));
    return absl::OkStatus();
  }

  absl::Status FillStatement(const json& object, GoldStatement& statement) const {
    NEWSGRAPH_ASSIGN_OR_RETURN(statement.subject, EntityOf(object, "subject"));
    NEWSGRAPH_ASSIGN_OR_RETURN(statement.object, EntityOf(object, "object"));
    NEWSGRAPH_ASSIGN_OR_RETURN(statement.speaker, EntityOf(object, "speaker"));
    NEWSGRAPH_ASSIGN_OR_RETURN(statement.predicate, TextOf(object, "predicate"));
    NEWSGRAPH_ASSIGN_OR_RETURN(statement.must, FlagOf(object, "must", true));
    NEWSGRAPH_ASSIGN_OR_RETURN(const std::string factuality_name, TextOf(object, "factuality"));
    const auto factuality = ParseFactuality(factuality_name);
    if (!factuality) return absl::InvalidArgumentError(fmt::format("there is no factuality {}", factuality_name));
    statement.factuality = *factuality;
    if (const auto literal = object.find("literal"); literal != object.end() && literal->is_object()) {
      statement.literal.emplace();
      NEWSGRAPH_ASSIGN_OR_RETURN(statement.literal->type, TextOf(*literal, "type"));
      if (!IsLiteralType(statement.literal->type)) {
        return absl::InvalidArgumentError(fmt::format("there is no literal of type {}", statement.literal->type));
      }
      NEWSGRAPH_ASSIGN_OR_RETURN(statement.literal->text, TextOf(*literal, "text"));
      NEWSGRAPH_ASSIGN_OR_RETURN(statement.literal->value, ValueOf(*literal));
      NEWSGRAPH_ASSIGN_OR_RETURN(statement.literal->unit, OptionalTextOf(*literal, "unit"));
    }
    if (statement.subject < 0) return absl::InvalidArgumentError("\"subject\" is missing");
    if ((statement.object >= 0) == statement.literal.has_value()) {
      return absl::InvalidArgumentError("give one of \"object\" and \"literal\", the other null");
    }
    if (const auto qualifiers = object.find("qualifiers"); qualifiers != object.end() && qualifiers->is_array()) {
      for (const json& qualifier : *qualifiers) {
        if (!qualifier.is_object()) return absl::InvalidArgumentError("a qualifier is no object");
        Qualifier read;
        NEWSGRAPH_ASSIGN_OR_RETURN(read.name, TextOf(qualifier, "name"));
        NEWSGRAPH_ASSIGN_OR_RETURN(read.text, TextOf(qualifier, "text"));
        // A length of time (四年) is a value with a unit, and no date.
        NEWSGRAPH_ASSIGN_OR_RETURN(const std::string unit, OptionalTextOf(qualifier, "unit"));
        if (unit.empty()) {
          NEWSGRAPH_ASSIGN_OR_RETURN(read.value, ValueOf(qualifier));
        }
        if (read.name == "time" && !statement.time) statement.time = std::move(read);
      }
    }
    return ReadEvidence(object, statement.evidence);
  }

  absl::Status ReadEvidence(const json& object, Span& span) const {
    const auto evidence = object.find("evidence");
    if (evidence == object.end() || !evidence->is_object()) {
      return absl::InvalidArgumentError("\"evidence\" is missing or no object");
    }
    NEWSGRAPH_ASSIGN_OR_RETURN(const std::string field_name, TextOf(*evidence, "field"));
    const auto field = ParseField(field_name);
    if (!field) return absl::InvalidArgumentError(fmt::format("there is no field {}", field_name));
    span.field = *field;
    NEWSGRAPH_ASSIGN_OR_RETURN(span.begin, NumberOf(*evidence, "begin"));
    NEWSGRAPH_ASSIGN_OR_RETURN(span.end, NumberOf(*evidence, "end"));
    const std::string_view text = TextOfField(document_.document, *field);
    if (span.begin >= span.end || span.end > text.size()) {
      return absl::InvalidArgumentError(fmt::format("its evidence {}–{} does not lie in the {} bytes of the {}",
                                                    span.begin, span.end, text.size(), field_name));
    }
    const auto divides = [&](uint32_t at) {
      return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
    };
    if (!divides(span.begin) && !divides(span.end)) return absl::OkStatus();
    return absl::InvalidArgumentError(
        fmt::format("its evidence {}–{} of the {} divides a character", span.begin, span.end, field_name));
  }

  // The entity that a key names; -1 for null.
  absl::StatusOr<int32_t> EntityOf(const json& object, const char* key) const {
    NEWSGRAPH_ASSIGN_OR_RETURN(const std::string id, OptionalTextOf(object, key));
    if (id.empty()) return -1;
    const auto entity = index_.find(id);
    if (entity != index_.end()) return entity->second;
    return absl::InvalidArgumentError(fmt::format("{} is {}, which no line above describes", key, id));
  }

  GoldDocument& document_;
  std::map<std::string, int32_t> index_;
  std::vector<EntityType> types_;
};

absl::StatusOr<GoldDocument> ReadCorpusDocument(const std::filesystem::path& folder, const json& row) {
  GoldDocument gold;
  Document& document = gold.document;
  NEWSGRAPH_ASSIGN_OR_RETURN(document.id, TextOf(row, "id"));
  NEWSGRAPH_ASSIGN_OR_RETURN(document.uri, OptionalTextOf(row, "uri"));
  NEWSGRAPH_ASSIGN_OR_RETURN(document.title, OptionalTextOf(row, "title"));
  NEWSGRAPH_ASSIGN_OR_RETURN(document.publisher, OptionalTextOf(row, "publisher"));
  NEWSGRAPH_ASSIGN_OR_RETURN(document.published, OptionalTextOf(row, "published"));
  NEWSGRAPH_ASSIGN_OR_RETURN(document.language, OptionalTextOf(row, "language"));
  // What a reader should extract from a page or a feed stands beside it.
  NEWSGRAPH_ASSIGN_OR_RETURN(std::string file, OptionalTextOf(row, "expected"));
  if (file.empty()) {
    NEWSGRAPH_ASSIGN_OR_RETURN(file, TextOf(row, "file"));
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(document.text, ReadWholeFile(folder / file));
  CorpusDocumentReader reader(gold);
  NEWSGRAPH_RETURN_IF_ERROR(ForEachLine(folder / "gold" / (document.id + ".jsonl"),
                                        [&](std::string_view line) { return reader.Take(line); }));
  SortMentions(gold.mentions);
  return gold;
}

absl::StatusOr<GoldSet> ReadCorpusFolder(const std::filesystem::path& folder) {
  GoldSet set;
  SetOurTypes(set);
  std::set<std::string> ids;
  // Errors of a gold file name that file; those of the manifest, its line.
  absl::Status in_document;
  const absl::Status read = ForEachLine(folder / "manifest.jsonl", [&](std::string_view line) -> absl::Status {
    NEWSGRAPH_ASSIGN_OR_RETURN(const json row, ParseObject(line));
    NEWSGRAPH_ASSIGN_OR_RETURN(const std::string id, TextOf(row, "id"));
    if (!ids.insert(id).second) return absl::InvalidArgumentError(fmt::format("document {} is there already", id));
    NEWSGRAPH_RETURN_IF_ERROR(TextOf(row, "file").status());
    absl::StatusOr<GoldDocument> document = ReadCorpusDocument(folder, row);
    if (!document.ok()) return in_document = document.status();
    set.documents.push_back(*std::move(document));
    return absl::OkStatus();
  });
  if (!in_document.ok()) return in_document;
  NEWSGRAPH_RETURN_IF_ERROR(read);
  return set;
}

// --- the sentence layout

// Where each code point of valid UTF-8 begins, and the end.
std::vector<uint32_t> CodePointOffsets(std::string_view text) {
  std::vector<uint32_t> offsets;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) offsets.push_back(static_cast<uint32_t>(i));
  }
  offsets.push_back(static_cast<uint32_t>(text.size()));
  return offsets;
}

absl::StatusOr<GoldDocument> ReadSentence(std::string_view line, const LabelMap& map) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const json object, ParseObject(line));
  GoldDocument gold;
  NEWSGRAPH_ASSIGN_OR_RETURN(gold.document.id, TextOf(object, "id"));
  NEWSGRAPH_ASSIGN_OR_RETURN(gold.document.text, TextOf(object, "text"));
  const auto entities = object.find("entities");
  if (entities == object.end() || !entities->is_array()) {
    return absl::InvalidArgumentError("\"entities\" is missing or not a list");
  }
  const std::vector<uint32_t> offsets = CodePointOffsets(gold.document.text);
  for (size_t i = 0; i < entities->size(); ++i) {
    const json& entity = (*entities)[i];
    const auto wrong = [&](const absl::Status& status) {
      return absl::InvalidArgumentError(fmt::format("entities[{}]: {}", i, std::string(status.message())));
    };
    if (!entity.is_object()) return wrong(absl::InvalidArgumentError("is not an object"));
    const absl::StatusOr<uint32_t> begin = NumberOf(entity, "s"), end = NumberOf(entity, "e");
    const absl::StatusOr<std::string> label = TextOf(entity, "type"), surface = TextOf(entity, "text");
    for (const absl::Status& status : {begin.status(), end.status(), label.status(), surface.status()}) {
      if (!status.ok()) return wrong(status);
    }
    if (*begin >= *end || *end >= offsets.size()) {
      return wrong(absl::InvalidArgumentError(
          fmt::format("{}–{} does not lie in the {} characters of the text", *begin, *end, offsets.size() - 1)));
    }
    GoldMention mention;
    mention.span = {Field::kText, offsets[*begin], offsets[*end]};
    if (const absl::Status status = CheckSpan(gold.document.text, mention.span.begin, mention.span.end, *surface);
        !status.ok()) {
      return wrong(status);
    }
    const auto types = map.labels.find(*label);
    if (types == map.labels.end()) {
      return wrong(absl::InvalidArgumentError(
          fmt::format("label \"{}\" is not in the map {}; add it to tools/eval/label_maps.tsv", *label, map.name)));
    }
    mention.types = types->second;
    gold.mentions.push_back(mention);
  }
  SortMentions(gold.mentions);
  return gold;
}

absl::StatusOr<GoldSet> ReadSentences(const std::filesystem::path& path, const GoldOptions& options) {
  const LabelTables& tables = LabelTables::Default();
  const LabelTables::Corpus* const corpus = tables.FindByFile(path.filename().string());
  const LabelMap* map = corpus == nullptr ? nullptr : corpus->map;
  if (!options.label_map.empty()) {
    map = tables.FindMap(options.label_map);
    if (map == nullptr) {
      return absl::InvalidArgumentError(
          fmt::format("labels {}: no such map; there are {}", options.label_map, tables.MapNames()));
    }
  } else if (map == nullptr) {
    return absl::InvalidArgumentError(fmt::format(
        "read {}: whose labels these are cannot be told by the name of the file; give --labels with one of {}",
        path.string(), tables.MapNames()));
  }
  GoldSet set;
  set.labelled = map->labelled;
  set.classes = map->classes;
  std::set<std::string> ids;
  NEWSGRAPH_RETURN_IF_ERROR(ForEachLine(path, [&](std::string_view line) -> absl::Status {
    NEWSGRAPH_ASSIGN_OR_RETURN(GoldDocument document, ReadSentence(line, *map));
    if (!ids.insert(document.document.id).second) {
      return absl::InvalidArgumentError(fmt::format("document {} is there already", document.document.id));
    }
    if (corpus != nullptr) document.document.language = corpus->language;
    set.documents.push_back(std::move(document));
    return absl::OkStatus();
  }));
  return set;
}

// --- the graph format

absl::StatusOr<GoldSet> ReadGraphAsGold(const std::filesystem::path& path) {
  GoldSet set;
  SetOurTypes(set);
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::vector<DocumentGraph> graphs, ReadGraph(path));
  for (const DocumentGraph& graph : graphs) set.documents.push_back(GoldFromGraph(graph));
  return set;
}

// Which layout a file has: by its first line.
absl::StatusOr<bool> IsGraphFormat(const std::filesystem::path& path) {
  bool is_graph = false, is_first = true;
  NEWSGRAPH_RETURN_IF_ERROR(ForEachLine(path, [&](std::string_view line) -> absl::Status {
    if (!is_first) return absl::OkStatus();
    is_first = false;
    NEWSGRAPH_ASSIGN_OR_RETURN(const json object, ParseObject(line));
    is_graph = object.contains("kind");
    if (!is_graph && !object.contains("entities")) {
      return absl::InvalidArgumentError(
          "neither graph JSON lines (\"kind\") nor sentences (\"text\" and \"entities\"); the third layout is a folder "
          "with manifest.jsonl, documents and gold");
    }
    return absl::OkStatus();
  }));
  if (is_first) return absl::InvalidArgumentError(fmt::format("read {}: the file is empty", path.string()));
  return is_graph;
}

absl::StatusOr<GoldSet> ReadAnyGold(const std::filesystem::path& path, const GoldOptions& options) {
  if (std::filesystem::is_directory(path)) return ReadCorpusFolder(path);
  NEWSGRAPH_ASSIGN_OR_RETURN(const bool is_graph, IsGraphFormat(path));
  return is_graph ? ReadGraphAsGold(path) : ReadSentences(path, options);
}

}  // namespace

absl::StatusOr<GoldSet> ReadGold(const std::filesystem::path& path, const GoldOptions& options) {
  NEWSGRAPH_ASSIGN_OR_RETURN(GoldSet set, ReadAnyGold(path, options));
  set.name = path.string();
  set.has_statements = std::any_of(set.documents.begin(), set.documents.end(),
                                   [](const GoldDocument& gold) { return !gold.statements.empty(); });
  for (const std::string& id : options.leave_out) {
    const auto found = std::find_if(set.documents.begin(), set.documents.end(),
                                    [&](const GoldDocument& gold) { return gold.document.id == id; });
    if (found == set.documents.end()) {
      return absl::NotFoundError(fmt::format("read {}: there is no document {} to leave out", path.string(), id));
    }
    set.documents.erase(found);
  }
  return set;
}

absl::StatusOr<std::vector<DocumentGraph>> ReadGraph(const std::filesystem::path& path) {
  std::vector<DocumentGraph> graphs;
  std::map<std::string, size_t> index;
  NEWSGRAPH_RETURN_IF_ERROR(ForEachLine(path, [&](std::string_view line) -> absl::Status {
    NEWSGRAPH_ASSIGN_OR_RETURN(LineRead read, ReadLine(line));
    const auto graph_of = [&](const std::string& document) -> absl::StatusOr<DocumentGraph*> {
      const auto found = index.find(document);
      if (found != index.end()) return &graphs[found->second];
      return absl::InvalidArgumentError(fmt::format("document {} has no line above", document));
    };
    if (auto* document = std::get_if<Document>(&read)) {
      if (!index.emplace(document->id, graphs.size()).second) {
        return absl::InvalidArgumentError(fmt::format("document {} is there already", document->id));
      }
      graphs.emplace_back().document = std::move(*document);
    } else if (auto* atom = std::get_if<AtomLineRead>(&read)) {
      NEWSGRAPH_ASSIGN_OR_RETURN(DocumentGraph* const graph, graph_of(atom->document));
      graph->atoms.push_back(std::move(atom->atom));
    } else if (auto* mention = std::get_if<MentionLineRead>(&read)) {
      NEWSGRAPH_ASSIGN_OR_RETURN(DocumentGraph* const graph, graph_of(mention->document));
      const Mention& read_mention = mention->mention;
      NEWSGRAPH_RETURN_IF_ERROR(CheckSpan(TextOfField(graph->document, read_mention.span.field),
                                          read_mention.span.begin, read_mention.span.end, read_mention.surface));
      graph->mentions.push_back(std::move(mention->mention));
    } else if (auto* turn = std::get_if<TurnLineRead>(&read)) {
      NEWSGRAPH_ASSIGN_OR_RETURN(DocumentGraph* const graph, graph_of(turn->document));
      graph->turns.push_back(std::move(turn->turn));
    } else if (auto* statement = std::get_if<StatementLineRead>(&read)) {
      NEWSGRAPH_ASSIGN_OR_RETURN(DocumentGraph* const graph, graph_of(statement->document));
      graph->statements.push_back(std::move(statement->statement));
    }
    return absl::OkStatus();
  }));
  return graphs;
}

GoldDocument GoldFromGraph(const DocumentGraph& graph) {
  GoldDocument gold;
  gold.document = graph.document;
  std::map<AtomId, int32_t> index;
  for (const Mention& mention : graph.mentions) {
    const auto [entity, is_new] = index.emplace(mention.atom, static_cast<int32_t>(index.size()));
    if (is_new) gold.entities.push_back({ToString(mention.atom), true, mention.type, {}, {}, {}});
    gold.mentions.push_back({mention.span, mention.form, TypeBit(mention.type), entity->second, true});
  }
  SortMentions(gold.mentions);
  for (const Atom& atom : graph.atoms) {
    if (const auto found = index.find(atom.id); found != index.end()) {
      gold.entities[static_cast<size_t>(found->second)].label = atom.name;
    }
  }
  const auto entity_of = [&](const AtomId& atom) {
    const auto found = index.find(atom);
    return found == index.end() ? -1 : found->second;
  };
  for (const Statement& statement : graph.statements) {
    GoldStatement& read = gold.statements.emplace_back();
    read.id = fmt::format("{}:{}", graph.document.id, statement.index);
    read.subject = entity_of(statement.subject);
    read.predicate = statement.predicate;
    if (!statement.literal) read.object = entity_of(statement.object);
    read.literal = statement.literal;
    for (const Qualifier& qualifier : statement.qualifiers) {
      if (qualifier.name == "time" && !read.time) read.time = qualifier;
    }
    read.speaker = entity_of(statement.speaker);
    read.factuality = statement.factuality;
    read.evidence = statement.evidence;
  }
  return gold;
}

}  // namespace newsgraph
