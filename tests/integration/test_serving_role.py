"""An installation in PostgreSQL as README says: one role owns the tables, another one serves and does all its work."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connections

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "packs" / "peru" / "imports" / "pnp-reta" / "sample.csv"
PARTS = {"cases": "AMPARO_DATABASE", "vault": "AMPARO_VAULT_DATABASE"}

Cli = Callable[..., subprocess.CompletedProcess[str]]


def of_postgresql() -> bool:
    return connections["default"].vendor == "postgresql"


@pytest.fixture
def names() -> dict[str, str]:
    """Roles and databases that nobody else has."""
    mark = secrets.token_hex(4)
    made = {f"{who}_{part}": f"amparo_{who}_{part}_{mark}" for who in ("owner", "serves", "data") for part in PARTS}
    return made | {"places": f"amparo_places_{mark}"}


@pytest.fixture
def cli(names: dict[str, str], tmp_path: Path) -> Iterator[Cli]:
    """Calls a command as the owner or as the role that serves."""
    if not of_postgresql():
        yield lambda *_words: pytest.fail("there are no roles here")
        return
    told = connections["default"].settings_dict
    with _made(told, names):

        def call(who: str, *words: object, **more: str) -> subprocess.CompletedProcess[str]:
            addresses = {PARTS[part]: _address(told, names[f"{who}_{part}"], names[f"data_{part}"]) for part in PARTS}
            kept = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "DJANGO_"))}
            variables = {**kept, **addresses, "AMPARO_DATA": str(tmp_path / "data"), "AMPARO_LANG": "en", **more}
            if who == "serves":
                variables["AMPARO_PLACES_ROLE"] = names["places"]
            command = [sys.executable, "-m", "amparo.interfaces.cli", *map(str, words)]
            return subprocess.run(
                command, cwd=ROOT, env=variables, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
            )

        yield call


@contextmanager
def _made(told: dict[str, Any], names: dict[str, str]) -> Iterator[None]:
    """Roles and databases, dropped at the end."""
    for part in PARTS:
        for who in ("owner", "serves"):
            role = names[f"{who}_{part}"]
            # It inherits nothing, and makes the databases of a drill.
            may = "NOINHERIT CREATEDB" if who == "serves" else ""
            _run(told, f"CREATE ROLE {role} LOGIN {may} PASSWORD '{role}'")
        _run(told, f"CREATE DATABASE {names[f'data_{part}']} OWNER {names[f'owner_{part}']}")
    _run(told, f"CREATE ROLE {names['places']}")
    _run(told, f"GRANT {names['places']} TO {names['serves_vault']}")
    try:
        yield
    finally:
        for part in PARTS:
            _run(told, f"DROP DATABASE {names[f'data_{part}']} WITH (FORCE)")
            for who in ("owner", "serves"):
                _run(told, f"DROP ROLE {names[f'{who}_{part}']}")
        _run(told, f"DROP ROLE {names['places']}")


def _run(told: dict[str, Any], statement: str) -> None:
    import psycopg  # noqa: PLC0415 - it is there only where PostgreSQL is

    keys = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    where = {name: told[key] for name, key in keys.items() if told[key]}
    with psycopg.connect(dbname="postgres", autocommit=True, **where) as connection:
        connection.execute(statement)


def _address(told: dict[str, Any], role: str, database: str) -> str:
    host = str(told["HOST"])
    port = f":{told['PORT']}" if told["PORT"] else ""
    if host.startswith("/") or not host:
        return f"postgresql://{role}:{role}@{port}/{database}?host={quote(host)}"
    return f"postgresql://{role}:{role}@{host}{port}/{database}"


def test_the_role_that_serves_does_all_its_work_and_no_more(cli: Cli, names: dict[str, str], tmp_path: Path) -> None:
    if not of_postgresql():
        return
    key = tmp_path / "key"
    roles = ("--role", names["serves_cases"], "--vault-role", names["serves_vault"], "--places-role", names["places"])
    assert cli("owner", "setup").returncode == 0
    assert cli("owner", "grants", *roles).returncode == 0

    taken = cli("serves", "import", "--source", "pnp-reta", SAMPLE)
    assert "Delivery taken: 61 new" in taken.stdout
    worker = ("--name", "Eva Prueba", "--role", "pnp-registrador", "--institution", "pnp")
    worked = [
        cli("serves", "users", "add", "eva", *worker),
        cli("serves", "users", "end", "eva"),
        cli("serves", "tick"),
        cli("serves", "keys", "rotate", "--data-keys"),
        cli("serves", "ledger", "verify"),
        cli("serves", "backup", "new-key", key),
        cli("serves", "backup", "write", "--to", tmp_path / "out", "--key", key / "amparo-backup.public"),
    ]
    assert [done.stderr for done in worked if done.returncode] == []
    assert (tmp_path / "out" / "amparo-erasures.json").exists()
    (backup,) = (tmp_path / "out").glob("*.amparo-backup")
    assert "The drill passed" in cli("serves", "backup", "drill", backup, "--key", key / "amparo-backup.private").stdout

    line = "the service may do in PostgreSQL what it needs and nothing else"
    assert f"good  {line}" in cli("serves", "check").stdout
    assert f"BAD   {line}" in cli("owner", "check").stdout
    assert cli("serves", "grants", *roles).returncode == 3


def test_nothing_is_served_for_real_by_the_owner_of_the_tables(cli: Cli) -> None:
    if not of_postgresql():
        return
    assert cli("owner", "setup").returncode == 0
    root = b64encode(secrets.token_bytes(32)).decode()
    real = {
        "AMPARO_SECRET_KEY": secrets.token_urlsafe(50),
        "AMPARO_HOSTS": "amparo.example.pe",
        "AMPARO_ROOT_KEY": root,
    }

    told = cli("owner", "serve", "--port", "1", **real)

    assert (told.returncode, "may do too much" in told.stderr) == (3, True)
