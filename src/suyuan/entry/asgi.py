"""What the ASGI server loads: the process is made ready first, then the application is imported."""

from suyuan.entry.boot import boot

boot()

import threading  # noqa: E402 (as below)

from suyuan.entry.server import app  # noqa: E402 (Django's settings and our wiring come first)
from suyuan.trace.api.index import warm  # noqa: E402 (as above)

threading.Thread(target=warm, name="warm", daemon=True).start()

__all__ = ["app"]
