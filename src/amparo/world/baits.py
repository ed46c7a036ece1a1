"""Invented people as one office each would have written them down, for records that nobody has a reason to open."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import islice
from random import Random

from amparo.engines.linkage.fields import Fields
from amparo.kernel.dates import Approx
from amparo.pack.definitions import Office
from amparo.pack.model import Pack
from amparo.registries.actions.baits import Invented
from amparo.registries.happenings import Derived
from amparo.world.persons import Person
from amparo.world.rescues import Rescue, rescues

# So many are drawn for each that is wanted: a department holds a part of the country.
_DRAWN = 12
# Which kinds of offices hold them, and how much of each: as the registers of the world do.
_UNITS = (("pnp", 5), ("fiscalia", 2), ("upe", 2), ("cem", 2))


def invented(count: int, *, seed: int, today: date, pack: Pack) -> Iterator[Invented]:
    """``count`` people, each in one record. The seed is drawn anew each time, so that nobody can tell who they are."""
    rng = Random(seed)  # noqa: S311 (the seed comes from the system's randomness)
    people = ((rescue, person) for rescue in rescues(count, seed, today) for person in rescue.members)
    met: set[int] = set()
    for rescue, person in people:
        if person.number not in met:
            met.add(person.number)
            yield _record(rng, rescue, person, pack)


def near(count: int, departments: Collection[str], *, seed: int, today: date, pack: Pack) -> list[Invented]:
    """``count`` of them that offices of these departments hold, where the invented country has so many."""
    there = (
        each for each in invented(_DRAWN * count, seed=seed, today=today, pack=pack) if each.department in departments
    )
    return list(islice(there, count))


def _record(rng: Random, rescue: Rescue, person: Person, pack: Pack) -> Invented:
    office = _office(rng, rescue.site.department, person.is_child_on(rescue.on), pack)
    return Invented(
        fields=Fields(
            "",
            given=" ".join(person.given),
            surname1=person.surname1,
            surname2=person.surname2,
            alias=person.alias,
            native_name=person.native_name,
            sex=person.sex,
            birth=Approx.exact(person.born),
            doc_type=person.document.kind,
            doc_number=person.document.number,
            nationality=person.nationality,
            origin=person.origin.inei,
            event_on=rescue.on,
            event_place=rescue.site.district.inei,
            institution=office.institution,
            registered_on=rescue.on,
        ),
        source=_source(office.unit, pack),
        institution=office.institution,
        unit=office.unit,
        office=office.code,
        department=next(iter(office.departments), ""),
        registered_on=rescue.on,
        events=(Derived("rescate", "rescate", rescue.on.isoformat(), rescue.site.district.inei),),
    )


def _office(rng: Random, department: str, child: bool, pack: Pack) -> Office:
    units = [(unit, weight) for unit, weight in _UNITS if unit != ("cem" if child else "upe")]
    unit = rng.choices([unit for unit, _ in units], [weight for _, weight in units])[0]
    near = [office for office in pack.offices_of(unit) if department in office.departments]
    return rng.choice(near or pack.offices_of(unit))


def _source(unit: str, pack: Pack) -> str:
    """The source by whose layout an office of this kind writes."""
    for source, layouts in pack.imports.items():
        if any(layout.office and layout.office.unit == unit for layout in layouts):
            return source
    return next(iter(pack.imports))
