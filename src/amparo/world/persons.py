"""The invented people: what is true of each of them, whatever a registry may write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from amparo.kernel.dates import completed_years
from amparo.world import dni, names, places
from amparo.world.draw import Deck, chance

DNI, CARD, PASSPORT, PERMIT, CEDULA, BIRTH_RECORD, NONE = "DNI", "CE", "PAS", "PTP", "CIE", "AN", "SD"
"""Kinds of document, by the pack's codes: national, foreigner's card, passport, temporary permit, foreign cédula, birth
record, none."""

_YOUNGEST, _OLDEST = 6, 58
_AGES = Deck(
    [(age, 0.5) for age in range(6, 12)]
    + [(12, 2), (13, 4), (14, 8), (15, 10), (16, 11.5), (17, 10.5)]
    + [(18, 7), (19, 6), (20, 5), (21, 4.5), (22, 4), (23, 3), (24, 3), (25, 2.5), (26, 2), (27, 2), (28, 1.8)]
    + [(age, 1.0) for age in range(29, 37)]
    + [(age, 0.42) for age in range(37, _OLDEST + 1)]
)
_FOREIGN_PAPERS = Deck(((CARD, 12), (PASSPORT, 18), (PERMIT, 16), (CEDULA, 28), (NONE, 26)))
_LANGUAGES = {"quechua": "que", "aimara": "aym", "shipibo": "shp", "awajun": "agr", "ashaninka": "cni"}


@dataclass(frozen=True, slots=True)
class Document:
    """A document: kind and number; ``NONE`` with no number for somebody who has none."""

    kind: str
    number: str = ""


NO_DOCUMENT = Document(NONE)


@dataclass(frozen=True, slots=True)
class Guardian:
    """The adult who answers for a child, by name and DNI."""

    name: str
    dni: str


@dataclass(frozen=True, slots=True)
class Person:
    """One invented human being."""

    number: int
    sex: str
    given: tuple[str, ...]
    surname1: str
    surname2: str
    born: date
    nationality: str
    origin: places.District
    cluster: str
    document: Document
    false_document: Document | None = None
    alias: str = ""
    native_name: str = ""
    language: str = "spa"
    phone: str = ""
    guardian: Guardian | None = None

    def age_on(self, day: date) -> int:
        """Completed years on a day."""
        return completed_years(self.born, day)

    def is_child_on(self, day: date) -> bool:
        """Whether she is under 18 on a day."""
        return self.age_on(day) < 18


def draw_birth(rng: Random, on: date) -> date:
    """The birth of somebody rescued on a day; about 47 in 100 are under 18."""
    age = _AGES.draw(rng)
    return on - timedelta(days=round(age * 365.2425) + rng.randrange(1, 365))


def draw_person(rng: Random, number: int, site: places.Site, on: date, numbers: dni.Numbers) -> Person:
    """Somebody found at a site on a day."""
    origin = places.draw_origin(rng, site)
    foreign = origin in places.BORDER_CROSSINGS
    cluster = names.draw_cluster(rng, origin)
    born = draw_birth(rng, on)
    sex = "F" if chance(rng, 0.86) else "M"
    surname1, surname2 = draw_surnames(rng, cluster, foreign=foreign)
    return Person(
        number=number,
        sex=sex,
        given=names.draw_given(rng, sex, born.year),
        surname1=surname1,
        surname2=surname2,
        born=born,
        nationality=origin if foreign else "PER",
        origin=places.district_in(rng, origin),
        cluster=cluster,
        document=_foreign_document(rng, origin) if foreign else national_document(rng, born.year, numbers),
        false_document=_false_document(rng, born),
        alias=names.ALIASES.draw(rng) if sex == "F" and chance(rng, 0.16) else "",
        native_name=names.draw_native(rng, cluster, sex) if cluster in names.PEOPLES and chance(rng, 0.35) else "",
        language=_LANGUAGES.get(cluster, "spa") if chance(rng, 0.45) else "spa",
        phone=f"9{rng.randrange(10**7, 10**8)}" if chance(rng, 0.55) else "",
        guardian=draw_guardian(rng, surname2, cluster, numbers) if on.year - born.year < 19 else None,
    )


def draw_surnames(rng: Random, cluster: str, *, foreign: bool) -> tuple[str, str]:
    """Father's and mother's surname; some foreigners and children nobody recognised have only one or one twice."""
    first, second = names.draw_surname(rng, cluster), names.draw_surname(rng, cluster)
    if foreign and chance(rng, 0.25):
        return first, ""
    if chance(rng, 0.015):
        return second, ""
    return first, second


def national_document(rng: Random, year_of_birth: int, numbers: dni.Numbers) -> Document:
    """A Peruvian's document: nearly all have a DNI, some only a birth record, some nothing at all."""
    roll = rng.random()
    if roll < 0.93:
        return Document(DNI, numbers.draw(rng, year_of_birth))
    return Document(BIRTH_RECORD, str(rng.randrange(10**5, 10**8))) if roll < 0.96 else NO_DOCUMENT


def _foreign_document(rng: Random, country: str) -> Document:
    kind = _FOREIGN_PAPERS.draw(rng)
    if kind in {CARD, PERMIT}:
        return Document(kind, f"00{rng.randrange(10**6, 10**7)}")
    if kind == PASSPORT:
        return Document(kind, f"{country[0]}{rng.randrange(10**6, 10**8)}")
    return Document(kind, str(rng.randrange(10**7, 3 * 10**7))) if kind == CEDULA else NO_DOCUMENT


def _false_document(rng: Random, born: date) -> Document | None:
    """A paper that makes a girl an adult: a real-looking number of the series of somebody older."""
    if not chance(rng, 0.02):
        return None
    low, high = dni.series(min(born.year - 4, 2002))
    return Document(DNI, f"{rng.randint(low, high):08d}")


def draw_guardian(rng: Random, surname: str, cluster: str, numbers: dni.Numbers) -> Guardian | None:
    """A mother, an aunt or another adult of the family who comes to the institutions; four in ten have nobody."""
    if not chance(rng, 0.6):
        return None
    given = " ".join(names.draw_given(rng, "F", 1978))
    first = surname or names.draw_surname(rng, cluster)
    name = f"{given} {first} {names.draw_surname(rng, cluster)}"
    return Guardian(name, numbers.draw(rng, 1970 + rng.randrange(20)))
