"""Which columns of another office's record a reader sees. Pure.

A record is shown beyond the office that holds it only as far as the events that come from it are shared: a column is
seen where the reader sees what it feeds, and who the person is where her role opens identities. The institution's own
numbers, keys of reserved identities, safe telephones and what Amparo could not read stay with whoever wrote them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from amparo.pack.layouts import EventRule, Layout
from amparo.pack.model import Pack

# What says who she is, as the thread shows it to whoever may see identities; no kin, no telephone.
_WHO = frozenset(
    {
        "given", "surname1", "surname2", "surnames", "full_name", "alias", "native_name", "birth", "age", "sex",
        "doc_type", "doc_number", "document", "nationality", "origin",
    }
)  # fmt: skip

_IDENTITY = "identity"


def shared_columns(layout: Layout, pack: Pack, *, unit: str, compartments: Collection[str]) -> frozenset[str]:
    """Names of the columns that a reader of a unit may see, whose role opens these compartments."""
    who = {column.name for column in layout.columns if column.to in _WHO and _IDENTITY in compartments}
    told = {name for rule in layout.events for name in _told(rule, pack, unit, compartments)}
    return frozenset(who | told)


def _told(rule: EventRule, pack: Pack, unit: str, compartments: Collection[str]) -> Iterator[str]:
    """The columns of an event: its date where it is known that it happened, the rest where it is shared as fields."""
    level, definition = pack.share(rule.type, unit), pack.events.get(rule.type)
    if level == "none" or definition is None:
        return
    yield rule.on
    if level == "fields":
        yield from rule.place
        readable = {field.code for field in definition.fields if str(field.compartment) in compartments}
        yield from (source for field, source in rule.data.items() if field in readable and not source.startswith("="))
