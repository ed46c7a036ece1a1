"""Erasing by destroying keys, in two steps, so that a process that dies never leaves an erasure without its entry.

First the order is written, in the vault and, committed after it, in the ledger; then the keys are destroyed. What was
ordered and not done is done by the next ``amparo tick``. An order that the ledger does not have is none: whoever gave
it died between the two commits, so it is dropped and nothing was destroyed. A legal hold stops both steps.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.kernel.errors import Conflict, Invalid, NotFound
from amparo.ledger import actions as ledger
from amparo.ledger import queries as written
from amparo.ledger.turns import Turn, wait
from amparo.vault import actions, apart, files, holds, queries
from amparo.vault.models import Erasure, SealedFile

__all__ = [
    "FILES", "RECORDS", "Erasure", "Wanted", "check_basis", "complete", "digest_of", "done_at", "get", "key_names",
    "order", "waiting",
]  # fmt: skip

RECORDS = "records"
"""The scope of an erasure that takes everything sealed about some records."""
FILES = "file"
"""The scope of an erasure of files as they were handed in."""
ORDERED = "erasure.order"
"""The act in the ledger without which nothing is destroyed."""
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be destroyed, and on what ground.

    ``subjects`` are the records that it is about; ``owners`` are ids under which something is sealed: records, events,
    rows set aside, files. ``remains`` tells what of the records stays; ``asked_by`` who asked, where another orders.
    """

    subjects: Collection[UUID]
    owners: Collection[UUID]
    basis: str
    scope: str = RECORDS
    compartment: str = ""
    remains: Mapping[str, int] = field(default_factory=dict)
    asked_by: str = ""


def order(*, author: ledger.Author, wanted: Wanted, at: datetime) -> Erasure:
    """Write down that everything sealed under the wanted owners is to be destroyed, and on what ground.

    Raises ``Invalid`` without an article and ``Conflict`` where a record is under a legal hold.
    """
    basis = check_basis(wanted.basis)
    with transaction.atomic(), transaction.atomic(using="vault"):
        if held := holds.held(wanted.subjects):
            raise Conflict("vault.legal_hold", count=len(held))
        names = key_names(wanted.owners, wanted.compartment)
        entry = ledger.record(
            author=author,
            act=ORDERED,
            at=at,
            purpose="data_protection",
            basis="law",
            subjects=list(wanted.subjects),
            detail={"article": basis, "scope": wanted.scope, "keys": len(names), "digest": digest_of(names)},
        )
        return Erasure.objects.create(
            ordered_at=at,
            ordered_by=author.name,
            asked_by=wanted.asked_by,
            basis=basis,
            scope=wanted.scope,
            compartment=wanted.compartment,
            subjects=sorted(subject.hex for subject in wanted.subjects),
            owners=sorted(owner.hex for owner in wanted.owners),
            keys=names,
            remains=dict(wanted.remains),
            entry=entry,
        )


def check_basis(basis: str) -> str:
    """The article without spaces around it; raises ``Invalid`` where there is none, or one that is too long."""
    told = basis.strip()
    if not told or len(told) > Erasure._meta.get_field("basis").max_length:  # type: ignore[operator]
        raise Invalid("vault.no_article")
    return told


def complete(erasure: Erasure, *, at: datetime) -> bool:
    """Destroy what was ordered; ``False`` where a hold was placed meanwhile, and then it waits. May be repeated.

    Raises ``NotFound`` where the ledger does not have the order. Never inside another transaction, which could take the
    ledger's entry back when the keys are gone already.
    """
    with transaction.atomic(durable=True):
        if not _is_written(erasure):
            raise NotFound("erasure.unknown")
    owners = [UUID(owner) for owner in erasure.owners]
    with transaction.atomic(using="vault"):
        if holds.held([UUID(subject) for subject in erasure.subjects]):
            return False
        sealed = _files_among(owners, erasure.scope)
        actions.erase(owners, erasure.compartment)
    for file in sealed:
        files.discard(file)
    Erasure.objects.filter(id=erasure.id, done_at=None).update(done_at=at)
    erasure.refresh_from_db()
    return True


def _files_among(owners: Collection[UUID], scope: str) -> Collection[UUID]:
    """The files to take away: of an erasure of files every one, whether a process that died left its row or not."""
    return owners if scope == FILES else queries.kept_files(owners)


def waiting() -> list[Erasure]:
    """What was ordered and is not done, because a process died or a hold stood in the way.

    Orders that never came to be in the ledger are dropped.
    """
    with transaction.atomic():
        # Whoever is giving an order keeps the ledger's turn until its entry is there.
        wait(Turn.LEDGER)
        found = list(Erasure.objects.filter(done_at=None).order_by("ordered_at"))
        standing = [each for each in found if _is_written(each)]
        Erasure.objects.filter(id__in={each.id for each in found} - {each.id for each in standing}).delete()
    return standing


def _is_written(erasure: Erasure) -> bool:
    """Whether the ledger has this order: under its number may by now stand something else."""
    entry = written.entry(erasure.entry)
    return entry is not None and (entry.act, entry.at, entry.actor, entry.detail.get("digest")) == (
        ORDERED, erasure.ordered_at, erasure.ordered_by, digest_of(erasure.keys),
    )  # fmt: skip


def get(erasure_id: UUID) -> Erasure:
    """One erasure; raises ``NotFound`` where there is none."""
    found = Erasure.objects.filter(id=erasure_id).first()
    if found is None:
        raise NotFound("erasure.unknown")
    return found


def done_at(erasures: Collection[UUID]) -> dict[UUID, datetime]:
    """When each of these was done; those that wait are left out."""
    done = Erasure.objects.filter(id__in=list(erasures), done_at__isnull=False).values_list("id", "done_at")
    return {erasure: moment for erasure, moment in done if moment is not None}


def key_names(owners: Collection[UUID], compartment: str = "") -> list[str]:
    """The keys of owners, each named by the digest of its wrapped bytes, in order; of one compartment where named."""
    only = {"compartment": compartment} if compartment else {}
    wanted, found = list(owners), []
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        blobs = list(SealedFile.objects.filter(id__in=chunk).values_list("wrapped", flat=True))
        for tables in apart.holding(compartment):
            held = tables.keys._default_manager.filter(owner__in=chunk, **only)
            with tables.entered():
                blobs += held.values_list("wrapped", flat=True)
        found += [hashlib.sha256(bytes(blob)).hexdigest()[:32] for blob in blobs]
    return sorted(found)


def digest_of(names: Collection[str]) -> str:
    """One digest over the names of keys, by which the ledger's entry and the certificate belong together."""
    return hashlib.sha256("\n".join(sorted(names)).encode("ascii")).hexdigest()
