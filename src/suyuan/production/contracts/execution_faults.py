"""What keeps a wrong step from being recorded. Each remedy says what to fetch, or whom to call."""

from __future__ import annotations

from suyuan.kernel.faults import FaultKind, fault_kind


def _fault(code: str, zh: str, en: str, remedy_zh: str, remedy_en: str) -> FaultKind:
    return fault_kind(f"production.{code}", 409, zh=zh, en=en, remedy_zh=remedy_zh, remedy_en=remedy_en)


ORDER_NOT_OPEN = _fault(
    "order_not_open", "工单 {order} 现在是“{state}”，不能生产。",
    "The order {order} is {state}: nothing is made on it now.",
    "请找班组长下达或恢复工单，或扫正确的工单。", "Have the line leader release or resume it, or scan the right order.",
)
WRONG_PRODUCT = _fault(
    "wrong_product", "{item} 不是工单 {order} 的产品。", "{item} is not what the order {order} makes.",
    "请扫工单产品的标签，或换成正确的工单。", "Scan a label of the order's product, or the right order.",
)
NO_OPERATION = _fault(
    "no_operation", "工单 {order} 的工艺路线里没有这一步。", "The route of the order {order} has no such step.",
    "请到路线中的工位录入；若路线确实缺少，请工艺工程师加上。",
    "Make the entry at a station of the route; if the route lacks it, call the process engineer.",
)
WRONG_STEP = _fault(
    "wrong_step", "{item} 还不能做“{operation}”。", "{item} cannot have “{operation}” now.",
    "现在应做：{allowed}。", "What it is due for: {allowed}.",
)
PORTION_TOO_LARGE = _fault(
    "portion_too_large", "{item} 到“{operation}”只剩 {left}，录入的是 {given}。",
    "{item} has {left} left for “{operation}”; the entry says {given}.",
    "{where}。请核对数量，或先把前面的工序做完并录入。",
    "{where}. Check the quantity, or have the operation before finished and entered first.",
)
REWORK_SPENT = _fault(
    "rework_spent", "{item} 的“{operation}”已做 {count} 次，返工次数用完。",
    "{item} had “{operation}” {count} times already: no rework is left.",
    "请隔离并找质量工程师判定报废或特采。", "Set it apart and have quality decide: scrap or concession.",
)
TOO_EARLY = _fault(
    "too_early", "{item} 在“{operation}”之后还要等 {minutes} 分钟。",
    "{item} has to wait {minutes} minutes after “{operation}”.",
    "请等够时间再做。", "Wait until then.",
)
WRONG_MATERIAL = _fault(
    "wrong_material", "{material} 不在工单 {order} 的物料清单中（{revision}）。",
    "{material} is not in the bill of materials of the order {order} ({revision}).",
    "这道工序要用：{wanted}。", "This operation takes: {wanted}.",
)
WRONG_REVISION = _fault(
    "wrong_revision", "{item} 是 {given} 版，工单 {order} 做的是 {wanted} 版。",
    "{item} is of revision {given}; the order {order} makes revision {wanted}.",
    "请取 {wanted} 版的来做，或扫 {given} 版的工单；要改版的，请找工艺工程师。",
    "Fetch one of revision {wanted}, or scan the order of revision {given}; to convert it, call the process engineer.",
)
MATERIAL_REVISION = _fault(
    "material_revision", "{material} 的版次是“{given}”，工单 {order} 要求 {wanted} 版。",
    "{material} is of revision “{given}”; the order {order} asks for revision {wanted}.",
    "请退回，另取 {wanted} 版的 {name}；标签上没有版次的，请质量部确认。",
    "Put it back and fetch {name} of revision {wanted}; where no revision is on record, have quality confirm it.",
)
ALTERNATIVE_UNAPPROVED = _fault(
    "alternative_unapproved", "{material} 是替代料，需要批准。", "{material} is an alternative that needs approval.",
    "请有“放行”权限的人写明原因放行，或改用：{wanted}。",
    "Have somebody with the right let it pass with a reason, or use: {wanted}.",
)
TOO_MUCH = _fault(
    "over_consumption", "{material} 将用到 {would}，工单 {order} 的用量加损耗是 {allowed}。",
    "{material} would come to {would}; the order {order} allows {allowed}, scrap included.",
    "请核对数量；确实多用的，说明原因并找班组长。",
    "Check the quantity; if it is right, call the line leader and say why.",
)
MATERIAL_EXPIRED = _fault(
    "material_expired", "{material} 的有效期到 {expiry}，不能投入。",
    "{material} expires on {expiry}: it is not to be used.",
    "请退回并取一批未过期的；先用先到期的。", "Put it back and fetch a lot in date, the one that expires first.",
)
MATERIAL_HELD = _fault(
    "material_held", "{material} 已被冻结（{disposition}）。", "{material} is on hold ({disposition}).",
    "请隔离，另取一批；等质量部放行。", "Set it apart and fetch another lot; quality has to release it.",
)
WRONG_EQUIPMENT = _fault(
    "wrong_equipment", "“{operation}”不能在 {equipment} 上做。", "“{operation}” is not done on {equipment}.",
    "请用：{wanted}。", "Use: {wanted}.",
)
NOT_CALIBRATED = _fault(
    "not_calibrated", "{tool} 的校准到 {due} 为止，已过期。", "The calibration of {tool} ended on {due}.",
    "请换一件在有效期内的，并把它送计量。", "Take one in date, and send this one to be calibrated.",
)
NO_TOOL = _fault(
    "no_tool", "“{operation}”需要在校准期内的“{tool}”，工厂里没有。",
    "“{operation}” needs a calibrated “{tool}”; there is none.",
    "请计量室校准一件。", "Have one calibrated.",
)
NOT_QUALIFIED = _fault(
    "not_qualified", "{person} 没有“{operation}”要求的资质：{wanted}。",
    "{person} does not hold what “{operation}” asks for: {wanted}.",
    "请换有资质的人做：{holders}。", "Have it done by somebody who does: {holders}.",
)
UNREAD = _fault(
    "instructions_unread", "{person} 还没有确认读过“{operation}”的作业指导（{revision}）。",
    "{person} has not confirmed to have read the instructions of “{operation}” ({revision}).",
    "请在 PDA 上打开作业指导，读完后按“我已阅读”。", "Open the instructions on the PDA and press “I have read this”.",
)
INSTRUCTIONS_UNKNOWN = fault_kind(
    "production.instructions_unknown", 422,
    zh="没有路线 {route} 工序“{operation}”版本 {revision} 的作业指导。",
    en="There are no instructions {revision} of the operation “{operation}” of the route {route}.",
    remedy_zh="请刷新后再确认现行版本。", remedy_en="Refresh, then confirm the revision in force.",
)
WRONG_RECIPE = _fault(
    "wrong_recipe", "“{operation}”用的配方是“{given}”，应为“{wanted}”。",
    "“{operation}” was run with the recipe “{given}”; it asks for “{wanted}”.",
    "请调出正确的配方和版次再做；设备上没有就找工艺工程师。",
    "Load the right recipe and revision; if the machine has none, call the process engineer.",
)
SOONER_LOT = _fault(
    "sooner_lot", "{material} 之前应先用批次 {lot}（有效期 {expiry}）。",
    "The lot {lot} (expires {expiry}) is to be used before {material}.",
    "它在 {place}，请先取那一批。", "It is at {place}: fetch that one first.",
)
OLDER_LOT = _fault(
    "older_lot", "{material} 之前应先用更早来的批次 {lot}。", "The lot {lot} came before {material}: use it first.",
    "它在 {place}，请先取那一批。", "It is at {place}: fetch that one first.",
)
OUT_OF_LIMITS = _fault(
    "parameter_out_of_limits", "“{operation}”的{type} {given} 超出 {low}–{high}。",
    "{type} of “{operation}” is {given}, outside {low} to {high}.",
    "请停下，找工艺工程师；确认无误后由有权限的人放行。",
    "Stop and call the process engineer; somebody with the right may let it pass.",
)
