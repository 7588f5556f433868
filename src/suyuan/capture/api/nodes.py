"""The published nodes, as entries are judged by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from suyuan.capture.contracts import entry_faults as faults
from suyuan.capture.contracts.nodes import TRACE_NODE, TraceNode
from suyuan.capture.domain.claims import Claimed, claimable
from suyuan.chassis.database import tx
from suyuan.coding.contracts.code_rules import CODE_RULE
from suyuan.designer import api as designer
from suyuan.tenancy import api as tenancy
from suyuan.trace import api as trace


@dataclass(frozen=True, slots=True)
class Published:
    """Every published version of every node. ``in_force`` gives the number of each node that is in use.

    ``since``: when a first version of each was published. ``by_step``: what events can claim that others send.
    """

    versions: Mapping[tuple[str, int], TraceNode]
    in_force: Mapping[str, int]
    since: Mapping[str, datetime] = field(default_factory=dict)
    by_step: Mapping[str, tuple[Claimed, ...]] = field(default_factory=dict)

    def get(self, key: str, version: int | None) -> tuple[int, TraceNode]:
        """Return number and body of a version: any that ever was published, or without a number the one in force.

        An entry made offline keeps the version it was made with, though another is in force by now.

        :raises Fault: ``capture.node_unknown``, ``capture.node_retired``.
        """
        number = self.in_force.get(key) if version is None else version
        node = self.versions.get((key, number)) if number is not None else None
        if node is None or number is None:
            if version is None and any(known == key for known, _ in self.versions):
                raise faults.NODE_RETIRED(at="/node", node=key)
            raise faults.NODE_UNKNOWN(at="/node", node=key, version="—" if version is None else version)
        return number, node


def published() -> Published:
    """Return the nodes of the open transaction's tenant, kept until one of them changes."""
    return _published(tx().principal.tenant_id, designer.stamp(TRACE_NODE))


def ask_ahead() -> None:
    """Ask for what tells whether nodes, codes, master data and sites are still those that are known, in steady work."""
    designer.ask_stamps(TRACE_NODE, CODE_RULE)
    trace.ask_master_stamp()
    tenancy.ask_ahead()


@lru_cache(maxsize=64)
def _published(_tenant: int, _stamp: tuple[int, int]) -> Published:
    rows = designer.published_versions(TRACE_NODE)
    versions = {(key, number): body for key, number, _, body in rows}
    in_force = {key: number for key, number, current, _ in rows if current}
    by_step = claimable({key: (number, versions[key, number]) for key, number in in_force.items()})
    return Published(versions, in_force, designer.first_published(TRACE_NODE), by_step)
