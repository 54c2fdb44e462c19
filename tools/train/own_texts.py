"""Our own training texts (texts/*.txt) as documents with entities.

A line is a sentence or a short paragraph, a blank line ends an article, `#` begins a note. Names are marked [TYPE surface].
"""

import pathlib
import re

import tags

FOLDER = pathlib.Path(__file__).parent / "texts"
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
