"""What this room sealed about records under ids of its own: where somebody is, and why somebody asked or looked."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from amparo.access import emergencies
from amparo.casework.models import PlaceRequest, SealedPlace
from amparo.casework.queries import persons
from amparo.registries.queries import records


def of(erased: Collection[UUID]) -> list[UUID]:
    """What has to go where the identities of these records go.

    Her whereabouts written by an institution whose record goes; and once no record of hers is left, every whereabouts
    and the words of every emergency in which she was opened. While another institution goes on protecting her, what
    it needs for that stays.
    """
    people = persons.records_of(set(persons.persons_of(erased).values()))
    members = {record for ids in people.values() for record in ids}
    gone = set(erased) | records.erased_among(members)
    wholly = {record for ids in people.values() if gone.issuperset(ids) for record in ids} | set(erased) - members
    owners = {facts.institution for facts in records.facts(erased).values()}
    places = SealedPlace.objects.filter(
        Q(record__in=list(wholly)) | Q(record__in=list(members), institution__in=sorted(owners))
    ).values_list("id", flat=True)
    reasons = PlaceRequest.objects.filter(place__in=list(places)).values_list("id", flat=True)
    return [*places, *reasons, *emergencies.only_about(gone)]
