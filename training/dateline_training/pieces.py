"""From a token to the pieces and the case class that the encoder reads.

The program (`crates/nlp/src/encoder`) follows the same rules to the letter.
"""

import unicodedata

MOST_PIECES = 12
"""Pieces of one token; the rest of a longer token is not read."""

LONGEST_PART = 100
"""Characters of a part between punctuation marks; a longer one is unknown."""

PLAIN = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201b": "'", "\u2032": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2033": '"',
     "\u2010": "-", "\u2011": "-"}
)
"""Typographic quotes and hyphens, read as ASCII ones: the treebanks have few of them and news has many."""

N_CASES = 8
"""Number of case classes."""


class Vocabulary:
    """The pieces of the encoder, in the order of its embedding rows."""

    def __init__(self, pieces):
        self.pieces = list(pieces)
        self.rows = {piece: row for row, piece in enumerate(self.pieces)}
        self.unknown, self.start, self.end, self.padding = (self.rows[mark] for mark in ("[UNK]", "[CLS]", "[SEP]", "[PAD]"))
        self.mask = self.rows.get("[MASK]", self.unknown)
        self.cache = {}

    def of(self, token):
        """Rows of a token's pieces, at least one and at most `MOST_PIECES`."""
        known = self.cache.get(token)
        if known is None:
            rows = [row for part in parts(token) for row in self.split(part)]
            known = self.cache[token] = rows[:MOST_PIECES] or [self.unknown]
        return known

    def split(self, part):
        """Longest pieces from left to right; an unknown part is one unknown piece."""
        if len(part) > LONGEST_PART:
            return [self.unknown]
        rows, start = [], 0
        while start < len(part):
            end = len(part)
            while end > start:
                row = self.rows.get(part[start:end] if start == 0 else "##" + part[start:end])
                if row is not None:
                    break
                end -= 1
            if end == start:
                return [self.unknown]
            rows.append(row)
            start = end
        return rows


def parts(token):
    """Parts of a normalized token: runs between punctuation marks and ideographs, and those marks."""
    found, run = [], ""
    decomposed = unicodedata.normalize("NFD", token.translate(PLAIN).lower())
    for character in decomposed:
        category = unicodedata.category(character)
        if category == "Mn" or category in ("Cc", "Cf", "Co", "Cs", "Cn"):
            continue
        if is_mark(character, category) or is_ideograph(character):
            found += [run, character] if run else [character]
            run = ""
        elif character.isspace():
            found += [run] if run else []
            run = ""
        else:
            run += character
    return found + [run] if run else found


def is_mark(character, category):
    """Punctuation: any of Unicode's, and every ASCII symbol."""
    return category.startswith("P") or character in "$+<=>^`|~"


def is_ideograph(character):
    """Ideographs are words of their own."""
    code = ord(character)
    blocks = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
              (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))
    return any(first <= code <= last for first, last in blocks)


def case_class(token, is_first):
    """Case of a token: the encoder's own vocabulary has none."""
    letters = [character for character in token if character.isalpha()]
    if not letters:
        return 1 if any(character.isdigit() for character in token) else 2
    if token.islower():
        return 3
    if len(letters) > 1 and token.isupper():
        return 4
    if token[0].isupper() and (token[1:].islower() or len(letters) == 1):
        return 6 if is_first else 5
    return 7
