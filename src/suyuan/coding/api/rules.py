"""Code rules: looked at before they are published, and codes taken apart by those that are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from suyuan.chassis.database import tx
from suyuan.chassis.registry import DefinitionKind
from suyuan.coding.contracts import DEFAULT_GS_SUBSTITUTES, CodeFormat
from suyuan.coding.contracts.code_rules import (
    CHARSETS,
    CODE_RULE,
    OWN_WEIGHTS,
    CodeRule,
    ExampleCode,
    RulePreview,
    TakenApart,
)
from suyuan.coding.contracts.rule_faults import NO_RULE, OVERLAPS
from suyuan.coding.domain.checks import ALGORITHMS
from suyuan.coding.domain.decoding import decode
from suyuan.coding.domain.forms import picture
from suyuan.coding.domain.rules.checking import check_rule
from suyuan.coding.domain.rules.facts import example, facts_of, uri_of
from suyuan.coding.domain.rules.layout import Layout, lay_out
from suyuan.coding.domain.rules.overlap import common_text, from_json
from suyuan.coding.domain.rules.reading import Reading, read, split_elements
from suyuan.coding.domain.rules.samples import sample_context
from suyuan.coding.domain.rules.writing import Context, context_for
from suyuan.coding.store import batches as store
from suyuan.coding.store.ready_rules import ready_rules
from suyuan.designer import api as designer
from suyuan.kernel.faults import Bilingual, Fault
from suyuan.tenancy import api as tenancy

__all__ = ["all_readings", "preview", "ready_rules", "refuse_overlap", "rule_kind", "rule_layouts", "take_apart"]

_EXAMPLE_SECRET = b"for examples on a screen only, ok"
_MOST_EXAMPLES = 20
_SYMBOLS = {
    "datamatrix": "datamatrix",
    "qrcode": "qr",
    "digital_link": "qr",
    "code128": "code128",
    "gs1_128": "code128",
}


def rule_kind() -> DefinitionKind:
    """Return the definition kind of code rules."""
    return DefinitionKind(CODE_RULE, Bilingual("编码规则", "Code rule"), CodeRule, check_rule, _before_publish)


def _before_publish(key: str, version: int, rule: CodeRule) -> None:
    """Refuse a version that could make codes that others make or have made.

    :raises Fault: ``coding.rule_overlaps``.
    """
    layout = lay_out(rule)
    refuse_overlap(layout, store.spaces())
    for other, number, current, existing in rule_layouts():
        if current and other != key and existing.fingerprint != layout.fingerprint:
            met = common_text(layout.pattern, existing.pattern)
            if met is not None:
                raise OVERLAPS(at="/segments", rule=other, version=number, code=met)


def refuse_overlap(layout: Layout, spaces: Sequence[store.Space]) -> None:
    """Refuse a rule that could make a code of another space in use.

    :raises Fault: ``coding.rule_overlaps``.
    """
    for space in spaces:
        if space.fingerprint != layout.fingerprint:
            met = common_text(layout.pattern, from_json(space.pattern))
            if met is not None:
                raise OVERLAPS(at="/segments", rule=space.rule, version=space.version, code=met)


def choices() -> dict[str, Any]:
    """Return check-digit algorithms and character sets that segments may name."""
    algorithms = [
        {
            "name": each.name,
            "title_zh": each.title.zh,
            "title_en": each.title.en,
            "width": each.width,
            "source": each.source,
        }
        for each in ALGORITHMS.values()
    ]
    own = {"name": OWN_WEIGHTS, "title_zh": "自定义权重", "title_en": "Own weights", "width": 1, "source": "–"}
    algorithms.append(own)
    return {"algorithms": algorithms, "charsets": dict(CHARSETS)}


def rule_layouts() -> tuple[tuple[str, int, bool, Layout], ...]:
    """Return (key, version, in force, layout) of every published version, those in force first, newest first."""
    return _layouts(tx().principal.tenant_id, designer.stamp(CODE_RULE))


@lru_cache(maxsize=64)
def _layouts(_tenant: int, _stamp: tuple[int, int]) -> tuple[tuple[str, int, bool, Layout], ...]:
    found = [
        (key, version, current, lay_out(rule)) for key, version, current, rule in designer.published_versions(CODE_RULE)
    ]
    return tuple(sorted(found, key=lambda each: (not each[2], each[0], -each[1])))


def preview(body: Mapping[str, Any], fields: Mapping[str, str], moment: datetime, count: int = 5) -> RulePreview:
    """Return what a rule that may not even be saved can do, the first codes it would make, or what is wrong with it.

    Fields that are not given get sample values. Unguessable characters are examples: real ones have another secret.
    """
    problems = designer.validate(CODE_RULE, body)
    if problems:
        return RulePreview(None, (), None, problems)
    rule: CodeRule = designer.typed_body(CODE_RULE, body)
    layout = lay_out(rule)
    samples = sample_context(layout, moment)
    given = {name: value for name, value in fields.items() if value}
    try:
        context = context_for(layout, {**samples.fields, **given}, moment) if given else samples
        examples = tuple(_examples(layout, context, min(count, _MOST_EXAMPLES)))
    except Fault as fault:
        return RulePreview(facts_of(layout), (), None, designer.problems_of([fault]))
    return RulePreview(facts_of(layout), examples, _picture(rule, examples[0]) if examples else None, ())


def _picture(rule: CodeRule, shown: ExampleCode) -> str | None:
    """Return the drawing of a code, None where it is not drawn or its symbol cannot hold it."""
    symbol = _SYMBOLS.get(rule.symbology)
    if symbol is None:
        return None
    try:
        return picture(shown.uri if rule.symbology == "digital_link" else shown.code, symbol)
    except Fault:
        return None


def _examples(layout: Layout, context: Context, count: int) -> Iterator[ExampleCode]:
    tenant = tenancy.own_tenant().code
    for index in range(min(count, layout.capacity)):
        yield example(layout, context, _EXAMPLE_SECRET, layout.start + layout.step * index, tenant)


def readings(code: str) -> Iterator[tuple[str, int, Layout, str, Reading]]:
    """Yield (key, version, layout, code, reading) for every published version that could have made ``code``.

    ``code`` is a plant's own code, or a GS1 element string with brackets.
    """
    near = datetime.now().astimezone().year
    for key, version, _, layout in rule_layouts():
        if layout.rule.gs1 != code.startswith("("):
            continue
        try:
            yield key, version, layout, code, read(layout, split_elements(layout, code), near)
        except Fault:
            continue


def as_made(code: str) -> str:
    """Return a code as a rule would have made it: GS1 in any notation as a bracketed element string, else the text.

    Of a plant's URN it is the code inside.
    """
    text = code.strip()
    try:
        decoded = decode(text, DEFAULT_GS_SUBSTITUTES, None, datetime.now().astimezone().year)
    except Fault:
        return text
    if decoded.format is CodeFormat.PLANT_URN:
        return decoded.parts[2].value
    elements = [(part.ai, part.value) for part in decoded.parts if part.ai]
    return "".join(f"({ai}){value}" for ai, value in elements) if elements else text


def all_readings(code: str) -> Iterator[tuple[str, int, Layout, str, Reading]]:
    """Yield every way that published rules read a code as given: as GS1, and as a plant's own."""
    if not rule_layouts():
        return
    made = as_made(code)
    yield from readings(made)
    if made != code.strip():
        yield from readings(code.strip())


def take_apart(code: str) -> list[TakenApart]:
    """Return how published versions of rules read a code, those in force first.

    ``code``: as printed (plant codes), bracketed (GS1), or any GS1 notation.

    :raises Fault: ``coding.rule_no_rule``.
    """
    tenant = tenancy.own_tenant().code
    found = []
    for key, version, layout, whole, reading in all_readings(code):
        uri = uri_of(layout, whole, tenant)
        found.append(TakenApart(key, version, layout.rule.level, whole, uri, reading.parts, reading.fields))
    if not found:
        raise NO_RULE(at="char 1", code=code[:120])
    return found
