"""What trace nodes say of packing: bindings are judged as entries of the nodes whose steps they claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from suyuan.capture.api.claims import Claims, may
from suyuan.capture.api.nodes import published
from suyuan.capture.contracts import entry_faults as faults
from suyuan.capture.contracts.claims import Refusal, SentEvent
from suyuan.capture.contracts.permissions import OVERRIDE
from suyuan.capture.domain.checks import bare_step, steps_of
from suyuan.coding.contracts.binding_checks import Objection
from suyuan.kernel.faults import Fault, as_written
from suyuan.trace.contracts import EventRecord


class PackingChecks:
    """The checks of one binding, see :class:`suyuan.coding.contracts.binding_checks.BindingChecks`."""

    def __init__(self) -> None:
        self._claims = Claims(by_hand=True)

    def judge(self, events: Sequence[tuple[EventRecord, Mapping[str, Any]]]) -> list[Objection]:
        """Return why the binding is refused, each reason once.

        :raises Fault: ``capture.node_unknown``, ``capture.node_retired``, ``capture.node_other_step``.
        """
        for record, told in events:
            if told.get("node") is not None:
                _check_named(str(told["node"]), record)
        refused = self._claims.judge([SentEvent(record, told) for record, told in events])
        found = {
            (one.fault.kind, one.check, one.field, one.title_en): _objection(one)
            for refusals in refused.values() for one in refusals
        }  # fmt: skip
        return list(found.values())

    def keep(self) -> None:
        """Keep the binding as the entry that it was judged as."""
        self._claims.keep()


def _check_named(key: str, record: EventRecord) -> None:
    _, node = published().get(key, None)
    step = bare_step(record.biz_step or "")
    if step not in steps_of(node):
        raise faults.NODE_OTHER_STEP(at="/node", node=key, step=step)


def _objection(refusal: Refusal) -> Objection:
    fault = Fault(refusal.fault.kind, refusal.fault.at, refusal.fault.params)
    return Objection(
        fault, as_written(refusal.title_zh, refusal.title_en), as_written(refusal.remedy_zh, refusal.remedy_en),
        refusal.check, refusal.field, refusal.level, refusal.level == "approve" and may(OVERRIDE, refusal.site),
    )  # fmt: skip
