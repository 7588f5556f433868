"""The door to labels: previews, PDF, printers, print jobs."""

from suyuan.coding.api.labels.filing import pdf_again, pdf_of
from suyuan.coding.api.labels.gallery import (
    faults_of,
    label_fields,
    list_labels,
    picture_of,
    provide,
    ready_label_rows,
)
from suyuan.coding.api.labels.ordering import (
    cancel_job,
    job_detail,
    list_jobs,
    order,
    picture_of_label,
    reprint,
    retry_job,
)
from suyuan.coding.api.labels.printers import add_printer, change_printer, check_printer, list_printers
from suyuan.coding.api.labels.rendering import preview, values_of
from suyuan.coding.api.labels.virtual import keep_in, virtual_printer

__all__ = [
    "add_printer",
    "cancel_job",
    "change_printer",
    "check_printer",
    "faults_of",
    "job_detail",
    "keep_in",
    "label_fields",
    "list_jobs",
    "list_labels",
    "list_printers",
    "order",
    "pdf_again",
    "pdf_of",
    "picture_of",
    "picture_of_label",
    "preview",
    "provide",
    "ready_label_rows",
    "reprint",
    "retry_job",
    "values_of",
    "virtual_printer",
]
