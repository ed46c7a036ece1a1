"""Reading a file in the tests' own process, as the child would, and building the files that tests read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from amparo.pack import layout_files, loader
from amparo.pack.layouts import Layout
from amparo.pack.model import Pack
from amparo.registries.lexicon import lexicon_for
from amparo.registries.readers import worker
from amparo.registries.readers.limits import Limits

PACK = Path(__file__).resolve().parents[3] / "packs" / "peru"
IMPORTS = PACK / "imports"
TODAY = date(2026, 11, 20)


@cache
def peru() -> Pack:
    """The pack as shipped."""
    return loader.load(PACK)


@cache
def layouts() -> dict[str, tuple[Layout, ...]]:
    """Its layouts by source."""
    return layout_files.load_layouts(PACK)


def layout(source: str) -> Layout:
    """The newest layout of a source."""
    return layouts()[source][0]


@cache
def task(source: str, limits: Limits | None = None) -> dict[str, Any]:
    """What the child is told about a source."""
    others = [versions[0] for code, versions in layouts().items() if code != source]
    chosen = layout(source)
    return worker.task_of(chosen, others, lexicon_for(peru(), chosen), limits or Limits(), TODAY)


def read(source: str, content: bytes, limits: Limits | None = None) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """How the file was opened, and every row as the parent would get it."""
    said: list[dict[str, Any]] = []
    worker.work(BytesIO(content), task(source, limits) | {"size": len(content)}, said.append)
    return said[0]["opened"], [row for message in said for row in message.get("rows", ())]


PNP = {
    "NRO_REGISTRO": "R2026-000001", "NRO_DENUNCIA": "20000013", "FEC_REGISTRO": "05/09/2026",
    "UNIDAD_PNP": "COMISARIA PNP MAZUKO", "AP_PATERNO": "AHUANARI", "AP_MATERNO": "DE LA CRUZ",
    "NOMBRES": "FLOR LUCERO", "ALIAS": "", "SEXO": "FEMENINO", "FEC_NAC": "14/05/2010", "EDAD": "16",
    "TIPO_DOC": "DNI", "NRO_DOC": "71234567", "NACIONALIDAD": "PERUANA", "UBIGEO_NAC": "150101",
    "UBIGEO_CAPTACION": "150101", "FEC_HECHO": "01/09/2026", "UBIGEO_HECHO": "160102",
    "LUGAR_HECHO": "LA PAMPA KM 108", "MODALIDAD_CAPTACION": "OFERTA DE TRABAJO", "FINALIDAD": "EXPLOTACION SEXUAL",
    "FEC_COMUNIC_FISCAL": "", "DERIVADO_A": "", "FEC_DERIVACION": "", "NRO_CARPETA": "", "OBSERVACIONES": "",
}  # fmt: skip
"""A row of the police on an invented girl."""


def pnp(*changes: dict[str, str], separator: str = ";", encoding: str = "cp1252", leave_out: str = "") -> bytes:
    """A file of the police: one row per dict of changes to :data:`PNP`."""
    names = [name for name in PNP if name != leave_out]
    lines = [separator.join(names)]
    lines += [separator.join((PNP | change)[name] for name in names) for change in changes or ({},)]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def workbook(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    """A workbook; a value that begins with ``=`` is written as a formula, a date as a real one."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, (date, datetime)):
                    page.write_datetime(line, place, value, day)
                elif value is not None:
                    page.write(line, place, value)
    book.close()
    return buffer.getvalue()


MP_COLUMNS = (
    "CARPETA_FISCAL", "ITEM", "FISCALIA", "FECHA_INGRESO", "AGRAVIADO", "DOC_IDENTIDAD", "SEXO", "EDAD", "ESTADO",
    "FECHA_ESTADO",
)  # fmt: skip


def mp_row(carpeta: str = "2706014500-2026-101-0", item: object = 1, **changes: object) -> list[object]:
    """A row of the prosecutors under :data:`MP_COLUMNS`."""
    row: dict[str, object] = {
        "CARPETA_FISCAL": carpeta, "ITEM": item, "FISCALIA": "FISCALIA PROVINCIAL MIXTA CORPORATIVA DE MAZUKO",
        "FECHA_INGRESO": date(2026, 9, 3), "AGRAVIADO": "AHUANARI DE LA CRUZ, FLOR LUCERO",
        "DOC_IDENTIDAD": "DNI 71234567", "SEXO": "F", "EDAD": 16, "ESTADO": "DILIGENCIAS PRELIMINARES",
        "FECHA_ESTADO": date(2026, 9, 4),
    }  # fmt: skip
    return [(row | changes)[name] for name in MP_COLUMNS]
