"""Is she known already? Asked before a record is opened, by POST: what is typed must not enter an address or a log."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from amparo.access import trawling
from amparo.access.policy import policy
from amparo.casework.queries import known
from amparo.casework.queries.known import Answer
from amparo.interfaces import sentences
from amparo.interfaces.web.forms.known import KnownForm
from amparo.interfaces.web.presenters import likely
from amparo.interfaces.web.request import actor_in, language_in
from amparo.interfaces.web.viewmodels.known import KnownPage
from amparo.kernel.errors import Denied


@policy("search_hit")
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The likely persons, masked, with what to do next; roles that may know no more get yes or no and whom to call."""
    actor, now, language = actor_in(request), timezone.now(), language_in(request)
    form = KnownForm(
        request.POST or None, departments=actor.departments, today=timezone.localdate(now), language=language
    )
    page = KnownPage(form, only_known=not actor.can("search_thread"), may_deliver=actor.can("delivery_write"))
    if request.method != "POST" or not form.is_valid():
        return render(request, "web/known.html", {"page": page}, status=422 if form.errors else 200)
    try:
        answer = known.ask(actor=actor, told=form.told(), purpose=form.cleaned_data["purpose"], at=now)
    except Denied as refused:
        if refused.code != trawling.TOO_MANY:
            raise
        page = replace(page, refused=sentences.of_error(refused, language))
        return render(request, "web/known.html", {"page": page}, status=429)
    page = _answered(page, form, answer, language, may_break_glass=actor.can("break_glass"))
    return render(request, "web/known.html", {"page": page}, status=422 if form.errors else 200)


def _answered(page: KnownPage, form: KnownForm, answer: Answer, language: str, *, may_break_glass: bool) -> KnownPage:
    form.point_out(answer.problems)
    if answer.too_little:
        form.add_error("given", sentences.of_code("known.too_little", {}, language))
    if form.errors:
        return page
    if answer.only_known:
        return replace(page, asked=True, answer=likely.known(answer, language))
    hits = tuple(likely.hit(each, language, may_break_glass=may_break_glass) for each in answer.found)
    return replace(page, asked=True, hits=hits, more=answer.more)
