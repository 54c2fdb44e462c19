// Runs every *.golden file beside it: a news text above, what must be read from it below.
// tests/golden/README.md says how the files are written.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/analyzer.h"

namespace newsgraph {
namespace {

constexpr std::string_view kSections[] = {"entities",   "values",        "turns",
                                          "statements", "some entities", "some statements"};

bool IsPartial(std::string_view section) { return section.starts_with("some "); }

std::shared_ptr<const Analyzer> LoadAnalyzer(Levers without) {
  auto loaded = Analyzer::Load({.data_directory = NEWSGRAPH_DATA_DIR, .without = without});
  if (!loaded.ok()) ADD_FAILURE() << loaded.status().message();
  return loaded.ok() ? *loaded : nullptr;
}

// With the tagger, and by rules alone.
const std::shared_ptr<const Analyzer>& SharedAnalyzer(bool fast) {
  static const std::shared_ptr<const Analyzer> trained = LoadAnalyzer(0), rules = LoadAnalyzer(kTaggerLever);
  return fast ? rules : trained;
}

// A file: its head (comments, the document), then sections of indented lines.
struct GoldenFile {
  std::string head;  // as it is in the file
  Document document;
  std::map<std::string, std::string> sections;  // by name; only those that are there
  bool fast = false;                            // about the rules alone
  std::string error;                            // what is wrong with the file; empty for nothing
};

GoldenFile ParseGolden(const std::filesystem::path& path) {
  GoldenFile file;
  std::ifstream in(path, std::ios::binary);
  std::string* section = nullptr;
  bool in_text = false;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const bool indented = line.starts_with("  ");
    if (indented && section != nullptr) {
      *section += line.substr(2) + "\n";
      continue;
    }
    if (std::find(std::begin(kSections), std::end(kSections), line) != std::end(kSections)) {
      section = &file.sections[line];
      continue;
    }
    if (section == nullptr) file.head += line + "\n";
    if (line.starts_with("document ")) {
      std::istringstream words(line);
      std::string word;
      words >> word >> file.document.language >> file.document.published;
      in_text = true;
    } else if (line == "tagger fast") {
      file.fast = true;
    } else if (line.starts_with("title ")) {
      file.document.title = line.substr(6);
    } else if (indented && in_text) {
      file.document.text += line.substr(2) + "\n";
    } else if (line.empty() && section == nullptr && in_text && !file.document.text.empty()) {
      file.document.text += "\n";
    } else if (!line.empty() && !line.starts_with("#")) {
      file.error = fmt::format("{}:{}: not a section, a document or an indented line: {}", path.string(), number, line);
      return file;
    }
  }
  while (file.document.text.ends_with('\n')) file.document.text.pop_back();
  while (file.head.ends_with("\n\n")) file.head.pop_back();
  if (file.document.text.empty()) file.error = path.string() + ": no document";
  if (file.sections.empty()) file.error = path.string() + ": expects nothing";
  return file;
}

// A document graph in the words of golden files.
class GoldenWriter {
 public:
  explicit GoldenWriter(const DocumentGraph& graph) : graph_(graph) {
    for (const Atom& atom : graph.atoms) atoms_[atom.id] = &atom;
  }

  std::string Write(std::string_view section) const {
    if (section.ends_with("entities")) return Entities();
    if (section == "values") return Values();
    if (section.ends_with("turns")) return Turns();
    return Statements();
  }

 private:
  std::string Name(AtomId id) const {
    const Atom& atom = *atoms_.at(id);
    return atom.number == 0 ? atom.name : fmt::format("{}#{}", atom.name, atom.number + 1);
  }

  std::string Read(const Span& span) const {
    const std::string& field = span.field == Field::kTitle ? graph_.document.title : graph_.document.text;
    std::string text = field.substr(span.begin, span.end - span.begin);
    std::replace(text.begin(), text.end(), '\n', '/');
    return text;
  }

  // TYPE name = other name, other name <- pronoun, noun phrase
  std::string Entities() const {
    std::vector<AtomId> order;
    std::map<AtomId, std::vector<std::string>> names, references;
    for (const Mention& mention : graph_.mentions) {
      if (std::find(order.begin(), order.end(), mention.atom) == order.end()) order.push_back(mention.atom);
      std::vector<std::string>& list =
          mention.form == MentionForm::kName ? names[mention.atom] : references[mention.atom];
      if (mention.surface == atoms_.at(mention.atom)->name) continue;
      if (std::find(list.begin(), list.end(), mention.surface) == list.end()) list.push_back(mention.surface);
    }
    std::string text;
    for (const AtomId id : order) {
      if (IsValueType(atoms_.at(id)->type)) continue;
      text += fmt::format("{} {}", ToString(atoms_.at(id)->type), Name(id));
      if (!names[id].empty()) text += fmt::format(" = {}", fmt::join(names[id], ", "));
      if (!references[id].empty()) text += fmt::format(" <- {}", fmt::join(references[id], ", "));
      text += "\n";
    }
    return text;
  }

