"""``amparo grants``: gives the role that serves its rights on each table, and no others (PostgreSQL)."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from amparo.interfaces.cli import installation
from amparo.interfaces.cli.language import Text
from amparo.interfaces.cli.rights import PLACES, RIGHTS
from amparo.kernel.errors import Invalid

PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
"""All that PostgreSQL knows of a table."""
_ROLE = Text("el rol con que atiende el servicio en esa base", "the role with which the service works in that database")
_PLACES = Text(
    "el rol que lee y escribe los lugares reservados (AMPARO_PLACES_ROLE); no entra por sí mismo",
    "the role that reads and writes sealed places (AMPARO_PLACES_ROLE); it does not log in by itself",
)
_DONE = Text("Listo: cada rol tiene los derechos de su base.", "Done: each role has the rights of its database.")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the data folder, one role per database, and the one of places."""
    installation.add_data(parser)
    parser.add_argument("--role", required=True, metavar="ROLE", help=str(_ROLE))
    parser.add_argument("--vault-role", required=True, metavar="ROLE", help=str(_ROLE))
    parser.add_argument("--places-role", required=True, metavar="ROLE", help=str(_PLACES))


def run(options: argparse.Namespace) -> int:
    """Give the rights in both databases; called by the role that owns their tables, after ``amparo setup``."""
    installation.open_existing(options.data)
    from django.db import connections

    roles = (
        ("default", options.role, RIGHTS),
        ("vault", options.vault_role, RIGHTS),
        ("vault", options.places_role, PLACES),
    )
    for alias, role, _ in roles:
        check(connections[alias], role)
    check_places(connections["vault"], options.vault_role, options.places_role)
    for alias, role, rights in roles:
        give(connections[alias], role, rights)
    print(_DONE)
    return 0


def check(connection: Any, role: str) -> None:
    """Raise ``Invalid`` where rights mean nothing: on SQLite, and for a role that is missing or owns what it serves."""
    if connection.vendor != "postgresql":
        raise Invalid("grants.no_roles")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT rolsuper AND NOT pg_has_role(oid, current_user::regrole, 'MEMBER') "
            "AND NOT EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
            "AND relkind IN ('r', 'p') AND pg_has_role(pg_roles.oid, relowner, 'MEMBER')) "
            "FROM pg_roles WHERE rolname = %s",
            [role],
        )
        row = cursor.fetchone()
    if row is None or not row[0]:
        raise Invalid("grants.role", role=role)


def check_places(connection: Any, role: str, places: str) -> None:
    """Raise ``Invalid`` unless the vault's role has to become the role of places to have its rights, and can."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_has_role(%s, %s, 'MEMBER'), pg_has_role(%s, %s, 'USAGE')", [role, places] * 2)
        may_become, has_already = cursor.fetchone()
    if not may_become or has_already:
        raise Invalid("grants.places", role=role, places=places)


def give(connection: Any, role: str, rights_of: Mapping[str, frozenset[str]]) -> None:
    """Take everything from the role and from PUBLIC, then give what a table of rights says; all or nothing."""
    from django.db import transaction

    quoted = connection.ops.quote_name
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema, to = quoted(cursor.fetchone()[0]), quoted(role)
        for whom in (to, "PUBLIC"):
            cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {whom}")
            cursor.execute(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {whom}")
            cursor.execute(f"REVOKE CREATE ON SCHEMA {schema} FROM {whom}")
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {to}")
        # Numbers of new rows come from the tables' own columns; a backup reads where they stand.
        cursor.execute(f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {to}")
        for table in connection.introspection.table_names(cursor):
            if rights := rights_of.get(table):
                cursor.execute(f"GRANT {', '.join(sorted(rights))} ON {quoted(table)} TO {to}")


def held(connection: Any, role: str) -> dict[str, frozenset[str]]:
    """What a role may do to each table of a database by whatever right: its own, as owner, as anybody."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            asked = [(role, connection.ops.quote_name(table), right) for right in PRIVILEGES]
            cursor.execute(
                "SELECT " + ", ".join(["has_table_privilege(%s, %s, %s)"] * len(asked)),
                [each for one in asked for each in one],
            )
            found[table] = frozenset(right for right, may in zip(PRIVILEGES, cursor.fetchone(), strict=True) if may)
    return found


def served() -> list[Any]:
    """The connections of this installation that have roles."""
    from django.db import connections

    return [connection for connection in connections.all() if connection.vendor == "postgresql"]


def are_exact() -> bool:
    """Whether every connection's role may do what it has to and nothing else; true where there are no roles."""
    return all(map(is_exact, served()))


def is_exact(connection: Any) -> bool:
    """Whether the role of this connection may do to each table what the table of rights says, and makes no tables.

    In the vault the role of places, too, which has to be told (``AMPARO_PLACES_ROLE``).
    """
    from django.conf import settings

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, has_schema_privilege(current_user, current_schema(), 'CREATE')")
        role, makes_tables = cursor.fetchone()
    places = settings.PLACES_ROLE
    if makes_tables or not _are(RIGHTS, held(connection, role)):
        return False
    return connection.alias != "vault" or bool(places and _are(PLACES, held(connection, places)))


def _are(rights: Mapping[str, frozenset[str]], found: Mapping[str, frozenset[str]]) -> bool:
    return all(given == rights.get(table, frozenset()) for table, given in found.items())
