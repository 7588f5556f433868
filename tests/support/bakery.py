"""A small bakery that speaks EPCIS 2.0: a day from flour to shop, as the documents an integrator would send.

Two doughs are made of two flours and one butter; each gives twelve cakes with serial numbers, packed six to a crate.
The crates ride on a trolley with a temperature logger to a shop. One packing record was wrong and is voided.
All GS1 keys begin with 952, which GS1 keeps for examples.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

CONTEXT = [
    "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    {"suyuan": "urn:suyuan:vocab:", "bakery": "https://bakery.example/ns/"},
]
_VTYPE = "urn:epcglobal:epcis:vtype:"


def _checked(body: str) -> str:
    """Return a GS1 key with its check digit (weights 3 and 1 from the right)."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


def gtin(reference: int) -> str:
    """Return a GTIN of 14 digits."""
    return _checked(f"09521234{reference:05d}")


def _place(reference: int) -> str:
    return f"https://id.gs1.org/414/{_checked(f'9521234{reference:05d}')}"


def document(*events: dict[str, Any], masters: Any = None) -> dict[str, Any]:
    """Return an EPCISDocument of ``events``, with master data where given."""
    body: dict[str, Any] = {
        "@context": CONTEXT,
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-11-20T18:00:00+08:00",
    }
    if masters is not None:
        body["epcisHeader"] = {"epcisMasterData": {"vocabularyList": masters}}
    return body | {"epcisBody": {"eventList": list(events)}}


def raw(body: Any) -> bytes:
    """Return the bytes an integrator sends."""
    return json.dumps(body, ensure_ascii=False).encode()


