"""A registry that nobody foresaw is added by adding a folder to the pack, and nothing else."""

import io
import shutil
from pathlib import Path

import pytest

from amparo.access.actors import Actor
from amparo.pack import checks
from amparo.pack.current import pack
from amparo.registries.actions import deliver
from amparo.registries.models import Event, Record
from amparo.registries.queries import identities
from tests.unit.registries.reading import PACK
from tests.worlds import NOW

LAYOUT = """
source: defensa-publica
institution: minjusdh
version: "1"
valid_from: 2020-01-01
verified: false
title: {es: Patrocinios de la Defensa Pública, en: Patronages of the Public Defence}
unit_of_record: {es: patrocinio de una persona, en: patronage of one person}
came_from: Invented for this test.
file: {format: csv, separators: ["|"], districts: inei}
key: [PATROCINIO]
registered_on: INICIO
office: {column: SEDE, unit: defensa_publica}
columns:
  - {name: PATROCINIO, required: true, filled: true, holds: identity}
  - {name: INICIO, required: true, filled: true, convert: date}
  - {name: SEDE, holds: identity}
  - {name: PERSONA, required: true, holds: identity, to: full_name, convert: full_name}
  - {name: DNI, holds: identity, to: doc_number, convert: document_number}
  - {name: PRESTACION, convert: code, codes: servicio, words: {PATROCINIO LEGAL: DEFENSA_PUBLICA}}
events:
  - {type: atencion_servicio, on: INICIO, data: {servicio: PRESTACION, estado: =EN_CURSO}}
"""
FILE = (
    "PATROCINIO|INICIO|SEDE|PERSONA|DNI|PRESTACION\n"
    "P-1|05/09/2026|Puerto Maldonado|AHUANARI DE LA CRUZ, FLOR LUCERO|71234567|PATROCINIO LEGAL\n"
    "P-2|05/09/2026|Puerto Maldonado|TAMANI, ROSA||OTRA COSA\n"
)


@pytest.fixture
def country(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The pack of Peru with one more folder."""
    shutil.copytree(PACK, tmp_path / "pack")
    folder = tmp_path / "pack" / "imports" / "defensa-publica"
    folder.mkdir()
    (folder / "1.yaml").write_text(LAYOUT, encoding="utf-8")
    monkeypatch.setenv("AMPARO_PACK", str(tmp_path / "pack"))
    pack.cache_clear()
    yield tmp_path / "pack"
    pack.cache_clear()


def test_a_folder_is_all_that_a_new_registry_needs(country):
    clerk = Actor(name="defensa", institution="minjusdh", capabilities=frozenset({"delivery_write"}))

    outcome = deliver.deliver(actor=clerk, source="defensa-publica", content=io.BytesIO(FILE.encode()), at=NOW)

    assert checks.check(country).problems == ()
    assert (outcome.new, outcome.set_aside, outcome.read_as["separator"]) == (1, 1, "|")
    assert [reason.code for reason in outcome.rows_set_aside[0].reasons] == ["code.unknown"]
    record = Record.objects.get()
    assert (record.institution, record.unit) == ("minjusdh", "defensa_publica")
    assert Event.objects.get().data == {"servicio": "DEFENSA_PUBLICA", "estado": "EN_CURSO"}
    fields = identities.of_records([record.id])[record.id].fields
    assert (fields.given, fields.surname1, fields.surname2) == ("FLOR LUCERO", "AHUANARI", "DE LA CRUZ")
