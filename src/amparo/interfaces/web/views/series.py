"""Official series: what institutions publish, with its contradictions, beside what the registers say."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from amparo.access.policy import policy
from amparo.insight.queries import series as reports
from amparo.interfaces.web.presenters import series as presented
from amparo.interfaces.web.request import actor_in, language_in
from amparo.interfaces.web.viewmodels.series import SeriesListPage
from amparo.registries.queries.series import Part


@policy("series_read")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """All official series that were handed in."""
    found = reports.listed(actor=actor_in(request))
    lines = tuple(presented.line(taken, definition, language_in(request)) for taken, definition in found)
    return render(request, "web/series_list.html", {"page": SeriesListPage(lines)})


@policy("series_read")
@require_GET
def series(request: HttpRequest, code: str) -> HttpResponse:
    """One series: side by side with the registers, where it does not add up, and by category."""
    year = request.GET.get("anio", "")
    part = Part(
        request.GET.get("departamento", ""), int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0
    )
    found = reports.read(actor=actor_in(request), code=code, part=part, at=timezone.now())
    return render(request, "web/series.html", {"page": presented.page(found, part, language_in(request))})
