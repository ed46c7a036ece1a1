"""Three hundred marked identities go through everything; none is found in what was written but under the vault's seals.

Every name, document, alias and phone of the marked people is a word that occurs nowhere else. After handing them in,
linking them and reading their pages, each of those words, and its folded forms, is looked for in every table of both
databases, in every file of the data folder, in the log, and in addresses and headers.
"""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from amparo.access.actors import MACHINE
from amparo.casework.actions import catching_up
from amparo.casework.models import Person
from amparo.engines.linkage import fold
from amparo.registries.actions.deliver import deliver
from tests import worlds
from tests.worlds import NOW, UPE

MARKED = 300
COLUMNS = (
    "NRO_REGISTRO;NRO_DENUNCIA;FEC_REGISTRO;UNIDAD_PNP;AP_PATERNO;AP_MATERNO;NOMBRES;ALIAS;SEXO;FEC_NAC;EDAD;TIPO_DOC;"
    "NRO_DOC;NACIONALIDAD;UBIGEO_NAC;UBIGEO_CAPTACION;FEC_HECHO;UBIGEO_HECHO;LUGAR_HECHO;MODALIDAD_CAPTACION;FINALIDAD;"
    "FEC_COMUNIC_FISCAL;DERIVADO_A;FEC_DERIVACION;NRO_CARPETA;OBSERVACIONES"
)


def word(number: int, kind: str) -> str:
    """A made-up word for a person's part: letters only, found in no dictionary and no code of the project."""
    letters = "".join(chr(ord("a") + number // 26**place % 26) for place in range(4))
    return f"Zupa{kind}{letters}tox"


def document(number: int) -> str:
    return f"{83_000_000 + number * 7}"


def marks(number: int) -> list[str]:
    """Everything of a marked person that must stay sealed."""
    return [word(number, kind) for kind in ("pat", "mat", "nom", "liz", "obs")] + [document(number)]


def export() -> bytes:
    """The police's export with the marked people in it, in its own encoding."""
    rows = []
    for number in range(MARKED):
        names = f"{word(number, 'pat')};{word(number, 'mat')};{word(number, 'nom')};{word(number, 'liz')}"
        told = f"Su madre {word(number, 'obs')} pide noticias al 9{document(number)}"
        rows.append(
            f"R2026-{number:06};20{number:06};02/09/2026;DIVINCRI TRATA IQUITOS;{names};FEMENINO;"
            f"{number % 28 + 1:02}/05/2010;16;DNI;"
            f"{document(number)};PERUANA;150101;150101;01/09/2026;160102;LA PAMPA;OFERTA DE TRABAJO;"
            f"EXPLOTACION SEXUAL;02/09/2026;UPE;02/09/2026;;{told}"
        )
    return "\r\n".join([COLUMNS, *rows]).encode("cp1252")


def sheets() -> bytes:
    """Some of them again at UPE, so that there is something to join."""
    header = (
        "EXPEDIENTE,UPE,FECHA_APERTURA,RESOLUCION,TIPO_PROCEDIMIENTO,NOMBRES_NNA,APELLIDOS_NNA,SEXO,FECHA_NACIMIENTO,"
        "EDAD_ESTIMADA,TIPO_DOC,NUM_DOC,NACIONALIDAD,UBIGEO_ORIGEN,FECHA_RESCATE,UBIGEO_RESCATE,MEDIDA,CAR_CODIGO,"
        "FECHA_INGRESO_CAR,FECHA_EGRESO,MOTIVO_EGRESO,FECHA_OPINION,FECHA_PTI,FECHA_PRI,FECHA_SEGUIMIENTO,"
        "ADULTO_ACOMPANANTE,DNI_ADULTO"
    )
    rows = []
    for number in range(0, MARKED, 20):
        names = f"{word(number, 'nom')},{word(number, 'pat')} {word(number, 'mat')}"
        rows.append(
            f"EXP-MADRE-DE-DIOS-2026-{number:04},UPE Madre de Dios,2026-09-03,,DESPROTECCION,{names},F,"
            f"2010-05-{number % 28 + 1:02},,DNI,"
            f"{document(number)},Peruana,160101,2026-09-01,170102,,,,,,,,,,{word(number, 'obs')},{document(number)}"
        )
    return "\r\n".join([header, *rows]).encode("utf-8-sig")


@pytest.fixture
def written(settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Path:
    """Hand everything in, link it, and read pages as somebody would."""
    settings.DATA = tmp_path
    caplog.set_level(logging.DEBUG)
    first = deliver(actor=MACHINE, source="pnp-reta", content=io.BytesIO(export()), at=NOW)
    second = deliver(actor=MACHINE, source="mimp-upe", content=io.BytesIO(sheets()), at=NOW)
    assert (first.new, second.new) == (MARKED, MARKED // 20)
    catching_up.catch_up(actor=MACHINE, touched=[*first.touched, *second.touched], at=NOW)
    return tmp_path


def test_marked_identities_are_nowhere_but_under_seal(
    written: Path, caplog: pytest.LogCaptureFixture, client: Client
) -> None:
    addresses = read_as_a_worker(client)
    texts = ["\n".join([*tables(), *caplog.messages, *addresses])]
    files = (path.read_bytes().decode("latin-1") for path in written.rglob("*") if path.is_file())

    assert Person.objects.count() >= MARKED
    assert [found for text in (*texts, *files) for found in marks_in(text)] == []


def test_the_marks_would_be_found_if_they_were_there() -> None:
    everything = {mark.lower() for number in range(MARKED) for mark in marks(number)}

    assert everything <= set(marks_in(export().decode("cp1252")))
    assert len(marks_in(fold.loose(word(7, "pat")))) == len(marks_in(fold.strict(word(7, "nom")))) == 1


def marks_in(text: str) -> list[str]:
    """Marks in a text, as they were typed or as linkage folds them."""
    words = re.findall(r"[zs]upa(?:pat|mat|nom|li[zs]|obs)\w*", text, re.IGNORECASE)
    numbers = set(re.findall(r"83\d{6}", text)) & {document(number) for number in range(MARKED)}
    return [found.lower() for found in words] + sorted(numbers)


def tables() -> Iterator[str]:
    """Every value of every row of every table of both databases, as text; sealed bytes as they are."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.values().iterator():
            yield json.dumps({name: _text(value) for name, value in row.items()}, ensure_ascii=False, default=str)


def _text(value: object) -> object:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else value


def read_as_a_worker(client: Client) -> list[str]:
    """Read the list, a thread and its identity, and search; return the addresses and headers that this made."""
    client.force_login(worlds.user("mimp-upe", UPE))
    person = Person.objects.filter(reaches__unit="upe", reaches__relation="record").order_by("id")[0]
    told = []
    answers = [
        client.get("/lista/"),
        client.get(f"/personas/{person.id}/"),
        client.post(f"/personas/{person.id}/", {"purpose": "ATENCION"}),
        client.post("/buscar/", {"text": f"{word(0, 'pat')} {word(0, 'nom')}", "purpose": "ATENCION"}),
    ]
    for answer in answers:
        assert answer.status_code == 200, answer.request["PATH_INFO"]
        told += [answer.request["PATH_INFO"], *map(str, answer.headers.items())]
    assert marks_in(answers[2].content.decode()), "the identity that was asked for is shown, and only there"
    assert marks_in(answers[1].content.decode()) == []
    return told