@dataclass(frozen=True)
class Bakery:
    """One bakery; ``mark`` is in every name and number of it, so that two never share an identifier."""

    mark: str = "X"

    FLOUR, BUTTER, DOUGH, CAKE = 101, 102, 201, 301
    SUPPLIER, BAKERY, OVEN, DOCK, SHOP = (_place(number) for number in (10, 20, 21, 22, 30))

    def lot(self, reference: int, code: str) -> str:
        return f"https://id.gs1.org/01/{gtin(reference)}/10/{code}-{self.mark}"

    def cake(self, number: int) -> str:
        """Return cake 1 to 12 of the first dough, 13 to 24 of the second."""
        return f"https://id.gs1.org/01/{gtin(self.CAKE)}/21/K{number:02d}-{self.mark}"

    def crate(self, number: int) -> str:
        return f"urn:suyuan:bakery:carrier:CRATE-{number}-{self.mark}"

    @property
    def trolley(self) -> str:
        return f"urn:suyuan:bakery:asset:TROLLEY-{self.mark}"

    def event_id(self, name: str) -> str:
        return f"https://bakery.example/events/{self.mark}/{name}"

    def _event(self, name: str, kind: str, time: str, step: str, where: str, **fields: Any) -> dict[str, Any]:
        return {
            "type": kind,
            "eventID": self.event_id(name),
            "eventTime": f"2026-11-20T{time}:00.000+08:00",
            "eventTimeZoneOffset": "+08:00",
            "bizStep": step,
            "readPoint": {"id": where},
            "bizLocation": {"id": where},
        } | {key.replace("__", ":"): value for key, value in fields.items()}

    def _amount(self, uri: str, quantity: float) -> dict[str, Any]:
        return {"epcClass": uri, "quantity": quantity, "uom": "KGM"}

    def masters(self) -> list[dict[str, Any]]:
        """Return names of places, products and people, in both languages."""
        people = {f"urn:suyuan:bakery:person:{self.mark}": (f"何师傅 {self.mark}", f"Baker He {self.mark}")}
        places = {
            self.SUPPLIER: (f"面粉厂 {self.mark}", f"Mill {self.mark}"),
            self.BAKERY: (f"面包房 {self.mark}", f"Bakery {self.mark}"),
            self.OVEN: (f"一号烤炉 {self.mark}", f"Oven 1 {self.mark}"),
            self.DOCK: (f"发货口 {self.mark}", f"Dock {self.mark}"),
            self.SHOP: (f"门店 {self.mark}", f"Shop {self.mark}"),
        }
        products = {
            f"https://id.gs1.org/01/{gtin(self.FLOUR)}": (f"面粉 {self.mark}", f"Flour {self.mark}"),
            f"https://id.gs1.org/01/{gtin(self.CAKE)}": (f"蛋糕 {self.mark}", f"Cake {self.mark}"),
        }
        tables = {f"{_VTYPE}BusinessLocation": places, f"{_VTYPE}EPCClass": products, "urn:suyuan:vocab:Person": people}
        return [
            {
                "type": kind,
                "vocabularyElementList": [
                    {
                        "id": uri,
                        "attributes": [
                            {"id": "suyuan:nameZh", "attribute": zh},
                            {"id": "suyuan:nameEn", "attribute": en},
                        ],
                    }
                    for uri, (zh, en) in rows.items()
                ],
            }
            for kind, rows in tables.items()
        ]

    def arrivals(self) -> list[dict[str, Any]]:
        """Return flour and butter arriving: object events with ILMD, source and destination, and a cold chain."""
        events = []
        for code, time in (("F1", "06:00"), ("F2", "06:10")):
            event = self._event(
                f"flour-{code}", "ObjectEvent", time, "receiving", self.BAKERY, action="ADD", disposition="active",
                quantityList=[self._amount(self.lot(self.FLOUR, code), 500)],
                ilmd={"cbvmda:itemExpirationDate": "2027-05-20", "bakery:mill": f"磨坊 {self.mark}"},
                sourceList=[{"type": "location", "source": self.SUPPLIER}],
                destinationList=[{"type": "location", "destination": self.BAKERY}],
            )  # fmt: skip
            events.append(event)
        report = {"type": "Temperature", "value": 3.75, "uom": "CEL", "suyuan:name": "冷链", "suyuan:high": 8}
        butter = self._event(
            "butter", "ObjectEvent", "06:20", "receiving", self.BAKERY, action="ADD", disposition="active",
            quantityList=[self._amount(self.lot(self.BUTTER, "B1"), 40.5)],
            sensorElementList=[{"sensorReport": [report]}],
        )  # fmt: skip
        return [*events, butter]

    def doughs(self) -> list[dict[str, Any]]:
        """Return two transformations, each of its own flour and the same butter."""
        return [
            self._event(
                f"dough-{number}", "TransformationEvent", f"0{6 + number}:00", "creating_class_instance", self.BAKERY,
                inputQuantityList=[
                    self._amount(self.lot(self.FLOUR, f"F{number}"), 200.125),
                    self._amount(self.lot(self.BUTTER, "B1"), 20.25),
                ],
                outputQuantityList=[self._amount(self.lot(self.DOUGH, f"D{number}"), 215)],
                suyuan__person=f"urn:suyuan:bakery:person:{self.mark}",
                suyuan__equipment=f"urn:suyuan:bakery:equipment:MIXER-{self.mark}",
                suyuan__workOrder=f"urn:suyuan:bakery:order:{self.mark}",
                bakery__recipe={"name": f"配方 {self.mark}", "steps": [1, 2.5, {"rest": True}]},
            )
            for number in (1, 2)
        ]  # fmt: skip

    def baking(self) -> list[dict[str, Any]]:
        """Return the oven's two batches with measured values, and their inspection."""
        events = []
        for number, first in ((1, 1), (2, 13)):
            cakes = [self.cake(each) for each in range(first, first + 12)]
            heat = {"type": "Temperature", "value": 182.50, "uom": "CEL", "suyuan:low": 175, "suyuan:high": 190}
            baked = self._event(
                f"baking-{number}", "TransformationEvent", f"1{number}:00", "assembling", self.OVEN,
                inputQuantityList=[self._amount(self.lot(self.DOUGH, f"D{number}"), 215)],
                outputEPCList=cakes,
                ilmd={"cbvmda:lotNumber": f"CAKE-{number}-{self.mark}"},
                sensorElementList=[{
                    "sensorMetadata": {"deviceID": f"urn:suyuan:bakery:equipment:OVEN-{self.mark}"},
                    "sensorReport": [heat | {"suyuan:name": "炉温"}],
                }],
                suyuan__reading={"raw": f"T=182.50;{self.mark}"}, suyuan__captureMethod="device",
            )  # fmt: skip
            seen = self._event(f"inspecting-{number}", "ObjectEvent", f"1{number}:30", "inspecting", self.OVEN,
                               action="OBSERVE", disposition="conformant", epcList=cakes[:-1])  # fmt: skip
            bad = self._event(f"failed-{number}", "ObjectEvent", f"1{number}:31", "inspecting", self.OVEN,
                              action="OBSERVE", disposition="non_conformant", epcList=cakes[-1:])  # fmt: skip
            events += [baked, seen, bad]
        return events

    def packing(self) -> list[dict[str, Any]]:
        """Return four crates, the trolley, and a packing record that is voided and put right."""
        events = []
        for number in range(1, 5):
            first = (number - 1) * 6 + 1
            cakes = [self.cake(each) for each in range(first, first + 6)]
            packed = self._event(f"packing-{number}", "AggregationEvent", f"14:0{number}", "packing", self.DOCK,
                                 action="ADD", parentID=self.crate(number), childEPCs=cakes)  # fmt: skip
            events.append(packed)
            if number == 2:
                wrong = packed | {
                    "eventID": self.event_id("packing-wrong"),
                    "childEPCs": [self.cake(24)],
                    "eventTime": "2026-11-20T14:02:30.000+08:00",
                }
                declared = {
                    "declarationTime": "2026-11-20T15:00:00.000+08:00",
                    "reason": "incorrect_data",
                    "correctiveEventIDs": [self.event_id("packing-4")],
                }
                events += [wrong, wrong | {"errorDeclaration": declared}]
        logger = f"urn:suyuan:bakery:asset:LOGGER-{self.mark}"
        events.append(
            self._event("trolley", "AssociationEvent", "14:30", "installing", self.DOCK, action="ADD",
                        parentID=self.trolley, childEPCs=[logger])
        )  # fmt: skip
        return events

    def delivery(self) -> list[dict[str, Any]]:
        """Return the order, the shipment, its arrival and the unpacking of one crate at the shop."""
        order = [{"type": "po", "bizTransaction": f"https://bakery.example/po/{self.mark}"}]
        crates = [self.crate(1), self.crate(2)]
        return [
            self._event("order", "TransactionEvent", "15:30", "picking", self.DOCK, action="ADD",
                        bizTransactionList=order, epcList=crates),
            self._event("shipping", "ObjectEvent", "16:00", "shipping", self.DOCK, action="OBSERVE",
                        disposition="in_transit", epcList=crates, bizTransactionList=order,
                        destinationList=[{"type": "location", "destination": self.SHOP}]),
            self._event("arrival", "ObjectEvent", "17:00", "receiving", self.SHOP, action="OBSERVE",
                        disposition="in_progress", epcList=crates),
            self._event("unpacking", "AggregationEvent", "17:30", "unpacking", self.SHOP, action="DELETE",
                        parentID=self.crate(1), childEPCs=[self.cake(number) for number in range(1, 7)]),
        ]  # fmt: skip

    def day(self) -> list[dict[str, Any]]:
        """Return every event of the day in order."""
        return [*self.arrivals(), *self.doughs(), *self.baking(), *self.packing(), *self.delivery()]

    def whole(self) -> bytes:
        """Return the whole day as one document with its names."""
        return raw(document(*self.day(), masters=self.masters()))
