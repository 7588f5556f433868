"""Readings and what became of them; what a station needs to work without the network."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from suyuan.capture.contracts.nodes import CheckLevel, TraceNode
from suyuan.kernel.disclosure import MEASURED, PARTIES, PEOPLE

MOST_READINGS = 1_000
"""Readings of one message."""
Way = Literal["scan", "camera", "manual", "voice", "device", "import", "kept", "default"]
"""How a value was entered. ``kept``: from the entry before; ``default``: filled in by the form."""
OutcomeName = Literal["recorded", "warned", "refused", "repeated"]
FirstOutcome = Literal["recorded", "warned", "refused"]
ShortText = Annotated[str, msgspec.Meta(max_length=500, pattern="^[^\\x00]*$")]


class Override(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Somebody takes responsibility for an entry that a check stops. ``by``: the person's URI, where not the sender."""

    check: Annotated[str, msgspec.Meta(max_length=80)]
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    by: Annotated[str, msgspec.Meta(max_length=500)] | None = None


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One entry at a node. ``sequence`` counts from 1 on each device; ``taken`` is ISO 8601 by the device's clock.

    A scanned value is ``{"raw": "…"}`` (or the text); a field with ``many`` a list; a number a text or number;
    ``how`` gives the way of each field. ``version`` None: the version in force.
    """

    id: UUID
    node: Annotated[str, msgspec.Meta(min_length=1, max_length=63, pattern="^[a-z0-9][a-z0-9_-]*$")]
    taken: Annotated[str, msgspec.Meta(min_length=16, max_length=40)]
    values: dict[str, Any]
    sequence: Annotated[int, msgspec.Meta(ge=0, le=9_007_199_254_740_991)] = 0
    version: int | None = None
    how: dict[str, Way] = {}
    person: ShortText | None = None
    station: ShortText | None = None
    overrides: Annotated[tuple[Override, ...], msgspec.Meta(max_length=60)] = ()


class ReadingBatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a device sends: its own id, its clock now, and entries in the order they were made."""

    device: UUID
    sent: Annotated[str, msgspec.Meta(min_length=16, max_length=40)]
    readings: Annotated[tuple[Reading, ...], msgspec.Meta(max_length=MOST_READINGS)]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Why an entry is refused, or what is worth knowing though it is recorded. ``check`` is named in an override."""

    code: str
    level: CheckLevel
    text: str
    remedy: str
    check: str | None = None
    field: str | None = None
    overridable: bool = False
    overridden: bool = False


class ReadingOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one entry. ``first``: for ``repeated``, what became of it when it first came."""

    id: UUID
    outcome: OutcomeName
    first: FirstOutcome | None = None
    event_ids: tuple[str, ...] = ()
    faults: tuple[Finding, ...] = ()
    late: bool = False


class BatchOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """One outcome for each entry, in order. ``offset_ms``: by how much the device's clock is ahead of the server's."""

    received: datetime
    offset_ms: int
    outcomes: tuple[ReadingOutcome, ...]


class StationNode(msgspec.Struct, frozen=True, kw_only=True):
    """A node in force."""

    key: str
    version: int
    title_zh: str
    title_en: str
    body: TraceNode


class MasterEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the master data. ``code`` is what people read and type."""

    uri: str
    code: str
    name_zh: str | None
    name_en: str | None
    attributes: dict[str, Any] = {}


class StationMasters(msgspec.Struct, frozen=True, kw_only=True):
    """The master data that forms ask for. A person's attribute ``badge_sha256`` is the hash of what the badge says."""

    products: tuple[MasterEntry, ...]
    places: tuple[MasterEntry, ...]
    equipment: tuple[MasterEntry, ...]
    people: Annotated[tuple[MasterEntry, ...], PEOPLE]


class StationItem(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an item that was seen lately."""

    uri: str
    label: str
    kind: str
    product: str | None
    lot: str | None
    expiry: str | None
    state: str | None
    disposition: str | None
    held: bool
    place: str | None


class StationRules(msgspec.Struct, frozen=True, kw_only=True):
    """``late_minutes``: entries that come so long after they were made are flagged; ``future_minutes``: no entry may
    be dated further ahead; ``gs_substitutes``: what scanners send in the place of GS (0x1D); ``speech``: the server
    understands what is said."""

    late_minutes: int
    future_minutes: int
    may_override: bool
    gs_substitutes: tuple[str, ...]
    speech: bool = False


class Station(msgspec.Struct, frozen=True, kw_only=True):
    """All that a device needs to work without the network."""

    etag: str
    now: datetime
    tenant: str
    nodes: tuple[StationNode, ...]
    masters: StationMasters
    items: tuple[StationItem, ...]
    rules: StationRules


class Trial(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A node to try: over given entries, or over those of the last ``days`` that ``node`` recorded. Nothing is kept."""

    body: dict[str, Any]
    readings: Annotated[tuple[Reading, ...], msgspec.Meta(max_length=MOST_READINGS)] = ()
    node: ShortText = ""
    days: Annotated[int, msgspec.Meta(ge=0, le=31)] = 0


class TriedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event that would be recorded, as EPCIS JSON."""

    document: Annotated[dict[str, Any], PEOPLE, PARTIES, MEASURED]


class TriedReading(msgspec.Struct, frozen=True, kw_only=True):
    """What would become of one entry; ``before``: what became of it in truth, where it is a past one."""

    id: UUID
    taken: str
    outcome: FirstOutcome
    before: FirstOutcome | None
    faults: Annotated[tuple[Finding, ...], PEOPLE, MEASURED]
    events: tuple[TriedEvent, ...]
    values: Annotated[dict[str, Any], PEOPLE, PARTIES, MEASURED]


class TrialOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """Counts, and the entries: those that come out otherwise than before first."""

    tried: int
    recorded: int
    warned: int
    refused: int
    changed: int
    rows: tuple[TriedReading, ...]
