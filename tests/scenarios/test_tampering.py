"""A database administrator who changes what was recorded is found, with the place, whatever they change."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from tests.support.bakery import Bakery, document, raw
from tests.support.database import owner_url
from tests.support.web import InProcess

TABLES = [
    "trace_event",
    "trace_document",
    "trace_participation",
    "trace_membership",
    "trace_item",
    "trace_context",
    "compliance_audit",
    "compliance_log_leaf",
    "compliance_log_node",
    "compliance_log_key",
    "compliance_checkpoint",
]
Owner = psycopg.Connection[Any]
Change = Callable[[Owner, int], object]


@contextlib.contextmanager
def past_all_guards() -> Iterator[Owner]:
    """The database with nothing that stands in an administrator's way."""
    with psycopg.connect(owner_url()) as owner:
        for table in TABLES:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield owner
        for table in TABLES:
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


class Plant:
    """A bakery whose events are captured, sealed and under a checkpoint, twice."""

    def __init__(self, tenant: Any) -> None:
        from suyuan.compliance import api

        self.tenant, self.log = tenant, api
        self.capture(Bakery(f"a{tenant.id}").whole())
        self.first = self.seal()
        self.capture(raw(document(*Bakery(f"b{tenant.id}").day())))
        self.second = self.seal()

    def capture(self, content: bytes) -> None:
        answer = InProcess(self.tenant.token()).post("/epcis/v2/capture", content=content).json()
        assert answer["success"], answer

    def seal(self) -> Any:
        self.tenant.deliver()
        with self.tenant.open():
            made = self.log.make_checkpoint()
            self.log.remember(made)
        return made

    def found(self) -> set[tuple[str, str]]:
        """Verify, and return what was found and where."""
        with self.tenant.open():
            done = self.log.verify_log()
        assert done.sound == (not done.findings)
        return {(each.code, each.place) for each in done.findings}

    def event(self, owner: Owner, ending: str) -> int:
        """Return the number of the first bakery's event with this name."""
        row = owner.execute(
            "SELECT number FROM trace_event WHERE tenant_id = %s AND event_id LIKE %s AND NOT declares_error",
            (self.tenant.id, f"%/a{self.tenant.id}/{ending}"),
        ).fetchone()
        assert row
        return int(row[0])


@pytest.fixture
def plant(tenant) -> Plant:
    return Plant(tenant)


def test_what_nobody_touched_is_sound(plant) -> None:
    assert plant.found() == set()
    assert plant.second.size > plant.first.size


RECORD_CHANGES: dict[str, tuple[str, str]] = {
    "the measured temperature in a document": (
        "UPDATE trace_document SET document = jsonb_set(document, "
        "'{sensorElementList,0,sensorReport,0,value}', '181.5') WHERE event_number = %(event)s",
        "document",
    ),
    "a document's whole text": (
        "UPDATE trace_document SET document = '{}' WHERE event_number = %(event)s", "document"),
    "a document deleted": ("DELETE FROM trace_document WHERE event_number = %(event)s", "document"),
    "the raw reading": (
        "UPDATE trace_document SET reading = '{\"raw\": \"T=181.50\"}' WHERE event_number = %(event)s", "record"),
    "who did it": ("UPDATE trace_event SET person = 'urn:x' WHERE number = %(event)s", "record"),
    "the machine": ("UPDATE trace_event SET equipment = 'urn:x' WHERE number = %(event)s", "record"),
    "when it happened": (
        "UPDATE trace_event SET event_time = event_time - interval '1 hour' WHERE number = %(event)s", "record"),
    "who recorded it": ("UPDATE trace_event SET recorded_by = 'x' WHERE number = %(event)s", "record"),
    "an input removed": (
        "DELETE FROM trace_participation WHERE event_number = %(event)s AND role = 'i'", "record"),
    "an output's role": (
        "UPDATE trace_participation SET role = 'i' WHERE ctid = (SELECT ctid FROM trace_participation"
        " WHERE event_number = %(event)s AND role = 'o' LIMIT 1)", "record"),
    "a quantity": ("UPDATE trace_participation SET quantity = 214 WHERE event_number = %(event)s", "record"),
    "a participation moved in time": (
        "UPDATE trace_participation SET event_time = event_time - interval '1 h' WHERE event_number = %(event)s",
        "record"),
    "a participation added": (
        "INSERT INTO trace_participation SELECT * FROM trace_participation WHERE event_number = %(event)s LIMIT 1",
        "record"),
    "a unit's lot": ("DELETE FROM trace_membership WHERE event_number = %(event)s", "record"),
    "an item's name": (
        "UPDATE trace_item SET uri = uri || '0' WHERE id = (SELECT item_id FROM trace_participation"
        " WHERE event_number = %(event)s AND role = 'o' LIMIT 1)", "record"),
}  # fmt: skip


