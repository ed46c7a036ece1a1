"""One identity as one clerk typed it: the truth, passed through an institution's habits.

What went wrong is kept beside what was typed, in ``vices``, so that tests can ask for every kind and a demo can show
one of each.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from amparo.kernel.dates import Approx
from amparo.world import misspell, names, places
from amparo.world.draw import chance
from amparo.world.habits import Habits
from amparo.world.persons import BIRTH_RECORD, DNI, NO_DOCUMENT, NONE, Document, Person

NAME, NOBODY, INITIALS = "name", "nobody", "initials"
"""What stands in the name's place: a name, NN, or initials."""


@dataclass(frozen=True, slots=True)
class Typed:
    """An identity as a row holds it, before the row's own format."""

    given: str
    surname1: str
    surname2: str
    form: str
    alias: str
    native_name: str
    sex: str
    birth_date: date | None
    age: int | None
    document: Document
    nationality: str
    origin: places.District | None
    vices: tuple[str, ...]

    def birth(self, on: date, *, margin: int = 0) -> Approx | None:
        """The birth as the row lets one know it; a margin says that its ages are somebody's estimate."""
        if self.birth_date is not None:
            return Approx.exact(self.birth_date)
        return None if self.age is None else Approx.born_at_age(self.age, on, margin=margin, estimated=margin > 0)


def type_identity(rng: Random, person: Person, habits: Habits, on: date) -> Typed:
    """The identity of a person as a clerk with these habits typed it on a day."""
    vices: list[str] = []
    given, surname1, surname2, form = _name(rng, person, habits, vices)
    birth_date, age = _birth(rng, person, habits, on, vices)
    return Typed(
        given=given,
        surname1=surname1,
        surname2=surname2,
        form=form,
        alias=person.alias if chance(rng, 0.6) else "",
        native_name=person.native_name,
        sex=_sex(rng, person, habits, vices),
        birth_date=birth_date,
        age=age,
        document=_document(rng, person, habits, on, vices),
        nationality=person.nationality if chance(rng, 0.97) else "",
        origin=_origin(rng, person, habits),
        vices=tuple(vices),
    )


def correct(rng: Random, typed: Typed, person: Person) -> Typed:
    """The same row after its clerk set something right: the name, or the document that was missing or wrong."""
    if typed.document != person.document and person.document.kind != NONE:
        return replace(typed, document=person.document, vices=(*typed.vices, "document_added"))
    if typed.form == NAME and chance(rng, 0.8):
        upper = typed.given.isupper()
        given, surname1, surname2 = (
            misspell.without_accents(part).upper() if upper else part
            for part in (" ".join(person.given), person.surname1, person.surname2)
        )
        return replace(typed, given=given, surname1=surname1, surname2=surname2, vices=(*typed.vices, "name_corrected"))
    return typed


def _name(rng: Random, person: Person, habits: Habits, vices: list[str]) -> tuple[str, str, str, str]:
    roll = rng.random()
    if roll < habits.nobody:
        vices.append("nobody")
        return "", "", "", NOBODY
    if roll < habits.nobody + habits.initials:
        vices.append("initials")
        return person.given[0][0], person.surname1[0], person.surname2[:1], INITIALS
    if person.alias and roll > 1 - habits.alias_as_name * 5:
        vices.append("alias_as_name")
        return _written(rng, person.alias, habits, vices), "", "", NAME
    given = _given(rng, person, habits, vices)
    first, second = _surnames(rng, person, habits, vices)
    return _written(rng, given, habits, vices), first, second, NAME


def _given(rng: Random, person: Person, habits: Habits, vices: list[str]) -> str:
    given = person.given
    roll = rng.random()
    if person.native_name and roll < 0.10:
        vices.append("native_name_as_given")
        return f"{person.native_name} {given[0]}" if chance(rng, 0.6) else person.native_name
    if len(given) > 1 and roll > 1 - habits.second_name_only:
        vices.append("second_name_only")
        given = given[1:]
    elif len(given) > 1 and roll > 1 - habits.second_name_only - habits.first_name_only:
        vices.append("first_name_only")
        given = given[:1]
    return " ".join(_shortened(rng, given, habits, vices))


def _shortened(rng: Random, given: tuple[str, ...], habits: Habits, vices: list[str]) -> tuple[str, ...]:
    first, *others = given
    if first in misspell.ABBREVIATIONS and others and chance(rng, habits.abbreviated):
        vices.append("abbreviated")
        return (misspell.ABBREVIATIONS[first], *others)
    if first in names.nicknames() and chance(rng, habits.nickname):
        vices.append("nickname")
        return (rng.choice(names.nicknames()[first]),)
    return given


def _surnames(rng: Random, person: Person, habits: Habits, vices: list[str]) -> tuple[str, str]:
    first = _written(rng, _particle(rng, person.surname1, vices), habits, vices)
    second = _written(rng, _particle(rng, person.surname2, vices), habits, vices)
    if second and chance(rng, habits.swapped_surnames):
        vices.append("swapped_surnames")
        return second, first
    if second and chance(rng, habits.no_second_surname):
        vices.append("no_second_surname")
        return first, ""
    return first, second


