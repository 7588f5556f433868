"""The dairy's stories as questions to the trace desk, with what the answer must show."""

from __future__ import annotations

from suyuan.kernel.faults import Bilingual
from suyuan.packs.dairy_demo.domain.catalogue import FRESH, MILK, YOGHURT, YOGHURT_CASE
from suyuan.packs.dairy_demo.domain.plant import Dairy, Kept
from suyuan.packs.electronics_demo.contracts import Story


def scan_of(uri: str) -> str:
    """Return what a scanner reads on the label of a lot."""
    _, _, rest = uri.partition("/01/")
    gtin, _, lot = rest.partition("/10/")
    return f"]d201{gtin}10{lot}"


def stories_of(dairy: Dairy) -> tuple[Story, ...]:
    """Return the stories of a dairy that has run."""
    return _antibiotics(dairy), _cold_run(dairy)


def _antibiotics(dairy: Dairy) -> Story:
    suspect = dairy.suspect
    code = suspect.rsplit("/", 1)[-1].removesuffix("F2")
    held = tuple(lot for lot, raw in dairy.made_of.items() if suspect in raw and lot != suspect)
    return Story(
        "antibiotic-milk", suspect, scan_of(suspect), "forward",
        Bilingual("一车生乳化验迟到：含抗生素", "A tanker of milk whose laboratory result came late: antibiotics"),
        Bilingual(
            "这车奶 06:20 打进 1 号奶仓，晚上化验才发现抗生素。奶仓里还有别的奶，所以之后的各批都只是“可能”，"
            "直到奶仓清洗为止；"
            "当天 05:50 的那一批在它进仓之前，被排除；2 号奶仓的批次没有关系。",
            "This load went into silo 1 at 06:20; only in the evening the laboratory found antibiotics. Other milk "
            "stood in the silo, so what came out of it afterwards is possible, until the silo was cleaned. The run of "
            "05:50 was before it and is excluded; what came from silo 2 has nothing to do with it.",
        ),
        possible=held, excluded={MILK.lot(f"{code}A"): "before", FRESH.lot(f"{code}A"): ""},
    )  # fmt: skip


def _cold_run(dairy: Dairy) -> Story:
    code = dairy.cold.rsplit("/", 1)[-1]
    yoghurt = YOGHURT.lot(code)
    pallets = next(kept.pallets for kept in _all_kept(dairy) if kept.lot == yoghurt)
    return Story(
        "cold-run", dairy.cold, scan_of(dairy.cold), "forward",
        Bilingual("一次杀菌温度不足", "A run of the pasteuriser that was too cold"),
        Bilingual(
            "杀菌温度 70.6 ℃，低于下限 72 ℃。这批奶独占发酵罐，罐在前后都清洗过：由它做的酸奶和 3 个托盘是“确定”的，"
            "别的日子经过同一发酵罐的酸奶不受影响。分离出的稀奶油是联产品：按参数查询时一起列出。",
            "The pasteuriser ran at 70.6 °C, below its limit of 72 °C. The milk had the fermentation tank to itself, "
            "cleaned before and after: the yoghurt made of it and its three pallets are certain; yoghurt of other days "
            "from the same tank is not affected. The cream is a co-product: asked by the parameter, it is listed too.",
        ),
        certain=(yoghurt, YOGHURT_CASE.lot(code), *pallets),
    )  # fmt: skip


def _all_kept(dairy: Dairy) -> list[Kept]:
    return [*dairy.store, *(kept for _, kept, _, _ in dairy.shipped)]
