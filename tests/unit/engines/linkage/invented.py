"""A small invented world of records with the truth, for tests and benches: seeded, nobody in it exists."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.names import NameTables
from amparo.kernel.dates import Approx, add_years, completed_years


def _names(text: str) -> list[str]:
    return text.split()


SURNAMES = _names(
    "QUISPE FLORES SANCHEZ GARCIA RODRIGUEZ HUAMAN ROJAS VASQUEZ MAMANI LOPEZ RAMOS PEREZ TORRES DIAZ GONZALES RAMIREZ "
    "MENDOZA CHAVEZ ESPINOZA CASTILLO CONDORI CHOQUE PUMA YUPANQUI HUALLPA TTITO SULLCA CCAHUANA CUSIHUAMAN TAMANI "
    "MURAYARI AHUANARI CANAQUIRI YUYARIMA CURITIMA PACAYA TAPULLIMA HUAYMACARI NASHNATO TARICUARIMA SANGAMA TUANAMA "
    "VALDIVIA BALDEON CESPEDES HINOSTROZA JIMENEZ GUTIERREZ PAREDES SALAZAR CARDENAS APAZA TICONA ARCE CAMPOS NUÑEZ "
    "PEÑA AGUILAR GUERRA DELGADO BENAVIDES MAYNAS SINUIRI OCHAVANO MAHUA PICOTA CHUMPI YAMPIS KUJA SHARIVA QUINTIMARI "
    "KORINTI SEMPERI RACUA PESHA CAHUACHI COELLO ZEVALLOS ZAVALETA BUSTAMANTE OLIVERA CABRERA VILCA HUANCA CALLE"
)
PARTICLED = ("DE LA CRUZ", "DEL AGUILA", "DE LOS SANTOS", "LA TORRE", "SAN MARTIN", "DEL CASTILLO")
FEMALE = _names(
    "MARIA ANA ROSA LUZ ELENA CARMEN JUANA YENI GERALDINE JHOSELIN LEYDI SHEYLA DEYSI XIOMARA XIMENA SONIA NELLY FLOR "
    "MILAGROS ESTEFANY BRENDA KATHERINE LUCIA ISABEL ILLARI CHASKA URPI KILLA YESSICA ROXANA VANESA NOEMI RUTH ESTHER"
)
MALE = _names(
    "JOSE LUIS JUAN CARLOS JHON JHONATAN BRAYAN AMARU INTI RONALD WILMER EDWIN MIGUEL ANGEL JORGE KEVIN PERCY"
)
SHORT = {"MARIA": "MARI", "YENI": "JENNY", "ROSA": "ROSITA", "LUIS": "LUCHO", "JOSE": "PEPE", "ELENA": "NENA"}
PLACES = [
    f"{dep}{prov:02d}{dist:02d}"
    for dep in ("16", "17", "08", "21", "25", "15")
    for prov in (1, 2, 3)
    for dist in (1, 2, 4)
]
VARIANTS = (
    ("V", "B"),
    ("Z", "S"),
    ("LL", "Y"),
    ("HUA", "GUA"),
    ("QU", "K"),
    ("GE", "JE"),
    ("O", "U"),
    ("E", "I"),
    ("H", ""),
)
INSTITUTIONS = ("pnp", "mp", "mimp-cem", "mimp-upe", "calp")


def tables() -> NameTables:
    """Tables such as a pack would bring, with shares for some of the names only."""
    return NameTables(
        nicknames={short: (full,) for full, short in SHORT.items()},
        abbreviations={"MA": "MARIA", "FCO": "FRANCISCO", "STA": "SANTA"},
        particles=frozenset({"DE", "DEL", "LA", "LAS", "LOS", "SAN", "SANTA"}),
        surname_frequency={name: 0.04 / (1 + place / 4) for place, name in enumerate(SURNAMES[:30])},
        given_frequency={name: 0.03 / (1 + place / 4) for place, name in enumerate(FEMALE[:20])},
    )


@dataclass(frozen=True)
class Someone:
    number: int
    given: tuple[str, ...]
    surnames: tuple[str, str]
    sex: str
    born: date
    dni: str
    origin: str
    event_on: date
    event_place: str
    mother_dni: str


class Inventor:
    """Draws people in groups that were rescued together, and what each institution wrote about them."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.people: list[Someone] = []

    def populate(self, count: int) -> None:
        while len(self.people) < count:
            when = date(2018, 1, 1) + timedelta(days=self.draw.randrange(2200))
            where = self.draw.choice(PLACES)
            for _ in range(self.draw.choice((1, 1, 1, 2, 2, 3, 5, 8))):
                one = self._someone(when, where)
                self.people.append(one)
                self._kin(one)

    def _someone(self, when: date, where: str) -> Someone:
        sex = "F" if self.draw.random() < 0.85 else "M"
        years = min(45, 11 + int(self.draw.expovariate(0.12)))
        born = add_years(when, -years) - timedelta(days=self.draw.randrange(365))
        return Someone(
            number=len(self.people),
            given=self._given(sex),
            surnames=(self._surname(), self._surname()),
            sex=sex,
            born=born,
            dni=f"{self.draw.randrange(40000000 if years > 22 else 60000000, 80000000):08d}",
            origin=self.draw.choice(PLACES),
            event_on=when,
            event_place=where,
            mother_dni=f"{self.draw.randrange(1000000, 45000000):08d}",
        )

    def _surname(self) -> str:
        if self.draw.random() < 0.05:
            return self.draw.choice(PARTICLED)
        place = int(len(SURNAMES) * self.draw.random() ** 2.2)
        if self.draw.random() < 0.35:  # names that no list has
            return "".join(
                self.draw.choice("BCDLMNPRSTV") + self.draw.choice("AEIOU") for _ in range(3)
            ) + self.draw.choice(("", "N", "S", "RI", "NTE"))
        return SURNAMES[place]

    def _given(self, sex: str) -> tuple[str, ...]:
        names = FEMALE if sex == "F" else MALE
        chosen = [names[int(len(names) * self.draw.random() ** 1.5)] for _ in range(self.draw.choice((1, 2, 2, 2)))]
        return tuple(dict.fromkeys(chosen))

    def _kin(self, one: Someone) -> None:
        chance = self.draw.random()
        if chance < 0.03:
            gap = timedelta(days=self.draw.randrange(330, 1500))
            self._add_kin(
                one, born=one.born - gap, given=self._given(one.sex), dni=f"{self.draw.randrange(60000000, 80000000)}"
            )
        elif chance < 0.045:
            self._add_kin(one, born=one.born, given=self._given(one.sex), dni=f"{int(one.dni) + 1:08d}")
        elif chance < 0.055 and completed_years(one.born, one.event_on) > 28:
            daughter = (self._surname(), one.surnames[0])
            born = add_years(one.born, self.draw.randrange(15, 20))
            self._add_kin(
                one,
                born=born,
                given=self._given("F"),
                dni=f"{self.draw.randrange(60000000, 80000000)}",
                surnames=daughter,
            )
        elif chance < 0.065:  # a stranger of the same name and like age
            stranger = self._someone(
                one.event_on + timedelta(days=self.draw.randrange(30, 900)), self.draw.choice(PLACES)
            )
            born = one.born + timedelta(days=self.draw.randrange(-700, 700))
            self.people.append(replace(stranger, given=one.given, surnames=one.surnames, sex=one.sex, born=born))

    def _add_kin(self, one: Someone, **changes: Any) -> None:
        # Brothers and sisters seldom share a given name, and never all of them.
        shared = set(changes["given"]) & set(one.given)
        while changes["given"] == one.given or (shared and self.draw.random() < 0.9 and "surnames" not in changes):
            changes["given"] = self._given(one.sex)
            shared = set(changes["given"]) & set(one.given)
        self.people.append(replace(one, number=len(self.people), **changes))

    def records(self) -> tuple[list[Fields], dict[str, int]]:
        found: list[Fields] = []
        truth: dict[str, int] = {}
        for number, one in enumerate(self.people):
            for institution in self.draw.sample(INSTITUTIONS, self.draw.choice((1, 1, 2, 2, 2, 3))):
                record = self._written(one, institution, f"r{len(found):06d}")
                found.append(record)
                truth[record.record_id] = number
        self.draw.shuffle(found)
        return found, truth

    def _written(self, one: Someone, institution: str, record_id: str) -> Fields:
        first, second = (self._misheard(name) for name in one.surnames)
        if self.draw.random() < 0.05:
            first, second = second, first
        if self.draw.random() < 0.12:
            second = ""
        number = self._number(one)
        on = one.event_on if self.draw.random() < 0.8 else one.event_on + timedelta(days=self.draw.randrange(1, 6))
        return Fields(
            record_id=record_id,
            institution=institution,
            registered_on=one.event_on + timedelta(days=self.draw.randrange(60)),
            given=self._given_written(one),
            surname1=first,
            surname2=second,
            sex=self._maybe(one.sex, 0.95) if self.draw.random() > 0.005 else ("M" if one.sex == "F" else "F"),
            birth=self._birth(one),
            doc_type="DNI" if number else "",
            doc_number=number,
            nationality=self._maybe("PE", 0.8),
            origin=self._maybe(one.origin, 0.7),
            event_on=on if self.draw.random() < 0.8 else None,
            event_place=self._maybe(one.event_place, 0.85),
        )

    def _maybe(self, value: str, chance: float) -> str:
        return value if self.draw.random() < chance else ""

    def _misheard(self, name: str) -> str:
        roll = self.draw.random()
        if roll < 0.12:
            before, after = self.draw.choice(VARIANTS)
            return name.replace(before, after, 1)
        if roll < 0.16 and len(name) > 4:
            place = self.draw.randrange(1, len(name) - 2)
            return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
        if roll < 0.20:
            place = self.draw.randrange(len(name))
            return name[:place] + self.draw.choice("AEIOULNRST") + name[place + 1 :]
        return name.replace(" ", "") if roll < 0.22 else name

    def _given_written(self, one: Someone) -> str:
        names = [self._misheard(name) if self.draw.random() < 0.5 else name for name in one.given]
        roll = self.draw.random()
        if roll < 0.18:
            names = names[: 1 if roll < 0.12 else 2][-1:]
        elif roll < 0.21:
            names = [SHORT.get(name, name) for name in names]
        elif roll < 0.23:
            names.reverse()
        return " ".join(names)

    def _birth(self, one: Someone) -> Approx | None:
        roll = self.draw.random()
        if roll < 0.1:
            return None
        if roll < 0.35:
            years = completed_years(one.born, one.event_on) + self.draw.choice((0, 0, 0, 0, 1, -1))
            return Approx.born_at_age(years, one.event_on)
        if roll < 0.38:
            return Approx.exact(date(one.born.year, 1, 1))
        if roll < 0.41 and one.born.day <= 12:
            return Approx.exact(date(one.born.year, one.born.day, one.born.month))
        if roll < 0.44:
            return Approx.exact(one.born.replace(day=min(28, one.born.day % 28 + 1)))
        return Approx.exact(one.born)

    def _number(self, one: Someone) -> str:
        roll = self.draw.random()
        if roll < 0.42:
            return ""
        if roll < 0.43 and completed_years(one.born, one.event_on) < 18:
            return one.mother_dni
        if roll < 0.445:
            place = self.draw.randrange(8)
            return one.dni[:place] + self.draw.choice("0123456789") + one.dni[place + 1 :]
        return one.dni.lstrip("0")


def world(people: int, seed: int) -> tuple[list[Fields], dict[str, int]]:
    """Records and, for each, the number of the person it is about."""
    inventor = Inventor(seed)
    inventor.populate(people)
    return inventor.records()
