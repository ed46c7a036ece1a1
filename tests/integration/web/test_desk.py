"""The officer's pages: incidents with their hours, requests with their days, accesses, and proofs outside."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from amparo.access import attestations
from amparo.access.actors import MACHINE
from amparo.access.models import Alert, AskedChange, User
from amparo.casework.models import Incident, PersonRequest
from amparo.ledger.models import Entry
from amparo.vault.backups import drills
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


def test_a_role_an_office_and_an_end_are_changed_and_hold_at_once(officer: Client, sign_in: SignIn) -> None:
    worker = sign_in("mimp-upe", UPE)
    user = User.objects.get(username="mimp-upe")
    address = f"/despacho/accesos/{user.id}/cambiar/"
    assert "UPE" in officer.get(address).content.decode()
    assert worker.get("/lista/").status_code == 200

    changed = {"role": "revisor", "office": "", "ends_on": timezone.localdate().isoformat()}
    assert "otra persona debe darlo" in officer.post(address, changed, follow=True).content.decode()
    assert worker.get("/lista/").status_code == 200
    assert "Debe darlo otra persona." in officer.get("/accesos/por-dar/").content.decode()
    holder = sign_in("titular-banco")
    assert "Revisión de pares" in holder.get("/accesos/por-dar/").content.decode()
    asked = AskedChange.objects.get()
    assert "Usted lo pidió" in officer.post(f"/accesos/por-dar/{asked.id}/dar/", follow=True).content.decode()
    assert "Dado." in holder.post(f"/accesos/por-dar/{asked.id}/dar/", follow=True).content.decode()

    assert worker.get("/lista/").status_code == 403
    assert worker.get("/pares/").status_code == 200
    assert "hasta el" in officer.get("/despacho/accesos/").content.decode()
    entry = Entry.objects.get(act="user.change")
    assert entry.detail["before"]["office"] == UPE.office
    assert entry.detail["after"]["role"] == "revisor"
    assert Alert.objects.filter(kind="user_changed", username="mimp-upe").exists()
    User.objects.filter(id=user.id).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert worker.get("/pares/").status_code == 302
    assert attestations.suspend_expired(actor=MACHINE, at=timezone.now()) == 1
    assert not User.objects.get(id=user.id).is_active


@pytest.mark.parametrize(
    "slip",
    [
        {"role": "mp-fiscal"},
        {"role": "mimp-cem"},
        {"office": "pnp-deptrata-madre-de-dios"},
        {"ends_on": "2020-01-01"},
        {"ends_on": "mañana"},
        {"role": ""},
    ],
)
def test_a_change_that_does_not_go_together_is_told_and_not_made(
    officer: Client, sign_in: SignIn, slip: dict[str, str]
) -> None:
    sign_in("mimp-upe", UPE)
    user = User.objects.get(username="mimp-upe")
    told = {"role": "mimp-upe", "office": UPE.office, "ends_on": "", **slip}

    assert officer.post(f"/despacho/accesos/{user.id}/cambiar/", told).status_code == 422

    assert User.objects.get(id=user.id).role == "mimp-upe"


def test_ending_an_access_is_told_to_the_officers(officer: Client, sign_in: SignIn) -> None:
    sign_in("mimp-upe", UPE)
    user = User.objects.get(username="mimp-upe")

    officer.post(f"/despacho/accesos/{user.id}/", {"answer": "end"})

    assert not User.objects.get(id=user.id).is_active
    assert Alert.objects.filter(kind="user_changed", username="mimp-upe").exists()


def test_what_was_asked_is_taken_back_and_a_second_answer_says_that_it_is_gone(
    officer: Client, sign_in: SignIn
) -> None:
    sign_in("mimp-upe", UPE)
    user = User.objects.get(username="mimp-upe")
    officer.post(f"/despacho/accesos/{user.id}/cambiar/", {"role": "revisor", "office": "", "ends_on": ""})
    address = f"/accesos/por-dar/{AskedChange.objects.get().id}"

    assert "No se da." in officer.post(f"{address}/rechazar/", follow=True).content.decode()

    assert "ya no está en pie" in officer.post(f"{address}/rechazar/", follow=True).content.decode()
    assert "ya no está en pie" in sign_in("titular-banco").post(f"{address}/dar/", follow=True).content.decode()
    assert "Nadie espera un acceso." in officer.get("/accesos/por-dar/").content.decode()
    assert User.objects.get(id=user.id).role == "mimp-upe"


def test_what_watches_over_others_is_not_offered_nor_given(officer: Client, sign_in: SignIn) -> None:
    sign_in("mimp-upe", UPE)
    address = f"/despacho/accesos/{User.objects.get(username='mimp-upe').id}/cambiar/"

    assert 'value="revisor"' in officer.get(address).content.decode()
    assert 'value="odp"' not in officer.get(address).content.decode()
    assert officer.post(address, {"role": "odp", "office": "mimp-odp", "ends_on": ""}).status_code == 422
    assert User.objects.get(username="mimp-upe").role == "mimp-upe"


def test_nobody_changes_her_own(officer: Client) -> None:
    own = User.objects.get(username="odp")
    assert "El suyo lo cambia otra persona." in officer.get(f"/despacho/accesos/{own.id}/cambiar/").content.decode()
    told = {"role": "revisor", "office": "", "ends_on": ""}
    assert officer.post(f"/despacho/accesos/{own.id}/cambiar/", told).status_code == 422


def test_the_end_of_an_officer_s_access_waits_for_another_officer(officer: Client) -> None:
    worlds.user("odp", name="otra")
    third = Client()
    third.force_login(worlds.user("odp", name="tercera"))
    address = f"/despacho/accesos/{User.objects.get(username='otra').id}/"
    assert "Pedir que termine" in officer.get("/despacho/accesos/").content.decode()

    asked = officer.post(address, {"answer": "end"}, follow=True).content.decode()
    again = officer.post(address, {"answer": "end"}, follow=True).content.decode()

    assert "debe terminarlo otra persona" in asked
    assert "pidió que termine" in asked
    assert "Usted ya pidió que termine" in again
    assert [page.count("Pedir que termine") + page.count(">Terminarlo") for page in (asked, again)] == [1, 1]
    assert User.objects.get(username="otra").is_active
    assert "El acceso terminó." in third.post(address, {"answer": "end"}, follow=True).content.decode()
    assert not User.objects.get(username="otra").is_active


def test_the_desk_tells_when_a_backup_was_last_tried_out(officer: Client) -> None:
    def drill(days_ago: int, *, passed: bool) -> str:
        at = timezone.now() - timedelta(days=days_ago)
        drills.note(author=MACHINE.author, digest="0" * 64, found={}, seconds=1, passed=passed, at=at)
        return officer.get("/despacho/").content.decode()

    never = officer.get("/despacho/").content.decode()
    assert "Ninguna copia se ha ensayado." in never
    assert "pida un ensayo" in never
    assert "pida un ensayo" in drill(36, passed=True)
    assert "pida un ensayo" in drill(1, passed=False)
    assert "pida un ensayo" not in drill(34, passed=True)
