"""Search forgives spelling, order and missing parts, shows no name, and writes down whom and never the words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client

from amparo.access import trawling
from amparo.casework.models import Person
from amparo.casework.queries import search
from tests import worlds
from tests.integration.web.conftest import SignIn, acts, everything_in_the_ledger, project, subjects_of
from tests.worlds import CEM_IQUITOS, FLOR, POLICE, RESCUE, ROSA, UPE, Happening


@pytest.fixture
def girl() -> UUID:
    """Flor, known to the police and to UPE as two records that nobody has joined, and Rosa, known to the police."""
    flor = worlds.record(replace(FLOR, references=frozenset({"carpeta:2706014500-2026-77"})), POLICE, RESCUE)
    project(flor)
    project(worlds.record(ROSA, POLICE, RESCUE))
    return flor


def ask(client: Client, text: str, **more: str) -> str:
    answer = client.post("/buscar/", {"text": text, "purpose": "ATENCION", **more})
    return answer.content.decode() if answer.status_code == 200 else f"[{answer.status_code}] {answer.content.decode()}"


def code_of(person: UUID) -> str:
    return Person.objects.get(id=person).code


@pytest.mark.parametrize(
    "words",
    [
        "flor ahuanari",
        "AHUANARI DE LA CRUZ, FLOR LUCERO",
        "Lucero  Aguanari",
        "de la cruz flor 2010",
        "71234567",
        "DNI 71234567",
        "ahuanari 14/05/2010",
        "carpeta 2706014500-2026-77",
        "2706014500-2026-77-0",
    ],
)
def test_she_is_found_by_what_somebody_remembers(sign_in: SignIn, girl: UUID, words: str) -> None:
    page = ask(sign_in("mimp-upe", UPE), words)

    assert code_of(girl) in page


def test_a_hit_shows_initials_and_no_name(sign_in: SignIn, girl: UUID) -> None:
    page = ask(sign_in("mimp-upe", UPE), "71234567")

    results = page.partition('id="t-resultados"')[2]
    assert "Ahuanari" not in results
    assert "71234567" not in results
    assert "F. L. A. C." in results


def test_somebody_out_of_reach_comes_with_whom_to_call_and_no_link(sign_in: SignIn, girl: UUID) -> None:
    page = ask(sign_in("mimp-cem", CEM_IQUITOS), "71234567")

    assert code_of(girl) in page
    assert f"/personas/{girl}/" not in page
    assert "Comuníquese con:" in page


def test_somebody_in_reach_comes_with_a_link(sign_in: SignIn, girl: UUID) -> None:
    project(worlds.record(FLOR, UPE))

    assert "/personas/" in ask(sign_in("mimp-upe", UPE), "71234567")


def test_the_police_learn_yes_or_no_and_whom_to_call(sign_in: SignIn, girl: UUID) -> None:
    client = sign_in("pnp-registrador", POLICE)

    yes, no = ask(client, "71234567"), ask(client, "79999999")

    assert "Sí, esta persona es conocida." in yes
    assert code_of(girl) not in yes
    assert "No encontramos a esta persona." in no


def test_the_police_are_asked_for_more_than_a_common_name(sign_in: SignIn, girl: UUID) -> None:
    page = ask(sign_in("pnp-registrador", POLICE), "flor ahuanari")

    assert page.startswith("[200]") or "Agregue el documento" in page
    assert "Sí, esta persona es conocida." not in page
    assert "search" not in acts()


@pytest.mark.parametrize("words", ["", "flor", "12", "2010"])
def test_too_little_is_answered_kindly_and_looks_nothing_up(sign_in: SignIn, girl: UUID, words: str) -> None:
    page = ask(sign_in("mimp-upe", UPE), words)

    assert "Agregue otro nombre" in page or "Escriba al menos un nombre" in page
    assert code_of(girl) not in page


@pytest.mark.parametrize("word", ["flor", "AHUANARI", "aguanari", "Charapita", "la charapita"])
def test_one_word_or_a_nickname_finds_whom_one_works_with(sign_in: SignIn, word: str) -> None:
    flor = project(worlds.record(replace(FLOR, alias="La Charapita"), UPE, RESCUE))
    page = ask(sign_in("mimp-upe", UPE), word)

    assert code_of(flor) in page
    assert "Se buscó solo entre las personas que usted ya puede ver." in page
    assert "Coincide casi todo" not in page
    assert flor in subjects_of("search")
    assert "charapita" not in everything_in_the_ledger().lower()


@pytest.mark.parametrize("word", ["flor", "ahuanari", "charapita"])
def test_one_word_finds_nobody_of_others(sign_in: SignIn, word: str) -> None:
    flor = project(worlds.record(replace(FLOR, alias="La Charapita"), POLICE, RESCUE))
    project(worlds.record(ROSA, CEM_IQUITOS))
    page = ask(sign_in("mimp-cem", CEM_IQUITOS), word)

    assert code_of(flor) not in page
    assert "agregue otro nombre" in page.lower()
    assert flor not in subjects_of("search")


def test_one_word_opens_nobody_whose_identity_is_under_reserve(sign_in: SignIn) -> None:
    reserved = Happening("medida_proteccion", date(2026, 9, 3), {"clave_reserva": "SI"})
    flor = project(worlds.record(FLOR, UPE, RESCUE, reserved))

    assert code_of(flor) not in ask(sign_in("mimp-upe", UPE), "flor")


def test_where_one_word_would_mean_too_many_more_is_asked_for(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_OWN", 1)
    people = [project(worlds.record(who, UPE, RESCUE)) for who in (FLOR, replace(FLOR, doc_number="71234999"))]
    page = ask(sign_in("mimp-upe", UPE), "flor")

    assert [code_of(person) for person in people if code_of(person) in page] == []
    assert "Con una sola palabra saldría mucha gente." in page


def test_the_police_learn_nothing_by_one_word(sign_in: SignIn) -> None:
    project(worlds.record(FLOR, POLICE, RESCUE))

    assert "es conocida" not in ask(sign_in("pnp-registrador", POLICE), "flor")
    assert "search" not in acts()


def test_a_search_needs_a_purpose(sign_in: SignIn, girl: UUID) -> None:
    answer = sign_in("mimp-upe", UPE).post("/buscar/", {"text": "flor ahuanari"})

    assert answer.status_code == 422
    assert "search" not in acts()


def test_the_ledger_has_whom_was_found_and_never_the_words(sign_in: SignIn, girl: UUID) -> None:
    ask(sign_in("mimp-upe", UPE), "flor ahuanari 14/05/2010", document="71234567")

    written = everything_in_the_ledger().lower()
    assert girl in subjects_of("search")
    assert [word for word in ("flor", "ahuanari", "71234567", "2010-05", "14/05") if word in written] == []


def test_words_never_travel_in_an_address(sign_in: SignIn, girl: UUID) -> None:
    page = sign_in("mimp-upe", UPE).get("/buscar/?text=flor+ahuanari&purpose=ATENCION").content.decode()

    assert code_of(girl) not in page
    assert 'method="post" action="/buscar/"' in page


def test_a_guess_at_the_sex_or_the_birth_is_shown_as_differing(sign_in: SignIn, girl: UUID) -> None:
    page = ask(sign_in("mimp-upe", UPE), "flor lucero ahuanari", sex="M", birth="2009")

    assert "No coincide: nacimiento, sexo" in page.replace("</strong>", "")


def test_whoever_searches_too_often_is_told_to_wait(
    sign_in: SignIn, girl: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trawling, "LIMITS", ((1, timedelta(minutes=10)),))
    client = sign_in("mimp-upe", UPE)

    first, second = (client.post("/buscar/", {"text": "flor", "purpose": "ATENCION"}) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 429)
    assert "Se hicieron demasiadas preguntas" in second.content.decode()
    assert "Falta corregir algo" not in second.content.decode()
