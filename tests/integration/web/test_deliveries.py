"""Handing in a file on the page: seen before it is kept, taken once, corrected and handed in again."""

from __future__ import annotations

import io
import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import openpyxl
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from amparo.access.actors import MACHINE
from amparo.casework.models import Person
from amparo.kernel.errors import Invalid
from amparo.registries.actions import uploads
from amparo.registries.actions.deliver import deliver
from amparo.registries.models import Batch, Record, SetAside, Upload
from amparo.registries.readers import scanning
from amparo.vault.models import SealedFile
from tests.integration.web import exports
from tests.integration.web.conftest import SignIn, acts, everything_in_the_ledger
from tests.worlds import POLICE, PROSECUTOR, UPE

# A name in the name of a file must not outlive its arrival.
FILE_NAME = "ZUPAYAURI QUILLATUPA 83412765.csv"
SPOILED = {"FEC_REGISTRO": "31/02/2024"}


def hand_in(client: Client, content: bytes, source: str = "pnp-reta", **headers: Any) -> Any:
    file = SimpleUploadedFile(FILE_NAME, content)
    return client.post("/entregas/nueva/", {"source": source, "file": file}, **headers)


def waiting(client: Client, content: bytes, source: str = "pnp-reta") -> str:
    """Choose a file and return the address of its preview."""
    answer = hand_in(client, content, source)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def confirmed(client: Client, content: bytes, source: str = "pnp-reta") -> str:
    """Choose a file, say yes, and return the address of the delivery."""
    return str(client.post(f"{waiting(client, content, source)}confirmar/")["Location"])


def figures(page: str) -> list[int]:
    """New, changed, unchanged and set aside as the page shows them."""
    return [int(part.partition("<")[0]) for part in page.split('<dd class="tile__figure">')[1:5]]


def sealed_files(folder: Path) -> list[Path]:
    return list((folder / "files").rglob("*.sealed"))


@pytest.fixture
def police(sign_in: SignIn) -> Client:
    return sign_in("pnp-registrador", POLICE)


def test_what_would_happen_is_shown_before_anything_is_kept(police: Client) -> None:
    page = police.get(waiting(police, exports.pnp([{}, {"NRO_DOC": ""}, SPOILED]))).content.decode()

    assert "Esto es lo que pasaría" in page
    assert figures(page) == [2, 0, 0, 1]
    assert "Windows-1252" in page
    assert "punto y coma" in page
    assert "sin comprobar todavía con la institución" in page
    assert "no existe en el calendario" in page
    assert "Revise el día y el mes." in page
    assert (Record.objects.count(), Batch.objects.count()) == (0, 0)


def test_a_yes_takes_the_file_and_says_who_it_brought(police: Client) -> None:
    other = {"AP_PATERNO": "Condori", "AP_MATERNO": "Mamani", "NOMBRES": "Juana", "NRO_DOC": "45612378"}
    page = police.get(confirmed(police, exports.pnp([{}, other, SPOILED]))).content.decode()

    assert "Entrega guardada" in page
    assert figures(page) == [2, 0, 0, 1]
    assert "personas nuevas" in page
    assert Record.objects.filter(linked=True).count() == 2
    assert Person.objects.count() == 2
    assert [act for act in acts() if act.startswith("delivery.")] == ["delivery.preview", "delivery.take"]


def test_saying_yes_twice_takes_the_file_once(police: Client) -> None:
    preview = waiting(police, exports.pnp([{}]))

    first = police.post(f"{preview}confirmar/")
    second = police.post(f"{preview}confirmar/")

    assert first["Location"] == second["Location"]
    assert Batch.objects.count() == 1
    assert police.get(preview)["Location"] == first["Location"]


def test_a_delivery_in_between_shows_the_preview_anew_instead_of_taking_it(police: Client) -> None:
    preview = waiting(police, exports.pnp([{}]))
    deliver(actor=MACHINE, source="pnp-reta", content=io.BytesIO(exports.pnp([{}])), at=timezone.now())

    page = police.post(f"{preview}confirmar/", follow=True).content.decode()

    assert "Entretanto llegó otra entrega" in page
    assert figures(page) == [0, 0, 1, 0]
    assert "no cambia nada" in page
    assert Batch.objects.count() == 1
    assert "Entrega guardada" in police.post(f"{preview}confirmar/", follow=True).content.decode()


def test_a_discarded_file_is_gone_and_cannot_be_taken(police: Client, settings: Any) -> None:
    preview = waiting(police, exports.pnp([{}]))
    assert len(sealed_files(settings.DATA)) == 1

    told = police.post(f"{preview}descartar/", follow=True).content.decode()

    assert "El archivo se descartó" in told
    assert sealed_files(settings.DATA) == []
    assert police.post(f"{preview}confirmar/").status_code == 409
    assert Record.objects.count() == 0


