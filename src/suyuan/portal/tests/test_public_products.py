"""Publishing products and drawing codes over HTTP."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest
import zxingcpp

from suyuan.portal.tests.plant import Factory, new_gtin
from tests.support.web import InProcess

PAGE = "/api/v1/portal/products"


def _put(client: InProcess, **body: object):
    return client.request("PUT", PAGE, json=body)


def test_nothing_is_public_until_it_is_published(tenant, client) -> None:
    assert client.get(PAGE).json() == {"rows": []}
    gtin = new_gtin()
    Factory(tenant, gtin).name()
    made = _put(client, gtin=gtin, published=True, brand_en="Yunxi").json()
    assert (made["gtin"], made["name_en"], made["published"], made["origins"]) == (gtin, "Handheld", True, "country")
    assert made["path"] == f"/01/{gtin}"
    _put(client, gtin=gtin, published=False)
    rows = client.get(PAGE).json()["rows"]
    assert [(row["gtin"], row["published"], row["brand_en"]) for row in rows] == [(gtin, False, "")]


def test_an_example_to_look_at_is_the_newest_unit_else_the_newest_lot(tenant, client) -> None:
    gtin = new_gtin()
    assert _put(client, gtin=gtin, published=True).json()["example"] is None
    factory = Factory(tenant, gtin)
    factory.make()
    [row] = client.get(PAGE).json()["rows"]
    assert row["example"] == factory.path


def test_publishing_is_in_the_audit_trail(tenant, client) -> None:
    _put(client, gtin=new_gtin(), published=True)
    entries = client.get("/api/v1/audit?table=portal_public_product").json()["rows"]
    assert [(entry["action"], entry["after"]["published"]) for entry in entries] == [("insert", True)]


def test_a_product_has_one_publisher(make_tenant, client) -> None:
    gtin = new_gtin()
    assert _put(client, gtin=gtin, published=True).status_code == 200
    other = InProcess(make_tenant().token())
    refused = _put(other, gtin=gtin, published=True)
    assert (refused.status_code, refused.json()["code"]) == (409, "portal.product_taken")
    assert other.get(PAGE).json() == {"rows": []}
    assert _put(other, gtin=gtin, published=False).status_code == 200
    _put(client, gtin=gtin, published=False)
    assert _put(other, gtin=gtin, published=True).status_code == 200


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"gtin": "09521234543210", "published": True}, "coding.check_digit"),
        ({"gtin": "https://id.gs1.org/01/09521234543213/21/S1", "published": True}, "portal.field_invalid"),
        ({"gtin": "09521234543213", "published": True, "contact": "a\nb"}, "portal.field_invalid"),
        ({"gtin": "09521234543213", "published": True, "origins": "all"}, "chassis.body_malformed"),
        ({"gtin": "09521234543213"}, "chassis.body_malformed"),
    ],
)
def test_what_cannot_be_published_is_refused(client, body, code) -> None:
    assert _put(client, **body).json()["code"].startswith(code)


def test_rights_are_needed(tenant) -> None:
    reader = InProcess(tenant.token("portal:page:read"))
    assert reader.get(PAGE).status_code == 200
    assert _put(reader, gtin=new_gtin(), published=True).status_code == 403
    assert InProcess().get(PAGE).status_code == 401
    assert reader.get("/api/v1/portal/qr?uri=urn:x:1").status_code == 403


def _drawn(svg: str) -> str:
    """Read the code of an SVG made of unit cells, as a camera would."""
    root = ElementTree.fromstring(svg)  # noqa: S314 (our own answer)
    size = int(root.attrib["viewBox"].split()[2])
    cells = bytearray(b"\xff" * (size * size))
    for part in root[1].attrib["d"].strip().split("M")[1:]:
        start, rest = part.split("h", 1)
        x, y = (int(number) + 4 for number in start.replace(",", " ").split())
        width, rest = rest.split("v", 1)
        height = int(rest.split("h", 1)[0])
        for row in range(y, y + height):
            cells[row * size + x : row * size + x + int(width)] = bytes(int(width))
    wide = b"".join(
        bytes(value for value in cells[row * size : (row + 1) * size] for _ in range(4)) * 4 for row in range(size)
    )
    view = zxingcpp.ImageView(wide, size * 4, size * 4, zxingcpp.ImageFormat.Lum)
    return zxingcpp.read_barcodes(view)[0].text


def test_a_code_is_drawn_that_leads_to_the_page(client) -> None:
    answer = client.get("/api/v1/portal/qr", params={"uri": "urn:epc:id:sgtin:9521234.054321.A1"})
    assert answer.headers["content-type"] == "image/svg+xml"
    assert _drawn(answer.text) == "http://testserver/01/09521234543213/21/A1"
    own = client.get("/api/v1/portal/qr", params={"uri": "urn:suyuan:demo:carrier:TOTE-1"})
    assert _drawn(own.text) == "urn:suyuan:demo:carrier:TOTE-1"
    long = client.get("/api/v1/portal/qr", params={"uri": "urn:x:" + "9" * 1500})
    assert (long.status_code, long.json()["code"]) == (422, "portal.not_drawable")
    assert client.get("/api/v1/portal/qr", params={"uri": "https://id.gs1.org/01/1"}).status_code == 422
