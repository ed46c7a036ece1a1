"""One record as it may be handed over, as columns of a file and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from amparo.engines.linkage.encoded.facts import PLACES

LABEL_COLUMN = "c_version"
_SETS = {
    "c_trios": "trios",
    "c_edades": "ages",
    "c_origen": "origins",
    "c_hecho": "events",
    "c_hecho_cerca": "near_events",
}
COLUMNS = (
    "record_id",
    "institucion",
    "fecha_registro",
    LABEL_COLUMN,
    "c_nombre",
    "c_documento",
    "c_nacimiento",
    *_SETS,
)
"""The columns of an encoded file, in their order."""

BITS = 1024
TOKEN_DIGITS = 16
_TOKEN = re.compile(rf"[0-9a-f]{{{TOKEN_DIGITS}}}")
_KEY = re.compile(rf"[0-9a-f]{{{BITS // 4}}}")
_LABEL = re.compile(r"amparo-clk-\d+\.[0-9a-f]{16}\.[0-9a-f]{16}")


class NotAnEncoding(ValueError):
    """A column does not hold what ``amparo encode`` writes there; the message is the name of the column."""


class NotComparable(ValueError):
    """Encodings that say nothing of one another; ``what`` differs: ``version``, ``parameters`` or ``secret``."""

    def __init__(self, what: str, label: str, other: str) -> None:
        super().__init__(what)
        self.what, self.label, self.other = what, label, other


@dataclass(frozen=True, slots=True)
class Encoding:
    """One record. ``name`` is None, and text and sets are empty, where the record does not tell."""

    record_id: str
    institution: str
    registered_on: str
    label: str
    name: int | None
    document: str
    born: str
    trios: frozenset[str]
    ages: frozenset[str]
    origins: frozenset[str]
    events: frozenset[str]
    near_events: frozenset[str]

    @property
    def is_silent(self) -> bool:
        """Whether nothing is told by which the record could be found to be anybody's."""
        return self.name is None and not self.document and not self.born

    def row(self) -> dict[str, str]:
        """The record as columns of a file. What is told has one length, whatever it is."""
        return {
            "record_id": self.record_id,
            "institucion": self.institution,
            "fecha_registro": self.registered_on,
            LABEL_COLUMN: self.label,
            "c_nombre": "" if self.name is None else f"{self.name:0{BITS // 4}x}",
            "c_documento": self.document,
            "c_nacimiento": self.born,
            **{column: " ".join(sorted(getattr(self, kind))) for column, kind in _SETS.items()},
        }


def read(row: Mapping[str, str]) -> Encoding:
    """A row of an encoded file. :class:`NotAnEncoding` where it is cut or holds anything else."""
    told = {column: row.get(column, "").strip() for column in COLUMNS}
    _check(_LABEL, told, LABEL_COLUMN, needed=True)
    for column, form in (("c_nombre", _KEY), ("c_documento", _TOKEN), ("c_nacimiento", _TOKEN)):
        _check(form, told, column)
    return Encoding(
        record_id=told["record_id"],
        institution=told["institucion"],
        registered_on=told["fecha_registro"],
        label=told[LABEL_COLUMN],
        name=int(told["c_nombre"], 16) if told["c_nombre"] else None,
        document=told["c_documento"],
        born=told["c_nacimiento"],
        **{kind: _tokens(told, column, PLACES[kind]) for column, kind in _SETS.items()},
    )


def _check(form: re.Pattern[str], told: Mapping[str, str], column: str, *, needed: bool = False) -> None:
    if (told[column] or needed) and not form.fullmatch(told[column]):
        raise NotAnEncoding(column)


def _tokens(told: Mapping[str, str], column: str, places: int) -> frozenset[str]:
    tokens = frozenset(told[column].split())
    if tokens and (len(tokens) != places or not all(map(_TOKEN.fullmatch, tokens))):
        raise NotAnEncoding(column)
    return tokens


def together(labels: Iterable[str]) -> None:
    """Refuse labels that are not all one: such encodings look different even for one person."""
    first = None
    for label in labels:
        first = first or label
        if label != first:
            kinds = ("version", "parameters", "secret")
            differ = [kind for kind, a, b in zip(kinds, first.split("."), label.split("."), strict=True) if a != b]
            raise NotComparable(differ[0], first, label)
