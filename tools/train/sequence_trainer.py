"""Runs newsgraph_train_sequence on prepared sentences, and decodes with what it learned."""

import struct
import subprocess

import numpy as np

import tags

PAIRS = np.array(tags.allowed_transitions())
BEGIN = np.array([tags.may_begin(name) for name in tags.TAGS])
END = np.array([tags.may_end(name) for name in tags.TAGS])
BITS = (np.uint64(1) << np.arange(len(tags.TAGS), dtype=np.uint64))


class FeatureNumbers:
    """Hash -> number; 0 for what is too rare."""

    def __init__(self, sentences, least=2):
        views = [view.features for s in sentences for view in (s, s.features_without) if view is not None]
        hashes, counts = np.unique(np.concatenate(views), return_counts=True)
        self.hashes, self.counts = hashes[counts >= least], counts[counts >= least]

    def apply(self, features):
        place = np.searchsorted(self.hashes, features)
        place[place == len(self.hashes)] = 0
        return np.where(self.hashes[place] == features, place + 1, 0).astype(np.uint32)

    def __len__(self):
        return len(self.hashes) + 1


def write_input(path, sentences, numbers):
    with open(path, "wb") as out:
        out.write(struct.pack("<3I", len(sentences), len(numbers), len(tags.TYPES)))
        for s in sentences:
            views = [view for view in (s, s.features_without) if view is not None]
            out.write(struct.pack("<2I", len(s.tokens), len(views)))
            out.write((s.allowed.astype(np.uint64) @ BITS).astype(np.uint64).tobytes())
            for view in views:
                out.write(view.begins.astype(np.uint32).tobytes())
                out.write(numbers.apply(view.features).tobytes())


class Weights:
    def __init__(self, numbers, features, transitions):
        self.numbers, self.features, self.transitions = numbers, features, transitions

    @staticmethod
    def read(path, numbers):
        count = len(tags.TAGS)
        values = np.fromfile(path, np.float32)
        return Weights(numbers, values[: len(numbers) * count].reshape(-1, count), values[len(numbers) * count :].reshape(count, count))

    def predict(self, views):
        moves = np.where(PAIRS, self.transitions, -1e9)
        found = []
        for view in views:
            rows = self.features[self.numbers.apply(view.features)]
            scores = np.add.reduceat(rows, view.begins[:-1].astype(np.int64), axis=0)
            best, back = np.where(BEGIN, scores[0], -1e9), []
            for now in scores[1:]:
                paths = best[:, None] + moves
                back.append(paths.argmax(0))
                best = paths.max(0) + now
            path = [int(np.where(END, best, -1e9).argmax())]
            for choice in reversed(back):
                path.append(int(choice[path[-1]]))
            found.append(path[::-1])
        return found


def train(program, folder, sentences, numbers, seed, **options):
    """The weights after training; `options` are those of the program."""
    write_input(f"{folder}/sentences.bin", sentences, numbers)
    command = [program, f"{folder}/sentences.bin", f"{folder}/weights.bin", "--seed", str(seed)]
    for name, value in options.items():
        command += [f"--{name}", str(value)]
    subprocess.run(command, check=True)
    return Weights.read(f"{folder}/weights.bin", numbers)


def mean(chains):
    """Of the weights of chains over the same features."""
    return Weights(chains[0].numbers, sum(w.features for w in chains) / len(chains), sum(w.transitions for w in chains) / len(chains))
