"""What ``capture`` offers the entry."""

from __future__ import annotations

from suyuan.capture.api.acting import MESSAGES
from suyuan.capture.api.packing import PackingChecks
from suyuan.capture.contracts.nodes import TRACE_NODE, TraceNode
from suyuan.capture.contracts.permissions import CAPTURE_PERMISSIONS
from suyuan.capture.domain.node_faults import faults_of
from suyuan.capture.jobs.acting import ACTING
from suyuan.capture.jobs.attaching import UNUSED
from suyuan.capture.jobs.importing import IMPORTING
from suyuan.capture.web.acting import action_routes
from suyuan.capture.web.attaching import attachment_routes
from suyuan.capture.web.field_kinds import router as field_kinds_router
from suyuan.capture.web.hearing import speech_routes
from suyuan.capture.web.hot import capture_routes
from suyuan.capture.web.importing import import_routes
from suyuan.capture.web.measuring import quality_routes
from suyuan.capture.web.notices import router as notices_router
from suyuan.chassis.database import named_sql
from suyuan.chassis.registry import DefinitionKind, Expendable, MailTopic, Registry
from suyuan.kernel.faults import Bilingual

EXPENDABLES = (
    Expendable(
        "refused_entry", Bilingual("被拒的录入", "Refused entries"), "capture_reading", "t.received", least_days=90,
        text="concat(t.reading::text, ' ', t.sent_by, ' ', t.person)", only="t.outcome = 'refused'",
    ),
    Expendable("notice", Bilingual("站内通知", "Notices"), "capture_notice", "t.created", least_days=30),
    Expendable(
        "action", Bilingual("节点动作记录", "Actions of trace nodes"), "capture_action", "t.created", least_days=90,
        only="t.state <> 'waiting' AND NOT EXISTS (SELECT FROM capture_notice n"
        " WHERE n.tenant_id = t.tenant_id AND n.action_id = t.id)",
    ),
)  # fmt: skip
_LAST_NAMED = (
    "(SELECT max(r.received) FROM capture_attachment_use u JOIN capture_reading r ON r.tenant_id = u.tenant_id"
    " AND r.id = u.reading_id WHERE u.tenant_id = t.tenant_id AND u.digest = t.digest)"
)
ATTACHMENTS = Expendable(
    "attachment", Bilingual("照片与附件的内容", "Photos and attachments: their content"), "capture_attachment_content",
    f"greatest(t.wanted, {_LAST_NAMED})", least_days=365, text=named_sql("suyuan.capture.store", "attachment_told.sql"),
    key="digest", at_once=8, locking=True,
)  # fmt: skip
"""The bytes go; which entry names which digest, and that they were removed, stays."""
ROUTERS = (("/capture", field_kinds_router), ("/notices", notices_router))


def register(registry: Registry) -> None:
    """Register rights over entries, and trace nodes as a kind of definitions."""
    registry.add_permissions(CAPTURE_PERMISSIONS)
    registry.add_definition_kinds(
        [DefinitionKind(TRACE_NODE, Bilingual("追溯节点", "Trace node"), TraceNode, faults_of)]
    )
    registry.add_binding_checks([PackingChecks])
    registry.add_expendables((*EXPENDABLES, ATTACHMENTS))
    told = Bilingual("消息（追溯节点、安灯）", "Messages (trace nodes, andon)")
    registry.add_mail_topics([MailTopic(MESSAGES, told)])
    registry.add_jobs([IMPORTING, ACTING, UNUSED])
    registry.add_routes(
        [
            *capture_routes(),
            *attachment_routes(),
            *speech_routes(),
            *import_routes(),
            *action_routes(),
            *quality_routes(),
        ]
    )