@pytest.mark.parametrize("change", RECORD_CHANGES)
def test_a_changed_record_is_found_with_its_number(plant, change) -> None:
    statement, part = RECORD_CHANGES[change]
    with past_all_guards() as owner:
        event = plant.event(owner, "baking-1")
        assert owner.execute(statement, {"event": event}).rowcount > 0
    assert ("record_changed", f"event {event}/{part}") in plant.found()


def test_hashes_made_anew_do_not_hide_a_change(plant) -> None:
    """Who changes a row and its hashes too is found by the leaf; who changes the leaf too, by the checkpoint."""
    from suyuan.trace.api import sealing
    from suyuan.trace.store import sealing as store

    with past_all_guards() as owner:
        event = plant.event(owner, "baking-1")
        owner.execute("UPDATE trace_event SET person = 'urn:x' WHERE number = %s", (event,))
    with plant.tenant.open():
        from suyuan.trace.domain.sealing import record_hash

        again = store.read_again([event])[event]
        hashed = record_hash(again.facts)
    with past_all_guards() as owner:
        owner.execute("UPDATE trace_event SET record_hash = %s WHERE number = %s", (hashed, event))
    assert plant.found() == {("record_changed", f"event {event}")}
    with plant.tenant.open():
        leaf = sealing.remake([event])[event].leaf
    with past_all_guards() as owner:
        owner.execute(
            "UPDATE compliance_log_leaf SET hash = %s WHERE tenant_id = %s AND kind = 'e' AND subject = %s",
            (leaf, plant.tenant.id, event),
        )
    codes = plant.found()
    assert ("root_changed", f"leaves 0…{plant.first.size - 1}") in codes
    assert {code for code, _ in codes} <= {"root_changed", "head_changed", "node_changed"}


def test_a_leaf_changed_alone_is_told_from_its_record(plant) -> None:
    with past_all_guards() as owner:
        owner.execute(
            "UPDATE compliance_log_leaf SET hash = set_byte(hash, 3, get_byte(hash, 3) # 1)"
            " WHERE tenant_id = %s AND position = 5",
            (plant.tenant.id,),
        )
    assert ("leaf_changed", "leaf 5") in plant.found()


def test_two_documents_swapped(plant) -> None:
    with past_all_guards() as owner:
        one, two = plant.event(owner, "dough-1"), plant.event(owner, "dough-2")
        owner.execute(
            "UPDATE trace_document a SET document = b.document FROM trace_document b"
            " WHERE (a.event_number, b.event_number) IN ((%s, %s), (%s, %s))",
            (one, two, two, one),
        )
    assert {("record_changed", f"event {each}/document") for each in (one, two)} <= plant.found()


def test_two_leaves_swapped(plant) -> None:
    swap = (
        "UPDATE compliance_log_leaf a SET kind = b.kind, subject = b.subject + %s, hash = b.hash"
        " FROM compliance_log_leaf b WHERE a.tenant_id = b.tenant_id AND a.tenant_id = %s"
        " AND (a.position, b.position) IN ((3, 4), (4, 3))"
    )
    back = "UPDATE compliance_log_leaf SET subject = subject - %s WHERE tenant_id = %s AND position IN (3, 4)"
    with past_all_guards() as owner:
        for statement in (swap, back):  # past the unique index
            assert owner.execute(statement, (10**9, plant.tenant.id)).rowcount == 2
    assert ("root_changed", f"leaves 0…{plant.first.size - 1}") in plant.found()


def test_an_event_deleted_from_the_middle(plant) -> None:
    with past_all_guards() as owner:
        event = plant.event(owner, "dough-1")
        for table, column in (
            ("trace_event", "number"),
            ("trace_document", "event_number"),
            ("trace_participation", "event_number"),
        ):
            owner.execute(f"DELETE FROM {table} WHERE {column} = %s", (event,))
    assert plant.found() == {("record_gone", f"event {event}")}


def test_a_void_deleted_so_that_the_wrong_record_counts_again(plant) -> None:
    with past_all_guards() as owner:
        row = owner.execute(
            "DELETE FROM trace_event WHERE tenant_id = %s AND declares_error AND number <= %s RETURNING number",
            (plant.tenant.id, plant.event(owner, "unpacking")),
        ).fetchone()
    found = plant.found()
    assert ("record_gone", f"event {row[0]}") in found
    assert ("stray", f"participation of event {row[0]}") in found


