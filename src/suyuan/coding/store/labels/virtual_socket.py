"""A printer on the network that prints nothing: takes ZPL or TSPL on a TCP port, and tells its state when asked."""

from __future__ import annotations

import socketserver
from collections.abc import Callable
from typing import Final

from suyuan.coding.domain.labels.lettering import Face
from suyuan.coding.domain.labels.virtual_tspl import print_tspl
from suyuan.coding.domain.labels.virtual_zpl import Printout, print_zpl

Keep = Callable[[list[Printout]], None]
_ASKED_ZPL: Final = b"~HS"
_ASKED_TSPL: Final = b"\x1b!?"
_MOST_WAITING: Final = 256 * 1024 * 1024


class VirtualPrinter(socketserver.ThreadingTCPServer):
    """Serves until it is shut down. ``keep`` gets the labels of each piece of data as they would come out.

    ``paper_out`` may be set at any time: the printer then says so, and keeps nothing.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address: tuple[str, int], language: str, dots_per_mm: int, face: Face, keep: Keep) -> None:
        super().__init__(address, _Conversation)
        self.language = language
        self.dots_per_mm = dots_per_mm
        self.face = face
        self.keep = keep
        self.paper_out = False

    def print(self, data: bytes) -> None:
        """Draw complete labels and keep them."""
        self.keep(print_zpl(data, self.face) if self.language == "zpl" else print_tspl(data, self.dots_per_mm))

    def state(self) -> bytes:
        """Return the answer to a question about the state."""
        if self.language == "tspl":
            return bytes([0x04 if self.paper_out else 0x00])
        out = int(self.paper_out)
        return (
            f"\x02030,{out},0,0800,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"
        ).encode()


class _Conversation(socketserver.BaseRequestHandler):
    """One connection."""

    server: VirtualPrinter

    def handle(self) -> None:
        waiting = b""
        while len(waiting) < _MOST_WAITING:
            part = self.request.recv(65536)
            if not part:
                return
            waiting = self._work_off(waiting + part)

    def _work_off(self, data: bytes) -> bytes:
        """Print whole labels and answer questions, in the order they came; return what is not complete yet."""
        asked, end = (_ASKED_ZPL, b"^XZ") if self.server.language == "zpl" else (_ASKED_TSPL, b"\r\nPRINT ")
        while data:
            if data.startswith(asked):
                self.request.sendall(self.server.state())
                data = data[len(asked) :]
                continue
            place = data.find(end)
            stop = place + len(end) if self.server.language == "zpl" else data.find(b"\r\n", place + 2) + 2
            if place < 0 or stop < 2:
                return data
            if not self.server.paper_out:
                self.server.print(data[:stop])
            data = data[stop:].lstrip(b"\n") if self.server.language == "zpl" else data[stop:]
        return data
