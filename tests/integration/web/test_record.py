"""A record is read as its institution wrote it; what is sealed opens for a purpose, to whoever may ask."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from amparo.ledger import queries
from amparo.registries import identity
from amparo.registries.models import Batch, Judgement, Record, RecordVersion
from amparo.vault import actions as vault
from tests import worlds
from tests.integration.web.conftest import SignIn, acts, project, same_page, subjects_of
from tests.worlds import CEM_IQUITOS, FLOR, NOW, POLICE, PROSECUTOR, RESCUE, UPE, Happening

FIRST = {"typed": {"FECHA_RESCATE": "2026-09-01", "MEDIDA": "ACOGIMIENTO"}, "values": {"FECHA_RESCATE": "2026-09-01"}}
SECOND = {"typed": {"FECHA_RESCATE": "2026-09-02", "FECHA_PTI": "2026-10-01"}, "values": {}}
STORY = "Pide que nadie llame a su casa."


def version(record: UUID, number: int, content: dict[str, Any]) -> None:
    written = NOW + timedelta(days=number)
    RecordVersion.objects.create(
        record_id=record, number=number, row=7, content=content, sealed=["identity", "narrative"], digest="0" * 32,
        written_at=written,
    )  # fmt: skip


@pytest.fixture
def record() -> UUID:
    """Flor's record at UPE, in two versions, the first with a story."""
    made = worlds.record(FLOR, UPE, RESCUE)
    version(made, 1, FIRST)
    version(made, 2, SECOND)
    Record.objects.filter(id=made).update(version=2)
    named = identity.Identity(replace(FLOR, record_id=str(made)), {"NOMBRES_NNA": "Flor Lucero", "EXPEDIENTE": "EXP-9"})
    vault.seal_many(
        [
            vault.Document(made, identity.COMPARTMENT, 2, "mimp", identity.to_bytes(named)),
            vault.Document(made, identity.NARRATIVE, 1, "mimp", json.dumps({"OBS": STORY}).encode()),
        ]
    )
    project(made)
    return made


def test_an_own_record_is_shown_without_what_is_sealed(sign_in: SignIn, record: UUID) -> None:
    page = sign_in("mimp-upe", UPE).get(f"/registros/{record}/").content.decode()

    assert "FECHA_PTI" in page
    assert "cerrado" in page
    assert "Lucero" not in page
    assert set(subjects_of("record.read")) == {record}


def test_what_changed_since_the_version_before_is_marked(sign_in: SignIn, record: UUID) -> None:
    page = sign_in("mimp-upe", UPE).get(f"/registros/{record}/?cambios=1").content.decode()

    assert '2026-09-0<mark class="differs">1</mark>' in page
    assert '2026-09-0<mark class="differs">2</mark>' in page
    assert "ya no viene" in page
    assert "3 cambios" in page


def test_an_older_version_is_read_as_it_was(sign_in: SignIn, record: UUID) -> None:
    client = sign_in("mimp-upe", UPE)

    page = client.get(f"/registros/{record}/?v=1").content.decode()

    assert "FECHA_PTI" not in page
    assert client.get(f"/registros/{record}/?v=9").status_code == 404


def test_a_purpose_opens_what_is_sealed_and_is_noted_first(sign_in: SignIn, record: UUID) -> None:
    client = sign_in("mimp-upe", UPE)

    page = client.post(f"/registros/{record}/?v=2", {"purpose": "PROTECCION"}).content.decode()

    entry = queries.latest(limit=1, act="record.reveal")[0]
    assert "Flor Lucero" in page
    assert "EXP-9" in page
    assert (entry.purpose, entry.detail) == ("PROTECCION", {"compartments": ["identity", "narrative"]})


def test_without_a_purpose_nothing_opens(sign_in: SignIn, record: UUID) -> None:
    answer = sign_in("mimp-upe", UPE).post(f"/registros/{record}/", {"purpose": ""})

    assert answer.status_code == 422
    assert "Lucero" not in answer.content.decode()
    assert "record.reveal" not in acts()


