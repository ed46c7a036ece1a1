"""One happening that several registers tell is shown once, and nothing of what any of them wrote is lost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from amparo.casework.rules.tellings import Tellings, happenings
from amparo.registries.queries.events import Written

MANY = frozenset({"rescate", "explotacion"})
DAY = date(2024, 3, 12)


def told(
    number: int, institution: str, *, kind: str = "rescate", on: date = DAY, place: str = "", record: int = 0
) -> Written:
    """An event of a record of its own, unless one is named."""
    return Written(
        id=UUID(int=number), record=UUID(int=record or 100 + number), type=kind, on=on, place=place,
        institution=institution, unit=institution, office="", data={}, supersedes=None, retracts=False,
        recorded_at=datetime(2024, 4, 1, tzinfo=UTC), author="", has_narrative=False, batch=None,
    )  # fmt: skip


@st.composite
def stories(draw: st.DrawFn) -> list[Written]:
    """Few values of everything, so that many events are alike."""
    return [
        told(
            number,
            draw(st.sampled_from(["pnp", "mp", "mimp", "calp"])),
            kind=draw(st.sampled_from(["rescate", "explotacion", "atencion_servicio"])),
            on=draw(st.sampled_from([DAY, date(2024, 3, 13)])),
            place=draw(st.sampled_from(["", "160101", "170101"])),
            record=draw(st.integers(1, 4)),
        )
        for number in range(1, draw(st.integers(0, 12)) + 1)
    ]


def shown(found: Iterable[Tellings]) -> set[frozenset[UUID]]:
    return {frozenset(event.id for event in tellings) for tellings in found}


def test_a_rescue_told_by_three_registers_is_one() -> None:
    found = happenings([told(1, "pnp"), told(2, "mp"), told(3, "mimp")], MANY)

    assert [[event.institution for event in tellings] for tellings in found] == [["pnp", "mp", "mimp"]]


def test_it_is_one_though_they_say_different_places() -> None:
    assert len(happenings([told(1, "pnp", place="160101"), told(2, "mp", place="170101")], MANY)) == 1


def test_acts_of_institutions_are_each_their_own() -> None:
    assert (
        len(happenings([told(1, "mp", kind="atencion_servicio"), told(2, "calp", kind="atencion_servicio")], MANY)) == 2
    )


def test_of_two_rescues_on_one_day_a_third_register_is_read_by_its_place() -> None:
    twice = [told(1, "pnp", place="160101"), told(2, "pnp", place="170101")]

    assert shown(happenings([*twice, told(3, "mp", place="170101")], MANY)) == {
        frozenset({UUID(int=1)}),
        frozenset({UUID(int=2), UUID(int=3)}),
    }
    assert len(happenings([*twice, told(3, "mp", place="250101")], MANY)) == 3


def test_a_mine_and_its_district_are_one_place() -> None:
    twice = [told(1, "mp", place="170101-mine"), told(2, "mp", place="160101")]

    found = happenings([*twice, told(3, "pnp", place="170101")], MANY, district_of=lambda place: place[:6])

    assert frozenset({UUID(int=1), UUID(int=3)}) in shown(found)


def test_who_tells_no_place_is_not_guessed_to_mean_one_of_two() -> None:
    twice = [told(1, "pnp", place="160101", record=7), told(2, "pnp", record=7)]

    assert len(happenings([*twice, told(3, "mp")], MANY)) == 3


def test_a_register_that_wrote_her_down_twice_tells_of_one_rescue() -> None:
    twice = [told(1, "pnp", place="160101"), told(2, "pnp")]

    assert len(happenings(twice, MANY)) == 1
    assert len(happenings([*twice, told(3, "mp", place="170101")], MANY)) == 1


def test_two_records_of_one_register_in_two_districts_are_two_rescues() -> None:
    twice = [told(1, "pnp", place="160101"), told(2, "pnp", place="170101")]

    assert len(happenings(twice, MANY)) == 2


def test_one_record_that_tells_of_two_means_two() -> None:
    once = told(1, "pnp", place="160101", record=7)

    assert len(happenings([once, told(2, "pnp", place="160101", record=7)], MANY)) == 2


def test_two_kinds_of_office_of_one_institution_are_two_registers() -> None:
    assert len(happenings([told(1, "mimp")._replace(unit="upe"), told(2, "mimp")._replace(unit="cem")], MANY)) == 1


def test_what_was_corrected_stands_by_itself() -> None:
    events = [told(1, "pnp"), told(2, "mp")]

    assert len(happenings(events, MANY, apart={UUID(int=1)})) == 2


@given(stories())
def test_every_event_is_shown_exactly_once(events: list[Written]) -> None:
    found = happenings(events, MANY)

    assert sorted(event.id for tellings in found for event in tellings) == sorted(event.id for event in events)


@given(stories(), st.data())
def test_the_order_in_which_they_arrived_changes_nothing(events: list[Written], data: st.DataObject) -> None:
    mixed = data.draw(st.permutations(events))

    assert shown(happenings(mixed, MANY)) == shown(happenings(events, MANY))


@given(stories())
def test_two_happenings_of_one_record_never_become_one(events: list[Written]) -> None:
    for tellings in happenings(events, MANY):
        assert len({event.record for event in tellings}) == len(tellings)
        assert len({(event.type, event.on) for event in tellings}) == 1


@given(stories())
def test_a_story_keeps_the_order_of_its_days(events: list[Written]) -> None:
    ordered = sorted(events, key=lambda event: (event.on, event.id))

    assert [tellings[0].on for tellings in happenings(ordered, MANY)] == sorted(
        tellings[0].on for tellings in happenings(ordered, MANY)
    )


@given(stories())
def test_separating_her_again_gives_exactly_the_parts(events: list[Written]) -> None:
    """What is shown of some records follows from their own events alone, whatever they were shown with in between."""
    alone = [shown(happenings(of_records(events, side), MANY)) for side in (0, 1)]
    together = [event for tellings in happenings(events, MANY) for event in tellings]

    assert [shown(happenings(of_records(together, side), MANY)) for side in (0, 1)] == alone


def of_records(events: list[Written], side: int) -> list[Written]:
    return [event for event in events if event.record.int % 2 == side]