def _particle(rng: Random, surname: str, vices: list[str]) -> str:
    if " " not in surname or not chance(rng, 0.30):
        return surname
    change, vice = rng.choice((
        (misspell.particle_joined, "particle_joined"),
        (misspell.particle_dropped, "particle_dropped"),
        (misspell.particle_shortened, "particle_dropped"),
    ))  # fmt: skip
    written = change(surname)
    if written != surname:
        vices.append(vice)
    return written


def _written(rng: Random, text: str, habits: Habits, vices: list[str]) -> str:
    words = [_word(rng, word, habits, vices) for word in text.split(" ")] if text else []
    written = " ".join(words)
    if not written.isascii() and (habits.no_accents >= 1 or chance(rng, habits.no_accents)):
        vices.append("no_accents")
        written = misspell.without_accents(written, keep_enye=chance(rng, 0.8))
    return written.upper() if habits.upper_case else written


def _word(rng: Random, word: str, habits: Habits, vices: list[str]) -> str:
    roll = rng.random()
    if roll >= habits.by_ear + habits.by_hand:
        return word
    heard = roll < habits.by_ear
    written = misspell.by_ear(word, rng) if heard else misspell.by_hand(word, rng)
    if written != word:
        vices.append("by_ear" if heard else "by_hand")
    return written


def _birth(rng: Random, person: Person, habits: Habits, on: date, vices: list[str]) -> tuple[date | None, int | None]:
    age = person.age_on(on)
    if person.false_document is not None and chance(rng, habits.false_document):
        vices.append("told_to_be_of_age")
        return None, max(age, 18 + rng.randrange(3))
    if not chance(rng, habits.birth_known):
        return None, _estimated(rng, age, habits, vices)
    written = _birth_date(rng, person.born, habits, vices)
    return written, None if chance(rng, habits.no_age) else max(0, age)


def _estimated(rng: Random, age: int, habits: Habits, vices: list[str]) -> int | None:
    if chance(rng, habits.no_age):
        vices.append("no_age")
        return None
    if not chance(rng, 0.25):
        return age
    vices.append("estimated_age")
    return max(5, age + rng.choice((-2, -1, -1, 1, 1, 2)))


def _birth_date(rng: Random, born: date, habits: Habits, vices: list[str]) -> date:
    if chance(rng, habits.first_of_january):
        vices.append("first_of_january")
        year = born.year + rng.choice((-1, 0, 0, 0, 1))
        return date(year, 1, 1) if chance(rng, 0.7) else date(year, 6, 30)
    if born.day <= 12 and born.day != born.month and chance(rng, habits.day_month_swapped):
        vices.append("day_month_swapped")
        return date(born.year, born.day, born.month)
    if chance(rng, habits.wrong_year):
        vices.append("wrong_year")
        day = born.day if (born.month, born.day) != (2, 29) else 28
        return date(born.year + rng.choice((-1, 1, -10)), born.month, day)
    return born


def _sex(rng: Random, person: Person, habits: Habits, vices: list[str]) -> str:
    roll = rng.random()
    if roll < habits.no_sex:
        vices.append("no_sex")
        return ""
    if roll > 1 - habits.wrong_sex:
        vices.append("wrong_sex")
        return "M" if person.sex == "F" else "F"
    return person.sex


def _document(rng: Random, person: Person, habits: Habits, on: date, vices: list[str]) -> Document:
    guardian = person.guardian if person.is_child_on(on) else None
    if guardian is not None and guardian.dni and chance(rng, habits.guardians_document):
        vices.append("guardians_document")
        return Document(DNI, guardian.dni)
    if person.false_document is not None and chance(rng, habits.false_document):
        vices.append("false_document")
        return person.false_document
    missing = habits.no_document * (1.6 if person.document.kind == BIRTH_RECORD else 1.0)
    if person.document.kind == NONE or chance(rng, missing):
        vices.append("no_document")
        return NO_DOCUMENT
    return _mistyped(rng, person.document, habits, vices)


def _mistyped(rng: Random, document: Document, habits: Habits, vices: list[str]) -> Document:
    roll = rng.random()
    if roll < habits.wrong_digit:
        vices.append("wrong_digit")
        return replace(document, number=misspell.wrong_digit(document.number, rng))
    if roll < habits.wrong_digit + habits.transposed:
        vices.append("transposed_digits")
        return replace(document, number=misspell.transposed_digits(document.number, rng))
    return document


def _origin(rng: Random, person: Person, habits: Habits) -> places.District | None:
    roll = rng.random()
    if roll < habits.no_origin:
        return None
    return places.capital_of(person.origin) if roll > 1 - habits.capital_as_origin else person.origin
