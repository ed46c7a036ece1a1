"""What each field says for or against two records being the same person, as one step of a waterfall."""

from __future__ import annotations

from django.utils.safestring import SafeString

from amparo.interfaces.web.charts import svg

HEIGHT = 20


def evidence_bar(start: float, end: float, *, low: float, high: float) -> SafeString:
    """Draw the step from one sum of weights to the next, in bits; to the right it speaks for the same person.

    ``low`` and ``high`` are the ends of the scale, which hold 0; a line marks it. Decoration: the sentence and the
    weight stand beside it as text.
    """
    root = svg.decoration(height=HEIGHT, name="evidence")
    span = high - low or 1.0

    def at(value: float) -> float:
        return (value - low) / span

    name = "evidence__for" if end >= start else "evidence__against"
    left, right = at(min(start, end)), at(max(start, end))
    zero = svg.percent(at(0.0))
    svg.add(root, "rect", name, x=svg.percent(left), y=3, width=svg.percent(right - left), height=HEIGHT - 6, rx=2)
    svg.add(root, "line", "evidence__middle", x1=zero, y1=0, x2=zero, y2=HEIGHT)
    return svg.markup(root)