def test_what_another_office_is_shown_of_a_record_holds_no_worker_s_words(sign_in: SignIn, record: UUID) -> None:
    referral = Happening("derivacion", date(2026, 9, 2), {"destino": "udavit"}, "170102")
    worlds.write(record, UPE, referral)
    project(record)
    udavit = replace(PROSECUTOR, unit="udavit", office="mp-udavit-madre-de-dios")

    page = sign_in("mp-udavit", udavit).post(f"/registros/{record}/?v=1", {"purpose": "ATENCION"}).content.decode()

    assert "FECHA_RESCATE" in page
    assert STORY not in page
    assert queries.latest(limit=1, act="record.reveal")[0].detail == {"compartments": ["identity"]}


def test_not_yours_and_not_there_look_the_same(sign_in: SignIn, record: UUID) -> None:
    client = sign_in("mimp-cem", CEM_IQUITOS)

    refused, missing = client.get(f"/registros/{record}/"), client.get(f"/registros/{uuid4()}/")

    assert (refused.status_code, missing.status_code) == (404, 404)
    assert same_page(refused, missing)
    assert "record.read" not in acts()


def test_the_police_read_their_own_record_and_not_another_s(sign_in: SignIn, record: UUID) -> None:
    own = worlds.record(FLOR, POLICE, RESCUE)
    version(own, 1, FIRST)
    project(own)
    client = sign_in("pnp-registrador", POLICE)

    assert client.get(f"/registros/{own}/").status_code == 200
    assert client.get(f"/registros/{record}/").status_code == 404


def test_of_another_office_s_record_no_more_is_shown_than_of_its_events(sign_in: SignIn) -> None:
    mp = worlds.record(FLOR, PROSECUTOR, RESCUE, Happening("explotacion", date(2026, 9, 1)))
    referral = Happening("derivacion", date(2026, 9, 2), {"destino": "udavit"}, "170102")
    worlds.write(mp, PROSECUTOR, referral)
    upe = worlds.record(FLOR, UPE)
    typed = {"FECHA_HECHO": "2026-09-01", "ESTADO": "ACUSACION", "SEXO": "F"}
    RecordVersion.objects.create(
        record_id=mp, number=1, content={"typed": typed, "values": {"ESTADO": "ACUSACION"}}, sealed=["identity"],
        digest="0" * 32, written_at=NOW,
    )  # fmt: skip
    raw = {"AGRAVIADO": "Flor Lucero", "CLAVE_RESERVA": "CR-77", "CARPETA_FISCAL": "2706-1", "OTRA": "lo que sea"}
    named = identity.Identity(replace(FLOR, record_id=str(mp)), raw)
    vault.seal_many([vault.Document(mp, identity.COMPARTMENT, 2, "mp", identity.to_bytes(named))])
    RecordVersion.objects.filter(record_id=mp).update(number=2)
    Judgement.objects.create(left_id=min(mp, upe), right_id=max(mp, upe), answer="same", by="x", at=NOW)
    project(mp, upe)

    client = sign_in("mimp-upe", UPE)
    page = client.post(f"/registros/{mp}/", {"purpose": "PROTECCION"}).content.decode()
    own = sign_in("mp-fiscal", PROSECUTOR).post(f"/registros/{mp}/", {"purpose": "PROTECCION"}).content.decode()

    assert "Flor Lucero" in page
    assert "2026-09-01" in page
    assert [word for word in ("ACUSACION", "CR-77", "2706-1", "lo que sea") if word in page] == []
    assert [word for word in ("ACUSACION", "CR-77", "2706-1", "lo que sea") if word not in own] == []


def test_a_delivery_is_offered_only_where_it_opens(sign_in: SignIn, record: UUID) -> None:
    """What another institution handed in is not the reader's to open, so no link leads into a dead end."""
    theirs = worlds.record(FLOR, POLICE, RESCUE)
    version(theirs, 1, FIRST)
    for each in Record.objects.all():
        handed_in = Batch.objects.create(source=each.source, institution=each.institution, received_at=NOW)
        each.versions.update(batch=handed_in)
    Judgement.objects.create(left_id=record, right_id=theirs, answer="same", by="r", at=NOW)
    project(record, theirs)
    upe = sign_in("mimp-upe", UPE)

    assert "ver la entrega" in upe.get(f"/registros/{record}/").content.decode()
    assert "ver la entrega" not in upe.get(f"/registros/{theirs}/").content.decode()
