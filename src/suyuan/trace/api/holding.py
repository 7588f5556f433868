"""Who holds what: the facts that packing asks for many items at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from suyuan.trace.contracts import ItemReference
from suyuan.trace.store import holding as store
from suyuan.trace.store.recording import item_ids, known_hashes


def find_items(uris: Iterable[str]) -> dict[str, int]:
    """Return the numbers of those of ``uris`` (canonical) that any event named."""
    return item_ids(uris)


def held_in(items: Sequence[int]) -> dict[int, ItemReference]:
    """Return the container that directly holds each of ``items`` now; those in none are left out.

    This is for those who pack, not for readers: it is not narrowed to sites.
    """
    return store.held_in(items)


def inside_of(containers: Sequence[int], most: int) -> list[tuple[int, int, str, str | None]]:
    """Return what is directly in each container now: (container, item, kind, product), at most ``most`` rows.

    As :func:`held_in`, not narrowed to sites.
    """
    return store.inside_of(containers, most)


def on_record(event_ids: Sequence[str]) -> dict[str, int]:
    """Return the numbers of those events that are on record, by their ids."""
    return {event_id: number for (event_id, declares), (number, _) in known_hashes(event_ids).items() if not declares}
