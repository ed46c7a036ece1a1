"""A record as its institution wrote it, version by version."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from amparo.access.policy import policy
from amparo.casework.queries import opened_record
from amparo.casework.queries.opened_record import Sealed
from amparo.interfaces.web.forms.purpose import PurposeForm
from amparo.interfaces.web.presenters import sheets
from amparo.interfaces.web.request import actor_in, language_in
from amparo.interfaces.web.stepping_up import step_up_to_post
from amparo.registries.queries import deliveries

_NOTHING = Sealed({})


@policy("record_read")
@step_up_to_post
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, record: UUID) -> HttpResponse:
    """What is open of a record; by POST with a purpose, what is sealed. Either reading is in the ledger first."""
    actor, now, language = actor_in(request), timezone.now(), language_in(request)
    opened = opened_record.read(actor=actor, record_id=record, at=now)
    form = PurposeForm(request.POST or None, language=language) if opened.may_reveal else None
    sealed = _NOTHING
    if request.method == "POST" and form is not None and form.is_valid():
        sealed = opened_record.reveal(actor=actor, opened=opened, purpose=form.cleaned_data["purpose"], at=now)
    asked = sheets.Asked(
        version=_number(request.GET.get("v", "")),
        only_changes=request.GET.get("cambios") == "1",
        form=None if sealed.columns else form,
        deliveries=deliveries.sees_source(actor, opened.record.source),
        threads=actor.can("thread_read"),
        language=language,
    )
    page = sheets.page(opened, sealed, asked)
    return render(request, "web/record.html", {"page": page}, status=422 if form is not None and form.errors else 200)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