def test_a_file_that_waits_is_in_the_list_of_who_chose_it(police: Client) -> None:
    preview = waiting(police, exports.pnp([{}]))

    assert preview in police.get("/entregas/").content.decode()


def test_files_forgotten_for_a_week_are_thrown_away(police: Client, settings: Any) -> None:
    waiting(police, exports.pnp([{}]))
    later = timezone.now() + uploads.KEPT_FOR + timedelta(hours=1)

    assert uploads.discard_forgotten(actor=MACHINE, at=later) == 1
    assert sealed_files(settings.DATA) == []
    assert Upload.objects.get().state == "discarded"


@pytest.mark.parametrize(
    ("language", "what", "remedy"),
    [
        ("es", "Este archivo parece ser de otra fuente: Procedimientos de la UPE.", "Revise cuál quiere entregar."),
        ("en", "This file looks like the export of another source:", "Please check which one you want to hand in."),
    ],
)
def test_a_refused_file_says_why_and_what_to_do(
    police: Client, settings: Any, language: str, what: str, remedy: str
) -> None:
    other = Path("packs/peru/imports/mimp-upe/sample.csv").read_bytes()
    police.cookies["django_language"] = language

    page = police.get(waiting(police, other)).content.decode()

    assert what in page
    assert remedy in page
    assert "confirmar/" not in page
    assert sealed_files(settings.DATA) == []
    assert SealedFile.objects.count() == 0
    assert acts()[-1] == "delivery.refuse"


def test_an_empty_file_is_answered_and_not_an_error(police: Client) -> None:
    assert "El archivo está vacío." in police.get(waiting(police, b"")).content.decode()


def test_a_file_above_the_limit_is_refused_by_its_size_alone(police: Client, settings: Any) -> None:
    settings.DELIVERY_MAX_BYTES = 400

    answer = hand_in(police, exports.pnp([{}] * 3))

    assert answer.status_code == 422
    assert "y el máximo es" in answer.content.decode()
    assert SealedFile.objects.count() == 0


def test_only_the_registers_of_ones_own_kind_of_office_are_offered(police: Client, sign_in: SignIn) -> None:
    assert [source for source in ("pnp-reta", "mp", "mimp-upe") if f'value="{source}"' in _new(police)] == ["pnp-reta"]
    mimp = _new(sign_in("mimp-upe", UPE))
    assert [source for source in ("pnp-reta", "mimp-cem", "mimp-upe") if f'value="{source}"' in mimp] == ["mimp-upe"]
    assert hand_in(police, exports.pnp([{}]), "mp").status_code == 422


def _new(client: Client) -> str:
    return client.get("/entregas/nueva/").content.decode()


def test_who_may_only_read_deliveries_cannot_hand_one_in(sign_in: SignIn) -> None:
    client = sign_in("mp-udavit", PROSECUTOR)

    assert "/entregas/nueva/" not in client.get("/entregas/").content.decode()
    assert client.get("/entregas/nueva/").status_code == 403


def test_another_institution_finds_nothing(police: Client, sign_in: SignIn) -> None:
    preview = waiting(police, exports.pnp([SPOILED]))
    taken = confirmed(police, exports.pnp([{}, SPOILED]))
    other = sign_in("mp-fiscal", PROSECUTOR)

    answers = [
        other.get(preview),
        other.post(f"{preview}confirmar/"),
        other.post(f"{preview}descartar/"),
        other.get(taken),
        other.get(f"{taken}apartadas/"),
        other.get(f"/entregas/{uuid4()}/"),
    ]

    assert [answer.status_code for answer in answers] == [404] * len(answers)
    assert preview not in other.get("/entregas/").content.decode()
    assert taken not in other.get("/entregas/").content.decode()


def test_an_analyst_sees_what_became_of_every_delivery_and_no_value(police: Client, sign_in: SignIn) -> None:
    taken = confirmed(police, exports.pnp([{}, {"FEC_NAC": "Zupayauri"}, SPOILED]))
    analyst = sign_in("analista")

    page = analyst.get(taken).content.decode()

    assert taken in analyst.get("/entregas/").content.decode()
    assert "FEC_NAC" in page
    assert "31/02/2024" not in page
    assert "apartadas/" not in page
    assert analyst.get(f"{taken}apartadas/").status_code == 403


def test_a_value_that_may_name_somebody_is_masked_and_a_date_is_not(police: Client) -> None:
    content = exports.pnp([{"FEC_NAC": "Zupayauri"}, {"FEC_NAC": "83412765"}, {"FEC_NAC": "31/02/2001"}])

    page = police.get(waiting(police, content)).content.decode()

    assert "Z•••i" in page
    assert "8•••5" in page
    assert "31/02/2001" in page
    assert [mark for mark in exports.MARKS if mark in page.lower()] == []
    assert acts()[-1] == "rows.read"


