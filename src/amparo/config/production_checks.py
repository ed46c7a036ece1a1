"""What an installation for real use must not start with: defaults, placeholders, open files, everything in one place.

Each refusal is a sentence that says what to set. Nothing of a secret is ever in it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

LEAST_LETTERS = 50
_LEAST_DIFFERENT = 10
# What stands in examples and templates where a secret belongs.
_PLACEHOLDERS = ("django-insecure", "changeme", "change-me", "change_me", "placeholder", "example", "only-for-tests")
_SECRETS = (
    "AMPARO_SECRET_KEY", "AMPARO_ROOT_KEY", "AMPARO_BLIND_KEY", "AMPARO_DATABASE", "AMPARO_VAULT_DATABASE",
    "AMPARO_SMTP",
)  # fmt: skip
_POSTGRESQL_PORT = "5432"
_CHECKED_TLS = ("verify-ca", "verify-full")
_THIS_MACHINE = ("", "localhost", "127.0.0.1", "::1")

Database = Mapping[str, object]


def secret_key(value: str) -> str:
    """The key of sessions; refused where somebody could guess it."""
    plain = value.casefold()
    weak = len(value) < LEAST_LETTERS or len(set(value)) < _LEAST_DIFFERENT
    if weak or any(word in plain for word in _PLACEHOLDERS):
        raise ImproperlyConfigured(
            f"AMPARO_SECRET_KEY is too short or a placeholder: Amparo needs {LEAST_LETTERS} random characters. "
            'To make them: python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    return value


def hosts(value: str) -> list[str]:
    """The names that this installation answers to; one that means any name is refused."""
    found = [host.strip() for host in value.split(",") if host.strip()]
    if not found or any("*" in host or host == "." for host in found):
        raise ImproperlyConfigured("AMPARO_HOSTS must name the hosts one by one; * would let anybody choose the name.")
    return found


def databases(cases: Database, vault: Database, *, sqlite_allowed: bool) -> None:
    """Refuse SQLite unless it is allowed, a vault that lies where the cases lie (law 5 of the design), and a server
    elsewhere whose certificate is not checked: what it is asked and answers would be anybody's on the way.
    """
    if not sqlite_allowed and any("sqlite" in str(each["ENGINE"]) for each in (cases, vault)):
        raise ImproperlyConfigured(
            "Set AMPARO_DATABASE and AMPARO_VAULT_DATABASE to two PostgreSQL databases. One small office with one "
            "process may set AMPARO_ALLOW_SQLITE=1 instead."
        )
    if _place(cases) == _place(vault):
        raise ImproperlyConfigured(
            "AMPARO_VAULT_DATABASE names the same database as AMPARO_DATABASE: identities must lie in one of their own."
        )
    if any(map(_is_open_on_the_way, (cases, vault))):
        raise ImproperlyConfigured(
            "AMPARO_DATABASE or AMPARO_VAULT_DATABASE is on another machine and its certificate is not checked. End "
            "the address with ?sslmode=verify-full, and &sslrootcert=FILE where it is of your own authority."
        )


def closed_files(environment: Mapping[str, str]) -> None:
    """Refuse files of secrets that are missing or that other accounts of the machine can read."""
    for name, path in _named_files(environment):
        try:
            mode = path.stat().st_mode
        except OSError as error:
            raise ImproperlyConfigured(f"The file that {name} names cannot be read: {error.strerror}.") from error
        if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise ImproperlyConfigured(
                f"Other accounts of this machine can read the file that {name} names. Close it with chmod 600, and "
                "make a new secret if somebody may have seen it."
            )


def _named_files(environment: Mapping[str, str]) -> Iterable[tuple[str, Path]]:
    names = (f"{name}_FILE" for name in _SECRETS)
    return ((name, Path(environment[name])) for name in names if environment.get(name))


def _is_open_on_the_way(database: Database) -> bool:
    """Whether a database is asked over a network without a certificate that is checked."""
    host, options = str(database.get("HOST", "")), database.get("OPTIONS")
    if "postgresql" not in str(database["ENGINE"]) or host in _THIS_MACHINE or host.startswith("/"):
        return False
    return not (isinstance(options, Mapping) and options.get("sslmode") in _CHECKED_TLS)


def _place(database: Database) -> tuple[object, ...]:
    port = database.get("PORT") or _POSTGRESQL_PORT
    return database["ENGINE"], database["NAME"], database.get("HOST", ""), port
