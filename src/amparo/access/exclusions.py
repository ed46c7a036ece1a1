"""Keeping somebody away from a person: made by one, lifted by two, and in the ledger each time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from amparo.access import alerts
from amparo.access.actors import Actor
from amparo.access.models import ExcludedRecord, Exclusion, User
from amparo.kernel.errors import Conflict, Invalid, NotFound
from amparo.ledger import actions as ledger
from amparo.pack.current import pack

_PURPOSE = "conflict"


@dataclass(frozen=True, slots=True)
class Whom:
    """A user by the name she signs in with, or a unit of an institution, or one office of it."""

    username: str = ""
    institution: str = ""
    unit: str = ""
    office: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """An exclusion that stands; ``lift_asked_by`` names who asked for it to be lifted, if anybody has."""

    id: UUID
    whom: Whom
    reason: str
    by: str
    at: datetime
    lift_asked_by: str


def records_shut_to(actor: Actor) -> frozenset[UUID]:
    """The records that an actor is kept away from; whoever has one of them is shut to her as a whole."""
    whole_unit = Q(username="", institution=actor.institution, unit=actor.unit) & Q(office__in=("", actor.office))
    mine = Q(username=actor.name) | whole_unit
    shut = Exclusion.objects.filter(mine, lifted_at=None).values("id")
    return frozenset(ExcludedRecord.objects.filter(exclusion__in=shut).values_list("record", flat=True))


def of_records(records: Collection[UUID]) -> list[Standing]:
    """The exclusions that stand on any of these records, the latest first."""
    about = ExcludedRecord.objects.filter(record__in=list(records)).values("exclusion")
    return [_standing(row) for row in Exclusion.objects.filter(id__in=about, lifted_at=None).order_by("-at")]


def make(*, actor: Actor, records: Collection[UUID], whom: Whom, reason: str, at: datetime) -> UUID:
    """Keep somebody away from the person of these records. Raises ``Denied`` and ``Invalid``."""
    actor.require("exclude")
    _check(whom, reason)
    with transaction.atomic():
        made = Exclusion.objects.create(
            username=whom.username, institution=whom.institution, unit=whom.unit, office=whom.office, reason=reason,
            by=actor.name, at=at,
        )  # fmt: skip
        ExcludedRecord.objects.bulk_create(ExcludedRecord(exclusion=made, record=record) for record in records)
        _record(actor, "exclusion.make", made, records, at)
    return made.id


def lift(*, actor: Actor, exclusion_id: UUID, at: datetime) -> bool:
    """Ask for an exclusion to be lifted, or lift it where somebody else has asked; returns whether it is lifted.

    Raises ``Denied``, ``NotFound`` where none stands under this id, and ``Conflict`` for who asked herself.
    """
    actor.require("exclude")
    with transaction.atomic():
        found = Exclusion.objects.select_for_update().filter(id=exclusion_id, lifted_at=None).first()
        records = list(found.records.values_list("record", flat=True)) if found else []
        # Whoever is kept away from her has no say in it, whether by name or with a whole unit.
        if found is None or not records_shut_to(actor).isdisjoint(records):
            raise NotFound("exclusion.unknown")
        if found.lift_asked_by == actor.name:
            raise Conflict("exclusion.needs_another")
        asked = bool(found.lift_asked_by)
        if asked:
            found.lifted_by, found.lifted_at = actor.name, at
        else:
            found.lift_asked_by, found.lift_asked_at = actor.name, at
        found.save()
        _record(actor, "exclusion.lift" if asked else "exclusion.ask_lift", found, records, at)
        alerts.tell_officer(kind="exclusion_lifting", subjects=records, username=actor.name, about=found.id, at=at)
    return asked


def tried(*, actor: Actor, records: Collection[UUID], at: datetime) -> None:
    """Note that somebody came upon a person whom she is kept away from, and tell the officer."""
    with transaction.atomic():
        ledger.record(
            author=actor.author, act="access.denied", at=at, purpose=_PURPOSE, basis="excluded", subjects=records
        )
        alerts.tell_officer(kind="excluded_attempt", subjects=records, username=actor.name, at=at)


def _check(whom: Whom, reason: str) -> None:
    if reason not in pack().codes["motivo_apartar"]:
        raise Invalid("exclusion.no_reason")
    if whom.username:
        if not User.objects.filter(username=whom.username).exists():
            raise Invalid("exclusion.no_such_user")
    elif whom.unit not in pack().units or whom.institution not in pack().units[whom.unit].institutions:
        raise Invalid("exclusion.nobody")


def _record(actor: Actor, act: str, exclusion: Exclusion, records: Collection[UUID], at: datetime) -> None:
    ledger.record(
        author=actor.author, act=act, at=at, purpose=_PURPOSE, basis="role", subjects=records,
        detail={
            "exclusion": str(exclusion.id), "user": exclusion.username, "institution": exclusion.institution,
            "unit": exclusion.unit, "office": exclusion.office, "reason": exclusion.reason,
        },
    )  # fmt: skip


def _standing(row: Exclusion) -> Standing:
    whom = Whom(row.username, row.institution, row.unit, row.office)
    return Standing(row.id, whom, row.reason, row.by, row.at, row.lift_asked_by)
