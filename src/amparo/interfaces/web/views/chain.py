"""The coordinator's page: how many people reach each step of the route, and where the chain breaks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from amparo import __version__
from amparo.access.actors import Actor
from amparo.access.policy import policy
from amparo.engines.route.model import Step
from amparo.insight.queries import chain as chains
from amparo.insight.queries.chain import Chain, Link, View
from amparo.insight.rules.small import SMALLEST_SHOWN
from amparo.insight.rules.views import PERIODS
from amparo.interfaces.web.presenters import marks
from amparo.interfaces.web.request import actor_in, language_in
from amparo.interfaces.web.viewmodels.chain import ChainPage, ChainStep, OfficeLine
from amparo.interfaces.web.viewmodels.common import Filter, Option, Provenance, Tile, Tone
from amparo.pack.current import pack
from amparo.pack.reported import reported_steps

_OFFICES_SHOWN = 30


_MINOR = {"child": True, "adult": False}


@policy("chain_read")
@require_GET
def chain(request: HttpRequest) -> HttpResponse:
    """The chain for a region as numbers and picture."""
    actor, now, language = actor_in(request), timezone.now(), language_in(request)
    chosen = _choice(request, actor)
    today = timezone.localdate(now)
    found = chains.read(
        actor=actor,
        view=chosen,
        order=[code for code in step_order() if code in reported_steps(pack())],
        at=now,
        today=today,
    )
    page = _page(found, chosen, actor, today, language)
    return render(request, "web/chain.html", {"page": page})


def step_order() -> list[str]:
    """Every step of the routes in force, in the order of the protocol, each once."""
    newest = sorted(pack().routes.routes, key=lambda route: route.valid_from, reverse=True)
    return list(dict.fromkeys(step.code for route in newest for step in route.steps))


def _choice(request: HttpRequest, actor: Actor) -> View:
    wanted = request.GET.get("region", "")
    regions = actor.departments if actor.scope != "all" else ("", *pack().places.departments())
    years = request.GET.get("desde", "2")
    return View(
        department=wanted if wanted in regions else next(iter(regions), ""),
        years=int(years) if years in map(str, PERIODS) else PERIODS[0],
        minor=_MINOR.get(request.GET.get("edad", "")),
    )


def _page(found: Chain, chosen: View, actor: Actor, today: date, language: str) -> ChainPage:
    region = pack().places.departments().get(chosen.department, _("todo el país"))
    steps = tuple(_step(link, link.code == found.worst, language) for link in found.steps)
    source = _("registros entregados por las instituciones, unidos por Amparo")
    return ChainPage(
        region=region,
        period=_period(chosen.years),
        finding=_finding(steps),
        filters=_filters(chosen, actor, language),
        tiles=(
            Tile(_("personas"), found.people),
            Tile(_("rescatadas más de una vez"), found.found_again, Tone.LATE if found.found_again else Tone.PLAIN),
        ),
        steps=steps,
        offices=tuple(_office(link, language) for link in found.offices[:_OFFICES_SHOWN]),
        provenance=Provenance(
            _("personas"), _("personas a quienes corresponde cada paso en su último caso"), source, today, __version__
        ),
        office_provenance=Provenance(
            _("pasos"), _("pasos que debe cada dependencia, uno por persona"), source, today, __version__
        ),
        smallest_shown=SMALLEST_SHOWN,
        unreported=tuple(_label(code, language) for code in step_order() if code not in reported_steps(pack())),
    )


def _step(link: Link, worst: bool, language: str) -> ChainStep:
    definition = _definition(link.code)
    return ChainStep(
        code=link.code,
        label=_label(link.code, language),
        responsible=marks.unit(link.unit, language),
        base=link.base,
        in_time=link.in_time,
        late=link.late,
        pending=link.pending,
        lost=link.lost,
        median_days=link.median_days,
        verified=definition.verified if definition else False,
        worst=worst,
    )


def _definition(code: str) -> Step | None:
    return next((step for route in pack().routes.routes if (step := route.step(code))), None)


def _label(code: str, language: str) -> str:
    definition = _definition(code)
    return definition.label(language) if definition else code


def _office(link: Link, language: str) -> OfficeLine:
    office = pack().offices.get(link.code)
    mark = marks.institution(office.institution if office else "", language)
    name = office.name if office else link.code
    return OfficeLine(name, mark, link.base, link.in_time, link.late, link.pending, link.lost, link.median_days)


def _finding(steps: tuple[ChainStep, ...]) -> str:
    worst = next((step for step in steps if step.worst), None)
    if worst is None:
        return _("Todavía no hay suficientes personas para decir dónde se rompe la cadena.")
    lost = worst.lost or 0
    over = lost + (worst.in_time or 0) + (worst.late or 0)
    words = _("Donde más se rompe: «%(step)s» (le toca a: %(who)s). De %(over)s personas, %(lost)s no llegaron.")
    return words % {"step": worst.label, "who": worst.responsible, "over": over, "lost": lost}


def _period(years: int) -> str:
    return {0: _("todos los años"), 1: _("último año"), 2: _("últimos dos años"), 4: _("últimos cuatro años")}[years]


def _filters(chosen: View, actor: Actor, language: str) -> tuple[Filter, ...]:
    names = pack().places.departments()
    regions = [("", _("Todo el país")), *names.items()] if actor.scope == "all" else []
    regions = regions or [(code, names.get(code, code)) for code in actor.departments]
    ages = (("", _("Todas las edades")), ("child", _("Niñas, niños y adolescentes")), ("adult", _("Personas adultas")))
    return (
        Filter("region", _("Región"), _options(regions, chosen.department)),
        Filter("desde", _("Periodo"), _options([(str(n), _period(n)) for n in (1, 2, 4, 0)], str(chosen.years))),
        Filter(
            "edad",
            _("Edad hoy"),
            _options(ages, next((age for age, minor in _MINOR.items() if minor is chosen.minor), "")),
        ),
    )


def _options(values: Iterable[tuple[str, str]], current: str) -> tuple[Option, ...]:
    return tuple(Option(value, label, value == current) for value, label in values)
