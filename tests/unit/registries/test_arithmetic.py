"""Where an official series does not agree with itself."""

from hypothesis import given
from hypothesis import strategies as st

from amparo.pack.layouts import SeriesShape
from amparo.pack.source import checked
from amparo.registries.arithmetic import Cell, faults

PLACE = (2021, 3, "D", "P", "D", "COMISARIA UNO")
SHAPE = checked(
    SeriesShape,
    {
        "year": "A", "month": "M", "department": "D", "province": "P", "district": "I", "station": "C",
        "category": "G", "item": "T", "value": "V", "equal_totals": ["T1", "T2"],
        "sums": [{"total": "T1", "parts": ["a", "b"]}, {"total": "T2", "parts": ["c"]}],
    },
)  # fmt: skip


def cells(*told: tuple[str, int | None]) -> list[Cell]:
    return [Cell(row, PLACE, "", item, value) for row, (item, value) in enumerate(told, start=2)]


def kinds(*told: tuple[str, int | None]) -> list[tuple[str, str]]:
    return [(fault.kind, fault.item) for fault in faults(cells(*told), SHAPE)]


@given(st.integers(0, 50), st.integers(0, 50))
def test_a_table_whose_parts_add_up_has_no_fault(a, b):
    assert kinds(("T1", a + b), ("a", a), ("b", b), ("T2", a + b), ("c", a + b)) == []


def test_a_total_that_is_not_its_parts_is_told_with_both_numbers():
    found = faults(cells(("T1", 9), ("a", 3), ("b", 4)), SHAPE)

    assert [(fault.kind, fault.expected, fault.found, fault.rows) for fault in found] == [
        ("series.sum", 7, 9, (2, 3, 4))
    ]


def test_a_missing_total_and_a_missing_value_are_told():
    assert kinds(("a", 3), ("b", 4)) == [("series.no_total", "T1")]
    assert ("series.no_value", "a") in kinds(("T1", 4), ("a", None), ("b", 4))


def test_totals_that_count_the_same_must_be_equal():
    assert kinds(("T1", 2), ("a", 2), ("T2", 3), ("c", 3)) == [("series.unequal_totals", "T2")]


def test_a_table_printed_twice_is_told_once_and_differing_printings_each():
    once = [("T1", 2), ("a", 2)]

    assert kinds(*once, *once) == [("series.twice", "")]
    assert ("series.differs", "a") in kinds(*once, ("T1", 2), ("a", 1))


def test_an_item_that_nobody_described_is_told():
    assert kinds(("OTRO", 1)) == [("series.unknown_item", "OTRO")]
