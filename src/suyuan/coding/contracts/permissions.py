"""The rights of ``coding``."""

from __future__ import annotations

from suyuan.kernel.faults import Bilingual
from suyuan.kernel.principals import Permission

LABEL_PERMISSIONS = (
    Permission("coding:label:read", Bilingual("查看标签、打印机与打印记录", "See labels, printers and the print log")),
    Permission("coding:label:print", Bilingual("打印标签", "Print labels")),
    Permission("coding:label:reprint", Bilingual("补打已打印过的标签", "Print labels again that were printed before")),
    Permission("coding:printer:write", Bilingual("管理打印机", "Manage printers")),
)
