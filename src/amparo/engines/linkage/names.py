"""Names as a country writes them: its tables, particles, abbreviations, and names that identify nobody."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from amparo.engines.linkage import fold

# What registries write where a name should be, and what they write before initials.
_UNKNOWN = frozenset(
    """
    NN NO IDENTIFICADO IDENTIFICADA POR IDENTIFICAR DESCONOCIDO DESCONOCIDA SIN NOMBRE NOMBRES APELLIDO APELLIDOS
    DATOS RESERVADO RESERVADA RESERVA PRECISA REGISTRA INDICA
    """.split()  # noqa: SIM905
)
_INITIALS_MARKS = frozenset(
    """
    INICIALES INICIAL MENOR AGRAVIADO AGRAVIADA CLAVE LAS LA EL DE
    """.split()  # noqa: SIM905
)
_NO_NAMES = _UNKNOWN | _INITIALS_MARKS


@dataclass(frozen=True, slots=True)
class Shares:
    """How common one kind of name is among the records a model was trained on.

    ``known`` gives the share of each name common enough to point to nobody, under its :func:`mark` so that no name
    stands in a model; ``rare`` is what any other name is taken to have; ``chance`` the chance that two records drawn
    at random bear the same name.
    """

    known: Mapping[str, float]
    rare: float
    chance: float


def mark(strict_key: str) -> str:
    """What stands for a strict key in a model: a short digest."""
    return hashlib.sha256(strict_key.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, eq=False)
class NameTables:
    """What a country pack knows about names; all keys may be written with or without accents.

    ``nicknames`` gives for a short form the names it may stand for; ``abbreviations`` the one word an abbreviation
    stands for; ``particles`` the words that belong to the surname after them. The two frequency tables give the
    share (0 to 1) of people who bear a name; ``rare_surname`` and ``rare_given`` the share of a name they lack.
    ``surnames_learnt`` and ``given_learnt`` take the place of the frequencies where a model brings them along.
    Two tables are equal only if they are the same object, so that what is derived from one can be kept beside it.
    """

    nicknames: Mapping[str, Sequence[str]] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    particles: frozenset[str] = frozenset()
    surname_frequency: Mapping[str, float] = field(default_factory=dict)
    given_frequency: Mapping[str, float] = field(default_factory=dict)
    rare_surname: float = 0.00005
    rare_given: float = 0.0001
    surnames_learnt: Shares | None = None
    given_learnt: Shares | None = None


class Identity(StrEnum):
    """How much a written name says about who somebody is."""

    NAMED = "named"
    INITIALS = "initials"
    NONE = "none"


class Told(NamedTuple):
    """What the cells of a name tell: who, the letters of its words, and how many words there are."""

    identity: Identity
    initials: str
    words: int


def told(*parts: str) -> Told:
    """What a name tells that stands in these cells.

    ``initials`` are the first letters of its words; where there is one word, all of it.
    """
    cells = [_cell(part) for part in parts]
    spelled = [word for cell in cells for word in cell.spelled]
    letters = spelled[0] if len(spelled) == 1 else "".join([word[0] for word in spelled])
    return Told(_identity(cells, spelled), letters, sum([cell.words for cell in cells]))


def identity(*parts: str) -> Identity:
    """Whether a name is one, only initials (``M.E.Q.``), or none (``NN``, ``POR IDENTIFICAR``, empty)."""
    return told(*parts).identity


class _Cell(NamedTuple):
    """How many words a cell has, which of them are spelled out of a name, and whether it announces initials."""

    words: int
    spelled: tuple[str, ...]
    announces: bool


@lru_cache(maxsize=1 << 16)
def _cell(text: str) -> _Cell:
    words = fold.words(text)
    spelled = tuple(word for word in words if word not in _NO_NAMES)
    return _Cell(len(words), spelled, any(word.startswith("INICIAL") for word in words))


def _identity(cells: Sequence[_Cell], spelled: Sequence[str]) -> Identity:
    if set(spelled) <= {"N"}:
        return Identity.NONE
    if max(map(len, spelled)) == 1 or (len(spelled) == 1 and _are_run_together(cells, spelled[0])):
        return Identity.INITIALS
    return Identity.NAMED


def _are_run_together(cells: Sequence[_Cell], word: str) -> bool:
    """Initials written as one word after the word that announces them: ``INICIALES MEQ``."""
    return len(word) <= 5 and any(cell.announces for cell in cells)


def expanded(text: str, tables: NameTables) -> tuple[str, ...]:
    """The words of a name with abbreviations written out (class 19) and placeholders left out."""
    found: list[str] = []
    for word in fold.words(text):
        full = tables.abbreviations.get(word) or tables.abbreviations.get(word + ".") or word
        found.extend(fold.words(full))
    return tuple(found)


def units(text: str, tables: NameTables) -> tuple[tuple[str, ...], ...]:
    """The words of a name grouped so that particles stay with the word after them: ``DE LA CRUZ`` is one unit."""
    found: list[tuple[str, ...]] = []
    waiting: list[str] = []
    for word in expanded(text, tables):
        waiting.append(word)
        if word not in tables.particles:
            found.append(tuple(waiting))
            waiting = []
    if waiting:
        found.append(tuple(waiting))
    return tuple(found)


def split_full_name(text: str, tables: NameTables) -> tuple[str, str, str]:
    """Split a name written in one cell into given names, first and second surname.

    A comma parts surnames from given names (``QUISPE DE LA CRUZ, MARIA ELENA``). Without one, the tables of
    frequency tell which end holds the given names; where they cannot, surnames are taken to come first, as
    registries write them. What identifies nobody comes back as given name, untouched.
    """
    if identity(text) is not Identity.NAMED:
        return text.strip(), "", ""
    before, comma, after = text.partition(",")
    if comma and after.strip():
        surnames = [" ".join(unit) for unit in units(before, tables)]
        return " ".join(expanded(after, tables)), *_two(surnames)
    parts = list(units(text, tables))
    if _starts_with_given(parts, tables):
        cut = len(parts) - _surname_count(parts[::-1], tables)
        given, surnames = parts[:cut], [" ".join(unit) for unit in parts[cut:]]
    else:
        cut = _surname_count(parts, tables)
        given, surnames = parts[cut:], [" ".join(unit) for unit in parts[:cut]]
    return " ".join(word for unit in given for word in unit), *_two(surnames)


def _two(surnames: Sequence[str]) -> tuple[str, str]:
    return (surnames[0] if surnames else "", " ".join(surnames[1:]))


def _surname_count(parts: Sequence[tuple[str, ...]], tables: NameTables) -> int:
    """How many units, counted from the end that holds the surnames, are surnames."""
    if len(parts) <= 2:
        return len(parts) - 1
    if len(parts) == 3:
        return 1 if _given_leaning(parts[1], tables) > 0 else 2
    return 2


def _starts_with_given(parts: Sequence[tuple[str, ...]], tables: NameTables) -> bool:
    return len(parts) > 1 and _given_leaning(parts[0], tables) > _given_leaning(parts[-1], tables)


def _given_leaning(unit: tuple[str, ...], tables: NameTables) -> float:
    """Bits by which a unit is rather a given name than a surname; 0 where the tables know neither."""
    word = unit[-1]
    as_given = tables.given_frequency.get(word, 0.0) or (tables.rare_given * 4 if word in tables.nicknames else 0.0)
    as_surname = tables.surname_frequency.get(word, 0.0)
    floor = min(tables.rare_given, tables.rare_surname)
    return math.log2((as_given + floor) / (as_surname + floor))
