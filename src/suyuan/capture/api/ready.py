"""The nodes that come with the product: a pack like any other, redesigned without code."""

from __future__ import annotations

import importlib.resources
from collections.abc import Sequence

from suyuan.designer import api as designer
from suyuan.designer.contracts import Installed, Pack


def ready_nodes() -> Pack:
    """Return the pack of ready nodes: receive, feed, start and finish an operation, inspect, pack, put away, …"""
    with importlib.resources.as_file(importlib.resources.files("suyuan.capture").joinpath("ready")) as folder:
        return designer.read_pack(folder)


def provide() -> Sequence[Installed]:
    """Install or upgrade the ready nodes in the open transaction's tenant; what was redesigned there stays."""
    return designer.install_pack(ready_nodes())
