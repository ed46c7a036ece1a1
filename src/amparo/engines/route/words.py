"""Builds obligations and the reasons that explain them.

Obligations that nothing has started are the same for everybody on the same route, so each is built once and shared.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from amparo.engines.route.model import Route, Step, Term
from amparo.engines.route.outcome import Happened, Obligation, Reason, Status
from amparo.engines.route.standing import Pause


@lru_cache(maxsize=4096)
def unstarted(step: Step, route: Route, unit: str, status: Status, reason: Reason, cycle: int) -> Obligation:
    """An obligation that has not begun."""
    return Obligation(
        step=step.code,
        route=route.code,
        route_version=route.version,
        responsible=unit,
        status=status,
        since=None,
        due_on=None,
        due_at=None,
        fulfilled_by=None,
        fulfilled_on=None,
        started_by=None,
        reason=reason,
        article=step.article,
        verified=step.verified,
        critical=step.critical,
        cycle=cycle,
    )


@lru_cache(maxsize=4096)
def idle(step: Step, route: Route, unit: str, cycle: int) -> Obligation:
    """An obligation that waits for its start."""
    return unstarted(step, route, unit, Status.UPCOMING, waiting(step), cycle)


@lru_cache(maxsize=4096)
def waiting(step: Step) -> Reason:
    """It waits for an event."""
    return Reason("waits_for", (("events", " ".join(dict.fromkeys(match.type for match in step.starts_when))),))


@lru_cache(maxsize=256)
def unmet(code: str, name: str) -> Reason:
    """A condition does not hold, or nobody knows whether it does."""
    return Reason(code, (("fact", name),))


def ending(pause: Pause) -> Reason:
    """It ended before its term did."""
    told = pause.event is not None and pause.code != "closed"
    return _ended(pause.code, pause.event.type if told and pause.event else "", pause.start)


@lru_cache(maxsize=4096)
def _ended(code: str, event: str, on: date) -> Reason:
    when = ("on", on.isoformat())
    return Reason(code, (("event", event), when) if event else (when,))


@lru_cache(maxsize=4096)
def _said(event: str, on: date) -> tuple[tuple[str, str], ...]:
    return ("event", event), ("on", on.isoformat())


def done(event: Happened, due_on: date | None, *, late: bool) -> Reason:
    """It was done, in time or so many whole days late."""
    said = _said(event.type, event.on)
    if due_on is None or not late:
        return Reason("done", said)
    return Reason("done_late", (*said, ("days", str((event.on - due_on).days))))


def running(
    cause: Happened | None, base: date | None, term: Term | None, ended: Pause | None, *, again: bool
) -> Reason:
    """It is owed: what began it, the term it has, and how it ended if it ended late."""
    params = [("event", cause.type if cause else "birthday"), ("on", base.isoformat() if base else "")]
    if term is not None:
        params += [("basis", term.basis.value), ("amount", str(term.amount))]
    if ended is not None:
        params += [("ended", ended.code), ("ended_on", ended.start.isoformat())]
    if term is None:
        return Reason("no_term", tuple(params))
    return Reason("comes_again" if again else "term_runs", tuple(params))
