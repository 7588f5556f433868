"""The door of ``integration``."""

from suyuan.integration.api.epcis.capturing import capture, capture_event, capture_waiting, let_pass
from suyuan.integration.api.epcis.describing import job_document
from suyuan.integration.api.epcis.jobs import capture_job, forget_captures, job_detail, list_jobs, recent_jobs
from suyuan.integration.api.epcis.limits import CAPTURE_LIMIT, size_limit
from suyuan.integration.api.epcis.querying import (
    QUERY_PARAMETERS,
    answer_document,
    event_body,
    event_document,
    query_events,
)

__all__ = [
    "CAPTURE_LIMIT",
    "QUERY_PARAMETERS",
    "answer_document",
    "capture",
    "capture_event",
    "capture_job",
    "capture_waiting",
    "event_body",
    "event_document",
    "forget_captures",
    "job_detail",
    "job_document",
    "let_pass",
    "list_jobs",
    "query_events",
    "recent_jobs",
    "size_limit",
]
