"""A scope item by item, as columns that are counted, filtered and sorted without making an object an item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from suyuan.trace.contracts.scopes import MOST_GROUPS, STANDINGS, ScopeCount, ScopeGroup, ScopePage, Standing
from suyuan.trace.domain.distinct import Number, distinct
from suyuan.trace.domain.engine.counting import firsts, ordered, tally, tally_bits, tally_verdicts
from suyuan.trace.domain.place_words import named_place
from suyuan.trace.domain.scope_facts import OWN_STANDINGS, Codes, ItemFacts, standing_of
from suyuan.trace.domain.scoping import DOUBTS, KINDS, LATE, REASONS, Bytes, Exclusions, Int32s, Ints, ScopeLabels

CERTAIN, POSSIBLE, EXCLUDED = 0, 1, 2
VERDICTS: Final = ("certain", "possible", "excluded")
ROLES: Final = ("start", "product", "carrier", "condition")
FACTS: Final = ("kind", "product", "lot", "place", "customer", "state")
"""What a scope is counted by."""
_PLACES = frozenset({"place", "customer"})
_PARENTS = 20


@dataclass(slots=True)
class Words:
    """Texts, each by its place; -1 stands for none."""

    texts: list[str] = field(default_factory=list)
    _places: dict[str, int] = field(default_factory=dict)

    def code(self, text: str | None) -> int:
        """Return the place of a text, a new one if need be."""
        if text is None:
            return -1
        place = self._places.setdefault(text, len(self.texts))
        if place == len(self.texts):
            self.texts.append(text)
        return place

    def find(self, text: str) -> int:
        """Return the place of a text; -2, which nothing has, where it is not there."""
        return self._places.get(text, -2)

    def text(self, code: int) -> str | None:
        """Return the text at a place."""
        return None if code < 0 else self.texts[code]


@dataclass(slots=True)
class ScopeColumns:
    """One row an item: first the scope's, in the order of its labels, then what is excluded. ``label`` is the row of
    the item's best label (-1: excluded), ``reason`` and ``reason_event`` are of excluded ones (:data:`LATE`: ask
    :func:`settle_events`). ``seen`` False: another site's. Facts are places in ``words``. Some are the labels'.
    """

    item: Ints
    verdict: Bytes
    role: Bytes
    label: Int32s
    depth: Int32s
    since: Ints
    reason: Bytes
    reason_event: Ints
    seen: npt.NDArray[np.bool_]
    facts: dict[str, Codes]
    words: dict[str, Words]
    late: Callable[[Ints], Ints] | None = None

    def __len__(self) -> int:
        return len(self.item)

    def arrays(self) -> list[npt.NDArray[Any]]:
        """Return the columns."""
        told = (self.item, self.verdict, self.role, self.label, self.depth, self.since, self.reason, self.reason_event)
        return [*told, self.seen, *self.facts.values()]


def columns_of(labels: ScopeLabels, excluded: Exclusions | None, starts: Ints, *, back: bool) -> ScopeColumns:
    """Return the items of a scope and of what is excluded, facts still to be filled in."""
    first: Int32s = firsts(labels.item)
    item = _of(labels.item, first)
    depth, since = _of(labels.depth, first), _of(labels.since, first)
    role = np.where(_of(labels.holder, first) > 0, np.uint8(3 if back else 2), np.uint8(1))
    role[np.isin(item, starts)] = 0
    if ordered(item, depth, role) < len(item) and len(distinct(item)) < len(item):  # seldom, and dear
        _, once = np.unique(item, return_index=True)
        once.sort()
        first, item, role, depth, since = first[once], item[once], role[once], depth[once], since[once]
    columns = ScopeColumns(
        item, np.uint8(1) - _of(labels.certain, first), role, first, depth, since, np.zeros(len(item), np.uint8),
        np.zeros(len(item), np.int64), np.ones(len(item), np.bool_), {}, {name: Words() for name in FACTS},
    )  # fmt: skip
    return columns if excluded is None else _with_excluded(columns, excluded)


def _of(column: npt.NDArray[Number], rows: Int32s) -> npt.NDArray[Number]:
    """Return a column at rows in ascending order: the column itself where that is all of it."""
    return column if len(rows) == len(column) else column[rows]


def _with_excluded(columns: ScopeColumns, out: Exclusions) -> ScopeColumns:
    """Return these items followed by those that are excluded."""

    def beyond(column: npt.NDArray[Any], value: int) -> npt.NDArray[Any]:
        return np.concatenate([column, np.full(len(out), value, column.dtype)])

    return replace(
        columns,
        item=np.concatenate([columns.item, out.item]),
        verdict=beyond(columns.verdict, EXCLUDED),
        role=beyond(columns.role, 1),
        label=beyond(columns.label, -1),
        depth=beyond(columns.depth, 1 << 30),
        since=beyond(columns.since, 1 << 62),
        reason=np.concatenate([columns.reason, out.reason]),
        reason_event=np.concatenate([columns.reason_event, out.event]),
        seen=beyond(columns.seen, 1),
        late=out.late,
    )


def settle_events(columns: ScopeColumns, rows: Ints) -> None:
    """Work out the events that show why the items of these rows are excluded, where that was left for later."""
    late = rows[columns.reason_event[rows] == LATE]
    if len(late) and columns.late is not None:
        columns.reason_event[late] = columns.late(late - np.count_nonzero(columns.label >= 0))


def begin_facts(columns: ScopeColumns) -> None:
    """Make room for what items are counted by: nothing is known of any yet."""
    _begin_words(columns)
    columns.facts = {name: np.full(len(columns), -1, np.int32) for name in FACTS}
    columns.facts["state"][:] = columns.words["state"].code("unknown")


def _begin_words(columns: ScopeColumns) -> None:
    for standing in STANDINGS:
        columns.words["state"].code(standing)


def take_facts(
    columns: ScopeColumns, told: ItemFacts, meant: Callable[[str], str], own_places: tuple[str, ...] | None
) -> None:
    """Take over what an engine tells of the items of these columns, row by row. ``meant``: how a customer is spelt
    here; ``own_places`` as in :func:`fill_facts`. Where words need no other places, the engine's columns are kept.
    """
    _begin_words(columns)
    for name in FACTS:
        words, texts = columns.words[name], told.texts[name]
        table = np.array([*(words.code(meant(text) if name == "customer" else text) for text in texts), -1], np.int32)
        same = np.array_equal(table[:-1], np.arange(len(texts)))
        columns.facts[name] = told.facts[name] if same else table[told.facts[name]]
    if own_places is not None:
        hidden = [not text.startswith(own_places) for text in columns.words["place"].texts]
        away = np.array([*hidden, False])[columns.facts["place"]]
        columns.facts["place"][away] = -1
        columns.facts["state"][away] = columns.words["state"].code("elsewhere")
    if told.seen is not None:
        columns.seen = told.seen & told.known


def fill_facts(
    columns: ScopeColumns,
    rows: Iterable[tuple[Any, ...]],
    holders: Mapping[int, tuple[Any, ...]],
    customers: Mapping[int, str],
    own_places: tuple[str, ...] | None,
) -> None:
    """Fill in what items are counted by, from rows of (item, kind, product, lot, state, disposition, place, parent).

    ``holders``: rows of what holds them, at every height. ``own_places``: beginnings of the places that the reader may
    know of (None: all); where an item is elsewhere, nothing of that is told.
    """
    if not columns.facts:
        begin_facts(columns)
    order = np.argsort(columns.item, kind="stable")
    numbers, words = columns.item[order], columns.words
    for row in rows:
        at = order[np.searchsorted(numbers, row[0])]
        place, standing = whereabouts(row, holders)
        if own_places is not None and place is not None and not place.startswith(own_places):
            place, standing = None, "elsewhere"
        for name, text in (("kind", row[1]), ("product", row[2]), ("lot", row[3]), ("place", place),
                           ("customer", customers.get(row[0])), ("state", standing)):  # fmt: skip
            columns.facts[name][at] = words[name].code(text)


def whereabouts(row: Sequence[Any], holders: Mapping[int, Sequence[Any]]) -> tuple[str | None, Standing]:
    """Return where an item is, and how it stands: the outermost container that is anywhere tells where its contents
    are; what was sold, used up or scrapped is so by its own record."""
    place, disposition, parent = row[6], row[5], row[7]
    own = standing_of(row[4], row[5])
    for _ in range(_PARENTS):
        if not parent or parent not in holders:
            break
        holder = holders[parent]
        if holder[6] is not None:
            place, disposition = holder[6], holder[5]
        parent = holder[7]
    if own in OWN_STANDINGS:
        return place, own
    return place, standing_of(row[4], disposition)


def count_by(
    columns: ScopeColumns, name: str, names: Mapping[str, tuple[str | None, str | None]] | None = None
) -> ScopeCount:
    """Count the seen items that are no start items by one fact, the largest groups first, those without it last."""
    table = np.zeros((len(columns.words[name].texts) + 1, len(VERDICTS)), np.int64)  # the last row: none
    tally(columns.facts[name], columns.verdict, columns.role, columns.seen, table)
    listed, total = table[:, CERTAIN] + table[:, POSSIBLE], table.sum(axis=1)
    none = np.arange(len(table)) == len(table) - 1
    order = np.lexsort((np.arange(len(table)), -total, -listed, none))
    found = [code for code in order.tolist() if total[code]]
    shown = found[:MOST_GROUPS]
    if found and none[found[-1]] and found[-1] not in shown:
        shown = [*shown[:-1], found[-1]]
    groups = []
    for code in shown:
        text = None if code == len(table) - 1 else columns.words[name].texts[code]
        zh, en = (names or {}).get(text or "", (None, None))
        if name in _PLACES:
            zh, en = named_place(text, zh, en)
        groups.append(ScopeGroup(text, zh, en, *table[code].tolist()))
    return ScopeCount(groups, int(total[found].sum() - total[shown].sum()))


def count_verdicts(columns: ScopeColumns, *, seen: bool | None = None) -> dict[str, int]:
    """Count the items by verdict, the start items left out; ``seen``: only these."""
    counts = np.zeros(len(VERDICTS), np.int64)
    tally_verdicts(columns.verdict, columns.role, columns.seen, 2 if seen is None else int(seen), counts)
    return dict(zip(VERDICTS, counts.tolist(), strict=True))


def count_reasons(columns: ScopeColumns) -> dict[str, int]:
    """Count the excluded items by reason, the most frequent first."""
    counts = np.bincount(columns.reason[columns.verdict == EXCLUDED], minlength=len(REASONS)).tolist()
    return dict(Counter({REASONS[at].value: count for at, count in enumerate(counts) if count}).most_common())


def count_doubts(columns: ScopeColumns, labels: ScopeLabels) -> dict[str, int]:
    """Count the possible items by what leaves them in doubt; one may have several doubts."""
    counts = np.zeros(len(DOUBTS), np.int64)
    tally_bits(labels.doubts, columns.label, columns.verdict, columns.role, POSSIBLE, counts)
    found = {doubt.value: count for doubt, count in zip(DOUBTS, counts.tolist(), strict=True) if count}
    return dict(Counter(found).most_common())


def rows_of(columns: ScopeColumns, page: ScopePage) -> Ints:
    """Return the rows that fit a page's filters, all of them, in its order."""
    chosen = columns.seen.copy()
    if page.verdict is not None:
        chosen &= columns.verdict == VERDICTS.index(page.verdict)
    for name in FACTS:
        wanted = getattr(page, name)
        if wanted is not None:
            code = -1 if wanted == "" else columns.words[name].find(wanted)
            chosen &= columns.facts[name] == code
    if page.reason is not None:
        places = [at for at, reason in enumerate(REASONS) if reason.value == page.reason]
        chosen &= (columns.verdict == EXCLUDED) & np.isin(columns.reason, places)
    rows = np.arange(len(columns)) if chosen.all() else np.flatnonzero(chosen)
    key, backwards = page.sort.lstrip("-"), page.sort.startswith("-")
    if key == "depth" and not backwards and _in_order(columns, rows):
        return rows  # as the labels came
    values: npt.NDArray[np.integer]
    if key == "depth":
        values = columns.depth[rows]
    elif key == "verdict":
        values = columns.verdict[rows].astype(np.int64)
    elif key == "since":
        values = columns.since[rows]
    else:
        values = _ranks(columns.words[key])[columns.facts[key][rows]]
    order = np.lexsort((columns.item[rows], columns.depth[rows], -values if backwards else values))
    return rows[order]


def _in_order(columns: ScopeColumns, rows: Ints) -> bool:
    if len(rows) == len(columns):
        return bool(ordered(columns.item, columns.depth, columns.role) == len(rows))
    return bool(ordered(columns.item[rows], columns.depth[rows], columns.role[rows]) == len(rows))


def _ranks(words: Words) -> Ints:
    """Return the alphabetical rank of each word; none, the last, comes last."""
    ranks = np.empty(len(words.texts) + 1, np.int64)
    ranks[np.array(sorted(range(len(words.texts)), key=words.texts.__getitem__), np.int64)] = np.arange(
        len(words.texts)
    )
    ranks[-1] = len(words.texts)
    return ranks


def kind_of(labels: ScopeLabels, row: int) -> str:
    """Return the kind of the item in a row of labels."""
    return KINDS[int(labels.kind[row])].value
