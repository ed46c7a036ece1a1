"""Deliveries: whatever is wrong with a file, it ends in an answer in words, and nothing is half taken."""

from __future__ import annotations

import io
import random
import resource
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from proofs import _hostile, _mutations, installation
from proofs.promise import Outcome, Promise

if TYPE_CHECKING:
    from amparo.registries.delivering.outcome import Delivered

_NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
_SOURCES = ("pnp-reta", "mp", "mimp-cem", "mimp-upe", "calp")
_MOST_KILOBYTES = 512 * 1024
_CANARY = "zupayauri-quillatupa-canario"


def malformed(trials: int, seed: int) -> Outcome:
    """Hand in samples that went wrong on their way."""
    installation.empty()
    failures: list[str] = []
    for number in range(trials):
        chance = random.Random(f"{seed}|malformed|{number}")
        source = chance.choice(_SOURCES)
        kind, content = _sample(source)
        name, altered = _mutations.mutated(content, kind, chance)
        failures += [f"{source}, {name}, {number}: {wrong}" for wrong in _wrong(source, altered)]
    return Outcome.of([*failures, *_too_much_memory()], trials)


def hostile(trials: int, seed: int) -> Outcome:
    """Hand in files made to do harm."""
    installation.empty()
    failures: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        mark = Path(folder) / "mark"
        mark.write_text(_CANARY)
        for number in range(trials):
            chance = random.Random(f"{seed}|hostile|{number}")
            make = _hostile.KINDS[number % len(_hostile.KINDS)]
            source = "calp" if make is _hostile.deep else chance.choice(("mp", "mimp-cem"))
            content = make(_sample(source)[1], mark, chance)
            may = make.__name__ in _hostile.MAY_BE_TAKEN
            failures += [f"{make.__name__}, {number}: {wrong}" for wrong in _wrong(source, content, may_be_taken=may)]
            failures += [f"{make.__name__}: a file was made"] * (len(list(Path(folder).iterdir())) > 1)
    return Outcome.of([*failures, *_too_much_memory()], trials)


@cache
def _sample(source: str) -> tuple[str, bytes]:
    """The pack's sample of a source, with how its name ends."""
    from amparo.pack import location

    path = next((location.default() / "imports" / source).glob("sample.*"))
    return path.suffix, path.read_bytes()


def _wrong(source: str, content: bytes, *, may_be_taken: bool = True) -> Iterator[str]:
    """What was not as promised when a file was handed in; told by kinds of fault only."""
    from amparo.kernel.errors import Invalid

    before = _counts()
    try:
        outcome = _handed_in(source, content)
    except Invalid as refusal:
        yield from _unsaid(refusal.code)
        yield from _left_behind(refusal.params, before, _counts())
    except Exception as error:
        yield f"it ended in {type(error).__name__}"
    else:
        yield from () if may_be_taken else ("it was taken",)
        yield from _half_taken(outcome, before, _counts())
        codes = {reason.code for row in outcome.rows_set_aside for reason in row.reasons}
        for code in sorted(codes):
            yield from _unsaid(code)


def _handed_in(source: str, content: bytes) -> Delivered:
    from amparo.access.actors import Actor
    from amparo.pack.current import pack
    from amparo.registries.actions.deliver import deliver

    clerk = Actor(
        name="proof", institution=pack().imports[source][0].institution, role="terminal",
        capabilities=frozenset({"*"}),
    )  # fmt: skip
    return deliver(actor=clerk, source=source, content=io.BytesIO(content), at=_NOW)


def _unsaid(code: str) -> Iterator[str]:
    """An answer is a Spanish sentence of the catalogue, and never a code that nobody understands."""
    from amparo.registries import messages

    if code not in messages.SENTENCES:
        yield f"no sentence for {code}"


def _left_behind(said: dict[str, object], before: dict[str, int], after: dict[str, int]) -> Iterator[str]:
    """What a refusal must not leave or tell."""
    if after != before:
        yield "something of a refused file was kept"
    if _CANARY in str(said):
        yield "a file of this machine was read"


def _half_taken(outcome: Delivered, before: dict[str, int], after: dict[str, int]) -> Iterator[str]:
    """What a delivery says it did is what the tables have gained."""
    expected = {
        "batches": 1, "records": outcome.new, "versions": outcome.new + outcome.changed,
        "set aside": outcome.set_aside, "files": 1,
    }  # fmt: skip
    for name, number in expected.items():
        if after[name] - before[name] != number:
            yield f"{name}: {number} told, {after[name] - before[name]} kept"


def _counts() -> dict[str, int]:
    from amparo.registries.models import Batch, Event, Record, RecordVersion, SetAside
    from amparo.vault.models import BlindToken, Sealed, SealedFile

    tables = {
        "batches": Batch, "records": Record, "versions": RecordVersion, "events": Event, "set aside": SetAside,
        "files": SealedFile, "sealed": Sealed, "tokens": BlindToken,
    }  # fmt: skip
    return {name: table.objects.count() for name, table in tables.items()}


def _too_much_memory() -> Iterator[str]:
    """The largest reading process so far; the system counts what it was started from in, too."""
    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    if kilobytes > _MOST_KILOBYTES:
        yield f"a reading process took {kilobytes // 1024} MB"


PROMISES = (
    Promise(
        "imports.malformed",
        "A damaged delivery ends in sentences, never in a fault; it is taken whole or not at all, in at most 512 MB.",
        1_000,
        malformed,
    ),
    Promise(
        "imports.hostile",
        "A file made to do harm has no effect: nothing is unpacked, read, made or run, and none is half taken.",
        200,
        hostile,
    ),
)
