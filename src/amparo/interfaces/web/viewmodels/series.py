"""Pages ``web/series_list.html`` and ``web/series.html``: official figures beside what the registries say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from amparo.interfaces.web.viewmodels.common import Filter, InstitutionMark, Notice, Provenance


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """An official series that was handed in; ``problems`` counts the places where it does not add up."""

    code: str
    title: str
    institution: InstitutionMark
    period: str
    rows: int
    problems: int
    extracted_on: date | None


@dataclass(frozen=True, slots=True)
class SeriesListPage:
    """All official series."""

    series: tuple[SeriesLine, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A source of figures; ``official`` ones are published, the others are counted by Amparo in the registries."""

    label: str
    provenance: Provenance
    official: bool


@dataclass(frozen=True, slots=True)
class YearRow:
    """One period with a value per column, in the order of the columns; ``None`` is not known or hidden."""

    label: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Columns side by side over periods. They are never added together: each has its own unit and base."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[YearRow, ...]


@dataclass(frozen=True, slots=True)
class SumProblem:
    """A place where the published figures do not add up: what the total says and what its parts make.

    ``stated`` is missing where the total itself is.
    """

    where: str
    what: str
    stated: int | None
    parts: int | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A table of the official series itself, for instance by purpose of exploitation."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[YearRow, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """One official series; ``problems`` are the first of ``problems_total``, out of ``checks_total`` sums checked."""

    title: str
    institution: InstitutionMark
    filters: tuple[Filter, ...]
    comparison: Comparison
    breakdowns: tuple[Breakdown, ...]
    problems: tuple[SumProblem, ...]
    problems_total: int
    checks_total: int
    notices: tuple[Notice, ...] = ()
