"""Checkpoints go outside: to a folder, a webhook, a mailbox, an object store, a time-stamping authority."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from suyuan.compliance.contracts import PlaceKind
from suyuan.compliance.tests.authority import Authority


class Recorder(BaseHTTPRequestHandler):
    """Remembers every request; stamps time where it is asked to."""

    authority = Authority()
    seen: list[tuple[str, str, dict[str, str], bytes]]

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.seen.append((self.command, self.path, headers, body))
        answer = self.authority.stamp(body) if self.path == "/tsa" else b"{}"
        status = 302 if self.path == "/moved" else 500 if self.path == "/broken" else 200
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_PUT = _answer  # noqa: N815 (names that http.server calls)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    running.seen = []
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running
    running.shutdown()


@pytest.fixture
def sealed(tenant):
    """A tenant with one checkpoint."""
    from suyuan.compliance import api

    with tenant.open():
        api.append("s", [1], [b"x" * 32])
        made = api.make_checkpoint()
    return tenant, api, made


def _send(tenant, api, kind, options, secret=None):
    with tenant.open():
        added = api.add_place(PlaceKind(kind), f"to {kind}", options, secret, 60)
        (errand,) = api.errands()
    outcome = api.run_errand(errand)
    with tenant.open():
        api.note_outcome(outcome)
        assert api.errands() == []  # not again for an hour
        return api.place(added.id), outcome


def _url(server: ThreadingHTTPServer, path: str) -> str:
    return f"http://127.0.0.1:{server.server_port}{path}"


def test_to_a_folder_below_those_that_the_operator_allows(sealed) -> None:
    from suyuan.chassis.settings import settings
    from suyuan.kernel.faults import Fault

    tenant, api, made = sealed
    root = settings().data / "checkpoints" / tenant.code
    place, outcome = _send(tenant, api, "folder", {"path": str(root)})
    assert outcome.good
    assert place.last_good.checkpoint == made.number
    (file,) = root.rglob("*.note")
    assert file.read_text(encoding="utf-8") == made.note
    with tenant.open():
        assert api.copies_outside() == [made.note]
        for elsewhere in ("/etc", str(root / ".." / ".." / "..")):
            with pytest.raises(Fault, match="place_invalid"):
                api.add_place(PlaceKind.FOLDER, "x", {"path": elsewhere}, None, 60)
    file.write_text("another", encoding="utf-8")
    with tenant.open():
        errand = api.errands(place.id)[0]
    assert "another checkpoint" in api.run_errand(errand).said


def test_to_a_webhook_with_a_signature_that_the_receiver_can_check(sealed, server) -> None:
    tenant, api, made = sealed
    place, outcome = _send(tenant, api, "webhook", {"url": _url(server, "/hook")}, "a secret")
    assert outcome.good, outcome.said
    _, _, headers, body = server.seen[0]
    assert json.loads(body)["note"] == made.note
    text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mac = base64.b64encode(hmac.new(b"a secret", text, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{mac}"
    assert place.has_secret
    with tenant.open() as tx:
        told = tx.rows("SELECT after::text FROM compliance_audit WHERE table_name = 'compliance_place'")
        assert tx.value("SELECT secret FROM compliance_place") != b"a secret"
    assert len(told) == 1
    assert '"secret"' not in told[0][0]


@pytest.mark.parametrize("path", ["/moved", "/broken"])
def test_a_place_that_fails_is_told_and_tried_again(sealed, server, path) -> None:
    tenant, api, _ = sealed
    place, outcome = _send(tenant, api, "webhook", {"url": _url(server, path)})
    assert not outcome.good
    assert place.last.good is False
    assert place.last_good is None
    assert [seen[1] for seen in server.seen] == [path]


def test_to_an_object_store(sealed, server) -> None:
    tenant, api, made = sealed
    options = {"url": _url(server, "/bucket"), "access_key": "AK", "region": "cn-north-1", "prefix": "logs"}
    _, outcome = _send(tenant, api, "s3", options, "sk")
    assert outcome.good, outcome.said
    method, path, headers, body = server.seen[0]
    assert (method, body.decode()) == ("PUT", made.note)
    assert path == f"/bucket/logs/suyuan/{tenant.code}/checkpoint-00000001.note"
    assert headers["authorization"].startswith("AWS4-HMAC-SHA256 Credential=AK/")
    assert headers["x-amz-content-sha256"] == hashlib.sha256(body).hexdigest()


def test_the_signature_for_an_object_store_is_the_published_example() -> None:
    """PUT Object of the AWS documentation for Signature Version 4, with the headers that we send."""
    from suyuan.compliance.store.outside.object_store import signed_headers

    headers = signed_headers(
        "https://examplebucket.s3.amazonaws.com/", b"", "AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1", datetime(2013, 5, 24, tzinfo=UTC), "GET",
    )  # fmt: skip
    assert headers["x-amz-date"] == "20130524T000000Z"
    assert "SignedHeaders=host;x-amz-content-sha256;x-amz-date" in headers["Authorization"]


def test_the_bucket_life_cycle_example_of_the_documentation() -> None:
    from suyuan.compliance.store.outside.object_store import signed_headers

    headers = signed_headers(
        "https://examplebucket.s3.amazonaws.com/?lifecycle=", b"", "AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1", datetime(2013, 5, 24, tzinfo=UTC), "GET",
    )  # fmt: skip
    assert headers["Authorization"].endswith(
        "Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
    )


class Postman(socketserver.StreamRequestHandler):
    """As much SMTP as one mail needs."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        reading = False
        for line in self.rfile:
            if reading:
                self.server.mail.append(line)
                reading = line != b".\r\n"
                if not reading:
                    self.wfile.write(b"250 kept\r\n")
            elif line.upper().startswith(b"DATA"):
                reading = True
                self.wfile.write(b"354 go\r\n")
            elif line.upper().startswith(b"QUIT"):
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


