"""What the stations of the demo plants call for: andon calls with their levels, and cards for material."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol
from uuid import NAMESPACE_URL, uuid5

from suyuan.production.api import andon, andon_kinds, pull_cards
from suyuan.production.contracts.andon import AndonLevel, NewCall
from suyuan.production.contracts.pulls import PullRule
from suyuan.tenancy import api as tenancy


class Card(Protocol):
    """What a place keeps of a material."""

    @property
    def material(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def minimum(self) -> int: ...
    @property
    def maximum(self) -> int: ...
    @property
    def minutes(self) -> int: ...


class Call(Protocol):
    """An andon call; ``answered`` and ``ended`` in minutes after it, None: not yet."""

    @property
    def minutes_ago(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def answered(self) -> int | None: ...
    @property
    def ended(self) -> int | None: ...
    @property
    def cause(self) -> str: ...
    @property
    def remedy(self) -> str: ...


def enter_andon(now: datetime, past: Iterable[tuple[Call, str]], waiting: Iterable[tuple[Call, str]]) -> None:
    """Set up what stations call for, with calls of the last days and open ones: each a call and its machine.

    The past ones reach one level only: nobody is told of them now.
    """
    roles = {role.name_zh: role.id for role in tenancy.roles()}
    boss, quality = roles["管理员"], roles["质量工程师"]
    for kind in andon_kinds.provide():
        first = quality if kind.reason == "quality" else boss
        andon_kinds.change(kind.id, {"levels": (AndonLevel(0, "acknowledged", (first,), ()),)})
    enter_calls(now, past)
    for kind in andon_kinds.kinds():
        further = (AndonLevel(5, "acknowledged", (boss, quality), ()), AndonLevel(30, "resolved", (boss,), ()))
        andon_kinds.change(kind.id, {"levels": (*kind.levels, *further)})
    enter_calls(now, waiting)


def enter_calls(now: datetime, calls: Iterable[tuple[Call, str]]) -> None:
    """Enter calls, each at its machine, as far as they went."""
    for number, (each, equipment) in enumerate(calls):
        called = now - timedelta(minutes=each.minutes_ago)
        made = andon.call(NewCall(
            uuid5(NAMESPACE_URL, f"demo:{called}:{number}"), each.kind, note=each.note, called=called,
            equipment=equipment,
        ))  # fmt: skip
        if each.answered is not None:
            andon.acknowledge(made.id, called + timedelta(minutes=each.answered))
        if each.ended is not None:
            andon.resolve(made.id, each.cause, each.remedy, called + timedelta(minutes=each.ended))


def enter_cards(cards: Iterable[Card]) -> list[PullRule]:
    """Make cards; what falls below its minimum while the plant runs calls by itself."""
    return [
        pull_cards.add({
            "material": each.material, "place": each.place, "minimum": Decimal(each.minimum),
            "maximum": Decimal(each.maximum), "lead_minutes": each.minutes,
        })
        for each in cards
    ]  # fmt: skip
