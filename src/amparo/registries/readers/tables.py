"""Rows of any kind of file under the layout's own names of columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from amparo.kernel.errors import Invalid
from amparo.pack.layouts import Layout
from amparo.registries.readers.headers import Header, fold, shown
from amparo.registries.readers.limits import Limits
from amparo.registries.reasons import Reason

# Columns that Amparo itself adds to the rows it gives back for correction; they are ignored when they return.
GIVEN_BACK = ("AMPARO_FILA", "AMPARO_MOTIVOS")
_GIVEN_BACK_FOLDED = frozenset(fold(name) for name in GIVEN_BACK)
# What a spreadsheet would take for a formula. Rows given back have an apostrophe before it, undone here.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# What a spreadsheet leaves out before it looks for one.
_UNSEEN = "\ufeff\u200b\u200e\u200f\u2060\xa0 "
_DAMAGED = "\ufffd"
_SAMPLE_OF_UNKNOWN = 30


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with an apostrophe before it where one might."""
    return f"'{text}" if _looks_like_formula(text) else text


def unescaped(text: str) -> str:
    """What :func:`harmless` was given."""
    return text[1:] if text[:1] == "'" and _looks_like_formula(text[1:]) else text


def _looks_like_formula(text: str) -> bool:
    return text.lstrip(_UNSEEN).startswith(FORMULA_STARTS)


@dataclass(slots=True)
class RawRow:
    """One row: its number as the clerk sees it, its values by column, those of unknown columns, and what bars it.

    ``lists`` holds the items of columns whose name ends in ``[]``.
    """

    number: int
    values: dict[str, str]
    lists: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)

    def typed(self) -> dict[str, Any]:
        """All of it that is not empty."""
        columns: dict[str, Any] = self.values | self.lists
        return {name: value for name, value in columns.items() if value} | self.others


@dataclass(slots=True)
class Table:
    """An opened file: how it was read, what was noticed, and its rows, which can be gone through once."""

    read_as: dict[str, str]
    notes: list[dict[str, Any]]
    rows: Iterator[RawRow]


class Cells(NamedTuple):
    """One row as it stands in the file, with the positions of formulas and of errors."""

    number: int
    texts: Sequence[str]
    formulas: Sequence[int] = ()
    errors: Sequence[int] = ()


def tabular_rows(
    cells: Iterable[Cells], header: Header, layout: Layout, limits: Limits, *, fixed_width: bool
) -> Iterator[RawRow]:
    """The rows below the header; empty ones and repetitions of the header are left out.

    ``fixed_width`` is for text files, where a row of another width than the header was cut off or holds a separator
    inside a text.
    """
    reading = _Reading(header, layout, fixed_width=fixed_width)
    taken = empty = 0
    for row in cells:
        if row.number <= header.row:
            continue
        if not any(map(str.strip, row.texts)):
            empty += 1
            if empty > limits.empty_rows:
                raise Invalid("file.empty_rows", row=row.number - empty + 1, limit=limits.empty_rows)
            continue
        empty = 0
        if row.texts == reading.typed:
            continue
        taken += 1
        if taken > limits.rows:
            raise Invalid("file.too_many_rows", limit=limits.rows)
        yield reading.read(row)


class _Reading:
    """Turns cells into rows, carrying down what is shown only once in a group."""

    def __init__(self, header: Header, layout: Layout, *, fixed_width: bool) -> None:
        self.typed = list(header.typed)
        self._width = len(header.columns)
        self._fixed_width = fixed_width
        self._places = [(place, name) for place, name in enumerate(header.columns) if name]
        self._lists = frozenset(name for _, name in self._places if name.endswith("[]"))
        self._others = [
            (place, shown(typed))
            for place, (name, typed) in enumerate(zip(header.columns, header.typed, strict=True))
            if not name and typed.strip() and fold(typed) not in _GIVEN_BACK_FOLDED
        ]
        self._names = dict(self._places)
        self._fill = {name: "" for name in layout.file.fill_down if name in set(header.columns)}

    def read(self, row: Cells) -> RawRow:
        texts, width = row.texts, len(row.texts)
        if width < self._width:
            texts = [*texts, *[""] * (self._width - width)]
        values = {name: texts[place] for place, name in self._places}
        # One look at the row as a whole spares one at each of its cells.
        if "'" in "".join(values.values()):
            values = {name: unescaped(text) for name, text in values.items()}
        raw = RawRow(row.number, values)
        for place, name in self._others:
            if texts[place].strip():
                raw.others[name] = unescaped(texts[place])
        self._carry_down(values)
        self._bar(raw, row)
        if self._lists:
            self._read_lists(raw)
        return raw

    def _carry_down(self, values: dict[str, str]) -> None:
        for name, last in self._fill.items():
            if values[name].strip():
                self._fill[name] = values[name]
            else:
                values[name] = last

    def _bar(self, raw: RawRow, row: Cells) -> None:
        """Note what makes the row unbelievable as a whole or in a cell."""
        for place in row.formulas:
            if place in self._names:
                raw.reasons.append(Reason("cell.formula", self._names[place], row.texts[place]))
        for place in row.errors:
            if place in self._names and place not in row.formulas:
                raw.reasons.append(Reason("cell.error", self._names[place], row.texts[place]))
        if _DAMAGED in "".join(raw.values.values()):
            damaged = [(name, value) for name, value in raw.values.items() if _DAMAGED in value]
            raw.reasons.extend(Reason("cell.damaged", name, value) for name, value in damaged)
        if self._fixed_width and len(row.texts) != len(self.typed):
            self._bar_width(raw, row)

    def _bar_width(self, raw: RawRow, row: Cells) -> None:
        found, expected = len(row.texts), len(self.typed)
        params = {"found": str(found), "expected": str(expected)}
        if found < expected:
            raw.reasons.append(Reason("row.cut_short", params=params))
        elif any(cell.strip() for cell in row.texts[expected:]):
            raw.reasons.append(Reason("row.too_wide", params=params))

    def _read_lists(self, raw: RawRow) -> None:
        """A repeated list comes back for correction as JSON in one cell."""
        for name in self._lists:
            typed = raw.values.pop(name).strip()
            try:
                raw.lists[name] = items_of(json.loads(typed)) if typed else []
            except (ValueError, RecursionError):
                raw.reasons.append(Reason("cell.not_a_list", name, typed))


def items_of(value: Any) -> list[dict[str, str]]:
    """A list of flat objects of texts; ValueError for anything else."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ValueError("not a list of objects")
    return [{str(key): str(inner) for key, inner in item.items()} for item in value]


def header_notes(header: Header) -> list[dict[str, Any]]:
    """What a clerk should know of the header: title rows above it, two rows, unknown or repeated columns."""
    notes: list[dict[str, Any]] = []
    if header.row - header.height > 0:
        notes.append({"code": "note.title_rows", "row": header.row})
    if header.height > 1:
        notes.append({"code": "note.two_header_rows", "row": header.row})
    unknown = [name for name in header.unknown if fold(name) not in _GIVEN_BACK_FOLDED]
    if unknown:
        notes.append({"code": "note.unknown_columns", "columns": unknown[:_SAMPLE_OF_UNKNOWN]})
    if header.twice:
        notes.append({"code": "note.column_twice", "columns": list(header.twice)})
    return notes
