"""Prepared records as columns of numbers, for what is asked of millions of pairs at once.

A column holds for each record a number; equal numbers stand for equal values and 0 for silence. Columns do not
replace :class:`prepare.Prepared`: they tell cheaply which pairs are worth comparing (:mod:`bounds`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from amparo.engines.linkage.documents import Document
from amparo.engines.linkage.names import Identity
from amparo.engines.linkage.prepare import Prepared
from amparo.engines.linkage.vocabulary import Likeness, Numbers, Vocabulary

Flags = npt.NDArray[np.bool_]

SURNAMES, GIVEN = 2, 4
LONGEST_NUMBER = 12


@dataclass(frozen=True, slots=True)
class Names:
    """Numbers of names, one column per position. ``many`` counts the names of each record in all."""

    named: Flags
    surnames: tuple[Numbers, ...]
    given: tuple[Numbers, ...]
    rarity: npt.NDArray[np.float64]
    likeness: Likeness

    @property
    def all(self) -> tuple[Numbers, ...]:
        """Surnames and given names."""
        return (*self.surnames, *self.given)


@dataclass(frozen=True, slots=True)
class Births:
    """Intervals of births, and their days where they are known; ``year`` is 0 where they are not."""

    told: Flags
    earliest: Numbers
    latest: Numbers
    year: Numbers
    month: Numbers
    day: Numbers


@dataclass(frozen=True, slots=True)
class Documents:
    """Numbers of documents: one for equal ones, their letters one by one, and how many these are.

    ``kind`` is 0 where a number is not valid or of an unknown kind.
    """

    number: Numbers
    kind: Numbers
    letters: npt.NDArray[np.uint8]
    length: Numbers


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns. ``origin`` and ``place`` are codes of the district, the province and the department."""

    names: Names
    births: Births
    documents: Documents
    sex: Numbers
    nationality: Numbers
    origin: tuple[Numbers, Numbers, Numbers]
    event_day: Numbers
    place: tuple[Numbers, Numbers, Numbers]
    has_personal_reference: Flags
    has_case_reference: Flags
    has_alias: Flags
    has_native: Flags


def columns(records: Sequence[Prepared]) -> Columns:
    """The columns of these records, in their order."""
    return Columns(
        names=_names(records),
        births=_births(records),
        documents=_documents([record.document for record in records]),
        sex=_numbered(record.fields.sex for record in records),
        nationality=_numbered(record.fields.nationality for record in records),
        origin=_district([record.fields.origin for record in records]),
        event_day=np.array([record.event_day or 0 for record in records], dtype=np.int32),
        place=_district([record.fields.event_place for record in records]),
        has_personal_reference=_flags(record.personal_refs for record in records),
        has_case_reference=_flags(record.case_refs for record in records),
        has_alias=_flags(record.alias for record in records),
        has_native=_flags(record.native for record in records),
    )


def _names(records: Sequence[Prepared]) -> Names:
    known = Vocabulary()
    surnames, given = (
        tuple(
            np.array([known.number(parts[place]) if len(parts) > place else 0 for parts in told], dtype=np.int32)
            for place in range(most)
        )
        for told, most in (
            ([record.surnames for record in records], SURNAMES),
            ([record.given for record in records], GIVEN),
        )
    )
    named = _flags(record.identity is Identity.NAMED for record in records)
    return Names(named, surnames, given, known.rarities(), known.likeness())


def _births(records: Sequence[Prepared]) -> Births:
    births = [record.birth for record in records]
    days: list[date | None] = [None if birth is None or birth.invented else birth.day for birth in births]
    return Births(
        told=_flags(birth is not None for birth in births),
        earliest=np.array([birth.earliest if birth else 0 for birth in births], dtype=np.int32),
        latest=np.array([birth.latest if birth else 0 for birth in births], dtype=np.int32),
        year=np.array([day.year if day else 0 for day in days], dtype=np.int32),
        month=np.array([day.month if day else 0 for day in days], dtype=np.int32),
        day=np.array([day.day if day else 0 for day in days], dtype=np.int32),
    )


def _documents(told: Sequence[Document | None]) -> Documents:
    numbers = [document.number if document else "" for document in told]
    padded = np.array([number.encode()[:LONGEST_NUMBER] for number in numbers], dtype=f"S{LONGEST_NUMBER}")
    return Documents(
        number=_numbered(numbers),
        kind=_numbered(each.kind if each and each.valid and each.kind != "?" else "" for each in told),
        letters=padded.view(np.uint8).reshape(len(numbers), LONGEST_NUMBER),
        length=np.array([len(number) for number in numbers], dtype=np.int32),
    )


def _district(codes: Sequence[str]) -> tuple[Numbers, Numbers, Numbers]:
    """Numbers of the code's first six, four and two digits."""
    district, province, department = (_numbered(code[:length] for code in codes) for length in (6, 4, 2))
    return district, province, department


def _numbered(values: Iterable[Hashable]) -> Numbers:
    """A number for each different value; 0 for an empty one."""
    known: dict[Hashable, int] = {}
    return np.array([known.setdefault(value, len(known) + 1) if value else 0 for value in values], dtype=np.int32)


def _flags(values: Iterable[object]) -> Flags:
    return np.array([bool(value) for value in values], dtype=np.bool_)
