"""Sealed places: written by their owner, read by two people's decision, once, with everybody told.

Where a shelter is, or where a protected person is, never stands in a case (NCPP arts. 247 and 248). Reading it takes a
reason in words, the yes of somebody else of another office, and happens within 15 minutes of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from amparo.access import alerts
from amparo.access.actors import Actor
from amparo.access.rules.deciding import Act, Asked
from amparo.casework.models import PlaceRequest, SealedPlace
from amparo.casework.queries import persons, places
from amparo.casework.queries.places import PLACE, REASON
from amparo.casework.rules import places as rules
from amparo.kernel.errors import Conflict, Denied, Invalid, NotFound
from amparo.kernel.ids import new_id, public_code
from amparo.ledger import actions as ledger
from amparo.ledger import outside
from amparo.ledger.turns import Turn, wait
from amparo.vault import actions as vault
from amparo.vault import queries as opened

_PURPOSE = "protection"
_PREFIX = "LUG"
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Read:
    """Where it is, with the mark of who reads it and when: it is shown with the words, so that a picture tells."""

    words: str
    code: str
    read_at: datetime


def write(*, actor: Actor, words: str, person: UUID | None, at: datetime) -> str:
    """Seal a place of the actor's office, or the whereabouts of a person; returns its code, which says nothing."""
    actor.require("place_write")
    text = _words(words, least=1)
    with transaction.atomic():
        record = persons.opened(actor, person, Asked(Act.WRITE), at=at)[0].id if person else None
        made = new_id()
        place = SealedPlace.objects.create(
            id=made, code=public_code(made, prefix=_PREFIX), kind="whereabouts" if record else "shelter",
            record=record, institution=actor.institution, unit=actor.unit, office=actor.office, written_at=at,
            written_by=actor.name,
        )  # fmt: skip
        _record(actor, "place.write", at, record, {"place": str(place.id)})
        vault.seal_many([vault.Document(place.id, PLACE, 1, actor.institution, text)])
    return place.code


def change(*, actor: Actor, place_id: UUID, words: str, at: datetime) -> None:
    """Seal where it is by now; ``NotFound`` where it is another office's."""
    actor.require("place_write")
    text = _words(words, least=1)
    with transaction.atomic():
        place = SealedPlace.objects.select_for_update().filter(
            id=place_id, institution=actor.institution, unit=actor.unit, office=actor.office
        ).first()  # fmt: skip
        if place is None:
            raise NotFound("place.unknown")
        place.version, place.written_at, place.written_by = place.version + 1, at, actor.name
        place.save()
        _record(actor, "place.write", at, place.record, {"place": str(place.id)})
        vault.seal_many([vault.Document(place.id, PLACE, place.version, actor.institution, text)])


def ask(*, actor: Actor, code: str, words: str, at: datetime) -> UUID:
    """Ask to read a place, with the reason in words; whoever may say yes is told. Returns the request's id.

    Raises ``NotFound`` alike where there is no such place and where the actor may not know the person it is of.
    """
    actor.require("place_read")
    text = _words(words, least=rules.LEAST_LETTERS)
    with transaction.atomic():
        place = _known(actor, code, at)
        made = PlaceRequest.objects.create(
            place=place, username=actor.name, institution=actor.institution, office=actor.office, at=at
        )
        _record(actor, "place.ask", at, place.record, {"request": str(made.id)})
        alerts.tell_officer(kind="place_asked", subjects=_subjects(place), username=actor.name, about=made.id, at=at)
        alerts.tell_office(kind="place_asked", office=_owner(place), subjects=_subjects(place), about=made.id, at=at)
        vault.seal_many([vault.Document(made.id, REASON, 1, actor.institution, text)])
    return made.id


def decide(*, actor: Actor, request_id: UUID, approves: bool, at: datetime) -> None:
    """Say yes or no to somebody else's request; ``NotFound`` for one's own, one's own office's and what has lapsed."""
    actor.require("place_approve")
    with transaction.atomic():
        wait(Turn.LEDGER)
        found = next((each for each in places.waiting(actor, at) if each.id == request_id), None)
        if found is None:
            raise NotFound("place.no_such_request")
        PlaceRequest.objects.filter(id=found.id, verdict="").update(
            verdict="approved" if approves else "refused",
            decided_by=actor.name,
            decided_at=at,
            until=at + rules.LASTS if approves else None,
        )
        place = SealedPlace.objects.get(id=found.place)
        detail: dict[str, object] = {"request": str(found.id), "approves": approves}
        _record(actor, "place.decide", at, place.record, detail)


def read(*, actor: Actor, request_id: UUID, at: datetime) -> Read:
    """Read a place that was approved, once. The ledger has it, and its owner and the officer are told, before.

    Raises ``NotFound`` for another's request, ``Conflict`` where it is not open (any more), and ``Denied`` above three
    readings a day, or where nobody outside has seen the ledger for too long.
    """
    outside.require_contact(at)
    with transaction.atomic():
        wait(Turn.LEDGER)
        found = places.own_request(actor=actor, request_id=request_id)
        place = SealedPlace.objects.get(id=found.place)
        _known(actor, place.code, at)
        if rules.standing(found, at) != "open":
            raise Conflict("place.not_open")
        if _read_today(actor, at) >= rules.READS_A_DAY:
            raise Denied("place.enough_for_today", most=rules.READS_A_DAY)
        if not PlaceRequest.objects.filter(id=found.id, read_at=None).update(read_at=at):
            raise Conflict("place.not_open")
        _record(actor, "place.read", at, place.record, {"request": str(found.id), "place": str(place.id)})
        alerts.tell_officer(kind="place_read", subjects=_subjects(place), username=actor.name, about=found.id, at=at)
        alerts.tell_office(kind="place_read", office=_owner(place), subjects=_subjects(place), about=found.id, at=at)
    words = opened.open_many([place.id], PLACE).get(place.id, b"").decode()
    return Read(words, place.code, at)


def _known(actor: Actor, code: str, at: datetime) -> SealedPlace:
    """A place that the actor may ask for: that of a person only where she may read that person."""
    place = SealedPlace.objects.filter(code=code.strip().upper()).first()
    if place is None:
        raise NotFound("place.unknown")
    if place.record is not None:
        persons.opened(actor, place.record, Asked(Act.THREAD, leaves_the_screen=True), at=at)
    return place


def _read_today(actor: Actor, at: datetime) -> int:
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    today = (midnight, midnight + timedelta(days=1))
    return PlaceRequest.objects.filter(username=actor.name, read_at__gte=today[0], read_at__lt=today[1]).count()


def _words(words: str, *, least: int) -> bytes:
    """What somebody typed, as it is sealed."""
    text = words.strip()
    if len(" ".join(text.split())) < least or len(text) > _LONGEST:
        raise Invalid("place.too_few_words", letters=least)
    return text.encode()


def _record(actor: Actor, act: str, at: datetime, record: UUID | None, detail: dict[str, object]) -> None:
    ledger.record(
        author=actor.author, act=act, at=at, purpose=_PURPOSE, basis="role", subjects=[record] if record else [],
        detail=detail,
    )  # fmt: skip


def _subjects(place: SealedPlace) -> list[UUID]:
    return [place.record] if place.record else []


def _owner(place: SealedPlace) -> tuple[str, str, str]:
    return place.institution, place.unit, place.office
