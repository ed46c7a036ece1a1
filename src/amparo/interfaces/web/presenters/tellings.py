"""What several registers tell of one happening: on what nobody contradicts another, and where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from amparo.casework.queries.threads import Seen
from amparo.interfaces.web.presenters import marks
from amparo.interfaces.web.viewmodels.common import Fact
from amparo.pack.current import pack
from amparo.pack.definitions import EventField

PLACE = "place"
_DIFFERS = "≠"


def facts(seen: Seen, language: str, contested: frozenset[str] = frozenset()) -> tuple[Fact, ...]:
    """What one telling says, those of ``contested`` with a mark, and the writer's own words last."""
    told = [
        replace(_fact(field, value, language), note=_DIFFERS if field.code in contested else "")
        for field, value in _told(seen)
    ]
    return tuple([*told, *([Fact("", seen.narrative)] if seen.narrative else [])])


def agreed(tellings: Sequence[Seen], language: str, contested: frozenset[str]) -> tuple[Fact, ...]:
    """What some tell and nobody contradicts, each thing once."""
    told = {field.code: (field, value) for seen in tellings for field, value in _told(seen)}
    return tuple(_fact(field, value, language) for code, (field, value) in told.items() if code not in contested)


def contested(tellings: Sequence[Seen]) -> frozenset[str]:
    """The codes of the fields, and ``place``, on which the tellings do not say the same."""
    said: dict[str, set[frozenset[str]]] = {}
    for seen in tellings:
        for field, value in _told(seen):
            said.setdefault(field.code, set()).add(frozenset(value.split(";") if field.multiple else [value]))
    differing = {code for code, values in said.items() if len(values) > 1}
    places = _places(tellings)
    return frozenset(differing | ({PLACE} if places and not _finest(places) else set()))


def place_of(tellings: Sequence[Seen]) -> str:
    """Where it was, as the one who tells it most exactly says; empty where they differ or nobody says."""
    return marks.place(_finest(_places(tellings)))


def words_of(codes: frozenset[str], tellings: Sequence[Seen], language: str) -> tuple[str, ...]:
    """The names of contested fields, the place first, as they go into a sentence."""
    labels = {field.code: field.label(language).lower() for seen in tellings for field, _value in _told(seen)}
    first = (_("el lugar"),) if PLACE in codes else ()
    return (*first, *(label for code, label in labels.items() if code in codes))


def _told(seen: Seen) -> list[tuple[EventField, str]]:
    definition = pack().events.get(seen.event.type)
    known = [(definition.field(code) if definition else None, str(value)) for code, value in seen.data.items()]
    return [(field, value) for field, value in known if field]


def _fact(field: EventField, value: str, language: str) -> Fact:
    return Fact(field.label(language), value_of(field, value, language))


def value_of(field: EventField, value: str, language: str) -> str:
    """A field's value in words."""
    parts = value.split(";") if field.multiple else [value]
    if field.kind == "code":
        return ", ".join(pack().label(field.list, part, language) for part in parts)
    if field.kind == "place":
        return marks.place(value)
    return value


def _places(tellings: Sequence[Seen]) -> list[str]:
    """The places told to a reader who may see more than that it happened, each once."""
    return list(dict.fromkeys(seen.event.place for seen in tellings if seen.sight == "full" and seen.event.place))


def _finest(places: Sequence[str]) -> str:
    """The one place that all mean: a mine and the district it lies in are no contradiction. Else empty."""
    return next((code for code in places if {*places} <= {code, *_around(code)}), "")


def _around(code: str) -> set[str]:
    """The districts in which a place smaller than a district lies."""
    found = pack().places.sub_places.get(code)
    return {found.district, *found.also_in} if found else set()
