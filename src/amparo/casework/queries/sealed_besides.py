"""What this room sealed about records under ids of its own: where somebody is, and why somebody asked or looked."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from amparo.access import emergencies
from amparo.casework.models import PlaceRequest, SealedPlace
from amparo.casework.queries import persons
from amparo.registries.queries import records
from amparo.vault import holds


def of(erased: Collection[UUID]) -> list[UUID]:
    """What has to go where the identities of these records go.

    Her whereabouts written by an institution whose record goes; and once no record of hers is left, every whereabouts
    and the words of every emergency in which she was opened. While another institution goes on protecting her, what
    it needs for that stays; while any record of hers is held by law, everything of it does.
    """
    people = persons.records_of(set(persons.persons_of(erased).values()))
    members = {record for ids in people.values() for record in ids}
    gone = set(erased) | records.erased_among(members)
    held = holds.held(members)
    free = [ids for ids in people.values() if held.isdisjoint(ids)]
    wholly = {record for ids in free if gone.issuperset(ids) for record in ids} | set(erased) - members
    leaving = Q(record__in=list(wholly))
    for ids in free:
        leaving |= Q(record__in=ids, institution__in=sorted(_leaving(ids, gone)))
    for record, institution in _hanging(erased):
        leaving |= Q(record=record, institution=institution)
    places = SealedPlace.objects.filter(leaving).values_list("id", flat=True)
    reasons = PlaceRequest.objects.filter(place__in=list(places)).values_list("id", flat=True)
    return [*places, *reasons, *_emergencies(erased)]


def _emergencies(erased: Collection[UUID]) -> list[UUID]:
    """Emergencies that opened nothing but what is erased by now, whoever these records were joined with then."""
    opened = emergencies.that_opened(erased)
    gone = set(erased) | records.erased_among({record for several in opened.values() for record in several})
    return [emergency for emergency, several in opened.items() if several <= gone]


def _hanging(erased: Collection[UUID]) -> list[tuple[UUID, str]]:
    """Erased records with their institution: what it wrote of her whereabouts hangs from them and goes, unless held.

    Those erased before are looked at again, because a hold that kept theirs may have been lifted since.
    """
    with_place = SealedPlace.objects.exclude(record=None).values_list("record", flat=True)
    going = set(erased) | records.erased_among({record for record in with_place if record})
    whose = persons.persons_of(going)
    members = persons.records_of(set(whose.values()))
    held = holds.held(going | {record for ids in members.values() for record in ids})
    facts = records.facts(going)
    return [
        (record, facts[record].institution)
        for record in sorted(going & facts.keys())
        if held.isdisjoint({record, *members.get(whose.get(record, record), ())})
    ]


def _leaving(members: Collection[UUID], gone: Collection[UUID]) -> set[str]:
    """The institutions whose last record of a person goes."""
    facts = records.facts(members)
    return {facts[record].institution for record in members if record in gone} - {
        facts[record].institution for record in members if record not in gone
    }
