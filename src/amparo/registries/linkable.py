"""The converted values of a row as the fields that linkage compares. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from amparo.engines.linkage.fields import Fields
from amparo.kernel.dates import Approx

_TEXTS = (
    "given", "surname1", "surname2", "alias", "native_name", "doc_type", "doc_number", "nationality", "origin",
    "event_place", "guardian_doc",
)  # fmt: skip
_UNKNOWN = frozenset({"NI", "NA"})


def fields_of(values: Mapping[str, Any], record: str, institution: str, registered_on: str) -> Fields:
    """Build from the values of ``Interpreted.fields``; codes that say *not informed* count as nothing."""
    texts = {name: _told(values.get(name, "")) for name in _TEXTS}
    sex = values.get("sex", "")
    return Fields(
        record_id=record,
        institution=institution,
        registered_on=_day(registered_on),
        sex=sex if sex in ("M", "F") else "",
        birth=Approx.from_json(values["birth"]) if values.get("birth") else None,
        event_on=_day(values.get("event_on", "")),
        references=frozenset(values.get("references", ())),
        **texts,
    )


def _told(value: str) -> str:
    return "" if value in _UNKNOWN else value


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
