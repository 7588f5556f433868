"""Places outside to which checkpoints go, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from suyuan.kernel.faults import fault_kind

PLACE_INVALID = fault_kind(
    "compliance.place_invalid",
    422,
    zh="去处的“{field}”不对：{given}",
    en="“{field}” of the place is not right: {given}",
    remedy_zh="应为：{allowed}。",
    remedy_en="What is allowed: {allowed}.",
)
PLACE_NAME_TAKEN = fault_kind(
    "compliance.place_name_taken",
    409,
    zh="已有名为“{name}”的去处。",
    en="There is a place called “{name}” already.",
    remedy_zh="请换一个名称。",
    remedy_en="Choose another name.",
)


class PlaceKind(StrEnum):
    """How a place outside is reached."""

    FOLDER = "folder"
    WEBHOOK = "webhook"
    MAIL = "mail"
    S3 = "s3"
    TIMESTAMP = "timestamp"


SETTINGS: Mapping[PlaceKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    PlaceKind.FOLDER: (("path",), ()),
    PlaceKind.WEBHOOK: (("url",), ()),
    PlaceKind.MAIL: (("host", "to"), ("port", "from", "user", "security")),
    PlaceKind.S3: (("url", "access_key"), ("region", "prefix")),
    PlaceKind.TIMESTAMP: (("url",), ("root_certificate",)),
}
"""The settings that a place of each kind needs, and those that it may have."""


@dataclass(frozen=True, slots=True)
class CheckpointDelivery:
    """One sending of a checkpoint to a place."""

    checkpoint: int
    at: datetime
    good: bool
    said: str


@dataclass(frozen=True, slots=True)
class CheckpointPlace:
    """A place outside. Its secret (password, key) is never read back: ``has_secret`` tells whether there is one."""

    id: int
    kind: PlaceKind
    name: str
    settings: Mapping[str, str]
    has_secret: bool
    every_minutes: int
    active: bool
    last: CheckpointDelivery | None = None
    last_good: CheckpointDelivery | None = None


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """An RFC 3161 answer over a checkpoint's note: base64 DER of the response."""

    checkpoint: int
    authority: str
    at: datetime
    response: str
