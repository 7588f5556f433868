"""Rules to start from: one JSON file each beside this module."""

from __future__ import annotations

import importlib.resources
from functools import cache

import msgspec

from suyuan.coding.contracts.code_rules import ReadyRule


@cache
def ready_rules() -> tuple[ReadyRule, ...]:
    """Return every ready rule, in the order of the file ``ready_rules.json``."""
    content = importlib.resources.files(__package__).joinpath("ready_rules.json").read_bytes()
    return tuple(msgspec.json.decode(content, type=list[ReadyRule]))
