"""The rows that the reading process hands over, as the taking of a delivery sees them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from amparo.registries import identity
from amparo.registries.happenings import Derived
from amparo.registries.readers.answers import BarredRow, Happened, Record, TakenRow
from amparo.registries.reasons import Reason

ROW = "row"


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that can be taken. ``key`` and ``digest`` are keyed hashes."""

    key: str
    digest: str
    told: TakenRow

    @property
    def events(self) -> list[Derived]:
        """What it says has happened, to be compared with what it said before."""
        return [derived(event) for event in self.told.events]

    @property
    def content(self) -> str:
        """What may stand open, as JSON: the columns as typed, and the codes behind them."""
        return (b'{"typed":%b,"values":%b}' % (bytes(self.told.content), bytes(self.told.values))).decode("utf-8")

    def sealed(self) -> dict[str, bytes]:
        """What goes into the vault, by compartment."""
        told = self.told
        found = {identity.COMPARTMENT: identity.from_json(bytes(told.fields), bytes(told.identity))}
        if (narrative := bytes(told.narrative)) != b"{}":
            found[identity.NARRATIVE] = b'{"raw":%b}' % narrative
        return found


@dataclass(frozen=True, slots=True)
class Barred:
    """A row that is set aside; ``key`` is the keyed hash of its own number, empty where it has none."""

    number: int
    key: str
    reasons: tuple[Reason, ...]
    typed: bytes

    def sealed(self) -> bytes:
        """What goes into the vault: the row as typed, and the reasons with the values that they complain of."""
        return b'{"typed":%b,"reasons":%b}' % (self.typed, msgspec.json.encode(self.reasons))


def derived(event: Happened) -> Derived:
    """An event of the reading process as the rules compare it."""
    return Derived(event.type, event.slot, event.on.isoformat(), event.place, json.loads(bytes(event.data)))


def barred_from(plain: bytes) -> tuple[dict[str, Any], tuple[Reason, ...]]:
    """Read what :meth:`Barred.sealed` wrote: the row as typed and the reasons."""
    document = json.loads(plain)
    return document["typed"], tuple(Reason.from_json(reason) for reason in document["reasons"])


def digest_texts(source: str, told: Iterable[Record]) -> list[str]:
    """For each row two texts to be hashed: its own number within its source, and its content."""
    texts: list[str] = []
    for row in told:
        texts.append(f"{source}|{row.key}")
        texts.append(row.print if isinstance(row, TakenRow) else "")
    return texts


def sorted_out(told: Sequence[Record], digests: Sequence[str]) -> tuple[list[Taken], list[Barred]]:
    """What the reading process told, with its digests, as rows to take and rows to set aside."""
    taken: list[Taken] = []
    barred: list[Barred] = []
    for row, key, digest in zip(told, digests[::2], digests[1::2], strict=True):
        if isinstance(row, TakenRow):
            taken.append(Taken(key, digest, row))
        else:
            barred.append(_barred(row, key))
    return taken, barred


def _barred(row: BarredRow, key: str) -> Barred:
    reasons = tuple(Reason(reason.code, reason.column, reason.value, reason.params) for reason in row.reasons)
    return Barred(row.n, key if row.key else "", reasons, bytes(row.typed))
