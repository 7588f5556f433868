"""A dossier as PDF/A-3 with the JSON attached: the same facts to read and to verify."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, Final

from suyuan.kernel.faults import Language
from suyuan.portal.api.dossier import Dossier
from suyuan.portal.api.printing import printed
from suyuan.trace import api as trace

MOST_ROWS: Final = 1500
"""Rows of one table in the PDF; the JSON has all of them."""
_WORDS: Final = {
    "title": ("产品追溯档案", "Traceability dossier"),
    "subject": ("对象", "Subject"),
    "product": ("产品", "Product"),
    "company": ("企业", "Company"),
    "made": ("制作", "Made"),
    "by": ("制作人", "By"),
    "sealed": ("封存于", "Sealed"),
    "lead": (
        "本档案列出该对象的来源、去向和全部事件。每个事件都附有证明：它在检查点签发时已在企业的防篡改日志中，此后未被改动。",
        "This dossier lists what went into the subject, where it went, and every event. Each event comes with the proof"
        " that it stood in the company's tamper-evident log when the checkpoint was signed, unchanged since.",
    ),
    "back": ("来源（逆向追溯）", "What went into it (trace back)"),
    "forward": ("去向（正向追溯）", "Where it went (trace forward)"),
    "events": ("事件", "Events"),
    "item": ("对象", "Item"),
    "name": ("名称", "Name"),
    "verdict": ("判定", "Verdict"),
    "place": ("现在何处", "Where it is"),
    "time": ("时间", "Time"),
    "step": ("环节", "Step"),
    "at": ("地点", "Place"),
    "person": ("人员", "Person"),
    "equipment": ("设备", "Equipment"),
    "position": ("日志位置", "Log position"),
    "none": ("没有记录。", "Nothing on record."),
    "more": ("另有 {count} 行，见附件。", "{count} more rows are in the attachment."),
    "proof": ("证明", "Proof"),
    "how": (
        "核验不需要本企业的系统：保存本 PDF（或其附件 dossier.json），运行",
        "To verify without the company's system, save this PDF (or its attachment dossier.json) and run",
    ),
    "key": (
        "签名公钥（请与企业另行公布的核对）",
        "Public key (compare it with the one the company publishes elsewhere)",
    ),
    "checkpoint": ("检查点（已签名）", "Checkpoint (signed)"),
    "page": ("第 {page} / {total} 页", "Page {page} of {total}"),
    "certain": ("确定", "certain"),
    "possible": ("可能", "possible"),
    "excluded": ("排除", "excluded"),
}


def dossier_pdf(made: Dossier, language: Language) -> bytes:
    """Return the PDF of a dossier in one language."""
    words = {name: text[0 if language == "zh" else 1] for name, text in _WORDS.items()}
    data = {"words": words, "language": language, **_pages(made.content, language)}
    return printed("dossier.typ", data, {"dossier.json": made.json()}, standard="a-3b")


def _pages(content: Mapping[str, Any], language: Language) -> dict[str, Any]:
    steps = {word.value: word.zh if language == "zh" else word.en for word in trace.vocabulary().steps}
    subject, answers = content["subject"], content["answers"]
    events: dict[int, Mapping[str, Any]] = {}
    for answer in answers.values():
        events |= {event["number"]: event for event in answer["events"]}
    names = {
        actor["uri"]: _named(actor, "", language)
        for answer in answers.values()
        for actor in (*answer["people"], *answer["equipment"])
    }
    rows = [_event(each, events[each["number"]], steps, names, language) for each in content["events"]]
    rows.sort(key=lambda row: row["time"])
    return {
        "subject": {**subject, "product": _named(subject, "product_", language)},
        "company": content["tenant"]["name"],
        "made": _minute(content["made"]),
        "by": content["by"],
        "back": _items(answers["back"], language),
        "forward": _items(answers["forward"], language),
        "events": rows[:MOST_ROWS],
        "more_events": max(0, len(rows) - MOST_ROWS),
        "checkpoint": content["log"]["checkpoint"],
        "sealed": content["log"]["checkpoint"].split("\n")[3].split(" ")[2][:16].replace("T", " ") + " UTC",
        "key": content["log"]["keys"][-1]["verifier"],
    }


def _items(answer: Mapping[str, Any], language: Language) -> dict[str, Any]:
    listed = [item for item in answer["items"] if item["role"] != "start" and item["verdict"] != "excluded"]
    rows = [
        {
            "label": item["label"],
            "name": _named(item, "product_", language),
            "verdict": item["verdict"],
            "place": _named(item, "place_", language) or item["place"] or "",
        }
        for item in listed[:MOST_ROWS]
    ]
    return {"rows": rows, "more": max(0, len(listed) - MOST_ROWS)}


def _event(
    sealed: Mapping[str, Any],
    told: Mapping[str, Any],
    steps: Mapping[str, str],
    names: Mapping[str, str],
    language: Language,
) -> dict[str, Any]:
    step = told["biz_step"] or told["type"]
    return {
        "time": _local(told),
        "step": steps.get(step, step),
        "place": _named(told, "place_", language) or _last(told["place"]),
        "person": names.get(told["person"] or "", "") or _last(told["person"]),
        "equipment": names.get(told["equipment"] or "", "") or _last(told["equipment"]),
        "position": sealed["position"],
    }


def _named(row: Mapping[str, Any], prefix: str, language: Language) -> str:
    """Return the name in the reader's language, else in the other."""
    first, second = (f"{prefix}name_{each}" for each in (language, "en" if language == "zh" else "zh"))
    return str(row.get(first) or row.get(second) or "")


def _last(uri: str | None) -> str:
    return uri.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1] if uri else ""


def _local(told: Mapping[str, Any]) -> str:
    """Return an event's time at its place, with the offset."""
    zone = timezone(timedelta(minutes=told["offset_minutes"]))
    return datetime.fromisoformat(told["time"]).astimezone(zone).isoformat(" ", "minutes")


def _minute(when: datetime | str) -> str:
    text = when.isoformat() if isinstance(when, datetime) else when
    return text[:16].replace("T", " ")
