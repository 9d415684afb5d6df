"""From scores to tags, trees and names: what the program does at run time, in Python for measuring and labelling."""

import numpy as np

from .labels import NAMES

NEVER = -1e9


def best_tree(scores):
    """Heads (0 for the root) of the best tree with one root; `scores` is [tokens, 1 + tokens]."""
    heads = scores.argmax(1).tolist()
    if is_tree(heads):
        return heads
    n_tokens = len(scores)
    full = np.full((n_tokens + 1, n_tokens + 1), NEVER)
    full[1:] = scores
    free = maximum_arborescence(full)
    if sum(free[1:] == 0) == 1:
        return free[1:].tolist()
    best = None
    for root in np.argsort(-full[1:, 0])[:4] + 1:
        one = full.copy()
        one[1:, 0] = NEVER
        one[root, :] = NEVER
        one[root, 0] = 0
        found = maximum_arborescence(one)
        total = full[root, 0] + sum(full[at, found[at]] for at in range(1, n_tokens + 1) if at != root)
        if best is None or total > best[0]:
            best = (total, found)
    return best[1][1:].tolist()


def is_tree(heads):
    """Whether every token reaches the one root."""
    if sum(head == 0 for head in heads) != 1:
        return False
    for start in range(1, len(heads) + 1):
        at, steps = start, 0
        while at:
            at, steps = heads[at - 1], steps + 1
            if steps > len(heads):
                return False
    return True


def maximum_arborescence(scores):
    """Heads of the best tree over nodes 0.. with root 0 (Chu and Liu 1965, Edmonds 1967); `scores[dependent, head]`."""
    size = scores.shape[0]
    scores = scores.copy()
    scores[0, :] = NEVER
    np.fill_diagonal(scores, NEVER)
    heads = scores.argmax(1)
    heads[0] = -1
    cycle = find_cycle(heads)
    if cycle is None:
        return heads
    inside = set(cycle)
    rest = [node for node in range(size) if node not in inside]
    count = len(rest)
    contracted = np.full((count + 1, count + 1), NEVER)
    contracted[:count, :count] = scores[np.ix_(rest, rest)]
    total = sum(scores[node, heads[node]] for node in cycle)
    entering = scores[np.ix_(cycle, rest)] - np.array([scores[node, heads[node]] for node in cycle])[:, None]
    contracted[count, :count] = entering.max(0) + total
    leaving = scores[np.ix_(rest, cycle)]
    contracted[:count, count] = leaving.max(1)
    inner, result = maximum_arborescence(contracted), heads.copy()
    for at in range(1, count):
        result[rest[at]] = cycle[leaving.argmax(1)[at]] if inner[at] == count else rest[inner[at]]
    head = inner[count]
    result[cycle[entering.argmax(0)[head]]] = rest[head]
    return result


def find_cycle(heads):
    """A cycle of the heads as a list of nodes, or None."""
    color = [-1] * len(heads)
    for start in range(1, len(heads)):
        path, at = [], start
        while at > 0 and color[at] == -1:
            color[at] = start
            path.append(at)
            at = heads[at]
        if at > 0 and color[at] == start:
            return path[path.index(at):]
    return None


def best_names(scores):
    """Best consistent BILOU tags of a sentence; `scores` is [tokens, tags]."""
    allowed = transitions()
    value, back = np.where([tag[0] in "OBU" for tag in NAMES], scores[0], NEVER), []
    for line in scores[1:]:
        paths = value[:, None] + allowed
        back.append(paths.argmax(0))
        value = paths.max(0) + line
    value = np.where([tag[0] in "OLU" for tag in NAMES], value, NEVER)
    tags = [int(value.argmax())]
    for line in reversed(back):
        tags.append(int(line[tags[-1]]))
    return [NAMES[tag] for tag in reversed(tags)]


def transitions():
    """0 where one tag may follow another, else a score that never wins."""
    table = np.full((len(NAMES), len(NAMES)), NEVER)
    for row, before in enumerate(NAMES):
        for column, after in enumerate(NAMES):
            is_open = before[0] in "BI"
            goes_on = after[0] in "IL" and is_open and after[2:] == before[2:]
            if goes_on or (not is_open and after[0] in "OBU"):
                table[row, column] = 0
    return table


def name_spans(tags):
    """Names of BILOU or BIO tags: (first, end, kind), half-open."""
    spans, start = [], None
    for at, tag in enumerate(list(tags) + ["O"]):
        if tag[0] in "OBU" and start is not None:
            spans.append((start, at, tags[start][2:]))
            start = None
        if tag[0] in "BU" or (tag[0] in "IL" and start is None):
            start = at
        if tag[0] in "LU" and start is not None:
            spans.append((start, at + 1, tag[2:]))
            start = None
    return spans
