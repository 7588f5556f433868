"""The trace desk: any code, either direction, and the answer as a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from suyuan.coding import api as coding
from suyuan.kernel.faults import Fault, fault_kind
from suyuan.trace import api as trace
from suyuan.trace.contracts import Direction, TraceAnswer, TraceQuestion

NOT_ON_RECORD = fault_kind(
    "portal.not_on_record",
    404,
    zh="编码“{code}”读懂了，但没有任何事件提到它。",
    en="The code “{code}” is understood, but no event names it.",
    remedy_zh="请核对编码；如果是新对象，请先采集它的事件。",
    remedy_en="Check the code; if the item is new, capture its events first.",
)


def find(code: str) -> tuple[int, str]:
    """Return number and canonical URI of the item that ``code`` means: any notation, or what is printed on its label.

    :raises Fault: why the code is not understood (``coding.…``), or ``portal.not_on_record``.
    """
    text = code.strip()
    try:
        uri = coding.decode(text, allow_foreign=True).identity.uri
    except Fault:
        item = trace.resolve_item(text)
        if item is None:
            raise
    else:
        item = trace.find_item(uri) or trace.resolve_item(text)
        if item is None:
            raise NOT_ON_RECORD(code=text[:120])
    return item, trace.items_by_id([item])[0].uri


def ask(question: TraceQuestion) -> TraceAnswer:
    """Answer ``question``; only its ``code`` is needed of what names the item.

    :raises Fault: as :func:`find`.
    """
    item, uri = find(question.code)
    return trace.answer(replace(question, item_id=item, uri=uri))


def question(
    direction: Direction,
    code: str,
    *,
    as_of: datetime | None = None,
    since: datetime | None = None,
    depth: int | None = None,
    limit: int | None = None,
    siblings: bool = False,
    closure: bool = False,
) -> TraceQuestion:
    """Return the question about ``code``, the item still to be found."""
    return TraceQuestion(direction.value, code, "", 0, as_of, since, depth, limit, siblings, closure)
