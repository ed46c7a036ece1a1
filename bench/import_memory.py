"""Whether an import's memory grows with the number of rows: one file of N and one of 4 N rows each, CSV and XLSX.

The rows are those of an invented world, repeated under fresh numbers of their own, so that a large file costs no large
world. Each delivery is taken by a process of its own, into an empty installation. Goal: the peak grows by at most a
tenth. N must be above some 25,000: below it the page caches of both databases are not full yet (64 MB each).
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from bench import import_rows

TIMES = (1, 4)
# Own numbers are told apart in this column: that of the police, and the person's number within the prosecutors' file.
COUNTED = {"CSV": "NRO_REGISTRO", "XLSX": "ITEM"}


def main(arguments: Sequence[str]) -> int:
    """Measure both kinds at the three sizes and print JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=50_000, help="N, the rows of the smallest file")
    options = parser.parse_args(arguments)
    found: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        exports = import_rows.world(Path(folder) / "world", 500, 1)
        for kind in import_rows.SOURCES:
            found += _measure(kind, exports, options.people, Path(folder))
    print(json.dumps(found))
    return 0


def _measure(kind: str, exports: Path, rows: int, folder: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    peaks: list[float] = []
    _, name = import_rows.SOURCES[kind]
    for times in TIMES:
        path = folder / f"{times}-{name}"
        {"CSV": _write_text, "XLSX": _write_workbook}[kind](exports / name, path, rows * times)
        peaks.append(_peak(kind, path))
        found.append(_row(f"{kind}, {rows * times} rows, peak of the importing process", peaks[-1], "MB", ""))
        path.unlink()
    growth = (peaks[-1] / peaks[-2] - 1) * 100
    return [*found, _row(f"{kind}, growth from {rows * TIMES[-2]} to {rows * TIMES[-1]} rows", growth, "%", "<= 10")]


def _write_text(source: Path, target: Path, rows: int) -> None:
    with source.open(encoding="cp1252", newline="") as given, target.open("w", encoding="cp1252", newline="") as out:
        header, *known = csv.reader(given, delimiter=";")
        writer = csv.writer(out, delimiter=";")
        writer.writerow(header)
        writer.writerows(_repeated(known, header.index(COUNTED["CSV"]), rows))


def _write_workbook(source: Path, target: Path, rows: int) -> None:
    import openpyxl
    import xlsxwriter

    given = openpyxl.load_workbook(source, read_only=True).active
    table = [list(row) for row in given.iter_rows(values_only=True)]
    top = next(place for place, row in enumerate(table) if COUNTED["XLSX"] in row)
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet, day = book.add_worksheet(given.title), book.add_format({"num_format": "dd/mm/yyyy"})
    repeated = _repeated(table[top + 1 :], table[top].index(COUNTED["XLSX"]), rows)
    for line, row in enumerate(itertools.chain(table[: top + 1], repeated)):
        for place, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(line, place, value, day)
            elif value is not None:
                sheet.write(line, place, value)
    book.close()


def _repeated(known: Sequence[Sequence[object]], counted: int, rows: int) -> Iterator[list[object]]:
    """The rows again and again, as many as wanted, each under a number that no other has."""
    for number, row in enumerate(itertools.islice(itertools.cycle(known), rows), start=1):
        yield [*row[:counted], number, *row[counted + 1 :]]


def _peak(kind: str, path: Path) -> float:
    """Peak memory in megabytes of a process that takes this file and nothing else."""
    code = "import sys; from bench.import_memory import take; take(*sys.argv[1:])"
    done = subprocess.run([sys.executable, "-c", code, kind, str(path)], stdout=subprocess.PIPE, text=True, check=True)
    return float(done.stdout)


def take(kind: str, path: str) -> None:
    """Take the file into an empty installation and print this process's peak; called in the process of ``_peak``."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"AMPARO_DATA": folder, "DJANGO_SETTINGS_MODULE": "amparo.config.settings.demo"}
        import_rows.install()
        import_rows.deliver(import_rows.SOURCES[kind][0], Path(path))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _row(figure: str, value: float, unit: str, goal: str) -> dict[str, object]:
    return {"figure": figure, "value": round(value, 1), "unit": unit, "goal": goal}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
