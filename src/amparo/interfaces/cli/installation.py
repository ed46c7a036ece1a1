"""Which installation a command works on: its data folder and its settings."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from amparo.interfaces.cli.language import Text

_DATA = Text(
    "carpeta con las bases, las llaves y los archivos (AMPARO_DATA, o ./data)",
    "folder with the databases, keys and files (AMPARO_DATA, or ./data)",
)


def add_data(parser: argparse.ArgumentParser) -> None:
    """The option ``--data`` of every command that works on an installation."""
    parser.add_argument("--data", metavar="DIR", help=str(_DATA))


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

    django.setup()
    return Path(settings.DATA)
