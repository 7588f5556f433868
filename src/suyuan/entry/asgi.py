"""What the ASGI server loads: the process is made ready first, then the application is imported."""

from suyuan.entry.boot import boot, prepare

boot()

from suyuan.entry.server import app  # noqa: E402 (Django's settings and our wiring come first)

prepare()

__all__ = ["app"]
