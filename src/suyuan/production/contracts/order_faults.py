"""Why an order is not made, or does not go on."""

from __future__ import annotations

from suyuan.kernel.faults import FaultKind, fault_kind


def _fault(code: str, status: int, zh: str, en: str, remedy_zh: str, remedy_en: str) -> FaultKind:
    return fault_kind(f"production.order_{code}", status, zh=zh, en=en, remedy_zh=remedy_zh, remedy_en=remedy_en)


NUMBER_TAKEN = _fault(
    "number_taken", 409, "工单号“{number}”已被使用。", "The order number “{number}” is taken.",
    "请换一个号，或打开已有的工单。", "Choose another, or open the order that has it.",
)
VALUE_WRONG = _fault(
    "value_wrong", 422, "“{field}”的值“{given}”不合要求：{why}", "“{field}” cannot be “{given}”: {why}",
    "请改正后再保存。", "Correct it and save again.",
)
STATE_WRONG = _fault(
    "state_wrong", 409, "工单 {number} 现在是“{state}”，不能{step}。",
    "The order {number} is {state}; it cannot {step}.",
    "现在可以：{allowed}。", "What it can do now: {allowed}.",
)
NOT_DRAFT = _fault(
    "not_draft", 409, "工单 {number} 已下达，不能再改{field}。", "The order {number} is released: {field} stays.",
    "可改交期、优先级和备注；数量用拆分，其他请取消后重建。",
    "Due date, priority and note may change; split it for another quantity, or cancel it and make it anew.",
)
NO_ROUTE = _fault(
    "no_route", 409, "产品 {product} 没有已发布的工艺路线。", "No route of {product} is published.",
    "请先为它发布一条工艺路线，或在工单上选定路线。", "Publish a route for it first, or choose one on the order.",
)
ROUTE_CHOICE = _fault(
    "route_choice", 409, "产品 {product} 有几条工艺路线：{keys}。", "There are several routes of {product}: {keys}.",
    "请在工单上选定一条。", "Choose one on the order.",
)
MATERIAL_SHORT = _fault(
    "material_short", 409, "缺料：{what}。", "Material is missing: {what}.",
    "请先收料，或确认仍要下达（accept_short）。", "Receive it first, or release all the same (accept_short).",
)
REASON_MISSING = _fault(
    "reason_missing", 422, "{step}需要写明原因。", "A reason is needed to {step}.",
    "用一句话说明为什么。", "Say why in one sentence.",
)
SPLIT_WRONG = _fault(
    "split_wrong", 422, "不能从 {quantity} 中拆出 {given}。", "{given} cannot be split off from {quantity}.",
    "拆出的数量要大于零、小于工单数量。", "Split off more than nothing and less than the whole.",
)
MERGE_WRONG = _fault(
    "merge_wrong", 422, "工单 {number} 不能并入：{why}", "The order {number} cannot be merged: {why}",
    "只能合并同产品、同单位、同路线、未开工的工单。",
    "Only orders of one product, unit and route that have not started can be merged.",
)
