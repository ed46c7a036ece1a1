"""Sealed places in words that tell nothing of where they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.casework.queries.places import Place
from amparo.casework.rules import places as rules
from amparo.casework.rules.places import Request
from amparo.interfaces.web.presenters import marks
from amparo.interfaces.web.viewmodels.common import Tone
from amparo.interfaces.web.viewmodels.places import PlaceLine, RequestLine

_KINDS: dict[str, str | Promise] = {"shelter": _("lugar de acogida"), "whereabouts": _("paradero de una persona")}
_STATES: dict[str, tuple[str | Promise, Tone]] = {
    "waiting": (_("espera respuesta"), Tone.DUE),
    "lapsed": (_("nadie respondió en un día"), Tone.PLAIN),
    "refused": (_("no se autorizó"), Tone.PLAIN),
    "open": (_("puede leerlo ahora, una vez"), Tone.DONE),
    "closed": (_("pasaron los 15 minutos"), Tone.PLAIN),
    "read": (_("ya se leyó"), Tone.PLAIN),
}


def request(found: Request, names: Mapping[str, str], now: datetime) -> RequestLine:
    """One request as it stands."""
    state, tone = _STATES[rules.standing(found, now)]
    return RequestLine(
        id=found.id,
        code=found.code,
        kind=str(_KINDS[found.kind]),
        who=names.get(found.username, found.username),
        office=marks.office(found.office) or found.institution.upper(),
        at=found.at,
        until=found.until,
        state=str(state),
        tone=tone,
    )


def place(found: Place) -> PlaceLine:
    """One place of one's own office."""
    return PlaceLine(found.id, found.code, str(_KINDS[found.kind]), found.written_at)
