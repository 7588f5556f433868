"""A production history as PDF, to print or to hand over; Chinese fonts embedded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import msgspec
import typst
from noto_cjk_sans_otc import FONT_PATH

from suyuan.chassis.database import named_sql, tx
from suyuan.chassis.withholding import left_out_note, stand_in
from suyuan.kernel.disclosure import PEOPLE
from suyuan.kernel.faults import Language
from suyuan.production.contracts.history import History, HistoryStep, UsedMaterial
from suyuan.production.contracts.neighbours import MeasuredSeries, Neighbours
from suyuan.production.domain.units import unit_symbol
from suyuan.trace import api as trace
from suyuan.trace.contracts import Parameter

MOST_ROWS: Final = 800
"""Rows of one table in the PDF; the page has all of them."""
MOST_CHARTS: Final = 30
_WORDS: Final = {
    "title": ("生产履历", "Production history"),
    "subject": ("对象", "Subject"),
    "product": ("产品", "Product"),
    "order": ("工单", "Work order"),
    "period": ("起止时间", "From – to"),
    "made": ("打印", "Printed"),
    "steps": ("工序", "Operations"),
    "time": ("时间", "Time"),
    "step": ("工序", "Operation"),
    "result": ("结果", "Result"),
    "who": ("人员", "Person"),
    "machine": ("设备", "Machine"),
    "place": ("地点", "Place"),
    "waited": ("间隔", "After"),
    "parameters": ("参数", "Parameters"),
    "name": ("名称", "Name"),
    "value": ("实测", "Measured"),
    "limits": ("限值", "Limits"),
    "materials": ("物料与部件", "Materials and parts"),
    "beside": ("实测值与邻近件", "Measured values beside the neighbours"),
    "beside_text": (
        "实心点为本件，空心点为同一设备前后的邻近件，菱形为超限；色带为限值。",
        "Dots are this one, rings its neighbours on the same machine, diamonds out of limits; the band is the limits.",
    ),
    "shared": ("共制成 {count} 件", "made {count} together"),
    "item": ("批次／序列号", "Lot or serial"),
    "quantity": ("数量", "Quantity"),
    "how": ("方式", "How"),
    "none": ("没有记录。", "Nothing on record."),
    "more": ("另有 {count} 行，见系统页面。", "{count} more rows are on the page."),
    "page": ("第 {page} / {total} 页", "Page {page} of {total}"),
    "consumed": ("投入", "consumed"),
    "put_in": ("装入", "put in"),
    "taken_out": ("已拆下", "taken out"),
    "passed": ("通过", "passed"),
    "failed": ("不合格", "failed"),
    "rework": ("返工", "rework"),
    "scrapped": ("报废", "scrapped"),
    "held": ("冻结", "on hold"),
    "voided": ("已作废", "voided"),
    "declared": ("更正记录", "correction"),
    "inspections": ("检验", "Inspections"),
    "reworks": ("返工", "Reworks"),
    "outside": ("参数超限", "Out of limits"),
    "instructions": ("作业指导", "instructions"),
    "lead": ("历时", "Lead time"),
}


def history_pdf(made: History, beside: Neighbours, language: Language) -> bytes:
    """Return the PDF of a production history in one language."""
    words = {name: text[0 if language == "zh" else 1] for name, text in _WORDS.items()}
    files = {
        "main.typ": named_sql("suyuan.production.api", "history.typ").encode(),
        "data.json": msgspec.json.encode(
            {"words": words, "language": language, **_pages(made, words, language), **_charts(beside, words, language)}
        ),
    }
    # the stubs know neither several files in memory nor a path beside them
    compile_files: Any = typst.compile
    pdf: bytes = compile_files(files, font_paths=[str(Path(FONT_PATH).parent)], ignore_system_fonts=True)
    return pdf


def _pages(made: History, words: Mapping[str, str], language: Language) -> dict[str, Any]:
    known = trace.vocabulary()
    steps = {word.value: word.zh if language == "zh" else word.en for word in known.steps}
    measured = {each.uri.rsplit(":", 1)[-1]: each.zh if language == "zh" else each.en for each in known.parameters}
    parameters = [
        _parameter(each, measured, step, steps) for step in made.steps if not step.voided for each in step.parameters
    ]
    zone = timezone(timedelta(minutes=made.steps[-1].offset_minutes if made.steps else 0))
    return {
        "label": made.item.label,
        "uri": made.item.uri,
        "product": _either(made.item.product_name_zh, made.item.product_name_en, language) or made.item.product or "",
        "orders": ", ".join(_last(order) for order in made.work_orders),
        "period": f"{_local(made.steps[0])} – {_local(made.steps[-1])}" if made.steps else "",
        "printed": datetime.now(zone).isoformat(" ", "minutes"),
        "by": tx().principal.name,
        "left_out": left_out_note(language),
        "figures": _figures(made, words),
        "steps": [_row(step, steps, words, language) for step in made.steps[:MOST_ROWS]],
        "more_steps": max(0, len(made.steps) - MOST_ROWS),
        "parameters": parameters[:MOST_ROWS],
        "more_parameters": max(0, len(parameters) - MOST_ROWS),
        "materials": [_material(used, words, language) for used in made.materials[:MOST_ROWS]],
        "more_materials": max(0, len(made.materials) - MOST_ROWS),
    }


def _charts(beside: Neighbours, words: Mapping[str, str], language: Language) -> dict[str, Any]:
    known = {
        each.uri.rsplit(":", 1)[-1]: each.zh if language == "zh" else each.en for each in trace.vocabulary().parameters
    }
    shown = [each for each in beside.series if len(each.points) > 1]
    return {
        "charts": [_chart(each, known, language) for each in shown[:MOST_CHARTS]],
        "more_charts": max(0, len(shown) - MOST_CHARTS),
    }


def _chart(series: MeasuredSeries, names: Mapping[str, str], language: Language) -> dict[str, Any]:
    """Return a series with its values as shares of the chart's height: 0 at the bottom, 1 at the top."""
    limits = [each for each in (series.low, series.high) if each is not None]
    values = [*(each.value for each in series.points), *limits]
    least, most = min(values), max(values)
    room = (most - least) / 8 or abs(most) / 8 or Decimal(1)
    least, height = least - room, most - least + 2 * room

    def share(value: Decimal | None) -> float | None:
        return None if value is None else float((value - least) / height)

    own = " → ".join(str(each.value) for each in series.points if each.own)
    return {
        "name": names.get(series.name, series.name),
        "machine": _either(series.equipment_name_zh, series.equipment_name_en, language) or _last(series.equipment),
        "own": f"{own} {unit_symbol(series.unit, language)}".strip(),
        "limits": _limits(series.low, series.high),
        "low": share(series.low),
        "high": share(series.high),
        "points": [{"at": share(each.value), "own": each.own, "bad": each.ok is False} for each in series.points],
    }


