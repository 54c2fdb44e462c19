"""The base network: LAC small of Debian's python3-jieba (two bidirectional GRU layers over characters)."""

import pathlib
import struct

import numpy as np
import torch

HIDDEN = 128


def read_parameter(path):
    data = pathlib.Path(path).read_bytes()
    (size,) = struct.unpack_from("<i", data, 16)
    return np.frombuffer(data, np.float32, offset=20 + size)


def read_words(folder):
    """Character -> row of the embedding."""
    words = {}
    for line in open(pathlib.Path(folder) / "word.dic", encoding="utf-8"):
        number, _, word = line.rstrip("\n").partition("\t")
        words[word] = int(number)
    return words


# What the folded text has, as the network was trained to see it.
PUNCTUATION = dict(zip("，、；：？！（）“”「」『』‘’。…—﹣", ",,;:?!()\"\"\"\"\"\"''..--"))


def vocabulary(folder):
    """Code point -> row; OOV for the rest."""
    words = read_words(folder)
    rows = {}
    for word, row in words.items():
        if len(word) == 1:
            rows[ord(word)] = row
    for char, plain in PUNCTUATION.items():
        rows[ord(char)] = words[plain]
    return rows, words["OOV"]


def direction(folder, number, inputs):
    base = pathlib.Path(folder) / "model_baseline"
    weight = read_parameter(base / f"fc_{number}.w_0").reshape(inputs, 3 * HIDDEN)
    bias = read_parameter(base / f"fc_{number}.b_0") + read_parameter(base / f"gru_{number}.b_0")
    recurrent = read_parameter(base / f"gru_{number}.w_0")
    gates = recurrent[: 2 * HIDDEN * HIDDEN].reshape(HIDDEN, 2 * HIDDEN)
    candidate = recurrent[2 * HIDDEN * HIDDEN :].reshape(HIDDEN, HIDDEN)
    return weight, bias, gates, candidate


@torch.jit.script
def run_layer(projected: torch.Tensor, gates: torch.Tensor, candidate: torch.Tensor) -> torch.Tensor:
    """projected: [T, 2, B, 3H], the second direction already reversed -> [T, 2, B, H]."""
    hidden = candidate.size(1)
    state = torch.zeros([2, projected.size(2), hidden])
    states = []
    for t in range(projected.size(0)):
        now = projected[t]
        ur = torch.sigmoid(now[:, :, : 2 * hidden] + torch.bmm(state, gates))
        u = ur[:, :, :hidden]
        r = ur[:, :, hidden:]
        c = torch.tanh(now[:, :, 2 * hidden :] + torch.bmm(r * state, candidate))
        state = state + u * (c - state)
        states.append(state)
    return torch.stack(states)


class BaseNetwork(torch.nn.Module):
    def __init__(self, folder):
        super().__init__()
        base = pathlib.Path(folder) / "model_baseline"
        self.embedding = torch.nn.Parameter(torch.tensor(read_parameter(base / "word_emb").reshape(-1, 128)))
        for layer, inputs in ((0, 128), (1, 256)):
            parts = [direction(folder, 2 * layer + side, inputs) for side in (0, 1)]
            for name, index in (("weight", 0), ("bias", 1), ("gates", 2), ("candidate", 3)):
                setattr(self, f"{name}{layer}", torch.nn.Parameter(torch.tensor(np.stack([p[index] for p in parts]))))

    def forward(self, rows, lengths):
        """rows: [B, T], padded -> states [B, T, 2H]."""
        batch, time = rows.shape
        steps = torch.arange(time)[None, :]
        reverse = torch.where(steps < lengths[:, None], lengths[:, None] - 1 - steps, steps)
        x = torch.nn.functional.embedding(rows, self.embedding)
        for layer in (0, 1):
            weight, bias = getattr(self, f"weight{layer}"), getattr(self, f"bias{layer}")
            gates, candidate = getattr(self, f"gates{layer}"), getattr(self, f"candidate{layer}")
            projected = torch.einsum("bti,dio->tdbo", x, weight) + bias[None, :, None, :]
            back = torch.gather(projected[:, 1], 0, reverse.t()[:, :, None].expand(-1, -1, projected.size(3)))
            states = run_layer(torch.stack([projected[:, 0], back], 1), gates, candidate)
            back = torch.gather(states[:, 1], 0, reverse.t()[:, :, None].expand(-1, -1, states.size(3)))
            x = torch.cat([states[:, 0], back], 2).transpose(0, 1)
        return x
