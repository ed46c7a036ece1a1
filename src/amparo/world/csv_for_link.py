"""The rows of a world as plain files for ``amparo link``: one per source, and the truth beside."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from amparo.world.fields import INSTITUTIONS, fields_of, taken
from amparo.world.registers.book import SOURCES
from amparo.world.registers.entry import Entry

COLUMNS = (
    "record_id", "institucion", "fecha_registro", "nombres", "ap_paterno", "ap_materno", "alias", "sexo", "fecha_nac",
    "edad", "tipo_doc", "num_doc", "nacionalidad", "ubigeo_origen", "fecha_hecho", "ubigeo_hecho",
)  # fmt: skip
"""The columns of the plain files that ``amparo link`` takes."""


def write(folder: Path, *, people: int, seed: int, today: date) -> dict[str, int]:
    """Write ``<source>.csv`` for each source and ``truth.csv`` (record_id,person); answers the rows per source."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = dict.fromkeys(SOURCES, 0)
    with ExitStack() as stack:
        files = {
            name: csv.writer(stack.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline="")))
            for name in (*SOURCES, "truth")
        }
        for source in SOURCES:
            files[source].writerow(COLUMNS)
        files["truth"].writerow(("record_id", "person"))
        for entry in taken(people, seed, today):
            row = link_row(entry)
            files[entry.source].writerow(row)
            files["truth"].writerow((row[0], entry.person.number))
            counts[entry.source] += 1
    return counts


def link_row(entry: Entry) -> tuple[str, ...]:
    """One entry in the columns of :data:`COLUMNS`."""
    fields, typed = fields_of(entry), entry.typed
    return (
        fields.record_id,
        INSTITUTIONS[entry.source],
        entry.registered_on.isoformat(),
        fields.given,
        fields.surname1,
        fields.surname2,
        fields.alias,
        fields.sex,
        typed.birth_date.isoformat() if typed.birth_date else "",
        "" if typed.age is None else str(typed.age),
        fields.doc_type,
        fields.doc_number,
        fields.nationality,
        fields.origin,
        entry.journey.rescue.on.isoformat(),
        fields.event_place,
    )
