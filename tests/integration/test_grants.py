"""What the database itself refuses to the role that serves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import DatabaseError, connections, transaction

from amparo.interfaces.cli.commands import grants
from amparo.interfaces.cli.rights import RIGHTS
from amparo.kernel.errors import Invalid

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
ROLE = "amparo_service_tried"


def test_every_table_of_a_model_has_a_line_and_no_line_is_left_over() -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert set(RIGHTS) == tables | {"django_migrations", "cache"}


@contextmanager
def served(alias: str) -> Iterator[object]:
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        cursor.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {ROLE}")
        grants.check(connections[alias], ROLE)
        grants.give(connections[alias], ROLE)
        grants.give(connections[alias], ROLE)
        yield cursor
        transaction.set_rollback(True, using=alias)


@pytest.mark.parametrize("alias", ["default", "vault"])
def test_the_catalog_says_what_the_table_of_rights_says(alias: str) -> None:
    if connections[alias].vendor != "postgresql":
        with pytest.raises(Invalid):
            grants.check(connections[alias], ROLE)
        return
    with served(alias) as cursor:
        for table, held in grants.held(connections[alias], ROLE).items():
            assert held == RIGHTS.get(table, frozenset()), table
        assert not grants.is_exact(connections[alias])
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        assert grants.is_exact(connections[alias])
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


def test_whoever_owns_the_tables_is_no_role_to_serve_with() -> None:
    if connections["default"].vendor != "postgresql":
        return
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
    with pytest.raises(Invalid):
        grants.check(connections["default"], owner)
