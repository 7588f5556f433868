"""Work of tenancy that the worker does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.sessions.backends.db import SessionStore

from suyuan.tenancy import api


def forget_sessions(_: Mapping[str, Any]) -> None:
    """Forget console sessions that have ended."""
    api.forget_ended_sessions()
    SessionStore.clear_expired()
