"""The CEM's casebook: a workbook after the header of the CEM form, where a spreadsheet has eaten leading zeros."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from amparo.world import habits
from amparo.world.draw import chance
from amparo.world.journeys.story import Journey, WomensCentre
from amparo.world.persons import BIRTH_RECORD, CARD, CEDULA, DNI, NONE, PASSPORT, PERMIT, Document
from amparo.world.registers.entry import (
    IMPOSSIBLE_DATE,
    MISSING_KEY,
    UNKNOWN_WORD,
    Case,
    Cell,
    Entry,
    Register,
    identities,
    last_shown,
    reference,
    shown,
)
from amparo.world.typed import Typed

SOURCE = "mimp-cem"
SHEET = "Casos"

COLUMNS = (
    "N_FICHA", "LETRA", "CEM", "CONDICION", "FECHA_INGRESO", "TURNO", "USUARIO_ANTES", "CEM_ANTERIOR",
    "FICHA_ANTERIOR", "ANIO_ANTERIOR", "APELLIDO_PATERNO", "APELLIDO_MATERNO", "NOMBRES", "TIPO_DOC", "NUM_DOC",
    "FECHA_NAC", "EDAD", "SEXO", "NACIONALIDAD", "LENGUA_MATERNA", "UBIGEO_HECHO", "CENTRO_POBLADO",
    "TIPO_VIOLENCIA", "NIVEL_RIESGO", "DERIVADO_DE", "FECHA_PSICOLOGIA", "FECHA_SOCIAL", "FECHA_LEGAL", "FECHA_PRI",
    "FECHA_SEGUIMIENTO", "FECHA_CIERRE", "MOTIVO_CIERRE",
)  # fmt: skip

SEXES = {"F": "Mujer", "M": "Hombre", "": ""}
DOCUMENTS = {
    DNI: "DNI", CARD: "Carné de extranjería", PASSPORT: "Pasaporte", PERMIT: "PTP", CEDULA: "Cédula",
    BIRTH_RECORD: "Partida de nacimiento", NONE: "Sin documento",
}  # fmt: skip
NATIONALITIES = {
    "PER": "Peruana", "VEN": "Venezolana", "BOL": "Boliviana", "COL": "Colombiana", "ECU": "Ecuatoriana", "": "",
}  # fmt: skip
LANGUAGES = {
    "spa": "Castellano", "que": "Quechua", "aym": "Aimara", "shp": "Shipibo-Konibo", "agr": "Awajún",
    "cni": "Asháninka",
}  # fmt: skip
SHIFTS = ("Mañana", "Tarde", "Noche")
RISKS = {"leve": "Leve", "moderado": "Moderado", "severo": "Severo"}
REFERRED_BY = {
    "pnp": "PNP", "mp": "Ministerio Público", "upe": "UPE", "linea_100": "Línea 100",
    "salud": "Establecimiento de salud", "ong": "ONG", "propia": "Por iniciativa propia",
}  # fmt: skip
VIOLENCE = {
    "ES": "Sexual - trata con fines de explotación sexual", "EL": "Económica - explotación laboral",
    "TF": "Económica - explotación laboral", "SER": "Económica - explotación laboral", "MEN": "Psicológica",
    "VN": "Psicológica", "AD": "Psicológica", "NI": "Psicológica", "OT": "Física",
}  # fmt: skip
CLOSED_BECAUSE = {
    "pri_cumplido": "PRI cumplido", "retiro_voluntario": "Retiro voluntario", "perdida_contacto": "Pérdida de contacto",
    "traslado": "Traslado", "derivada_aceptada": "Derivada y aceptada", "no_era_victima": "No era víctima",
    "fallecimiento": "Fallecimiento", "duplicado": "Duplicado", "": "",
}  # fmt: skip


class CemRegister(Register):
    """Writes the rows of the CEM; it remembers each person's last ficha, which a later one refers to."""

    source = SOURCE

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._last: dict[int, tuple[str, int, str]] = {}

    def entries(self, case: Case) -> Sequence[Entry]:
        """One row per ficha."""
        return [
            self._entry(case, journey, story, turn)
            for journey in case.journeys
            for turn, story in enumerate(journey.womens_centre)
        ]

    def _entry(self, case: Case, journey: Journey, story: WomensCentre, turn: int) -> Entry:
        rng = self._begin(journey, turn)
        cem, year = case.rescue.site.cem, story.opened_on.year
        earlier_file = self._last.get(journey.person.number)
        known = earlier_file is not None and chance(rng, 0.7)
        ficha = self._numbers.next(cem, year)
        letter = "B" if turn and chance(rng, 0.4) else "A"
        self._last[journey.person.number] = (cem, year, f"{ficha}-{letter}")
        earlier, typed = identities(rng, journey.person, habits.CEM, story.opened_on)
        before = earlier_file if known and earlier_file is not None else ("", 0, "")
        references = {reference("ficha_cem", cem, str(year), f"{ficha}-{letter}")}
        if known:
            references.add(reference("ficha_cem", before[0], str(before[1]), before[2]))
        return Entry(
            source=SOURCE,
            key=(cem, str(year), str(ficha), letter),
            registered_on=story.opened_on,
            journey=journey,
            story=story,
            earlier=earlier,
            typed=_with_zeros_eaten(typed),
            details={
                "shift": rng.choice(SHIFTS),
                "before_cem": before[0],
                "before_year": str(before[1] or ""),
                "before_ficha": before[2],
                "village": rng.choice(journey.rescue.site.texts).title() if chance(rng, 0.6) else "",
            },
            references=frozenset(references),
            spoiled=self._fault(),
        )

    def row(self, entry: Entry, on: date, *, latest: bool) -> list[Cell]:
        """One line of the workbook."""
        story: WomensCentre = entry.story
        missing = entry.is_spoiled(MISSING_KEY, latest=latest)
        return [
            None if missing else int(entry.key[2]),
            entry.key[3],
            entry.key[0],
            9 if entry.is_spoiled(UNKNOWN_WORD, latest=latest) else story.condition,
            story.opened_on,
            entry.details["shift"],
            int(bool(entry.details["before_cem"])),
            entry.details["before_cem"],
            entry.details["before_ficha"],
            int(entry.details["before_year"]) if entry.details["before_year"] else None,
            *_identity(entry, entry.identity(latest=latest), latest=latest),
            entry.journey.rescue.site.district.inei,
            entry.details["village"],
            VIOLENCE.get(entry.journey.recruitment.purposes[0], "Psicológica"),
            RISKS[story.risk],
            REFERRED_BY[story.referred_by],
            *_course(story, on),
        ]


