"""Writes a reader as the weights file that `crates/nlp/src/encoder` reads: int8 layers, and a header that names them.

Each row of a matrix (an output of a layer, a piece of the vocabulary) has a scale of its own, so that its largest number is
127. What is quantized here is what the program computes with; `simulate` gives a reader with the same numbers.
"""

import re

import numpy as np
import torch

from .batches import WINDOW
from .events import ROLES, STATUSES, TYPES
from .fit import load
from .labels import NAMES

FIRST_LINE = "dateline-encoder 1"


def rows_of_bytes(matrix):
    """A matrix as int8 rows with a scale each."""
    matrix = matrix.detach().float().numpy()
    scale = np.maximum(np.abs(matrix).max(1, keepdims=True), 1e-12).astype(np.float32) / np.float32(127)
    return np.clip(np.rint(matrix / scale), -127, 127).astype(np.int8), scale


def is_kept(piece):
    """Whether a piece can occur in English text: no unused rows, no scripts but Latin."""
    return not re.fullmatch(r"\[unused\d+\]", piece) and all(
        ord(character) < 0x250 or 0x2000 <= ord(character) <= 0x206F or 0x20A0 <= ord(character) <= 0x20CF or ord(character) in (0x2122, 0x2212)
        for character in piece
    )


def export(checkpoint, out):
    """Writes the weights file of a checkpoint. Returns its size in bytes."""
    reader, vocabulary, labels = load(checkpoint)
    encoder = reader.encoder
    assert not encoder.is_mpnet, "the program reads encoders with absolute positions only"
    kept = [row for row, piece in enumerate(vocabulary.pieces) if is_kept(piece)]
    tensors = []

    def add(name, array):
        tensors.append((name, array))

    def add_norm(name, norm):
        add(name + ".weight", norm.weight.detach().numpy()[None])
        add(name + ".bias", norm.bias.detach().numpy()[None])

    def add_linear(name, layer):
        matrix, scale = rows_of_bytes(layer.weight)
        add(name, matrix)
        add(name + ".scale", scale)
        add(name + ".bias", layer.bias.detach().float().numpy()[:, None])

    matrix, scale = rows_of_bytes(encoder.word[kept])
    add("word", matrix)
    add("word.scale", scale)
    add("position", encoder.position.detach().numpy())
    add("case", encoder.case.detach().numpy())
    add_norm("embedding.norm", encoder.norm)
    for at, layer in enumerate(encoder.layers):
        for name in ("qkv", "output", "expand", "contract"):
            add_linear(f"layer.{at}.{name}", getattr(layer, name))
        add_norm(f"layer.{at}.norm1", layer.norm1)
        add_norm(f"layer.{at}.norm2", layer.norm2)
    for name in ("tag", "name", "parse", "arc", "relation", "event", "party", "role"):
        add_linear(name, getattr(reader, name))

    numbers = {
        "layers": encoder.n_layers, "width": encoder.width, "heads": encoder.n_heads, "feed_forward": encoder.feed_forward,
        "positions": len(encoder.position), "arc": reader.arc_size, "relation": reader.relation_size,
        "role": reader.role_size, "window": WINDOW,
    }
    lists = {
        "pieces": [vocabulary.pieces[row] for row in kept], "upos": labels.upos, "xpos": labels.xpos,
        "tags": [" ".join(pair) for pair in labels.pairs], "relations": labels.relations,
        "names": NAMES, "types": TYPES, "statuses": STATUSES, "roles": ROLES,
    }
    header = [FIRST_LINE] + [f"set {name} {value}" for name, value in numbers.items()]
    for name, lines in lists.items():
        header += [f"list {name} {len(lines)}"] + lines
    kinds = {np.dtype(np.int8): "i8", np.dtype(np.float32): "f32"}
    header += [f"tensor {name} {kinds[array.dtype]} {array.shape[0]} {array.shape[1]}" for name, array in tensors]
    content = "\n".join(header).encode() + b"\n\n" + b"".join(array.astype(array.dtype.newbyteorder("<")).tobytes() for _, array in tensors)
    with open(out, "wb") as file:
        file.write(content)
    return len(content)


def simulate(reader):
    """Replaces the layers of a reader by ones that compute as the program does: int8 weights, int8 inputs of each row."""
    word = rows_of_bytes(reader.encoder.word)
    reader.encoder.word = torch.from_numpy(word[0].astype(np.float32) * word[1])
    for module in list(reader.modules()):
        if isinstance(module, torch.nn.Linear):
            matrix, scale = rows_of_bytes(module.weight)
            module.weight.data = torch.from_numpy(matrix.astype(np.float32) * scale)
            module.register_forward_pre_hook(quantize_input)
    return reader


def quantize_input(_, inputs):
    scale = inputs[0].float().abs().amax(-1, keepdim=True).clamp(min=1e-12) / 127
    return ((inputs[0].float() / scale).round() * scale,)
