"""One tenant's numbers and codes tell another tenant nothing, wherever an operation takes any."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest

from tests.support.database import contents_of
from tests.support.operations import UNSAFE, Operation, operations
from tests.support.plants import Plant, furnish
from tests.support.web import InProcess

NOT_OF_A_TENANT = {
    "company", "provider", "error", "to",  # of the sign-in page, before anybody is known
    "as_of", "depth", "siblings", "closure", "limit", "from", "type", "action", "step", "disposition", "sort",
    "kind", "subject", "offset", "format", "direction", "state", "status", "first", "last", "size", "earlier",
    "language", "noticeable", "outcome", "permission", "dpi", "position",
    "handled", "topic", "administrative", "unused_days", "separator", "prefix_length", "filter_value", "symbol",
    "publish", "theirs", "hours", "until", "operation", "check", "count",
}  # fmt: skip
"""Parameters that name nothing a tenant owns: times, numbers, words of the standard."""
DRAWN_AS_GIVEN = {"GET /api/v1/portal/qr", "GET /api/v1/codes/picture"}
"""Draws the text it is given and looks nothing up."""
NOBODY = "qn0n"
NOBODYS = dict.fromkeys(
    (
        "person_id",
        "role_id",
        "token_id",
        "site_id",
        "item_id",
        "number",
        "batch_id",
        "spec_id",
        "handout_id",
        "session_id",
        "passkey_id",
        "provider_id",
        "file_id",
        "place_id",
        "event",
        "record",
        "printer_id",
        "printer",
        "approval_id",
        "alert_id",
        "mail_id",
        "row_id",
        "order_id",
        "demand_id",
        "feedback_id",
    ),
    "999999999",
) | {
    "job_id": "0f000000-0000-4000-8000-00000000000f",
    "product": "https://id.gs1.org/01/09521234999996",
    "place": "https://id.gs1.org/414/9521234999990",
    "action_id": "0f000000-0000-4000-8000-00000000000f",
    "call_id": "0f000000-0000-4000-8000-00000000000f",
    "import_id": "0f000000-0000-4000-8000-00000000000f",
    "reading": "0f000000-0000-4000-8000-00000000000f",
    "sha256": "0f" * 32,
    "table": "tenancy_nothing",
    "actor": "nobody",
}
VARYING = re.compile(
    r'"request_id":"\w+"|"took_ms":[\d.]+|\d+(?:\.\d+)? ms'
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:\d\d)?"
)


@pytest.fixture(scope="module")
def plant(application) -> Plant:
    from tests.support.tenants import fresh_tenant

    return furnish(fresh_tenant())


@pytest.fixture
def others(make_tenant) -> InProcess:
    """Somebody who may do everything, in another tenant."""
    return InProcess(make_tenant().token())


def _asked(operation: Operation, ids: dict[str, list[str]]) -> list[dict[str, str]]:
    """Return parameter values that name the plant's things: each in the path, and each query parameter by itself."""
    in_path = [name for name in operation.parameter_names("path") if name not in NOT_OF_A_TENANT]
    in_query = [name for name in operation.parameter_names("query") if name in ids]
    paths = [dict(zip(in_path, values, strict=True)) for values in itertools.product(*(ids[name] for name in in_path))]
    return [base | {name: value} for base in paths for name in in_query for value in ids[name]] or (
        paths if in_path else []
    )


def test_every_parameter_is_known_to_this_matrix(plant) -> None:
    unknown = {
        f"{each.name}: {name}"
        for each in operations()
        for name in (*each.parameter_names("path"), *each.parameter_names("query"))
        if name not in plant.ids and name not in NOT_OF_A_TENANT and name != "cursor"
    }
    assert unknown == set()


def _nobodys(values: dict[str, str], mark: str) -> dict[str, str]:
    """Return values of the same kind that mean nothing to anybody."""
    return {name: NOBODYS.get(name, value.replace(mark, NOBODY)) for name, value in values.items()}


