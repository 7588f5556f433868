"""What ``tenancy`` offers the entry."""

from __future__ import annotations

from suyuan.chassis.jobs import Job
from suyuan.chassis.registry import Registry
from suyuan.kernel.disclosure import FIELD_GROUPS
from suyuan.tenancy.contracts import PERMISSIONS
from suyuan.tenancy.jobs import forget_sessions
from suyuan.tenancy.jobs.mailing import MAILING
from suyuan.tenancy.web.access import router as access_router
from suyuan.tenancy.web.duties import router as duties_router
from suyuan.tenancy.web.invitations import router as invitations_router
from suyuan.tenancy.web.mail import router as mail_router
from suyuan.tenancy.web.passkeys import router as passkeys_router
from suyuan.tenancy.web.people import router as people_router
from suyuan.tenancy.web.proof import router as proof_router
from suyuan.tenancy.web.providers import router as providers_router
from suyuan.tenancy.web.session import router as session_router
from suyuan.tenancy.web.tokens import router as tokens_router

ROUTERS = (
    ("/session", session_router),
    ("", proof_router),
    ("", passkeys_router),
    ("", providers_router),
    ("", duties_router),
    ("", people_router),
    ("", invitations_router),
    ("", tokens_router),
    ("", mail_router),
    ("", access_router),
)


def register(registry: Registry) -> None:
    """Register rights over people, roles, tokens, sites and signing in, and the worker's tidying and mailing."""
    registry.add_permissions(PERMISSIONS)
    registry.add_permissions([group.permission for group in FIELD_GROUPS])
    registry.add_jobs([Job("tenancy.forget_sessions", forget_sessions, cron="41 18 * * *"), MAILING])
