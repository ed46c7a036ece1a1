"""The police's RETA: one row per person in a denuncia, upper case without accents, RENIEC codes, dd/mm/yyyy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from amparo.world import habits, misspell
from amparo.world.draw import chance
from amparo.world.journeys.story import Journey, Police
from amparo.world.persons import BIRTH_RECORD, CARD, CEDULA, DNI, NONE, PASSPORT, PERMIT
from amparo.world.registers.entry import (
    IMPOSSIBLE_DATE,
    MISSING_KEY,
    UNKNOWN_WORD,
    Case,
    Entry,
    Register,
    identities,
    reference,
    shown,
)
from amparo.world.registers.offices import offices, station_names
from amparo.world.registers.remarks import remark
from amparo.world.typed import NOBODY, Typed

SOURCE = "pnp-reta"

COLUMNS = (
    "NRO_REGISTRO", "NRO_DENUNCIA", "FEC_REGISTRO", "UNIDAD_PNP", "AP_PATERNO", "AP_MATERNO", "NOMBRES", "ALIAS",
    "SEXO", "FEC_NAC", "EDAD", "TIPO_DOC", "NRO_DOC", "NACIONALIDAD", "UBIGEO_NAC", "UBIGEO_CAPTACION", "FEC_HECHO",
    "UBIGEO_HECHO", "LUGAR_HECHO", "MODALIDAD_CAPTACION", "FINALIDAD", "FEC_COMUNIC_FISCAL", "DERIVADO_A",
    "FEC_DERIVACION", "NRO_CARPETA", "OBSERVACIONES",
)  # fmt: skip

SEXES = {"F": "FEMENINO", "M": "MASCULINO", "": ""}
DOCUMENTS = {
    DNI: "DNI", CARD: "CARNET EXTRANJERIA", PASSPORT: "PASAPORTE", PERMIT: "PTP", CEDULA: "CEDULA EXTRANJERA",
    BIRTH_RECORD: "PARTIDA NACIMIENTO", NONE: "SIN DOCUMENTO",
}  # fmt: skip
NATIONALITIES = {
    "PER": "PERUANA", "VEN": "VENEZOLANA", "BOL": "BOLIVIANA", "COL": "COLOMBIANA", "ECU": "ECUATORIANA", "": "",
}  # fmt: skip
MODALITIES = {
    "OT": "OFERTA DE TRABAJO", "AE": "APOYO ECONOMICO", "PAD": "PADRINAZGO", "CON": "CONVENCIMIENTO DE CONOCIDO",
    "ENT": "ENTREGA POR PADRES", "AME": "AMENAZA", "ENA": "ENAMORAMIENTO", "RED": "REDES SOCIALES",
    "AVI": "AVISO O AGENCIA", "DEU": "DEUDA O PASAJE", "FUE": "FUERZA O RAPTO", "FIE": "DISCOTECA O FIESTA",
    "NI": "NO IDENTIFICADA",
}  # fmt: skip
PURPOSES = {
    "ES": "EXPLOTACION SEXUAL", "EL": "EXPLOTACION LABORAL", "TF": "TRABAJO FORZOSO", "ESC": "ESCLAVITUD",
    "SER": "SERVIDUMBRE", "MEN": "MENDICIDAD", "VN": "VENTA DE NIÑOS", "ORG": "TRAFICO DE ORGANOS",
    "AD": "ACTIVIDADES DELICTIVAS", "MS": "MATRIMONIO SERVIL", "OT": "OTRA", "NI": "NO IDENTIFICADA",
}  # fmt: skip
BETWEEN_PURPOSES = " / "
REFERRED_TO = {
    "upe": "UPE", "car": "CAR", "fiscalia": "FISCALIA", "familia": "FAMILIA", "udavit": "UDAVIT", "cem": "CEM",
    "calp": "CALP", "": "",
}  # fmt: skip


class PnpRegister(Register):
    """Writes the rows of the police."""

    source = SOURCE

    def entries(self, case: Case) -> Sequence[Entry]:
        """One row per person and registration."""
        return [
            self._entry(case, journey, story, turn)
            for journey in case.journeys
            for turn, story in enumerate(journey.police)
        ]

    def _entry(self, case: Case, journey: Journey, story: Police, turn: int) -> Entry:
        rng = self._begin(journey, turn)
        year = story.registered_on.year
        denuncia = case.denuncia if turn == 0 else f"{int(case.denuncia) + 40_000_000 + self._numbers.next('second')}"
        earlier, typed = identities(rng, journey.person, habits.PNP, case.rescue.on)
        references = {reference("denuncia", denuncia)}
        carpeta = _carpeta(rng, case) if story.told_prosecutor_on and journey.prosecution else ""
        if carpeta:
            references.add(reference("carpeta", case.carpeta))
        return Entry(
            source=SOURCE,
            key=(f"R{year}-{self._numbers.next(year):06d}",),
            registered_on=story.registered_on,
            journey=journey,
            story=story,
            earlier=earlier,
            typed=typed,
            details={
                "denuncia": denuncia,
                "carpeta": carpeta,
                "unit": _unit(rng, journey, story),
                "place": rng.choice(journey.rescue.site.texts),
                "remark": remark(rng, journey.person, journey.rescue.site.department),
                "nobody": rng.choice(("NN", "NN", "NN-01", "N.N.")),
            },
            references=frozenset(references),
            spoiled=self._fault(),
        )

    def row(self, entry: Entry, on: date, *, latest: bool) -> list[str]:
        """One line of the police's file."""
        story: Police = entry.story
        return [
            "" if entry.is_spoiled(MISSING_KEY, latest=latest) else entry.key[0],
            entry.details["denuncia"],
            _day(story.registered_on),
            entry.details["unit"],
            *_identity(entry, entry.identity(latest=latest)),
            *_facts(entry, latest=latest),
            _day(shown(story.told_prosecutor_on, on)),
            REFERRED_TO[story.referred_to] if shown(story.referred_on, on) else "",
            _day(shown(story.referred_on, on)),
            entry.details["carpeta"] if _known_carpeta(entry, on) else "",
            entry.details["remark"],
        ]


