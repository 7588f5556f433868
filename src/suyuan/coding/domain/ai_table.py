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


def ai_at(text: str, position: int = 0) -> ApplicationIdentifier | None:
    """Return the AI that ``text`` begins with at ``position``; AIs are prefix-free, so there is at most one."""
    for length in (2, 3, 4):
        found = BY_AI.get(text[position : position + length])
        if found is not None:
            return found
    return None
