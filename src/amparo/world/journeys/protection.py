"""UPE and CEM: a child under protection, an adult who is accompanied, and the hand-over at eighteen."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from amparo.kernel.dates import add_years
from amparo.world.draw import Deck, chance
from amparo.world.journeys.story import ChildProtection, WomensCentre, every_so_often, later, maybe
from amparo.world.persons import Person
from amparo.world.rescues import Rescue

_MEASURES = Deck((("residencial", 58), ("familiar", 12), ("entrega_familia", 20), ("", 10)))
_LEFT = Deck((("reintegracion_familiar", 62), ("fuga", 16), ("traslado", 10), ("retorno", 8), ("otro", 4)))
_CLOSED = Deck((
    ("pri_cumplido", 22), ("retiro_voluntario", 22), ("perdida_contacto", 34), ("traslado", 8),
    ("derivada_aceptada", 10), ("no_era_victima", 2), ("fallecimiento", 1), ("duplicado", 1),
))  # fmt: skip
_RISKS = Deck((("leve", 22), ("moderado", 43), ("severo", 35)))
_REFERRED_BY = Deck((("pnp", 28), ("mp", 22), ("linea_100", 8), ("salud", 7), ("ong", 9), ("propia", 26)))


def child_protection(rng: Random, rescue: Rescue, person: Person) -> ChildProtection:
    """A procedure at the UPE: opened at once for most, weeks late for some, ended by eighteen if by nothing else."""
    opened = _opened(rng, rescue.on)
    measure = _MEASURES.draw(rng)
    inside = later(rng, opened, 0, 5) if measure == "residencial" else None
    left_on, because = _left(rng, opened, add_years(person.born, 18), inside is not None)
    pri_on = _before(maybe(rng, 0.42, opened, 25, 150), left_on)
    follow_end = left_on + timedelta(days=240) if left_on and because != "fuga" else left_on
    return ChildProtection(
        opened_on=opened,
        procedure="desproteccion" if chance(rng, 0.8) else "riesgo",
        resolved=chance(rng, 0.85),
        measure=measure,
        shelter_in=inside,
        left_on=left_on,
        left_because=because,
        opinion_on=maybe(rng, 0.68, opened, 0, 40),
        pti_on=_before(maybe(rng, 0.55, opened, 10, 90), left_on),
        pri_on=pri_on,
        followed_up=every_so_often(rng, pri_on or opened, follow_end, goes_on=0.85 if pri_on else 0.6),
    )


def _opened(rng: Random, rescued: date) -> date:
    roll = rng.random()
    if roll < 0.5:
        return rescued
    return later(rng, rescued, 1, 3) if roll < 0.8 else later(rng, rescued, 4, 75)


def _left(rng: Random, opened: date, of_age: date, sheltered: bool) -> tuple[date | None, str]:
    """When and why she left; whoever is still there at eighteen leaves for that."""
    because = _LEFT.draw(rng)
    soonest, latest = (3, 120) if because == "fuga" else (60, 480) if sheltered else (20, 300)
    day = later(rng, opened, soonest, latest) if chance(rng, 0.7) else None
    if of_age > opened and (day is None or day >= of_age):
        return (of_age, "mayoria") if (of_age - opened).days < 900 else (None, "")
    return (day, because) if day is not None else (None, "")


def _before(day: date | None, end: date | None) -> date | None:
    return day if day is None or end is None or day <= end else None


def second_child_protection(rng: Random, first: ChildProtection) -> ChildProtection:
    """The UPE of another region opens its own procedure when she is moved there."""
    opened = later(rng, first.opened_on, 10, 160)
    return ChildProtection(
        opened, first.procedure, False, "", None, None, "", maybe(rng, 0.4, opened, 1, 40), None, None, ()
    )  # fmt: skip


def womens_centre(rng: Random, opened: date, *, referred_by: str = "", condition: int = 1) -> WomensCentre:
    """A ficha at a CEM and the care that followed."""
    source = referred_by or _REFERRED_BY.draw(rng)
    closed_on = maybe(rng, 0.55, opened, 60, 420)
    pri_on = _before(maybe(rng, 0.33, opened, 15, 120), closed_on)
    return WomensCentre(
        opened_on=opened,
        condition=4 if condition == 1 and source in {"mp", "upe"} and chance(rng, 0.6) else condition,
        referred_by=source,
        risk=_RISKS.draw(rng),
        psychology_on=maybe(rng, 0.78, opened, 0, 20),
        social_on=maybe(rng, 0.66, opened, 0, 25),
        legal_on=maybe(rng, 0.55, opened, 0, 30),
        pri_on=pri_on,
        followed_up=every_so_often(rng, pri_on or opened, closed_on, goes_on=0.8 if pri_on else 0.5),
        closed_on=closed_on,
        closed_because=_CLOSED.draw(rng) if closed_on else "",
    )


def closing_reason(rng: Random) -> str:
    """Why a service closed her file."""
    return _CLOSED.draw(rng)


def risk(rng: Random) -> str:
    """A level of the national scale."""
    return _RISKS.draw(rng)