def _identity(entry: Entry, typed: Typed) -> list[str]:
    nobody = typed.form == NOBODY
    return [
        typed.surname1,
        typed.surname2,
        entry.details["nobody"] if nobody else typed.given,
        misspell.without_accents(typed.alias).upper(),
        SEXES[typed.sex],
        _day(typed.birth_date),
        "" if typed.age is None else str(typed.age),
        DOCUMENTS[typed.document.kind],
        typed.document.number,
        NATIONALITIES[typed.nationality],
        typed.origin.reniec if typed.origin else "",
    ]


def _facts(entry: Entry, *, latest: bool) -> list[str]:
    rescue, recruitment = entry.journey.rescue, entry.journey.recruitment
    impossible = entry.is_spoiled(IMPOSSIBLE_DATE, latest=latest)
    unknown = entry.is_spoiled(UNKNOWN_WORD, latest=latest)
    return [
        recruitment.district.reniec,
        f"31/02/{rescue.on.year}" if impossible else _day(rescue.on),
        rescue.site.district.reniec,
        entry.details["place"],
        MODALITIES[recruitment.modality],
        "VER PARTE S/N" if unknown else BETWEEN_PURPOSES.join(PURPOSES[code] for code in recruitment.purposes),
    ]


def _unit(rng: Random, journey: Journey, story: Police) -> str:
    site = journey.rescue.site
    return rng.choice(offices(site.department).police if story.specialised else station_names(site.station))


def _known_carpeta(entry: Entry, on: date) -> bool:
    return bool(entry.journey.prosecution) and entry.journey.prosecution[0].opened_on <= on


def _carpeta(rng: Random, case: Case) -> str:
    """The carpeta's number as the police copy it: often not at all, sometimes without its last part."""
    if not chance(rng, 0.45):
        return ""
    return case.carpeta if chance(rng, 0.8) else case.carpeta.rsplit("-", 1)[0]


def _day(day: date | None) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}" if day else ""
