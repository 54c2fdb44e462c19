"""The base network's own tags (words, parts of speech, people, places, organisations) as features.

ingest/tagger/token_features.cc computes the same hashes (ExtractTagFeatures)."""

import numpy as np
import torch

import base_network
import name_tables

MASK = (1 << 64) - 1


def mix(x):
    x ^= x >> np.uint64(32)
    x = x * np.uint64(0xD6E8FEB86659FD93)
    return x ^ (x >> np.uint64(32))


def feature_hash(number, content):
    return mix(mix(content) + np.uint64(number * 0x9E3779B97F4A7C15 & MASK))


def join(a, b):
    return mix(a) * np.uint64(31) + mix(b + np.uint64(1))


def hashes_of(first, last, words):
    """[tokens, 10] of the tags at each token's first and last character, and the hashes of its words."""
    count = len(words)
    tags = np.full(count + 4, 4095, np.uint64)
    tags[2 : count + 2] = np.asarray(first, np.uint64) * np.uint64(64) + np.asarray(last, np.uint64)
    b2, b1, here, a1, a2 = (tags[k : k + count] for k in range(5))
    contents = [here, join(b1, here), join(here, a1), join(join(b1, here), a1), join(here, words), join(b2, b1), join(a1, a2),
                b1, a1, join(join(join(b2, b1), here), join(a1, a2))]
    with np.errstate(over="ignore"):
        return np.stack([feature_hash(100 + k, content.copy()) for k, content in enumerate(contents)], 1)


def word_hashes(sentence):
    text = "".join(map(chr, sentence.text))
    return np.array([name_tables.word_hash64(text[a - sentence.begin : b - sentence.begin])
                     for a, b in sentence.tokens.astype(int)], np.uint64)


class BaseTagger:
    def __init__(self, lac):
        self.network = base_network.BaseNetwork(lac)
        self.weight, self.bias = lac["emission_weight"], lac["emission_bias"]
        self.transitions = np.concatenate([lac["crf_start"][None], lac["crf_end"][None], lac["crf_transition"]])

    def decode(self, states):
        emissions = states @ self.weight + self.bias
        best, back = self.transitions[0] + emissions[0], []
        for now in emissions[1:]:
            paths = best[:, None] + self.transitions[2:]
            back.append(paths.argmax(0))
            best = paths.max(0) + now
        path = [int((best + self.transitions[1]).argmax())]
        for choice in reversed(back):
            path.append(int(choice[path[-1]]))
        return np.array(path[::-1])

    def add_features(self, sentences, batches):
        """Appends the tags' features to each token's, of the sentence and of what stands in for it."""
        for batch in batches:
            with torch.no_grad():
                states = self.network(batch.rows, batch.lengths).numpy()
            for row, index in enumerate(batch.indexes):
                sentence = sentences[index]
                found = self.decode(states[row, : len(sentence.text)])
                tokens = sentence.tokens.astype(int) - sentence.begin
                added = hashes_of(found[tokens[:, 0]], found[tokens[:, 1] - 1], word_hashes(sentence))
                for view in (sentence, sentence.features_without):
                    if view is not None:
                        append(view, added)


def append(sentence, added):
    count, more = added.shape
    counts = np.diff(sentence.begins.astype(np.int64))
    begins = np.concatenate([[0], np.cumsum(counts + more)])
    features = np.empty(begins[-1], np.uint64)
    owner = np.repeat(np.arange(count), counts)
    features[np.arange(len(sentence.features)) + owner * more] = sentence.features
    features[(begins[1:] - more)[:, None] + np.arange(more)] = added
    sentence.features, sentence.begins = features, begins.astype(np.uint32)
