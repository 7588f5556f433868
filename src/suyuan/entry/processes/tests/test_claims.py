"""A port or a data directory that somebody else has is refused, naming them and the way out."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from suyuan.entry.processes import claimed, data_lock, faults, is_listening, ports, require_free_port
from suyuan.kernel.faults import Fault, FaultKind


def refused(kind: FaultKind, host: str, port: int) -> Fault:
    with pytest.raises(Fault) as caught:
        require_free_port(host, port)
    assert caught.value.kind is kind
    assert caught.value.title("zh")
    assert caught.value.remedy("zh")
    return caught.value


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_a_busy_port_names_the_listener_and_a_free_one(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    assert is_listening("127.0.0.1", port)
    for host in ("127.0.0.1", "0.0.0.0", "localhost"):  # noqa: S104 (compared with what listens)
        fault = refused(faults.PORT_BUSY, host, port)
        assert f"PID {os.getpid()}" in fault.title("en")
        suggestion = int(fault.params["suggestion"])
        assert f"PORT={suggestion}" in fault.remedy("zh")
        require_free_port(host, suggestion)


def test_a_listener_we_may_not_look_at(listener: socket.socket, monkeypatch) -> None:
    def denied(**_: object) -> object:
        raise ports.psutil.AccessDenied

    monkeypatch.setattr(ports.psutil, "net_connections", denied)
    fault = refused(faults.PORT_BUSY, "127.0.0.1", listener.getsockname()[1])
    assert "another program" in fault.title("en")


def test_a_port_is_free_again_after_its_listener(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    with socket.create_connection(("127.0.0.1", port)) as client:
        served, _ = listener.accept()
        served.close()  # leaves the port in TIME_WAIT
        client.recv(1)
    listener.close()
    require_free_port("127.0.0.1", port)
    assert not is_listening("127.0.0.1", port)


def test_a_port_that_a_killed_process_is_about_to_leave_is_waited_for() -> None:
    with socket.socket() as leaving:
        leaving.bind(("127.0.0.1", 0))  # taken, and nobody is seen to listen
        port = leaving.getsockname()[1]
        gone = threading.Timer(0.5, leaving.close)
        gone.start()
        require_free_port("127.0.0.1", port)
        gone.join()


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])
def test_an_address_that_is_not_ours(host: str) -> None:
    assert "HOST=127.0.0.1" in refused(faults.HOST_UNUSABLE, host, 8123).remedy("en")


def test_a_privileged_port(monkeypatch) -> None:
    monkeypatch.setattr(ports, "_refusal", lambda _, port: OSError(errno.EACCES, "denied") if port < 1024 else None)
    assert refused(faults.PORT_NOT_PERMITTED, "127.0.0.1", 80).params["suggestion"] == 8000


def test_a_claimed_directory_names_its_user(tmp_path: Path) -> None:
    place = tmp_path / "数据"
    with claimed(place, "suyuan demo, port 8000"), pytest.raises(Fault) as caught, claimed(place, "other"):
        pass
    assert caught.value.kind is faults.DATA_IN_USE
    assert f"suyuan demo, port 8000 (PID {os.getpid()})" in caught.value.title("zh")
    with claimed(place, "next"):
        assert "next" in (place / data_lock.FILE).read_text()


@pytest.mark.parametrize("left", ["", "rubbish", '{"pid": 1, "began": 0, "name": "old"}'])
def test_a_file_left_behind_means_nothing(tmp_path: Path, left: str) -> None:
    (tmp_path / data_lock.FILE).write_text(left)
    with claimed(tmp_path, "me"):
        pass


def test_the_children_of_a_dead_holder_are_waited_for(tmp_path: Path, monkeypatch) -> None:
    code = (
        "import subprocess, sys; from pathlib import Path; from suyuan.entry.processes import claimed\n"
        "with claimed(Path(sys.argv[1]), 'dead') as claim:\n"
        "    subprocess.Popen(['sleep', sys.argv[2]], pass_fds=[claim]); import os; os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path), "1"], check=True)
    with claimed(tmp_path, "me"):
        pass
    monkeypatch.setattr(data_lock, "PATIENCE_SECONDS", 0.2)
    subprocess.run([sys.executable, "-c", code, str(tmp_path), "1.5"], check=True)
    with pytest.raises(Fault) as caught, claimed(tmp_path, "me"):
        pass
    assert caught.value.kind is faults.DATA_IN_USE


def test_a_directory_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Fault) as caught, claimed(tmp_path / "file", "me"):
        pass
    assert caught.value.kind is faults.DATA_UNUSABLE
