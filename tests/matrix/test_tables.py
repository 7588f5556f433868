"""Every table of the database, walked in its catalogue: whose rows it holds, and who may do what to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from psycopg import sql

from tests.support.database import owner_url
from tests.support.plants import Plant, furnish, leave_waiting

NO_TENANTS = {
    "auth_group": "Django's; unused, empty, and the application may only read it",
    "auth_group_permissions": "Django's; unused, empty, and the application may only read it",
    "auth_permission": "Django's names of its own models' rights; not ours, read-only",
    "django_content_type": "Django's names of models, read-only",
    "django_migrations": "which migrations were applied, read-only",
    "django_session": "console sessions, found only by their random key; each holds the tenant it was opened for",
    "tenancy_tenant": "the tenants themselves; row-level security lets each see its own row",
    "tenancy_attempt": "failed sign-ins by hashed subject; a wrong login has no tenant",
    "tenancy_answered": "questions to browsers that were answered, by hash, for ten minutes; no tenant is known yet",
    "portal_visit": "lookups of consumer pages by hashed visitor; a visitor has no tenant",
    "procrastinate_jobs": "the job queue: maintenance only, no job carries a tenant's data",
    "procrastinate_events": "the job queue's history",
    "procrastinate_periodic_defers": "when periodic jobs were last queued",
    "procrastinate_workers": "which workers are alive",
}
RIGHTS = {
    "": "SELECT INSERT UPDATE DELETE",
    "append-only": "SELECT INSERT",
    "read-only": "SELECT",
    "derived": "SELECT INSERT UPDATE DELETE",
}
"""What the application may do, by the first word of a table's comment."""
_TABLES = (
    "SELECT c.relname, coalesce(obj_description(c.oid, 'pg_class'), ''), c.relrowsecurity,"
    " EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)"
    " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind IN ('r', 'p', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
    " AND n.nspname NOT LIKE 'pg_toast%%' ORDER BY 1"
)
ISOLATION = (
    "(tenant_id = ( SELECT (NULLIF(current_setting('suyuan.tenant'::text, true), ''::text))::bigint AS \"nullif\"))"
)
_COPY_TO = (
    "INSERT INTO {0} OVERRIDING SYSTEM VALUE"
    " SELECT (jsonb_populate_record(t, jsonb_build_object('tenant_id', {1}::bigint))).* FROM {0} t LIMIT 1"
)
_GIVE_TO = "UPDATE {0} SET tenant_id = {1}"


@dataclass(frozen=True)
class Table:
    """A table as the catalogue has it."""

    name: str
    comment: str
    guarded: bool
    of_tenant: bool

    @property
    def word(self) -> str:
        """What the table is, by its comment."""
        return self.comment.partition(":")[0].partition(",")[0]


@pytest.fixture(scope="module")
def plants(application) -> tuple[Plant, Plant]:
    from tests.support.tenants import fresh_tenant

    first, second = furnish(fresh_tenant()), furnish(fresh_tenant())
    leave_waiting(first.client, first.bakery)
    return first, second


