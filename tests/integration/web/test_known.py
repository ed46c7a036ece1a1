"""The page asked before a record is opened: masked, by POST, with what to do next, kind where nothing came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from amparo.access import trawling
from amparo.casework.models import Person
from tests import worlds
from tests.integration.web.conftest import SignIn, acts, everything_in_the_ledger, project, subjects_of
from tests.worlds import CEM_IQUITOS, FLOR, POLICE, RESCUE, UPE

HERS = {"given": "Flor Lucero", "surnames": "Aguanari de la Cruz", "birth": "2010", "purpose": "ATENCION"}


@pytest.fixture
def girl() -> UUID:
    return project(worlds.record(FLOR, UPE, RESCUE))


def ask(client: Client, **told: str) -> Any:
    return client.post("/conocida/", {**HERS, **told})


def results(page: Any) -> str:
    return str(page.content.decode().partition('id="resultados"')[2].partition("<form")[0])


def test_she_is_shown_masked_with_what_agrees_and_a_way_to_her_thread(sign_in: SignIn, girl: UUID) -> None:
    page = results(ask(sign_in("mimp-upe", UPE)))

    assert Person.objects.get(id=girl).code in page
    assert f"/personas/{girl}/" in page
    assert "F. L. A. C." in page
    assert "apellidos" in page
    assert not [word for word in ("Flor", "Ahuanari", "71234567") if word in page]


def test_somebody_out_of_reach_comes_with_whom_to_call(sign_in: SignIn, girl: UUID) -> None:
    page = results(ask(sign_in("mimp-cem", CEM_IQUITOS)))

    assert f"/personas/{girl}/" not in page
    assert "Comuníquese con:" in page
    assert "UPE" in page


def test_a_registrar_learns_yes_or_no(sign_in: SignIn, girl: UUID) -> None:
    client = sign_in("pnp-registrador", POLICE)

    yes, no = results(ask(client)), results(ask(client, given="Bruna", surnames="Zevallos Yalta", birth="1990"))

    assert "Sí, esta persona es conocida." in yes
    assert Person.objects.get(id=girl).code not in yes
    assert "No encontramos a esta persona." in no


def test_nobody_is_a_kind_answer_that_says_how_a_new_record_comes_in(sign_in: SignIn, girl: UUID) -> None:
    page = ask(sign_in("mimp-upe", UPE), given="Bruna", surnames="Zevallos Yalta", birth="1990")

    assert "No encontramos a nadie que pueda ser ella." in results(page)
    assert "/entregas/nueva/" in results(page)


def test_what_was_typed_stays_in_the_form_and_nowhere_else(sign_in: SignIn, girl: UUID) -> None:
    page = ask(sign_in("mimp-upe", UPE))

    assert 'value="Aguanari de la Cruz"' in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    written = everything_in_the_ledger().lower()
    assert not [word for word in ("flor", "aguanari", "ahuanari", "2010") if word in written]
    assert girl in subjects_of(trawling.ASKING)


def test_nothing_is_asked_by_an_address(sign_in: SignIn, girl: UUID) -> None:
    page = sign_in("mimp-upe", UPE).get("/conocida/?given=Flor&surnames=Ahuanari&birth=2010&purpose=ATENCION")

    assert page.status_code == 200
    assert "Ahuanari" not in page.content.decode()
    assert trawling.ASKING not in acts()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"purpose": ""}, "Para qué pregunta"),
        ({"birth": "ayer"}, "Escriba la fecha (12/03/2006), el año (2006) o la edad (17)."),
        ({"document": "AB12345"}, "Diga qué documento es"),
        ({"surnames": "", "birth": ""}, "Con eso saldría mucha gente"),
        ({"given": "Flor", "surnames": "", "birth": ""}, "Con eso saldría mucha gente"),
        ({"event_place": "Atlántida"}, "No hay un distrito con ese nombre."),
        ({"origin": "Santa Rosa"}, "Hay varios distritos con ese nombre."),
        ({"event_on": "2099-01-01"}, "Ese día todavía no llega."),
    ],
)
def test_an_error_stands_at_its_box(sign_in: SignIn, girl: UUID, told: dict[str, str], words: str) -> None:
    page = ask(sign_in("mimp-upe", UPE), **{"given": "Flor", **told})

    assert page.status_code == 422
    assert words in page.content.decode()
    assert trawling.ASKING not in acts()


def test_whoever_goes_through_a_list_is_told_to_wait(
    sign_in: SignIn, girl: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trawling, "LIMITS", ((1, timedelta(minutes=10)),))
    client = sign_in("mimp-upe", UPE)

    first, second = ask(client), ask(client)

    assert (first.status_code, second.status_code) == (200, 429)
    assert "Se hicieron demasiadas preguntas" in second.content.decode()
    assert "Falta corregir algo" not in second.content.decode()
    assert "access.denied" in acts()
