"""An older installation is upgraded without loss; a program that is older than its database leaves it alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from suyuan.kernel.disclosure import ALL_FIELDS
from suyuan.kernel.faults import Fault

EARLIER = """
from suyuan.entry.boot import boot
boot()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from suyuan.chassis.database import named_sql
from suyuan.chassis.django_settings import _MODULES
executor = MigrationExecutor(connection)
others = [node for node in executor.loader.graph.leaf_nodes() if node[0] not in _MODULES]
executor.migrate([("tenancy", "0009_duties"), ("compliance", "0008_audit_names_somebody"), *others])
with connection.cursor() as cursor:
    cursor.execute("SELECT set_config('suyuan.app_role', 'suyuan_app', false)")
    cursor.execute(named_sql("suyuan.chassis", "secure_tables.sql"))
    cursor.execute(named_sql("suyuan.compliance.store", "attach_audit.sql"))
"""
"""Migrates up to what the version before had: alerts, mail and all that came with and after them are missing."""
PAST = """
INSERT INTO tenancy_tenant (code, name, created) VALUES ('old', '老厂', now());
SELECT set_config('suyuan.via', 'session', true), set_config('suyuan.actor_name', '王', true);
INSERT INTO tenancy_user (tenant_id, login, name, language, active, created, password)
     SELECT id, 'wang', '王 小明', 'zh', true, now(), '!' FROM tenancy_tenant;
INSERT INTO tenancy_role (tenant_id, name_zh, name_en, permissions) SELECT id, '管理员', 'Boss', '{a:b:c}'
     FROM tenancy_tenant;
INSERT INTO tenancy_grant (tenant_id, user_id, role_id) SELECT u.tenant_id, u.id, r.id
     FROM tenancy_user u, tenancy_role r;
INSERT INTO tenancy_sign_in (tenant_id, user_id, address, agent, outcome) SELECT tenant_id, id, '::1', 'x', 'signed_in'
     FROM tenancy_user;
INSERT INTO compliance_retention (tenant_id, kind, days, reason, changed_by) SELECT id, 'audit', 400, 'policy', '王'
     FROM tenancy_tenant;
"""


@pytest.fixture
def database(application: None) -> Iterator[str]:
    """Lend an empty database; gives how to connect as its owner."""
    name = f"suyuan_old_{os.getpid()}"
    admin = os.environ["SUYUAN_TEST_ADMIN"]
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' OWNER suyuan_owner")
    yield make_conninfo(os.environ["SUYUAN_TEST_OWNER"], dbname=name)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _rows(owner: str) -> dict[str, list[tuple[object, ...]]]:
    tables = ("tenancy_tenant", "tenancy_user", "tenancy_role", "tenancy_sign_in", "compliance_retention")
    with psycopg.connect(owner) as connection:
        rows = {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in tables}
        audit = "SELECT id, table_name, action, actor, after FROM compliance_audit WHERE via <> 'system' ORDER BY id"
        return rows | {"audit": connection.execute(audit).fetchall()}


def _with_fields(cell: object) -> object:
    """Return a role's cell as an upgrade leaves it: whoever held a right still sees every field."""
    return sorted([*cell, *ALL_FIELDS]) if isinstance(cell, list) else cell


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_an_older_installation_is_upgraded_without_loss_and_a_newer_one_refused(database: str) -> None:
    from suyuan.chassis.postgres import DatabaseUrls
    from suyuan.chassis.settings import settings
    from suyuan.entry.installation import migrate

    app = make_conninfo(os.environ["DATABASE_APP_URL"], dbname=psycopg.conninfo.conninfo_to_dict(database)["dbname"])
    urls = DatabaseUrls(database, app)
    as_owner = {**os.environ, "DATABASE_URL": database, "DATABASE_APP_URL": app, "SUYUAN_DATABASE_ROLE": "owner"}
    earlier = subprocess.run([sys.executable, "-c", EARLIER], env=as_owner, capture_output=True, text=True, check=False)
    assert earlier.returncode == 0, earlier.stderr[-2000:]
    with psycopg.connect(database) as owner:
        assert owner.execute("SELECT to_regclass('compliance_alert'), to_regclass('tenancy_mail')").fetchone() == (
            None,
            None,
        )
        owner.execute(PAST)
    before = _rows(database)
    assert len(before["audit"]) == 4

    migrate(urls, settings())
    before["tenancy_role"] = [tuple(map(_with_fields, row)) for row in before["tenancy_role"]]
    assert _rows(database) == before
    with psycopg.connect(database) as owner:
        granted = owner.execute(
            "SELECT g.since = a.at FROM tenancy_grant g JOIN compliance_audit a ON a.table_name = 'tenancy_grant'"
            " AND a.row_key = g.id::text AND a.action = 'insert'"
        ).fetchall()
        assert granted == [(True,)], "since when is told by the trail"
    with psycopg.connect(app) as bound:
        assert bound.execute("SELECT count(*) FROM tenancy_user").fetchone() == (0,), "row-level security holds"

    with psycopg.connect(database) as owner:
        owner.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('trace', '9999_later', now())")
        owner.execute("COMMENT ON SCHEMA public IS 'suyuan of a later version'")
    with pytest.raises(Fault) as refused:
        migrate(urls, settings())
    assert refused.value.kind.code == "entry.database_newer"
    assert "trace 9999_later" in refused.value.title("en")
    assert _rows(database) == before
