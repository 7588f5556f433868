"""People and devices that work without pause, and remember what was promised to them."""

from __future__ import annotations

import contextlib
import random
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.crash.writers import Tally, Writer
from tests.support.bakery import gtin
from tests.support.issued import define
from tests.support.servers import bearer, signed_in

NODE = "operation-start"
RULE = "chaos"
PRODUCT = f"https://id.gs1.org/01/{gtin(778)}"
AWAY = frozenset({502, 503, 504, 507})
"""What may be sent again: nothing was done, or it is not known whether."""
RIGHTS = (
    "trace:event:read", "trace:event:write", "trace:item:read", "capture:reading:write", "capture:import:write",
    "coding:code:issue", "coding:code:read", "production:order:write", "production:order:read",
)  # fmt: skip


@dataclass
class Promises:
    """What was acknowledged. ``events`` are those of EPCIS documents; the rest is by the item, key or number."""

    events: Tally = field(default_factory=Tally)
    entries: set[str] = field(default_factory=set)
    imported: dict[str, list[str]] = field(default_factory=dict)
    """Items of the rows of each import that was started."""
    batches: dict[str, int] = field(default_factory=dict)
    """How many codes each request was promised."""
    orders: set[str] = field(default_factory=set)
    refusals: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def refuse(self, answer: httpx.Response) -> None:
        """Remember an answer that nobody expected."""
        with self.lock:
            self.refusals.append(
                f"{answer.request.method} {answer.request.url.path} {answer.status_code} {answer.text[:300]}"
            )

    @property
    def acknowledged(self) -> int:
        """How many facts were promised: events, entries, imported rows, codes, orders."""
        events = self.events.acknowledged | {each for ids in self.events.jobs.values() for each in ids}
        rows = sum(len(items) for items in self.imported.values())
        return len(events) + len(self.entries) + rows + sum(self.batches.values()) + len(self.orders)


class Device(threading.Thread):
    """Somebody at work: acts, and where the connection breaks asks again until there is an answer."""

    pause = 0.15

    def __init__(self, number: int, url: str, token: str, promises: Promises, ended: threading.Event) -> None:
        super().__init__(name=f"{type(self).__name__}-{number}", daemon=True)
        self.number, self.url, self.token, self.promises, self.ended = number, url, token, promises, ended
        self.dice, self.made, self.device = random.Random(number), 0, uuid4()

    def run(self) -> None:
        with bearer(self.url, self.token) as client:
            client.timeout = httpx.Timeout(15)
            while not self.ended.is_set():
                self.act(client)
                self.ended.wait(self.dice.random() * self.pause * 2)

    def act(self, client: httpx.Client) -> None:
        """Do one piece of work."""
        raise NotImplementedError

    def ask(self, client: httpx.Client, method: str, path: str, **given: Any) -> httpx.Response | None:
        """Ask until there is an answer; None where work ended before there was one."""
        while not self.ended.is_set():
            with contextlib.suppress(httpx.HTTPError):
                answer = client.request(method, path, **given)
                if answer.status_code not in AWAY:
                    return answer
            self.ended.wait(0.2)
        return None

    def serial(self) -> str:
        """Return a serial number that nobody had before."""
        self.made += 1
        return f"{type(self).__name__[0]}{self.number}x{self.made}"


class Scanner(Device):
    """Sends one entry at a time, now and then the same again."""

    most = 1

    def act(self, client: httpx.Client) -> None:
        serials = [self.serial() for _ in range(self.dice.randint(1, self.most))]
        readings = [self._reading(serial) for serial in serials]
        message = {"device": str(self.device), "sent": datetime.now(UTC).isoformat(), "readings": readings}
        for _ in range(2 if self.dice.random() < 0.1 else 1):
            answer = self.ask(client, "POST", "/api/v1/capture/readings", json=message)
            if answer is None:
                return
            outcomes = [each["outcome"] for each in answer.json()["outcomes"]] if answer.status_code == 200 else []
            if len(outcomes) != len(serials) or not set(outcomes) <= {"recorded", "repeated"}:
                self.promises.refuse(answer)
                return
            with self.promises.lock:
                self.promises.entries.update(f"{PRODUCT}/21/{serial}" for serial in serials)

    def _reading(self, serial: str) -> dict[str, Any]:
        number = int(serial.partition("x")[2])
        return {
            "id": str(uuid4()), "sequence": number, "node": NODE, "taken": datetime.now(UTC).isoformat(),
            "values": {"item": {"raw": f"(01){gtin(778)}(21){serial}"}}, "how": {"item": "scan"},
        }  # fmt: skip


