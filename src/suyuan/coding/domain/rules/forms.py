"""Other forms of the codes of a batch: what a printer encodes and the canonical URI, cut out of each code by position.

All codes of a batch have the same layout, so the places of their values are found once; the result is compared with the
slow way for the first code, which is used for all where they differ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from suyuan.coding.contracts import DIGITAL_LINK_BASE
from suyuan.coding.domain.ai_table import BY_AI
from suyuan.coding.domain.element_strings import GS
from suyuan.coding.domain.identities import quoted
from suyuan.coding.domain.plant_codes import plant_uri
from suyuan.coding.domain.rules.facts import plain_text, uri_of, world_format
from suyuan.coding.domain.rules.layout import CLASS_OF_LEVEL, Layout
from suyuan.coding.domain.rules.reading import split_elements

Form = Callable[[str], str]


def plain_form(layout: Layout, first: str) -> Form:
    """Return what makes of a code the text inside its symbol; GS1 elements are parted by GS where they need it."""
    if not layout.rule.gs1:
        return str
    places = _places(layout, first)
    ordered = sorted(places, key=lambda place: not BY_AI[place[0]].predefined)

    def quick(code: str) -> str:
        return "".join(
            f"{ai}{code[start:end]}{'' if BY_AI[ai].predefined else GS}" for ai, start, end in ordered
        ).removesuffix(GS)

    return quick if quick(first) == plain_text(layout, first) else lambda code: plain_text(layout, code)


def uri_form(layout: Layout, first: str, tenant: str) -> Form:
    """Return what makes of a code the canonical URI of its item."""
    if not layout.rule.gs1:
        if world_format(layout) is not None:
            return lambda code: uri_of(layout, code, tenant)
        return lambda code: plant_uri(tenant, CLASS_OF_LEVEL[layout.rule.level], code)
    names = {part.ai for part in layout.identifying}
    places = [place for place in _places(layout, first) if place[0] in names]

    def quick(code: str) -> str:
        return DIGITAL_LINK_BASE + "".join(f"/{ai}/{quoted(code[start:end])}" for ai, start, end in places)

    return quick if quick(first) == uri_of(layout, first, tenant) else lambda code: uri_of(layout, code, tenant)


def _places(layout: Layout, code: str) -> Sequence[tuple[str, int, int]]:
    """Return (AI, start, end) of every value of a bracketed element string."""
    values = split_elements(layout, code)
    places, position = [], 0
    for part in layout.parts:
        start = position + len(part.ai) + 2
        position = start + len(values[part.ai])
        places.append((part.ai, start, position))
    return places
