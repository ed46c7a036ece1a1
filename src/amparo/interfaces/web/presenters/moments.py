"""Events as moments of a timeline, and as knots on the picture of lanes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.utils import timezone

from amparo.casework.queries.threads import Seen
from amparo.interfaces.web.presenters import marks
from amparo.interfaces.web.viewmodels.common import Fact
from amparo.interfaces.web.viewmodels.thread import Kind, Knot, Lane, Lanes, Moment
from amparo.pack.current import pack
from amparo.pack.definitions import EventField

# The pack tells fifteen kinds of events apart; a picture can show seven.
_KINDS = {
    "crime": Kind.HARM,
    "incident": Kind.HARM,
    "rescue": Kind.RESCUE,
    "report": Kind.JUSTICE,
    "justice": Kind.JUSTICE,
    "protection": Kind.PROTECTION,
    "shelter": Kind.PROTECTION,
    "identity": Kind.PROTECTION,
    "care": Kind.CARE,
    "health": Kind.CARE,
    "plan": Kind.CARE,
    "closing": Kind.CLOSING,
}
# Shorter gaps between two events are the ordinary course of a case.
_SILENCE_DAYS = 45
_LATE_DAYS = 30


def moments(
    seen: Sequence[Seen],
    language: str,
    correctable: frozenset[UUID] = frozenset(),
    open_to: frozenset[UUID] = frozenset(),
) -> tuple[Moment, ...]:
    """Events in order of time, with the silences between them.

    ``correctable`` are the events that the reader may correct, ``open_to`` the records that she may open.
    """
    found: list[Moment] = []
    before: date | None = None
    for each in seen:
        silence = (each.event.on - before).days if before else 0
        silence = silence if silence >= _SILENCE_DAYS else 0
        record = each.event.record if each.event.record in open_to else None
        moment = _moment(each, silence, language)
        found.append(replace(moment, may_correct=each.event.id in correctable, record_id=record))
        before = each.event.on
    return tuple(found)


def _moment(seen: Seen, silence: int, language: str) -> Moment:
    event = seen.event
    definition = pack().events.get(event.type)
    recorded = timezone.localdate(event.recorded_at)
    late = (recorded - event.on).days
    return Moment(
        id=event.id,
        on=event.on,
        label=definition.label(language) if definition else event.type,
        kind=kind_of(event.type),
        institution=marks.institution(event.institution, language),
        office=marks.office(event.office) or marks.unit(event.unit, language),
        place=marks.place(event.place) if seen.sight == "full" else "",
        details=_details(seen, language),
        recorded_on=recorded,
        # An imported event was written down in its institution, nobody knows when; only one written here can be late.
        recorded_late=late if late >= _LATE_DAYS and event.batch is None else 0,
        silence=silence,
        superseded=seen.superseded,
        corrects=event.supersedes is not None,
    )


def kind_of(event_type: str) -> Kind:
    """What a type of event is about, as the picture shows it."""
    definition = pack().events.get(event_type)
    return _KINDS.get(definition.kind, Kind.OTHER) if definition else Kind.OTHER


def _details(seen: Seen, language: str) -> tuple[Fact, ...]:
    definition = pack().events.get(seen.event.type)
    told = [(definition.field(code) if definition else None, value) for code, value in seen.data.items()]
    facts = [Fact(field.label(language), value_of(field, str(value), language)) for field, value in told if field]
    return tuple([*facts, *([Fact("", seen.narrative)] if seen.narrative else [])])


def value_of(field: EventField, value: str, language: str) -> str:
    """A field's value in words."""
    parts = value.split(";") if field.multiple else [value]
    if field.kind == "code":
        return ", ".join(pack().label(field.list, part, language) for part in parts)
    if field.kind == "place":
        return marks.place(value)
    return value


def lanes(seen: Sequence[Seen], today: date, language: str) -> Lanes:
    """The story as one picture: a lane per institution, in the order in which they came in."""
    knots: dict[str, list[Knot]] = defaultdict(list)
    standing = [each for each in seen if not each.superseded]
    for each in standing:
        definition = pack().events.get(each.event.type)
        label = definition.label(language) if definition else each.event.type
        knots[each.event.institution].append(Knot(each.event.on, label, kind_of(each.event.type)))
    drawn = []
    for code, events in knots.items():
        mark = marks.institution(code, language)
        drawn.append(Lane(mark.sign, mark.name, tuple(events)))
    days = [each.event.on for each in standing]
    return Lanes(min(days, default=today), max([*days, today]), today, tuple(drawn))
