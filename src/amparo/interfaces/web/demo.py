"""What only a demonstration shows: its invented users on the sign-in page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from amparo.access import queries
from amparo.interfaces.web.request import language_in
from amparo.interfaces.web.viewmodels.home import DemoUser
from amparo.pack.current import pack
from amparo.world import users as invented

PASSWORD = invented.PASSWORD
"""The password of every user of a demonstration."""


def users(request: HttpRequest) -> tuple[DemoUser, ...]:
    """The users of the demonstration, by name; none anywhere else."""
    if not settings.DEMO:
        return ()
    language = language_in(request)
    return tuple(
        DemoUser(user.username, _role(user.role, language), _office(user.office)) for user in queries.active_users()
    )


def _role(code: str, language: str) -> str:
    role = pack().roles.get(code)
    return role.label(language) if role else code


def _office(code: str) -> str:
    office = pack().offices.get(code)
    return office.name if office else ""
