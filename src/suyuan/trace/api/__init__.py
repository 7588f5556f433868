"""The door of ``trace``."""

from suyuan.trace.api.recording import record, record_master_data

__all__ = ["record", "record_master_data"]
