"""The bounds of a score are never below it, whatever two records say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.engines.linkage import batch
from amparo.engines.linkage.bounds import Bounds
from amparo.engines.linkage.columns import columns
from amparo.engines.linkage.compare import compare_prepared
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.match_names import grade
from amparo.engines.linkage.names import Shares
from amparo.engines.linkage.prepare import Prepared, prepare_all
from amparo.engines.linkage.shipped import shipped
from amparo.engines.linkage.vocabulary import Vocabulary
from amparo.engines.linkage.weigh import Model
from amparo.kernel.dates import Approx
from tests.unit.engines.linkage import invented

TABLES = invented.tables()
MODEL = shipped()

_names = st.sampled_from([
    "", "NN", "M.", "MARIA", "MARIA ELENA", "ELENA MARIA", "MA ELENA", "MAYRA", "ELENA", "HELENA", "ROSITA ELENA",
    "QUISPE", "KISPE", "QUISPR", "CARMEN", "CARNEN", "CARRNEN", "DE LA CRUZ", "DELACRUZ", "CRUZ", "MARIA ROSA LUZ ANA",
])  # fmt: skip
_days = st.dates(date(2000, 1, 1), date(2003, 12, 31))
_births = st.one_of(
    st.none(),
    st.sampled_from([Approx.exact(date(2001, month, day)) for month in (2, 3, 6) for day in (2, 3, 12, 13, 21, 23)]),
    _days.map(Approx.exact),
    st.integers(1985, 2004).map(Approx.in_year),
    st.builds(Approx.born_at_age, st.integers(8, 40), _days),
)
_codes = st.sampled_from(["", "160101", "160102", "160201", "170101", "1601010007"])
_numbers = st.sampled_from(
    ["", "70000012", "70000021", "7000012", "70000013", "45612378", "X123", "X1234", "123456789012345"]
)
_records = st.builds(
    Fields,
    record_id=st.uuids().map(str),
    given=_names,
    surname1=_names,
    surname2=_names,
    alias=st.sampled_from(["", "LA FLACA", "FLACA", "MARI"]),
    native_name=st.sampled_from(["", "NASHO KORI", "KORI", "ELENA"]),
    sex=st.sampled_from(["", "F", "M"]),
    birth=_births,
    doc_type=st.sampled_from(["", "DNI", "CE"]),
    doc_number=_numbers,
    nationality=st.sampled_from(["", "PERU", "COLOMBIA"]),
    origin=_codes,
    event_on=st.one_of(st.none(), st.sampled_from([date(2020, 2, 3), date(2020, 3, 2), date(2020, 2, 8)]), _days),
    event_place=_codes,
    references=st.sets(st.sampled_from(["carpeta:1", "carpeta:2", "ficha_cem:1"]), max_size=2).map(frozenset),
)


def _scores(records: list[Prepared], model: Model) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], list[float]]:
    pairs = list(combinations(range(len(records)), 2))
    lefts, rights = np.array(pairs, dtype=np.int32).T
    return lefts, rights, [model.score(compare_prepared(records[a], records[b])) for a, b in pairs]


def _check(records: list[Prepared], model: Model) -> None:
    bounds = Bounds(columns(records), model)
    lefts, rights, scores = _scores(records, model)

    assert (bounds.most((lefts, rights)) >= np.array(scores) - 1e-6).all()
    for least in (-10.0, 5.0, 20.0):
        kept = set(zip(*(side.tolist() for side in bounds.worthwhile((lefts, rights), least)), strict=True))
        enough = {(a, b) for a, b, score in zip(lefts.tolist(), rights.tolist(), scores, strict=True) if score >= least}
        assert enough <= kept


@settings(max_examples=150)
@given(st.lists(_records, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_no_score_is_above_its_bound(records: list[Fields], draw: Any) -> None:
    weights = {code: tuple(draw.uniform(1e-4, 1) for _ in chances) for code, chances in MODEL.m.items()}
    shares = Shares({}, rare=draw.choice([0.00001, 0.3]), chance=0.01)
    model = replace(MODEL, m=weights, surnames=shares, given=draw.choice([shares, None]))

    _check(prepare_all(records, batch.tables_for(model, TABLES)), model)


def test_bounds_hold_in_a_whole_world_and_pass_over_most_strangers() -> None:
    records = prepare_all(invented.world(60, 9)[0], TABLES)
    _check(records, MODEL)
    lefts, rights, scores = _scores(records, MODEL)

    kept, _ = Bounds(columns(records), MODEL).worthwhile((lefts, rights), MODEL.ask)

    assert len(kept) <= 3 * sum(score >= MODEL.ask for score in scores)


@given(st.lists(st.one_of(_names, st.text("AEILMNRSQUZ", max_size=7)), max_size=8))
def test_names_that_agree_are_never_said_not_to(told: list[str]) -> None:
    read = prepare_all([Fields(str(place), given=name, surname1=name) for place, name in enumerate(told)], TABLES)
    parts = [part for record in read for part in (*record.surnames, *record.given)]
    known = Vocabulary()
    numbers = np.array([known.number(part) for part in parts], dtype=np.int32)
    likeness = known.likeness()

    for place, part in enumerate(parts):
        agrees = likeness.may_agree(np.full_like(numbers, numbers[place]), numbers)
        assert all(agrees[other] for other, each in enumerate(parts) if grade(part, each))
