"""Files that wait, sealed, for the yes of who chose them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from amparo.access.actors import Actor
from amparo.kernel.errors import NotFound
from amparo.registries.delivering.outcome import RowSetAside
from amparo.registries.models import Upload
from amparo.registries.queries import deliveries
from amparo.registries.reasons import Reason
from amparo.vault import queries as vault

COMPARTMENT = "preview"


@dataclass(frozen=True, slots=True)
class Found:
    """What reading a file found, as far as it may hold words of the file: it is kept sealed.

    ``noticed`` are code, column and number of rows; ``rows`` the first rows that would be set aside; ``refused`` the
    parameters of the refusal where the file was refused as a whole.
    """

    read_as: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[Mapping[str, Any]] = ()
    noticed: Sequence[tuple[str, str, int]] = ()
    rows: Sequence[RowSetAside] = ()
    refused: Mapping[str, Any] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """A form that :meth:`from_bytes` reads back."""
        rows = [{"n": row.number, "reasons": [reason.to_json() for reason in row.reasons]} for row in self.rows]
        document = {
            "read_as": dict(self.read_as),
            "notes": [dict(note) for note in self.notes],
            "noticed": [list(each) for each in self.noticed],
            "rows": rows,
            "refused": dict(self.refused),
        }
        return json.dumps(document, ensure_ascii=False).encode("utf-8")

    @classmethod
    def from_bytes(cls, plain: bytes) -> Found:
        """Read what :meth:`to_bytes` wrote."""
        told = json.loads(plain)
        rows = tuple(RowSetAside(row["n"], tuple(map(Reason.from_json, row["reasons"]))) for row in told["rows"])
        noticed = tuple((code, column, number) for code, column, number in told["noticed"])
        return cls(told["read_as"], told["notes"], noticed, rows, told["refused"])


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that was chosen on the page: its state, and what taking it would do.

    ``counts`` are new, changed, unchanged and set aside; empty for a refused file, whose code is ``refusal``.
    ``faults`` is for official series: how often the table contradicts itself, by kind.
    """

    id: UUID
    source: str
    institution: str
    by: str
    at: datetime
    state: str
    layout: str
    counts: Mapping[str, int]
    refusal: str
    faults: Mapping[str, int]
    batch: UUID | None
    found: Found


def waiting_for(actor: Actor) -> list[Waiting]:
    """The actor's own files that wait for her yes, the latest first; what was found in them stays sealed."""
    chosen = Upload.objects.filter(by=actor.name, institution=actor.institution, state="preview").order_by("-at")
    return [waiting(upload, Found()) for upload in chosen]


def is_one(upload: UUID) -> bool:
    """Whether an id is that of a chosen file, not of a delivery."""
    return Upload.objects.filter(id=upload).exists()


def get(*, actor: Actor, upload: UUID, at: datetime) -> Waiting:
    """One chosen file with what was found in it; raises ``NotFound`` unless the actor's institution chose it.

    The first rows that would be set aside come with it only where the actor may see identities; then the ledger has it.
    """
    row = of(actor, Upload.objects.all(), upload)
    sealed = vault.open_many([row.id], COMPARTMENT).get(row.id)
    found = Found.from_bytes(sealed) if sealed else Found()
    if found.rows and not deliveries.may_open_rows(actor, row.institution):
        found = Found(found.read_as, found.notes, found.noticed, tuple(map(_without_values, found.rows)), found.refused)
    elif found.rows:
        deliveries.record_look(actor, row.id, len(found.rows), at)
    return waiting(row, found)


def of(actor: Actor, chosen: QuerySet[Upload], upload: UUID) -> Upload:
    """The row of a chosen file of the actor's institution; raises ``NotFound``."""
    row = chosen.filter(id=upload).first()
    if row is None or not deliveries.is_own_source(actor, row.source):
        raise NotFound("delivery.none_here")
    return row


def waiting(row: Upload, found: Found) -> Waiting:
    """A row with what was found in its file."""
    return Waiting(
        id=row.id,
        source=row.source,
        institution=row.institution,
        by=row.by,
        at=row.at,
        state=row.state,
        layout=str(row.preview.get("layout", "")),
        counts=dict(row.preview.get("counts", {})),
        refusal=str(row.preview.get("refusal", "")),
        faults=dict(row.preview.get("faults", {})),
        batch=row.batch_id,
        found=found,
    )


def _without_values(row: RowSetAside) -> RowSetAside:
    return RowSetAside(row.number, tuple(Reason(reason.code, reason.column) for reason in row.reasons))
