"""What counts as being able to do more."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.access.rules.widening import Granted, widens
from amparo.pack.definitions import Capability, Compartment, Role, Scope

CAPABILITIES = get_args(Capability)
DAY = date(2026, 3, 1)


def role(capabilities=("my_list",), compartments=("case",), scope=Scope.OWN_RECORDS) -> Role:
    return Role(
        code="x", label_es="x", label_en="x", institution="*", capabilities=tuple(sorted(capabilities)),
        compartments=tuple(sorted(compartments)), scope=scope,
    )  # fmt: skip


granted = st.builds(
    Granted,
    role=st.builds(
        role, st.sets(st.sampled_from(CAPABILITIES[:6])), st.sets(st.sampled_from(Compartment)), st.sampled_from(Scope)
    ),
    office=st.sampled_from(["", "a", "b"]),
    ends_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 5)),
)


@given(granted)
def test_what_stays_as_it_is_widens_nothing(same: Granted) -> None:
    assert not widens(same, same)


@given(granted, granted)
def test_of_a_change_and_its_undoing_one_widens_unless_nobody_can_do_more(one: Granted, other: Granted) -> None:
    """The two differ in what they open, or in nothing at all but an office that was given up."""
    if not widens(one, other) and not widens(other, one):
        assert (one.role, one.ends_on) == (other.role, other.ends_on)
        assert one.office == other.office


@given(granted, granted, granted)
def test_many_small_steps_that_take_open_nothing_in_the_end(one: Granted, two: Granted, three: Granted) -> None:
    if not widens(one, two) and not widens(two, three):
        assert not widens(one, three)


@pytest.mark.parametrize(
    "after",
    [
        Granted(role(capabilities=("my_list", "thread_read")), "a", DAY),
        Granted(role(capabilities=("thread_read",)), "a", DAY),
        Granted(role(compartments=("case", "health")), "a", DAY),
        Granted(role(scope=Scope.OWN_REGION), "a", DAY),
        Granted(role(), "b", DAY),
        Granted(role(), "a", date(2026, 3, 2)),
        Granted(role(), "a", None),
    ],
)
def test_an_act_a_part_a_region_an_office_or_a_day_more_is_more(after: Granted) -> None:
    assert widens(Granted(role(), "a", DAY), after)


@pytest.mark.parametrize(
    "after",
    [
        Granted(role(capabilities=()), "a", DAY),
        Granted(role(compartments=()), "a", DAY),
        Granted(role(), "", DAY),
        Granted(role(), "a", date(2026, 2, 28)),
    ],
)
def test_less_is_not_more(after: Granted) -> None:
    assert not widens(Granted(role(), "a", DAY), after)
    assert not widens(Granted(role(), "a", None), after)
