"""API tokens and sites over HTTP."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from suyuan.chassis.http import guarded, reply
from suyuan.tenancy import api
from suyuan.tenancy.contracts import SiteInfo, TokenInfo, TokenMade

router = Router(tags=["tokens and sites"])


class TokensPage(Schema):
    """Every token."""

    rows: list[TokenInfo]
    next: str | None = None
    total: int | None = None


class NewToken(Schema):
    """A token to make."""

    name: str
    permissions: list[str]
    site_id: int | None = None
    expires: datetime | None = None


class SitesPage(Schema):
    """Every site."""

    rows: list[SiteInfo]
    next: str | None = None
    total: int | None = None


class NewSite(Schema):
    """A site to add. ``location_uri``: what the canonical URIs of its places start with."""

    code: str
    name_zh: str
    name_en: str
    location_uri: str | None = None
    clock_tolerance_ms: int = 0
    latest_booking_minutes: int = 1440
    emptied_is_clean: bool = False


class SiteChange(Schema):
    """What to change of a site; what is not named stays."""

    code: str | None = None
    name_zh: str | None = None
    name_en: str | None = None
    location_uri: str | None = None
    clock_tolerance_ms: int | None = None
    latest_booking_minutes: int | None = None
    emptied_is_clean: bool | None = None


@router.get("/tokens", response=TokensPage, summary="Every API token; never a secret")
@guarded("tenancy:token:read")
def list_tokens(request: HttpRequest) -> HttpResponse:
    rows = api.tokens()
    return reply({"rows": rows, "next": None, "total": len(rows)})


@router.post("/tokens", response={201: TokenMade}, summary="Make an API token; the secret is shown once")
@guarded("tenancy:token:write")
def add_token(request: HttpRequest, new: NewToken) -> HttpResponse:
    return reply(api.add_token(new.name, new.permissions, new.site_id, new.expires), 201)


@router.delete("/tokens/{token_id}", response={204: None}, summary="Revoke an API token")
@guarded("tenancy:token:write")
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    api.revoke_token(token_id)
    return HttpResponse(status=204)


@router.get("/sites", response=SitesPage, summary="Every site")
@guarded("tenancy:site:read")
def list_sites(request: HttpRequest) -> HttpResponse:
    rows = api.sites()
    return reply({"rows": rows, "next": None, "total": len(rows)})


@router.post("/sites", response={201: SiteInfo}, summary="Add a site")
@guarded("tenancy:site:write")
def add_site(request: HttpRequest, new: NewSite) -> HttpResponse:
    return reply(api.add_site(new.dict()), 201)


@router.patch("/sites/{site_id}", response=SiteInfo, summary="Change a site")
@guarded("tenancy:site:write")
def change_site(request: HttpRequest, site_id: int, change: SiteChange) -> HttpResponse:
    named = {name: value for name, value in change.dict(exclude_unset=True).items() if value is not None}
    if "location_uri" in change.model_fields_set:
        named["location_uri"] = change.location_uri or ""
    return reply(api.change_site(site_id, named))
