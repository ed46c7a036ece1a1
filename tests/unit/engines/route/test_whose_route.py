"""Whose route it is: child or adult, of here or from elsewhere, and under which protocol she was found."""

from __future__ import annotations

from datetime import date

from amparo.engines.route.model import Applies, Facts
from amparo.engines.route.outcome import Status
from amparo.kernel.dates import Approx
from tests.unit.engines.route.stories import adult, child, given, happened

RESCUE = happened("rescate", "2024-03-04", by="pnp")
UPE_OPENS = happened("apertura_upe", "2024-03-04", by="upe")


def test_a_child_is_referred_to_upe_and_nobody_asks_her_for_the_adult_programme() -> None:
    story = given(child(), RESCUE)

    refer = story.step("derivar_upe", "2024-03-05")

    assert (refer.status, refer.responsible) == (Status.OVERDUE, "pnp")
    assert story.step("asumir_upe", "2024-03-04").responsible == "upe"
    assert not {"ofrecer_udavit", "monitorear"} & story.codes("2024-03-05")


def test_a_referral_to_another_unit_does_not_count_as_one_to_upe() -> None:
    to_health = given(child(), RESCUE, happened("derivacion", "2024-03-04", by="pnp", destino="ess"))
    to_upe = given(child(), RESCUE, happened("derivacion", "2024-03-04", by="pnp", destino="upe"))

    assert to_health.status("derivar_upe", "2024-03-05") is Status.OVERDUE
    assert to_upe.status("derivar_upe", "2024-03-05") is Status.MET


def test_somebody_of_unknown_age_is_presumed_a_child() -> None:
    story = given(Facts(), RESCUE)

    assert story.standing("2024-03-04").began_as is Applies.CHILD
    assert story.standing("2024-03-04").presumed
    assert story.status("presumir_minoridad", "2024-03-05") is Status.OVERDUE
    assert story.step("traspasar_mayoria", "2024-03-05").reason.code == "waits_for_birth"


def test_somebody_who_may_be_seventeen_or_eighteen_is_presumed_a_child_until_she_is_surely_adult() -> None:
    about_seventeen = Facts(Approx.born_at_age(17, date(2024, 3, 4), margin=1), "PER")
    surely_sixteen = Facts(Approx.exact(date(2008, 3, 4)), "PER")

    assert given(about_seventeen, RESCUE).standing("2024-03-04").presumed
    assert given(about_seventeen, RESCUE).standing("2026-03-03").applies is Applies.CHILD
    assert given(about_seventeen, RESCUE).standing("2026-03-04").applies is Applies.ADULT
    assert given(surely_sixteen, RESCUE).status("presumir_minoridad", "2024-03-04") is Status.NOT_APPLICABLE


def test_a_birthday_mid_route_changes_the_route() -> None:
    turns_18_in_may = given(child("2006-05-20"), RESCUE, UPE_OPENS)

    before, after = turns_18_in_may.standing("2024-05-19"), turns_18_in_may.standing("2024-05-20")

    assert (before.applies, before.lead, before.turns_adult_on) == (Applies.CHILD, "upe", date(2024, 5, 20))
    assert (after.applies, after.lead, after.turned_adult_on) == (Applies.ADULT, "cem", date(2024, 5, 20))
    assert "ofrecer_udavit" not in turns_18_in_may.codes("2024-05-19")
    assert turns_18_in_may.status("ofrecer_udavit", "2024-05-20") is Status.UPCOMING


def test_a_childs_step_not_yet_late_on_her_birthday_no_longer_concerns_her_and_a_late_one_stays_on_record() -> None:
    story = given(
        child("2006-05-20"), happened("rescate", "2024-05-18"), happened("apertura_upe", "2024-05-19", by="upe")
    )

    plan = story.step("elaborar_pti", "2024-05-21")
    refused = given(child("2006-05-20"), RESCUE).step("asumir_upe", "2024-06-01")

    assert (plan.status, plan.reason.code, plan.due_on) == (Status.NOT_APPLICABLE, "turned_adult", None)
    assert (refused.status, refused.stopped_on, refused.is_open) == (Status.OVERDUE, date(2024, 5, 20), False)
    assert refused.reason.get("ended") == "turned_adult"
    assert refused.days_late(date(2026, 1, 1)) == 77


def test_a_step_of_both_routes_goes_on_under_the_adult_body() -> None:
    story = given(child("2006-05-20"), RESCUE, UPE_OPENS)

    assert story.step("evaluar_riesgo", "2024-05-19").responsible == "upe"
    assert story.step("evaluar_riesgo", "2024-05-21").responsible == "cem"
    assert story.step("evaluar_riesgo", "2024-05-21").since == date(2024, 3, 4)


def test_what_upe_did_before_her_birthday_stays_upes() -> None:
    story = given(child("2006-05-20"), RESCUE, UPE_OPENS, happened("evaluacion_riesgo", "2024-04-01", nivel="LEVE"))

    assert story.step("evaluar_riesgo", "2025-01-01").responsible == "upe"


