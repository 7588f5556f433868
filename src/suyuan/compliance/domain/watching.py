"""Which changes on record call for an alert. Read from the audit trail: what writes it cannot be switched off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

from suyuan.kernel.faults import Bilingual, as_written

Change = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the audit trail, as alerts need it; ``before`` and ``after`` are empty where there was nothing."""

    xid: str
    id: int
    at: datetime
    actor_id: int | None
    actor: str
    via: str
    table: str
    record: str
    action: str
    before: Change
    after: Change


@dataclass(frozen=True, slots=True)
class Wanted:
    """An alert that is to be made. ``params`` fill its text; those in both languages are :class:`Bilingual`."""

    kind: str
    source: str
    at: datetime
    params: Mapping[str, object]
    person: int | None = None


class Names(Protocol):
    """Who and what the numbers in the trail are."""

    @property
    def administrative(self) -> Collection[str]:
        """Rights that make whoever holds them an administrator."""

    def person(self, number: int) -> str:
        """Return a person's name."""

    def role(self, number: int) -> tuple[Bilingual, Collection[str]]:
        """Return a role's name and rights."""

    def rights(self, names: Collection[str]) -> Bilingual:
        """Return what these rights are called, the first few of many."""

    def named(self, table: str, record: str, change: Change) -> str | Bilingual:
        """Return what a record is called now, or its number where it is gone."""


Rule = Callable[[Entry, Names], Iterator[Wanted]]


def wanted_of(entries: Iterable[Entry], names: Names) -> list[Wanted]:
    """Return the alerts that these changes call for, in their order; changes past the program are told by table."""
    found: list[Wanted] = []
    past: Counter[tuple[str, str]] = Counter()
    firsts: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        rule = RULES.get(entry.table)
        if rule is not None:
            found.extend(rule(entry, names))
        if entry.via == "database":
            past[entry.actor, entry.table] += 1
            firsts.setdefault((entry.actor, entry.table), entry)
    for (actor, table), count in past.items():
        first = firsts[actor, table]
        params = {"actor": actor, "what": table, "count": count}
        found.append(Wanted("past_the_program", f"audit {first.id}", first.at, params))
    return found


def _wanted(entry: Entry, kind: str, about: int | None = None, **params: object) -> Wanted:
    return Wanted(kind, f"audit {entry.id}", entry.at, {"actor": entry.actor, **params}, about)


def _grant(entry: Entry, names: Names) -> Iterator[Wanted]:
    if entry.action != "insert":
        return
    role, rights = names.role(int(entry.after["role_id"]))
    held = sorted(set(rights) & set(names.administrative))
    if held:
        person = int(entry.after["user_id"])
        yield _wanted(entry, "administrator", person, person=names.person(person), role=role, rights=names.rights(held))


def _role(entry: Entry, names: Names) -> Iterator[Wanted]:
    if entry.action != "update" or "permissions" not in entry.after:
        return
    added = sorted(set(entry.after["permissions"]) - set(entry.before["permissions"]))
    if added:
        role, _ = names.role(int(entry.record))
        yield _wanted(entry, "role_widened", role=role, rights=names.rights(added))


def _token(entry: Entry, names: Names) -> Iterator[Wanted]:
    if entry.action == "insert":
        yield _wanted(entry, "token_made", name=entry.after["name"], count=len(entry.after["permissions"]))


def _user(entry: Entry, names: Names) -> Iterator[Wanted]:
    if entry.action == "update" and "password" in entry.after:
        yield _proof_changed(entry, names, int(entry.record), "password_set", _PASSWORD)


def _invitation(entry: Entry, names: Names) -> Iterator[Wanted]:
    if entry.action == "insert" and entry.after.get("resets"):
        person = int(entry.after["user_id"])
        yield _wanted(entry, "password_link", person, person=names.person(person))


def _factor(entry: Entry, names: Names) -> Iterator[Wanted]:
    row = {**entry.before, **entry.after}
    if row.get("kind") != "totp" or row.get("confirmed") is None or entry.action not in _AUTHENTICATOR:
        return
    yield _proof_changed(entry, names, int(row["user_id"]), "factor_removed", _AUTHENTICATOR[entry.action])


def _passkey(entry: Entry, names: Names) -> Iterator[Wanted]:
    row = {**entry.before, **entry.after}
    if entry.action in _PASSKEYS:
        zh, en = _PASSKEYS[entry.action]
        what = as_written(f"{zh}“{row['name']}”", f"{en} “{row['name']}”")
        yield _proof_changed(entry, names, int(row["user_id"]), "factor_removed", what)


_PASSWORD: Final = Bilingual("修改了密码", "changed the password")
_AUTHENTICATOR: Final = {
    "insert": Bilingual("绑定了身份验证器", "bound an authenticator"),
    "delete": Bilingual("移除了身份验证器", "took off the authenticator"),
}
_PASSKEYS: Final = {
    "insert": ("添加了通行密钥", "added the passkey"),
    "delete": ("删除了通行密钥", "removed the passkey"),
}


def _proof_changed(entry: Entry, names: Names, person: int, by_another: str, what: Bilingual) -> Wanted:
    """What somebody proves with who they are was changed: by themselves, or by another, which is graver."""
    kind = "own_proof" if entry.actor_id == person else by_another
    return _wanted(entry, kind, person, person=names.person(person), what=what)


