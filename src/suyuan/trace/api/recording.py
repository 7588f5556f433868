"""Recording: the only way anything becomes known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from suyuan.chassis.database import named_sql, tx
from suyuan.kernel.principals import Principal
from suyuan.tenancy import api as tenancy
from suyuan.trace.api.appending import Appending
from suyuan.trace.api.sealing import record_hashes
from suyuan.trace.contracts import SITE_NOT_REACHED, EventRecord, MasterDatum, Recorded
from suyuan.trace.store import recording as store

WRITE = "trace:event:write"


def record(events: Sequence[EventRecord], by: Sequence[Principal] | None = None) -> list[Recorded]:
    """Append ``events`` in the open transaction and return what became of each, in order.

    An event whose id is on record with the same content is a replay: nothing changes. Whereabouts, outbox and live
    notice follow in the same transaction. ``by`` says who records each event, where a transaction serves several.

    :raises Fault: ``trace.event_id_taken`` (``at`` = ``/index``) where the id is on record with other content,
        ``trace.site_not_reached`` where a writer whose right is limited to sites names a place of another one.
    """
    if not events:
        return []
    recorders = by or [tx().principal] * len(events)
    _stay_within_sites(events, recorders)
    with tx().at_once(), tx().steady():
        appending = Appending(record_hashes)
        appending.add(events, [each.name for each in recorders])
        return appending.close()


def record_parts(parts: Iterable[Sequence[EventRecord]]) -> list[Recorded]:
    """Append all that ``parts`` yields as :func:`record` does; while the database writes one, the next is asked for.

    What makes the parts must not use Django's queries. A place in a fault is that in all parts together.
    """
    who, count = tx().principal, 0
    with tx().at_once(), tx().steady():
        appending = Appending(record_hashes)
        for events in parts:
            if events:
                _stay_within_sites(events, [who] * len(events), count)
                appending.add(events, [who.name] * len(events))
                count += len(events)
        return appending.close()


def _stay_within_sites(events: Sequence[EventRecord], by: Sequence[Principal], offset: int = 0) -> None:
    others = {id(each): _beyond(each) for each in by}
    if not any(others.values()):
        return
    for index, event in enumerate(events):
        for place in (event.biz_location, event.read_point):
            if place is not None and place.startswith(others[id(by[index])]):
                raise SITE_NOT_REACHED(at=f"/{offset + index}", place=place)


def _beyond(recorder: Principal) -> tuple[str, ...]:
    """Return the locations of the sites that somebody's right does not reach."""
    reached = recorder.sites_for(WRITE)
    if not reached:  # every site; or somebody who may record by another right than this
        return ()
    return tuple(site.location_uri for site in tenancy.sites() if site.location_uri and site.id not in reached)


def record_master_data(data: Sequence[MasterDatum]) -> int:
    """Keep names and attributes of places, products, people and the like; return how many are new or changed."""
    changed = 0
    for datum in data:
        row = (
            tx()
            .execute(
                named_sql("suyuan.trace.store", "upsert_master.sql"),
                {
                    "tenant": tx().principal.tenant_id,
                    "type": datum.type,
                    "uri": datum.uri,
                    "name_zh": datum.name_zh,
                    "name_en": datum.name_en,
                    "attributes": store.json_text(datum.attributes),
                },
                prepare=True,
            )
            .fetchone()
        )
        changed += row is not None
    return changed
