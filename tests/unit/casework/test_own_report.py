"""What a person is told of who looked: roles and days, and nothing that would tell of a sealed investigation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.casework.rules.own_report import Look, looks
from amparo.pack.current import pack
from amparo.registries.queries.events import Written

LIMA = ZoneInfo("America/Lima")


@dataclass(frozen=True)
class Entry:
    at: datetime = datetime(2026, 11, 20, 15, tzinfo=UTC)
    institution: str = "mimp"
    role: str = "mimp-upe"
    act: str = "thread.read"
    purpose: str = "follow_up"
    basis: str = "record"


def ended(state: str) -> Written:
    return Written(
        UUID(int=1), UUID(int=2), "estado_penal", date(2026, 11, 1), "", "mp", "fiscalia", "", {"estado": state}, None,
        False, datetime(2026, 11, 1, tzinfo=UTC), "x", False, None,
    )  # fmt: skip


def told(*entries: Entry, events: tuple[Written, ...] = ()) -> list[Look]:
    return looks(entries, events, pack().rights.withheld, LIMA)


def test_what_one_role_did_on_one_day_is_one_line() -> None:
    assert told(Entry(), Entry(), Entry(act="search")) == [
        Look(date(2026, 11, 20), "mimp", "mimp-upe", "search", "follow_up", "record", 1),
        Look(date(2026, 11, 20), "mimp", "mimp-upe", "thread.read", "follow_up", "record", 2),
    ]


def test_the_day_is_that_of_the_country() -> None:
    assert told(Entry(at=datetime(2026, 11, 21, 3, tzinfo=UTC)))[0].on == date(2026, 11, 20)


@pytest.mark.parametrize("entry", [Entry(role="mp-fiscal"), Entry(purpose="INVESTIGACION")])
def test_a_sealed_investigation_is_not_told_until_it_is_released(entry: Entry) -> None:
    assert told(entry) == []
    assert told(entry, events=(ended("DILIGENCIAS"),)) == []
    assert len(told(entry, events=(ended("ACUSACION"),))) == 1


def test_the_machine_s_own_work_and_what_protects_her_are_not_told() -> None:
    assert told(Entry(institution=""), Entry(act="exclusion.make"), Entry(act="linkage.run")) == []


ENTRIES = st.lists(
    st.builds(
        Entry,
        role=st.sampled_from(["mp-fiscal", "pnp-registrador", "mimp-upe", "calp-equipo"]),
        purpose=st.sampled_from(["follow_up", "INVESTIGACION"]),
        act=st.sampled_from(["thread.read", "search", "identity.reveal"]),
    )
)


@given(ENTRIES, ENTRIES)
def test_readings_of_a_sealed_investigation_change_nothing(entries: list[Entry], others: list[Entry]) -> None:
    sealed = [each for each in others if each.role in ("mp-fiscal", "pnp-registrador")]

    assert told(*entries, *sealed) == told(*entries)
