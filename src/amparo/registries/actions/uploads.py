"""A file chosen on the page: sealed at once, read without writing anything, then taken or thrown away.

The file lies sealed from the moment it arrives. Between the preview and the yes anything may happen: another delivery
of the same source makes the preview stale, and then it is read again instead of being taken unseen.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO, cast
from uuid import UUID, uuid4

from django.db import transaction

from amparo.access.actors import Actor
from amparo.kernel.errors import Conflict, Denied, Invalid
from amparo.ledger import actions as ledger
from amparo.registries.actions.deliver import deliver
from amparo.registries.delivering.outcome import Delivered
from amparo.registries.models import Batch, Upload
from amparo.registries.queries import deliveries, uploads
from amparo.registries.queries.uploads import COMPARTMENT, Found
from amparo.registries.readers import scanning
from amparo.vault import actions as vault
from amparo.vault import files

_ROWS_KEPT = 25
# A file that nobody said yes to is somebody's personal data lying about; a week is enough to come back to it.
KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What came of a yes: the delivery and the records it touched, or neither where the file must be looked at again.

    ``again`` says that another delivery came meanwhile, so that the preview was made anew and nothing was taken.
    """

    batch: UUID | None = None
    touched: Sequence[UUID] = ()
    again: bool = False


def choose(*, actor: Actor, source: str, content: BinaryIO, at: datetime) -> UUID:
    """Scan and seal a file, read it without taking it, and keep what was found for whoever decides; returns its id.

    ``content`` must be readable again from its beginning. A file that cannot be a delivery is thrown away and the
    refusal is kept; what a scanner found is never kept at all. Raises ``Denied`` for a source that is not of the
    actor's institution.
    """
    _require(actor, source)
    upload = Upload(id=uuid4(), source=source, institution=actor.institution, file=uuid4(), by=actor.name, at=at)
    try:
        scanning.scan(content)
    except Invalid as error:
        _keep(actor, upload, *_refused(upload, error), at)
        return upload.id
    content.seek(0)
    upload.file = files.store(content, institution=actor.institution).id
    content.seek(0)
    try:
        _look(actor, upload, content, at)
    except BaseException:
        files.discard(upload.file)
        raise
    return upload.id


def confirm(*, actor: Actor, upload: UUID, at: datetime) -> Confirmed:
    """Take a file that waits. Saying yes twice takes it once; raises ``Conflict`` where it was thrown away."""
    row, taken = uploads.of(actor, Upload.objects.all(), upload), None
    # What no longer can be a delivery is found out by looking again, which keeps the refusal.
    with suppress(Invalid), transaction.atomic():
        row = uploads.of(actor, Upload.objects.select_for_update(), upload)
        if row.state == "taken":
            return Confirmed(row.batch_id)
        if row.state != "preview":
            raise Conflict("delivery.not_waiting")
        if row.preview.get("after", "") == _after(row.source):
            taken = _take(actor, row, at)
    if taken is None:
        _look_again(actor, row, at)
        return Confirmed(again=True)
    vault.erase([row.id])
    if not Batch.objects.filter(file=row.file).exists():
        files.discard(row.file)
    return Confirmed(row.batch_id, taken.touched)


def discard(*, actor: Actor, upload: UUID, at: datetime) -> None:
    """Throw a waiting file away, with its key; doing it twice is no mistake.

    Raises ``Conflict`` where it was taken and ``Denied`` for whoever could not hand it in.
    """
    with transaction.atomic():
        row = uploads.of(actor, Upload.objects.select_for_update(), upload)
        if "*" not in actor.capabilities:
            _require(actor, row.source)
        if row.state == "taken":
            raise Conflict("delivery.not_waiting")
        if row.state != "preview":
            return
        row.state = "discarded"
        row.save(update_fields=["state"])
        _record(actor, "delivery.discard", row, at)
    _forget(row)


def _require(actor: Actor, source: str) -> None:
    """Raise ``Denied`` unless the actor may hand in what comes from a source."""
    if source not in {layout.source for layout in deliveries.sources_of(actor)}:
        raise Denied("delivery.not_your_institution", source=source)


