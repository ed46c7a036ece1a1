"""The list with which a worker's day begins: what is owed, to whom, since when."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from amparo.access.actors import Actor
from amparo.access.policy import policy
from amparo.casework.queries import notices, todo
from amparo.casework.queries.todo import Filters, Owed, TodoList
from amparo.interfaces.web.presenters import marks, steps
from amparo.interfaces.web.presenters import notices as presented
from amparo.interfaces.web.request import actor_in, language_in
from amparo.interfaces.web.viewmodels.common import Choice, Pages, Tile, Tone
from amparo.interfaces.web.viewmodels.my_list import MyListPage, OwedPerson

_SILENT_FROM_DAYS = 30
_STEPS_SHOWN = 4


@policy("my_list")
@require_GET
def my_list(request: HttpRequest) -> HttpResponse:
    """What is owed, by risk and delay."""
    filters = _filters(request)
    actor, now = actor_in(request), timezone.now()
    found = todo.read(actor=actor, filters=filters, at=now)
    page = _page(found, filters, timezone.localdate(now), language_in(request), actor)
    return render(request, "web/my_list.html", {"page": page})


def _filters(request: HttpRequest) -> Filters:
    number = request.GET.get("p", "1")
    show = request.GET.get("ver", "")
    return Filters(
        mine=request.GET.get("de") != "todos",
        show=show if show in ("overdue", "week") else "",
        page=int(number) if number.isdecimal() and len(number) < 6 and int(number) > 0 else 1,
    )


def _page(found: TodoList, filters: Filters, today: date, language: str, actor: Actor) -> MyListPage:
    late = ngettext("persona con algo vencido", "personas con algo vencido", found.overdue)
    week = ngettext(
        "persona con algo que vence esta semana", "personas con algo que vence esta semana", found.this_week
    )
    return MyListPage(
        tiles=(
            _tile(late, found.overdue, Tone.LATE, "overdue", filters),
            _tile(week, found.this_week, Tone.DUE, "week", filters),
        ),
        scopes=(
            Choice(_("Lo que debe mi dependencia"), _query(filters, de=""), filters.mine),
            Choice(_("Lo que se debe a mis personas"), _query(filters, de="todos"), not filters.mine),
        ),
        people=tuple(_person(owed, found, today, language) for owed in found.people),
        total_people=found.total,
        pages=_pages(found.pages, filters),
        today=today,
        filtered=bool(filters.show),
        only_mine=filters.mine,
        clear=_query(Filters(mine=False)),
        may_open=actor.can("thread_read"),
        may_write=actor.can("event_write"),
        notices=presented.waiting(notices.count(actor)),
    )


def _tile(label: str, count: int, tone: Tone, show: str, filters: Filters) -> Tile:
    current = filters.show == show
    query = _query(filters, ver="" if current else show)
    return Tile(label, count, tone if count else Tone.PLAIN, query=query, current=current)


def _query(filters: Filters, **changes: str) -> str:
    values = {"de": "" if filters.mine else "todos", "ver": filters.show} | changes
    return "?" + "&".join(f"{name}={value}" for name, value in values.items() if value)


def _pages(total: int, filters: Filters) -> Pages:
    def to(number: int) -> str:
        return _query(filters, p=str(number)) if 1 <= number <= total else ""

    return Pages(min(filters.page, total), total, to(filters.page - 1), to(filters.page + 1))


def _person(owed: Owed, found: TodoList, today: date, language: str) -> OwedPerson:
    last = owed.person.last_on
    silent = (today - last).days if last else 0
    return OwedPerson(
        person=marks.person(owed.person, found.initials.get(owed.person.id, "")),
        steps=tuple(steps.line(step, today, language) for step in owed.steps[:_STEPS_SHOWN]),
        more_steps=max(0, len(owed.steps) - _STEPS_SHOWN),
        institutions=marks.institutions(owed.person.institutions, language),
        risk=marks.risk(owed.person.risk, language),
        last_event_on=last,
        silent_days=silent if silent >= _SILENT_FROM_DAYS else None,
    )
