"""API tokens and sites, as people manage them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import named_sql, tx
from suyuan.chassis.registry import registry
from suyuan.tenancy.api.duties import refuse_mixed_rights
from suyuan.tenancy.api.persons import refuse_beyond_own
from suyuan.tenancy.api.provisioning import make_token, sites
from suyuan.tenancy.contracts import FIELD_INVALID, NAME_TAKEN, SiteInfo, TokenInfo, TokenMade
from suyuan.tenancy.models import Site, Token

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_EVIDENCE_LIMITS = {"clock_tolerance_ms": 3_600_000, "latest_booking_minutes": 43_200}
"""An hour of clock skew, a month of booking late: beyond that a record says nothing about order."""
_URI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s]{1,400}")


def tokens(token_id: int | None = None) -> list[TokenInfo]:
    """Return the tokens, valid ones first, newest first; or just one."""
    keys = {"tenant": tx().principal.tenant_id, "token": token_id}
    rows = tx().rows(named_sql("suyuan.tenancy.store", "tokens.sql"), keys)
    return [TokenInfo(row[0], row[1], row[2], tuple(row[3]), *row[4:]) for row in rows]


def add_token(name: str, permissions: Iterable[str], site_id: int | None, expires: datetime | None) -> TokenMade:
    """Make a token with rights that its maker holds.

    :raises Fault: ``tenancy.field_invalid``, ``tenancy.grant_beyond_own``.
    """
    wanted = sorted(set(permissions))
    if not name.strip() or len(name) > 80:
        raise FIELD_INVALID(at="/name", field="name", given=name[:40], allowed="1–80")
    unknown = [permission for permission in wanted if permission not in registry.permissions]
    if unknown or not wanted:
        raise FIELD_INVALID(
            at="/permissions", field="permissions", given=(unknown or ["—"])[0][:80], allowed="GET /api/v1/permissions"
        )
    if expires is not None and (expires.tzinfo is None or expires <= datetime.now(UTC)):
        raise FIELD_INVALID(at="/expires", field="expires", given=str(expires), allowed="> now, +08:00")
    if site_id is not None and site_id not in {site.id for site in sites()}:
        raise FIELD_INVALID(at="/site_id", field="site_id", given=str(site_id), allowed="GET /api/v1/sites")
    refuse_beyond_own(wanted, site_id)
    refuse_mixed_rights(name, wanted)
    made = make_token(name.strip(), wanted, site_id)
    if expires is not None:
        Token.objects.filter(pk=made.token.id).update(expires=expires)
    return TokenMade(tokens(made.token.id)[0], made.secret)


def revoke_token(token_id: int) -> None:
    """Make a token useless at once; it stays listed.

    :raises Fault: ``chassis.not_found``.
    """
    if not tokens(token_id):
        raise NOT_FOUND(what=f"#{token_id}")
    Token.objects.filter(pk=token_id, revoked=None).update(revoked=datetime.now(UTC))


def _checked_site(values: Mapping[str, Any], but: int | None = None) -> dict[str, Any]:
    if "code" in values:
        if not _CODE.fullmatch(values["code"]):
            raise FIELD_INVALID(at="/code", field="code", given=values["code"][:40], allowed="A–Z a–z 0–9 . _ - (1–40)")
        if any(site.code == values["code"] and site.id != but for site in sites()):
            raise NAME_TAKEN(at="/code", name=values["code"])
    for name in ("name_zh", "name_en"):
        if name in values and not 0 < len(values[name].strip()) <= 120:
            raise FIELD_INVALID(at=f"/{name}", field=name, given=values[name][:40], allowed="1–120")
    if values.get("location_uri") and not _URI.fullmatch(values["location_uri"]):
        raise FIELD_INVALID(
            at="/location_uri", field="location_uri", given=values["location_uri"][:80],
            allowed="https://id.gs1.org/414/…, urn:…",
        )  # fmt: skip
    for name, most in _EVIDENCE_LIMITS.items():
        if not 0 <= values.get(name, 0) <= most:
            raise FIELD_INVALID(at=f"/{name}", field=name, given=str(values[name])[:40], allowed=f"0–{most}")
    return {**values, **({"location_uri": values["location_uri"] or None} if "location_uri" in values else {})}


def add_site(values: Mapping[str, Any]) -> SiteInfo:
    """Add a site.

    :raises Fault: ``tenancy.field_invalid``, ``tenancy.name_taken``.
    """
    made = Site.objects.create(tenant_id=tx().principal.tenant_id, **_checked_site(values))
    return next(site for site in sites() if site.id == made.pk)


def change_site(site_id: int, change: Mapping[str, Any]) -> SiteInfo:
    """Change a site's code, names or location; events recorded before keep their site.

    :raises Fault: as :func:`add_site`, and ``chassis.not_found``.
    """
    if all(site.id != site_id for site in sites()):
        raise NOT_FOUND(what=f"#{site_id}")
    found = Site.objects.get(pk=site_id)
    for name, value in _checked_site(change, site_id).items():
        setattr(found, name, value)
    found.save()
    return next(site for site in sites() if site.id == site_id)
