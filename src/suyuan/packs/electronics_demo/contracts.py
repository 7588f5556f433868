"""What crosses the door of the demo plant: the plan of a fill, its progress and result, and the stories to trace."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from suyuan.kernel.faults import Bilingual, fault_kind

SERVER_REFUSED = fault_kind(
    "electronics_demo.server_refused", 502,
    zh="{url} 不接受示范工厂的数据：{answer}", en="{url} does not take the demo plant's data: {answer}",
    remedy_zh="检查服务是否在运行、地址与令牌是否正确。",
    remedy_en="Check that the server runs, and that the address and the token are right.",
)
PLAN_WRONG = fault_kind(
    "electronics_demo.plan_wrong", 422,
    zh="示范工厂的“{name}”不能是 {given}。", en="The demo plant's “{name}” cannot be {given}.",
    remedy_zh="请取 {low} 到 {high} 之间的值。", remedy_en="Choose a value from {low} to {high}.",
)

Post = Callable[[bytes], None]
"""Delivers one EPCIS document; raises when it was not accepted. May be called from several threads."""
Phase = Literal["simulate", "post"]
Progress = Callable[[Phase, int, int], None]
"""Called with phase, done and total: simulated units, then posted events."""


class LiveJournal(Protocol):
    """Names events and keeps them until they are sent."""

    def write(self, moment: int, event: dict[str, Any]) -> str:
        """Keep an EPCIS event under a moment (milliseconds since 1970) and return the id it got."""


class Life(Protocol):
    """What a living plant does from moment to moment; everything it must remember is in its memory, plain JSON."""

    name: str
    """Begins the ids of its events."""

    def fresh(self) -> dict[str, Any]:
        """Return the memory of a plant that has not yet begun."""

    def take(self, memory: dict[str, Any], dice: random.Random, journal: LiveJournal, now: int) -> int:
        """Do what is due at ``now`` (milliseconds since 1970); return how many actions were done."""

    def header(self) -> dict[str, Any]:
        """Return the ``epcisHeader`` with the names of what events point at."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much plant: ``units`` started in ``days`` that end at ``now`` (aware), the same for the same ``seed``."""

    now: datetime
    units: int = 20_000
    days: int = 30
    seed: int = 7

    def __post_init__(self) -> None:
        for name, given, low, high in (("units", self.units, 1000, 200_000), ("days", self.days, 7, 180)):
            if not low <= given <= high:
                raise PLAN_WRONG(at=f"/{name}", name=name, given=given, low=low, high=high)


@dataclass(frozen=True, slots=True)
class Story:
    """Something worth tracing: ask ``code`` in ``direction`` and see what the texts say.

    ``certain``, ``possible`` and ``excluded`` are EPC URIs that the answer must hold with that verdict, among others;
    ``excluded`` gives the reason's name where only one is right, else an empty string.
    """

    key: str
    code: str
    scan: str
    direction: Literal["back", "forward"]
    title: Bilingual
    see: Bilingual
    certain: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    excluded: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the story for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Pools:
    """Units of a fill that the living plant goes on with: on the shelf (unit, store's SGLN, its geo URI), and sold."""

    shelf: tuple[tuple[str, str, str], ...] = ()
    sold: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """What a fill made, and the pools for :meth:`LivePlant.prepare`."""

    events: int
    documents: int
    units: int
    stories: tuple[Story, ...]
    pools: Pools
    seconds: float
