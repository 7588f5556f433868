"""The index on disk: building it from PostgreSQL, keeping it whole, answering from it."""

from suyuan.trace.store.index.answering import index_ledger, index_scopes, map_all, trace_with_index
from suyuan.trace.store.index.building import rebuild, refresh, state, verify

__all__ = ["index_ledger", "index_scopes", "map_all", "rebuild", "refresh", "state", "trace_with_index", "verify"]
