"""From a rescue to the journeys of its people: who took her case up, who was told, and who lost her.

The rates of overlap between institutions are invented around what is published: about three quarters reach the
police's register and two thirds a prosecutor's, but not the same ones; six in ten children reach a UPE, a third of
the adults a CEM, one in eight the CALP. Some reach nobody's register at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from amparo.kernel.dates import add_years
from amparo.world import places
from amparo.world.draw import Deck, chance
from amparo.world.journeys import accompaniment, justice, protection
from amparo.world.journeys.story import (
    Accompaniment,
    ChildProtection,
    Journey,
    Police,
    Prosecution,
    Recruitment,
    WomensCentre,
    later,
)
from amparo.world.persons import Person
from amparo.world.rescues import Rescue
from amparo.world.seeds import stream

_MODALITIES = Deck((
    ("OT", 42), ("AE", 8), ("PAD", 4), ("CON", 15), ("ENT", 3), ("AME", 2), ("ENA", 6), ("RED", 10), ("AVI", 4),
    ("DEU", 5), ("FUE", 2), ("FIE", 3), ("NI", 8),
))  # fmt: skip
_TWICE = 0.04
_CALP_REGIONS = frozenset({"Loreto", "Madre de Dios", "Cusco", "Lima"})


def journeys(rescue: Rescue, seed: int) -> Iterator[Journey]:
    """What happened to each person of a rescue."""
    shared = stream(seed, "route", rescue.number)
    modality = _MODALITIES.draw(shared)
    for person in rescue.members:
        yield _journey(stream(seed, "journey", rescue.number, person.number), rescue, person, modality)


def _journey(rng: Random, rescue: Rescue, person: Person, modality: str) -> Journey:
    police = _police(rng, rescue, person)
    prosecution = _prosecution(rng, rescue, person, police)
    child = person.is_child_on(rescue.on)
    upe = _child_protection(rng, rescue, person) if child else ()
    return Journey(
        person=person,
        rescue=rescue,
        recruitment=_recruitment(rng, rescue, person, modality),
        police=police,
        prosecution=prosecution,
        child_protection=upe,
        womens_centre=_womens_centre(rng, rescue, person, prosecution, upe),
        accompaniment=_accompaniment(rng, rescue, child=child),
    )


def _recruitment(rng: Random, rescue: Rescue, person: Person, modality: str) -> Recruitment:
    district = person.origin if chance(rng, 0.7) else places.capital_of(person.origin)
    purposes = [rescue.site.purposes.draw(rng)]
    if chance(rng, 0.07):
        purposes.append(rescue.site.purposes.draw(rng))
    if chance(rng, 0.05):
        purposes = ["NI"]
    own = modality if chance(rng, 0.7) else _MODALITIES.draw(rng)
    on = rescue.on - timedelta(days=rng.randrange(4, 400))
    return Recruitment(own, district, on, tuple(dict.fromkeys(purposes)))


def _police(rng: Random, rescue: Rescue, person: Person) -> tuple[Police, ...]:
    if not chance(rng, 0.75):
        return ()
    first = justice.police(rng, rescue, person)
    return (first, justice.second_police(rng, first)) if chance(rng, _TWICE) else (first,)


def _prosecution(rng: Random, rescue: Rescue, person: Person, police: tuple[Police, ...]) -> tuple[Prosecution, ...]:
    told = police[0].told_prosecutor_on if police else None
    if not chance(rng, 0.80 if told else 0.32):
        return ()
    first = justice.prosecution(rng, rescue, person, told)
    return (first, justice.second_prosecution(rng, first)) if chance(rng, _TWICE) else (first,)


def _child_protection(rng: Random, rescue: Rescue, person: Person) -> tuple[ChildProtection, ...]:
    if not chance(rng, 0.60):
        return ()
    first = protection.child_protection(rng, rescue, person)
    return (first, protection.second_child_protection(rng, first)) if chance(rng, _TWICE) else (first,)


def _womens_centre(
    rng: Random,
    rescue: Rescue,
    person: Person,
    prosecution: tuple[Prosecution, ...],
    upe: tuple[ChildProtection, ...],
) -> tuple[WomensCentre, ...]:
    if upe and upe[0].left_because == "mayoria" and chance(rng, 0.4):
        of_age = add_years(person.born, 18)
        return (protection.womens_centre(rng, later(rng, of_age, 0, 60), referred_by="upe"),)
    refused = bool(prosecution) and prosecution[0].udavit == "rechaza"
    if not chance(rng, _reach_of_cem(person, rescue, refused=refused)):
        return ()
    soon = chance(rng, 0.6)
    opened = later(rng, rescue.on, 0, 15) if soon else later(rng, rescue.on, 16, 150)
    first = protection.womens_centre(rng, opened, referred_by="mp" if refused and chance(rng, 0.5) else "")
    if not chance(rng, _TWICE * 1.5):
        return (first,)
    return first, protection.womens_centre(rng, later(rng, opened, 30, 300), condition=rng.choice((2, 3, 5)))


def _reach_of_cem(person: Person, rescue: Rescue, *, refused: bool) -> float:
    if person.is_child_on(rescue.on):
        return 0.04
    if person.sex == "M":
        return 0.08
    return 0.55 if refused else 0.38


def _accompaniment(rng: Random, rescue: Rescue, *, child: bool) -> tuple[Accompaniment, ...]:
    if not chance(rng, 0.14 if rescue.site.department in _CALP_REGIONS else 0.05):
        return ()
    first = accompaniment.accompaniment(rng, rescue.on, child=child)
    if not chance(rng, _TWICE):
        return (first,)
    return first, accompaniment.accompaniment(rng, later(rng, first.opened_on, 20, 200), child=child)
