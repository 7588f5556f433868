"""A month of the demo plant, captured once for all scenarios that ask about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import cache

from suyuan.packs.electronics_demo.contracts import Filled, Plan, Story
from tests.support.web import PASSWORD, InProcess

CHINA = timezone(timedelta(hours=8))


class Month:
    """The plant's month on record: what was sent, and the stories worth tracing."""

    def __init__(self) -> None:
        from suyuan.packs.electronics_demo import api as plant
        from tests.support.tenants import fresh_tenant

        self._tenant = fresh_tenant()
        gateway = InProcess(self._tenant.token("trace:event:write", "trace:event:read"))
        self.sent = 0

        def post(body: bytes) -> None:
            job = gateway.post("/epcis/v2/capture", content=body).json()
            assert job["success"], job["errors"][:2]
            assert not job["running"]
            self.sent += job["suyuan:counts"]["accepted"]

        now = datetime.now(CHINA).replace(microsecond=0)
        self.filled: Filled = plant.fill(post, Plan(now, units=1500), connections=1)
        self._tenant.deliver()
        self.stories: Mapping[str, Story] = {story.key: story for story in self.filled.stories}

    def somebody(self, login: str, *rights: str) -> InProcess:
        """Return a client of a new person of the plant with these rights, signed in."""
        client = InProcess()
        assert client.sign_in(self._tenant.person(f"{login}-{self._tenant.code}", PASSWORD, *rights)).status_code == 200
        return client


@cache
def the_month() -> Month:
    """Return the month of this process."""
    return Month()
