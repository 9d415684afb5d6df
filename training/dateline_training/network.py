"""The encoder (MiniLM or mpnet, whichever weights are given) and the heads over its token vectors."""

import json
import math

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

from .events import ROLES, STATUSES, TYPES
from .labels import NAMES
from .pieces import N_CASES

POSITIONS = 256
"""Pieces of the longest window, with both its end marks."""

FAR = -1e4
"""Score of what cannot be."""


class Layer(nn.Module):
    """Self-attention and a feed-forward layer, each followed by a layer norm."""

    def __init__(self, width, heads, feed_forward, epsilon):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.output = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, epsilon)
        self.expand = nn.Linear(width, feed_forward)
        self.contract = nn.Linear(feed_forward, width)
        self.norm2 = nn.LayerNorm(width, epsilon)

    def forward(self, x, bias, dropout):
        batch, length, width = x.shape
        queries, keys, values = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        scores = queries @ keys.transpose(2, 3) * (width // self.heads) ** -0.5 + bias
        mixed = scores.softmax(-1).to(values.dtype) @ values
        mixed = self.output(mixed.transpose(1, 2).reshape(batch, length, width))
        x = self.norm1(x + F.dropout(mixed, dropout, self.training))
        inner = F.gelu(self.expand(x), approximate="tanh")
        return self.norm2(x + F.dropout(self.contract(inner), dropout, self.training))


class Encoder(nn.Module):
    """Vectors of the pieces of a sentence. Piece embeddings stay as they came; a small embedding adds the case of the token."""

    def __init__(self, folder, dropout=0.1):
        super().__init__()
        config = json.loads((folder / "config.json").read_text())
        self.width, self.n_heads = config["hidden_size"], config["num_attention_heads"]
        self.feed_forward, self.n_layers = config["intermediate_size"], config["num_hidden_layers"]
        self.is_mpnet, self.dropout = config["model_type"] == "mpnet", dropout
        epsilon = config["layer_norm_eps"]
        given = {name.removeprefix("mpnet.").removeprefix("bert."): tensor.float() for name, tensor in load_file(folder / "model.safetensors").items()}
        self.register_buffer("word", given["embeddings.word_embeddings.weight"])
        position = given["embeddings.position_embeddings.weight"]
        position = position[2:] if self.is_mpnet else position + given["embeddings.token_type_embeddings.weight"][0]
        self.position = nn.Parameter(position[:POSITIONS].clone())
        self.case = nn.Parameter(torch.zeros(N_CASES, self.width))
        self.norm = nn.LayerNorm(self.width, epsilon)
        take(self.norm, given, "embeddings.LayerNorm")
        self.layers = nn.ModuleList()
        for row in range(self.n_layers):
            layer, at = Layer(self.width, self.n_heads, self.feed_forward, epsilon), f"encoder.layer.{row}."
            inner = at + ("attention.attn." if self.is_mpnet else "attention.self.")
            three = [inner + part for part in (("q", "k", "v") if self.is_mpnet else ("query", "key", "value"))]
            layer.qkv.weight.data = torch.cat([given[part + ".weight"] for part in three])
            layer.qkv.bias.data = torch.cat([given[part + ".bias"] for part in three])
            take(layer.output, given, at + ("attention.attn.o" if self.is_mpnet else "attention.output.dense"))
            take(layer.norm1, given, at + ("attention.LayerNorm" if self.is_mpnet else "attention.output.LayerNorm"))
            take(layer.expand, given, at + "intermediate.dense")
            take(layer.contract, given, at + "output.dense")
            take(layer.norm2, given, at + "output.LayerNorm")
            self.layers.append(layer)
        if self.is_mpnet:
            self.relative = nn.Parameter(given["encoder.relative_attention_bias.weight"])

    def relative_bias(self, length):
        """Attention bias of mpnet: one number for each head and distance, in 32 buckets (Raffel et al. 2020)."""
        places = torch.arange(length)
        behind = places[:, None] - places[None]
        side, distance = (behind < 0).long() * 16, behind.abs()
        far = 8 + (torch.log(distance.clamp(min=1).float() / 8) / math.log(16) * 8).long()
        bucket = side + torch.where(distance < 8, distance, far.clamp(max=15))
        return self.relative[bucket].permute(2, 0, 1)[None]

    def forward(self, pieces, cases, mask):
        length = pieces.shape[1]
        x = self.norm(self.word[pieces] + self.position[:length] + self.case[cases])
        bias = ((~mask).float() * FAR)[:, None, None, :].expand(-1, 1, length, -1)
        if self.is_mpnet:
            bias = bias + self.relative_bias(length)
        for layer in self.layers:
            x = layer(x, bias, self.dropout)
        return x


def take(module, given, name):
    """Loads the weight and bias of a module from the given tensors."""
    module.weight.data, module.bias.data = given[name + ".weight"], given[name + ".bias"]


class Reader(nn.Module):
    """The encoder with its heads: tags, names, a biaffine parser (Dozat and Manning 2017), and events.

    A token's vector is that of its first piece; the root's is that of the start mark. The head of events scores for each token the
    type of event it triggers, its status, and whether it is denied or only claimed; the head of roles scores pairs of a trigger
    and another token, as the parser scores relations.
    """

    def __init__(self, folder, labels, arc=400, relation=128, dropout=0.1, role=128):
        super().__init__()
        self.encoder = Encoder(folder, dropout)
        self.arc_size, self.relation_size, self.n_relations = arc, relation, len(labels.relations)
        self.n_upos = len(labels.upos)
        width = self.encoder.width
        self.tag = nn.Linear(width, self.n_upos + len(labels.xpos))
        self.name = nn.Linear(width, len(NAMES))
        self.loose_name = nn.Linear(width, len(NAMES))
        self.parse = nn.Linear(width, 2 * (arc + relation))
        self.arc = nn.Linear(arc, arc)
        self.relation = nn.Linear(relation, self.n_relations * (relation + 1))
        self.role_size = role
        self.event = nn.Linear(width, 1 + len(TYPES) + len(STATUSES) + 2)
        self.party = nn.Linear(width, 2 * role)
        self.role = nn.Linear(role, len(ROLES) * (role + 1))
        nn.init.zeros_(self.role.weight)
        nn.init.zeros_(self.role.bias)
        with torch.no_grad():
            # Most words have no role.
            self.role.bias.view(len(ROLES), role + 1)[:, -1] = -4.0
        nn.init.orthogonal_(self.arc.weight, 0.3)
        for layer in (self.arc, self.relation):
            nn.init.zeros_(layer.bias)
        nn.init.zeros_(self.relation.weight)
        self.head_dropout = 0.25

    def forward(self, batch):
        hidden = self.encoder(batch["pieces"], batch["cases"], batch["mask"])
        vectors = hidden[torch.arange(len(hidden))[:, None], batch["first"]]
        vectors = F.dropout(vectors, self.head_dropout, self.training)
        tokens = vectors[:, 1:]
        parts = F.dropout(F.leaky_relu(self.parse(vectors), 0.1), self.head_dropout, self.training)
        sizes = [self.arc_size, self.arc_size, self.relation_size, self.relation_size]
        arc_dependent, arc_head, relation_dependent, relation_head = parts.split(sizes, -1)
        arcs = (self.arc(arc_dependent[:, 1:]) @ arc_head.transpose(1, 2)).float()
        n_tokens = arcs.shape[1]
        itself = torch.cat([torch.zeros(n_tokens, 1, dtype=torch.bool), torch.eye(n_tokens, dtype=torch.bool)], 1)
        # A token depends on one of its own sentence, or is its root.
        sentence = batch["sentence"]
        apart = sentence[:, 1:, None] != sentence[:, None, :]
        apart[:, :, 0] = False
        arcs = arcs.masked_fill(apart | itself[None], FAR)
        tags = self.tag(tokens).float()
        return {
            "upos": tags[..., : self.n_upos],
            "xpos": tags[..., self.n_upos :],
            "name": self.name(tokens).float(),
            "loose_name": self.loose_name(tokens).float(),
            "arc": arcs,
            "relation_dependent": relation_dependent[:, 1:],
            "relation_head": relation_head,
            "event": self.event(tokens).float(),
            "tokens": tokens,
        }

    def relations(self, scores, heads):
        """Scores of the relations of each token to its head: [batch, tokens, relations]."""
        batch, n_tokens = heads.shape
        head = scores["relation_head"][torch.arange(batch)[:, None], heads]
        mixed = self.relation(scores["relation_dependent"]).view(batch, n_tokens, self.n_relations, self.relation_size + 1)
        return (mixed[..., :-1] @ head[..., None]).squeeze(-1).float() + mixed[..., -1].float()

    def roles(self, scores, triggers):
        """Scores of the words of each trigger's window for each role: [triggers, roles, tokens]. Triggers are (row, token)."""
        own, others = F.dropout(F.leaky_relu(self.party(scores["tokens"]), 0.1), self.head_dropout, self.training).chunk(2, -1)
        mixed = self.role(own[triggers[:, 0], triggers[:, 1]]).view(len(triggers), len(ROLES), self.role_size + 1)
        return (mixed[..., :-1] @ others[triggers[:, 0]].transpose(1, 2)).float() + mixed[..., -1:].float()
