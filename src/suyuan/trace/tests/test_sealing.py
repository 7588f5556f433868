"""Events in the tamper-evident log: sealed once each, in an order without gaps, and provable."""

from __future__ import annotations

import base64
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.chassis.database import named_sql
from suyuan.compliance.contracts import LeafKind
from suyuan.compliance.domain import merkle, notes
from suyuan.kernel.canonical_json import canonical_json, content_hash
from suyuan.trace.domain import sealing
from tests.support.bakery import Bakery, document, raw
from tests.support.database import owner_url
from tests.support.web import InProcess


@pytest.fixture(autouse=True)
def doors(application) -> None:
    """Import what needs Django once it is set up."""
    global compliance, trace, store, remake  # noqa: PLW0603 (modules that cannot be imported earlier)
    from suyuan.compliance import api as compliance
    from suyuan.trace import api as trace
    from suyuan.trace.api.sealing import remake
    from suyuan.trace.store import sealing as store


def _capture(tenant, mark: str = "X") -> None:
    client = InProcess(tenant.token())
    answer = client.post("/epcis/v2/capture", content=Bakery(mark).whole())
    assert answer.json()["success"], answer.text


def _checkpoint(tenant):
    with tenant.open():
        made = compliance.make_checkpoint()
        if made:
            compliance.remember(made)
    return made


def test_every_event_is_sealed_once_and_proven(tenant) -> None:
    _capture(tenant)
    tenant.deliver()
    made = _checkpoint(tenant)
    with tenant.open() as tx:
        numbers = [row[0] for row in tx.rows("SELECT number FROM trace_event ORDER BY number")]
        proofs = compliance.prove(LeafKind.EVENT, numbers)
        remade = {number: each.leaf for number, each in remake(numbers).items()}
    assert len(numbers) == 22
    assert sorted(proof.position for proof in proofs)[-1] < made.size
    assert len({proof.position for proof in proofs}) == len(numbers)
    for proof in proofs:
        leaf = base64.b64decode(proof.leaf)
        assert leaf == remade[proof.subject]
        path = [base64.b64decode(each) for each in proof.path]
        root = merkle.root_from_inclusion(leaf, proof.position, proof.size, path)
        assert base64.b64encode(root).decode() == made.root


def test_the_database_and_python_make_the_same_leaf(tenant) -> None:
    _capture(tenant)
    with tenant.open():
        numbers = store.all_numbers()
        joined = store.stored_leaves(numbers)()
        stored = {number: joined[32 * place : 32 * place + 32] for place, number in enumerate(numbers)}
        for number, event in store.read_again(numbers).items():
            assert event.whole
            assert event.content == event.content_hash
            assert event.record_hash == sealing.record_hash(event.facts)
            assert sealing.record_bytes(event.facts) == canonical_json(sealing.record_object(event.facts))
            assert stored[number] == sealing.leaf(event.content_hash, event.record_hash, event.recorded)


def test_events_from_before_the_log_are_sealed_at_its_start(tenant) -> None:
    _capture(tenant)
    with psycopg.connect(owner_url()) as owner:
        owner.execute("ALTER TABLE trace_event DISABLE TRIGGER append_only")
        owner.execute("UPDATE trace_event SET record_hash = NULL WHERE tenant_id = %s", (tenant.id,))
        owner.execute("DELETE FROM chassis_outbox WHERE tenant_id = %s", (tenant.id,))
        owner.execute("ALTER TABLE trace_event ENABLE TRIGGER append_only")
    InProcess(tenant.token()).post("/epcis/v2/capture", content=raw(document(Bakery("later").delivery()[0])))
    tenant.deliver()
    with tenant.open():
        assert compliance.sealed_subjects(LeafKind.EVENT) == frozenset(store.all_numbers())
        assert compliance.verify_log().findings == ()


