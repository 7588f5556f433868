"""The dossier of an item: its trace both ways, every event whole, and the proof that each stood in the sealed log.

What it holds is written down in docs/reference/integrity.md; ``suyuan.verify`` checks it without us.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import msgspec

from suyuan.chassis.database import tx
from suyuan.coding import api as coding
from suyuan.compliance import api as compliance
from suyuan.compliance.contracts import NOT_SEALED, CheckpointInfo, LeafKind
from suyuan.portal.api.desk import ask, question
from suyuan.portal.contracts import DOSSIER_TOO_LARGE
from suyuan.tenancy import api as tenancy
from suyuan.trace import api as trace
from suyuan.trace.contracts import Direction, TraceAnswer

MOST_EVENTS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier as data, and a name for its file."""

    content: Mapping[str, Any]
    name: str

    def json(self) -> bytes:
        """Return the bytes that are handed over: numbers with every digit."""
        return msgspec.json.Encoder(decimal_format="number").encode(self.content)


def dossier(code: str, earlier: Sequence[int] = ()) -> Dossier:
    """Return the dossier of what ``code`` names, under the newest checkpoint.

    ``earlier`` are sizes of checkpoints that the reader keeps: the dossier then proves that the log only grew since.

    :raises Fault: why the code is not understood; ``portal.dossier_too_large``; ``compliance.not_sealed`` where one of
        the events is too young; ``compliance.no_such_size``.
    """
    newest = compliance.newest_checkpoint()
    if newest is None:
        raise NOT_SEALED(what=code)
    item, uri = coding.find_item(code)
    answers = {way.value: ask(question(way, code)) for way in (Direction.BACK, Direction.FORWARD)}
    numbers = sorted({event.number for answer in answers.values() for event in answer.events})
    if len(numbers) > MOST_EVENTS:
        raise DOSSIER_TOO_LARGE(events=len(numbers), most=MOST_EVENTS)
    detail, tenant = trace.item_detail(item), tenancy.own_tenant()
    content = {
        "format": "suyuan/dossier/1",
        "made": tx().value("SELECT clock_timestamp()"),
        "by": tx().principal.name,
        "tenant": {"code": tenant.code, "name": tenant.name},
        "subject": {
            "uri": uri,
            "label": detail.label,
            "kind": detail.kind,
            "product_name_zh": detail.product_name_zh,
            "product_name_en": detail.product_name_en,
        },
        "log": _log(newest, earlier),
        "answers": {way: _told(answer) for way, answer in answers.items()},
        "events": _events(numbers, newest),
    }
    return Dossier(content, f"dossier-{detail.label}")


def _told(answer: TraceAnswer) -> dict[str, Any]:
    """Return an answer without what changes from one asking to the next."""
    found: dict[str, Any] = msgspec.to_builtins(answer, builtin_types=(Decimal,))
    return {name: value for name, value in found.items() if name not in {"took_ms"}}


def _log(newest: CheckpointInfo, earlier: Sequence[int]) -> dict[str, Any]:
    stamps = compliance.time_stamps(newest.number)
    growth = dict.fromkeys(earlier)
    stamp: dict[str, Any] | None = None
    if stamps:
        stamped = compliance.checkpoint(stamps[0].checkpoint)
        stamp = {"note": stamped.note, "response": stamps[0].response, "authority": stamps[0].authority}
        growth[stamped.size] = None
    return {
        "origin": compliance.origin(),
        "keys": [{"verifier": key.verifier, "endorsement": key.endorsement} for key in compliance.list_keys()],
        "checkpoint": newest.note,
        "time_stamp": stamp,
        "growth": {str(size): compliance.prove_consistency(size, newest.size).path for size in growth},
    }


def _events(numbers: Sequence[int], newest: CheckpointInfo) -> list[dict[str, Any]]:
    sealed = trace.sealed_events(numbers)
    proofs = compliance.prove(LeafKind.EVENT, numbers, newest.size)
    return [
        {
            "number": event.number,
            "position": proof.position,
            "recorded": event.recorded,
            "record": event.record,
            "document": event.document,
            "context": event.context,
            "reading": event.reading,
            "path": proof.path,
        }
        for event, proof in zip(sealed, proofs, strict=True)
    ]
