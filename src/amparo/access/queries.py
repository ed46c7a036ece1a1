"""Reading who somebody is."""

from __future__ import annotations

from collections.abc import Collection, Iterable

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


def offices_of(usernames: Iterable[str]) -> set[tuple[str, str, str]]:
    """The offices that users belong to: institution, unit and code of the office, which may be empty."""
    return {
        (actor.institution, actor.unit, actor.office)
        for actor in map(actor_of, User.objects.filter(username__in=list(usernames), role__in=list(pack().roles)))
    }


def of_office(institution: str, office: str) -> set[str]:
    """Everybody who belongs to an office, those who may not sign in any more included; empty names leave it open."""
    chosen = User.objects.all()
    if institution:
        chosen = chosen.filter(institution=institution)
    if office:
        chosen = chosen.filter(office=office)
    return set(chosen.values_list("username", flat=True))


def active_users() -> list[User]:
    """Everybody who may sign in, by name."""
    return list(User.objects.filter(is_active=True).order_by("created_at", "username"))


def active_or_not(usernames: Collection[str]) -> list[User]:
    """The users of these names, those who may no longer sign in included."""
    return list(User.objects.filter(username__in=list(usernames)).order_by("username"))
