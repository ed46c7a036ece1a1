"""The whole story of a person as one picture: a cord per institution, a knot per event, after the *quipu*."""

from __future__ import annotations

from datetime import date
from xml.etree.ElementTree import Element

from django.utils.safestring import SafeString

from amparo.interfaces.web.charts import svg
from amparo.interfaces.web.viewmodels.thread import Kind, Knot, Lane, Lanes

LANE = 40
TOP = 30
LABEL = 0.16
"""Share of the width kept for the names of the institutions."""
EDGE = 0.98


def lanes_chart(lanes: Lanes, *, title: str, description: str, today_label: str) -> SafeString:
    """Draw the lanes between the first and the last day, with a line per new year and one for today."""
    height = TOP + LANE * len(lanes.lanes) + 6
    root = svg.picture(height=height, title=title, description=description, name="lanes")
    for day, words in _marks(lanes):
        _mark(root, _place(day, lanes), words, height=height, name="lanes__year")
    if lanes.start <= lanes.today <= lanes.end:
        _mark(root, _place(lanes.today, lanes), today_label, height=height, name="lanes__today")
    for row, lane in enumerate(lanes.lanes):
        _lane(root, lane, lanes, y=TOP + LANE * row + LANE / 2)
    return svg.markup(root)


def _lane(root: Element, lane: Lane, lanes: Lanes, *, y: float) -> None:
    svg.write(root, lane.sign, "lanes__sign", x=0, y=y + 5)
    if not lane.knots:
        return
    places = [_place(knot.on, lanes) for knot in lane.knots]
    svg.add(root, "line", "lanes__cord", x1=svg.percent(places[0]), y1=y, x2=svg.percent(places[-1]), y2=y)
    # What lies on one day lies on one spot, and a rescue must not disappear under the report of it.
    for knot, place in sorted(zip(lane.knots, places, strict=True), key=lambda drawn: drawn[0].kind is Kind.RESCUE):
        _knot(root, knot, x=svg.percent(place), y=y)


def _knot(root: Element, knot: Knot, *, x: str, y: float) -> None:
    radius = 8 if knot.kind is Kind.RESCUE else 6
    circle = svg.add(root, "circle", f"knot knot--{knot.kind.value}", cx=x, cy=y, r=radius)
    svg.add(circle, "title").text = knot.label


def _mark(root: Element, place: float, words: str, *, height: float, name: str) -> None:
    x = svg.percent(place)
    svg.add(root, "line", name, x1=x, y1=TOP - 6, x2=x, y2=height)
    anchor = "end" if place > 0.85 else "start" if place < 0.25 else "middle"
    svg.write(root, words, f"{name}-label", x=x, y=16, text_anchor=anchor)


def _marks(lanes: Lanes) -> list[tuple[date, str]]:
    """New years inside the span, thinned to six at most and kept clear of the word for today."""
    years = range(lanes.start.year + 1, lanes.end.year + 1)
    step = max(1, -(-len(years) // 6))
    marks = [(date(year, 1, 1), str(year)) for year in years if (year - years.start) % step == 0]
    today = _place(lanes.today, lanes)
    return [(day, words) for day, words in marks if abs(_place(day, lanes) - today) > 0.14]


def _place(day: date, lanes: Lanes) -> float:
    """Where a day lies across the picture, as a share of its width."""
    span = max(1, (lanes.end - lanes.start).days)
    inside = min(1.0, max(0.0, (day - lanes.start).days / span))
    return LABEL + (EDGE - LABEL) * inside
