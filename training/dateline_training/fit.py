"""The training loop: two processes of one thread each, bf16 matrix products, gradients summed between them."""

import json
import os
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.distributed as distributed
import torch.nn.functional as F

from .augment import drops_stop, vary
from .batches import MISSING, WINDOW, Row, collate, grouped, windows
from .corpora import read_conllu, training_sentences
from .events import STATUSES, TYPES, read_texts
from .labels import Labels
from .network import Reader
from .pieces import Vocabulary
from .score import score_all, score_events

LOSSES = {"arc": 1.0, "relation": 1.0, "upos": 0.3, "xpos": 0.3, "name": 1.0, "loose_name": 0.5}
"""Weight of each loss of words."""

EVENT_LOSSES = {"type": 4.0, "status": 1.0, "reality": 1.0, "role": 2.0}
"""Weight of each loss of events. A trigger is one word in thirty, so each weighs more than a tag."""

FIRM = 0.03
"""Part of the right type's share that all types have: a trigger may well be one of another type."""

ALONE = 0.25
"""Share of the sentences that stand alone in a window."""

MASKED = 0.04
"""Share of the pieces that are hidden in training."""


def load_vocabulary(encoder):
    """The vocabulary of an encoder folder, which holds Hugging Face's `tokenizer.json`."""
    entries = json.loads((encoder / "tokenizer.json").read_text(encoding="utf8"))["model"]["vocab"]
    pieces = sorted(entries, key=entries.get)
    names = {"<s>": "[CLS]", "</s>": "[SEP]", "<pad>": "[PAD]", "<mask>": "[MASK]"}
    return Vocabulary(pieces if "[CLS]" in entries else [names.get(piece, piece) for piece in pieces])


def label_sets(sentences):
    """Labels with the pairs of tags seen three times or more."""
    counts = {}
    for sentence in sentences:
        for pair in zip(sentence.upos or [], sentence.xpos or []):
            counts[pair] = counts.get(pair, 0) + 1
    return Labels({pair for pair, count in counts.items() if count >= 3})


def loss_of(reader, batch):
    """Sum of the losses of a batch, and each loss for the log."""
    scores, targets = reader(batch), batch["targets"]
    scores["relation"] = reader.relations(scores, targets["head"].clamp(min=0))
    total, parts = 0.0, {}
    for name, weight in LOSSES.items():
        target = targets["head" if name == "arc" else name]
        each = F.cross_entropy(scores[name].flatten(0, 1), target.flatten(), ignore_index=MISSING, reduction="none")
        parts[name] = (each * batch["weight"].flatten()).sum()
        total = total + weight * parts[name]
    for name, loss in event_losses(reader, batch, scores).items():
        parts[name] = loss
        total = total + EVENT_LOSSES[name] * loss
    return total, parts


def event_losses(reader, batch, scores):
    """Sums of the losses of types, statuses, denials and roles."""
    n_types = 1 + len(TYPES)
    types = batch["types"]
    known = types.sum(-1) > 0
    wanted = types * (1 - FIRM) + FIRM / n_types
    losses = {"type": -(wanted * scores["event"][..., :n_types].log_softmax(-1)).sum(-1)[known].sum()}
    triggers = batch["triggers"]
    if len(triggers):
        at = scores["event"][triggers[:, 0], triggers[:, 1]]
        losses["status"] = -(batch["statuses"] * at[:, n_types : n_types + len(STATUSES)].log_softmax(-1)).sum()
        losses["reality"] = F.binary_cross_entropy_with_logits(at[:, -2:], batch["reality"], reduction="sum")
        roles, found = batch["roles"], reader.roles(scores, triggers)
        each = F.binary_cross_entropy_with_logits(found, roles.clamp(min=0), reduction="none")
        losses["role"] = (each * (roles != MISSING)).sum()
    return losses


