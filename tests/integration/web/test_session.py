"""Coming in and staying in: where a sign-in leads, how long it lasts, and what a user without a role gets."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from amparo.access.models import User
from amparo.interfaces.web import middleware
from tests import worlds
from tests.integration.web.conftest import SignIn
from tests.worlds import UPE


@pytest.mark.parametrize("target", ["x", "home", "//example.org/", "https://example.org/", "/\\example.org", "thread"])
def test_an_address_that_is_not_ours_is_not_gone_to(client: Client, target: str) -> None:
    user = worlds.user("mimp-upe", UPE)
    user.set_password("una clave larga")
    user.save()

    shown = client.get("/entrar/", {"next": target})
    entered = client.post("/entrar/", {"username": "mimp-upe", "password": "una clave larga", "next": target})

    assert shown.status_code == 200
    assert (entered.status_code, entered.headers["Location"]) == (302, "/")


def test_a_language_is_changed_whatever_the_form_says_of_the_way_back(client: Client) -> None:
    assert client.post("/idioma/", {"language": "en", "next": "x"}).headers["Location"] == "/"


def test_a_session_ends_after_hours_though_somebody_is_busy(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    client, now, told = sign_in("mimp-upe", UPE), time.time(), []
    for minutes in range(0, 60 * 10, 10):
        monkeypatch.setattr(middleware.time, "time", lambda minutes=minutes: now + minutes * 60)
        told.append(client.get("/cuenta/").status_code)

    allowed = settings.SESSION_COOKIE_AGE // 600
    assert told[: allowed + 1] == [200] * (allowed + 1)
    assert set(told[allowed + 1 :]) == {302}


def test_a_role_that_the_pack_no_longer_knows_is_refused_and_not_a_fault(sign_in: SignIn) -> None:
    client = sign_in("mimp-upe", UPE)
    User.objects.update(role="antiguo")

    assert client.get("/lista/").status_code == 403


def test_a_name_and_password_without_a_known_role_open_nothing(client: Client) -> None:
    user = worlds.user("mimp-upe", UPE)
    user.set_password("una clave larga")
    user.role = "antiguo"
    user.save()

    answer = client.post("/entrar/", {"username": "mimp-upe", "password": "una clave larga"})

    assert answer.status_code == 403
    assert "_auth_user_id" not in client.session


def test_a_fault_is_told_though_the_database_does_not_answer(monkeypatch: pytest.MonkeyPatch, sign_in: SignIn) -> None:
    client = sign_in("mimp-upe", UPE)
    client.raise_request_exception = False

    def locked(*_args: Any, **_told: Any) -> None:
        raise OSError

    monkeypatch.setattr("django.contrib.auth.middleware.auth.get_user", locked)
    answer = client.get("/lista/")

    assert answer.status_code == 500
    assert "Algo falló de nuestro lado" in answer.content.decode()


@pytest.mark.parametrize("ending", ["sign-out", "password", "access"])
def test_a_copied_cookie_opens_nothing_once_its_session_has_ended(sign_in: SignIn, ending: str) -> None:
    client, thief = sign_in("mimp-upe", UPE), Client()
    thief.cookies.load({settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value})
    assert thief.get("/lista/").status_code == 200

    if ending == "sign-out":
        client.post("/cerrar/")
    elif ending == "password":
        user = User.objects.get(username="mimp-upe")
        user.set_password("otra clave bien larga")
        user.save()
    else:
        User.objects.update(is_active=False)

    assert [thief.get(each).status_code for each in ("/lista/", "/cuenta/", "/buscar/")] == [302] * 3
