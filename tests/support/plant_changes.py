"""Every operation on the plant model that changes something, done once by a person; and a tenant's plant model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from tests.support.bakery import document, raw
from tests.support.web import InProcess

Change = Callable[[InProcess, int], Any]
PLANT = "/api/v1/plant"


def site_of(boss: InProcess, mark: object) -> int:
    """Return the number of the tenant's first site; make one where there is none."""
    sites = boss.get("/api/v1/sites").json()["rows"]
    if not sites:
        sites = [boss.post("/api/v1/sites", json={"code": f"P{mark}", "name_zh": "厂", "name_en": "Plant"}).json()]
    return int(sites[0]["id"])


def bodies(boss: InProcess, mark: object) -> dict[str, dict[str, Any]]:
    """Return a sound body for each part of the plant model."""
    site = site_of(boss, mark)
    named = {"name_zh": f"件 {mark}", "name_en": f"part {mark}"}
    return {
        "equipment": {"site_id": site, "level": "line", "code": f"L-{mark}", **named},
        "tools": {"code": f"T-{mark}", "calibrated": "2026-01-02", "due": "2026-06-30", **named},
        "qualifications": {"code": f"Q-{mark}", **named},
        "teams": {"code": f"G-{mark}", "members": [f"HAND-{mark}"], **named},
        "shifts": {"site_id": site, "code": f"S-{mark}", "starts": "08:00", "ends": "16:00", "weekdays": [1], **named},
        "days-off": {"site_id": site, "day": "2026-05-01", **named},
    }


def made(boss: InProcess, mark: object, part: str) -> Any:
    """Add a part of the plant model; return the answer."""
    if part == "holders":
        qualification = made(boss, mark, "qualifications").json()["id"]
        body = {"qualification_id": qualification, "person": f"HAND-{mark}", "valid_from": "2026-01-01"}
    else:
        body = bodies(boss, mark)[part]
    return boss.post(f"{PLANT}/{part}", json=body)


def _added(part: str) -> Change:
    return lambda boss, number: made(boss, number, part)


def _changed(part: str, change: dict[str, Any]) -> Change:
    return lambda boss, number: boss.patch(f"{PLANT}/{part}/{made(boss, number, part).json()['id']}", json=change)


def _removed(part: str) -> Change:
    return lambda boss, number: boss.delete(f"{PLANT}/{part}/{made(boss, number, part).json()['id']}")


_PARTS = ("equipment", "tools", "qualifications", "holders", "teams", "shifts", "days-off")
PLANT_CHANGES: dict[str, Change] = {
    **{f"POST {PLANT}/{part}": _added(part) for part in _PARTS},
    **{
        f"PATCH {PLANT}/{part}/{{row_id}}": _changed(
            part, {"valid_to": "2027-01-01"} if part == "holders" else {"retired": True}
        )
        for part in _PARTS[:-1]
    },
    **{f"DELETE {PLANT}/{part}/{{row_id}}": _removed(part) for part in ("holders", "days-off")},
    f"PUT {PLANT}/checks/{{check}}": lambda boss, _: boss.put(f"{PLANT}/checks/material", json={"level": "warn"}),
}


ORDERS = "/api/v1/orders"
_PRODUCT = "https://id.gs1.org/01/09521234543213"
_ROUTE = {
    "products": [_PRODUCT], "start": ["a"],
    "operations": [{"id": "a", "name_zh": "甲", "name_en": "A", "step": "assembling"}],
}  # fmt: skip


def ordered(boss: InProcess, mark: object, product: str = _PRODUCT) -> Any:
    """Make an order; return the answer."""
    return boss.post(ORDERS, json={"number": f"MO-{mark}", "product": product, "quantity": "5"})


def _routed(boss: InProcess, mark: object) -> str:
    """Make an order that can be released; return its address."""
    at = f"/api/v1/definitions/route/r{mark}"
    draft = {"title_zh": "路线", "title_en": "Route", "body": _ROUTE, "revision": None}
    revision = boss.put(at, json=draft).json()["row"]["revision"]
    assert boss.post(f"{at}/publish", json={"revision": revision, "note": "first"}).status_code == 200
    order = ordered(boss, mark).json()["id"]
    assert boss.patch(f"{ORDERS}/{order}", json={"route_key": f"r{mark}"}).status_code == 200
    return f"{ORDERS}/{order}"


