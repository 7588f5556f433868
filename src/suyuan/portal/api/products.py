"""Which products a tenant shows to everybody."""

from __future__ import annotations

from collections.abc import Mapping

from suyuan.coding import api as coding
from suyuan.coding.contracts import DIGITAL_LINK_BASE
from suyuan.kernel.faults import Fault
from suyuan.portal.contracts import FIELD_INVALID, LONGEST_BRAND, LONGEST_CONTACT, PRODUCT_TAKEN, Origins, PublicProduct
from suyuan.portal.store import products as store
from suyuan.trace.api import story as trace
from suyuan.trace.contracts import ItemKind
from suyuan.trace.contracts.story import NamedPlace


def product_uri(gtin: str) -> str:
    """Return the canonical URI of a GTIN of 8 to 14 digits, or of a code that holds one.

    :raises Fault: ``coding.*`` where the number is wrong, ``portal.field_invalid`` where it names no trade item.
    """
    try:
        identity = coding.decode(gtin).identity
    except Fault as fault:
        raise Fault(fault.kind, "/gtin", fault.params) from None
    if identity.kind is not ItemKind.PRODUCT or identity.product is None or "/01/" not in identity.uri:
        raise FIELD_INVALID(at="/gtin", field="gtin", given=gtin[:40], allowed="GTIN (8–14)")
    return identity.product


def public_products(gtin: str | None = None) -> list[PublicProduct]:
    """Return every product the tenant has decided about, or (with ``gtin``) that one.

    :raises Fault: as :func:`product_uri`.
    """
    rows = store.products(product_uri(gtin) if gtin is not None else None)
    products = [row[0] for row in rows]
    names, newest = trace.named_places(products), trace.newest_items(products)
    return [_product(row[:6], names.get(row[0]), newest.get(row[0])) for row in rows]


def _product(row: tuple[str, bool, str, str, str, str], named: NamedPlace | None, newest: str | None) -> PublicProduct:
    product, published, brand_zh, brand_en, contact, origins = row
    gtin = product.rsplit("/", 1)[-1]
    zh, en = (named.name_zh, named.name_en) if named else (None, None)
    example = newest.removeprefix(DIGITAL_LINK_BASE) if newest else None
    return PublicProduct(
        gtin, product, zh, en, published, brand_zh, brand_en, contact, Origins(origins), f"/01/{gtin}", example
    )


def publish(
    gtin: str,
    *,
    published: bool = True,
    brand_zh: str = "",
    brand_en: str = "",
    contact: str = "",
    origins: Origins = Origins.COUNTRY,
) -> PublicProduct:
    """Show a product to everybody, or (``published`` False) no longer; return what stands now.

    :raises Fault: ``portal.product_taken`` where another tenant publishes it, ``portal.field_invalid``, ``coding.*``.
    """
    product = product_uri(gtin)
    texts: Mapping[str, tuple[str, int]] = {
        "brand_zh": (brand_zh, LONGEST_BRAND),
        "brand_en": (brand_en, LONGEST_BRAND),
        "contact": (contact, LONGEST_CONTACT),
    }
    for name, (text, longest) in texts.items():
        if len(text) > longest or any(ord(character) < 32 for character in text):
            raise FIELD_INVALID(at=f"/{name}", field=name, given=text[:40], allowed=f"0–{longest}")
    values = {name: text.strip() for name, (text, _) in texts.items()}
    if not store.keep({"product": product, "published": published, "origins": origins.value, **values}):
        raise PRODUCT_TAKEN(at="/gtin", gtin=product.rsplit("/", 1)[-1])
    return public_products(product)[0]
