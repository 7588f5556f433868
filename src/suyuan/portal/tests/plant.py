"""A small factory for the page's tests: one unit from its materials to its buyer, with much that nobody may see."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from suyuan.kernel.instants import Instant
from suyuan.trace.contracts import (
    Action,
    EventRecord,
    EventType,
    ItemIdentity,
    ItemKind,
    MasterDatum,
    Participation,
    Role,
)
from tests.support.web import InProcess

GS1 = "https://id.gs1.org"
LINE = f"{GS1}/414/9521234000013/254/LINE-7"
DEALER = f"{GS1}/414/9523001000011"
STORE = f"{GS1}/414/9523001000029"
SUPPLIER = f"{GS1}/414/9522008000014"
BATTERY = f"{GS1}/01/09522008180013"
GLUE = f"{GS1}/01/09522007170019"
BOX = ItemIdentity(f"{GS1}/00/095212340000000013", ItemKind.CARRIER)
HIDDEN = (
    "张三", "Zhang San", "P-1", "TESTER-9", "Tester nine", "LINE-7", "七号线", "GLUE-LOT-7", "BATT-LOT-3", "B-0001",
    "WO-55", "Dealer Ltd", "某经销商",
)  # fmt: skip
"""What a page must never show: people, machines, work orders, lots and serials of materials, lines, dealers' names."""
_numbers = itertools.count(1)
_visitors = itertools.count(1)


def new_gtin() -> str:
    """Return a GTIN that no other test has: one GTIN has one publisher in the whole database."""
    body = f"1952{next(_numbers):09d}"
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(body))
    return f"{body}{-total % 10}"


class Phone:
    """A stranger's phone at an address of its own."""

    def __init__(self, language: str = "zh-CN,zh;q=0.9") -> None:
        self._client = InProcess(language=language)
        self.address = f"203.0.{next(_visitors)}.7"

    def get(self, path: str, method: str = "GET", **headers: str) -> Any:
        return self._client.request(
            method,
            path,
            headers={"X-Forwarded-For": self.address, **{k.replace("_", "-"): v for k, v in headers.items()}},
        )