def _merged(boss: InProcess, number: int) -> Any:
    target, other = (ordered(boss, f"{number}{mark}").json()["id"] for mark in "ab")
    return boss.post(f"{ORDERS}/{target}/merge", json={"orders": [other]})


PLANT_CHANGES |= {
    f"POST {ORDERS}": ordered,
    f"POST {ORDERS}/import": lambda boss, number: boss.post(
        f"{ORDERS}/import", json={"text": f"number,product,quantity\nMO-{number},{_PRODUCT},3\n"}
    ),
    f"PATCH {ORDERS}/{{order_id}}": lambda boss, number: boss.patch(
        f"{ORDERS}/{ordered(boss, number).json()['id']}", json={"priority": 1}
    ),
    f"POST {ORDERS}/{{order_id}}/step": lambda boss, number: boss.post(
        f"{_routed(boss, number)}/step", json={"step": "release"}
    ),
    f"POST {ORDERS}/{{order_id}}/split": lambda boss, number: boss.post(
        f"{ORDERS}/{ordered(boss, number).json()['id']}/split", json={"quantity": "2"}
    ),
    f"POST {ORDERS}/{{order_id}}/merge": _merged,
}


DEMAND = "/api/v1/production/demand"


def demanded(boss: InProcess, mark: object, product: str = _PRODUCT) -> Any:
    """Enter a line of a customer's order, of a product whose bill is published; return the answer."""
    at = f"/api/v1/definitions/bill_of_material/d{mark}"
    if boss.get(at).status_code == 404:
        body = {"product": product, "lines": [{"id": "a", "material": f"urn:suyuan:a:product:{mark}", "quantity": "1"}]}
        draft = {"title_zh": "清单", "title_en": "Bill", "body": body, "revision": None}
        revision = boss.put(at, json=draft).json()["row"]["revision"]
        assert boss.post(f"{at}/publish", json={"revision": revision, "note": "first"}).status_code == 200
    body = {"customer_order": f"PO-{mark}", "line": "1", "customer": f"客 {mark}", "product": product, "quantity": "5"}
    return boss.post(DEMAND, json=body | {"due": "2030-01-31"})


def _covered(boss: InProcess, number: int) -> Any:
    _routed(boss, number)
    line = demanded(boss, number).json()["demand"]["id"]
    return boss.post(f"{DEMAND}/orders", json={"lines": [line], "prefix": f"SD{number}"})


def promised(boss: InProcess, mark: object, product: str = _PRODUCT) -> Any:
    """Enter a line of a customer's order, and promise finished goods in store to it; return the answer to the line."""
    class_uri = product if product.startswith("https:") else f"https://id.gs1.org/01/{product}"
    for step, action in (("commissioning", "ADD"), ("storing", "OBSERVE")):
        moment = datetime.now(UTC).isoformat()
        told = {"type": "ObjectEvent", "action": action, "bizStep": step, "eventTime": moment,
                "eventTimeZoneOffset": "+00:00", "epcList": [f"{class_uri}/21/S{mark}"]}  # fmt: skip
        assert boss.post("/epcis/v2/capture", content=raw(document(told))).json()["success"]
    line = demanded(boss, f"s{mark}", product)
    number = line.json()["demand"]["id"]
    assert boss.patch(f"{DEMAND}/{number}", json={"quantity": "1"}).status_code == 200
    covered = boss.post(f"{DEMAND}/orders", json={"lines": [number]})
    assert covered.status_code == 201, covered.text
    assert covered.json()["plan"]["stock"], covered.text
    return line


def _given_free(boss: InProcess, number: int) -> Any:
    made = _covered(boss, number).json()
    line = made["plan"]["batches"][0]["shares"][0]["demand_id"]
    return boss.delete(f"{DEMAND}/{line}/covers/{made['orders'][0]['id']}")