def _identity(entry: Entry, typed: Typed, *, latest: bool) -> list[Cell]:
    impossible = entry.is_spoiled(IMPOSSIBLE_DATE, latest=latest)
    return [
        typed.surname1,
        typed.surname2,
        typed.given,
        DOCUMENTS[typed.document.kind],
        document_cell(typed.document),
        f"30/02/{entry.person.born.year}" if impossible else typed.birth_date,
        typed.age,
        SEXES[typed.sex],
        NATIONALITIES[typed.nationality],
        LANGUAGES[entry.person.language],
    ]


def _with_zeros_eaten(typed: Typed) -> Typed:
    """The same identity, with the vice noted that :func:`document_cell` will commit."""
    eaten = typed.document.number.isdigit() and typed.document.number.startswith("0")
    return replace(typed, vices=(*typed.vices, "leading_zeros_eaten")) if eaten else typed


def document_cell(document: Document) -> Cell:
    """A number as a spreadsheet keeps it: digits become a number, and a leading zero is gone."""
    return int(document.number) if document.number.isdigit() else document.number or None


def _course(story: WomensCentre, on: date) -> list[Cell]:
    closed = shown(story.closed_on, on)
    return [
        shown(story.psychology_on, on),
        shown(story.social_on, on),
        shown(story.legal_on, on),
        shown(story.pri_on, on),
        last_shown(story.followed_up, on),
        closed,
        CLOSED_BECAUSE[story.closed_because] if closed else "",
    ]
