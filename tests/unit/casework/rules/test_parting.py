"""What fell apart, and who had relied on its being one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from amparo.casework.rules import parting
from amparo.casework.rules.parting import Act

START = datetime(2026, 1, 1, tzinfo=UTC)
A, B, C, D = (UUID(int=number) for number in range(1, 5))
PARTS = (frozenset({A, B}), frozenset({C}))


def act(seq: int, who: str, what: str, *subjects: UUID) -> Act:
    return Act(seq, START + timedelta(hours=seq), who, what, frozenset(subjects))


@st.composite
def groupings(draw: st.DrawFn) -> dict[UUID, UUID]:
    records = [UUID(int=number) for number in range(1, draw(st.integers(1, 8)) + 1)]
    return {record: draw(st.sampled_from(records)) for record in records}


def people(grouping: dict[UUID, UUID]) -> list[frozenset[UUID]]:
    owners = set(grouping.values())
    return [frozenset(record for record, mine in grouping.items() if mine == owner) for owner in sorted(owners)]


@given(groupings(), groupings())
def test_parted_are_exactly_the_records_that_were_together_and_no_longer_are(
    before: dict[UUID, UUID], after: dict[UUID, UUID]
) -> None:
    after = {record: after.get(record, record) for record in before}
    found = parting.parted(before, people(after))
    told = {
        frozenset({one, other})
        for parts in found
        for place, part in enumerate(parts)
        for later in parts[place + 1 :]
        for one in part
        for other in later
    }

    assert told == {
        frozenset({one, other})
        for one in before
        for other in before
        if one != other and before[one] == before[other] and after[one] != after[other]
    }


@given(groupings())
def test_nothing_parts_where_nothing_changed(grouping: dict[UUID, UUID]) -> None:
    assert parting.parted(grouping, people(grouping)) == []


def test_who_was_shown_both_parts_together_relied_on_it_and_her_later_writing_counts() -> None:
    acts = [
        act(1, "ana", "event.write", A),
        act(2, "ana", "thread.read", A, B, C),
        act(3, "ana", "event.write", A),
        act(4, "ana", "record.open", D, C),
        act(5, "eva", "thread.read", A, B),
        act(6, "odp", "ledger.person", A, B, C),
        act(7, "sol", "pair.read", A, C),
    ]

    found = parting.relied(acts, PARTS, after=0)

    assert {who: each.wrote for who, each in found.items()} == {"ana": 2}
    assert found["ana"].since == acts[1].at


def test_who_was_told_of_an_earlier_separation_is_not_told_again() -> None:
    acts = [act(2, "ana", "thread.read", A, C), act(9, "eva", "thread.read", A, C)]

    after = parting.last_parting(
        PARTS, [(5, (frozenset({A}), frozenset({B, C}))), (7, (frozenset({A}), frozenset({B})))]
    )

    assert after == 5
    assert set(parting.relied(acts, PARTS, after=after)) == {"eva"}
