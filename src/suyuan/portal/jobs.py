"""Work of the portal that the worker does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from suyuan.portal import api


def forget_visits(_: Mapping[str, Any]) -> None:
    """Forget lookups of consumer pages that no longer count."""
    api.forget_visits()
