"""Whether Amparo answers and reaches both of its databases, for whoever watches over the machine."""

from __future__ import annotations

from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from amparo.access.policy import PUBLIC, policy


@policy(PUBLIC)
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """``{"status": "ok"}``, or 503 with the names of the databases that do not answer. Nothing else is told."""
    silent = [name for name in connections if not _answers(name)]
    if silent:
        return JsonResponse({"status": "failing", "databases": silent}, status=503)
    return JsonResponse({"status": "ok"})


def _answers(name: str) -> bool:
    try:
        with connections[name].cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() is not None
    except DatabaseError:
        return False
