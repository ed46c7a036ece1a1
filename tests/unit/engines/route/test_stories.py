"""The route of Peru told as stories: given a person and what happened, when a day comes, then this is owed."""

from __future__ import annotations

from datetime import date

from amparo.engines.route.outcome import Status
from tests.unit.engines.route.stories import adult, given, happened

RESCUE = happened("rescate", "2024-03-04", by="pnp")
DECLINED = happened("rechazo_udavit", "2024-03-06", by="udavit")
UPE_OPENS = happened("apertura_upe", "2024-03-04", by="upe")


def test_a_rescued_woman_is_owed_her_rights_by_the_police_on_the_same_day() -> None:
    story = given(adult(), RESCUE)

    rights = story.step("informar_derechos", "2024-03-04")

    assert (rights.status, rights.responsible, rights.due_on) == (Status.DUE, "pnp", date(2024, 3, 4))
    assert rights.reason.code == "term_runs"
    assert rights.reason.get("event") == "rescate"
    assert story.status("informar_derechos", "2024-03-05") is Status.OVERDUE
    assert story.step("informar_derechos", "2024-03-09").days_late(date(2024, 3, 9)) == 5


def test_what_was_done_in_time_is_met_and_what_was_done_later_is_met_late() -> None:
    in_time = given(adult(), RESCUE, happened("informacion_derechos", "2024-03-04", by="pnp"))
    late = given(adult(), RESCUE, happened("informacion_derechos", "2024-03-07", by="pnp"))

    assert in_time.status("informar_derechos", "2024-05-01") is Status.MET
    assert late.status("informar_derechos", "2024-05-01") is Status.MET_LATE
    assert late.step("informar_derechos", "2024-05-01").reason.get("days") == "3"
    assert late.step("informar_derechos", "2024-05-01").fulfilled_by == "informacion_derechos/2024-03-07/pnp/"


def test_a_report_that_arrives_late_counts_by_the_day_it_happened() -> None:
    arrived_in_july = happened("informacion_derechos", "2024-03-04", by="pnp", said_on="2024-07-01")

    assert given(adult(), RESCUE, arrived_in_july).status("informar_derechos", "2024-07-02") is Status.MET


def test_a_step_done_before_anything_started_it_is_met() -> None:
    early = given(adult(), happened("plan_operativo", "2024-03-01"), RESCUE).step("rescatar", "2024-04-01")
    alone = given(adult(), happened("apertura_cem", "2024-03-01", by="cem"), happened("pri", "2024-03-01")).step(
        "dar_servicios", "2024-04-01"
    )

    assert early.status is Status.MET
    assert alone.status is Status.DUE


def test_a_term_in_hours_ends_at_an_instant_where_the_hour_is_known_and_at_the_end_of_the_day_where_not() -> None:
    at_ten = given(adult(), happened("rescate", "2024-03-04", at="10:00"))
    some_time = given(adult(), RESCUE)

    assert at_ten.step("atender_salud", "2024-03-05", hour="09:59").status is Status.DUE
    assert at_ten.step("atender_salud", "2024-03-05", hour="10:00").status is Status.OVERDUE
    due_at = some_time.step("atender_salud", "2024-03-05", hour="23:59").due_at
    assert due_at is not None
    assert due_at.isoformat() == "2024-03-06T00:00:00-05:00"
    assert some_time.step("atender_salud", "2024-03-05", hour="23:59").status is Status.DUE
    assert some_time.step("atender_salud", "2024-03-06", hour="00:00").status is Status.OVERDUE


def test_health_care_an_hour_late_on_the_same_day_is_late_only_where_both_hours_are_known() -> None:
    at_ten = happened("rescate", "2024-03-04", at="10:00")

    known = given(adult(), at_ten, happened("atencion_salud", "2024-03-05", at="11:00"))
    unknown = given(adult(), at_ten, happened("atencion_salud", "2024-03-05"))

    assert known.status("atender_salud", "2024-04-01") is Status.MET_LATE
    assert unknown.status("atender_salud", "2024-04-01") is Status.MET


def test_working_days_skip_weekends_and_holidays() -> None:
    friday_before_fiestas = happened("contacto_fallido", "2025-07-25", by="cem")

    contact = given(adult(), RESCUE, friday_before_fiestas).step("retomar_contacto", "2025-07-26")

    assert contact.due_on == date(2025, 8, 4)


# Refusal


def test_an_adult_who_declines_the_programme_passes_to_mimp() -> None:
    story = given(adult(), RESCUE, happened("oferta_udavit", "2024-03-04", by="udavit"), DECLINED)

    assert story.status("ofrecer_udavit", "2024-03-07") is Status.MET
    entry = story.step("ingresar_udavit", "2024-03-07")
    assert (entry.status, entry.reason.code, entry.reason.get("event")) == (Status.WAIVED, "declined", "rechazo_udavit")
    notice = story.step("avisar_mimp", "2024-03-07")
    assert (notice.status, notice.responsible, notice.due_on) == (Status.OVERDUE, "udavit", date(2024, 3, 6))
    monitoring = story.step("monitorear", "2024-03-30")
    assert (monitoring.status, monitoring.responsible, monitoring.verified) == (Status.DUE, "cem", False)
    assert story.standing("2024-03-30").lead == "cem"


