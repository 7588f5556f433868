"""A wire that breaks: carries connections to a database's socket, and cuts, half-closes or stalls them on request."""

from __future__ import annotations

import contextlib
import random
import socket
import struct
import threading
from pathlib import Path

_RESET = struct.pack("ii", 1, 0)
_PIECE = 65536


class Wire:
    """Listens on a port of this machine and carries every connection to the socket ``target``."""

    def __init__(self, target: Path) -> None:
        self._target = str(target)
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port: int = self._listening.getsockname()[1]
        self._open: set[tuple[socket.socket, socket.socket]] = set()
        self._lock = threading.Lock()
        self._flows = threading.Event()
        self._flows.set()
        self._whole = True
        self._silent: set[socket.socket] = set()
        threading.Thread(target=self._accept, name="wire", daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            if not self._whole:
                raise OSError("the wire is cut")
            server.connect(self._target)
        except OSError:
            _break(client)
            return
        pair = (client, server)
        with self._lock:
            self._open.add(pair)
        back = threading.Thread(target=self._pump, args=(server, client), daemon=True)
        back.start()
        self._pump(client, server)
        back.join()
        with self._lock:
            self._open.discard(pair)
            self._silent.discard(client)
        for end in pair:
            end.close()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(_PIECE):
                self._flows.wait()
                if source not in self._silent and sink not in self._silent:
                    sink.sendall(piece)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

    def cut(self, dice: random.Random, share: float) -> int:
        """Reset a share of the connections, as a switch that restarts does; return how many."""
        with self._lock:
            chosen = [pair for pair in self._open if dice.random() < share]
        for client, server in chosen:
            _break(client)
            with contextlib.suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
        return len(chosen)

    def half_close(self, dice: random.Random, share: float) -> int:
        """Let a share of the connections carry no more answers, while questions still arrive; return how many."""
        with self._lock:
            chosen = [pair for pair in self._open if dice.random() < share]
        for client, _ in chosen:
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_WR)
        return len(chosen)

    def stall(self) -> None:
        """Carry nothing, and say nothing of it."""
        self._flows.clear()

    def flow(self) -> None:
        """Carry on."""
        self._flows.set()

    def silence(self) -> int:
        """Take in what comes over the connections that there are, and pass nothing on any more; return how many."""
        with self._lock:
            self._silent.update(client for client, _ in self._open)
            return len(self._open)

    @property
    def busy(self) -> bool:
        """Whether anybody is connected by it."""
        return bool(self._open)

    def sever(self) -> None:
        """Cut everything, and take no new connection."""
        self._whole = False
        self.cut(random.Random(0), 1.1)

    def mend(self) -> None:
        """Take connections again."""
        self._whole = True

    def close(self) -> None:
        """Stop listening, and cut what is open."""
        self._flows.set()
        self._listening.close()
        self.cut(random.Random(0), 1.1)


def _break(end: socket.socket) -> None:
    """Close with a reset instead of a farewell."""
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        end.shutdown(socket.SHUT_RDWR)
    end.close()
