"""Changing what somebody may do: less at once, more by two.

One officer asks for more; the holder of the data bank, or another officer, gives it. What was asked falls away where
the access changed meanwhile, or where whoever asked lost her own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from amparo.access import alerts
from amparo.access.actions import CHANGE, NewUser, check, guards, somebody_else
from amparo.access.actors import Actor
from amparo.access.models import AskedChange, User
from amparo.access.rules import attesting
from amparo.access.rules.widening import Granted, widens
from amparo.kernel.errors import Conflict, Invalid
from amparo.ledger import actions as ledger
from amparo.pack.current import pack

CONFIRM = "access_confirm"
"""The capability of whoever gives what another one asked for."""


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody may do from now on: her role, her office, and the last day of her access where it ends."""

    role: str
    office: str
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A change that waits for a second person; ``may_give`` says whether the reader can be that person."""

    id: UUID
    display_name: str
    institution: str
    before: Change
    after: Change
    asked_by: str
    asked_at: datetime
    may_give: bool


def change(*, actor: Actor, user_id: UUID, change: Change, at: datetime) -> bool:
    """Give somebody another role or office of her institution, or an end; returns whether it holds already.

    What does not widen her access holds from her next request on; else it is asked for, in place of what was asked for
    before. Nobody does so for herself, and the officers are told, whoever does it. Raises ``Denied``, ``NotFound`` for
    who may no longer sign in, and ``Invalid`` where role and office do not go together, the end has passed, or it is
    that of an access which takes two to end.
    """
    actor.require(CHANGE)
    with transaction.atomic():
        user = somebody_else(actor, user_id)
        _check(user, change, at)
        before = _of(user)
        AskedChange.objects.filter(user=user, decided_at=None).update(decided_at=at, decided_by=actor.name, given=False)
        if before.role in pack().roles and not widens(_granted(before), _granted(change)):
            _make(actor, user, change, at)
            return True
        AskedChange.objects.create(
            user=user, role=change.role, office=change.office, ends_on=change.ends_on,
            role_before=before.role, office_before=before.office, ends_before=before.ends_on,
            asked_by=actor.name, asked_at=at,
        )  # fmt: skip
        _note(actor, "user.ask_change", user, before, change, at)
        alerts.tell_officer(kind="access_change_asked", subjects=(), username=user.username, at=at)
    return False


def waiting(*, actor: Actor, at: datetime) -> list[Asked]:
    """What waits for a second person, the oldest first."""
    actor.require(CONFIRM)
    with transaction.atomic():
        ledger.record(author=actor.author, act="changes.read", at=at, purpose="oversight", basis="role")
    return [_asked(row, actor) for row in _standing()]


def give(*, actor: Actor, asked_id: UUID, at: datetime) -> None:
    """Make a change that another one asked for. It holds from the user's next request on.

    Raises ``Conflict`` where it does not stand any more, and ``Invalid`` for who asked for it, and for whose it is.
    """
    actor.require(CONFIRM)
    with transaction.atomic():
        row = _locked(asked_id)
        if row.asked_by == actor.name:
            raise Invalid("access.change_needs_another")
        user = somebody_else(actor, row.user_id)
        _check(user, _after(row), at)
        _decide(row, actor, at, given=True)
        _make(actor, user, _after(row), at, asked_by=row.asked_by)


def refuse(*, actor: Actor, asked_id: UUID, at: datetime) -> None:
    """Do not give it, or take back what one asked for oneself; raises ``Conflict`` where it does not stand any more."""
    actor.require(CONFIRM)
    with transaction.atomic():
        row = _locked(asked_id)
        _decide(row, actor, at, given=False)
        _note(actor, "user.refuse_change", row.user, _before(row), _after(row), at)
        alerts.tell_officer(kind="access_change_refused", subjects=(), username=row.user.username, at=at)


def _check(user: User, change: Change, at: datetime) -> None:
    if guards(user.role) != guards(change.role):
        raise Invalid("access.guarding_role")
    if guards(user.role) and change.ends_on != user.ends_on:
        raise Invalid("access.guarding_end")
    if attesting.has_ended(change.ends_on, timezone.localdate(at)):
        raise Invalid("access.end_has_passed")
    check(NewUser(user.username, user.display_name, change.role, user.institution, change.office))


def _make(actor: Actor, user: User, change: Change, at: datetime, asked_by: str = "") -> None:
    before = _of(user)
    user.role, user.office, user.ends_on = change.role, change.office, change.ends_on
    user.save(update_fields=["role", "office", "ends_on"])
    _note(actor, "user.change", user, before, change, at, **({"asked_by": asked_by} if asked_by else {}))
    alerts.tell_officer(kind="user_changed", subjects=(), username=user.username, at=at)


def _note(actor: Actor, act: str, user: User, before: Change, after: Change, at: datetime, **more: str) -> None:
    detail = {"user": user.username, "before": _plain(before), "after": _plain(after), **more}
    ledger.record(author=actor.author, act=act, at=at, purpose="oversight", basis="role", detail=detail)


def _plain(change: Change) -> dict[str, str]:
    return {
        "role": change.role,
        "office": change.office,
        "ends_on": change.ends_on.isoformat() if change.ends_on else "",
    }


def _standing() -> list[AskedChange]:
    """What waits and still means what it meant when it was asked for."""
    rows = AskedChange.objects.filter(decided_at=None, user__is_active=True).select_related("user").order_by("asked_at")
    asking = set(User.objects.filter(username__in={row.asked_by for row in rows}, is_active=True).values_list(
        "username", flat=True
    ))  # fmt: skip
    return [row for row in rows if row.asked_by in asking and _before(row) == _of(row.user)]


def _locked(asked_id: UUID) -> AskedChange:
    AskedChange.objects.select_for_update().filter(id=asked_id).first()
    found = next((row for row in _standing() if row.id == asked_id), None)
    if found is None:
        raise Conflict("access.change_gone")
    return found


def _decide(row: AskedChange, actor: Actor, at: datetime, *, given: bool) -> None:
    row.decided_at, row.decided_by, row.given = at, actor.name, given
    row.save(update_fields=["decided_at", "decided_by", "given"])


def _asked(row: AskedChange, actor: Actor) -> Asked:
    return Asked(
        row.id, row.user.display_name, row.user.institution, _before(row), _after(row), row.asked_by, row.asked_at,
        actor.name not in (row.asked_by, row.user.username),
    )  # fmt: skip


def _of(user: User) -> Change:
    return Change(user.role, user.office, user.ends_on)


def _before(row: AskedChange) -> Change:
    return Change(row.role_before, row.office_before, row.ends_before)


def _after(row: AskedChange) -> Change:
    return Change(row.role, row.office, row.ends_on)


def _granted(change: Change) -> Granted:
    return Granted(pack().roles[change.role], change.office, change.ends_on)
