"""Showing how far a command is: one line per stage, with its seconds, apart from the command's answer."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from amparo.interfaces.cli.language import Text


@contextmanager
def stage(text: Text, **fields: object) -> Iterator[None]:
    """Print the stage's line when it ends; on a terminal the line is there, without seconds, while it lasts."""
    label = text.fill(**fields)
    terminal = sys.stderr.isatty()
    if terminal:
        print(f"  {label} …", end="\r", file=sys.stderr, flush=True)
    started = time.monotonic()
    yield
    print(f"  {label:<56} {time.monotonic() - started:6.1f} s", file=sys.stderr, flush=True)
