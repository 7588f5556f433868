"""Work in process follows from events alone: whatever order they come in, however often, whatever is declared wrong."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from suyuan.production.tests.shop import at, inside, lot, made, seen, unit
from suyuan.trace.contracts import Participation, Role

STEPS = ("assembling", "inspecting", "repairing", "packing", "shipping", "destroying", "holding")
DISPOSITIONS = ("in_progress", "conformant", "non_conformant", "container_closed")


def _passages(tenant) -> list[tuple]:
    with tenant.open() as tx:
        return tx.rows(
            "SELECT i.uri, e.event_id, k.operation, k.came_from, k.waited_seconds, k.result, k.first, k.quantity,"
            " k.work_order FROM production_passage k JOIN trace_item i ON i.id = k.item_id"
            " JOIN trace_event e ON e.number = k.event_number ORDER BY i.uri, k.time, k.event_number"
        )


def _standing(tenant) -> list[tuple]:
    with tenant.open() as tx:
        return tx.rows(
            "SELECT i.uri, w.operation, w.state, w.entered, w.since, w.quantity, w.reworks, w.rework_seconds,"
            " w.rework_since FROM production_wip w JOIN trace_item i ON i.id = w.item_id ORDER BY i.uri"
        )


def _flow(tenant) -> list[tuple]:
    """Return what is counted, and see that it is what counting the passages gives."""
    with tenant.open() as tx:
        counted = tx.rows(
            "SELECT operation, came_from, sum(passages), sum(done), sum(failed), sum(onward), sum(waited_seconds)"
            " FROM production_flow GROUP BY 1, 2 ORDER BY 1, 2"
        )
        assert counted == tx.rows(
            "SELECT operation, coalesce(came_from, ''), count(*), count(*) FILTER (WHERE result <> 'b'),"
            " count(*) FILTER (WHERE result = 'f'), count(*) FILTER (WHERE result NOT IN ('r', 's')),"
            " coalesce(sum(waited_seconds) FILTER (WHERE came_from <> operation), 0)"
            " FROM production_passage GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return tx.rows(
            "SELECT quarter, key, operation, waited, passages, waited_seconds FROM production_flow ORDER BY 1, 2"
        )


def _record(tenant, *records) -> None:
    from suyuan.trace import api

    with tenant.open():
        api.record(list(records))


def test_a_unit_is_in_work_from_its_making_until_it_is_packed(tenant) -> None:
    _record(tenant, made("a", 0, unit("W1"), work_order="urn:o:1"), seen("b", 5, unit("W1"), "assembling"))
    tenant.deliver()
    assert [row[:3] for row in _standing(tenant)] == [(unit("W1").uri, "assembling", "waiting")]
    _record(tenant, inside("c", 9, unit("BOX"), unit("W1"), biz_step="packing"))
    tenant.deliver()
    assert _standing(tenant) == []
    assert [(row[2], row[3], row[4], row[5], row[8]) for row in _passages(tenant)] == [
        ("commissioning", None, None, "p", "urn:o:1"),
        ("assembling", "commissioning", 300, "p", "urn:o:1"),
        ("packing", "assembling", 240, "p", "urn:o:1"),
    ]


def test_failing_counts_as_rework_until_the_same_operation_passes(tenant) -> None:
    unit_1 = unit("R1")
    _record(tenant, made("a", 0, unit_1), seen("b", 5, unit_1, "inspecting", "non_conformant"))
    tenant.deliver()
    assert _standing(tenant)[0][2] == "rework"
    _record(tenant, seen("c", 7, unit_1, "repairing"), seen("d", 10, unit_1, "inspecting", "conformant"))
    tenant.deliver()
    _, operation, state, _, _, _, reworks, seconds, since = _standing(tenant)[0]
    assert (operation, state, reworks, seconds, since) == ("inspecting", "waiting", 1, 300, None)
    assert [(row[2], row[5], row[6]) for row in _passages(tenant)][1:] == [
        ("inspecting", "f", True), ("repairing", "r", True), ("inspecting", "p", False),
    ]  # fmt: skip


def test_a_lot_stays_in_work_until_all_of_it_was_used(tenant) -> None:
    dough = lot("D1")
    mixed = Participation(dough, Role.OUTPUT, Decimal(10), "KGM")
    loaf = Participation(dough, Role.INPUT, Decimal(4), "KGM")
    rest = Participation(dough, Role.INPUT, Decimal(6), "KGM")
    _record(tenant, made("mix", 0, unit("X"), mixed), made("loaf", 5, unit("L1"), loaf))
    tenant.deliver()
    assert [(row[0], row[5]) for row in _standing(tenant) if row[0] == dough.uri] == [(dough.uri, Decimal(6))]
    _record(tenant, made("rest", 9, unit("L2"), rest))
    tenant.deliver()
    assert [row for row in _standing(tenant) if row[0] == dough.uri] == []


def test_of_a_lot_what_is_packed_leaves_and_what_comes_out_later_is_in_work_again(tenant) -> None:
    milk = lot("M1")

    def out(amount: int) -> Participation:
        return Participation(milk, Role.OUTPUT, Decimal(amount), "")

    def onto(name: str, minute: int, amount: int) -> None:
        packed = replace(inside(name, minute, unit(f"PAL-{name}"), milk, biz_step="packing"), disposition="conformant")
        parts = tuple(replace(part, quantity=Decimal(amount)) if part.item.uri == milk.uri else part
                      for part in packed.participations)  # fmt: skip
        _record(tenant, replace(packed, participations=parts))
        tenant.deliver()

    def left() -> list[Decimal]:
        return [row[5] for row in _standing(tenant) if row[0] == milk.uri]

    _record(tenant, made("f1", 0, unit("F1"), out(40)))
    onto("a", 3, 30)
    assert left() == [Decimal(10)]
    onto("b", 4, 10)
    assert left() == []
    _record(tenant, made("f2", 6, unit("F2"), out(25)))
    tenant.deliver()
    assert left() == [Decimal(25)]


def test_a_declared_error_is_counted_back(tenant) -> None:
    from suyuan.trace import api

    _record(tenant, made("a", 0, unit("V1")), seen("b", 3, unit("V1"), "destroying", "destroyed"))
    tenant.deliver()
    assert _standing(tenant) == []
    with tenant.open():
        api.void(api.voidable(["urn:shop:b"]), "wrong unit", declared=at(4))
    tenant.deliver()
    assert [row[:3] for row in _standing(tenant)] == [(unit("V1").uri, "commissioning", "waiting")]
    with tenant.open():
        api.void(api.voidable(["urn:shop:a"]), "never made", declared=at(5))
    tenant.deliver()
    assert (_standing(tenant), _passages(tenant), _flow(tenant)) == ([], [], [])


@st.composite
def _stories(draw) -> list[tuple]:
    """Draw what happens to three units, and the order in which the server hears of it."""
    told = []
    for number in range(3):
        told.append(("made", number, draw(st.integers(0, 3)), None, None))
        told += draw(st.lists(st.tuples(
            st.sampled_from(("seen", "packed", "void")), st.just(number), st.integers(1, 50), st.sampled_from(STEPS),
            st.sampled_from(DISPOSITIONS)), max_size=5))  # fmt: skip
    return draw(st.permutations(told))


def _happen(tenant, mark: str, at_place: int, happening: tuple) -> None:
    from suyuan.trace import api

    what, number, minute, step, disposition = happening
    name, item = f"{mark}-{at_place}", unit(f"{mark}-{number}")
    if what == "void":
        with tenant.open():
            api.void(api.voidable([f"urn:shop:{mark}-{max(0, at_place - 1)}"]), "wrong", declared=at(60))
    elif what == "made":
        _record(tenant, made(name, minute, item))
    elif what == "packed":
        _record(tenant, inside(name, minute, unit(f"{mark}-box"), item, biz_step="packing", disposition=disposition))
    else:
        _record(tenant, seen(name, minute, item, step, disposition))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=_stories(), stops=st.sets(st.integers(0, 20), max_size=4))
def test_made_anew_from_the_ledger_it_is_the_same_whatever_order_the_events_came_in(make_tenant, told, stops) -> None:
    from suyuan.production.api import feeding

    tenant = make_tenant()
    for place, happening in enumerate(told):
        _happen(tenant, "P", place, happening)
        if place in stops:
            tenant.deliver()
    tenant.deliver()
    before = _passages(tenant), _standing(tenant), _flow(tenant)
    with tenant.open() as tx:
        assert feeding.rebuild(chunk=3) == tx.value("SELECT count(*) FROM trace_event")
    assert (_passages(tenant), _standing(tenant), _flow(tenant)) == before


def test_an_order_on_a_route_runs_through_the_operations_of_its_route(tenant, client) -> None:
    from suyuan.designer import api as designer

    operations = [
        {"id": "weld", "name_zh": "焊接", "name_en": "Weld", "step": "assembling", "places": ["urn:suyuan:t:place:W"]},
        {"id": "check", "name_zh": "检查", "name_en": "Check", "step": "inspecting"},
    ]
    with tenant.open() as tx:
        links = [{"from": "weld", "to": "check", "when": "passed"}]
        body = {"products": ["urn:p"], "operations": operations, "links": links, "start": ["weld"]}
        saved = designer.save_draft("route", "r1", title_zh="甲", title_en="A", body=body, revision=None)
        revision = saved.row.revision
        version = designer.publish("route", "r1", revision=revision, note="first")
        tx.execute(
            "INSERT INTO production_order (tenant_id, number, uri, product, kind, quantity, route_key, route_version,"
            " created_by) VALUES (%s, '1', 'urn:o:1', 'urn:p', 'serial', 1, 'r1', %s, 'x')",
            (tenant.id, version),
        )
    item = unit("Q1")
    _record(
        tenant, made("a", 0, item, work_order="urn:o:1"),
        seen("b", 5, item, "assembling", biz_location="urn:suyuan:t:place:W/1", work_order="urn:o:1"),
    )  # fmt: skip
    tenant.deliver()
    assert [row[2] for row in _passages(tenant)] == ["commissioning", "route:r1:weld"]
    rows = client.get("/api/v1/production/wip").json()["rows"]
    assert {(row["operation"], row["name_en"]) for row in rows if row["count"]} == {("route:r1:weld", "Weld")}
    told = client.get("/api/v1/production/history", params={"code": item.uri}).json()["steps"]
    assert [(step["operation"], step["operation_name_zh"]) for step in told] == [
        (None, None),
        ("route:r1:weld", "焊接"),
    ]
