"""The commands, one per file. A command's module is imported only when that command is called.

A module offers ``configure(parser)``, which adds its arguments, and ``run(options)``, which does the work and returns
the exit code: 0 done, 1 done but something was set aside or refused, 2 wrong use, 3 could not be done.
"""

from __future__ import annotations

from dataclasses import dataclass

from amparo.interfaces.cli.language import Text


@dataclass(frozen=True, slots=True)
class Command:
    """A command's name, the module below this package that holds it, and what it does in one line."""

    name: str
    module: str
    summary: Text


COMMANDS = (Command("check-pack", "check_pack", Text("comprueba un paquete país", "checks a country pack")),)