def test_mimp_told_and_monitoring_then_the_next_visit_is_foreseen_thirty_days_on() -> None:
    story = given(
        adult(),
        RESCUE,
        DECLINED,
        happened("aviso_mimp", "2024-03-06", by="udavit"),
        happened("monitoreo_psicosocial", "2024-03-08", by="cem"),
    )

    assert story.status("avisar_mimp", "2024-03-20") is Status.MET
    assert story.status("recibir_aviso", "2024-03-20") is Status.MET
    assert story.status("monitorear", "2024-03-20") is Status.MET
    following = story.step("monitorear", "2024-03-20", occurrence=2)
    assert (following.status, following.due_on) == (Status.UPCOMING, date(2024, 4, 7))
    assert story.status("monitorear", "2024-04-02", occurrence=2) is Status.DUE
    assert story.status("monitorear", "2024-04-08", occurrence=2) is Status.OVERDUE


def test_two_institutions_that_report_the_same_visit_make_one_occurrence() -> None:
    visits = [
        happened("monitoreo_psicosocial", day, by=unit)
        for day in ("2024-03-10", "2024-03-20")
        for unit in ("cem", "calp")
    ]
    story = given(adult(), RESCUE, DECLINED, *visits)

    assert [o.occurrence for o in story.on("2024-03-21") if o.step == "monitorear"] == [1, 2, 3]


def test_she_changes_her_mind_and_enters_so_monitoring_stops_and_udavit_leads() -> None:
    story = given(adult(), RESCUE, DECLINED, happened("ingreso_udavit", "2024-03-20", by="udavit"))

    monitoring = story.step("monitorear", "2024-04-20")

    assert (monitoring.status, monitoring.reason.code) == (Status.NOT_APPLICABLE, "stopped_by")
    assert story.status("ingresar_udavit", "2024-04-20") is Status.MET
    assert story.standing("2024-04-20").lead == "udavit"
    late_notice = story.step("avisar_mimp", "2024-04-20")
    assert (late_notice.status, late_notice.is_open, late_notice.stopped_on) == (
        Status.OVERDUE,
        False,
        date(2024, 3, 20),
    )


def test_she_declines_again_so_monitoring_starts_again() -> None:
    story = given(
        adult(),
        RESCUE,
        DECLINED,
        happened("ingreso_udavit", "2024-03-20", by="udavit"),
        happened("rechazo_udavit", "2024-05-02", by="udavit"),
    )

    assert story.step("monitorear", "2024-05-10").due_on == date(2024, 6, 1)


def test_consent_withdrawn_ends_the_accompaniment_and_given_again_resumes_it() -> None:
    opened = happened("apertura_calp", "2024-03-10", by="calp")
    withdrawn = happened("consentimiento", "2024-03-20", by="calp", proposito="ATENCION", decision="RETIRA")
    given_again = happened("consentimiento", "2024-05-02", by="calp", proposito="ATENCION", decision="OTORGA")
    story = given(adult(), RESCUE, opened, withdrawn)

    assert story.status("acompanar", "2024-04-20") is Status.WAIVED
    assert story.and_then(given_again).step("acompanar", "2024-05-10").due_on == date(2024, 6, 1)


# Children, age and majority


def test_a_second_rescue_opens_a_second_cycle_and_ends_what_was_open_in_the_first() -> None:
    story = given(adult(), happened("rescate", "2021-03-04"), happened("rescate", "2024-03-04"))

    assert [o.cycle for o in story.on("2024-03-04") if o.step == "informar_derechos"] == [1, 2]
    assert story.status("evaluar_riesgo", "2024-03-04") is Status.NOT_APPLICABLE
    assert story.step("evaluar_riesgo", "2024-03-04").reason.code == "new_rescue"
    first = story.step("informar_derechos", "2024-03-04")
    assert (first.status, first.stopped_on, first.is_open) == (Status.OVERDUE, date(2024, 3, 4), False)
    assert story.status("informar_derechos", "2024-03-04", cycle=2) is Status.DUE
    assert story.step("informar_derechos", "2024-03-04", cycle=2).route_version == "DS 007-2023-IN"


def test_one_rescue_told_by_three_records_some_days_apart_is_one_rescue() -> None:
    told = [
        happened("rescate", day, record=record)
        for day, record in (("2024-03-04", "a"), ("2024-03-06", "b"), ("2024-03-15", "c"))
    ]

    assert given(adult(), *told).standing("2024-04-01").cycle == 1


def test_two_rescues_told_by_the_same_record_are_two_even_in_one_week() -> None:
    told = [happened("rescate", day, record="a") for day in ("2024-03-04", "2024-03-09")]

    assert given(adult(), *told).standing("2024-04-01").cycle == 2


