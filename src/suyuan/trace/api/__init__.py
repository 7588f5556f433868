"""The door of ``trace``."""

from suyuan.trace.api.facts import (
    ask_current_facts,
    ask_master_stamp,
    current_facts,
    master_data,
    master_stamp,
    master_with,
    newest_number,
    recent_items,
)
from suyuan.trace.api.holding import find_items, held_in, inside_of, on_record
from suyuan.trace.api.querying import count_events, find_events, stored_events
from suyuan.trace.api.reading import (
    containers,
    contents,
    event_detail,
    find_item,
    item_detail,
    items_by_id,
    list_events,
    list_items,
    resolve_item,
    timeline,
    vocabulary,
)
from suyuan.trace.api.recording import record, record_master_data, record_parts
from suyuan.trace.api.sealing import sealed_events
from suyuan.trace.api.tracing import answer
from suyuan.trace.api.voiding import void, voidable
from suyuan.trace.domain.parameters import parameters_of

__all__ = [
    "answer",
    "ask_current_facts",
    "ask_master_stamp",
    "containers",
    "contents",
    "count_events",
    "current_facts",
    "event_detail",
    "find_events",
    "find_item",
    "find_items",
    "held_in",
    "inside_of",
    "item_detail",
    "items_by_id",
    "list_events",
    "list_items",
    "master_data",
    "master_stamp",
    "master_with",
    "newest_number",
    "on_record",
    "parameters_of",
    "recent_items",
    "record",
    "record_master_data",
    "record_parts",
    "resolve_item",
    "sealed_events",
    "stored_events",
    "timeline",
    "vocabulary",
    "void",
    "voidable",
]
