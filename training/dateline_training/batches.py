"""Windows of text as rows of numbers, and batches of them."""

import numpy as np
import torch

from .events import ROLES, STATUSES, TYPES
from .labels import bilou
from .network import POSITIONS
from .pieces import case_class

MISSING = -100
"""Label of a token without annotation; the loss leaves it out."""

TARGETS = ("upos", "xpos", "name", "loose_name", "head", "relation")

WINDOW = 100
"""Pieces from which a window takes no further sentence. The program packs sentences to the same limit."""


class Row:
    """Consecutive sentences as numbers."""

    def __init__(self, sentences, vocabulary):
        self.pieces, self.cases, self.first = [vocabulary.start], [0], [0]
        self.sentence = []
        self.sizes = []
        """Number of words of each sentence that fit."""
        for number, words in enumerate(sentences):
            before = len(self.sentence)
            for at, word in enumerate(words):
                of = vocabulary.of(word)
                if len(self.pieces) + len(of) >= POSITIONS:
                    break
                self.first.append(len(self.pieces))
                self.pieces += of
                self.cases += [case_class(word, at == 0)] * len(of)
                self.sentence.append(number)
            self.sizes.append(len(self.sentence) - before)
        self.pieces.append(vocabulary.end)
        self.cases.append(0)
        self.n_words = len(self.first) - 1
        self.weight, self.targets = [1.0] * self.n_words, {name: [] for name in TARGETS}
        self.types, self.events = None, []

    def learn(self, sentences, labels):
        """Takes the labels of the sentences as targets."""
        targets, self.weight = self.targets, []
        for sentence, size in zip(sentences, self.sizes):
            base, missing = len(self.weight), [MISSING] * size
            self.weight += [sentence.weight] * size
            if sentence.upos:
                targets["upos"] += [labels.upos_row.get(tag, labels.upos_row["X"]) for tag in sentence.upos][:size]
                targets["xpos"] += [labels.xpos_row.get(tag, MISSING) for tag in sentence.xpos][:size]
            else:
                targets["upos"] += missing
                targets["xpos"] += missing
            if sentence.heads:
                heads = [head if head <= size else MISSING for head in sentence.heads][:size]
                targets["head"] += [head + base if head > 0 else head for head in heads]
                targets["relation"] += [labels.relation(label) for label in sentence.relations][:size]
            else:
                targets["head"] += missing
                targets["relation"] += missing
            targets["name"] += bilou(sentence.names)[:size] if sentence.names else missing
            targets["loose_name"] += bilou(sentence.loose_names)[:size] if sentence.loose_names else missing
        return self

    def learn_events(self, text, first_word):
        """Takes the events of a text as targets; `first_word` is the number of the window's first token in the text."""
        self.types = np.zeros((self.n_words, 1 + len(TYPES)), np.float32)
        self.types[:, 0] = 1
        for event in text.events:
            at = event.word - first_word
            if not 0 <= at < self.n_words:
                continue
            if event.optional:
                # Neither right nor wrong, unless a required event has the word, too.
                if self.types[at, 0] == 1:
                    self.types[at] = 0
            else:
                self.types[at] = 0
                for name, share in event.types.items():
                    self.types[at, 1 + TYPES.index(name)] = share
            statuses = np.zeros(len(STATUSES), np.float32)
            for name, share in event.statuses.items():
                statuses[STATUSES.index(name)] = share
            roles = np.zeros((len(ROLES), self.n_words), np.float32)
            for role in range(len(ROLES)):
                for words, value in ((event.other[role], MISSING), (event.named[role], 1)):
                    inside = [word - first_word for word in words if 0 <= word - first_word < self.n_words]
                    roles[role, inside] = value
            self.events.append((at, statuses, (event.negative, event.claimed), roles))
        return self


def windows(sizes, opens, limit, random=None, alone=0.0):
    """Packs sentences into windows: lists of consecutive numbers of sentences.

    `sizes` are pieces of each sentence; `opens` says which begin a document. With `random`, a window may be shorter, and a share
    `alone` of the sentences stands alone, so that the reader learns to do without context.
    """
    found, window, full = [], [], 0
    most = limit
    for number, size in enumerate(sizes):
        if window and (opens[number] or full + size > most):
            found.append(window)
            window, full = [], 0
        if not window and random is not None:
            most = 1 if random.random() < alone else random.randint(limit // 2, limit + limit // 3)
        window.append(number)
        full += size
    return found + [window] if window else found


def collate(rows, vocabulary, random=None, masked=0.0):
    """Tensors of a batch. `masked` of the pieces are hidden, so that the encoder leans on the context."""
    size, length = len(rows), max(len(row.pieces) for row in rows)
    n_words = max(row.n_words for row in rows)
    pieces = np.full((size, length), vocabulary.padding)
    cases, mask = np.zeros((size, length), int), np.zeros((size, length), bool)
    first, sentence = np.zeros((size, n_words + 1), int), np.full((size, n_words + 1), -1)
    targets = {name: np.full((size, n_words), MISSING) for name in TARGETS}
    weight = np.zeros((size, n_words), np.float32)
    types, events = np.zeros((size, n_words, 1 + len(TYPES)), np.float32), []
    for at, row in enumerate(rows):
        pieces[at, : len(row.pieces)], cases[at, : len(row.pieces)] = row.pieces, row.cases
        mask[at, : len(row.pieces)] = True
        first[at, : row.n_words + 1], sentence[at, 1 : row.n_words + 1] = row.first, row.sentence
        weight[at, : row.n_words] = row.weight
        for name, values in row.targets.items():
            targets[name][at, : len(values)] = values
        if row.types is not None:
            types[at, : row.n_words] = row.types
        events += [(at, *event) for event in row.events]
    if masked:
        pieces = np.where((random.random((size, length)) < masked) & mask & (cases > 0), vocabulary.mask, pieces)
    inputs = {"pieces": pieces, "cases": cases, "mask": mask, "first": first, "sentence": sentence, "weight": weight}
    tensors = {name: torch.from_numpy(values) for name, values in inputs.items()}
    tensors["targets"] = {name: torch.from_numpy(values) for name, values in targets.items()}
    tensors["types"] = torch.from_numpy(types)
    tensors["triggers"] = torch.tensor([(at, word) for at, word, *_ in events], dtype=torch.long).view(-1, 2)
    if events:
        roles = np.full((len(events), len(ROLES), n_words), MISSING, np.float32)
        for number, event in enumerate(events):
            roles[number, :, : event[4].shape[1]] = event[4]
        tensors["statuses"] = torch.from_numpy(np.stack([event[2] for event in events]))
        tensors["reality"] = torch.tensor([event[3] for event in events], dtype=torch.float32)
        tensors["roles"] = torch.from_numpy(roles)
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
