"""Signing in with a second factor, showing again who one is, and being locked out."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.db import transaction
from django.test import Client
from django.utils import timezone

from amparo.access.models import User
from tests import worlds
from tests.integration.web.conftest import SignIn, acts, everything_in_the_ledger, project
from tests.worlds import FLOR, RESCUE, UPE

PASSWORD = "una clave bien larga"


@pytest.fixture
def user() -> User:
    made = worlds.user("mimp-upe", UPE)
    made.set_password(PASSWORD)
    made.save()
    return made


def signs_in(client: Client, password: str = PASSWORD, **told: Any) -> Any:
    return client.post("/entrar/", {"username": "mimp-upe", "password": password, **told})


def with_application(user: User) -> str:
    """Give somebody an authenticator application; returns its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def code(secret: str) -> str:
    """What the application shows now."""
    return str(totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))))


def test_whoever_has_a_second_factor_is_not_in_before_she_shows_it(user: User) -> None:
    secret, client = with_application(user), Client()

    first = signs_in(client, next="/lista/")
    between = client.get("/lista/")
    wrong = client.post("/entrar/segundo-paso/", {"code": "000000"})
    second = client.post("/entrar/segundo-paso/", {"code": code(secret)})

    assert first.headers["Location"].startswith("/entrar/segundo-paso/")
    assert between.headers["Location"].startswith("/entrar/")
    assert wrong.status_code == 200
    assert second.headers["Location"] == "/lista/"
    assert acts().count("session.open") == 1
    assert client.get("/lista/").status_code == 200


@pytest.mark.parametrize("ended", [{"is_active": False}, {"ends_on": date(2026, 1, 31)}])
def test_whose_access_has_ended_is_told_so_and_is_not_asked_for_a_second_factor(
    user: User, ended: dict[str, object]
) -> None:
    with_application(user)
    User.objects.filter(id=user.id).update(**ended)
    client = Client()

    wrong = signs_in(client, password="otra clave bien larga")
    refused = client.get(signs_in(client)["Location"])

    assert "Su acceso a Amparo terminó." in refused.content.decode()
    assert "Su acceso a Amparo terminó." not in wrong.content.decode()
    assert client.get("/entrar/segundo-paso/").status_code == 302
    assert client.get("/cuenta/").headers["Location"].startswith("/entrar/")
    assert acts().count("session.refused") == 2
    assert "session.open" not in acts()


def test_what_she_changes_of_her_own_way_in_is_in_the_ledger_without_a_secret(user: User) -> None:
    secret, client = with_application(user), Client()
    signs_in(client)
    client.post("/entrar/segundo-paso/", {"code": "000000"})
    client.post("/entrar/segundo-paso/", {"code": code(secret)})
    told = {"oldpassword": PASSWORD, "password1": "otra clave muy larga", "password2": "otra clave muy larga"}
    client.post("/cuenta/contrasena/", told)
    Authenticator.objects.get().delete()

    wanted = ["factor.add", "session.refused", "session.open", "account.password", "factor.remove"]
    assert [act for act in acts() if act in wanted] == wanted
    written = everything_in_the_ledger()
    assert not [word for word in (secret, PASSWORD, "otra clave", code(secret)) if word in written]


def test_where_the_ledger_cannot_be_written_no_factor_is_added_or_taken_and_no_password_changed(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_application(user)
    client = Client()
    client.force_login(user)

    def broken(**_: object) -> int:
        raise OSError

    monkeypatch.setattr("amparo.access.actions.ledger.record", broken)
    told = {"oldpassword": PASSWORD, "password1": "otra clave muy larga", "password2": "otra clave muy larga"}
    for change in (
        lambda: client.post("/cuenta/contrasena/", told),
        lambda: Authenticator.objects.get().delete(),
        lambda: with_application(user),
    ):
        with pytest.raises(OSError), transaction.atomic():  # noqa: PT011 - whatever the ledger raises
            change()

    assert Authenticator.objects.count() == 1
    assert User.objects.get(id=user.id).check_password(PASSWORD)


def test_the_last_day_of_an_access_still_counts(user: User) -> None:
    User.objects.filter(id=user.id).update(ends_on=timezone.localdate())

    assert signs_in(Client(), next="/lista/").headers["Location"] == "/lista/"


def test_the_secret_of_an_application_is_sealed(user: User) -> None:
    secret = with_application(user)

    kept = str(Authenticator.objects.get(type="totp").data)

    assert secret not in kept
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code(secret))


def test_five_wrong_passwords_close_a_name_even_to_the_right_one(user: User) -> None:
    client = Client()
    wrong = [signs_in(client, "otra clave cualquiera").status_code for _ in range(5)]

    answer = signs_in(Client())

    assert wrong == [422] * 5
    assert answer.status_code == 422
    assert "Demasiados intentos" in answer.content.decode()
    assert acts() == ["session.refused"] * 5


def test_nobody_learns_from_an_answer_whether_a_name_exists(user: User) -> None:
    known = signs_in(Client(), "otra clave cualquiera").content.decode()
    unknown = Client().post("/entrar/", {"username": "nadie", "password": "x"}).content.decode()

    sentence = "El usuario o la contraseña no coinciden"
    assert sentence in known
    assert sentence in unknown


def test_where_a_second_factor_is_required_one_is_added_before_anything_else(user: User, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client = Client()
    signs_in(client)

    sent = client.get("/lista/")
    with_application(user)
    after = client.get("/lista/")

    assert (sent.status_code, sent.headers["Location"]) == (302, "/cuenta/segundo-paso/")
    assert after.status_code == 200


def test_a_name_is_shown_only_after_showing_again_who_one_is(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    person = project(worlds.record(FLOR, UPE, RESCUE))
    client = Client()
    signs_in(client)
    ask = {"purpose": "PROTECCION"}
    fresh = client.post(f"/personas/{person}/", ask)
    later = time.time() + 11 * 60
    monkeypatch.setattr("allauth.account.internal.flows.reauthentication.time.time", lambda: later)

    stopped = client.post(f"/personas/{person}/", ask)
    confirmed = client.post(stopped.headers["Location"], {"password": PASSWORD, "next": f"/personas/{person}/"})

    assert "Ahuanari" in fresh.content.decode()
    assert stopped.headers["Location"].startswith("/cuenta/confirmar/")
    assert "Ahuanari" in confirmed.content.decode()


def test_somebody_else_s_passkey_is_not_found(user: User, sign_in: SignIn) -> None:
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "x", "credential": {}})
    other = sign_in("odp")

    assert other.get(f"/cuenta/segundo-paso/llaves/{key.pk}/").status_code in (302, 404)
    assert other.post(f"/cuenta/segundo-paso/llaves/{key.pk}/quitar/").status_code in (302, 404)
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_nobody_can_sign_up_or_have_a_password_sent() -> None:
    assert [Client().get(path).status_code for path in ("/accounts/signup/", "/signup/", "/cuenta/registro/")] == [
        404
    ] * 3


def test_whoever_has_no_password_is_told_that_there_is_none_to_change(client: Client) -> None:
    made = worlds.user("mimp-upe", UPE)
    made.set_unusable_password()
    made.save()
    client.force_login(made)

    assert client.get("/cuenta/contrasena/").status_code == 404
