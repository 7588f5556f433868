"""The stories as questions to the trace desk, with what the answer must show."""

from __future__ import annotations

from suyuan.kernel.faults import Bilingual
from suyuan.packs.electronics_demo.contracts import Story
from suyuan.packs.electronics_demo.domain.identifiers import scan_of
from suyuan.packs.electronics_demo.domain.tales import BadReel, HeldLot, MovedBoard, ReusedTote, SwappedLabels


def bad_reel(tale: BadReel) -> Story | None:
    """A capacitor reel with bad parts on two lines."""
    if tale.lot is None or not tale.certain:
        return None
    panels, perhaps = len(tale.certain), len(tale.possible)
    return Story(
        "bad-reel", tale.lot.uri, scan_of(tale.lot.uri), "forward",
        Bilingual("一盘不良电容用在两条贴片线上", "A bad capacitor reel on two surface-mount lines"),
        Bilingual(
            f"料盘先上贴片 1 线，中途取下，后来在贴片 2 线用完：{panels} 块拼板确定用了它；"
            f"换料时的 {perhaps} 块拼板两盘混用，只能是可能；其余拼板被排除。"
            "用了这些主板的整机待机电流不良率明显偏高。",
            f"The reel ran on line 1, was taken off, and was used up on line 2: {panels} panels certainly took from "
            f"it; on {perhaps} panels the reel changed midway, so they are possible; all others are excluded. "
            "Units with these boards fail for standby current far more often.",
        ),
        certain=(*tale.certain, *tale.certain_boards), possible=(*tale.possible, *tale.possible_boards),
        excluded=dict.fromkeys(tale.clean, ""),
    )


def swapped_labels(tale: SwappedLabels) -> Story | None:
    """Two units with each other's label, corrected by error declarations."""
    if tale.first is None or tale.right_box is None or tale.wrong_box is None:
        return None
    return Story(
        "swapped-label", tale.first, scan_of(tale.first), "forward",
        Bilingual("贴错的标签被发现并更正", "A swapped label, found and corrected"),
        Bilingual(
            "两台整机的标签贴反了，装箱两小时后出货检验发现：原来的装箱记录已作废并由新记录代替。这台整机实际在另一箱，"
            "原来那一箱被排除，原因是记录作废。",
            "Two units got each other's label; outgoing inspection found it two hours after packing. The packing "
            "records are voided and replaced: this unit is in the other box, and the first box is excluded because its "
            "record is void.",
        ),
        certain=(tale.right_box,), excluded={tale.wrong_box: "voided"},
    )


def reused_tote(tale: ReusedTote) -> Story | None:
    """A tote that carried a suspect and then a clean load."""
    if tale.panel is None or tale.tote is None or not tale.second_load:
        return None
    return Story(
        "reused-tote", tale.panel, scan_of(tale.panel), "forward",
        Bilingual("周转箱先后装了两批主板，只有一批可疑", "One tote, two loads, only the first one suspect"),
        Bilingual(
            "这块拼板回流焊峰值温度偏低并报警。它的主板随周转箱送到组装线；同一周转箱后来装的另一批主板不受影响，应被排除。",
            "This panel was soldered too cold and raised an alarm. Its boards went to assembly in a tote; the load "
            "that the same tote carried afterwards is not affected and must be excluded.",
        ),
        certain=tuple(board for board in tale.boards if board in tale.first_load),
        excluded=dict.fromkeys(tale.second_load, "other_load"),
    )


def held_lot(tale: HeldLot) -> Story | None:
    """A lot held at incoming inspection."""
    if tale.lot is None:
        return None
    lot = tale.lot
    return Story(
        "held-lot", lot.uri, scan_of(lot.uri), "forward",
        Bilingual(
            "来料被冻结，挑选后部分退货、部分放行",
            "An incoming lot held, sorted, partly returned, partly released",
        ),
        Bilingual(
            f"这批{lot.material.zh}来料检验不合格并被冻结；两天后 {tale.sent_back} 件退给供应商，其余放行并用于生产。"
            "时间线显示收货、检验、冻结、退货、放行，以及之后用到它的整机。",
            f"This lot ({lot.material.en}) failed incoming inspection and was held; two days later {tale.sent_back} "
            "pieces went back to the supplier and the rest were released and used. The timeline shows receipt, "
            "inspection, hold, return, release, and the units made from it.",
        ),
    )


def moved_board(tale: MovedBoard) -> Story | None:
    """A board that moved from a scrapped unit into another."""
    if tale.scrapped is None or tale.board is None or tale.receiver is None:
        return None
    return Story(
        "moved-board", tale.board, scan_of(tale.board), "forward",
        Bilingual("返修：主板从一台整机换到另一台", "Rework: a board moved from one unit to another"),
        Bilingual(
            "第一台整机屏幕不良，被拆解报废；主板完好，装进了第二台。追溯主板：第一台只到拆解为止，第二台从装入开始。",
            "The first unit failed for its display and was taken apart; its good board went into a second unit. Trace "
            "the board: the first unit holds it only until the disassembly, the second from its assembly on.",
        ),
        certain=(tale.scrapped, tale.receiver),
    )


def sold_unit(unit: str, parts: tuple[str, ...]) -> Story:
    """An ordinary unit from its parts to its buyer."""
    return Story(
        "sold-unit", unit, scan_of(unit), "back",
        Bilingual("一台已售出整机的完整来历", "The whole history of a unit that was sold"),
        Bilingual(
            "从消费者扫码倒查：门店、经销商、箱和托盘、测试参数、装配人员，直到主板、电池、屏幕和十几个来料批次。",
            "Back from the consumer's scan: store, dealer, box and pallet, test values, the people who built it, "
            "down to board, battery, display and a dozen material lots.",
        ),
        certain=parts,
    )
