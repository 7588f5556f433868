"""Packing through the whole application: every way in and out, and everything that must not happen."""

from __future__ import annotations

from itertools import count

import pytest

from suyuan.coding.domain.check_digits import mod10
from suyuan.trace.contracts import Action, EventType, Participation, Role
from suyuan.trace.tests.test_recording import event
from tests.support.web import InProcess

PRODUCT = "https://id.gs1.org/01/09521234543213"
OTHER = "https://id.gs1.org/01/09521234543220"
_keys = count(1)
RIGHTS = ("trace:item:read", "trace:event:read", "coding:binding:write", "coding:binding:rule")


def unit(number, product=PRODUCT):
    return f"{product}/21/S{number:04d}"


def sscc(number):
    body = f"195212340000{number:05d}"
    return f"https://id.gs1.org/00/{body}{mod10(body)}"


BOX, BOX2, PALLET = sscc(1), sscc(2), sscc(9)


class Packer:
    """Somebody at a packing station."""

    def __init__(self, tenant, *rights):
        self.tenant = tenant
        self.client = InProcess(tenant.token(*(rights or RIGHTS)))

    def make(self, *uris, **more):
        from suyuan.coding.api import identify
        from suyuan.trace import api as trace

        with self.tenant.open():
            parts = [Participation(identify(uri), Role.SUBJECT) for uri in uris]
            trace.record([event(f"urn:e:{next(_keys)}", "2026-11-01T08:00:00+08:00", *parts, **more)])

    def post(self, path, **body):
        body.setdefault("request_key", f"key-{next(_keys):06d}")
        return self.client.post(f"/api/v1/bindings/{path}", json=body)

    def done(self, path, **body):
        answer = self.post(path, **body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, path, code, **body):
        """Post and expect a refusal that leaves no trace."""
        before = self.events()
        answer = self.post(path, **body)
        assert answer.status_code in (409, 422), answer.text
        problem = answer.json()
        assert problem["code"] == f"coding.bind_{code}", problem
        assert problem["title"]
        assert self.events() == before
        return problem

    def events(self):
        with self.tenant.open() as tx:
            return tx.value("SELECT count(*) FROM trace_event")

    def look(self, code):
        answer = self.client.get("/api/v1/bindings", params={"code": code})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def inside(self, code):
        return sorted(each["uri"] for each in self.look(code)["contents"])


@pytest.fixture
def packer(tenant):
    made = Packer(tenant)
    made.make(*(unit(n) for n in range(1, 13)), biz_location="https://id.gs1.org/414/9521234000013")
    return made


def test_units_into_a_box_and_boxes_onto_a_pallet(packer):
    done = packer.done("pack", parent=BOX, children=[unit(1), f"]d2{'01'}09521234543213{'21'}S0002"])
    assert (done["moved"], done["replayed"]) == (["S0001", "S0002"], False)
    assert done["after"]["item"]["contents"] == 2
    packer.done("pack", parent=BOX2, children=[unit(3)])
    packer.done("pack", parent=PALLET, children=[BOX, BOX2])
    pallet = packer.look(PALLET)
    assert [(each["depth"], each["kind"], each["count"]) for each in pallet["counts"]] == [
        (1, "carrier", 2),
        (2, "unit", 3),
    ]
    assert sorted(each["contents"] for each in pallet["contents"]) == [1, 2]
    assert [each["uri"] for each in packer.look(unit(1))["containers"]] == [BOX, PALLET]


def test_by_range_and_by_count(packer):
    assert len(packer.done("pack", parent=BOX, children=[unit(1)], last=unit(10))["moved"]) == 10
    packer.done("pack", parent=BOX2, children=[f"{PRODUCT}/10/L7"], quantity=40)
    with packer.tenant.open() as tx:
        assert tx.value("SELECT quantity FROM trace_participation WHERE role = 'c' AND quantity IS NOT NULL") == 40
    packer.done("pack", parent=PALLET, children=[sscc(100)], last=sscc(104))
    assert len(packer.inside(PALLET)) == 5


def test_unpack_some_and_all(packer):
    packer.done("pack", parent=BOX, children=[unit(n) for n in range(1, 6)])
    packer.done("unpack", parent=BOX, children=[unit(2)])
    assert unit(2) not in packer.inside(BOX)
    assert packer.look(unit(2))["containers"] == []
    packer.done("unpack", parent=BOX)
    assert packer.inside(BOX) == []
    packer.refused("unpack", "nothing", parent=BOX)
    packer.done("pack", parent=unit(7), children=[unit(8)])
    packer.refused("unpack", "nothing", parent=unit(7))
    packer.done("unpack", parent=unit(7), children=[unit(8)])


