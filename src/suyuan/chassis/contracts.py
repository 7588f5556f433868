"""Faults that any edge may raise."""

from __future__ import annotations

from suyuan.kernel.faults import fault_kind

NOT_FOUND = fault_kind(
    "chassis.not_found",
    404,
    zh="没有找到“{what}”。",
    en="“{what}” was not found.",
    remedy_zh="请检查编号；它可能已删除，或属于您看不到的工厂。",
    remedy_en="Check the number; it may be gone, or belong to a site you cannot see.",
    exception="epcisException:NoSuchResourceException",
)
NO_SUCH_PATH = fault_kind(
    "chassis.no_such_path",
    404,
    zh="没有这个地址：{path}",
    en="There is no such address: {path}",
    remedy_zh="接口说明在 /api/v1/openapi.json。",
    remedy_en="The interface is described at /api/v1/openapi.json.",
    exception="epcisException:NoSuchResourceException",
)
METHOD_NOT_ALLOWED = fault_kind(
    "chassis.method_not_allowed",
    405,
    zh="这个地址不支持 {method}。",
    en="This address does not take {method}.",
    remedy_zh="可用的方法：{allowed}。",
    remedy_en="Use one of: {allowed}.",
)
BODY_TOO_LARGE = fault_kind(
    "chassis.body_too_large",
    413,
    zh="内容超过 {limit_mb} MB 的上限。",
    en="The content is larger than the limit of {limit_mb} MB.",
    remedy_zh="请分成几个文件，或请管理员提高上限（现为 {limit_mb} MB）。",
    remedy_en="Split it into several files, or ask the administrator to raise the limit of {limit_mb} MB.",
    exception="epcisException:CaptureLimitExceededException",
)
BODY_MALFORMED = fault_kind(
    "chassis.body_malformed",
    400,
    zh="请求内容不对：{why}",
    en="The request is not right: {why}",
    remedy_zh="请按所示位置改正后重发。",
    remedy_en="Correct the place shown and send it again.",
    exception="epcisException:ValidationException",
)
VALUE_UNSTORABLE = fault_kind(
    "chassis.value_unstorable",
    400,
    zh="请求中有数值太大，或有文本含不能保存的字符（NUL）。",
    en="A number in the request is too large, or a text holds a character that cannot be kept (NUL).",
    remedy_zh="请改正该值后重发。",
    remedy_en="Correct the value and send it again.",
    exception="epcisException:ValidationException",
)
CSRF_MISSING = fault_kind(
    "chassis.csrf",
    403,
    zh="请求没有带上本页面的安全令牌。",
    en="The request came without this page's safety token.",
    remedy_zh="请刷新页面后重试；程序调用请用 API 令牌。",
    remedy_en="Reload the page and try again; programs use an API token.",
    exception="epcisException:SecurityException",
)
CALLS_TOO_MANY = fault_kind(
    "chassis.calls_too_many",
    429,
    zh="请求太频繁：超过每分钟 {limit} 次的上限。",
    en="Too many requests: more than {limit} a minute.",
    remedy_zh="请在 {retry_after} 秒后重试；这一次没有写入任何数据。上限由系统运维设置。",
    remedy_en="Try again in {retry_after} s; nothing was written this time. The operator sets the limit.",
    exception="epcisException:ImplementationException",
)
COSTLY_TOO_MANY = fault_kind(
    "chassis.costly_too_many",
    429,
    zh="您已有 {limit} 项大任务（导出、范围、PDF、导入）正在进行。",
    en="You have {limit} large tasks (exports, scopes, PDF, imports) under way.",
    remedy_zh="请等其中一项完成，{retry_after} 秒后重试。",
    remedy_en="Wait until one of them is done, and try again in {retry_after} s.",
    exception="epcisException:ImplementationException",
)
UNEXPECTED = fault_kind(
    "chassis.unexpected",
    500,
    zh="系统内部出错，已记录，编号 {request_id}。",
    en="Something failed inside; it is on record as {request_id}.",
    remedy_zh="没有写入任何数据，可以重试；若再次出现，请把编号告诉管理员。",
    remedy_en="Nothing was written, so it is safe to try again; if it persists, tell the administrator the number.",
    exception="epcisException:ImplementationException",
)
DATABASE_AWAY = fault_kind(
    "chassis.database_away",
    503,
    zh="数据库暂时连不上。",
    en="The database cannot be reached just now.",
    remedy_zh="没有确认写入；稍候几秒会自动恢复，请用同样的内容重试。",
    remedy_en="Nothing was acknowledged; it recovers by itself within seconds, so send the same again.",
    exception="epcisException:ImplementationException",
)
STORAGE_FULL = fault_kind(
    "chassis.storage_full",
    503,
    zh="服务器的磁盘写不进去：已满，或变成只读。",
    en="The server's disk takes nothing: it is full, or became read-only.",
    remedy_zh="没有确认写入，已记录的不会丢失；请管理员腾出空间或检修磁盘，随后用同样的内容重试。",
    remedy_en="Nothing was acknowledged, and nothing on record is lost; "
    "the administrator frees space or mends the disk, then send the same again.",
    exception="epcisException:ImplementationException",
)
