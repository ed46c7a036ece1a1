"""Erasing what records hold of a person's identity and of what was told of her."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from amparo.access.actors import Actor
from amparo.kernel.errors import NotFound
from amparo.ledger.actions import Author
from amparo.registries.models import Batch, Event, Judgement, Record, RecordVersion, SetAside
from amparo.vault import erasure as erasing
from amparo.vault.erasure import Erasure

CAPABILITY = "erasure"


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


def erase(*, actor: Actor, records: Collection[UUID], basis: str, at: datetime) -> Erasure:
    """Destroy the keys of everything sealed about records: identities, narratives, texts of events, rows set aside,
    notes of those who judged pairs with them.

    Coded events and what the ledger says stay, under the record's pseudonym. So do files as they were handed in, which
    are sealed whole and hold others too: the certificate counts them, and retention destroys them in their turn.
    Raises ``Denied``, ``NotFound`` for a record of another institution, ``Invalid`` without an article, and
    ``Conflict`` where a record is under a legal hold.
    """
    actor.require(CAPABILITY)
    require_own(actor, records)
    ordered = order(author=actor.author, records=records, basis=basis, at=at)
    finish(ordered, at=at)
    return ordered


def order(*, author: Author, records: Collection[UUID], basis: str, at: datetime) -> Erasure:
    """Order that everything sealed about records be destroyed; :func:`finish` does it."""
    return erasing.order(
        author=author,
        at=at,
        basis=basis,
        subjects=records,
        owners=_everything_of(records),
        remains=_remains(records),
    )


def complete_all(*, at: datetime) -> int:
    """Do the erasures that were ordered and not done, because a process died or a hold stood; returns how many."""
    return sum(finish(ordered, at=at) for ordered in erasing.waiting())


def finish(ordered: Erasure, *, at: datetime) -> bool:
    """Destroy what was ordered; ``False`` where a hold stands in the way.

    Records are closed to later deliveries first, so that none of them can bring back what is being destroyed.
    """
    if ordered.scope == erasing.RECORDS:
        Record.objects.filter(id__in=[UUID(record) for record in ordered.subjects]).update(erased=True)
    return erasing.complete(ordered, at=at)


def _everything_of(records: Collection[UUID]) -> list[UUID]:
    """Every id under which something about these records is sealed."""
    told = Event.objects.filter(record__in=records, has_narrative=True).values_list("id", flat=True)
    numbers = Record.objects.filter(id__in=records).values_list("key", flat=True)
    typed = SetAside.objects.filter(key__in=list(numbers)).exclude(key="").values_list("id", flat=True)
    judged = Judgement.objects.filter(Q(left__in=records) | Q(right__in=records)).values_list("id", flat=True)
    return [*records, *told, *typed, *judged]


def _remains(records: Collection[UUID]) -> dict[str, int]:
    batches = RecordVersion.objects.filter(record__in=records).values_list("batch", flat=True).distinct()
    return {
        "events": Event.objects.filter(record__in=records).count(),
        "files": Batch.objects.filter(id__in=list(batches), file__isnull=False).count(),
    }