class Batcher(Scanner):
    """Comes back from offline and sends what gathered, up to 150 entries in a message."""

    most, pause = 150, 0.6


class Importer(Device):
    """Imports tables of up to 300 rows."""

    pause = 1.5

    def act(self, client: httpx.Client) -> None:
        serials = [self.serial() for _ in range(self.dice.randint(20, 300))]
        table = "\n".join(["Item", *(f"(01){gtin(778)}(21){serial}" for serial in serials)])
        query = {"node": NODE, "name": f"{self.name}-{self.made}.csv"}
        taken = self.ask(client, "POST", "/api/v1/capture/imports", params=query, content=table.encode())
        if taken is None:
            return
        if taken.status_code != 200:
            self.promises.refuse(taken)
            return
        number = taken.json()["row"]["id"]
        started = self.ask(
            client, "POST", f"/api/v1/capture/imports/{number}/start", json={"mapping": {"columns": {"item": 0}}}
        )
        found = self.ask(client, "GET", f"/api/v1/capture/imports/{number}")
        if started is None or found is None:
            return
        if found.status_code != 200 or found.json()["row"]["state"] not in {"waiting", "running", "done"}:
            self.promises.refuse(started)
            return
        with self.promises.lock:
            self.promises.imported[str(UUID(number))] = [f"{PRODUCT}/21/{serial}" for serial in serials]


class Issuer(Device):
    """Issues codes, with a key by which asking again gives the same batch."""

    pause = 0.5

    def act(self, client: httpx.Client) -> None:
        key = f"{self.name}-{self.serial()}"
        order = {"rule": RULE, "count": self.dice.choice((1, 10, 200)), "request_key": key}
        made = self.ask(client, "POST", "/api/v1/codes/batches", json=order)
        if made is None:
            return
        if made.status_code not in {200, 202}:
            self.promises.refuse(made)
            return
        with self.promises.lock:
            self.promises.batches[key] = int(order["count"])


class Planner(Device):
    """Makes work orders; one that was made before this answer came is refused as taken, and is there."""

    pause = 0.4

    def act(self, client: httpx.Client) -> None:
        number = f"WO-{self.serial()}"
        made = self.ask(client, "POST", "/api/v1/orders", json={"number": number, "product": PRODUCT, "quantity": "5"})
        if made is None:
            return
        if made.status_code not in {201, 409}:
            self.promises.refuse(made)
            return
        with self.promises.lock:
            self.promises.orders.add(number)


class Load:
    """All of them at work against one installation."""

    def __init__(self, url: str, token: str) -> None:
        self.promises, self._ended = Promises(), threading.Event()
        kinds = (Scanner, Scanner, Batcher, Importer, Issuer, Planner)
        self._threads: list[threading.Thread] = [
            kind(number, url, token, self.promises, self._ended) for number, kind in enumerate(kinds)
        ]
        self._threads += [Writer(number, url, token, self.promises.events, self._ended) for number in range(2)]

    def start(self) -> None:
        """Begin to work."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> Promises:
        """Finish, and return what was promised."""
        self._ended.set()
        for thread in self._threads:
            thread.join(30)
        return self.promises


def ready_for_load(url: str, login: str) -> None:
    """Publish the rule that codes are issued by."""
    with contextlib.closing(signed_in(url, login)) as boss:
        body = {
            "segments": [{"type": "constant", "id": "a", "text": "CH"}, {"type": "sequence", "id": "b", "width": 9}]
        }
        define(boss, RULE, body)  # type: ignore[arg-type]  # an HTTP client like the tests' own
