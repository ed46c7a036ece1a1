"""Consent is what is left after everything that was refused or withdrawn, and only where it was soundly given."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.casework.rules.consents import Age, Consent, State, consented, consents, parts_for
from amparo.kernel.dates import Approx
from amparo.pack.current import pack
from amparo.registries.queries.events import Written

TODAY = date(2026, 11, 20)
GROWN = Age.of([Approx.exact(date(2000, 1, 5))], 18)
CHILD = Age.of([Approx.exact(date(2012, 1, 5))], 18)
UNKNOWN = Age.of([], 18)


def said(number: int, decision: str, *, on: int = 0, unit: str = "cem", **data: str) -> Written:
    """A consent event; ``on`` counts days before today."""
    told = {"proposito": "ATENCION", "para": "calp", "partes": "case", "forma": "ESCRITO", "quien": "PERSONA"}
    return Written(
        UUID(int=number), UUID(int=1000), "consentimiento", TODAY - timedelta(days=on), "", "mimp", unit, "",
        {**told, "decision": decision, **data}, None, False,
        datetime(2026, 11, 1, 12, number % 60, tzinfo=UTC), "x", False, None,
    )  # fmt: skip


def fold(*events: Written, age: Age = GROWN) -> list[Consent]:
    return consents(events, pack().rights.consents, age, TODAY)


def may(*events: Written, age: Age = GROWN, unit: str = "calp", part: str = "case") -> bool:
    return consented(unit, {"ATENCION"}, part, fold(*events, age=age), TODAY)


def test_a_written_consent_of_a_grown_woman_opens_what_it_names_to_whom_it_names() -> None:
    given_ = said(1, "OTORGA", partes="case;health")

    assert may(given_)
    assert may(given_, part="health")
    assert not may(given_, part="justice")
    assert not may(given_, unit="cem")


@pytest.mark.parametrize("decision", ["RETIRA", "RECHAZA"])
def test_what_is_withdrawn_or_refused_later_is_closed(decision: str) -> None:
    assert not may(said(1, "OTORGA", on=3), said(2, decision))


def test_a_withdrawal_for_one_recipient_leaves_the_others() -> None:
    events = said(1, "OTORGA", on=3, para="calp;cem"), said(2, "RETIRA", para="calp")

    assert not may(*events)
    assert may(*events, unit="cem")


def test_a_withdrawal_that_names_nobody_ends_it_for_all() -> None:
    events = said(1, "OTORGA", on=3, para="calp;cem"), said(2, "RETIRA", para="")

    assert not may(*events)
    assert not may(*events, unit="cem")


def test_she_may_consent_again() -> None:
    assert may(said(1, "OTORGA", on=3), said(2, "RETIRA", on=2), said(3, "OTORGA", on=1))


def test_a_guardian_s_consent_waits_until_somebody_confirms_who_she_is() -> None:
    guardian = said(1, "OTORGA", on=3, quien="REPRESENTANTE")
    confirmed = said(2, "CONFIRMA", unit="upe")

    assert [each.state for each in fold(guardian, age=CHILD)] == [State.CONFLICT]
    assert not may(guardian, age=CHILD)
    assert not may(guardian, confirmed._replace(unit="cem"), age=CHILD)
    assert may(guardian, confirmed, age=CHILD)


def test_a_withdrawn_consent_of_a_guardian_is_not_brought_back_by_a_confirmation() -> None:
    events = said(1, "OTORGA", on=3, quien="REPRESENTANTE"), said(2, "RETIRA", on=2), said(3, "CONFIRMA", unit="upe")

    assert not may(*events, age=CHILD)


@pytest.mark.parametrize("age", [CHILD, UNKNOWN])
def test_a_child_s_own_word_alone_opens_nothing_and_in_doubt_she_is_a_child(age: Age) -> None:
    assert not may(said(1, "OTORGA"), age=age)
    assert may(said(1, "OTORGA", quien="ESTADO"), age=age)


def test_nobody_represents_a_woman_who_is_of_age_by_now() -> None:
    assert not may(said(1, "OTORGA", on=400, quien="ESTADO"))


@pytest.mark.parametrize("form", ["VERBAL", "ASENTIMIENTO", "NI", ""])
def test_a_form_that_is_too_weak_for_sensitive_data_opens_nothing(form: str) -> None:
    assert not may(said(1, "OTORGA", forma=form))


def test_a_consent_runs_out() -> None:
    assert may(said(1, "OTORGA", on=9, hasta=TODAY.isoformat()))
    assert not may(said(1, "OTORGA", on=9, hasta=(TODAY - timedelta(days=1)).isoformat()))


def test_what_a_file_says_without_naming_a_recipient_means_whom_the_pack_says() -> None:
    own = said(1, "OTORGA", unit="calp", para="", partes="", quien="")
    police = said(2, "OTORGA", unit="calp", para="", partes="", quien="", proposito="PNP")

    assert may(own)
    assert [each.units for each in fold(police)] == [frozenset({"pnp"})]


EVENTS = st.lists(
    st.builds(
        said,
        st.integers(1, 59),
        st.sampled_from(["OTORGA", "RECHAZA", "RETIRA", "CONFIRMA", "NI"]),
        on=st.integers(0, 30),
        unit=st.sampled_from(["cem", "upe", "calp"]),
        proposito=st.sampled_from(["ATENCION", "ONG", "PNP"]),
        para=st.sampled_from(["", "calp", "cem", "calp;cem"]),
        partes=st.sampled_from(["", "case", "case;health"]),
        forma=st.sampled_from(["ESCRITO", "HUELLA", "VERBAL", "REPRESENTANTE", ""]),
        quien=st.sampled_from(["", "PERSONA", "REPRESENTANTE", "ESTADO"]),
        hasta=st.sampled_from(["", "2026-11-25", "2026-11-10"]),
    ),
    max_size=8,
    unique_by=lambda event: event.id,
)
AGES = st.sampled_from([GROWN, CHILD, UNKNOWN])


@given(EVENTS, AGES, st.randoms())
def test_the_order_of_arrival_changes_nothing(events: list[Written], age: Age, chance: object) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert fold(*shuffled, age=age) == fold(*events, age=age)


@given(EVENTS, AGES, st.sampled_from(["ATENCION", "ONG", "PNP"]))
def test_after_a_withdrawal_today_nothing_of_its_purpose_is_open(events: list[Written], age: Age, purpose: str) -> None:
    last = said(60, "RETIRA", para="", proposito=purpose)._replace(recorded_at=datetime(2026, 11, 20, tzinfo=UTC))
    found = fold(*events, last, age=age)

    assert not any(each.state is State.LIVE and each.purpose == purpose for each in found)


@given(EVENTS, AGES)
def test_nothing_is_open_that_nobody_gave(events: list[Written], age: Age) -> None:
    given_to: set[str] = set()
    for event in events:
        if event.data["decision"] == "OTORGA":
            given_to |= set(filter(None, event.data["para"].split(";"))) or {event.unit, "calp", "pnp"}

    for unit in ("calp", "cem", "upe", "pnp"):
        if parts_for(unit, {"ATENCION", "ONG", "PNP"}, fold(*events, age=age), TODAY):
            assert unit in given_to


@given(EVENTS, AGES)
def test_a_refusal_of_all_never_opens_more(events: list[Written], age: Age) -> None:
    before = parts_for("calp", {"ATENCION"}, fold(*events, age=age), TODAY)
    after = parts_for("calp", {"ATENCION"}, fold(*events, said(60, "RECHAZA", on=10), age=age), TODAY)

    assert after <= before
