"""Reading who somebody is."""

from __future__ import annotations

from collections.abc import Collection

from amparo.access.actors import Actor
from amparo.access.models import User
from amparo.kernel.errors import Denied
from amparo.pack.current import pack


def actor_of(user: User) -> Actor:
    """The actor that a signed-in user is, by her role in the pack; ``Denied`` where the pack knows no such role."""
    role = pack().roles.get(user.role)
    if role is None:
        raise Denied("access.unknown_role")
    office = pack().offices.get(user.office)
    unit = office.unit if office else (role.units[0] if role.units else "")
    return Actor(
        name=user.username,
        institution=user.institution,
        office=user.office,
        role=user.role,
        unit=unit,
        departments=tuple(office.departments) if office else (),
        capabilities=frozenset(role.capabilities),
        scope=role.scope,
        compartments=frozenset(role.compartments),
        language=user.language,
    )


def names_of(usernames: set[str]) -> dict[str, str]:
    """Display names of users, for showing who wrote or judged something."""
    return dict(User.objects.filter(username__in=usernames).values_list("username", "display_name"))


def active_users() -> list[User]:
    """Everybody who may sign in, by name."""
    return list(User.objects.filter(is_active=True).order_by("created_at", "username"))


def active_or_not(usernames: Collection[str]) -> list[User]:
    """The users of these names, those who may no longer sign in included."""
    return list(User.objects.filter(username__in=list(usernames)).order_by("username"))
