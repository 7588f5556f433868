"""The demo dairy's stations: they call, somebody comes, cartons are brought, and the next one calls."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from suyuan.packs.dairy_demo.api import catalogue, floor_calls, plant_model
from tests.support.bakery import document
from tests.support.web import InProcess


def test_calls_are_answered_and_material_is_brought(tenant) -> None:
    from suyuan.entry import demonstration_dairy_plant, demonstration_floor
    from suyuan.production.api import andon, pull_cards, pulls
    from suyuan.production.contracts.pulls import NewPull
    from suyuan.tenancy import api as tenancy

    now = datetime.now(UTC)
    with tenant.open():
        site = tenancy.ensure_site("QY", "清源乳品厂", "Qingyuan dairy", catalogue.SITE)
        tenancy.ensure_administrator_role()
        tenancy.ensure_role("质量工程师", "Quality engineer", ("trace:event:read",))
        demonstration_floor.enter_parts(getattr(site, "id", site), plant_model.parts())
        for _ in range(2):
            demonstration_dairy_plant.provide_calls(now - timedelta(minutes=10))
        assert len(andon.board(24).open) == len(floor_calls.waiting())
        cards = {each.material: each for each in pull_cards.rules(in_use=True)}
    assert set(cards) == {each.material for each in floor_calls.CARDS}

    came = {
        "type": "ObjectEvent", "action": "OBSERVE", "eventTime": now.isoformat(timespec="milliseconds"),
        "eventTimeZoneOffset": "+00:00", "bizStep": "receiving", "bizLocation": {"id": catalogue.RECEPTION},
        "quantityList": [{"epcClass": catalogue.CARTON.lot("S1"), "quantity": 60_000}],
    }  # fmt: skip
    assert InProcess(tenant.token()).post("/epcis/v2/capture", json=document(came)).json()["success"]
    tenant.deliver()
    with tenant.open():
        [waiting] = pulls.board(24).open
        assert (waiting.call.material, waiting.call.origin) == (catalogue.CARTON.uri, "minimum")
        asked = NewPull(
            uuid4(), material=catalogue.CARTON.uri, place=catalogue.FILLING, quantity=Decimal(3000),
            requested=now - timedelta(minutes=9),
        )  # fmt: skip
        pulls.call(asked)
        demonstration_dairy_plant.tend(now)
        assert [pulls.one(each).call.state for each in (asked.id, waiting.call.id)] == ["delivered", "requested"]
        assert sorted(each.state for each in andon.board(24).open) == ["acknowledged", "called"]
    tenant.deliver()
    with tenant.open():
        assert pull_cards.rules(in_use=True)[0].stock == 3000
