"""Printers: masters, and how they are just now."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Any, Final

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.coding.contracts import label_faults as faults
from suyuan.coding.contracts.labels import Printer, PrinterStatus
from suyuan.coding.domain.labels.layout import DOTS_PER_MM
from suyuan.coding.store.labels import printers as store
from suyuan.coding.store.labels.printer_socket import CONDITIONS, connected
from suyuan.kernel.faults import Fault

_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_HOST: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?")
_CHOICES: Final = {"language": ("zpl", "tspl"), "connection": ("tcp", "virtual"), "dpi": tuple(DOTS_PER_MM)}
_RANGES: Final = {"port": (1, 65535), "width_mm": (10, 300), "darkness": (0, 30), "speed": (1, 14)}


def list_printers() -> list[Printer]:
    """Return every printer, those in use first."""
    return store.printers()


def printer(printer_id: int) -> Printer:
    """Return one printer.

    :raises Fault: ``chassis.not_found``.
    """
    found = store.printers(printer_id)
    if not found:
        raise NOT_FOUND(what=f"#{printer_id}")
    return found[0]


def add_printer(values: Mapping[str, Any]) -> Printer:
    """Add a printer.

    :raises Fault: ``coding.label_printer_value``, ``coding.label_printer_code``.
    """
    checked = _checked({"connection": "tcp", "host": "", **values})
    number = store.insert(checked)
    if number is None:
        raise faults.PRINTER_CODE(at="/code", code=checked["code"])
    return printer(number)


def change_printer(printer_id: int, values: Mapping[str, Any]) -> Printer:
    """Change what is named of a printer.

    :raises Fault: ``chassis.not_found``, and as :func:`add_printer`.
    """
    before = printer(printer_id)
    checked = _checked({name: getattr(before, name) for name in store.COLUMNS} | dict(values))
    if store.code_taken(checked["code"], printer_id):
        raise faults.PRINTER_CODE(at="/code", code=checked["code"])
    store.update(printer_id, {name: checked[name] for name in values if name in store.COLUMNS})
    return printer(printer_id)


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: values[name] for name in store.COLUMNS if name in values}
    for name, pattern in (("code", _CODE), ("name", re.compile(r"(?=.*\S).{1,120}", re.DOTALL))):
        if not pattern.fullmatch(str(found.get(name, ""))):
            raise _wrong(name, found.get(name, ""))
    for name, allowed in _CHOICES.items():
        if name in found and found[name] not in allowed:
            raise _wrong(name, found[name])
    for name, (least, most) in _RANGES.items():
        if found.get(name) is not None and not least <= found[name] <= most:
            raise _wrong(name, f"{found[name]} ({least}–{most})")
    if found.get("connection") == "tcp" and not _HOST.fullmatch(str(found.get("host", ""))):
        raise _wrong("host", found.get("host", ""))
    if found.get("site_id") is not None and found["site_id"] not in _sites():
        raise _wrong("site_id", found["site_id"])
    return found


def _sites() -> set[int]:
    from suyuan.tenancy import api as tenancy  # here, so that drawing labels needs no framework

    return {site.id for site in tenancy.sites()}


def _wrong(field: str, given: object) -> Fault:
    return faults.PRINTER_VALUE(at=f"/{field}", field=field, why=f"“{str(given)[:60]}”")


def check_printer(printer_id: int) -> PrinterStatus:
    """Ask a printer how it is.

    :raises Fault: ``chassis.not_found``.
    """
    chosen = printer(printer_id)
    if chosen.connection == "virtual":
        return PrinterStatus(True, True, True, (), "虚拟打印机，随时可用", "A virtual printer is always ready", 0)
    begun = time.perf_counter()
    try:
        with connected(chosen.host, chosen.port, chosen.language) as wire:
            said = wire.status() if chosen.answers else None
    except Fault as fault:
        return PrinterStatus(False, False, False, (), fault.title("zh"), fault.title("en"), _milliseconds(begun))
    except OSError as error:
        away = faults.PRINTER_AWAY(host=chosen.host, port=chosen.port, why=error.strerror or type(error).__name__)
        return PrinterStatus(False, False, False, (), away.title("zh"), away.title("en"), _milliseconds(begun))
    if said is None or not said.answered:
        told = "已连接；打印机没有报告状态", "Connected; the printer did not report its state"
        return PrinterStatus(True, True, False, (), *told, _milliseconds(begun))
    zh = "、".join(CONDITIONS[name].zh for name in said.conditions) or "就绪"
    en = ", ".join(CONDITIONS[name].en for name in said.conditions) or "ready"
    return PrinterStatus(True, not said.conditions, True, said.conditions, zh, en, _milliseconds(begun))


def _milliseconds(begun: float) -> int:
    return round((time.perf_counter() - begun) * 1000)
