"""The officer for data protection reads who did what, and never what was read."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from amparo.casework.models import Person
from amparo.ledger.models import Entry
from tests import worlds
from tests.integration.ledger.test_ledger import as_administrator
from tests.integration.web.conftest import SignIn, acts, project, subjects_of
from tests.worlds import FLOR, RESCUE, UPE


@pytest.fixture
def girl(sign_in: SignIn) -> UUID:
    """Flor, whose thread and identity UPE has read."""
    person = project(worlds.record(FLOR, UPE, RESCUE))
    reader = sign_in("mimp-upe", UPE)
    reader.get(f"/personas/{person}/")
    reader.post(f"/personas/{person}/", {"purpose": "PROTECCION"})
    return person


def test_the_latest_entries_say_who_did_what_and_for_what(sign_in: SignIn, girl: UUID) -> None:
    page = sign_in("odp").get("/bitacora/").content.decode()

    assert "Leyó el hilo" in page
    assert "Vio la identidad" in page
    assert "Protegerla de un riesgo" in page
    assert Person.objects.get().code in page


def test_entries_are_filtered_by_act_and_user(sign_in: SignIn, girl: UUID) -> None:
    client = sign_in("odp")

    only = client.get("/bitacora/?acto=identity.reveal").content.decode().partition("<tbody>")[2]
    nobody = client.get("/bitacora/?quien=nadie").content.decode()

    assert "Vio la identidad" in only
    assert "Leyó el hilo" not in only
    assert "Ninguna anotación con estos filtros" in nobody


def test_who_looked_at_one_person_is_found_by_her_code(sign_in: SignIn, girl: UUID) -> None:
    code = Person.objects.get().code.lower()

    answer = sign_in("odp").post("/bitacora/persona/", {"code": f" {code} "}, follow=True)

    assert answer.redirect_chain[-1][0] == f"/bitacora/personas/{girl}/"
    assert "Vio la identidad" in answer.content.decode()
    assert set(subjects_of("ledger.person")) == {girl}


def test_a_code_of_nobody_is_answered_kindly(sign_in: SignIn, girl: UUID) -> None:
    page = sign_in("odp").post("/bitacora/persona/", {"code": "AMP-0000-0000"}, follow=True).content.decode()

    assert "Ninguna persona tiene ese código" in page
    assert sign_in("odp").get(f"/bitacora/personas/{uuid4()}/").status_code == 404


def test_the_officer_sees_no_name_and_no_initials(sign_in: SignIn, girl: UUID) -> None:
    client = sign_in("odp")
    pages = client.get("/bitacora/").content.decode() + client.get(f"/bitacora/personas/{girl}/").content.decode()

    assert [word for word in ("Ahuanari", "Flor", "F. L.", "71234567") if word in pages] == []


def test_a_sound_ledger_is_said_to_be_sound(sign_in: SignIn, girl: UUID) -> None:
    page = sign_in("odp").post("/bitacora/comprobar/", follow=True).content.decode()

    assert "La bitácora está completa" in page
    assert "La cadena está completa" in page
    assert "ledger.verify" in acts()


@pytest.mark.as_owner
def test_the_first_altered_entry_is_named(sign_in: SignIn, girl: UUID) -> None:
    second = Entry.objects.order_by("seq")[1].seq
    as_administrator("UPDATE ledger_entry SET actor = 'otra' WHERE seq = %s", second)

    page = sign_in("odp").post("/bitacora/comprobar/", follow=True).content.decode()

    assert "NO está íntegra" in page
    assert f"La primera anotación alterada es la número {second}" in page


def test_a_long_ledger_is_read_page_by_page(sign_in: SignIn, girl: UUID) -> None:
    client = sign_in("odp")
    for _ in range(60):
        client.get("/bitacora/?acto=thread.read")

    first = client.get("/bitacora/?acto=ledger.read").content.decode()
    address = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = client.get(f"/bitacora/{address}")

    assert "antes=" in address
    assert second.status_code == 200
    assert 'rel="prev"' in second.content.decode()
