"""Sentences in batches for the base network."""

import numpy as np
import torch

import base_network


class Batch:
    """indexes of its sentences; rows [B, T] of the embedding, padded; lengths [B]."""

    def __init__(self, sentences, indexes, vocabulary):
        self.indexes = indexes
        chosen = [sentences[i].text for i in indexes]
        self.lengths = torch.tensor([len(text) for text in chosen])
        self.rows = torch.zeros(len(chosen), int(self.lengths.max()), dtype=torch.long)
        for row, text in enumerate(chosen):
            self.rows[row, : len(text)] = torch.from_numpy(vocabulary[np.minimum(text, len(vocabulary) - 1)])


def batches_of(sentences, size, vocabulary, rng=None):
    """By length, in the order of chance where there is one."""
    order = list(range(len(sentences)))
    if rng is not None:
        rng.shuffle(order)
    order.sort(key=lambda i: len(sentences[i].text) // 8)
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    if rng is not None:
        rng.shuffle(groups)
    for group in groups:
        yield Batch(sentences, group, vocabulary)


def vocabulary_table(lac):
    """Row of the embedding by code point of the first plane; the last is for all others."""
    table = np.full(0x10000 + 1, lac["unknown"], np.int64)
    for point, row in base_network.vocabulary(lac).items():
        if point < 0x10000:
            table[point] = row
    return table
