"""Events as records that people sign."""

from __future__ import annotations

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.compliance.contracts import Signable, SignedRecord
from suyuan.kernel.faults import Bilingual, Fault
from suyuan.trace.api.reading import event_detail


def _load(subject: str) -> SignedRecord | None:
    if not subject.isdecimal() or len(subject) > 18:
        return None
    try:
        event = event_detail(int(subject))
    except Fault as fault:
        if fault.kind is NOT_FOUND:
            return None
        raise
    content = {"number": event.number, "event_id": event.event_id, "content_hash": event.content_hash,
               "document": event.document}  # fmt: skip
    return SignedRecord(f"事件 {event.number}", f"Event {event.number}", content)


EVENTS = Signable("event", Bilingual("事件", "Event"), "trace:event:read", _load)
