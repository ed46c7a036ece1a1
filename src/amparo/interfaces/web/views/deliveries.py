"""Handing in an export: choose the file, see what would happen, say yes or no, take the rows that were set aside."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amparo.access import queries as users
from amparo.access.policy import policy
from amparo.casework.actions import catching_up
from amparo.casework.queries import delivered
from amparo.interfaces.web.forms.delivery import MEGABYTE, DeliveryForm
from amparo.interfaces.web.presenters import deliveries as presented
from amparo.interfaces.web.presenters import paging
from amparo.interfaces.web.request import actor_in, language_in
from amparo.interfaces.web.stepping_up import step_up
from amparo.interfaces.web.viewmodels.delivery import DeliveriesPage, DeliveryNewPage
from amparo.kernel.errors import Denied
from amparo.registries.actions import give_back, uploads
from amparo.registries.queries import deliveries
from amparo.registries.queries import uploads as chosen
from amparo.registries.readers import scanning

PAGE = 25
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@policy("delivery_read")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Deliveries, the latest first; the reader's own files that wait come before them."""
    actor, language = actor_in(request), language_in(request)
    number = paging.number_in(request)
    found = deliveries.page(actor=actor, start=(number - 1) * PAGE, limit=PAGE)
    waiting = chosen.waiting_for(actor) if number == 1 else []
    names = users.names_of({each.received_by for each in found} | {actor.name})
    page = DeliveriesPage(
        deliveries=(
            *(presented.line_of_upload(each, names, language) for each in waiting),
            *(presented.line_of_delivery(each, names, language) for each in found),
        ),
        pages=paging.pages(number, deliveries.count(actor=actor), PAGE),
        may_write=bool(deliveries.sources_of(actor)),
    )
    return render(request, "web/deliveries.html", {"page": page})


@policy("delivery_read")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose a file; by POST it is sealed, read without being taken, and shown."""
    actor, language = actor_in(request), language_in(request)
    layouts = deliveries.sources_of(actor)
    if not layouts:
        raise Denied("access.role", capability="delivery_write")
    form = DeliveryForm(request.POST or None, request.FILES or None, layouts=layouts, language=language)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with told["file"].open() as content:
            upload = uploads.choose(actor=actor, source=told["source"], content=content, at=timezone.now())
        return redirect("delivery", upload)
    page = DeliveryNewPage(form, settings.DELIVERY_MAX_BYTES // MEGABYTE, scanning.state() == "present")
    return render(request, "web/delivery_new.html", {"page": page}, status=422 if form.errors else 200)


@policy("delivery_read")
@require_GET
def delivery(request: HttpRequest, delivery: UUID) -> HttpResponse:
    """One delivery: what would come of it, or what came of it."""
    return _waiting(request, delivery) if chosen.is_one(delivery) else _taken(request, delivery)


def _waiting(request: HttpRequest, upload: UUID) -> HttpResponse:
    actor, language = actor_in(request), language_in(request)
    found = chosen.get(actor=actor, upload=upload, at=timezone.now())
    if found.batch:
        return redirect("delivery", found.batch)
    may_confirm = found.source in {layout.source for layout in deliveries.sources_of(actor)}
    page = presented.page_of_upload(found, users.names_of({found.by}), language, may_confirm=may_confirm)
    return render(request, "web/delivery.html", {"page": page})


def _taken(request: HttpRequest, batch: UUID) -> HttpResponse:
    actor, language = actor_in(request), language_in(request)
    found = deliveries.get(actor=actor, batch=batch)
    page = presented.page_of_delivery(
        found,
        users.names_of({found.received_by}),
        language,
        shown=deliveries.first_rows(
            actor=actor, batch=batch, at=timezone.now(), withheld=delivered.rows_withheld(actor, batch)
        ),
        waiting=deliveries.rows_waiting(batch),
        brought=delivered.read(batch) if found.kind == "records" else None,
        may_download=deliveries.may_open_rows(actor, found.institution),
    )
    return render(request, "web/delivery.html", {"page": page})


@policy("delivery_read")
@require_POST
def confirm(request: HttpRequest, delivery: UUID) -> HttpResponse:
    """Take the file, compare its records with the others and bring what is owed up to date."""
    actor, now = actor_in(request), timezone.now()
    done = uploads.confirm(actor=actor, upload=delivery, at=now)
    if done.again:
        messages.warning(
            request,
            _("Entretanto llegó otra entrega de este registro. Esto es lo que pasaría ahora; revise y confirme."),
        )
        return redirect("delivery", delivery)
    if done.touched:
        catching_up.catch_up(actor=actor, touched=done.touched, at=now)
    return redirect("delivery", cast(UUID, done.batch))


@policy("delivery_read")
@require_POST
def discard(request: HttpRequest, delivery: UUID) -> HttpResponse:
    """Throw the file away."""
    uploads.discard(actor=actor_in(request), upload=delivery, at=timezone.now())
    messages.success(request, _("El archivo se descartó. No se guardó nada de él."))
    return redirect("deliveries")


@policy("delivery_read")
@step_up
@require_GET
def rows(request: HttpRequest, delivery: UUID) -> HttpResponse:
    """The rows that wait as a workbook to correct and hand in again; taking them is in the ledger first."""
    actor, now = actor_in(request), timezone.now()
    found = deliveries.get(actor=actor, batch=delivery)
    if not deliveries.may_open_rows(actor, found.institution):
        raise Denied("access.role", capability="identity")
    withheld = delivered.rows_withheld(actor, delivery)
    book = give_back.workbook(actor=actor, batch=delivery, at=now, withheld=withheld)
    response = HttpResponse(book, content_type=_XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="filas-apartadas.xlsx"'
    return response
