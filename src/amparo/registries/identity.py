"""What the vault holds of a record's identity, and how it is written down there.

The document of the compartment ``identity`` has two parts: ``fields``, what linkage may compare, and ``raw``, the
columns of the institution's row that carry identity, as they were typed. Both are opened together or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import fields as fields_of
from datetime import date
from operator import attrgetter
from typing import Any

from msgspec import Struct
from msgspec.json import Decoder

from amparo.engines.linkage.fields import Fields
from amparo.kernel.dates import Approx

COMPARTMENT = "identity"
NARRATIVE = "narrative"
_NAMES = tuple(field.name for field in fields_of(Fields))
_values_of = attrgetter(*_NAMES)


@dataclass(frozen=True, slots=True)
class Identity:
    """An opened identity."""

    fields: Fields
    raw: Mapping[str, str]


def to_bytes(identity: Identity) -> bytes:
    """The document as UTF-8 JSON without what is empty."""
    return from_json(_json(told(identity.fields)), _json(dict(identity.raw)))


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def told(fields: Fields) -> dict[str, Any]:
    """The fields that say something, as JSON holds them."""
    found: dict[str, Any] = {name: value for name, value in zip(_NAMES, _values_of(fields), strict=True) if value}
    for name in ("registered_on", "event_on"):
        if name in found:
            found[name] = found[name].isoformat()
    if fields.birth is not None:
        found["birth"] = fields.birth.to_json()
    if fields.references:
        found["references"] = sorted(fields.references)
    return found


def from_json(told_fields: bytes, raw: bytes) -> bytes:
    """The document of fields as :func:`told` gives them, and of the columns as typed, both as JSON already."""
    return b'{"fields":%b,"raw":%b}' % (told_fields, raw)


class _Told(Struct):
    birth: list[str] = []
    doc_number: str = ""


class _Document(Struct):
    fields: _Told


_GLANCE = Decoder(_Document)


def at_a_glance(plain: bytes) -> tuple[Approx | None, bool]:
    """The birth that an identity tells and whether it has a document, without unpacking anything else of it."""
    told = _GLANCE.decode(plain).fields
    return Approx.from_json(told.birth) if told.birth else None, bool(told.doc_number)


def from_bytes(plain: bytes, record: str = "") -> Identity:
    """Read what :func:`to_bytes` or :func:`from_json` wrote; ``record`` names it for who compares several."""
    document = json.loads(plain)
    fields = {"record_id": record} | document["fields"]
    for name in ("registered_on", "event_on"):
        if name in fields:
            fields[name] = date.fromisoformat(fields[name])
    if "birth" in fields:
        fields["birth"] = Approx.from_json(fields["birth"])
    fields["references"] = frozenset(fields.get("references", ()))
    return Identity(Fields(**fields), document["raw"])
