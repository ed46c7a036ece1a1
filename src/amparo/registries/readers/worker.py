"""The child process that reads a file from outside.

It takes a task as JSON on its standard input and the file as an inherited descriptor, gives up what it does not need
(memory, files, writing), and answers with one JSON object per line: ``opened``, then ``rows`` in chunks, then ``end``;
or ``error`` with a code. Its parent believes nothing but that form.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any, BinaryIO

import msgspec

from amparo.engines.linkage import block
from amparo.engines.linkage.prepare import Reader
from amparo.kernel.errors import Invalid
from amparo.pack.layouts import Layout
from amparo.registries import identity
from amparo.registries.interpret import Interpreted, Interpreter, Refused
from amparo.registries.lexicon import Lexicon
from amparo.registries.linkable import fields_of
from amparo.registries.readers.headers import Spec
from amparo.registries.readers.limits import Limits
from amparo.registries.readers.opening import open_table
from amparo.registries.readers.tables import RawRow
from amparo.registries.reasons import Reason

# Rows in one answer. While the parent writes one chunk, the next one is being read.
_CHUNK = 500
Answer = Callable[[dict[str, Any]], None]


def confine(limits: Limits, size: int) -> None:
    """Ceilings that the system enforces: address space, processor time, no file may be written, few may be open."""
    seconds = limits.cpu_seconds_for(size)
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))


def work(file: BinaryIO, task: dict[str, Any], answer: Answer) -> None:
    """Open the file, interpret its rows and answer them in chunks."""
    layout = msgspec.convert(task["layout"], Layout)
    limits = Limits(**task["limits"])
    others = [Spec.of(item["source"], [tuple(column) for column in item["columns"]]) for item in task["others"]]
    table = open_table(file, task["size"], layout, others, limits)
    answer({"opened": {"read_as": table.read_as, "notes": table.notes}})
    read: Callable[[RawRow], dict[str, Any]] = _raw
    if task["lexicon"] is not None:
        read = _Reading(layout, Lexicon.from_json(task["lexicon"]), date.fromisoformat(task["today"])).row
    chunk: list[dict[str, Any]] = []
    count = 0
    for raw in table.rows:
        chunk.append(read(raw))
        count += 1
        if len(chunk) == _CHUNK:
            answer({"rows": chunk})
            chunk = []
    if chunk:
        answer({"rows": chunk})
    if not count:
        raise Invalid("file.no_rows")
    answer({"end": {"rows": count}})


def _raw(raw: RawRow) -> dict[str, Any]:
    """A row of a table that holds nobody's data, as it stands."""
    return {"n": raw.number, "values": raw.values, "reasons": [reason.code for reason in raw.reasons]}


class _Reading:
    """Interprets rows, finds keys that come twice, and makes the keys by which linkage will look for the record."""

    def __init__(self, layout: Layout, lexicon: Lexicon, today: date) -> None:
        self._interpreter = Interpreter(layout, lexicon, today)
        self._institution = layout.institution
        self._prepared = Reader(lexicon.names)
        self._seen: dict[str, int] = {}

    def row(self, raw: RawRow) -> dict[str, Any]:
        """One row as the parent gets it."""
        read = self._interpreter.read(raw)
        if isinstance(read, Interpreted):
            first = self._seen.setdefault(read.key, read.number)
            if first != read.number:
                reason = Reason("row.key_twice", params={"row": str(first)})
                read = Refused(read.number, read.key, [reason], raw.typed())
        return self._taken(read) if isinstance(read, Interpreted) else _refused(read)

    def _taken(self, read: Interpreted) -> dict[str, Any]:
        fields = fields_of(read.fields, "", self._institution, read.registered_on)
        return {
            "is": "taken",
            "n": read.number,
            "key": read.key,
            "on": read.registered_on,
            "at": [read.office, read.unit, read.department],
            "sex": fields.sex,
            "nationality": fields.nationality,
            "fields": identity.told(fields),
            "identity": read.identity,
            "narrative": read.narrative,
            "content": read.content,
            "values": read.values,
            "events": [event.to_json() for event in read.events],
            "print": read.print,
            "tokens": block.keys_of(self._prepared.read(fields)),
            "notes": [note.to_json() for note in read.notes],
        }


def _refused(read: Refused) -> dict[str, Any]:
    return {
        "is": "barred",
        "n": read.number,
        "key": read.key,
        "reasons": [reason.to_json() for reason in read.reasons],
        "typed": read.typed,
    }


def main() -> int:
    """Read the task, do it, and say how it ended."""
    out = sys.stdout.buffer
    encoder = msgspec.json.Encoder()

    def answer(message: dict[str, Any]) -> None:
        out.write(encoder.encode(message) + b"\n")
        out.flush()

    # What was imported stays to the end, and a row is thrown away in whole: there is nothing to search for rings of.
    gc.freeze()
    gc.disable()
    task = json.loads(sys.stdin.readline())
    try:
        with os.fdopen(task["descriptor"], "rb") as file:
            confine(Limits(**task["limits"]), task["size"])
            work(file, task, answer)
    except Invalid as error:
        answer({"error": {"code": error.code, "params": error.params}})
    except (MemoryError, RecursionError):
        answer({"error": {"code": "file.too_heavy", "params": {}}})
    except BrokenPipeError:
        return 1
    except Exception as error:
        answer({"error": {"code": "file.unreadable", "params": {"kind": type(error).__name__}}})
    return 0


def raw_task_of(layout: Layout, others: list[Layout], limits: Limits, today: date) -> dict[str, Any]:
    """What a child is told that hands over rows as they stand, all but the file."""
    return {
        "layout": msgspec.to_builtins(layout),
        "others": [
            {
                "source": other.source,
                "columns": [[column.name, list(column.aliases), column.required] for column in other.columns],
            }
            for other in others
        ],
        "lexicon": None,
        "limits": asdict(limits),
        "today": today.isoformat(),
    }


def task_of(layout: Layout, others: list[Layout], lexicon: Lexicon, limits: Limits, today: date) -> dict[str, Any]:
    """What a child is told that interprets rows, all but the file."""
    return raw_task_of(layout, others, limits, today) | {"lexicon": lexicon.to_json()}


if __name__ == "__main__":
    sys.exit(main())
