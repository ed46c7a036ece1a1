"""Everything that a person is worked out from, read for many persons at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from amparo.casework.rules.projecting import Material
from amparo.registries.queries import events, identities, records


def of(people: Sequence[Collection[UUID]]) -> Iterator[Material]:
    """The material of each person, given as the ids of her records, in the same order."""
    members = [record for person in people for record in person]
    facts, happened, known = (
        records.facts(members),
        events.of_records(members),
        identities.births_and_documents(members),
    )
    for person in people:
        ordered = sorted(person)
        who = [known[record] for record in ordered if record in known]
        yield Material(
            records=tuple(facts[record] for record in ordered),
            events=tuple(event for record in ordered for event in happened.get(record, ())),
            births=tuple(birth for birth, _ in who if birth is not None),
            documented=any(documented for _, documented in who) if who else None,
        )
