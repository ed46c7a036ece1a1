"""Page ``web/search.html`` (:class:`SearchPage`). It is sent by POST, because a name must not enter an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.forms import BaseForm

from amparo.interfaces.web.viewmodels.common import InstitutionMark, PersonMark


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call about a person: an office, never the name of a worker."""

    institution: InstitutionMark
    office: str
    phone: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A person who may be the one searched for, masked.

    ``strength`` is 3 (strong), 2 or 1 (weak) with ``strength_label`` in words; ``agrees``, ``nearly`` and ``differs``
    name the fields compared ("apellidos", "nacimiento"), and ``warnings`` what to look at first, in a word or two.
    Where the reader may not open the thread, ``contact`` says whom to call, and ``may_break_glass`` offers to open her
    in an emergency.
    """

    person: PersonMark
    institutions: tuple[InstitutionMark, ...]
    strength: int
    strength_label: str
    agrees: tuple[str, ...] = ()
    nearly: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    last_event_on: date | None = None
    may_open: bool = True
    contact: Contact | None = None
    may_break_glass: bool = False


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """Hit or no hit, for roles that may know only that; ``contacts`` is empty where she is not known."""

    known: bool
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What a page that looks people up has. ``form`` keeps what was typed.

    ``asked`` is false until something was looked up. ``answer`` is set instead of ``hits`` for roles that are told yes
    or no. ``more`` says that there were more results than are shown. ``refused`` says why nothing was looked up though
    nothing is wrong with what was typed.
    """

    form: BaseForm
    asked: bool = False
    hits: tuple[SearchHit, ...] = ()
    answer: KnownAnswer | None = None
    more: bool = False
    only_known: bool = False
    refused: str = ""


@dataclass(frozen=True, slots=True)
class SearchPage(LookedUp):
    """``form`` has ``text`` (the one box), ``purpose`` and optional fields, which the page shows under "Más datos".

    ``among_own`` says that only those were looked at whom the reader may work with.
    """

    among_own: bool = False
