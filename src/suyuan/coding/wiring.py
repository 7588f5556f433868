"""What the entry mounts of ``coding``."""

from __future__ import annotations

from suyuan.coding.web.codes import router as codes_router

__all__ = ["codes_router"]
