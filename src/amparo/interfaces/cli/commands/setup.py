"""``amparo setup``: makes or updates the databases of an installation."""

from __future__ import annotations

import argparse

from amparo.interfaces.cli import installation
from amparo.interfaces.cli.language import Text

_DONE = Text("Listo: las bases de {folder} están al día.", "Done: the databases of {folder} are up to date.")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the data folder."""
    installation.add_data(parser)


def run(options: argparse.Namespace) -> int:
    """Bring both databases up to this version of the program; nothing happens where they already are."""
    folder = installation.start(options.data)
    installation.set_up(folder)
    print(_DONE.fill(folder=folder))
    return 0
