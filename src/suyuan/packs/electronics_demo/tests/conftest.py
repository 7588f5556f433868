"""One small run of the plant, read back from its documents, for all tests of the pack."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import pytest

from suyuan.packs.electronics_demo.contracts import Plan
from suyuan.packs.electronics_demo.domain.plant import Batch, Plant

NOW = datetime(2026, 11, 21, 14, 30, tzinfo=timezone(timedelta(hours=8)))


@dataclass(frozen=True)
class Run:
    """A run: the plant, its documents, and all events in the order they were written."""

    plant: Plant
    batches: list[Batch]
    documents: list[dict]
    events: list[dict]

    @property
    def standing(self) -> list[dict]:
        """The events that nobody voided, in event-time order."""
        voided = {event["eventID"] for event in self.events if "errorDeclaration" in event}
        return sorted((event for event in self.events if event["eventID"] not in voided), key=lambda e: e["eventTime"])


@pytest.fixture(scope="session")
def run() -> Run:
    plant = Plant(Plan(NOW, units=2500, days=30, seed=7)).run()
    batches = list(plant.documents())
    documents = [json.loads(batch.body) for batch in batches]
    return Run(plant, batches, documents, [event for doc in documents for event in doc["epcisBody"]["eventList"]])
