"""Silver annotation: what a trained reader reads in raw text, for the fast reader to learn from."""

import os

from .corpora import read_words
from .score import read


def label(reader, vocabulary, labels, words_file, out, most_words=200, chunk=4000):
    """Writes the trees and names of tokenized text as CoNLL-U, with `Name=` in the last column.

    The input has one token a line and an empty line after each sentence (`cargo xtask segment`). Sentences longer than
    `most_words` are left out, for the window would cut them.
    """
    sentences = [words for words in read_words(words_file) if 2 <= len(words) <= most_words]
    n_words = 0
    with open(str(out) + ".part", "w", encoding="utf8") as file:
        for start in range(0, len(sentences), chunk):
            some = sentences[start : start + chunk]
            for words, reading in zip(some, read(reader, vocabulary, labels, some)):
                if len(reading.upos) != len(words):
                    continue
                n_words += len(words)
                for at, word in enumerate(words):
                    name = bio(reading.names, at)
                    cells = [str(at + 1), word, "_", reading.upos[at], reading.xpos[at], "_", str(reading.heads[at]),
                             reading.relations[at], "_", "_" if name == "O" else f"Name={name}"]
                    file.write("\t".join(cells) + "\n")
                file.write("\n")
            print(out, start + len(some), "of", len(sentences), "sentences", n_words, "words", flush=True)
    os.replace(str(out) + ".part", out)


def bio(tags, at):
    """The BIO tag for a BILOU tag."""
    tag = tags[at]
    return tag if tag == "O" else {"B": "B", "I": "I", "L": "I", "U": "B"}[tag[0]] + tag[1:]
