"""In which order a worker should look at her cases: by danger first, by delay within the same danger.

There is no score with weights that nobody could defend. Cases fall into bands by rules that can be read aloud, and
within a band by what presses more. Every rule that applied is given back as a reason, so that the list can say why.

========  ====================================================================================================
band      a case falls here if something is open and
========  ====================================================================================================
0 DANGER  her risk was assessed as severe, or she left a shelter without notice, or she is a child (or presumed
          one) and a step that keeps her safe is overdue
1 LOSING  a step that keeps her safe is overdue, or contact was lost, or she declined the programme and something
          is overdue: those are the people whom institutions lose
2 LATE    any other step is overdue
3 OWED    something is owed now and not late
4 COMING  something will be owed
5 NONE    nothing is open; signals of danger alone never put a case here higher, because there is nothing to do
========  ====================================================================================================

Within a band: whatever has more against it first (being a child, a repeated rescue and each signal count one), then
the longest delay of a step that keeps her safe, then the longest delay, then more overdue steps, then what is due
soonest. The order never decides anything but order: nothing is hidden and nobody is refused by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from amparo.engines.route.case import Case, open_case
from amparo.engines.route.history import Cycle
from amparo.engines.route.model import Applies, Facts, RouteBook, Signal
from amparo.engines.route.outcome import Happened, Obligation, Reason, Status


class Band(IntEnum):
    """How pressing a case is; the lower the number, the earlier in the list."""

    DANGER = 0
    LOSING = 1
    LATE = 2
    OWED = 3
    COMING = 4
    NONE = 5


@dataclass(frozen=True, slots=True)
class Situation:
    """What beside her obligations makes a case pressing: her age, how many rescues, and signals of the pack.

    ``signals`` holds codes among ``severe_risk``, ``moderate_risk``, ``left_shelter``, ``no_contact``, ``refused``.
    """

    minor: bool = False
    presumed_minor: bool = False
    rescues: int = 1
    signals: frozenset[str] = frozenset()

    @property
    def as_child(self) -> bool:
        """Whether she is, or is presumed, a child."""
        return self.minor or self.presumed_minor


@dataclass(frozen=True, slots=True)
class Priority:
    """Where a case belongs in a list: sort by ``rank``, ascending; show ``reasons``; ``first`` is what to do first."""

    band: Band
    rank: tuple[int, ...]
    reasons: tuple[Reason, ...]
    first: Obligation | None


_COUNTED = ("moderate_risk", "no_contact", "refused", "left_shelter", "severe_risk")
_FAR = date.max.toordinal()


def situation(book: RouteBook, facts: Facts, events: Iterable[Happened], now: datetime) -> Situation:
    """Her situation at an instant, from the same arguments as the obligations."""
    return situation_in(open_case(book, facts, events, now))


def situation_in(case: Case) -> Situation:
    """The same for a case that was opened already."""
    if not case.cycles:
        return Situation()
    cycle, standing = case.cycles[-1]
    child = standing.applies is Applies.CHILD
    on = frozenset(signal.code for signal in case.book.signals if _is_on(signal, cycle))
    return Situation(child and not standing.presumed, child and standing.presumed, len(case.cycles), on)


def _is_on(signal: Signal, cycle: Cycle) -> bool:
    began = cycle.all(signal.on)
    if not began:
        return False
    ended = cycle.all(signal.off)
    return not ended or ended[-1].on <= began[-1].on


def prioritise(
    obligations: Iterable[Obligation], now: Situation, today: date, *, units: Collection[str] = ()
) -> Priority:
    """Where a case belongs in the list of whoever works in some units; with no units named, of whoever sees all."""
    mine = [o for o in obligations if o.is_open and (not units or o.responsible in units)]
    mine.sort(key=lambda obligation: urgency(obligation, today))
    overdue = [o for o in mine if o.status is Status.OVERDUE]
    critical = [o for o in overdue if o.critical]
    band = _band(mine, overdue, critical, now)
    rank = (
        int(band),
        -_pressing(now),
        -max((o.days_late(today) for o in critical), default=0),
        -max((o.days_late(today) for o in overdue), default=0),
        -len(overdue),
        min((o.due_on.toordinal() for o in mine if o.due_on), default=_FAR),
    )
    return Priority(band, rank, tuple(_reasons(now, overdue, critical, today)), mine[0] if mine else None)


def urgency(obligation: Obligation, today: date) -> tuple[int, ...]:
    """The order of steps within one case: late before owed before coming, what keeps her safe before the rest."""
    late = obligation.status is Status.OVERDUE
    return (
        0 if late else 1 + (obligation.status is Status.UPCOMING),
        0 if obligation.critical else 1,
        -obligation.days_late(today),
        obligation.due_on.toordinal() if obligation.due_on else _FAR,
        -obligation.days_waiting(today),
    )


def _band(mine: list[Obligation], overdue: list[Obligation], critical: list[Obligation], now: Situation) -> Band:
    if not mine:
        return Band.NONE
    if now.signals & {"severe_risk", "left_shelter"} or (critical and now.as_child):
        return Band.DANGER
    if critical or "no_contact" in now.signals or (overdue and "refused" in now.signals):
        return Band.LOSING
    if overdue:
        return Band.LATE
    return Band.OWED if any(o.is_owed_now for o in mine) else Band.COMING


def _pressing(now: Situation) -> int:
    return now.as_child + (now.rescues > 1) + sum(code in now.signals for code in _COUNTED)


def _reasons(now: Situation, overdue: list[Obligation], critical: list[Obligation], today: date) -> Iterable[Reason]:
    """The rules that applied, the weightiest first."""
    yield from (Reason(code) for code in ("severe_risk", "left_shelter") if code in now.signals)
    yield from _delay("critical_overdue", critical, today)
    yield from _delay("overdue", [o for o in overdue if not o.critical], today)
    if now.as_child:
        yield Reason("minor" if now.minor else "presumed_minor")
    if now.rescues > 1:
        yield Reason("repeated_rescue", (("rescues", str(now.rescues)),))
    yield from (Reason(code) for code in ("no_contact", "refused", "moderate_risk") if code in now.signals)


def _delay(code: str, late: list[Obligation], today: date) -> Iterable[Reason]:
    """The step that is latest and how many are late, if any is."""
    if late:
        worst = late[0]
        days, steps = str(worst.days_late(today)), str(len(late))
        yield Reason(code, (("step", worst.step), ("days", days), ("steps", steps)))
