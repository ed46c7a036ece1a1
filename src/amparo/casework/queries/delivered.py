"""What a delivery brought as persons: who of its new records was known already, and who is new. Counts only."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from amparo.access.actors import Actor
from amparo.casework.models import Membership
from amparo.casework.queries import persons
from amparo.registries.queries import deliveries, pairs


@dataclass(frozen=True, slots=True)
class Brought:
    """Records joined to persons known before the delivery, persons it brought, and pairs that wait for somebody."""

    joined: int
    new_people: int
    to_judge: int


def rows_withheld(actor: Actor, batch: UUID) -> frozenset[UUID]:
    """Rows set aside whose values are shown to nobody, or not to somebody who is kept away from whom they are about."""
    about = deliveries.records_of_rows(batch)
    hidden = persons.reserved_among(set(about.values())) | persons.everything_shut_to(actor)
    return frozenset(row for row, record in about.items() if record in hidden)


def read(batch: UUID) -> Brought:
    """What the records that came new with a delivery are, by what is decided at present.

    A person counts as known before where another record of hers came earlier, or was opened by hand.
    """
    others = Membership.objects.filter(person=OuterRef("person")).filter(
        Q(record__first_batch__lt=batch) | Q(record__first_batch=None)
    )
    brought = Membership.objects.filter(record__first_batch=batch).annotate(known=Exists(others))
    return Brought(
        joined=brought.filter(known=True).count(),
        new_people=brought.filter(known=False).values("person").distinct().count(),
        to_judge=pairs.waiting(batch=batch),
    )
