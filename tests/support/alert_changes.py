"""Every operation of alerts and mail that changes something, done once by a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.support.web import InProcess

Change = Callable[[InProcess, int], Any]
ALERTS_WITHOUT_RECORD = {
    "POST /api/v1/session/mail/try": "a mail to oneself is on record as mail",
}
"""Operations that change nothing that is kept, and why."""


def alert(tenant: int, mark: str) -> int:
    """Raise an alert that says ``mark``; return its number."""
    from suyuan.chassis.database import transaction
    from suyuan.compliance.api.alerting import raise_alert
    from suyuan.kernel.principals import Principal

    with transaction(Principal(tenant, None, "worker:log", via="system")) as current:
        raise_alert("backup_failed", mark, {"place": mark, "why": "disk full"})
        number = current.value("SELECT max(id) FROM compliance_alert WHERE tenant_id = %s", (tenant,))
    return int(number)


def mail(tenant: int, mark: str) -> int:
    """Leave a mail that waits; return its number."""
    from suyuan.chassis.database import transaction
    from suyuan.kernel.principals import Principal
    from suyuan.tenancy.store import mail as store

    with transaction(Principal(tenant, None, "worker:mail", via="system")) as current:
        assert store.put("try", mark, 1, f"{mark}@plant.example", mark, mark)
        number = current.value("SELECT max(id) FROM tenancy_mail WHERE tenant_id = %s", (tenant,))
    return int(number)


def leave_alerts(tenant: Any, person: InProcess, mark: str) -> dict[str, list[str]]:
    """Leave an alert, a mail, a choice of mail, and a clock that jumped; return their numbers."""
    from suyuan.compliance.jobs import watch_tenant
    from suyuan.compliance.store import alerts

    assert person.put("/api/v1/session/mail", json={"topic": "security.own", "wanted": False}).status_code == 200
    with tenant.open() as current:
        now = current.value("SELECT clock_timestamp()")
        alerts.note_jump(now - timedelta(hours=1), now)
    watch_tenant(tenant.id)
    return {"alert_id": [str(alert(tenant.id, mark))], "mail_id": [str(mail(tenant.id, mark))]}


def _own(boss: InProcess) -> int:
    return int(boss.get("/api/v1/session").json()["tenant"]["id"])


ALERT_CHANGES: dict[str, Change] = {
    "PUT /api/v1/session/mail": lambda boss, _: boss.put(
        "/api/v1/session/mail", json={"topic": "security.own", "wanted": False}
    ),
    "POST /api/v1/security/alerts/{alert_id}/handle": lambda boss, number: boss.post(
        f"/api/v1/security/alerts/{alert(_own(boss), f'a{number}')}/handle", json={"note": "seen"}
    ),
    "POST /api/v1/security/mails/{mail_id}/retry": lambda boss, number: boss.post(
        f"/api/v1/security/mails/{mail(_own(boss), f'a{number}')}/retry"
    ),
}
