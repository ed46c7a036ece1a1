"""Every refusal is in the ledger: who, which page, upon whom; and it never says whether somebody is there."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from amparo.interfaces.web import urls
from amparo.ledger import queries as ledger
from tests import worlds
from tests.integration.web.conftest import SignIn, project, same_page
from tests.integration.web.test_policy import addresses, policy_of
from tests.worlds import CEM_IQUITOS, FLOR, POLICE, RESCUE, UPE


@pytest.fixture
def girl() -> UUID:
    return project(worlds.record(FLOR, UPE, RESCUE))


def denied() -> list[tuple[str, str, str, list[UUID]]]:
    """Who was refused which page, by what right, and upon whom."""
    found = list(reversed(ledger.latest(act="access.denied")))
    subjects = ledger.subjects_of(entry.seq for entry in found)
    return [(entry.actor, str(entry.detail.get("route")), entry.basis, subjects.get(entry.seq, [])) for entry in found]


def test_a_page_that_is_not_the_role_s_is_written_down(sign_in: SignIn) -> None:
    sign_in("analista").get("/lista/")

    assert denied() == [("analista", "my-list", "none", [])]


def test_somebody_who_is_not_hers_is_written_down_by_ids(sign_in: SignIn, girl: UUID) -> None:
    client, missing = sign_in("mimp-cem", CEM_IQUITOS), uuid4()

    answers = [client.get(f"/personas/{one}/") for one in (girl, missing)]

    assert same_page(*answers)
    assert denied() == [("mimp-cem", "thread", "none", [girl]), ("mimp-cem", "thread", "none", [])]


def test_a_refused_writing_is_written_down(sign_in: SignIn, girl: UUID) -> None:
    sign_in("pnp-registrador", POLICE).post(f"/personas/{girl}/hitos/nuevo/", {})

    assert denied() == [("pnp-registrador", "event-new", "none", [girl])]


def test_where_the_ledger_is_down_no_refusal_says_anything(
    sign_in: SignIn, girl: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(**_: object) -> int:
        raise RuntimeError("ledger down")

    client = sign_in("mimp-cem", CEM_IQUITOS)
    client.raise_request_exception = False
    monkeypatch.setattr("amparo.ledger.actions.record", down)

    assert client.get(f"/personas/{girl}/").status_code == 500


def planted(request: HttpRequest) -> HttpResponse:
    """A view whose author forgot to say who may open it."""
    return HttpResponse("open to all")


class Planted:
    """Addresses with one more that leads to the forgotten view."""

    urlpatterns = (path("olvidada/", planted, name="forgotten"), path("", include(urls)))


@pytest.fixture
def with_a_forgotten_view(settings: Any) -> None:
    settings.ROOT_URLCONF = Planted


@pytest.mark.usefixtures("with_a_forgotten_view")
def test_a_view_without_a_policy_fails_the_build_and_is_served_to_nobody(client: Client, sign_in: SignIn) -> None:
    undeclared = [address for address, entry in addresses() if policy_of(entry.callback) is None]

    assert undeclared == ["olvidada/"]
    assert client.get("/olvidada/").status_code == 302
    assert sign_in("mimp-upe", UPE).get("/olvidada/").status_code == 403
