"""Variants of a sentence that keep its annotation: headlines, capitals, a missing final stop."""

SMALL = {"a", "an", "the", "and", "or", "but", "of", "in", "on", "at", "to", "for", "by", "with", "from", "as", "vs", "via"}
"""Words that headlines in title case keep small."""

SHARES = (("title", 0.05), ("upper", 0.04), ("lower", 0.04))
"""Probability of each change of case."""

NO_STOP = 0.10
"""Probability that a final stop is dropped."""


def vary(words, random):
    """Words of a variant, or the words themselves. The number of words never changes."""
    draw = random.random()
    for name, share in SHARES:
        if draw < share:
            return CHANGES[name](words)
        draw -= share
    return words


def drops_stop(words, heads, random):
    """Whether the variant lacks its final stop, on which nothing depends."""
    return (
        len(words) > 3
        and words[-1] in {".", "?", "!"}
        and (heads is None or (len(words) not in heads and heads[-1] != 0))
        and random.random() < NO_STOP
    )


def title(words):
    return [word if at and word.lower() in SMALL else word[:1].upper() + word[1:] for at, word in enumerate(words)]


CHANGES = {
    "title": title,
    "upper": lambda words: [word.upper() for word in words],
    "lower": lambda words: [word.lower() for word in words],
}
