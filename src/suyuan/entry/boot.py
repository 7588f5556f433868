"""Starting a process: logs, Django, and every module's registrations. Safe to call twice."""

from __future__ import annotations

import os
from functools import cache


@cache
def boot() -> None:
    """Make this process ready to serve, work or answer commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suyuan.chassis.django_settings")
    from suyuan.chassis.logging import configure_logging

    configure_logging()
    import django

    django.setup()
    from suyuan.entry.wiring import wire

    wire()
