"""The two roles and the database we use: an owner that migrates, and an application bound by row-level security."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, LiteralString, cast
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.sql import SQL, Composable, Identifier, Literal

from .address import ServerAddress
from .binaries import OLDEST_MAJOR
from .deadline import Deadline
from .faults import (
    APP_PASSWORD_UNKNOWN,
    APP_ROLE_TOO_POWERFUL,
    MAY_NOT_CREATE_DATABASE,
    MAY_NOT_CREATE_ROLE,
    MAY_NOT_OWN,
    NOT_UTF8,
    TOO_OLD,
    UNREACHABLE,
    os_errors_as_faults,
)
from .home import keep_secret

OWNER: Final = "suyuan_owner"
APP: Final = "suyuan_app"
ONE_AT_A_TIME: Final = 0x5375_7975_616E  # advisory lock key: "Suyuan"
Connection = psycopg.Connection[tuple[object, ...]]
_RECOVERS_SECONDS: Final = 30.0
_RECOVERING: Final = (
    "is starting up",
    "in recovery mode",
    "not yet accepting connections",
    "is shutting down",
    "terminating connection",
    "server closed the connection unexpectedly",
)
"""What a server says while it comes back from the death of one of its processes."""


@dataclass(frozen=True, slots=True)
class DatabaseUrls:
    """``postgresql://`` URLs of the owner (migrations) and of the application (everything else)."""

    owner_url: str = field(repr=False)
    app_url: str = field(repr=False)
    app_role: str = APP


def url_of(conninfo: str) -> str:
    """Return a libpq connection string or URL as a URL; socket directories and options travel as query parameters."""
    parts = {name: str(value) for name, value in conninfo_to_dict(conninfo).items() if value is not None}
    user, password = quote(parts.pop("user", ""), safe=""), quote(parts.pop("password", ""), safe="")
    dbname = quote(parts.pop("dbname", ""), safe="")
    place = ""
    host = parts.get("host", "")
    if host and not host.startswith(("/", "@")) and "," not in host:
        place = f"[{host}]" if ":" in host else quote(host, safe="")
        port = parts.pop("port", None)
        place += f":{port}" if port else ""
        del parts["host"]
    who = f"{user}:{password}@" if password else f"{user}@" if user else ""
    query = urlencode(parts, quote_via=quote, safe="")
    return f"postgresql://{who}{place}/{dbname}" + (f"?{query}" if query else "")


def ensure_roles_and_database(
    server: ServerAddress | str,
    database: str | None = None,
    *,
    secrets_dir: Path | None = None,
    app_url: str | None = None,
) -> DatabaseUrls:
    """Make sure the database and its two roles exist, and return how to connect as each. Safe to repeat, and to race.

    ``server`` is the embedded server's address, or for an external one the URL of an administrator or of the
    database's owner. ``database`` defaults to the URL's, else ``suyuan``. Generated passwords are kept in
    ``secrets_dir`` (the embedded server has its own). ``app_url`` (``DATABASE_APP_URL``) names an application
    role that exists already. Raises ``Fault`` of the kinds in ``faults``.
    """
    embedded = isinstance(server, ServerAddress)
    admin = server.conninfo("postgres") if isinstance(server, ServerAddress) else server
    folder = server.secrets if isinstance(server, ServerAddress) else secrets_dir
    if folder is None:
        raise ValueError("an external server needs secrets_dir")
    named = conninfo_to_dict(admin).get("dbname")
    target = database or ("suyuan" if embedded or not named else str(named))
    with os_errors_as_faults(folder), _exclusive(admin, target) as connection:
        return _Installation(connection, admin, target, folder, may_reset=embedded).ensure(app_url)


def connect_patiently(conninfo: str) -> Connection:
    """Connect as soon as the server takes connections: one that recovers from a crash does so within seconds.

    :raises psycopg.OperationalError: for any other reason, or after 30 seconds.
    """
    deadline = Deadline(_RECOVERS_SECONDS)
    while True:
        try:
            return psycopg.connect(conninfo, autocommit=True, connect_timeout=15)
        except psycopg.OperationalError as error:
            if deadline.passed or not any(words in str(error) for words in _RECOVERING):
                raise
            time.sleep(0.2)


def _connect(conninfo: str) -> Connection:
    try:
        return connect_patiently(conninfo)
    except psycopg.OperationalError as error:
        raise UNREACHABLE(server=_place(conninfo), reason=str(error).strip()) from error


def _place(conninfo: str) -> str:
    parts = conninfo_to_dict(conninfo)
    return f"{parts.get('host', 'localhost')}:{parts.get('port', 5432)}/{parts.get('dbname', '')}"


@contextlib.contextmanager
def _exclusive(admin: str, target: str) -> Iterator[Connection]:
    """Connect, to the database named or where it does not exist yet to ``postgres``, one installer at a time."""
    try:
        connection = connect_patiently(admin)
    except psycopg.OperationalError as error:
        if f'database "{target}" does not exist' not in str(error):
            raise UNREACHABLE(server=_place(admin), reason=str(error).strip()) from error
        connection = _connect(make_conninfo(admin, dbname="postgres"))
    with connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        yield connection


