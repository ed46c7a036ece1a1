"""The ledger for the officer for data protection: who did what, who looked at one person, and whether it is whole."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from amparo.access import queries as users
from amparo.access.policy import policy
from amparo.casework.queries import own_report as own_reports
from amparo.casework.queries import readings as reading
from amparo.casework.queries.readings import Check, Filters, LedgerView, Line
from amparo.interfaces.web.forms.code import CodeForm
from amparo.interfaces.web.presenters import acts, paging
from amparo.interfaces.web.presenters import own_report as own_report_words
from amparo.interfaces.web.request import actor_in, language_in
from amparo.interfaces.web.viewmodels.common import Filter, Option, Pages, PersonMark
from amparo.interfaces.web.viewmodels.ledger import LedgerLine, LedgerPage, ReadingsPage, Verification
from amparo.kernel.errors import NotFound

_MOST_DIGITS = 15


@policy("ledger_read")
@require_GET
def latest(request: HttpRequest) -> HttpResponse:
    """The latest entries, of one kind of act or one user where that is asked for."""
    filters = _filters(request)
    found = reading.read(actor=actor_in(request), filters=filters, at=timezone.now())
    page = LedgerPage(
        lines=_lines(found.lines, language_in(request)),
        filters=_choices(found, filters),
        pages=_pages(request, found, filters),
        verification=_verification(found.checked) if found.checked else None,
        find=CodeForm(),
    )
    return render(request, "web/ledger.html", {"page": page})


@policy("ledger_read")
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Recompute the chain from its first entry and say what came of it."""
    check = reading.verify(actor=actor_in(request), at=timezone.now())
    if check.fault is None:
        words = ngettext(
            "La bitácora está completa: %(n)s anotación comprobada.",
            "La bitácora está completa: %(n)s anotaciones comprobadas.",
            check.entries,
        )
        messages.success(request, words % {"n": check.entries})
    else:
        words = _("La bitácora NO está íntegra: %(what)s, a partir de la anotación %(n)s. Avise hoy mismo.")
        messages.error(request, words % {"what": _fault(check.kind), "n": check.fault})
    return redirect("ledger")


@policy("ledger_read")
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """From the code that a person, or her record, is known by to who looked at her."""
    form = CodeForm(request.POST)
    code = form.cleaned_data["code"] if form.is_valid() else ""
    try:
        person = reading.find(actor=actor_in(request), code=code)
    except NotFound:
        messages.warning(request, _("Ninguna persona tiene ese código. Revíselo: son ocho letras o cifras."))
        return redirect("ledger")
    return redirect("readings", person)


@policy("ledger_read")
@require_GET
def readings(request: HttpRequest, person: UUID) -> HttpResponse:
    """Who did or read something about one person."""
    number = paging.number_in(request)
    found = reading.about(actor=actor_in(request), person_id=person, at=timezone.now(), page=number)
    page = ReadingsPage(
        person=PersonMark(found.person.id, found.person.code, ""),
        lines=_lines(found.lines, language_in(request)),
        offices=found.offices,
        pages=paging.pages(number, found.total, reading.PAGE),
        may_exclude=actor_in(request).can("exclude"),
    )
    return render(request, "web/readings.html", {"page": page})


@policy("ledger_report")
@require_GET
def own_report(request: HttpRequest, person: UUID) -> HttpResponse:
    """What the person herself is told: institution and role, never a name; to be printed and handed to her."""
    found = own_reports.read(actor=actor_in(request), person_id=person, at=timezone.now())
    page = own_report_words.page(found, language_in(request))
    return render(request, "web/own_report.html", {"page": page, "person": found.person, "now": timezone.now()})


def _filters(request: HttpRequest) -> Filters:
    before = request.GET.get("antes", "")
    known = before.isascii() and before.isdigit() and len(before) <= _MOST_DIGITS
    return Filters(
        act=request.GET.get("acto", "")[:60],
        actor=request.GET.get("quien", "")[:80],
        before=int(before) if known else None,
    )


def _lines(found: tuple[Line, ...], language: str) -> tuple[LedgerLine, ...]:
    names = users.names_of({line.actor for line in found})
    return tuple(acts.line(line, names, language) for line in found)


def _choices(found: LedgerView, filters: Filters) -> tuple[Filter, ...]:
    names = users.names_of(set(found.actors))
    done = [Option(code, acts.act(code), code == filters.act) for code in found.acts]
    who = [Option(name, names.get(name, name), name == filters.actor) for name in found.actors]
    return (
        Filter("acto", _("Qué se hizo"), (Option("", _("Todo")), *done)),
        Filter("quien", _("Quién"), (Option("", _("Todas las personas usuarias")), *who)),
    )


def _pages(request: HttpRequest, found: LedgerView, filters: Filters) -> Pages:
    """The ledger grows while one reads it, so a page is continued from an entry's number."""
    number = paging.number_in(request)
    kept = {"acto": filters.act, "quien": filters.actor}
    newest = paging.query(kept) if filters.before else ""
    older = paging.query({**kept, "antes": str(found.older), "p": str(number + 1)}) if found.older else ""
    return Pages(number, number + bool(older), newest, older)


def _verification(check: Check) -> Verification:
    return Verification(check.fault is None, check.entries, check.at, check.fault)


def _fault(kind: str) -> str:
    """What is wrong, in words."""
    faults = {
        "gap": _("falta una anotación o sobra una"),
        "tree": _("el árbol guardado no es el de las anotaciones"),
        "content": _("una anotación fue alterada"),
        "stamp": _("una anotación la escribió alguien que no tiene la llave"),
        "subjects": _("se alteró a quiénes se refiere una anotación"),
        "orphan": _("hay referencias a una anotación que no existe"),
        "checkpoint": _("una constancia firmada dice otra cosa"),
        "truncated": _("faltan anotaciones que una constancia firmada cuenta"),
        "signature": _("la firma de una constancia no es válida"),
        "unguarded": _("la base de datos ya no rechaza los cambios"),
    }
    return faults.get(kind, kind)
