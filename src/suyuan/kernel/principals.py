"""Principals: who is acting, for which tenant, with which rights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from suyuan.kernel.faults import Bilingual, Language, fault_kind

NOT_SIGNED_IN = fault_kind(
    "kernel.not_signed_in",
    401,
    zh="请先登录。",
    en="Sign in first.",
    remedy_zh="登录，或在 Authorization 头中带上有效的令牌。",
    remedy_en="Sign in, or send a valid token in the Authorization header.",
    exception="epcisException:SecurityException",
)
NOT_ALLOWED = fault_kind(
    "kernel.not_allowed",
    403,
    zh="没有“{permission}”权限。",
    en="The right “{permission}” is missing.",
    remedy_zh="请管理员把该权限加到您的角色。",
    remedy_en="Ask an administrator to add this right to one of your roles.",
    exception="epcisException:SecurityException",
)


@dataclass(frozen=True, slots=True)
class Permission:
    """A right named ``module:thing:verb``, with what it lets a person do."""

    name: str
    title: Bilingual


@dataclass(frozen=True, slots=True)
class Grant:
    """A set of rights, for one site or (``site_id`` None) for all of the tenant's sites."""

    permissions: frozenset[str]
    site_id: int | None = None


@dataclass(frozen=True, slots=True)
class Principal:
    """Who acts in this transaction.

    ``via`` tells how they proved it: a console session, a machine token, or the system itself (worker, CLI). A
    ``group`` is nobody: it opens the transaction of several requests of a tenant, has no rights, and changes nothing
    that is audited but in the name of one of them.
    """

    tenant_id: int
    user_id: int | None
    name: str
    grants: tuple[Grant, ...] = ()
    via: Literal["session", "token", "system", "group"] = "session"
    language: Language = "zh"
    token_id: int | None = None
    """The number of the machine token."""

    def may(self, permission: str, site_id: int | None = None) -> bool:
        """Tell whether the right is held; with ``site_id``, for that site; without, for any site."""
        if self.via == "system":
            return True
        return any(
            permission in grant.permissions and (grant.site_id is None or site_id is None or grant.site_id == site_id)
            for grant in self.grants
        )

    def require(self, permission: str, site_id: int | None = None) -> None:
        """Raise ``kernel.not_allowed`` unless :meth:`may`."""
        if not self.may(permission, site_id):
            raise NOT_ALLOWED(permission=permission)

    def sites_for(self, permission: str) -> frozenset[int] | None:
        """Return the site ids the right reaches; None means every site."""
        if self.via == "system":
            return None
        reached = [grant.site_id for grant in self.grants if permission in grant.permissions]
        if any(site is None for site in reached):
            return None
        return frozenset(site for site in reached if site is not None)

    @property
    def permissions(self) -> frozenset[str]:
        """Every right held for at least one site."""
        return frozenset().union(*(grant.permissions for grant in self.grants)) if self.grants else frozenset()
