"""Whether a change of what somebody may do lets her do or reach more than before.

More takes a second person, so that nobody who lets others in does it alone (ASVS 5.0, 2.3.5); less holds at once, since
waiting would leave a door open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from amparo.pack.definitions import Role, Scope

_REACH = (Scope.OWN_RECORDS, Scope.OWN_REGION, Scope.ALL)


@dataclass(frozen=True, slots=True)
class Granted:
    """What somebody may do: her role, the office whose people she reaches, and the last day of it if it has one."""

    role: Role
    office: str
    ends_on: date | None


def widens(before: Granted, after: Granted) -> bool:
    """Whether anything is open after the change that was not before: an act, a part of a record, people, or days."""
    return (
        not set(after.role.capabilities) <= set(before.role.capabilities)
        or not set(after.role.compartments) <= set(before.role.compartments)
        or _REACH.index(after.role.scope) > _REACH.index(before.role.scope)
        or after.office not in ("", before.office)
        or _lasts_longer(before.ends_on, after.ends_on)
    )


def _lasts_longer(before: date | None, after: date | None) -> bool:
    return before is not None and (after is None or after > before)
