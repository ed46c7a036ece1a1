"""Deliveries as people look them up: whose they are, what became of their rows, and which rows still wait."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from amparo.access.actors import Actor
from amparo.kernel.errors import NotFound
from amparo.ledger import actions as ledger
from amparo.pack.current import pack
from amparo.pack.layouts import Layout
from amparo.registries.delivering.outcome import RowSetAside
from amparo.registries.delivering.rows import ROW, barred_from
from amparo.registries.models import Batch, Record, SetAside
from amparo.registries.reasons import Reason
from amparo.registries.rules import handing
from amparo.vault import queries as vault

_COLUMNS = (
    "id", "source", "kind", "institution", "layout", "received_at", "received_by", "read_as", "new", "changed",
    "unchanged", "set_aside", "notes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery that was taken. ``notes`` are codes of ``registries.messages`` with their parameters."""

    id: UUID
    source: str
    kind: str
    institution: str
    layout: str
    received_at: datetime
    received_by: str
    read_as: Mapping[str, str]
    new: int
    changed: int
    unchanged: int
    set_aside: int
    notes: Sequence[Mapping[str, Any]]


def sources_of(actor: Actor) -> list[Layout]:
    """What the actor may hand in: the newest layout of each source of her own, in the order of the pack.

    A published table holds nobody's data, so whoever reads series in the institution that publishes it may hand it in.
    """
    newest = [layouts[0] for layouts in pack().imports.values() if layouts]
    return [layout for layout in newest if handing.is_own(actor, layout) and _may_hand_in(actor, layout)]


def _may_hand_in(actor: Actor, layout: Layout) -> bool:
    return actor.can("delivery_write") or (layout.kind == "series" and actor.can("series_read"))


def layout_of(source: str, version: str = "") -> Layout | None:
    """The layout by which a file was read; the newest one where that version is no longer in the pack."""
    layouts = pack().imports.get(source, ())
    return next((layout for layout in layouts if layout.version == version), layouts[0] if layouts else None)


def is_own_source(actor: Actor, source: str) -> bool:
    """Whether exports of a source are the actor's own to handle."""
    return handing.is_own_source(actor, source, pack().imports)


def is_own(actor: Actor, institution: str) -> bool:
    """Whether what this institution handed in is the actor's own."""
    return actor.institution in ("", "*", institution)


def page(*, actor: Actor, start: int = 0, limit: int = 25) -> list[Delivery]:
    """Deliveries that the actor may see, the latest first."""
    rows = _seen(actor).order_by("-received_at", "-id").values_list(*_COLUMNS)[start : start + limit]
    return [Delivery(*row) for row in rows]


def count(*, actor: Actor) -> int:
    """How many deliveries the actor may see."""
    return _seen(actor).count()


def get(*, actor: Actor, batch: UUID) -> Delivery:
    """One delivery; raises ``NotFound`` where the actor may not see it."""
    row = _seen(actor).filter(id=batch).values_list(*_COLUMNS).first()
    if row is None:
        raise NotFound("delivery.none_here")
    return Delivery(*row)


def latest(source: str) -> UUID | None:
    """The last delivery of a source, whoever handed it in."""
    return Batch.objects.filter(source=source).order_by("-received_at", "-id").values_list("id", flat=True).first()


def rows_waiting(batch: UUID) -> int:
    """How many rows of a delivery were set aside and not yet handed in again in a form that could be taken."""
    return SetAside.objects.filter(batch=batch, settled_by=None).count()


def records_of_rows(batch: UUID) -> dict[UUID, UUID]:
    """The record that each row set aside of a delivery is about, where its institution's own number is known."""
    keys = dict(SetAside.objects.filter(batch=batch).exclude(key="").values_list("id", "key"))
    if not keys:
        return {}
    source = Batch.objects.values_list("source", flat=True).get(id=batch)
    known = dict(Record.objects.filter(source=source, key__in=set(keys.values())).values_list("key", "id"))
    return {row: known[key] for row, key in keys.items() if key in known}


def first_rows(
    *, actor: Actor, batch: UUID, at: datetime, limit: int = 25, withheld: Collection[UUID] = ()
) -> list[RowSetAside]:
    """The first rows that still wait, with their reasons; the ledger has it before any value is opened (law 4).

    Whoever is not of the institution, or may not see identities, gets the reasons without the values; of the rows in
    ``withheld`` so does everybody.
    """
    delivery = get(actor=actor, batch=batch)
    chosen = list(SetAside.objects.filter(batch=batch, settled_by=None).order_by("number")[:limit])
    if not chosen:
        return []
    if not may_open_rows(actor, delivery.institution):
        return [_without_values(row) for row in chosen]
    shown = [row.id for row in chosen if row.id not in withheld]
    record_look(actor, batch, len(shown), at)
    opened = vault.open_many(shown, ROW)
    return [
        RowSetAside(row.number, barred_from(opened[row.id])[1]) if row.id in opened else _without_values(row)
        for row in chosen
        if row.id in opened or row.id in withheld
    ]


def _without_values(row: SetAside) -> RowSetAside:
    return RowSetAside(row.number, tuple(Reason.from_json(each) for each in row.reasons))


def may_open_rows(actor: Actor, institution: str) -> bool:
    """Whether the actor may see what stands in rows that this institution handed in."""
    return is_own(actor, institution) and "identity" in actor.compartments


def record_look(actor: Actor, delivery: UUID, rows: int, at: datetime) -> None:
    """Write to the ledger that somebody looks at rows set aside of a delivery, taken or waiting."""
    with transaction.atomic():
        ledger.record(
            author=actor.author,
            act="rows.read",
            at=at,
            purpose="correction",
            basis="role",
            detail={"delivery": str(delivery), "rows": rows},
        )


def sees_source(actor: Actor, source: str) -> bool:
    """Whether the actor may open deliveries of a source."""
    if not actor.can("delivery_read"):
        return False
    return actor.scope == "all" or is_own_source(actor, source)


def _seen(actor: Actor) -> QuerySet[Batch]:
    """Those of the actor's own registries; all of them for a role that answers for the whole country."""
    actor.require("delivery_read")
    found = Batch.objects.all()
    if actor.scope == "all" or actor.institution in ("", "*"):
        return found
    return found.filter(institution=actor.institution, source__in=handing.own_sources(actor, pack().imports.values()))
