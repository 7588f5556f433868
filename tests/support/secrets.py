"""What a right of its own opens, planted in a furnished plant so that it cannot be mistaken, and found again in answers
of every kind: JSON, workbooks, papers, tables, archives.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

import httpx
import openpyxl
import pypdfium2
from arro3.io import read_parquet

from tests.support.bakery import document, gtin, raw
from tests.support.entries import enter, entry
from tests.support.plants import Plant

_HEAT = "73.42195"
_TOO_HOT = "98.76123"


@dataclass(frozen=True, slots=True)
class Secrets:
    """By group of fields, what only its right tells; and the codes, and the node, that it was planted at."""

    marks: Mapping[str, tuple[str, ...]]
    codes: Sequence[str]
    node: str

    def of(self, group: str, answer: httpx.Response) -> list[str]:
        """Return what an answer tells of a group."""
        told = text_of(answer).replace("role-chef-", "")  # what the tests call a role
        return [mark for mark in self.marks[group] if mark in told]


def plant_secrets(plant: Plant) -> Secrets:
    """Leave a lot that came from a party, was measured and worked on by a person, and went to a party; and entries."""
    from suyuan.compliance import api as compliance

    mark = plant.mark
    person, party = f"urn:suyuan:bakery:person:zhao-{mark}", f"https://id.gs1.org/417/{{}}-{mark}"
    giver, taker = party.format("giver"), party.format("taker")
    lot, unit = plant.bakery.lot(plant.bakery.FLOUR, "SECRET"), f"https://id.gs1.org/01/{gtin(401)}/21/S-{mark}"
    names = {person: f"赵铁柱 {mark}", giver: f"甲方粮油 {mark}", taker: f"乙方商贸 {mark}"}
    captured = plant.client.post(
        "/epcis/v2/capture",
        content=raw(document(*_events(person, giver, taker, lot, unit, mark), masters=_masters(names))),
    ).json()
    assert captured["success"], captured
    node = _entries(plant, mark)
    order = f"/api/v1/orders/{plant.ids['order_id'][0]}"
    assert plant.person.patch(order, json={"customer": f"客 {mark}"}).status_code == 200
    plant.tenant.deliver()
    with plant.tenant.open():
        compliance.make_checkpoint()
    found = plant.client.get("/api/v1/items", params={"search": unit}).json()["rows"]
    plant.ids["item_id"].append(str(found[0]["id"]))
    return Secrets(
        {
            "people": ("小明", "赵铁柱", f"zhao-{mark}", f"chef-{mark}", f"li-{mark}", f"李 {mark}", "何师傅",
                       "Baker He", f":person:{mark}", f"HAND-{mark}"),
            "parties": ("甲方粮油", "乙方商贸", f"giver-{mark}", f"taker-{mark}", f"客 {mark}", f"客 s{mark}"),
            "measured": (f"秘方-{mark}", _HEAT, _TOO_HOT, "70.12371", "79.98712", "炉温", "冷链"),
        },
        (lot, unit, plant.bakery.cake(1)),
        node,
    )  # fmt: skip


def _masters(names: Mapping[str, str]) -> list[dict[str, Any]]:
    rows = [
        {
            "id": uri,
            "attributes": [{"id": "suyuan:nameZh", "attribute": name}, {"id": "suyuan:nameEn", "attribute": name}],
        }
        for uri, name in names.items()
    ]
    return [{"type": "urn:suyuan:vocab:Party", "vocabularyElementList": rows}]


def _events(person: str, giver: str, taker: str, lot: str, unit: str, mark: str) -> list[dict[str, Any]]:
    begun = datetime.now(UTC) - timedelta(hours=3)
    measured = {
        "type": "Temperature", "value": float(_TOO_HOT), "uom": "CEL", "suyuan:name": f"秘方-{mark}",
        "suyuan:low": 70.12371, "suyuan:high": 79.98712, "exception": "ALARM_CONDITION",
    }  # fmt: skip
    place = {"id": "https://id.gs1.org/414/9521234000211"}
    common = {
        "eventTimeZoneOffset": "+00:00", "bizLocation": place, "suyuan:person": person,
        "sensorElementList": [{"sensorReport": [measured]}], "suyuan:reading": {"by": person, "raw": _HEAT},
    }  # fmt: skip

    def event(name: str, hours: int, **more: Any) -> dict[str, Any]:
        at = (begun + timedelta(hours=hours)).isoformat()
        return {"eventID": f"https://bakery.example/events/{mark}/secret-{name}", "eventTime": at, **common, **more}

    amount = {"epcClass": lot, "quantity": 10, "uom": "KGM"}
    return [
        event("came", 0, type="ObjectEvent", action="ADD", bizStep="receiving", quantityList=[amount],
              sourceList=[{"type": "owning_party", "source": giver}]),
        event("made", 1, type="TransformationEvent", bizStep="assembling", inputQuantityList=[amount],
              outputEPCList=[unit]),
        event("went", 2, type="ObjectEvent", action="OBSERVE", bizStep="shipping", disposition="in_transit",
              epcList=[unit], destinationList=[{"type": "owning_party", "destination": taker}]),
    ]  # fmt: skip


def _entries(plant: Plant, mark: str) -> str:
    """Leave entries of a measured value: recorded with a warning, refused, and as a file that was not imported."""
    key = f"heat-{mark}"
    body = {
        "step": "inspecting",
        "fields": [
            {"id": "item", "kind": "scan", "label_zh": "对象", "label_en": "Item"},
            {"id": "heat", "kind": "number", "decimals": 6, "label_zh": "热", "label_en": "Heat"},
        ],
        "meaning": [{"id": "seen", "event": "object", "subjects": ["item"],
                     "parameters": [{"field": "heat", "type": "Temperature", "uom": "CEL"}]}],
        "checks": [{"id": "known", "kind": "not_repeated", "field": "item"}],
    }  # fmt: skip
    draft = {"title_zh": key, "title_en": key, "body": body, "revision": None}
    at = f"/api/v1/definitions/trace_node/{key}"
    saved = plant.person.put(at, json=draft)
    assert saved.status_code in (200, 201), saved.text
    noted = {"revision": saved.json()["row"]["revision"], "note": "first"}
    assert plant.person.post(f"{at}/publish", json=noted).status_code == 200
    made = [entry(key, f"urn:suyuan:x:unit:H-{mark}") for _ in range(2)]
    for each in made:
        each["values"]["heat"] = _HEAT
    outcomes = enter(plant.person, key, *made).json()["outcomes"]
    assert [each["outcome"] for each in outcomes] == ["recorded", "refused"], outcomes
    sheet = f"Item,Heat\nurn:suyuan:x:unit:H2-{mark},{_HEAT}\n".encode()
    sent = plant.person.post("/api/v1/capture/imports", params={"node": key, "name": "heat.csv"}, content=sheet)
    assert sent.status_code in (200, 201), sent.text
    plant.ids["import_id"].append(str(sent.json()["row"]["id"]))
    newest = plant.client.get("/api/v1/events?sort=-recorded").json()["rows"]
    plant.ids["number"] += [str(row["number"]) for row in newest[:4]]
    return key


def text_of(answer: httpx.Response) -> str:
    """Return all that an answer says, its headers too, as plain text."""
    kind = answer.headers.get("content-type", "")
    head = unquote(" ".join(f"{name}: {value}" for name, value in answer.headers.items()))
    return f"{head}\n{_text(answer.content, kind)}"


def _text(content: bytes, kind: str) -> str:
    if kind.endswith("sheet"):
        book = openpyxl.load_workbook(io.BytesIO(content))
        return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    if kind.endswith("/pdf"):
        return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    if kind.endswith("parquet"):
        table = read_parquet(io.BytesIO(content)).read_all()
        return str([column.to_pylist() for column in table.columns]) + str(table.schema.metadata)
    if kind.endswith("/zip"):
        if not zipfile.is_zipfile(io.BytesIO(content)):
            return content.decode("utf-8", "replace")
        archive = zipfile.ZipFile(io.BytesIO(content))
        return "".join(_text(archive.read(name), name) for name in archive.namelist())
    text = content.decode("utf-8", "replace")
    if "json" in kind and "ndjson" not in kind and text:
        text += json.dumps(json.loads(text), ensure_ascii=False)  # without escapes
    return text + unquote(text)  # URIs of people spell their names so
