from __future__ import annotations

from datetime import date

from amparo.engines.route.model import Applies
from tests.unit.engines.route.stories import adult, child, given, happened

RESCUE = happened("rescate", "2024-03-04", by="pnp")


def test_a_child_who_reached_her_plan_and_was_never_followed_up() -> None:
    story = given(
        child(),
        RESCUE,
        happened("informacion_derechos", "2024-03-04"),
        happened("derivacion", "2024-03-05", destino="upe"),
        happened("apertura_upe", "2024-03-08", by="upe"),
        happened("acogida_ingreso", "2024-03-08", tipo="CAR_URGENCIA"),
        happened("pti", "2024-04-08", by="upe"),
    )

    (chain,) = story.chains("2024-09-01")

    assert (chain.began_as, chain.furthest, chain.broken_at) == (Applies.CHILD, "con_plan", "en_seguimiento")
    assert [(link.stage, link.days_from_previous) for link in chain.links if link.on][1:] == [
        ("informada", 0),
        ("derivada", 1),
        ("recibida", 3),
        ("atendida", 0),
        ("con_plan", 31),
    ]
    plan = chain.link("con_plan")
    assert plan is not None
    assert (plan.on, plan.days_from_start) == (date(2024, 4, 8), 35)


def test_a_chain_with_a_hole_says_where_it_is_broken() -> None:
    story = given(adult(), RESCUE, happened("seguimiento", "2024-06-04"))

    (chain,) = story.chains("2024-09-01")

    assert (chain.furthest, chain.broken_at) == ("en_seguimiento", "informada")
    follow_up = chain.link("en_seguimiento")
    assert follow_up is not None
    assert follow_up.days_from_previous == 92


def test_a_step_dated_before_the_rescue_counts_no_negative_days() -> None:
    (chain,) = given(adult(), RESCUE, happened("atencion_salud", "2024-03-01")).chains("2024-09-01")

    attended = chain.link("atendida")

    assert attended is not None
    assert (attended.days_from_start, attended.days_from_previous) == (0, 0)


def test_what_takes_a_child_in_does_not_take_an_adult_in_until_she_is_one() -> None:
    opened = happened("apertura_cem", "2024-06-10", by="cem")
    minor = given(child("2010-01-01"), RESCUE, opened)
    grown = given(child("2006-05-20"), RESCUE, opened)

    assert minor.chains("2024-09-01")[0].furthest == "rescatada"
    assert grown.chains("2024-09-01")[0].furthest == "recibida"


def test_every_rescue_has_a_chain_of_its_own() -> None:
    story = given(adult(), happened("rescate", "2021-03-04"), happened("cierre", "2022-03-04", by="cem"), RESCUE)

    first, second = story.chains("2024-09-01")

    assert (first.furthest, second.furthest) == ("cerrada", "rescatada")
    assert (first.version, second.version) == ("DS 005-2016-IN", "DS 007-2023-IN")


def test_nobody_is_on_the_chain_before_her_case_began() -> None:
    assert given(adult(), RESCUE).chains("2024-03-03") == ()
