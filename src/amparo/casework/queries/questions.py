"""The questions that wait for a reviewer, worked out anew from what stands: nothing of it is stored."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from amparo.casework.models import Membership
from amparo.registries.queries import outcomes, pairs
from amparo.registries.rules import questions
from amparo.registries.rules.questions import Known, Question, Turn

_CHUNK = 500


def of_reviewer(name: str, *, without: Collection[UUID] = ()) -> list[Question]:
    """Every question for one reviewer, the next one first; those she could not answer herself come last.

    None is about a record in ``without``, which are those of whom she is kept away from.
    """
    candidates, said = pairs.candidates(without=without), outcomes.every()
    records = {record for each in candidates for record in each.edge} | {record for edge in said for record in edge}
    person_of, size_of = _persons(records)
    return questions.in_order(candidates, Known(person_of, size_of, said), reviewer=name)


def following(asked: Sequence[Question], *, besides: UUID | None = None) -> UUID | None:
    """The pair to show next; what the reviewer could not answer herself does not come back by itself."""
    fresh = (each.pair for each in asked if each.turn is not Turn.OWN_DOUBT and each.pair != besides)
    return next(fresh, None)


def _persons(records: Collection[UUID]) -> tuple[dict[UUID, UUID], dict[UUID, int]]:
    person_of: dict[UUID, UUID] = {}
    size_of: dict[UUID, int] = {}
    for ids in _chunks(sorted(records)):
        rows = Membership.objects.filter(record__in=ids)
        for record, person, size in rows.values_list("record", "person", "person__record_count"):
            person_of[record], size_of[person] = person, size
    return person_of, size_of


def _chunks(values: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
