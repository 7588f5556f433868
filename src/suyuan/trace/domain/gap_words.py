"""Gaps in words, both languages."""

from __future__ import annotations

from typing import Final

from suyuan.kernel.faults import Bilingual
from suyuan.trace.contracts import GapKind

GAP_WORDS: Final = {
    GapKind.USED_BEFORE_MADE: Bilingual(
        "{item} 在有记录的产生或收货之前就被使用", "{item} was used before anything on record made or received it"
    ),
    GapKind.NO_INPUTS: Bilingual("产生 {item} 的过程没有记录投入", "The process that made {item} records no inputs"),
    GapKind.NO_OUTPUTS: Bilingual("消耗 {item} 的过程没有记录产出", "The process that used {item} records no outputs"),
    GapKind.TWO_PLACES: Bilingual("{item} 同时在两个容器里", "{item} is in two containers at once"),
    GapKind.CONTENTS_UNKNOWN: Bilingual(
        "容器 {item} 当时装了什么没有记录", "What container {item} held then is not on record"
    ),
    GapKind.OUTPUT_NOT_PLACED: Bilingual(
        "在容器中进行的过程，产出 {item} 没有放到任何地方", "A process in a container put its output {item} nowhere"
    ),
    GapKind.LOT_UNKNOWN: Bilingual(
        "{item} 所属批次没有产生或收货记录，本身也没有投入记录",
        "Nobody on record made or received the lot of {item}, and it has no inputs of its own",
    ),
    GapKind.CLASS_WITHOUT_LOT: Bilingual(
        "只记了品种 {item}，没有批次", "Only the class {item} is named, without a lot"
    ),
    GapKind.SEEN_NOT_ADDED: Bilingual(
        "{item} 在容器里被看到，却没有放入的记录", "{item} was seen in a container it was never put into on record"
    ),
}
