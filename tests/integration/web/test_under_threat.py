"""Whoever is forced to sign in opens an empty Amparo, which looks like one, and the officer learns of it at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import hashers
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from amparo.access.models import Alert, User
from amparo.casework.models import Notice, Person, Separation
from amparo.interfaces.web import under_threat
from amparo.pack.current import pack
from tests import worlds
from tests.integration.web.conftest import acts, project
from tests.integration.web.test_accounts import code, with_application
from tests.integration.web.test_policy import OFFICES
from tests.worlds import FLOR, NOW, RESCUE, UPE

OWN, FORCED = "una clave bien larga", "otra clave muy larga"


@pytest.fixture
def girl() -> UUID:
    return project(worlds.record(FLOR, UPE, RESCUE))


def user(role: str = "mimp-upe") -> User:
    made = worlds.user(role, OFFICES.get(role, UPE if role == "mimp-upe" else None))
    made.set_password(OWN)
    made.save()
    client = entered(role, OWN)
    form = {"password": FORCED, "again": FORCED}
    assert client.post("/cuenta/si-le-obligan/", form).headers["Location"] == "/cuenta/"
    return made


def entered(role: str, password: str, client: Client | None = None) -> Client:
    client = client or Client()
    assert client.post("/entrar/", {"username": role, "password": password}).status_code == 302
    return client


def shown(page: Any, girl: UUID) -> list[str]:
    """What a page has of her; the words that were searched for are the searcher's."""
    marks = ("lucero", "f. l. a.", Person.objects.get(id=girl).code.lower())
    return [mark for mark in marks if mark in page.content.decode().lower()]


def told() -> list[str]:
    return list(Alert.objects.filter(kind="under_threat").values_list("username", flat=True))


def test_her_list_is_empty_a_search_finds_nobody_and_the_officer_is_told(girl: UUID) -> None:
    user()
    own = entered("mimp-upe", OWN).get("/lista/?de=todos").content.decode()
    client = entered("mimp-upe", FORCED)

    listed = client.get("/lista/?de=todos")
    found = client.post("/buscar/", {"text": "flor ahuanari", "purpose": "SEGUIMIENTO"})

    assert ("F. L. A." in own, listed.status_code, found.status_code) == (True, 200, 200)
    assert [shown(page, girl) for page in (listed, found, client.get("/"))] == [[], [], []]
    assert told() == ["mimp-upe"]
    assert acts().count("person.search") == 0


@pytest.mark.parametrize("role", sorted(pack().roles))
def test_in_no_role_does_any_page_show_anybody(girl: UUID, role: str) -> None:
    Notice.objects.create(separation=Separation.objects.create(seq=1, at=NOW, parts=[]), user=role)
    user(role)
    client = entered(role, FORCED)

    pages = {address: client.get(address) for address in every_address(girl)}

    assert {address: shown(page, girl) for address, page in pages.items() if shown(page, girl)} == {}
    served = {address for address, page in pages.items() if page.status_code == 200}
    assert served <= {"/", "/lista/", "/buscar/"} | public()
    assert told() == [role]


def every_address(girl: UUID) -> list[str]:
    found = []
    for name in {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}:
        for given in ((), (girl,), (girl, girl), (1,)):
            try:
                found.append(reverse(name, args=given))
            except NoReverseMatch:
                continue
    return sorted(set(found) - {reverse("leave")})


def public() -> set[str]:
    client = Client()
    pages = every_address(UUID(int=1))
    return {address for address in pages if client.get(address).status_code == 200}


def test_her_usual_password_opens_everything_again_also_in_the_same_browser(girl: UUID) -> None:
    user()
    client = entered("mimp-upe", FORCED)
    assert client.get(f"/personas/{girl}/").status_code == 503

    client.post("/cerrar/")
    entered("mimp-upe", OWN, client)

    assert client.get(f"/personas/{girl}/").status_code == 200


