"""What templates may do beyond Django: icons, statuses in words and shape, dates, figures, fields and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template import loader
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from amparo.interfaces.web.charts.columns import columns_chart
from amparo.interfaces.web.charts.evidence import evidence_bar
from amparo.interfaces.web.charts.icons import DRAWINGS
from amparo.interfaces.web.charts.lanes import lanes_chart
from amparo.interfaces.web.charts.parts_bar import parts_bar
from amparo.interfaces.web.presenters.words import day as written
from amparo.interfaces.web.viewmodels.chain import ChainStep, OfficeLine
from amparo.interfaces.web.viewmodels.common import Segment, Status, StepLine
from amparo.interfaces.web.viewmodels.delivery import Counts
from amparo.interfaces.web.viewmodels.pairs import EvidenceBar
from amparo.interfaces.web.viewmodels.series import Comparison
from amparo.interfaces.web.viewmodels.thread import Lanes

register = template.Library()

STATUS_WORDS = {
    Status.UPCOMING: gettext_lazy("Todavía no"),
    Status.DUE: gettext_lazy("Se debe"),
    Status.MET: gettext_lazy("Hecho"),
    Status.MET_LATE: gettext_lazy("Hecho con atraso"),
    Status.OVERDUE: gettext_lazy("Vencido"),
    Status.WAIVED: gettext_lazy("Dispensado"),
    Status.NOT_APPLICABLE: gettext_lazy("No corresponde"),
}


@register.simple_tag
def part(name: str, **given: object) -> SafeString:
    """A small part of a page, drawn once for each set of values. Only for parts that say nothing of one person.

    A page of a list shows the same signs and terms a hundred times, and including a template each time is most of what
    such a page costs.
    """
    return _part(name, get_language(), tuple(given.items()))


@register.simple_tag
def lateness(step: StepLine) -> SafeString:
    """When a step is or was due, and how late it is."""
    return part(
        "lateness",
        status=step.status,
        days_late=step.days_late,
        due_on=step.due_on,
        fulfilled_on=step.fulfilled_on,
    )


@lru_cache(maxsize=4096)
def _part(name: str, _language: str | None, given: tuple[tuple[str, object], ...]) -> SafeString:
    return SafeString(loader.get_template(f"web/parts/{name}.html").render(dict(given)))


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon. Without a label it is decoration; with one it is read aloud."""
    drawing = mark_safe(DRAWINGS[name])  # noqa: S308 - our own constant
    if label:
        return format_html('<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', label, drawing)
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', drawing)


@register.simple_tag
def status(value: Status | str) -> SafeString:
    """A status as shape, colour and word."""
    return _status(Status(value), get_language())


@cache
def _status(known: Status, _language: str | None) -> SafeString:
    return format_html(
        '<span class="status status--{}">{}{}</span>', known.value, icon(known.value), STATUS_WORDS[known]
    )


@register.simple_tag
def status_word(value: Status | str) -> str:
    """A status as its word alone, where the shape stands elsewhere."""
    return str(STATUS_WORDS[Status(value)])


