"""Pages ``web/home.html`` (:class:`HomePage`), ``web/sign_in.html`` (:class:`SignInPage`) and ``web/account.html``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.forms import BaseForm

from amparo.interfaces.web.viewmodels.common import Fact, Notice, Tone


@dataclass(frozen=True, slots=True)
class DemoUser:
    """An invented user of the demonstration, offered on the sign-in page only there."""

    username: str
    role: str
    office: str


@dataclass(frozen=True, slots=True)
class SignInPage:
    """Fields of ``form``: ``username``, ``password``. ``next`` is where to go then, already checked to be local."""

    form: BaseForm
    next: str = ""
    demo_users: tuple[DemoUser, ...] = ()
    demo_password: str = ""


@dataclass(frozen=True, slots=True)
class HomeCard:
    """One thing to do from the landing page; ``count`` with ``count_label`` says why it is worth doing now."""

    route: str
    icon: str
    title: str
    text: str
    count: int | None = None
    count_label: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class HomePage:
    """The landing page of a role: the main job first."""

    greeting: str
    cards: tuple[HomeCard, ...]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountPage:
    """What the system holds on the user herself and what her role lets her see."""

    facts: tuple[Fact, ...]
    may: tuple[str, ...]
    may_not: tuple[str, ...]
    signed_in_at: datetime | None = None
    idle_minutes: int = 15
    has_second_factor: bool = False
