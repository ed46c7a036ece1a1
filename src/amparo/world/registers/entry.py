"""What the registers share: an entry, the numbering of files, a case's references, the rows spoiled on purpose."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any, ClassVar

from amparo.world import misspell
from amparo.world.draw import chance
from amparo.world.habits import Habits
from amparo.world.journeys.story import Journey
from amparo.world.persons import Person
from amparo.world.rescues import Rescue
from amparo.world.seeds import stream
from amparo.world.typed import Typed, correct, type_identity

KEY_SEPARATOR = "|"
"""Joins the parts of a key in the truth; no part contains it."""

_AGE_AT_THE_FACTS = frozenset({"pnp-reta", "mp"})

Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of one register: who it is on in truth, and what of it changes between extractions."""

    source: str
    key: tuple[str, ...]
    registered_on: date
    journey: Journey
    story: Any
    earlier: Typed
    typed: Typed
    details: Mapping[str, str]
    guardian_doc: str = ""
    references: frozenset[str] = frozenset()
    spoiled: str = ""

    @property
    def key_text(self) -> str:
        """The key as the truth writes it and an import folds it: capitals without accents, parts joined by ``|``."""
        return KEY_SEPARATOR.join(misspell.without_accents(part, keep_enye=False).upper() for part in self.key)

    @property
    def person(self) -> Person:
        """Whom the row is on, in truth."""
        return self.journey.person

    @property
    def aged_on(self) -> date:
        """The day on which the row's age was true: that of the facts for police and prosecutors, else of the file."""
        return self.journey.rescue.on if self.source in _AGE_AT_THE_FACTS else self.registered_on

    def identity(self, *, latest: bool) -> Typed:
        """The identity as the later or the earlier extraction shows it."""
        return self.typed if latest else self.earlier

    def is_spoiled(self, how: str, *, latest: bool) -> bool:
        """Whether this extraction shows that fault; clerks have repaired impossible dates by the later one."""
        return self.spoiled == how and not (latest and how == IMPOSSIBLE_DATE)


IMPOSSIBLE_DATE, MISSING_KEY, UNKNOWN_WORD = "impossible_date", "missing_key", "unknown_word"
"""The three faults that make an import set a row aside."""

_FIRST_FAULTS = {11: IMPOSSIBLE_DATE, 23: UNKNOWN_WORD, 37: MISSING_KEY, 58: IMPOSSIBLE_DATE}
_FAULT_EVERY = 450


def fault_of(row: int) -> str:
    """Which fault the so-many-th row of a source has; three or four early ones, then about one in 450."""
    if row in _FIRST_FAULTS:
        return _FIRST_FAULTS[row]
    return (IMPOSSIBLE_DATE, UNKNOWN_WORD, MISSING_KEY)[row // _FAULT_EVERY % 3] if row % _FAULT_EVERY == 0 else ""


@dataclass(slots=True)
class Numbering:
    """Counts files as offices do: one series per office and year, or whatever the key is."""

    _last: dict[tuple[str | int, ...], int] = field(default_factory=dict)

    def next(self, *key: str | int) -> int:
        """The next number of a series, beginning with 1."""
        self._last[key] = self._last.get(key, 0) + 1
        return self._last[key]


@dataclass(frozen=True, slots=True)
class Case:
    """The references that one rescue has with police and prosecution, and that others copy."""

    rescue: Rescue
    journeys: tuple[Journey, ...]
    denuncia: str
    carpeta: str


class Register(ABC):
    """A source: its code, its entries for a case, and a row as it stood on a day. It numbers its files as it goes."""

    source: ClassVar[str]

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._numbers = Numbering()
        self._rows = 0

    @abstractmethod
    def entries(self, case: Case) -> Sequence[Entry]:
        """Every row of this register on the people of a case, in the file's order."""

    @abstractmethod
    def row(self, entry: Entry, on: date, *, latest: bool) -> Any:
        """The row as it stood on the day of an extraction."""

    def _begin(self, journey: Journey, turn: int) -> Random:
        """Begin the next row: the random stream that is its own."""
        self._rows += 1
        return stream(self._seed, self.source, journey.rescue.number, journey.person.number, turn)

    def _fault(self) -> str:
        """Which fault the row that was begun last has."""
        return fault_of(self._rows)


def identities(rng: Random, person: Person, habits: Habits, on: date) -> tuple[Typed, Typed]:
    """How a row's identity read in the earlier extraction, and how it reads in the later one."""
    typed = type_identity(rng, person, habits, on)
    return typed, correct(rng, typed, person) if chance(rng, habits.corrected) else typed


def shown(day: date | None, on: date) -> date | None:
    """A day if it had come by the day of the extraction."""
    return day if day is not None and day <= on else None


def last_shown(days: Sequence[date], on: date) -> date | None:
    """The last of some days that had come by the day of the extraction."""
    return next((day for day in reversed(days) if day <= on), None)


def reference(kind: str, *parts: str) -> str:
    """A reference in the form in which linkage compares it; a carpeta's last part, 0, only says it is the main one."""
    words = re.findall(r"[A-Z0-9]+", misspell.without_accents(" ".join(parts), keep_enye=False).upper())
    if kind == "carpeta" and len(words) == 4 and words[-1] == "0":
        words.pop()
    return f"{kind}:{'-'.join(words)}"
