"""The rows of a world as the linkage engine sees them, without files, databases or imports in between.

For benches of the engine alone. What an import would make of the same rows is the same but for what the import
itself repairs or loses; ``build`` and a real import are the way to measure that.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from amparo.engines.linkage.fields import Fields
from amparo.world.persons import NONE
from amparo.world.registers import book, cem, mp
from amparo.world.registers.entry import Entry
from amparo.world.typed import NAME, NOBODY

INSTITUTIONS = {"pnp-reta": "pnp", "mp": "mp", "mimp-cem": "mimp", "mimp-upe": "mimp", "calp": "chs"}
"""Institution by source."""

_SHOWS_ALIAS = frozenset({"pnp-reta", "calp"})
_SHOWS_NATIVE_NAME = frozenset({"calp"})
_ESTIMATES_AGES = {"mimp-upe": 1}


def linkage_fields(people: int, seed: int, today: date) -> list[tuple[Fields, int]]:
    """Every row that an import would take on the last day, each with the number of the person it is on."""
    return [(fields_of(entry), entry.person.number) for entry in taken(people, seed, today)]


def taken(people: int, seed: int, today: date) -> Iterator[Entry]:
    """The entries of the later extraction that have no fault left in them."""
    for entry in book.entries(people, seed, today):
        if not (entry.spoiled and entry.is_spoiled(entry.spoiled, latest=True)):
            yield entry


def fields_of(entry: Entry) -> Fields:
    """One entry's identity and facts."""
    typed, source = entry.typed, entry.source
    given, surname1, surname2 = _name(entry)
    return Fields(
        record_id=f"{source}:{entry.key_text}",
        institution=INSTITUTIONS[source],
        registered_on=entry.registered_on,
        given=given,
        surname1=surname1,
        surname2=surname2,
        alias=typed.alias if source in _SHOWS_ALIAS else "",
        native_name=typed.native_name if source in _SHOWS_NATIVE_NAME else "",
        sex=typed.sex,
        birth=typed.birth(entry.aged_on, margin=_ESTIMATES_AGES.get(source, 0)),
        doc_type="" if typed.document.kind == NONE and source == mp.SOURCE else typed.document.kind,
        doc_number=document_number(entry),
        nationality=typed.nationality,
        origin=typed.origin.inei if typed.origin else "",
        event_on=entry.journey.rescue.on,
        event_place=entry.journey.rescue.site.district.inei,
        references=entry.references,
        guardian_doc=entry.guardian_doc,
    )


def _name(entry: Entry) -> tuple[str, str, str]:
    """The name in its parts, or in one piece what stands in its place: NN, or initials."""
    typed, source = entry.typed, entry.source
    if source == mp.SOURCE and typed.form != NAME:
        return mp.aggrieved(entry, typed), "", ""
    if typed.form == NOBODY:
        return entry.details.get("nobody", "NN"), "", ""
    return typed.given, typed.surname1, typed.surname2


def document_number(entry: Entry) -> str:
    """The number as the row's file shows it: zeros eaten by the CEM's spreadsheet, a prosecutor's check digit."""
    document = entry.typed.document
    if entry.source == cem.SOURCE:
        return str(cem.document_cell(document) or "")
    return mp.number_text(entry, document) if entry.source == mp.SOURCE else document.number
