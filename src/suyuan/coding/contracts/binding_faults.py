"""Why things cannot be put into, or taken out of, a container. Each says where the item is now."""

from __future__ import annotations

from suyuan.kernel.faults import FaultKind, fault_kind


def _refusal(code: str, zh: str, en: str, remedy_zh: str, remedy_en: str, status: int = 409) -> FaultKind:
    return fault_kind(f"coding.bind_{code}", status, zh=zh, en=en, remedy_zh=remedy_zh, remedy_en=remedy_en)


ALREADY_PACKED = _refusal(
    "already_packed", "{label} 已装在 {where}。", "{label} is already in {where}.",
    "请先从那里取出，或用“移动”。", "Take it out there first, or move it.",
)
HERE_ALREADY = _refusal(
    "here_already", "{label} 已经在这个容器里了。", "{label} is in this container already.",
    "不用再扫；请扫下一件。", "No need to scan it again; scan the next one.",
)
UNKNOWN = _refusal(
    "unknown", "还没有任何事件提到 {label}。", "No event names {label} yet.",
    "请核对编码；新的单件要先有生产或收货事件。",
    "Check the code; a new unit needs its making or receipt on record first.",
)
HELD = _refusal(
    "held", "{label} 已被冻结（{disposition}），现在 {where}。", "{label} is on hold ({disposition}), now at {where}.",
    "请放到一边，找质量人员处理。", "Put it aside and ask quality.",
)
GONE = _refusal(
    "gone", "{label} 已不能再装箱（{state}），最后在 {where}。",
    "{label} can no longer be packed ({state}), last at {where}.",
    "请核对编码是否贴错、扫错。", "See whether the label is the right one.",
)
VOID_CODE = _refusal(
    "void_code", "编码 {label} 已作废（{state}）。", "The code {label} is void ({state}).",
    "请换一个有效的标签。", "Use a valid label.",
)
CYCLE = _refusal(
    "cycle", "{label} 不能装进 {parent}：{parent} 就在 {label} 里面。",
    "{label} cannot go into {parent}: {parent} is inside {label}.",
    "请核对内外层次。", "Check which is inside which.",
)
INTO_ITSELF = _refusal(
    "into_itself", "{label} 不能装进自己。", "{label} cannot go into itself.",
    "请先扫容器，再扫要装的对象。", "Scan the container first, then what goes in.",
)
NO_CONTAINER = _refusal(
    "no_container", "{label} 的类型是“{kind}”，不能装东西。", "{label} is a {kind}; nothing can be put into it.",
    "请扫箱码、托盘码等容器的编码。", "Scan the code of a box, a pallet or another container.",
)
TOO_MANY = _refusal(
    "too_many", "{parent} 最多装 {capacity} 个，已有 {has} 个，装不下再来的 {more} 个。",
    "{parent} takes {capacity} and has {has}; {more} more do not fit.",
    "请换一个容器，或核对包装规格。", "Take another container, or check the packing specification.",
)
MIXED = _refusal(
    "mixed", "{parent} 里是 {inside}，不能混装 {label}（{product}）。",
    "{parent} holds {inside}; {label} ({product}) must not be mixed with it.",
    "请换一个容器，或让包装规格允许混装。",
    "Take another container, or let the packing specification allow mixed loads.",
)
NOT_INSIDE = _refusal(
    "not_inside", "{label} 不在 {parent} 里，而在 {where}。", "{label} is not in {parent} but at {where}.",
    "请扫它现在所在的容器。", "Scan the container that it is in now.",
)
NOTHING = _refusal(
    "nothing", "没有要处理的对象。", "There is nothing to do.",
    "请扫要装入、取出或移动的对象。", "Scan what goes in, comes out or moves.", 422,
)
LIMIT = _refusal(
    "limit", "一次最多 {limit} 个，收到 {count} 个。", "At most {limit} at once; {count} were given.",
    "请分几次进行。", "Do it in several goes.", 422,
)
RANGE = _refusal(
    "range", "从“{first}”到“{last}”不成一段。", "“{first}” to “{last}” is no range.",
    "两个编码只应在末尾的流水号上不同，且位数相同、后者不小于前者。",
    "The two codes may differ only in the number at their end, of the same length, the second not smaller.", 422,
)
NOT_COUNTABLE = _refusal(
    "not_countable", "{label} 是单个对象，不能按数量装。", "{label} is a single thing and cannot be packed by count.",
    "按数量装请扫产品或批号。", "To pack by count, scan a product or a lot.", 422,
)
ONE_BY_ONE = _refusal(
    "one_by_one", "{label} 的类型是“{kind}”，要给出数量。", "{label} is a {kind}; give a quantity.",
    "请填写数量，或逐件扫描。", "Give the quantity, or scan piece by piece.", 422,
)
NEW_LABEL_USED = _refusal(
    "new_label_used", "新标签 {label} 已经有事件记录，现在 {where}。",
    "The new label {label} is in use, now at {where}.",
    "请换一个没用过的标签。", "Take a label that was never used.",
)
KINDS_DIFFER = _refusal(
    "kinds_differ", "旧标签的类型是“{old}”，新标签是“{new}”，不能互换。",
    "The old label is of a {old}, the new one of a {new}.",
    "请用同类的标签。", "Take a label of the same kind.", 422,
)
TIME_BACKWARDS = _refusal(
    "time_backwards", "{label} 在 {since} 之后已有变动，不能按更早的时间装拆。",
    "{label} changed after that time, at {since}; it cannot be bound earlier.",
    "请用现在的时间，或到事件页更正。", "Use the present time, or correct the events.",
)
SPEC_TAKEN = _refusal(
    "spec_taken", "“{child}”已有包装规格。", "There is a packing specification for “{child}” already.",
    "请修改原有的那条。", "Change that one.",
)
SPEC_VALUE = _refusal(
    "spec_value", "包装规格里的“{given}”不允许。", "“{given}” is not allowed in a packing specification.",
    "对象为产品编码或 carrier，数量为 1 到 100000。",
    "Give a product's code or carrier, and a capacity of 1 to 100000.", 422,
)
