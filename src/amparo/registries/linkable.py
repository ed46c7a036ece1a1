"""The converted values of a row as the fields that linkage compares. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from amparo.engines.linkage.fields import Fields

_TEXTS = frozenset(
    {
        "given", "surname1", "surname2", "alias", "native_name", "doc_type", "doc_number", "nationality", "origin",
        "event_place", "guardian_doc",
    }
)  # fmt: skip
_UNKNOWN = frozenset({"NI", "NA"})


def fields_of(values: Mapping[str, Any], record: str, institution: str, registered_on: str) -> Fields:
    """Build from the values of ``Interpreted.fields``; codes that say *not informed* count as nothing."""
    texts = {name: value for name, value in values.items() if name in _TEXTS and value not in _UNKNOWN}
    sex = values.get("sex", "")
    return Fields(
        record_id=record,
        institution=institution,
        registered_on=_day(registered_on),
        sex=sex if sex in ("M", "F") else "",
        birth=values.get("birth"),
        event_on=_day(values.get("event_on", "")),
        references=frozenset(values.get("references", ())),
        **texts,
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
