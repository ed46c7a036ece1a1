"""Splink at its best: graded comparisons with term frequencies, u by random sampling, m by EM on several blockings.

The choices follow its documentation: name comparisons with term frequency adjustment, both surnames in one comparison
so that swapped ones are seen, dates by damaged digits and distance, documents by edit distance. The threshold is
chosen without truth, by the rule that Amparo uses: the lowest at which the mean of its own probabilities is 0.999.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from amparo.engines.linkage.decide import lowest_safe
from bench.tools.answer import Answer, Label, Row

_COLUMNS = (
    "record_id", "nombres", "nombre1", "ap_paterno", "ap_materno", "alias", "sexo", "fecha_nac", "anio_nac", "num_doc",
    "nacionalidad", "ubigeo_origen", "fecha_hecho", "ubigeo_hecho",
)  # fmt: skip
_RULES = (
    ("num_doc",),
    ("ap_paterno", "ap_materno"),
    ("nombre1", "ap_paterno"),
    ("nombre1", "ap_materno"),
    ("nombre1", "fecha_nac"),
    ("ap_paterno", "fecha_nac"),
    ("ap_materno", "fecha_nac"),
    ("fecha_hecho", "ubigeo_hecho", "ap_paterno"),
    ("fecha_hecho", "ubigeo_hecho", "nombre1"),
    ("nombre1", "ubigeo_origen"),
)
_LEAST = 0.001


def link(rows: Sequence[Row], _label: Label) -> Answer:
    """Train and predict on DuckDB, in memory."""
    logging.getLogger("splink").setLevel(logging.CRITICAL)
    api = DuckDBAPI()
    linker = Linker(api.register(_table(rows), table_name="records"), _settings(), log_level=None)
    training = linker.training
    sure = [block_on("num_doc", "nombre1"), block_on("nombres", "ap_paterno", "ap_materno", "fecha_nac")]
    training.estimate_probability_two_random_records_match(sure, recall=0.5)
    training.estimate_u_using_random_sampling(max_pairs=3_000_000, seed=1)
    for rule in (("num_doc",), ("ap_paterno", "ap_materno"), ("fecha_nac",)):
        training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    told = linker.inference.predict(threshold_match_probability=_LEAST).as_pyarrow_table()
    columns = [told[name].to_pylist() for name in ("record_id_l", "record_id_r", "match_weight", "match_probability")]
    found = list(zip(*columns, strict=True))
    safe = lowest_safe((weight, chance) for _, _, weight, chance in found)
    return Answer([pair[:3] for pair in found], float("inf") if safe is None else safe)


def _table(rows: Sequence[Row]) -> pa.Table:
    return pa.table({name: pa.array([row[name] or None for row in rows], pa.string()) for name in _COLUMNS})


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in _RULES],
        comparisons=[
            _given(),
            _surnames(),
            cl.DateOfBirthComparison("fecha_nac", input_is_string=True),
            cl.LevenshteinAtThresholds("num_doc", [1, 2]),
            cl.ExactMatch("sexo"),
            cl.ExactMatch("nacionalidad").configure(term_frequency_adjustments=True),
            _by_prefix("ubigeo_origen"),
            _event_day(),
            _by_prefix("ubigeo_hecho"),
            cl.ExactMatch("alias").configure(term_frequency_adjustments=True),
        ],
    )


def _level(condition: str, label: str, **more: object) -> dict[str, object]:
    return {"sql_condition": condition, "label_for_charts": label, **more}


def _null(condition: str) -> dict[str, object]:
    return _level(condition, "null", is_null_level=True)


def _given() -> dict[str, Any]:
    levels = [
        _null('"nombres_l" IS NULL OR "nombres_r" IS NULL'),
        _level('"nombres_l" = "nombres_r"', "same", tf_adjustment_column="nombres", tf_adjustment_weight=1.0),
        _level('jaro_winkler_similarity("nombres_l", "nombres_r") >= 0.92', "near"),
        _level(
            '"nombre1_l" = "nombre1_r"', "first name same", tf_adjustment_column="nombre1", tf_adjustment_weight=1.0
        ),
        _level('jaro_winkler_similarity("nombre1_l", "nombre1_r") >= 0.88', "first name near"),
        _level(
            "list_has_any(string_split(\"nombres_l\", ' '), string_split(\"nombres_r\", ' '))", "one name in common"
        ),
        _level("ELSE", "else"),
    ]
    return {"output_column_name": "nombres", "comparison_levels": levels}


def _surnames() -> dict[str, Any]:
    near = 'jaro_winkler_similarity("{0}_l", "{1}_r") >= 0.9'
    first, second = '"ap_paterno_l" = "ap_paterno_r"', '"ap_materno_l" = "ap_materno_r"'
    swapped = '"ap_paterno_l" = "ap_materno_r" AND "ap_materno_l" = "ap_paterno_r"'
    frequent = {"tf_adjustment_column": "ap_paterno", "tf_adjustment_weight": 1.0}
    lacking = '("ap_materno_l" IS NULL OR "ap_materno_r" IS NULL)'
    levels = [
        _null('"ap_paterno_l" IS NULL OR "ap_paterno_r" IS NULL'),
        _level(f"{first} AND {second}", "both", **frequent),
        _level(f"{first} AND {lacking}", "first, and no other", **frequent),
        _level(swapped, "swapped"),
        _level(near.format("ap_paterno", "ap_paterno") + " AND " + near.format("ap_materno", "ap_materno"), "near"),
        _level(first, "first", **frequent),
        _level(second, "second"),
        _level('"ap_paterno_l" = "ap_materno_r" OR "ap_materno_l" = "ap_paterno_r"', "one in the other place"),
        _level(near.format("ap_paterno", "ap_paterno"), "first near"),
        _level("ELSE", "else"),
    ]
    return {"output_column_name": "apellidos", "comparison_levels": levels}


def _by_prefix(column: str) -> dict[str, Any]:
    same = f'substr("{column}_l", 1, {{0}}) = substr("{column}_r", 1, {{0}})'
    levels = [
        _null(f'"{column}_l" IS NULL OR "{column}_r" IS NULL'),
        *(_level(same.format(digits), f"{digits} digits") for digits in (6, 4, 2)),
        _level("ELSE", "else"),
    ]
    return {"output_column_name": column, "comparison_levels": levels}


def _event_day() -> dict[str, Any]:
    apart = 'abs(date_diff(\'day\', try_cast("fecha_hecho_l" AS DATE), try_cast("fecha_hecho_r" AS DATE)))'
    levels = [
        _null('try_cast("fecha_hecho_l" AS DATE) IS NULL OR try_cast("fecha_hecho_r" AS DATE) IS NULL'),
        *(_level(f"{apart} <= {days}", f"{days} days") for days in (0, 7, 30)),
        _level("ELSE", "else"),
    ]
    return {"output_column_name": "fecha_hecho", "comparison_levels": levels}
