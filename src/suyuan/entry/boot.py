"""Starting a process: logs, Django, and every module's registrations. Safe to call twice."""

from __future__ import annotations

import gc
import os
import threading
from functools import cache

from suyuan.entry.compiled import compiled_by_one, keep_compiled_code

_COLLECT_EVERY = 50_000
"""Allocations between two looks for garbage. Python's own 700 is for small programs: a large trace answer spent half of
its time looking for garbage among objects that it still needed.
"""


@cache
def boot() -> None:
    """Make this process ready to serve, work or answer commands."""
    keep_compiled_code()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suyuan.chassis.django_settings")
    from suyuan.chassis.logging import configure_logging

    configure_logging()
    import django

    django.setup()
    from suyuan.entry.typed import learn_types
    from suyuan.entry.wiring import wire

    wire()
    learn_types()


def prepare() -> None:
    """Make ready, beside the start of a process that stays, what its first question would otherwise wait for."""
    threading.Thread(target=_prepare, name="prepare", daemon=True).start()


def _prepare() -> None:
    from suyuan.trace.api.index import warm

    with compiled_by_one():
        warm()
    keep_what_is_loaded()


def keep_what_is_loaded() -> None:
    """Have the search for garbage look seldom, and only at what is made from now on."""
    gc.collect()
    gc.freeze()  # modules and compiled code live as long as the process: no round has to look at them again
    gc.set_threshold(_COLLECT_EVERY, 20, 20)