class _Installation:
    """The steps of one :func:`ensure_roles_and_database`, on an open administrator's or owner's connection."""

    def __init__(self, connection: Connection, admin: str, target: str, folder: Path, *, may_reset: bool) -> None:
        self.connection = connection
        self.admin = admin
        self.target = target
        self.folder = folder
        self.may_reset = may_reset
        version = connection.info.server_version // 10000
        if version < OLDEST_MAJOR:
            raise TOO_OLD(found=version)
        self.version = version
        row = connection.execute(
            "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        self.me, self.superuser, self.may_create_role, self.may_create_db = cast(tuple[str, bool, bool, bool], row)

    def ensure(self, app_url: str | None) -> DatabaseUrls:
        """Do all steps; every one of them looks first."""
        owner = self._ensure_owner()
        as_owner = self._conninfo(owner) if owner != self.me else make_conninfo(self.admin, dbname=self.target)
        as_app = app_url if app_url is not None else self._ensure_app()
        app = str(conninfo_to_dict(as_app).get("user", APP))
        self._check_bound(app, owner)
        with _connect(as_owner) as connection:
            for statement in (
                SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC"),
                SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(Identifier(self.target)),
                SQL("GRANT CONNECT ON DATABASE {} TO {}").format(Identifier(self.target), Identifier(app)),
                SQL("GRANT USAGE ON SCHEMA public TO {}").format(Identifier(app)),
            ):
                connection.execute(statement)
        _connect(as_app).close()
        return DatabaseUrls(url_of(as_owner), url_of(as_app), app)

    def _ensure_owner(self) -> str:
        """Return the role that owns the database, creating both where needed and permitted."""
        found = self.connection.execute(
            "SELECT pg_get_userbyid(datdba), pg_encoding_to_char(encoding) FROM pg_database WHERE datname = %s",
            [self.target],
        ).fetchone()
        if found is not None:
            owner, encoding = str(found[0]), found[1]
            if encoding != "UTF8":
                raise NOT_UTF8(database=self.target, encoding=encoding)
            if owner == OWNER and self.superuser:
                self._ensure_role(OWNER)
            elif owner != self.me:
                raise MAY_NOT_OWN(database=self.target, owner=owner, role=self.me)
            return owner
        if not (self.superuser or self.may_create_db):
            raise MAY_NOT_CREATE_DATABASE(database=self.target, role=self.me)
        owner = self.me
        if self.superuser:
            self._ensure_role(OWNER)
            owner = OWNER
        self._create_database(owner)
        return owner

    def _create_database(self, owner: str) -> None:
        locale: LiteralString = " LOCALE 'C.UTF-8'"
        if self.version >= 17:
            locale = " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
        create = SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
            Identifier(self.target), Identifier(owner)
        )
        try:
            self.connection.execute(create + SQL(locale))
        except (psycopg.errors.WrongObjectType, psycopg.errors.InvalidParameterValue):
            self.connection.execute(create)  # the server's system has no such locale; its own will do

    def _ensure_app(self) -> str:
        """Return the connection string of the application role, creating the role where needed and permitted."""
        known = (self.folder / f"{APP}.password").exists()
        if self._exists(APP):
            if not known and not self.may_reset:
                raise APP_PASSWORD_UNKNOWN(app_role=APP, path=self.folder / f"{APP}.password")
        elif not (self.superuser or self.may_create_role):
            raise MAY_NOT_CREATE_ROLE(role=self.me, app_role=APP)
        self._ensure_role(APP)
        return self._conninfo(APP)

    def _ensure_role(self, role: str) -> None:
        """Make ``role`` an ordinary login role with the kept password."""
        ordinary = SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS")
        if not self.superuser:
            ordinary = SQL("LOGIN NOCREATEDB NOCREATEROLE")  # the rest is the default, and not ours to say
        if not self._exists(role):
            self._say(SQL("CREATE ROLE {} {} PASSWORD {}"), role, ordinary)
        elif self.may_reset and not self._may_log_in(role):
            self._say(SQL("ALTER ROLE {} {} PASSWORD {}"), role, ordinary)

    def _say(self, template: SQL, role: str, attributes: Composable) -> None:
        """Send a role statement; the password travels hashed, so that no server log ever shows it."""
        hashed = self.connection.pgconn.encrypt_password(
            self._password(role).encode("ascii"), role.encode("utf-8"), b"scram-sha-256"
        )
        self.connection.execute(template.format(Identifier(role), attributes, Literal(hashed.decode("ascii"))))

    def _password(self, role: str) -> str:
        return keep_secret(self.folder / f"{role}.password")

    def _conninfo(self, role: str) -> str:
        return make_conninfo(self.admin, dbname=self.target, user=role, password=self._password(role))

    def _exists(self, role: str) -> bool:
        return self.connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None

    def _may_log_in(self, role: str) -> bool:
        try:
            psycopg.connect(make_conninfo(self._conninfo(role), dbname="postgres"), connect_timeout=15).close()
        except psycopg.OperationalError:
            return False
        return True

    def _check_bound(self, app: str, owner: str) -> None:
        """Refuse an application role that row-level security would not bind."""
        row = self.connection.execute(
            "SELECT rolsuper OR rolbypassrls OR pg_has_role(oid, %s, 'MEMBER') FROM pg_roles WHERE rolname = %s",
            [owner, app],
        ).fetchone()
        if row is not None and row[0]:
            raise APP_ROLE_TOO_POWERFUL(app_role=app, owner=owner)
