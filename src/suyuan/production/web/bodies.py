"""What callers send about the running shop."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field

from suyuan.production.contracts.oee import NewState


class StateBody(BaseModel, extra="forbid"):
    """A machine went into a state; without ``since``, now."""

    equipment: Annotated[str, Field(min_length=1, max_length=400, pattern=r"^(urn:|https?://)\S+$")]
    state: Literal["running", "idle", "setup", "down", "off"]
    reason: Annotated[str, Field(max_length=40)] = ""
    note: Annotated[str, Field(max_length=400)] = ""
    since: AwareDatetime | None = None


def new_state(body: StateBody) -> NewState:
    """Return the contract of what was sent."""
    since: datetime | None = body.since
    return NewState(equipment=body.equipment, state=body.state, reason=body.reason, note=body.note, since=since)
