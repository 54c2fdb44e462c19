"""The base network: LAC small of Debian's python3-jieba (two bidirectional GRU layers over characters)."""

import numpy as np
import torch

# What the folded text has, as the network was trained to see it.
PUNCTUATION = dict(zip("，、；：？！（）“”「」『』‘’。…—﹣", ",,;:?!()\"\"\"\"\"\"''..--"))


def vocabulary(lac):
    """Code point -> row, of what network_export.read_lac gives; punctuation as the network knows it."""
    rows = dict(lac["vocabulary"])
    for char, plain in PUNCTUATION.items():
        rows[ord(char)] = rows[ord(plain)]
    return rows


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
    def __init__(self, lac):
        super().__init__()
        self.embedding = torch.nn.Parameter(torch.tensor(lac["embedding"]))
        for number, layer in enumerate(lac["layers"]):
            sides = [layer["forward"], layer["backward"]]
            hidden = sides[0]["recurrent"].shape[0]
            parts = {"weight": [side["input"] for side in sides], "bias": [side["bias"] for side in sides],
                     "gates": [side["recurrent"][:, : 2 * hidden] for side in sides],
                     "candidate": [side["recurrent"][:, 2 * hidden :] for side in sides]}
            for name, arrays in parts.items():
                setattr(self, f"{name}{number}", torch.nn.Parameter(torch.tensor(np.stack(arrays))))

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
