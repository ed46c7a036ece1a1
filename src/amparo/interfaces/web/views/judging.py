"""Before a reviewer opens pairs: what for, and who she is, once for all of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from amparo.access.policy import policy
from amparo.interfaces.web import judging_window
from amparo.interfaces.web.forms.purpose import ReviewForm
from amparo.interfaces.web.local import local
from amparo.interfaces.web.request import language_in
from amparo.interfaces.web.stepping_up import step_up_to_post
from amparo.interfaces.web.viewmodels.pairs import BeginPage


@policy("pair_judge")
@step_up_to_post
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Ask for the purpose; by POST, after showing again who she is, go on to the pairs."""
    target = local(request, request.POST.get("next") or request.GET.get("next", ""))
    form = ReviewForm(request.POST or None, language=language_in(request))
    if request.method == "POST" and form.is_valid():
        judging_window.begin(request, form.cleaned_data["purpose"])
        return redirect(target or "pairs")
    page = BeginPage(form, target)
    return render(request, "web/pairs_begin.html", {"page": page}, status=422 if form.errors else 200)
