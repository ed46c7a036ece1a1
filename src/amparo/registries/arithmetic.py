"""Whether an official series agrees with itself: totals against their parts, totals against each other. Pure.

A series is shown as it was published; what does not add up is shown beside it, never put right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from amparo.pack.layouts import SeriesShape

Place = tuple[int, int, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One published number: where and when (year, month, department, province, district, station), what, and how many.

    ``value`` is None where the publisher left it empty; ``row`` is its place in the file.
    """

    row: int
    place: Place
    category: str
    item: str
    value: int | None


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the series does not agree with itself.

    ``kind`` is a code of ``registries.messages``; ``expected`` is what the parts or the other total say, ``found``
    what is printed; ``rows`` are the places in the file.
    """

    kind: str
    place: Place
    item: str
    expected: int | None
    found: int | None
    rows: tuple[int, ...]


def faults(cells: Iterable[Cell], shape: SeriesShape) -> list[Fault]:
    """Everything that does not agree, in the order of places and of the sums in the layout."""
    found: list[Fault] = []
    for place, listed in _by_place(cells).items():
        found += _of_place(place, listed, shape)
    return found


def _by_place(cells: Iterable[Cell]) -> dict[Place, list[Cell]]:
    places: dict[Place, list[Cell]] = defaultdict(list)
    for cell in cells:
        places[cell.place].append(cell)
    return dict(sorted(places.items()))


def _of_place(place: Place, cells: Sequence[Cell], shape: SeriesShape) -> Iterator[Fault]:
    by_item: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_item[cell.item].append(cell)
    yield from _repeated(place, by_item)
    yield from _unknown(place, by_item, shape)
    # A table that a publisher prints twice for one place is checked printing by printing.
    for values in _printings(by_item):
        yield from _sums(place, values, shape)
        yield from _equal(place, values, shape)


def _repeated(place: Place, by_item: Mapping[str, Sequence[Cell]]) -> Iterator[Fault]:
    """A table printed more than once for one place, said once; and each item whose printings differ."""
    again = {item: cells for item, cells in by_item.items() if len(cells) > 1}
    if again:
        rows = tuple(cell.row for cells in again.values() for cell in cells[1:])
        yield Fault("series.twice", place, "", len(by_item), sum(map(len, by_item.values())), rows)
    for item, cells in again.items():
        values = {cell.value for cell in cells}
        if len(values) > 1:
            yield Fault("series.differs", place, item, cells[0].value, cells[-1].value, tuple(c.row for c in cells))


def _unknown(place: Place, by_item: Mapping[str, Sequence[Cell]], shape: SeriesShape) -> Iterator[Fault]:
    known = {name for total in shape.sums for name in (total.total, *total.parts)}
    for item, cells in by_item.items():
        rows = tuple(cell.row for cell in cells)
        if item not in known:
            yield Fault("series.unknown_item", place, item, None, None, rows)
        empty = tuple(cell.row for cell in cells if cell.value is None)
        if empty:
            yield Fault("series.no_value", place, item, None, None, empty)


def _printings(by_item: Mapping[str, Sequence[Cell]]) -> Iterator[dict[str, Cell]]:
    """The first cell of every item, then the second of those that have one, and so on."""
    for turn in range(max(map(len, by_item.values()), default=0)):
        yield {item: cells[turn] for item, cells in by_item.items() if turn < len(cells)}


def _sums(place: Place, cells: Mapping[str, Cell], shape: SeriesShape) -> Iterator[Fault]:
    for claimed in shape.sums:
        parts = [cells[name] for name in claimed.parts if name in cells]
        known = [part.value for part in parts if part.value is not None]
        if not known:
            continue
        total = cells.get(claimed.total)
        rows = tuple(cell.row for cell in (*([total] if total else []), *parts))
        if total is None:
            yield Fault("series.no_total", place, claimed.total, sum(known), None, rows)
        elif total.value is not None and total.value != sum(known):
            yield Fault("series.sum", place, claimed.total, sum(known), total.value, rows)


def _equal(place: Place, cells: Mapping[str, Cell], shape: SeriesShape) -> Iterator[Fault]:
    """Totals that count the same thing are compared with the first of them that is printed."""
    totals = [cells[name] for name in shape.equal_totals if name in cells and cells[name].value is not None]
    for total in totals[1:]:
        if total.value != totals[0].value:
            rows = (totals[0].row, total.row)
            yield Fault("series.unequal_totals", place, total.item, totals[0].value, total.value, rows)
