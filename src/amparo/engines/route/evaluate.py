"""From a protocol, a person's facts and her events to what is owed to her: the engine itself.

Pure and deterministic: the same arguments give the same obligations whatever the order of the events, and an event
that a step does not name changes nothing of that step. :func:`evaluate` is the door; the rest of this module follows
one step through its starts, pauses and fulfilments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from amparo.engines.route import words
from amparo.engines.route.history import Cycle, cycles, effective
from amparo.engines.route.model import LEAD, Facts, Route, RouteBook, Step, Term
from amparo.engines.route.outcome import Happened, Obligation, Reason, Status
from amparo.engines.route.plan import Item, plan
from amparo.engines.route.standing import (
    Pause,
    Standing,
    age_code,
    closed_times,
    failing,
    lead_of,
    local_day,
    standing_of,
)
from amparo.engines.route.terms import NO_DEADLINE, Deadline, deadline, in_time
from amparo.kernel.dates import add_years
from amparo.kernel.working_days import Calendar


def evaluate(
    routes: RouteBook, facts: Facts, events: Iterable[Happened], now: datetime, calendar: Calendar
) -> tuple[Obligation, ...]:
    """Every obligation towards one person at an instant, by cycle and in the order of the protocol.

    Only what has happened by that day counts. To know how things looked to somebody in the past, hand in only the
    events recorded by then. Nothing is owed where only background (recruitment, exploitation) is known.
    """
    today = local_day(routes, now)
    zoned = now if now.tzinfo else now.replace(tzinfo=routes.timezone)
    found: list[Obligation] = []
    for cycle in cycles(routes, effective(events, today)):
        standing = standing_of(routes, facts, cycle, today)
        always_open = cycle.ended_on is None and routes.closing.closes.isdisjoint(cycle.by_type)
        view = View(routes, facts, cycle, standing, today, zoned, calendar, always_open)
        for item in plan(standing.routes):
            found.extend(_follow(view, item))
    return tuple(found)


@dataclass(slots=True)
class View:
    """One cycle of a case while it is being evaluated, with what several steps ask for remembered."""

    book: RouteBook
    facts: Facts
    cycle: Cycle
    standing: Standing
    today: date
    now: datetime
    calendar: Calendar
    always_open: bool
    _pauses: dict[str, list[Pause]] = field(default_factory=dict)
    _leads: dict[str, str] = field(default_factory=dict)

    @property
    def age(self) -> str:
        """The fact ``age``."""
        return age_code(self.standing.began_as, self.standing.presumed)

    def unit(self, step: Step, route: Route) -> str:
        """The unit that owes a step under a route."""
        if step.responsible != LEAD:
            return step.responsible
        lead = self._leads.get(route.code)
        if lead is None:
            lead = self._leads[route.code] = lead_of(route, self.facts, self.cycle, self.age)
        return lead

    def closed(self, unit: str) -> Sequence[Pause]:
        """When the cycle was closed for a unit, and for good once the next rescue opened another."""
        if self.always_open:
            return ()
        pauses = self._pauses.get(unit)
        if pauses is None:
            leads, turned = self.standing.leads, self.standing.turned_adult_on
            pauses = closed_times(self.book, self.cycle, unit, leads, turned)
            if self.cycle.ended_on is not None:
                pauses.append(Pause(self.cycle.ended_on, None, "new_rescue"))
            self._pauses[unit] = pauses
        return pauses


class Owed(NamedTuple):
    """A step of one cycle: its definition, the route it comes from, who owes it and when it is not owed."""

    step: Step
    route: Route
    unit: str
    done_by: str
    pauses: Sequence[Pause]


@dataclass(slots=True)
class Span:
    """The time during which one occurrence of a step is owed. The term counts from ``base``, not before ``since``."""

    since: date | None
    base: date | None
    cause: Happened | None
    term: Term | None
    occurrence: int = 1
    lead_days: int = 0


def _follow(view: View, item: Item) -> Iterable[Obligation]:
    """The obligations of one step in one cycle."""
    if item.touched_by.isdisjoint(view.cycle.by_type) and (item.child is None or item.child.at_age is None):
        return (_untouched(view, item),)
    step, route, starts = _governing(view, item)
    unit = view.unit(step, route)
    turned = view.standing.turned_adult_on
    now_unit = view.unit(item.adult, item.adult_route) if turned and item.adult and item.adult_route else unit
    owed = Owed(step, route, now_unit, unit, _pauses_of(view, item, step, now_unit))
    if step.at_age is not None:
        return _at_age(view, owed)
    if step.recurs is not None:
        return _recurring(view, owed, starts)
    if step.each_start:
        return _each_start(view, owed, starts)
    return (_once(view, owed, starts[0] if starts else None),)


def _untouched(view: View, item: Item) -> Obligation:
    """A step of which no event of the cycle says anything: a short way to what :func:`_once` would find."""
    grown = view.standing.turned_adult_on is not None and item.adult is not None
    step, route = (item.child, item.child_route) if item.child and not grown else (item.adult, item.adult_route)
    assert step is not None  # noqa: S101 - a plan's item has a child's or an adult's step
    assert route is not None  # noqa: S101 - as above
    unit = view.unit(step, route)
    pauses = _pauses_of(view, item, step, unit)
    if not pauses and not step.applies_if:
        return words.idle(step, route, unit, view.cycle.number)
    return _unstarted(view, Owed(step, route, unit, unit, pauses))


def _governing(view: View, item: Item) -> tuple[Step, Route, list[Happened]]:
    """The definition that rules a step, its route, and the events that start it.

    After majority the child's definition goes on ruling what it had started; anything else starts under the adult's.
    """
    turned = view.standing.turned_adult_on
    if item.child is not None and item.child_route is not None:
        starts = view.cycle.all(item.child.starts_when)
        if turned is None or item.adult is None or any(event.on < turned for event in starts):
            # A child's own step cannot be started once she is an adult.
            usable = starts if turned is None or item.adult else [e for e in starts if e.on < turned]
            return item.child, item.child_route, usable
    assert item.adult is not None  # noqa: S101 - a plan's item has a child's or an adult's step
    assert item.adult_route is not None  # noqa: S101 - as above
    starts = view.cycle.all(item.adult.starts_when)
    return item.adult, item.adult_route, [e for e in starts if turned is None or e.on >= turned]


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
        return _unstarted(view, owed)
    on = start.on if start else None
    return _occurrence(view, owed, Span(on, on, start, step.due), done)


def _at_age(view: View, owed: Owed) -> Iterator[Obligation]:
    """A step around a birthday; it is not asked of whoever was past that age when the case began."""
    trigger = owed.step.at_age
    assert trigger is not None  # noqa: S101 - the caller looked
    done = view.cycle.first(owed.step.fulfilled_by)
    birth = view.facts.birth
    if birth is None:
        reason = Reason("waits_for_birth", (("years", str(trigger.years)),))
        if done:
            yield _occurrence(view, owed, Span(None, None, None, None), done)
        else:
            yield words.unstarted(owed.step, owed.route, owed.unit, Status.UPCOMING, reason, view.cycle.number)
        return
    birthday = add_years(birth.latest, trigger.years)
    if birthday <= view.standing.started_on and done is None:
        return
    since = max(view.standing.started_on, birthday - timedelta(days=trigger.lead_days))
    yield _occurrence(view, owed, Span(since, birthday, None, owed.step.due), done)


def _each_start(view: View, owed: Owed, starts: list[Happened]) -> Iterator[Obligation]:
    """A step that each start opens anew; starts that come before it was done are one occurrence."""
    if not starts:
        yield _unstarted(view, owed)
    occurrence = 0
    while starts:
        start, occurrence = starts[0], occurrence + 1
        done = view.cycle.first(owed.step.fulfilled_by, since=start.on)
        yield _occurrence(view, owed, Span(start.on, start.on, start, owed.step.due, occurrence), done)
        starts = [event for event in starts if done is not None and event.on > done.on]


def _recurring(view: View, owed: Owed, starts: list[Happened]) -> Iterator[Obligation]:
    """A step owed periodically: each time it was done, and the time that comes next."""
    step, recurs = owed.step, owed.step.recurs
    assert recurs is not None  # noqa: S101 - the caller looked
    since = starts[0].on if starts else None
    marks = [mark for mark in view.cycle.all(step.fulfilled_by) if since is None or mark.on >= since]
    if not starts and not marks:
        yield _unstarted(view, owed)
        return
    cause = starts[0] if starts else None
    span = Span(since, since, cause, step.due or recurs.every, 1, recurs.lead_days)
    for mark in marks:
        # Several institutions may report the same visit of the same day: it counts once.
        if span.cause is not None and span.occurrence > 1 and mark.on == span.since:
            continue
        yield _occurrence(view, owed, span, mark)
        span = Span(mark.on, mark.on, mark, recurs.every, span.occurrence + 1, recurs.lead_days)
    yield _occurrence(view, owed, span, None)


def _unstarted(view: View, owed: Owed) -> Obligation:
    """A step that nothing has started: ended with the case, not concerning it, or waiting."""
    ended = next((pause for pause in owed.pauses if pause.end is None), None) if owed.pauses else None
    why_not = None if ended else _why_not(view, owed.step)
    if ended is not None:
        status, reason = _ended_as(ended), words.ending(ended)
    elif why_not is not None:
        status, reason = Status.NOT_APPLICABLE, why_not
    else:
        status, reason = Status.UPCOMING, words.waiting(owed.step)
    return words.unstarted(owed.step, owed.route, owed.unit, status, reason, view.cycle.number)


def _ended_as(pause: Pause) -> Status:
    """What ended in time becomes: her own refusal waives it, anything else makes it no longer concern her."""
    return Status.WAIVED if pause.code == "declined" else Status.NOT_APPLICABLE


def _why_not(view: View, step: Step) -> Reason | None:
    """The first condition that keeps a step from concerning this case."""
    for condition in step.applies_if:
        failed = failing(condition, view.facts, view.cycle, view.age)
        if failed is not None:
            return words.unmet(*failed)
    return None


def _occurrence(view: View, owed: Owed, span: Span, done: Happened | None) -> Obligation:
    """One occurrence that has started or is done."""
    limit, ending = _settle(view, owed, span, done)
    if done is not None:
        late = not in_time(limit, done.on, done.at)
        status, reason = (Status.MET_LATE if late else Status.MET), words.done(done, limit.on, late=late)
    elif (why_not := _not_asked(view, owed.step, span)) is not None:
        status, reason, limit, ending = Status.NOT_APPLICABLE, why_not, NO_DEADLINE, None
    elif ending is not None and not _was_late(span, limit, ending):
        status, reason = _ended_as(ending), words.ending(ending)
        limit, ending = NO_DEADLINE, None
    else:
        status = Status.OVERDUE if ending is not None else _running(view, span, limit)
        reason = words.running(
            span.cause, span.base, span.term, ending, again=span.occurrence > 1 and bool(span.lead_days)
        )
    step, route = owed.step, owed.route
    return Obligation(
        step.code,
        route.code,
        route.version,
        _who(view, owed, done),
        status,
        span.since,
        limit.on,
        limit.at,
        done.id if done else None,
        done.on if done else None,
        span.cause.id if span.cause else None,
        reason,
        step.article,
        step.verified,
        step.critical,
        view.cycle.number,
        span.occurrence,
        ending.start if ending else None,
    )


def _who(view: View, owed: Owed, done: Happened | None) -> str:
    """Whoever owed it when it was done, or owes it now: at majority the adult's body takes over."""
    turned = view.standing.turned_adult_on
    return owed.done_by if done is not None and turned is not None and done.on < turned else owed.unit


