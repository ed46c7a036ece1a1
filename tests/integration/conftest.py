"""On PostgreSQL every integration test works as the roles that serve, with the rights that ``amparo grants`` gives.

A test that plays somebody with every right on the database, or that changes tables, is marked ``as_owner``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.signals import connection_created

from amparo.interfaces.cli.commands import grants
from amparo.interfaces.cli.rights import PLACES, RIGHTS

ALIASES = ("default", "vault")


@pytest.fixture(scope="session")
def serving_roles(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """A role for each database, made once; none where there are no roles. They are gone with the tests."""
    if connections["default"].vendor != "postgresql":
        yield {}
        return
    with django_db_blocker.unblock():
        roles = {alias: f"serves_{connections[alias].settings_dict['NAME']}" for alias in ALIASES}
        places = f"places_{connections['vault'].settings_dict['NAME']}"
        _run("vault", f"CREATE ROLE {places}")
        for alias, role in roles.items():
            _run(alias, f"CREATE ROLE {role} NOINHERIT")
            grants.give(connections[alias], role, RIGHTS)
        _run("vault", f"GRANT {places} TO {roles['vault']}")
        grants.give(connections["vault"], places, PLACES)
    before, settings.PLACES_ROLE = settings.PLACES_ROLE, places
    yield roles
    settings.PLACES_ROLE = before
    with django_db_blocker.unblock():
        for alias, role in (*roles.items(), ("vault", places)):
            _run(alias, f"DROP OWNED BY {role}")
            _run(alias, f"DROP ROLE {role}")


@pytest.fixture(autouse=True)
def as_those_who_serve(request: pytest.FixtureRequest, serving_roles: dict[str, str]) -> Iterator[None]:
    """Be the roles that serve, in every connection that the test opens."""
    mark = request.node.get_closest_marker("django_db")
    if mark is None or not serving_roles:
        yield
        return
    request.getfixturevalue("transactional_db" if mark.kwargs.get("transaction") else "db")
    if request.node.get_closest_marker("as_owner"):
        yield
        return
    with _being(serving_roles):
        yield


@contextmanager
def _being(roles: dict[str, str]) -> Iterator[None]:
    def become(connection: Any, **_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET SESSION AUTHORIZATION {roles[connection.alias]}")

    for alias in roles:
        become(connections[alias])
    connection_created.connect(become)
    try:
        yield
    finally:
        connection_created.disconnect(become)
        for alias in roles:
            # A transaction that is taken back takes this back with it, and a new connection is the owner's.
            if connections[alias].connection is not None and not connections[alias].in_atomic_block:
                _run(alias, "RESET SESSION AUTHORIZATION")


def _run(alias: str, statement: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement)