def test_an_event_put_in_past_the_system(plant) -> None:
    with past_all_guards() as owner:
        row = owner.execute(
            "INSERT INTO trace_event (tenant_id, event_id, type, event_time, offset_minutes, capture_method,"
            " item_count, content_hash, recorded_by, recorded)"
            " SELECT tenant_id, 'urn:forged', type, event_time, 0, 'scan', 0,"
            " content_hash, recorded_by, recorded - interval '1 day' FROM trace_event"
            " WHERE number = %s RETURNING number",
            (plant.event(owner, "baking-1"),),
        ).fetchone()
    assert plant.found() == {("record_inserted", f"event {row[0]}")}


def test_the_end_cut_off_with_log_and_checkpoint(plant) -> None:
    """Everything since the first checkpoint deleted: the signer remembers outside the database, and signs no more."""
    from suyuan.kernel.faults import Fault

    with past_all_guards() as owner:
        key = (plant.tenant.id, plant.first.size)
        numbers = [
            row[0]
            for row in owner.execute(
                "DELETE FROM compliance_log_leaf WHERE tenant_id = %s AND position >= %s RETURNING subject", key
            ).fetchall()
        ]
        owner.execute("DELETE FROM compliance_checkpoint WHERE tenant_id = %s AND size > %s", key)
        for table, column in (
            ("trace_event", "number"),
            ("trace_document", "event_number"),
            ("trace_participation", "event_number"),
            ("trace_membership", "event_number"),
        ):
            owner.execute(
                f"DELETE FROM {table} WHERE tenant_id = %s AND {column} = ANY (%s)", (plant.tenant.id, numbers)
            )
    found = plant.found()
    assert ("checkpoint_gone", "checkpoint 2") in found
    assert ("log_cut", f"leaf {plant.first.size}") in found
    with pytest.raises(Fault, match="log_damaged"):
        plant.seal()


