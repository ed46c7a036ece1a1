"""What a person is told of who looked at her data. Pure.

Institution and role, never a user's name. While an investigation is sealed, what would tell of it is left out; that
something may be left out is always said, so that neither its presence nor its absence tells anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Protocol

from amparo.pack.rights import Withheld
from amparo.registries.queries.events import Written

# What keeps her safe and would tell a third person something, or is only the machine's own work.
_UNTOLD = frozenset(
    {
        "linkage.run", "exclusion.make", "exclusion.ask_lift", "exclusion.lift", "exclusion.attempt",
        "excluded.attempt", "ledger.report", "incident.affected", "record.open",
    }
)  # fmt: skip


class Entry(Protocol):
    """An entry of the ledger, as far as the report goes."""

    at: datetime
    institution: str
    role: str
    act: str
    purpose: str
    basis: str


@dataclass(frozen=True, slots=True)
class Look:
    """People of one role who did one thing on one day, ``times`` times."""

    on: date
    institution: str
    role: str
    act: str
    purpose: str
    basis: str
    times: int


def looks(
    entries: Iterable[Entry], events: Collection[Written], rules: Mapping[str, Withheld], zone: tzinfo
) -> list[Look]:
    """Every look that she may be told of, the newest day first; ``events`` are those of hers that stand."""
    sealed = [rule for rule in rules.values() if not is_released(rule, events)]
    told = (entry for entry in entries if entry.institution and entry.act not in _UNTOLD)
    kept = (entry for entry in told if not any(_tells(entry, rule) for rule in sealed))
    counted = Counter(
        (entry.at.astimezone(zone).date(), entry.institution, entry.role, entry.act, entry.purpose, entry.basis)
        for entry in kept
    )
    ordered = sorted(counted.items(), key=lambda item: item[0][1:])
    return [Look(*key, times) for key, times in sorted(ordered, key=lambda item: item[0][0], reverse=True)]


def is_released(rule: Withheld, events: Iterable[Written]) -> bool:
    """Whether an event of hers says that the investigation is no longer sealed."""
    return any(event.type == rule.released_by and event.data.get(rule.field) in rule.values for event in events)


def _tells(entry: Entry, rule: Withheld) -> bool:
    return entry.role in rule.roles or entry.purpose in rule.purposes
