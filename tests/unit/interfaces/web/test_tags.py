"""What templates may do: dates, figures, statuses and marked letters, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from amparo.interfaces.web.templatetags import amparo as tags
from amparo.interfaces.web.viewmodels.common import Segment, Status


@pytest.mark.parametrize(("language", "written"), [("es", "3 nov 2026"), ("en", "3 Nov 2026")])
def test_a_date_is_written_as_its_language_does(language: str, written: str) -> None:
    with translation.override(language):
        assert f'datetime="2026-11-03">{written}</time>' in tags.day(date(2026, 11, 3))


def test_an_hour_is_that_of_lima() -> None:
    with translation.override("es"):
        assert "2 nov 2026, 23:30" in tags.moment(datetime(2026, 11, 3, 4, 30, tzinfo=UTC))


def test_an_unknown_date_is_a_dash() -> None:
    assert (tags.day(None), tags.moment(None)) == ("—", "—")


@pytest.mark.parametrize(("value", "written"), [(1204, "1,204"), (0, "0"), (38.5, "38.5"), (4.0, "4")])
def test_a_figure_has_its_thousands_apart_and_no_needless_decimals(value: float, written: str) -> None:
    with translation.override("es"):
        assert tags.figure(value) == written


def test_a_hidden_figure_says_so_to_whoever_listens() -> None:
    with translation.override("es"):
        assert "oculto" in tags.figure(None)


def test_letters_that_differ_are_marked_and_all_are_escaped() -> None:
    assert tags.letters([Segment("<b>"), Segment("&", True)]) == '&lt;b&gt;<mark class="differs">&amp;</mark>'


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("language", ["es", "en"])
def test_every_status_has_a_word_and_a_shape(status: Status, language: str) -> None:
    with translation.override(language):
        drawn = tags.status(status)

    assert "<svg" in drawn
    assert drawn.rsplit("</svg>", 1)[1].removesuffix("</span>").strip()


def test_no_two_statuses_share_a_shape() -> None:
    shapes = {tags.icon(status.value) for status in Status}

    assert len(shapes) == len(Status)


def test_a_weight_is_written_with_its_sign() -> None:
    with translation.override("es"):
        assert (tags.signed(2.64), tags.signed(-0.4)) == ("+2.6", "−0.4")


def test_a_share_of_nothing_or_of_something_hidden_is_empty() -> None:
    assert (tags.percent_of(1, 0), tags.percent_of(None, 4), tags.percent_of(1, 3)) == ("", "", "33 %")
