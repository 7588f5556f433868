"""What ``compliance`` offers the entry."""

from __future__ import annotations

from suyuan.chassis.registry import Expendable, Registry
from suyuan.compliance import api, jobs
from suyuan.compliance.api.alerting import MAIL_TOPICS
from suyuan.compliance.api.retention import REMOVAL_SOURCE, RETENTION_RULES
from suyuan.compliance.contracts import PERMISSIONS, LeafKind
from suyuan.compliance.jobs.exporting import EXPORTING
from suyuan.compliance.jobs.keeping import KEEPING
from suyuan.compliance.jobs.moving import move_everything
from suyuan.compliance.jobs.transferring import export_tenant, import_tenant
from suyuan.compliance.web.alerts import router as alerts_router
from suyuan.compliance.web.audit import router as audit_router
from suyuan.compliance.web.exports import router as exports_router
from suyuan.compliance.web.log import router as log_router
from suyuan.compliance.web.retention import router as retention_router
from suyuan.compliance.web.signatures import router as signatures_router
from suyuan.kernel.faults import Bilingual

__all__ = [
    "ROUTERS", "export_tenant", "import_tenant", "jobs", "move_everything", "register",
]  # fmt: skip
ROUTERS = (
    ("", audit_router),
    ("", log_router),
    ("", signatures_router),
    ("", exports_router),
    ("", retention_router),
    ("", alerts_router),
)
_SEALED = (
    "EXISTS (SELECT FROM compliance_log_leaf l WHERE l.tenant_id = t.tenant_id AND l.kind = 'a' AND l.subject = t.id)"
)
_WHO = (
    "concat(t.address, ' ', t.agent, ' ', (SELECT concat(u.login, ' ', u.name) FROM tenancy_user u"
    " WHERE u.tenant_id = t.tenant_id AND u.id = t.user_id))"
)
EXPENDABLES = (
    Expendable(
        "audit", Bilingual("审计记录", "Audit trail"), "compliance_audit", "t.at", least_days=365, only=_SEALED,
        leaf=LeafKind.AUDIT,
    ),
    Expendable(
        "sign_in", Bilingual("登录记录", "Sign-ins"), "tenancy_sign_in", "t.at", least_days=90, text=_WHO,
    ),
    Expendable(
        "alert", Bilingual("已处理的安全告警", "Handled security alerts"), "compliance_alert", "t.at", least_days=365,
        only="t.handled IS NOT NULL",
    ),
    Expendable(
        "mail", Bilingual("邮件", "Mail"), "tenancy_mail", "t.created", least_days=30, only="t.state <> 'waiting'",
    ),
)  # fmt: skip


def register(registry: Registry) -> None:
    """Register the rights, and how audit rows are read again when the log is verified."""
    for source in (api.AUDIT_SOURCE, api.SIGNATURE_SOURCE, REMOVAL_SOURCE):
        api.register_source(source)
    api.register_signable(api.AUDIT_REVIEWS)
    api.register_signable(api.APPROVALS)
    api.register_approvable(RETENTION_RULES)
    registry.add_permissions(PERMISSIONS)
    registry.add_mail_topics(MAIL_TOPICS)
    registry.add_expendables(EXPENDABLES)
    registry.add_jobs([EXPORTING, KEEPING])
