"""Breaking the glass as it is kept: opened, looked up, reviewed by somebody else, told when nobody did."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from amparo.access import alerts
from amparo.access.actors import Actor
from amparo.access.models import BreakGlass
from amparo.access.rules import emergencies as rules
from amparo.access.rules.emergencies import Emergency
from amparo.kernel.errors import Denied, Invalid, NotFound
from amparo.ledger import actions as ledger
from amparo.pack.current import pack

VERDICTS = ("justified", "unjustified")


def open_to(actor: Actor, members: Collection[UUID], at: datetime) -> Emergency | None:
    """What lets an actor read the person of these records at this moment because she broke the glass, if anything."""
    return next(iter(_open(actor, members, at)), None)


def parts_open(actor: Actor, members: Collection[UUID], at: datetime) -> frozenset[str]:
    """The parts of the person of these records that the actor may read now because she broke the glass for them."""
    return frozenset(part for each in _open(actor, members, at) for part in each.parts)


def check(*, actor: Actor, reason: str, words: str, parts: Collection[str], at: datetime) -> None:
    """Raise ``Denied`` for who has not the right or has it suspended; ``Invalid`` without a reason in words or a part.

    ``parts`` are compartments that her role reads anyway, where it reads them at all.
    """
    actor.require("break_glass")
    if is_suspended(actor, at):
        raise Denied("emergency.suspended")
    if reason not in pack().codes["motivo_emergencia"]:
        raise Invalid("emergency.no_reason")
    if len(" ".join(words.split())) < rules.LEAST_LETTERS:
        raise Invalid("emergency.too_few_words", letters=rules.LEAST_LETTERS)
    if not parts or not set(parts) <= rules.offered(actor.compartments):
        raise Invalid("emergency.no_part")


def begin(*, actor: Actor, records: Collection[UUID], reason: str, parts: Collection[str], at: datetime) -> Emergency:
    """Open parts of a person for half an hour, in the caller's transaction, after :func:`check`.

    The caller seals the words and tells the offices that hold a record of hers.
    """
    row = BreakGlass.objects.create(
        username=actor.name, institution=actor.institution, office=actor.office, reason=reason, at=at,
        parts=sorted(parts),
        records=sorted(str(record) for record in records), until=at + rules.LASTS,
        review_by=rules.review_by(timezone.localdate(at), pack().holidays),
    )  # fmt: skip
    ledger.record(
        author=actor.author, act="emergency.open", at=at, purpose="emergency", basis="break_glass", subjects=records,
        detail={"emergency": str(row.id), "reason": reason, "parts": sorted(parts)},
    )  # fmt: skip
    alerts.tell_officer(kind="break_glass", subjects=records, username=actor.name, about=row.id, at=at)
    if rules.are_many(BreakGlass.objects.filter(username=actor.name).values_list("at", flat=True), at):
        alerts.tell_officer(kind="many_emergencies", subjects=(), username=actor.name, about=row.id, at=at)
    return _emergency(row)


def is_suspended(actor: Actor, at: datetime) -> bool:
    """Whether the actor's right rests."""
    return rules.is_suspended(_of(actor.name), timezone.localdate(at))


def all_of_them(actor: Actor, *, limit: int = 100) -> list[Emergency]:
    """Those that wait for review first, the oldest before the rest; whoever may not review one sees that it waits."""
    actor.require("break_glass_review")
    return [_emergency(row) for row in BreakGlass.objects.order_by("verdict", "at")[:limit]]


def get(actor: Actor, emergency_id: UUID) -> Emergency:
    """One, for whoever may review it; ``NotFound`` for everybody else."""
    actor.require("break_glass_review")
    row = BreakGlass.objects.filter(id=emergency_id).first()
    found = _emergency(row) if row else None
    if found is None or not rules.may_review(found, actor.name, actor.institution, actor.office):
        raise NotFound("emergency.unknown")
    return found


def review(*, actor: Actor, emergency_id: UUID, verdict: str, at: datetime) -> None:
    """Say whether it was justified. A later verdict takes the place of an earlier one; the ledger keeps both."""
    found = get(actor, emergency_id)
    if verdict not in VERDICTS:
        raise Invalid("emergency.no_verdict")
    with transaction.atomic():
        BreakGlass.objects.filter(id=found.id).update(verdict=verdict, reviewed_by=actor.name, reviewed_at=at)
        ledger.record(
            author=actor.author, act="emergency.review", at=at, purpose="oversight", basis="role",
            subjects=found.records, detail={"emergency": str(found.id), "verdict": verdict},
        )  # fmt: skip


def tell_overdue(*, actor: Actor, at: datetime) -> int:
    """Tell the officer, once each, of those that nobody reviewed in time: the right rests. Returns how many."""
    today = timezone.localdate(at)
    with transaction.atomic():
        late = list(BreakGlass.objects.filter(verdict="", overdue_told_at=None, review_by__lt=today))
        for row in late:
            records = [UUID(each) for each in row.records]
            alerts.tell_officer(kind="emergency_overdue", subjects=records, username=row.username, about=row.id, at=at)
            ledger.record(
                author=actor.author, act="emergency.suspend", at=at, purpose="oversight", basis="role",
                subjects=records, detail={"emergency": str(row.id), "user": row.username},
            )  # fmt: skip
        BreakGlass.objects.filter(id__in=[row.id for row in late]).update(overdue_told_at=at)
    return len(late)


def that_opened(records: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Those that opened any of these records, each with all that it opened; there are few emergencies."""
    wanted = {str(record) for record in records}
    rows = BreakGlass.objects.values_list("id", "records").iterator()
    return {emergency: {*map(UUID, opened)} for emergency, opened in rows if not wanted.isdisjoint(opened)}


def _open(actor: Actor, members: Collection[UUID], at: datetime) -> list[Emergency]:
    """What the actor has open on the person of these records, the newest first; nothing while her right rests."""
    mine = list(_of(actor.name)) if actor.can("break_glass") else []
    if rules.is_suspended(mine, timezone.localdate(at)):
        return []
    return [each for each in mine if rules.is_open(each, members, at)]


def _of(username: str) -> Iterable[Emergency]:
    return [_emergency(row) for row in BreakGlass.objects.filter(username=username).order_by("-at")]


def _emergency(row: BreakGlass) -> Emergency:
    records = frozenset(map(UUID, row.records))
    return Emergency(
        row.id, row.username, row.institution, row.office, records, row.reason, row.at, row.until, row.review_by,
        row.verdict, row.reviewed_by, row.reviewed_at, frozenset(row.parts),
    )  # fmt: skip
