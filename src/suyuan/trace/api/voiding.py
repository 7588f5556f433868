"""Voiding: a mistake is declared by a new event of the same id; both stay visible (EPCIS 2.0, error declaration)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from suyuan.trace.api.recording import record
from suyuan.trace.contracts import Recorded
from suyuan.trace.store.voiding import Voidable, voidable

__all__ = ["Voidable", "void", "voidable"]


def void(
    events: Sequence[Voidable], reason: str, *, corrective_ids: Sequence[str] = (), declared: str
) -> list[Recorded]:
    """Declare these events errors in the open transaction; everything that was traced through them follows.

    :param reason: why, in people's words.
    :param corrective_ids: ids of the events that say what was the case instead; empty: it did not happen at all.
    :param declared: when, ISO 8601 with offset.
    :raises Fault: as :func:`~suyuan.trace.api.recording.record`.
    """
    declaration: dict[str, Any] = {
        "declarationTime": declared,
        "reason": "incorrect_data" if corrective_ids else "did_not_occur",
        "suyuan:reason": reason,
    }
    if corrective_ids:
        declaration["correctiveEventIDs"] = list(corrective_ids)
    return record(
        [
            replace(
                event.record,
                document=_with(event.record.document, declaration),
                declares_error=True,
                error_reason=reason,
                corrective_ids=tuple(corrective_ids),
            )
            for event in events
        ]
    )


def _with(document: Mapping[str, Any], declaration: Mapping[str, Any]) -> dict[str, Any]:
    return {**document, "errorDeclaration": declaration}
