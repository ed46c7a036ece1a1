"""From a protocol, a person's facts and her events to what is owed to her: the engine itself.

Pure and deterministic: the same arguments give the same obligations whatever the order of the events, and an event
that a step does not name changes nothing of that step. :func:`evaluate` is the door; the rest of this module follows
one step through its starts, pauses and fulfilments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from amparo.engines.route import words
from amparo.engines.route.case import Case, open_case
from amparo.engines.route.model import Facts, Route, RouteBook, Step
from amparo.engines.route.occurrence import judge, unstarted
from amparo.engines.route.outcome import Happened, Obligation, Reason, Status
from amparo.engines.route.plan import Item, plan
from amparo.engines.route.standing import Pause
from amparo.engines.route.view import Owed, Span, View
from amparo.kernel.dates import add_years
from amparo.kernel.working_days import Calendar


def evaluate(
    routes: RouteBook, facts: Facts, events: Iterable[Happened], now: datetime, calendar: Calendar
) -> tuple[Obligation, ...]:
    """Every obligation towards one person at an instant, by cycle and in the order of the protocol.

    Only what has happened by that day counts. To know how things looked to somebody in the past, hand in only the
    events recorded by then. Nothing is owed where only background (recruitment, exploitation) is known.
    """
    return obligations(open_case(routes, facts, events, now), calendar)


def obligations(case: Case, calendar: Calendar) -> tuple[Obligation, ...]:
    """The same for a case that was opened already."""
    found: list[Obligation] = []
    for cycle, standing in case.cycles:
        always_open = cycle.ended_on is None and case.book.closing.closes.isdisjoint(cycle.by_type)
        view = View(case.book, case.facts, cycle, standing, case.today, case.now, calendar, always_open)
        for item in plan(standing.routes):
            found.extend(_follow(view, item))
    return tuple(found)


def _follow(view: View, item: Item) -> Iterable[Obligation]:
    """The obligations of one step in one cycle."""
    if item.touched_by.isdisjoint(view.cycle.by_type) and (item.child is None or item.child.at_age is None):
        return (_untouched(view, item),)
    if view.standing.turned_adult_on is not None:
        return _follow_grown(view, item)
    step, route = item.first
    unit = view.unit(step, route)
    owed = Owed(step, route, unit, unit, _pauses_of(view, item, step, unit))
    if step.at_age is None and step.recurs is None and not step.each_start:
        return (_once(view, owed, view.cycle.first(step.starts_when)),)
    return _by_kind(view, owed, view.cycle.all(step.starts_when))


def _follow_grown(view: View, item: Item) -> Iterable[Obligation]:
    """The same for somebody who came of age in this cycle."""
    step, route, starts = _governing(view, item)
    unit = view.unit(step, route)
    now_unit = view.unit(item.adult, item.adult_route) if item.adult and item.adult_route else unit
    return _by_kind(view, Owed(step, route, now_unit, unit, _pauses_of(view, item, step, now_unit)), starts)


def _by_kind(view: View, owed: Owed, starts: list[Happened]) -> Iterable[Obligation]:
    """The obligations of a step by how it returns: around a birthday, periodically, at every start, or once."""
    if owed.step.at_age is not None:
        return _at_age(view, owed)
    if owed.step.recurs is not None:
        return _recurring(view, owed, starts)
    if owed.step.each_start:
        return _each_start(view, owed, starts)
    return (_once(view, owed, starts[0] if starts else None),)


def _untouched(view: View, item: Item) -> Obligation:
    """A step of which no event of the cycle says anything: a short way to what :func:`_once` would find."""
    step, route = item.first if view.standing.turned_adult_on is None else item.last
    unit = view.unit(step, route)
    pauses = _pauses_of(view, item, step, unit) or view.closed(unit)
    if not pauses and not step.applies_if:
        return words.idle(step, route, unit, view.cycle.number)
    return unstarted(view, Owed(step, route, unit, unit, pauses))


def _governing(view: View, item: Item) -> tuple[Step, Route, list[Happened]]:
    """The definition that rules a step after majority, its route, and the events that start it.

    The child's goes on ruling what it had started; anything else starts under the adult's. A child's own step cannot
    be started once she is an adult.
    """
    turned = view.standing.turned_adult_on or date.max
    if item.child is not None:
        starts = view.cycle.all(item.child.starts_when)
        early = [event for event in starts if event.on < turned]
        if early or item.adult is None:
            return (*item.first, starts if item.adult else early)
    step, route = item.last
    return step, route, [event for event in view.cycle.all(step.starts_when) if event.on >= turned]


def _pauses_of(view: View, item: Item, step: Step, unit: str) -> Sequence[Pause]:
    """When a step is not owed: closings, majority, the person's refusal, and what stops it; in order."""
    closed = () if "closing" in step.outlives else view.closed(unit)
    turned = view.standing.turned_adult_on
    grown_out = turned is not None and item.adult is None and "majority" not in step.outlives
    if not (grown_out or step.waived_by or step.stops_when):
        return closed
    pauses = list(closed)
    if turned is not None and grown_out:
        pauses.append(Pause(turned, None, "turned_adult"))
    if step.waived_by:
        pauses += _between(view.cycle.all(step.waived_by), view.cycle.all(step.lifted_by), "declined")
    if step.stops_when:
        pauses += _between(view.cycle.all(step.stops_when), view.cycle.all(step.starts_when), "stopped_by")
    return sorted(pauses, key=lambda pause: (pause.start, pause.code))


