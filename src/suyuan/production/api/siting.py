"""Which site a place or machine belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from suyuan.production.store import andon as store
from suyuan.tenancy import api as tenancy


def site_of(uris: Sequence[str]) -> int | None:
    """Return the site of a machine or place; else the one whose places begin like it, or the only one."""
    found = store.site_of(uris) if uris else None
    if found is not None:
        return found
    sites = tenancy.sites()
    for site in sites:
        if site.location_uri and any(uri.startswith(site.location_uri) for uri in uris):
            return site.id
    return sites[0].id if len(sites) == 1 else None
