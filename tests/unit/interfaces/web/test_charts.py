"""The pictures: well-formed, escaped, accessible, and true to their figures."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from amparo.interfaces.web.charts import svg
from amparo.interfaces.web.charts.columns import columns_chart
from amparo.interfaces.web.charts.evidence import evidence_bar
from amparo.interfaces.web.charts.icons import DRAWINGS
from amparo.interfaces.web.charts.lanes import lanes_chart
from amparo.interfaces.web.charts.parts_bar import parts_bar
from amparo.interfaces.web.templatetags.amparo import chain_picture
from amparo.interfaces.web.viewmodels.chain import OfficeLine
from amparo.interfaces.web.viewmodels.common import InstitutionMark, Provenance
from amparo.interfaces.web.viewmodels.series import Column, Comparison, YearRow
from amparo.interfaces.web.viewmodels.thread import Kind, Knot, Lane, Lanes

HOSTILE = "\"><script>alert(1)</script> & 'x'"
printable = st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=40)


def lanes_with(label: str) -> Lanes:
    knots = (Knot(date(2026, 3, 2), label, Kind.RESCUE), Knot(date(2026, 9, 1), label, Kind.CARE))
    return Lanes(date(2025, 10, 1), date(2026, 12, 1), date(2026, 11, 23), (Lane(label, label, knots),))


def comparison_with(label: str, values: tuple[int | None, ...] = (3, 5)) -> Comparison:
    source = Provenance("u", "b", "s", None)
    columns = tuple(Column(label, source, True) for _ in values)
    return Comparison(label, columns, (YearRow(label, values), YearRow("2020", values)))


def width_of(bar: Element) -> float:
    return float(bar.get("width", "").removesuffix("%"))


@pytest.mark.parametrize(
    "drawn",
    [
        lanes_chart(lanes_with(HOSTILE), title=HOSTILE, description=HOSTILE, today_label=HOSTILE),
        columns_chart(comparison_with(HOSTILE), title=HOSTILE, description=HOSTILE),
        parts_bar([(HOSTILE, 3)]),
    ],
)
def test_a_picture_escapes_whatever_text_comes_in(drawn: str) -> None:
    tree = fromstring(drawn)

    assert "<script" not in drawn
    assert not list(tree.iter("script"))
    assert not any(name.startswith("on") for element in tree.iter() for name in element.attrib)
    assert all("style" not in element.attrib for element in tree.iter())


def test_a_picture_says_what_it_is_to_whoever_cannot_see_it() -> None:
    tree = fromstring(lanes_chart(lanes_with("PNP"), title="Hitos", description="Dos", today_label="hoy"))

    assert tree.get("role") == "img"
    assert (tree.findtext("title"), tree.findtext("desc")) == ("Hitos", "Dos")


@given(printable)
def test_the_words_of_a_picture_come_back_unharmed(words: str) -> None:
    tree = fromstring(columns_chart(comparison_with("x"), title=words, description=""))

    assert (tree.findtext("title") or "") == words


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=5))
def test_the_parts_of_a_bar_fill_it_and_touch_without_overlap(counts: list[int]) -> None:
    placed = svg.shares(counts)

    if sum(counts):
        assert sum(width for _, width in placed) == pytest.approx(1)
    for (start, width), (following, _) in pairwise(placed):
        assert following == pytest.approx(start + width)


def test_a_bar_of_a_smaller_base_ends_short_of_the_edge() -> None:
    bars = fromstring(parts_bar([("done", 30), ("late", 20)], whole=100)).findall("rect")[1:]

    assert [width_of(bar) for bar in bars] == [30, 20]


def test_a_hidden_count_never_makes_an_office_look_perfect() -> None:
    office = OfficeLine("CEM", InstitutionMark("mimp", "MIMP", "MIMP"), 12, 6, None, None, None)

    bars = fromstring(chain_picture(office, 12)).findall("rect")[1:]

    assert [(bar.get("class"), width_of(bar)) for bar in bars] == [("part part--done", 50), ("part part--hidden", 50)]


def test_a_step_of_evidence_starts_where_the_last_one_ended_and_goes_left_where_it_speaks_against() -> None:
    in_favour = fromstring(evidence_bar(0.0, 4.0, low=-4.0, high=4.0)).findall("rect")[0]
    against = fromstring(evidence_bar(4.0, 2.0, low=-4.0, high=4.0)).findall("rect")[0]

    assert (in_favour.get("class"), in_favour.get("x"), in_favour.get("width")) == ("evidence__for", "50%", "50%")
    assert (against.get("class"), against.get("x"), against.get("width")) == ("evidence__against", "75%", "25%")


def test_a_missing_value_leaves_a_gap_and_not_a_column_of_nothing() -> None:
    tree = fromstring(columns_chart(comparison_with("x", (7, None)), title="t", description="d"))

    assert len(tree.findall("rect")) == 2


def test_a_day_outside_the_span_is_drawn_at_its_edge() -> None:
    lanes = Lanes(
        date(2026, 1, 1),
        date(2026, 12, 31),
        date(2027, 5, 1),
        (Lane("PNP", "PNP", (Knot(date(2020, 1, 1), "x", Kind.HARM),)),),
    )

    knot = fromstring(lanes_chart(lanes, title="t", description="d", today_label="hoy")).findall("circle")[0]

    assert knot.get("cx") == "16%"


@pytest.mark.parametrize("name", sorted(DRAWINGS))
def test_every_icon_is_well_formed(name: str) -> None:
    assert len(fromstring(f"<svg>{DRAWINGS[name]}</svg>")) > 0
