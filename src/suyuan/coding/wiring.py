"""What ``coding`` offers the entry."""

from __future__ import annotations

from suyuan.coding.web.codes import router as codes_router

ROUTERS = (("/codes", codes_router),)
