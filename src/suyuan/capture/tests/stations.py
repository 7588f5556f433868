"""A tenant with the ready nodes, and a device that sends entries to it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import uuid4

from suyuan.coding.domain.check_digits import mod10
from tests.support.web import InProcess

PRODUCT = "https://id.gs1.org/01/09521234543213"
FLOUR = "https://id.gs1.org/01/09521234543220"
_marks = count(1)
RIGHTS = ("capture:reading:write", "trace:item:read", "trace:event:read")


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Station:
    """A device at a place, with the right to make entries."""

    def __init__(self, tenant: Any, *rights: str, site_id: int | None = None, place: str | None = None) -> None:
        self.tenant, self.place = tenant, place
        self.client = InProcess(tenant.token(*(rights or RIGHTS), site_id=site_id))
        self.device = str(uuid4())
        self._sequence = count(1)
        self.mark = next(_marks)

    def unit(self, number: int) -> str:
        """Return the element string on a unit's label; every station has units of its own."""
        return f"(01)09521234543213(21)U{self.mark}-{number}"

    def unit_uri(self, number: int) -> str:
        return f"{PRODUCT}/21/U{self.mark}-{number}"

    def lot(self, code: str, expiry: str = "") -> str:
        """Return the element string on a lot's label."""
        return f"(01)09521234543220{f'(17){expiry}' if expiry else ''}(10){code}-{self.mark}"

    def lot_uri(self, code: str) -> str:
        return f"{FLOUR}/10/{code}-{self.mark}"

    def box(self, number: int) -> str:
        body = f"19521234{self.mark:05d}{number:04d}"
        return f"(00){body}{mod10(body)}"

    def order(self) -> str:
        return f"MO-{self.mark}"

    def reading(self, node: str, **values: Any) -> dict[str, Any]:
        """Return an entry; nothing is sent."""
        return {
            "id": str(uuid4()), "sequence": next(self._sequence), "node": node, "taken": now(),
            "values": {name: value for name, value in values.items() if value is not None},
            "how": dict.fromkeys(values, "scan"), "station": self.place,
        }  # fmt: skip

    def send(self, *readings: dict[str, Any], sent: str = "") -> list[dict[str, Any]]:
        """Send entries in one message; return the outcomes."""
        answer = self.client.post(
            "/api/v1/capture/readings",
            json={"device": self.device, "sent": sent or now(), "readings": list(readings)},
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["outcomes"]

    def enter(self, node: str, **values: Any) -> dict[str, Any]:
        """Make one entry and return its outcome."""
        return self.send(self.reading(node, **values))[0]

    def done(self, node: str, **values: Any) -> dict[str, Any]:
        """Make one entry that is recorded."""
        outcome = self.enter(node, **values)
        assert outcome["outcome"] in ("recorded", "warned"), outcome
        return outcome

    def refused(self, code: str, node: str, **values: Any) -> dict[str, Any]:
        """Make one entry that is refused for ``code``, and leaves no event."""
        before = self.events()
        outcome = self.enter(node, **values)
        assert outcome["outcome"] == "refused", outcome
        assert code in [fault["code"] for fault in outcome["faults"]], outcome
        assert not outcome["event_ids"]
        assert self.events() == before
        return outcome

    def events(self) -> list[int]:
        """Return the numbers of all events."""
        from suyuan.chassis.database import tx

        with self.tenant.open():
            return [row[0] for row in tx().rows("SELECT number FROM trace_event ORDER BY number")]


def furnished(tenant: Any) -> Any:
    """Install the ready nodes, as for every new tenant."""
    from suyuan.capture import api as capture

    with tenant.open():
        assert {each.outcome for each in capture.provide()} == {"added"}
    return tenant
