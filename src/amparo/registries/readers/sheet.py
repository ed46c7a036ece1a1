"""The rows of one sheet of a workbook, as texts, with the cells that cannot be believed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from xml.etree.ElementTree import Element

from amparo.kernel.errors import Invalid
from amparo.registries.readers.limits import Limits
from amparo.registries.readers.parts import children, local
from amparo.registries.readers.strings import text_of, unescape
from amparo.registries.readers.workbook import Workbook

_DIGITS = "0123456789"
_LETTERS = re.compile("[A-Z]{1,3}")
_LAST_COLUMN = 16_384
# Day zero of Excel's calendar; it counts a 29 February 1900 that never was, which this start makes up for.
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a calendar day has no zone
_DAY_ZERO_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - a calendar day has no zone
_LAST_SERIAL = 2_958_465


@dataclass(slots=True)
class SheetRow:
    """One row: its number as Excel shows it, its cells as text, and the positions of formulas and of errors."""

    number: int
    cells: list[str] = field(default_factory=list)
    formulas: list[int] = field(default_factory=list)
    errors: list[int] = field(default_factory=list)


def rows(book: Workbook, sheet: str, limits: Limits) -> Iterator[SheetRow]:
    """The rows that have a value, in order.

    Dates become ISO text, whole numbers text without decimals, and booleans 1 or 0. Too many rows without a value in a
    row are refused (``file.empty_rows``).
    """
    reading = _Reading(book, limits)
    for element in children(book.package, book.sheets[sheet], ("worksheet", "sheetData")):
        row = reading.read(element)
        if row.cells:
            yield row


class _Reading:
    """Turns the elements of rows into rows."""

    def __init__(self, book: Workbook, limits: Limits) -> None:
        self._strings = book.strings
        self._dates = frozenset(map(str, book.date_styles))
        self._zero = _DAY_ZERO_1904 if book.from_1904 else _DAY_ZERO
        self._limits = limits
        self._number = self._last_filled = 0

    def read(self, element: Element) -> SheetRow:
        """The row with what its cells hold; without cells where no cell holds anything."""
        row = SheetRow(self._next_number(element.get("r", "")))
        found: dict[int, str] = {}
        column = -1
        for cell in element:
            reference = cell.get("r")
            column = _column_of(reference.rstrip(_DIGITS)) if reference else column + 1
            if not len(cell):
                continue
            value, has_formula = _stored(cell)
            if has_formula:
                row.formulas.append(column)
            if value or has_formula:
                kind = cell.get("t")
                found[column] = self._as_text(cell, kind, value)
                if kind == "e":
                    row.errors.append(column)
        if found:
            self._last_filled = row.number
            row.cells = self._side_by_side(found)
        return row

    def _side_by_side(self, found: dict[int, str]) -> list[str]:
        width = max(found) + 1
        if width > self._limits.columns:
            raise Invalid("file.too_wide", limit=self._limits.columns)
        return [found.get(column, "") for column in range(width)]

    def _next_number(self, told: str) -> int:
        self._number = int(told) if told.isdecimal() else self._number + 1
        if self._number - self._last_filled > self._limits.empty_rows:
            raise Invalid("file.empty_rows", row=self._last_filled + 1, limit=self._limits.empty_rows)
        return self._number

    def _as_text(self, cell: Element, kind: str | None, value: str) -> str:
        if kind is None or kind == "n":
            return date_text(value, self._zero) if cell.get("s", "0") in self._dates else number_text(value)
        if kind == "s":
            position = int(value) if value.isdecimal() else -1
            return self._strings[position] if 0 <= position < len(self._strings) else ""
        return unescape(value)[: self._limits.cell]


def _stored(cell: Element) -> tuple[str, bool]:
    """What is stored in a cell as it is written, and whether it has a formula."""
    value, has_formula = "", False
    for part in cell:
        name = local(part.tag)
        if name == "v":
            value = part.text or ""
        elif name == "is":
            value = text_of(part)
        elif name == "f":
            has_formula = True
    return value, has_formula


@lru_cache(maxsize=1024)
def _column_of(letters: str) -> int:
    """Position from 0 of a column such as ``AB``."""
    if not _LETTERS.fullmatch(letters):
        raise Invalid("file.unreadable")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    if column > _LAST_COLUMN:
        raise Invalid("file.hostile")
    return column - 1


def number_text(value: str) -> str:
    """A number as a person would have typed it: ``7123456.0`` and ``7.123456E6`` are 7123456."""
    if value.isdigit():
        return value
    try:
        number = float(value)
    except ValueError:
        return value
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


@lru_cache(maxsize=1 << 14)
def date_text(value: str, zero: datetime = _DAY_ZERO) -> str:
    """A day count of Excel as an ISO date, with the time where it has one; out of its calendar, as the number typed."""
    try:
        days = float(value)
    except ValueError:
        return value
    if not 0 < days < _LAST_SERIAL:
        return number_text(value)
    moment = zero + timedelta(days=int(days), seconds=round((days - int(days)) * 86400))
    return moment.date().isoformat() if moment.time() == datetime.min.time() else moment.isoformat(timespec="minutes")
