"""The person's own report in plain words: what was done, not what the system calls it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.casework.queries.own_report import OwnReport
from amparo.casework.rules.own_report import Look
from amparo.interfaces.web.presenters import acts, marks
from amparo.interfaces.web.viewmodels.ledger import LookLine, OwnReportPage
from amparo.pack.current import pack

_PLAIN: dict[str, str | Promise] = {
    "delivery.take": _("Entregó una ficha sobre usted"),
    "thread.read": _("Leyó su historia"),
    "grounds.read": _("Miró por qué sus fichas se tienen por suyas"),
    "record.read": _("Leyó su ficha"),
    "record.reveal": _("Vio su nombre o lo que usted contó, en su ficha"),
    "identity.reveal": _("Vio su nombre y su documento"),
    "narrative.reveal": _("Leyó lo que usted contó"),
    "search": _("La buscó y la encontró"),
    "list.read": _("Vio su código en una lista"),
    "event.write": _("Anotó algo que pasó"),
    "event.read": _("Abrió algo que ella misma anotó"),
    "event.form": _("Iba a anotar algo que pasó"),
    "pair.read": _("Comparó dos fichas para saber si son suyas"),
    "pair.judge": _("Decidió si dos fichas son suyas"),
    "pairs.list": _("Vio su código en una lista"),
    "consents.read": _("Miró lo que usted permite"),
    "consent.recall": _("Pidió que borren sus datos porque usted retiró su permiso"),
    "recall.answer": _("Respondió sobre los datos que usted pidió borrar"),
    "emergency.open": _("Entró en una emergencia"),
    "place.ask": _("Pidió saber dónde está usted"),
    "place.read": _("Leyó dónde está usted"),
    "ledger.person": _("Revisó quién la había mirado"),
}


def page(found: OwnReport, language: str) -> OwnReportPage:
    """The whole report."""
    return OwnReportPage(found.person.code, tuple(_line(look, language) for look in found.looks))


def _line(look: Look, language: str) -> LookLine:
    role = pack().roles.get(look.role)
    unit = next(iter(role.units), "") if role else ""
    basis = pack().rights.basis_of(unit) if unit else None
    return LookLine(
        on=look.on,
        institution=marks.institution(look.institution, language).name,
        role=role.label(language) if role else "",
        act=str(_PLAIN.get(look.act, acts.act(look.act))),
        times=look.times,
        purpose=acts.purpose(look.purpose, language),
        basis=basis.label(language) if basis else acts.basis(look.basis),
        article=basis.article if basis else "",
        verified=basis.verified if basis else True,
    )
