"""Every operation of definitions and codes that changes something, done once by a person."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from tests.support.issued import DAY, define, hand_out, issue, serial_rule
from tests.support.web import InProcess

Change = Callable[[InProcess, int], Any]
ADDRESS = "/api/v1/definitions/code_rule"
OPERATION = "/api/v1/definitions/{definition_kind}/{key}"


def _draft(boss: InProcess, number: int, colour: str = "A") -> Any:
    path = f"{ADDRESS}/r{number}"
    now = boss.get(path)
    revision = now.json()["row"]["revision"] if now.status_code == 200 else None
    draft = {"title_zh": "规则", "title_en": "Rule", "body": serial_rule(f"{colour}{number}"), "revision": revision}
    return boss.put(path, json=draft)


def _rule(boss: InProcess, number: int) -> int:
    return define(boss, f"r{number}", serial_rule(f"M{number}"))


def _batch(boss: InProcess, number: int, count: int = 5) -> int:
    _rule(boss, number)
    return issue(boss, f"r{number}", count)


def _pack(key: str) -> bytes:
    about = b'{"name":"p","version":"1","title_zh":"x","title_en":"x"}'
    rule = {"title_zh": "x", "title_en": "x", "body": serial_rule(key)}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("pack.json", about)
        made.writestr(f"code_rule/{key}.json", json.dumps(rule))
    return archive.getvalue()


def _with(boss: InProcess, number: int, verb: str, **body: Any) -> Any:
    revision = _rule(boss, number)
    return boss.post(f"{ADDRESS}/r{number}/{verb}", json={"revision": revision, **body})


def _discard(boss: InProcess, number: int) -> Any:
    saved = _draft(boss, number).json()
    return boss.post(f"{ADDRESS}/r{number}/discard", json={"revision": saved["row"]["revision"]})


def _publish(boss: InProcess, number: int) -> Any:
    saved = _draft(boss, number).json()
    return boss.post(f"{ADDRESS}/r{number}/publish", json={"revision": saved["row"]["revision"], "note": "why"})


def _restore(boss: InProcess, number: int) -> Any:
    _with(boss, number, "retire", note="why")
    revision = boss.get(f"{ADDRESS}/r{number}").json()["row"]["revision"]
    return boss.post(f"{ADDRESS}/r{number}/restore", json={"revision": revision})


def _reconcile(boss: InProcess, number: int) -> Any:
    handout = hand_out(boss, _batch(boss, number))
    return boss.post(f"/api/v1/codes/handouts/{handout}/reconcile", json={"used": 2, "spoiled": 0, "missing": 0})


PRODUCT = "https://id.gs1.org/01/09521234543213"
BOX, OTHER_BOX = "https://id.gs1.org/00/106141412345678908", "https://id.gs1.org/00/095212340000000020"


def _bind(boss: InProcess, verb: str, **body: Any) -> Any:
    return boss.post(f"/api/v1/bindings/{verb}", json={"request_key": str(uuid4()), **body})


def _packed(boss: InProcess, number: int) -> Any:
    """Pack so many of a lot: that needs nothing on record before."""
    return _bind(boss, "pack", parent=BOX, children=[f"{PRODUCT}/10/P{number}"], quantity=5)


def _spec(boss: InProcess, number: int) -> Any:
    return boss.post("/api/v1/bindings/specs", json={"child": PRODUCT, "capacity": 20 + number % 9})


def _changed_spec(boss: InProcess, number: int, method: str, **body: Any) -> Any:
    path = f"/api/v1/bindings/specs/{_spec(boss, number).json()['id']}"
    return boss.request(method, path, **({"json": body} if body else {}))


BINDING_CHANGES: dict[str, Change] = {
    "POST /api/v1/bindings/pack": _packed,
    "POST /api/v1/bindings/unpack": lambda boss, number: (
        _packed(boss, number),
        _bind(boss, "unpack", parent=BOX),
    )[1],
    "POST /api/v1/bindings/move": lambda boss, number: (
        _packed(boss, number),
        _bind(boss, "move", parent=OTHER_BOX, all_from=[BOX]),
    )[1],
    "POST /api/v1/bindings/relabel": lambda boss, number: (
        _packed(boss, number),
        _bind(boss, "relabel", old=BOX, new=OTHER_BOX),
    )[1],
    "POST /api/v1/bindings/specs": _spec,
    "PATCH /api/v1/bindings/specs/{spec_id}": lambda boss, number: _changed_spec(boss, number, "PATCH", capacity=3),
    "DELETE /api/v1/bindings/specs/{spec_id}": lambda boss, number: _changed_spec(boss, number, "DELETE"),
}

CODE_CHANGES: dict[str, Change] = {
    **BINDING_CHANGES,
    f"PUT {OPERATION}": _draft,
    f"POST {OPERATION}/discard": _discard,
    f"POST {OPERATION}/publish": _publish,
    f"POST {OPERATION}/retire": lambda boss, number: _with(boss, number, "retire", note="why"),
    f"POST {OPERATION}/restore": _restore,
    f"POST {OPERATION}/revert": lambda boss, number: _with(boss, number, "revert", version=1),
    "POST /api/v1/packs/install": lambda boss, number: boss.post("/api/v1/packs/install", content=_pack(f"k{number}")),
    "POST /api/v1/codes/batches": lambda boss, number: (
        _rule(boss, number),
        boss.post("/api/v1/codes/batches", json={"rule": f"r{number}", "count": 2, "moment": DAY}),
    )[1],
    "POST /api/v1/codes/batches/{batch_id}/cancel": lambda boss, number: boss.post(
        f"/api/v1/codes/batches/{_batch(boss, number, 6000)}/cancel"
    ),
    "POST /api/v1/codes/batches/{batch_id}/states": lambda boss, number: boss.post(
        f"/api/v1/codes/batches/{_batch(boss, number)}/states", json={"first": 0, "last": 2, "state": "printed"}
    ),
    "POST /api/v1/codes/states": lambda boss, number: (
        _batch(boss, number),
        boss.post("/api/v1/codes/states", json={"codes": [f"U-M{number}-000002"], "state": "printed"}),
    )[1],
    "POST /api/v1/codes/batches/{batch_id}/handouts": lambda boss, number: boss.post(
        f"/api/v1/codes/batches/{_batch(boss, number)}/handouts", json={"holder_kind": "line", "holder": "3"}
    ),
    "POST /api/v1/codes/handouts/{handout_id}/reconcile": _reconcile,
}
CODES_WITHOUT_RECORD = {
    "POST /api/v1/definitions/{definition_kind}/validate": "tells what is wrong with a body; keeps nothing",
    "POST /api/v1/code-rules/preview": "shows examples; keeps nothing",
    "POST /api/v1/code-rules/past": "tries a draft on codes on record; keeps nothing",
    "POST /api/v1/packs/preview": "tells what a pack would do; takes it back",
    "POST /api/v1/packs/export": "makes a file of what is in force; keeps nothing",
    "POST /api/v1/codes/left": "counts; keeps nothing",
    "POST /api/v1/expressions/parse": "turns text into a syntax tree; keeps nothing",
    "POST /api/v1/expressions/format": "turns a syntax tree into text; keeps nothing",
}
