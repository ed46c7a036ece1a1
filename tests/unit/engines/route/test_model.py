from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from amparo.engines.route.model import (
    AgeTrigger,
    Applies,
    Basis,
    EventCondition,
    EventMatch,
    Lead,
    Route,
    RouteBook,
    Step,
    Term,
)
from amparo.engines.route.outcome import Status
from tests.unit.engines.route.stories import Story, child, happened

ASKED = EventMatch("asked")
RESCUE = happened("rescate", "2024-03-04")


def book(*steps: Step, leads: tuple[Lead, ...] = (Lead("home"),)) -> RouteBook:
    """A country with one route for children, the same ever since."""
    return RouteBook((Route("c", "1", Applies.CHILD, date(2000, 1, 1), None, leads, steps),))


@pytest.mark.parametrize(("basis", "amount"), [(Basis.AT_ONCE, 1), (Basis.HOURS, 0), (Basis.WORKING_DAYS, -1)])
def test_a_term_without_an_amount_or_at_once_with_one_is_refused(basis: Basis, amount: int) -> None:
    with pytest.raises(ValueError, match="positive amount"):
        Term(basis, amount)


def test_the_engine_knows_no_country_and_works_with_any_route() -> None:
    step = Step(
        "answer", "desk", starts_when=(ASKED,), due=Term(Basis.CALENDAR_DAYS, 3), fulfilled_by=(EventMatch("answered"),)
    )
    story = Story(child(), (happened("asked", "2024-03-04"),), book(step))

    assert story.step("answer", "2024-03-07").status is Status.DUE
    assert story.step("answer", "2024-03-08").status is Status.OVERDUE


def test_a_step_at_an_age_is_not_asked_of_whoever_was_older_when_the_case_began() -> None:
    step = Step("school", "desk", at_age=AgeTrigger(6), fulfilled_by=(EventMatch("enrolled"),))

    story = Story(child("2012-05-20"), (RESCUE,), book(step))

    assert story.step("school", "2024-03-08").status is Status.NOT_APPLICABLE
    assert replace(story, facts=child("2019-05-20")).step("school", "2024-03-08").status is Status.UPCOMING


def test_a_refusal_does_not_undo_what_was_already_late() -> None:
    step = Step("offer", "desk", starts_when=(ASKED,), due=Term(Basis.AT_ONCE), waived_by=(EventMatch("declined"),))
    story = Story(child(), (happened("asked", "2024-03-04"), happened("declined", "2024-03-08")), book(step))

    late = story.step("offer", "2024-03-09")

    assert (late.status, late.stopped_on, late.reason.get("ended")) == (Status.OVERDUE, date(2024, 3, 8), "declined")


def test_several_codes_in_one_field_are_matched_one_by_one() -> None:
    step = Step("help", "desk", starts_when=(EventMatch("asked", (("needs", frozenset({"HOME"})),)),))
    story = Story(child(), (happened("asked", "2024-03-04", needs="FOOD;HOME"),), book(step))

    assert story.step("help", "2024-03-05").status is Status.DUE
    assert (
        replace(story, events=(happened("asked", "2024-03-04", needs="FOOD"),)).step("help", "2024-03-05").since is None
    )


def test_a_route_for_nobody_owes_nothing() -> None:
    story = Story(child(), (RESCUE,), RouteBook(()))

    assert story.on("2024-04-01") == ()
    assert story.standing("2024-04-01").lead == ""


def test_a_route_whose_leads_fit_nobody_has_no_lead() -> None:
    story = Story(child(), (RESCUE,), book(leads=(Lead("home", (EventCondition(ASKED),)),)))

    assert story.standing("2024-04-01").lead == ""
