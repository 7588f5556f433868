"""A backup that fails is told, whatever it was."""

from __future__ import annotations

import pytest


def test_whoever_is_responsible_is_told_of_a_backup_that_fails(tenant, tmp_path) -> None:
    from suyuan.chassis.postgres.faults import BACKUP_FAILED
    from suyuan.compliance.api.alerting import list_alerts
    from suyuan.entry.cli.backing_up import _told

    for error in (BACKUP_FAILED(program="pg_receivewal", reason="No space left"), OSError(28, "No space left")):
        with pytest.raises(type(error)), _told(tmp_path):
            raise error
    with tenant.open():
        alerts = list_alerts("en").rows
    assert {alert.kind for alert in alerts} == {"backup_failed"}
    assert all("No space left" in alert.text and str(tmp_path) in alert.text for alert in alerts)
