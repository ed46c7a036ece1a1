"""The entry point ``amparo``: finds the command, runs it, and turns every outcome into an exit code and a sentence.

Exit codes: 0 done, 1 done but something was set aside or refused, 2 wrong use, 3 could not be done.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from amparo.interfaces.cli import failures
from amparo.interfaces.cli.commands import COMMANDS, Command
from amparo.interfaces.cli.language import Text, speak
from amparo.kernel.errors import AmparoError

WRONG_USE = 2
COULD_NOT = 3

_USAGE = Text("uso: amparo ORDEN [opciones]", "usage: amparo COMMAND [options]")
_MORE = Text("amparo ORDEN --help explica cada una.", "amparo COMMAND --help explains each one.")
_UNKNOWN = Text("No existe la orden «{name}».", "There is no command “{name}”.")
_INTERRUPTED = Text("Interrumpido.", "Interrupted.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; nothing ever leaves here as a traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    speak()
    if not given or given[0] in ("help", "-h", "--help"):
        print(_help(), file=sys.stdout if given else sys.stderr)
        return 0 if given else WRONG_USE
    command = next((known for known in COMMANDS if known.name == given[0]), None)
    if command is None:
        print(_UNKNOWN.fill(name=given[0]), _help(), sep="\n", file=sys.stderr)
        return WRONG_USE
    return _guarded(command, given[1:])


def _guarded(command: Command, arguments: list[str]) -> int:
    """Run the command; anticipated errors become sentences, unexpected ones a reference number."""
    try:
        return _run(command, arguments)
    except AmparoError as error:
        print(failures.sentence(error), file=sys.stderr)
        return COULD_NOT
    except KeyboardInterrupt:
        print(_INTERRUPTED, file=sys.stderr)
        return COULD_NOT
    except BrokenPipeError:
        # The reader of our output went away (as `head` does); there is nobody left to tell.
        sys.stderr.close()
        return COULD_NOT
    except Exception as error:
        print(failures.unexpected(error), file=sys.stderr)
        return COULD_NOT


def _run(command: Command, arguments: list[str]) -> int:
    """Import the command, read its arguments and run it. The parser itself leaves with code 2 on wrong use."""
    module = import_module(f"amparo.interfaces.cli.commands.{command.module}")
    parser = argparse.ArgumentParser(
        prog=f"amparo {command.name}", description=str(command.summary), allow_abbrev=False
    )
    module.configure(parser)
    try:
        options = parser.parse_args(arguments)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else WRONG_USE
    code: int = module.run(options)
    return code


def _help() -> str:
    width = max(len(command.name) for command in COMMANDS)
    lines = [f"  {command.name:<{width}}  {command.summary}" for command in COMMANDS]
    return "\n".join([str(_USAGE), "", *lines, "", str(_MORE)])
