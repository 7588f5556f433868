"""Checks that modules above capture make of an entry before it is recorded: registered, never imported.

``Registry.add_execution_checks`` takes a factory; every message of a device gets an instance of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from suyuan.kernel.faults import Fault
from suyuan.trace.contracts import EventRecord
from suyuan.trace.contracts.facts import ItemFacts


@dataclass(frozen=True, slots=True)
class Executed:
    """An entry about to be recorded: its events, and what the ledger says of the items in them.

    ``expiries``: what codes themselves say, by item. ``labels``: what people read on the label, by item.
    """

    node: str
    events: Sequence[EventRecord]
    time: datetime
    day: date
    facts: Mapping[str, ItemFacts]
    expiries: Mapping[str, str]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ExecutionFinding:
    """What a check has against an entry; ``item``: the one it is about.

    ``level``: ``warn``, ``refuse`` or ``approve``.
    """

    fault: Fault
    check: str
    level: str
    item: str | None = None


class ExecutionChecks(Protocol):
    """One message's checks. ``gather`` is asked once (of a document's items, a thousand events at a time); then the
    entries come in order.
    """

    def steps(self) -> Mapping[str, datetime]:
        """Return the business steps (CBV ones by their bare names) of which events that other systems send are to be
        judged, though they claim no trace node's; and from when on.
        """

    def gather(self, uris: Sequence[str], orders: Sequence[str]) -> None:
        """Ask the database what the checks need of these items and orders, all at once."""

    def orders(self, node: str, events: Sequence[EventRecord]) -> Mapping[str, str]:
        """Return, by event id, the order that an event is on which names none: that of the items it is about."""

    def extensions(self, node: str, events: Sequence[EventRecord]) -> Mapping[str, Mapping[str, str]]:
        """Return, by event id, fields that the event is to carry beside its own (names with their prefix)."""

    def findings(self, executed: Executed) -> Sequence[ExecutionFinding]:
        """Return what is wrong with an entry."""

    def portions(self, executed: Executed) -> Collection[str]:
        """Return the lots of which an entry is a portion that has its turn here: not repeated, though seen before."""

    def learn(self, node: str, events: Sequence[EventRecord]) -> None:
        """Know from now on what an accepted entry will have changed."""
