"""The UPE's procedures: comma-separated UTF-8 with a byte order mark, ISO dates, the companion's DNI apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from amparo.world import habits
from amparo.world.draw import chance
from amparo.world.journeys.story import ChildProtection, Journey
from amparo.world.persons import BIRTH_RECORD, CARD, CEDULA, DNI, NONE, PASSPORT, PERMIT, Guardian
from amparo.world.registers.entry import (
    IMPOSSIBLE_DATE,
    MISSING_KEY,
    UNKNOWN_WORD,
    Case,
    Entry,
    Register,
    identities,
    last_shown,
    shown,
)
from amparo.world.registers.offices import offices
from amparo.world.typed import NOBODY, Typed

SOURCE = "mimp-upe"

COLUMNS = (
    "EXPEDIENTE", "UPE", "FECHA_APERTURA", "RESOLUCION", "TIPO_PROCEDIMIENTO", "NOMBRES_NNA", "APELLIDOS_NNA", "SEXO",
    "FECHA_NACIMIENTO", "EDAD_ESTIMADA", "TIPO_DOC", "NUM_DOC", "NACIONALIDAD", "UBIGEO_ORIGEN", "FECHA_RESCATE",
    "UBIGEO_RESCATE", "MEDIDA", "CAR_CODIGO", "FECHA_INGRESO_CAR", "FECHA_EGRESO", "MOTIVO_EGRESO", "FECHA_OPINION",
    "FECHA_PTI", "FECHA_PRI", "FECHA_SEGUIMIENTO", "ADULTO_ACOMPANANTE", "DNI_ADULTO",
)  # fmt: skip

DOCUMENTS = {
    DNI: "DNI", CARD: "CE", PASSPORT: "PASAPORTE", PERMIT: "PTP", CEDULA: "CEDULA", BIRTH_RECORD: "ACTA",
    NONE: "SIN DOCUMENTO",
}  # fmt: skip
NATIONALITIES = {
    "PER": "Peruana", "VEN": "Venezolana", "BOL": "Boliviana", "COL": "Colombiana", "ECU": "Ecuatoriana", "": "",
}  # fmt: skip
PROCEDURES = {"desproteccion": "DESPROTECCION", "riesgo": "RIESGO"}
MEASURES = {
    "residencial": "ACOGIMIENTO RESIDENCIAL", "familiar": "ACOGIMIENTO FAMILIAR",
    "entrega_familia": "ENTREGA A FAMILIA", "": "",
}  # fmt: skip
LEFT_BECAUSE = {
    "reintegracion_familiar": "REINTEGRACION FAMILIAR", "fuga": "FUGA", "traslado": "TRASLADO",
    "retorno": "RETORNO A LUGAR DE ORIGEN", "mayoria": "MAYORIA DE EDAD", "otro": "OTRO", "": "",
}  # fmt: skip


class UpeRegister(Register):
    """Writes the rows of the UPE."""

    source = SOURCE

    def entries(self, case: Case) -> Sequence[Entry]:
        """One row per child and procedure."""
        return [
            self._entry(case, journey, story, turn)
            for journey in case.journeys
            for turn, story in enumerate(journey.child_protection)
        ]

    def _entry(self, case: Case, journey: Journey, story: ChildProtection, turn: int) -> Entry:
        rng = self._begin(journey, turn)
        upe = f"UPE {case.rescue.site.department if turn == 0 else journey.person.origin.department}"
        year = story.opened_on.year
        number = self._numbers.next(upe, year)
        earlier, typed = identities(rng, journey.person, habits.UPE, story.opened_on)
        guardian = _guardian(journey, shows=chance(rng, 0.7))
        short = "".join(word[0] for word in upe.split()[1:])
        return Entry(
            source=SOURCE,
            key=(f"EXP-{upe.split(' ', 1)[1].upper().replace(' ', '_')}-{year}-{number:04d}",),
            registered_on=story.opened_on,
            journey=journey,
            story=story,
            earlier=earlier,
            typed=typed,
            details={
                "upe": upe,
                "resolution": f"RA-{number:03d}-{year}-MIMP/UPE-{short}" if story.resolved else "",
                "shelter": rng.choice(offices(case.rescue.site.department).shelters),
                "guardian": guardian.name if guardian else "",
                "guardian_dni": guardian.dni if guardian else "",
            },
            guardian_doc=guardian.dni if guardian else "",
            spoiled=self._fault(),
        )

    def row(self, entry: Entry, on: date, *, latest: bool) -> list[str]:
        """One line of the UPE's file."""
        story: ChildProtection = entry.story
        rescue = entry.journey.rescue
        unknown = entry.is_spoiled(UNKNOWN_WORD, latest=latest)
        return [
            "" if entry.is_spoiled(MISSING_KEY, latest=latest) else entry.key[0],
            entry.details["upe"],
            story.opened_on.isoformat(),
            entry.details["resolution"],
            "EN EVALUACION X" if unknown else PROCEDURES[story.procedure],
            *_identity(entry, entry.identity(latest=latest), latest=latest),
            rescue.on.isoformat(),
            rescue.site.district.inei,
            *_course(entry, on),
            entry.details["guardian"],
            entry.details["guardian_dni"],
        ]


def _guardian(journey: Journey, *, shows: bool) -> Guardian | None:
    return journey.person.guardian if shows else None


def _identity(entry: Entry, typed: Typed, *, latest: bool) -> list[str]:
    impossible = entry.is_spoiled(IMPOSSIBLE_DATE, latest=latest)
    return [
        "NN" if typed.form == NOBODY else typed.given,
        f"{typed.surname1} {typed.surname2}".strip(),
        typed.sex,
        f"{entry.person.born.year}-02-30" if impossible else _day(typed.birth_date),
        "" if typed.age is None or typed.birth_date is not None else str(typed.age),
        DOCUMENTS[typed.document.kind],
        typed.document.number,
        NATIONALITIES[typed.nationality],
        typed.origin.inei if typed.origin else "",
    ]


def _course(entry: Entry, on: date) -> list[str]:
    story: ChildProtection = entry.story
    left = shown(story.left_on, on)
    inside = shown(story.shelter_in, on)
    return [
        MEASURES[story.measure],
        entry.details["shelter"] if inside else "",
        _day(inside),
        _day(left),
        LEFT_BECAUSE[story.left_because] if left else "",
        _day(shown(story.opinion_on, on)),
        _day(shown(story.pti_on, on)),
        _day(shown(story.pri_on, on)),
        _day(last_shown(story.followed_up, on)),
    ]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
