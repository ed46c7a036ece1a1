"""A bar cut into parts: how the rows of a delivery ended, or how a step of the route stands for a group of people."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString

from amparo.interfaces.web.charts import svg

Part = tuple[str, int]
"""Class of the part and its count."""


def parts_bar(parts: Sequence[Part], *, whole: int = 0, height: int = 22) -> SafeString:
    """Draw the parts one after the other; where ``whole`` is larger than their sum the bar ends short of the edge.

    The bar is decoration: the figures stand beside it as text.
    """
    root = svg.decoration(height=height, name="parts")
    total = max(whole, sum(count for _, count in parts))
    svg.add(root, "rect", "parts__ground", x=0, y=0, width="100%", height=height, rx=3)
    scale = sum(count for _, count in parts) / total if total else 0.0
    for (name, count), (start, width) in zip(parts, svg.shares([count for _, count in parts]), strict=True):
        if count:
            x, across = svg.percent(start * scale), svg.percent(width * scale)
            svg.add(root, "rect", f"part part--{name}", x=x, y=0, width=across, height=height)
    return svg.markup(root)
