"""Accesses looked at again: by somebody else, every quarter; what nobody vouches for ends by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from amparo.access import alerts, endings
from amparo.access.actions import guards, somebody_else
from amparo.access.actors import Actor
from amparo.access.models import Attestation, User
from amparo.access.rules import attesting
from amparo.access.rules.attesting import Standing
from amparo.kernel.errors import NotFound
from amparo.ledger import actions as ledger
from amparo.ledger import queries as entries
from amparo.pack.current import pack

CAPABILITY = "desk"


@dataclass(frozen=True, slots=True)
class Access:
    """One user with her role, her last use, and by when somebody has to vouch for it.

    ``takes_two`` says that two have to end it, ``end_asked_by`` which user has asked for that already, and ``may_end``
    whether the reader may go on with it.
    """

    id: UUID
    username: str
    display_name: str
    role: str
    institution: str
    office: str
    last_used: datetime | None
    ends_on: date | None
    due: datetime
    standing: Standing
    is_own: bool
    takes_two: bool
    end_asked_by: str
    may_end: bool


def listing(*, actor: Actor, at: datetime) -> list[Access]:
    """Everybody who may sign in, the most urgent first."""
    actor.require(CAPABILITY)
    with transaction.atomic():
        ledger.record(author=actor.author, act="accesses.read", at=at, purpose="oversight", basis="role")
    attested, used, asked = _attested(), entries.last_use(), endings.asked_by()
    found = [
        Access(
            user.id, user.username, user.display_name, user.role, user.institution, user.office,
            used.get(user.username), user.ends_on, attesting.due(user.created_at, attested.get(user.username)),
            attesting.standing(user.created_at, attested.get(user.username), at), user.username == actor.name,
            bool(guards(user.role)), asked.get(user.username, ""), asked.get(user.username) != actor.name,
        )
        for user in User.objects.filter(is_active=True)
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.due, each.username))


def get(*, actor: Actor, user_id: UUID, at: datetime) -> Access:
    """One of them, whose role and office are to be looked at; ``NotFound`` for who may no longer sign in."""
    found = next((each for each in listing(actor=actor, at=at) if each.id == user_id), None)
    if found is None:
        raise NotFound("access.unknown_user")
    return found


def attest(*, actor: Actor, user_id: UUID, keeps: bool, at: datetime) -> bool:
    """Say that somebody still needs her access, or end it (see :func:`amparo.access.endings.end`).

    Nobody vouches for herself. Returns whether she may still sign in.
    """
    actor.require(CAPABILITY)
    with transaction.atomic():
        user = somebody_else(actor, user_id)
        if not keeps:
            return not endings.end(actor=actor, user=user, at=at)
        Attestation.objects.create(username=user.username, keeps=True, by=actor.name, at=at)
        ledger.record(
            author=actor.author, act="access.attest", at=at, purpose="oversight", basis="role",
            detail={"user": user.username},
        )  # fmt: skip
    return True


def suspend_expired(*, actor: Actor, at: datetime) -> int:
    """End the accesses that were given until a day that has passed, or that nobody vouched for in a quarter.

    Returns how many. The last officer keeps hers, so that there is somebody who can vouch; she is told instead that it
    has run out.
    """
    attested = _attested()
    with transaction.atomic():
        users = list(User.objects.select_for_update().filter(is_active=True).order_by("created_at"))
        today = timezone.localdate(at)
        late = [
            user
            for user in users
            if attesting.has_ended(user.ends_on, today)
            or attesting.standing(user.created_at, attested.get(user.username), at) == "expired"
        ]
        kept = _last_officer(users, late)
        ended = [user for user in late if user != kept]
        for user in ended:
            alerts.tell_officer(kind="access_expired", subjects=[], username=user.username, at=at)
            ledger.record(
                author=actor.author, act="access.expire", at=at, purpose="oversight", basis="role",
                detail={"user": user.username},
            )  # fmt: skip
        User.objects.filter(id__in=[user.id for user in ended]).update(is_active=False)
    return len(ended)


def _last_officer(users: list[User], late: list[User]) -> User | None:
    """The officer who stays where every officer's access has run out: the one who came last."""
    officers = [user for user in users if _is_officer(user)]
    return officers[-1] if officers and all(user in late for user in officers) else None


def _is_officer(user: User) -> bool:
    role = pack().roles.get(user.role)
    return role is not None and role.may(CAPABILITY)


def _attested() -> dict[str, datetime]:
    """When each user was last vouched for."""
    kept = Attestation.objects.filter(keeps=True)
    return dict(kept.values_list("username").annotate(last=Max("at")))
