"""A customer gets the dossier of a lot and verifies it on their own machine, without the supplier's system."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from suyuan.verify import proofs
from suyuan.verify.dossiers import ProofError, read_dossier, verify
from tests.support.bakery import Bakery, document, raw
from tests.support.web import InProcess


class Supplier:
    """A bakery with a day on record under a checkpoint."""

    def __init__(self, tenant) -> None:
        from suyuan.compliance import api

        self.tenant, self.log, self.bakery = tenant, api, Bakery(f"d{tenant.id}")
        self.client = InProcess(tenant.token())
        self.client.post("/epcis/v2/capture", content=self.bakery.whole())
        self.first = self.seal()

    def seal(self):
        self.tenant.deliver()
        with self.tenant.open():
            made = self.log.make_checkpoint()
            self.log.remember(made)
        return made

    def more(self) -> None:
        other = Bakery(f"more{self.tenant.id}")
        assert self.client.post("/epcis/v2/capture", content=raw(document(*other.day()))).json()["success"]

    def dossier(self, **query) -> bytes:
        answer = self.client.get("/api/v1/dossier", params={"code": self.bakery.cake(1)} | query)
        assert answer.status_code == 200, answer.text
        return answer.content

    def keys(self) -> list[proofs.Key]:
        with self.tenant.open():
            return [proofs.Key.read(key.verifier) for key in self.log.list_keys()]


@pytest.fixture
def supplier(tenant) -> Supplier:
    return Supplier(tenant)


@pytest.fixture
def dossier(supplier) -> dict:
    return read_dossier(supplier.dossier(format="json"))


def test_a_dossier_proves_every_event_of_the_item(supplier, dossier) -> None:
    verdict = verify(dossier, supplier.keys())
    assert verdict.subject == supplier.bakery.cake(1)
    assert verdict.events == len(dossier["events"]) >= 8
    assert verdict.key_given
    assert verdict.left_out == []
    reading = [event for event in dossier["events"] if event["reading"]]
    assert reading, "the raw reading of the oven is part of it"
    assert any("182.5" in json.dumps(event["document"]) for event in dossier["events"])


def _tampered(dossier: dict, change) -> dict:
    other = copy.deepcopy(dossier)
    change(other)
    return other


def _event(dossier: dict, ending: str) -> dict:
    return next(event for event in dossier["events"] if event["record"]["event_id"].endswith(ending))


CHANGES = {
    "a measured value": lambda d: _event(d, "baking-1")["document"]["sensorElementList"][0]["sensorReport"][0].update(
        value=181
    ),
    "who did it": lambda d: _event(d, "dough-1")["record"].update(person="urn:somebody:else"),
    "a quantity that went in": lambda d: _event(d, "dough-1")["record"]["participations"][0].__setitem__(2, "1"),
    "when it was recorded": lambda d: d["events"][0].update(recorded="2026-01-01T00:00:00.000000Z"),
    "the raw reading": lambda d: _event(d, "baking-1").update(reading={"raw": "T=170"}),
    "the context": lambda d: d["events"][0].update(context="https://elsewhere.example"),
    "an event left out": lambda d: d["events"].pop(),
    "an event told twice": lambda d: d["events"].append(d["events"][0]),
    "two events swapped": lambda d: d["events"][0].update(document=d["events"][1]["document"]),
    "the place in the log": lambda d: d["events"][0].update(position=d["events"][0]["position"] + 1),
    "a path cut": lambda d: d["events"][0].update(path=d["events"][0]["path"][:-1]),
    "a path made longer": lambda d: d["events"][0]["path"].append(d["events"][0]["path"][0]),
    "the step in the answer": lambda d: d["answers"]["back"]["events"][0].update(biz_step="destroying"),
    "an event put into the answer": lambda d: d["answers"]["back"]["events"].append(
        d["answers"]["back"]["events"][0] | {"number": 10**9}
    ),
    "the size": lambda d: d["log"].update(checkpoint=d["log"]["checkpoint"].replace("\n", "\n1", 1)),
    "the signature": lambda d: d["log"].update(checkpoint=d["log"]["checkpoint"][:-6] + "AAAA=\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_changed_the_verification_fails(supplier, dossier, change) -> None:
    with pytest.raises(ProofError):
        verify(_tampered(dossier, CHANGES[change]), supplier.keys())


def test_a_dossier_may_leave_the_reading_out(supplier, dossier) -> None:
    for event in dossier["events"]:
        del event["reading"]
    verdict = verify(dossier, supplier.keys())
    assert len(verdict.left_out) == 1


def test_a_log_signed_by_somebody_else_is_refused(supplier, dossier, make_tenant) -> None:
    stranger = Supplier(make_tenant())
    with pytest.raises(ProofError, match="trusted key"):
        verify(dossier, stranger.keys())


def test_growth_since_a_checkpoint_that_the_customer_kept(supplier) -> None:
    supplier.more()
    later = supplier.seal()
    assert later.size > supplier.first.size
    with pytest.raises(ProofError, match="earlier="):
        verify(read_dossier(supplier.dossier(format="json")), supplier.keys(), supplier.first.note)
    dossier = read_dossier(supplier.dossier(format="json", earlier=supplier.first.size))
    verdict = verify(dossier, supplier.keys(), supplier.first.note)
    assert verdict.since.number == 1
    wrong = _tampered(dossier, lambda d: d["log"]["growth"][str(supplier.first.size)].reverse())
    with pytest.raises(ProofError, match="grew"):
        verify(wrong, supplier.keys(), supplier.first.note)


def test_an_old_key_is_trusted_for_the_new_one_that_it_endorsed(supplier) -> None:
    old = supplier.keys()
    with supplier.tenant.open():
        supplier.log.rotate_key()
    supplier.more()
    supplier.seal()
    dossier = read_dossier(supplier.dossier(format="json", earlier=supplier.first.size))
    assert verify(dossier, old, supplier.first.note).since
    broken = _tampered(dossier, lambda d: d["log"]["keys"][1].update(endorsement=None))
    with pytest.raises(ProofError, match="trusted key"):
        verify(broken, old)


def test_a_time_stamp_is_in_the_dossier_and_checked(supplier) -> None:
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    from suyuan.compliance.api.places import Outcome
    from suyuan.compliance.contracts import PlaceKind
    from suyuan.compliance.tests.authority import Authority

    authority = Authority(elliptic=True)
    asked = TimestampRequestBuilder().data(supplier.first.note.encode()).hash_algorithm(HashAlgorithm.SHA256).build()
    with supplier.tenant.open():
        place = supplier.log.add_place(PlaceKind.TIMESTAMP, "tsa", {"url": "http://127.0.0.1/tsa"}, None, 60)
        response = authority.stamp(asked.as_bytes())
        supplier.log.note_outcome(Outcome(place.id, supplier.first.number, True, "tsa", response))
    supplier.more()
    supplier.seal()
    dossier = read_dossier(supplier.dossier(format="json"))
    verdict = verify(dossier, supplier.keys(), None, [authority.root])
    assert verdict.stamped[1] == "CN=Test authority"
    assert verdict.stamped_events == verdict.events
    with pytest.raises(ProofError):
        verify(dossier, supplier.keys(), None, [Authority().root])
    other = _tampered(dossier, lambda d: d["log"]["time_stamp"].update(note=d["log"]["checkpoint"]))
    with pytest.raises(ProofError, match="not of this checkpoint"):
        verify(other, supplier.keys())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pdf_holds_the_same_dossier(supplier, dossier, language) -> None:
    answer = supplier.client.get(
        "/api/v1/dossier", params={"code": supplier.bakery.cake(1)}, headers={"Accept-Language": language}
    )
    assert answer.headers["content-type"] == "application/pdf"
    assert b"pdfaid:part>3" in answer.content
    inside = read_dossier(answer.content)
    assert verify(inside, supplier.keys()).events == len(dossier["events"])
    assert inside["events"] == dossier["events"]


def test_the_verifier_needs_nothing_of_the_server(supplier, tmp_path) -> None:
    shutil.copytree(Path(proofs.__file__).parent, tmp_path / "verify")
    (tmp_path / "dossier.pdf").write_bytes(supplier.dossier())
    (tmp_path / "kept.note").write_text(supplier.first.note, encoding="utf-8")
    key = supplier.keys()[0]
    written = f"{key.name}+{key.id.hex()}+{base64.b64encode(bytes([1]) + key.public).decode()}"
    script = (
        "import sys, runpy; sys.path.insert(0, '.');"
        "sys.meta_path.insert(0, type('None', (), {'find_spec': staticmethod(lambda n, *a: "
        "(_ for _ in ()).throw(ImportError(n)) if n.split('.')[0] in ('suyuan', 'django', 'psycopg') else None)}));"
        "runpy.run_module('verify', run_name='__main__')"
    )
    command = [sys.executable, "-c", script, "dossier.pdf", "--key", written, "--checkpoint", "kept.note"]
    environment = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✓ 检查点 checkpoint 1" in done.stdout
    (tmp_path / "dossier.pdf").write_bytes(b"%PDF-1.7 nothing")
    assert subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False).returncode == 1


KEPT = Path(__file__).with_name("kept")
"""What a customer got from this product in November 2026: it must stay good for as long as there is a verifier."""


def test_what_a_customer_kept_stays_proven_by_every_later_version() -> None:
    from suyuan.compliance.domain import merkle
    from suyuan.kernel.canonical_json import canonical_json, content_hash
    from suyuan.trace.domain import sealing

    key = proofs.Key.read((KEPT / "key.txt").read_text(encoding="ascii").strip())
    note = (KEPT / "checkpoint.note").read_text(encoding="utf-8")
    dossier = read_dossier((KEPT / "dossier.json").read_bytes())
    verdict = verify(dossier, [key], note)
    signed = verdict.checkpoint
    assert verdict.events == len(dossier["events"]) >= 8
    assert verdict.key_given
    for event in dossier["events"]:  # and the server would still seal the same
        recorded = datetime.fromisoformat(event["recorded"])
        record = hashlib.sha256(canonical_json(event["record"])).digest()
        leaf = sealing.leaf(content_hash(event["document"]), record, recorded)
        path = [base64.b64decode(each) for each in event["path"]]
        assert merkle.root_from_inclusion(leaf, event["position"], signed.size, path) == signed.root


def test_what_is_not_sealed_yet_is_said(tenant) -> None:
    client = InProcess(tenant.token())
    bakery = Bakery(f"u{tenant.id}")
    client.post("/epcis/v2/capture", content=bakery.whole())
    answer = client.get("/api/v1/dossier", params={"code": bakery.cake(1)})
    assert (answer.status_code, answer.json()["code"]) == (404, "compliance.not_sealed")


@pytest.mark.parametrize("content", [b"", b"{}", b'{"format": "suyuan/dossier/9"}', b"%PDF-1.7", b"\xff"])
def test_what_is_no_dossier_is_said(content) -> None:
    with pytest.raises(ProofError):
        read_dossier(content)
