"""Places of a country: districts under every system of codes that its institutions use, and what lies inside them.

The same six digits may mean two places, one in each system; a bare code is therefore never enough. Inside Amparo a
place is its code in the pack's first system, or the pack's own code for a place smaller than a district.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

_NOT_LETTER_OR_DIGIT = re.compile(r"[^A-Z0-9]+")


@dataclass(frozen=True, slots=True)
class District:
    """A district: its code in every system that has one, its names, where its capital is and how many live there."""

    code: str
    codes: Mapping[str, str]
    department: str
    province: str
    name: str
    capital: str = ""
    also: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    verified: bool = True
    source: str = ""
    line: int = 0

    @property
    def department_code(self) -> str:
        """The first two digits of its own code."""
        return self.code[:2]

    @property
    def full_name(self) -> str:
        """District, province and department, as one reads them out."""
        return f"{self.name}, {self.province}, {self.department}"


@dataclass(frozen=True, slots=True)
class SubPlace:
    """A place smaller than a district, or across some: a mining strip, a port, a settlement.

    ``district`` is where it is counted; ``also_in`` are other districts that it reaches.
    """

    code: str
    name: str
    district: str
    kind: str
    also: tuple[str, ...] = ()
    also_in: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    verified: bool = True
    source: str = ""
    line: int = 0


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """A name as capitals without accents or signs, words apart by one blank: ``Iñapari`` is ``INAPARI``."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NOT_LETTER_OR_DIGIT.sub(" ", plain.upper()).strip()


@dataclass(slots=True)
class Places:
    """All places of a pack. Lookup by code is exact and names its system; search by name returns every homonym."""

    systems: tuple[str, ...]
    districts: Mapping[str, District]
    sub_places: Mapping[str, SubPlace]
    _by_system: dict[str, dict[str, District]] = field(init=False)
    _by_name: dict[str, list[District]] = field(init=False, default_factory=dict)
    _sub_by_name: dict[str, list[SubPlace]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_system = {
            system: {d.codes[system]: d for d in self.districts.values() if system in d.codes}
            for system in self.systems
        }

    def by_code(self, code: str, system: str | None = None) -> District | None:
        """The district of a code in a system; the first system of the pack where none is named."""
        return self._by_system[system or self.systems[0]].get(code)

    def get(self, code: str) -> District | SubPlace | None:
        """The district or smaller place of one of the pack's own codes."""
        return self.districts.get(code) or self.sub_places.get(code)

    def district_of(self, code: str) -> District | None:
        """The district of one of the pack's own codes, which may be that of a smaller place."""
        sub_place = self.sub_places.get(code)
        return self.districts.get(sub_place.district if sub_place else code)

    def label(self, code: str) -> str:
        """A place as one reads it out; an unknown code reads as itself."""
        place = self.get(code)
        if isinstance(place, SubPlace):
            district = self.districts.get(place.district)
            return f"{place.name} ({district.full_name})" if district else place.name
        return place.full_name if place else code

    def meanings(self, code: str) -> dict[str, District]:
        """What a bare code means in each system that knows it."""
        return {system: found for system in self.systems if (found := self._by_system[system].get(code))}

    def is_ambiguous(self, code: str) -> bool:
        """Whether a bare code means different districts in different systems."""
        return len({found.code for found in self.meanings(code).values()}) > 1

    def departments(self) -> dict[str, str]:
        """Name of each department by its two digits in the first system."""
        return {district.department_code: district.department for district in self.districts.values()}

    def search(self, name: str, *, department: str = "", province: str = "") -> list[District]:
        """Every district with this name, capital or byname, whatever its accents and capitals; own names come first.

        ``department`` is a name or the two digits of one; with ``province`` it tells homonyms apart. Several answers
        mean that the name alone does not say which.
        """
        self._index()
        found = self._by_name.get(fold(name), [])
        return [district for district in found if _is_in(district, department, province)]

    def resolve(self, name: str, *, department: str = "", province: str = "") -> District | None:
        """The one district that a name means, or None where it means none or several."""
        found = self.search(name, department=department, province=province)
        own = [district for district in found if fold(district.name) == fold(name)] or found
        # A district that was replaced keeps its old code for old files, but its name now means the new one.
        present = [district for district in own if district.valid_to is None] or own
        return present[0] if len(present) == 1 else None

    def mentioned(self, text: str, *, within: str = "") -> list[SubPlace]:
        """Smaller places whose name stands as whole words in a free text, the longest name first.

        ``within`` keeps those that lie in, or reach, the department of a district code.
        """
        self._index()
        padded = f" {fold(text)} "
        hits = sorted((name for name in self._sub_by_name if f" {name} " in padded), key=lambda n: (-len(n), n))
        found = [place for name in hits for place in self._sub_by_name[name]]
        unique = {place.code: place for place in found if not within or self._touches(place, within[:2])}
        return list(unique.values())

    def likely_system(self, samples: Iterable[tuple[str, str]]) -> str | None:
        """Which system a file uses, from pairs of code and written name (district, province or department).

        None where no pair, or as many pairs for one system as for another, tell.
        """
        votes = dict.fromkeys(self.systems, 0)
        for code, name in samples:
            for system, district in self.meanings(code).items():
                votes[system] += fold(name) in map(fold, (district.name, district.province, district.department))
        ranked = sorted(votes.values(), reverse=True)
        if not ranked[0] or (len(ranked) > 1 and ranked[0] == ranked[1]):
            return None
        return max(votes, key=lambda system: votes[system])

    def _touches(self, place: SubPlace, department: str) -> bool:
        return any(code[:2] == department for code in (place.district, *place.also_in))

    def _index(self) -> None:
        """Fold names on the first search only: loading a pack for other work need not pay for it."""
        if self._by_name:
            return
        by_name: dict[str, list[District]] = defaultdict(list)
        for district in self.districts.values():
            by_name[fold(district.name)].append(district)
        for district in self.districts.values():
            for name in filter(None, map(fold, (district.capital, *district.also))):
                if district not in by_name[name]:
                    by_name[name].append(district)
        sub_by_name: dict[str, list[SubPlace]] = defaultdict(list)
        for place in self.sub_places.values():
            for name in dict.fromkeys(map(fold, (place.name, *place.also))):
                sub_by_name[name].append(place)
        self._sub_by_name = dict(sub_by_name)
        self._by_name = dict(by_name)


def _is_in(district: District, department: str, province: str) -> bool:
    named = department in {"", district.department_code} or _same(department, district.department)
    return named and (not province or _same(province, district.province))


def _same(first: str, second: str) -> bool:
    return fold(first) == fold(second)
