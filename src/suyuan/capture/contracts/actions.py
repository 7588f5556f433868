"""What actions of trace nodes did, and messages that they sent to people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from suyuan.kernel.faults import fault_kind

RunState = Literal["waiting", "done", "failed"]

PRINTER_UNKNOWN = fault_kind(
    "capture.action_printer_unknown", 409,
    zh="没有代号为“{given}”的打印机。", en="There is no printer called “{given}”.",
    remedy_zh="请在节点的动作里选择一台在用的打印机。",
    remedy_en="Choose a printer that is in use in the node's action.",
)
NOTHING_TO_PRINT = fault_kind(
    "capture.action_nothing_to_print", 409,
    zh="这次录入没有可打印的编码。", en="The entry has no code to print.",
    remedy_zh="请在动作里选择有编码的扫码字段。", remedy_en="Choose a scan field that has a code in the action.",
)
NOBODY = fault_kind(
    "capture.action_nobody", 409,
    zh="没有名为“{given}”的角色或人员。", en="There is no role or person called “{given}”.",
    remedy_zh="请改正动作里的“通知谁”，留空则通知所有人。",
    remedy_en="Correct whom the action notifies; left empty, it is everybody.",
)
HOST_REFUSED = fault_kind(
    "capture.webhook_host", 409,
    zh="不允许调用 {host}：{why}。", en="{host} may not be called: {why}.",
    remedy_zh="请换成公网地址，或请管理员在 SUYUAN_WEBHOOK_HOSTS 里允许它。",
    remedy_en="Use a public address, or have it allowed in SUYUAN_WEBHOOK_HOSTS.",
)
NOT_TAKEN = fault_kind(
    "capture.webhook_not_taken", 502,
    zh="{host} 没有接收：{why}", en="{host} did not take it: {why}",
    remedy_zh="请检查对方系统；会自动再试，也可以手动再试。",
    remedy_en="Look at the other system; it is tried again by itself, or by you.",
)
NOT_FAILED = fault_kind(
    "capture.action_not_failed", 409,
    zh="这个动作的状态是“{state}”，不用再试。", en="The action is “{state}”; there is nothing to try again.",
    remedy_zh="请刷新列表。", remedy_en="Refresh the list.",
)


class ActionRun(msgspec.Struct, frozen=True, kw_only=True):
    """One action of one entry. ``said``: what was done, or by whom it was taken; ``due``: when it is tried next."""

    id: UUID
    created: datetime
    reading: UUID
    node: str
    version: int
    action: str
    kind: str
    state: RunState
    attempts: int
    due: datetime | None
    finished: datetime | None
    said: str
    fault: str | None
    remedy: str | None
    events: tuple[int, ...]


class ActionPage(msgspec.Struct, frozen=True, kw_only=True):
    """Actions, newest first."""

    rows: tuple[ActionRun, ...]
    next: str | None = None


class WebhookSecret(msgspec.Struct, frozen=True, kw_only=True):
    """The secret by which receivers check that a call is ours (Standard Webhooks, ``whsec_…``)."""

    secret: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to whoever is signed in. ``event``: number of the event it is about; ``link``: page of the console."""

    id: int
    created: datetime
    text: str
    node: str | None
    link: str | None
    event: int | None
    read: bool
