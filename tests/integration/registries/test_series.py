"""A published table is kept as published, apart from records, with its contradictions."""

import io

from amparo.access.actors import Actor
from amparo.registries.actions import deliver
from amparo.registries.models import Batch, Record, SeriesCell, SeriesProblem
from tests.unit.registries.reading import IMPORTS
from tests.worlds import NOW

ANALYST = Actor(name="analista", institution="mininter", capabilities=frozenset({"series_read"}))
SAMPLE = (IMPORTS / "mininter-trata" / "sample.csv").read_bytes()


def hand_in(content: bytes, **names):
    return deliver.deliver(actor=ANALYST, source="mininter-trata", content=io.BytesIO(content), at=NOW, **names)


def test_a_series_is_kept_apart_and_its_contradictions_are_shown():
    outcome = hand_in(SAMPLE)

    assert Record.objects.count() == 0
    assert SeriesCell.objects.count() == outcome.new == 429
    found = {(problem.kind, problem.where["item"]) for problem in SeriesProblem.objects.all()}
    assert {
        ("series.sum", "P3_TOTAL"), ("series.unequal_totals", "F2_TOTAL"), ("series.no_total", "T_TOTAL"),
        ("series.no_value", "D_TOTAL"), ("series.twice", ""),
    } == found  # fmt: skip


def test_the_same_table_again_adds_nothing():
    first = hand_in(SAMPLE)

    again = hand_in(SAMPLE)

    assert (again.batch, again.new, again.unchanged) == (first.batch, 0, 429)
    assert (Batch.objects.count(), SeriesCell.objects.count()) == (1, 429)


def test_a_restated_table_says_what_changed_and_both_stand():
    hand_in(SAMPLE)

    restated = hand_in(SAMPLE.replace(b"F1_TOTAL;F1_TOTAL;4", b"F1_TOTAL;F1_TOTAL;5"))

    assert (restated.new, restated.changed, restated.unchanged) == (0, 1, 428)
    assert Batch.objects.count() == 2


def test_a_line_whose_number_cannot_be_read_is_set_aside():
    outcome = hand_in(SAMPLE.replace(b"F1_TOTAL;F1_TOTAL;4", b"F1_TOTAL;F1_TOTAL;cuatro"), dry_run=True)

    assert [(row.number, row.reasons[0].code) for row in outcome.rows_set_aside] == [(2, "number.unreadable")]
    assert Batch.objects.count() == 0
