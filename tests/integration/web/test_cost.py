"""What a page asks of the databases does not grow with how many people it shows, nor with how long a thread is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import worlds
from tests.integration.web.conftest import SignIn, project
from tests.worlds import FLOR, RESCUE, UPE, Happening


def asked(client: Client, address: str) -> int:
    """How many queries of both databases a page needs, but for those of the ledger's tree.

    Every second entry completes a subtree, every fourth two: that follows the entry's number and not the page.
    """
    with CaptureQueriesContext(connections["default"]) as cases, CaptureQueriesContext(connections["vault"]) as vault:
        assert client.get(address).status_code == 200
    queries = [*cases.captured_queries, *vault.captured_queries]
    return sum("ledger_node" not in query["sql"] for query in queries)


def people(count: int) -> list[UUID]:
    made = (replace(FLOR, doc_number=f"7123{number:04d}") for number in range(count))
    return [project(worlds.record(who, UPE, RESCUE)) for who in made]


@pytest.mark.parametrize("address", ["/lista/", "/lista/?de=todos"])
def test_a_list_of_many_asks_no_more_than_a_list_of_one(sign_in: SignIn, address: str) -> None:
    upe = sign_in("mimp-upe", UPE)
    people(1)
    upe.get(address)
    of_one = asked(upe, address)
    people(12)

    assert asked(upe, address) == of_one


def test_a_long_thread_asks_no_more_than_a_short_one(sign_in: SignIn) -> None:
    upe = sign_in("mimp-upe", UPE)
    followed = [Happening("seguimiento", date(2026, 9, 2) + timedelta(days=7 * week)) for week in range(10)]
    short = project(worlds.record(FLOR, UPE, RESCUE))
    long = project(worlds.record(replace(FLOR, doc_number="71239999"), UPE, RESCUE, *followed))
    upe.get(f"/personas/{short}/")

    assert asked(upe, f"/personas/{long}/") == asked(upe, f"/personas/{short}/")
