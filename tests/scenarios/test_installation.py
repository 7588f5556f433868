"""One machine, from an empty folder with a difficult name: the command line, the server, and what goes wrong."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import time
from collections.abc import Iterator

import click
import httpx
import psutil
import pytest

from tests.support.bakery import CONTEXT, Bakery, document, raw
from tests.support.servers import (
    PASSWORD,
    Installation,
    bearer,
    choose_password,
    free_port,
    installed,
    signed_in,
    suyuan,
)


@pytest.fixture(scope="module")
def installation(tmp_path_factory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("一台 机器") / "溯源 数据"
    with installed(folder) as made:
        yield made


@pytest.fixture(scope="module")
def token(installation) -> str:
    """The first person and the first token, made before any server ran."""
    return installation.add_administrator()


@pytest.fixture(scope="module")
def server(installation, token) -> Installation:
    installation.start()
    installation.wait_ready()
    return installation


NEED_NO_DATA = {"decode", "verify"}
"""They read what they are given, and nothing that is installed here."""


def test_help_explains_every_command_in_both_languages() -> None:
    everything = suyuan("--help")
    assert everything.returncode == 0
    from suyuan.entry.cli import suyuan as group

    shown = {name: command for name, command in group.commands.items() if not command.hidden}
    assert {"serve", "demo", "capture", "trace", "migrate", "user", "token", "doctor"} <= shown.keys()
    for name, command in shown.items():
        assert f"  {name}" in everything.stdout
        said = command.get_help(click.Context(command, info_name=name))
        assert any("\u4e00" <= letter <= "\u9fff" for letter in said), name
        assert "--data" in said or "Commands:" in said or name in NEED_NO_DATA
    assert suyuan("--version").stdout.startswith("suyuan")
    wrong = suyuan("fly")
    assert (wrong.returncode, "No such command" in wrong.stderr) == (2, True)


def test_people_and_tokens_are_made_on_an_empty_machine(installation, token) -> None:
    assert token.startswith("sy_")
    assert "/invitation#" in installation.invitation
    taken = installation.command("user", "add", "boss", "--name", "x")
    assert (taken.returncode, "boss" in taken.stderr) == (1, True)
    unknown = installation.command("user", "invite", "nobody-here")
    assert (unknown.returncode, "nobody-here" in unknown.stderr) == (1, True)
    nobody = installation.command("token", "t", "--tenant", "nobody")
    assert (nobody.returncode, "--tenant" in nobody.stderr) == (1, True)
    assert installation.left_over() == [], "commands leave no process behind"


def test_files_are_captured_and_traced(server, token, tmp_path) -> None:
    installation = server
    bakery = Bakery("CLI")
    file = tmp_path / "一天 a day.jsonld"
    file.write_bytes(bakery.whole())
    done = installation.command("capture", str(file))
    assert done.returncode == 0, done.stderr
    assert "22 已记录 recorded" in done.stdout
    assert "22 重复 replayed" in installation.command("capture", str(file)).stdout

    back = installation.command("trace", "back", bakery.cake(3))
    assert back.returncode == 0, back.stderr
    assert "逆向追溯 Trace back" in back.stdout
    assert "F1-CLI (批次 lot, 面粉 CLI Flour CLI) @ 面包房 CLI" in back.stdout
    assert "何师傅" in back.stdout
    forward = installation.command("trace", "forward", "F1-CLI", "--json")
    answer = json.loads(forward.stdout)
    assert answer["question"]["uri"] == bakery.lot(bakery.FLOUR, "F1")
    assert answer["summary"]["certain"] == 15
    unknown = installation.command("trace", "back", "(01)09521234003015(21)X")
    assert unknown.returncode == 1
    assert "→" in unknown.stderr


def test_a_bad_file_is_told_about_and_the_good_part_taken_on_request(server, token, tmp_path) -> None:
    installation = server
    first, second = Bakery("MIX").arrivals()[:2]
    file = tmp_path / "mixed.jsonld"
    file.write_bytes(raw(document(first, second | {"action": "LOOK"})))
    refused = installation.command("capture", str(file))
    assert refused.returncode == 1
    assert "LOOK" in refused.stderr
    assert "/epcisBody/eventList/1/action" in refused.stderr
    partly = installation.command("capture", str(file), "--proceed")
    assert (partly.returncode, "1 已记录 recorded" in partly.stdout) == (1, True)
    broken = tmp_path / "broken.jsonld"
    broken.write_bytes(b'{"half": ')
    told = installation.command("capture", str(broken), str(file), "--proceed")
    assert (told.returncode, "JSON" in told.stderr, "1 重复 replayed" in told.stdout) == (1, True, True)
    assert suyuan("capture", str(tmp_path / "none.jsonld")).returncode == 2


def test_the_server_serves_what_the_command_line_recorded(server, token) -> None:
    first = server.invitation
    again = server.command("user", "invite", "boss", "--url", "https://suyuan.plant.example")
    assert "https://suyuan.plant.example/invitation#" in again.stdout
    with pytest.raises(AssertionError, match="invitation_gone"):
        choose_password(server.url, first)
    choose_password(server.url, again.stdout)
    with contextlib.closing(signed_in(server.url, "boss", PASSWORD)) as browser:
        assert browser.get("/api/v1/items", params={"search": "K03-CLI"}).json()["rows"]
        assert browser.get("/api/v1/session").json()["tenant"]["code"] == "main"
    with bearer(server.url, token) as machine:
        event = {"@context": CONTEXT} | Bakery("LIVE").arrivals()[0]
        assert machine.post("/epcis/v2/events", content=raw(event)).status_code == 201


def test_a_command_neither_waits_for_nor_holds_up_who_is_reading(server) -> None:
    with server.owner() as owner, owner.transaction():
        owner.execute("SELECT count(*) FROM trace_event")
        assert server.command("trace", "back", "F1-LIVE").returncode == 0


def test_doctor_examines_the_running_installation(server) -> None:
    said = server.command("doctor").stdout
    assert "up to date" in server.command("migrate").stdout
    for line in ("数据库 Database", "断电安全 Safe against power loss: fsync = on", "租户隔离 Tenant isolation"):
        assert f"✓ {line}" in said, said


def test_a_second_server_on_the_same_data_is_refused(server) -> None:
    second = suyuan("serve", "--data", str(server.data), "--port", str(free_port()))
    assert second.returncode == 1
    assert "使用" in second.stderr
    assert f"PID {server.process.pid}" in second.stderr


def test_a_busy_port_is_named_with_a_way_out(server, tmp_path) -> None:
    other = suyuan("serve", "--data", str(tmp_path / "d"), "--port", str(server.port))
    assert other.returncode == 1
    assert f"Port {server.port} is in use" in other.stderr
    assert "PORT=" in other.stderr


def test_a_data_directory_that_cannot_be_written_is_named(server) -> None:
    """Root may write anywhere but where nobody can."""
    refused = suyuan("serve", "--data", "/proc/suyuan", "--port", str(free_port()))
    assert refused.returncode == 1
    assert "/proc/suyuan" in refused.stderr
    assert "DATA=" in refused.stderr
    assert "Traceback" not in refused.stderr


def _resident_mb(processes: list[psutil.Process]) -> float:
    return max(process.memory_info().rss for process in processes) / 1e6


def _send_much(server: Installation, token: str, megabytes: int, announced: bool) -> bytes:
    """Send a document of this size, as fast as it is taken; return the beginning of the answer."""
    megabyte = b"[" + b"0," * 499_999 + b"0"
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as line:
        size = f"Content-Length: {megabytes * len(megabyte)}" if announced else "Transfer-Encoding: chunked"
        line.sendall(
            f"POST /epcis/v2/capture HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
            f"Content-Type: application/json\r\n{size}\r\n\r\n".encode()
        )
        try:
            for _ in range(megabytes):
                line.sendall(megabyte if announced else b"%x\r\n%s\r\n" % (len(megabyte), megabyte))
            if not announced:
                line.sendall(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            pass
        line.settimeout(60)
        try:
            return line.recv(65536)
        except ConnectionResetError:
            return b""


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "chunked"])
def test_a_hundred_megabytes_are_refused_in_bounded_memory(server, token, announced) -> None:
    before = _resident_mb(server.parts("web"))
    answer = _send_much(server, token, 100, announced)
    assert not answer or b" 413 " in answer.split(b"\r\n")[0], answer[:300]
    assert _resident_mb(server.parts("web")) - before < 200
    assert server.is_ready()


def test_a_million_elements_and_deep_nesting_are_refused_in_bounded_memory(server, token) -> None:
    million = b'{"@context": "x", "type": "EPCISDocument", "list": [' + b'"urn:x:1",' * 999_999 + b'"urn:x:1"]}'
    deep = b"[" * 1_500_000
    processes = [*server.parts("web"), *server.parts("worker")]
    before = {process.pid: process.memory_info().rss for process in processes}
    with bearer(server.url, token) as machine:
        for body in (million, deep):
            answer = machine.post("/epcis/v2/capture", content=body)
            assert answer.status_code in {202, 400, 413}, answer.text[:300]
            job = answer.json()
            end = time.monotonic() + 60
            while job.get("running") and time.monotonic() < end:
                time.sleep(0.2)
                job = machine.get(f"/epcis/v2/capture/{job['captureID']}").json()
            assert not job.get("success")
    grown = [(process.memory_info().rss - before[process.pid]) / 1e6 for process in processes if process.is_running()]
    assert len(grown) == len(processes), "no process was lost"
    assert max(grown) < 400


def test_ctrl_c_stops_everything_at_once(server) -> None:
    assert len(server.left_over()) > 8
    assert server.stop(signal.SIGINT) < 10
    for _ in range(150):  # the database is shut down in order, which takes its time on a busy machine
        if not server.left_over():
            break
        time.sleep(0.1)
    assert server.left_over() == []
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{server.url}/healthz", timeout=2)
    assert server.data.is_dir()