  // TYPE value unit (precision): surface, other surface
  std::string Values() const {
    std::vector<AtomId> order;
    std::map<AtomId, std::vector<std::string>> surfaces;
    for (const Mention& mention : graph_.mentions) {
      if (!IsValueType(mention.type)) continue;
      if (std::find(order.begin(), order.end(), mention.atom) == order.end()) order.push_back(mention.atom);
      surfaces[mention.atom].push_back(mention.surface);
    }
    std::string text;
    for (const AtomId id : order) {
      const Atom& atom = *atoms_.at(id);
      const auto value = atom.external_ids.find("value");
      text +=
          fmt::format("{} {} ({}): {}\n", ToString(atom.type), value == atom.external_ids.end() ? "-" : value->second,
                      atom.subtype, fmt::join(surfaces[id], ", "));
    }
    return text;
  }

  std::string Turns() const {
    std::string text;
    for (const Turn& turn : graph_.turns) text += fmt::format("{}: {}\n", Name(turn.speaker), Read(turn.span));
    return text;
  }

  // subject -predicate-> object {denied} [time 2021] says SPEAKER | cue
  std::string Statements() const {
    std::string text;
    for (const Statement& statement : graph_.statements) {
      text += fmt::format("{} -{}-> {}", Name(statement.subject), statement.predicate,
                          statement.literal ? ToText(*statement.literal) : Name(statement.object));
      if (statement.factuality != Factuality::kAsserted) text += fmt::format(" {{{}}}", ToString(statement.factuality));
      for (const Qualifier& qualifier : statement.qualifiers) {
        text +=
            fmt::format(" [{} {}{}]", qualifier.name, qualifier.text,
                        qualifier.value.empty() || qualifier.value == qualifier.text ? "" : " = " + qualifier.value);
      }
      if (!statement.valid_from.empty()) text += " from " + statement.valid_from;
      if (!statement.valid_to.empty()) text += " to " + statement.valid_to;
      if (!statement.speaker.is_zero()) text += " says " + Name(statement.speaker);
      if (statement.cue_span) text += " | " + Read(*statement.cue_span);
      text += "\n";
    }
    return text;
  }

  static std::string ToText(const Literal& literal) {
    std::string text = fmt::format("\"{}\"", literal.text);
    if (!literal.value.empty() && literal.value != literal.text) text += " = " + literal.value;
    if (!literal.unit.empty()) text += " " + literal.unit;
    return text;
  }

  const DocumentGraph& graph_;
  std::map<AtomId, const Atom*> atoms_;
};

// The lines of `expected` that `read` lacks.
std::string Missing(const std::string& expected, const std::string& read) {
  std::string missing;
  std::istringstream in(expected);
  for (std::string line; std::getline(in, line);) {
    if (("\n" + read).find("\n" + line + "\n") == std::string::npos) missing += line + "\n";
  }
  return missing;
}

std::string Indent(const std::string& lines) {
  std::string text;
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) text += "  " + line + "\n";
  return text;
}

class GoldenTest : public testing::Test {
 public:
  explicit GoldenTest(std::filesystem::path path) : path_(std::move(path)) {}

  void TestBody() override {
    const GoldenFile file = ParseGolden(path_);
    ASSERT_EQ(file.error, "");
    for (const bool fast : {true, false}) {
      if (!fast && file.fast) continue;
      SCOPED_TRACE(fast ? "tagger fast" : "tagger trained");
      Check(file, fast);
    }
  }

 private:
  void Check(const GoldenFile& file, bool fast) const {
    const auto& analyzer = SharedAnalyzer(fast);
    ASSERT_NE(analyzer, nullptr);
    const absl::StatusOr<DocumentGraph> graph = analyzer->Analyze(file.document);
    ASSERT_TRUE(graph.ok()) << graph.status().message();
    const GoldenWriter writer(*graph);
    std::string written = file.head;
    for (const std::string_view name : kSections) {
      const auto section = file.sections.find(std::string(name));
      if (section == file.sections.end()) continue;
      const std::string read = writer.Write(name);
      written += fmt::format("\n{}\n{}", name, Indent(IsPartial(name) ? section->second : read));
      const std::string missing = Missing(section->second, read);
      if (Updating() || read == section->second || (IsPartial(name) && missing.empty())) continue;
      ADD_FAILURE() << name << " expected:\n" << section->second << "read:\n" << read;
    }
    if (Updating()) std::ofstream(path_, std::ios::binary) << written;
  }

  static bool Updating() { return std::getenv("NEWSGRAPH_UPDATE_GOLDEN") != nullptr; }

  const std::filesystem::path path_;
};

// One case a file, named after it; before main, so that ctest can list them.
const bool kRegistered = [] {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(NEWSGRAPH_SOURCE_DIR "/tests/golden")) {
    if (entry.path().extension() == ".golden") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  for (const std::filesystem::path& path : paths) {
    testing::RegisterTest("GoldenTest", path.stem().c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [path]() -> GoldenTest* { return new GoldenTest(path); });
  }
  return true;
}();

}  // namespace
}  // namespace newsgraph
