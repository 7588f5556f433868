"""Common causes of what people suspect: asked by codes or by a filter over events, and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from suyuan.chassis.withholding import left_out_note
from suyuan.kernel.faults import Language
from suyuan.portal.api.scopes import items_of
from suyuan.portal.api.workbook import Book
from suyuan.trace.api import causes
from suyuan.trace.contracts.causes import Cause, CauseFactor, CausesAnswer
from suyuan.trace.contracts.cbv_names import STEPS
from suyuan.trace.contracts.scopes import EventStart, ScopeStart

_KINDS: Final = {
    "lot": ("物料批次", "Lot"), "carrier": ("容器", "Container"), "operation": ("工序", "Operation"),
    "equipment": ("设备", "Equipment"), "person": ("人员", "Person"), "place": ("地点", "Place"),
    "shift": ("班次", "Shift"), "order": ("工单", "Order"), "parameter": ("参数超限", "Value out of limits"),
}  # fmt: skip
_STRENGTHS: Final = {
    "strong": ("强", "strong"), "likely": ("较可能", "likely"), "weak": ("弱", "weak"),
    "unknown": ("无对照", "no comparison"),
}  # fmt: skip


def common_causes(
    start: ScopeStart | EventStart, sound: Sequence[str], controls: int, as_of: datetime | None
) -> CausesAnswer:
    """Return what a start set's items share that sound ones do not; ``sound``: codes, or none for the system to choose.

    :raises Fault: ``portal.codes_unknown``, and as :func:`suyuan.trace.api.causes.common_causes`.
    """
    return causes.common_causes(start, items_of(sound, "/sound"), controls, as_of)


def causes_workbook(answer: CausesAnswer, language: Language) -> bytes:
    """Return a comparison as the bytes of an ``.xlsx`` file, a row for each factor; that it leaves is on record."""
    causes.note_export(answer)
    book = Book(language)
    column = 0 if book.zh else 1
    book.sheet(
        book.say("共因", "Common causes"),
        [("序", "Finding", 8), ("因素", "Factor", 14), ("名称", "Name", 40), ("产品", "Product", 28),
         ("工序", "Operation", 18), ("问题件", "Suspect", 10),
         ("其中可能", "of these possibly", 10), ("问题件共", "of all suspect", 10),
         ("对照", "Sound", 10), ("对照共", "of all sound", 10), ("倍数", "Times as often", 12),
         ("p", "p", 12), ("q", "q", 12), ("判断", "Verdict", 12), ("自 (UTC)", "From (UTC)", 20),
         ("至 (UTC)", "Until (UTC)", 20)],
        (
            (number, _KINDS[factor.kind][column], _name(factor, zh=book.zh),
             factor.product_zh if book.zh else factor.product_en, _step(factor, column), *_figures(answer, cause),
             _STRENGTHS[cause.strength][column], factor.since, factor.until)
            for number, cause in enumerate(answer.causes, start=1)
            for factor in cause.factors
        ),
    )  # fmt: skip
    if note := left_out_note(language):
        book.sheet(book.say("略去", "Left out"), [("说明", "Note", 80)], [(note,)])
    return book.bytes()


def _figures(answer: CausesAnswer, cause: Cause) -> tuple[object, ...]:
    return (
        cause.bad, cause.possible, answer.bad, cause.good, answer.good, cause.ratio, cause.chance,
        cause.false_discovery,
    )  # fmt: skip


def _name(factor: CauseFactor, *, zh: bool) -> str:
    if factor.kind == "operation":
        return _step(factor, 0 if zh else 1)
    named = (factor.name_zh or factor.name_en) if zh else (factor.name_en or factor.name_zh)
    return named or factor.label


def _step(factor: CauseFactor, column: int) -> str:
    return STEPS.get(factor.step or "", (factor.step or "",) * 2)[column]
