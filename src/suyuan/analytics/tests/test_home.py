"""The home page's numbers come from events through the outbox, and are the same when made anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from suyuan.trace.contracts import Action, EventType, ItemIdentity, ItemKind, Participation, Role
from suyuan.trace.tests.test_recording import BOX, event


def _unit(number: int) -> ItemIdentity:
    return ItemIdentity(f"urn:suyuan:t:unit:H{number}", ItemKind.UNIT, serial=f"H{number}")


def _day(tenant) -> None:
    from suyuan.trace import api

    now = datetime.now(UTC)
    early, late = (now - timedelta(minutes=2)).isoformat(), now.isoformat()
    with tenant.open():
        api.record(
            [
                event("urn:h:1", early, Participation(_unit(1), Role.SUBJECT), action=Action.OBSERVE,
                      biz_step="inspecting", disposition="non_conformant"),
                event("urn:h:2", late, Participation(_unit(1), Role.SUBJECT), action=Action.OBSERVE,
                      biz_step="inspecting", disposition="conformant"),
                event("urn:h:3", late, Participation(_unit(2), Role.SUBJECT), action=Action.OBSERVE,
                      biz_step="inspecting", disposition="conformant"),
                event("urn:h:4", late, Participation(BOX, Role.PARENT), Participation(_unit(1), Role.CHILD),
                      Participation(_unit(2), Role.CHILD), kind=EventType.AGGREGATION, biz_step="packing"),
            ]
        )  # fmt: skip


def test_the_home_page_counts_what_the_events_say(tenant, client) -> None:
    _day(tenant)
    tenant.deliver()
    home = client.get("/api/v1/home?offset=0").json()
    assert (home["output"], home["events"]) == (2, 4)
    assert home["yield_rate"] == 1.0
    assert home["first_pass_yield"] == 0.5
    assert [alarm["kind"] for alarm in home["alarms"]] == ["non_conformant"]
    assert home["alarms"][0]["title_zh"] == "检验不合格：H1"
    assert len(home["latest"]) == 4


def test_delivering_twice_counts_once_and_a_rebuild_gives_the_same(tenant, client) -> None:
    from suyuan.analytics import api

    _day(tenant)
    tenant.deliver()
    tenant.deliver()
    before = client.get("/api/v1/home?offset=0").json()
    with tenant.open():
        assert api.rebuild() == 4
    after = client.get("/api/v1/home?offset=0").json()
    for name in ("output", "events", "yield_rate", "first_pass_yield", "steps"):
        assert before[name] == after[name]


def test_a_declared_error_is_counted_back(tenant, client) -> None:
    from suyuan.trace import api

    _day(tenant)
    with tenant.open():
        api.record(
            [
                event("urn:h:4", datetime.now(UTC).isoformat(), Participation(BOX, Role.PARENT),
                      Participation(_unit(1), Role.CHILD), Participation(_unit(2), Role.CHILD),
                      kind=EventType.AGGREGATION, biz_step="packing", declares_error=True, x="declared"),
            ]
        )  # fmt: skip
    tenant.deliver()
    home = client.get("/api/v1/home?offset=0").json()
    assert (home["output"], home["events"]) == (0, 3)
    assert home["alarms"][0]["kind"] == "correction"
