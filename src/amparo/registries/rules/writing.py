"""Whether an event may be written as it stands. Pure: the pack and the day come in as arguments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from amparo.kernel.errors import Denied, Invalid
from amparo.pack.definitions import EventField, EventType
from amparo.pack.loader import Pack


def check(event_type: str, on: date, data: Mapping[str, str], unit: str, pack: Pack, *, today: date) -> None:
    """Raise ``Invalid`` or ``Denied`` with the first thing that is wrong, and say nothing where all is well."""
    definition = pack.events.get(event_type)
    if definition is None:
        raise Invalid("event.unknown_type")
    if not may_write(definition, unit):
        raise Denied("event.not_your_unit", type=event_type)
    if on > today:
        raise Invalid("event.in_the_future", field="on")
    unknown = set(data) - {field.code for field in definition.fields}
    if unknown:
        raise Invalid("event.unknown_field", field=min(unknown))
    for field in definition.fields:
        _check_field(field, data.get(field.code, ""), on, pack)


def may_write(definition: EventType, unit: str) -> bool:
    """Whether people of a unit may write events of a type."""
    return "*" in definition.written_by or unit in definition.written_by


def _check_field(field: EventField, value: str, on: date, pack: Pack) -> None:
    if not value:
        if field.required:
            raise Invalid("event.field_missing", field=field.code)
        return
    parts = value.split(";") if field.multiple else [value]
    if not all(_fits(field, part, on, pack) for part in parts):
        raise Invalid("event.field_invalid", field=field.code)


def _fits(field: EventField, value: str, on: date, pack: Pack) -> bool:
    if field.kind == "code":
        code = pack.codes[field.list].get(value)
        return code is not None and code.is_valid_on(on)
    if field.kind == "date":
        return _is_date(value)
    if field.kind == "number":
        return _is_number_within(field, value)
    return len(value) <= 200


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_number_within(field: EventField, value: str) -> bool:
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        return False
    number = int(value)
    low = field.minimum if field.minimum is not None else number
    high = field.maximum if field.maximum is not None else number
    return low <= number <= high
