"""Our own training texts as documents with entities: texts/*.txt and annotated articles of ../../tests/articles.

In texts/ a line is a sentence or a short paragraph, a blank line ends an article, `#` begins a note. Names are marked [TYPE surface].
"""

import json
import pathlib
import re

import tags

FOLDER = pathlib.Path(__file__).parent / "texts"
ARTICLES = pathlib.Path(__file__).resolve().parent.parent.parent / "tests" / "articles"
MARK = re.compile(r"\[([A-Z]+) ([^\[\]]+)\]")


def documents(path):
    """One an article: {"id", "text", "entities": [{"s", "e", "type", "text"}]}, offsets in code points."""
    found, lines = [], []
    for number, line in enumerate(open(path, encoding="utf-8").read().split("\n") + [""], 1):
        line = line.strip()
        if line.startswith("#"):
            continue
        if line:
            lines.append((number, line))
        elif lines:
            found.append(document(path, lines))
            lines = []
    return found


def document(path, lines):
    text, entities = "", []
    for number, line in lines:
        at = 0
        for mark in MARK.finditer(line):
            if mark.group(1) not in tags.TYPES:
                raise ValueError(f"{path}:{number}: [{mark.group(1)} …] is no type; one of {', '.join(tags.TYPES)}")
            text += line[at : mark.start()]
            entities.append({"s": len(text), "e": len(text) + len(mark.group(2)), "type": mark.group(1), "text": mark.group(2)})
            text += mark.group(2)
            at = mark.end()
        rest = line[at:]
        if "[" in rest or "]" in rest:
            raise ValueError(f"{path}:{number}: a bracket that marks no name")
        text += rest + "\n"
    return {"id": f"{path.stem}:{lines[0][0]}", "text": text.rstrip("\n"), "entities": entities}


def articles(name, language):
    """The documents of a gold folder in that language, as documents() has them: mentions that are names, the longest where they overlap."""
    folder, found = ARTICLES / name, []
    for line in open(folder / "manifest.jsonl", encoding="utf-8"):
        entry = json.loads(line)
        if entry["language"] != language or entry["format"] != "txt":
            continue
        gold = [json.loads(one) for one in open(folder / "gold" / f"{entry['id']}.jsonl", encoding="utf-8")]
        types = {one["id"]: one["type"] for one in gold if one["kind"] == "entity"}
        text = open(folder / entry["file"], encoding="utf-8", newline="").read()
        found.append({"id": f"{name}:{entry['id']}", "text": text, "entities": names(text, gold, types)})
    return found


def names(text, gold, types):
    point_of, size = {}, 0  # of byte offsets
    for point, character in enumerate(text):
        point_of[size] = point
        size += len(character.encode())
    point_of[size] = len(text)
    chosen = []
    mentions = [one for one in gold if one["kind"] == "mention" and one["form"] == "name" and one["field"] == "text"]
    for one in sorted(mentions, key=lambda one: one["begin"] - one["end"]):
        kind = types.get(one["entity"])
        s, e = point_of[one["begin"]], point_of[one["end"]]
        if kind in tags.TYPES and all(e <= other["s"] or other["e"] <= s for other in chosen):
            chosen.append({"s": s, "e": e, "type": kind, "text": text[s:e]})
    return sorted(chosen, key=lambda one: one["s"])
