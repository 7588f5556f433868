"""Who can do what: the access report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ReportFormat = Literal["xlsx", "csv", "pdf"]


@dataclass(frozen=True, slots=True)
class AccessQuestion:
    """Whose access: those who hold ``permission``, this person, at this site, administrators, long away; None: all."""

    permission: str | None = None
    person: int | None = None
    site: int | None = None
    administrative: bool = False
    unused_days: int | None = None


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that a person holds, at a site or (None) at every site.

    ``since``: None where that is not on record. ``last_sign_in``: None: never. ``rights``: how many the role has.
    ``administrative``: those of them that administer people, roles, rules or the audit.
    """

    user_id: int
    login: str
    name: str
    active: bool
    role_id: int
    role_zh: str
    role_en: str
    rights: int
    administrative: tuple[str, ...]
    site_id: int | None
    since: datetime | None
    last_sign_in: datetime | None
    second_factor: bool
