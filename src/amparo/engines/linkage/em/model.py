"""The model as Splink is told it, on any of its databases.

The levels of each pair are computed by :mod:`amparo.engines.linkage.compare`, so that what is trained is what is
scored. Splink links records, not pairs; each pair is therefore handed over as one row in each of two tables that
meet by the number of the pair. The tables hold numbers of levels and nothing of any person.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
from splink import Linker, SettingsCreator, block_on

from amparo.engines.linkage.em import Trained, Training
from amparo.engines.linkage.levels import CODES, COMPARISONS


def maximise(training: Training, database: Any) -> Trained:
    """What Splink makes of one training on ``database``, one of its database interfaces with no tables in it yet."""
    with _quiet():
        tables = [database.register(_table(training, side), table_name=side) for side in ("lefts", "rights")]
        linker = Linker(tables, _settings(training), log_level=None)
        session = linker.training.estimate_parameters_using_expectation_maximisation(
            block_on("pair"), estimate_without_term_frequencies=True
        )
        share = float(session.core_model_settings.probability_two_random_records_match)
        trained = linker.misc.save_model_to_json()
    return Trained({code: _read(trained, code) for code in training.active}, share)


def _table(training: Training, side: str) -> pa.Table:
    pairs = training.pairs
    columns: dict[str, pa.Array] = {
        "unique_id": pa.array([f"{side}{number}" for number in range(len(pairs))]),
        "pair": pa.array(range(len(pairs)), pa.int64()),
    }
    for position, code in enumerate(CODES):
        if code in training.active:
            columns[code] = pa.array([levels[position] for levels in pairs], pa.int8())
    return pa.table(columns)


def _settings(training: Training) -> SettingsCreator:
    return SettingsCreator(
        link_type="link_only",
        comparisons=[_comparison(code, training.m[code], training.u[code]) for code in training.active],
        blocking_rules_to_generate_predictions=[block_on("pair")],
        probability_two_random_records_match=training.prior,
        em_convergence=0.0005,
        max_iterations=40,
        retain_matching_columns=False,
    )


def _comparison(code: str, m: Sequence[float], u: Sequence[float]) -> dict[str, object]:
    levels: list[dict[str, object]] = [
        {"sql_condition": f"{code}_l = 0", "label_for_charts": "missing", "is_null_level": True}
    ]
    count = len(m)
    for level in range(count - 1, 0, -1):
        condition = f"{code}_l = {level}" if level > 1 else "ELSE"
        levels.append(
            {
                "sql_condition": condition,
                "label_for_charts": str(level),
                "m_probability": max(m[level], 1e-6),
                "u_probability": max(u[level], 1e-9),
                "fix_u_probability": True,
            }
        )
    return {"output_column_name": code, "comparison_levels": levels}


def _read(trained: dict[str, object], code: str) -> list[float | None]:
    """The m chances of one comparison in the order of our levels; silence has none."""
    count = len(next(each for each in COMPARISONS if each.code == code).levels)
    found: list[float | None] = [None] * count
    comparisons: object = trained["comparisons"]
    for comparison in comparisons if isinstance(comparisons, list) else ():
        if comparison["output_column_name"] != code:
            continue
        for level in comparison["comparison_levels"]:
            if not level.get("is_null_level"):
                value = level.get("m_probability")
                found[int(level["label_for_charts"])] = float(value) if isinstance(value, int | float) else None
    return found


@contextmanager
def _quiet() -> Iterator[None]:
    """Splink tells its progress through the log; a log of ours says nothing about records."""
    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(before)
