"""What the database itself refuses to the role that serves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connections, transaction

from amparo.interfaces.cli.commands import grants
from amparo.interfaces.cli.rights import PLACES, RIGHTS
from amparo.kernel.errors import Invalid

pytestmark = [pytest.mark.django_db(databases=["default", "vault"]), pytest.mark.as_owner]
ROLE, PLACES_ROLE = "amparo_service_tried", "amparo_places_tried"


def test_every_table_of_a_model_has_a_line_and_no_line_is_left_over() -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert set(RIGHTS) == tables | {"django_migrations", "cache"}


@contextmanager
def served(alias: str) -> Iterator[Any]:
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} NOINHERIT")
        cursor.execute(f"CREATE ROLE {PLACES_ROLE}")
        with pytest.raises(Invalid, match="places"):
            grants.check_places(connections[alias], ROLE, PLACES_ROLE)
        cursor.execute(f"GRANT {PLACES_ROLE} TO {ROLE}")
        cursor.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {ROLE}")
        for role in (ROLE, PLACES_ROLE):
            grants.check(connections[alias], role)
        grants.check_places(connections[alias], ROLE, PLACES_ROLE)
        for role, rights in ((ROLE, RIGHTS), (PLACES_ROLE, PLACES), (ROLE, RIGHTS)):
            grants.give(connections[alias], role, rights)
        yield cursor
        transaction.set_rollback(True, using=alias)


@pytest.mark.parametrize("alias", ["default", "vault"])
def test_the_catalog_says_what_the_table_of_rights_says(alias: str, settings: Any) -> None:
    if connections[alias].vendor != "postgresql":
        with pytest.raises(Invalid):
            grants.check(connections[alias], ROLE)
        return
    with served(alias) as cursor:
        for role, rights in ((ROLE, RIGHTS), (PLACES_ROLE, PLACES)):
            for table, held in grants.held(connections[alias], role).items():
                assert held == rights.get(table, frozenset()), table
        settings.PLACES_ROLE = PLACES_ROLE
        assert not grants.is_exact(connections[alias])
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        assert grants.is_exact(connections[alias])
        settings.PLACES_ROLE = ""
        assert grants.is_exact(connections[alias]) == (alias == "default")
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT has_schema_privilege(%s, 'public', 'CREATE')", [ROLE])
        assert cursor.fetchone() == (False,)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET act = ''",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_node",
        "DROP TABLE ledger_entry CASCADE",
        "CREATE TABLE another (a int)",
        "DELETE FROM access_alert",
        "DELETE FROM access_exclusion",
        "UPDATE access_attestation SET keeps = true",
    ],
)
def test_the_role_that_serves_cannot_rewrite_the_ledger_nor_take_history_away(statement: str) -> None:
    if connections["default"].vendor != "postgresql":
        return
    with served("default") as cursor:
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        cursor.execute("SELECT count(*) FROM ledger_entry")
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
            cursor.execute(statement)
        cursor.execute("RESET ROLE")


def test_the_role_that_serves_reads_no_place_and_what_inherits_it_is_refused() -> None:
    if connections["vault"].vendor != "postgresql":
        return
    with served("vault") as cursor:
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        for table in ("vault_sealedwhereabouts", "vault_placekey"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(using="vault"):
                cursor.execute(f"SELECT count(*) FROM {table}")
        cursor.execute(f"SET LOCAL ROLE {PLACES_ROLE}")
        cursor.execute("SELECT count(*) FROM vault_sealedwhereabouts")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(using="vault"):
            cursor.execute("UPDATE vault_sealed SET version = version")
        cursor.execute("RESET ROLE")
        cursor.execute(f"ALTER ROLE {ROLE} INHERIT")
        with pytest.raises(Invalid, match="places"):
            grants.check_places(connections["vault"], ROLE, PLACES_ROLE)


def test_whoever_owns_the_tables_is_no_role_to_serve_with() -> None:
    if connections["default"].vendor != "postgresql":
        return
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
    with pytest.raises(Invalid):
        grants.check(connections["default"], owner)