_RULES: Final[Mapping[str, tuple[Bilingual, object]]] = {
    "password_length": (Bilingual("密码最短", "password length"), 10),
    "password_history": (Bilingual("不得与最近的密码相同", "last passwords refused"), 0),
    "password_days": (Bilingual("密码有效天数", "days a password lasts"), 0),
    "idle_minutes": (Bilingual("无操作自动退出（分钟）", "idle minutes"), 720),
    "session_hours": (Bilingual("登录最长（小时）", "hours a session lasts"), 12),
    "sessions_most": (Bilingual("同时登录", "sessions at once"), 0),
    "second_factor": (Bilingual("第二因素", "second factor"), "optional"),
    "separate_duties": (Bilingual("三员分立", "separation of duties"), False),
}
"""What each rule of signing in is called, and what holds where none was ever set."""


def _policy(entry: Entry, names: Names) -> Iterator[Wanted]:
    changed = [
        (title, entry.before.get(name, usual), entry.after[name])
        for name, (title, usual) in _RULES.items()
        if entry.after.get(name, usual) != entry.before.get(name, usual)
    ]
    if changed:
        zh = "；".join(f"{title.zh} {was} → {now}" for title, was, now in changed)
        en = "; ".join(f"{title.en} {was} → {now}" for title, was, now in changed)
        yield _wanted(entry, "sign_in_rules", what=Bilingual(zh, en))


_BROWSERS: Final = (("Edg/", "Edge"), ("OPR/", "Opera"), ("MicroMessenger", "WeChat"), ("HeadlessChrome", "Chrome"),
                    ("Chrome/", "Chrome"), ("Firefox/", "Firefox"), ("Safari/", "Safari"))  # fmt: skip
_SYSTEMS: Final = (("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iOS"), ("Windows", "Windows"),
                   ("Mac OS", "macOS"), ("Linux", "Linux"))  # fmt: skip


def device_of(agent: str) -> str:
    """Return browser and system as a person names them, from what the browser says of itself; that, where unknown."""
    found = [next((name for mark, name in known if mark in agent), "") for known in (_BROWSERS, _SYSTEMS)]
    return " · ".join(filter(None, found)) or agent[:60] or "?"


def _provider(entry: Entry, names: Names) -> Iterator[Wanted]:
    if entry.after.keys() != {"tried"}:
        yield _wanted(entry, "provider", name=_called(entry, names))


def _called(entry: Entry, names: Names) -> str | Bilingual:
    return names.named(entry.table, entry.record, {**entry.before, **entry.after})


def _retention(entry: Entry, names: Names) -> Iterator[Wanted]:
    if entry.after.keys() & {"days", "in_force"}:
        yield _wanted(entry, "retention", what=_called(entry, names), days=entry.after.get("days", "="))


def _hold(entry: Entry, names: Names) -> Iterator[Wanted]:
    if entry.action == "delete" or entry.after.get("lifted"):
        yield _wanted(entry, "hold_lifted", what=_called(entry, names))


def _approval_rule(entry: Entry, names: Names) -> Iterator[Wanted]:
    yield _wanted(entry, "approval_rule", what=_called(entry, names))


def _place(entry: Entry, names: Names) -> Iterator[Wanted]:
    if entry.action != "insert":
        yield _wanted(entry, "place_changed", name=_called(entry, names))


def _jump(entry: Entry, names: Names) -> Iterator[Wanted]:
    if entry.action == "insert":
        was, now = (datetime.fromisoformat(entry.after[name]).astimezone(UTC) for name in ("expected", "found"))
        seconds = round((now - was).total_seconds())
        yield _wanted(entry, "clock", was=f"{was:%Y-%m-%d %H:%M:%SZ}", now=f"{now:%Y-%m-%d %H:%M:%SZ}", seconds=seconds)


RULES: Final[Mapping[str, Rule]] = {
    "tenancy_grant": _grant,
    "tenancy_role": _role,
    "tenancy_token": _token,
    "tenancy_user": _user,
    "tenancy_invitation": _invitation,
    "tenancy_factor": _factor,
    "tenancy_passkey": _passkey,
    "tenancy_policy": _policy,
    "tenancy_provider": _provider,
    "compliance_retention": _retention,
    "compliance_hold": _hold,
    "compliance_approval_rule": _approval_rule,
    "compliance_place": _place,
    "compliance_clock_jump": _jump,
}
"""By the table that was changed."""


@dataclass(frozen=True, slots=True)
class ClockLook:
    """What a clock said, between two readings of one that only ever goes on (seconds)."""

    said: datetime
    steady_before: float
    steady_after: float


JUMP: Final = timedelta(seconds=5)
"""A time service moves a clock by less without a step; more is a jump."""


def clock_jump(before: ClockLook, now: ClockLook) -> datetime | None:
    """Return what the clock should have said, where it went on by more or less than the time that passed; else None.

    How long the clock took to answer is allowed for: a busy machine is no jump.
    """
    least = before.said + timedelta(seconds=now.steady_before - before.steady_after)
    most = before.said + timedelta(seconds=now.steady_after - before.steady_before)
    if now.said < least - JUMP:
        return least
    if now.said > most + JUMP:
        return most
    return None
