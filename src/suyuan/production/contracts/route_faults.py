"""What is wrong with a route or a bill of materials; ``at`` points into the body."""

from __future__ import annotations

from suyuan.kernel.faults import FaultKind, fault_kind


def _fault(code: str, zh: str, en: str, remedy_zh: str, remedy_en: str) -> FaultKind:
    return fault_kind(f"production.{code}", 422, zh=zh, en=en, remedy_zh=remedy_zh, remedy_en=remedy_en)


ROUTE_EMPTY = _fault(
    "route_empty", "工艺路线还没有工序。", "The route has no operation yet.",
    "请加入第一道工序。", "Add the first operation.",
)
NO_PRODUCT = _fault(
    "route_no_product", "没有说明这条路线做什么产品。", "Nothing says which products are made this way.",
    "请在路线属性中加入至少一个产品。", "Add at least one product in the route's properties.",
)
ID_TWICE = _fault(
    "id_twice", "编号“{id}”用了两次。", "The id “{id}” is used twice.",
    "请改其中一个。", "Change one of them.",
)
LINK_LOOSE = _fault(
    "link_loose", "连线指向不存在的工序“{id}”。", "A link names “{id}”, which is no operation.",
    "请删掉这条连线，或重新连接。", "Remove the link or connect it again.",
)
NO_START = _fault(
    "route_no_start", "没有起点工序。", "No operation may be the first.",
    "请把至少一道工序设为起点。", "Mark at least one operation as a start.",
)
UNREACHABLE = _fault(
    "operation_unreachable", "工序“{name}”从起点走不到。", "The operation “{name}” cannot be reached from a start.",
    "请从前一道工序连线过来，设为起点，或删掉它。", "Link it from the operation before, make it a start, or remove it.",
)
NO_END = _fault(
    "operation_no_end", "从工序“{name}”出发走不到终点。", "From the operation “{name}” no end can be reached.",
    "请让某条路走到没有后续“合格”连线的工序。", "Let some way lead to an operation with no further “passed” link.",
)
LOOP_ENDLESS = _fault(
    "rework_endless", "返工回路经过“{name}”，但没有限定次数。", "The rework loop through “{name}” has no limit.",
    "请在路线属性中设定返工次数上限。", "Set the route's rework limit.",
)
NOT_RECOGNISED = _fault(
    "operation_not_recognised", "工序“{name}”没有追溯节点，也没有业务步骤。",
    "The operation “{name}” names neither a trace node nor a business step.",
    "请选择节点或步骤，否则现场的录入对不上它。",
    "Choose a node or step: entries cannot be told to belong to it otherwise.",
)
SAME_SIGN = _fault(
    "operation_same_sign", "工序“{name}”与“{other}”的节点、步骤和地点相同，分不清。",
    "The operations “{name}” and “{other}” have the same node, step and places: entries cannot be told apart.",
    "请为其中一道加上地点，或用不同的节点。", "Give one of them places, or another node.",
)
JOIN_CHOICE = _fault(
    "join_choice", "“{name}”等待全部前序，却是“{source}”的几个选择之一，可能永远等不齐。",
    "“{name}” waits for all before it, but is one of several choices after “{source}”: it may wait for ever.",
    "请改为“任一到达”，或去掉其他选择。", "Let it go on with any, or remove the other choices.",
)
LIMITS_TURNED = _fault(
    "limits_turned", "参数“{type}”的下限 {low} 大于上限 {high}。",
    "The limits of “{type}” are turned: {low} to {high}.",
    "请改正限值。", "Correct the limits.",
)
QUANTITY_WRONG = _fault(
    "bom_quantity", "物料 {material} 的数量 {given} 必须大于零。",
    "The quantity {given} of {material} must be above zero.",
    "请改正数量。", "Correct the quantity.",
)
SCRAP_WRONG = _fault(
    "bom_scrap", "损耗率 {given}% 要在 0 与 100 之间（不含 100）。", "A scrap of {given}% is not from 0 to below 100.",
    "请改正损耗率。", "Correct it.",
)
LOT_SIZE_WRONG = _fault(
    "bom_lot_size", "批量 {given} 要大于 0。", "A lot size of {given} is not above nothing.",
    "请改正，或留空表示按需生产。", "Correct it, or leave it empty to make as much as is needed.",
)
MATERIAL_TWICE = _fault(
    "bom_material_twice", "物料 {material} 在同一工序、同一时期出现两次。",
    "The material {material} stands twice for one operation and time.",
    "请合并数量，或错开有效期。", "Add the quantities up, or give them different days.",
)
OF_ITSELF = _fault(
    "bom_of_itself", "产品不能是自己的物料：{material}。", "A product cannot be a material of itself: {material}.",
    "请改成正确的物料。", "Choose the right material.",
)
BOM_EMPTY = _fault(
    "bom_empty", "物料清单还没有行。", "The bill has no line yet.",
    "请加入第一种物料。", "Add the first material.",
)
DATES_TURNED = _fault(
    "bom_dates_turned", "有效期的结束 {last} 早于开始 {first}。", "The last day {last} is before the first, {first}.",
    "请改正日期。", "Correct the dates.",
)
