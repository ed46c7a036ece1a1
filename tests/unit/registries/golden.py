"""Writes the golden file of every sample again: ``python -m tests.unit.registries.golden``. Read the difference."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from amparo.pack.layouts import Layout
from tests.unit.registries.reading import IMPORTS, layouts, read

_KEPT = ("n", "key", "on", "at", "fields", "values", "events", "notes", "reasons")


def of(layout: Layout) -> dict[str, Any]:
    """What the sample of a layout yields."""
    opened, rows = read(layout.source, (IMPORTS / layout.source / layout.sample).read_bytes())
    return {"opened": opened, "rows": [{name: row[name] for name in _KEPT if row.get(name)} for row in rows]}


def path(layout: Layout) -> Path:
    """Where the golden file of a layout is."""
    return IMPORTS / layout.source / layout.golden


def text(layout: Layout) -> str:
    """The golden file: one line for each row, so that a difference reads well."""
    found = of(layout)
    lines = [json.dumps(row, ensure_ascii=False) for row in found["rows"]]
    opened = json.dumps(found["opened"], ensure_ascii=False)
    return f'{{"opened": {opened},\n "rows": [\n  ' + ",\n  ".join(lines) + "\n]}\n"


if __name__ == "__main__":
    for versions in layouts().values():
        for chosen in versions:
            if chosen.golden:
                path(chosen).write_text(text(chosen), encoding="utf-8")
