"""Finding the header of a table among title rows, and saying whose table it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

# So much of a layout's columns must be found in a header before the file is said to be of that layout.
_RECOGNISED = 0.6
_ENOUGH_COLUMNS = 5


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """A column's name without accents, case, signs or double spaces: ``Nº  de Ficha`` becomes ``NO_DE_FICHA``."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", name.strip()) if not unicodedata.combining(letter)
    )
    kept = "".join(letter if letter.isalnum() or letter in "[]." else " " for letter in plain.upper())
    return "_".join(kept.split())


@dataclass(frozen=True, slots=True)
class Spec:
    """What a reader must know of a layout to find its header: the folded names of its columns."""

    source: str
    # Folded name or alias → the layout's own name.
    names: Mapping[str, str]
    required: frozenset[str]
    columns: int

    @classmethod
    def of(cls, source: str, columns: Iterable[tuple[str, Sequence[str], bool]]) -> Spec:
        """Build from (name, aliases, required) of each column."""
        names: dict[str, str] = {}
        required: set[str] = set()
        count = 0
        for name, aliases, needed in columns:
            count += 1
            for typed in (name, *aliases):
                names.setdefault(fold(typed), name)
            if needed:
                required.add(name)
        return cls(source, names, frozenset(required), count)


@dataclass(frozen=True, slots=True)
class Header:
    """A header found: at each position the layout's name of the column, or an empty text for an unknown one."""

    columns: tuple[str, ...]
    typed: tuple[str, ...]
    # Number of its (last) row, from 1, and how many rows it takes.
    row: int
    height: int
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    twice: tuple[str, ...]

    @property
    def found(self) -> int:
        """How many of the layout's columns it has."""
        return sum(bool(name) for name in self.columns)


def locate(rows: Sequence[Sequence[str]], spec: Spec) -> Header | None:
    """The row, or the two rows one below the other, that name most of the layout's columns; None where none does.

    One row is preferred to two, and an upper one to a lower one, when they find as many.
    """
    best: Header | None = None
    for index, row in enumerate(rows):
        for header in _readings(rows, index, row, spec):
            if header.found and (best is None or header.found > best.found):
                best = header
    return best


def _readings(rows: Sequence[Sequence[str]], index: int, row: Sequence[str], spec: Spec) -> Iterable[Header]:
    yield read(row, spec, row_number=index + 1)
    if index:
        upper = rows[index - 1]
        joined = _join(upper, row, spec)
        yield read(joined, spec, row_number=index + 1, height=2)


def _join(upper: Sequence[str], lower: Sequence[str], spec: Spec) -> list[str]:
    """Two header rows as one: a name above merged cells stands for all of them, and a known name below stands alone."""
    joined: list[str] = []
    above = ""
    for position in range(max(len(upper), len(lower))):
        top = upper[position].strip() if position < len(upper) else ""
        bottom = lower[position].strip() if position < len(lower) else ""
        above = top or above
        both = f"{above} {bottom}"
        joined.append(both if bottom and fold(bottom) not in spec.names and fold(both) in spec.names else bottom or top)
    return joined


def read(cells: Sequence[str], spec: Spec, *, row_number: int, height: int = 1) -> Header:
    """Read one row as a header, whether or not it is one."""
    columns: list[str] = []
    seen: set[str] = set()
    unknown: list[str] = []
    twice: list[str] = []
    for cell in cells:
        name = spec.names.get(fold(cell), "")
        if name in seen:
            twice.append(name)
            name = ""
        elif name:
            seen.add(name)
        elif cell.strip():
            unknown.append(shown(cell))
        columns.append(name)
    missing = tuple(sorted(spec.required - seen))
    return Header(tuple(columns), tuple(cells), row_number, height, missing, tuple(unknown), tuple(twice))


def shown(cell: str) -> str:
    """A name of a column as it can be stored and shown anywhere: visible characters, not too many."""
    return "".join(letter if letter.isprintable() else " " for letter in cell).strip()[:80]


def recognise(rows: Sequence[Sequence[str]], specs: Iterable[Spec]) -> tuple[str, float]:
    """The source whose columns the table has most of, and the share found; ``("", 0)`` where none is recognised.

    A file is of a source if it has most of its columns, or at least all that the source requires.
    """
    best, share = "", 0.0
    for spec in specs:
        header = locate(rows, spec)
        found = header.found / spec.columns if header else 0.0
        enough = header is not None and not header.missing and header.found >= _ENOUGH_COLUMNS
        if found > share and (enough or found >= _RECOGNISED):
            best, share = spec.source, found
    return best, share
