"""Annotated events: texts in which words trigger events, with the words that name their parties.

The texts and annotations are JSON lines as in `articles-train.jsonl` and `gold-train.jsonl` (`id`, `text`; `ev` with trigger, type,
status and parties). Two files that Dateline writes go with them: the tokens of each text (`cargo xtask segment --offsets`), and its
record (`dateline extract`), whose entities tell which words mean a party that the annotation names once.
"""

import bisect
import json
import re
from dataclasses import dataclass, field

from .labels import CORE, closed_list

TYPES = closed_list("PloverType", CORE / "codes/plover.rs")
"""Types of event. Row 0 of the head is that a word triggers none."""

STATUSES = closed_list("Status", CORE / "record.rs")
"""Statuses of an event."""

ROLES = ["source", "target", "place", "time"]
"""Roles that words have in an event."""

SECOND = 0.35
"""Share of the second of two types or statuses that are both right."""


@dataclass
class Event:
    """An event at one of its triggers. Words are numbers of tokens of the text."""

    word: int
    types: dict
    statuses: dict
    negative: bool
    claimed: bool
    optional: bool
    named: list = field(default_factory=lambda: [set() for _ in ROLES])
    """For each role the words that name it."""
    other: list = field(default_factory=lambda: [set() for _ in ROLES])
    """For each role the words that mean the same but stand farther away: neither right nor wrong."""


@dataclass
class Text:
    """A text with its tokens."""

    name: str
    text: str
    sentences: list
    """Tokens of each sentence: (start, end) in code points."""
    events: list

    def words(self, sentence):
        return [self.text[start:end] for start, end in self.sentences[sentence]]


def read_texts(articles, gold, tokens, records):
    """The annotated texts of four files, in the order of the annotations."""
    texts = {line["id"]: line["text"] for line in json_lines(articles)}
    sentences = {line["id"]: line["sentences"] for line in json_lines(tokens)}
    found = {}
    for line in json_lines(records):
        found[line["document"]["url"].rsplit("/", 1)[-1]] = line
    return [text_of(line, texts[line["id"]], sentences[line["id"]], found.get(line["id"])) for line in json_lines(gold)]


def json_lines(path):
    return [json.loads(line) for line in open(path, encoding="utf8") if line.strip()]


def text_of(annotation, text, sentences, record):
    tokens = [token for sentence in sentences for token in sentence]
    sentence_of = [number for number, sentence in enumerate(sentences) for _ in sentence]
    means = Meanings(text, record)
    events = []
    for event in annotation.get("ev", []):
        for span in trigger_spans(text, event):
            words = words_in(tokens, span)
            if words:
                events.append(event_at(words[-1], event, tokens, sentence_of, means))
    return Text(annotation["id"], text, sentences, events)


def trigger_spans(text, event):
    """Code points of the triggers of an event: each is one word in a stretch that occurs once."""
    spans = []
    for word, stretch in [(event["t"], event.get("at", event["t"]))] + [also.split("@", 1) if "@" in also else (also, also) for also in event.get("also", [])]:
        if text.count(stretch) == 1:
            at = [match.span() for match in re.finditer(r"(?<!\w)" + re.escape(word) + r"(?!\w)", stretch)]
            if len(at) == 1:
                start = text.index(stretch)
                spans.append((start + at[0][0], start + at[0][1]))
    return spans


def event_at(word, annotation, tokens, sentence_of, means):
    event = Event(
        word,
        shares(annotation["type"]),
        shares(annotation["st"]),
        bool(annotation.get("neg")),
        bool(annotation.get("att")),
        bool(annotation.get("opt")),
    )
    parties = [(0, party) for party in annotation.get("src", [])] + [(1, party) for party in annotation.get("tgt", [])]
    wanted = [(role, means.party(party.split("|")[0].strip())) for role, party in parties]
    if annotation.get("pl"):
        wanted.append((2, means.party(annotation["pl"])))
    if annotation.get("day"):
        wanted.append((3, means.day(annotation["day"])))
    for role, spans in wanted:
        near = sorted((distance(word, words, sentence_of), words) for words in (words_in(tokens, span) for span in spans) if words)
        for place, (_, words) in enumerate(near):
            (event.named if place == 0 else event.other)[role].update(words)
    for role in range(len(ROLES)):
        event.other[role] -= event.named[role]
    return event


def shares(labels):
    """Share of each of one or two labels with a slash between them."""
    labels = labels.split("/")
    return {labels[0]: 1.0} if len(labels) == 1 else {labels[0]: 1 - SECOND, labels[1]: SECOND}


def words_in(tokens, span):
    """Numbers of the tokens that overlap a span."""
    first = bisect.bisect_right(tokens, span[0], key=lambda token: token[1])
    end = bisect.bisect_left(tokens, span[1], key=lambda token: token[0])
    return tuple(range(first, end))


def distance(word, words, sentence_of):
    """Distance of words from a trigger in tokens; another sentence is far, and a later one farther."""
    between = min(abs(word - other) for other in words)
    step = sentence_of[words[0]] - sentence_of[word]
    return between + 25 * abs(step) + (15 if step > 0 else 0)


class Meanings:
    """The stretches of a text that mean an entity or a day, by the record of the text."""

    LONGEST = 60
    """Code points of the longest mention; of a longer one only its name is used."""

    LEAST = 0.3
    """Least share of the words that a mention and a name of the annotation have in common."""

    def __init__(self, text, record):
        self.text, self.entities, self.times = text, [], []
        if record is None:
            return
        shift = record["document"]["text"].find(text[:60])
        for entity in record["entities"]:
            self.entities.append([(mention["start"] - shift, mention["end"] - shift) for mention in entity["mentions"]])
        for time in record["times"]:
            interval = time.get("interval") or {}
            if interval.get("from"):
                self.times.append((interval["from"], (time["start"] - shift, time["end"] - shift)))

    def party(self, words):
        """Stretches that mean the entity an annotation names by these words."""
        own = [match.span() for match in re.finditer(r"(?<!\w)" + re.escape(words) + r"(?!\w)", self.text)]
        own = own or [match.span() for match in re.finditer(re.escape(words), self.text)]
        best, most = [], self.LEAST
        for mentions in self.entities:
            common = sum(self.common(mention, span) for mention in mentions for span in own)
            if common > most:
                best, most = mentions, common
        spans = set(own)
        spans.update(mention for mention in best if mention[1] - mention[0] <= self.LONGEST)
        return spans

    def common(self, mention, span):
        """Share of the longer of two spans that both have, if they end together or one holds the other."""
        both = min(mention[1], span[1]) - max(mention[0], span[0])
        return both / max(mention[1] - mention[0], span[1] - span[0]) if both > 0 else 0

    def day(self, day):
        """Time expressions whose first day is the given one."""
        return {span for start, span in self.times if str(start)[: len(day)] == day}
