"""The owner and the application role, on our own server and on somebody else's."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from suyuan.chassis.postgres import EmbeddedPostgres, ServerAddress, ensure_roles_and_database, faults
from suyuan.chassis.postgres.roles import url_of
from suyuan.kernel.faults import Fault, FaultKind


@pytest.fixture
def server(data_dir: Path) -> Iterator[ServerAddress]:
    running = EmbeddedPostgres(data_dir)
    yield running.start(60)
    running.stop()


def run(conninfo: str, *statements: str) -> None:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def one(conninfo: str, query: str) -> tuple[object, ...]:
    with psycopg.connect(conninfo) as connection:
        return connection.execute(query).fetchone()


def refused(kind: FaultKind, *arguments: object, **options: object) -> Fault:
    with pytest.raises(Fault) as caught:
        ensure_roles_and_database(*arguments, **options)
    assert caught.value.kind is kind, caught.value
    assert caught.value.title("zh")
    assert caught.value.remedy("zh")
    return caught.value


def test_on_our_own_server(server: ServerAddress) -> None:
    with ThreadPoolExecutor(3) as pool:  # racing
        urls = set(pool.map(lambda _: ensure_roles_and_database(server), range(3)))
    assert len(urls) == 1
    (made,) = urls
    assert made.app_role == "suyuan_app"
    assert "password" not in repr(made)
    powers = (
        "SELECT current_user::text, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb"
        " FROM pg_roles WHERE rolname = current_user"
    )
    assert one(made.owner_url, powers) == ("suyuan_owner", False, False, False, False)
    assert one(made.app_url, powers) == ("suyuan_app", False, False, False, False)
    about = (
        "SELECT pg_get_userbyid(datdba)::text, pg_encoding_to_char(encoding)::text, datlocprovider::text, datlocale"
        " FROM pg_database WHERE datname = current_database()"
    )
    assert one(made.app_url, about) == ("suyuan_owner", "UTF8", "b", "C.UTF-8")
    run(made.owner_url, "CREATE TABLE t (n int)", "GRANT SELECT ON t TO suyuan_app")
    assert one(made.app_url, "SELECT count(*) FROM t") == (0,)
    for forbidden in ("CREATE TABLE mine (n int)", "CREATE TEMP TABLE mine (n int)", "INSERT INTO t VALUES (1)"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            run(made.app_url, forbidden)
    for role in ("suyuan_owner", "suyuan_app"):
        assert stat.S_IMODE((server.secrets / f"{role}.password").stat().st_mode) == 0o600
    (server.secrets / "suyuan_app.password").unlink()  # lost: our own server gets a new one
    assert one(ensure_roles_and_database(server).app_url, "SELECT 1") == (1,)
    with pytest.raises(psycopg.OperationalError):
        one(made.app_url, "SELECT 1")


def test_an_external_server_by_its_administrator(server: ServerAddress, folder: Path) -> None:
    admin = url_of(server.conninfo("plant"))
    urls = ensure_roles_and_database(admin, secrets_dir=folder / "密")
    assert one(urls.owner_url, "SELECT current_user::text, current_database()::text") == ("suyuan_owner", "plant")
    assert ensure_roles_and_database(admin, secrets_dir=folder / "密") == urls
    fault = refused(faults.APP_PASSWORD_UNKNOWN, admin, secrets_dir=folder / "elsewhere")
    assert "DATABASE_APP_URL" in fault.remedy("en")
    assert one(urls.app_url, "SELECT 1") == (1,)


def test_an_external_server_by_an_owner_without_rights(server: ServerAddress, folder: Path) -> None:
    run(server.conninfo("postgres"), "CREATE ROLE plain LOGIN PASSWORD 'p@:/ ?'", "CREATE ROLE app LOGIN PASSWORD 'a'")
    owner = server.conninfo("plant", "plain", "p@:/ ?")
    refused(faults.MAY_NOT_CREATE_DATABASE, owner, secrets_dir=folder)
    run(server.conninfo("postgres"), "CREATE DATABASE plant OWNER plain")
    fault = refused(faults.MAY_NOT_CREATE_ROLE, owner, secrets_dir=folder)
    assert "DATABASE_APP_URL" in fault.remedy("en")
    app = server.conninfo("plant", "app", "a")
    urls = ensure_roles_and_database(owner, secrets_dir=folder, app_url=app)
    assert urls.app_role == "app"
    assert one(urls.owner_url, "SELECT current_user::text") == ("plain",)
    assert one(urls.app_url, "SELECT current_user::text") == ("app",)
    refused(faults.APP_ROLE_TOO_POWERFUL, owner, secrets_dir=folder, app_url=owner)
    refused(faults.APP_ROLE_TOO_POWERFUL, owner, secrets_dir=folder, app_url=server.conninfo("plant"))
    refused(faults.UNREACHABLE, owner, secrets_dir=folder, app_url=make_conninfo(app, password="wrong"))


def test_an_external_server_by_a_role_that_may_create_roles(server: ServerAddress, folder: Path) -> None:
    run(server.conninfo("postgres"), "CREATE ROLE maker LOGIN CREATEROLE CREATEDB PASSWORD 'm'")
    urls = ensure_roles_and_database(server.conninfo("plant", "maker", "m"), secrets_dir=folder / "s")
    assert one(urls.owner_url, "SELECT current_user::text") == ("maker",)
    assert one(urls.app_url, "SELECT current_user::text") == ("suyuan_app",)


def test_databases_that_will_not_do(server: ServerAddress, folder: Path) -> None:
    run(
        server.conninfo("postgres"),
        "CREATE ROLE plain LOGIN PASSWORD 'p'",
        "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0",
        "CREATE DATABASE theirs",
    )
    refused(faults.NOT_UTF8, server.conninfo("latin"), secrets_dir=folder)
    refused(faults.MAY_NOT_OWN, server.conninfo("theirs", "plain", "p"), secrets_dir=folder)
    fault = refused(faults.UNREACHABLE, "postgresql://u:secret@127.0.0.1:1/x?connect_timeout=2", secrets_dir=folder)
    assert "secret" not in fault.title("en")
    with pytest.raises(ValueError, match="secrets_dir"):
        ensure_roles_and_database(server.conninfo("postgres"))


@pytest.mark.parametrize(
    "conninfo",
    [
        "host='/run/数据 x' port=5432 dbname=d user=u password='p@:/?#% '",
        "host=db.example port=6543 dbname='a/b' user='u@v' sslmode=require",
        "host=::1 dbname=d user=u password=p",
        "host=a,b port=1,2 dbname=d",
        "dbname=d",
    ],
)
def test_urls_say_what_connection_strings_say(conninfo: str) -> None:
    assert conninfo_to_dict(url_of(conninfo)) == conninfo_to_dict(conninfo)


def test_a_server_that_recovers_is_waited_for_and_any_other_refusal_is_not(monkeypatch) -> None:
    from suyuan.chassis.postgres import roles

    said = ["FATAL:  the database system is in recovery mode", "FATAL:  the database system is starting up"]

    def connect(*_: object, **__: object) -> str:
        if said:
            raise psycopg.OperationalError(said.pop(0))
        return "a connection"

    monkeypatch.setattr(roles.psycopg, "connect", connect)
    monkeypatch.setattr(roles.time, "sleep", lambda _: None)
    assert roles.connect_patiently("") == "a connection"
    said.append("FATAL:  password authentication failed")
    with pytest.raises(psycopg.OperationalError, match="password"):
        roles.connect_patiently("")