@pytest.fixture(scope="module")
def owner(application) -> Iterator[psycopg.Connection]:
    with psycopg.connect(owner_url(), autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def app(application) -> Iterator[psycopg.Connection]:
    """A connection with the application's role, as any code of ours has it, and nothing set."""
    from suyuan.chassis.settings import settings

    with psycopg.connect(settings().database_app_url or "", autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def tables(owner) -> list[Table]:
    return [Table(*row) for row in owner.execute(_TABLES).fetchall()]


def _count(connection: psycopg.Connection, table: str, condition: str = "true") -> int:
    query = sql.SQL("SELECT count(*) FROM {} WHERE " + condition).format(sql.Identifier(table))
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def test_the_application_is_nobody_special(app, owner) -> None:
    row = app.execute(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,"
        " EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid)"
        " FROM pg_roles r WHERE rolname = current_user"
    ).fetchone()
    assert row == (False,) * 6
    owned = app.execute(
        "SELECT relname FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)"
    ).fetchall()
    assert owned == []
    for statement in (
        "CREATE TABLE mine (x int)",
        "SET ROLE suyuan_owner",
        "SET row_security = off; TABLE trace_event",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(statement)
    app.execute("RESET row_security")


def test_every_table_is_a_tenants_or_says_why_not(tables) -> None:
    assert {table.name for table in tables if not table.of_tenant} == set(NO_TENANTS)
    assert len([table for table in tables if table.of_tenant]) > 20


ONE_FOR_ALL = {
    "portal_public_product_publisher": "a GTIN has one brand owner, so one publisher",
    "tenancy_invitation_secret_hash_key": "whose it is is asked before a tenant is known; a hash of a random secret",
    "tenancy_passkey_credential_key": "who signs in with it is asked before a tenant is known; random",
    "tenancy_session_key_hash_key": "the hash of a session's random key",
    "tenancy_token_secret_hash_key": "whose token it is is asked before a tenant is known; a hash of a random secret",
    "tenancy_user_login_key": "who signs in is asked before a tenant is known; another is given to who is brought here",
}
"""What only one tenant can have. All other keys are a tenant's own: two may have the same numbers (ADR-0030)."""
_KEYS = (
    "SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
    " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped"
    " WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace AND a.attnum <> ALL (i.indkey::smallint[])"
)


def test_keys_of_tenants_are_their_own_but_for_those_that_say_why(owner) -> None:
    assert {row[0] for row in owner.execute(_KEYS).fetchall()} == set(ONE_FOR_ALL)


def test_every_table_of_tenants_lets_through_only_the_tenant_that_is_set(tables, owner) -> None:
    policies = {}
    for name, command, roles, permissive, using, check in owner.execute(
        "SELECT tablename, cmd, roles::text, permissive, qual, with_check FROM pg_policies"
    ).fetchall():
        policies.setdefault(name, []).append((command, roles, permissive, using, check))
    wrong = {
        table.name: (table.guarded, policies.get(table.name))
        for table in tables
        if table.of_tenant
        and (not table.guarded or policies.get(table.name) != [("ALL", "{public}", "PERMISSIVE", ISOLATION, None)])
    }
    assert wrong == {}


def test_every_table_of_tenants_has_real_rows_of_two_here(plants, tables, owner) -> None:
    bare = [
        (table.name, plant.tenant.id)
        for table in tables
        for plant in plants
        if table.of_tenant and _count(owner, table.name, f"tenant_id = {plant.tenant.id}") == 0
    ]
    assert bare == [], "tests/support/plants.py must put something there"


def test_nobody_reads_anothers_rows_nor_any_without_a_tenant(plants, tables, owner, app) -> None:
    mine, theirs = plants
    wrong = []
    for table in tables:
        if not table.of_tenant:
            continue
        app.execute("SELECT set_config('suyuan.tenant', %s, false)", (str(mine.tenant.id),))
        if _count(app, table.name) != _count(owner, table.name, f"tenant_id = {mine.tenant.id}"):
            wrong.append((table.name, "reads other than its own rows"))
        if _count(app, table.name, f"tenant_id <> {mine.tenant.id}"):
            wrong.append((table.name, "reads others' rows"))
        for unset in ("RESET suyuan.tenant", "SET suyuan.tenant = ''", "SET suyuan.tenant = '0'"):
            app.execute(unset)
            if _count(app, table.name):
                wrong.append((table.name, f"reads rows after {unset}"))
    assert wrong == []
    assert theirs.tenant.id != mine.tenant.id


def test_nobody_writes_into_anothers_rows(plants, tables, app) -> None:
    mine, theirs = plants
    wrong = []
    app.execute("SELECT set_config('suyuan.tenant', %s, false)", (str(mine.tenant.id),))
    for table in tables:
        may = RIGHTS[table.word] if table.of_tenant else ""
        for right, statement in (
            ("UPDATE", "UPDATE {0} SET tenant_id = tenant_id WHERE tenant_id = {1}"),
            ("DELETE", "DELETE FROM {0} WHERE tenant_id = {1}"),
        ):
            text = sql.SQL(statement).format(sql.Identifier(table.name), sql.Literal(theirs.tenant.id))
            if right in may and app.execute(text).rowcount:
                wrong.append((table.name, right))
        for right, statement in (("INSERT", _COPY_TO), ("UPDATE", _GIVE_TO)):
            text = sql.SQL(statement).format(sql.Identifier(table.name), sql.Literal(theirs.tenant.id))
            if right in may:
                with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
                    app.execute(text)
    app.execute("RESET suyuan.tenant")
    assert wrong == []


def test_the_application_may_do_what_the_comment_says_and_no_more(tables, app) -> None:
    wrong = {}
    for table in tables:
        held = app.execute(
            "SELECT string_agg(r, ' ') FROM unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}'::text[])"
            " r WHERE has_table_privilege(%s, r)",
            (table.name,),
        ).fetchone()
        if table.of_tenant:
            allowed = RIGHTS.get(table.word)
        else:
            written = table.name == "django_session" or table.name.startswith("procrastinate_")
            allowed = RIGHTS[""] if written or table.comment.startswith("global, written") else "SELECT"
        if held is None or held[0] != allowed:
            wrong[table.name] = (table.word, held)
    assert wrong == {}


def test_every_other_table_of_tenants_is_audited_and_those_are_not(tables, owner) -> None:
    audited = {
        row[0]
        for row in owner.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgname = 'audit_row' AND t.tgenabled = 'O'"
        ).fetchall()
    }
    assert audited == {table.name for table in tables if table.of_tenant and table.word == ""}
    assert {"tenancy_user", "tenancy_role", "tenancy_grant", "tenancy_token", "tenancy_site"} <= audited


def test_the_ledger_refuses_even_its_owner(plants, tables, owner) -> None:
    ledger = [table for table in tables if table.word == "append-only" and table.name.startswith("trace_")]
    assert len(ledger) >= 6
    for table in ledger:
        name = sql.Identifier(table.name)
        for statement in ("UPDATE {} SET tenant_id = tenant_id", "DELETE FROM {}", "TRUNCATE {}"):
            with pytest.raises(psycopg.errors.RestrictViolation):
                owner.execute(sql.SQL(statement).format(name))


def test_functions_of_the_owner_answer_only_what_is_listed(owner) -> None:
    """A function that runs with the owner's rights sees every tenant: each must be known, with a fixed search path."""
    rows = owner.execute(
        "SELECT p.proname, coalesce(p.proconfig::text, '') FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE p.prosecdef AND n.nspname = 'public'"
    ).fetchall()
    assert {name for name, _ in rows} == {
        "chassis_outbox_prune",
        "chassis_outbox_tenants",
        "compliance_audit_row",
        "compliance_remove",
        "compliance_tenants",
        "portal_publisher_of",
        "tenancy_find_invitation",
        "tenancy_find_login",
        "tenancy_find_passkey",
        "tenancy_find_token",
        "tenancy_make_tenant",
        "tenancy_only_tenant",
        "tenancy_tenant_by_code",
        "tenancy_tenants",
    }
    assert [name for name, settings in rows if "search_path=pg_catalog, public" not in settings] == []
