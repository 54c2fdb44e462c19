#!/usr/bin/env python3
# Copyright 2026 the newsgraph authors
# SPDX-License-Identifier: Apache-2.0
"""The recurrent network of the tagger, from float arrays to the weight file that the program loads.

    read_lac(folder)                     LAC's files as arrays: the base weights
    trained_rows(embedding)              which rows of an embedding training ever touched
    network_sections(embedding, layers)  the network quantised: sections of a weight file
    write_weight_file(path, sections)    any dict of arrays as a weight file
    read_weight_file(path)               and back
    float_states(...), dequantised(...)  a plain forward pass in floats, to check against

A layer is {"forward": direction, "backward": direction}; a direction is {"input": [D, 3H],
"bias": [3H], "recurrent": [H, 3H]}, gates in the order update, reset, candidate. With x the input and h
the state before:

    u = sigmoid(x·Wu + bu + h·Ru)   r = sigmoid(x·Wr + br + h·Rr)
    c = tanh(x·Wc + bc + (r∘h)·Rc)  h' = (1 - u)∘h + u∘c

ingest/tagger/README.md says what the sections are and how the file is laid out.

As a program it writes LAC's own network as it stands, without tags, to measure the native pass with:

    network_export.py LAC_FOLDER OUTPUT
"""
import os
import struct
import sys
import zlib

import numpy as np

GATES = ("update", "reset", "candidate")

# ------------------------------------------------------------------ LAC's files

# File → shape, for a network of 128 dimensions and 128 states. fc_N and gru_N are one direction each:
# layer 1 forward and backward, then layer 2.
LAC_SHAPES = {
    "word_emb": (20941, 128),
    **{f"fc_{n}.w_0": (128 if n < 2 else 256, 384) for n in range(4)},
    **{f"fc_{n}.b_0": (384,) for n in range(4)},
    **{f"gru_{n}.w_0": (128, 384) for n in range(4)},
    **{f"gru_{n}.b_0": (1, 384) for n in range(4)},
    "fc_4.w_0": (256, 57),
    "fc_4.b_0": (57,),
    "crfw": (59, 57),
}


def _read_paddle_tensor(path, shape):
    """A tensor as PaddlePaddle saves it: 16 bytes of versions, the length of a description, that
    description (a protobuf message: 1 = type, 2 = a dimension), float32 values."""
    with open(path, "rb") as file:
        data = file.read()
    (length,) = struct.unpack_from("<i", data, 16)
    description, values = data[20 : 20 + length], data[20 + length :]
    place, numbers = 0, []
    while place < len(description):
        value, shift, begin = 0, 0, place
        while True:
            byte = description[place]
            value |= (byte & 0x7F) << shift
            shift += 7
            place += 1
            if byte < 0x80:
                break
        if (place - begin, value) == (1, 8) and not numbers:
            continue  # the tag of the type
        numbers.append(value)
    kind, dimensions = numbers[0], tuple(numbers[2::2])
    if kind != 5 or dimensions != shape or len(values) != 4 * int(np.prod(shape)):
        raise ValueError(f"{path}: type {kind}, shape {dimensions}, {len(values)} bytes; expected float32 of {shape}")
    return np.frombuffer(values, "<f4").reshape(shape).copy()


def read_lac(folder):
    """LAC's network and vocabulary, from jieba/lac_small of Debian's python3-jieba.

    Returns a dict: embedding [20941, 128], layers (two), emission_weight [256, 57], emission_bias [57],
    crf_start [57], crf_end [57], crf_transition [57, 57] (from, to), tags (57 names), vocabulary (code
    point → row, of words of one character) and unknown (the row of what is in no vocabulary).
    """
    arrays = {name: _read_paddle_tensor(os.path.join(folder, "model_baseline", name), shape)
              for name, shape in LAC_SHAPES.items()}

    def direction(number):
        hidden = 128
        packed = arrays[f"gru_{number}.w_0"].reshape(-1)
        gates = packed[: 2 * hidden * hidden].reshape(hidden, 2 * hidden)
        candidate = packed[2 * hidden * hidden :].reshape(hidden, hidden)
        return {
            "input": arrays[f"fc_{number}.w_0"],
            "bias": arrays[f"fc_{number}.b_0"] + arrays[f"gru_{number}.b_0"][0],
            "recurrent": np.concatenate([gates, candidate], axis=1),
        }

    vocabulary, unknown = {}, None
    with open(os.path.join(folder, "word.dic"), encoding="utf-8") as file:
        for line in file:
            row, _, word = line.rstrip("\n").partition("\t")
            if word == "OOV":
                unknown = int(row)
            elif len(word) == 1:
                vocabulary[ord(word)] = int(row)
    with open(os.path.join(folder, "tag.dic"), encoding="utf-8") as file:
        tags = [line.rstrip("\n").split("\t")[1] for line in file]
    if unknown is None or len(tags) != 57:
        raise ValueError(f"{folder}: word.dic without OOV, or {len(tags)} tags instead of 57 in tag.dic")
    return {
        "embedding": arrays["word_emb"],
        "layers": [{"forward": direction(0), "backward": direction(1)},
                   {"forward": direction(2), "backward": direction(3)}],
        "emission_weight": arrays["fc_4.w_0"],
        "emission_bias": arrays["fc_4.b_0"],
        "crf_start": arrays["crfw"][0],
        "crf_end": arrays["crfw"][1],
        "crf_transition": arrays["crfw"][2:],
        "tags": tags,
        "vocabulary": vocabulary,
        "unknown": unknown,
    }


