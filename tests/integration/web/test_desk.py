"""The officer's pages: incidents with their hours, requests with their days, accesses, and proofs outside."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from amparo.access.models import User
from amparo.casework.models import Incident, PersonRequest
from tests import worlds
from tests.integration.web.conftest import SignIn, project
from tests.worlds import FLOR, RESCUE, UPE


@pytest.fixture
def officer(sign_in: SignIn) -> Client:
    return sign_in("odp")


def moment(hours_ago: int) -> str:
    return (timezone.localtime() - timedelta(hours=hours_ago)).strftime("%Y-%m-%dT%H:%M")


def incident(officer: Client, **changes: str) -> Any:
    told = {
        "kind": "ACCESO_INDEBIDO", "known_at": moment(50), "began_at": moment(60), "ended_at": moment(0),
        "username": "mimp-upe", "office": "",
    }  # fmt: skip
    return officer.post("/despacho/incidentes/nuevo/", {**told, **changes}, follow=True)


def test_an_incident_shows_its_late_clock_and_whom_it_touched(officer: Client, sign_in: SignIn) -> None:
    girl = project(worlds.record(FLOR, UPE, RESCUE))
    thread = sign_in("mimp-upe", UPE).get(f"/personas/{girl}/").content.decode()
    page = incident(officer, ended_at=(timezone.localtime() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"))

    assert "vencido hace 2 horas" in page.content.decode()
    address = page.redirect_chain[-1][0]
    listed = officer.post(address).content.decode()
    code = thread.partition('person__code">')[2][:13]
    assert f'person__code">{code}</li>' in listed
    assert "no verificado" in listed
    officer.post(f"{address}hecho/", {"what": "notified"})
    officer.post(f"{address}hecho/", {"what": "told"})
    assert "hecho tarde" in officer.post(f"{address}hecho/", {"what": "closed"}, follow=True).content.decode()
    assert Incident.objects.get().closed_at is not None


@pytest.mark.parametrize(
    "slip", [{"kind": ""}, {"username": ""}, {"known_at": "ayer"}, {"ended_at": moment(70)}, {"office": "nada"}]
)
def test_a_slip_is_told(officer: Client, slip: dict[str, str]) -> None:
    assert incident(officer, **slip).status_code == 422
    assert Incident.objects.count() == 0


def test_a_request_has_its_day_and_its_answer(officer: Client) -> None:
    girl = project(worlds.record(FLOR, UPE, RESCUE))
    code = worlds.Record.objects.get(id=girl).code
    today = timezone.localdate().isoformat()
    told = {"code": code.lower(), "kind": "acceso", "asker": "REPRESENTANTE", "received": today}

    page = officer.post("/despacho/solicitudes/nueva/", told, follow=True).content.decode()

    assert "quedan 20 días hábiles" in page
    assert "revisión legal" in page
    asked = PersonRequest.objects.get()
    answered = officer.post(f"/despacho/solicitudes/{asked.id}/responder/", {"answer": "CONCEDIDA"}, follow=True)
    assert "Se hizo lo que pidió" in answered.content.decode()
    assert officer.post("/despacho/solicitudes/nueva/", {**told, "code": "AMP-0000-0000"}).status_code == 422
    assert officer.post("/despacho/solicitudes/nueva/", {**told, "received": "2999-01-01"}).status_code == 422


def test_an_access_is_vouched_for_or_ended(officer: Client, sign_in: SignIn) -> None:
    upe = sign_in("mimp-upe", UPE)
    user = User.objects.get(username="mimp-upe")
    assert "El suyo lo confirma otra persona" in officer.get("/despacho/accesos/").content.decode()

    officer.post(f"/despacho/accesos/{user.id}/", {"answer": "keep"})
    assert upe.get("/lista/").status_code == 200
    officer.post(f"/despacho/accesos/{user.id}/", {"answer": "end"})

    assert upe.get("/lista/").status_code == 302


def test_an_installation_that_sends_its_proofs_nowhere_says_so(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "No hay ningún destino" in officer.get("/despacho/").content.decode()

    monkeypatch.setenv("AMPARO_CHECKPOINTS", "https://partner.example/checkpoints")
    assert "https:partner.example" in officer.get("/despacho/").content.decode()


@pytest.mark.parametrize("address", ["/despacho/", "/despacho/accesos/", "/despacho/incidentes/nuevo/"])
def test_nobody_else_comes_to_the_desk(sign_in: SignIn, address: str) -> None:
    assert sign_in("mimp-upe", UPE).get(address).status_code == 403
