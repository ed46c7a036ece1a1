"""Sealed places, as far as somebody may know that they exist; never where they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from amparo.access.actors import Actor
from amparo.casework.models import PlaceRequest, SealedPlace
from amparo.casework.queries import persons
from amparo.casework.rules import places as rules
from amparo.casework.rules.places import Request
from amparo.kernel.errors import NotFound
from amparo.ledger import actions as ledger
from amparo.vault import queries as vault

PLACE, REASON = "place", "reason"


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its code, whose it is to write, and when it was last written."""

    id: UUID
    code: str
    kind: str
    institution: str
    office: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """What an actor has to do with sealed places."""

    asked: tuple[Request, ...]
    to_decide: tuple[Request, ...]
    own: tuple[Place, ...]


def overview(*, actor: Actor, at: datetime) -> Overview:
    """Her own requests, those that wait for her answer, and the places that are her office's to write."""
    actor.require("places")
    with transaction.atomic():
        ledger.record(author=actor.author, act="places.list", at=at, purpose="protection", basis="role")
    mine = _requests().filter(username=actor.name).order_by("-at")[:30] if actor.can("place_read") else []
    return Overview(tuple(map(request, mine)), tuple(waiting(actor, at)), tuple(_own(actor)))


def waiting(actor: Actor, at: datetime) -> list[Request]:
    """Requests that wait for an answer and that the actor may answer, the oldest first."""
    if not actor.can("place_approve"):
        return []
    rows = _requests().filter(verdict="", at__gt=at - rules.ANSWER_WITHIN).order_by("at")
    shut = persons.everything_shut_to(actor)
    return [
        request(row)
        for row in rows.exclude(place__record__in=shut)
        if rules.may_decide(request(row), actor.name, actor.institution, actor.office)
    ]


def to_decide(*, actor: Actor, request_id: UUID, at: datetime) -> tuple[Request, str]:
    """A request with the words why, for who may answer it; the ledger has it before. ``NotFound`` otherwise."""
    actor.require("place_approve")
    found = next((each for each in waiting(actor, at) if each.id == request_id), None)
    if found is None:
        raise NotFound("place.no_such_request")
    with transaction.atomic():
        ledger.record(
            author=actor.author, act="place.reason", at=at, purpose="oversight", basis="role",
            detail={"request": str(found.id)},
        )  # fmt: skip
    return found, vault.open_many([found.id], REASON).get(found.id, b"").decode()


def own_request(*, actor: Actor, request_id: UUID) -> Request:
    """A request of the actor's own; ``NotFound`` for anybody else's, whoever lent the address."""
    actor.require("place_read")
    row = _requests().filter(id=request_id, username=actor.name).first()
    if row is None:
        raise NotFound("place.no_such_request")
    return request(row)


def of_person(members: Collection[UUID]) -> list[Place]:
    """The codes of the places that hang from a person's records."""
    return [_place(row) for row in SealedPlace.objects.filter(record__in=list(members)).order_by("code")]


def request(row: PlaceRequest) -> Request:
    """A request as other rooms receive it."""
    return Request(
        row.id, row.place_id, row.place.code, row.place.kind, row.username, row.institution, row.office, row.at,
        row.verdict, row.decided_by, row.until, row.read_at,
    )  # fmt: skip


def _requests() -> QuerySet[PlaceRequest]:
    return PlaceRequest.objects.select_related("place")


def _own(actor: Actor) -> list[Place]:
    if not actor.can("place_write"):
        return []
    own = SealedPlace.objects.filter(institution=actor.institution, unit=actor.unit, office=actor.office)
    return [_place(row) for row in own.order_by("code")]


def _place(row: SealedPlace) -> Place:
    return Place(row.id, row.code, row.kind, row.institution, row.office, row.written_at)
