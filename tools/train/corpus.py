"""Corpora with their features, as arrays that a model trains on."""

import dataclasses
import json
import struct

import numpy as np

import tags


@dataclasses.dataclass
class Sentence:
    document: int
    tokens: np.ndarray  # [n, 2] code points of the document
    begins: np.ndarray  # [n + 1] into features
    features: np.ndarray  # hashes, later numbers
    text: np.ndarray  # folded code points of the sentence
    begin: int  # of the sentence in the document
    allowed: np.ndarray = None  # [n, tags] what may stand here
    gold: list = None  # (first token, last token, types) of judged names
    features_without: "Sentence" = None  # the same, with the lexicon emptied of the corpus' names


def read_features(path):
    """The documents of newsgraph_tagger_features: a list of sentences."""
    data = open(path, "rb").read()
    at, document, sentences = 0, 0, []
    while at < len(data):
        (count,) = struct.unpack_from("<I", data, at)
        at += 4
        for _ in range(count):
            begin, _, tokens, features, points = struct.unpack_from("<5I", data, at)
            at += 20
            places = np.frombuffer(data, np.uint32, 2 * tokens, at).reshape(-1, 2)
            at += 8 * tokens
            begins = np.frombuffer(data, np.uint32, tokens + 1, at)
            at += 4 * (tokens + 1)
            hashes = np.frombuffer(data, np.uint64, features, at)
            at += 8 * features
            text = np.frombuffer(data, np.uint32, points, at)
            at += 4 * points
            if tokens:
                sentences.append(Sentence(document, places, begins, hashes, text, begin))
        document += 1
    return sentences


def spans_of(entities, label_map):
    """(begin, end, types or None) in code points, the longest where they nest."""
    spans = [(e["s"], e["e"], label_map.labels.get(e["type"])) for e in entities]
    chosen, end = [], -1
    for begin, stop, types in sorted(spans, key=lambda span: (span[0], -span[1])):
        if begin >= end:
            chosen.append((begin, stop, types))
            end = stop
    return chosen


def add_gold(sentences, documents, label_map):
    """Fills in `allowed` and `gold`; names that run over the end of a sentence are not judged."""
    open_tags = [0] + [tags.tag(name, place) for name in sorted(label_map.unlabelled) for place in "BIES"]
    for sentence in sentences:
        count = len(sentence.tokens)
        allowed = np.zeros((count, len(tags.TAGS)), np.bool_)
        allowed[:, open_tags] = True
        gold = []
        for begin, end, types in spans_of(documents[sentence.document]["entities"], label_map):
            inside = np.nonzero((sentence.tokens[:, 1] > begin) & (sentence.tokens[:, 0] < end))[0]
            if not len(inside):
                continue
            first, last = inside[0], inside[-1]
            exact = sentence.tokens[first, 0] == begin and sentence.tokens[last, 1] == end
            if types is None or not exact:
                allowed[first : last + 1] = True
                continue
            gold.append((first, last, frozenset(types)))
            allowed[first : last + 1] = False
            for name in types:
                if first == last:
                    allowed[first, tags.tag(name, "S")] = True
                else:
                    allowed[first, tags.tag(name, "B")] = True
                    allowed[first + 1 : last, tags.tag(name, "I")] = True
                    allowed[last, tags.tag(name, "E")] = True
        sentence.allowed, sentence.gold = allowed, gold
    return sentences


def load(texts, features, label_map):
    documents = [json.loads(line) for line in open(texts, encoding="utf-8")]
    return add_gold(read_features(features), documents, label_map)


def spans_of_tags(numbers):
    """(first, last, type) of a coherent sequence of tags."""
    found, first = [], None
    for i, number in enumerate(numbers):
        if number == 0:
            first = None
            continue
        name, place = tags.TYPES[(number - 1) // 4], "BIES"[(number - 1) % 4]
        if place == "S":
            found.append((i, i, name))
        elif place == "B":
            first = i
        elif place == "E" and first is not None:
            found.append((first, i, name))
    return found


def score(sentences, predicted, unlabelled):
    """(precision, recall, F1): exact spans, a type of the gold's; types without a label do not count."""
    right = spurious = missed = 0
    for sentence, numbers in zip(sentences, predicted):
        gold = {(first, last): types for first, last, types in sentence.gold}
        covered = sentence.allowed.all(axis=1)
        hit = 0
        for first, last, name in spans_of_tags(numbers):
            if name in gold.get((first, last), ()):
                hit += 1
            elif (name not in unlabelled or (first, last) in gold) and not covered[first : last + 1].any():
                spurious += 1
        right += hit
        missed += len(gold) - hit
    precision = right / max(right + spurious, 1)
    recall = right / max(right + missed, 1)
    return precision, recall, 2 * right / max(2 * right + spurious + missed, 1)
