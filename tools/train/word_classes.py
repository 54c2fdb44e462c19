"""Classes of English words by the company they keep: positive pointwise mutual information with the words around
them, its singular vectors, halved again and again. Learned from the training texts alone, never from what measures quality."""

import json
import re

import numpy as np

import name_tables

WORD = re.compile(r"[A-Za-zÀ-ɏ]+|\d+|[^\sA-Za-z\d]")
CONTEXTS = 1500
DIMENSIONS = 64
DEPTH = 12


def texts(data, own):
    for name in ("core.train", "knowledgenet.train", "fewrel_val_wiki", "re_docred.dev"):
        for line in open(data / "relations" / f"{name}.jsonl", encoding="utf-8"):
            yield json.loads(line)["text"]
    for path in sorted((data / "ner").glob("*.train.jsonl")):
        if "zh" not in path.name:
            for line in open(path, encoding="utf-8"):
                yield json.loads(line)["text"]
    for name in ("literature", "music"):
        for part in ("dev", "test"):
            for line in open(data / "ner" / f"crossner_{name}.{part}.jsonl", encoding="utf-8"):
                yield json.loads(line)["text"]
    yield from own


def word_classes(data, own):
    """(hashes ascending, paths): a path is 1 and then DEPTH bits."""
    sentences = [[w.lower() if w.isalpha() else "#" if w.isdigit() else w for w in WORD.findall(text)] for text in texts(data, own)]
    counts = {}
    for sentence in sentences:
        for word in sentence:
            counts[word] = counts.get(word, 0) + 1
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    words = [word for word in ranked if counts[word] >= 4]
    number = {word: i for i, word in enumerate(words)}
    pairs = np.zeros((len(words), 4 * CONTEXTS), np.float32)
    for sentence in sentences:
        ids = [number.get(word, -1) for word in sentence]
        for i, word in enumerate(ids):
            if word < 0:
                continue
            for k, step in enumerate((-2, -1, 1, 2)):
                at = i + step
                if 0 <= at < len(ids) and 0 <= ids[at] < CONTEXTS:
                    pairs[word, k * CONTEXTS + ids[at]] += 1
    total = pairs.sum()
    rows, columns = pairs.sum(1, keepdims=True), pairs.sum(0, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        information = np.log(pairs * total / (rows * columns**0.75 / (columns**0.75).sum() * total))
    information = np.where(pairs > 0, np.maximum(information, 0), 0).astype(np.float32)
    random = np.random.RandomState(7)
    basis = information @ (information.T @ (information @ random.randn(information.shape[1], DIMENSIONS + 16).astype(np.float32)))
    basis, _ = np.linalg.qr(basis)
    small, singular, _ = np.linalg.svd(basis.T @ information, full_matrices=False)
    vectors = (basis @ small)[:, :DIMENSIONS] * singular[:DIMENSIONS] ** 0.5
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9

    paths = np.ones(len(words), np.int64)
    for _ in range(DEPTH):
        for path in np.unique(paths):
            members = np.nonzero(paths == path)[0]
            bits = halve(vectors[members], random)
            paths[members] = path * 2 + bits
    chosen = {name_tables.word_hash(word): int(path) for word, path in zip(words, paths) if word.isalpha()}
    hashes = np.array(sorted(chosen), np.uint32)
    return hashes, np.array([chosen[h] for h in hashes.tolist()], np.int16)


def halve(vectors, random):
    """0 or 1 for each vector: two means."""
    if len(vectors) < 2:
        return np.zeros(len(vectors), np.int64)
    centres = vectors[random.choice(len(vectors), 2, replace=False)]
    for _ in range(12):
        bits = (vectors @ centres.T).argmax(1)
        for k in (0, 1):
            if (bits == k).any():
                centres[k] = vectors[bits == k].mean(0)
    return bits
