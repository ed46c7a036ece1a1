"""What sealing and the ledger together cost of an import's throughput: timed within one run. Goal: at most 25 %.

Counted are sealing identities and narratives with their keys, sealing the file as handed in, and the entry in the
ledger, each with the rows that it writes, but without its share of the two commits. Blind tokens serve to find people
again and are told apart. The time is that of the importing process, on whose one thread all of it runs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from bench import import_rows


def main(arguments: Sequence[str]) -> int:
    """Take the police's file of an invented world once and print JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=10_000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"AMPARO_DATA": folder, "DJANGO_SETTINGS_MODULE": "amparo.config.settings.demo"}
        import_rows.install()
        exports = import_rows.world(Path(folder) / "world", options.people, 1)
        found = [
            row
            for kind, (source, name) in import_rows.SOURCES.items()
            for row in _measure(kind, source, exports / name)
        ]
    print(json.dumps(found))
    return 0


def _measure(kind: str, source: str, path: Path) -> list[dict[str, object]]:
    from amparo.ledger import actions as ledger
    from amparo.vault import actions as vault
    from amparo.vault import files

    spent: Counter[str] = Counter()
    with (
        mock.patch.object(vault, "seal_many", _timed(vault.seal_many, spent, "sealing")),
        mock.patch.object(files, "store", _timed(files.store, spent, "sealing")),
        mock.patch.object(ledger, "record", _timed(ledger.record, spent, "ledger")),
        mock.patch.object(vault, "put_tokens", _timed(vault.put_tokens, spent, "tokens")),
    ):
        began, processor = time.perf_counter(), time.process_time()
        import_rows.deliver(source, path)
        whole, own = time.perf_counter() - began, time.process_time() - processor
    share = spent["sealing"] + spent["ledger"]
    return [
        _row(f"{kind}, sealing and ledger, of the whole time", 100 * share / whole, "<= 25"),
        _row(
            f"{kind}, sealing, of the importing process's processor time", 100 * spent["sealing, processor"] / own, ""
        ),
        _row(f"{kind}, ledger, of the importing process's processor time", 100 * spent["ledger, processor"] / own, ""),
        _row(
            f"{kind}, blind tokens, of the importing process's processor time",
            100 * spent["tokens, processor"] / own,
            "",
        ),
    ]


def _timed(function: Callable[..., Any], spent: Counter[str], name: str) -> Callable[..., Any]:
    """The function, adding what it takes to ``spent``: by the clock, and of the processor."""

    def timed(*given: Any, **told: Any) -> Any:
        began, processor = time.perf_counter(), time.process_time()
        try:
            return function(*given, **told)
        finally:
            spent[name] += time.perf_counter() - began  # type: ignore[assignment]
            spent[f"{name}, processor"] += time.process_time() - processor  # type: ignore[assignment]

    return timed


def _row(figure: str, value: float, goal: str) -> dict[str, object]:
    return {"figure": figure, "value": round(value, 1), "unit": "%", "goal": goal}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
