"""The rights of ``coding``."""

from __future__ import annotations

from suyuan.kernel.faults import Bilingual
from suyuan.kernel.principals import Permission

CODE_PERMISSIONS = (
    Permission("coding:code:read", Bilingual("查看发行的编码与状态", "See issued codes and their states")),
    Permission("coding:code:issue", Bilingual("发行、交付编码", "Issue codes and hand them out")),
    Permission("coding:code:export", Bilingual("导出编码", "Export codes")),
    Permission("coding:code:state", Bilingual("变更编码状态、核销", "Change states of codes, reconcile handouts")),
)
LABEL_PERMISSIONS = (
    Permission("coding:label:read", Bilingual("查看标签、打印机与打印记录", "See labels, printers and the print log")),
    Permission("coding:label:print", Bilingual("打印标签", "Print labels")),
    Permission("coding:label:reprint", Bilingual("补打已打印过的标签", "Print labels again that were printed before")),
    Permission("coding:printer:write", Bilingual("管理打印机", "Manage printers")),
)
