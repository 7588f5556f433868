"""Symbols of the UN/ECE Recommendation 20 unit codes that plants measure and count in."""

from __future__ import annotations

from typing import Final

from suyuan.kernel.faults import Language

_SYMBOLS: Final = {
    "KGM": "kg", "GRM": "g", "TNE": "t", "LTR": "L", "MLT": "mL", "MTR": "m", "MMT": "mm", "CMT": "cm", "MTK": "m²",
    "CEL": "°C", "SEC": "s", "MIN": "min", "HUR": "h", "VLT": "V", "AMP": "A", "4K": "mA", "B84": "µA", "WTT": "W",
    "P1": "%", "DBM": "dBm", "NU": "N·m", "NEW": "N", "PAL": "Pa", "BAR": "bar", "A24": "cd/m²", "2N": "dB",
    "H61": "mS/cm",
}  # fmt: skip


def unit_symbol(code: str | None, language: Language) -> str:
    """Return the symbol; pieces by name; a code that has none here, as it is."""
    if not code:
        return ""
    if code in ("C62", "H87", "EA"):
        return "件" if language == "zh" else "pcs"
    return _SYMBOLS.get(code, code)
