"""Sign-in services over HTTP: keeping them, trying them, and signing in by one."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from ninja import Field, Query, Router, Schema

from suyuan.chassis.http import guarded, open_operation, reply
from suyuan.kernel.faults import Fault
from suyuan.tenancy import api
from suyuan.tenancy.contracts import PROVIDER_REFUSED, GroupRole, OfferedProvider, Provider, Tried

router = Router(tags=["providers"])


class ProvidersPage(Schema):
    """Every sign-in service, and what each must be told to send people back to."""

    rows: list[Provider]
    redirect: str
    next: str | None = None
    total: int | None = None


class OfferedPage(Schema):
    """What the sign-in page offers."""

    rows: list[OfferedProvider]


class NewProvider(Schema):
    """A sign-in service to add."""

    name_zh: str
    name_en: str
    issuer: str
    client: str
    secret: str = Field(max_length=500)
    scopes: str = "openid profile email"
    groups_claim: str = "groups"
    mappings: list[GroupRole] = Field(default_factory=list)
    enabled: bool = False
    creates_people: bool = False
    links_by_mail: bool = False
    strong: bool = False


class ProviderChange(Schema):
    """What to change of it; what is not named stays, an empty secret too."""

    name_zh: str | None = None
    name_en: str | None = None
    issuer: str | None = None
    client: str | None = None
    secret: str | None = Field(None, max_length=500)
    scopes: str | None = None
    groups_claim: str | None = None
    mappings: list[GroupRole] | None = None
    enabled: bool | None = None
    creates_people: bool | None = None
    links_by_mail: bool | None = None
    strong: bool | None = None


class TryAddress(Schema):
    """What came of asking the service, and where to go on to try signing in (nothing where it does not answer)."""

    tried: Tried
    address: str | None


@router.get("/security/providers", response=ProvidersPage, summary="Single sign-on services")
@guarded("tenancy:provider:read")
def list_providers(request: HttpRequest) -> HttpResponse:
    rows = api.providers()
    redirect = api.visit_of(request).website + api.PROVIDER_CALLBACK
    return reply({"rows": rows, "redirect": redirect, "next": None, "total": len(rows)})


@router.post("/security/providers", response={201: Provider}, summary="Add a single sign-on service")
@guarded("tenancy:provider:write")
def add_provider(request: HttpRequest, new: NewProvider) -> HttpResponse:
    values = {name: getattr(new, name) for name in new.model_fields_set | NewProvider.model_fields.keys()}
    secret = str(values.pop("secret"))
    return reply(api.add_provider(values, secret), 201)


@router.patch("/security/providers/{provider_id}", response=Provider, summary="Change a single sign-on service")
@guarded("tenancy:provider:write")
def change_provider(request: HttpRequest, provider_id: int, change: ProviderChange) -> HttpResponse:
    values = {name: getattr(change, name) for name in change.model_fields_set if getattr(change, name) is not None}
    secret = values.pop("secret", None)
    return reply(api.change_provider(provider_id, values, secret))


@router.delete("/security/providers/{provider_id}", response={204: None}, summary="Remove a single sign-on service")
@guarded("tenancy:provider:write")
def remove_provider(request: HttpRequest, provider_id: int) -> HttpResponse:
    api.remove_provider(provider_id)
    return HttpResponse(status=204)


@router.post("/security/providers/{provider_id}/try", response=TryAddress, summary="Try a single sign-on service")
@guarded("tenancy:provider:write")
def try_provider(request: HttpRequest, provider_id: int) -> HttpResponse:
    tried = api.try_provider(provider_id)
    address = api.begin_trying(provider_id, api.visit_of(request)) if tried.ok else None
    return reply({"tried": tried, "address": address})


@router.get("/session/providers", response=OfferedPage, summary="How else one can sign in here")
@open_operation("names what the sign-in page shows; of one company, the only one or the one that is named")
def list_offered(request: HttpRequest, company: Annotated[str | None, Query(max_length=60)] = None) -> HttpResponse:
    return reply({"rows": api.offered_providers(company)})


@router.get("/session/provider/start", response={302: None}, summary="Go to the company's sign-in service")
@open_operation("sends the browser to a service that an administrator has entered")
def start(
    request: HttpRequest,
    provider: int,
    company: Annotated[str | None, Query(max_length=60)] = None,
    to: Annotated[str, Query(max_length=500)] = "/",
) -> HttpResponse:
    try:
        return HttpResponseRedirect(api.begin_at_provider(company, provider, to, api.visit_of(request)))
    except Fault as fault:
        return _back(fault)


@router.get("/session/provider/callback", response={302: None}, summary="Come back from the sign-in service")
@open_operation("this is where one signs in; only what was asked for in this browser is taken")
def come_back(request: HttpRequest, state: str = "", code: str = "", error: str = "") -> HttpResponse:
    try:
        if error or not code:
            raise PROVIDER_REFUSED()
        path = api.arrive_from_provider(request.session, state, code, api.visit_of(request))
    except Fault as fault:
        return _back(fault)
    return HttpResponseRedirect(path)


def _back(fault: Fault) -> HttpResponse:
    return HttpResponseRedirect(f"/?refused={fault.kind.code}")
