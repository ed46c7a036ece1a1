"""A step of the route as a line on a page."""

from __future__ import annotations

from datetime import date
from functools import cache

from django.utils.translation import gettext as _

from amparo.casework.queries.shapes import Obligation
from amparo.interfaces.web.presenters import marks, reasons
from amparo.interfaces.web.viewmodels.common import Status, StepLine
from amparo.pack.current import pack
from amparo.pack.reported import reported_steps


def line(obligation: Obligation, today: date, language: str) -> StepLine:
    """What is owed, by whom, since when and why, in words."""
    step = pack().routes.step(obligation.route, obligation.step)
    params = obligation.reason.get("params") or {}
    return StepLine(
        code=f"{obligation.step}-{obligation.cycle}-{obligation.occurrence}",
        label=step.label(language) if step else obligation.step,
        status=Status(obligation.status),
        responsible=marks.unit(obligation.unit, language),
        office=marks.office(obligation.office),
        since=obligation.since,
        due_on=obligation.due_on,
        days_late=days_late(obligation, today),
        term=reasons.term(str(params.get("basis", "")), str(params.get("amount", "0"))),
        reason=_reason(obligation, language),
        article=obligation.article,
        verified=obligation.verified,
        fulfilled_by=obligation.fulfilled_by,
        fulfilled_on=obligation.fulfilled_on,
    )


def _reason(obligation: Obligation, language: str) -> str:
    """Why the step stands so; where it seems undone, also whether any registry could have said that it was done."""
    sentence = reasons.sentence(obligation.reason, language)
    if obligation.is_owed and obligation.step not in _reported():
        return _("%(reason)s; ningún registro entregado informa este paso") % {"reason": sentence}
    return sentence


@cache
def _reported() -> frozenset[str]:
    return reported_steps(pack())


def days_late(obligation: Obligation, today: date) -> int:
    """Whole days after the term, up to when it was done or stopped; 0 where it is in time."""
    end = obligation.fulfilled_on or obligation.stopped_on or today
    return max(0, (end - obligation.due_on).days) if obligation.due_on else 0
