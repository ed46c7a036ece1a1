"""An identity that was asked for, as the page shows it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amparo.casework.queries.identity import Revealed
from amparo.engines.linkage.fields import Fields
from amparo.interfaces.web.presenters import marks
from amparo.interfaces.web.viewmodels.common import Fact
from amparo.interfaces.web.viewmodels.thread import Identity
from amparo.kernel.dates import Approx, Precision
from amparo.pack.current import pack


def shown(revealed: Revealed, purpose: str, at: datetime, language: str) -> Identity:
    """The name most records give, and what each record says."""
    names = Counter(full_name(fields) for _record, fields in revealed.said if full_name(fields))
    facts = tuple(
        Fact(marks.institution(record.institution, language).sign, full_name(fields) or "—", _rest(fields))
        for record, fields in revealed.said
    )
    name = names.most_common(1)[0][0] if names else _("Sin nombre conocido")
    return Identity(name, facts, pack().label("finalidad_acceso", purpose, language), at)


def full_name(fields: Fields) -> str:
    """Given names and surnames in the order of speech."""
    return " ".join(part for part in (fields.given, fields.surname1, fields.surname2) if part)


def _rest(fields: Fields) -> str:
    told = [
        f"{fields.doc_type} {fields.doc_number}".strip(),
        birth(fields.birth),
        f"“{fields.alias}”" if fields.alias else "",
        fields.native_name,
    ]
    return " · ".join(part for part in told if part)


def birth(known: Approx | None) -> str:
    """A birth as well as it is known."""
    if known is None:
        return ""
    if known.precision is Precision.EXACT:
        return _("nac. %(day)s") % {"day": date_format(known.earliest, "SHORT_DATE_FORMAT")}
    return _("nacida o nacido entre %(first)s y %(last)s") % {"first": known.earliest.year, "last": known.latest.year}
