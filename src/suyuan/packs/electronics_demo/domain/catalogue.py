"""What the plant makes, what it is made of, and who supplies it."""

from __future__ import annotations

from dataclasses import dataclass

from suyuan.packs.electronics_demo.domain.identifiers import PLANT_PREFIX, product_class


@dataclass(frozen=True, slots=True)
class Company:
    """A business partner or the plant's own company: a GS1 company prefix, names and its town."""

    key: str
    prefix: str
    zh: str
    en: str
    town_zh: str
    town_en: str
    country: str = "CN"


@dataclass(frozen=True, slots=True)
class Product:
    """A trade item that the plant makes."""

    key: str
    reference: str
    zh: str
    en: str

    @property
    def uri(self) -> str:
        """The class URN of the product."""
        return product_class(PLANT_PREFIX, self.reference)


@dataclass(frozen=True, slots=True)
class Material:
    """A bought trade item.

    ``lot_size`` and ``use`` are whole numbers of the smallest booked quantity, ``scale`` of which make one ``uom``
    (UN/ECE Rec 20): grams of KGM, millimetres of MTR, pieces of C62. ``use`` is for a panel or for a unit.
    ``waste`` is the most that is lost on top of ``use`` each time (placement rejects).
    """

    key: str
    supplier: str
    reference: str
    zh: str
    en: str
    uom: str
    scale: int
    lot_size: int
    use: int
    waste: int = 0
    shelf_days: int = 720

    def amount(self, quantity: int) -> float | int:
        """Return ``quantity`` in ``uom``."""
        return quantity if self.scale == 1 else quantity / self.scale


OWN = Company("plant", PLANT_PREFIX, "溯源示范电子厂", "Suyuan Demo Electronics", "东莞", "Dongguan")
SUPPLIERS = {
    company.key: company
    for company in (
        Company("pcb", "9522001", "华南线路板", "South China Circuits", "惠州", "Huizhou"),
        Company("paste", "9522002", "锐锡焊料", "Ruixi Solder", "昆山", "Kunshan"),
        Company("passive", "9522003", "北辰元件", "Beichen Components", "肇庆", "Zhaoqing"),
        Company("chip", "9522004", "微芯半导体", "Weixin Semiconductor", "无锡", "Wuxi"),
        Company("plastic", "9522005", "宏塑精密", "Hongsu Precision Plastics", "深圳", "Shenzhen"),
        Company("fastener", "9522006", "东固紧固件", "Donggu Fasteners", "嘉兴", "Jiaxing"),
        Company("adhesive", "9522007", "汇粘化工", "Huizhan Adhesives", "广州", "Guangzhou"),
        Company("battery", "9522008", "恒能电池", "Hengneng Battery", "宁德", "Ningde"),
        Company("display", "9522009", "晶视显示", "Jingshi Display", "合肥", "Hefei"),
    )
}
DEALERS = (
    Company("dealer-east", "9523001", "华东数码经销", "East China Digital", "上海", "Shanghai"),
    Company("dealer-south", "9523002", "岭南通讯经销", "Lingnan Telecom", "广州", "Guangzhou"),
    Company("dealer-north", "9523003", "京津电子经销", "Jingjin Electronics", "北京", "Beijing"),
    Company("dealer-west", "9523004", "西部智能经销", "Western Smart Devices", "成都", "Chengdu"),
)

TERMINAL = Product("H1", "054321", "手持终端 H1", "Handheld Terminal H1")
TERMINAL_PRO = Product("H1P", "054322", "手持终端 H1 Pro", "Handheld Terminal H1 Pro")
MAINBOARD = Product("MB", "010001", "主板 MB-7", "Mainboard MB-7")
PRODUCTS = (TERMINAL, TERMINAL_PRO, MAINBOARD)

PCB = Material("pcb", "pcb", "011001", "十拼板裸板", "Bare PCB panel, 10-up", "C62", 1, 250, 1)
PASTE = Material("paste", "paste", "012001", "锡膏 SAC305", "Solder paste SAC305", "KGM", 1000, 500, 8, shelf_days=180)
CAP_SMALL = Material("c100n", "passive", "013001", "电容 100nF 0402", "Capacitor 100 nF 0402", "C62", 1, 4000, 80, 2)
CAP_LARGE = Material("c10u", "passive", "013002", "电容 10µF 0603", "Capacitor 10 µF 0603", "C62", 1, 2000, 20, 1)
RESISTOR = Material("r10k", "passive", "013003", "电阻 10kΩ 0402", "Resistor 10 kΩ 0402", "C62", 1, 5000, 60, 2)
MCU = Material("mcu", "chip", "014001", "主控芯片 M4", "Microcontroller M4", "C62", 1, 1000, 10)
PMIC = Material("pmic", "chip", "014002", "电源管理芯片", "Power management IC", "C62", 1, 1500, 10)
USB = Material("usb", "fastener", "016002", "USB-C 连接器", "USB-C connector", "C62", 1, 805, 10)
REELS = (CAP_SMALL, CAP_LARGE, RESISTOR, MCU, PMIC, USB)

HOUSING = Material("housing", "plastic", "015001", "外壳", "Housing", "C62", 1, 603, 1)
KEYPAD = Material("keypad", "plastic", "015002", "键盘组件", "Keypad assembly", "C62", 1, 804, 1)
SCREW = Material("screw", "fastener", "016001", "螺丝 M1.6×4", "Screw M1.6×4", "C62", 1, 10_000, 6)
GLUE = Material("glue", "adhesive", "017001", "结构胶", "Structural adhesive", "KGM", 1000, 1000, 2, shelf_days=270)
TAPE = Material("tape", "adhesive", "017002", "防水胶条", "Sealing tape", "MTR", 1000, 300_000, 420, shelf_days=540)
KIT = (HOUSING, KEYPAD, SCREW, GLUE, TAPE)

BATTERY = Material("battery", "battery", "018001", "锂电池 4000mAh", "Li-ion battery 4000 mAh", "C62", 1, 200, 1)
DISPLAY = Material("display", "display", "019001", "显示屏 5.0 吋", "Display 5.0 in", "C62", 1, 150, 1)
DISPLAY_PRO = Material("displaypro", "display", "019002", "显示屏 5.5 吋", "Display 5.5 in", "C62", 1, 150, 1)
SERIAL_PARTS = (BATTERY, DISPLAY, DISPLAY_PRO)
MATERIALS = (PCB, PASTE, *REELS, *KIT, *SERIAL_PARTS)

BOARDS_PER_PANEL = 10
PANELS_PER_TOTE = 5
UNITS_PER_TRAY = 10
UNITS_PER_BOX = 20
BOXES_PER_PALLET = 40


def display_for(product: Product) -> Material:
    """Return the display that ``product`` takes."""
    return DISPLAY_PRO if product is TERMINAL_PRO else DISPLAY