def _round(tenant, monkeypatch) -> list[str]:
    """Have the worker seal what waits for this tenant; return what it asked the database for, in order."""
    from suyuan.chassis import database, outbox
    from suyuan.chassis.registry import registry

    [log] = [each for each in registry.subscribers if each.name == "trace.log"]
    asked: list[str] = []
    execute = database.Transaction.execute

    def heard(self, query, *given, **how):
        asked.append(query)
        return execute(self, query, *given, **how)

    end = time.monotonic() + 60
    with monkeypatch.context() as patched:
        patched.setattr(database.Transaction, "execute", heard)
        while not outbox.deliver_pending([log], only=tenant.id):
            assert time.monotonic() < end  # transactions of other tests hold messages back for a moment
            asked.clear()
    return asked


def test_a_round_of_sealing_asks_four_times_however_many_events_came(tenant, monkeypatch) -> None:
    """What sealing costs a capture is mostly the number of its statements: it must not creep up again."""
    _capture(tenant)
    _round(tenant, monkeypatch)  # begins the log
    for mark in "YZ":
        _capture(tenant, mark)
    asked = _round(tenant, monkeypatch)
    names = ("outbox_take.sql", "open_log.sql", "event_leaves.sql", "append_leaves.sql")
    packages = ("suyuan.chassis", "suyuan.compliance.store", "suyuan.trace.store", "suyuan.compliance.store")
    assert asked == [named_sql(*each) for each in zip(packages, names, strict=True)]
    with tenant.open():
        assert compliance.sealed_subjects(LeafKind.EVENT) == frozenset(store.all_numbers())
        assert compliance.verify_log().findings == ()


def test_what_is_told_twice_is_sealed_once(tenant) -> None:
    from suyuan.trace.api.sealing import on_recorded

    _capture(tenant)
    tenant.deliver()
    _capture(tenant, "Y")
    with tenant.open() as tx:
        numbers = store.all_numbers()
        size = compliance.log_size()
        on_recorded([{"numbers": numbers[3:30]}, {"numbers": numbers[30:]}])
        assert compliance.log_size() == size + 22
        on_recorded([{"numbers": numbers}])
        assert compliance.log_size() == size + 22
        positions = [row[0] for row in tx.rows("SELECT position FROM compliance_log_leaf ORDER BY position")]
        assert positions == list(range(size + 22))
    tenant.deliver()  # tells the second half again
    with tenant.open():
        assert compliance.log_size() == size + 22
        assert compliance.verify_log().findings == ()


def test_sealing_that_fails_leaves_its_messages_and_the_log_as_they_were(tenant, monkeypatch) -> None:
    from suyuan.chassis import outbox
    from suyuan.chassis.registry import registry

    [log] = [each for each in registry.subscribers if each.name == "trace.log"]
    _capture(tenant)
    tenant.deliver()
    _capture(tenant, "Y")

    def deliver(messages) -> None:
        log.deliver(messages)
        raise RuntimeError("the worker is killed before it commits")

    with tenant.open():
        size = compliance.log_size()

    def deliver_until_killed() -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            outbox.deliver_pending([replace(log, deliver=deliver)], only=tenant.id)

    with pytest.raises(RuntimeError, match="killed"):
        deliver_until_killed()
    with tenant.open():
        assert compliance.log_size() == size
    tenant.deliver()
    with tenant.open():
        assert compliance.log_size() == size + 22
        assert compliance.verify_log().findings == ()


