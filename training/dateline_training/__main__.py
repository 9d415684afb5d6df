"""`python -m dateline_training VERB`: see ../README.md."""

import argparse
from pathlib import Path


def main():
    parser = argparse.ArgumentParser(prog="dateline_training", description="Trains the careful reader.")
    verbs = parser.add_subparsers(dest="verb", required=True)

    train = verbs.add_parser("train", help="train an encoder with its heads on gold, and silver where given")
    train.add_argument("--data", type=Path, required=True, help="folder with the treebanks (ud/) and tagged names (ner/)")
    train.add_argument("--encoder", type=Path, required=True, help="folder with the weights to start from, as Hugging Face lays them out")
    train.add_argument("--out", type=Path, help="weights file to write at the end")
    train.add_argument("--checkpoint", type=Path, default=Path("reader.checkpoint"), help="file written after each pass")
    train.add_argument("--start", type=Path, help="checkpoint to start from")
    train.add_argument("--silver", type=Path, action="append", default=[], help="CoNLL-U file made by `label`; repeatable")
    train.add_argument("--silver-weight", type=float, default=0.5, help="weight of a silver sentence in the loss")
    train.add_argument("--silver-share", type=float, default=0.25, help="part of the silver sentences read in a pass")
    train.add_argument("--events", type=Path, help="folder with annotated texts: articles, gold, tokens and records as .jsonl")
    train.add_argument("--folds", type=int, default=0, help="number of folds of the annotated texts; 0 learns from all")
    train.add_argument("--fold", type=int, default=0, help="fold to keep apart and score")
    train.add_argument("--gold-share", type=float, default=1.0, help="part of the gold sentences read in a pass")
    train.add_argument("--epochs", type=float, default=12, help="number of passes")
    train.add_argument("--minutes", type=float, default=0, help="end after so many minutes, if the passes are not done")
    train.add_argument("--pieces", type=int, default=1500, help="pieces of a batch, with padding")
    train.add_argument("--rate", type=float, default=1.5e-4, help="largest step of the encoder")
    train.add_argument("--head-rate", type=float, default=1.5e-3, help="largest step of the heads")
    train.add_argument("--dropout", type=float, default=0.1)
    train.add_argument("--arc", type=int, default=400, help="numbers of the parser's vectors for arcs")
    train.add_argument("--relation", type=int, default=128, help="numbers of the parser's vectors for relations")
    train.add_argument("--processes", type=int, default=2)
    train.add_argument("--seed", type=int, default=1)
    train.add_argument("--score-every", type=int, default=1, help="passes between scores on a sixth of the development data")

    label = verbs.add_parser("label", help="write the trees and names of tokenized text, as silver for the fast reader")
    label.add_argument("--checkpoint", type=Path, required=True)
    label.add_argument("--words", type=Path, required=True, help="one token a line, an empty line after each sentence")
    label.add_argument("--out", type=Path, required=True, help="CoNLL-U file to write")
    label.add_argument("--threads", type=int, default=1)

    export = verbs.add_parser("export", help="write the weights file of a checkpoint")
    export.add_argument("--checkpoint", type=Path, required=True)
    export.add_argument("--out", type=Path, required=True)

    score = verbs.add_parser("score", help="score a checkpoint on the development data, names without a lexicon")
    score.add_argument("--checkpoint", type=Path, required=True)
    score.add_argument("--data", type=Path, required=True)
    score.add_argument("--int8", action="store_true", help="with the numbers of the weights file")

    arguments = parser.parse_args()
    if arguments.verb == "train":
        from .fit import fit

        settings = {name: value for name, value in vars(arguments).items() if name != "verb"}
        for name in ("data", "encoder", "checkpoint", "start", "events"):
            settings[name] = str(settings[name]) if settings[name] else None
        fit(settings)
        if arguments.out:
            from .weights import export

            print("bytes", export(arguments.checkpoint, arguments.out))
        return

    from .fit import load

    if arguments.verb == "export":
        from .weights import export

        print("bytes", export(arguments.checkpoint, arguments.out))
    elif arguments.verb == "label":
        import torch

        from .silver import label

        torch.set_num_threads(arguments.threads)
        label(*load(arguments.checkpoint), arguments.words, arguments.out)
    else:
        import json

        from .score import score_all
        from .weights import simulate

        reader, vocabulary, labels = load(arguments.checkpoint)
        print(json.dumps(score_all(simulate(reader) if arguments.int8 else reader, vocabulary, labels, arguments.data)))


if __name__ == "__main__":
    main()
