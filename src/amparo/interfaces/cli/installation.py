"""Which installation a command works on: its data folder, its settings, its databases."""

from __future__ import annotations

import argparse
import os
from io import StringIO
from pathlib import Path

from amparo.interfaces.cli.language import Text
from amparo.kernel.errors import Invalid

_DATA = Text(
    "carpeta con las bases, las llaves y los archivos (AMPARO_DATA, o ./data)",
    "folder with the databases, keys and files (AMPARO_DATA, or ./data)",
)
_MOST_PROCESSES = 8
_JSON = Text("responde en JSON", "answers in JSON")


def add_data(parser: argparse.ArgumentParser) -> None:
    """The option ``--data`` of every command that works on an installation."""
    parser.add_argument("--data", metavar="DIR", help=str(_DATA))


def add_json(parser: argparse.ArgumentParser) -> None:
    """The option ``--json`` of every command whose answer a program may want to read."""
    parser.add_argument("--json", action="store_true", help=str(_JSON))


def processes() -> int:
    """How many processes a command may spread long work over; it has no threads that would be in their way."""
    return min(os.cpu_count() or 1, _MOST_PROCESSES)


def start(data: str | None) -> Path:
    """Prepare Django for the installation in ``data`` and return that folder.

    An installation for real use has its secrets in the environment (``AMPARO_SECRET_KEY`` or ``…_FILE``) and gets the
    settings of production; without them the settings are those of a demonstration, which serves this machine only.
    """
    if data:
        os.environ["AMPARO_DATA"] = str(Path(data).resolve())
    real = os.environ.get("AMPARO_SECRET_KEY") or os.environ.get("AMPARO_SECRET_KEY_FILE")
    kind = "production" if real else "demo"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"amparo.config.settings.{kind}")
    import django
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise Invalid("installation.settings", detail=str(error)) from error
    return Path(settings.DATA)


def open_existing(data: str | None) -> Path:
    """Like :func:`start`, for commands that need an installation that was set up already.

    Raises ``Invalid`` where its databases are missing or older than the program.
    """
    folder = start(data)
    if pending_migrations():
        raise Invalid("installation.not_set_up", folder=str(folder))
    return folder


def pending_migrations() -> int:
    """How many changes of the tables wait to be made, in both databases; all of them where there is no database yet."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    waiting = 0
    for connection in connections.all():
        if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
            return 1
        executor = MigrationExecutor(connection)
        waiting += len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return waiting


def set_up(folder: Path) -> None:
    """Make or update the tables of both databases, and, for real use, the files that pages load."""
    from django.conf import settings
    from django.core.management import call_command

    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    for alias in settings.DATABASES:
        call_command("migrate", database=alias, interactive=False, verbosity=0, stdout=StringIO())
    call_command("createcachetable", verbosity=0, stdout=StringIO())
    if not settings.DEMO:
        call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())
