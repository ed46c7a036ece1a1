"""Reading the environment: every setting that a machine decides, with its type and a clear refusal."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The variable ``name``, or the content of the file that ``name_FILE`` names, so that secrets can stay in files."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(f"The file that {name}_FILE names cannot be read as text.") from error
    return os.environ.get(name, default)


def required(name: str) -> str:
    """Like :func:`text`, but a missing value stops the start with a sentence that says what to set."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"Set {name} (or {name}_FILE): Amparo does not start in production without it.")
    return value


def data_folder() -> Path:
    """Where this installation keeps its databases, keys and files: ``AMPARO_DATA``, by default ``./data``."""
    return Path(os.environ.get("AMPARO_DATA", "data")).resolve()


def mail(url: str) -> dict[str, object]:
    """Django's settings of a mail server from ``smtps://user:password@host:port`` or ``smtp://…``, which asks for TLS.

    Without an address, mail goes to a server on this machine.
    """
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured("AMPARO_SMTP begins with smtps:// or smtp:// and names a host.")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_TIMEOUT": 20,
    }


def database(url: str, *, sqlite_file: Path) -> dict[str, object]:
    """Django's description of a database from ``postgresql://user:password@host:port/name``, or of a SQLite file.

    ``?sslmode=verify-full&sslrootcert=FILE`` say how the server's certificate is checked, as libpq knows them.
    SQLite keeps the rollback journal because libraries before 3.51.3 can corrupt a file in WAL mode; IMMEDIATE
    transactions and a busy timeout make writers wait for each other instead of failing. What is deleted is overwritten
    with zeros, so that a destroyed key does not lie on in a page that is free.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(sqlite_file),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                " PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
                " PRAGMA secure_delete=ON;",
            },
        }
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured("A database address begins with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname) if parts.hostname else asked.get("host", ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {name: asked[name] for name in ("sslmode", "sslrootcert") if name in asked},
    }