def _not_asked(view: View, step: Step, span: Span) -> Reason | None:
    """Why a step that has started is not asked for after all: its rule is younger, or a condition fails."""
    if step.valid_from is not None and span.base is not None and span.base < step.valid_from:
        return Reason("not_yet_in_force", (("from", step.valid_from.isoformat()),))
    return _why_not(view, step) if step.applies_if else None


def _settle(view: View, owed: Owed, span: Span, done: Happened | None) -> tuple[Deadline, Pause | None]:
    """The deadline of an occurrence and the pause that ended it, moving its span to after the pauses that did not.

    What was late before a pause stays late. What was not starts its term again when the pause is over.
    """
    limit = _limit(view, span)
    if span.since is None or span.base is None:
        return limit, None
    for pause in owed.pauses:
        if done is not None and (done.on <= pause.start or pause.end is None):
            break
        if pause.end is None:
            return limit, pause
        if pause.end <= span.since or _was_late(span, limit, pause):
            continue
        span.since, span.base = pause.end, max(span.base, pause.end)
        span.cause = pause.resumed_by or span.cause
        limit = _limit(view, span)
    return limit, None


def _limit(view: View, span: Span) -> Deadline:
    if span.base is None:
        return NO_DEADLINE
    at = span.cause.at if span.cause else None
    return deadline(span.term, span.base, at, view.calendar, view.book.timezone)


def _was_late(span: Span, limit: Deadline, pause: Pause) -> bool:
    """Whether a term had already passed on the day a pause began."""
    return span.since is not None and span.since < pause.start and limit.on is not None and limit.on < pause.start


def _running(view: View, span: Span, limit: Deadline) -> Status:
    """How an occurrence stands that is neither done nor ended."""
    if limit.on is not None:
        if view.today > limit.on or (limit.at is not None and view.now >= limit.at):
            return Status.OVERDUE
        if span.lead_days and view.today < limit.on - timedelta(days=span.lead_days):
            return Status.UPCOMING
    return Status.UPCOMING if span.since is not None and span.since > view.today else Status.DUE
