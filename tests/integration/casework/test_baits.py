"""A record of nobody looks like any other, counts nowhere, and tells the officer whoever opens it."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import transaction

from amparo.access import alerts
from amparo.access.actors import MACHINE, Actor
from amparo.access.models import Alert
from amparo.casework.actions import baiting, rebuild
from amparo.casework.models import Membership
from amparo.casework.queries import figures, identity, opened_record, search, threads, todo
from amparo.casework.queries.figures import Group
from amparo.casework.queries.todo import Filters
from amparo.ledger import actions as ledger_actions
from amparo.ledger import queries as ledger
from amparo.pack.current import pack
from amparo.registries.actions import linking
from amparo.registries.models import Pair, Record
from amparo.registries.queries import identities, series
from amparo.vault import queries as vault
from amparo.world import baits
from tests import worlds
from tests.worlds import NOW, Office

COUNT = 6


@pytest.fixture
def nobody() -> UUID:
    """A bait; the first of several."""
    invented = list(baits.invented(COUNT, seed=31, today=NOW.date(), pack=pack()))
    assert baiting.plant(actor=MACHINE, invented=invented, at=NOW) == COUNT
    return Record.objects.order_by("id")[0].id


def holder(record: UUID, role: str = "mimp-upe") -> Actor:
    """Somebody of the office that holds a record, with the right to open it."""
    row = Record.objects.get(id=record)
    made = worlds.actor(role, Office(row.source, row.institution, row.unit, row.office, row.department))
    return Actor(
        "holder", row.institution, row.office, role, row.unit, (row.department,), made.capabilities, "own_records",
        made.compartments,
    )  # fmt: skip


def alarms() -> list[str]:
    return list(Alert.objects.values_list("kind", flat=True))


def test_every_way_of_opening_it_tells_the_officer_who_it_was(nobody: UUID) -> None:
    reader = holder(nobody)

    threads.read(actor=reader, person_id=nobody, at=NOW)
    opened = opened_record.read(actor=reader, record_id=nobody, at=NOW)
    opened_record.reveal(actor=reader, opened=opened, purpose="ATENCION", at=NOW)
    identity.reveal(actor=reader, person_id=nobody, purpose="ATENCION", at=NOW)

    assert alarms() == ["bait"] * 4
    told = alerts.of(worlds.actor("odp"))
    assert {each.username for each in told} == {"holder"}
    assert {each.subjects for each in told} == {(nobody,)}
    assert alerts.of(reader) == []


def test_the_alarm_stands_or_falls_with_the_reading(nobody: UUID) -> None:
    def stopped() -> None:
        with transaction.atomic():
            ledger_actions.record(author=holder(nobody).author, act="thread.read", at=NOW, subjects=[nobody])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stopped()
    assert alarms() == []
    assert "thread.read" not in {entry.act for entry in ledger.latest()}


def test_lists_searches_and_the_machine_raise_no_alarm(nobody: UUID) -> None:
    reader = holder(nobody)
    fields = identities.of_records([nobody])[nobody].fields

    found = search.search(
        actor=reader, text=f"{fields.given} {fields.surname1} {fields.surname2}", extra={}, purpose="follow_up", at=NOW
    )
    todo.read(actor=reader, filters=Filters(mine=False), at=NOW)
    rebuild.everything(at=NOW)

    assert nobody in {each.person.id for each in found.found}
    assert alarms() == []


def test_it_is_owed_nothing_counts_nowhere_and_is_compared_with_nobody(nobody: UUID) -> None:
    reader = holder(nobody)
    listed = todo.read(actor=reader, filters=Filters(mine=False), at=NOW)
    year = Record.objects.get(id=nobody).registered_on
    assert year is not None
    departments = set(Record.objects.values_list("department", flat=True))
    source = Record.objects.get(id=nobody).source

    assert listed.total == 0
    assert figures.people(Group(), since=()) == []
    assert figures.steps(Group(), since=()) == []
    assert series.records_by_year(source, "rescate", departments) == {}
    twin = worlds.record(identities.of_records([nobody])[nobody].fields, worlds.POLICE, worlds.RESCUE)
    linking.link_waiting(actor=MACHINE, at=NOW)
    assert Pair.objects.count() == 0
    rebuild.around(touched=[twin], at=NOW)
    assert [each.persons for each in figures.people(Group(), since=())] == [1]


def test_nothing_in_the_cases_tells_it_from_the_others(nobody: UUID) -> None:
    record = Record.objects.get(id=nobody)

    assert vault.baits() == frozenset(Record.objects.values_list("id", flat=True))
    assert Membership.objects.filter(record=record).count() == 1
    assert record.linked
    assert not any("bait" in f"{entry.act}{entry.detail}" for entry in ledger.latest())
