"""Devices that capture events without pause, and remember what was promised to them."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.support.bakery import document, gtin, raw
from tests.support.servers import bearer

CONTEXT = {"@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"}
_PRODUCT = f"https://id.gs1.org/01/{gtin(777)}"
_LARGE = 1001
"""More events than are captured while the client waits: the worker's part."""


@dataclass
class Tally:
    """What was sent and what was acknowledged, by event id with the number of its participations."""

    sent: dict[str, int] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    documents: list[list[str]] = field(default_factory=list)
    jobs: dict[str, list[str]] = field(default_factory=dict)
    """Jobs that were promised to be done later, with the ids of their events."""
    answers: int = 0
    refusals: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Writer(threading.Thread):
    """One device: captures, and after a broken connection mostly sends the same again, as devices do."""

    def __init__(self, number: int, url: str, token: str, tally: Tally, stop: threading.Event) -> None:
        super().__init__(name=f"writer-{number}", daemon=True)
        self.number, self.url, self.token, self.tally, self.ended = number, url, token, tally, stop
        self.dice, self.made = random.Random(number), 0

    def run(self) -> None:
        with bearer(self.url, self.token) as client:
            client.timeout = httpx.Timeout(15)
            while not self.ended.is_set():
                kind = self.dice.random()
                if kind < 0.6:
                    self._deliver(client, [self._event()])
                else:
                    many = _LARGE if kind > 0.985 else self.dice.randint(2, 40)
                    self._deliver(client, [self._event() for _ in range(many)])
                self.ended.wait(self.dice.random() * 0.15)

    def _event(self) -> dict[str, Any]:
        """Return an event with one to five participations."""
        self.made += 1
        name = f"W{self.number}-{self.made}"
        serials = [f"{_PRODUCT}/21/{name}-{index}" for index in range(self.dice.randint(1, 4))]
        event: dict[str, Any] = {
            "eventID": f"https://crash.example/{name}",
            "eventTime": f"2026-11-20T08:{self.made // 60 % 60:02d}:{self.made % 60:02d}.000+08:00",
            "eventTimeZoneOffset": "+08:00",
        }
        count = len(serials)
        if self.made % 3 == 0:
            event |= {"type": "AggregationEvent", "action": "ADD", "bizStep": "packing", "childEPCs": serials,
                      "parentID": f"urn:suyuan:crash:carrier:{name}"}  # fmt: skip
            count += 1
        else:
            event |= {"type": "ObjectEvent", "action": "ADD", "bizStep": "commissioning", "epcList": serials}
        self.tally.sent[event["eventID"]] = count
        return event

    def _deliver(self, client: httpx.Client, events: list[dict[str, Any]]) -> None:
        ids = [event["eventID"] for event in events]
        with self.tally.lock:
            self.tally.documents.append(ids)
        gives_up = self.dice.random() < 0.2
        while not self.ended.is_set():
            try:
                if self._sent(client, events, ids) or gives_up:
                    return
            except httpx.HTTPError:
                if gives_up:
                    return
            self.ended.wait(0.2)

    def _sent(self, client: httpx.Client, events: list[dict[str, Any]], ids: list[str]) -> bool:
        """Send once; tell whether the answer settles the matter."""
        if len(events) == 1:
            answer = client.post("/epcis/v2/events", json=CONTEXT | events[0])
        else:
            answer = client.post("/epcis/v2/capture", content=raw(document(*events)))
        if answer.status_code in {502, 503, 504}:
            return False
        with self.tally.lock:
            self.tally.answers += 1
            if answer.status_code in {200, 201}:
                self.tally.acknowledged.update(ids)
            elif answer.status_code == 202 and answer.json()["running"]:
                self.tally.jobs[answer.json()["captureID"]] = ids
            elif answer.status_code == 202 and answer.json()["success"]:
                self.tally.acknowledged.update(ids)
            else:
                self.tally.refusals.append(f"{answer.status_code} {answer.text[:300]}")
        return True
