"""Has msgspec learn our types while a process has one thread.

msgspec looks a type up at its first use and shows it to other threads before it has read all of its fields. Two
requests that are the first to read the same type thus ended the process with a segmentation fault (msgspec 0.22, seen
as connections reset in the first burst after a start). What it has once read whole it keeps.
"""

from __future__ import annotations

import dataclasses
import inspect
import sys
from collections.abc import Iterator

import msgspec

_OURS = "suyuan."


def learn_types() -> int:
    """Have msgspec read every structure and data class that has been imported; return how many it knows."""
    return sum(map(_learned, _types()))


def _learned(model: type) -> bool:
    try:
        msgspec.json.Decoder(model)
    except (TypeError, NameError):
        if issubclass(model, msgspec.Struct):
            raise
        return False  # a data class that never leaves the process: its fields are no document's
    return True


def _types() -> Iterator[type]:
    for name, module in list(sys.modules.items()):
        if name.startswith(_OURS):
            for model in list(vars(module).values()):
                if inspect.isclass(model) and model.__module__ == name and _is_document(model):
                    yield model


def _is_document(model: type) -> bool:
    return issubclass(model, msgspec.Struct) or dataclasses.is_dataclass(model)
