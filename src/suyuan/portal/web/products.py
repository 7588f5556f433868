"""Public products over HTTP, and QR codes for the trace desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from suyuan.chassis.http import guarded, reply
from suyuan.chassis.settings import settings
from suyuan.portal import api
from suyuan.portal.contracts import LONGEST_BRAND, LONGEST_CONTACT, Origins, PublicProduct

router = Router(tags=["portal"])


@dataclass(frozen=True, slots=True)
class PublicProducts:
    """All products the tenant has decided about."""

    rows: list[PublicProduct]


class ProductPage(Schema):
    """What to show of a product; everything left out is reset to its default."""

    gtin: str = Field(max_length=100)
    published: bool
    brand_zh: str = Field("", max_length=LONGEST_BRAND)
    brand_en: str = Field("", max_length=LONGEST_BRAND)
    contact: str = Field("", max_length=LONGEST_CONTACT)
    origins: Origins = Origins.COUNTRY


@router.get("/products", response=PublicProducts, summary="Which products have a public page")
@guarded("portal:page:read")
def public_products(request: HttpRequest) -> HttpResponse:
    return reply(PublicProducts(api.public_products()))


@router.put("/products", response=PublicProduct, summary="Publish a product's page, change it, or take it back")
@guarded("portal:page:write")
def publish(request: HttpRequest, page: ProductPage) -> HttpResponse:
    return reply(
        api.publish(
            page.gtin,
            published=page.published,
            brand_zh=page.brand_zh,
            brand_en=page.brand_en,
            contact=page.contact,
            origins=page.origins,
        )
    )


@router.get("/qr", summary="A QR code (SVG) of an item's Digital Link, or of its URI where it has none")
@guarded("trace:item:read", clear="draws the address it is given")
def qr(request: HttpRequest, uri: Annotated[str, Query(max_length=2100)]) -> HttpResponse:
    base_url = settings().public_url or f"{request.scheme}://{request.get_host()}"
    response = HttpResponse(api.qr_svg(uri, base_url), content_type="image/svg+xml")
    response["Cache-Control"] = "private, max-age=3600"
    return response