def _said(answer: Any, values: dict[str, str], mark: str) -> tuple[int, str]:
    """Return status and text of an answer (the cells of a workbook), without what was asked with and without times."""
    text = answer.text
    if answer.headers.get("content-type", "").endswith("sheet"):
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        text = str([[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()])
    text = VARYING.sub("", text)  # first: a number that was asked with may be the hour
    for value in sorted(values.values(), key=len, reverse=True):
        for shown in (quote(value, safe=""), value):
            text = re.sub(rf"(?<![\w.]){re.escape(shown)}(?!\w)", "*", text)
    return answer.status_code, VARYING.sub("", text).replace(mark, "*")


def _questions(plant: Plant) -> Iterator[tuple[Operation, dict[str, str], dict[str, str]]]:
    """Yield every operation with the plant's own values, and with nobody's."""
    for each in operations():
        for values in _asked(each, plant.ids) if each.name not in DRAWN_AS_GIVEN else ():
            yield each, values, _nobodys(values, plant.mark)


def test_the_plant_itself_finds_what_it_asks_for(plant) -> None:
    """The questions put to others below are good ones: put at home, at least one of each kind is answered."""
    asked, answered = set(), set()
    for each, mine, nobodys in _questions(plant):
        if each.method != "GET" or each.path.endswith(
            ("codes/decode", "codes/suggestions", "labels/values", "provider/callback")
        ):  # reads the text it is given
            continue
        kind = (each.name, *mine)
        asked.add(kind)
        found, nothing = (plant.client.get(each.address(values, optional=True)) for values in (mine, nobodys))
        if found.status_code == 200 and _said(found, mine, plant.mark) != _said(nothing, nobodys, NOBODY):
            answered.add(kind)
    assert asked - answered == set()


def test_another_tenants_numbers_and_codes_are_as_unknown_as_nobodys(plant, others) -> None:
    before = contents_of(plant.tenant.id)
    told, asked = [], 0
    for each, theirs, nobodys in _questions(plant):
        body = {"json": each.sound_body()} if each.method in UNSAFE else {}
        asked += 1
        answer, nothing = (
            others.request(each.method, each.address(values, optional=True), **body) for values in (theirs, nobodys)
        )
        heard, known = _said(answer, theirs, plant.mark), _said(nothing, nobodys, NOBODY)
        if heard != known or heard[0] in {401, 403, 405} or heard[0] >= 500:
            told.append((each.name, theirs, heard, known))
    assert told == []
    assert asked > 60
    assert contents_of(plant.tenant.id) == before


def test_lists_hold_only_ones_own(plant, others) -> None:
    told, lists = [], 0
    for each in operations():
        if each.method == "GET" and each.path.startswith(("/api", "/epcis")) and "{" not in each.path:
            lists += 1
            if not each.stream and plant.mark.encode() in others.get(each.address()).content:
                told.append(each.name)
    assert told == []
    assert lists > 15


def test_what_a_body_names_must_be_ones_own(plant, make_tenant) -> None:
    mine = make_tenant()
    boss = InProcess()
    boss.sign_in(mine.person())
    role, site = int(plant.ids["role_id"][0]), int(plant.ids["site_id"][0])
    person = {"login": f"x-{mine.code}", "name": "x"}
    own_role = boss.get("/api/v1/roles").json()["rows"][0]["id"]
    refused = [
        boss.post("/api/v1/people", json=person | {"roles": [{"role_id": role}]}),
        boss.post("/api/v1/people", json=person | {"roles": [{"role_id": own_role, "site_id": site}]}),
        boss.post("/api/v1/tokens", json={"name": "x", "permissions": [], "site_id": site}),
    ]
    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [(422, "tenancy.field_invalid")] * 3
    assert len(boss.get("/api/v1/people").json()["rows"]) == 1


def test_the_same_event_id_in_two_tenants_is_two_events(plant, others) -> None:
    event = plant.bakery.arrivals()[0] | {"action": "OBSERVE", "ilmd": None}
    event = {name: value for name, value in event.items() if value is not None}
    context = {"@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"}
    before = contents_of(plant.tenant.id)
    made = others.post("/epcis/v2/events", json=context | event)
    assert made.status_code == 201, made.text
    assert contents_of(plant.tenant.id) == before


def test_a_visitor_sees_nothing_unpublished_and_cannot_tell_it_from_unknown(plant) -> None:
    visitor = InProcess()
    kept = visitor.get(plant.bakery.cake(1).removeprefix("https://id.gs1.org"))
    unknown = visitor.get(f"{plant.bakery.cake(1).removeprefix('https://id.gs1.org')}9")
    assert (kept.status_code, unknown.status_code) == (404, 404)
    assert kept.text.replace(f"K01-{plant.mark}", "") == unknown.text.replace(f"K01-{plant.mark}9", "")
