"""What holds of every case whatever happened: the order of arrival, repetition, corrections, time and age."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from amparo.engines.route.model import EventCondition, EventMatch, Facts, Step
from amparo.engines.route.outcome import Happened, Obligation, Status
from amparo.engines.route.risk import Band
from amparo.kernel.dates import Approx, Precision
from tests.unit.engines.route.stories import Story, peru

FIRST, LAST = date(2021, 1, 1), date(2026, 6, 1)
AFTER = "2026-06-10"
DATA = {
    "derivacion": ("destino", ("upe", "cem", "ess", "consular")),
    "acogida_ingreso": ("tipo", ("CAR_BASICO", "HRT", "PREVENTIVO")),
    "evaluacion_riesgo": ("nivel", ("LEVE", "MODERADO", "SEVERO")),
    "consentimiento": ("decision", ("OTORGA", "RECHAZA", "RETIRA")),
    "cierre": ("motivo", ("RETIRO_VOLUNTARIO", "FALLECIMIENTO")),
    "evaluacion_retorno": ("condicion", ("FAVORABLE", "DESFAVORABLE")),
    "estado_penal": ("estado", ("ARCHIVO", "CONDENATORIA")),
    "rescate": ("operativo", ("SI", "NO")),
}
TYPES = sorted(
    {"captacion", "explotacion", "practica_institucional", "derivacion_aceptada", "examen_medico_legal"}
    | {match.type for route in peru().routes for step in route.steps for match in step.starts_when + step.fulfilled_by}
    | {"cierre", "reapertura", "rechazo_udavit", "ingreso_udavit", "consentimiento", "rescate"}
)
UNITS = ("pnp", "fiscalia", "udavit", "upe", "cem", "calp", "")
days = st.dates(FIRST, LAST)
slow = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def one_event(draw: st.DrawFn, types: tuple[str, ...] = tuple(TYPES)) -> Happened:
    kind = draw(st.sampled_from(types))
    name, values = DATA.get(kind, ("", ("",)))
    data = {name: draw(st.sampled_from(values))} if name else {}
    if kind == "consentimiento":
        data["proposito"] = "ATENCION"
    said = datetime(2026, 6, 2, tzinfo=UTC) + timedelta(minutes=draw(st.integers(0, 500)))
    identity = draw(st.text(string.ascii_lowercase, min_size=6, max_size=6))
    record = draw(st.sampled_from(("a", "b", "c", "")))
    return Happened(identity, kind, draw(days), said, draw(st.sampled_from(UNITS)), "", record, data)


@st.composite
def people(draw: st.DrawFn) -> Facts:
    earliest = draw(st.dates(date(1985, 1, 1), date(2015, 1, 1)))
    latest = earliest + timedelta(days=draw(st.sampled_from((0, 0, 0, 364, 1000))))
    birth = draw(
        st.sampled_from((None, Approx(earliest, latest, Precision.EXACT), Approx(earliest, latest, Precision.EXACT)))
    )
    return Facts(birth, draw(st.sampled_from(("PER", "VEN", ""))), draw(st.sampled_from(("yes", "no", ""))))


def distinct(events: list[Happened]) -> bool:
    return len({event.id for event in events}) == len(events)


@st.composite
def cases(draw: st.DrawFn, *, corrections: bool = True) -> Story:
    events = draw(st.lists(one_event(), min_size=1, max_size=12).filter(distinct))
    if corrections:
        for number in draw(st.sets(st.integers(0, len(events) - 1), max_size=4)):
            target = events[draw(st.integers(0, len(events) - 1))].id
            events[number] = events[number]._replace(supersedes=target, void=draw(st.booleans()))
    return Story(draw(people()), tuple(events))


@st.composite
def rescued(draw: st.DrawFn) -> Story:
    """A case without corrections that a rescue has begun, so that no other event can begin it."""
    case = draw(cases(corrections=False))
    return case.and_then(draw(one_event(("rescate",)))._replace(id="rescue"))


def by_key(obligations: tuple[Obligation, ...]) -> dict[tuple[int, str, int], Obligation]:
    return {obligation.key: obligation for obligation in obligations}


@slow
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_in_which_events_arrive_changes_nothing(case: Story, chance: object) -> None:
    shuffled = list(case.events)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert replace(case, events=tuple(shuffled)).on(AFTER) == case.on(AFTER)
    assert replace(case, events=tuple(shuffled)).chains(AFTER) == case.chains(AFTER)
    assert replace(case, events=tuple(shuffled)).priority(AFTER) == case.priority(AFTER)


@slow
@given(cases(), st.data())
def test_an_event_handed_in_again_changes_nothing(case: Story, data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(case.events), max_size=6))

    assert case.and_then(*again).on(AFTER) == case.on(AFTER)


@slow
@given(cases())
def test_every_obligation_has_one_key_a_unit_a_reason_and_dates_in_order(case: Story) -> None:
    found = case.on(AFTER)

    assert len(by_key(found)) == len(found)
    for owed in found:
        assert owed.responsible
        assert owed.article
        assert owed.reason.code
        assert (owed.fulfilled_by is not None) == (owed.status in (Status.MET, Status.MET_LATE))
        if owed.since and owed.due_on:
            assert owed.since <= owed.due_on
        if owed.status is Status.OVERDUE:
            assert owed.due_on is not None
            assert owed.due_on < date.fromisoformat(AFTER)
        if owed.stopped_on is not None:
            assert owed.status is Status.OVERDUE
            assert owed.due_on is not None
            assert owed.due_on < owed.stopped_on


@slow
@given(cases())
def test_every_case_that_has_begun_has_each_step_of_its_route_in_every_cycle(case: Story) -> None:
    for cycle in {owed.cycle for owed in case.on(AFTER)}:
        asked = {step.code for route in peru().routes for step in route.steps if route.code in routes_of(case, cycle)}

        assert case.codes(AFTER, cycle) == asked


def routes_of(case: Story, cycle: int) -> set[str]:
    return {owed.route for owed in case.on(AFTER) if owed.cycle == cycle}


@slow
@given(cases(corrections=False), st.data())
def test_an_event_taken_back_leaves_what_there_was_without_it(case: Story, data: st.DataObject) -> None:
    mistaken = data.draw(one_event().filter(lambda event: event.id not in {e.id for e in case.events}))
    never = mistaken._replace(id="never", supersedes=mistaken.id, void=True)

    assert case.and_then(mistaken, never).on(AFTER) == case.on(AFTER)


@slow
@given(cases(corrections=False), st.data())
def test_a_correction_is_the_same_as_the_right_event_from_the_start(case: Story, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(case.events) - 1))
    wrong = case.events[number]
    right = data.draw(one_event((wrong.type,)))._replace(id="right", supersedes=wrong.id)
    others = (*case.events[:number], *case.events[number + 1 :])

    assert case.and_then(right).on(AFTER) == replace(case, events=(*others, right._replace(supersedes=None))).on(AFTER)


# What moves the whole case rather than one step: its start, its cycles, its lead and its closing.
EVERYWHERE = {"rescate", "cierre", "reapertura", "ingreso_udavit"}
LOCAL = tuple(kind for kind in TYPES if kind not in EVERYWHERE)


@slow
@given(rescued(), one_event(LOCAL))
def test_an_event_changes_only_the_steps_that_name_its_type(case: Story, event: Happened) -> None:
    assume(event.id not in {e.id for e in case.events})

    before, after = by_key(case.on(AFTER)), by_key(case.and_then(event).on(AFTER))

    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert {step for _, step, _ in changed} <= steps_naming(event.type)


@slow
@given(rescued(), one_event(LOCAL), days)
def test_a_correction_changes_exactly_the_steps_it_touches(case: Story, wrong: Happened, on: date) -> None:
    assume(wrong.id not in {e.id for e in case.events})
    case = case.and_then(wrong)
    right = wrong._replace(id="right", on=on, supersedes=wrong.id)

    before, after = by_key(case.on(AFTER)), by_key(case.and_then(right).on(AFTER))

    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert {step for _, step, _ in changed} <= steps_naming(wrong.type)


def steps_naming(kind: str) -> set[str]:
    return {step.code for route in peru().routes for step in route.steps if kind in types_of(step)}


def types_of(step: Step) -> set[str]:
    matches: list[EventMatch] = [
        *step.starts_when,
        *step.fulfilled_by,
        *step.waived_by,
        *step.lifted_by,
        *step.stops_when,
    ]
    matches += [condition.match for condition in step.applies_if if isinstance(condition, EventCondition)]
    return {match.type for match in matches}


FORWARD = {
    Status.UPCOMING: {Status.UPCOMING, Status.DUE, Status.OVERDUE},
    Status.DUE: {Status.DUE, Status.OVERDUE},
    Status.OVERDUE: {Status.OVERDUE},
}


@slow
@given(cases(), st.integers(0, 700), st.integers(0, 700))
def test_time_alone_only_moves_a_step_from_coming_to_due_to_overdue(case: Story, first: int, second: int) -> None:
    earlier, later = sorted((first, second))
    start = date.fromisoformat(AFTER)
    day, next_day = (start + timedelta(days=n) for n in (earlier, later))
    birth = case.facts.birth
    grown = birth is not None and day < birth.birthday(18).latest <= next_day

    now, then = by_key(case.on(day.isoformat())), by_key(case.on(next_day.isoformat()))

    for key, owed in now.items():
        allowed = FORWARD.get(owed.status, {owed.status})
        # A birthday ends a child's steps and hands the others to the adult's route, whose conditions may differ.
        ended = {Status.NOT_APPLICABLE} if grown and owed.status in (Status.UPCOMING, Status.DUE) else set()
        assert then[key].status in allowed | ended
        if not grown:
            assert (then[key].since, then[key].due_on, then[key].responsible) == (
                owed.since,
                owed.due_on,
                owed.responsible,
            )


@slow
@given(cases())
def test_within_a_day_only_terms_in_hours_move(case: Story) -> None:
    morning, night = case.on(AFTER, "00:00"), case.on(AFTER, "23:59")

    assert [owed for owed in morning if not owed.due_at] == [owed for owed in night if not owed.due_at]


@slow
@given(cases())
def test_whoever_has_nothing_open_is_at_the_end_of_every_list(case: Story) -> None:
    priority = case.priority(AFTER)

    assert (priority.band is Band.NONE) == (not any(owed.is_open for owed in case.on(AFTER)))
    assert (priority.first is None) == (priority.band is Band.NONE)


@slow
@given(cases())
def test_the_chain_counts_no_negative_days_and_reaches_as_far_as_its_last_link(case: Story) -> None:
    for chain in case.chains(AFTER):
        reached = [link for link in chain.links if link.on is not None]

        assert chain.furthest == (reached[-1].stage if reached else "")
        assert all((link.days_from_start or 0) >= 0 and (link.days_from_previous or 0) >= 0 for link in reached)
        assert [link.stage for link in chain.links] == [stage.code for stage in peru().stages]
