"""Handing in what an institution exports: one delivery is one transaction, and the same file twice changes nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from amparo.access.actors import Actor
from amparo.kernel.errors import Denied, Invalid, NotFound
from amparo.kernel.memory import seldom_tidied
from amparo.ledger import actions as ledger
from amparo.ledger.turns import Turn, wait
from amparo.pack.current import pack
from amparo.pack.layouts import Layout
from amparo.registries.actions import deliver_series
from amparo.registries.delivering.outcome import Delivered, RowSetAside
from amparo.registries.delivering.rows import Barred, Taken, digest_texts, sorted_out
from amparo.registries.delivering.taking import Counts, Taking, known_records
from amparo.registries.digests import comparable as digests_of
from amparo.registries.lexicon import lexicon_for
from amparo.registries.models import Batch
from amparo.registries.readers import parent, scanning, worker
from amparo.registries.readers.answers import RECORDS, Record
from amparo.registries.readers.limits import Limits
from amparo.registries.rules import handing
from amparo.vault import files

__all__ = ["Delivered", "RowSetAside", "deliver"]

_OLDER_LAYOUT_MAY_FIT = frozenset({"file.no_header", "file.columns_missing"})


@dataclass(slots=True)
class _Reading:
    """An opened file: the layout that fits it, how it was read, and its rows still to come."""

    layout: Layout
    read_as: dict[str, str]
    notes: list[dict[str, Any]]
    told: Iterator[list[Record]]
    scanned: scanning.State = "absent"
    noticed: Counter[tuple[str, str]] = field(default_factory=Counter)
    barred: list[RowSetAside] = field(default_factory=list)

    def chunks(self) -> Iterator[tuple[list[Taken], list[Barred]]]:
        """The rows, so many at once, hashed and sorted into those to take and those to set aside."""
        for told in self.told:
            digests = digests_of(digest_texts(self.layout.source, told))
            taken, barred = sorted_out(told, digests)
            self.noticed.update((note.code, note.column) for row in taken for note in row.told.notes)
            self.barred += [RowSetAside(row.number, row.reasons) for row in barred]
            yield taken, barred


def deliver(
    *,
    actor: Actor,
    source: str,
    content: BinaryIO,
    at: datetime,
    dry_run: bool = False,
    stored: UUID | None = None,
    limits: Limits | None = None,
) -> Delivered:
    """Take a file of a source, or say what taking it would do where ``dry_run``.

    ``content`` is read from its beginning; its name is never asked for. ``stored`` is the sealed file where it was
    sealed already. An official series goes its own way, apart from records of people.

    Raises ``Denied``, ``NotFound`` for an unknown source, and ``Invalid`` with a code of ``registries.messages`` where
    the file as a whole cannot be a delivery; then nothing was written but the ledger.
    """
    if deliver_series.is_series(source):
        return deliver_series.deliver_series(actor=actor, source=source, content=content, at=at, dry_run=dry_run)
    layouts = _layouts(actor, source, at)
    with parent.held(content) as (file, size):
        try:
            scanned = scanning.scan(file)
            with _opened(file, size, layouts, limits or Limits(), at) as reading:
                reading.scanned = scanned
                sha256 = _sha256(file)
                if dry_run:
                    counts = _foreseen(reading)
                    return _outcome(None, reading, sha256, size, counts)
                return _take(actor, reading, file, (sha256, size, stored), at)
        except Invalid as error:
            if not dry_run:
                _record_refusal(actor, source, error, at)
            raise


def _layouts(actor: Actor, source: str, at: datetime) -> list[Layout]:
    """The layouts that may fit, the newest first; only an institution's own people hand in what it exports."""
    if "*" not in actor.capabilities:
        actor.require("delivery_write")
    found = [layout for layout in pack().imports.get(source, ()) if layout.valid_from <= timezone.localdate(at)]
    if not found:
        raise NotFound("delivery.unknown_source", source=source)
    if not handing.is_own(actor, found[0]):
        raise Denied("delivery.not_your_institution", source=source)
    return found


@contextmanager
def _opened(file: BinaryIO, size: int, layouts: Sequence[Layout], limits: Limits, at: datetime) -> Iterator[_Reading]:
    """The file under the first layout whose columns it has; refused with what the newest one says where none fits."""
    others = [versions[0] for code, versions in pack().imports.items() if code != layouts[0].source]
    refusal: Invalid | None = None
    for layout in layouts:
        task = worker.task_of(layout, others, lexicon_for(pack(), layout), limits, timezone.localdate(at))
        with ExitStack() as stack:
            try:
                opened, told = stack.enter_context(parent.opened(file, size, task, RECORDS))
            except Invalid as error:
                refusal = refusal or error
                if error.code not in _OLDER_LAYOUT_MAY_FIT:
                    break
                continue
            yield _Reading(layout, opened.read_as, opened.notes, told)
            return
    raise refusal or Invalid("file.unreadable")