def test_the_hand_over_is_prepared_ninety_days_before_and_due_on_the_birthday() -> None:
    story = given(child("2006-09-20"), RESCUE, UPE_OPENS)

    assert story.status("traspasar_mayoria", "2024-06-20") is Status.UPCOMING
    hand_over = story.step("traspasar_mayoria", "2024-06-22")
    assert (hand_over.status, hand_over.since, hand_over.due_on) == (
        Status.DUE,
        date(2024, 6, 22),
        date(2024, 9, 20),
    )
    assert hand_over.reason.get("event") == "birthday"
    assert story.status("traspasar_mayoria", "2024-09-21") is Status.OVERDUE
    assert story.step("traspasar_mayoria", "2024-09-21").is_open
    handed = story.and_then(happened("traspaso_mayoria", "2024-09-18", by="upe"))
    assert handed.status("traspasar_mayoria", "2024-09-21") is Status.MET


def test_handed_over_she_is_offered_the_adult_programme() -> None:
    story = given(child("2006-05-20"), RESCUE, UPE_OPENS, happened("traspaso_mayoria", "2024-05-20", by="upe"))

    offer = story.step("ofrecer_udavit", "2024-05-21")

    assert (offer.status, offer.since, offer.route) == (Status.OVERDUE, date(2024, 5, 20), "2023-adult")


def test_a_case_that_upe_closed_while_she_was_a_child_stays_closed_when_she_comes_of_age() -> None:
    story = given(
        child("2006-05-20"),
        RESCUE,
        UPE_OPENS,
        happened("cierre", "2024-04-01", by="upe", motivo="REINTEGRACION_FAMILIAR"),
    )

    assert story.standing("2024-08-01").closed_on == date(2024, 4, 1)
    assert [o.step for o in story.on("2024-08-01") if o.is_open] == []


# Foreigners and papers


def test_a_foreigner_is_owed_papers_and_the_consulate_and_a_peruvian_is_not() -> None:
    foreign, local = given(adult(nationality="VEN"), RESCUE), given(adult(), RESCUE)

    assert foreign.step("regularizar_migracion", "2024-03-05").responsible == "consular"
    assert foreign.status("coordinar_consulado", "2024-03-05") is Status.DUE
    assert local.status("regularizar_migracion", "2024-03-05") is Status.NOT_APPLICABLE
    assert local.step("regularizar_migracion", "2024-03-05").reason.get("fact") == "nationality"


def test_of_unknown_nationality_the_reason_says_that_nobody_has_told_it() -> None:
    story = given(Facts(adult().birth), RESCUE)

    assert story.step("regularizar_migracion", "2024-03-05").reason.code == "unknown_fact"


def test_papers_are_asked_for_only_where_she_has_none() -> None:
    assert given(adult(documented="no"), RESCUE).status("pedir_documento", "2024-03-05") is Status.DUE
    assert given(adult(), RESCUE).status("pedir_documento", "2024-03-05") is Status.NOT_APPLICABLE
    assert given(adult(documented=""), RESCUE).step("pedir_documento", "2024-03-05").reason.code == "unknown_fact"


# Versions


def test_a_rescue_of_2020_follows_the_protocol_of_2016_to_the_end() -> None:
    story = given(adult(), happened("rescate", "2020-03-04"), happened("pri", "2024-03-04", by="cem"))

    assert {o.route_version for o in story.on("2024-06-01")} == {"DS 005-2016-IN"}
    assert story.step("ofrecer_udavit", "2024-06-01").verified


def test_the_protocol_of_2023_governs_from_the_seventeenth_of_september() -> None:
    before, after = given(adult(), happened("rescate", "2023-09-16")), given(adult(), happened("rescate", "2023-09-17"))

    assert before.standing("2024-01-01").version == "DS 005-2016-IN"
    assert after.standing("2024-01-01").version == "DS 007-2023-IN"
    assert not after.step("ofrecer_udavit", "2024-01-01").verified


def test_a_case_older_than_every_protocol_is_read_with_the_oldest() -> None:
    assert given(adult(), happened("rescate", "2014-01-01")).standing("2014-02-01").version == "DS 005-2016-IN"


def test_the_rescue_and_not_the_complaint_before_it_decides_the_version() -> None:
    story = given(adult(), happened("denuncia", "2023-09-10"), happened("rescate", "2023-09-20"))

    assert story.standing("2024-01-01").version == "DS 007-2023-IN"
    assert story.step("comunicar_fiscal", "2024-01-01").since == date(2023, 9, 10)


def test_a_step_is_not_asked_for_by_a_rule_younger_than_its_start() -> None:
    story = given(adult(), happened("rescate", "2017-03-04"), happened("diligencias_preliminares", "2017-04-01"))

    step = story.step("acreditar_vulnerabilidad", "2017-05-01")

    assert (step.status, step.reason.code) == (Status.NOT_APPLICABLE, "not_yet_in_force")


# Rescued again, closed, reopened