PLANT_CHANGES |= {
    f"POST {DEMAND}": demanded,
    f"PATCH {DEMAND}/{{demand_id}}": lambda boss, number: boss.patch(
        f"{DEMAND}/{demanded(boss, number).json()['demand']['id']}", json={"quantity": "7"}
    ),
    f"POST {DEMAND}/{{demand_id}}/step": lambda boss, number: boss.post(
        f"{DEMAND}/{demanded(boss, number).json()['demand']['id']}/step", json={"step": "cancel", "reason": "x"}
    ),
    f"POST {DEMAND}/orders": _covered,
    f"DELETE {DEMAND}/{{demand_id}}/covers/{{order_id}}": _given_free,
    f"DELETE {DEMAND}/{{demand_id}}/goods": lambda boss, number: boss.delete(
        f"{DEMAND}/{promised(boss, number).json()['demand']['id']}/goods"
    ),
}


ANDON = "/api/v1/production/andon"


def andon_kind(boss: InProcess, mark: object) -> Any:
    """Add a kind of call that reaches whoever makes it; return the answer."""
    me = boss.get("/api/v1/session").json()["user"]["id"]
    levels = [{"after_minutes": 0, "people": [me]}, {"after_minutes": 60, "people": [me]}]
    body = {"code": f"k-{mark}", "name_zh": f"呼叫 {mark}", "name_en": f"call {mark}", "reason": "equipment"}
    return boss.post(f"{ANDON}/kinds", json=body | {"levels": levels})


def called(boss: InProcess, mark: object) -> Any:
    """Make a call; return the answer."""
    assert andon_kind(boss, mark).status_code == 201
    body = {"id": str(uuid4()), "kind": f"k-{mark}", "note": str(mark), "equipment": f"urn:suyuan:a:equipment:{mark}"}
    return boss.post(ANDON, json=body)


def _moved(verb: str, **body: Any) -> Change:
    def move(boss: InProcess, number: int) -> Any:
        return boss.post(f"{ANDON}/calls/{called(boss, number).json()['id']}/{verb}", json=body)

    return move


PLANT_CHANGES |= {
    f"POST {ANDON}": called,
    f"POST {ANDON}/kinds": andon_kind,
    f"POST {ANDON}/kinds/usual": lambda boss, _: boss.post(f"{ANDON}/kinds/usual"),
    f"PATCH {ANDON}/kinds/{{row_id}}": lambda boss, number: boss.patch(
        f"{ANDON}/kinds/{andon_kind(boss, number).json()['id']}", json={"retired": True}
    ),
    f"POST {ANDON}/calls/{{call_id}}/acknowledge": _moved("acknowledge"),
    f"POST {ANDON}/calls/{{call_id}}/resolve": _moved("resolve", cause="x"),
    f"POST {ANDON}/calls/{{call_id}}/withdraw": _moved("withdraw"),
}


def has_read(boss: InProcess, mark: object) -> Any:
    """Publish a route with work instructions and confirm to have read them; return the answer."""
    at = f"/api/v1/definitions/route/w{mark}"
    operation = _ROUTE["operations"][0] | {"instructions": [{"text_zh": "看", "text_en": "look"}]}
    draft = {"title_zh": "路线", "title_en": "Route", "body": _ROUTE | {"operations": [operation]}, "revision": None}
    revision = boss.put(at, json=draft).json()["row"]["revision"]
    assert boss.post(f"{at}/publish", json={"revision": revision, "note": "first"}).status_code == 200
    body = {"route": f"w{mark}", "operation": "a", "revision": "v1"}
    return boss.post("/api/v1/production/instructions/read", json=body)


PLANT_CHANGES["POST /api/v1/production/instructions/read"] = has_read


PULLS = "/api/v1/production/pulls"
_LINE = "urn:suyuan:a:place:LINE"


