"""Devices' messages on their way through one transaction: whose they are, and how far each has come."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from suyuan.capture.api.judging import Asked, Judged
from suyuan.capture.contracts.readings import BatchOutcome, Reading, ReadingBatch
from suyuan.kernel.faults import Fault, Language
from suyuan.kernel.instants import Instant
from suyuan.kernel.principals import Principal

_DETERMINISTIC: Final = msgspec.json.Encoder(order="deterministic")
_MOST_MS: Final = 2**31 - 1


def content_hash(reading: Reading) -> bytes:
    """Return the hash by which a replay is told from another entry under the same id."""
    return hashlib.sha256(_DETERMINISTIC.encode(reading)).digest()


@dataclass(slots=True, eq=False)
class Message:
    """A device's message. ``answer`` stays None where others hold its device or items, and nobody was waited for.

    ``fresh``: its entries that neither the ledger nor an earlier message has; ``judged``: what became of them.
    """

    batch: ReadingBatch
    principal: Principal
    language: Language
    request_id: str = ""
    sent: datetime | None = None
    offset_ms: int = 0
    fresh: dict[UUID, Reading] = field(default_factory=dict)
    hashes: dict[int, bytes] = field(default_factory=dict)
    asked: Asked | None = None
    judged: dict[UUID, Judged] = field(default_factory=dict)
    answer: BatchOutcome | Fault | None = None

    def read_clock(self) -> bool:
        """Read what the device's clock said; where it cannot be read, that is the answer."""
        try:
            self.sent = Instant.parse(self.batch.sent, at="/sent").utc
        except Fault as fault:
            self.answer = fault
        return self.sent is not None

    def arrive(self, received: datetime) -> None:
        """Note by how much the device's clock is ahead of the server's."""
        ahead = ((self.sent or received) - received).total_seconds()
        self.offset_ms = max(-_MOST_MS, min(_MOST_MS, round(ahead * 1000)))
        self.hashes = {id(reading): content_hash(reading) for reading in self.batch.readings}

    @property
    def offset(self) -> timedelta:
        """By how much the device's clock is ahead of the server's."""
        return timedelta(milliseconds=self.offset_ms)

    @property
    def ids(self) -> list[UUID]:
        """The ids of its entries."""
        return [reading.id for reading in self.batch.readings]


def take_fresh(messages: Sequence[Message], kept: Container[UUID]) -> None:
    """Find each message's entries that came neither before nor in an earlier message."""
    seen: set[UUID] = set()
    for message in messages:
        for reading in message.batch.readings:
            if reading.id not in kept and reading.id not in seen:
                seen.add(reading.id)
                message.fresh[reading.id] = reading


def unhindered(messages: Sequence[Message], held: frozenset[str]) -> list[Message]:
    """Return the messages that name none of the items that others hold, and follow none that does: a device's entries
    keep their order, and an entry that came twice is decided by the one that came first.
    """
    devices: set[UUID] = set()
    ids: set[UUID] = set()
    going = []
    for message in messages:
        hindered = message.asked is not None and not held.isdisjoint(message.asked.uris)
        if hindered or message.batch.device in devices or not ids.isdisjoint(message.ids):
            devices.add(message.batch.device)
            ids.update(message.ids)
        else:
            going.append(message)
    return going


def judged_first(messages: Sequence[Message]) -> Mapping[UUID, tuple[Message, Judged]]:
    """Return by id what became of the entries of all messages, with the message that it came in first."""
    return {number: (message, judged) for message in messages for number, judged in message.judged.items()}
