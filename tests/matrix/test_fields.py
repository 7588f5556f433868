"""Rights by field: who holds every right but one group's is told nothing of that group, by any operation there is.

The walk is made from the routers. Names, values and parties are planted first that could not be there by chance.
"""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from tests.support.bakery import document, raw
from tests.support.entries import enter, entry
from tests.support.operations import UNSAFE, Operation, operations
from tests.support.plants import Plant, furnish
from tests.support.secrets import Secrets, plant_secrets
from tests.support.web import InProcess

GROUPS = ("people", "parties", "measured")
ANYTHING: Mapping[str, str] = {
    "direction": "forward", "format": "json", "from": "2026-01-01T00:00:00Z", "subject": "1",
    "permission": "trace:item:read", "position": "0", "first": "0", "count": "10", "last": "1", "operation": "a",
    "revision": "v1", "definition_kind": "trace_node", "version": "1", "check": "quantity",
}  # fmt: skip
"""For parameters that name nothing of the plant."""
KNOWN_TO_TELL = {
    "people": {
        "GET /api/v1/events", "GET /api/v1/events/{number}", "GET /api/v1/events/export", "GET /api/v1/vocabulary",
        "GET /api/v1/items/{item_id}/timeline", "GET /api/v1/trace/{direction}", "GET /api/v1/trace/{direction}/export",
        "GET /api/v1/production/history", "GET /api/v1/production/history/pdf", "GET /api/v1/audit",
        "GET /api/v1/audit/export", "GET /api/v1/people", "GET /api/v1/security/sign-ins",
        "GET /api/v1/capture/refused", "GET /api/v1/capture/station", "GET /api/v1/signatures", "GET /api/v1/approvals",
        "GET /api/v1/orders", "GET /api/v1/print-jobs", "GET /api/v1/definitions",
        "GET /api/v1/production/andon", "GET /api/v1/production/pulls", "GET /api/v1/production/states",
        "GET /api/v1/plant/teams", "GET /api/v1/feedback", "GET /api/v1/retention/holds", "GET /api/v1/tenant/exports",
        "GET /api/v1/capture/imports", "GET /api/v1/capture/jobs", "GET /epcis/v2/events", "GET /api/v1/dossier",
        "POST /api/v1/trace/scope/start", "GET /api/v1/capture/quality/entries",
    },
    "parties": {
        "GET /api/v1/events/{number}", "GET /api/v1/trace/scope/choices", "GET /api/v1/orders/export",
        "GET /api/v1/production/demand", "GET /api/v1/vocabulary", "POST /api/v1/trace/scope",
        "POST /api/v1/trace/scope/export", "GET /api/v1/trace/{direction}/epcis", "GET /api/v1/dossier",
    },
    "measured": {
        "GET /api/v1/events/{number}", "GET /api/v1/items/{item_id}/timeline", "GET /api/v1/trace/{direction}",
        "GET /api/v1/trace/{direction}/export", "GET /api/v1/production/history", "GET /api/v1/production/history/pdf",
        "GET /api/v1/production/history/neighbours", "GET /api/v1/alarms", "GET /api/v1/capture/refused",
        "GET /api/v1/capture/imports/{import_id}", "GET /epcis/v2/events", "GET /api/v1/dossier",
        "POST /api/v1/trace/causes",
    },
}  # fmt: skip
"""Operations that are known to tell: with the right they do, so that the test can fail."""
CUT = {
    "people": ("/api/v1/events", "/api/v1/audit", "/api/v1/events/export?format=csv", "/api/v1/home"),
    "parties": ("/api/v1/trace/scope/choices", "/api/v1/production/demand", "/api/v1/vocabulary"),
    "measured": ("/api/v1/vocabulary", "/api/v1/alarms"),
}
"""Addresses that answer without the right, with the rest of what they have to tell."""
Ask = Callable[[InProcess], Iterator[tuple[str, httpx.Response]]]


@pytest.fixture(scope="module")
def plant(application) -> Plant:
    from tests.support.tenants import fresh_tenant

    return furnish(fresh_tenant())


@pytest.fixture(scope="module")
def secrets(plant) -> Secrets:
    return plant_secrets(plant)


@pytest.fixture(scope="module")
def without(plant) -> Mapping[str, tuple[InProcess, InProcess]]:
    """By group, a machine and a person with every right but the group's."""
    from suyuan.chassis.registry import registry

    found = {}
    for group in GROUPS:
        rights = set(registry.permissions) - {f"fields:{group}:read"}
        person = InProcess()
        login = plant.tenant.person(f"looker-{group}", "correct horse 42", *rights, fields=(), name=f"看 {group}")
        assert person.sign_in(login).status_code == 200
        found[group] = InProcess(plant.tenant.token(*rights, fields=())), person
    return found