@dataclass
class Factory:
    """Records events of one product, published or not."""

    tenant: Any
    gtin: str
    serial: str = "S1"

    @property
    def product(self) -> str:
        return f"{GS1}/01/{self.gtin}"

    @property
    def unit(self) -> ItemIdentity:
        uri = f"{self.product}/21/{quote(self.serial, safe='')}"
        return ItemIdentity(uri, ItemKind.UNIT, self.product, None, self.serial)

    @property
    def lot(self) -> ItemIdentity:
        return ItemIdentity(f"{self.product}/10/L77", ItemKind.LOT, self.product, "L77")

    @property
    def path(self) -> str:
        return f"/01/{self.gtin}/21/{quote(self.serial, safe='')}"

    def name(self, zh: str = "手持终端", en: str = "Handheld") -> None:
        from suyuan.tenancy import api as tenancy
        from suyuan.trace import api as trace

        with self.tenant.open():
            tenancy.ensure_site("SZ", "深圳工厂", "Shenzhen plant", f"{GS1}/414/9521234000013")
            town = {"urn:suyuan:vocab:townZh": "上海", "urn:suyuan:vocab:townEn": "Shanghai"}
            trace.record_master_data(
                [
                    MasterDatum("product", self.product, zh, en),
                    MasterDatum("product", BATTERY, "锂电池", "Battery"),
                    MasterDatum("product", GLUE, "结构胶", "Glue"),
                    MasterDatum("place", LINE, "七号线", "LINE-7"),
                    MasterDatum("place", DEALER, "某经销商", "Dealer Ltd", town),
                    MasterDatum("place", STORE, "南京路店", "Nanjing Road store", town),
                    MasterDatum("place", SUPPLIER, "恒能电池", "Hengneng Battery"),
                    MasterDatum("person", "urn:suyuan:t:person:P-1", "张三", "Zhang San"),
                    MasterDatum("equipment", "urn:suyuan:t:equipment:TESTER-9", "测试机", "Tester nine"),
                ]
            )

    def publish(self, **more: Any) -> None:
        from suyuan.portal import api

        with self.tenant.open():
            api.publish(self.gtin, brand_zh="云溪", brand_en="Yunxi", contact="400-1", **more)

    def record(
        self, day: int, *parts: Participation, kind: EventType = EventType.OBJECT, step: str | None = None, **more: Any
    ) -> None:
        """Record one event at noon of a day of November 2026."""
        from suyuan.trace import api as trace

        action = None if kind is EventType.TRANSFORMATION else more.pop("action", Action.OBSERVE)
        time = (
            f"2026-11-{day:02d}T{12 + next(_numbers) % 7:02d}:00:00+08:00" if "time" not in more else more.pop("time")
        )
        number = next(_numbers)
        document = {"type": kind.value, "eventID": f"urn:p:{number}", **more.pop("document", {})}
        event = EventRecord(
            f"urn:p:{number}", kind, Instant.parse(time), parts, document, action=action, biz_step=step,
            person="urn:suyuan:t:person:P-1", equipment="urn:suyuan:t:equipment:TESTER-9", work_order="WO-55", **more,
        )  # fmt: skip
        with self.tenant.open():
            trace.record([event])

    def make(self) -> None:
        """Bring materials in, make the unit and test it."""
        glue = ItemIdentity(f"{GLUE}/10/GLUE-LOT-7", ItemKind.LOT, GLUE, "GLUE-LOT-7")
        battery = ItemIdentity(f"{BATTERY}/21/B-0001", ItemKind.UNIT, BATTERY, None, "B-0001")
        ilmd = {"ilmd": {"cbvmda:lotNumber": "BATT-LOT-3", "cbvmda:countryOfOrigin": "CN"}}
        self.record(1, Participation(battery, Role.SUBJECT), action=Action.ADD, step="commissioning",
                    biz_location=SUPPLIER, document=ilmd)  # fmt: skip
        self.record(
            2, Participation(glue, Role.INPUT, Decimal("0.5"), "KGM"),
            Participation(self.unit, Role.OUTPUT, lot=self.lot.uri),
            kind=EventType.TRANSFORMATION, step="commissioning", biz_location=LINE,
        )  # fmt: skip
        self.record(3, Participation(self.unit, Role.PARENT), Participation(battery, Role.CHILD),
                    kind=EventType.ASSOCIATION, action=Action.ADD, step="assembling", biz_location=LINE)  # fmt: skip
        reports = [{"type": "x", "value": 3.7, "suyuan:low": 3.1, "suyuan:high": 4.2}, {"type": "y", "value": 42}]
        self.record(4, Participation(self.unit, Role.SUBJECT), step="inspecting", disposition="conformant",
                    biz_location=LINE, document={"sensorElementList": [{"sensorReport": reports}]})  # fmt: skip

    def sell(self) -> None:
        """Pack, ship by the dealer to the store, and sell the unit."""
        inside, box = Participation(self.unit, Role.CHILD), Participation(BOX, Role.PARENT)
        carried = Participation(BOX, Role.SUBJECT)
        to = {"destinationList": [{"type": "location", "destination": "urn:epc:id:sgln:9523001.00001.0"}]}
        self.record(5, box, inside, kind=EventType.AGGREGATION, action=Action.ADD, step="packing", biz_location=LINE)
        self.record(6, carried, step="shipping", disposition="in_transit", document=to)
        self.record(7, carried, step="receiving", disposition="in_progress", biz_location=DEALER)
        self.record(8, carried, step="receiving", disposition="sellable_not_accessible", biz_location=STORE)
        self.record(9, box, kind=EventType.AGGREGATION, action=Action.DELETE, step="unpacking",
                    disposition="sellable_accessible", biz_location=STORE)  # fmt: skip
        self.record(10, Participation(self.unit, Role.SUBJECT), step="retail_selling", disposition="retail_sold",
                    biz_location=STORE)  # fmt: skip
