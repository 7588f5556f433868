"""Passkeys: what crosses the door, and what can be wrong with one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from suyuan.kernel.faults import fault_kind

CHALLENGE_GONE = fault_kind(
    "tenancy.challenge_gone",
    401,
    zh="这次请求已过期、已用过，或不是在本浏览器里开始的。",
    en="This request has run out, was used already, or did not begin in this browser.",
    remedy_zh="请重新开始。",
    remedy_en="Begin again.",
)
PASSKEY_REFUSED = fault_kind(
    "tenancy.passkey_refused",
    401,
    zh="通行密钥未被接受。",
    en="The passkey was not accepted.",
    remedy_zh="请换一个通行密钥，或用密码登录；密钥须是在本网站登记的。",
    remedy_en="Try another passkey, or sign in with the password; it must be one that was registered on this website.",
)
PASSKEY_NOT_MADE = fault_kind(
    "tenancy.passkey_not_made",
    422,
    zh="设备的回答不对，没有登记通行密钥。",
    en="The device's answer is not right; no passkey was registered.",
    remedy_zh="请重新添加；设备须能验证您本人（PIN、指纹或面容）。",
    remedy_en="Add it again; the device must be able to see that it is you (a PIN, a finger, a face).",
)
PASSKEY_CLONED = fault_kind(
    "tenancy.passkey_cloned",
    401,
    zh="通行密钥的使用次数倒退，可能被复制，已停用。",
    en="The passkey's count went backwards: there may be a copy of it. It was put out of use.",
    remedy_zh="请用其他方式登录，移除该密钥后重新登记，并通知管理员。",
    remedy_en="Sign in another way, remove it, register a new one, and tell an administrator.",
)
PASSKEY_NEEDS_NAME = fault_kind(
    "tenancy.passkey_needs_name",
    409,
    zh="通行密钥不能用于 IP 地址“{host}”。",
    en="Passkeys do not work at an IP address such as “{host}”.",
    remedy_zh="请用名称打开本网站（如 https://suyuan.工厂域名；在本机用 http://localhost）。",
    remedy_en="Open this website by its name, over TLS (or on this very machine as http://localhost).",
)
PASSKEY_KNOWN = fault_kind(
    "tenancy.passkey_known",
    409,
    zh="这个通行密钥已经登记过。",
    en="This passkey is registered already.",
    remedy_zh="请换一台设备或安全钥匙。",
    remedy_en="Use another device or security key.",
)
PASSKEY_NEEDED = fault_kind(
    "tenancy.passkey_needed",
    401,
    zh="密码正确，还需要您的通行密钥。",
    en="The password is right; your passkey is needed too.",
    remedy_zh="请点“用通行密钥”，或输入一个恢复码。",
    remedy_en="Use your passkey, or type a recovery code.",
)


@dataclass(frozen=True, slots=True)
class Passkey:
    """One passkey of one's own. ``synced``: the device's maker keeps copies for the person's other devices."""

    id: int
    name: str
    website: str
    synced: bool
    created: datetime
    last_used: datetime | None
    cloned: bool = False


@dataclass(frozen=True, slots=True)
class PasskeyAdded:
    """A new passkey; with the first factor of a person come recovery codes, shown for the only time."""

    passkey: Passkey
    codes: tuple[str, ...]
