"""Readers of the training data: treebanks in CoNLL-U, names as one token and BIO tag a line."""

from dataclasses import dataclass


@dataclass
class Sentence:
    """A sentence and what is known of it; `None` where an annotation is missing."""

    words: list
    upos: list = None
    xpos: list = None
    heads: list = None
    """Head of each token, from 1; 0 is the root."""
    relations: list = None
    names: list = None
    """BIO tags."""
    loose_names: list = None
    """BIO tags of a scheme with other boundaries: a head of its own learns them."""
    weight: float = 1.0
    """Weight in the loss: less than one for silver annotation."""
    opens: bool = False
    """True if a document begins here, so that the sentence before it is no context of this one."""


def read_conllu(path):
    """Sentences of a CoNLL-U file. `Name=B-PER` in the last column gives a token's name tag."""
    sentences, rows, opens = [], [], True
    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("#"):
            opens = opens or line.startswith("# newdoc")
            continue
        if line:
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(cells)
        elif rows:
            sentences.append(sentence_of(rows))
            sentences[-1].opens = opens
            rows, opens = [], False
    if rows:
        sentences.append(sentence_of(rows))
    return sentences


def sentence_of(rows):
    words, _, upos, xpos, _, heads, relations, _, misc = zip(*(row[1:] for row in rows))
    names = [next((part[5:] for part in cell.split("|") if part.startswith("Name=")), "O") for cell in misc]
    sentence = Sentence(
        list(words), list(upos), list(xpos), [int(head) for head in heads], list(relations)
    )
    if any(name != "O" for name in names):
        sentence.names = names
    return sentence


def read_names(path):
    """Sentences of a file of names: (tokens, BIO tags)."""
    sentences, rows = [], []
    for line in list(open(path, encoding="utf8")) + ["\n"]:
        line = line.rstrip("\n")
        if line.strip():
            rows.append(line.split("\t"))
        elif rows:
            sentences.append(([row[0] for row in rows], [row[1] for row in rows]))
            rows = []
    return sentences


def read_words(path):
    """Sentences of a file of one token a line, an empty line after each sentence."""
    sentences, words = [], []
    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if line:
            words.append(line)
        elif words:
            sentences.append(words)
            words = []
    return sentences + [words] if words else sentences


TREEBANKS = ("ewt", "gum")
"""Treebanks whose licenses allow the weights to ship under the project's."""

NAMED = (("wikigold", 2), ("crossner-politics", 3))
"""Files of names, and how often each is read in a pass."""

LOOSE = ("re3d",)
"""Files of names with other boundaries (descriptions and articles count)."""


def training_sentences(data):
    """All gold sentences for training."""
    sentences = []
    for name in TREEBANKS:
        trees = read_conllu(data / f"ud/{name}-train.conllu")
        if name == "gum":
            names = read_names(data / "ner/gum-train.conll")
            assert [tree.words for tree in trees] == [words for words, _ in names], "gum's names are of other sentences than its trees"
            for tree, (_, tags) in zip(trees, names):
                tree.names = tags
        else:
            for tree in trees:
                tree.names = None
        sentences += trees
    for name, times in NAMED:
        for words, tags in read_names(data / f"ner/{name}-train.conll"):
            sentences += [Sentence(words, names=tags)] * times
    for name in LOOSE:
        sentences += [Sentence(words, loose_names=tags) for words, tags in read_names(data / f"ner/{name}-train.conll")]
    return sentences
