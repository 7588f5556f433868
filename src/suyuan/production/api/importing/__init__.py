"""Master data and demand by table: sites, plant model, calendars, people, products, bills; kept as by their forms."""

from __future__ import annotations

from typing import Final

from suyuan.capture.contracts.import_targets import ImportTarget
from suyuan.production.api.importing.bills import BILLS
from suyuan.production.api.importing.calendar import DAYS_OFF, SHIFTS
from suyuan.production.api.importing.demand import DEMAND
from suyuan.production.api.importing.people import PEOPLE
from suyuan.production.api.importing.plant import EQUIPMENT, QUALIFICATIONS, SITES, TOOLS
from suyuan.production.api.importing.products import PRODUCTS

TARGETS: Final[tuple[ImportTarget, ...]] = (
    SITES, EQUIPMENT, TOOLS, QUALIFICATIONS, PEOPLE, SHIFTS, DAYS_OFF, PRODUCTS, BILLS, DEMAND,
)  # fmt: skip
