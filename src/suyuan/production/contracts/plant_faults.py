"""Why a part of the plant model is not kept."""

from __future__ import annotations

from suyuan.kernel.faults import fault_kind

CODE_TAKEN = fault_kind(
    "production.code_taken", 409,
    zh="代码“{code}”已被使用。", en="The code “{code}” is taken.",
    remedy_zh="请换一个代码，或打开已有的一条。", remedy_en="Choose another, or open the one that has it.",
)
VALUE_WRONG = fault_kind(
    "production.value_wrong", 422,
    zh="“{field}”的值“{given}”不合要求：{why}", en="“{field}” cannot be “{given}”: {why}",
    remedy_zh="请改正后再保存。", remedy_en="Correct it and save again.",
)
PARENT_WRONG = fault_kind(
    "production.parent_wrong", 422,
    zh="{level} 不能放在“{parent}”下面。", en="A {level} cannot stand under “{parent}”.",
    remedy_zh="按 ISA-95：工厂 → 区域 → 产线 → 工作中心 → 设备；可以跳级，但上级必须更高、同厂，且不是它的下级。",
    remedy_en="Follow ISA-95: site → area → line → work centre → equipment. Levels may be left out; the one above"
    " must be higher, of the same site, and not below the thing itself.",
)
STILL_USED = fault_kind(
    "production.still_used", 409,
    zh="“{what}”下面还有 {count} 项在用，不能停用。", en="“{what}” still has {count} things in use below it.",
    remedy_zh="请先停用或移走下级。", remedy_en="Take those out of use or move them first.",
)
SITE_UNKNOWN = fault_kind(
    "production.site_unknown", 422,
    zh="没有编号为 {given} 的工厂。", en="There is no site {given}.",
    remedy_zh="请选择已有的工厂。", remedy_en="Choose one of the sites.",
)
NOT_HERE = fault_kind(
    "production.not_here", 403,
    zh="您没有维护这个工厂的权限。", en="Your right does not reach this site.",
    remedy_zh="请在您负责的工厂里维护，或请管理员扩大权限范围。",
    remedy_en="Work in a site of yours, or ask an administrator to widen the right.",
)
DAYS_TURNED = fault_kind(
    "production.days_turned", 422,
    zh="结束日期 {last} 早于开始日期 {first}。", en="The last day {last} is before the first, {first}.",
    remedy_zh="请改正日期。", remedy_en="Correct the dates.",
)
