"""Letting refused rows of an import pass: who may, what follows, and by whose right the worker does it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from uuid import UUID

import msgspec

from suyuan.capture.api.importing import targets
from suyuan.capture.api.importing.taking import IMPORT_JOB, detail, seen
from suyuan.capture.api.judging import own_person
from suyuan.capture.contracts import entry_faults, import_faults
from suyuan.capture.contracts.imports import ImportDetail, ImportPassing
from suyuan.capture.contracts.permissions import OVERRIDE
from suyuan.capture.contracts.readings import Override, Reading
from suyuan.capture.store import import_passes as store
from suyuan.chassis.database import tx
from suyuan.chassis.jobs import later
from suyuan.kernel.faults import Language
from suyuan.kernel.principals import Grant, Principal
from suyuan.tenancy import api as tenancy

Reach = frozenset[int] | None


def let_pass(import_id: UUID, order: ImportPassing, language: Language) -> ImportDetail:
    """Let checks pass that stopped rows, and have the worker import these rows again; what is recorded stays.

    :raises Fault: ``kernel.not_allowed``, ``capture.reason_missing``, ``capture.import_state``,
        ``capture.import_nothing_to_pass``, ``chassis.not_found``; nothing is changed then.
    """
    tx().principal.require(OVERRIDE)
    found = seen(import_id)
    reason = order.reason.strip()
    if not reason:
        raise entry_faults.REASON_MISSING(at="/reason")
    for index, choice in enumerate(order.choices):
        if targets.target_of(found.node) is not None or not store.stops(import_id, choice):
            raise import_faults.NOTHING_TO_PASS(at=f"/choices/{index}", check=choice.check)
    if not store.wait_again(import_id):
        raise import_faults.STATE_WRONG(state=found.state)
    tx().explain(reason)
    store.insert(import_id, order.choices, reason, own_person(tenancy.own_tenant().code))
    store.reopen(import_id, order.choices, whole=found.mode == "all")
    later(IMPORT_JOB, {"import": str(import_id)})
    return detail(import_id, language)


def with_passes(
    entries: Mapping[int, Reading], passes: Sequence[store.KeptPass]
) -> Iterator[tuple[Reach, dict[int, Reading]]]:
    """Yield entries by row, in order, with what was let pass in each; each lot with the sites where that holds.

    A reach of no sites: nothing was let pass.
    """
    given = []
    for number, entry in entries.items():
        mine = [each for each in passes if each.rows is None or number in each.rows]
        overrides = {each.check: Override(check=each.check, reason=each.reason, by=each.person) for each in mine}
        reaches = [each.sites for each in mine]
        reach: Reach = frozenset()
        if mine:
            limited = [each for each in reaches if each is not None]
            reach = frozenset.intersection(*limited) if limited else None
        given.append((reach, number, msgspec.structs.replace(entry, overrides=tuple(overrides.values()))))
    for reach, lot in groupby(given, key=lambda each: each[0]):
        yield reach, {number: entry for _, number, entry in lot}


def by_their_right(who: Principal, reach: Reach) -> Principal:
    """Return who imports with the right of those who let something pass, where it reached."""
    sites = [None] if reach is None else sorted(reach)
    more = tuple(Grant(frozenset({OVERRIDE}), site) for site in sites)
    return Principal(who.tenant_id, who.user_id, who.name, (*who.grants, *more), who.via, who.language)
