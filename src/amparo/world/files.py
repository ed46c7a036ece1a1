"""The files of an extraction, written row by row and the same to the byte every time."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

import xlsxwriter

from amparo.world.registers import calp, cem, mp, pnp, upe
from amparo.world.registers.entry import Cell

NAMES = {
    "pnp-reta": "pnp-reta.csv",
    "mp": "mp.xlsx",
    "mimp-cem": "mimp-cem.xlsx",
    "mimp-upe": "mimp-upe.csv",
    "calp": "calp.json",
}
"""File name by source."""


class Writer(Protocol):
    """Takes the rows of one file and closes it."""

    def write(self, row: Any) -> None:
        """Append one row."""

    def close(self) -> None:
        """Finish the file."""


class CsvWriter:
    """A text file with one line per row."""

    def __init__(self, path: Path, columns: Sequence[str], *, separator: str, encoding: str) -> None:
        self._file = path.open("w", encoding=encoding, newline="", errors="replace")
        self._lines = csv.writer(self._file, delimiter=separator, lineterminator="\r\n")
        self._lines.writerow(columns)

    def write(self, row: Any) -> None:
        """Append one row."""
        self._lines.writerow(row)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


class WorkbookWriter:
    """A workbook with one sheet, written in constant memory and with a fixed day of creation.

    The zip inside carries no clock either: XlsxWriter stamps its members with 1980.
    """

    def __init__(self, path: Path, sheet: str, columns: Sequence[str], on: date, titles: Sequence[str] = ()) -> None:
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_numbers": False})
        self._book.set_properties({"created": datetime(on.year, on.month, on.day)})  # noqa: DTZ001 (a fixed stamp)
        self._days = self._book.add_format({"num_format": "dd/mm/yyyy"})
        self._sheet = self._book.add_worksheet(sheet)
        self._row = 0
        for title in titles:
            self._sheet.merge_range(self._row, 0, self._row, 7, title, self._book.add_format({"bold": True}))
            self._row += 1
        for at, name in enumerate(columns):
            self._sheet.write_string(self._row, at, name)

    def write(self, row: Sequence[Cell]) -> None:
        """Append one row; empty cells are left out of the file."""
        self._row += 1
        for at, value in enumerate(row):
            if isinstance(value, str):
                if value:
                    self._sheet.write_string(self._row, at, value)
            elif isinstance(value, int):
                self._sheet.write_number(self._row, at, value)
            elif value is not None:
                self._sheet.write_number(self._row, at, serial(value), self._days)

    def close(self) -> None:
        """Finish the file."""
        self._book.close()


class CaseListWriter(WorkbookWriter):
    """The prosecutors' workbook, which shows a carpeta's number only in the first row of its people."""

    _shown: Cell = None

    def write(self, row: Sequence[Cell]) -> None:
        """Append one row."""
        carpeta = row[0]
        super().write(row if carpeta != self._shown else (None, *row[1:]))
        self._shown = carpeta


class JsonWriter:
    """One object with a list of fichas, one ficha to a line."""

    def __init__(self, path: Path, on: date) -> None:
        self._file = path.open("w", encoding="utf-8", newline="\n")
        head = json.dumps({"centro": calp.CENTRE, "version": calp.VERSION, "extraido": on.isoformat()})
        self._file.write(f'{head[:-1]}, "fichas": [')
        self._between = "\n"

    def write(self, row: Any) -> None:
        """Append one ficha."""
        self._file.write(self._between + json.dumps(row, ensure_ascii=False))
        self._between = ",\n"

    def close(self) -> None:
        """Finish the file."""
        self._file.write("\n]}\n")
        self._file.close()


_FIRST_SERIAL = date(1899, 12, 30).toordinal()


def serial(day: date) -> int:
    """The number by which a spreadsheet keeps a day: days since 30 December 1899."""
    return day.toordinal() - _FIRST_SERIAL


def open_writers(folder: Path, on: date) -> dict[str, Writer]:
    """The five files of an extraction of a day, ready to take rows."""
    folder.mkdir(parents=True, exist_ok=True)
    at = {source: folder / name for source, name in NAMES.items()}
    titles = (*mp.TITLES, f"Fecha de extracción: {on:%d/%m/%Y}")
    return {
        "pnp-reta": CsvWriter(at["pnp-reta"], pnp.COLUMNS, separator=";", encoding="cp1252"),
        "mp": CaseListWriter(at["mp"], mp.SHEET, mp.COLUMNS, on, titles),
        "mimp-cem": WorkbookWriter(at["mimp-cem"], cem.SHEET, cem.COLUMNS, on),
        "mimp-upe": CsvWriter(at["mimp-upe"], upe.COLUMNS, separator=",", encoding="utf-8-sig"),
        "calp": JsonWriter(at["calp"], on),
    }
