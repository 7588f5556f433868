"""The type of what JSON can say: dict, list, str, int, Decimal, bool or None, not yet checked."""

from __future__ import annotations

from typing import Any, TypeAlias

Json: TypeAlias = Any