def test_to_a_mailbox(sealed) -> None:
    tenant, api, made = sealed
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Postman) as postman:
        postman.mail = []
        threading.Thread(target=postman.serve_forever, daemon=True).start()
        options = {"host": "127.0.0.1", "port": str(postman.server_address[1]), "to": "a@b.example", "security": "none"}
        _, outcome = _send(tenant, api, "mail", options)
        postman.shutdown()
    assert outcome.good, outcome.said
    text = b"".join(postman.mail).decode()
    encoded = text.split("\r\n\r\n", 1)[1].removesuffix(".\r\n")
    body = base64.b64decode(encoded).decode() if "base64" in text else encoded
    assert made.root in body.replace("=\r\n", "").replace("=3D", "=")


def test_time_is_stamped_by_an_authority_and_checked(sealed, server) -> None:
    tenant, api, made = sealed
    root = Recorder.authority.root_pem()
    _, outcome = _send(tenant, api, "timestamp", {"url": _url(server, "/tsa"), "root_certificate": root})
    assert outcome.good, outcome.said
    with tenant.open():
        (stamp,) = api.time_stamps(made.number)
    assert stamp.checkpoint == made.number
    assert base64.b64decode(stamp.response) == outcome.proof


def test_a_time_stamp_of_another_authority_is_no_proof(sealed, server) -> None:
    tenant, api, _ = sealed
    options = {"url": _url(server, "/tsa"), "root_certificate": Authority().root_pem()}
    _, outcome = _send(tenant, api, "timestamp", options)
    assert not outcome.good
    with tenant.open():
        assert api.time_stamps() == []


@pytest.mark.parametrize(
    ("kind", "options", "at"),
    [
        ("webhook", {}, "/settings/url"),
        ("webhook", {"url": "file:///etc/passwd"}, "/settings/url"),
        ("webhook", {"url": "http://169.254.169.254/latest"}, "/settings/url"),
        ("webhook", {"url": "http://127.0.0.1/x", "more": "x"}, "/settings/more"),
        ("mail", {"host": "h", "to": "t", "security": "some"}, "/settings/security"),
        ("s3", {"url": "http://127.0.0.1/b"}, "/settings/access_key"),
    ],
)
def test_settings_that_cannot_be_are_refused_with_their_place(tenant, kind, options, at) -> None:
    from suyuan.compliance import api
    from suyuan.kernel.faults import Fault

    with tenant.open(), pytest.raises(Fault) as refused:
        api.add_place(PlaceKind(kind), "x", options, None, 60)
    assert refused.value.at == at
