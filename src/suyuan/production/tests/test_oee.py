"""Effectiveness after ISO 22400-2: worked examples, what is not on record, and the way through the interface."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from suyuan.production.domain.calendar import Shift, worked
from suyuan.production.domain.oee import (
    Point,
    Window,
    figures,
    intervals,
    overlap,
    rolled_throughput_yield,
)
from suyuan.production.tests.shop import START, made, seen, unit

MACHINE = "urn:suyuan:t:equipment:M1"


def test_the_worked_example_of_a_shift() -> None:
    """480 min shift, 60 min of breaks: PBT 420 min. Down for 47: APT 373 min. 271 pieces at 1 min, 248 of them good."""
    told = figures(
        planned=420 * 60,
        recorded=420 * 60,
        running=373 * 60,
        produced=Decimal(271),
        good=Decimal(248),
        planned_run=271 * 60,
    )
    assert told.availability == pytest.approx(0.8881, abs=1e-4)
    assert told.effectiveness == pytest.approx(0.7265, abs=1e-4)
    assert told.quality == pytest.approx(0.9151, abs=1e-4)
    assert told.oee == pytest.approx(0.5905, abs=1e-4)


def test_what_is_not_on_record_is_not_a_hundred_percent() -> None:
    nothing = figures(planned=3600, recorded=0, running=0, produced=Decimal(0), good=Decimal(0), planned_run=None)
    assert (nothing.availability, nothing.effectiveness, nothing.quality, nothing.oee) == (None, None, None, None)
    no_cycle = figures(
        planned=3600, recorded=3600, running=1800, produced=Decimal(4), good=Decimal(3), planned_run=None
    )
    assert (no_cycle.availability, no_cycle.effectiveness, no_cycle.quality, no_cycle.oee) == (0.5, None, 0.75, None)


def test_rolled_throughput_yield_is_the_product() -> None:
    assert rolled_throughput_yield({"a": 0.9, "b": 0.8, "c": None}) == pytest.approx(0.72)
    assert rolled_throughput_yield({}) is None


def _point(minute: int, state: str, number: int = 1) -> Point:
    return Point(START + timedelta(minutes=minute), number, state, None, None, None)


def test_a_state_lasts_until_the_next_and_is_cut_at_the_window() -> None:
    since, until = START + timedelta(minutes=10), START + timedelta(minutes=60)
    found = intervals([_point(40, "running"), _point(0, "down")], since, until)
    assert [(each.point.state, (each.until - each.since).seconds, each.open) for each in found] == [
        ("down", 1800, False), ("running", 1200, True),
    ]  # fmt: skip
    halves = [Window(since, since + timedelta(minutes=10)), Window(since + timedelta(minutes=40), until)]
    assert overlap(found, halves) == {("down", None): 600.0, ("running", None): 600.0}


def test_shifts_cross_midnight_and_keep_days_off() -> None:
    night = Shift(1, "C", "夜班", "Night", time(22), time(6), 48, frozenset({1, 2}), None, None)
    found = worked([night], frozenset({(1, date(2026, 3, 3))}), START, START + timedelta(days=2), UTC)
    assert [(each.day, (each.window.until - each.window.since).seconds / 3600, each.share) for each in found] == [
        (date(2026, 3, 2), 8.0, 0.9)
    ]


def _filled(tenant, **more: str) -> None:
    from suyuan.trace import api

    records = []
    for number in range(4):
        bad = "non_conformant" if number == 0 else "conformant"
        records.append(made(f"om{number}", number, unit(f"O{number}")))
        records.append(
            seen(f"ot{number}", 10 + number, unit(f"O{number}"), "inspecting", bad, equipment=MACHINE, **more)
        )
    with tenant.open():
        api.record(records)


def _window(minutes: int = 60) -> dict[str, str]:
    return {"from": START.isoformat(), "to": (START + timedelta(minutes=minutes)).isoformat(), "offset": "0"}


def _enter(client, minute: int, state: str, reason: str = "") -> int:
    since = (START + timedelta(minutes=minute)).isoformat()
    given = {"equipment": MACHINE, "state": state, "reason": reason, "since": since}
    answer = client.post("/api/v1/production/states", json=given)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["number"])


def test_states_become_effectiveness_with_its_losses(tenant, client) -> None:
    _filled(tenant)
    _enter(client, 0, "running")
    _enter(client, 30, "down", "breakdown")
    tenant.deliver()
    report = client.get("/api/v1/production/oee", params=_window()).json()
    row = report["rows"][0]
    assert (row["key"], row["planned"], row["running"], row["planned_by"]) == (MACHINE, 3600, 1800, "states")
    assert (row["availability"], row["quality"], row["effectiveness"], row["oee"]) == (0.5, 0.75, None, None)
    assert row["losses"] == [{"state": "down", "reason": "breakdown", "seconds": 1800}]
    found = client.get("/api/v1/production/states", params={**_window(), "equipment": MACHINE}).json()
    assert [(each["state"], each["open"]) for each in found] == [("running", False), ("down", True)]
    assert [each["state"] for each in client.get("/api/v1/production/machines").json()] == ["down"]


PRODUCT = "https://id.gs1.org/01/09521234543213"


def _route(client, seconds: str) -> None:
    """Publish a version of the route that plans this cycle."""
    operation = {"id": "test", "name_zh": "检", "name_en": "Test", "step": "inspecting", "cycle_seconds": seconds}
    route = {"products": [PRODUCT], "start": ["test"], "operations": [operation]}
    at = "/api/v1/definitions/route/cycled"
    before = client.get(at)
    seen = before.json()["row"]["revision"] if before.status_code == 200 else None
    draft = {"title_zh": "路", "title_en": "Route", "body": route, "revision": seen}
    revision = client.put(at, json=draft).json()["row"]["revision"]
    assert client.post(f"{at}/publish", json={"revision": revision, "note": "x"}).status_code == 200


def _released(client, number: str) -> str:
    body = {"number": number, "product": PRODUCT, "quantity": "9", "route_key": "cycled"}
    order = client.post("/api/v1/orders", json=body).json()
    assert client.post(f"/api/v1/orders/{order['id']}/step", json={"step": "release"}).status_code == 200
    return str(order["uri"])


def test_the_route_that_the_order_pinned_says_the_planned_cycle(tenant, client) -> None:
    """Six units an hour are planned: four made in half an hour of running are 4 x 600 s of 1800 s.

    Then the route is made twice as fast. The order goes on by its own plan; two units of an order released afterwards
    are planned at 300 s: (4 x 600 s + 2 x 300 s) / 1800 s.
    """
    from suyuan.trace import api

    _route(client, "600")
    order = _released(client, "MO-1")
    _filled(tenant, work_order=order)
    _enter(client, 0, "running")
    _enter(client, 30, "down", "breakdown")
    tenant.deliver()
    row = client.get("/api/v1/production/oee", params=_window()).json()["rows"][0]
    assert row["effectiveness"] == pytest.approx(4 * 600 / 1800)
    assert row["oee"] == pytest.approx(0.5 * 4 * 600 / 1800 * 0.75)
    _route(client, "300")
    assert client.get("/api/v1/production/oee", params=_window()).json()["rows"][0] == row
    newer = _released(client, "MO-2")
    with tenant.open():
        for each in range(2):
            tested = seen(
                f"nt{each}", 20, unit(f"N{each}"), "inspecting", "conformant", equipment=MACHINE, work_order=newer
            )
            api.record([made(f"nm{each}", 15, unit(f"N{each}")), tested])
    tenant.deliver()
    row = client.get("/api/v1/production/oee", params=_window()).json()["rows"][0]
    assert row["effectiveness"] == pytest.approx((4 * 600 + 2 * 300) / 1800)


def test_without_states_availability_is_not_recorded(tenant, client) -> None:
    _filled(tenant)
    tenant.deliver()
    for by in ("machine", "line", "shift", "day"):
        row = client.get("/api/v1/production/oee", params={**_window(), "kind": by}).json()["rows"][0]
        assert (row["recorded"], row["availability"], row["oee"], row["quality"]) == (0, None, None, 0.75)


def test_a_voided_state_is_taken_back(tenant, client) -> None:
    from suyuan.trace import api

    _enter(client, 0, "running")
    number = _enter(client, 10, "down")
    tenant.deliver()
    with tenant.open():
        api.void(
            api.voidable([api.event_detail(number).event_id]), "wrong machine", declared=datetime.now(UTC).isoformat()
        )
    tenant.deliver()
    assert [each["state"] for each in client.get("/api/v1/production/machines").json()] == ["running"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": "breakdown"}, "production.state_unknown"),
        ({"since": "2200-01-01T00:00:00Z"}, "production.state_in_future"),
    ],
)
def test_a_wrong_state_is_refused_and_leaves_no_trace(tenant, client, given, code) -> None:
    answer = client.post("/api/v1/production/states", json={"equipment": MACHINE, "state": "idle", **given})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    with tenant.open() as tx:
        assert tx.value("SELECT count(*) FROM trace_event") == 0


def test_yields_of_operations(tenant, client) -> None:
    _filled(tenant)
    tenant.deliver()
    told = client.get("/api/v1/production/yields", params=_window()).json()
    tested = next(row for row in told["rows"] if row["operation"] == "inspecting")
    assert (tested["first"], tested["first_good"], tested["first_pass"], tested["failed"]) == (4, 3, 0.75, 1)
    assert (tested["cycle_seconds"], told["rolled"]) == (60.0, 0.75)