def test_over_the_session_of_somebody_else_it_is_as_empty(girl: UUID) -> None:
    user()
    worlds.user("calp-equipo", OFFICES["calp-equipo"])
    client = Client()
    client.force_login(User.objects.get(username="calp-equipo"))

    entered("mimp-upe", FORCED, client)

    assert client.get(f"/personas/{girl}/").status_code == 503


def test_the_second_step_is_asked_for_and_the_session_is_as_empty_behind_it(girl: UUID) -> None:
    secret = with_application(user())
    client = entered("mimp-upe", FORCED)
    assert told() == []

    client.post("/entrar/segundo-paso/", {"code": code(secret)})

    assert (client.get("/lista/").status_code, client.get(f"/personas/{girl}/").status_code) == (200, 503)
    assert told() == ["mimp-upe"]


def test_the_usual_password_without_its_second_step_changes_nothing_in_a_session_that_is_open(girl: UUID) -> None:
    secret = with_application(user())
    client = entered("mimp-upe", FORCED)
    client.post("/entrar/segundo-paso/", {"code": code(secret)})

    entered("mimp-upe", OWN, client)

    assert client.get(f"/personas/{girl}/").status_code == 503


def test_the_other_password_without_its_second_step_changes_nothing_either(girl: UUID) -> None:
    secret = with_application(user())
    client = entered("mimp-upe", OWN)
    client.post("/entrar/segundo-paso/", {"code": code(secret)})
    assert client.get(f"/personas/{girl}/").status_code == 200

    entered("mimp-upe", FORCED, client)

    assert (client.get(f"/personas/{girl}/").status_code, told()) == (200, [])


def test_where_the_ledger_is_down_nobody_is_let_in_unseen(girl: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    user()

    def fails(**_told: Any) -> None:
        raise OSError

    monkeypatch.setattr("amparo.access.threats.alerts.tell_officer", fails)
    client = Client(raise_request_exception=False)
    client.post("/entrar/", {"username": "mimp-upe", "password": FORCED})

    assert client.get("/lista/").status_code == 302


def test_it_is_no_password_for_anything_else(girl: UUID) -> None:
    made = user()

    assert not made.check_password(FORCED)
    client = entered("mimp-upe", OWN)
    assert client.post("/cuenta/si-le-obligan/", {"password": OWN, "again": OWN}).status_code == 422
    assert client.post("/cuenta/si-le-obligan/", {"password": "corta", "again": "corta"}).status_code == 422
    assert client.post("/cuenta/si-le-obligan/", {"password": FORCED, "again": OWN}).status_code == 422
    assert "Ya tiene una" in client.get("/cuenta/si-le-obligan/").content.decode()
    client.post("/cuenta/si-le-obligan/", {"remove": "1"})
    assert Client().post("/entrar/", {"username": "mimp-upe", "password": FORCED}).status_code == 422
    assert acts().count("under_threat") == 2


def test_an_access_that_has_ended_is_not_opened_by_it(girl: UUID) -> None:
    made = user()
    User.objects.filter(id=made.id).update(is_active=False)

    assert Client().post("/entrar/", {"username": "mimp-upe", "password": FORCED}).status_code == 422
    assert told() == []


def test_a_wrong_password_costs_as_many_hashes_whoever_asks(girl: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    user()
    worlds.user("calp-equipo", OFFICES["calp-equipo"])
    costs = []
    counted = hashers.get_hasher()
    encode = type(counted).encode

    def counting(self: Any, *args: Any, **told: Any) -> Any:
        costs.append(1)
        return encode(self, *args, **told)

    monkeypatch.setattr(type(counted), "encode", counting)
    seen = []
    for username in ("mimp-upe", "calp-equipo", "nobody"):
        costs.clear()
        under_threat.Passwords().authenticate(None, username=username, password="a wrong one, long")
        seen.append(len(costs))
    assert len(set(seen)) == 1, seen
