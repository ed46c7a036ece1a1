"""``amparo grants``: gives the role that serves its rights on each table, and no others (PostgreSQL)."""

from __future__ import annotations

import argparse
from typing import Any

from amparo.interfaces.cli import installation
from amparo.interfaces.cli.language import Text
from amparo.interfaces.cli.rights import RIGHTS
from amparo.kernel.errors import Invalid

_ROLE = Text("el rol con que atiende el servicio en esa base", "the role with which the service works in that database")
_DONE = Text("Listo: cada rol tiene los derechos de su base.", "Done: each role has the rights of its database.")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the data folder and one role per database."""
    installation.add_data(parser)
    parser.add_argument("--role", required=True, metavar="ROLE", help=str(_ROLE))
    parser.add_argument("--vault-role", required=True, metavar="ROLE", help=str(_ROLE))


def run(options: argparse.Namespace) -> int:
    """Give the rights in both databases; called by the role that owns their tables, after ``amparo setup``."""
    installation.open_existing(options.data)
    from django.db import connections

    roles = {"default": options.role, "vault": options.vault_role}
    for alias, role in roles.items():
        check(connections[alias], role)
    for alias, role in roles.items():
        give(connections[alias], role)
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


def give(connection: Any, role: str) -> None:
    """Take everything from the role and from PUBLIC, then give what the table of rights says; all or nothing."""
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
        for table in connection.introspection.table_names(cursor):
            if rights := RIGHTS.get(table):
                cursor.execute(f"GRANT {', '.join(sorted(rights))} ON {quoted(table)} TO {to}")
