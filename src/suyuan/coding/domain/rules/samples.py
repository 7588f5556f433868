"""Sample values for the fields of a rule, so that examples can be shown before anybody has typed one."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from suyuan.coding.contracts.code_rules import CHARSETS, DateSegment, Field
from suyuan.coding.domain.check_digits import mod10
from suyuan.coding.domain.rules.layout import Layout
from suyuan.coding.domain.rules.writing import Context, check_field, context_for
from suyuan.kernel.faults import Fault

_USUAL: Final = {
    "gtin": "09521234543213", "product": "A100", "lot": "L2611A", "line": "3", "shift": "1", "expiry": "2028-11-30",
    "supplier": "V0012", "gcp": "952123454", "gln": "9521234000013", "drug": "8109999", "order": "WO1",
}  # fmt: skip
_FILLING: Final = "1234567890"


def sample_context(layout: Layout, moment: datetime) -> Context:
    """Return a context with the rule's own samples where they fit, else with made-up values."""
    values: dict[str, str] = {}
    for each in layout.fields:
        name = each.name if isinstance(each, Field) else each.field
        wanted = (layout.rule.sample.get(name, ""), getattr(each, "value", ""), _USUAL.get(name, ""))
        made_up = _made_up(each) if isinstance(each, Field) else moment.date().isoformat()
        values[name] = next((value for value in wanted if value and _fits(each, name, value)), made_up)
    return context_for(layout, values, moment)


def _fits(segment: Field | DateSegment, name: str, value: str) -> bool:
    try:
        check_field(segment, name, value)
    except Fault:
        return False
    return True


def _made_up(segment: Field) -> str:
    allowed = CHARSETS.get(segment.charset, "")
    letters = [character for character in _FILLING if character in allowed] or list(allowed[:10])
    text = "".join(letters[i % len(letters)] for i in range(segment.least))
    if segment.name == "gtin" and segment.least == 14:
        return "0" + text[:12] + mod10("0" + text[:12])
    return text
