"""Label sets of the heads. Those that the program has as closed lists are read from its source."""

import re
from pathlib import Path

CRATES = Path(__file__).resolve().parents[2] / "crates"
TAGS, CORE = CRATES / "nlp/src/tags.rs", CRATES / "core/src"

RENAMED = {
    "obl:npmod": "obl:unmarked", "obl:tmod": "obl:unmarked", "nmod:npmod": "nmod:unmarked", "nmod:tmod": "nmod:unmarked",
}
"""Relations of older releases of Universal Dependencies."""

KINDS = ["PER", "ORG", "LOC", "MISC"]
"""Kinds of name, in the order of `NameKind`."""

KIND_OF = {
    "PER": "PER", "ORG": "ORG", "PARTY": "ORG", "LOC": "LOC", "GPE": "LOC", "MISC": "MISC", "EVT": "MISC", "ELECTION": "MISC",
    "NORP": "MISC",
}
"""Kind of name for each label of the data; a label that is not here is no name."""

NAMES = ["O"] + [place + "-" + kind for kind in KINDS for place in "BILU"]
"""Tags of names (BILOU), in the order of the program's."""

NAME_ROW = {tag: row for row, tag in enumerate(NAMES)}


def closed_list(name, path=TAGS):
    """Labels of a closed list of the Rust source, in its order."""
    source = path.read_text(encoding="utf8")
    body = source[source.index(f"pub enum {name},"):]
    body = body[: body.index("\n    }\n")]
    return re.findall(r'^        \w+ = "([^"]+)"', body, re.MULTILINE)


class Labels:
    """Rows of the labels of each head."""

    def __init__(self, pairs):
        self.upos, self.xpos, self.relations = closed_list("Upos"), closed_list("Xpos"), closed_list("Deprel")
        self.upos_row = {label: row for row, label in enumerate(self.upos)}
        self.xpos_row = {label: row for row, label in enumerate(self.xpos)}
        self.relation_row = {label: row for row, label in enumerate(self.relations)}
        self.pairs = sorted(pair for pair in pairs if pair[0] in self.upos_row and pair[1] in self.xpos_row)

    def relation(self, label):
        """Row of a relation; an unknown subtype is its universal relation."""
        label = RENAMED.get(label, label)
        row = self.relation_row.get(label, self.relation_row.get(label.split(":")[0]))
        return self.relation_row["dep"] if row is None else row


def bilou(tags):
    """Rows of BILOU tags for BIO tags in any of the data's schemes."""
    kinds = [None if tag == "O" or tag[2:] not in KIND_OF else (tag[0], KIND_OF[tag[2:]], tag[2:]) for tag in tags]
    rows = []
    for at, kind in enumerate(kinds):
        if kind is None:
            rows.append(0)
            continue
        before, after = (kinds[at - 1] if at else None), (kinds[at + 1] if at + 1 < len(kinds) else None)
        begins = kind[0] == "B" or before is None or before[2] != kind[2]
        goes_on = after is not None and after[0] == "I" and after[2] == kind[2]
        place = {(True, True): "B", (True, False): "U", (False, True): "I", (False, False): "L"}[begins, goes_on]
        rows.append(NAME_ROW[f"{place}-{kind[1]}"])
    return rows
