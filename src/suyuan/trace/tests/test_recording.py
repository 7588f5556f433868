"""Recording events on a real database."""

from __future__ import annotations

from decimal import Decimal

import psycopg
import pytest

from suyuan.kernel.faults import Fault
from suyuan.kernel.instants import Instant
from suyuan.trace.contracts import Action, EventRecord, EventType, ItemIdentity, ItemKind, Participation, Role

LOT = ItemIdentity(
    "https://id.gs1.org/01/09521234000006/10/L1", ItemKind.LOT, "https://id.gs1.org/01/09521234000006", "L1"
)
UNIT = ItemIdentity("urn:suyuan:t:unit:U1", ItemKind.UNIT, serial="U1")
BOX = ItemIdentity("https://id.gs1.org/00/095212340000000013", ItemKind.CARRIER)

CHANGES = ["UPDATE trace_event SET person = 'x'", "DELETE FROM trace_event", "TRUNCATE trace_event"]


def event(
    event_id: str, time: str, *parts: Participation, kind: EventType = EventType.OBJECT, **more: object
) -> EventRecord:
    action = None if kind is EventType.TRANSFORMATION else more.pop("action", Action.ADD)
    document = {"type": kind.value, "eventID": event_id, "eventTime": time, "x": more.pop("x", Decimal("1.50"))}
    return EventRecord(event_id, kind, Instant.parse(time), parts, document, action=action, **more)


def test_a_batch_is_recorded_once_and_replay_changes_nothing(tenant) -> None:
    from suyuan.trace import api

    batch = [
        event("urn:e:1", "2026-11-01T08:00:00+08:00", Participation(LOT, Role.SUBJECT, Decimal("10.5"), "KGM")),
        event(
            "urn:e:2",
            "2026-11-01T09:00:00+08:00",
            Participation(LOT, Role.INPUT, Decimal("0.5"), "KGM"),
            Participation(UNIT, Role.OUTPUT, lot=LOT.uri),
            kind=EventType.TRANSFORMATION,
        ),
    ]
    with tenant.open():
        first = api.record(batch)
    with tenant.open():
        again = api.record(batch)
    assert [answer.new for answer in first] == [True, True]
    assert [answer.new for answer in again] == [False, False]
    assert [answer.number for answer in first] == [answer.number for answer in again]
    with tenant.open() as tx:
        assert tx.value("SELECT count(*) FROM trace_event") == 2
        assert tx.value("SELECT count(*) FROM trace_participation") == 3
        assert tx.value("SELECT quantity FROM trace_participation WHERE role = 's'") == Decimal("10.5")
        assert tx.value("SELECT count(*) FROM trace_membership") == 1


def test_other_content_under_the_same_id_is_refused_and_leaves_no_trace(tenant) -> None:
    from suyuan.trace import api

    with tenant.open():
        api.record([event("urn:e:1", "2026-11-01T08:00:00+08:00", Participation(LOT, Role.SUBJECT))])
    with pytest.raises(Fault) as refused, tenant.open():
        api.record(
            [
                event("urn:e:9", "2026-11-01T08:00:00+08:00", Participation(BOX, Role.SUBJECT)),
                event("urn:e:1", "2026-11-01T08:00:00+08:00", Participation(LOT, Role.SUBJECT), x="other"),
            ]
        )
    assert (refused.value.kind.code, refused.value.at) == ("trace.event_id_taken", "/1")
    with tenant.open() as tx:
        assert tx.value("SELECT count(*) FROM trace_event") == 1
        assert tx.value("SELECT count(*) FROM trace_item") == 1


def test_whereabouts_follow_packing_and_unpacking_whatever_the_order_of_arrival(tenant) -> None:
    from suyuan.trace import api

    packed = event(
        "urn:e:p",
        "2026-11-01T10:00:00Z",
        Participation(BOX, Role.PARENT),
        Participation(UNIT, Role.CHILD),
        kind=EventType.AGGREGATION,
        biz_location="urn:place:pack",
    )
    emptied = event(
        "urn:e:u",
        "2026-11-01T11:00:00Z",
        Participation(BOX, Role.PARENT),
        kind=EventType.AGGREGATION,
        action=Action.DELETE,
        biz_location="urn:place:dock",
    )
    made = event("urn:e:m", "2026-11-01T09:00:00Z", Participation(UNIT, Role.SUBJECT), biz_location="urn:place:line")
    query = (
        "SELECT w.place, p.uri FROM trace_whereabouts w JOIN trace_item i ON i.id = w.item_id"
        " LEFT JOIN trace_item p ON p.id = w.parent_id WHERE i.uri = %s"
    )
    with tenant.open():
        api.record([packed])
    with tenant.open() as tx:
        api.record([made])  # late entry
        assert tx.rows(query, (UNIT.uri,)) == [("urn:place:pack", BOX.uri)]
    with tenant.open() as tx:
        api.record([emptied])
        assert tx.rows(query, (UNIT.uri,)) == [("urn:place:pack", None)]
        assert tx.rows(query, (BOX.uri,)) == [("urn:place:dock", None)]


def test_a_declared_error_takes_the_event_back_from_whereabouts(tenant) -> None:
    from suyuan.trace import api

    made = event("urn:e:m", "2026-11-01T09:00:00Z", Participation(UNIT, Role.SUBJECT), biz_location="urn:place:line")
    wrong = event("urn:e:w", "2026-11-01T10:00:00Z", Participation(UNIT, Role.SUBJECT), biz_location="urn:place:moon")
    taken_back = event(
        "urn:e:w",
        "2026-11-01T10:00:00Z",
        Participation(UNIT, Role.SUBJECT),
        biz_location="urn:place:moon",
        declares_error=True,
        x="declared",
    )
    with tenant.open():
        api.record([made, wrong])
    with tenant.open() as tx:
        api.record([taken_back])
        assert tx.rows("SELECT place FROM trace_whereabouts") == [("urn:place:line",)]


def test_another_tenant_sees_nothing(tenant, make_tenant) -> None:
    from suyuan.trace import api

    with tenant.open():
        api.record([event("urn:e:1", "2026-11-01T08:00:00Z", Participation(UNIT, Role.SUBJECT))])
    with make_tenant().open() as tx:
        for table in ("event", "item", "participation", "document", "whereabouts"):
            assert tx.value(f"SELECT count(*) FROM trace_{table}") == 0


@pytest.mark.parametrize("statement", CHANGES)
def test_the_application_cannot_change_the_ledger(tenant, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege), tenant.open() as tx:
        tx.execute(statement)


@pytest.mark.parametrize("statement", CHANGES)
def test_even_the_owner_is_refused_by_the_trigger(tenant, statement: str) -> None:
    from suyuan.trace import api
    from tests.support.database import owner_url

    with tenant.open():
        api.record([event("urn:e:1", "2026-11-01T08:00:00Z", Participation(UNIT, Role.SUBJECT))])
    with psycopg.connect(owner_url()) as connection, pytest.raises(psycopg.errors.RestrictViolation):
        connection.execute(statement)
