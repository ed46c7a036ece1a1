"""The rows that the reading process hands over, as the taking of a delivery sees them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from amparo.registries import identity
from amparo.registries.happenings import Derived
from amparo.registries.reasons import Reason

ROW = "row"


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that can be taken. ``key`` and ``digest`` are keyed hashes; ``number`` is its place in the file."""

    number: int
    key: str
    digest: str
    message: Mapping[str, Any]

    @property
    def registered_on(self) -> date | None:
        """The day on which its institution registered it."""
        return date.fromisoformat(self.message["on"]) if self.message["on"] else None

    @property
    def place(self) -> tuple[str, str, str]:
        """Office, unit and department."""
        office, unit, department = self.message["at"]
        return office, unit, department

    @property
    def sex(self) -> str:
        """As coded in the pack; empty where not told."""
        return str(self.message["fields"].get("sex", ""))

    @property
    def nationality(self) -> str:
        """As coded in the pack; empty where not told."""
        return str(self.message["fields"].get("nationality", ""))

    @property
    def events(self) -> list[Derived]:
        """What it says has happened."""
        return [Derived.from_json(event) for event in self.message["events"]]

    @property
    def tokens(self) -> list[str]:
        """The keys by which linkage looks for the record."""
        return list(self.message["tokens"])

    @property
    def content(self) -> dict[str, Any]:
        """What may stand open: the columns as typed, and the codes behind them."""
        return {"typed": self.message["content"], "values": self.message["values"]}

    def sealed(self, record: UUID) -> dict[str, bytes]:
        """What goes into the vault, by compartment."""
        fields = {**self.message["fields"], "record_id": str(record)}
        found = {identity.COMPARTMENT: identity.document(fields, self.message["identity"])}
        if self.message["narrative"]:
            found[identity.NARRATIVE] = as_bytes({"raw": self.message["narrative"]})
        return found


@dataclass(frozen=True, slots=True)
class Barred:
    """A row that is set aside; ``key`` is the keyed hash of its own number, empty where it has none."""

    number: int
    key: str
    reasons: tuple[Reason, ...]
    typed: Mapping[str, Any]

    def sealed(self) -> bytes:
        """What goes into the vault: the row as typed, and the reasons with the values that they complain of."""
        return as_bytes({"typed": dict(self.typed), "reasons": [reason.to_json() for reason in self.reasons]})


def barred_from(plain: bytes) -> tuple[dict[str, Any], tuple[Reason, ...]]:
    """Read what :meth:`Barred.sealed` wrote: the row as typed and the reasons."""
    document = json.loads(plain)
    return document["typed"], tuple(Reason.from_json(reason) for reason in document["reasons"])


def as_bytes(document: Mapping[str, Any]) -> bytes:
    """A document as compact JSON."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def digest_texts(source: str, messages: Sequence[Mapping[str, Any]]) -> list[str]:
    """For each message two texts to be hashed: its own number within its source, and its content."""
    texts: list[str] = []
    for message in messages:
        texts.append(f"{source}|{message['key']}")
        texts.append(message.get("print", ""))
    return texts


def sorted_out(messages: Sequence[Mapping[str, Any]], digests: Sequence[str]) -> tuple[list[Taken], list[Barred]]:
    """Messages with their digests as rows to take and rows to set aside."""
    taken: list[Taken] = []
    barred: list[Barred] = []
    for message, key, digest in zip(messages, digests[::2], digests[1::2], strict=True):
        if "reasons" in message:
            reasons = tuple(Reason.from_json(reason) for reason in message["reasons"])
            barred.append(Barred(message["n"], key if message["key"] else "", reasons, message["typed"]))
        else:
            taken.append(Taken(message["n"], key, digest, message))
    return taken, barred
