"""The landing page of each role, what Amparo is, and what a user may do."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from amparo.access import alerts
from amparo.access.actors import Actor
from amparo.access.policy import PUBLIC, SIGNED_IN, policy
from amparo.casework.queries import judging, notices, questions, todo
from amparo.interfaces.web import navigation
from amparo.interfaces.web.presenters import notices as presented
from amparo.interfaces.web.request import actor_in, language_in
from amparo.interfaces.web.viewmodels.common import Fact, Tone
from amparo.interfaces.web.viewmodels.home import AccountPage, HomeCard, HomePage
from amparo.pack.current import pack


@policy(SIGNED_IN)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The doors that a role has, the main one first."""
    actor = actor_in(request)
    cards = tuple(_card(place, actor) for place in navigation.places_of(actor))
    page = HomePage(
        greeting=_("Hola, %(name)s") % {"name": _first_name(request)},
        cards=cards,
        notices=presented.waiting(notices.count(actor)),
    )
    return render(request, "web/home.html", {"page": page})


def _first_name(request: HttpRequest) -> str:
    return str(getattr(request.user, "display_name", "")).split(" ")[0]


def _card(place: navigation.Place, actor: Actor) -> HomeCard:
    count, label, tone = _count(place.route, actor)
    return HomeCard(place.route, place.icon, str(place.title), str(place.text), count, label, tone)


def _count(route: str, actor: Actor) -> tuple[int | None, str, Tone]:
    """What makes a door worth opening now."""
    if route == "my-list":
        late = todo.overdue_people(actor)
        return late, ngettext("persona con algo vencido", "personas con algo vencido", late), _tone(late, Tone.LATE)
    if route == "pairs":
        waiting = len(questions.of_reviewer(actor.name, without=judging.hidden_from(actor)))
        return waiting, ngettext("par por decidir", "pares por decidir", waiting), _tone(waiting, Tone.DUE)
    if route == "alerts":
        new = alerts.unseen(actor)
        return new, ngettext("alerta sin ver", "alertas sin ver", new), _tone(new, Tone.DUE)
    return None, "", Tone.PLAIN


def _tone(count: int, tone: Tone) -> Tone:
    """Nothing to do is no reason for alarm."""
    return tone if count else Tone.PLAIN


@policy(PUBLIC)
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """What Amparo is, in a few plain words."""
    return render(request, "web/about.html")


@policy(SIGNED_IN)
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """What the system holds on the user and what her role lets her see."""
    actor, language = actor_in(request), language_in(request)
    role, office = pack().roles[actor.role], pack().offices.get(actor.office)
    facts = (
        Fact(_("Usuario"), actor.name),
        Fact(_("Rol"), role.label(language), role.about_es if language == "es" else role.about_en),
        Fact(_("Institución"), pack().label("institucion", actor.institution, language)),
        Fact(_("Dependencia"), office.name if office else "—"),
    )
    may = tuple(str(place.title) for place in navigation.places_of(actor))
    may_not = tuple(str(place.title) for place in navigation.PLACES if not actor.can(place.capability))
    page = AccountPage(
        facts,
        may,
        may_not,
        getattr(request.user, "last_login", None),
        settings.SESSION_IDLE_SECONDS // 60,
        is_mfa_enabled(request.user),
    )
    return render(request, "web/account.html", {"page": page})
