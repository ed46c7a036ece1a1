"""Telling those who relied on records being one person that they are no longer held to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.access import queries as users
from amparo.access.actors import Actor
from amparo.casework.models import Notice, Separation
from amparo.casework.queries import notices
from amparo.casework.rules import parting
from amparo.casework.rules.parting import Act, Parts, Reliance
from amparo.casework.rules.projecting import REFERRAL
from amparo.kernel.errors import NotFound
from amparo.ledger import actions as ledger
from amparo.ledger import queries as entries
from amparo.registries.queries import events

_ACTS = parting.SHOWING | parting.WRITING


def tell(separated: Sequence[Parts], *, actor: Actor, at: datetime) -> None:
    """Write down each separation and leave a notice for whoever read, wrote or was referred to the person as one."""
    moved = {record for parts in separated for part in parts for record in part}
    earlier = list(notices.earlier_separations(moved)) if moved else []
    for parts in separated:
        _tell(parts, earlier, actor, at)


def acknowledge(*, actor: Actor, notice_id: UUID, at: datetime) -> None:
    """Say that one has looked at what was done. Raises ``NotFound`` for a notice to somebody else."""
    with transaction.atomic():
        notice = notices.addressed_to(actor).select_for_update().filter(id=notice_id).first()
        if notice is None:
            raise NotFound("notice.unknown")
        notice.seen_at, notice.seen_by = at, actor.name
        notice.save(update_fields=["seen_at", "seen_by"])
        members = sorted({UUID(record) for part in notice.separation.parts for record in part})
        ledger.record(
            author=actor.author, act="notice.seen", at=at, purpose="follow_up", basis="relation", subjects=members
        )


def _tell(parts: Parts, earlier: Sequence[tuple[int, Parts]], actor: Actor, at: datetime) -> None:
    records = sorted(record for part in parts for record in part)
    relied = parting.relied(_acts(records), parts, after=parting.last_parting(parts, earlier))
    told = [*_to_users(relied), *_to_offices(records, relied)]
    seq = ledger.record(
        author=actor.author,
        act="person.separate",
        at=at,
        purpose="linkage",
        basis="role",
        subjects=records,
        detail={"parts": len(parts), "told": len(told)},
    )
    stored = [sorted(str(record) for record in part) for part in parts]
    separation = Separation.objects.create(at=at, seq=seq, parts=stored)
    for notice in told:
        notice.separation = separation
    Notice.objects.bulk_create(told)


def _acts(records: Sequence[UUID]) -> list[Act]:
    """What the ledger holds of showing these records or writing on them."""
    found = [entry for entry in entries.about(records) if entry.act in _ACTS]
    subjects = entries.subjects_of(entry.seq for entry in found)
    return [Act(entry.seq, entry.at, entry.actor, entry.act, frozenset(subjects.get(entry.seq, ()))) for entry in found]


def _to_users(relied: Mapping[str, Reliance]) -> list[Notice]:
    """One notice for each user; where she is gone, for her office."""
    made = []
    for user in users.active_or_not(relied):
        name = user.username if user.is_active else ""
        if name or user.office:
            wrote = relied[user.username].wrote
            made.append(Notice(user=name, institution=user.institution, office=user.office, wrote=wrote))
    return made


def _to_offices(records: Sequence[UUID], relied: Mapping[str, Reliance]) -> Iterable[Notice]:
    """Offices to which somebody who saw the records as one referred the person."""
    sent = {
        str(event.data["dependencia"])
        for written in events.of_records(records).values()
        for event in written
        if event.type == REFERRAL
        and event.data.get("dependencia")
        and event.author in relied
        and event.recorded_at >= relied[event.author].since
    }
    return [Notice(office=office) for office in sorted(sent)]
