"""Erasing what records hold of a person's identity and of what was told of her."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from amparo.access.actors import Actor
from amparo.kernel.errors import Conflict, NotFound
from amparo.ledger.actions import Author
from amparo.ledger.turns import Turn, wait
from amparo.registries.models import Batch, Event, Judgement, Record, RecordVersion, SetAside
from amparo.registries.queries import protected
from amparo.vault import erasure as erasing
from amparo.vault import queries as vault
from amparo.vault.erasure import Erasure, Wanted

CAPABILITY = "erasure"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be erased and on what ground.

    ``besides`` are ids under which other rooms sealed something about these records; ``asked_by`` names who asked,
    where somebody else gives the order.
    """

    records: Collection[UUID]
    basis: str
    besides: Collection[UUID] = ()
    asked_by: str = ""


def by_codes(codes: Collection[str]) -> list[UUID]:
    """The records with these codes; raises ``NotFound`` where there is none with one of them."""
    wanted = {code.strip().upper() for code in codes}
    found = dict(Record.objects.filter(code__in=wanted).values_list("code", "id"))
    if wanted - found.keys():
        raise NotFound("record.no_such_code", codes=", ".join(sorted(wanted - found.keys())))
    return sorted(found.values())


def require_own(actor: Actor, records: Collection[UUID]) -> None:
    """Raise ``NotFound`` unless every record is of the actor's institution; who belongs to none answers for all."""
    found = Record.objects.filter(id__in=records)
    if actor.institution not in ("", "*"):
        found = found.filter(institution=actor.institution)
    if found.count() != len(set(records)):
        raise NotFound("event.no_such_record")


def order(*, author: Author, told: Order, at: datetime) -> Erasure:
    """Order that everything sealed about records be destroyed; :func:`finish` does it.

    That is identities, narratives, texts of events, rows set aside, notes of those who judged pairs with them, files
    that hold nobody else, and what other rooms name. Coded events and what the ledger says stay, under the record's
    pseudonym. So do files that hold others too, sealed whole: the certificate counts them, and retention destroys them
    in their turn. Raises ``Invalid`` without an article and ``Conflict`` where a record, or one that stands joined with
    it, is under a legal hold.
    """
    if kept := protected.among(told.records):
        raise Conflict("vault.legal_hold", count=len(kept))
    files = _files_of(told.records)
    alone = {file for file, holds_others in files.items() if not holds_others}
    wanted = Wanted(
        subjects=told.records,
        owners=[*_everything_of(told.records), *sorted(alone), *told.besides],
        basis=told.basis,
        remains={
            "events": Event.objects.filter(record__in=told.records).count(),
            "files": len(files) - len(alone),
        },
        asked_by=told.asked_by,
    )
    return erasing.order(author=author, wanted=wanted, at=at)


def complete_all(*, at: datetime) -> list[UUID]:
    """Do the erasures that were ordered and not done, because a process died or a hold stood; returns their records."""
    done = [ordered for ordered in erasing.waiting() if finish(ordered, at=at)]
    return sorted({UUID(record) for ordered in done for record in ordered.subjects})


def finish(ordered: Erasure, *, at: datetime) -> bool:
    """Destroy what was ordered; ``False`` where a hold on any record of these persons stands in the way.

    Records are closed to later deliveries first, so that none of them can bring back what is being destroyed.
    """
    subjects = [UUID(record) for record in ordered.subjects]
    with transaction.atomic():
        # Nobody is joined or separated between looking who is held and closing the records.
        wait(Turn.PERSONS)
        if protected.among(subjects):
            return False
        if ordered.scope == erasing.RECORDS:
            Record.objects.filter(id__in=subjects).update(erased=True)
    return erasing.complete(ordered, at=at)


def close(records: Collection[UUID]) -> list[UUID]:
    """Close records that were erased before a restore to later deliveries; returns those that there are."""
    wanted, found = sorted(records), list[UUID]()
    with transaction.atomic():
        for start in range(0, len(wanted), 500):
            chosen = Record.objects.filter(id__in=wanted[start : start + 500])
            found += chosen.values_list("id", flat=True)
            chosen.update(erased=True)
    return found


def _everything_of(records: Collection[UUID]) -> list[UUID]:
    """Every id under which this room sealed something about these records."""
    told = Event.objects.filter(record__in=records, has_narrative=True).values_list("id", flat=True)
    judged = Judgement.objects.filter(Q(left__in=records) | Q(right__in=records)).values_list("id", flat=True)
    return [*records, *told, *_rows_of(records).values_list("id", flat=True), *judged]


def _rows_of(records: Collection[UUID]) -> QuerySet[SetAside]:
    numbers = Record.objects.filter(id__in=records).values_list("key", flat=True)
    return SetAside.objects.filter(key__in=list(numbers)).exclude(key="")


def _files_of(records: Collection[UUID]) -> dict[UUID, bool]:
    """Files that are kept and hold these records, or may: each with whether it holds, or may hold, anybody else.

    A row that changed nothing left no version, so every later file of the same register with such rows may hold her.
    """
    known = RecordVersion.objects.filter(record__in=records, batch__file__isnull=False)
    batches = set(known.values_list("batch", flat=True))
    for source, since in known.values_list("record__source", "batch__received_at"):
        later = Batch.objects.filter(source=source, received_at__gte=since, unchanged__gt=0, file__isnull=False)
        batches |= set(later.values_list("id", flat=True))
    found = {batch.file: _holds_others(batch, records) for batch in Batch.objects.filter(id__in=batches) if batch.file}
    return {file: found[file] for file in sorted(vault.kept_files(found))}


def _holds_others(batch: Batch, records: Collection[UUID]) -> bool:
    others = RecordVersion.objects.filter(batch=batch, record__erased=False).exclude(record__in=records)
    rows = SetAside.objects.filter(batch=batch).exclude(id__in=_rows_of(records).values("id"))
    return bool(batch.unchanged) or others.exists() or rows.exists()
