"""All application identifiers, by AI."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from suyuan.coding.domain.ai_industry import INDUSTRY_ROWS
from suyuan.coding.domain.ai_keys import KEY_ROWS
from suyuan.coding.domain.ai_logistics import LOGISTICS_ROWS
from suyuan.coding.domain.ai_measures import MEASURE_ROWS
from suyuan.coding.domain.application_identifiers import ApplicationIdentifier

BY_AI: Final[Mapping[str, ApplicationIdentifier]] = MappingProxyType(
    {row.ai: row for row in (*KEY_ROWS, *MEASURE_ROWS, *LOGISTICS_ROWS, *INDUSTRY_ROWS)}
)


_LENGTHS: Final = {ai[:2]: len(ai) for ai in BY_AI}
"""How long an AI is follows from its first two digits."""


def ai_at(text: str, position: int = 0) -> ApplicationIdentifier | None:
    """Return the AI that ``text`` begins with at ``position``; AIs are prefix-free, so there is at most one."""
    length = _LENGTHS.get(text[position : position + 2])
    return None if length is None else BY_AI.get(text[position : position + length])
