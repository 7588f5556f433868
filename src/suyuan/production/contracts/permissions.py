"""The rights of ``production``."""

from __future__ import annotations

from typing import Final

from suyuan.kernel.faults import Bilingual
from suyuan.kernel.principals import Permission

PLANT_PERMISSIONS: Final = (
    Permission("production:plant:read", Bilingual("查看工厂建模", "See the plant model")),
    Permission("production:plant:write", Bilingual("维护工厂建模", "Change the plant model")),
    Permission("production:check:write", Bilingual("设定防错检查的级别", "Set the levels of execution checks")),
)
ORDER_PERMISSIONS: Final = (
    Permission("production:order:read", Bilingual("查看工单", "See work orders")),
    Permission("production:order:write", Bilingual("建立、修改工单", "Create and change work orders")),
    Permission("production:order:release", Bilingual("下达、推进、关闭工单", "Release, run and close orders")),
)
LIVE_PERMISSIONS: Final = (
    Permission("production:state:write", Bilingual("登记设备状态", "Enter states of equipment")),
    Permission("production:wip:read", Bilingual("查看在制", "See work in process")),
    Permission("production:oee:read", Bilingual("查看设备效率与产出", "See equipment effectiveness and yields")),
    Permission("production:history:read", Bilingual("查看生产履历", "See production histories")),
)
ANDON_PERMISSIONS: Final = (
    Permission("production:andon:read", Bilingual("查看安灯", "See andon calls")),
    Permission("production:andon:call", Bilingual("发出安灯呼叫", "Call by andon")),
    Permission("production:andon:answer", Bilingual("应答、结束安灯呼叫", "Answer and close andon calls")),
    Permission("production:andon:configure", Bilingual("维护安灯类别与升级", "Keep kinds and levels of andon calls")),
)
PULL_PERMISSIONS: Final = (
    Permission("production:pull:read", Bilingual("查看线边库存与要料", "See stock at the line and material calls")),
    Permission("production:pull:call", Bilingual("要料", "Call for material")),
    Permission("production:pull:deliver", Bilingual("取料、送料", "Fetch and bring material")),
    Permission("production:pull:configure", Bilingual("维护看板卡", "Keep the cards for material")),
)
