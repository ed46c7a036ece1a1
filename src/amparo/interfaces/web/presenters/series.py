"""Official series in words: columns with where they come from, tables by category, and sums that do not agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo import __version__
from amparo.insight.queries.series import Counted, Report
from amparo.insight.rules.small import SMALLEST_SHOWN
from amparo.interfaces.web.presenters import marks
from amparo.interfaces.web.viewmodels.common import Filter, Notice, Option, Provenance, Tone
from amparo.interfaces.web.viewmodels.series import (
    Breakdown,
    Column,
    Comparison,
    SeriesLine,
    SeriesPage,
    SumProblem,
    YearRow,
)
from amparo.pack.current import pack
from amparo.pack.definitions import Breakdown as BreakdownDefinition
from amparo.pack.definitions import Series
from amparo.registries import messages
from amparo.registries.queries import deliveries
from amparo.registries.queries.series import SUMS, Part, Problem, Taken


def line(taken: Taken, definition: Series | None, language: str) -> SeriesLine:
    """A series in the list."""
    years = str(taken.first_year)
    if taken.last_year != taken.first_year:
        years = _("%(first)s a %(last)s") % {"first": taken.first_year, "last": taken.last_year}
    return SeriesLine(
        code=taken.source,
        title=definition.label(language) if definition else taken.source,
        institution=marks.institution(taken.institution, language),
        period=years,
        rows=taken.cells,
        problems=taken.wrong_sums,
        extracted_on=timezone.localdate(taken.received_at),
    )


def page(found: Report, asked: Part, language: str) -> SeriesPage:
    """One series with everything that stands beside it."""
    return SeriesPage(
        title=found.definition.label(language),
        institution=marks.institution(found.taken.institution, language),
        filters=_filters(found, asked),
        comparison=_comparison(found, language),
        breakdowns=tuple(_breakdown(found, each, language) for each in found.definition.breakdowns),
        problems=tuple(_problem(each, found.definition, language) for each in found.problems),
        problems_total=sum(found.problem_counts.get(kind, 0) for kind in SUMS),
        checks_total=found.sums_checked,
        notices=_notices(found),
    )


def _filters(found: Report, asked: Part) -> tuple[Filter, ...]:
    """The department, where the series has several, and the year whose sums are shown."""
    places = Filter("departamento", _("Departamento"), _options(_("Todos"), asked.department, found.departments))
    years = Filter("anio", _("Sumas del año"), _options(_("Todos"), str(asked.year or ""), found.figures.years))
    return (places, years) if len(found.departments) > 1 else (years,)


def _options(every: str, chosen: str, values: Iterable[object]) -> tuple[Option, ...]:
    known = list(map(str, values))
    first = Option("", every, chosen not in known)
    return (first, *(Option(value, value, value == chosen) for value in known))


def _comparison(found: Report, language: str) -> Comparison:
    """What was published and what the registers hold, by year. A hidden count reads as a gap."""
    years = found.figures.years
    published = _published(found)
    official = Column(_short(found, language), _provenance(found, language), official=True)
    columns = [official, *(Column(*_told(each, found, language), official=False) for each in found.beside)]
    values = [published, *(each.by_year for each in found.beside)]
    return Comparison(
        title=_("Lo publicado, al lado de los registros"),
        columns=tuple(columns),
        rows=tuple(YearRow(str(year), tuple(each.get(year) for each in values)) for year in years),
    )


def _published(found: Report) -> Mapping[int, int | None]:
    """The number of the series by year: the total of its first breakdown."""
    breakdowns = found.definition.breakdowns
    return dict(found.figures.by_item.get(breakdowns[0].total, {})) if breakdowns else {}


def _short(found: Report, language: str) -> str:
    """What the column of the series is called."""
    sign = marks.institution(found.taken.institution, language).sign
    return f"{sign}: {pack().label('unidad_conteo', found.definition.unit_of_count, language).lower()}"


def _provenance(found: Report, language: str) -> Provenance:
    definition = found.definition
    return Provenance(
        unit=pack().label("unidad_conteo", definition.unit_of_count, language).lower(),
        base=definition.base_en if language == "en" else definition.base_es,
        source=f"{definition.source}. {_territory(definition, language)}".strip(),
        extracted_on=_day(found.taken.received_at),
    )


def _territory(definition: Series, language: str) -> str:
    return definition.territory_en if language == "en" else definition.territory_es


def _told(counted: Counted, found: Report, language: str) -> tuple[str, Provenance]:
    """Label and provenance of a column that Amparo counts."""
    if not counted.source:
        base = _("personas conocidas por alguna institución del departamento, en el año en que se supo de ellas")
        source = _("registros entregados por las instituciones, unidos por Amparo")
        return _("Personas"), Provenance(_("personas"), base, source, _day(counted.as_of), __version__)
    layout = deliveries.layout_of(counted.source)
    unit = getattr(layout.unit_of_record, language, layout.unit_of_record.es) if layout else _("registros")
    institution = marks.institution(layout.institution if layout else "", language)
    event = pack().events[counted.event].label(language).lower()
    base = _("registros de las dependencias del departamento con el hito «%(event)s», por su año") % {"event": event}
    title = getattr(layout.title, language, layout.title.es) if layout else counted.source
    label = _("%(sign)s: registros") % {"sign": institution.sign}
    return label, Provenance(unit, base, title, _day(counted.as_of), __version__)


def _breakdown(found: Report, definition: BreakdownDefinition, language: str) -> Breakdown:
    """The parts of the series by year, as published, and its own total below them."""
    years, by_item = found.figures.years, found.figures.by_item
    lines = [(_part_label(definition, part.written, part.code, language), part.written) for part in definition.parts]
    lines.append((_("Total publicado"), definition.total))
    return Breakdown(
        title=definition.label(language),
        headers=(definition.label(language), *map(str, years)),
        rows=tuple(YearRow(label, tuple(by_item.get(item, {}).get(year) for year in years)) for label, item in lines),
        provenance=_provenance(found, language),
    )


def _part_label(definition: BreakdownDefinition, written: str, code: str, language: str) -> str:
    """The pack's word for a part, else the publisher's own without its prefix."""
    if code and definition.list:
        return pack().label(definition.list, code, language)
    words = written.partition("_")[2] or written
    return words[:1] + words[1:].lower()


def _problem(problem: Problem, definition: Series, language: str) -> SumProblem:
    month = str(MONTHS.get(problem.month, problem.month))
    where = f"{problem.station} ({problem.district}), {month} {problem.year}"
    numbers = {"expected": "…" if problem.expected is None else problem.expected, "found": problem.found}
    label = next((each.label(language) for each in definition.breakdowns if each.total == problem.item), "")
    total = f"{label} ({problem.item})" if label else problem.item
    what = messages.sentence(problem.kind, {"total": total, **numbers}, language)
    return SumProblem(where, what, problem.found, problem.expected)


def _notices(found: Report) -> tuple[Notice, ...]:
    told = []
    repeated = found.figures.repeated
    if repeated:
        words = _(
            "La tabla de %(repeated)s de %(places)s comisarías y meses viene impresa más de una vez. Aquí cada una se "
            "cuenta una sola vez."
        )
        told.append(Notice(Tone.DUE, words % {"repeated": repeated, "places": found.figures.places}))
    empty = found.problem_counts.get("series.no_value", 0)
    if empty:
        words = ngettext(
            "%(n)s valor viene vacío en lo publicado; no se cuenta como cero.",
            "%(n)s valores vienen vacíos en lo publicado; no se cuentan como cero.",
            empty,
        )
        told.append(Notice(Tone.PLAIN, words % {"n": empty}))
    return (*(told), *_reach(found))


def _reach(found: Report) -> tuple[Notice, ...]:
    """Why there may be nothing beside the series."""
    if not found.known_place:
        return (
            Notice(
                Tone.PLAIN,
                _("El lugar de la serie no está entre los departamentos del país, así que no hay con qué compararla."),
            ),
        )
    if not found.within_reach:
        return (Notice(Tone.PLAIN, _("Su acceso muestra los registros de su región; esta serie es de otra.")),)
    if not any(value != 0 for each in found.beside for value in each.by_year.values()):
        words = _("En lo entregado a Amparo no hay registros de este departamento en estos años.")
        return (Notice(Tone.PLAIN, words),)
    words = _("De los registros no se muestra ninguna cantidad menor que %(smallest)s que no sea cero.")
    return (Notice(Tone.PLAIN, words % {"smallest": SMALLEST_SHOWN}),)


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
