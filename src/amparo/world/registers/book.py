"""All registers over a whole world: cases in order of their rescues, and the entries each of them leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from amparo.world.journeys import route
from amparo.world.registers.calp import CalpRegister
from amparo.world.registers.cem import CemRegister
from amparo.world.registers.entry import Case, Entry, Numbering, Register
from amparo.world.registers.mp import MpRegister
from amparo.world.registers.offices import offices
from amparo.world.registers.pnp import PnpRegister
from amparo.world.registers.upe import UpeRegister
from amparo.world.rescues import rescues

SOURCES = ("pnp-reta", "mp", "mimp-cem", "mimp-upe", "calp")
"""The five sources in the order in which their rows are drawn."""


def registers(seed: int) -> tuple[Register, ...]:
    """A fresh set of registers; they count files, so a world needs its own."""
    return (PnpRegister(seed), MpRegister(seed), CemRegister(seed), UpeRegister(seed), CalpRegister(seed))


def cases(people: int, seed: int, today: date) -> Iterator[Case]:
    """Every rescue with what happened to its people and the numbers under which police and prosecutor hold it."""
    numbering = Numbering()
    for rescue in rescues(people, seed, today):
        code, year = offices(rescue.site.department).fiscalia_code, rescue.on.year
        yield Case(
            rescue=rescue,
            journeys=tuple(route.journeys(rescue, seed)),
            denuncia=f"{20_000_000 + rescue.number * 13}",
            carpeta=f"{code}-{year}-{100 + numbering.next(code, year)}-0",
        )


def entries(people: int, seed: int, today: date) -> Iterator[Entry]:
    """Every row that some register holds on the last day, case by case."""
    books = registers(seed)
    for case in cases(people, seed, today):
        for book in books:
            yield from (entry for entry in book.entries(case) if entry.registered_on <= today)
