"""Entries as FHIR AuditEvents: one patient each, nothing of the entry lost, and no more of anybody than an id."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from amparo.interfaces.web.presenters.acts import ACTS
from amparo.ledger.audit_events import events
from amparo.ledger.entries import Content

CODES = st.sampled_from(["follow_up", "emergency", "break_glass", "record", "", "security"])
ENTRIES = st.builds(
    Content, seq=st.integers(1, 10**9), at=st.datetimes(timezones=st.just(UTC)), actor=st.text(min_size=1, max_size=9),
    institution=st.text(max_size=9), role=st.text(max_size=9), act=st.sampled_from(sorted(ACTS)), purpose=CODES,
    basis=CODES,
)  # fmt: skip


@given(ENTRIES, st.lists(st.uuids(), unique=True, max_size=4))
def test_each_event_has_one_patient_and_all_that_the_entry_says(entry: Content, subjects: list[UUID]) -> None:
    found: list[Any] = list(events(entry, subjects))

    assert len({event["id"] for event in found}) == len(found) == max(len(subjects), 1)
    patients = [
        [each["what"]["identifier"]["value"] for each in event["entity"] if each["role"]["code"] == "1"]
        for event in found
    ]
    assert patients == ([[str(subject)] for subject in subjects] or [[]])
    for event in found:
        user, *machines = event["agent"]
        assert [user["requestor"], *(each["requestor"] for each in machines)] == [True, False, False]
        assert user["who"]["identifier"]["value"] == entry.actor
        told = {coding["code"] for each in user["purposeOfUse"] for coding in each["coding"]}
        assert {entry.purpose, entry.basis} - {""} <= told
        assert entry.act in {coding["code"] for coding in event["subtype"]}
        assert datetime.fromisoformat(event["recorded"]) == entry.at.replace(
            microsecond=entry.at.microsecond // 1000 * 1000
        )
        assert event["action"] in "CRUDE"


def test_a_reading_has_the_shape_of_patient_read_and_a_refusal_is_no_success() -> None:
    at, woman = datetime(2026, 3, 1, tzinfo=UTC), UUID(int=7)
    (read,) = events(
        Content(1, at, "calp", "chs", "calp-equipo", "identity.reveal", "ATENCION", "break_glass"), [woman]
    )
    (refused,) = events(Content(2, at, "unknown", "", "", "session.refused"), [])

    told: Any = read
    assert told["meta"]["profile"][0].endswith("PatientRead")
    assert (told["type"]["code"], told["action"], told["outcome"]) == ("rest", "R", "0")
    assert {coding["code"] for each in told["agent"][0]["purposeOfUse"] for coding in each["coding"]} >= {"BTG"}
    assert (refused["outcome"], "meta" in refused) == ("4", False)
