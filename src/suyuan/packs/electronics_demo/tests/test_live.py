"""The living plant: steady, restartable, patient with a server that is away, and never the same serial twice."""

from __future__ import annotations

import json
import random
import threading
from collections import Counter, defaultdict
from pathlib import Path

from suyuan.coding import api as coding
from suyuan.packs.electronics_demo.contracts import SERVER_REFUSED, Pools
from suyuan.packs.electronics_demo.delivery import ServerAwayError
from suyuan.packs.electronics_demo.live import LivePlant

BEGIN = 1_795_242_600.0
SOLD = "urn:epc:id:sgtin:9521234.054321.261029A01890"
SHELF = ("urn:epc:id:sgtin:9521234.054321.261029A01891", "urn:epc:id:sgln:9523001.00011.0", "geo:31.24,121.48")


class World:
    """A clock that the test moves, and a server that keeps what it gets by event id, as the real one does."""

    def __init__(self) -> None:
        self.now = BEGIN
        self.away = False
        self.lost = False
        self.events: dict[str, dict] = {}
        self.documents = 0

    def clock(self) -> float:
        return self.now

    def post(self, body: bytes) -> None:
        if self.away:
            raise ServerAwayError("away")
        self.documents += 1
        for event in json.loads(body)["epcisBody"]["eventList"]:
            known = self.events.setdefault(event["eventID"], event)
            assert known == event
        if self.lost:
            raise ServerAwayError("the answer got lost")

    def live(self, plant: LivePlant, seconds: int) -> None:
        for _ in range(seconds):
            self.now += 1
            plant.step()

    @property
    def in_time_order(self) -> list[dict]:
        return sorted(self.events.values(), key=lambda event: event["eventTime"])


def test_an_hour_brings_about_an_event_a_second_and_every_kind_of_step(tmp_path: Path) -> None:
    world, state = World(), tmp_path / "live.json"
    LivePlant.prepare(state, Pools(shelf=(SHELF,), sold=(SOLD,)))
    plant = LivePlant(world.post, state, clock=world.clock, dice=random.Random(5))
    world.live(plant, 2400)
    assert 0.5 < len(world.events) / 2400 < 1.6
    steps = Counter(event["bizStep"] for event in world.events.values())
    assert {
        "commissioning", "receiving", "installing", "assembling", "sensor_reporting", "inspecting", "packing",
        "storing", "unpacking", "encoding", "retail_selling", "disassembling",
        "urn:suyuan:vocab:step:consumer_scan",
    } <= steps.keys()  # fmt: skip
    quiet = 0
    minutes = Counter(event["eventTime"][:16] for event in world.events.values() if "suyuan:person" in event)
    for minute in sorted(minutes)[3:-2]:
        quiet += minutes[minute] < 10
    assert quiet == 0
    assert any(event["disposition"] == "non_conformant" for event in world.events.values())


def test_what_lives_keeps_the_laws_of_matter(tmp_path: Path) -> None:
    world = World()
    world.live(LivePlant(world.post, tmp_path / "live.json", clock=world.clock), 3000)
    made: dict[str, str] = {}
    parent_of: dict[str, str] = {}
    children: dict[str, set[str]] = defaultdict(set)
    stock: Counter[str] = Counter()
    for event in world.in_time_order:
        for uri in (*event.get("epcList", ()), *event.get("childEPCs", ()), *event.get("outputEPCList", ())):
            coding.identify_epc(uri)
        assert all(uri in made for uri in event.get("inputEPCList", ()))
        for uri in event.get("outputEPCList", ()):
            made.setdefault(uri, event["eventTime"])
        if event["bizStep"] == "commissioning":
            made |= dict.fromkeys(event.get("epcList", ()), event["eventTime"])
        if event["bizStep"] == "receiving":
            stock.update({row["epcClass"]: round(row["quantity"] * 1000) for row in event.get("quantityList", ())})
        for row in event.get("inputQuantityList", ()):
            stock[row["epcClass"]] -= round(row.get("quantity", 0) * 1000)
            assert stock[row["epcClass"]] >= 0
        if "parentID" not in event or "childQuantityList" in event:
            continue
        parent, named = event["parentID"], event["childEPCs"]
        if event["action"] == "ADD":
            assert not children[parent] or ":sgtin:" in parent
            for child in named:
                assert child in made or ":sscc:" in child
                assert child not in parent_of
                parent_of[child] = parent
                children[parent].add(child)
        else:
            for child in named or list(children[parent]):
                assert parent_of.pop(child) == parent
                children[parent].discard(child)


def test_a_restart_goes_on_and_never_reuses_a_serial(tmp_path: Path) -> None:
    world, state = World(), tmp_path / "live.json"
    for _ in range(12):  # killed again and again: nothing but the file is left
        world.live(LivePlant(world.post, state, clock=world.clock), 100)
    state.write_text("{torn", encoding="utf-8")  # even a lost memory makes no serial twice
    world.live(LivePlant(world.post, state, clock=world.clock), 900)
    born = Counter(
        (uri, event["type"])
        for event in world.events.values()
        for uri in event.get("outputEPCList", ())
        if "PNL" not in uri or event["bizStep"] == "commissioning"
    )
    assert born
    assert max(born.values()) == 1
    assembled = Counter(
        e["parentID"] for e in world.events.values() if e["bizStep"] == "assembling" and "parentID" in e
    )
    assert len(assembled) > 20
    assert max(assembled.values()) == 1


def test_what_the_server_missed_is_kept_and_sent_later_once(tmp_path: Path) -> None:
    world, state, told = World(), tmp_path / "live.json", []
    world.away = True
    plant = LivePlant(world.post, state, clock=world.clock, told=told.append)
    world.live(plant, 200)
    assert plant.waiting > 50
    assert 5 < len(told) < 30  # it backs off
    plant = LivePlant(world.post, state, clock=world.clock)
    kept = plant.waiting
    world.away, world.lost = False, True
    world.live(plant, 1)
    assert len(world.events) >= kept
    world.lost = False
    world.live(plant, 40)
    assert plant.waiting == 0
    assert plant.sent >= kept


def test_a_bad_event_is_dropped_and_the_others_arrive(tmp_path: Path) -> None:
    world, told = World(), []

    def picky(body: bytes) -> None:
        if b'"raw":"T=' in body:
            raise SERVER_REFUSED(url="http://x", answer="400 bad", status=400)
        world.post(body)

    plant = LivePlant(picky, tmp_path / "live.json", clock=world.clock, told=told.append)
    world.live(plant, 60)
    for _ in range(200):
        plant.step()
    assert plant.refused > 3
    assert world.events


def test_a_wrong_token_drops_nothing(tmp_path: Path) -> None:
    world = World()

    def closed(body: bytes) -> None:
        raise SERVER_REFUSED(url="http://x", answer="401", status=401)

    plant = LivePlant(closed, tmp_path / "live.json", clock=world.clock)
    world.live(plant, 30)
    assert plant.refused == 0
    assert plant.waiting > 5


def test_it_stops_when_told_and_leaves_its_state(tmp_path: Path) -> None:
    world, stop, state = World(), threading.Event(), tmp_path / "live.json"
    plant = LivePlant(world.post, state)
    thread = threading.Thread(target=plant.run, args=(stop, 0.05))
    thread.start()
    stop.wait(0.3)
    stop.set()
    thread.join(timeout=5)
    assert not thread.is_alive()
    assert json.loads(state.read_text(encoding="utf-8"))["memory"]["due"]
