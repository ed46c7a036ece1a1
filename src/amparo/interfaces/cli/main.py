"""The entry point ``amparo``: finds the command, runs it, and turns every outcome into an exit code and a sentence.

Exit codes: 0 done, 1 done but something was set aside or refused, 2 wrong use, 3 could not be done.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from amparo.interfaces.cli import failures
from amparo.interfaces.cli.commands import COMMANDS, Command
from amparo.interfaces.cli.failures import COULD_NOT, WRONG_USE, Refused
from amparo.interfaces.cli.language import Text, speak
from amparo.kernel.errors import AmparoError

_USAGE = Text("uso: amparo ORDEN [opciones]", "usage: amparo COMMAND [options]")
_MORE = Text("amparo ORDEN --help explica cada una.", "amparo COMMAND --help explains each one.")
_UNKNOWN = Text("No existe la orden «{name}».", "There is no command “{name}”.")
_INTERRUPTED = Text("Interrumpido.", "Interrupted.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; nothing ever leaves here as a traceback.

    Anticipated errors become sentences, unexpected ones a reference number.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _dispatch(given)
        sys.stdout.flush()
    except Refused as refused:
        return _say(str(refused), refused.code)
    except AmparoError as error:
        return _say(failures.sentence(error), COULD_NOT)
    except KeyboardInterrupt:
        return _say(str(_INTERRUPTED), COULD_NOT)
    except BrokenPipeError:
        # The reader of our output went away (as `head` does). What Python still wants to write at its end goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT
    except Exception as error:
        return _say(failures.unexpected(error), COULD_NOT)
    return code


def _dispatch(given: list[str]) -> int:
    """Help, or the command that was named."""
    speak()
    if not given:
        return _say(_help(), WRONG_USE)
    if given[0] in ("help", "-h", "--help"):
        print(_help())
        return 0
    command = next((known for known in COMMANDS if known.name == given[0]), None)
    if command is None:
        return _say(f"{_UNKNOWN.fill(name=given[0])}\n{_help()}", WRONG_USE)
    return _run(command, given[1:])


def _say(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


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
