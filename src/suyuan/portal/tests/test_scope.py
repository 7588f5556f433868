"""Scopes through the whole application."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from suyuan.trace.contracts import Action, EventType, Participation, Role
from suyuan.trace.tests.test_recording import BOX, LOT, UNIT, event
from tests.support.web import InProcess

START = {"codes": ["(01)09521234000006(10)L1"]}


@pytest.fixture
def plant(tenant):
    from suyuan.trace import api

    with tenant.open():
        api.record(
            [
                event("urn:d:0", "2026-11-01T07:00:00Z", Participation(LOT, Role.SUBJECT, Decimal(5), "KGM"),
                      biz_step="receiving"),
                event("urn:d:1", "2026-11-01T08:00:00Z", Participation(LOT, Role.INPUT, Decimal("0.5"), "KGM"),
                      Participation(UNIT, Role.OUTPUT), kind=EventType.TRANSFORMATION, biz_step="assembling",
                      person="urn:suyuan:t:person:P1", equipment="urn:suyuan:t:equipment:M1",
                      biz_location="urn:suyuan:t:place:line"),
                event("urn:d:2", "2026-11-01T09:00:00Z", Participation(BOX, Role.PARENT),
                      Participation(UNIT, Role.CHILD),
                      kind=EventType.AGGREGATION, biz_step="packing"),
                event("urn:d:3", "2026-11-01T10:00:00Z", Participation(BOX, Role.SUBJECT), action=Action.OBSERVE,
                      biz_step="shipping", biz_location="urn:suyuan:t:place:dealer"),
            ]
        )  # fmt: skip
    return tenant


def ask(client: InProcess, **body):
    return client.post("/api/v1/trace/scope", json={"start": START, **body})


def test_forward_from_a_lot(plant, client) -> None:
    answer = ask(client, closure=True)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    print(json.dumps(told, indent=1)[:4000])
    assert told["summary"]["certain"] == 2
    rows = {row["label"]: row for row in told["rows"]}
    assert rows["U1"]["verdict"] == "certain"
