"""The pages on which identities are erased and kept: two people, a hold that stops them, and the certificate."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from django.test import Client

from amparo.access.actors import Actor
from amparo.casework.actions import holding
from amparo.casework.models import ErasureRequest
from amparo.registries.actions import judging
from amparo.registries.models import Record
from amparo.vault import queries
from amparo.vault.models import LegalHold
from tests import worlds
from tests.integration.web.conftest import SignIn, acts, project
from tests.worlds import FLOR, POLICE, RESCUE, UPE

OFFICE = worlds.Office("", "mimp", "datos_personales", "mimp-odp", "")


@pytest.fixture
def officer(sign_in: SignIn) -> Client:
    return sign_in("odp", OFFICE)


@pytest.fixture
def holder(sign_in: SignIn) -> Client:
    return sign_in("titular-banco")


@pytest.fixture
def girl() -> UUID:
    return project(worlds.record(FLOR, UPE, RESCUE))


def ask(officer: Client, girl: UUID, **changes: object) -> ErasureRequest | None:
    told = {"e-records": [str(girl)], "e-reason": "ERROR", "e-basis": "Ley 29733, art. 20", **changes}
    officer.post(f"/conservar/registros/{girl}/borrar/", told)
    return ErasureRequest.objects.order_by("asked_at").last()


def hold(client: Client, girl: UUID) -> None:
    told = {"h-records": [str(girl)], "h-why": "criminal_proceedings", "h-article": "CPP, art. 220"}
    client.post(f"/conservar/registros/{girl}/conservar/", told)


def text(answer: object) -> str:
    return str(answer.content.decode())  # type: ignore[attr-defined]


def test_from_a_code_to_a_certificate(officer: Client, holder: Client, girl: UUID) -> None:
    code = Record.objects.get(id=girl).code
    found = officer.post("/conservar/buscar/", {"code": code.lower()}, follow=True)
    assert code in text(found)
    assert FLOR.surname1 not in text(found)
    asked = ask(officer, girl)
    assert asked is not None
    own = text(officer.get(f"/conservar/borrados/{asked.id}/"))
    assert "debe ordenarlo otra persona" in own
    assert "Ordenar el borrado" not in own
    officer.post(f"/conservar/borrados/{asked.id}/ordenar/")
    assert queries.open_many([girl], "identity")

    assert "Ordenar el borrado" in text(holder.get(f"/conservar/borrados/{asked.id}/"))
    done = holder.post(f"/conservar/borrados/{asked.id}/ordenar/", follow=True)

    assert "Borrado: se destruyó 1 llave." in text(done)
    assert queries.open_many([girl], "identity") == {}
    file = officer.get(f"/conservar/borrados/{asked.id}/certificado/")
    assert json.loads(file.content)["records"] == [girl.hex]
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert {"erasure.ask", "erasure.order", "erasure.certificate"} <= set(acts())
    assert "ya borrado" in text(officer.get(f"/conservar/registros/{girl}/"))


def test_a_hold_is_shown_with_its_article_and_its_author_and_taken_away_by_two(
    officer: Client, holder: Client, girl: UUID
) -> None:
    asked = ask(officer, girl)
    assert asked is not None
    hold(officer, girl)
    number = LegalHold.objects.get().id

    page = text(holder.get(f"/conservar/borrados/{asked.id}/"))
    assert "CPP, art. 220" in page
    assert "lo ordenó Persona de Prueba" in page
    assert "Ordenar el borrado" not in page
    assert "hay orden de conservar 1" in text(holder.post(f"/conservar/borrados/{asked.id}/ordenar/", follow=True))
    address = "/conservar/ordenes/levantar/"
    assert "otra persona debe levantarla" in text(
        officer.post(address, {"hold": str(number), "why": "ended"}, follow=True)
    )
    assert "debe hacerlo otra persona" in text(
        officer.post(address, {"hold": str(number), "why": "ended"}, follow=True)
    )
    assert "Elija uno de estos motivos" in text(holder.post(address, {"hold": str(number), "why": "x"}, follow=True))
    holder.post("/conservar/ordenes/mantener/", {"hold": str(number)})
    assert LegalHold.objects.get().lift_asked_by == ""
    officer.post(address, {"hold": str(number), "why": "ended"})
    assert "Orden levantada." in text(holder.post(address, {"hold": str(number), "why": "ended"}, follow=True))


@pytest.mark.parametrize(
    "slip", [{"e-records": []}, {"e-reason": ""}, {"e-basis": " "}, {"e-reason": "SOLICITUD"}, {"e-records": ["x"]}]
)
def test_a_slip_is_told_and_nothing_is_asked(officer: Client, girl: UUID, slip: dict[str, object]) -> None:
    told = {"e-records": [str(girl)], "e-reason": "ERROR", "e-basis": "Ley 29733, art. 20", **slip}
    answer = officer.post(f"/conservar/registros/{girl}/borrar/", told)

    assert answer.status_code == 422
    assert "Falta corregir algo" in text(answer)
    assert not ErasureRequest.objects.exists()


def test_a_code_of_another_institution_is_as_unknown_as_one_that_nobody_has(officer: Client) -> None:
    theirs = project(worlds.record(FLOR, POLICE, RESCUE))
    code = Record.objects.get(id=theirs).code
    for told in (code, "AMP-0000-0000", ""):
        assert "no tiene a nadie con ese código" in text(
            officer.post("/conservar/buscar/", {"code": told}, follow=True)
        )
    officer.raise_request_exception = False
    assert officer.get(f"/conservar/registros/{theirs}/").status_code == 404


def test_a_no_ends_it(officer: Client, holder: Client, girl: UUID) -> None:
    asked = ask(officer, girl)
    assert asked is not None
    holder.post(f"/conservar/borrados/{asked.id}/rechazar/")
    assert "ya tuvo respuesta" in text(holder.post(f"/conservar/borrados/{asked.id}/rechazar/", follow=True))
    assert "no se borra" in text(officer.get("/conservar/"))


@pytest.mark.parametrize("role", ["mimp-upe", "revisor", "coordinador-regional"])
def test_nobody_else_comes_here(sign_in: SignIn, role: str, girl: UUID) -> None:
    client = sign_in(role, UPE if role == "mimp-upe" else None)
    for address in ("/conservar/", f"/conservar/registros/{girl}/"):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("number", ["", "x", "0", "-1", "9" * 40, "123"])
def test_a_hold_that_there_is_not_is_not_found(officer: Client, number: str) -> None:
    officer.raise_request_exception = False
    for what in ("levantar", "mantener"):
        told = {"hold": number, "why": "ended"}
        assert officer.post(f"/conservar/ordenes/{what}/", told).status_code == 404


def test_an_order_on_another_record_of_hers_stops_it_and_whose_it_is_is_not_told(
    officer: Client, holder: Client, girl: UUID
) -> None:
    asked = ask(officer, girl)
    assert asked is not None
    theirs = worlds.record(FLOR, POLICE, RESCUE)
    police = Actor("keeper", institution="pnp", capabilities=frozenset({"legal_hold"}))
    holding.place(actor=police, records=[theirs], reason="court_order", article="Norma ajena, art. 7", at=worlds.NOW)
    judging.judge(actor=worlds.actor("revisor"), answer=judging.Answer(girl, theirs, "same", "records"), at=worlds.NOW)
    project(girl)

    for address in (f"/conservar/borrados/{asked.id}/", f"/conservar/registros/{girl}/"):
        page = text(holder.get(address))
        assert "sobre otro registro de esta persona" in page
        assert "Ordenar el borrado" not in page
        assert not any(told in page for told in ("PNP", "Norma ajena", "keeper"))
    answer = text(holder.post(f"/conservar/borrados/{asked.id}/ordenar/", follow=True))
    assert "No se borró nada: hay orden de conservar 1 de esos registros, u otro de la misma persona." in answer
    assert queries.open_many([girl], "identity")
    assert "ni los que se le junten después" in text(officer.get(f"/conservar/registros/{girl}/"))
