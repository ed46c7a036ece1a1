"""The frame of every page: who is signed in and where she can go."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NavItem:
    """A place in the navigation. ``route`` is the name of the URL, ``icon`` one of :mod:`.templatetags.icons`.

    The first three are shown on a phone beside "Más", so they come in the order of use. ``label`` is at most ten
    letters long, or it will not fit at 320 px.
    """

    route: str
    label: str
    icon: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """Who is signed in, as what, and where she can go; all empty before signing in."""

    signed_in: bool = False
    user: str = ""
    role: str = ""
    office: str = ""
    nav: tuple[NavItem, ...] = ()
    is_demo: bool = False
