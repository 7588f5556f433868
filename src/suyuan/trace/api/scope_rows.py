"""Rows of a scope as people read them: named, placed, each with its path or its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from suyuan.trace.api import reach
from suyuan.trace.contracts.answers import TracedGap
from suyuan.trace.contracts.scopes import ScopeHop, ScopeItem
from suyuan.trace.domain.answer import Gap, Hop
from suyuan.trace.domain.distinct import distinct
from suyuan.trace.domain.gap_words import GAP_WORDS
from suyuan.trace.domain.place_words import named_place
from suyuan.trace.domain.scope_columns import EXCLUDED, ROLES, VERDICTS, ScopeColumns, settle_events
from suyuan.trace.domain.scoping import DOUBTS, REASONS, Ints, Scoped
from suyuan.trace.domain.times import moment
from suyuan.trace.store import scoping as store

_HOLDERS = frozenset({"carrier", "asset"})
Labels = dict[int, tuple[str, str, str, str | None, str | None]]
Names = dict[str, tuple[str | None, str | None]]


def named(uris: Sequence[str]) -> Names:
    """Return the names, Chinese and English, of these URIs."""
    return store.names_of(uris) if uris else {}


def scope_rows(columns: ScopeColumns, scoped: Scoped, rows: Ints, *, paths: bool = True) -> list[ScopeItem]:
    """Return these rows with names; with ``paths``, each with the hops that explain it."""
    settle_events(columns, rows)
    items = columns.item[rows].tolist()
    hops: dict[int, tuple[Hop, ...]] = {}
    if paths:
        listed = columns.verdict[rows] != EXCLUDED
        hops = {item: scoped.explain(item) for item, here in zip(items, listed.tolist(), strict=True) if here}
    mentioned = {number for path in hops.values() for hop in path for number in (hop.item, *hop.through)}
    labels = store.labels_of_items(sorted(mentioned | set(items)))
    told = _Paths(hops, labels)
    texts = {
        text
        for name in ("product", "place", "customer")
        for code in set(columns.facts[name][rows].tolist())
        if (text := columns.words[name].text(code)) is not None
    }
    names = named(sorted(texts))
    return [
        _row(columns, scoped, row, labels, names, told.of(item))
        for row, item in zip(rows.tolist(), items, strict=True)
        if item in labels
    ]


class _Paths:
    """The paths of a page, their hidden parts without identity."""

    def __init__(self, hops: dict[int, tuple[Hop, ...]], labels: Labels) -> None:
        self._hops = hops
        self._labels = labels
        numbers = {hop.event for path in hops.values() for hop in path if hop.event is not None}
        self._steps = store.steps_of_events(sorted(numbers)) if numbers else {}
        self._items = reach.seen(labels) if hops else None
        self._events = reach.seen_events(numbers) if hops else None

    def of(self, item: int) -> list[ScopeHop]:
        return [self._hop(hop) for hop in self._hops.get(item, ())]

    def _hop(self, hop: Hop) -> ScopeHop:
        step, when = self._steps.get(hop.event or 0, (None, None))
        event = hop.event
        if self._events is not None and event not in self._events:
            step, when, event = None, None, None
        if not self._sees(hop.item):
            return ScopeHop(0, "", "", self._labels[hop.item][2], event, step, when, (), True)
        through = [self._labels[each][0] if self._sees(each) else "" for each in hop.through if each in self._labels]
        label, uri, kind = self._labels[hop.item][:3]
        return ScopeHop(hop.item, label, uri, kind, event, step, when, through)

    def _sees(self, item: int) -> bool:
        return self._items is None or item in self._items


def _row(
    columns: ScopeColumns, scoped: Scoped, row: int, labels: Labels, names: Names, path: list[ScopeHop]
) -> ScopeItem:
    at = int(columns.label[row])
    item = int(columns.item[row])
    label, uri, kind, lot, serial = labels[item]
    facts = {name: columns.words[name].text(int(codes[row])) for name, codes in columns.facts.items()}
    nobody = (None, None)
    product, place, customer = (names.get(facts[name] or "", nobody) for name in ("product", "place", "customer"))
    place, customer = named_place(facts["place"], *place), named_place(facts["customer"], *customer)
    return ScopeItem(
        id=item,
        uri=uri,
        label=label,
        kind=kind,
        verdict=VERDICTS[int(columns.verdict[row])],
        lot=lot or _last(facts["lot"]),
        serial=serial,
        product=facts["product"],
        state=facts["state"] or "unknown",
        place=facts["place"],
        customer=facts["customer"],
        path=path,
        **_label(columns, scoped, row, at, kind),
        product_name_zh=product[0],
        product_name_en=product[1],
        place_name_zh=place[0],
        place_name_en=place[1],
        customer_name_zh=customer[0],
        customer_name_en=customer[1],
    )


def _label(columns: ScopeColumns, scoped: Scoped, row: int, at: int, kind: str) -> dict[str, Any]:
    """Return what a row's label says, or why there is none."""
    if at < 0:
        return {
            "role": "carrier" if kind in _HOLDERS else "product", "since": None, "until": None, "depth": 0,
            "doubts": [], "reason": REASONS[int(columns.reason[row])].value,
            "reason_event": int(columns.reason_event[row]) or None,
        }  # fmt: skip
    labels = scoped.labels
    bits = int(labels.doubts[at])
    return {
        "role": ROLES[int(columns.role[row])],
        "since": moment(int(labels.since[at])),
        "until": moment(int(labels.until[at])),
        "depth": int(labels.depth[at]),
        "doubts": [doubt.value for place, doubt in enumerate(DOUBTS) if bits & (1 << place)],
        "reason": None,
        "reason_event": None,
    }


def first_hops(columns: ScopeColumns, scoped: Scoped, rows: Ints) -> list[tuple[str | None, int | None]]:
    """Return, for each row, the item and the event by which it came into the scope, as far as the reader may see."""
    at = columns.label[rows]
    listed = at >= 0
    via, event = np.zeros((2, len(rows)), np.int64)
    via[listed], event[listed] = scoped.labels.hops(at[listed])
    labels = store.labels_of_items(distinct(via).tolist())
    items, events = reach.seen(labels), reach.seen_events(distinct(event).tolist())
    return [
        (
            labels[item][1] if item in labels and (items is None or item in items) else None,
            number if number and (events is None or number in events) else None,
        )
        for item, number in zip(via.tolist(), event.tolist(), strict=True)
    ]


def _last(uri: str | None) -> str | None:
    """Return the part of a lot's URI that people read."""
    return None if uri is None else uri.rsplit("/", 1)[-1].rsplit(":", 1)[-1]


def gaps_of(gaps: Sequence[Gap]) -> list[TracedGap]:
    """Return the gaps that the reader may see, worded."""
    items = {gap.item for gap in gaps if gap.item is not None}
    labels = store.labels_of_items(sorted(items)) if items else {}
    visible, events = reach.seen(items), reach.seen_events(gap.event for gap in gaps if gap.event is not None)
    told = []
    for gap in gaps:
        if visible is not None and gap.item is not None and gap.item not in visible:
            continue
        event = gap.event if events is None or gap.event in events else None
        words = {"item": labels[gap.item][0] if gap.item in labels else "?"}
        text = GAP_WORDS[gap.kind]
        told.append(TracedGap(gap.kind.value, gap.item, event, text.render("zh", words), text.render("en", words)))
    return told
