"""A tenant's archive: everything it has, in one file that says what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, Literal

import msgspec

from suyuan.kernel.disclosure import PEOPLE
from suyuan.kernel.faults import fault_kind

ARCHIVE_FORMAT: Final = "suyuan/tenant/1"
EXPORT_TENANT: Final = "compliance:tenant:export"
TransferState = Literal["waiting", "running", "done", "failed", "canceled"]

ARCHIVE_FOREIGN = fault_kind(
    "compliance.archive_foreign",
    422,
    zh="{path} 不是租户档案：{why}",
    en="{path} is not a tenant's archive: {why}",
    remedy_zh="请选择由 suyuan tenant export 或“数据导出”页生成的文件。什么都没有写入。",
    remedy_en="Choose a file made by suyuan tenant export or by the page “Data export”. Nothing was written.",
)
ARCHIVE_DAMAGED = fault_kind(
    "compliance.archive_damaged",
    422,
    zh="档案已损坏或被改动：{what}",
    en="The archive is damaged or was changed: {what}",
    remedy_zh="请重新取得该文件。什么都没有写入。",
    remedy_en="Get the file again. Nothing was written.",
)
ARCHIVE_OTHER_VERSION = fault_kind(
    "compliance.archive_other_version",
    409,
    zh="档案由另一版本的系统生成（{what}）。",
    en="The archive was made by another version of the system ({what}).",
    remedy_zh="把两边升级到同一版本后重新导出。什么都没有写入。",
    remedy_en="Bring both sides to the same version and export again. Nothing was written.",
)
ARCHIVE_KEY_UNKNOWN = fault_kind(
    "compliance.archive_key_unknown",
    422,
    zh="档案不是由给定的公钥签名的：{key}",
    en="The archive was not signed by the public key given: {key}",
    remedy_zh="向原系统的管理员核对公钥（suyuan log keys）。什么都没有写入。",
    remedy_en="Compare keys with whoever runs the other system (suyuan log keys). Nothing was written.",
)
TENANT_TAKEN = fault_kind(
    "compliance.tenant_taken",
    409,
    zh="这里已有该租户，或另一租户已占用只能有一份的东西（{what}），例如同一产品的公开页。",
    en="This tenant is here already, or another has what only one may have ({what}), as the public page of a product.",
    remedy_zh="请在一边撤下它后重新导出，或导入到一个新的安装（--data NEW）。什么都没有写入。",
    remedy_en="Withdraw it on one side and export again, or import into a new installation (--data NEW). Nothing was"
    " written.",
)
EXPORT_UNDERWAY = fault_kind(
    "compliance.export_underway",
    409,
    zh="已有一个导出正在进行。",
    en="An export is under way already.",
    remedy_zh="等它完成，或先取消它。",
    remedy_en="Wait until it is done, or cancel it first.",
)
EXPORT_GONE = fault_kind(
    "compliance.export_gone",
    410,
    zh="这个导出文件已不在服务器上。",
    en="The file of this export is no longer on the server.",
    remedy_zh="导出文件保留 24 小时；请重新导出。",
    remedy_en="Files are kept for 24 hours; export again.",
)


class ArchivedTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One table: its rows as PostgreSQL's COPY writes them as text, in the order of the primary key."""

    name: str
    columns: tuple[str, ...]
    rows: int
    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is in an archive. ``migrations``: the newest of each part; ``keys``: the log's, as C2SP tools write them."""

    format: str
    version: str
    made: datetime
    tenant_id: int
    code: str
    name: str
    migrations: dict[str, str]
    keys: tuple[str, ...]
    last_signed: str | None
    tables: tuple[ArchivedTable, ...]

    @property
    def rows(self) -> int:
        """Return how many rows there are in all."""
        return sum(table.rows for table in self.tables)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A tenant that was taken in: its number here, and the logins that others here had already, with what they are now.

    Everything else is as the manifest says, down to every number.
    """

    manifest: Manifest
    tenant_id: int
    renamed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Transfer:
    """An export of the whole tenant. ``tables`` of ``of_tables`` are done; ``bytes`` and ``sha256`` are the file's.

    ``at_hand``: the file can still be fetched.
    """

    id: int
    state: TransferState
    asked: datetime
    asked_by: Annotated[str, PEOPLE]
    reason: str
    finished: datetime | None
    tables: int
    of_tables: int
    rows: int
    bytes: int | None
    sha256: str | None
    fault: str | None
    fetched: datetime | None
    fetched_by: Annotated[str | None, PEOPLE]
    at_hand: bool
