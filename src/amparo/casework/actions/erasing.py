"""Erasing records, and showing at once that they are: what is kept in lists came from what was sealed.

On the pages it takes two people of the institution whose records they are: one asks, somebody else orders it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.access import alerts
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.casework.actions import rebuild
from amparo.casework.models import ErasureRequest, PersonRequest
from amparo.casework.queries import keeping, persons, sealed_besides
from amparo.kernel.errors import Conflict, Invalid, NotFound
from amparo.ledger import actions as ledger
from amparo.ledger.turns import Turn, wait
from amparo.pack.current import pack
from amparo.registries.actions import erasing, retaining
from amparo.registries.actions.erasing import CAPABILITY, Order
from amparo.registries.actions.retaining import Retained
from amparo.registries.queries import records as known
from amparo.vault import erasure as vault
from amparo.vault.backups import erased
from amparo.vault.backups.erased import Erased
from amparo.vault.erasure import Erasure

ON_REQUEST = "SOLICITUD"
"""The reason that names which request of hers is met."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records of one person are to be erased, why, by which article, and which request of hers that meets."""

    records: Collection[UUID]
    reason: str
    basis: str
    request: UUID | None = None


def ask(*, actor: Actor, wanted: Wanted, at: datetime) -> UUID:
    """Ask for an erasure; nothing is destroyed until somebody else orders it. Returns the request's id.

    Raises ``Denied``, ``NotFound`` for a record that is not of the actor's institution or is shut to her, ``Invalid``
    without reason, article or request, and ``Conflict`` under a legal hold or where it was asked for already.
    """
    _check(actor, wanted)
    with transaction.atomic():
        wait(Turn.PERSONS)
        keeping.refuse_if_held(wanted.records)
        if known.erased_among(wanted.records) or keeping.asked_among(wanted.records):
            raise Conflict("erasure.already")
        made = ErasureRequest.objects.create(
            institution=actor.institution, records=sorted(map(str, wanted.records)), reason=wanted.reason,
            basis=wanted.basis.strip(), request=_request(wanted), asked_by=actor.name, asked_at=at,
        )  # fmt: skip
        _record(actor, "erasure.ask", made, wanted.records, at)
        alerts.tell_officer(kind="erasure_asked", subjects=wanted.records, username=actor.name, about=made.id, at=at)
    return made.id


def confirm(*, actor: Actor, request_id: UUID, at: datetime) -> Erasure:
    """Order what somebody else asked for, and do it. There is no way back.

    Raises ``Denied``, ``NotFound`` for another institution's, and ``Conflict`` for who asked herself, for what was
    answered already, and while a legal hold stands.
    """
    # The vault commits first. Should the machine stop between the two, the order is without its entry in the ledger:
    # it is dropped, and the request still waits.
    with transaction.atomic(), transaction.atomic(using="vault"):
        row, members = _waiting(actor, request_id)
        told = Order(members, row.basis, sealed_besides.of(members), asked_by=row.asked_by)
        ordered = erasing.order(author=actor.author, told=told, at=at)
        row.verdict, row.decided_by, row.decided_at, row.erasure = "ordered", actor.name, at, ordered.id
        row.save()
        alerts.tell_officer(kind="erasure_done", subjects=members, username=actor.name, about=row.id, at=at)
    erasing.finish(ordered, at=at)
    rebuild.around(touched=members, at=at)
    return ordered


def refuse(*, actor: Actor, request_id: UUID, at: datetime) -> None:
    """Say no to what somebody asked for; whoever asked may take it back herself. Raises as :func:`confirm`."""
    with transaction.atomic():
        row, members = _waiting(actor, request_id, own=True)
        row.verdict, row.decided_by, row.decided_at = "refused", actor.name, at
        row.save()
        _record(actor, "erasure.refuse", row, members, at)


def erase(*, actor: Actor, records: Collection[UUID], basis: str, at: datetime) -> Erasure:
    """Erase records at once, as the command line does. Raises as :func:`ask`."""
    actor.require(CAPABILITY)
    erasing.require_own(actor, records)
    ordered = erasing.order(author=actor.author, told=Order(records, basis, sealed_besides.of(records)), at=at)
    erasing.finish(ordered, at=at)
    rebuild.around(touched=records, at=at)
    return ordered


def keep_to_terms(*, actor: Actor, at: datetime, rule: str = "") -> Retained:
    """Finish erasures that were ordered, destroy what is due (see :func:`retaining.run`) and project anew."""
    late = erasing.complete_all(at=at)
    done = retaining.run(actor=actor, at=at, besides=sealed_besides.of, rule=rule)
    if touched := {*late, *done.records}:
        rebuild.around(touched=touched, at=at)
    return done


def again(*, actor: Actor, listed: Iterable[Erased], at: datetime) -> int:
    """After a restore, destroy what was erased since the backup was written; returns how many erasures that were."""
    done = erased.again(listed, author=actor.author, at=at)
    closed = {UUID(subject) for each in done if each.scope == vault.RECORDS for subject in each.subjects}
    if touched := erasing.close(closed):
        rebuild.around(touched=touched, at=at)
    return len(done)


def _check(actor: Actor, wanted: Wanted) -> None:
    actor.require(CAPABILITY)
    if not wanted.records:
        raise Invalid("erasure.nothing_chosen")
    erasing.require_own(actor, wanted.records)
    if not persons.everything_shut_to(actor).isdisjoint(wanted.records):
        raise NotFound("event.no_such_record")
    if wanted.reason not in pack().codes["motivo_borrado"]:
        raise Invalid("erasure.no_reason")
    vault.check_basis(wanted.basis)


def _request(wanted: Wanted) -> PersonRequest | None:
    """Which of her requests it meets: one about these records' person, or none where she did not ask."""
    if wanted.reason != ON_REQUEST:
        return None
    about = keeping.person_of(wanted.records)
    row = PersonRequest.objects.filter(id=wanted.request, record__in=about).first() if wanted.request else None
    if row is None:
        raise Invalid("erasure.no_request")
    return row


def _waiting(actor: Actor, request_id: UUID, *, own: bool = False) -> tuple[ErasureRequest, list[UUID]]:
    """A request that waits and that the actor may answer; ``own`` where she may answer one that she made."""
    actor.require(CAPABILITY)
    row = ErasureRequest.objects.select_for_update().filter(id=request_id, institution=actor.institution).first()
    members = [UUID(record) for record in row.records] if row else []
    if row is None or not persons.everything_shut_to(actor).isdisjoint(members):
        raise NotFound("erasure.unknown")
    if row.verdict:
        raise Conflict("erasure.decided")
    if row.asked_by == actor.name and not own:
        raise Conflict("erasure.needs_another")
    if not own and any(not user.is_active for user in access.active_or_not([row.asked_by])):
        raise Conflict("erasure.asker_gone")
    return row, members


def _record(actor: Actor, act: str, row: ErasureRequest, records: Collection[UUID], at: datetime) -> None:
    ledger.record(
        author=actor.author, act=act, at=at, purpose="data_protection", basis="law", subjects=list(records),
        detail={"request": str(row.id), "reason": row.reason, "article": row.basis},
    )  # fmt: skip
