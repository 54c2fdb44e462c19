// Documents for tests, from a few words: the text is made of the names and relations
// given, so that every span re-reads.
//
//   DocumentBuilder builder("d1", {.published = "2024-07-24"});
//   const AtomId meta = builder.Add({.type = EntityType::kOrg, .name = "Meta"});
//   const AtomId zuckerberg = builder.Add({.type = EntityType::kPerson, .name = "Mark Zuckerberg"});
//   builder.Say(zuckerberg, "ceo_of", meta);
//   DocumentGraph graph = builder.Build();
#ifndef NEWSGRAPH_TESTS_GRAPH_DOCUMENT_BUILDER_H_
#define NEWSGRAPH_TESTS_GRAPH_DOCUMENT_BUILDER_H_

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "graph/model.h"
#include "graph/name_folding.h"

namespace newsgraph {

class DocumentBuilder {
 public:
  explicit DocumentBuilder(std::string id, Document document = {}) {
    graph_.document = std::move(document);
    graph_.document.id = std::move(id);
    if (graph_.document.language.empty()) graph_.document.language = "en";
    graph_.document.analyser = "test";
  }

  // `atom` without id and number. Mentioned once, by its name.
  AtomId Add(Atom atom) {
    const std::string folded = FoldName(atom.name);
    atom.number = numbers_[folded]++;
    atom.id = MakeAtomId(graph_.document.id, folded, atom.number);
    std::sort(atom.observations.begin(), atom.observations.end());
    graph_.atoms.push_back(atom);
    Mention(atom.id, atom.name);
    return atom.id;
  }

  // One more mention, at the end of the text.
  Span Mention(AtomId atom, const std::string& surface, MentionForm form = MentionForm::kName) {
    const Span span = Append(surface);
    graph_.mentions.push_back({span, surface, form, Find(atom).type, atom});
    return span;
  }

  // Adds "SUBJECT PREDICATE OBJECT" to the text and says so. The statement may be
  // changed until the next call.
  Statement& Say(AtomId subject, const std::string& predicate, AtomId object, AtomId speaker = {}) {
    Statement statement = Begin(subject, predicate, speaker);
    statement.object = object;
    statement.object_span = Mention(object, Find(object).name);
    statement.evidence.end = statement.object_span->end;
    return graph_.statements.emplace_back(std::move(statement));
  }

  Statement& Say(AtomId subject, const std::string& predicate, Literal literal, AtomId speaker = {}) {
    Statement statement = Begin(subject, predicate, speaker);
    statement.literal_span = Append(literal.text);
    statement.literal = std::move(literal);
    statement.evidence.end = statement.literal_span->end;
    return graph_.statements.emplace_back(std::move(statement));
  }

  void Turn(AtomId speaker, const std::string& words) {
    graph_.turns.push_back({static_cast<uint32_t>(graph_.turns.size()), Append(words), speaker});
  }

  Document& document() { return graph_.document; }

  DocumentGraph Build() const {
    DocumentGraph graph = graph_;
    std::sort(graph.atoms.begin(), graph.atoms.end(),
              [](const Atom& left, const Atom& right) { return left.id < right.id; });
    return graph;
  }

 private:
  Atom& Find(AtomId id) {
    return *std::find_if(graph_.atoms.begin(), graph_.atoms.end(), [&](const Atom& atom) { return atom.id == id; });
  }

  Span Append(const std::string& words) {
    std::string& text = graph_.document.text;
    if (!text.empty()) text += " ";
    const auto begin = static_cast<uint32_t>(text.size());
    text += words;
    return {Field::kText, begin, static_cast<uint32_t>(text.size())};
  }

  Statement Begin(AtomId subject, const std::string& predicate, AtomId speaker) {
    Statement statement;
    statement.index = static_cast<uint32_t>(graph_.statements.size());
    statement.subject = subject;
    statement.predicate = predicate;
    statement.speaker = speaker;
    statement.subject_span = Mention(subject, Find(subject).name);
    statement.cue_span = Append(predicate);
    statement.evidence = {Field::kText, statement.subject_span->begin, statement.cue_span->end};
    statement.confidence = 0.75f;
    statement.rule = "test/" + predicate;
    return statement;
  }

  DocumentGraph graph_;
  std::map<std::string, uint32_t> numbers_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_TESTS_GRAPH_DOCUMENT_BUILDER_H_
