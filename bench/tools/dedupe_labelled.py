"""dedupe as its authors say: active learning from labelled pairs, then its own clustering at its own threshold.

It cannot learn without labels, so a person (here: the truth) answers so many questions first. They are a budget that
the other tools do not get. The threshold of its clusters is its default.
"""

from __future__ import annotations

import logging
import random
import warnings
from collections.abc import Sequence

import dedupe
import numpy as np
from dedupe import variables

from bench.tools.answer import Answer, Label, Row

BUDGET = 150
_DEFAULT_THRESHOLD = 0.5
_COLUMNS = (
    "nombres", "ap_paterno", "ap_materno", "fecha_nac", "num_doc", "sexo", "nacionalidad", "ubigeo_origen",
    "fecha_hecho", "ubigeo_hecho",
)  # fmt: skip


def link(rows: Sequence[Row], label: Label) -> Answer:
    """Ask for labels, train, and cluster."""
    logging.disable(logging.WARNING)
    random.seed(1)
    np.random.seed(1)  # dedupe draws its samples from it
    data = {row["record_id"]: {name: row[name] or None for name in ("record_id", *_COLUMNS)} for row in rows}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        deduper = dedupe.Dedupe(_variables(), num_cores=1)
        deduper.prepare_training(data, sample_size=min(1500, len(data)))
        _learn(deduper, label)
        deduper.train(recall=0.95)
        groups = [frozenset(records) for records, _ in deduper.partition(data, _DEFAULT_THRESHOLD)]
        scores = deduper.score(deduper.pairs(data))
        pairs = [(str(left), str(right), float(score)) for (left, right), score in scores]
    return Answer(pairs, _DEFAULT_THRESHOLD, joined=groups)


def _variables() -> list[object]:
    names = [variables.String(name, has_missing=True) for name in ("nombres", "ap_paterno", "ap_materno")]
    typed = [variables.ShortString(name, has_missing=True) for name in ("fecha_nac", "num_doc", "fecha_hecho")]
    same = ("sexo", "nacionalidad", "ubigeo_origen", "ubigeo_hecho")
    return [*names, *typed, *(variables.Exact(name, has_missing=True) for name in same)]


def _learn(deduper: dedupe.Dedupe, label: Label) -> None:
    """Let it choose the pairs that it is least sure of, and answer with the truth."""
    for _ in range(BUDGET):
        pairs = deduper.uncertain_pairs()
        answers: dict[str, list[object]] = {"match": [], "distinct": []}
        for pair in pairs:
            same = label(pair[0]["record_id"], pair[1]["record_id"])
            answers["match" if same else "distinct"].append(pair)
        deduper.mark_pairs(answers)
