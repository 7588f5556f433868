"""Capturing large documents: one outbox message a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from suyuan.integration import api


def forget_captures(_: Mapping[str, Any]) -> None:
    """Forget the log of captures that ended long ago; what they recorded stays in the ledger."""
    api.forget_captures()


def capture_documents(messages: Sequence[Mapping[str, Any]]) -> None:
    """Capture the documents of the jobs that ``messages`` name."""
    for message in messages:
        api.capture_waiting(UUID(message["job"]))
