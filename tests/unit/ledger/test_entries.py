"""What stands for the subjects of an entry."""

from __future__ import annotations

import hashlib
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from amparo.ledger.entries import subjects_digest


@given(st.lists(st.uuids()), st.booleans())
def test_the_order_in_which_subjects_come_makes_no_difference(subjects: list[UUID], in_order: bool) -> None:
    expected = hashlib.sha256(b"".join(sorted(each.bytes for each in subjects))).hexdigest()

    assert subjects_digest(sorted(subjects) if in_order else subjects) == (expected if subjects else "")