def _figures(made: History, words: Mapping[str, str]) -> list[list[str]]:
    summary = made.summary
    return [
        [words["lead"], duration(summary.lead_seconds)],
        [words["inspections"], str(summary.inspections)],
        [words["failed"], str(summary.failed)],
        [words["reworks"], str(summary.reworks)],
        [words["outside"], str(summary.out_of_limits)],
    ]


def _material(used: UsedMaterial, words: Mapping[str, str], language: Language) -> dict[str, str]:
    unit = unit_symbol(used.unit, language)
    shared = f" ({words['shared'].format(count=used.made_with)})" if used.made_with > 1 and used.quantity else ""
    return {
        "item": used.item.label,
        "name": _either(used.item.product_name_zh, used.item.product_name_en, language),
        "quantity": f"{used.quantity} {unit}".strip() + shared if used.quantity is not None else "",
        "how": words["taken_out"] if used.taken_out_at else words[used.how],
    }


def _row(step: HistoryStep, steps: Mapping[str, str], words: Mapping[str, str], language: Language) -> dict[str, Any]:
    name = _either(step.operation_name_zh, step.operation_name_en, language)
    result = words.get(step.result, "")
    if step.voided or step.declares_error:
        result = words["voided" if step.voided else "declared"] + (f"：{step.note}" if step.note else "")
    return {
        "time": _local(step),
        "step": name or steps.get(step.biz_step or "", _last(step.biz_step)),
        "instructions": f"{words['instructions']} {step.instructions}" if step.instructions else "",
        "carried": step.carried_by or "",
        "result": result,
        "bad": step.result in ("failed", "scrapped", "held"),
        "void": step.voided or step.declares_error,
        "who": step.person_name or _last(step.person) or stand_in(language, PEOPLE),
        "machine": _either(step.equipment_name_zh, step.equipment_name_en, language) or _last(step.equipment),
        "place": _either(step.place_name_zh, step.place_name_en, language) or _last(step.place),
        "waited": duration(step.waited_seconds),
    }


def _parameter(
    each: Parameter, names: Mapping[str, str], step: HistoryStep, steps: Mapping[str, str]
) -> dict[str, Any]:
    value = each.value
    share = None
    if isinstance(value, Decimal) and each.low is not None and each.high is not None and each.high > each.low:
        share = float((value - each.low) / (each.high - each.low))
    return {
        "name": names.get(each.name, each.name),
        "step": steps.get(step.biz_step or "", _last(step.biz_step)),
        "time": _local(step),
        "value": f"{value} {unit_symbol(each.unit, 'en')}".strip(),
        "limits": _limits(each.low, each.high),
        "share": share,
        "bad": each.ok is False,
    }


def _limits(low: Decimal | None, high: Decimal | None) -> str:
    if low is not None and high is not None:
        return f"{low} … {high}"
    return f"≥ {low}" if low is not None else f"≤ {high}" if high is not None else ""


def duration(seconds: int | None) -> str:
    """Return a duration as ``2d 03:05``, ``03:05:09`` or ``05:09``; empty where there is none."""
    if seconds is None:
        return ""
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3600)
    minutes, left = divmod(rest, 60)
    if days:
        return f"{days}d {hours:02d}:{minutes:02d}"
    return f"{hours:02d}:{minutes:02d}:{left:02d}" if hours else f"{minutes:02d}:{left:02d}"


def _either(zh: str | None, en: str | None, language: Language) -> str:
    return (zh or en or "") if language == "zh" else (en or zh or "")


def _last(uri: str | None) -> str:
    return uri.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1] if uri else ""


def _local(step: HistoryStep) -> str:
    return step.time.astimezone(timezone(timedelta(minutes=step.offset_minutes))).strftime("%Y-%m-%d %H:%M:%S")
