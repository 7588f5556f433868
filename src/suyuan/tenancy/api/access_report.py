"""Who can do what, at which site, through which role, since when; and when they last used it."""

from __future__ import annotations

from suyuan.chassis.database import named_sql, tx
from suyuan.tenancy.contracts.access import AccessQuestion, HeldRole
from suyuan.tenancy.domain.duties import ALL_DUTIES


def access_report(question: AccessQuestion) -> list[HeldRole]:
    """Return one row for each role that a person holds somewhere, active people first, by login."""
    values = {
        "tenant": tx().principal.tenant_id, "right": question.permission, "person": question.person,
        "site": question.site, "administrative": question.administrative, "duties": sorted(ALL_DUTIES),
        "unused_days": question.unused_days,
    }  # fmt: skip
    rows = tx().rows(named_sql("suyuan.tenancy.store", "access_report.sql"), values)
    return [HeldRole(*(*row[:7], len(row[7]), tuple(sorted(ALL_DUTIES & set(row[7]))), *row[8:])) for row in rows]
