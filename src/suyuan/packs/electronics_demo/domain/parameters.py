"""What the machines measure: name in both languages, EPCIS type, unit, limits, and how values spread."""

from __future__ import annotations

import random
from dataclasses import dataclass

from suyuan.packs.electronics_demo.domain.writing import Event

ALARM = "ALARM_CONDITION"
"""The CBV sensor alert of a value out of its limits."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A measured characteristic; ``uom`` is a UN/ECE Rec 20 code, ``usual`` and ``spread`` a normal distribution."""

    key: str
    zh: str
    en: str
    kind: str
    uom: str
    low: float | None
    high: float | None
    usual: float
    spread: float
    digits: int

    def sample(self, dice: random.Random) -> float:
        """Return a good value: drawn from the distribution and kept within the limits."""
        value = dice.gauss(self.usual, self.spread)
        if self.low is not None and value < self.low:
            value = self.low + self.spread * dice.random() * 0.5
        if self.high is not None and value > self.high:
            value = self.high - self.spread * dice.random() * 0.5
        return round(value, self.digits)

    def bad(self, dice: random.Random) -> float:
        """Return a value beyond the upper limit, or below the lower where there is no upper."""
        if self.high is not None:
            return round(self.high + self.spread * (0.6 + 2.5 * dice.random()), self.digits)
        return round((self.low or 0.0) - self.spread * (0.6 + 2.5 * dice.random()), self.digits)

    def report(self, value: float) -> Event:
        """Return the sensor report of ``value`` with its limits; out of them it carries an alarm."""
        report: Event = {"type": self.kind, "value": value, "uom": self.uom, "suyuan:name": self.key}
        if self.low is not None:
            report["suyuan:low"] = self.low
        if self.high is not None:
            report["suyuan:high"] = self.high
        if (self.low is not None and value < self.low) or (self.high is not None and value > self.high):
            report["exception"] = ALARM
        return report


PASTE_VOLUME = Parameter("paste_volume", "锡膏体积率", "Paste volume", "Dimensionless", "P1", 75, 130, 101, 6, 1)
SQUEEGEE = Parameter("squeegee_force", "刮刀压力", "Squeegee force", "Force", "NEW", 40, 60, 50, 1.5, 1)
PICK_RATE = Parameter("pick_rate", "贴装拾取率", "Pick-up rate", "Dimensionless", "P1", 99.5, 100, 99.86, 0.06, 2)
PEAK = Parameter(
    "peak_temperature", "回流峰值温度", "Reflow peak temperature", "Temperature", "CEL",
    235, 250, 243, 1.6, 1,
)
LIQUIDUS = Parameter(
    "time_above_liquidus", "液相线以上时间", "Time above liquidus", "Time", "SEC",
    45, 90, 64, 4, 0,
)
RAMP = Parameter("conveyor_speed", "链速", "Conveyor speed", "Speed", "2X", 0.7, 0.9, 0.8, 0.01, 3)
STANDBY = Parameter("standby_current", "待机电流", "Standby current", "ElectricCurrent", "B84", None, 120, 84, 8, 1)
RAIL = Parameter("core_voltage", "内核电压", "Core voltage", "Voltage", "VLT", 1.14, 1.26, 1.2, 0.012, 3)
BRIGHTNESS = Parameter(
    "display_brightness", "屏幕亮度", "Display brightness", "Luminance", "A24",
    420, None, 478, 14, 0,
)
RADIO = Parameter("radio_power", "射频功率", "Radio power", "Power", "DBM", 16, 20, 18.1, 0.45, 2)
TEST_PARAMETERS = (STANDBY, RAIL, BRIGHTNESS, RADIO)
TORQUE = Parameter("screw_torque", "锁付扭矩", "Screw torque", "Torque", "NU", 0.09, 0.13, 0.11, 0.005, 3)
WEIGHT = Parameter("box_weight", "箱重", "Box weight", "Mass", "KGM", 7.8, 8.4, 8.1, 0.05, 3)
SIZE = Parameter(
    "sample_dimension", "抽样尺寸偏差", "Sample dimension deviation", "Length", "MMT",
    -0.1, 0.1, 0.0, 0.025, 3,
)
ROOM_TEMPERATURE = Parameter(
    "room_temperature", "车间温度", "Room temperature", "Temperature", "CEL",
    20, 27, 23.6, 0.7, 1,
)
HUMIDITY = Parameter("room_humidity", "车间湿度", "Room humidity", "RelativeHumidity", "P1", 35, 65, 48, 3.5, 1)
PARAMETERS = (
    PASTE_VOLUME, SQUEEGEE, PICK_RATE, PEAK, LIQUIDUS, RAMP, *TEST_PARAMETERS, TORQUE, WEIGHT, SIZE,
    ROOM_TEMPERATURE, HUMIDITY,
)
