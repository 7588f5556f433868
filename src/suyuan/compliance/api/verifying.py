"""Verifying the database against the log, the log against its checkpoints, those against keys and copies outside."""

from __future__ import annotations

import base64
import contextlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from suyuan.chassis.database import savepoint, tx
from suyuan.compliance.api.log import origin
from suyuan.compliance.contracts import CheckpointInfo, LeafKind, LogFinding, LogVerification, Remade, SealedSource
from suyuan.compliance.domain import notes
from suyuan.compliance.domain.findings import finding
from suyuan.compliance.domain.merkle import Frontier
from suyuan.compliance.store import checkpoints, keys, retention, verifications
from suyuan.compliance.store import log as store
from suyuan.kernel.faults import Bilingual
from suyuan.tenancy import api as tenancy

MERGE_DELAY = timedelta(minutes=10)
"""A record that is committed for longer must be in the log; clocks may differ by as much."""
VERIFY_TASK = "compliance.verify_tenant"
_CHUNK = 2000
_sources: dict[str, SealedSource] = {}


def register_source(source: SealedSource) -> None:
    """Make known how records of one kind are read again; called once by the wiring of who keeps them."""
    _sources[source.kind] = source


def verify_log(copies: Sequence[str] = ()) -> LogVerification:
    """Read everything that is sealed again, and keep what was found; ``copies`` are checkpoints kept elsewhere.

    Every record's leaf is made anew from its rows, every root from the leaves, every signature checked with the keys
    that lie outside the database. The transaction must see one state of the database (repeatable read).
    """
    started = tx().value("SELECT clock_timestamp()")
    run = _Run(started)
    run.check_checkpoints(copies)
    run.walk()
    run.check_end()
    run.check_rest()
    run.check_guards()
    return verifications.insert(started, run.stored.size, run.records, len(run.signed), run.findings)


def ask_verification() -> None:
    """Have the worker verify everything soon; asking again before it has begun changes nothing."""
    task = app.configure_task(VERIFY_TASK, queueing_lock=f"{VERIFY_TASK}/{tx().principal.tenant_id}")
    with contextlib.suppress(AlreadyEnqueued), savepoint():
        task.defer(tenant_id=tx().principal.tenant_id)


def list_verifications(limit: int = 20) -> Sequence[LogVerification]:
    """Return the last verifications, newest first."""
    return verifications.newest(limit)


