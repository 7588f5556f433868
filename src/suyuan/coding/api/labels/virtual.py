"""A printer that prints nothing, on a port of its own."""

from __future__ import annotations

from pathlib import Path

from suyuan.coding.api.labels.rendering import png
from suyuan.coding.domain.labels.layout import DOTS_PER_MM
from suyuan.coding.domain.labels.virtual_zpl import Printout
from suyuan.coding.store.labels.fonts import typeface
from suyuan.coding.store.labels.virtual_socket import Keep, VirtualPrinter


def virtual_printer(host: str, port: int, language: str, dpi: int, keep: Keep) -> VirtualPrinter:
    """Return a printer that listens already; ``serve_forever`` and ``shutdown`` are its life."""
    return VirtualPrinter((host, port), language, DOTS_PER_MM[dpi], typeface(), keep)


def keep_in(folder: Path) -> Keep:
    """Return what writes labels into a folder, as PNG, numbered in the order they come."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0

    def keep(labels: list[Printout]) -> None:
        nonlocal count
        for label in labels:
            for _ in range(label.copies):
                count += 1
                (folder / f"label-{count:06}.png").write_bytes(png(label.dots))

    return keep
