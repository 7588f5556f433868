"""A draft of a code rule tried on the codes that are on record, before it is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final, Literal

from suyuan.chassis.database import tx
from suyuan.coding.api.rules import as_made, rule_layouts
from suyuan.coding.contracts.code_rules import CODE_RULE, CodePart, CodeRule, PastCode, PastTrial
from suyuan.coding.domain.rules.layout import Layout, lay_out
from suyuan.coding.domain.rules.reading import read, split_elements
from suyuan.coding.store import batches as store
from suyuan.designer import api as designer
from suyuan.kernel.faults import Fault
from suyuan.trace import api as trace

MOST_TRIED: Final = 5000
_SHOWN: Final = 100
_BATCHES: Final = 200
_PAGE: Final = 500
_READ_ITEMS: Final = "trace:item:read"


def try_on_past(key: str, body: Mapping[str, Any], count: int) -> PastTrial:
    """Return what a draft makes of the newest ``count`` codes on record: half issued here, half items of events.

    Items are looked at only for whoever may see them. ``key`` is the rule that the draft is of. Nothing is kept.
    """
    problems = designer.validate(CODE_RULE, body)
    if problems:
        return PastTrial(0, 0, 0, 0, (), tuple(problems))
    rule: CodeRule = designer.typed_body(CODE_RULE, body)
    draft, near = lay_out(rule), datetime.now().astimezone().year
    in_force = [(name, layout) for name, _, current, layout in rule_layouts() if current]
    rows = []
    for source, code in _on_record(min(count, MOST_TRIED)):
        parts = _parts(draft, code, near)
        rules = tuple(name for name, layout in in_force if _parts(layout, code, near) is not None)
        rows.append(PastCode(code, source, parts is not None, rules, parts or ()))
    lost = [row for row in rows if not row.read and key in row.rules]
    taken = [row for row in rows if row.read and any(name != key for name in row.rules)]
    telling = {id(row) for row in (*lost, *taken)}
    shown = sorted(rows, key=lambda row: (id(row) not in telling, row.read))[:_SHOWN]
    return PastTrial(len(rows), sum(row.read for row in rows), len(lost), len(taken), tuple(shown))


def _parts(layout: Layout, code: str, near: int) -> tuple[CodePart, ...] | None:
    if layout.rule.gs1 != code.startswith("("):
        return None
    try:
        return read(layout, split_elements(layout, code), near).parts
    except Fault:
        return None


def _on_record(count: int) -> Iterator[tuple[Literal["issued", "recorded"], str]]:
    """Yield distinct codes, newest first: issued ones up to half of ``count``, then items, as rules would make them."""
    seen: set[str] = set()
    for code in _issued(count // 2):
        if code not in seen:
            seen.add(code)
            yield "issued", code
    if not tx().principal.may(_READ_ITEMS):
        return
    for uri in _items(count - len(seen)):
        code = as_made(uri)
        if code not in seen and not code.startswith(("http:", "https:", "urn:")):
            seen.add(code)
            yield "recorded", code


def _issued(count: int) -> Iterator[str]:
    left = count
    for kept in store.batches(limit=_BATCHES):
        if left <= 0:
            return
        if kept.width and kept.row.done and kept.row.status.value in {"issued", "canceled"}:
            codes = store.codes_at(kept.row.id, kept.width, 0, min(left, kept.row.done, _PAGE))
            left -= len(codes)
            yield from codes


def _items(count: int) -> Iterator[str]:
    cursor, left = None, count
    while left > 0:
        page = trace.list_items(cursor=cursor, limit=min(left, _PAGE))
        for row in page.rows:
            yield row.uri
        left -= len(page.rows)
        if page.next is None:
            return
        cursor = int(page.next)
