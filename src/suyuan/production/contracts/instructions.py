"""Confirmations that work instructions were read: sent by stations, looked at by whoever answers for them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from suyuan.kernel.disclosure import PEOPLE

Short = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]


class InstructionRead(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whoever is signed in has read these instructions. ``place``: the station's; ``taken``: by the device's clock."""

    route: Short
    operation: Short
    revision: Short
    place: Annotated[str, msgspec.Meta(max_length=500)] | None = None
    taken: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


class InstructionReader(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who confirmed to have read a revision. ``time``: when, by the device where it said so."""

    person: Annotated[str, PEOPLE]
    person_name: Annotated[str, PEOPLE]
    operation: str
    revision: str
    time: datetime
    place: str | None = None
    place_name: str | None = None


class InstructionReaders(msgspec.Struct, frozen=True, kw_only=True):
    """Who has read the instructions of a route, newest first."""

    rows: tuple[InstructionReader, ...]


class InstructionRevision(msgspec.Struct, frozen=True, kw_only=True):
    """A revision of an operation's instructions. ``version``: the newest of the route that has it.

    ``in_force``: orders released now get it. ``read``, ``unread``: people who confirmed it; of those who are to do the
    operation, people who have not.
    """

    route: str
    route_zh: str
    route_en: str
    operation: str
    operation_zh: str
    operation_en: str
    revision: str
    version: int
    in_force: bool
    read_required: bool
    steps: int
    read: int
    unread: int


class InstructionRevisions(msgspec.Struct, frozen=True, kw_only=True):
    """Every revision of every operation's instructions, those in force first."""

    rows: tuple[InstructionRevision, ...]


class NotRead(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is to do the operation and has not confirmed. ``because``: qualifications held, or the team."""

    person: Annotated[str, PEOPLE]
    person_name: Annotated[str, PEOPLE]
    because: str


class InstructionReading(msgspec.Struct, frozen=True, kw_only=True):
    """Who has read one revision, newest first, and who has not."""

    head: InstructionRevision
    read: tuple[InstructionReader, ...]
    unread: tuple[NotRead, ...]
