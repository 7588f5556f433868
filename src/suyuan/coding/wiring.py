"""What ``coding`` offers the entry."""

from __future__ import annotations

from suyuan.chassis.registry import DefinitionKind, Registry
from suyuan.coding.api import labels
from suyuan.coding.api.rules import rule_kind
from suyuan.coding.contracts.binding import BINDING_PERMISSIONS
from suyuan.coding.contracts.labels import LABEL_KIND
from suyuan.coding.contracts.permissions import CODE_PERMISSIONS, LABEL_PERMISSIONS
from suyuan.coding.domain.labels.documents import Label
from suyuan.coding.jobs.issuing import ISSUING
from suyuan.coding.jobs.printing import PRINTING
from suyuan.coding.web.binding import router as binding_router
from suyuan.coding.web.codes import router as codes_router
from suyuan.coding.web.issuing import router as issuing_router
from suyuan.coding.web.labels import router as labels_router
from suyuan.coding.web.printing import jobs_router, printers_router
from suyuan.coding.web.rules import router as rules_router
from suyuan.kernel.faults import Bilingual

ROUTERS = (
    ("/codes", codes_router),
    ("/codes", issuing_router),
    ("/bindings", binding_router),
    ("/code-rules", rules_router),
    ("/labels", labels_router),
    ("/printers", printers_router),
    ("/print-jobs", jobs_router),
)


def register(registry: Registry) -> None:
    """Register rights over codes, labels and printers, and code rules and labels as kinds of definitions."""
    registry.add_permissions((*CODE_PERMISSIONS, *BINDING_PERMISSIONS, *LABEL_PERMISSIONS))
    registry.add_jobs([ISSUING, PRINTING])
    registry.add_definition_kinds(
        [rule_kind(), DefinitionKind(LABEL_KIND, Bilingual("标签", "Label"), Label, check=labels.faults_of)]
    )