def _sha256(file: BinaryIO) -> str:
    """The hash of the content, read by position because the child reads the same open file."""
    return hashlib.file_digest(parent.again(file), "sha256").hexdigest()


def _foreseen(reading: _Reading) -> Counts:
    """Count what would happen without writing anything."""
    counts = Counts()
    for taken, barred in reading.chunks():
        known = known_records(reading.layout.source, (row.key for row in taken))
        new = sum(row.key not in known for row in taken)
        same = sum(row.key in known and known[row.key].says_nothing_new(row.digest) for row in taken)
        counts.new += new
        counts.unchanged += same
        counts.changed += len(taken) - new - same
        counts.set_aside += len(barred)
    return counts


def _take(
    actor: Actor, reading: _Reading, file: BinaryIO, told: tuple[str, int, UUID | None], at: datetime
) -> Delivered:
    """Write everything in one transaction of each database; the vault's is inside, so that it commits first."""
    sha256, size, stored = told
    sealed: UUID | None = None
    try:
        with seldom_tidied(), transaction.atomic(), transaction.atomic(using="vault"):
            # Two deliveries of a source at once would both find the same rows new.
            wait(Turn.DELIVERY, reading.layout.source)
            batch = _new_batch(actor, reading, sha256, size, at)
            taking = Taking(batch, reading.layout, author=actor.name, prefix=pack().manifest.person_prefix, at=at)
            for taken, barred in reading.chunks():
                taking.take(taken, barred)
            if stored is None:
                sealed = files.store(cast(BinaryIO, parent.again(file)), institution=reading.layout.institution).id
            _finish(batch, reading, taking.counts, stored or sealed)
            outcome = _outcome(batch.id, reading, sha256, size, taking.counts)
            _record(actor, outcome, reading.scanned, at)
    except BaseException:
        if sealed is not None:
            files.discard(sealed)
        raise
    return outcome


def _new_batch(actor: Actor, reading: _Reading, sha256: str, size: int, at: datetime) -> Batch:
    layout = reading.layout
    return Batch.objects.create(
        source=layout.source,
        kind=layout.kind,
        institution=layout.institution,
        layout=layout.version,
        received_at=at,
        received_by=actor.name,
        sha256=sha256,
        size=size,
        read_as=reading.read_as,
    )


def _finish(batch: Batch, reading: _Reading, counts: Counts, file: UUID | None) -> None:
    noticed = reading.noticed.items()
    batch.file = file
    batch.notes = [
        *reading.notes,
        *({"code": code, "column": column, "rows": rows} for (code, column), rows in noticed),
    ]
    batch.new, batch.changed = counts.new, counts.changed
    batch.unchanged, batch.set_aside = counts.unchanged, counts.set_aside
    batch.save(update_fields=["file", "new", "changed", "unchanged", "set_aside", "notes"])


def _outcome(batch: UUID | None, reading: _Reading, sha256: str, size: int, counts: Counts) -> Delivered:
    return Delivered(
        batch=batch,
        source=reading.layout.source,
        institution=reading.layout.institution,
        layout=reading.layout.version,
        sha256=sha256,
        size=size,
        read_as=reading.read_as,
        notes=reading.notes,
        new=counts.new,
        changed=counts.changed,
        unchanged=counts.unchanged,
        set_aside=counts.set_aside,
        rows_set_aside=tuple(reading.barred),
        noticed=dict(reading.noticed),
        touched=counts.touched,
    )


def _record(actor: Actor, outcome: Delivered, scanned: scanning.State, at: datetime) -> None:
    ledger.record(
        author=actor.author,
        act="delivery.take",
        at=at,
        purpose="registration",
        basis="role",
        subjects=outcome.touched,
        detail={
            "source": outcome.source,
            "batch": str(outcome.batch),
            "sha256": outcome.sha256,
            "new": outcome.new,
            "changed": outcome.changed,
            "unchanged": outcome.unchanged,
            "set_aside": outcome.set_aside,
            "scan": scanned,
        },
    )


def _record_refusal(actor: Actor, source: str, error: Invalid, at: datetime) -> None:
    with transaction.atomic():
        ledger.record(
            author=actor.author,
            act="delivery.refuse",
            at=at,
            purpose="registration",
            basis="role",
            detail={"source": source, "code": error.code},
        )