class _Run:
    """One verification in progress."""

    def __init__(self, started: datetime) -> None:
        self.started = started
        self.findings: list[LogFinding] = []
        self.head = store.head()  # read first: a log that grows meanwhile is none the worse
        self.records = 0
        self.signed: list[CheckpointInfo] = checkpoints.all_checkpoints()
        self.by_size: dict[int, list[CheckpointInfo]] = defaultdict(list)
        self.stored = Frontier(keep=store.BLOCK_LEVELS)
        self.remade = Frontier()
        self.differing: list[tuple[int, str, int, Remade]] = []
        self.last_signed: datetime | None = None
        self.next_signed = 0
        self.edge_at_head: list[bytes] = []
        self.good_size = 0
        self.removed: dict[str, frozenset[int]] = defaultdict(frozenset)
        for each in self.signed:
            self.by_size[each.size].append(each)

    def say(self, code: str, place: str, what: object) -> None:
        self.findings.append(finding(code, place, what))

    # -- checkpoints

    def check_checkpoints(self, copies: Sequence[str]) -> None:
        """Check signatures with our own keys, numbering, chain, clock, and the copies outside."""
        tenant, name = tenancy.own_tenant(), origin()
        publics = keys.trusted(tenant.code)
        before: CheckpointInfo | None = None
        for each in self.signed:
            place = f"checkpoint {each.number}"
            text = next((found for key in publics if (found := notes.opened(each.note, name, key))), None)
            if text is None:
                self.say("checkpoint_forged", place, each.number)
            elif not _row_says(each, notes.read_checkpoint(text)):
                self.say("checkpoint_row", place, each.number)
            expected = before.number + 1 if before else 1
            for missing in range(expected, min(each.number, expected + 100)):
                self.say("checkpoint_gone", f"checkpoint {missing}", missing)
            self._check_chain(each, before, text)
            before = each
        remembered = checkpoints.last_signed(tenant.code)
        self._check_copies([*copies, *([remembered] if remembered else [])], name, publics)

    def _check_chain(self, each: CheckpointInfo, before: CheckpointInfo | None, text: str | None) -> None:
        place = f"checkpoint {each.number}"
        if before is not None and each.made < before.made:
            self.say("clock_back", place, each.number)
        if text is None or (before is not None and before.number + 1 != each.number):
            return
        said = notes.read_checkpoint(text).before
        if said != (notes.note_hash(before.note) if before else notes.NO_EARLIER):
            self.say("checkpoint_chain", place, each.number)

    def _check_copies(self, copies: Sequence[str], name: str, publics: Sequence[bytes]) -> None:
        ours = {each.number: each.note for each in self.signed}
        for copy in dict.fromkeys(copies):
            text = next((found for key in publics if (found := notes.opened(copy, name, key))), None)
            if text is None:
                continue  # another log's, or not a checkpoint: proves nothing about this one
            number = notes.read_checkpoint(text).number
            if number not in ours:
                self.say("checkpoint_gone", f"checkpoint {number}", number)
            elif ours[number] != copy:
                self.say("copy_differs", f"checkpoint {number}", number)

    # -- leaves and records

    def walk(self) -> None:
        """Read leaf after leaf, and the record of each."""
        end = store.last_position() + 1
        for begin in range(0, end, _CHUNK):
            rows = store.leaves(begin, min(end, begin + _CHUNK))
            here = {position: (kind, subject, leaf) for position, kind, subject, leaf in rows}
            again = self._read_again(rows)
            for position in range(begin, min(end, begin + _CHUNK)):
                if position not in here:
                    self.say("leaf_gone", f"leaf {position}", position)
                    self.stored.append(bytes(32))
                    self.remade.append(bytes(32))
                else:
                    self._compare(position, *here[position], again)
                self._at_size(position + 1)
            self._check_nodes()

    def _read_again(self, rows: Sequence[tuple[int, str, int, bytes]]) -> Mapping[tuple[str, int], Remade]:
        wanted: dict[str, list[int]] = defaultdict(list)
        for _, kind, subject, _ in rows:
            wanted[kind].append(subject)
        self.removed = defaultdict(frozenset)
        for kind, subjects in wanted.items():
            self.removed[kind] = retention.removed(kind, subjects)
        return {
            (kind, subject): remade
            for kind, subjects in wanted.items()
            if kind in _sources
            for subject, remade in _sources[kind].remake(subjects).items()
        }

    def _compare(
        self, position: int, kind: str, subject: int, leaf: bytes, again: Mapping[tuple[str, int], Remade]
    ) -> None:
        now = again.get((kind, subject), Remade(None, None))
        if now.leaf is None and subject in self.removed[kind]:
            now = Remade(leaf, None)  # its time to be kept was over, and its removal is a leaf of its own
        self.stored.append(leaf)
        self.remade.append(now.leaf or leaf)
        self.records += 1
        if now.leaf != leaf or now.findings:
            self.differing.append((position, kind, subject, now))
        recorded = now.recorded
        if recorded is not None:
            place, what = f"{_name(kind)} {subject}", _what(kind, subject)
            if self.last_signed is not None and recorded < self.last_signed - MERGE_DELAY:
                self.say("backdated", place, what)
            sealing = self._next_checkpoint(position)
            if sealing is not None and recorded > sealing.made + MERGE_DELAY:
                self.say("postdated", place, what)

    def _next_checkpoint(self, position: int) -> CheckpointInfo | None:
        while self.next_signed < len(self.signed) and self.signed[self.next_signed].size <= position:
            self.next_signed += 1
        return self.signed[self.next_signed] if self.next_signed < len(self.signed) else None

    def _at_size(self, size: int) -> None:
        """At a checkpoint's size, compare roots, and say of what differed whether record or leaf was changed."""
        if size == self.head.size:
            self.edge_at_head = list(self.stored.hashes)
        for each in self.by_size.get(size, ()):
            self.last_signed = max(self.last_signed or each.made, each.made)
            as_stored, as_remade = (_text(frontier.root()) for frontier in (self.stored, self.remade))
            leaves_changed = as_stored != each.root and as_remade == each.root
            if as_stored != each.root and not leaves_changed:
                self.say("root_changed", f"leaves {self.good_size}…{size - 1}", each.number)
            else:
                self.good_size = size
            self._report(leaves_changed)

    def _report(self, leaves_changed: bool) -> None:
        for position, kind, subject, now in self.differing:
            place = f"{_name(kind)} {subject}"
            if now.findings:
                self.findings.extend(now.findings)
            elif now.leaf is None:
                self.say("record_gone", place, _what(kind, subject))
            elif leaves_changed:
                self.say("leaf_changed", f"leaf {position}", position)
            else:
                self.say("record_changed", place, _what(kind, subject))
        self.differing.clear()

    def _check_nodes(self) -> None:
        for level, position, hashed in self.stored.finished:
            if store.stored_node(level, position) != hashed:
                self.say("node_changed", f"node {level}/{position}", f"{level}/{position}")
        self.stored.finished.clear()

    # -- the end

    def check_end(self) -> None:
        """Compare head and newest checkpoint with where the leaves end."""
        self._report(False)
        size = self.stored.size
        expected = max(self.head.size, *(each.size for each in self.signed), 0)
        if expected > size:
            self.say("log_cut", f"leaf {size}", f"{size} < {expected}")
        elif self.edge_at_head != self.head.hashes or store.head().size < size:
            self.say("head_changed", "log", f"{self.head.size} / {size}")

    def check_rest(self) -> None:
        """Look for records that are not in the log, and for what belongs to no record."""
        for source in _sources.values():
            for subject, recorded in source.unsealed():
                what = _what(source.kind, subject)
                if self.last_signed is not None and recorded < self.last_signed - MERGE_DELAY:
                    self.say("record_inserted", f"{_name(source.kind)} {subject}", what)
                elif recorded < self.started - MERGE_DELAY:
                    self.say("not_sealed", f"{_name(source.kind)} {subject}", what)
            self.findings.extend(source.strays())

    def check_guards(self) -> None:
        """Look whether what writes the trail and refuses changes is still in place."""
        for guard in verifications.guards_off():
            self.say("guard_off", f"guard {guard}", guard)


def _row_says(row: CheckpointInfo, said: notes.Checkpoint) -> bool:
    return (row.number, row.size, row.root, row.made) == (said.number, said.size, _text(said.root), said.made)


def _text(hashed: bytes) -> str:
    return base64.b64encode(hashed).decode()


def _name(kind: str) -> str:
    return LeafKind(kind).name.lower() if kind in set(LeafKind) else kind


def _what(kind: str, subject: int) -> Bilingual:
    source = _sources.get(kind)
    title = source.title if source else Bilingual("记录", "record")
    return Bilingual(f"{title.zh} {subject}", f"{title.en} {subject}")
