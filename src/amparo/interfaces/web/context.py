"""What every template knows."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest

from amparo.interfaces.web import navigation
from amparo.interfaces.web.request import language_in
from amparo.interfaces.web.viewmodels.frame import Frame, NavItem
from amparo.pack.current import pack


def frame(request: HttpRequest) -> dict[str, object]:
    """The frame of a page: who is signed in and where she can go."""
    user = getattr(request, "user", None)
    actor = getattr(request, "actor", None)
    if not isinstance(user, get_user_model()) or actor is None:
        return {"frame": Frame(is_demo=settings.DEMO)}
    route = request.resolver_match.url_name or "" if request.resolver_match else ""
    role, office = pack().roles.get(user.role), pack().offices.get(user.office)
    nav = tuple(
        NavItem(place.route, str(place.label), place.icon, navigation.is_current(place, route))
        for place in navigation.places_of(actor)
    )
    return {
        "frame": Frame(
            signed_in=True,
            user=user.display_name,
            role=role.label(language_in(request)) if role else user.role,
            office=office.name if office else "",
            nav=nav,
            is_demo=settings.DEMO,
        )
    }
