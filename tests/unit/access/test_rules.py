"""The one rule of access: no unless something says yes, kept away beats everything, an emergency only reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.access.actors import Actor
from amparo.access.rules import emergencies, fields, relations
from amparo.access.rules.deciding import RELATED, Act, Asked, decide, refusal
from amparo.access.rules.emergencies import Emergency
from amparo.access.rules.relations import Relation, Tie
from amparo.kernel.errors import NotFound
from amparo.kernel.working_days import Calendar, HolidayRule

OFFICES = st.sampled_from(["", "one", "two"])
TIES = st.builds(
    Tie,
    institution=st.sampled_from(["mimp", "pnp"]),
    unit=st.sampled_from(["upe", "cem", "pnp"]),
    office=OFFICES,
    department=st.sampled_from(["", "16", "17"]),
    kind=st.sampled_from(["record", "referral"]),
)
ACTORS = st.builds(
    Actor,
    name=st.just("somebody"),
    institution=st.sampled_from(["mimp", "pnp"]),
    unit=st.sampled_from(["", "upe", "cem", "pnp"]),
    office=OFFICES,
    departments=st.sampled_from([(), ("16",), ("16", "17")]),
    scope=st.sampled_from(["own_records", "own_region", "all"]),
    capabilities=st.frozensets(st.sampled_from([str(act) for act in Act])),
    compartments=st.frozensets(st.sampled_from(["case", "identity", "narrative", "health", "justice"])),
)
ASKED = st.builds(
    Asked, act=st.sampled_from(Act), purpose=st.sampled_from(["", "ATENCION"]), leaves_the_screen=st.booleans()
)
HERS = UUID(int=1)
NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)


def emergency(**changes: object) -> Emergency:
    began = datetime(2026, 11, 20, 15, tzinfo=UTC)
    whole = Emergency(
        UUID(int=9), "eva", "mimp", "one", frozenset({HERS}), "MEDICA", began, began + emergencies.LASTS,
        date(2026, 11, 24), "", "", None,
    )  # fmt: skip
    return replace(whole, **changes)  # type: ignore[arg-type]


@given(ACTORS, st.lists(TIES, max_size=4), ASKED, st.booleans(), st.booleans())
def test_nothing_is_allowed_without_the_role_and_a_relation(
    actor: Actor, ties: list[Tie], asked: Asked, glass: bool, reserved: bool
) -> None:
    relation = relations.relation(actor, ties, emergency=glass)
    decision = decide(actor, asked, relation, purposes={"ATENCION"}, reserved=reserved)

    if decision.allowed:
        assert actor.can(asked.act)
        assert relation in RELATED or asked.act is Act.OPEN_IN_AN_EMERGENCY or relation is Relation.BREAK_GLASS
        assert not (reserved and asked.act is Act.IDENTITY)
        assert asked.purpose or asked.act is not Act.IDENTITY
    else:
        assert decision.reason


@given(ACTORS, st.lists(TIES, max_size=4), ASKED, st.booleans())
def test_whoever_is_kept_away_gets_the_answer_of_whoever_is_not_there(
    actor: Actor, ties: list[Tie], asked: Asked, glass: bool
) -> None:
    relation = relations.relation(actor, ties, excluded=True, emergency=glass)
    decision = decide(actor, asked, relation, purposes={"ATENCION"})

    assert not decision.allowed
    if actor.can(asked.act):
        told = refusal(decision)
        assert (type(told), told.code) == (NotFound, "person.unknown")


@given(ACTORS, st.lists(TIES, max_size=4))
def test_one_more_tie_never_takes_a_relation_away(actor: Actor, ties: list[Tie]) -> None:
    for tie in ties:
        alone = relations.relation(actor, [tie])
        assert alone not in RELATED or relations.relation(actor, ties) in RELATED


PARTS = st.frozensets(st.sampled_from(["case", "identity", "narrative", "health", "justice"]))


@given(ACTORS, ASKED, PARTS)
def test_an_emergency_reads_on_the_screen_what_was_asked_for_and_does_nothing_else(
    actor: Actor, asked: Asked, parts: frozenset[str]
) -> None:
    decision = decide(actor, asked, Relation.BREAK_GLASS, purposes={"ATENCION"}, parts=parts)

    assert not decision.allowed or asked.act in (Act.THREAD, Act.IDENTITY, Act.OPEN_IN_AN_EMERGENCY)
    assert not (decision.allowed and asked.leaves_the_screen and asked.act is not Act.OPEN_IN_AN_EMERGENCY)
    assert not (decision.allowed and asked.act is Act.IDENTITY and "identity" not in parts)
    assert fields.compartments(actor, Relation.BREAK_GLASS, parts) == (actor.compartments & parts) - {"narrative"}
    assert fields.compartments(actor, Relation.RECORD, parts) == actor.compartments


def test_a_stronger_right_than_an_emergency_is_the_one_that_counts() -> None:
    actor = Actor("eva", "mimp", "one", unit="upe")
    mine, others = Tie("mimp", "upe", "one", "17", "referral"), Tie("mimp", "upe", "two", "17", "record")

    assert relations.relation(actor, [mine], emergency=True) is Relation.REFERRAL
    assert relations.relation(actor, [others], emergency=True) is Relation.BREAK_GLASS
    assert relations.relation(replace(actor, scope="own_region", departments=("17",)), [others]) is Relation.REGION


def test_what_an_office_wrote_is_seen_whole_by_its_own_and_else_as_it_is_shared() -> None:
    actor = Actor("eva", "mimp", "one", unit="upe")

    assert fields.sight(actor, ("mimp", "upe"), "none") == "full"
    assert [fields.sight(actor, ("mp", "upe"), level) for level in ("none", "fact", "fields")] == [None, "fact", "full"]


def test_an_emergency_lasts_half_an_hour_and_opens_no_record_that_was_joined_meanwhile() -> None:
    one = emergency()

    assert emergencies.is_open(one, [HERS], one.at + timedelta(minutes=29, seconds=59))
    assert not emergencies.is_open(one, [HERS], one.at + timedelta(minutes=30))
    assert not emergencies.is_open(one, [HERS], one.at - timedelta(seconds=1))
    assert not emergencies.is_open(one, [HERS, UUID(int=2)], one.at)


def test_the_review_is_due_on_the_second_working_day_of_the_country() -> None:
    holidays = Calendar([HolidayRule("Inmaculada", month=12, day=8)])

    assert emergencies.review_by(date(2026, 11, 20), holidays) == date(2026, 11, 24)
    assert emergencies.review_by(date(2026, 12, 7), holidays) == date(2026, 12, 10)


@pytest.mark.parametrize(
    ("verdict", "today", "suspended"),
    [
        ("", date(2026, 11, 24), False),
        ("", date(2026, 11, 25), True),
        ("justified", date(2027, 1, 1), False),
        ("unjustified", date(2026, 11, 21), True),
    ],
)
def test_the_right_rests_where_nobody_looked_in_time_or_somebody_said_no(
    verdict: str, today: date, suspended: bool
) -> None:
    assert emergencies.is_suspended([emergency(verdict=verdict)], today) is suspended


@given(st.lists(st.integers(0, 40), max_size=8))
def test_more_than_three_within_thirty_days_are_many_and_older_ones_do_not_count(days: list[int]) -> None:
    moments = [NOW - timedelta(days=each) for each in days]

    assert emergencies.are_many(moments, NOW) == (len([each for each in days if each < 30]) > 3)


def test_nobody_reviews_herself_nor_her_own_office() -> None:
    one = emergency()

    assert not emergencies.may_review(one, "eva", "minsa", "far")
    assert not emergencies.may_review(one, "ana", "mimp", "one")
    assert emergencies.may_review(one, "ana", "mimp", "two")
