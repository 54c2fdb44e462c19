"""The tags of the tagger, and what the labels of each corpus leave open."""

import csv
import pathlib

TYPES = ["PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "TECH", "WORK", "EVENT", "LAW", "NORP"]
TAGS = ["O"] + [place + "-" + name for name in TYPES for place in "BIES"]
EVAL = pathlib.Path(__file__).parent.parent / "eval"


def tag(name, place):
    return 1 + 4 * TYPES.index(name) + "BIES".index(place)


def allowed_transitions():
    """[from][to]; a name is B I* E, or S."""
    pairs = [[False] * len(TAGS) for _ in TAGS]
    for a, left in enumerate(TAGS):
        for b, right in enumerate(TAGS):
            open_left = left[0] in "BI"
            inside_right = right[0] in "IE"
            if open_left != inside_right:
                continue
            pairs[a][b] = not open_left or left[2:] == right[2:]
    return pairs


def may_begin(name):
    return name[0] in "OBS"


def may_end(name):
    return name[0] in "OES"


class LabelMap:
    """From the labels of a corpus to sets of our types (tools/eval/label_maps.tsv)."""

    def __init__(self, labels, unlabelled):
        self.labels = labels  # label -> set of types; None: not judged
        self.unlabelled = unlabelled

    @staticmethod
    def ours():
        return LabelMap({name: {name} for name in TYPES}, set())

    @staticmethod
    def of_file(stem):
        """By the name of the corpus file, as `newsgraph eval` does."""
        best = max((row for row in rows("corpora.tsv") if stem.startswith(row["file"])), key=lambda row: len(row["file"]))
        labels, unlabelled = {}, set()
        for row in rows("label_maps.tsv"):
            if row["map"] != best["map"]:
                continue
            types = None if row["types"] == "-" else set(row["types"].split("|")) & set(TYPES)
            if row["label"] == "(unlabelled)":
                unlabelled = types
            else:
                labels[row["label"]] = types or None
        return LabelMap(labels, unlabelled)


def rows(name):
    lines = [line for line in open(EVAL / name, encoding="utf-8") if line.strip() and not line.startswith("#")]
    return csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
