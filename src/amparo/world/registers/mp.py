"""The prosecutors' list of aggrieved persons: a workbook, people grouped under the number of their carpeta."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from amparo.world import dni, habits
from amparo.world.draw import chance
from amparo.world.journeys.story import Journey, Prosecution
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
    reference,
    shown,
)
from amparo.world.registers.offices import offices
from amparo.world.typed import INITIALS, NOBODY, Typed

SOURCE = "mp"
SHEET = "Agraviados"
TITLES = (
    "MINISTERIO PÚBLICO - FISCALÍA DE LA NACIÓN",
    "RELACIÓN DE AGRAVIADOS POR TRATA DE PERSONAS Y DELITOS CONEXOS",
)

COLUMNS = (
    "CARPETA_FISCAL", "ITEM", "DISTRITO_FISCAL", "FISCALIA", "FECHA_INGRESO", "AGRAVIADO", "DOC_IDENTIDAD", "SEXO",
    "EDAD", "FECHA_NACIMIENTO", "NACIONALIDAD", "DELITO", "FECHA_HECHO", "UBIGEO_HECHO", "UDAVIT", "FECHA_UDAVIT",
    "FECHA_CAMARA_GESELL", "FECHA_MEDIDA_PROTECCION", "CLAVE_RESERVA", "ESTADO", "FECHA_ESTADO", "DENUNCIA_PNP",
)  # fmt: skip

DOCUMENTS = {
    DNI: "DNI", CARD: "CE", PASSPORT: "PAS", PERMIT: "PTP", CEDULA: "CEDULA", BIRTH_RECORD: "ACTA", NONE: "",
}  # fmt: skip
NATIONALITIES = {"PER": "PERU", "VEN": "VENEZUELA", "BOL": "BOLIVIA", "COL": "COLOMBIA", "ECU": "ECUADOR", "": ""}
UDAVIT = {"si": "SI", "no": "NO", "rechaza": "RECHAZA", "": ""}
STATES = {
    "diligencias_preliminares": "DILIGENCIAS PRELIMINARES", "investigacion_preparatoria": "INVESTIGACION PREPARATORIA",
    "acusacion": "ACUSACION", "juicio": "JUICIO ORAL", "archivo": "ARCHIVO",
    "sentencia_condenatoria": "SENTENCIA CONDENATORIA", "sentencia_absolutoria": "SENTENCIA ABSOLUTORIA",
    "terminacion_anticipada": "TERMINACION ANTICIPADA",
}  # fmt: skip
CRIMES = ("129-A", "129-B", "129-C", "129-D", "129-H", "129-Ñ", "129-O")


class MpRegister(Register):
    """Writes the rows of the prosecutors."""

    source = SOURCE

    def entries(self, case: Case) -> Sequence[Entry]:
        """The people of the case under its carpeta, and those whom a second prosecutor counts again under another."""
        found: list[Entry] = []
        for turn in (0, 1):
            stories = [(j.prosecution[turn], j) for j in case.journeys if len(j.prosecution) > turn]
            stories.sort(key=lambda pair: pair[0].opened_on)
            if stories:
                carpeta = case.carpeta if turn == 0 else self._second_carpeta(case, stories[0][0])
                opened = stories[0][0].opened_on
                found += [
                    self._entry(case, journey, story, (turn, carpeta, item, opened))
                    for item, (story, journey) in enumerate(stories, start=1)
                ]
        return found

    def _second_carpeta(self, case: Case, story: Prosecution) -> str:
        code = int(offices(case.rescue.site.department).fiscalia_code) + 7
        year = story.opened_on.year
        return f"{code:010d}-{year}-{self._numbers.next(code, year)}-0"

    def _entry(self, case: Case, journey: Journey, story: Prosecution, place: tuple[int, str, int, date]) -> Entry:
        turn, carpeta, item, opened = place
        rng = self._begin(journey, turn)
        earlier, typed = identities(rng, journey.person, habits.MP, case.rescue.on)
        copied = bool(journey.police) and chance(rng, 0.6)
        references = {reference("carpeta", carpeta)} | ({reference("denuncia", case.denuncia)} if copied else set())
        return Entry(
            source=SOURCE,
            key=(carpeta, str(item)),
            registered_on=story.opened_on,
            journey=journey,
            story=story,
            earlier=earlier,
            typed=typed,
            details={
                "opened": opened.isoformat(),
                "second": "1" if turn else "",
                "denuncia": case.denuncia if copied else "",
                "crime": _crime(rng, journey),
                "nobody": rng.choice(("NN", "NN", "N.N.", "NN-02")),
                "reserve": f"CR-{opened.year}-{journey.person.number:05d}" if story.reserved else "",
                "joined": "1" if chance(rng, 0.05) else "",
                "check": "1" if chance(rng, 0.04) else "",
            },
            references=frozenset(references),
            spoiled=self._fault(),
        )

    def row(self, entry: Entry, on: date, *, latest: bool) -> list[Cell]:
        """One line of the workbook, its carpeta filled in; the workbook blanks repetitions."""
        story: Prosecution = entry.story
        state_on, state = [pair for pair in story.states if pair[0] <= on][-1]
        unknown = entry.is_spoiled(UNKNOWN_WORD, latest=latest)
        unit = offices(entry.journey.rescue.site.department)
        return [
            entry.key[0],
            None if entry.is_spoiled(MISSING_KEY, latest=latest) else int(entry.key[1]),
            unit.fiscal_district,
            unit.second_fiscalia if entry.details["second"] else unit.fiscalia,
            date.fromisoformat(entry.details["opened"]),
            *_identity(entry, entry.identity(latest=latest)),
            *_facts(entry, latest=latest),
            UDAVIT[story.udavit] if story.udavit_on is None or story.udavit_on <= on else "",
            shown(story.udavit_on, on),
            shown(story.camara_gesell_on, on),
            shown(story.protection_on, on),
            entry.details["reserve"],
            "POR VERIFICAR EN SGF" if unknown else STATES[state],
            state_on,
            entry.details["denuncia"],
        ]


def _identity(entry: Entry, typed: Typed) -> list[Cell]:
    return [
        aggrieved(entry, typed),
        document_text(entry, typed.document),
        typed.sex,
        typed.age,
        typed.birth_date,
        NATIONALITIES[typed.nationality],
    ]


def aggrieved(entry: Entry, typed: Typed) -> str:
    """The cell AGRAVIADO: surnames, comma, given names; or initials; or NN."""
    if typed.form == NOBODY:
        return entry.details["nobody"]
    if typed.form == INITIALS:
        letters = (typed.given, typed.surname1, typed.surname2)
        return f"INICIALES {''.join(f'{letter}.' for letter in letters if letter)}"
    surnames = f"{typed.surname1} {typed.surname2}".strip()
    return f"{surnames}, {typed.given}" if surnames else typed.given


def document_text(entry: Entry, document: Document) -> str:
    """The cell DOC_IDENTIDAD: kind and number in one, now and then without the space between them."""
    if document.kind == NONE:
        return ""
    return f"{DOCUMENTS[document.kind]}{'' if entry.details['joined'] else ' '}{number_text(entry, document)}"


def number_text(entry: Entry, document: Document) -> str:
    """The number, now and then with the check digit that stands behind it on the card.

    The digit is that of the card in the clerk's hand, so it betrays a digit that the clerk mistyped.
    """
    if document.kind != DNI or not entry.details["check"]:
        return document.number
    mistyped = {"wrong_digit", "transposed_digits"} & set(entry.typed.vices)
    return f"{document.number}-{dni.check_digit(entry.person.document.number if mistyped else document.number)}"


def _facts(entry: Entry, *, latest: bool) -> list[Cell]:
    rescue = entry.journey.rescue
    impossible = entry.is_spoiled(IMPOSSIBLE_DATE, latest=latest)
    return [
        entry.details["crime"],
        f"31/02/{rescue.on.year}" if impossible else rescue.on,
        rescue.site.district.inei,
    ]


def _crime(rng: Random, journey: Journey) -> str:
    """The article under which the prosecutor files it; the same facts are typed in more than one way."""
    if "ES" in journey.recruitment.purposes and chance(rng, 0.25):
        return "129-H" if journey.is_child else rng.choice(("129-C", "129-D"))
    if {"TF", "SER"} & set(journey.recruitment.purposes) and chance(rng, 0.35):
        return rng.choice(("129-O", "129-Ñ"))
    return "129-B" if journey.is_child or len(journey.rescue.members) > 2 else "129-A"
