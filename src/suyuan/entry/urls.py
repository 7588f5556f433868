"""Django's addresses."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from suyuan.entry.web import api_v1, certificate, console, description, health, pda
from suyuan.portal import wiring as portal

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("api/v1/openapi.json", description.openapi_json),
    path("api/v1/", api_v1.api.urls),
    *portal.urlpatterns,
    *certificate.urlpatterns,
    *pda.urlpatterns,
    *console.urlpatterns,
]
