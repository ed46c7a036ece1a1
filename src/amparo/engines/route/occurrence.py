"""One occurrence of a step: how it stands, and why."""

from __future__ import annotations

from datetime import timedelta

from amparo.engines.route import words
from amparo.engines.route.model import Step
from amparo.engines.route.outcome import Happened, Obligation, Reason, Status
from amparo.engines.route.standing import Pause, failing
from amparo.engines.route.terms import NO_DEADLINE, Deadline, deadline, in_time
from amparo.engines.route.view import Owed, Span, View


def unstarted(view: View, owed: Owed) -> Obligation:
    """A step that nothing has started: ended with the case, not concerning it, or waiting.

    A step that outlives the closing does so once it has started; before, a closed case waits for nothing.
    """
    pauses = owed.pauses or view.closed(owed.unit)
    ended = next((pause for pause in pauses if pause.end is None), None) if pauses else None
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


def judge(view: View, owed: Owed, span: Span, done: Happened | None) -> Obligation:
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
    if not owed.pauses or span.since is None or span.base is None:
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