def test_closing_by_the_body_that_leads_stops_what_was_not_late_and_reopening_starts_it_anew() -> None:
    story = given(
        adult(),
        RESCUE,
        happened("apertura_cem", "2024-03-05", by="cem"),
        happened("pri", "2024-04-01", by="cem"),
        happened("cierre", "2024-05-02", by="cem", motivo="RETIRO_VOLUNTARIO"),
    )

    assert story.step("seguir", "2024-09-01").reason.code == "closed"
    assert story.status("seguir", "2024-09-01") is Status.NOT_APPLICABLE
    assert story.step("informar_derechos", "2024-09-01").stopped_on == date(2024, 5, 2)
    reopened = story.and_then(happened("reapertura", "2024-10-01", by="cem"))
    follow_up = reopened.step("seguir", "2024-10-05")
    assert (follow_up.since, follow_up.due_on) == (date(2024, 10, 1), date(2024, 12, 30))
    assert follow_up.reason.get("event") == "reapertura"
    assert reopened.step("informar_derechos", "2024-10-05").is_open


def test_closing_by_a_body_that_does_not_lead_stops_only_its_own_steps() -> None:
    story = given(
        adult(),
        RESCUE,
        happened("apertura_calp", "2024-03-05", by="calp"),
        happened("cierre", "2024-03-20", by="calp", motivo="RETIRO_VOLUNTARIO"),
    )

    assert story.status("acompanar", "2024-06-01") is Status.NOT_APPLICABLE
    assert story.step("evaluar_riesgo", "2024-06-01").is_open
    assert story.standing("2024-06-01").closed_on is None


def test_a_death_ends_everything_whoever_writes_it() -> None:
    story = given(adult(), RESCUE, happened("cierre", "2024-03-05", by="calp", motivo="FALLECIMIENTO"))

    assert [o.step for o in story.on("2024-06-01") if o.is_open] == []


def test_reparation_is_owed_even_after_the_case_was_closed() -> None:
    story = given(
        adult(),
        RESCUE,
        happened("cierre", "2024-06-01", by="cem", motivo="PRI_CUMPLIDO"),
        happened("estado_penal", "2025-06-01", by="fiscalia", estado="CONDENATORIA"),
    )

    assert story.step("reparar", "2025-07-01").status is Status.DUE
    assert story.step("reparar", "2025-07-01").responsible == "defensa_publica"


# Corrections, repetition, what opens no case


def test_a_rescue_dated_wrong_and_corrected_moves_every_term_that_hangs_on_it() -> None:
    wrong = happened("rescate", "2024-04-03", name="r")
    right = happened("rescate", "2024-03-04", name="r2", corrects="r", said_on="2024-05-01")

    story = given(adult(), wrong, right)

    assert story.step("informar_derechos", "2024-05-02").due_on == date(2024, 3, 4)
    assert story.standing("2024-05-02").cycle == 1


def test_a_retracted_event_leaves_nothing() -> None:
    said = happened("informacion_derechos", "2024-03-04", name="i")
    never = happened("informacion_derechos", "2024-03-04", name="n", corrects="i", void=True)

    assert given(adult(), RESCUE, said, never).status("informar_derechos", "2024-03-05") is Status.OVERDUE


def test_of_two_corrections_of_one_event_the_last_said_counts() -> None:
    first = happened("atencion_salud", "2024-03-04", name="a")
    second = happened("atencion_salud", "2024-03-09", name="b", corrects="a", said_on="2024-04-01")
    third = happened("atencion_salud", "2024-03-05", name="c", corrects="a", said_on="2024-04-02")

    assert given(adult(), RESCUE, third, second, first).step("atender_salud", "2024-05-01").fulfilled_by == "c"


def test_two_events_that_correct_each_other_cancel_out_instead_of_looping() -> None:
    one = happened("atencion_salud", "2024-03-04", name="a", corrects="b")
    other = happened("atencion_salud", "2024-03-04", name="b", corrects="a")

    assert given(adult(), RESCUE, one, other).status("atender_salud", "2024-05-01") is Status.OVERDUE


def test_every_failed_contact_opens_the_search_anew_once_she_was_found() -> None:
    story = given(
        adult(),
        RESCUE,
        happened("contacto_fallido", "2024-04-01"),
        happened("contacto_fallido", "2024-04-03"),
        happened("seguimiento", "2024-04-10"),
        happened("contacto_fallido", "2024-06-03"),
    )

    assert story.status("retomar_contacto", "2024-06-04") is Status.MET_LATE
    again = story.step("retomar_contacto", "2024-06-04", occurrence=2)
    assert (again.status, again.since) == (Status.DUE, date(2024, 6, 3))


def test_recruitment_and_exploitation_alone_open_no_case() -> None:
    story = given(adult(), happened("captacion", "2022-01-01"), happened("explotacion", "2022-02-01"))

    assert story.on("2024-01-01") == ()


def test_nothing_from_the_future_counts_yet() -> None:
    story = given(adult(), RESCUE, happened("informacion_derechos", "2062-03-04"))

    assert story.status("informar_derechos", "2024-03-05") is Status.OVERDUE


def test_the_day_is_that_of_the_country_and_not_of_the_server() -> None:
    story = given(adult(), RESCUE)

    # 23:30 in Lima on the fourth is already the fifth in Greenwich.
    assert story.step("informar_derechos", "2024-03-04", hour="23:30").status is Status.DUE
