"""The page on which an office says who has whom."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from amparo.casework.models import Assignment
from tests import worlds
from tests.integration.web.conftest import SignIn, project
from tests.worlds import CEM_IQUITOS, FLOR, PROSECUTOR, RESCUE, ROSA, UPE


@pytest.fixture
def girl() -> UUID:
    return project(worlds.record(FLOR, UPE, RESCUE))


@pytest.fixture
def upe(sign_in: SignIn) -> Client:
    return sign_in("mimp-upe", UPE)


def test_she_is_given_and_taken_again_and_one_comes_back_to_where_one_was(upe: Client, girl: UUID) -> None:
    page = upe.get("/encargos/").content.decode()
    assert "a nadie" in page
    assert FLOR.surname1 not in page

    given = upe.post(f"/encargos/{girl}/", {"to": "mimp-upe", "next": "/encargos/?de=mias"})

    assert given["Location"] == "/encargos/?de=mias"
    assert "Persona de Prueba (1)" in upe.get("/encargos/?de=mias").content.decode()
    assert "Ninguna persona aquí." in upe.get("/encargos/?de=nadie").content.decode()
    upe.post(f"/encargos/{girl}/", {"to": "", "next": "https://example.org/"})
    assert not Assignment.objects.filter(ended_at=None).exists()


def test_a_stranger_s_name_is_told_and_another_office_finds_nothing(upe: Client, sign_in: SignIn, girl: UUID) -> None:
    assert (
        "No se le puede encargar a esa cuenta"
        in upe.post(f"/encargos/{girl}/", {"to": "x"}, follow=True).content.decode()
    )
    cem = sign_in("mimp-cem", CEM_IQUITOS)
    cem.raise_request_exception = False
    assert cem.post(f"/encargos/{girl}/", {"to": "mimp-cem"}).status_code == 404
    assert "Ninguna persona aquí." in cem.get("/encargos/").content.decode()
    assert sign_in("odp").get("/encargos/").status_code == 403


def test_from_her_thread_one_comes_to_whom_she_is_given(upe: Client, sign_in: SignIn, girl: UUID) -> None:
    other = project(worlds.record(ROSA, UPE, RESCUE))
    link = f'href="/encargos/?persona={girl}"'
    assert link in upe.get(f"/personas/{girl}/").content.decode()

    alone = upe.get(f"/encargos/?persona={girl}").content.decode()

    assert f"/encargos/{girl}/" in alone
    assert f"/encargos/{other}/" not in alone
    assert f'name="next" value="/encargos/?persona={girl}"' in alone
    everybody = upe.get("/encargos/?persona=nobody&de=nadie&x=y").content.decode()
    assert f"/encargos/{other}/" in everybody
    assert 'name="next" value="/encargos/?de=nadie"' in everybody
    assert link not in sign_in("mp-fiscal", PROSECUTOR).get(f"/personas/{girl}/").content.decode()


def test_whoever_is_there_in_an_emergency_is_offered_no_assigning(sign_in: SignIn, girl: UUID) -> None:
    cem = sign_in("mimp-cem", CEM_IQUITOS)
    words = "Hay que saber ahora mismo adonde la llevaron"
    cem.post(f"/emergencia/{girl}/", {"reason": "RIESGO_VIDA", "words": words, "parts": ["case"]})

    page = cem.get(f"/personas/{girl}/").content.decode()

    assert "Acceso de emergencia" in page
    assert "/encargos/?persona=" not in page
