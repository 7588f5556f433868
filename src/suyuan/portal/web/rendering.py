"""From a story to HTML: one page, its style inside, no script, nothing fetched."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe

from suyuan.kernel.faults import Language
from suyuan.portal.contracts import ConsumerCode, Material, PublicStep, PublicStory, Standing, StepKind
from suyuan.portal.web import words

_HERE: Final = Path(__file__).parent
_STYLE: Final = (_HERE / "page.css").read_text(encoding="utf-8")
_engine: Final = Engine(dirs=[str(_HERE / "templates")])
SHOWN_MATERIALS: Final = 5
CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    + "'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Only the one style that the page carries; no script at all, so nothing injected could run."""


_ICONS: Final = {
    StepKind.MADE: "M3 21V10l6 4v-4l6 4V4h6v17ZM8 17h1M12 17h1M16 17h1",
    StepKind.ASSEMBLED: "M7 7h10v10H7ZM10 7V3M14 7V3M10 21v-4M14 21v-4M7 10H3M7 14H3M21 10h-4M21 14h-4",
    StepKind.TESTED: "M9 3h6v3H9ZM9 4.5H5V21h14V4.5h-4M8.5 13.5l2.5 2.5 4.5-5",
    StepKind.PACKED: "M3 8l9-5 9 5v8l-9 5-9-5ZM3 8l9 5 9-5M12 13v8",
    StepKind.SHIPPED: "M2 6h12v11H2ZM14 10h4l4 4v3h-8"
    + "M6 17a2 2 0 1 0 4 0 2 2 0 1 0-4 0M15 17a2 2 0 1 0 4 0 2 2 0 1 0-4 0",
    StepKind.RECEIVED: "M3 21V9l9-6 9 6v12M7 21v-8h10v8M7 17h10",
    StepKind.AT_STORE: "M4 10v11h16V10M3 10l2-7h14l2 7c0 2-3 2-4.5 0-1.5 2-3 2-4.5 0-1.5 2-3 2-4.5 0-1.5 2-4.5 2-4.5 0",
    StepKind.ON_SALE: "M3 12V3h9l9 9-9 9ZM7.5 7.5h.1",
    StepKind.SOLD: "M5 8h14l1 13H4ZM8.5 8V6.5a3.5 3.5 0 0 1 7 0V8M9 14.5l2.2 2.2 4-4.4",
    StepKind.RETURNED: "M8 5L3 10l5 5M3 10h11a6 6 0 0 1 0 12h-3",
}
"""Outlines on a grid of 24."""


@dataclass(frozen=True, slots=True)
class _Step:
    icon: str
    title: str
    day: str
    iso: str
    detail: str


@dataclass(frozen=True, slots=True)
class _Material:
    name: str
    origin: str


@cache
def _texts(language: Language) -> Mapping[str, str]:
    return {name: text.render(language) for name, text in words.TEXTS.items()}


def render(template: str, language: Language, **values: Any) -> bytes:  # noqa: ANN401 (whatever the template names)
    """Return the page made of ``portal/{template}.html``; all values are escaped."""
    context = {
        "language": "zh-Hans" if language == "zh" else "en",
        "other": "en" if language == "zh" else "zh",
        "other_tag": "en" if language == "zh" else "zh-Hans",
        "text": _texts(language),
        # our own file, which no visitor can touch
        "style": mark_safe(_STYLE),  # noqa: S308 (a file of this package)
        **values,
    }
    page: SafeString = _engine.get_template(f"portal/{template}.html").render(Context(context))
    return page.encode()


def story_page(story: PublicStory, language: Language) -> bytes:
    """Return the page of one item or lot."""
    brand = story.brand.of(language)
    materials = [_material(each, language) for each in story.materials]
    status, advice = (text.render(language) for text in words.STANDINGS[story.standing])
    named = {"brand": brand}
    sold = any(step.kind is StepKind.SOLD for step in story.steps)
    means = ["means_records", "means_not_lot" if story.code.serial is None else "means_not"]
    return render(
        "story",
        language,
        product=story.product.of(language),
        brand=brand,
        good=story.standing is Standing.GOOD,
        status=status,
        advice=advice,
        steps=[_step(each, language) for each in story.steps],
        materials=materials[:SHOWN_MATERIALS],
        more=materials[SHOWN_MATERIALS:],
        more_title=words.TEXTS["more_materials"].render(language, {"count": len(materials) - SHOWN_MATERIALS}),
        sampled=story.sampled,
        code=_code_rows(story.code, story.lot, language),
        means=[words.TEXTS[name].render(language, named) for name in (*means, *(["means_sold"] if sold else []))],
        contact=story.contact,
        contact_title=words.TEXTS["contact"].render(language, named),
    )


def product_page(story: PublicStory, language: Language, chosen: str = "") -> bytes:
    """Return the page of a product, where one item can be looked up; ``chosen`` is a language chosen on the page."""
    return render(
        "product",
        language,
        product=story.product.of(language),
        brand=story.brand.of(language),
        code=_code_rows(story.code, None, language),
        path=f"/01/{story.code.gtin}",
        chosen=chosen,
        contact=story.contact,
        contact_title=words.TEXTS["contact"].render(language, {"brand": story.brand.of(language)}),
    )


def notice_page(
    language: Language, name: str, *, code: ConsumerCode | None = None, lines: tuple[str, ...] = (), given: str = ""
) -> bytes:
    """Return a page that tells one thing: ``{name}_title``, ``lines``, and the code, or what was ``given``."""
    return render(
        "notice",
        language,
        heading=words.TEXTS[f"{name}_title"].render(language),
        warning=name == "fault",
        lines=lines,
        code=_code_rows(code, code.lot, language) if code is not None else [],
        given=given,
    )


def _code_rows(code: ConsumerCode, lot: str | None, language: Language) -> list[tuple[str, str]]:
    key = "gtin" if code.product else "sscc"
    rows = [(key, code.key), ("serial", code.serial), ("lot", lot)]
    return [(words.TEXTS[name].render(language), value) for name, value in rows if value]


def _step(step: PublicStep, language: Language) -> _Step:
    detail = step.place.of(language) if step.place else ""
    if step.kind is StepKind.SHIPPED and detail:
        detail = words.TOWARDS.render(language, {"place": detail})
    if step.count:
        detail = words.CHECKS.render(language, {"count": step.count})
    day = words.shown_day(step.day, language)
    return _Step(_ICONS[step.kind], words.STEPS[step.kind].render(language), day, step.day.isoformat(), detail)


def _material(material: Material, language: Language) -> _Material:
    own = [words.TEXTS["own_make"].render(language)] if material.own else []
    separator = "、" if language == "zh" else "; "
    origin = separator.join([*own, *(origin.of(language) for origin in material.origins)])
    return _Material(material.name.of(language), origin)