def trained_rows(embedding, initial_bound=0.1):
    """True for each row that training changed: LAC's rows begin uniform in ±0.1, and no value of a row
    that was never seen has left that range."""
    return np.abs(embedding).max(axis=1) > initial_bound


def compact_vocabulary(lac, embedding=None, keep=()):
    """The rows worth keeping: (embedding [V, D], code point → new row). Row 0 is the unknown character.
    `embedding` in place of LAC's own, of the same rows; `keep` are code points to keep in any case."""
    embedding = lac["embedding"] if embedding is None else embedding
    trained = trained_rows(lac["embedding"])
    keep = set(keep)
    points = sorted(point for point, row in lac["vocabulary"].items() if trained[row] or point in keep)
    rows = [lac["unknown"]] + [lac["vocabulary"][point] for point in points]
    return embedding[rows], {point: index + 1 for index, point in enumerate(points)}


# ------------------------------------------------------------------ quantising

def quantise_rows(array):
    """(int8 [R, C], float32 scale [R]): each row by its largest value, value = int8 · scale."""
    array = np.asarray(array, np.float64)
    scale = (np.abs(array).max(axis=1) / 127.0).astype(np.float32)
    safe = np.where(scale > 0, scale, 1).astype(np.float64)
    return np.clip(np.rint(array / safe[:, None]), -127, 127).astype(np.int8), scale


def network_sections(embedding, layers):
    """The network as sections of a weight file (names in ingest/tagger/README.md)."""
    rows, width = embedding.shape
    hidden = layers[0]["forward"]["recurrent"].shape[0]
    sections = {"network.shape": np.array([rows, width, hidden, len(layers)], np.uint32)}
    sections["network.embedding"], sections["network.embedding.scale"] = quantise_rows(embedding)
    for number, layer in enumerate(layers):
        inputs = width if number == 0 else 2 * hidden
        for side in ("forward", "backward"):
            direction = layer[side]
            for part, shape in (("input", (inputs, 3 * hidden)), ("recurrent", (hidden, 3 * hidden)), ("bias", (3 * hidden,))):
                if direction[part].shape != shape:
                    raise ValueError(f"layer {number} {side} {part}: shape {direction[part].shape}, expected {shape}")
            name = f"network.{number}.{side}"
            for part in ("input", "recurrent"):
                sections[f"{name}.{part}"], sections[f"{name}.{part}.scale"] = quantise_rows(direction[part].T)
            sections[f"{name}.bias"] = np.asarray(direction["bias"], np.float32)
    return sections


def dequantised(sections):
    """(embedding, layers) in floats, as the sections say: what is left of them after quantising."""
    def whole(name):
        return sections[name].astype(np.float32) * sections[name + ".scale"][:, None]

    layers = []
    for number in range(int(sections["network.shape"][3])):
        layers.append({side: {"input": whole(f"network.{number}.{side}.input").T,
                              "recurrent": whole(f"network.{number}.{side}.recurrent").T,
                              "bias": sections[f"network.{number}.{side}.bias"]}
                       for side in ("forward", "backward")})
    return whole("network.embedding"), layers


# ------------------------------------------------------------------ the weight file

MAGIC = b"NGWEIGHT"
FORMAT = 1
ALIGNMENT = 64
NAME_BYTES = 40
MOST_BYTES = 16 << 20
TYPES = {"<i1": 1, "<i2": 2, "<i4": 3, "<u4": 4, "<f4": 5}
HEADER = struct.Struct("<8sIIQII")
ENTRY = struct.Struct(f"<{NAME_BYTES}sII4IQQ")


