"""Builds a world into a folder: two extractions of five registers, and the truth about every row.

The earlier extraction lies ``BETWEEN_EXTRACTIONS`` before the later one, which is of today. Between the two some
rows are new, some have changed because something happened or a clerk set something right, and the rest read the same.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from amparo.world import files
from amparo.world.registers import book
from amparo.world.registers.entry import MISSING_KEY, Case, Entry, Register

BETWEEN_EXTRACTIONS = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class WorldSummary:
    """What was built: the arguments, and counts by source."""

    seed: int
    people: int
    today: str
    extractions: dict[str, str]
    rescues: int
    people_in_no_register: int
    rows: dict[str, dict[str, int]]
    changed: dict[str, int]
    spoiled: dict[str, dict[str, int]]
    vices: dict[str, int]


@dataclass(slots=True)
class _Counts:
    rescues: int = 0
    everybody: set[int] = field(default_factory=set)
    registered: set[int] = field(default_factory=set)
    rows: dict[str, Counter[str]] = field(default_factory=lambda: {"1": Counter(), "2": Counter()})
    changed: Counter[str] = field(default_factory=Counter)
    spoiled: dict[str, Counter[str]] = field(default_factory=lambda: {"1": Counter(), "2": Counter()})
    vices: Counter[str] = field(default_factory=Counter)


def build(folder: Path, *, people: int, seed: int, today: date) -> WorldSummary:
    """Write ``exports/1``, ``exports/2``, ``truth.csv`` and ``world.json`` under a folder; same arguments, same bytes.

    ``people`` counts the distinct human beings of the world, whether any register knows them or not.
    """
    days = {"1": today - BETWEEN_EXTRACTIONS, "2": today}
    writers = {turn: files.open_writers(folder / "exports" / turn, day) for turn, day in days.items()}
    counts = _Counts()
    with (folder / "truth.csv").open("w", encoding="utf-8", newline="") as handle:
        truth = csv.writer(handle, lineterminator="\n")
        truth.writerow(("source", "key", "person"))
        books = book.registers(seed)
        for case in book.cases(people, seed, today):
            _write_case(case, books, days, writers, truth, counts)
    for group in writers.values():
        for writer in group.values():
            writer.close()
    summary = _summary(people, seed, days, counts)
    text = json.dumps(asdict(summary), ensure_ascii=False, indent=2)
    (folder / "world.json").write_text(text + "\n", encoding="utf-8")
    return summary


def _write_case(
    case: Case,
    books: tuple[Register, ...],
    days: dict[str, date],
    writers: dict[str, dict[str, files.Writer]],
    truth: Any,
    counts: _Counts,
) -> None:
    counts.rescues += 1
    counts.everybody.update(person.number for person in case.rescue.members)
    for register in books:
        for entry in register.entries(case):
            if entry.registered_on <= days["2"]:
                _write_entry(entry, register, days, writers, counts)
                if entry.spoiled != MISSING_KEY:
                    truth.writerow((entry.source, entry.key_text, entry.person.number))


def _write_entry(
    entry: Entry,
    register: Register,
    days: dict[str, date],
    writers: dict[str, dict[str, files.Writer]],
    counts: _Counts,
) -> None:
    rows = {
        turn: register.row(entry, day, latest=turn == "2") for turn, day in days.items() if entry.registered_on <= day
    }
    for turn, row in rows.items():
        writers[turn][entry.source].write(row)
        counts.rows[turn][entry.source] += 1
        if entry.spoiled and entry.is_spoiled(entry.spoiled, latest=turn == "2"):
            counts.spoiled[turn][entry.spoiled] += 1
    counts.registered.add(entry.person.number)
    counts.changed[entry.source] += "1" in rows and rows["1"] != rows["2"]
    counts.vices.update(entry.typed.vices)


def _summary(people: int, seed: int, days: dict[str, date], counts: _Counts) -> WorldSummary:
    return WorldSummary(
        seed=seed,
        people=people,
        today=days["2"].isoformat(),
        extractions={turn: day.isoformat() for turn, day in days.items()},
        rescues=counts.rescues,
        people_in_no_register=len(counts.everybody - counts.registered),
        rows={turn: _sorted(counter) for turn, counter in counts.rows.items()},
        changed=_sorted(counts.changed),
        spoiled={turn: _sorted(counter) for turn, counter in counts.spoiled.items()},
        vices=_sorted(counts.vices),
    )


def _sorted(counter: Counter[str]) -> dict[str, int]:
    return dict(sorted(counter.items()))
