"""What became of a delivery, as the doors show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from amparo.registries.reasons import Reason


@dataclass(frozen=True, slots=True)
class RowSetAside:
    """A row that was not taken: its number in the file and why. Values are for the clerk who handed it in only."""

    number: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a delivery, or would become of it where ``batch`` is None.

    ``read_as`` says how the file was read, ``notes`` what was noticed of the file, ``noticed`` how often something was
    noticed in a column of rows that were taken. ``touched`` are the records that are new or changed. ``faults`` is for
    official series only: how often the table contradicts itself, by kind.
    """

    batch: UUID | None
    source: str
    institution: str
    layout: str
    sha256: str
    size: int
    read_as: Mapping[str, str]
    notes: Sequence[Mapping[str, Any]]
    new: int
    changed: int
    unchanged: int
    set_aside: int
    rows_set_aside: tuple[RowSetAside, ...] = ()
    noticed: Mapping[tuple[str, str], int] = field(default_factory=dict)
    touched: Sequence[UUID] = ()
    faults: Mapping[str, int] = field(default_factory=dict)
