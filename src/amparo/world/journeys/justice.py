"""Police and prosecution: the denuncia, whether the prosecutor is told, UDAVIT's offer, and how the case goes."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from amparo.world.draw import Deck, chance
from amparo.world.journeys.story import Police, Prosecution, later, maybe
from amparo.world.persons import Person
from amparo.world.rescues import Rescue

_REFERRED_CHILD = Deck((("upe", 62), ("familia", 9), ("car", 8), ("fiscalia", 9), ("", 12)))
_REFERRED_ADULT = Deck((("udavit", 44), ("cem", 14), ("fiscalia", 14), ("familia", 8), ("calp", 3), ("", 17)))
_ENDS = Deck((
    ("archivo", 58), ("sentencia_condenatoria", 9), ("sentencia_absolutoria", 4), ("terminacion_anticipada", 4),
    ("juicio", 10), ("", 15),
))  # fmt: skip


def police(rng: Random, rescue: Rescue, person: Person) -> Police:
    """The police's first registration of her: most at once, some only when somebody insists."""
    registered = later(rng, rescue.on, 0, 2) if chance(rng, 0.86) else later(rng, rescue.on, 3, 45)
    told = registered if chance(rng, 0.72) else maybe(rng, 0.7, registered, 1, 9)
    to = (_REFERRED_CHILD if person.is_child_on(rescue.on) else _REFERRED_ADULT).draw(rng)
    return Police(
        registered_on=registered,
        specialised=chance(rng, 0.6),
        told_prosecutor_on=told,
        referred_to=to,
        referred_on=later(rng, registered, 0, 3) if to else None,
    )


def second_police(rng: Random, first: Police) -> Police:
    """The same facts registered again by another unit."""
    registered = later(rng, first.registered_on, 1, 20)
    return Police(registered, not first.specialised, first.told_prosecutor_on, "", None)


def prosecution(rng: Random, rescue: Rescue, person: Person, told_on: date | None) -> Prosecution:
    """A prosecutor's file: from the police's word, or from elsewhere and late."""
    opened = later(rng, told_on, 0, 3) if told_on is not None else later(rng, rescue.on, 4, 60)
    child = person.is_child_on(rescue.on)
    udavit = _udavit(rng, child=child)
    return Prosecution(
        opened_on=opened,
        udavit=udavit,
        udavit_on=later(rng, opened, 0, 12) if udavit in {"si", "rechaza"} else None,
        camara_gesell_on=maybe(rng, 0.55 if child else 0.30, opened, 1, 75),
        protection_on=maybe(rng, 0.18, opened, 1, 40),
        reserved=chance(rng, 0.12),
        states=_states(rng, opened),
    )


def _udavit(rng: Random, *, child: bool) -> str:
    roll = rng.random()
    if child:
        return "si" if roll < 0.35 else "no" if roll < 0.75 else ""
    return "si" if roll < 0.45 else "rechaza" if roll < 0.70 else "no" if roll < 0.90 else ""


def second_prosecution(rng: Random, first: Prosecution) -> Prosecution:
    """A second file: the provincial prosecutor passed the case on and both count her."""
    opened = later(rng, first.opened_on, 5, 90)
    return Prosecution(opened, "", None, None, None, reserved=False, states=_states(rng, opened))


def _states(rng: Random, opened: date) -> tuple[tuple[date, str], ...]:
    """Preliminary diligences, then formal investigation or the archive: six in ten denuncias end there."""
    found = [(opened, "diligencias_preliminares")]
    end = _ENDS.draw(rng)
    if end == "archivo" and chance(rng, 0.75):
        return (*found, (later(rng, opened, 60, 330), end))
    day = later(rng, opened, 45, 200)
    found.append((day, "investigacion_preparatoria"))
    if end and end not in {"archivo", "terminacion_anticipada"}:
        found.append((day + timedelta(days=rng.randint(120, 300)), "acusacion"))
    if end:
        found.append((later(rng, found[-1][0], 90, 420), end))
    return tuple(found)
