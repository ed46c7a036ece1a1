"""Of any world and any actor: a person is on lists, in counts and in reach of a search exactly if her page opens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.access import exclusions
from amparo.access.actors import Actor
from amparo.access.exclusions import Whom
from amparo.access.rules.deciding import RELATED
from amparo.access.rules.relations import Relation
from amparo.casework.actions import rebuild
from amparo.casework.models import Obligation
from amparo.casework.queries import persons, readings, search, threads, todo
from amparo.casework.queries.todo import Filters
from amparo.kernel.errors import NotFound
from amparo.pack.current import pack
from tests import worlds
from tests.worlds import CEM_IQUITOS, FLOR, NOW, POLICE, PROSECUTOR, RESCUE, UPE, Happening, Office

UPE_LORETO = replace(UPE, office="mimp-upe-loreto", department="16")
CALP = Office("calp", "chs", "calp", "chs-calp-iquitos", "16")
UDAVIT = Office("mp", "mp", "udavit", "mp-udavit-madre-de-dios", "17")
SHELTER = Office("", "inabif", "car", "car-m1", "17")
OFFICES = {
    "mimp-upe": (UPE, UPE_LORETO), "mimp-cem": (CEM_IQUITOS,), "mp-fiscal": (PROSECUTOR,), "calp-equipo": (CALP,),
    "mp-udavit": (UDAVIT,), "car-equipo": (SHELTER,),
}  # fmt: skip
ROLES = [(role, office) for role, offices in OFFICES.items() for office in offices]
HOLDERS = (POLICE, UPE, UPE_LORETO, CEM_IQUITOS, PROSECUTOR, CALP)
SENT = ("", "upe", "cem", "calp", "udavit", "car")
WOMEN = tuple(
    replace(FLOR, given=given, surname1=surname, doc_number=f"7123456{n}", birth=FLOR.birth)
    for n, (given, surname) in enumerate([("Xiomara", "Wanqatupa"), ("Betsabé", "Yzkarra"), ("Ruth", "Oqllapuma")])
)
STORIES = st.tuples(
    *(st.tuples(st.sampled_from(HOLDERS), st.sampled_from(SENT), st.booleans(), st.booleans()) for _ in WOMEN)
)
KEPT_AWAY = st.lists(st.tuples(st.integers(0, len(WOMEN) - 1), st.sampled_from(ROLES), st.booleans()), max_size=3)


def build(stories: Any) -> list[UUID]:
    """Each woman with one record, sent on or not, the sending refused or not, under reserve or not."""
    people = []
    for who, (holder, sent, refused, reserved) in zip(WOMEN, stories, strict=True):
        happened = [RESCUE]
        if sent:
            named = {"dependencia": SHELTER.office} if sent == "car" else {}
            happened.append(Happening("derivacion", date(2026, 9, 2), {"destino": sent, **named}, "170102"))
        if reserved:
            happened.append(Happening("medida_proteccion", date(2026, 9, 3), {"clave_reserva": "SI"}))
        record = worlds.record(who, holder, *happened)
        if refused and sent:
            unit = replace(holder, unit=sent, office="")
            worlds.write(record, unit, Happening("derivacion_rechazada", date(2026, 9, 3), {"origen": "pnp"}))
        people.append(rebuild.around(touched=[record], at=NOW)[0])
    return people


def keep_away(people: list[UUID], kept: Any) -> None:
    officer = worlds.actor("odp")
    for place, (role, office), whole in kept:
        actor = worlds.actor(role, office)
        if not worlds.User.objects.filter(username=role).exists():
            worlds.user(role, office)
        whom = Whom(institution=actor.institution, unit=actor.unit) if whole else Whom(username=actor.name)
        exclusions.make(actor=officer, records=[people[place]], whom=whom, reason="PARENTESCO", at=NOW)


def opens(actor: Actor, person: UUID) -> bool:
    try:
        threads.read(actor=actor, person_id=person, at=NOW)
    except NotFound:
        return False
    return True


def found_by(actor: Actor, who: Any) -> Iterator[tuple[UUID, bool]]:
    answer = search.search(actor=actor, text=who.doc_number, extra={}, purpose="ATENCION", at=NOW)
    return ((each.person.id, each.in_reach) for each in answer.found)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(STORIES, KEPT_AWAY)
def test_lists_counts_searches_and_pages_agree(stories: Any, kept: Any) -> None:
    with transaction.atomic(), transaction.atomic(using="vault"):
        people = build(stories)
        keep_away(people, kept)
        for role, office in ROLES:
            agrees(worlds.actor(role, office), people, stories)
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="vault")


def agrees(actor: Actor, people: list[UUID], stories: Any) -> None:
    """One actor's page of each person against everything else that could tell of her."""
    opened = {person for person in people if opens(actor, person)}
    relation = {person: persons.relation_to(actor, person) for person in people}
    reserved = {person for person, story in zip(people, stories, strict=True) if story[3]}

    assert opened == {person for person in people if relation[person] in RELATED}
    assert opened == set(persons.visible(actor).values_list("id", flat=True))
    owed = set(Obligation.objects.filter(is_owed=True, person__in=opened).values_list("person", flat=True))
    listed = todo.read(actor=actor, filters=Filters(mine=False), at=NOW)
    assert {each.person.id for each in listed.people} == owed
    assert listed.total == len(owed)
    own = Obligation.objects.filter(person__in=opened, status="overdue", is_owed=True, unit=actor.unit)
    own = own.filter(office__in=(actor.office, ""))
    assert todo.overdue_people(actor) == own.values("person").distinct().count()
    if actor.can("search_hit"):
        for who, person in zip(WOMEN, people, strict=True):
            hits = dict(found_by(actor, who))
            told = relation[person] is not Relation.EXCLUDED and person not in reserved
            assert (person in hits, hits.get(person, False)) == (told, told and person in opened)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(STORIES)
def test_the_fields_that_are_shown_are_those_that_the_pack_allows(stories: Any) -> None:
    with transaction.atomic(), transaction.atomic(using="vault"):
        for person in build(stories):
            for role, office in ROLES:
                actor = worlds.actor(role, office)
                if opens(actor, person):
                    shows_what_is_allowed(actor, person)
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="vault")


def shows_what_is_allowed(actor: Actor, person: UUID) -> None:
    """Held against the pack itself, told anew: its sharing, its compartments and nothing of the rule's own code."""
    role = pack().roles[actor.role]
    found = threads.read(actor=actor, person_id=person, at=NOW)
    for seen in found.events:
        definition = pack().events[seen.event.type]
        rule = pack().sharing[definition.sharing]
        own = (seen.event.institution, seen.event.unit) == (actor.institution, actor.unit)
        whole = own or actor.unit in rule.fields
        assert own or actor.unit in (*rule.fields, *rule.fact)
        readable = {field.code for field in definition.fields if field.compartment in role.compartments}
        assert set(seen.data) == (set(seen.event.data) & readable if whole else set())


def test_the_officer_s_pages_keep_to_it_too() -> None:
    person = build([(UPE, "", False, False), (UPE, "", False, False), (UPE, "", False, False)])[0]
    officer = worlds.actor("odp")
    worlds.user("odp")
    assert readings.about(actor=officer, person_id=person, at=NOW)

    exclusions.make(
        actor=replace(officer, name="other"), records=[person], whom=Whom(username="odp"), reason="AMENAZA", at=NOW
    )

    with pytest.raises(NotFound):
        readings.about(actor=officer, person_id=person, at=NOW)
    with pytest.raises(NotFound):
        readings.find(actor=officer, code=persons.codes_of([person])[person])
