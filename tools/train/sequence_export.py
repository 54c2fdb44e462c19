"""Trained weights as sections of a weight file (ingest/tagger/sequence_model.h)."""

import numpy as np

import base_tags
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


def base_sections(tagger, vocabulary):
    """The base network: `tagger` as base_tags has it, `vocabulary` code point -> row of its embedding (0 is unknown)."""
    network = tagger.network
    grab = lambda name: getattr(network, name).detach().numpy()
    layers = []
    for layer in (0, 1):
        sides = {}
        for k, side in enumerate(("forward", "backward")):
            sides[side] = {
                "input": grab(f"weight{layer}")[k],
                "bias": grab(f"bias{layer}")[k],
                "recurrent": np.concatenate([grab(f"gates{layer}")[k], grab(f"candidate{layer}")[k]], axis=1),
            }
        layers.append(sides)
    rows = sorted(set(vocabulary.values()) - {tagger.unknown})
    number = {tagger.unknown: 0, **{row: i + 1 for i, row in enumerate(rows)}}
    embedding = grab("embedding")[[tagger.unknown] + rows]
    sections = network_export.network_sections(embedding, layers)
    sections["network.vocabulary"] = np.array([[point, number[row]] for point, row in sorted(vocabulary.items()) if point < 0x10000], np.uint32)
    # A state of the program is 1/128 a step.
    weights, scale = network_export.quantise_rows(tagger.weight.T)
    sections["base.weights"], sections["base.scale"] = weights, (scale / 128.0).astype(np.float32)
    sections["base.bias"] = tagger.bias.astype(np.float32)
    sections["base.transitions"] = tagger.transitions.astype(np.float32)
    return sections
