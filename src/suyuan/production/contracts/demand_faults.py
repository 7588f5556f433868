"""Why sales demand is not kept, or not covered."""

from __future__ import annotations

from suyuan.kernel.faults import FaultKind, fault_kind


def _fault(code: str, status: int, zh: str, en: str, remedy_zh: str, remedy_en: str) -> FaultKind:
    return fault_kind(f"production.demand_{code}", status, zh=zh, en=en, remedy_zh=remedy_zh, remedy_en=remedy_en)


LINE_TAKEN = _fault(
    "line_taken", 409, "客户订单 {order} 已有第 {line} 行。", "The customer order {order} has a line {line} already.",
    "请打开已有的那一行修改，或换一个行号。", "Change that one, or give another line.",
)
VALUE_WRONG = _fault(
    "value_wrong", 422, "“{field}”的值“{given}”不合要求：{why}", "“{field}” cannot be “{given}”: {why}",
    "请改正后再保存。", "Correct it and save again.",
)
PRODUCT_UNKNOWN = _fault(
    "product_unknown", 422, "没有产品“{given}”。", "There is no product “{given}”.",
    "请核对编码，或先把产品导入主数据。", "Check the code, or bring the product into the master data first.",
)
COVERED = _fault(
    "covered", 409, "客户订单 {order} 第 {line} 行已全部安排。", "Line {line} of {order} is covered already.",
    "请不要选它；要多做，先改这一行的数量。", "Leave it out; to make more, change its quantity first.",
)
CANCELLED = _fault(
    "cancelled", 409, "客户订单 {order} 第 {line} 行已取消。", "Line {line} of {order} is cancelled.",
    "请先恢复这一行。", "Open it again first.",
)
NOT_CANCELLED = _fault(
    "not_cancelled", 409, "客户订单 {order} 第 {line} 行没有取消。", "Line {line} of {order} is not cancelled.",
    "不需要恢复。", "There is nothing to open again.",
)
REASON_MISSING = _fault(
    "reason_missing", 422, "取消需求需要写明原因。", "A reason is needed to cancel demand.",
    "用一句话说明为什么。", "Say why in one sentence.",
)
BOUND = _fault(
    "bound", 409, "客户订单 {order} 第 {line} 行已有工单 {numbers}，不能改{field}。",
    "Work orders ({numbers}) are made for line {line} of the order {order}: {field} stays.",
    "请先解除与这些工单的关联，再修改。", "Give those orders free first, then change it.",
)
ORDER_BOUND = _fault(
    "order_bound", 409, "工单 {number} 是为客户订单 {orders} 做的，不能改产品和单位。",
    "The order {number} is made for customer orders ({orders}): product and unit stay.",
    "请先在销售需求里解除关联，再修改。", "Give it free on the page of sales demand first.",
)