def test_names_and_documents_stay_under_seal(police: Client, settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    content = exports.pnp([{}, {"FEC_NAC": "Zupayauri", "NRO_DOC": "83412765"}, {"SEXO": "Zupayauri"}])
    preview = waiting(police, content)
    police.get(preview)
    taken = confirmed(police, content)
    page = police.get(taken)
    rows = police.get(f"{taken}apartadas/")

    told = [preview, taken, *map(str, page.headers.items()), *map(str, rows.headers.items()), *caplog.messages]
    told += [str(path) for path in settings.DATA.rglob("*")]
    told += [everything_in_the_ledger(), *every_row("default")]
    stored = b"\n".join(path.read_bytes() for path in settings.DATA.rglob("*") if path.is_file()).lower()

    assert [mark for mark in exports.MARKS if mark in "\n".join(told).lower() or mark.encode() in stored] == []
    assert exports.MARKS[0] in content.decode("cp1252").lower()


def every_row(database: str) -> list[str]:
    """Every value of every table of the cases' database, as text."""
    models = [model for model in apps.get_models() if model._meta.app_label != "vault"]
    return [repr(row) for model in models for row in model._default_manager.using(database).values()]


def test_rows_set_aside_come_back_corrected_and_are_settled(police: Client) -> None:
    taken = confirmed(police, exports.pnp([{}, SPOILED, {"FEC_NAC": "31/02/2001"}]))
    answer = police.get(f"{taken}apartadas/")
    assert answer["Content-Disposition"] == 'attachment; filename="filas-apartadas.xlsx"'
    assert answer["Cache-Control"] == "no-store"
    assert acts()[-1] == "delivery.give_back"

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.active
    names = [cell.value for cell in sheet[1]]
    sheet.cell(2, names.index("FEC_REGISTRO") + 1).value = "28/02/2024"
    corrected = io.BytesIO()
    book.save(corrected)
    page = police.get(confirmed(police, corrected.getvalue())).content.decode()

    assert figures(page) == [1, 0, 0, 1]
    assert Record.objects.count() == 2
    assert SetAside.objects.filter(batch=UUID(taken.split("/")[2]), settled_by__isnull=False).count() == 1
    before = police.get(taken).content.decode()
    assert "1 fila apartada ya se corrigió" in before
    assert "Queda 1." in before


def test_the_same_file_again_brings_nothing_and_says_so(police: Client) -> None:
    content = exports.pnp([{}])
    confirmed(police, content)

    page = police.get(waiting(police, content)).content.decode()

    assert figures(page) == [0, 0, 1, 0]
    assert "confirmarlo no cambia nada" in page


def test_a_record_joined_to_somebody_known_is_counted_as_such(police: Client) -> None:
    confirmed(police, exports.pnp([{}]))

    page = police.get(confirmed(police, exports.pnp([{"NRO_REGISTRO": "R2024-777777"}]))).content.decode()

    assert Person.objects.count() == 1
    joined, new_people, _ = (part.partition("<")[0] for part in page.split('<span class="tile__figure">')[1:4])
    assert (joined, new_people) == ("1", "0")


def test_a_waiting_file_is_thrown_away_only_by_who_may_hand_it_in(
    police: Client, sign_in: SignIn, settings: Any
) -> None:
    preview = waiting(police, exports.pnp([{}]))
    Upload.objects.update(institution="mp", source="mp")
    udavit = sign_in("mp-udavit", replace(PROSECUTOR, unit="udavit", office="mp-udavit-madre-de-dios"))

    answers = [udavit.post(f"{preview}descartar/"), udavit.post(f"{preview}confirmar/")]

    assert [answer.status_code for answer in answers] == [404, 404], "another kind of office finds nothing there"
    assert Upload.objects.get().state == "preview"
    assert len(sealed_files(settings.DATA)) == 1


@pytest.mark.parametrize("verdict", ["file.infected", "file.not_scanned"])
def test_what_the_scanner_does_not_let_through_is_never_stored(
    police: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, verdict: str
) -> None:
    def scan(_file: Any) -> str:
        assert sealed_files(settings.DATA) == []
        raise Invalid(verdict)

    monkeypatch.setattr(scanning, "scan", scan)

    page = police.get(waiting(police, exports.pnp([{}]))).content.decode()

    assert "No se guardó nada de este archivo" in page
    assert sealed_files(settings.DATA) == []
    assert Upload.objects.get().state == "refused"
