"""The plant's own certificates: devices that trust the authority reach the server, nobody else's keys are read."""

from __future__ import annotations

import socket
import ssl
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from suyuan.entry import certificates
from suyuan.kernel.faults import Fault
from tests.support.web import InProcess

NAMES = ("suyuan.plant.local", "192.168.7.20")


def _shake_hands(made: certificates.Certificates, name: str) -> str:
    """Serve one handshake with the server's certificate to a client that trusts the authority only."""
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(made.server, made.server_key)
    asking = ssl.create_default_context(cafile=str(made.authority))
    ours, theirs = socket.socketpair()

    def serve() -> None:
        with ours, serving.wrap_socket(ours, server_side=True, suppress_ragged_eofs=True) as connection:
            connection.recv(1)

    serving_thread = threading.Thread(target=serve)
    serving_thread.start()
    try:
        with theirs, asking.wrap_socket(theirs, server_hostname=name) as connection:
            version = connection.version() or ""
            connection.send(b"x")
            return version
    finally:
        theirs.close()
        serving_thread.join(10)


def test_devices_that_trust_the_authority_reach_the_server_by_every_name(tmp_path) -> None:
    made, fresh = certificates.ensure(tmp_path, NAMES)
    assert fresh
    for name in (*NAMES, "localhost", "127.0.0.1"):
        assert _shake_hands(made, name).startswith("TLS")


def test_keys_are_for_their_owner_only(tmp_path) -> None:
    made, _ = certificates.ensure(tmp_path)
    for key in (made.authority_key, made.server_key):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.folder.stat().st_mode) == 0o700
    assert not list(made.folder.glob("*.new"))


def test_it_is_renewed_before_it_ends_under_the_authority_that_devices_know(tmp_path) -> None:
    made, _ = certificates.ensure(tmp_path, NAMES)
    known, first = made.fingerprint(), made.server.read_bytes()
    assert not certificates.ensure(tmp_path, NAMES[:1])[1]
    assert made.server.read_bytes() == first
    soon = datetime.now(UTC) + timedelta(days=certificates.SERVER_DAYS - certificates.RENEW_BEFORE_DAYS + 1)
    assert certificates.ensure(tmp_path, now=soon)[1]
    assert made.server.read_bytes() != first
    assert made.fingerprint() == known
    assert set(NAMES) <= set(made.names())
    assert certificates.ensure(tmp_path, ["another.local"])[1]
    assert {"another.local", *NAMES} <= set(made.names())


@pytest.mark.parametrize(
    "given", ["", "https://x", "a b", "-x", "x" * 64, "1.2.3", "300.1.1.1", "x:8000", "../x", "*.x", "a" + ".a" * 127]
)
def test_what_is_no_name_is_refused_and_nothing_is_made(tmp_path, given) -> None:
    with pytest.raises(Fault, match="certificate_name"):
        certificates.ensure(tmp_path, [given])
    assert not list(tmp_path.iterdir())


def test_damaged_files_are_told_and_a_broken_pair_is_made_anew(tmp_path) -> None:
    made, _ = certificates.ensure(tmp_path)
    made.server_key.write_bytes(made.authority_key.read_bytes())  # as after a crash between two files
    assert certificates.ensure(tmp_path)[1]
    assert _shake_hands(made, "localhost")
    made.authority.write_text("no certificate")
    with pytest.raises(Fault, match="certificate_files"):
        certificates.ensure(tmp_path)
    other, _ = certificates.ensure(tmp_path / "other")
    made.authority.write_bytes(other.authority.read_bytes())
    with pytest.raises(Fault, match="certificate_files"):
        certificates.ensure(tmp_path, ["new.local"])


def test_the_page_tells_how_to_install_it(application, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr("suyuan.entry.web.certificate.certificates.of", lambda _: certificates.Certificates(tmp_path))
    visitor = InProcess()
    assert "suyuan certificate make" in visitor.get("/certificate").text
    assert visitor.get("/certificate/authority.crt").status_code == 404
    monkeypatch.undo()
    made, _ = certificates.ensure(tmp_path, NAMES)
    monkeypatch.setattr("suyuan.entry.web.certificate.certificates.of", lambda _: made)
    for language, word in (("zh", "描述文件"), ("en", "Trust Settings")):
        text = visitor.get(f"/certificate?lang={language}").text
        assert word in text
        assert made.fingerprint() in text
        assert NAMES[1] in text
    answer = visitor.get("/certificate/authority.crt")
    assert answer.headers["content-type"] == "application/x-x509-ca-cert"
    assert answer.content[:1] == b"\x30"
    assert b"PRIVATE" not in answer.content


def test_the_command_makes_shows_and_refuses(tmp_path: Path) -> None:
    from tests.support.servers import suyuan

    nothing = suyuan("certificate", "show", "--data", str(tmp_path))
    assert "suyuan certificate make" in nothing.stdout
    done = suyuan("certificate", "make", "--name", NAMES[0], "--data", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert NAMES[0] in done.stdout
    assert certificates.of(tmp_path).fingerprint() in suyuan("certificate", "show", "--data", str(tmp_path)).stdout
    assert suyuan("certificate", "make", "--name", "no name", "--data", str(tmp_path)).returncode == 1
