"""A glance at an identity tells the same as unpacking it."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from amparo.engines.linkage.fields import Fields
from amparo.kernel.dates import Approx
from amparo.registries import identity
from amparo.registries.identity import Identity

DAYS = st.dates(date(1920, 1, 1), date(2026, 1, 1))
BIRTHS = st.one_of(st.none(), DAYS.map(Approx.exact), st.integers(1920, 2025).map(Approx.in_year))
NUMBERS = st.sampled_from(["", "71234568"])
FIELDS = st.builds(Fields, record_id=st.just("r"), given=st.text(max_size=8), birth=BIRTHS, doc_number=NUMBERS)


@given(FIELDS, st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3))
def test_a_glance_agrees_with_the_whole(fields: Fields, raw: dict[str, str]) -> None:
    plain = identity.to_bytes(Identity(fields, raw))
    whole = identity.from_bytes(plain).fields

    assert identity.at_a_glance(plain) == (whole.birth, bool(whole.doc_number))