def write_weight_file(path, sections):
    """Writes name → array (int8, int16, int32, uint32 or float32; one to four dimensions, none of them 0)."""
    arrays = {}
    for name, array in sections.items():
        array = np.ascontiguousarray(array)
        kind = array.dtype.newbyteorder("<").str.replace("|", "<")
        if kind not in TYPES:
            raise ValueError(f"section {name}: {array.dtype} cannot be written; int8, int16, int32, uint32 or float32 can")
        if not 1 <= array.ndim <= 4 or array.size == 0:
            raise ValueError(f"section {name}: shape {array.shape}; one to four dimensions, none of them 0")
        encoded = name.encode("ascii")
        if not 0 < len(encoded) < NAME_BYTES or not name.isprintable():
            raise ValueError(f"section {name}: a name has 1 to {NAME_BYTES - 1} printable ASCII characters")
        arrays[encoded] = (TYPES[kind], array.shape, array.astype(kind).tobytes())

    def aligned(offset):
        return -(-offset // ALIGNMENT) * ALIGNMENT

    table, body = b"", b""
    start = aligned(HEADER.size + ENTRY.size * len(arrays))
    for name, (kind, shape, data) in arrays.items():
        table += ENTRY.pack(name, kind, len(shape), *(shape + (1,) * (4 - len(shape))), start + len(body), len(data))
        body += data
        body += bytes(aligned(len(body)) - len(body))
    size = start + len(body)
    if size > MOST_BYTES:
        raise ValueError(f"{path}: {size} bytes; a weight file has at most {MOST_BYTES}")

    def whole(checksum):
        head = HEADER.pack(MAGIC, FORMAT, len(arrays), size, checksum, 0) + table
        return head + bytes(start - len(head)) + body

    with open(path, "wb") as file:
        file.write(whole(zlib.crc32(whole(0))))


def read_weight_file(path):
    """name → array, as write_weight_file wrote them."""
    with open(path, "rb") as file:
        data = file.read()
    magic, number, count, size, checksum, _ = HEADER.unpack_from(data)
    if (magic, number, size) != (MAGIC, FORMAT, len(data)):
        raise ValueError(f"{path}: no weight file of format {FORMAT}, or cut short")
    if zlib.crc32(data[:24] + bytes(4) + data[28:]) != checksum:
        raise ValueError(f"{path}: the checksum does not match")
    types = {number: kind for kind, number in TYPES.items()}
    sections = {}
    for index in range(count):
        name, kind, rank, *rest = ENTRY.unpack_from(data, HEADER.size + index * ENTRY.size)
        shape, (offset, length) = rest[:rank], rest[4:]
        sections[name.rstrip(b"\0").decode("ascii")] = np.frombuffer(data[offset : offset + length], types[kind]).reshape(shape)
    return sections


# ------------------------------------------------------------------ a plain forward pass

def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


def _run_direction(direction, sentences, reverse):
    """States of one direction for sentences of inputs [T, D], sorted by length, longest first."""
    hidden = direction["recurrent"].shape[0]
    gates, candidate = direction["recurrent"][:, : 2 * hidden], direction["recurrent"][:, 2 * hidden :]
    projected = [x @ direction["input"] + direction["bias"] for x in sentences]
    results = [np.zeros((len(x), hidden), np.float32) for x in sentences]
    state = np.zeros((len(sentences), hidden), np.float32)
    for step in range(len(sentences[0]) if sentences else 0):
        active = sum(len(x) > step for x in sentences)
        places = [len(sentences[i]) - 1 - step if reverse else step for i in range(active)]
        x = np.stack([projected[i][places[i]] for i in range(active)])
        h = state[:active]
        both = _sigmoid(x[:, : 2 * hidden] + h @ gates)
        update, reset = both[:, :hidden], both[:, hidden:]
        new = np.tanh(x[:, 2 * hidden :] + (reset * h) @ candidate)
        state[:active] = h = (1 - update) * h + update * new
        for i in range(active):
            results[i][places[i]] = h[i]
    return results


def float_states(embedding, layers, sentences):
    """States [T, 2H] of the last layer for each sentence, a list of rows of the embedding."""
    order = sorted(range(len(sentences)), key=lambda i: -len(sentences[i]))
    order = [i for i in order if len(sentences[i]) > 0]
    inputs = [embedding[np.asarray(sentences[i])] for i in order]
    for layer in layers:
        forward = _run_direction(layer["forward"], inputs, reverse=False)
        backward = _run_direction(layer["backward"], inputs, reverse=True)
        inputs = [np.concatenate(pair, axis=1) for pair in zip(forward, backward)]
    width = 2 * layers[-1]["forward"]["recurrent"].shape[0]
    states = [np.zeros((0, width), np.float32) for _ in sentences]
    for i, x in zip(order, inputs):
        states[i] = x
    return states


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__.rstrip())
    embedding, vocabulary = compact_vocabulary(read_lac(sys.argv[1]))
    sections = network_sections(embedding, read_lac(sys.argv[1])["layers"])
    points = sorted(vocabulary)
    sections["vocabulary.code_points"] = np.array(points, np.uint32)
    sections["vocabulary.rows"] = np.array([vocabulary[point] for point in points], np.uint32)
    write_weight_file(sys.argv[2], sections)
    print(f"{sys.argv[2]}: {len(embedding)} rows, {os.path.getsize(sys.argv[2])} bytes")


if __name__ == "__main__":
    main()
