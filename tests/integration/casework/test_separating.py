"""Whoever relied on records being one person learns that they no longer are, once, and without a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from amparo.access.actors import Actor
from amparo.access.models import User
from amparo.casework.actions import deciding, noting, rebuild, separating
from amparo.casework.actions.deciding import Told
from amparo.casework.models import Notice, Person
from amparo.casework.queries import notices, threads
from amparo.kernel.errors import NotFound
from amparo.ledger import queries as entries
from amparo.registries.actions import linking
from amparo.registries.models import Event, Judgement
from tests import worlds
from tests.integration.web.test_pairs import pair
from tests.worlds import NOW, POLICE, RESCUE, ROSA, UPE, Office

UDAVIT = Office("mp", "mp", "udavit", "mp-udavit-madre-de-dios", "17")
LATER = NOW + timedelta(days=1)


@pytest.fixture
def reader() -> Actor:
    """Somebody of UPE, with a user of her own."""
    worlds.user("mimp-upe", UPE)
    return worlds.actor("mimp-upe", UPE)


@pytest.fixture
def two() -> tuple[UUID, UUID]:
    """Two records of a grown woman, each its own person yet."""
    records = worlds.record(ROSA, POLICE, RESCUE), worlds.record(ROSA, UPE)
    rebuild.around(touched=records, at=NOW)
    return records


def join(two: tuple[UUID, UUID], *, at: Any = NOW) -> None:
    deciding.decide(actor=worlds.actor("revisor"), pair_id=pair(*two), told=Told("same", "records"), at=at)
    assert Person.objects.count() == 1


def part(*, at: Any = LATER) -> None:
    last = Judgement.objects.filter(undoes=None, undone_by=None).get()
    deciding.undo(actor=worlds.actor("revisor"), judgement_id=last.id, at=at)
    assert Person.objects.count() == 2


def look(reader: Actor, two: tuple[UUID, UUID]) -> None:
    threads.read(actor=reader, person_id=two[1], at=NOW)


def test_who_read_the_joined_thread_is_told_by_codes_that_she_may_know(reader: Actor, two: tuple[UUID, UUID]) -> None:
    join(two)
    look(reader, two)
    part()

    (told,) = notices.read(actor=reader, at=LATER)

    # The police's record is no longer within her reach: of it she learns nothing.
    assert [person for person, _ in told.persons] == [two[1]]
    assert told.wrote == 0


def test_who_wrote_after_reading_is_told_that_too(reader: Actor, two: tuple[UUID, UUID]) -> None:
    join(two)
    look(reader, two)
    day = NOW.date() - timedelta(days=1)
    noting.note(actor=reader, person_id=two[1], told=noting.Told("apertura_upe", day), at=NOW)
    part()

    assert [told.wrote for told in notices.read(actor=reader, at=LATER)] == [1]


def test_who_read_only_before_the_join_or_after_is_not_told(reader: Actor, two: tuple[UUID, UUID]) -> None:
    look(reader, two)
    join(two)
    part()
    look(reader, two)

    assert notices.read(actor=reader, at=LATER) == []


def test_a_second_separation_tells_only_who_relied_on_the_second_join(reader: Actor, two: tuple[UUID, UUID]) -> None:
    known = pair(*two)
    reviewer = worlds.actor("revisor")
    for day in range(2):
        at = NOW + timedelta(days=day)
        said = deciding.decide(actor=reviewer, pair_id=known, told=Told("same", "records"), at=at)
        if day == 0:
            look(reader, two)
        deciding.undo(actor=reviewer, judgement_id=said.judgement, at=at + timedelta(hours=1))

    assert len(notices.read(actor=reader, at=LATER)) == 1


def test_the_office_of_somebody_who_left_is_told(reader: Actor, two: tuple[UUID, UUID]) -> None:
    join(two)
    look(reader, two)
    gone = User.objects.get(username=reader.name)
    gone.is_active = False
    gone.save()
    part()

    assert len(notices.read(actor=replace(reader, name="colega"), at=LATER)) == 1


def test_the_office_she_was_referred_to_is_told(reader: Actor, two: tuple[UUID, UUID]) -> None:
    join(two)
    look(reader, two)
    Event.objects.create(
        record_id=two[1], type="derivacion", on=NOW.date(), institution="mimp", unit="upe", office=UPE.office,
        data={"destino": "udavit", "dependencia": UDAVIT.office}, recorded_at=NOW + timedelta(hours=1),
        author=reader.name,
    )  # fmt: skip
    part()

    assert len(notices.read(actor=worlds.actor("mp-udavit", UDAVIT), at=LATER)) == 1


def test_parting_what_the_machine_joined_tells_as_well(reader: Actor) -> None:
    two = worlds.record(ROSA, POLICE, RESCUE), worlds.record(ROSA, UPE, RESCUE)
    linking.link_waiting(actor=worlds.actor("revisor"), at=NOW)
    rebuild.around(touched=two, at=NOW)
    assert Person.objects.count() == 1
    look(reader, two)

    deciding.decide(
        actor=worlds.actor("revisor"), pair_id=linking.pair_id(*two), told=Told("not_same", "document"), at=LATER
    )

    assert len(notices.read(actor=reader, at=LATER)) == 1


def test_acknowledging_ends_it_and_is_in_the_ledger(reader: Actor, two: tuple[UUID, UUID]) -> None:
    join(two)
    look(reader, two)
    part()
    notice = Notice.objects.get()

    with pytest.raises(NotFound):
        separating.acknowledge(actor=replace(reader, name="otra", office=""), notice_id=notice.id, at=LATER)
    separating.acknowledge(actor=reader, notice_id=notice.id, at=LATER)

    assert notices.count(reader) == 0
    assert {"person.separate", "notice.seen"} <= {entry.act for entry in entries.latest()}
