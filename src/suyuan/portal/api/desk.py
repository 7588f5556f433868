"""The trace desk: any code, either direction, and the answer as a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from suyuan.coding import api as coding
from suyuan.trace import api as trace
from suyuan.trace.contracts import Direction, TraceAnswer, TraceQuestion


def item_of(text: str) -> int:
    """Return the item meant by a URI, a readable code or a number; 0, which no item has, where there is none."""
    return trace.resolve_item(text) or 0


def ask(question: TraceQuestion) -> TraceAnswer:
    """Answer ``question``; only its ``code`` is needed of what names the item.

    :raises Fault: as :func:`suyuan.coding.api.find_item`.
    """
    item, uri = coding.find_item(question.code)
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
