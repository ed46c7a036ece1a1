"""Which door answers which address."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("amparo.interfaces.api.urls")),
    path("", include("amparo.interfaces.web.urls")),
]
handler403 = "amparo.interfaces.web.views.errors.forbidden"
handler404 = "amparo.interfaces.web.views.errors.not_found"
handler500 = "amparo.interfaces.web.views.errors.failed"