def _between(stops: list[Happened], resumes: list[Happened], code: str) -> list[Pause]:
    """A pause from each stop until the first later event that resumes."""
    pauses: list[Pause] = []
    for stop in stops:
        if pauses and (pauses[-1].end is None or stop.on < pauses[-1].end):
            continue
        resumed = next((event for event in resumes if event.on > stop.on), None)
        pauses.append(Pause(stop.on, resumed.on if resumed else None, code, stop, resumed))
    return pauses


def _once(view: View, owed: Owed, start: Happened | None) -> Obligation:
    """A step that is owed one time."""
    step = owed.step
    wait_for = start.on if start and step.only_after_start else None
    done = view.cycle.first(step.fulfilled_by, since=wait_for) if start or not step.only_after_start else None
    if start is None and done is None:
        return unstarted(view, owed)
    on = start.on if start else None
    return judge(view, owed, Span(on, on, start, step.due), done)


def _at_age(view: View, owed: Owed) -> Iterator[Obligation]:
    """A step around a birthday; it is not asked of whoever was past that age when the case began."""
    trigger = owed.step.at_age
    assert trigger is not None  # noqa: S101 - the caller looked
    done = view.cycle.first(owed.step.fulfilled_by)
    birth = view.facts.birth
    if birth is None:
        reason = Reason("waits_for_birth", (("years", str(trigger.years)),))
        if done:
            yield judge(view, owed, Span(None, None, None, None), done)
        else:
            yield words.unstarted(owed.step, owed.route, owed.unit, Status.UPCOMING, reason, view.cycle.number)
        return
    birthday = add_years(birth.latest, trigger.years)
    if birthday <= view.standing.started_on and done is None:
        past = words.unmet("condition", "age")
        yield words.unstarted(owed.step, owed.route, owed.unit, Status.NOT_APPLICABLE, past, view.cycle.number)
        return
    since = max(view.standing.started_on, birthday - timedelta(days=trigger.lead_days))
    yield judge(view, owed, Span(since, birthday, None, owed.step.due), done)


def _each_start(view: View, owed: Owed, starts: list[Happened]) -> Iterator[Obligation]:
    """A step that each start opens anew; starts that come before it was done are one occurrence."""
    if not starts:
        yield unstarted(view, owed)
    occurrence = 0
    while starts:
        start, occurrence = starts[0], occurrence + 1
        done = view.cycle.first(owed.step.fulfilled_by, since=start.on)
        yield judge(view, owed, Span(start.on, start.on, start, owed.step.due, occurrence), done)
        starts = [event for event in starts if done is not None and event.on > done.on]


def _recurring(view: View, owed: Owed, starts: list[Happened]) -> Iterator[Obligation]:
    """A step owed periodically: each time it was done, and the time that comes next."""
    step, recurs = owed.step, owed.step.recurs
    assert recurs is not None  # noqa: S101 - the caller looked
    since = starts[0].on if starts else None
    marks = [mark for mark in view.cycle.all(step.fulfilled_by) if since is None or mark.on >= since]
    if not starts and not marks:
        yield unstarted(view, owed)
        return
    cause = starts[0] if starts else None
    span = Span(since, since, cause, step.due or recurs.every, 1, recurs.lead_days)
    for mark in marks:
        # Several institutions may report the same visit of the same day: it counts once.
        if span.cause is not None and span.occurrence > 1 and mark.on == span.since:
            continue
        yield judge(view, owed, span, mark)
        span = Span(mark.on, mark.on, mark, recurs.every, span.occurrence + 1, recurs.lead_days)
    yield judge(view, owed, span, None)
