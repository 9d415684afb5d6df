"""Scores on development data: tags and trees on given tokens, names without any lexicon."""

import numpy as np
import torch

from .batches import WINDOW, Row, collate, grouped, windows
from .corpora import read_conllu, read_names
from .decode import best_names, best_tree, name_spans
from .events import ROLES, STATUSES, TYPES
from .labels import KIND_OF, RENAMED

SCORED_KINDS = {"PER", "ORG", "LOC"}


class Reading:
    """What the network reads in one sentence."""

    def __init__(self, upos, xpos, heads, relations, names):
        self.upos, self.xpos, self.heads, self.relations, self.names = upos, xpos, heads, relations, names


@torch.no_grad()
def read(reader, vocabulary, labels, sentences, most_pieces=4000, trees=True):
    """Reads sentences (lists of words); a list of `Reading` in their order. Words beyond the window are left out."""
    reader.eval()
    rows = [Row([words], vocabulary) for words in sentences]
    readings = [None] * len(rows)
    allowed = np.full((len(labels.upos), len(labels.xpos)), -1e9, np.float32)
    for upos, xpos in labels.pairs:
        allowed[labels.upos_row[upos], labels.xpos_row[xpos]] = 0
    root = labels.relation_row["root"]
    for group in grouped([len(row.pieces) for row in rows], most_pieces):
        batch = collate([rows[at] for at in group], vocabulary)
        with torch.autocast("cpu", torch.bfloat16):
            scores = reader(batch)
        arcs = scores["arc"].numpy()
        heads = np.zeros(arcs.shape[:2], int)
        if trees:
            for line, at in enumerate(group):
                n_words = rows[at].n_words
                heads[line, :n_words] = best_tree(arcs[line, :n_words, : n_words + 1])
            with torch.autocast("cpu", torch.bfloat16):
                relations = reader.relations(scores, torch.from_numpy(heads)).numpy()
            relations[..., root] = np.where(heads == 0, 1e9, -1e9)
            relations = relations.argmax(-1)
        upos, xpos, names = scores["upos"].numpy(), scores["xpos"].numpy(), scores["name"].log_softmax(-1).numpy()
        for line, at in enumerate(group):
            n_words = rows[at].n_words
            pairs = upos[line, :n_words, :, None] + xpos[line, :n_words, None, :] + allowed
            best = pairs.reshape(n_words, -1).argmax(-1)
            readings[at] = Reading(
                [labels.upos[row // len(labels.xpos)] for row in best],
                [labels.xpos[row % len(labels.xpos)] for row in best],
                heads[line, :n_words].tolist(),
                [labels.relations[row] for row in relations[line, :n_words]] if trees else None,
                best_names(names[line, :n_words]),
            )
    return readings


def score_trees(reader, vocabulary, labels, gold):
    """UPOS, XPOS, UAS and LAS in percent, punctuation and subtypes counted."""
    counts = np.zeros(5)
    for sentence, reading in zip(gold, read(reader, vocabulary, labels, [sentence.words for sentence in gold])):
        for at, upos in enumerate(reading.upos):
            relation = RENAMED.get(sentence.relations[at], sentence.relations[at])
            attached = reading.heads[at] == sentence.heads[at]
            counts += [1, upos == sentence.upos[at], reading.xpos[at] == sentence.xpos[at], attached, attached and reading.relations[at] == relation]
    return {name: round(100 * share, 2) for name, share in zip(("UPOS", "XPOS", "UAS", "LAS"), counts[1:] / counts[0])}


def score_names(reader, vocabulary, labels, gold):
    """F1 in percent: all kinds together, then each."""
    right, found, wanted = ({kind: 0 for kind in SCORED_KINDS} for _ in range(3))
    for (_, tags), reading in zip(gold, read(reader, vocabulary, labels, [words for words, _ in gold], trees=False)):
        ours = {span for span in name_spans(reading.names) if span[2] in SCORED_KINDS}
        theirs = {(start, end, KIND_OF.get(kind)) for start, end, kind in name_spans(tags) if KIND_OF.get(kind) in SCORED_KINDS}
        for kind in SCORED_KINDS:
            right[kind] += sum(span[2] == kind for span in ours & theirs)
            found[kind] += sum(span[2] == kind for span in ours)
            wanted[kind] += sum(span[2] == kind for span in theirs)
    f1 = lambda kinds: round(200 * sum(right[kind] for kind in kinds) / max(1, sum(found[kind] + wanted[kind] for kind in kinds)), 2)
    return {"F1": f1(SCORED_KINDS), **{kind: f1([kind]) for kind in sorted(SCORED_KINDS)}}


def score_all(reader, vocabulary, labels, data, part=1):
    """Scores on all development data, or on every `part`-th sentence of it."""
    scores = {}
    for name in ("ewt", "gum"):
        scores[name] = score_trees(reader, vocabulary, labels, read_conllu(data / f"ud/{name}-dev.conllu")[::part])
    for name in ("uner-ewt", "gum", "crossner-politics", "wikigold"):
        scores["names " + name] = score_names(reader, vocabulary, labels, read_names(data / f"ner/{name}-dev.conll")[::part])
    return scores


@torch.no_grad()
def score_events(reader, vocabulary, texts, least=(0.3, 0.5, 0.7)):
    """Scores of events on texts that were not learned from, in percent.

    For each least probability of a trigger: recall and precision of words, and F1 of words with their type. `status` and `reality`
    are of all triggers; a role counts for those whose words stand in the window, as right if the best word is among them.
    """
    reader.eval()
    n_types = 1 + len(TYPES)
    counts = {limit: np.zeros(4) for limit in least}
    status, reality, roles = np.zeros(2), np.zeros(2), np.zeros((len(ROLES), 2))
    rows = []
    for text in texts:
        words = [text.words(number) for number in range(len(text.sentences))]
        sizes = [sum(len(vocabulary.of(word)) for word in sentence) for sentence in words]
        first = 0
        for numbers in windows(sizes, [False] * len(sizes), WINDOW):
            some = [words[number] for number in numbers]
            rows.append(Row(some, vocabulary).learn_events(text, first))
            first += sum(map(len, some))
    for group in grouped([len(row.pieces) for row in rows], 4000):
        batch = collate([rows[at] for at in group], vocabulary)
        with torch.autocast("cpu", torch.bfloat16):
            scores = reader(batch)
            found = reader.roles(scores, batch["triggers"]) if len(batch["triggers"]) else None
        probability, wanted = scores["event"][..., :n_types].softmax(-1), batch["types"]
        known = wanted.sum(-1) > 0
        best = probability[..., 1:].argmax(-1) + 1
        right = wanted.gather(-1, best[..., None])[..., 0] > 0
        for limit in least:
            is_found = (1 - probability[..., 0] > limit) & known
            is_wanted = known & (wanted[..., 0] == 0)
            counts[limit] += [int(x.sum()) for x in (is_wanted, is_found, is_found & is_wanted, is_found & is_wanted & right)]
        for number, (row, word) in enumerate(batch["triggers"].tolist()):
            at = scores["event"][row, word]
            status += [1, float(batch["statuses"][number, at[n_types : n_types + len(STATUSES)].argmax()] > 0)]
            reality += [1, float(((at[-2:] > 0).float() == batch["reality"][number]).all())]
            for role in range(len(ROLES)):
                target = batch["roles"][number, role]
                if (target == 1).any():
                    line = found[number, role].masked_fill(target == -100, -1e4)
                    roles[role] += [1, float(target[line.argmax()] == 1)]
    percent = lambda part, whole: round(100 * float(part) / max(1, float(whole)), 1)
    result = {}
    for limit, (wanted, found, both, typed) in counts.items():
        result[limit] = {"recall": percent(both, wanted), "precision": percent(both, found), "typed F1": percent(2 * typed, wanted + found)}
    result["status"], result["reality"] = percent(status[1], status[0]), percent(reality[1], reality[0])
    result.update({name: percent(line[1], line[0]) for name, line in zip(ROLES, roles)})
    return result
