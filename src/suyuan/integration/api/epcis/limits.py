"""How much one document may hold, and how much of it is captured while the client waits."""

from __future__ import annotations

from typing import Final

from suyuan.chassis.settings import settings
from suyuan.integration.domain.epcis.reading import ReadingLimits

CAPTURE_LIMIT: Final = ReadingLimits().events
"""The most events of one document."""
INLINE_BYTES: Final = 1_000_000
"""Larger documents are left to the worker."""
INLINE_EVENTS: Final = 1000
"""Documents with more events are left to the worker."""


def size_limit() -> int:
    """Return the most bytes that one document may have (setting ``SUYUAN_DOCUMENT_LIMIT_MB``)."""
    return settings().document_limit_mb * 1_000_000


def reading_limits() -> ReadingLimits:
    """Return the limits for reading documents; the number of elements grows with the size allowed."""
    size = size_limit()
    return ReadingLimits(size=size, elements=max(1_000_000, size // 12))
