"""Events as moments of a timeline, what several tell as one; and as knots on the picture of lanes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from amparo.casework.queries.threads import Seen
from amparo.casework.rules.tellings import happenings
from amparo.interfaces.web.presenters import marks, tellings
from amparo.interfaces.web.viewmodels.thread import Kind, Knot, Lane, Lanes, Moment, Telling
from amparo.pack.current import pack

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
    """What happened in order of time, each thing once whoever tells it, with the silences between.

    ``correctable`` are the events that the reader may correct, ``open_to`` the records that she may open.
    """
    by_id = {each.event.id: each for each in seen}
    many = {code for code, definition in pack().events.items() if definition.told_by_many}
    apart = {each.event.id for each in seen if each.superseded}
    found: list[Moment] = []
    before: date | None = None
    # A place that the reader may not see decides nothing, or what is shown together would tell it.
    open_events = [each.event if each.sight == "full" else each.event._replace(place="") for each in seen]
    for events in happenings(open_events, many, apart, _district):
        told = [by_id[event.id] for event in events]
        contested = tellings.contested(told)
        found.append(
            Moment(
                on=events[0].on,
                label=_label(events[0].type, language),
                kind=kind_of(events[0].type),
                tellings=tuple(_telling(each, contested, correctable, open_to, language) for each in told),
                place=tellings.place_of(told),
                details=tellings.agreed(told, language, contested) if len(told) > 1 else (),
                differs=tellings.words_of(contested, told, language),
                silence=_silence(before, events[0].on),
                superseded=told[0].superseded,
            )
        )
        before = events[0].on
    return tuple(found)


def _district(place: str) -> str:
    found = pack().places.district_of(place)
    return found.code if found else place


def _silence(before: date | None, on: date) -> int:
    days = (on - before).days if before else 0
    return days if days >= _SILENCE_DAYS else 0


def _telling(
    seen: Seen, contested: frozenset[str], correctable: frozenset[UUID], open_to: frozenset[UUID], language: str
) -> Telling:
    event = seen.event
    late = (timezone.localdate(event.recorded_at) - event.on).days
    return Telling(
        id=event.id,
        institution=marks.institution(event.institution, language),
        office=marks.office(event.office) or marks.unit(event.unit, language),
        place=marks.place(event.place) if seen.sight == "full" else "",
        place_differs=tellings.PLACE in contested,
        details=tellings.facts(seen, language, contested),
        record_id=event.record if event.record in open_to else None,
        # An imported event was written down in its institution, nobody knows when; only one written here can be late.
        recorded_late=late if late >= _LATE_DAYS and event.batch is None else 0,
        corrects=event.supersedes is not None,
        may_correct=event.id in correctable,
    )


def _label(event_type: str, language: str) -> str:
    definition = pack().events.get(event_type)
    return definition.label(language) if definition else event_type


def kind_of(event_type: str) -> Kind:
    """What a type of event is about, as the picture shows it."""
    definition = pack().events.get(event_type)
    return _KINDS.get(definition.kind, Kind.OTHER) if definition else Kind.OTHER


def lanes(seen: Sequence[Seen], today: date, language: str) -> Lanes:
    """The story as one picture: a lane per institution, in the order in which they came in."""
    knots: dict[str, list[Knot]] = defaultdict(list)
    standing = [each for each in seen if not each.superseded]
    for each in standing:
        knot = Knot(each.event.on, _label(each.event.type, language), kind_of(each.event.type))
        knots[each.event.institution].append(knot)
    drawn = []
    for code, events in knots.items():
        mark = marks.institution(code, language)
        drawn.append(Lane(mark.sign, mark.name, tuple(events)))
    days = [each.event.on for each in standing]
    return Lanes(min(days, default=today), max([*days, today]), today, tuple(drawn))