def test_move_merge_and_split(packer):
    packer.done("pack", parent=BOX, children=[unit(n) for n in range(1, 5)])
    packer.done("pack", parent=BOX2, children=[unit(5)])
    packer.done("move", parent=BOX2, children=[unit(1), unit(6)])
    assert packer.inside(BOX2) == sorted([unit(1), unit(5), unit(6)])
    packer.done("move", parent=sscc(3), all_from=[BOX, BOX2])
    assert len(packer.inside(sscc(3))) == 6
    assert packer.inside(BOX) == packer.inside(BOX2) == []
    packer.done("move", parent=BOX, all_from=[sscc(3)], count=2)
    assert (len(packer.inside(BOX)), len(packer.inside(sscc(3)))) == (2, 4)


def test_a_damaged_label_is_replaced_and_everything_goes_along(packer):
    packer.done("pack", parent=BOX, children=[unit(1), unit(2)])
    packer.done("pack", parent=PALLET, children=[BOX])
    packer.done("relabel", old=BOX, new=sscc(77))
    assert packer.inside(sscc(77)) == [unit(1), unit(2)]
    assert packer.inside(PALLET) == [sscc(77)]
    packer.done("relabel", old=unit(1), new=unit(901))
    assert packer.inside(sscc(77)) == sorted([unit(2), unit(901)])
    packer.refused("pack", "gone", parent=BOX2, children=[unit(1)])
    packer.refused("relabel", "new_label_used", old=unit(2), new=unit(3))
    packer.refused("relabel", "kinds_differ", old=unit(2), new=sscc(99))
    from suyuan.trace import api as trace

    back = packer.client.get("/api/v1/trace/back", params={"code": unit(901)}).json()
    assert unit(1) in {item["uri"] for item in back["items"]}
    assert trace.answer


def test_impossible_bindings_say_where_the_thing_is_and_leave_no_trace(packer):
    packer.done("pack", parent=BOX, children=[unit(1)])
    packer.done("pack", parent=PALLET, children=[BOX])
    problem = packer.refused("pack", "already_packed", parent=BOX2, children=[unit(2), unit(1)])
    assert problem["at"] == "/children/1"
    assert BOX[-18:] in problem["title"]
    assert PALLET[-18:] in problem["title"]
    packer.refused("pack", "here_already", parent=BOX, children=[unit(1)])
    packer.refused("pack", "cycle", parent=BOX, children=[PALLET])
    packer.refused("pack", "into_itself", parent=BOX, children=[BOX])
    packer.refused("pack", "no_container", parent=f"{PRODUCT}/10/L7", children=[unit(2)])
    packer.refused("pack", "unknown", parent=BOX2, children=[unit(999)])
    packer.refused("pack", "nothing", parent=BOX2, children=[])
    packer.refused("pack", "one_by_one", parent=BOX2, children=[f"{PRODUCT}/10/L7"])
    packer.refused("pack", "not_countable", parent=BOX2, children=[unit(2)], quantity=3)
    packer.refused("pack", "range", parent=BOX2, children=[unit(5)], last=unit(3))
    packer.refused("pack", "range", parent=BOX2, children=[unit(5)], last=unit(6, OTHER))
    packer.refused("pack", "limit", parent=BOX2, children=[unit(1)], last=f"{PRODUCT}/21/S9999")
    problem = packer.refused("unpack", "not_inside", parent=BOX2, children=[unit(1)])
    assert BOX[-18:] in problem["title"]
    packer.refused("pack", "time_backwards", parent=BOX2, children=[unit(2)], time="2026-10-01T08:00:00+08:00")
    answer = packer.post("pack", parent=BOX2, children=["(01)09521234543214(21)X"])
    assert (answer.status_code, answer.json()["code"], answer.json()["at"]) == (
        422,
        "coding.check_digit",
        "/children/0",
    )


def test_held_scrapped_and_retired_things_are_not_packed(packer):
    packer.make(unit(1), disposition="non_sellable_other", action=Action.OBSERVE)
    packer.make(unit(2), disposition="destroyed", action=Action.OBSERVE)
    packer.make(unit(3), action=Action.DELETE)
    packer.make(BOX, disposition="damaged", action=Action.OBSERVE)
    packer.refused("pack", "held", parent=BOX2, children=[unit(1)])
    packer.refused("pack", "gone", parent=BOX2, children=[unit(2)])
    packer.refused("pack", "gone", parent=BOX2, children=[unit(3)])
    assert packer.refused("pack", "held", parent=BOX, children=[unit(4)])["at"] == "/parent"


