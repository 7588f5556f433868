"""Units into boxes, boxes onto pallets, and out again."""

from suyuan.coding.api.binding.packing import move, pack, relabel, unpack
from suyuan.coding.api.binding.showing import add_spec, bindings_of, change_spec, remove_spec, specs

__all__ = [
    "add_spec",
    "bindings_of",
    "change_spec",
    "move",
    "pack",
    "relabel",
    "remove_spec",
    "specs",
    "unpack",
]
