"""Notices as pages show them: that records a reader saw as one person were separated."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access.actors import Actor
from amparo.casework.queries.notices import Told
from amparo.interfaces.web.viewmodels.common import Notice, Tone
from amparo.interfaces.web.viewmodels.notices import NoticeLine, NoticesPage


def waiting(count: int) -> tuple[Notice, ...]:
    """What a page says where notices wait; nothing where none does."""
    if not count:
        return ()
    words = ngettext(
        "Se separaron registros que se le mostraron como una sola persona. Revise lo que hizo.",
        "%(count)s veces se separaron registros que se le mostraron como una sola persona. Revise lo que hizo.",
        count,
    )
    return (Notice(Tone.DUE, words % {"count": count}, route="notices", action=_("Ver los avisos")),)


def page(told: list[Told], actor: Actor) -> NoticesPage:
    """The notices one by one."""
    lines = tuple(NoticeLine(each.id, each.at, each.wrote, each.persons) for each in told)
    return NoticesPage(lines, may_open=actor.can("thread_read"))
