"""What one field says for or against two records being the same person, as a bar from a middle line."""

from __future__ import annotations

from django.utils.safestring import SafeString

from amparo.interfaces.web.charts import svg

HEIGHT = 20


def evidence_bar(weight: float, *, largest: float) -> SafeString:
    """Draw the weight, in bits, to the right if it speaks for the same person and to the left if against.

    ``largest`` is the largest weight of the pair in absolute value, which fills half the width. Decoration: the
    sentence and the weight stand beside it as text.
    """
    root = svg.decoration(height=HEIGHT, name="evidence")
    share = min(1.0, abs(weight) / largest) / 2 if largest else 0.0
    start = 0.5 if weight >= 0 else 0.5 - share
    name = "evidence__for" if weight >= 0 else "evidence__against"
    svg.add(root, "rect", name, x=svg.percent(start), y=3, width=svg.percent(share), height=HEIGHT - 6, rx=2)
    svg.add(root, "line", "evidence__middle", x1="50%", y1=0, x2="50%", y2=HEIGHT)
    return svg.markup(root)
