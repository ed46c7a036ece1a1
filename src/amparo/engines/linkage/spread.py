"""Work over several processes that share what was read before they began.

Processes are forked, so nothing is copied to them; only what they find travels back. Whoever holds threads or open
databases asks for one process, which is this one.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from typing import Any, TypeVar

R = TypeVar("R")

_inherited: list[Callable[[int], Any]] = []


def over(processes: int, do: Callable[[int], R]) -> list[R]:
    """What ``do`` answers for 0, 1 … ``processes`` - 1, in that order. Where forking is unknown, one after another."""
    if processes == 1 or "fork" not in multiprocessing.get_all_start_methods():
        return [do(part) for part in range(processes)]
    _inherited.append(do)
    try:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            return pool.map(_do, range(processes), chunksize=1)
    finally:
        _inherited.pop()


def _do(part: int) -> Any:
    return _inherited[-1](part)
