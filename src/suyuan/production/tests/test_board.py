"""The board: what waits for which operation, how long, and which one holds the others up, with the evidence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from suyuan.production.domain.bottleneck import bottleneck, evidence_of
from suyuan.production.tests.shop import START, made, seen, unit

ORDER = "urn:suyuan:t:order:1"


def _minutes_ago(minutes: float) -> float:
    """Return the shop's minute that was so many minutes ago."""
    return (datetime.now(UTC) - timedelta(minutes=minutes) - START).total_seconds() / 60


def _run(tenant) -> None:
    """Eight units: all assembled, two soldered on, one failed; the others wait for the oven."""
    from suyuan.trace import api

    records = []
    for number in range(8):
        item, work = unit(f"B{number}"), ORDER if number < 6 else "urn:suyuan:t:order:2"
        records.append(made(f"m{number}", _minutes_ago(60 - number), item, work_order=work))
        records.append(seen(f"a{number}", _minutes_ago(40 - number), item, "assembling", equipment="urn:e:1"))
    soldered = [(number, _minutes_ago(20 - number)) for number in range(2)]
    records += [seen(f"s{number}", minute, unit(f"B{number}"), "sensor_reporting") for number, minute in soldered]
    records.append(seen("f0", _minutes_ago(5), unit("B0"), "inspecting", "non_conformant"))
    with tenant.open():
        api.record(records)
    tenant.deliver()


def test_the_board_counts_what_waits_for_each_operation(tenant, client) -> None:
    _run(tenant)
    board = client.get("/api/v1/production/wip").json()
    rows = {row["operation"]: row for row in board["rows"]}
    assert (board["count"], board["rework"], board["held"]) == (8, 1, 0)
    assert (rows["sensor_reporting"]["count"], rows["sensor_reporting"]["waiting"]) == (6, 6)
    assert rows["sensor_reporting"]["age_oldest"] in range(38 * 60 - 5, 38 * 60 + 60)
    assert rows["sensor_reporting"]["oldest_uri"] == unit("B2").uri
    assert (rows["inspecting"]["rework"], rows["inspecting"]["waiting"]) == (1, 1)
    assert (rows["assembling"]["done"], rows["assembling"]["waited_median_seconds"]) == (8, 20 * 60)
    assert [row["operation"] for row in board["rows"]][:3] == ["commissioning", "assembling", "sensor_reporting"]


def test_the_bottleneck_is_named_with_its_evidence(tenant, client) -> None:
    _run(tenant)
    board = client.get("/api/v1/production/wip?hours=1").json()
    assert board["bottleneck"] == "sensor_reporting"
    evidence = next(row["evidence"] for row in board["rows"] if row["operation"] == "sensor_reporting")
    assert (evidence["queue"], evidence["pace"], evidence["growth"]) == (6, 2.0, 6.0)
    assert (evidence["clearing_seconds"], evidence["utilisation"]) == (3 * 3600, None)


def test_figures_lead_to_their_items_and_narrow_by_order_and_place(tenant, client) -> None:
    _run(tenant)
    waiting = client.get("/api/v1/production/wip/items?operation=sensor_reporting").json()
    assert [row["uri"] for row in waiting] == [unit(f"B{number}").uri for number in range(2, 8)]
    narrowed = client.get("/api/v1/production/wip", params={"order": "urn:suyuan:t:order:2"}).json()
    assert (narrowed["count"], narrowed["orders"]) == (2, ["urn:suyuan:t:order:2", ORDER])
    assert client.get("/api/v1/production/wip", params={"line": "urn:e:1"}).json()["count"] == 6
    assert client.get("/api/v1/production/wip/lines").json() == []


def test_a_window_is_counted_to_the_minute_and_a_median_by_classes_of_waits(tenant, client) -> None:
    """Quarters of an hour are counted beforehand, the edges of the window are not; an order goes by its passages."""
    from suyuan.trace import api

    waits, records = (3, 5, 9, 20, 50), []
    for number, wait in enumerate(waits):
        item, ended = unit(f"W{number}"), 110 - 25 * number
        records.append(made(f"w{number}", _minutes_ago(ended + wait), item, work_order=ORDER))
        records.append(seen(f"v{number}", _minutes_ago(ended), item, "assembling", "conformant", work_order=ORDER))
    with tenant.open():
        api.record(records)
    tenant.deliver()

    def went(**asked: object) -> tuple[int, int]:
        rows = client.get("/api/v1/production/wip", params=asked).json()["rows"]
        row = next(row for row in rows if row["operation"] == "assembling")
        return row["done"], row["waited_median_seconds"]

    assert [went(hours=hours)[0] for hours in (0.3, 0.7, 1.2, 1.6, 2)] == [1, 2, 3, 4, 5]
    assert went(hours=2) == went(hours=2, order=ORDER) == (5, 9 * 60)
    assert went(hours=1.2) == (3, 20 * 60)
    assert went(hours=1.6)[1] == (9 + 20) * 60 // 2


def test_an_empty_plant_has_an_empty_board(tenant, client) -> None:
    board = client.get("/api/v1/production/wip").json()
    assert (board["count"], board["rows"], board["bottleneck"], board["age_median"]) == (0, [], None, None)


def test_what_shrinks_soon_or_is_short_holds_nothing_up() -> None:
    quick = evidence_of(queue=9, arrived=10, done=60, hours=1, waited=None, utilisation=None)
    short = evidence_of(queue=2, arrived=9, done=0, hours=1, waited=None, utilisation=None)
    stuck = evidence_of(queue=5, arrived=0, done=0, hours=1, waited=None, utilisation=None)
    slow = evidence_of(queue=50, arrived=10, done=10, hours=1, waited=None, utilisation=None)
    assert bottleneck({"quick": quick, "short": short}) is None
    assert bottleneck({"quick": quick, "slow": slow, "stuck": stuck}) == "stuck"
    assert bottleneck({"quick": quick, "slow": slow}) == "slow"