def _addresses(operation: Operation, ids: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield an operation's addresses with everything of the plant that they can name, one query parameter at a time."""
    known = {**{name: [value] for name, value in ANYTHING.items()}, **ids}
    in_path = operation.parameter_names("path")
    in_query = [name for name in operation.parameter_names("query") if name in ids]
    for values in itertools.product(*(known.get(name, ["x"]) for name in in_path)):
        base = {**ANYTHING, **{name: each[0] for name, each in ids.items()}, **dict(zip(in_path, values, strict=True))}
        yield operation.address(base)
        for name in in_query:
            for value in ids[name]:
                given = {name: value, **dict(zip(in_path, values, strict=True))}
                needed = {
                    str(each["name"]): base[str(each["name"])]
                    for each in operation.parameters
                    if each.get("required") and str(each["name"]) in base
                }
                yield operation.address(needed | given, optional=True)


def _readings(ids: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Yield the name and an address of everything that can be read by GET."""
    for each in operations():
        if each.method == "GET" and each.path.startswith(("/api", "/epcis")) and not each.stream:
            for address in dict.fromkeys(_addresses(each, ids)):
                yield each.name, address


FORMATS = {
    "GET /api/v1/events/export": ("xlsx", "csv"),
    "GET /api/v1/audit/export": ("xlsx", "csv"),
    "GET /api/v1/trace/{direction}/export": ("xlsx", "pdf", "json"),
    "GET /api/v1/dossier": ("pdf", "json"),
    "GET /api/v1/security/access/file": ("xlsx", "csv", "pdf"),
}


def _files(secrets: Secrets) -> Iterator[tuple[str, str]]:
    yield "GET /epcis/v2/events", "/epcis/v2/events?EQ_bizStep=shipping&EQ_bizStep=receiving&perPage=2000"
    for name, kinds in FORMATS.items():
        for kind in kinds:
            path = name.removeprefix("GET ").replace("{direction}", "back")
            of = {"code": secrets.codes[1]} if "trace" in path or "dossier" in path else {}
            yield name, str(httpx.URL(path, params={"format": kind, **of}))


def _questions(plant: Plant, secrets: Secrets) -> Iterator[tuple[str, dict[str, Any], dict[str, str]]]:
    """Yield what is asked by POST, as it changes nothing: path, body, headers."""
    for code, direction in ((secrets.codes[0], "forward"), (secrets.codes[1], "back")):
        scope = {"start": {"codes": [code]}, "direction": direction, "closure": True}
        yield "/api/v1/trace/scope", scope, {}
        for kind in ("x-ndjson", "vnd.apache.parquet", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"):
            yield "/api/v1/trace/scope", scope, {"Accept": f"application/{kind}"}
        for kind in ("ndjson", "parquet", "xlsx"):
            yield "/api/v1/trace/scope/export", scope | {"format": kind}, {}
    yield "/api/v1/trace/scope/start", {"events": {"step": "assembling"}}, {}
    for what in ("causes", "causes/export"):
        yield f"/api/v1/trace/{what}", {"start": {"codes": [secrets.codes[1]]}}, {}
    yield "/api/v1/production/demand/plan", {"lines": [int(plant.ids["demand_id"][0])]}, {}
    yield "/api/v1/code-rules/past", {"body": {}}, {}
    body = plant.client.get(f"/api/v1/definitions/trace_node/{secrets.node}").json()["body"]
    yield "/api/v1/capture/try", {"body": body, "node": secrets.node, "days": 5}, {}
    imported = plant.client.get(f"/api/v1/capture/imports/{plant.ids['import_id'][-1]}").json()
    yield f"/api/v1/capture/imports/{plant.ids['import_id'][-1]}/preview", imported["mapping"], {}
    yield (
        "/api/v1/packs/export",
        {"name": "x", "version": "1.0.0", "title_zh": "x", "title_en": "x", "definitions": []},
        {},
    )


def _asked(plant: Plant, secrets: Secrets, reader: InProcess) -> Iterator[tuple[str, str, httpx.Response]]:
    """Yield what ``reader`` is told by every operation that reads: its name, what was asked, the answer."""
    ids = {**plant.ids, "code": [*plant.ids["code"], *secrets.codes]}
    for name, address in itertools.chain(_readings(ids), _files(secrets)):
        yield name, address, reader.get(address)
    for path, body, headers in _questions(plant, secrets):
        answer = reader.post(path, json=body, headers=headers)
        yield f"POST {path}", json.dumps(body), answer
        if path.endswith("scope/export") and answer.status_code == 200:
            made = json.loads(answer.text.splitlines()[-1])["file"]["id"]
            yield f"POST {path}", json.dumps(body), reader.get(f"/api/v1/trace/scope/files/{made}")


def _told(plant: Plant, secrets: Secrets, reader: InProcess) -> dict[str, dict[str, tuple[str, list[str]]]]:
    """Return what ``reader`` is told of each group beyond what they asked with, by operation."""
    found: dict[str, dict[str, tuple[str, list[str]]]] = {group: {} for group in GROUPS}
    asked_by = 0
    for name, asked, answer in _asked(plant, secrets, reader):
        asked_by += 1
        for group in GROUPS:
            marks = [mark for mark in secrets.of(group, answer) if mark not in unquote(asked)]
            if marks:
                found[group][name] = (asked[:200], marks)
    assert asked_by > 400
    return found


@pytest.fixture(scope="module")
def told_everything(plant, secrets) -> Mapping[str, Mapping[str, object]]:
    """What somebody who sees everything is told, by group and operation."""
    return _told(plant, secrets, plant.person)


@pytest.mark.parametrize("group", GROUPS)
def test_who_sees_everything_is_told_it_where_it_is_known_to_be(told_everything, group) -> None:
    assert KNOWN_TO_TELL[group] - told_everything[group].keys() == set()


@pytest.mark.parametrize("group", GROUPS)
def test_who_lacks_a_group_is_told_nothing_of_it_by_any_operation(plant, secrets, without, group) -> None:
    told = _told(plant, secrets, without[group][1])
    assert told[group] == {}
    assert all(told[other] for other in GROUPS if other != group)


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_left_out_is_said_and_the_rest_is_there(plant, secrets, without, group) -> None:
    machine, _ = without[group]
    for address in CUT[group]:
        full, cut = plant.client.get(address), machine.get(address)
        assert (full.status_code, cut.status_code) == (200, 200), (address, cut.text)
        if cut.headers["content-type"] == "application/json":
            assert "Suyuan-Withheld" not in full.headers, address
            assert group in cut.headers["Suyuan-Withheld"].split(", "), address
            assert full.json().keys() == cut.json().keys() if isinstance(full.json(), dict) else True


def test_an_operation_that_asks_by_what_is_withheld_is_refused_with_the_missing_right(plant, secrets, without) -> None:
    person = f"urn:suyuan:bakery:person:zhao-{plant.mark}"
    asked = {
        "people": [
            ("GET", f"/api/v1/events?person={person}", None),
            ("GET", f"/api/v1/events/export?person={person}", None),
            ("GET", "/api/v1/audit?actor=x", None),
            ("GET", "/api/v1/audit/export?actor=x", None),
            ("GET", "/api/v1/capture/quality?by=person", None),
            ("GET", "/api/v1/capture/quality/entries?by=person", None),
            ("GET", "/api/v1/capture/quality/export?by=person", None),
            ("POST", "/api/v1/trace/scope/start", {"events": {"person": person}}),
            ("POST", "/api/v1/trace/scope", {"start": {"events": {"person": person}}}),
            ("POST", "/api/v1/trace/causes", {"start": {"events": {"person": person}}}),
        ],
        "parties": [
            ("GET", "/api/v1/production/demand?sort=customer", None),
            ("POST", "/api/v1/trace/scope/start", {"events": {"source": "x"}}),
            ("POST", "/api/v1/trace/scope/start", {"events": {"destination": "x"}}),
            ("POST", "/api/v1/trace/scope", {"start": {"codes": [secrets.codes[0]]}, "where": {"customer": ""}}),
            ("POST", "/api/v1/trace/scope", {"start": {"codes": [secrets.codes[0]]}, "sort": "-customer"}),
            ("PATCH", f"/api/v1/orders/{plant.ids['order_id'][0]}", {"customer": ""}),
            ("PATCH", f"/api/v1/production/demand/{plant.ids['demand_id'][0]}", {"customer": "x"}),
        ],
        "measured": [
            ("POST", "/api/v1/trace/scope/start", {"events": {"parameter": f"秘方-{plant.mark}"}}),
            ("POST", "/api/v1/trace/scope", {"start": {"events": {"parameter": "x"}}}),
        ],
    }
    wrong = {}
    for group, questions in asked.items():
        for method, path, body in questions:
            answer = without[group][0].request(method, path, **({"json": body} if body is not None else {}))
            problem = answer.json()
            said = answer.status_code, problem.get("code"), problem.get("params", {}).get("permission")
            if said != (403, "kernel.fields_withheld", f"fields:{group}:read"):
                wrong[method, path, str(body)] = said
    assert wrong == {}


def test_a_search_does_not_find_by_what_is_withheld(plant, without) -> None:
    machine, _ = without["parties"]
    for address in (f"/api/v1/orders?search=客 {plant.mark}", f"/api/v1/production/demand?search=客 {plant.mark}"):
        assert machine.get(address).json()["rows"] == [], address
        assert plant.client.get(address.replace("/orders", "/production/demand")).json()["rows"], address


def test_what_streams_is_cut_too(plant, secrets, without) -> None:
    machine, _ = without["people"]
    heard: list[bytes] = []
    listening = threading.Thread(target=lambda: heard.append(machine.open_stream("/api/v1/live", b"recorded")[1]))
    listening.start()
    for _ in range(40):
        enter_one(plant)
        listening.join(0.5)
        if not listening.is_alive():
            break
    assert b"event: recorded" in heard[0]
    assert not any(mark.encode() in heard[0] for mark in secrets.marks["people"])


def enter_one(plant: Plant) -> None:
    """Have a person record one event."""
    for key in plant.ids["node"]:
        item = f"urn:suyuan:x:unit:L{next(_numbers)}-{plant.mark}"
        assert enter(plant.person, f"live {item}", entry(key, item)).status_code == 200


_numbers = itertools.count(1)


def test_who_sees_no_field_can_still_capture(plant) -> None:
    sender = InProcess(plant.tenant.token("trace:event:write", "capture:reading:write", fields=()))
    event = plant.bakery.delivery()[1] | {"eventID": plant.bakery.event_id("blind")}
    made = sender.post("/epcis/v2/events", json={"@context": document()["@context"], **event})
    assert made.status_code == 201, made.text
    assert sender.post("/epcis/v2/capture", content=raw(document(event))).status_code == 202
    taken = enter(sender, "blind", entry(plant.ids["node"][0], f"urn:suyuan:x:unit:B-{plant.mark}"))
    assert taken.json()["outcomes"][0]["outcome"] == "recorded", taken.text


def test_a_right_for_one_site_opens_nothing_while_another_is_reached(plant, make_tenant) -> None:
    from suyuan.kernel.disclosure import ALL_FIELDS, PEOPLE, closed_to, sees
    from suyuan.kernel.principals import Grant, Principal

    def who(*grants: Grant) -> Principal:
        return Principal(1, 1, "x", grants)

    reads = frozenset({"trace:event:read"})
    both, plain = reads | set(ALL_FIELDS), reads
    assert sees(who(Grant(both, 1)), PEOPLE)
    assert sees(who(Grant(both, 1), Grant(frozenset(), 2)), PEOPLE)
    assert not sees(who(Grant(both, 1), Grant(plain, 2)), PEOPLE)
    assert not sees(who(Grant(both, 1), Grant(plain)), PEOPLE)
    assert sees(who(Grant(both), Grant(plain, 2)), PEOPLE)
    assert not sees(who(), PEOPLE)
    assert closed_to(Principal(1, None, "x", via="system")) == frozenset()
    assert len(closed_to(Principal(1, None, "", via="group"))) == len(GROUPS)


def test_nobody_grants_a_group_they_do_not_see(plant, without) -> None:
    _, person = without["measured"]
    role = {"name_zh": "配方", "name_en": "Recipes", "permissions": ["trace:event:read", "fields:measured:read"]}
    refused = person.post("/api/v1/roles", json=role)
    assert (refused.status_code, refused.json()["code"]) == (403, "tenancy.grant_beyond_own")
    token = person.post("/api/v1/tokens", json={"name": "t", "permissions": role["permissions"]})
    assert (token.status_code, token.json()["code"]) == (403, "tenancy.grant_beyond_own")
    assert person.get("/api/v1/session").json()["withheld"] == ["measured"]
    assert plant.person.get("/api/v1/session").json()["withheld"] == []


def test_nothing_that_changes_is_forgotten_by_the_walk() -> None:
    """Reading by POST is listed by hand: what is listed exists."""
    paths = {each.path for each in operations() if each.method in UNSAFE}
    assert {"/api/v1/trace/scope", "/api/v1/trace/causes", "/api/v1/capture/try", "/api/v1/code-rules/past"} <= paths
