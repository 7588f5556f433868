"""What ``coding`` offers the entry."""

from __future__ import annotations

from suyuan.chassis.registry import DefinitionKind, Registry
from suyuan.coding.api import labels
from suyuan.coding.contracts.labels import LABEL_KIND
from suyuan.coding.contracts.permissions import LABEL_PERMISSIONS
from suyuan.coding.domain.labels.documents import Label
from suyuan.coding.jobs import printing
from suyuan.coding.web.codes import router as codes_router
from suyuan.coding.web.labels import router as labels_router
from suyuan.coding.web.printing import jobs_router, printers_router
from suyuan.kernel.faults import Bilingual

ROUTERS = (
    ("/codes", codes_router),
    ("/labels", labels_router),
    ("/printers", printers_router),
    ("/print-jobs", jobs_router),
)
JOBS = (printing,)
"""Importing them has made their tasks known to the queue."""


def register(registry: Registry) -> None:
    """Register rights over labels and printers, and labels as a kind of definition."""
    registry.add_permissions(LABEL_PERMISSIONS)
    registry.add_definition_kinds(
        [DefinitionKind(LABEL_KIND, Bilingual("标签", "Label"), Label, check=labels.faults_of)]
    )
