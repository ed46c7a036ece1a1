"""Those whom a registry takes for one another: siblings, twins, mothers and daughters, and strangers of one name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from amparo.world import dni, names, places
from amparo.world.draw import chance
from amparo.world.persons import DNI, Document, Guardian, Person, draw_birth, draw_person, national_document

A_GENERATION = 6575
"""Days, 18 years: the least between a mother's birth and her daughter's."""


def _relative(rng: Random, person: Person, number: int, born: date, given: tuple[str, ...], sex: str) -> Person:
    native = names.draw_native(rng, person.cluster, sex) if person.native_name else ""
    return replace(
        person, number=number, born=born, given=given, sex=sex, native_name=native, alias="", false_document=None
    )


def sibling(rng: Random, person: Person, number: int, on: date, numbers: dni.Numbers) -> Person:
    """A brother or sister one to six years apart, never born after the rescue nor under six years old."""
    sex = person.sex if chance(rng, 0.75) else "M"
    apart = timedelta(days=rng.randrange(400, 2200))
    born = person.born + apart if person.age_on(on) > 13 and chance(rng, 0.5) else person.born - apart
    other = _relative(rng, person, number, born, _other_given(rng, person, sex, born.year), sex)
    return replace(other, document=_own_document(rng, other, numbers))


def twin(rng: Random, person: Person, number: int, numbers: dni.Numbers) -> Person:
    """A twin: same birth, same surnames, often the same first name, and the next number of document."""
    shared = person.given[0] if chance(rng, 0.35) else ""
    given = names.draw_given(rng, person.sex, person.born.year, like=shared)
    while given == person.given:
        given = names.draw_given(rng, person.sex, person.born.year, like=shared)
    document = person.document
    if document.kind == DNI:
        document = Document(DNI, numbers.next_to(document.number))
    elif document.number:
        document = replace(document, number=_next_number(document.number))
    return replace(_relative(rng, person, number, person.born, given, person.sex), document=document)


def _next_number(number: str) -> str:
    """The number after this one, whatever letters stand before its digits: twins are entered one after the other."""
    letters = number.rstrip("0123456789")
    digits = number[len(letters) :]
    return f"{letters}{int(digits) + 1:0{len(digits)}d}"


def daughter(rng: Random, mother: Person, number: int, on: date, numbers: dni.Numbers) -> Person | None:
    """A daughter rescued with her mother, now and then with her first name; None if the mother is too young."""
    latest = on - timedelta(days=6 * 365)
    if mother.sex != "F" or mother.born + timedelta(days=A_GENERATION) >= latest:
        return None
    span = (latest - mother.born).days - A_GENERATION
    born = mother.born + timedelta(days=A_GENERATION + rng.randrange(span))
    given = names.draw_given(rng, "F", born.year, like=mother.given[0] if chance(rng, 0.15) else "")
    child = _relative(rng, mother, number, born, given, "F")
    father = names.draw_surname(rng, mother.cluster) if chance(rng, 0.9) else mother.surname1
    child = replace(child, surname1=father, surname2=mother.surname1 if father != mother.surname1 else mother.surname2)
    own_number = mother.document.number if mother.document.kind == DNI else ""
    full_name = " ".join((*mother.given, mother.surname1, mother.surname2)).strip()
    guardian = Guardian(full_name, own_number) if child.is_child_on(on) else None
    return replace(child, document=_own_document(rng, child, numbers), guardian=guardian)


def namesake(rng: Random, of: Person, number: int, site: places.Site, on: date, numbers: dni.Numbers) -> Person:
    """A stranger with the same full name, the same sex and about the same age, from somewhere else."""
    stranger = draw_person(rng, number, site, on, numbers)
    born = of.born + timedelta(days=rng.randrange(-700, 700))
    youngest = on - timedelta(days=6 * 365)
    born = born if born < youngest else draw_birth(rng, on)
    stranger = replace(
        stranger, given=of.given, surname1=of.surname1, surname2=of.surname2, sex=of.sex, born=born, native_name=""
    )
    if stranger.document.kind != DNI:
        return stranger
    return replace(stranger, document=Document(DNI, numbers.draw(rng, born.year)))


def _other_given(rng: Random, person: Person, sex: str, born: int) -> tuple[str, ...]:
    given = names.draw_given(rng, sex, born)
    while given[0] == person.given[0]:
        given = names.draw_given(rng, sex, born)
    return given


def _own_document(rng: Random, person: Person, numbers: dni.Numbers) -> Document:
    if person.nationality == "PER":
        return national_document(rng, person.born.year, numbers)
    if not person.document.number:
        return person.document
    return replace(person.document, number=person.document.number[:2] + f"{rng.randrange(10**6, 10**7)}")