class Feed:
    """Batches of augmented windows, pass after pass."""

    def __init__(self, sentences, texts, vocabulary, labels, most_pieces, seed):
        self.sentences, self.texts, self.vocabulary, self.labels, self.most_pieces = sentences, texts, vocabulary, labels, most_pieces
        self.random = random.Random(seed)
        self.numbers = np.random.default_rng(seed)

    def epoch(self):
        rows = self.sentence_rows() + [row for text in self.texts for row in self.text_rows(text)]
        return [[rows[at] for at in group] for group in grouped([len(row.pieces) for row in rows], self.most_pieces, self.numbers)]

    def sentence_rows(self):
        """Windows of the sentences with tags, trees or names."""
        sizes = [sum(len(self.vocabulary.of(word)) for word in sentence.words) for sentence in self.sentences]
        packed = windows(sizes, [sentence.opens for sentence in self.sentences], WINDOW, self.random, ALONE)
        rows = []
        for numbers in packed:
            some = [self.sentences[number] for number in numbers]
            words = [vary(sentence.words, self.random) for sentence in some]
            if drops_stop(words[-1], some[-1].heads, self.random):
                words[-1] = words[-1][:-1]
            rows.append(Row(words, self.vocabulary).learn(some, self.labels))
        return rows

    def text_rows(self, text):
        """Windows of a text with events."""
        words = [text.words(number) for number in range(len(text.sentences))]
        sizes = [sum(len(self.vocabulary.of(word)) for word in sentence) for sentence in words]
        first, rows = [0], []
        for sentence in words:
            first.append(first[-1] + len(sentence))
        for numbers in windows(sizes, [False] * len(sizes), WINDOW, self.random, ALONE / 3):
            some = [vary(words[number], self.random) for number in numbers]
            rows.append(Row(some, self.vocabulary).learn_events(text, first[numbers[0]]))
        return rows


def share_gradients(parameters, progress):
    """Averages the gradients of the processes, and their progress, which thus stays the same in both."""
    flat = torch.cat([parameter.grad.reshape(-1) for parameter in parameters] + [torch.tensor([progress])])
    distributed.all_reduce(flat)
    flat /= distributed.get_world_size()
    at = 0
    for parameter in parameters:
        parameter.grad.copy_(flat[at : at + parameter.numel()].view_as(parameter))
        at += parameter.numel()
    return flat[-1].item()


def save(path, reader, labels, settings):
    """Writes a checkpoint; the file is complete or absent."""
    state = {"reader": reader.state_dict(), "pairs": labels.pairs, "settings": settings}
    torch.save(state, str(path) + ".part")
    os.replace(str(path) + ".part", path)


def load(path, encoder=None):
    """A reader of a checkpoint, with its vocabulary and labels."""
    state = torch.load(path, map_location="cpu", weights_only=False)
    folder = Path(encoder or state["settings"]["encoder"])
    labels = Labels(state["pairs"])
    reader = Reader(folder, labels, state["settings"]["arc"], state["settings"]["relation"])
    reader.load_state_dict(state["reader"])
    return reader, load_vocabulary(folder), labels


def event_texts(folder):
    """The annotated texts for training, in a folder with the four files that `events.read_texts` reads."""
    folder = Path(folder)
    return read_texts(folder / "articles.jsonl", folder / "gold.jsonl", folder / "tokens.jsonl", folder / "records.jsonl")


def split(texts, fold, folds):
    """The texts to learn from and those of a fold, which are kept apart. Without folds all are learned from."""
    if not folds:
        return texts, []
    return [text for at, text in enumerate(texts) if at % folds != fold], [text for at, text in enumerate(texts) if at % folds == fold]


def gold_part(sentences, share, epoch):
    """The part of the sentences that a pass reads: stretches of a hundred, so that most keep their context."""
    if share >= 1:
        return sentences
    blocks = [sentences[at : at + 100] for at in range(0, len(sentences), 100)]
    every = max(1, round(1 / share))
    return [sentence for number, block in enumerate(blocks) if (number + epoch) % every == 0 for sentence in block]


