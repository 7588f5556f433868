"""Tracing from the command line: the same answer as the trace desk gives, as plain data or as a tree to read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import click
import msgspec

from suyuan.chassis.database import transaction
from suyuan.chassis.http import encode
from suyuan.kernel.principals import Principal
from suyuan.portal import api as portal
from suyuan.trace.contracts import Direction

Answer = Mapping[str, Any]
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "back": ("逆向追溯", "Trace back"), "forward": ("正向追溯", "Trace forward"),
    "unit": ("单件", "unit"), "lot": ("批次", "lot"), "carrier": ("容器", "container"), "asset": ("资产", "asset"),
    "product": ("产品", "product"),
    "before": ("在可疑物进入之前就已用过", "used before the suspect came in"),
    "unloaded": ("事前已从容器中取出", "taken out of the container before"),
    "other_load": ("是同一容器的另一批装载", "another load of the same container"),
    "cleaned": ("其间已清洗", "cleaned in between"),
    "voided": ("所依据的事件已作废", "the event it rests on was voided"),
    "not_known_then": ("当时尚未记录", "not on record at that time"),
    "sibling": ("只是同处一个容器", "only shared a container"),
    "own_record": ("自身记录写明用的是别的投入", "its own record names other inputs"),
}  # fmt: skip
MARKS: Final = {"certain": "●", "possible": "◐", "excluded": "○"}
_VERDICTS: Final = (("certain", "确定"), ("possible", "可能"), ("excluded", "排除"))
_ALIKE: Final = 12
"""Items of one product beside each other that are shown one by one; of more, the first few."""


def answer_for(
    principal: Principal,
    direction: str,
    code: str,
    *,
    as_of: datetime | None = None,
    depth: int | None = None,
    siblings: bool = False,
) -> dict[str, Any]:
    """Return the answer as the API gives it, in plain data; ``as_of`` without an offset is UTC.

    :raises Fault: why the code is not understood, or that no event names it.
    """
    known = as_of.replace(tzinfo=UTC) if as_of is not None and as_of.tzinfo is None else as_of
    asked = portal.question(Direction(direction), code, as_of=known, depth=depth, siblings=siblings, closure=True)
    with transaction(principal):
        answer: dict[str, Any] = msgspec.json.decode(encode(portal.ask(asked)))
    return answer


def show(answer: Answer) -> None:
    """Print the answer: counts, the tree of what is in it, what is excluded and why, gaps, who and on what."""
    for line in lines(answer):
        click.echo(line)


def lines(answer: Answer) -> Iterator[str]:
    """Yield the printed answer line by line."""
    question, summary = answer["question"], answer["summary"]
    yield f"{_say(question['direction'])}  {question['uri']}"
    counts = (f"{MARKS[verdict]} {zh} {verdict} {summary[verdict]}" for verdict, zh in _VERDICTS)
    yield f"{'   '.join(counts)}   {answer['took_ms']:.0f} ms"
    yield ""
    yield from _tree(answer)
    yield from _excluded(answer)
    yield from _listed("缺口", "Gaps", [f"{gap['title_zh']} {gap['title_en']}" for gap in answer["gaps"]])
    yield from _listed("人员", "People", [_actor(row) for row in answer["people"]])
    yield from _listed("设备", "Equipment", [_actor(row) for row in answer["equipment"]])
    if answer["truncated"]:
        missing = ", ".join(f"{name} {count}" for name, count in answer["truncated_counts"].items())
        yield f"\n未列全 The list is cut: {missing or '…'}"
        yield "  → 用 --json 取得全部，或加大 --depth；use --json for all of it, or a larger --depth"


def _say(word: str) -> str:
    zh, en = _WORDS.get(word, (word, ""))
    return f"{zh} {en}".strip()


def _item(item: Answer) -> str:
    """Return an item in one line: what it is, and where it is now."""
    product = " ".join(name for name in (item["product_name_zh"], item["product_name_en"]) if name)
    place = item["place_name_zh"] or item["place_name_en"]
    words = [MARKS[item["verdict"]], item["label"], f"({_say(item['kind'])}{', ' + product if product else ''})"]
    return " ".join([*words, *([f"@ {place}"] if place else [])])


def _tree(answer: Answer) -> Iterator[str]:
    """Yield the listed items, each under the one that its shortest path goes through."""
    listed = [item for item in answer["items"] if item["verdict"] != "excluded"]
    numbers = {item["id"] for item in listed}
    below: defaultdict[int | None, list[Answer]] = defaultdict(list)
    for item in listed:
        start = item["role"] == "start" or item["via_item"] not in numbers
        below[None if start else item["via_item"]].append(item)
    for root in below[None]:
        yield _item(root)
        yield from _branches(below, root["id"])


def _branches(below: Mapping[int | None, Sequence[Answer]], root: int) -> Iterator[str]:
    """Yield what hangs below ``root``; without recursion, since a chain may be longer than Python's stack."""
    open_lines = list(reversed(_level(below, root, "")))
    while open_lines:
        line, item, indent = open_lines.pop()
        yield line
        if item is not None:
            open_lines += reversed(_level(below, item["id"], indent))


def _level(
    below: Mapping[int | None, Sequence[Answer]], number: int, indent: str
) -> list[tuple[str, Answer | None, str]]:
    """Return the lines directly below an item, each with its item and the indent of what hangs below that."""
    shown, left_out = _few_alike(below.get(number, ()))
    rows: list[tuple[str, Answer | None, str]] = [(f"{indent}├─ {_item(item)}", item, f"{indent}│  ") for item in shown]
    if left_out:
        rows.append((f"{indent}└─ … 另有 {left_out} 个 and {left_out} more", None, ""))
    elif rows:
        rows[-1] = (f"{indent}└─ {_item(shown[-1])}", shown[-1], f"{indent}   ")
    return rows


def _few_alike(items: Sequence[Answer]) -> tuple[list[Answer], int]:
    """Return the items to show, and how many are left out because enough of their product are there."""
    alike: defaultdict[str | None, int] = defaultdict(int)
    shown = []
    for item in items:
        alike[item["product"]] += 1
        if alike[item["product"]] <= _ALIKE:
            shown.append(item)
    return shown, len(items) - len(shown)


def _excluded(answer: Answer) -> Iterator[str]:
    why: defaultdict[str, list[str]] = defaultdict(list)
    for item in answer["items"]:
        if item["verdict"] == "excluded":
            why[item["reason"] or ""].append(item["label"])
    rows = [
        f"{_say(reason)}: {', '.join(labels[:_ALIKE])}{' …' if len(labels) > _ALIKE else ''} ({len(labels)})"
        for reason, labels in why.items()
    ]
    yield from _listed("排除", "Excluded", rows)


def _actor(row: Answer) -> str:
    names = " ".join(name for name in (row["name_zh"], row["name_en"]) if name)
    return f"{names or row['uri']} ({row['events']})"


def _listed(zh: str, en: str, rows: Sequence[str]) -> Iterator[str]:
    if rows:
        yield f"\n{zh} {en}"
        yield from (f"  {row}" for row in rows)
