"""The entry behind an event."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec

from suyuan.capture.api.nodes import published
from suyuan.capture.api.submitting import shown
from suyuan.capture.contracts.behind import EntryBehind, EventEntry, FormColumn, FormField, FormOption
from suyuan.capture.contracts.nodes import CascadeField, ChoiceField, Field, MoneyField, Option
from suyuan.capture.contracts.readings import Override
from suyuan.capture.domain.claims import entry_id
from suyuan.capture.domain.node_fields import unit_of, ways_of
from suyuan.capture.domain.sheets import kind_of
from suyuan.capture.store import readings as store
from suyuan.chassis.database import tx
from suyuan.kernel.faults import Language
from suyuan.trace import api as trace


def entry_behind(event: int, language: Language) -> EventEntry:
    """Return the entry that the event of this number was made of, or judged as, with what was found, in ``language``.

    :raises Fault: ``chassis.not_found``, also for an event of a site that the asker may not see.
    """
    detail = trace.event_detail(event)
    named = detail.reading.get("id") if detail.reading else None
    possible = [entry_id(tx().principal.tenant_id, detail.event_id), *_uuids(named)]
    row = store.behind(possible, detail.event_id)
    if row is None:
        return EventEntry(entry=None)
    *plain, found, overrides = row
    names = ("id", "node", "version", "taken", "received", "late", "way", "person", "sent_by")
    return EventEntry(
        entry=EntryBehind(
            **dict(zip(names, plain, strict=True)),
            form=_form(plain[1], plain[2]),
            faults=tuple(shown(each, language) for each in msgspec.json.decode(found)),
            overrides=msgspec.json.decode(overrides or "[]", type=tuple[Override, ...]),
        )
    )


def _form(key: str, version: int) -> tuple[FormField, ...]:
    node = published().versions.get((key, version))
    fields = node.fields if node is not None else ()
    return tuple(
        FormField(
            **_called(field),
            columns=tuple(FormColumn(**_called(column)) for column in getattr(field, "columns", ())),
        )
        for field in fields
    )


def _called(field: Field) -> dict[str, Any]:
    return {
        "id": field.id, "kind": kind_of(field), "label_zh": field.label_zh, "label_en": field.label_en,
        "unit": field.currency if isinstance(field, MoneyField) else unit_of(field), "options": _options(field),
    }  # fmt: skip


def _options(field: Field) -> tuple[FormOption, ...]:
    if isinstance(field, CascadeField):
        ways: Iterable[tuple[Option, ...]] = ways_of(field)
    else:
        ways = ((option,) for option in field.options) if isinstance(field, ChoiceField) else ()
    return tuple(
        FormOption(
            value="/".join(each.value for each in way),
            label_zh=" / ".join(each.label_zh for each in way),
            label_en=" / ".join(each.label_en for each in way),
        )
        for way in ways
    )


def _uuids(named: object) -> list[UUID]:
    try:
        return [UUID(str(named))]
    except ValueError:  # a reading of another system, which may call itself what it likes
        return []
