"""The rights of ``capture``."""

from __future__ import annotations

from suyuan.kernel.faults import Bilingual
from suyuan.kernel.principals import Permission

WRITE = "capture:reading:write"
OVERRIDE = "capture:reading:override"
CORRECT = "capture:reading:correct"
TRY = "capture:node:try"
QUALITY = "capture:quality:read"
TARGETS = "capture:quality:write"
IMPORT = "capture:import:write"
ACTIONS = "capture:action:read"
RETRY = "capture:action:retry"

CAPTURE_PERMISSIONS = (
    Permission(WRITE, Bilingual("在追溯节点录入", "Make entries at trace nodes")),
    Permission(OVERRIDE, Bilingual("放行被检查拦下的录入", "Let entries pass that a check stops")),
    Permission(CORRECT, Bilingual("更正、作废录入", "Correct and void entries")),
    Permission(IMPORT, Bilingual("导入表格中的录入", "Import entries from spreadsheets")),
    Permission(ACTIONS, Bilingual("查看节点动作的执行", "See what actions of trace nodes did")),
    Permission(RETRY, Bilingual("重做失败的节点动作", "Try failed actions of trace nodes again")),
    Permission(TRY, Bilingual("试运行追溯节点", "Try trace nodes")),
    Permission(TARGETS, Bilingual("设定录入质量的目标", "Set targets of the quality of entries")),
    Permission(QUALITY, Bilingual("查看录入质量", "See the quality of entries")),
)
