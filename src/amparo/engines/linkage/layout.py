"""Records of another country or another source, declared in a few lines.

A :class:`Layout` says which columns are what the engine already compares (names, birth, sex, a document: the columns
of :mod:`amparo.engines.linkage.plain`) and which others it should compare beside them, as :class:`Piece`: an
identifier, a text, a code. :mod:`amparo.engines.linkage.declared` learns what each is worth from the records
themselves. Nothing here is used where no layout is given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from amparo.engines.linkage import gate, plain
from amparo.engines.linkage.fields import Fields

_WORD = re.compile(r"[^\W_]+")


class Kind(Enum):
    """How the values of a column are compared."""

    NUMBER = "number"  # an identifier or a number that is typed digit by digit
    TEXT = "text"  # words, such as a street or a suburb
    CODE = "code"  # one of a few values, right or wrong


@dataclass(frozen=True, slots=True)
class Piece:
    """One column that is compared beside those that the engine knows."""

    column: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read and compare the rows of one source.

    ``person`` gives for columns of :data:`plain.COLUMNS` the column of the source that holds it; ``record_id`` must
    be among them. ``gates`` are the rules of :data:`gate.RULES` that forbid joining alone: all that speak for two
    people unless said otherwise. ``once_per_institution`` says that no institution writes a person down twice.
    """

    person: Mapping[str, str]
    pieces: Sequence[Piece] = ()
    gates: frozenset[str] = frozenset(gate.RULES) - gate.LACKING
    once_per_institution: bool = False

    def __post_init__(self) -> None:
        unknown = sorted((set(self.person) - set(plain.COLUMNS)) | (self.gates - set(gate.RULES)))
        if unknown or "record_id" not in self.person:
            raise ValueError(f"the layout names what there is not, or no record_id: {', '.join(unknown)}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as read: what the engine knows of it, and the values of the pieces in their order."""

    fields: Fields
    pieces: tuple[str, ...]


def read(row: Mapping[str, str], layout: Layout) -> Entry:
    """One row. Values that cannot be read are left out; columns that are not there are as good as empty ones."""
    fields, _ = plain.read({ours: row.get(theirs, "") for ours, theirs in layout.person.items()})
    return Entry(fields, tuple(_plain(row.get(piece.column, ""), piece.kind) for piece in layout.pieces))


def _plain(value: str, kind: Kind) -> str:
    """Without accents, signs or capitals that differ; a text keeps its words apart, a number or a code does not."""
    words = _WORD.findall(_without_accents(value).upper())
    return (" " if kind is Kind.TEXT else "").join(words)


def _without_accents(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
