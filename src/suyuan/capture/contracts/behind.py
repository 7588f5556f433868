"""The entry behind an event: what it was made of, or was judged as, and what was found in it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from suyuan.capture.contracts.readings import Finding, Override
from suyuan.kernel.disclosure import MEASURED, PEOPLE


class FormOption(msgspec.Struct, frozen=True, kw_only=True):
    """What a stored choice is called; of a cascade the whole way there."""

    value: str
    label_zh: str
    label_en: str


class FormColumn(msgspec.Struct, frozen=True, kw_only=True):
    """How a field, or a column of a sub-table, is called on the form, and its choices."""

    id: str
    kind: str
    label_zh: str
    label_en: str
    unit: str
    options: tuple[FormOption, ...] = ()


class FormField(FormColumn, frozen=True, kw_only=True):
    """A field of the node's version; ``columns``: of a sub-table."""

    columns: tuple[FormColumn, ...]


class EntryBehind(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it is kept. ``version`` 0: no node took it, only the checks of its step judged it.

    ``form``: the fields of the node's version, by which the event's ``suyuan:fields`` are read.
    ``faults``: what did not stop it, by a warning or because somebody let it pass; ``overrides``: who let pass and why.
    """

    id: UUID
    node: str
    version: int
    taken: datetime
    received: datetime
    late: bool
    way: str
    person: Annotated[str | None, PEOPLE]
    sent_by: Annotated[str, PEOPLE]
    form: tuple[FormField, ...]
    faults: Annotated[tuple[Finding, ...], PEOPLE, MEASURED]
    overrides: Annotated[tuple[Override, ...], PEOPLE]


class EventEntry(msgspec.Struct, frozen=True, kw_only=True):
    """The entry behind an event; None for events that no node judged."""

    entry: EntryBehind | None