def _rebuilt(plant: Plant, owner: Owner) -> None:
    """Make leaves, head and checkpoints anew over a changed ledger, signed with a key of one's own."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from suyuan.compliance.domain import merkle, notes

    rows = owner.execute(
        "SELECT position, hash FROM compliance_log_leaf WHERE tenant_id = %s ORDER BY position", (plant.tenant.id,)
    ).fetchall()
    leaves = [bytes(row[1]) for row in rows]
    leaves[7] = merkle.leaf_hash(b"rewritten")
    frontier = merkle.Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    owner.execute(
        "UPDATE compliance_log_leaf SET hash = %s WHERE tenant_id = %s AND position = 7", (leaves[7], plant.tenant.id)
    )
    owner.execute(
        "UPDATE compliance_log SET frontier = %s WHERE tenant_id = %s", (b"".join(frontier.hashes), plant.tenant.id)
    )
    key, name, before = Ed25519PrivateKey.generate(), f"suyuan/{plant.tenant.code}", notes.NO_EARLIER
    public = notes.public_bytes(key)
    for each in (plant.first, plant.second):
        root = merkle.root_of(leaves[: each.size])
        said = notes.Checkpoint(name, each.size, root, each.number, each.made, before)
        note = notes.signed(said.text(), name, key)
        before = notes.note_hash(note)
        owner.execute(
            "UPDATE compliance_checkpoint SET root = %s, note = %s, key_id = %s WHERE tenant_id = %s AND number = %s",
            (root, note, notes.key_id(name, public).hex(), plant.tenant.id, each.number),
        )
    owner.execute("UPDATE compliance_log_key SET public = %s WHERE tenant_id = %s", (public, plant.tenant.id))


def test_everything_rewritten_and_made_anew_is_a_forgery(plant) -> None:
    with past_all_guards() as owner:
        _rebuilt(plant, owner)
    found = plant.found()
    assert {("checkpoint_forged", "checkpoint 1"), ("checkpoint_forged", "checkpoint 2")} <= found
    assert ("copy_differs", "checkpoint 2") in found


def test_copies_kept_outside_tell_of_a_checkpoint_that_is_gone(plant) -> None:
    with past_all_guards() as owner:
        owner.execute("DELETE FROM compliance_checkpoint WHERE tenant_id = %s AND number = 1", (plant.tenant.id,))
    assert ("checkpoint_gone", "checkpoint 1") in plant.found()
    with plant.tenant.open():
        done = plant.log.verify_log([plant.first.note])
    assert "checkpoint 1" in {each.place for each in done.findings}


def test_a_clock_set_back_is_seen(plant) -> None:
    """A record that claims to be older than a checkpoint signed without it, and one that claims to be younger."""
    with past_all_guards() as owner:
        event = plant.event(owner, "baking-1")
        owner.execute("UPDATE trace_event SET recorded = recorded + interval '2 days' WHERE number = %s", (event,))
        later = owner.execute(
            "SELECT subject FROM compliance_log_leaf WHERE tenant_id = %s AND kind = 'e' AND position > %s LIMIT 1",
            (plant.tenant.id, plant.first.size),
        ).fetchone()[0]
        owner.execute("UPDATE trace_event SET recorded = recorded - interval '2 days' WHERE number = %s", (later,))
    found = plant.found()
    assert {("postdated", f"event {event}"), ("backdated", f"event {later}")} <= found
    assert {("record_changed", f"event {event}"), ("record_changed", f"event {later}")} <= found


def test_an_audit_record_changed_or_deleted(plant) -> None:
    with past_all_guards() as owner:
        rows = owner.execute(
            "SELECT id FROM compliance_audit WHERE tenant_id = %s ORDER BY id LIMIT 2", (plant.tenant.id,)
        ).fetchall()
        owner.execute("UPDATE compliance_audit SET actor = 'somebody else' WHERE id = %s", rows[0])
        owner.execute("DELETE FROM compliance_audit WHERE id = %s", rows[1])
    assert plant.found() == {("record_changed", f"audit {rows[0][0]}"), ("record_gone", f"audit {rows[1][0]}")}


EMPTIED = {
    "trace_event": "record_gone", "trace_document": "record_changed", "trace_participation": "record_changed",
    "compliance_audit": "record_gone", "compliance_log_leaf": "log_cut", "compliance_checkpoint": "checkpoint_gone",
}  # fmt: skip


@pytest.mark.parametrize("table", EMPTIED)
def test_a_table_emptied_at_one_stroke(plant: Plant, table: str) -> None:
    """As by TRUNCATE, which the tables' own trigger refuses; here for one company of those in the database."""
    with past_all_guards() as owner:
        owner.execute(f"DELETE FROM {table} WHERE tenant_id = %s", (plant.tenant.id,))
    assert EMPTIED[table] in {code for code, _ in plant.found()}


@pytest.mark.parametrize("table", [*EMPTIED, "compliance_log_node"])
def test_even_the_owner_cannot_truncate_without_taking_the_guard_off_first(plant: Plant, table: str) -> None:
    with psycopg.connect(owner_url()) as owner, pytest.raises(psycopg.errors.RestrictViolation):
        owner.execute(f"TRUNCATE {table} CASCADE")


def test_a_restored_database_signs_on_only_when_that_is_acknowledged(plant) -> None:
    from suyuan.kernel.faults import Fault

    with past_all_guards() as owner:
        owner.execute("DELETE FROM compliance_checkpoint WHERE tenant_id = %s AND number = 2", (plant.tenant.id,))
    plant.capture(raw(document(Bakery(f"c{plant.tenant.id}").delivery()[0])))
    with pytest.raises(Fault, match="log_damaged"):
        plant.seal()
    with plant.tenant.open():
        plant.log.accept_restored()
    assert plant.seal().number == 2
    assert plant.found() == set()


def test_a_guard_that_was_switched_off_is_found_by_name(plant: Plant) -> None:
    with psycopg.connect(owner_url()) as owner:
        owner.execute("ALTER TABLE tenancy_role DISABLE TRIGGER audit_row")
        owner.execute("ALTER TABLE compliance_audit DISABLE TRIGGER append_only")
        owner.execute("ALTER TABLE tenancy_site DISABLE ROW LEVEL SECURITY")
    try:
        assert plant.found() == {
            ("guard_off", "guard tenancy_role audit_row"),
            ("guard_off", "guard compliance_audit append_only"),
            ("guard_off", "guard tenancy_site row-level security"),
        }
    finally:
        with psycopg.connect(owner_url()) as owner:
            owner.execute("ALTER TABLE tenancy_role ENABLE TRIGGER audit_row")
            owner.execute("ALTER TABLE compliance_audit ENABLE TRIGGER append_only")
            owner.execute("ALTER TABLE tenancy_site ENABLE ROW LEVEL SECURITY")
    assert plant.found() == set()