def pull_card(boss: InProcess, mark: object) -> Any:
    """Add a card for material that is called for by hand and by scan; return the answer."""
    body = {"card": f"KB-{mark}", "material": f"urn:suyuan:a:product:{mark}", "place": _LINE, "minimum": "1"}
    return boss.post(f"{PULLS}/cards", json=body | {"maximum": "5", "automatic": False})


def pulled(boss: InProcess, mark: object) -> Any:
    """Call for material by a card; return the answer."""
    assert pull_card(boss, mark).status_code == 201
    return boss.post(PULLS, json={"id": str(uuid4()), "card": f"KB-{mark}", "note": str(mark)})


def _delivered(boss: InProcess, number: int) -> Any:
    lot = {"epcClass": f"https://id.gs1.org/01/09521234543213/10/P{number}", "quantity": 9}
    came = {
        "type": "ObjectEvent", "action": "ADD", "bizStep": "receiving", "eventTime": "2026-03-02T08:00:00Z",
        "eventTimeZoneOffset": "+00:00", "epcList": [], "quantityList": [lot],
    }  # fmt: skip
    answer = boss.post("/epcis/v2/capture", content=raw(document(came)))
    assert answer.json()["success"], answer.text
    made = boss.post(PULLS, json={
        "id": str(uuid4()), "material": _PRODUCT, "place": _LINE, "quantity": "2", "note": str(number)})  # fmt: skip
    at = f"{PULLS}/calls/{made.json()['id']}"
    return boss.post(f"{at}/deliver", json={"brought": [{"code": lot["epcClass"], "quantity": "2"}]})


PLANT_CHANGES |= {
    f"POST {PULLS}": pulled,
    f"POST {PULLS}/cards": pull_card,
    f"PATCH {PULLS}/cards/{{row_id}}": lambda boss, number: boss.patch(
        f"{PULLS}/cards/{pull_card(boss, number).json()['id']}", json={"retired": True}
    ),
    f"POST {PULLS}/calls/{{call_id}}/pick": lambda boss, number: boss.post(
        f"{PULLS}/calls/{pulled(boss, number).json()['id']}/pick"
    ),
    f"POST {PULLS}/calls/{{call_id}}/deliver": _delivered,
    f"POST {PULLS}/calls/{{call_id}}/cancel": lambda boss, number: boss.post(
        f"{PULLS}/calls/{pulled(boss, number).json()['id']}/cancel", json={"reason": "x"}
    ),
}


def leave_plant(boss: InProcess, mark: str, product: str, place: str) -> dict[str, list[str]]:
    """Leave one of each part of the plant model; return the numbers they can be asked for by."""
    numbers = []
    for part in ("equipment", "tools", "holders", "teams", "shifts", "days-off"):
        answer = made(boss, mark, part)
        assert answer.status_code == 201, answer.text
        numbers.append(str(answer.json()["id"]))
    assert boss.put(f"{PLANT}/checks/quantity", json={"level": "off"}).status_code == 200
    order = ordered(boss, mark, product)
    assert order.status_code == 201, order.text
    line = demanded(boss, mark, product)
    assert line.status_code == 201, line.text
    assert boss.patch(f"{ORDERS}/{order.json()['id']}", json={"due": "2030-01-01T00:00:00Z"}).status_code == 200
    covered = boss.post(f"{DEMAND}/orders", json={"lines": [line.json()["demand"]["id"]]})
    assert covered.status_code == 201, covered.text
    stocked = promised(boss, mark, product)
    assert has_read(boss, mark).status_code == 204
    call = called(boss, mark)
    assert call.status_code == 201, call.text
    kept = {"material": product, "place": place, "minimum": "0", "maximum": "5"}
    assert boss.post(f"{PULLS}/cards", json=kept).status_code == 201
    pull = pulled(boss, mark)
    assert pull.status_code == 201, pull.text
    calls = [call.json()["id"], pull.json()["id"]]
    return {
        "row_id": numbers,
        "order_id": [str(order.json()["id"])],
        "demand_id": [str(line.json()["demand"]["id"]), str(stocked.json()["demand"]["id"])],
        "call_id": calls,
    }
