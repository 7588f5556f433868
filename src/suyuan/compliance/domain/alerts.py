"""What an alert says, by its kind; in both languages, with what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from suyuan.compliance.contracts.alerts import AlertLevel, AlertTopic
from suyuan.kernel.faults import Bilingual


@dataclass(frozen=True, slots=True)
class AlertKind:
    """A kind of alert: how grave, about what, how it reads, what to do, and where in the console to look."""

    level: AlertLevel
    topic: AlertTopic
    title: Bilingual
    text: Bilingual
    advice: Bilingual
    link: str


_ASK = Bilingual(
    "确认是否经过批准；若否，请立即撤销，并停用操作者的账号。",
    "Make sure that it was approved; if not, undo it at once and disable the account that did it.",
)
_OWN = Bilingual(
    "若不是本人：立即修改密码，结束其他会话，并通知安全管理员。",
    "If it was not the person themselves: change the password at once, end the other sessions, tell security.",
)
_COMPARE = Bilingual(
    "保留现场，不要清理；对照备份与外部保存的检查点，查明是谁、何时、改了什么。",
    "Leave everything as it is; compare with a backup and the checkpoints kept outside: who changed what, and when.",
)

KINDS: Final[Mapping[str, AlertKind]] = {
    "locked_out": AlertKind("warning", "sign_in",
        Bilingual("连续登录失败，已锁定", "Locked out after failed sign-ins"),
        Bilingual("{person} 的账号多次登录失败后被锁定 15 分钟，来自 {address}。",
                  "The account of {person} was locked for 15 minutes after repeated failures, from {address}."),
        Bilingual("询问本人是否忘记密码；若不是本人，有人在猜密码：请其改用更长的密码和第二因素。",
                  "Ask whether they forgot the password; if not, somebody is guessing: have them use a longer one and a"
                  " second factor."),
        "/security?tab=sign-ins"),
    "new_place": AlertKind("notice", "sign_in",
        Bilingual("从新的地点或设备登录", "Signed in from a new place or device"),
        Bilingual("{person} 首次这样登录：地址 {address}，设备 {agent}。",
                  "{person} signed in like this for the first time: address {address}, device {agent}."),
        _OWN, "/security?tab=sign-ins"),
    "administrator": AlertKind("warning", "access",
        Bilingual("新的管理权限", "New administrator"),
        Bilingual("{actor} 授予 {person} 角色“{role}”，含管理权限：{rights}。",
                  "{actor} gave {person} the role “{role}” with administrative rights: {rights}."),
        _ASK, "/access"),
    "role_widened": AlertKind("warning", "access",
        Bilingual("角色权限扩大", "A role was widened"),
        Bilingual("{actor} 给角色“{role}”增加了权限：{rights}。拥有它的每个人立即多了这些权限。",
                  "{actor} added rights to the role “{role}”: {rights}. Everybody who holds it has them at once."),
        _ASK, "/roles"),
    "token_made": AlertKind("notice", "access",
        Bilingual("新的 API 令牌", "A new API token"),
        Bilingual("{actor} 建立了令牌“{name}”，{count} 项权限。",
                  "{actor} made the token “{name}” with {count} rights."),
        _ASK, "/tokens"),
    "password_set": AlertKind("notice", "access",
        Bilingual("密码被他人重设", "A password was set by somebody else"),
        Bilingual("{actor} 重设了 {person} 的密码。", "{actor} set the password of {person}."),
        _OWN, "/people"),
    "password_link": AlertKind("notice", "access",
        Bilingual("他人发出了重设密码的链接", "Somebody else made a link to choose a new password"),
        Bilingual("{actor} 为 {person} 发出了重设密码的链接。",
                  "{actor} made a link by which {person} chooses a new password."),
        _OWN, "/people"),
    "factor_removed": AlertKind("warning", "access",
        Bilingual("第二因素被他人移除", "A second factor was taken off by somebody else"),
        Bilingual("{person} 的账号：{actor} {what}。", "The account of {person}: {actor} {what}."),
        _OWN, "/people"),
    "own_proof": AlertKind("notice", "sign_in",
        Bilingual("登录凭据已更改", "What somebody signs in with was changed"),
        Bilingual("{person} {what}。", "{person} {what}."),
        _OWN, "/security?tab=sign-ins"),
    "sign_in_rules": AlertKind("warning", "rules",
        Bilingual("登录规则已改", "The rules of signing in were changed"),
        Bilingual("{actor} 修改了登录规则：{what}。", "{actor} changed the rules of signing in: {what}."),
        _ASK, "/security"),
    "provider": AlertKind("warning", "rules",
        Bilingual("单点登录设置已改", "Single sign-on was changed"),
        Bilingual("{actor} 修改了单点登录服务“{name}”。", "{actor} changed the sign-in service “{name}”."),
        _ASK, "/security?tab=providers"),
    "retention": AlertKind("warning", "rules",
        Bilingual("保留期已改", "A retention rule was changed"),
        Bilingual("{actor} 修改了“{what}”的保留期：{days} 天。",
                  "{actor} changed how long “{what}” is kept: {days} days."),
        _ASK, "/retention"),
    "hold_lifted": AlertKind("warning", "rules",
        Bilingual("冻结已解除", "A legal hold was lifted"),
        Bilingual("{actor} 解除了对“{what}”的冻结。", "{actor} lifted the legal hold on “{what}”."),
        _ASK, "/retention?tab=holds"),
    "approval_rule": AlertKind("warning", "rules",
        Bilingual("双人批准规则已改", "The rule of a second person was changed"),
        Bilingual("{actor} 修改了须双人批准的操作：{what}。", "{actor} changed what needs a second person: {what}."),
        _ASK, "/signing"),
    "place_changed": AlertKind("warning", "rules",
        Bilingual("检查点去处已改", "Where checkpoints go was changed"),
        Bilingual("{actor} 修改或删除了检查点去处“{name}”。",
                  "{actor} changed or removed the place “{name}” for checkpoints."),
        _ASK, "/integrity"),
    "past_the_program": AlertKind("critical", "integrity",
        Bilingual("绕过系统直接改动数据库", "Rows were changed past the program"),
        Bilingual("{actor} 直接在数据库里改动了 {what}（{count} 行）。",
                  "{actor} changed {what} directly in the database ({count} rows)."),
        _COMPARE, "/audit"),
    "log_unsound": AlertKind("critical", "integrity",
        Bilingual("核验未通过：数据可能被篡改", "Verification failed: data may have been tampered with"),
        Bilingual("防篡改日志核验发现 {count} 处问题，第一处：{first}",
                  "Verification found {count} problems, the first: {first}"),
        _COMPARE, "/integrity"),
    "log_refused": AlertKind("critical", "integrity",
        Bilingual("检查点拒绝签署", "A checkpoint was not signed"),
        Bilingual("日志不是上次所签内容的延续：{what}", "The log does not continue what was signed last: {what}"),
        _COMPARE, "/integrity"),
    "signature_broken": AlertKind("critical", "integrity",
        Bilingual("电子签名失效", "An electronic signature is broken"),
        Bilingual("{person} 对“{record}”的签名不再成立：签名或其下的记录被改动或删除。",
                  "The signature of {person} under “{record}” no longer holds: it or the record was changed or"
                  " removed."),
        _COMPARE, "/signing?tab=signatures"),
    "clock": AlertKind("warning", "integrity",
        Bilingual("系统时钟跳变", "The system's clock jumped"),
        Bilingual("服务器时钟从 {was} 跳到 {now}（{seconds} 秒）。其间的记录时间不可靠。",
                  "The server's clock went from {was} to {now} ({seconds} s). Times recorded around it are not"
                  " reliable."),
        Bilingual("检查时间同步（NTP）；若有人手动改时钟，查明是谁、为什么。",
                  "Check the time service (NTP); if somebody set the clock by hand, find out who and why."),
        "/integrity"),
    "backup_failed": AlertKind("critical", "operation",
        Bilingual("备份失败", "A backup failed"),
        Bilingual("备份到 {place} 没有完成：{why}", "The backup to {place} was not finished: {why}"),
        Bilingual("腾出空间或恢复备份盘后重新运行 suyuan backup；在此之前没有新的备份。",
                  "Free space or bring the disk back, then run suyuan backup again; until then there is no new"
                  " backup."),
        "/alerts"),
}  # fmt: skip