def worker(rank, settings):
    """One process of the training."""
    meeting = settings["checkpoint"] + ".processes"
    distributed.init_process_group(
        "gloo", init_method="file://" + os.path.abspath(meeting), rank=rank, world_size=settings["processes"]
    )
    torch.set_num_threads(1)
    torch.manual_seed(settings["seed"])
    data, encoder = Path(settings["data"]), Path(settings["encoder"])
    say = print if rank == 0 else lambda *words, **options: None
    gold = training_sentences(data)
    labels, vocabulary = label_sets(gold), load_vocabulary(encoder)
    silver = [sentence for path in settings["silver"] for sentence in read_conllu(path)]
    for sentence in silver:
        sentence.weight = settings["silver_weight"]
        sentence.names = sentence.names or ["O"] * len(sentence.words)
    texts, apart = [], []
    if settings["events"]:
        texts, apart = split(event_texts(settings["events"]), settings["fold"], settings["folds"])
    reader = Reader(encoder, labels, settings["arc"], settings["relation"], settings["dropout"])
    if settings["start"]:
        # A checkpoint may lack the heads that are new.
        state = torch.load(settings["start"], map_location="cpu", weights_only=False)["reader"]
        missing = reader.load_state_dict(state, strict=False)
        say("start", settings["start"], "without", missing.missing_keys, "and with unknown", missing.unexpected_keys)
    inner = [parameter for name, parameter in reader.named_parameters() if name.startswith("encoder.") and name != "encoder.case"]
    outer = [parameter for name, parameter in reader.named_parameters() if not name.startswith("encoder.") or name == "encoder.case"]
    groups = [{"params": inner, "weight_decay": 0.01}, {"params": outer, "weight_decay": 0.01}]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    parameters = inner + outer
    torch.manual_seed(settings["seed"] * 100 + rank)
    say("texts", len(texts), "apart", len(apart), "events", sum(len(text.events) for text in texts))
    say("sentences", len(gold), "silver", len(silver), "words", sum(len(sentence.words) for sentence in gold), flush=True)

    began, step, words, log, progress, epoch = time.time(), 0, 0, {}, 0.0, 0
    silver_at, total = 0, None
    order = random.Random(settings["seed"])
    order.shuffle(silver)
    while progress < 1:
        # Every process draws the same batches and takes its share of them.
        take = int(settings["silver_share"] * len(silver))
        some = (silver + silver)[silver_at : silver_at + take]
        silver_at = (silver_at + take) % max(1, len(silver))
        part = gold_part(gold, settings["gold_share"], epoch)
        feed = Feed(part + some, texts, vocabulary, labels, settings["pieces"], settings["seed"] * 1000 + epoch)
        batches = feed.epoch()
        per_epoch = len(batches) // settings["processes"]
        total = total or per_epoch * settings["epochs"]
        numbers = np.random.default_rng([settings["seed"], epoch, rank])
        for at in range(per_epoch):
            reader.train()
            batch = collate(batches[at * settings["processes"] + rank], vocabulary, numbers, MASKED)
            n_words = int((batch["weight"] > 0).sum())
            rate = min(1, (step + 1) / 60) * max(0.01, 1 - progress)
            for group, most in zip(optimizer.param_groups, (settings["rate"], settings["head_rate"])):
                group["lr"] = most * rate
            with torch.autocast("cpu", torch.bfloat16):
                loss, parts = loss_of(reader, batch)
            optimizer.zero_grad(set_to_none=True)
            (loss / max(n_words, 100)).backward()
            for parameter in parameters:
                if parameter.grad is None:
                    parameter.grad = torch.zeros_like(parameter)
            mine = max(step / total, (time.time() - began) / (60 * settings["minutes"]) if settings["minutes"] else 0)
            progress = min(1, share_gradients(parameters, mine))
            torch.nn.utils.clip_grad_norm_(parameters, 2.0)
            optimizer.step()
            step, words = step + 1, words + n_words
            for name, value in parts.items():
                log[name] = log.get(name, 0) + value.item() / n_words / 100
            if step % 100 == 0:
                say(step, {name: round(value, 3) for name, value in log.items()}, "words/s", round(words / (time.time() - began)),
                    "progress", round(progress, 3), round(time.time() - began), "s", flush=True)
                log = {}
            if progress >= 1:
                break
        epoch += 1
        if rank == 0:
            save(settings["checkpoint"], reader, labels, settings)
            if epoch % settings["score_every"] == 0 or progress >= 1:
                part = 1 if progress >= 1 else 6
                say("epoch", epoch, json.dumps(score_all(reader, vocabulary, labels, data, part)), flush=True)
                if apart:
                    say("events", json.dumps(score_events(reader, vocabulary, apart)), flush=True)
        distributed.barrier()
    distributed.destroy_process_group()


def fit(settings):
    """Trains a reader and leaves its checkpoint. The processes find each other through a file beside it."""
    Path(settings["checkpoint"] + ".processes").unlink(missing_ok=True)
    torch.multiprocessing.spawn(worker, (settings,), settings["processes"])
