"""Page ``web/known.html`` (:class:`KnownPage`). It is sent by POST: nothing that is typed enters an address."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BaseForm

from amparo.interfaces.web.viewmodels.search import KnownAnswer, SearchHit


@dataclass(frozen=True, slots=True)
class KnownPage:
    """``form`` has the parts of a record and ``purpose``; it keeps what was typed, so that another part can be added.

    ``asked`` is false until something was looked up. ``answer`` is set instead of ``hits`` for roles that are told yes
    or no. ``may_deliver`` says that the reader's office hands in its register here, which is how a new record comes in.
    """

    form: BaseForm
    asked: bool = False
    hits: tuple[SearchHit, ...] = ()
    answer: KnownAnswer | None = None
    more: bool = False
    only_known: bool = False
    may_deliver: bool = False