def test_captures_in_parallel_leave_no_gap(tenant) -> None:
    clients = [InProcess(tenant.token()) for _ in range(4)]

    def send(number: int) -> None:
        for turn in range(5):
            events = Bakery(f"p{number}-{turn}").delivery()
            clients[number].post("/epcis/v2/capture", content=raw(document(*events)))

    threads = [threading.Thread(target=send, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tenant.deliver()
    _checkpoint(tenant)
    with tenant.open() as tx:
        positions = [row[0] for row in tx.rows("SELECT position FROM compliance_log_leaf ORDER BY position")]
        assert len(compliance.sealed_subjects(LeafKind.EVENT)) == 80
        assert compliance.verify_log().findings == ()
    assert positions == list(range(len(positions)))


def test_a_log_of_many_blocks_is_proven_and_extends_itself(tenant) -> None:
    with tenant.open():
        sizes = []
        for begin in (0, 700, 1000, 66_000):
            end = {0: 700, 700: 1000, 1000: 66_000, 66_000: 67_000}[begin]
            numbers = list(range(begin, end))
            leaves = [merkle.leaf_hash(str(number).encode()) for number in numbers]
            assert compliance.append(LeafKind.SIGNATURE, numbers, leaves) == len(numbers)
            sizes.append(end)
        assert compliance.append(LeafKind.SIGNATURE, numbers, leaves) == 0
        made = compliance.make_checkpoint()
        everything = [merkle.leaf_hash(str(number).encode()) for number in range(67_000)]
        for old in sizes:
            proof = compliance.prove_consistency(old, 67_000)
            path = [base64.b64decode(each) for each in proof.path]
            before = merkle.root_of(everything[:old])
            after = merkle.root_of(everything)
            assert merkle.roots_from_consistency(old, 67_000, before, path) == (before, after)
        for proof in compliance.prove(LeafKind.SIGNATURE, [0, 255, 256, 65_535, 65_536, 66_999], 67_000):
            path = [base64.b64decode(each) for each in proof.path]
            leaf = base64.b64decode(proof.leaf)
            assert merkle.root_from_inclusion(leaf, proof.subject, 67_000, path) == after
    assert made is not None


def test_checkpoints_are_signed_notes_in_a_chain(tenant) -> None:
    _capture(tenant)
    tenant.deliver()
    _checkpoint(tenant)
    first = _checkpoint(tenant)  # that the key was made is on record too, and sealed next
    assert _checkpoint(tenant) is None
    _capture(tenant, "Y")
    tenant.deliver()
    with tenant.open():
        compliance.rotate_key()
    second = _checkpoint(tenant)
    with tenant.open():
        keys = compliance.list_keys()
        assert compliance.verify_log().findings == ()
    assert [key.id for key in keys] == [first.key_id, second.key_id]
    assert first.note.startswith(f"suyuan/{tenant.code}\n{first.size}\n{first.root}\nsuyuan/checkpoint/1 2 ")
    publics = [base64.b64decode(key.verifier.split("+", 2)[2])[1:] for key in keys]
    text = notes.opened(second.note, keys[1].name, publics[1])
    assert notes.read_checkpoint(text).before == notes.note_hash(first.note)
    assert notes.opened(second.note, keys[0].name, publics[0]) is None
    endorsed = notes.opened(keys[1].endorsement, keys[0].name, publics[0])
    assert keys[1].verifier in endorsed


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=6))
def test_quantities_have_one_form(quantity) -> None:
    text = sealing.quantity_text(quantity)
    assert type(quantity)(text) == quantity
    assert text == sealing.quantity_text(quantity * type(quantity)("1.000"))
    assert "E" not in text


def test_what_a_dossier_holds_gives_the_leaf_again(tenant) -> None:
    _capture(tenant)
    with tenant.open():
        numbers = store.all_numbers()
        leaves = remake(numbers)
        for event in trace.sealed_events(numbers):
            entry = {
                "event": content_hash(event.document).hex(),
                "record": content_hash(event.record).hex(),
                "recorded": event.recorded,
                "type": "suyuan/event/1",
            }
            assert merkle.leaf_hash(canonical_json(entry)) == leaves[event.number].leaf
            assert event.record["context"] == content_hash(event.context).hex()


def test_times_and_participations_are_written_as_ever() -> None:
    early = datetime(987, 6, 5, 4, 3, 2, 1, tzinfo=UTC)
    late = datetime(2026, 11, 22, 8, 0, 0, 120000, tzinfo=timezone(timedelta(hours=8)))
    assert sealing.moment(early) == early.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert sealing.moment(late) == "2026-11-22T00:00:00.120000Z"
    parts = (("input", "b", "2", None), ("input", "b", None, "KGM"), ("input", "a", None, None))
    assert sealing._in_order(parts) == [parts[2], parts[1], parts[0]]
