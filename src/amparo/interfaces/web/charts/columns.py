"""Sources side by side over periods, as groups of columns. They are never stacked: they do not add up to anything."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from django.utils.safestring import SafeString

from amparo.interfaces.web.charts import svg
from amparo.interfaces.web.viewmodels.series import Comparison, YearRow

HEIGHT = 260
FLOOR = 228
TOP = 26


def columns_chart(comparison: Comparison, *, title: str, description: str) -> SafeString:
    """Draw a group per period and a column per source, each with its figure above it; a missing value leaves a gap."""
    root = svg.picture(height=HEIGHT, title=title, description=description, name="columns-chart")
    largest = max((value for row in comparison.rows for value in row.values if value is not None), default=0)
    svg.add(root, "line", "axis", x1="0%", y1=FLOOR, x2="100%", y2=FLOOR)
    group = 1 / max(1, len(comparison.rows))
    for index, row in enumerate(comparison.rows):
        _group(root, row, left=index * group, width=group, largest=largest)
    return svg.markup(root)


def _group(root: Element, row: YearRow, *, left: float, width: float, largest: int) -> None:
    middle = svg.percent(left + width / 2)
    svg.write(root, row.label, "chart__label", x=middle, y=HEIGHT - 8, text_anchor="middle")
    each = width * 0.84 / max(1, len(row.values))
    for index, value in enumerate(row.values):
        if value is not None:
            _column(root, value, order=index, x=left + width * 0.08 + index * each, width=each, largest=largest)


def _column(root: Element, value: int, *, order: int, x: float, width: float, largest: int) -> None:
    tall = (FLOOR - TOP) * value / largest if largest else 0.0
    bar = {"x": svg.percent(x + width * 0.06), "width": svg.percent(width * 0.88)}
    svg.add(root, "rect", f"column column--{order + 1}", y=FLOOR - tall, height=tall, **bar)
    svg.write(root, str(value), "chart__value", x=svg.percent(x + width / 2), y=FLOOR - tall - 7, text_anchor="middle")
