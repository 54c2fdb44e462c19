// An analyser for tests: reads sentences of three parts, "SUBJECT relation OBJECT", one a line,
// where the relation is an id of the ontology and says what the two are. "NAME: " before the
// subject makes NAME the speaker. A subject may have another name after "/": "Meta/臉書".
//
//   Ada Berg ceo_of Northwind
//   Ada Berg: Northwind competes_with Haichuan
#ifndef NEWSGRAPH_TESTS_SERVICE_SCRIPTED_ANALYZER_H_
#define NEWSGRAPH_TESTS_SERVICE_SCRIPTED_ANALYZER_H_

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "graph/name_folding.h"
#include "graph/ontology.h"
#include "ingest/analyzer.h"

namespace newsgraph {

class ScriptedAnalyzer : public Analyzer {
 public:
  absl::StatusOr<DocumentGraph> Analyze(Document document) const override {
    Pass();
    if (document.text.find("unreadable") != std::string::npos) {
      return absl::InvalidArgumentError("unreadable; send something else");
    }
    if (document.id.empty()) document.id = MakeDocumentId(document.uri, document.title, document.text);
    document.language = "en";
    document.analyser = fingerprint_;
    Script script(std::move(document));
    std::istringstream lines(script.graph.document.text);
    size_t begin = 0;
    for (std::string line; std::getline(lines, line); begin += line.size() + 1) script.Read(line, begin);
    return script.Finish();
  }

  const std::string& fingerprint() const override { return fingerprint_; }

  // Analyses wait until Open.
  void Close() {
    const std::lock_guard lock(mutex_);
    is_open_ = false;
  }
  void Open() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    changed_.notify_all();
  }
  // Returns when so many analyses wait at once.
  void AwaitWaiting(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= count; });
  }

 private:
  struct Script {
    explicit Script(Document document) { graph.document = std::move(document); }

    AtomId AtomOf(EntityType type, const std::string& name) {
      const AtomId id = MakeAtomId(graph.document.id, FoldName(name), 0);
      Atom& atom = atoms[id];
      atom.id = id;
      atom.name = name;
      if (atom.type == EntityType::kUnknown) atom.type = type;
      return id;
    }

    Span Mentioned(AtomId atom, const std::string& surface, size_t begin) {
      const Span span{Field::kText, static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + surface.size())};
      graph.mentions.push_back({span, surface, MentionForm::kName, atoms[atom].type, atom});
      return span;
    }

    void Read(std::string line, size_t begin) {
      AtomId speaker;
      if (const size_t colon = line.find(": "); colon != std::string::npos) {
        const std::string name = line.substr(0, colon);
        speaker = AtomOf(EntityType::kPerson, name);
        Mentioned(speaker, name, begin);
        line.erase(0, colon + 2);
        begin += colon + 2;
        graph.turns.push_back({static_cast<uint32_t>(graph.turns.size()),
                               {Field::kText, static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + line.size())},
                               speaker});
      }
      for (const Relation& relation : Ontology::Default()->relations()) {
        const size_t cue = line.find(" " + relation.id + " ");
        if (cue == std::string::npos) continue;
        std::string subject = line.substr(0, cue), other;
        if (const size_t slash = subject.find('/'); slash != std::string::npos) {
          other = subject.substr(slash + 1);
          subject.erase(slash);
        }
        const size_t object_begin = cue + relation.id.size() + 2;
        const std::string object = line.substr(object_begin);
        Statement statement;
        statement.index = static_cast<uint32_t>(graph.statements.size());
        statement.subject = AtomOf(TypeOf(relation.domain), subject);
        statement.predicate = relation.id;
        statement.object = AtomOf(TypeOf(relation.range), object);
        statement.speaker = speaker;
        statement.subject_span = Mentioned(statement.subject, subject, begin);
        if (!other.empty()) {
          atoms[statement.subject].observations.push_back({"gloss", FoldName(other)});
          Mentioned(statement.subject, other, begin + subject.size() + 1);
        }
        statement.object_span = Mentioned(statement.object, object, begin + object_begin);
        statement.cue_span =
            Span{Field::kText, static_cast<uint32_t>(begin + cue + 1), static_cast<uint32_t>(begin + object_begin - 1)};
        statement.evidence = {Field::kText, static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + line.size())};
        statement.confidence = 0.5f;
        statement.rule = "script";
        graph.statements.push_back(std::move(statement));
        return;
      }
    }

    DocumentGraph Finish() {
      for (auto& [id, atom] : atoms) graph.atoms.push_back(std::move(atom));
      std::sort(graph.mentions.begin(), graph.mentions.end(),
                [](const Mention& left, const Mention& right) { return left.span < right.span; });
      return std::move(graph);
    }

    static EntityType TypeOf(const std::vector<EndType>& ends) {
      return ends.front().any ? EntityType::kOrg : ends.front().type;
    }

    DocumentGraph graph;
    std::map<AtomId, Atom> atoms;
  };

  void Pass() const {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return is_open_; });
    --waiting_;
  }

  const std::string fingerprint_ = "scripted";
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool is_open_ = true;
  mutable int waiting_ = 0;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_TESTS_SERVICE_SCRIPTED_ANALYZER_H_
