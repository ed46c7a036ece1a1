"""The rows of one sheet of a workbook, as texts, with the cells that cannot be believed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from amparo.kernel.errors import Invalid
from amparo.registries.readers.limits import Limits
from amparo.registries.readers.strings import blocks, feed, parser, unescape
from amparo.registries.readers.workbook import Workbook

_BLOCK = 128 * 1024
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
    cells = _Cells(book, limits)
    made = parser(start=cells.start, end=cells.end)
    made.CharacterDataHandler = cells.text
    for block in blocks(book.package, book.sheets[sheet], _BLOCK):
        feed(made, block)
        if cells.done:
            yield from cells.done
            cells.done = []
    feed(made, b"", last=True)
    yield from cells.done


class _Cells:
    """Collects cells into rows as the parser meets them."""

    def __init__(self, book: Workbook, limits: Limits) -> None:
        self.done: list[SheetRow] = []
        self._strings = book.strings
        self._dates = book.date_styles
        self._zero = _DAY_ZERO_1904 if book.from_1904 else _DAY_ZERO
        self._limits = limits
        self._row = SheetRow(0)
        self._last_filled = 0
        self._column = -1
        self._kind = "n"
        self._style = 0
        self._formula = False
        self._in_value = False
        self._value = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._open_cell(attributes)
        elif name in ("v", "t"):
            self._in_value = True
        elif name == "f":
            self._formula = True
        elif name == "row":
            number = attributes.get("r")
            self._row = SheetRow(int(number) if number and number.isdigit() else self._row.number + 1)
            self._column = -1
            if self._row.number - self._last_filled > self._limits.empty_rows:
                raise Invalid("file.empty_rows", row=self._last_filled + 1, limit=self._limits.empty_rows)
        elif ":" in name:
            self.start(name.rpartition(":")[2], attributes)

    def text(self, content: str) -> None:
        if self._in_value:
            self._value += content

    def end(self, name: str) -> None:
        if name == "c":
            if self._value or self._formula:
                self._close_cell()
        elif name in ("v", "t"):
            self._in_value = False
        elif name == "row":
            if self._row.cells:
                self.done.append(self._row)
                self._last_filled = self._row.number
        elif ":" in name:
            self.end(name.rpartition(":")[2])

    def _open_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column = _column_of(reference) if reference else self._column + 1
        self._kind = attributes.get("t", "n")
        style = attributes.get("s", "0")
        self._style = int(style) if style.isdigit() else 0
        self._formula = False
        self._value = ""

    def _close_cell(self) -> None:
        column, row = self._column, self._row
        if column >= self._limits.columns:
            raise Invalid("file.too_wide", limit=self._limits.columns)
        if len(row.cells) <= column:
            row.cells.extend([""] * (column + 1 - len(row.cells)))
        row.cells[column] = self._as_text()
        if self._formula:
            row.formulas.append(column)
        if self._kind == "e":
            row.errors.append(column)

    def _as_text(self) -> str:
        value = self._value
        if self._kind == "s":
            position = int(value) if value.isdigit() else -1
            return self._strings[position] if 0 <= position < len(self._strings) else ""
        if self._kind == "n":
            return date_text(value, self._zero) if self._style in self._dates else number_text(value)
        return unescape(value)[: self._limits.cell]


def _column_of(reference: str) -> int:
    """Position from 0 of a cell such as ``AB12``."""
    column = 0
    for letter in reference:
        if not "A" <= letter <= "Z":
            break
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
