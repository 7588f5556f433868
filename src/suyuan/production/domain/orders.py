"""The life of a work order: which step leads from which state to which."""

from __future__ import annotations

from typing import Final

from suyuan.kernel.faults import Bilingual
from suyuan.production.contracts.orders import OrderState, OrderStep

STEPS: Final[dict[OrderStep, tuple[frozenset[OrderState], OrderState]]] = {
    "release": (frozenset({"draft"}), "released"),
    "start": (frozenset({"released"}), "started"),
    "pause": (frozenset({"released", "started"}), "paused"),
    "resume": (frozenset({"paused"}), "started"),
    "complete": (frozenset({"started", "paused"}), "completed"),
    "close": (frozenset({"completed"}), "closed"),
    "cancel": (frozenset({"draft", "released", "paused"}), "cancelled"),
}
"""Step → (states it leads from, state it leads to)."""
NEEDS_REASON: Final[frozenset[OrderStep]] = frozenset({"pause", "cancel"})
STATE_WORDS: Final[dict[OrderState, Bilingual]] = {
    "draft": Bilingual("草稿", "a draft"), "released": Bilingual("已下达", "released"),
    "started": Bilingual("生产中", "in production"), "paused": Bilingual("已暂停", "paused"),
    "completed": Bilingual("已完成", "completed"), "closed": Bilingual("已关闭", "closed"),
    "cancelled": Bilingual("已取消", "cancelled"),
}  # fmt: skip
STEP_WORDS: Final[dict[OrderStep, Bilingual]] = {
    "release": Bilingual("下达", "be released"), "start": Bilingual("开工", "be started"),
    "pause": Bilingual("暂停", "be paused"), "resume": Bilingual("恢复", "go on"),
    "complete": Bilingual("完成", "be completed"), "close": Bilingual("关闭", "be closed"),
    "cancel": Bilingual("取消", "be cancelled"),
}  # fmt: skip


def steps_from(state: OrderState) -> tuple[OrderStep, ...]:
    """Return the steps that an order in a state may take."""
    return tuple(step for step, (states, _) in STEPS.items() if state in states)


def next_state(state: OrderState, step: OrderStep) -> OrderState | None:
    """Return the state after a step; None where it is not allowed."""
    states, into = STEPS[step]
    return into if state in states else None
