"""The installation's examination: each finding says what was looked at, what was seen, and the remedy."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from suyuan import __version__
from suyuan.chassis.settings import Settings
from suyuan.entry.ready import ready, settings_for
from suyuan.kernel.faults import Bilingual, Fault

_LEAST_FREE_GB = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: Bilingual
    good: bool
    detail: str
    remedy: Bilingual | None = None


def examine(data: Path | None) -> Iterator[Finding]:
    """Yield the findings, cheapest first; the database is started if it is not running."""
    chosen = settings_for(data)
    yield Finding(Bilingual("程序", "Program"), True, f"suyuan {__version__}, Python {sys.version.split()[0]}")
    yield _space(chosen)
    yield _pages()
    try:
        with ready(data):
            yield from _database()
            yield from _breached_passwords()
    except Fault as fault:
        remedy = Bilingual(fault.remedy("zh"), fault.remedy("en"))
        yield Finding(Bilingual("数据库", "Database"), False, f"{fault.title('zh')} {fault.title('en')}", remedy)
    except RuntimeError as error:
        yield Finding(Bilingual("数据库", "Database"), False, str(error))


def _space(chosen: Settings) -> Finding:
    there = chosen.data
    while not there.exists():
        there = there.parent
    free = shutil.disk_usage(there).free / 2**30
    writable = os.access(there, os.W_OK)
    return Finding(
        Bilingual("数据目录", "Data directory"),
        writable and free >= _LEAST_FREE_GB,
        f"{chosen.data} ({free:.1f} GB free{'' if writable else ', not writable'})",
        Bilingual("换一个可写、空间充足的目录：--data", "Choose a writable directory with space: --data DIRECTORY"),
    )


def _pages() -> Finding:
    page = Path(__file__).parent / "static" / "app" / "index.html"
    return Finding(
        Bilingual("网页", "Web pages"), page.exists(), "built" if page.exists() else "not built",
        Bilingual("运行 make web", "Run make web"),
    )  # fmt: skip


def _breached_passwords() -> Iterator[Finding]:
    from suyuan.tenancy import api as tenancy

    seen = tenancy.breached_list()
    if seen is not None:
        yield Finding(
            Bilingual("外泄密码列表", "Breached passwords"), *seen,
            Bilingual("下载按散列排序的文本列表，让服务的用户可读，或取消 SUYUAN_BREACHED_PASSWORDS",
                      "Download the text list ordered by hash, readable by the service's user, "
                      "or unset SUYUAN_BREACHED_PASSWORDS"),
        )  # fmt: skip


def _database() -> Iterator[Finding]:
    from suyuan.chassis.database import without_tenant

    with without_tenant() as connection:
        rows = connection.execute(
            "SELECT current_setting('server_version'), current_setting('fsync'), current_user,"
            " rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchall()
        unguarded = connection.execute(
            "SELECT string_agg(c.relname, ', ') FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " AND a.attname = 'tenant_id' WHERE c.relkind IN ('r', 'p') AND NOT c.relrowsecurity"
            " AND c.relnamespace = 'public'::regnamespace"
        ).fetchall()[0][0]
    version, fsync, role, powerful = rows[0]
    yield Finding(Bilingual("数据库", "Database"), True, f"PostgreSQL {version}, migrated")
    yield Finding(
        Bilingual("断电安全", "Safe against power loss"), fsync == "on", f"fsync = {fsync}",
        Bilingual("在数据库设置中打开 fsync", "Switch fsync on in the database's settings"),
    )  # fmt: skip
    yield Finding(
        Bilingual("租户隔离", "Tenant isolation"), not powerful and unguarded is None,
        f"role {role}" if unguarded is None else f"without row-level security: {unguarded}",
        Bilingual("运行 suyuan migrate", "Run suyuan migrate"),
    )  # fmt: skip
