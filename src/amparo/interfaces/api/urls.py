"""The addresses of the API. The policy that an operation declares is its address's, as a page's is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET

from amparo.access.policy import PUBLIC, is_signed, policy, policy_of
from amparo.interfaces.api import known
from amparo.interfaces.api.operations import api

PREFIX = "/api/v1/"
_OPERATIONS: tuple[Callable[..., Any], ...] = (known.person_known,)


@policy(PUBLIC)
@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """What may be asked and how: the only page of the API that needs no signature."""
    return JsonResponse(api.get_openapi_schema(path_prefix=PREFIX))


def _declared(pattern: URLPattern) -> URLPattern:
    """An operation's address with the operation's policy; one that declares none is served to nobody."""
    for each in _OPERATIONS:
        needed = policy_of(each)
        if each.__name__ == pattern.name and needed is not None:
            policy(needed, signed=is_signed(each))(pattern.callback)
    return pattern


urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    *(_declared(each) for each in api.urls[0] if isinstance(each, URLPattern) and each.name != "api-root"),
]