def test_packing_specifications_bound_number_and_mixture(packer):
    packer.make(*(unit(n, OTHER) for n in range(1, 3)))
    added = packer.client.post("/api/v1/bindings/specs", json={"child": "09521234543213", "capacity": 3})
    assert added.status_code == 201, added.text
    again = packer.client.post("/api/v1/bindings/specs", json={"child": PRODUCT, "capacity": 5})
    assert again.json()["code"] == "coding.bind_spec_taken"
    packer.done("pack", parent=BOX, children=[unit(1), unit(2)])
    problem = packer.refused("pack", "too_many", parent=BOX, children=[unit(3), unit(4)])
    assert (problem["params"]["capacity"], problem["params"]["has"], problem["params"]["more"]) == ("3", "2", "2")
    packer.refused("pack", "mixed", parent=BOX, children=[unit(1, OTHER)])
    packer.refused("move", "too_many", parent=BOX, children=[unit(3), unit(4)])
    packer.done("pack", parent=BOX, children=[unit(3)])
    assert packer.look(BOX)["capacity"] == 3
    path = f"/api/v1/bindings/specs/{added.json()['id']}"
    assert packer.client.patch(path, json={"capacity": 4, "mixed": True}).json()["mixed"] is True
    packer.done("pack", parent=BOX, children=[unit(1, OTHER)])
    assert packer.client.patch(path, json={"capacity": 0}).json()["code"] == "coding.bind_spec_value"
    assert packer.client.delete(path).status_code == 204
    assert packer.client.get("/api/v1/bindings/specs").json()["rows"] == []


def test_the_same_request_twice_is_one_binding(packer):
    body = {"parent": BOX, "children": [unit(1)], "request_key": "station-7-0001"}
    first, events = packer.done("pack", **body), packer.events()
    second = packer.done("pack", **body)
    assert (second["replayed"], second["event_ids"], packer.events()) == (True, first["event_ids"], events)


def test_two_scanners_cannot_pack_one_thing_twice(packer):
    from concurrent.futures import ThreadPoolExecutor

    def try_it(box):
        return packer.post("pack", parent=box, children=[unit(7), unit(8)]).status_code

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(try_it, [sscc(n) for n in range(20, 26)]))
    assert sorted(answers) == [200, 409, 409, 409, 409, 409]


def test_the_event_is_a_sound_epcis_event(packer):
    packer.done("pack", parent=BOX, children=[unit(1)], biz_location="https://id.gs1.org/414/9521234000013")
    row = packer.client.get("/api/v1/events", params={"type": EventType.AGGREGATION.value}).json()["rows"][0]
    whole = packer.client.get(f"/api/v1/events/{row['number']}").json()
    document = whole["document"]
    assert (document["action"], document["parentID"], document["childEPCs"]) == ("ADD", BOX, [unit(1)])
    assert (row["biz_step"], row["biz_location"]) == ("packing", "https://id.gs1.org/414/9521234000013")


def test_the_right_is_needed_and_other_tenants_see_nothing(make_tenant):
    mine, theirs = Packer(make_tenant()), Packer(make_tenant())
    mine.make(unit(1))
    mine.done("pack", parent=BOX, children=[unit(1)])
    assert theirs.client.get("/api/v1/bindings", params={"code": BOX}).status_code == 404
    theirs.refused("pack", "unknown", parent=BOX, children=[unit(1)])
    reader = Packer(mine.tenant, "trace:item:read")
    assert reader.post("pack", parent=BOX2, children=[unit(1)]).status_code == 403
    assert reader.client.get("/api/v1/bindings", params={"code": BOX}).status_code == 200


def test_a_code_that_was_voided_later_cannot_be_packed(tenant) -> None:
    from suyuan.coding.api import states
    from suyuan.coding.contracts.issuing import CodeState
    from tests.support.issued import define, issue, serial_rule

    packer, office = Packer(tenant), InProcess(tenant.token())
    define(office, "units", serial_rule("V"))
    issue(office, "units", 3)
    units = [f"urn:suyuan:{tenant.code}:unit:U-V-00000{number}" for number in (1, 2, 3)]
    packer.make(*units)
    with tenant.open():
        states.set_state_of_codes(["U-V-000002"], CodeState.VOID, "torn off")
    refused = packer.refused("pack", "void_code", parent=BOX, children=units)
    assert (refused["at"], "U-V-000002" in refused["title"]) == ("/children/1", True)
    assert packer.done("pack", parent=BOX, children=[units[0], units[2]])["after"]["item"]["contents"] == 2
    again = office.post("/api/v1/codes/states", json={"codes": ["U-V-000002"], "state": "applied"})
    assert (again.status_code, again.json()["code"]) == (409, "coding.issue_state")
