"""People who join as they do in life: somebody adds them, they open their link and choose a password of their own."""

from __future__ import annotations

from typing import Any

import httpx

from tests.support.web import InProcess

OWN_PHRASE = "a phrase of my own 4"


def secret_in(link: str) -> str:
    """Return what stands behind the # of an invitation's link."""
    return link.split("#")[1].split(maxsplit=1)[0]


def accept(secret: str, password: str = OWN_PHRASE) -> httpx.Response:
    """Choose the password that an invitation is for, in a browser of one's own."""
    browser = InProcess()
    browser.take_page_token()
    return browser.post("/api/v1/session/invitation/accept", json={"secret": secret, "password": password})


def invited(boss: InProcess, person: int) -> str:
    """Invite somebody; return the secret of the link that ``boss`` hands over."""
    made = boss.post(f"/api/v1/people/{person}/invitation")
    assert made.status_code == 201, made.text
    return secret_in(made.json()["link"])


def join(boss: InProcess, body: dict[str, Any], password: str = OWN_PHRASE) -> int:
    """Have ``boss`` add somebody who then chooses ``password``; return their number."""
    added = boss.post("/api/v1/people", json=body)
    assert added.status_code == 201, added.text
    chosen = accept(invited(boss, int(added.json()["id"])), password)
    assert chosen.status_code == 204, chosen.text
    return int(added.json()["id"])
