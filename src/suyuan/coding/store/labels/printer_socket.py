"""The wire to a printer: bytes out over TCP, its state back."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from suyuan.coding.contracts import label_faults as faults
from suyuan.kernel.faults import Bilingual

CONNECT_SECONDS: Final = 5.0
ANSWER_SECONDS: Final = 4.0
SEND_SECONDS: Final = 120.0
"""A printer with a full buffer takes the next labels only when it has printed some."""
_ZPL_STRINGS: Final = re.compile(rb"\x02([^\x03]*)\x03")
CONDITIONS: Final = {
    "paper_out": Bilingual("缺纸", "out of labels"),
    "ribbon_out": Bilingual("缺碳带", "out of ribbon"),
    "head_open": Bilingual("打印头已打开", "the print head is open"),
    "paused": Bilingual("已暂停", "paused"),
    "jam": Bilingual("卡纸", "labels are jammed"),
    "too_hot": Bilingual("打印头过热", "the print head is too hot"),
    "fault": Bilingual("打印机报告故障", "the printer reports a fault"),
}


@dataclass(frozen=True, slots=True)
class WireStatus:
    """What a printer said. ``busy``: labels still to be printed, or data not yet worked off."""

    answered: bool
    conditions: tuple[str, ...] = ()
    busy: bool = False


class PrinterWire:
    """An open connection to a printer."""

    def __init__(self, opened: socket.socket, language: str) -> None:
        self._socket = opened
        self._language = language

    def send(self, data: bytes) -> None:
        """Send all of it.

        :raises OSError: where the printer went away or takes nothing for :data:`SEND_SECONDS`.
        """
        self._socket.settimeout(SEND_SECONDS)
        self._socket.sendall(data)

    def status(self) -> WireStatus:
        """Ask the printer how it is; an unanswered question is no fault."""
        self._socket.settimeout(ANSWER_SECONDS)
        try:
            self._socket.sendall(b"~HS" if self._language == "zpl" else b"\x1b!?")
            return zpl_status(self._strings()) if self._language == "zpl" else self._tspl()
        except TimeoutError:
            return WireStatus(False)

    def _strings(self) -> list[bytes]:
        """Return the three lines of ~HS."""
        said = b""
        end = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < end:
            part = self._socket.recv(1024)
            if not part:
                break
            said += part
            found = _ZPL_STRINGS.findall(said)
            if len(found) >= 3:
                return found[:3]
        return []

    def _tspl(self) -> WireStatus:
        said = self._socket.recv(16)
        return tspl_status(said[0]) if said else WireStatus(False)


def zpl_status(strings: Sequence[bytes]) -> WireStatus:
    """Read the answer to ~HS: paper and pause in the first line, head and ribbon and what remains in the second."""
    if len(strings) < 2:
        return WireStatus(False)
    first, second = (line.decode("ascii", "replace").split(",") for line in strings[:2])
    if len(first) < 12 or len(second) < 9:
        return WireStatus(False)
    seen = {
        "paper_out": first[1], "paused": first[2], "too_hot": first[11], "head_open": second[2], "ribbon_out": second[3]
    }  # fmt: skip
    conditions = tuple(name for name, flag in seen.items() if flag.strip() == "1")
    waiting = first[4].strip(), second[8].strip()
    return WireStatus(True, conditions, any(count.strip("0") for count in waiting))


def tspl_status(code: int) -> WireStatus:
    """Read the answer to ESC ! ?: a set of bits."""
    bits = {0x01: "head_open", 0x02: "jam", 0x04: "paper_out", 0x08: "ribbon_out", 0x10: "paused", 0x80: "fault"}
    return WireStatus(True, tuple(name for bit, name in bits.items() if code & bit), bool(code & 0x20))


@contextmanager
def connected(host: str, port: int, language: str) -> Iterator[PrinterWire]:
    """Open a connection to a printer and close it in the end.

    :raises Fault: ``coding.label_printer_away``.
    """
    try:
        opened = socket.create_connection((host, port), CONNECT_SECONDS)
    except OSError as error:
        raise faults.PRINTER_AWAY(host=host, port=port, why=error.strerror or type(error).__name__) from None
    try:
        yield PrinterWire(opened, language)
    finally:
        opened.close()
