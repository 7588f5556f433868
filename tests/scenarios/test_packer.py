"""A packer's shift: boxes filled, a wrong one noticed, a torn label, a pallet sent, and the trace that follows."""

from __future__ import annotations

from suyuan.coding.domain.check_digits import mod10
from suyuan.trace.contracts import Participation, Role
from suyuan.trace.tests.test_recording import event
from tests.support.web import InProcess

PRODUCT = "https://id.gs1.org/01/09521234543213"
LINE = "https://id.gs1.org/414/9521234000013"


def unit(number: int) -> str:
    return f"{PRODUCT}/21/P{number:03d}"


def sscc(number: int) -> str:
    body = f"395212340{number:08d}"
    return f"https://id.gs1.org/00/{body}{mod10(body)}"


def test_a_packers_shift(tenant) -> None:
    from suyuan.coding.api import identify
    from suyuan.trace import api as trace

    made = [Participation(identify(unit(n)), Role.SUBJECT) for n in range(1, 13)]
    with tenant.open():
        trace.record([event("urn:e:made", "2026-11-01T08:00:00+08:00", *made, biz_location=LINE)])
    chief = InProcess(tenant.token("coding:binding:rule", "coding:binding:write", "trace:item:read"))
    packer = InProcess(tenant.token("coding:binding:write", "trace:item:read"))
    steps = iter(range(1000))

    def send(path: str, **body: object):
        return packer.post(f"/api/v1/bindings/{path}", json={"request_key": f"shift-{next(steps):04d}", **body})

    # Six fit into a box, and nothing else lies beside them.
    assert chief.post("/api/v1/bindings/specs", json={"child": PRODUCT, "capacity": 6}).status_code == 201
    first, second, pallet = sscc(1), sscc(2), sscc(3)
    for number in range(1, 7):
        assert send("pack", parent=first, children=[unit(number)], biz_location=LINE).status_code == 200
    full = send("pack", parent=first, children=[unit(7)])
    assert (full.status_code, full.json()["code"]) == (409, "coding.bind_too_many")
    assert send("pack", parent=second, children=[unit(7)], last=unit(11)).status_code == 200

    # One of the first box is scanned again: it is told where it is, and nothing is recorded.
    again = send("pack", parent=second, children=[unit(3)])
    assert (again.status_code, again.json()["code"]) == (409, "coding.bind_already_packed")
    assert first[-18:] in again.json()["title"]

    # Quality holds one: it comes out, and does not go in again.
    assert send("unpack", parent=first, children=[unit(3)]).status_code == 200
    with tenant.open():
        held = Participation(identify(unit(3)), Role.SUBJECT)
        later = packer.get("/api/v1/bindings", params={"code": unit(3)}).json()["item"]["last_seen"]
        trace.record([event("urn:e:held", later.replace("Z", "+00:00"), held, disposition="non_sellable_other")])
    assert send("pack", parent=first, children=[unit(3)]).json()["code"] == "coding.bind_held"

    # Both boxes go onto a pallet; the label of one is torn and replaced there.
    assert send("pack", parent=pallet, children=[first, second]).status_code == 200
    fresh = sscc(4)
    assert send("relabel", old=first, new=fresh).status_code == 200
    seen = packer.get("/api/v1/bindings", params={"code": pallet}).json()
    assert {each["uri"] for each in seen["contents"]} == {fresh, second}
    assert {(each["depth"], each["count"]) for each in seen["counts"]} == {(1, 2), (2, 10)}
    assert [each["uri"] for each in packer.get("/api/v1/bindings", params={"code": unit(1)}).json()["containers"]] == [
        fresh, pallet
    ]  # fmt: skip

    # What was on the pallet is what the trace says: ten units, not the one that was taken out.
    answer = packer.get("/api/v1/trace/forward", params={"code": unit(1)}).json()
    assert not answer["gaps"], answer["gaps"]
    inside = packer.get("/api/v1/bindings", params={"code": fresh}).json()["contents"]
    assert unit(3) not in {each["uri"] for each in inside}
