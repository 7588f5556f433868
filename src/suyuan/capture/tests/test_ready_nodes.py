"""Each ready node from entry to trace answer, with what it refuses; and the whole of a small plant's day."""

from __future__ import annotations

from suyuan.capture.tests.stations import Station

KEYS = (
    "receive", "feed", "operation-start", "operation-finish", "inspect", "pack", "put-away", "pick", "ship", "return",
    "scrap", "split", "merge", "rework",
)  # fmt: skip


def _trace(station: Station, code: str, direction: str) -> set[str]:
    answer = station.client.get(f"/api/v1/trace/{direction}", params={"code": code})
    assert answer.status_code == 200, answer.text
    return {row["uri"] for row in answer.json()["items"]}


def test_the_pack_installs_once_and_without_problems(plant) -> None:
    from suyuan.capture import api as capture
    from suyuan.designer import api as designer

    with plant.open():
        pack = capture.ready_nodes()
        assert {each.key for each in pack.definitions} == set(KEYS)
        assert {each.outcome for each in capture.provide()} == {"same"}
        assert all(not designer.validate("trace_node", each.body) for each in pack.definitions)


def test_from_flour_to_customer_and_back(station) -> None:
    station.done("receive", item=station.lot("F1", "271231"), quantity="500")
    station.done("split", source=station.lot("F1"), item=station.lot("F1A"), quantity="100")
    station.done("receive", item=station.lot("F2"), quantity="50", expiry="2027-06-30")
    station.done("merge", item=[station.lot("F1A"), station.lot("F2")], into=station.lot("F3"), quantity="150")
    station.done("put-away", item=station.lot("F3"), place="urn:suyuan:x:place:BIN-1")
    station.done("feed", order=station.order(), item=station.lot("F3"), quantity="20.5")
    station.done("operation-finish", order=station.order(), item=station.unit(1))
    station.done("operation-start", item=station.unit(1))
    station.done("inspect", item=station.unit(1), result="fail", defect="刮花")
    station.refused("capture.held", "pack", box=station.box(1), item=[station.unit(1)])
    station.done("rework", item=station.unit(1), work="抛光")
    station.done("inspect", item=station.unit(1), result="pass")
    station.done("pack", box=station.box(1), item=[station.unit(1)])
    station.done("pick", item=station.box(1))
    station.done("ship", item=[station.box(1)])
    assert station.unit_uri(1) in _trace(station, station.lot("F1"), "forward")
    assert {station.lot_uri("F1"), station.lot_uri("F1A"), station.lot_uri("F2"), station.lot_uri("F3")} <= _trace(
        station, station.unit(1), "back"
    )
    station.done("return", item=station.box(1), reason="退货")
    station.done("scrap", item=station.unit(1), reason="损坏")


def test_what_each_node_refuses(station) -> None:
    station.refused("coding.check_digit", "receive", item="(01)09521234543214(10)A", quantity="1")
    station.refused("capture.value_missing", "receive", item=station.lot("F1"))
    station.refused("capture.expired", "receive", item=station.lot("OLD", "200131"), quantity="1")
    station.refused("capture.not_known", "feed", order=station.order(), item=station.lot("F9"), quantity="1")
    station.done("receive", item=station.lot("F1"), quantity="5")
    station.refused("capture.value_missing", "feed", item=station.lot("F1"), quantity="1")
    station.refused("capture.repeated", "receive", item=station.lot("F1"), quantity="5")
    station.refused("capture.value_wrong", "feed", order=station.order(), item=station.lot("F1"), quantity="-1")
    station.refused("capture.class_wrong", "pack", box=station.unit(7), item=[station.lot("F1")])
    station.refused("capture.scanned_twice", "pack", box=station.box(1), item=[station.lot("F1"), station.lot("F1")])
    station.refused("capture.condition_failed", "split", source=station.lot("F1"), item=station.lot("F1"), quantity="1")
    station.refused("capture.node_unknown", "nothing", item=station.lot("F1"))
    station.refused("capture.field_unknown", "rework", item=station.lot("F1"), work="x", other="y")
    station.refused("capture.value_missing", "inspect", item=station.lot("F1"), result="fail")
