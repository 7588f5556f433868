"""Capturing large documents: one outbox message a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from suyuan.integration import api


def capture_documents(messages: Sequence[Mapping[str, Any]]) -> None:
    """Capture the documents of the jobs that ``messages`` name."""
    for message in messages:
        api.capture_waiting(UUID(message["job"]))
