"""Pairs of records that a person must judge: the queue, one pair side by side, and what was decided."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amparo.access import queries as users
from amparo.access.actors import Actor
from amparo.access.policy import policy
from amparo.casework.actions import deciding
from amparo.casework.actions.deciding import Told
from amparo.casework.queries import judging, questions
from amparo.interfaces.sentences import of_error
from amparo.interfaces.web import judging_window
from amparo.interfaces.web.forms.judge import JudgeForm
from amparo.interfaces.web.presenters import paging
from amparo.interfaces.web.presenters import pairs as presented
from amparo.interfaces.web.presenters.pairs import Pace
from amparo.interfaces.web.request import actor_in, language_in
from amparo.interfaces.web.viewmodels.common import Choice
from amparo.interfaces.web.viewmodels.pairs import DecidedPage, PairsPage, Undo
from amparo.kernel.errors import Conflict
from amparo.registries.queries import pairs
from amparo.registries.rules.questions import Question

PAGE = 25
_UNDO_WITHIN = timedelta(hours=1)


@policy("pair_judge")
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Pairs that wait, those whose answer settles most first."""
    actor, now, number = actor_in(request), timezone.now(), paging.number_in(request)
    asked = _asked(actor)
    shown = asked[(number - 1) * PAGE : number * PAGE]
    scored = pairs.scored([each.pair for each in shown])
    records = [record for pair in scored.values() for record in (pair.left, pair.right)]
    seen = judging.masked(actor=actor, record_ids=records, at=now)
    language = language_in(request)
    page = PairsPage(
        pairs=tuple(presented.line(scored[each.pair], seen, now, language, each) for each in shown),
        waiting=len(asked),
        decided_today=_today(actor, now),
        pages=paging.pages(number, len(asked), PAGE),
        first=questions.following(asked) or (asked[0].pair if asked else None),
        disputes=len(judging.disputes(actor)) if actor.can("pair_resolve") else None,
    )
    return render(request, "web/pairs.html", {"page": page})


@policy("pair_judge")
@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest, pair: UUID) -> HttpResponse:
    """Two records side by side; by POST, the answer. Opening them is in the ledger before they are open.

    What for, and who she is, is asked once for all pairs of two hours.
    """
    form = JudgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, pair, form)
    if not (purpose := judging_window.purpose_in(request)):
        return judging_window.to_begin(request)
    actor, now = actor_in(request), timezone.now()
    opened = judging.open_pair(actor=actor, pair_id=pair, purpose=purpose, at=now)
    undo = presented.standing(opened, users.names_of({each.by for each in opened.answers})) or _last(actor, now)
    pace = Pace(len(_asked(actor)), _today(actor, now))
    page = presented.page(opened, form, undo, pace, language_in(request))
    return render(request, "web/pair.html", {"page": page}, status=422 if form.errors else 200)


def _answer(request: HttpRequest, pair_id: UUID, form: JudgeForm) -> HttpResponse:
    """Keep the answer and go on to the next pair, or say that somebody else was faster.

    The next one is not loaded before: opening it is a reading, and what nobody looked at must not be in the ledger.
    """
    actor, told = actor_in(request), Told(**form.cleaned_data)
    try:
        decided = deciding.decide(actor=actor, pair_id=pair_id, told=told, at=timezone.now())
    except Conflict as conflict:
        messages.warning(request, of_error(conflict, language_in(request)))
        return redirect("pair", pair_id)
    messages.success(request, presented.told(decided.outcome, told.answer))
    following = questions.following(_asked(actor), besides=pair_id)
    return redirect("pair", following) if following else redirect("pairs")


def _asked(actor: Actor) -> list[Question]:
    return questions.of_reviewer(actor.name, without=judging.hidden_from(actor))


def _today(actor: Actor, now: datetime) -> int:
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return pairs.decided_count(by=actor.name, since=midnight)


def _last(actor: Actor, now: datetime) -> Undo | None:
    """The reader's own last answer, while it is fresh."""
    last = pairs.last_by(actor.name)
    if last is None or now - last.at > _UNDO_WITHIN:
        return None
    return Undo(last.id, _("Su última respuesta: %(answer)s.") % {"answer": presented.answer(last.answer)})


@policy("pair_judge")
@require_GET
def decided(request: HttpRequest) -> HttpResponse:
    """Answers given, the latest first, each with its undoing."""
    actor, number = actor_in(request), paging.number_in(request)
    mine = request.GET.get("de") == "mias"
    found, total = judging.decided(actor=actor, start=(number - 1) * PAGE, limit=PAGE, mine=mine)
    records = [record for each in found for record in (each.left, each.right)]
    seen = judging.masked(actor=actor, record_ids=records, at=timezone.now())
    addresses = pairs.ids_of({(each.left, each.right) for each in found})
    names = users.names_of({each.by for each in found})
    page = DecidedPage(
        decisions=tuple(presented.decided(each, seen, addresses, names, language_in(request)) for each in found),
        filters=(Choice(_("Todos"), "?", not mine), Choice(_("Los míos"), "?de=mias", mine)),
        pages=paging.pages(number, total, PAGE, {"de": "mias"} if mine else {}),
    )
    return render(request, "web/pairs_decided.html", {"page": page})


@policy("pair_judge")
@require_POST
def undo(request: HttpRequest, judgement: UUID) -> HttpResponse:
    """Take an answer back; the pair it was about waits again and is shown."""
    actor = actor_in(request)
    taken_back = judging.decision_for(actor, judgement)
    try:
        deciding.undo(actor=actor, judgement_id=judgement, at=timezone.now())
    except Conflict:
        messages.warning(request, _("Esa respuesta ya se había deshecho."))
        return redirect("pairs-decided")
    messages.success(request, _("Respuesta deshecha: los hilos quedan como estaban."))
    edge = (taken_back.left, taken_back.right)
    found = pairs.ids_of({edge}).get(edge)
    return redirect("pair", found) if found else redirect("pairs-decided")
