"""The CALP's case sheets: JSON of its own, with consent by purpose and services given or not given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from amparo.world import habits
from amparo.world.draw import chance
from amparo.world.journeys.story import Accompaniment, Journey
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
from amparo.world.typed import Typed

SOURCE = "calp"
CENTRE, VERSION = "CALP", "1"

DOCUMENTS = {
    DNI: "DNI", CARD: "carné de extranjería", PASSPORT: "pasaporte", PERMIT: "PTP", CEDULA: "cédula",
    BIRTH_RECORD: "acta de nacimiento", NONE: "sin documento",
}  # fmt: skip
SEXES = {"F": "mujer", "M": "hombre", "": ""}
PURPOSES = {
    "ES": "explotación sexual", "EL": "explotación laboral", "TF": "trabajo forzoso", "ESC": "esclavitud",
    "SER": "servidumbre", "MEN": "mendicidad", "VN": "venta de niñas y niños", "ORG": "órganos",
    "AD": "actividades delictivas", "MS": "matrimonio servil", "OT": "otra", "NI": "no identificada",
}  # fmt: skip
MODALITIES = {
    "OT": "oferta de trabajo", "AE": "ofrecimiento de apoyo", "PAD": "padrinazgo", "CON": "convencimiento de conocido",
    "ENT": "entrega por la familia", "AME": "amenaza", "ENA": "enamoramiento", "RED": "redes sociales",
    "AVI": "aviso o agencia", "DEU": "deuda", "FUE": "fuerza", "FIE": "fiesta o discoteca", "NI": "no identificada",
}  # fmt: skip
CLOSED_BECAUSE = {
    "pri_cumplido": "plan cumplido", "retiro_voluntario": "retiro voluntario",
    "perdida_contacto": "pérdida de contacto", "traslado": "traslado", "derivada_aceptada": "derivada y aceptada",
    "no_era_victima": "no era víctima",
    "fallecimiento": "fallecimiento", "duplicado": "duplicado",
}  # fmt: skip
SEATS = {"Loreto": "Iquitos", "Ucayali": "Iquitos"}


class CalpRegister(Register):
    """Writes the fichas of the CALP."""

    source = SOURCE

    def entries(self, case: Case) -> Sequence[Entry]:
        """One ficha per person, two where two seats opened one."""
        return [
            self._entry(case, journey, story, turn)
            for journey in case.journeys
            for turn, story in enumerate(journey.accompaniment)
        ]

    def _entry(self, case: Case, journey: Journey, story: Accompaniment, turn: int) -> Entry:
        rng = self._begin(journey, turn)
        own = SEATS.get(case.rescue.site.department, "Lima")
        seat = own if turn == 0 else "Iquitos" if own == "Lima" else "Lima"
        year = story.opened_on.year
        earlier, typed = identities(rng, journey.person, habits.CALP, story.opened_on)
        carpeta = case.carpeta if journey.prosecution and chance(rng, 0.6) else ""
        denuncia = case.denuncia if journey.police and chance(rng, 0.4) else ""
        known = (("carpeta", carpeta), ("denuncia", denuncia))
        return Entry(
            source=SOURCE,
            key=(f"CALP-{seat[:3].upper()}-{year}-{self._numbers.next(seat, year):04d}",),
            registered_on=story.opened_on,
            journey=journey,
            story=story,
            earlier=earlier,
            typed=typed,
            details={
                "seat": seat,
                "carpeta": carpeta,
                "denuncia": denuncia,
                "place": rng.choice(journey.rescue.site.texts).title() if chance(rng, 0.8) else "",
            },
            references=frozenset(reference(kind, number) for kind, number in known if number),
            spoiled=self._fault(),
        )

    def row(self, entry: Entry, on: date, *, latest: bool) -> dict[str, Any]:
        """One ficha."""
        story: Accompaniment = entry.story
        evaluated, planned, closed = (shown(day, on) for day in (story.risk_on, story.pri_on, story.closed_on))
        return {
            "codigo": "" if entry.is_spoiled(MISSING_KEY, latest=latest) else entry.key[0],
            "apertura": story.opened_on.isoformat(),
            "sede": entry.details["seat"],
            "persona": _person(entry, entry.identity(latest=latest)),
            "hecho": _facts(entry, latest=latest),
            "consentimientos": [
                {"fecha": _day(c.on), "para": c.purpose, "forma": c.form, "decision": c.decision}
                for c in story.consents
                if c.on <= on
            ],
            "atenciones": _services(entry, on, latest=latest),
            "derivaciones": _referrals(story, on),
            "referencias": {"carpeta": entry.details["carpeta"], "denuncia": entry.details["denuncia"]},
            "evaluacion_riesgo": {"fecha": _day(evaluated), "nivel": story.risk if evaluated else ""},
            "pri": {"fecha": _day(planned)},
            "seguimientos": [_day(day) for day in story.followed_up if day <= on],
            "cierre": {"fecha": _day(closed), "motivo": CLOSED_BECAUSE[story.closed_because]} if closed else None,
        }


def _person(entry: Entry, typed: Typed) -> dict[str, Any]:
    return {
        "nombres": typed.given,
        "apellidos": f"{typed.surname1} {typed.surname2}".strip(),
        "como_le_dicen": typed.alias,
        "nombre_originario": typed.native_name,
        "sexo": SEXES[typed.sex],
        "nacimiento": {"fecha": _day(typed.birth_date), "edad_aprox": typed.age},
        "documento": {"tipo": DOCUMENTS[typed.document.kind], "numero": typed.document.number},
        "nacionalidad": typed.nationality,
        "origen": {"ubigeo": typed.origin.inei if typed.origin else ""},
        "telefono_seguro": entry.person.phone,
    }


def _facts(entry: Entry, *, latest: bool) -> dict[str, Any]:
    rescue, recruitment = entry.journey.rescue, entry.journey.recruitment
    impossible = entry.is_spoiled(IMPOSSIBLE_DATE, latest=latest)
    return {
        "fecha": f"{rescue.on.year}-02-30" if impossible else _day(rescue.on),
        "ubigeo": rescue.site.district.inei,
        "lugar": entry.details["place"],
        "finalidades": [PURPOSES[code] for code in recruitment.purposes],
        "captacion": MODALITIES[recruitment.modality],
    }


def _services(entry: Entry, on: date, *, latest: bool) -> list[dict[str, str]]:
    story: Accompaniment = entry.story
    told = [
        {"fecha": _day(s.on), "area": s.area, "servicio": s.service, "estado": s.state, "motivo": s.reason}
        for s in sorted(story.services, key=lambda service: service.on)
        if s.on <= on
    ]
    if entry.is_spoiled(UNKNOWN_WORD, latest=latest):
        first = {"fecha": _day(story.opened_on), "area": "legal", "servicio": "asesoria legal", "motivo": ""}
        told.insert(0, {**first, "estado": "a medias"})
    return told


def _referrals(story: Accompaniment, on: date) -> list[dict[str, str]]:
    found = []
    for referral in story.referrals:
        if referral.on > on:
            continue
        answered = shown(referral.answered_on, on)
        found.append({
            "fecha": _day(referral.on),
            "a": referral.to,
            "respuesta": referral.answer if answered else "sin respuesta",
            "fecha_respuesta": _day(answered),
            "motivo": referral.reason if answered else "",
        })  # fmt: skip
    return found


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
