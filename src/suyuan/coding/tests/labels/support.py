"""What tests of labels share: labels, rows, a printer that is heard on a socket, a reader of pictures."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import zxingcpp
from PIL import Image

from suyuan.coding.api import labels
from suyuan.coding.domain.labels import documents as doc
from suyuan.coding.domain.labels.ready import ready_labels
from suyuan.coding.domain.labels.virtual_zpl import Printout
from suyuan.coding.store.labels.virtual_socket import VirtualPrinter
from suyuan.designer import api as designer

READY = {each.key: each.label for each in ready_labels()}
GTIN = "09521234543213"


def rows(count: int, start: int = 0) -> list[dict[str, str]]:
    return [
        {"gtin": GTIN, "serial": f"S{number:05}", "product_name": "智能温控器 T-200"}
        for number in range(start, start + count)
    ]


def publish(key: str, label: doc.Label) -> str:
    """Publish a label in the open transaction's tenant."""
    made = designer.save_draft("label", key, title_zh="标签", title_en="Label", body=doc.written(label), revision=None)
    designer.publish("label", key, revision=made.row.revision, note="first")
    return key


def read(png: bytes) -> str:
    """Return what a reader makes of a picture with one symbol."""
    picture = np.array(Image.open(io.BytesIO(png)).convert("L"))
    found = zxingcpp.read_barcode(np.pad(picture, 20, constant_values=255))
    assert found is not None
    return found.text


@contextmanager
def listening(language: str = "zpl", dpi: int = 203) -> Iterator[tuple[VirtualPrinter, list[Printout]]]:
    """Give a printer on a port of this machine, and the list of what it prints."""
    kept: list[Printout] = []
    with labels.virtual_printer("127.0.0.1", 0, language, dpi, kept.extend) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server, kept
        finally:
            server.shutdown()
            thread.join()
