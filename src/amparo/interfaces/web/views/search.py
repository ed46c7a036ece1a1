"""Looking for a person. It is asked by POST, because a name must not enter an address, a history or a log."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amparo.access import trawling
from amparo.access.policy import policy
from amparo.casework.queries import search as searching
from amparo.casework.queries.search import Answer
from amparo.interfaces import sentences
from amparo.interfaces.web import under_threat
from amparo.interfaces.web.forms.search import SearchForm
from amparo.interfaces.web.presenters import hits
from amparo.interfaces.web.request import actor_in, language_in
from amparo.interfaces.web.viewmodels.search import SearchPage
from amparo.kernel.errors import Denied


@policy("search_hit")
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """By POST, whoever fits; roles that may know no more get yes or no and whom to call."""
    actor, language = actor_in(request), language_in(request)
    only_known = not actor.can("search_thread")
    form = SearchForm(request.POST or None, language=language, only_known=only_known)
    page = SearchPage(form, only_known=only_known)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            answer = (
                Answer(only_known=only_known)
                if under_threat.is_so(request)
                else searching.search(
                    actor=actor, text=told["text"], extra=form.extra(), purpose=told["purpose"], at=timezone.now()
                )
            )
        except Denied as refused:
            if refused.code != trawling.TOO_MANY:
                raise
            page = replace(page, refused=sentences.of_error(refused, language))
            return render(request, "web/search.html", {"page": page}, status=429)
        page = _answered(form, answer, language, may_break_glass=actor.can("break_glass"))
    return render(request, "web/search.html", {"page": page}, status=422 if form.errors else 200)


def _answered(form: SearchForm, answer: Answer, language: str, *, may_break_glass: bool) -> SearchPage:
    if answer.too_little:
        form.add_error("text", _too_little(answer))
        return SearchPage(form, only_known=answer.only_known)
    if answer.only_known:
        return SearchPage(form, asked=True, answer=hits.known(answer, language), only_known=True)
    found = tuple(hits.hit(each, language, may_break_glass=may_break_glass) for each in answer.found)
    return SearchPage(form, asked=True, hits=found, more=answer.more, among_own=answer.among_own)


def _too_little(answer: Answer) -> str:
    if answer.only_known:
        return _("Con eso saldría mucha gente. Agregue el documento, el nacimiento o más nombres y apellidos.")
    return _(
        "Con una sola palabra saldría mucha gente. Agregue otro nombre, un apellido, el año de nacimiento o un número."
    )