@register.filter
def sheets(names: str) -> list[str]:
    """Paths of the style sheets of these names."""
    return [f"web/css/{name}.css" for name in names.split()]


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, to go through them."""
    return text.split()


@register.filter
def besides(form: BaseForm, names: str) -> list[BoundField]:
    """The visible fields of a form other than the named ones."""
    return [bound for bound in form.visible_fields() if bound.name not in names.split()]


@register.filter
def filled(form: BaseForm, names: str) -> bool:
    """Whether anything was written in, or is wrong with, a field other than the named ones."""
    return any(bound.value() or bound.errors for bound in besides(form, names))


@register.filter
def day(value: date | datetime | None) -> SafeString:
    """A date as people write it, inside a ``time`` element; a dash where there is none."""
    if value is None:
        return mark_safe("—")
    return _day(_local_day(value), get_language())


@lru_cache(maxsize=4096)
def _day(value: date, _language: str | None) -> SafeString:
    return format_html('<time class="nowrap" datetime="{}">{}</time>', value.isoformat(), written(value))


@register.filter
def moment(value: datetime | None) -> SafeString:
    """A date with its hour, in the time of the country; a dash where there is none."""
    if value is None:
        return mark_safe("—")
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    words = f"{written(local.date())}, {local:%H:%M}"
    return format_html('<time class="nowrap" datetime="{}">{}</time>', local.isoformat(timespec="minutes"), words)


@register.filter
def figure(value: float | None) -> SafeString:
    """A count with thousands apart; a hidden one says so in words to whoever listens."""
    if value is None:
        return format_html('<span aria-hidden="true">•</span><span class="unseen">{}</span>', _("oculto"))
    return format_html("{}", number_format(value, decimal_pos=0 if value == int(value) else 1, force_grouping=True))


@register.filter
def signed(value: float) -> str:
    """A weight with its sign and one decimal, with a real minus."""
    return f"{'+' if value >= 0 else '−'}{number_format(abs(value), decimal_pos=1)}"


@register.filter
def letters(segments: Iterable[Segment]) -> SafeString:
    """Text with the letters that differ marked."""
    return format_html_join("", "{}{}{}", ((_open(segment), segment.text, _close(segment)) for segment in segments))


@register.filter
def percent_of(part: int | None, whole: int | None) -> str:
    """A share in whole percent, empty where either is hidden or there is nothing to share."""
    if part is None or not whole:
        return ""
    return f"{round(100 * part / whole)} %"


@register.inclusion_tag("web/parts/field.html")
def field(bound: BoundField, hint: str = "", *, needed: bool = False) -> dict[str, Any]:
    """A form field with its label, hint and error; ``needed`` where a form may do without it, but its reader not."""
    widget = bound.field.widget
    return {
        "field": bound,
        "hint": hint or bound.help_text,
        "optional": not bound.field.required and not needed,
        "grouped": bound.use_fieldset,
        "ticked": getattr(widget, "input_type", "") == "checkbox" and not bound.use_fieldset,
    }


@register.simple_tag
def lanes_picture(lanes: Lanes) -> SafeString:
    """The story of a person as cords with knots."""
    events = sum(len(lane.knots) for lane in lanes.lanes)
    description = _("%(events)s hitos de %(lanes)s instituciones. El detalle está en la línea de tiempo.") % {
        "events": events,
        "lanes": len(lanes.lanes),
    }
    return lanes_chart(
        lanes, title=_("Hitos por institución en el tiempo"), description=description, today_label=_("hoy")
    )


@register.simple_tag
def counts_picture(counts: Counts) -> SafeString:
    """How the rows of a delivery end, as one bar."""
    return parts_bar(
        (
            ("done", counts.new),
            ("mid", counts.changed),
            ("quiet", counts.unchanged),
            ("late", counts.set_aside),
        )
    )


@register.simple_tag
def chain_picture(step: ChainStep | OfficeLine, whole: int | None = None) -> SafeString:
    """How one step or office stands, as one bar; what is hidden is one empty part, so that none looks larger."""
    counts = (("done", step.in_time), ("due", step.late), ("pending", step.pending), ("late", step.lost))
    shown = [(name, count or 0) for name, count in counts]
    base = step.base if isinstance(step, ChainStep) else step.owed
    hidden = max(0, (base or 0) - sum(count for _name, count in shown))
    return parts_bar([*shown, ("hidden", hidden)], whole=whole or base or 0)


@register.simple_tag
def evidence_picture(bar: EvidenceBar, bars: Sequence[EvidenceBar]) -> SafeString:
    """One step of the waterfall of all evidence of a pair."""
    low, high = _scale(bars)
    return evidence_bar(bar.start, bar.start + bar.weight, low=low, high=high)


@register.simple_tag
def evidence_total(bars: Sequence[EvidenceBar]) -> SafeString:
    """Where the waterfall ends."""
    low, high = _scale(bars)
    return evidence_bar(0.0, sum(bar.weight for bar in bars), low=low, high=high)


def _scale(bars: Sequence[EvidenceBar]) -> tuple[float, float]:
    ends = [0.0, *(bar.start + bar.weight for bar in bars)]
    return min(ends), max(ends)


@register.simple_tag
def columns_picture(comparison: Comparison) -> SafeString:
    """Sources side by side over periods."""
    description = _("Columnas por periodo y fuente. Los mismos valores están en la tabla que sigue.")
    return columns_chart(comparison, title=comparison.title, description=description)


def _local_day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def _open(segment: Segment) -> SafeString:
    return mark_safe('<mark class="differs">') if segment.differs else mark_safe("")


def _close(segment: Segment) -> SafeString:
    return mark_safe("</mark>") if segment.differs else mark_safe("")
