"""Trained weights as sections of a weight file (ingest/tagger/sequence_model.h)."""

import numpy as np

import base_network
import network_export
import tags


def prune(weights, most):
    """(upper halves of hashes ascending, rows): the features that move most scores furthest."""
    values = weights.features[1:]
    weight = np.linalg.norm(values, axis=1) * np.sqrt(np.minimum(weights.numbers.counts, 400))
    keep = np.sort(np.argsort(-weight, kind="stable")[:most])
    keys = (weights.numbers.hashes[keep] >> np.uint64(32)).astype(np.uint32)
    _, first = np.unique(keys, return_index=True)
    return keys[first], values[keep][first]


def sequence_sections(weights, most):
    hashes, rows = prune(weights, most)
    unit = float(np.abs(rows).max()) / 127.0
    # A few weights are far larger than all others; finer steps are worth cutting them.
    unit = min(unit, float(np.quantile(np.abs(rows).max(axis=1), 0.999)) / 127.0)
    names = np.zeros((len(tags.TYPES), 16), np.int8)
    for i, name in enumerate(tags.TYPES):
        names[i, : len(name)] = np.frombuffer(name.encode(), np.int8)
    return {
        "tags.types": names,
        "features.hashes": hashes,
        "features.weights": np.clip(np.rint(rows / unit), -127, 127).astype(np.int8),
        "transitions": np.clip(np.rint(weights.transitions / unit), -32000, 32000).astype(np.int16),
        "score.unit": np.array([unit], np.float32),
    }


def base_sections(lac):
    """The base network with its own tags, of what network_export.read_lac gives."""
    vocabulary = base_network.vocabulary(lac)
    trained = network_export.trained_rows(lac["embedding"])
    vocabulary = {point: row for point, row in vocabulary.items() if trained[row] and point < 0x10000}
    rows = sorted(set(vocabulary.values()) - {lac["unknown"]})
    number = {lac["unknown"]: 0, **{row: i + 1 for i, row in enumerate(rows)}}
    sections = network_export.network_sections(lac["embedding"][[lac["unknown"]] + rows], lac["layers"])
    sections["network.vocabulary"] = np.array([[point, number[row]] for point, row in sorted(vocabulary.items())], np.uint32)
    # A state of the program is 1/128 a step.
    weights, scale = network_export.quantise_rows(lac["emission_weight"].T)
    sections["base.weights"], sections["base.scale"] = weights, (scale / 128.0).astype(np.float32)
    sections["base.bias"] = lac["emission_bias"]
    sections["base.transitions"] = np.concatenate([lac["crf_start"][None], lac["crf_end"][None], lac["crf_transition"]])
    return sections
