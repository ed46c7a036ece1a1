"""What sealing and the ledger together cost on a thread page: timed within the request. Goal: at most 15 ms.

Counted are the entries of the ledger with the watchers that they call, the commits that write them, finding by blind
tokens and opening what is sealed. Each thread is opened by GET, as it is shown first, and by POST with a purpose, which
opens the identity too. ``--data DIR`` uses the installation that ``whole`` keeps in ``DIR/<people>``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest import mock

from bench import _built, whole
from bench._figures import Row, row

PAGES = 200


def main(arguments: Sequence[str]) -> int:
    """Build an installation, or use one, open threads and print JSON."""
    parser = argparse.ArgumentParser(prog="bench thread_parts")
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--data", type=Path, metavar="DIR", help="use what is built here, or keep it here")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="amparo-bench-") as folder:
        place = (options.data or Path(folder)) / str(options.people)
        if _built.measured(place) is None:
            _built.build(place, options.people)
        _built.enter(place)
        print(json.dumps(_measure(options.people)))
    return 0


class _Clock:
    """Adds up the time inside some functions; what one of them spends inside another is counted once."""

    def __init__(self) -> None:
        self.spent = 0.0
        self._inside = False

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with its time counted."""

        def timed(*given: Any, **told: Any) -> Any:
            if self._inside:
                return function(*given, **told)
            self._inside, began = True, time.perf_counter()
            try:
                return function(*given, **told)
            finally:
                self._inside, self.spent = False, self.spent + time.perf_counter() - began

        return timed


def _measure(people: int) -> list[Row]:
    from django.test import Client
    from django.urls import reverse

    from amparo.casework.queries import looks

    # More than anybody may open in a day.
    looks.MOST_IN_A_DAY = 10_000
    client, user = Client(SERVER_NAME="localhost"), whole.worker()
    # Through the door, because names are shown only to somebody who has just shown who she is.
    client.post(reverse("account_login"), {"username": "bench", "password": whole.PASSWORD})
    threads = [f"/personas/{person}/" for person in random.Random(people).choices(whole.reachable(user), k=PAGES)]
    clock = _Clock()
    with _counted(clock):
        shown = [_cost(clock, lambda page=page: client.get(page)) for page in threads]
        opened = [_cost(clock, lambda page=page: client.post(page, {"purpose": "ATENCION"})) for page in threads]
    return [
        row(f"{name}, sealing and ledger, {what}", people, value, "ms", goal)
        for name, found in (("thread", shown), ("thread with the identity", opened))
        for what, value, goal in (("median", sorted(found)[PAGES // 2], ""), ("p95", whole.p95(found), "<= 15"))
    ]


def _counted(clock: _Clock) -> ExitStack:
    """Everything that is counted, as long as this is open."""
    from django.db import connections

    from amparo.ledger import actions as ledger
    from amparo.vault import actions, queries

    stack = ExitStack()
    counted = [(ledger, "record"), (actions, "reveal")]
    counted += [(queries, name) for name in ("open_many", "open_versions", "owners_by_token", "baits", "baits_among")]
    counted += [(connections[alias], "commit") for alias in ("default", "vault")]
    for holder, name in counted:
        stack.enter_context(mock.patch.object(holder, name, clock.around(getattr(holder, name))))
    return stack


def _cost(clock: _Clock, ask: Callable[[], Any]) -> float:
    """Milliseconds inside what is counted while a page is asked for."""
    before = clock.spent
    answer = ask()
    if answer.status_code != 200:
        raise RuntimeError(f"a page answered {answer.status_code}")
    return (clock.spent - before) * 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
