"""Letting people in, and what all that changes what they may do has in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.access import alerts
from amparo.access.actors import Actor
from amparo.access.models import User
from amparo.kernel.errors import Invalid, NotFound
from amparo.ledger import actions as ledger
from amparo.pack.current import pack

CHANGE = "desk"
"""The capability of whoever changes what others may do."""
_GUARDING = frozenset({"desk", "exclude", "erasure", "legal_hold", "access_confirm"})


@dataclass(frozen=True, slots=True)
class NewUser:
    """What is needed to let somebody in."""

    username: str
    display_name: str
    role: str
    institution: str
    office: str = ""
    language: str = "es"


def create_user(*, actor: Actor, user: NewUser, password: str | None, at: datetime) -> User:
    """Let somebody in with a role of the pack; without a password, a machine that signs what it sends.

    Raises ``Invalid`` where role, institution or office are unknown or do not go together: what somebody reaches comes
    from her office, what she may do from her role, and the one must not be lent to the other.
    """
    check(user)
    made = User(
        username=user.username,
        display_name=user.display_name,
        role=user.role,
        institution=user.institution,
        office=user.office,
        language=user.language,
    )
    # Hashing takes a third of a second by design; nobody else has to wait for it.
    made.set_password(password)
    with transaction.atomic():
        made.save(force_insert=True)
        ledger.record(author=actor.author, act="user.create", at=at, detail={"user": user.username, "role": user.role})
        # Who lets somebody in is told to the officer for data protection, so that nobody does it for herself unseen.
        alerts.tell_officer(kind="user_created", subjects=(), username=user.username, at=at)
    return made


def somebody_else(actor: Actor, user_id: UUID) -> User:
    """Another user who may sign in, locked. Raises ``NotFound`` where there is none, and ``Invalid`` for oneself."""
    user = User.objects.select_for_update().filter(id=user_id, is_active=True).first()
    if user is None:
        raise NotFound("access.unknown_user")
    if user.username == actor.name:
        raise Invalid("access.not_yourself")
    return user


def guards(code: str) -> frozenset[str]:
    """What of a role takes two people or watches over others: an officer alone gives it to nobody and takes it away."""
    role = pack().roles.get(code)
    return _GUARDING.intersection(role.capabilities) if role else frozenset()


def check(user: NewUser) -> None:
    """Raises ``Invalid`` where role, institution and office are unknown or do not go together."""
    role, office = pack().roles.get(user.role), pack().offices.get(user.office)
    if role is None:
        raise Invalid("access.unknown_role")
    if user.institution not in pack().institutions:
        raise Invalid("access.unknown_institution")
    if role.institution not in ("*", user.institution):
        raise Invalid("access.role_of_another_institution")
    if user.office and office is None:
        raise Invalid("access.unknown_office")
    if office and (office.institution != user.institution or (role.units and office.unit not in role.units)):
        raise Invalid("access.office_of_another_role")


def record_sign_in(*, actor: Actor, at: datetime, succeeded: bool) -> None:
    """Write a sign-in, or a refused one, to the ledger."""
    with transaction.atomic():
        ledger.record(author=actor.author, act="session.open" if succeeded else "session.refused", at=at)


def record_own_change(*, actor: Actor, act: str, at: datetime, detail: dict[str, object]) -> None:
    """Write to the ledger what somebody changes of her own way in; never what she shows to come in."""
    with transaction.atomic():
        ledger.record(author=actor.author, act=act, at=at, detail=detail)


def set_language(*, username: str, language: str) -> None:
    """Remember the language somebody reads in."""
    User.objects.filter(username=username).update(language=language)
