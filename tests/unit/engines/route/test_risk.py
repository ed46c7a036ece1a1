from __future__ import annotations

from datetime import date

from amparo.engines.route.risk import Band, Priority
from tests.unit.engines.route.stories import Story, adult, child, given, happened

RESCUE = happened("rescate", "2024-03-04", by="pnp")
TODAY = "2024-04-01"
# Everything that is owed at once or within a day of the rescue, done.
DONE = (
    happened("denuncia", "2024-03-04"),
    happened("comunicacion_fiscal", "2024-03-04"),
    happened("registro_reta", "2024-03-04"),
    happened("informacion_derechos", "2024-03-04"),
    happened("oferta_udavit", "2024-03-04"),
    happened("acogida_ingreso", "2024-03-04", tipo="HRT"),
    happened("atencion_salud", "2024-03-04"),
    happened("examen_medico_legal", "2024-03-04"),
)


def codes(priority: Priority) -> list[str]:
    return [reason.code for reason in priority.reasons]


def cared_for() -> Story:
    return given(adult(), RESCUE, *DONE)


def test_a_child_whose_shelter_is_late_is_in_danger() -> None:
    priority = given(child(), RESCUE).priority(TODAY)

    assert priority.band is Band.DANGER
    assert codes(priority) == ["critical_overdue", "overdue", "minor"]
    assert priority.first is not None
    assert priority.first.critical


def test_somebody_of_unknown_age_is_ordered_as_a_child() -> None:
    unknown = given(adult(), RESCUE)
    unknown = given(type(unknown.facts)(), RESCUE)

    assert unknown.priority(TODAY).band is Band.DANGER
    assert "presumed_minor" in codes(unknown.priority(TODAY))


def test_an_adult_in_the_same_delay_is_being_lost() -> None:
    assert given(adult(), RESCUE).priority(TODAY).band is Band.LOSING


def test_severe_risk_comes_first_while_something_is_open_and_a_later_assessment_lifts_it() -> None:
    severe = cared_for().and_then(happened("evaluacion_riesgo", "2024-03-10", nivel="SEVERO"))
    lifted = severe.and_then(happened("evaluacion_riesgo", "2024-03-20", nivel="LEVE"))

    assert severe.priority(TODAY).band is Band.DANGER
    assert codes(severe.priority(TODAY))[0] == "severe_risk"
    assert lifted.priority(TODAY).band is not Band.DANGER


def test_whoever_left_the_shelter_without_notice_comes_first_until_somebody_finds_her() -> None:
    gone = cared_for().and_then(happened("acogida_egreso", "2024-03-10", tipo="HRT", motivo="SIN_AVISO"))
    found = gone.and_then(happened("seguimiento", "2024-03-20"))

    assert gone.priority(TODAY).band is Band.DANGER
    assert found.priority(TODAY).band is not Band.DANGER


def test_lost_contact_and_a_refusal_that_nobody_followed_up_are_where_people_are_lost() -> None:
    silent = cared_for().and_then(happened("contacto_fallido", "2024-03-31"))
    refused = cared_for().and_then(happened("rechazo_udavit", "2024-03-05"))

    assert silent.priority(TODAY).band is Band.LOSING
    assert refused.priority(TODAY).band is Band.LOSING
    assert {"critical_overdue", "refused"} <= set(codes(refused.priority(TODAY)))


def test_owed_and_not_late_then_coming_then_nothing() -> None:
    closed = cared_for().and_then(happened("cierre", "2024-03-20", by="cem", motivo="OTRO_PAIS"))

    assert cared_for().priority(TODAY).band is Band.OWED
    assert cared_for().priority(TODAY, units=["consular"]).band is Band.NONE
    assert cared_for().priority(TODAY, units=["defensa_publica"]).band is Band.COMING
    assert closed.priority(TODAY).band is Band.NONE


def test_a_list_of_one_unit_looks_only_at_what_that_unit_owes() -> None:
    late_police = given(adult(), RESCUE, *DONE[4:])

    assert late_police.priority(TODAY, units=["pnp"]).band is Band.LATE
    assert late_police.priority(TODAY, units=["udavit"]).band is Band.OWED


def test_within_a_band_signals_come_before_delay_and_delay_before_number() -> None:
    longer = given(adult(), happened("rescate", "2024-03-01")).priority(TODAY)
    shorter = given(adult(), RESCUE).priority(TODAY)
    again = given(adult(), happened("rescate", "2022-03-04"), RESCUE).priority(TODAY)

    assert sorted([shorter.rank, longer.rank, again.rank]) == [again.rank, longer.rank, shorter.rank]
    assert "repeated_rescue" in codes(again)


def test_what_to_do_first_is_the_latest_step_that_keeps_her_safe() -> None:
    first = given(adult(), RESCUE).priority(TODAY).first

    assert first is not None
    assert (first.step, first.days_late(date.fromisoformat(TODAY))) == ("acoger", 28)
