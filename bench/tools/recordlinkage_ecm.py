"""recordlinkage with its unsupervised classifier: expectation conditional maximisation on binarised similarities.

Its classifier joins what has more than even chances; that is the threshold it chooses without labels.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import pandas as pd
import recordlinkage as rl

from bench.tools.answer import Answer, Label, Row

_BLOCKS = (
    ["num_doc"],
    ["ap_paterno", "ap_materno"],
    ["nombre1", "ap_paterno"],
    ["nombre1", "ap_materno"],
    ["nombre1", "fecha_nac"],
    ["ap_paterno", "fecha_nac"],
    ["fecha_hecho", "ubigeo_hecho", "ap_paterno"],
    ["fecha_hecho", "ubigeo_hecho", "nombre1"],
)
_EXACT = ("sexo", "nacionalidad", "ubigeo_origen", "fecha_hecho", "ubigeo_hecho", "fecha_nac", "num_doc", "alias")
_NAMES = ("nombres", "ap_paterno", "ap_materno")


def link(rows: Sequence[Row], _label: Label) -> Answer:
    """Index by several blockings, compare, and let ECM tell the probability of each pair."""
    frame = pd.DataFrame([dict(row) for row in rows]).set_index("record_id").replace("", None)
    indexer = rl.Index()
    for block in _BLOCKS:
        indexer.block(block)
    compare = rl.Compare()
    for column in _NAMES:
        compare.string(column, column, method="jarowinkler", threshold=0.9, label=column)
    for column in _EXACT:
        compare.exact(column, column, label=column)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        features = compare.compute(indexer.index(frame), frame)
        classifier = rl.ECMClassifier(use_col_names=True)
        classifier.fit(features)
        chances = classifier.prob(features)
    pairs = [(left, right, float(chance)) for (left, right), chance in chances.items()]
    return Answer(pairs, 0.5)