def discard_forgotten(*, actor: Actor, at: datetime) -> int:
    """Throw away files that waited for longer than :data:`KEPT_FOR`; returns how many."""
    old = list(Upload.objects.filter(state="preview", at__lt=at - KEPT_FOR).values_list("id", flat=True))
    for upload in old:
        discard(actor=actor, upload=upload, at=at)
    return len(old)


def _take(actor: Actor, row: Upload, at: datetime) -> Delivered:
    """The delivery itself, inside the transaction that holds the row."""
    content = cast(BinaryIO, io.BufferedReader(_Chunks(files.read(row.file))))
    taken = deliver(actor=actor, source=row.source, content=content, at=at, stored=row.file)
    row.state, row.batch_id = "taken", taken.batch
    row.save(update_fields=["state", "batch"])
    return taken


def _look_again(actor: Actor, row: Upload, at: datetime) -> None:
    _look(actor, row, cast(BinaryIO, io.BufferedReader(_Chunks(files.read(row.file)))), at)


def _look(actor: Actor, row: Upload, content: BinaryIO, at: datetime) -> None:
    """Read without taking and keep what was found: counts and codes in the open, words of the file under seal."""
    after = _after(row.source)
    try:
        seen = deliver(actor=actor, source=row.source, content=content, at=at, dry_run=True)
    except Invalid as error:
        preview, found = _refused(row, error)
    else:
        preview, found = _told(seen, after), _found(seen)
    if _keep(actor, row, preview, found, at) and row.state == "refused":
        files.discard(row.file)


def _refused(row: Upload, error: Invalid) -> tuple[dict[str, Any], Found]:
    row.state = "refused"
    return {"refusal": error.code}, Found(refused=error.params)


def _keep(actor: Actor, row: Upload, preview: Mapping[str, Any], found: Found, at: datetime) -> bool:
    """Keep what a look at the file found; ``False`` where somebody has answered meanwhile, and then that stands."""
    with transaction.atomic(), transaction.atomic(using="vault"):
        held = Upload.objects.select_for_update().filter(id=row.id).first()
        if held is not None and held.state != "preview":
            return False
        version = int(held.preview["version"]) + 1 if held else 1
        row.preview = {**preview, "version": version}
        row.save()
        vault.seal_many([vault.Document(row.id, COMPARTMENT, version, row.institution, found.to_bytes())])
        _record(actor, "delivery.refuse" if row.state == "refused" else "delivery.preview", row, at)
    return True


def _told(seen: Delivered, after: str) -> dict[str, Any]:
    """What may stand open of a preview; ``after`` is the delivery of the source that it was compared with."""
    counts = {"new": seen.new, "changed": seen.changed, "unchanged": seen.unchanged, "set_aside": seen.set_aside}
    return {"counts": counts, "layout": seen.layout, "faults": dict(seen.faults), "after": after}


def _found(seen: Delivered) -> Found:
    noticed = tuple((code, column, rows) for (code, column), rows in seen.noticed.items())
    return Found(seen.read_as, seen.notes, noticed, seen.rows_set_aside[:_ROWS_KEPT])


def _after(source: str) -> str:
    return str(deliveries.latest(source) or "")


def _forget(row: Upload) -> None:
    files.discard(row.file)
    vault.erase([row.id])


def _record(actor: Actor, act: str, row: Upload, at: datetime) -> None:
    ledger.record(
        author=actor.author,
        act=act,
        at=at,
        purpose="registration",
        basis="role",
        detail={"source": row.source, "upload": str(row.id), "code": str(row.preview.get("refusal", ""))},
    )


class _Chunks(io.RawIOBase):
    """The chunks of a sealed file as something to read from."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        super().__init__()
        self._chunks = chunks
        self._rest = b""

    def readable(self) -> bool:
        """It can be read, once."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer from the chunk at hand, or from the next one."""
        self._rest = self._rest or next(self._chunks, b"")
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size
