"""What a legal hold protects at present: the record that it names and every record that stands joined with it.

A hold is placed on a record, because nothing hangs from a person (law 2 of the design). Whom that protects is asked
when something is to be erased, of the decisions that stand then: a record that joins her later is protected too, and
one that was taken for hers by mistake no longer is once it is separated.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from amparo.registries.queries import links
from amparo.registries.rules import grouping
from amparo.vault import holds


def among(records: Collection[UUID]) -> set[UUID]:
    """Those of these records that may not be erased."""
    return _held_people(records).intersection(records)


def everything() -> set[UUID]:
    """Every record that may not be erased."""
    return _held_people({hold.subject for hold in holds.standing()})


def _held_people(records: Collection[UUID]) -> set[UUID]:
    """All records of the persons of these, where any of them is held."""
    people = grouping.people(links.around(records))
    held = holds.held({record for person in people for record in person})
    return {record for person in people if not held.isdisjoint(person) for record in person}
