"""Which backups stay: dense where they are new, sparse where they are old, none beyond the term."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from amparo.vault.backups.thinning import DAY, HOUR, TERM, kept

NOW = datetime(2026, 11, 26, 21, 40, tzinfo=UTC)
MOMENTS = st.sets(st.integers(0, 60 * 24 * 50), max_size=80).map(
    lambda ages: {NOW - timedelta(minutes=age) for age in ages}
)


@given(MOMENTS)
def test_what_is_new_stays_and_what_is_beyond_the_term_goes(moments: set[datetime]) -> None:
    found = kept(moments, NOW)

    assert found <= moments
    assert {moment for moment in moments if NOW - moment <= HOUR} <= found
    assert {moment for moment in found if NOW - moment > TERM} <= ({max(moments)} if moments else set())
    assert bool(found) == bool(moments)


@given(MOMENTS)
def test_of_each_hour_and_each_day_something_stays_and_no_more_than_one(moments: set[datetime]) -> None:
    found = kept(moments, NOW)

    for age, name in ((DAY, "%Y-%m-%d %H"), (TERM, "%Y-%m-%d")):
        least = HOUR if age == DAY else DAY
        had = {moment.strftime(name) for moment in moments if least < NOW - moment <= age}
        has = [moment.strftime(name) for moment in found if least < NOW - moment <= age]
        assert set(has) == had
        assert len(has) == len(set(has))


@given(MOMENTS)
def test_thinning_again_takes_nothing_more(moments: set[datetime]) -> None:
    found = kept(moments, NOW)

    assert kept(found, NOW) == found


@given(MOMENTS, st.integers(1, 60 * 24 * 3))
def test_thinning_often_leaves_as_much_of_the_past_as_thinning_once(moments: set[datetime], step: int) -> None:
    later = NOW + timedelta(minutes=step)
    often, once = kept(kept(moments, NOW), later), kept(moments, later)

    days = [{moment.date() for moment in found if later - moment <= TERM} for found in (often, once)]
    assert days[0] == days[1]


def test_one_every_five_minutes_for_two_months_leaves_about_seventy() -> None:
    moments = {NOW - timedelta(minutes=5 * number) for number in range(12 * 24 * 60)}

    assert 70 <= len(kept(moments, NOW)) <= 75
