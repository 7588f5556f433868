"""Exports of the whole tenant, asked for by a person and made by the worker."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx
from suyuan.chassis.jobs import later
from suyuan.compliance.contracts.transfers import EXPORT_GONE, Transfer
from suyuan.compliance.store import exports as store

EXPORT_JOB: Final = "compliance.export_tenant"
UNDERWAY: Final = ("waiting", "running")


def ask_export(reason: str) -> Transfer:
    """Have the worker write everything of the tenant into a file; ``reason`` stays on record.

    :raises Fault: ``compliance.export_underway``.
    """
    number = store.make(reason)
    later(EXPORT_JOB, {"export": number})
    return export(number)


def export(number: int) -> Transfer:
    """Return one export.

    :raises Fault: ``chassis.not_found``.
    """
    found = store.listed(number)
    if not found:
        raise NOT_FOUND(what=f"#{number}")
    return found[0]


def list_exports() -> Sequence[Transfer]:
    """Return the last exports, newest first."""
    return store.listed()


def cancel_export(number: int) -> Transfer:
    """Stop an export that waits or is under way; one that has ended stays as it is."""
    export(number)
    store.change(number, *UNDERWAY, state="canceled", finished=tx().value("SELECT clock_timestamp()"))
    return export(number)


def fetch_export(number: int) -> tuple[Path, str]:
    """Return the file of an export and a name for it; who fetched it is on record.

    :raises Fault: ``chassis.not_found``, ``compliance.export_gone``.
    """
    found = export(number)
    if not found.at_hand:
        raise EXPORT_GONE()
    store.change(number, "done", fetched=tx().value("SELECT clock_timestamp()"), fetched_by=tx().principal.name)
    return store.file_of(number), f"suyuan-{found.asked:%Y%m%d-%H%M}.zip"
