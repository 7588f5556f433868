"""A trace answer as a paper: what was asked, the figures, the items with their reasons, the events, the gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final

from suyuan.chassis.database import tx
from suyuan.chassis.withholding import left_out_note, stand_in
from suyuan.kernel.disclosure import PEOPLE
from suyuan.kernel.faults import Language
from suyuan.portal.api.printing import printed
from suyuan.portal.domain.scope_words import word
from suyuan.tenancy import api as tenancy
from suyuan.trace.contracts import TraceAnswer, TracedActor, TracedEvent, TracedGap, TracedItem
from suyuan.trace.contracts.cbv_names import STEPS

MOST_ROWS: Final = 1500
"""Rows of one table on paper; the workbook has all of them."""
_WORDS: Final = {
    "back": ("逆向追溯报告", "Trace back: report"),
    "forward": ("正向追溯报告", "Trace forward: report"),
    "subject": ("对象", "Subject"),
    "product": ("产品", "Product"),
    "asked": ("问题", "Question"),
    "company": ("企业", "Company"),
    "made": ("制作", "Made"),
    "none": ("没有记录。", "Nothing on record."),
    "more": ("另有 {count} 行，见 Excel 导出。", "{count} more rows are in the Excel export."),
    "page": ("第 {page} / {total} 页", "Page {page} of {total}"),
}


def answer_report(answer: TraceAnswer, language: Language) -> bytes:
    """Return the answer as the bytes of a PDF/A in one language. Event times are those of their place."""
    column = 0 if language == "zh" else 1
    words = {name: text[column] for name, text in _WORDS.items()}
    return printed(
        "report.typ", {"words": {**words, "title": words[answer.question.direction]}, **_data(answer, column)}
    )


def _data(answer: TraceAnswer, column: int) -> dict[str, Any]:
    language: Language = "zh" if column == 0 else "en"
    start = next(item for item in answer.items if item.id == answer.question.item_id)
    listed = [item for item in answer.items if item.role != "start" and item.verdict != "excluded"]
    spared = [_item(item, column) for item in answer.items if item.verdict == "excluded"]
    figures = {"certain": answer.summary.certain, "possible": answer.summary.possible}
    if answer.question.closure:
        figures["excluded"] = answer.summary.excluded
    return {
        "language": language,
        "subject": {"label": start.label, "uri": start.uri, "product": _name(start, "product", column)},
        "asked": _asked(answer, column),
        "company": tenancy.own_tenant().name,
        "made": datetime.now(UTC).isoformat(" ", "minutes")[:16],
        "by": tx().principal.name,
        "figures": [{"name": word(name, language), "count": f"{count:,}"} for name, count in figures.items()],
        "notes": _notes(answer, column),
        "parts": [
            _part(("受牵连的对象", "Items in scope"), column, _ITEM_HEADS, [_item(each, column) for each in listed]),
            *([_part(("已排除", "Excluded"), column, _ITEM_HEADS, spared)] if spared else []),
            _part(("事件", "Events"), column, _EVENT_HEADS, list(_events(answer, column))),
            _part(("断链", "Gaps"), column, (("断链", "Gap", 1),), [[_gap(gap, column)] for gap in answer.gaps]),
        ],
    }


_ITEM_HEADS: Final = (
    ("对象", "Item", 13), ("产品", "Product", 14), ("判定", "Verdict", 5), ("理由", "Why", 9),
    ("现在何处", "Where now", 10),
)  # fmt: skip
_EVENT_HEADS: Final = (
    ("时间", "Time", 12), ("环节", "Step", 8), ("地点", "Place", 10), ("人员", "Person", 7), ("设备", "Equipment", 9),
    ("判定", "Verdict", 5),
)  # fmt: skip


def _part(
    title: tuple[str, str], column: int, heads: Sequence[tuple[str, str, int]], told: Sequence[Sequence[str]]
) -> dict[str, Any]:
    return {
        "title": f"{title[column]} ({len(told):,})",
        "heads": [head[column] for head in heads],
        "widths": [head[2] for head in heads],
        "rows": told[:MOST_ROWS],
        "more": max(0, len(told) - MOST_ROWS),
    }


def _asked(answer: TraceAnswer, column: int) -> str:
    question = answer.question
    told = [("截至 {}", "as known at {}")[column].format(_minute(answer.known_as_of))]
    if question.since is not None:
        told.append(("自 {}", "from {}")[column].format(_minute(question.since)))
    if question.siblings:
        told.append(("含同容器接触", "with cross-contact in containers")[column])
    if question.depth is not None:
        told.append(("至多 {} 步", "at most {} steps")[column].format(question.depth))
    return ("，", ", ")[column].join(told)


def _notes(answer: TraceAnswer, column: int) -> list[str]:
    notes = [note] if (note := left_out_note("zh" if column == 0 else "en")) else []
    if answer.truncated:
        notes.append(("结果按给定的上限截断，不完整。", "Cut at the limits that were asked for: not complete.")[column])
    if answer.summary.elsewhere:
        text = ("另有 {} 个对象属于其他工厂，只计数。", "{} more items belong to other sites: counted, not named.")[
            column
        ]
        notes.append(text.format(f"{answer.summary.elsewhere:,}"))
    return notes


def _item(item: TracedItem, column: int) -> tuple[str, ...]:
    language: Language = "zh" if column == 0 else "en"
    why = [word(doubt, language) for doubt in item.doubts] if item.reason is None else [word(item.reason, language)]
    return (
        item.label, _name(item, "product", column) or word(item.kind, language), word(item.verdict, language),
        ("、", ", ")[column].join(why), _name(item, "place", column),
    )  # fmt: skip


def _events(answer: TraceAnswer, column: int) -> Iterable[tuple[str, ...]]:
    language: Language = "zh" if column == 0 else "en"
    names = {actor.uri: _actor(actor, column) for actor in (*answer.people, *answer.equipment)}
    for event in answer.events:
        step = event.biz_step or event.type
        yield (
            _local(event), STEPS.get(step, (step, step))[column], _place(event, column),
            names.get(event.person or "", "") or stand_in(language, PEOPLE), names.get(event.equipment or "", ""),
            word(event.verdict, language),
        )  # fmt: skip


def _gap(gap: TracedGap, column: int) -> str:
    return gap.title_zh if column == 0 else gap.title_en


def _name(item: TracedItem, what: str, column: int) -> str:
    zh, en = getattr(item, f"{what}_name_zh"), getattr(item, f"{what}_name_en")
    return str((zh or en if column == 0 else en or zh) or "")


def _actor(actor: TracedActor, column: int) -> str:
    named = (actor.name_zh or actor.name_en) if column == 0 else (actor.name_en or actor.name_zh)
    return named or actor.uri.rsplit(":", 1)[-1]


def _place(event: TracedEvent, column: int) -> str:
    named = (
        (event.place_name_zh or event.place_name_en) if column == 0 else (event.place_name_en or event.place_name_zh)
    )
    return named or ""


def _local(event: TracedEvent) -> str:
    return event.time.astimezone(timezone(timedelta(minutes=event.offset_minutes))).isoformat(" ", "minutes")


def _minute(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(" ", "minutes")[:16] + " UTC"
