"""Every operation on feedback that changes something, done once by a person; and feedback that a plant has."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Callable
from typing import Any

from PIL import Image

from tests.support.web import InProcess

Change = Callable[[InProcess, int], Any]
FEEDBACK = "/api/v1/feedback"


def picture(width: int = 40, height: int = 30, kind: str = "PNG") -> str:
    """Return a picture in base64."""
    made = io.BytesIO()
    Image.new("RGB", (width, height), (20, 90, 160)).save(made, kind)
    return b64encode(made.getvalue()).decode()


def said(words: object, **more: object) -> dict[str, object]:
    """Return a sound body of feedback."""
    return {
        "kind": "fault", "words": str(words), "address": "/orders?state=open", "page": "Orders", "language": "en",
        "theme": "dark", "screen": "1280×800", "failed_request": "abc123", **more,
    }  # fmt: skip


def leave_feedback(person: InProcess, mark: str) -> dict[str, list[str]]:
    """Leave feedback with a picture; return its number."""
    made = person.post(FEEDBACK, json=said(mark, picture=picture()))
    assert made.status_code == 201, made.text
    return {"feedback_id": [str(made.json()["id"])]}


FEEDBACK_CHANGES: dict[str, Change] = {
    f"POST {FEEDBACK}": lambda boss, number: boss.post(FEEDBACK, json=said(f"a {number}")),
    f"POST {FEEDBACK}/{{feedback_id}}/answer": lambda boss, number: boss.post(
        f"{FEEDBACK}/{boss.post(FEEDBACK, json=said(number)).json()['id']}/answer", json={"answer": "done"}
    ),
}
