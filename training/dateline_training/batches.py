"""Sentences as rows of numbers, and batches of them."""

import numpy as np
import torch

from .labels import bilou
from .network import POSITIONS
from .pieces import case_class

MISSING = -100
"""Label of a token without annotation; the loss leaves it out."""

TARGETS = ("upos", "xpos", "name", "loose_name", "head", "relation")


class Row:
    """A sentence as numbers."""

    def __init__(self, words, vocabulary, labels=None, sentence=None):
        self.pieces, self.cases, self.first = [vocabulary.start], [0], [0]
        for at, word in enumerate(words):
            of = vocabulary.of(word)
            if len(self.pieces) + len(of) >= POSITIONS:
                break
            self.first.append(len(self.pieces))
            self.pieces += of
            self.cases += [case_class(word, at == 0)] * len(of)
        self.pieces.append(vocabulary.end)
        self.cases.append(0)
        self.n_words = len(self.first) - 1
        self.weight, self.targets = 1.0, {}
        if sentence is not None:
            self.weight = sentence.weight
            self.learn(sentence, labels)

    def learn(self, sentence, labels):
        """Takes the labels of the sentence as targets."""
        targets = self.targets
        if sentence.upos:
            targets["upos"] = [labels.upos_row.get(tag, labels.upos_row["X"]) for tag in sentence.upos]
            targets["xpos"] = [labels.xpos_row.get(tag, MISSING) for tag in sentence.xpos]
        if sentence.heads:
            targets["head"] = [head if head <= self.n_words else MISSING for head in sentence.heads]
            targets["relation"] = [labels.relation(label) for label in sentence.relations]
        if sentence.names:
            targets["name"] = bilou(sentence.names)
        if sentence.loose_names:
            targets["loose_name"] = bilou(sentence.loose_names)
        for name in targets:
            targets[name] = targets[name][: self.n_words]


def collate(rows, vocabulary, random=None, masked=0.0):
    """Tensors of a batch. `masked` of the pieces are hidden, so that the encoder leans on the context."""
    size, length = len(rows), max(len(row.pieces) for row in rows)
    n_words = max(row.n_words for row in rows)
    pieces = np.full((size, length), vocabulary.padding)
    cases, mask = np.zeros((size, length), int), np.zeros((size, length), bool)
    first, is_head = np.zeros((size, n_words + 1), int), np.zeros((size, n_words + 1), bool)
    targets = {name: np.full((size, n_words), MISSING) for name in TARGETS}
    weight = np.zeros((size, n_words), np.float32)
    for at, row in enumerate(rows):
        pieces[at, : len(row.pieces)], cases[at, : len(row.pieces)] = row.pieces, row.cases
        mask[at, : len(row.pieces)] = True
        first[at, : row.n_words + 1], is_head[at, : row.n_words + 1] = row.first, True
        weight[at, : row.n_words] = row.weight
        for name, values in row.targets.items():
            targets[name][at, : row.n_words] = values
    if masked:
        pieces = np.where((random.random((size, length)) < masked) & mask & (cases > 0), vocabulary.mask, pieces)
    inputs = {"pieces": pieces, "cases": cases, "mask": mask, "first": first, "is_head": is_head, "weight": weight}
    tensors = {name: torch.from_numpy(values) for name, values in inputs.items()}
    tensors["targets"] = {name: torch.from_numpy(values) for name, values in targets.items()}
    return tensors


def grouped(lengths, most_pieces, random=None):
    """Groups of indices of about equal length, at most `most_pieces` padded pieces each; shuffled where `random` is given."""
    noise = random.random(len(lengths)) * 3 if random is not None else np.zeros(len(lengths))
    order = sorted(range(len(lengths)), key=lambda at: lengths[at] + noise[at])
    groups, group, longest = [], [], 0
    for at in order:
        if group and max(longest, lengths[at]) * (len(group) + 1) > most_pieces:
            groups.append(group)
            group, longest = [], 0
        group.append(at)
        longest = max(longest, lengths[at])
    groups += [group] if group else []
    if random is not None:
        random.shuffle(groups)
    return groups
