"""What a rule can do: capacity, lengths, and how hard its codes are to guess."""

from __future__ import annotations

import math
from datetime import datetime
from functools import lru_cache
from typing import Final

import msgspec

from suyuan.coding.contracts import CodeFormat, Decoded
from suyuan.coding.contracts.code_rules import (
    CheckDigit,
    CodeRule,
    Constant,
    DateSegment,
    ExampleCode,
    Field,
    Random,
    RuleFacts,
    Sequence,
)
from suyuan.coding.domain.decoding import decode
from suyuan.coding.domain.element_strings import format_raw, parse_bracketed
from suyuan.coding.domain.plant_codes import parse_plant_code, plant_uri
from suyuan.coding.domain.rules.layout import CLASS_OF_LEVEL, Layout, Placed, lay_out
from suyuan.coding.domain.rules.reading import read, split_elements
from suyuan.coding.domain.rules.samples import sample_context
from suyuan.coding.domain.rules.writing import Context, lines
from suyuan.kernel.faults import Fault
from suyuan.trace.contracts import ItemIdentity

ISSUED: Final = 1_000_000
"""How many codes the odds are told for."""
_ANY_YEAR: Final = 2026
_SOME_DAY: Final = datetime.fromisoformat("2026-11-22T08:30:00")
_TRIALS: Final = 12
_WORLD: Final = frozenset(
    {CodeFormat.HIBC, CodeFormat.VIN, CodeFormat.DRUG_CODE, CodeFormat.HANDLE, CodeFormat.MA, CodeFormat.USCC}
)
_MARKS: Final = {Sequence: "9", Random: "*", CheckDigit: "#"}


def facts_of(layout: Layout) -> RuleFacts:
    """Return what a sound rule can do."""
    random = layout.random
    values = len(random.alphabet) ** random.length if random is not None else None
    capacity = values if values is not None and layout.sequence is None else layout.capacity
    issued = min(ISSUED, capacity)
    return RuleFacts(
        length_least=sum(each.least for each in layout.placed) + _brackets(layout),
        length_most=sum(each.most for each in layout.placed) + _brackets(layout),
        capacity=str(capacity),
        restarts=layout.restart,
        guess_one_in=None if values is None else str(max(1, values // issued if layout.sequence is None else values)),
        collision_if_drawn=None if values is None else birthday(issued, values),
        bits=None if values is None else round(math.log2(values), 1),
        fields=layout.field_names,
        pattern="".join(_shape(layout)),
    )


def birthday(drawn: int, values: int) -> float:
    """Return the odds that two of ``drawn`` values drawn by lot are equal (the usual approximation)."""
    return -math.expm1(-drawn * (drawn - 1) / (2 * values))


def _brackets(layout: Layout) -> int:
    return sum(len(part.ai) for part in layout.parts)


def _shape(layout: Layout) -> list[str]:
    """Return the rule as people write it: ``B{YYMMDD}9999#``."""
    shape = []
    for part in layout.parts:
        if part.ai:
            shape.append(f"({part.ai})")
        shape.extend(_mark(each) for each in part.placed)
    return shape


def _mark(placed: Placed) -> str:
    segment = placed.segment
    if isinstance(segment, Constant):
        return segment.text
    if isinstance(segment, DateSegment):
        return "{" + segment.pattern + "}"
    if isinstance(segment, Field):
        return "{" + segment.name + "}"
    return _MARKS[type(segment)] * placed.most


def plain_text(layout: Layout, code: str) -> str:
    """Return what a printer puts into the symbol: the raw element string of a GS1 code, else the code itself."""
    return format_raw(parse_bracketed(code)) if layout.rule.gs1 else code


def example(layout: Layout, context: Context, secret: bytes, number: int, tenant: str) -> ExampleCode:
    """Return the code of a number with its parts.

    :raises Fault: ``coding.rule_check_nothing``, and what a validator finds wrong with a GS1 code.
    """
    code = lines(layout, context, secret, number, 1)[0].tobytes().decode()
    reading = read(layout, split_elements(layout, code), context.moment.year)
    return ExampleCode(code, plain_text(layout, code), uri_of(layout, code, tenant), reading.parts)


def identity_in(layout: Layout, code: str, tenant: str) -> ItemIdentity:
    """Return the item that a code of this rule names: by GS1, by the other standard that the rule follows (VIN, HIBC,
    drug trace code, Handle…), or as the plant's own.

    :raises Fault: what a validator finds wrong with a GS1 code.
    """
    if layout.rule.gs1:
        return decode(code, (), None, _ANY_YEAR).identity
    world = world_format(layout)
    if world is not None:
        found = _decoded(code)
        if found is not None and found.format is world:
            return found.identity
    return parse_plant_code(plant_uri(tenant, CLASS_OF_LEVEL[layout.rule.level], code))[0]


def uri_of(layout: Layout, code: str, tenant: str) -> str:
    """Return the canonical URI of what a code names.

    :raises Fault: what a validator finds wrong with a GS1 code.
    """
    return identity_in(layout, code, tenant).uri


def world_format(layout: Layout) -> CodeFormat | None:
    """Return which other standard a plant's rule follows: the one by which every one of some codes is read.

    One code alone may fit by chance, as every eleventh text of 17 characters has the check digit of a VIN.
    """
    return None if layout.rule.gs1 else _world_format(msgspec.json.encode(layout.rule))


@lru_cache(maxsize=512)
def _world_format(content: bytes) -> CodeFormat | None:
    layout = lay_out(msgspec.json.decode(content, type=CodeRule))
    count = min(_TRIALS, layout.capacity)
    context = sample_context(layout, _SOME_DAY)
    made = lines(layout, context, bytes(32), layout.start, count)
    formats = {found.format if (found := _decoded(row.tobytes().decode())) else None for row in made}
    only = formats.pop() if len(formats) == 1 else None
    return only if only in _WORLD and (count == _TRIALS or only is not CodeFormat.VIN) else None


def _decoded(code: str) -> Decoded | None:
    try:
        return decode(code, (), None, _ANY_YEAR)
    except Fault:
        return None
