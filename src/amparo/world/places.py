"""Where people come from and where they are found: real districts, real sites, invented events.

District codes are INEI's; the police's own (RENIEC's) stand beside them, because the same six digits mean two
different districts in the two systems. A test holds this table to the pack's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from amparo.world.draw import Deck, deck_of, table

BORDER_CROSSINGS = {"VEN": "240302", "ECU": "240302", "COL": "160403", "BOL": "210402"}
"""The district by which a foreigner of each nationality came in; what registries type as her origin."""


@dataclass(frozen=True, slots=True)
class District:
    """A district of Peru under both code systems."""

    inei: str
    reniec: str
    department: str
    name: str


@dataclass(frozen=True, slots=True)
class Site:
    """A place where people are found in exploitation: what for, how clerks write it, and the nearest offices."""

    code: str
    district: District
    purposes: Deck[str]
    texts: tuple[str, ...]
    station: str
    cem: str

    @property
    def department(self) -> str:
        """The department the site lies in."""
        return self.district.department


@cache
def districts() -> dict[str, District]:
    """Every district of the world by INEI code."""
    return {
        row["inei"]: District(row["inei"], row["reniec"], row["department"], row["name"]) for row in table("districts")
    }


@cache
def sites() -> Deck[Site]:
    """Where rescues happen, weighted by how often."""
    return Deck((_site(row), float(row["weight"])) for row in table("sites"))


def _site(row: dict[str, str]) -> Site:
    return Site(
        code=row["code"],
        district=districts()[row["inei"]],
        purposes=deck_of(row["purposes"]),
        texts=tuple(row["texts"].split("|")),
        station=row["station"],
        cem=row["cem"],
    )


@cache
def _origin_decks() -> dict[str, Deck[str]]:
    by_site: dict[str, list[tuple[str, float]]] = {}
    for row in table("origins"):
        by_site.setdefault(row["site_department"], []).append((row["origin"], float(row["weight"])))
    return {department: Deck(pairs) for department, pairs in by_site.items()}


@cache
def _district_decks() -> dict[str, Deck[District]]:
    by_department: dict[str, list[tuple[District, float]]] = {}
    for row in table("districts"):
        place = districts()[row["inei"]]
        by_department.setdefault(place.department, []).append((place, float(row["weight"])))
    return {department: Deck(pairs) for department, pairs in by_department.items()}


def draw_origin(rng: Random, site: Site) -> str:
    """Where somebody found at a site comes from: a department of Peru, or a country's code."""
    return _origin_decks()[site.department].draw(rng)


def district_in(rng: Random, department: str) -> District:
    """A district of a department, or the border crossing of a country."""
    if department in BORDER_CROSSINGS:
        return districts()[BORDER_CROSSINGS[department]]
    return _district_decks()[department].draw(rng)


def capital_of(district: District) -> District:
    """The first district of the same department: what clerks type when they do not ask further."""
    return districts().get(district.inei[:2] + "0101", district)
