"""One server for however many processes; it survives none of them, and any kill is followed by a plain start."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg
import pytest

from suyuan.chassis.postgres import EmbeddedPostgres, ServerAddress
from suyuan.chassis.postgres.home import Home
from suyuan.chassis.postgres.locks import is_held_exclusively
from suyuan.chassis.postgres.postmaster import find_server, remaining_processes


def ask(address: ServerAddress, statement: str) -> object:
    with psycopg.connect(address.conninfo("postgres"), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def wait_until(condition: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def left_unreaped(but: set[int]) -> list[int]:
    """Return this process's dead children that nobody has waited for, but those that other tests had before."""
    found = []
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.NoSuchProcess):
            if child.pid not in but and child.status() == psutil.STATUS_ZOMBIE:
                found.append(child.pid)
    return found


def test_a_new_server_is_durable_private_and_speaks_utf8(folder: Path) -> None:
    others = {child.pid for child in psutil.Process().children()}
    server = EmbeddedPostgres(folder / "new" / "data", {"work_mem": "7MB"})
    address = server.start(60)
    assert server.state == "started"
    shown = {
        name: ask(address, f"SHOW {name}")
        for name in ("fsync", "full_page_writes", "data_checksums", "listen_addresses", "work_mem", "server_encoding")
    }
    assert shown == {
        "fsync": "on",
        "full_page_writes": "on",
        "data_checksums": "on",
        "listen_addresses": "",
        "work_mem": "7MB",
        "server_encoding": "UTF8",
    }
    assert ask(address, "SELECT lower('ÄÉ')") == "äé"
    assert ask(address, "SELECT datctype <> 'C' FROM pg_database WHERE datname = 'postgres'")
    for path, mode in (
        (server.home.superuser_password, 0o600),
        (server.home.secrets, 0o700),
        (Path(address.host), 0o700),
    ):
        assert stat.S_IMODE(path.stat().st_mode) == mode, path
    assert address.password not in repr(address)
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        psycopg.connect(address.conninfo("postgres", user=address.superuser, password="guess"))
    assert server.is_alive()
    server.stop()
    assert not server.is_alive()
    assert server.state is None
    assert remaining_processes(server.home.cluster) == []
    wait_until(lambda: left_unreaped(others) == [])
    assert "database system is shut down" in server.home.log.read_text()


@pytest.mark.parametrize(
    "name", ["数据 目录", 'it\'s a, "b"', " edges ", "长" * 60], ids=["cjk", "comma", "edges", "long"]
)
def test_any_path_will_do(folder: Path, template: Path, name: str) -> None:
    place = shutil.copytree(template, folder / name / "库")
    with EmbeddedPostgres(place) as server:
        assert server.state == "started"


def test_a_second_process_attaches_and_the_last_one_turns_off_the_light(data_dir: Path, hold) -> None:
    first = EmbeddedPostgres(data_dir)
    address = first.start(60)
    second = hold(data_dir).ready()
    assert (first.state, second.state) == ("started", "attached")
    first.stop()
    assert ask(address, "SELECT 1") == 1
    second.stop()
    assert find_server(data_dir / "cluster") is None
    first.stop()


def test_six_racing_starts_make_one_server(folder: Path, hold) -> None:
    holders = [hold(folder / "fresh" / "data") for _ in range(6)]
    for holder in holders:
        holder.ready()
    assert sorted(holder.state for holder in holders) == ["attached"] * 5 + ["started"]
    assert len({holder.began for holder in holders}) == 1
    for holder in holders:
        holder.process.stdin.write("\n")
        holder.process.stdin.flush()
    for holder in holders:
        assert holder.process.wait(60) == 0
    assert find_server(folder / "fresh" / "data" / "cluster") is None


def test_a_killed_server_starts_again_at_once_with_all_that_was_acknowledged(data_dir: Path) -> None:
    server = EmbeddedPostgres(data_dir)
    address = server.start(60)
    ask(address, "CREATE TABLE kept (n int)")
    for n in range(3):
        ask(address, f"INSERT INTO kept VALUES ({n})")
        os.kill(find_server(data_dir / "cluster").pid, signal.SIGKILL)
        address = server.start(60)
        assert server.state == "started"
        assert ask(address, "SELECT count(*) FROM kept") == n + 1
    server.stop()


@pytest.mark.parametrize("victim", ["server", "keeper"])
def test_a_kill_in_the_middle_of_starting_does_not_matter(data_dir: Path, hold, victim: str) -> None:
    holder = hold(data_dir)
    wait_until(lambda: find_server(data_dir / "cluster"))
    server = psutil.Process(find_server(data_dir / "cluster").pid)
    (server if victim == "server" else server.parent()).kill()
    holder.ready().stop()
    assert find_server(data_dir / "cluster") is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_the_server_goes_cleanly_when_its_last_user_is_killed(data_dir: Path, hold, number: int) -> None:
    hold(data_dir).ready().kill(number)
    server = EmbeddedPostgres(data_dir)
    server.start(60)  # right after: waits for the old one to go, or is in time to keep it
    server.stop()
    holder = hold(data_dir).ready()
    assert holder.state == "started"
    holder.kill(number)
    wait_until(lambda: find_server(data_dir / "cluster") is None)
    # its process number is gone a moment before its last word is written
    said = server.home.log.read_text
    wait_until(lambda: said().count("database system is shut down") == said().count("starting PostgreSQL"))
    assert "not properly shut down" not in said()


def _kill_user_and_keeper(data_dir: Path, hold):
    """Kill a server's only user and its keeper; returns the user when the keeper is gone (a kill takes a moment)."""
    holder = hold(data_dir).ready()
    psutil.Process(holder.process.pid).children()[0].kill()
    holder.kill()
    wait_until(lambda: not is_held_exclusively(Home(data_dir).keeper))
    return holder


def test_a_server_whose_supervisor_and_keeper_were_killed_is_adopted(data_dir: Path, hold) -> None:
    holder = _kill_user_and_keeper(data_dir, hold)
    assert find_server(data_dir / "cluster") is not None
    server = EmbeddedPostgres(data_dir)
    address = server.start(60)
    assert server.state == "adopted"
    assert str(ask(address, "SELECT extract(epoch FROM pg_postmaster_start_time())")) == holder.began
    wait_until(lambda: is_held_exclusively(server.home.keeper))
    server.stop()
    assert find_server(data_dir / "cluster") is None


def test_an_adopted_server_goes_with_its_new_user(data_dir: Path, hold) -> None:
    _kill_user_and_keeper(data_dir, hold)
    adopter = hold(data_dir).ready()
    assert adopter.state == "adopted"
    adopter.kill()
    wait_until(lambda: find_server(data_dir / "cluster") is None)


@pytest.mark.parametrize("who", ["stranger", "zombie", "dead", "nonsense"])
def test_left_behind_process_numbers_and_locks_do_not_matter(data_dir: Path, who: str) -> None:
    zombie = subprocess.Popen(["true"])
    wait_until(lambda: psutil.Process(zombie.pid).status() == psutil.STATUS_ZOMBIE)
    number = {"stranger": os.getpid(), "zombie": zombie.pid, "dead": 2**22 - 7, "nonsense": "x"}[who]
    lines = f"{number}\n{data_dir}/cluster\n1700000000\n5432\n{data_dir}/run\n\n  1  1\nready   \n"
    (data_dir / "cluster" / "postmaster.pid").write_text(lines)
    (data_dir / "run").mkdir(mode=0o700)
    (data_dir / "run" / ".s.PGSQL.5432.lock").write_text(lines)
    (data_dir / "run" / ".s.PGSQL.5432").touch()
    with EmbeddedPostgres(data_dir) as server:
        assert server.state == "started"
    zombie.wait()


def test_another_servers_process_number_is_not_mistaken_for_ours(data_dir: Path, folder: Path) -> None:
    with EmbeddedPostgres(data_dir) as other:
        copy = shutil.copytree(data_dir, folder / "copy", ignore=shutil.ignore_patterns("run"))
        assert (copy / "cluster" / "postmaster.pid").exists()
        with EmbeddedPostgres(copy) as server:
            assert server.state == "started"
            assert other.is_alive()


def test_a_creation_that_was_killed_half_way_is_made_again(folder: Path, hold) -> None:
    place = folder / "data"
    holder = hold(place)
    wait_until(lambda: list(place.glob("cluster.new-*/PG_VERSION")))
    holder.kill()
    with EmbeddedPostgres(place) as server:
        assert server.state == "started"
    assert not list(place.glob("cluster.new-*"))


def test_an_ordinary_user_can_do_it_all(folder: Path, ordinary_user) -> None:
    code = """
import os, signal, sys
from pathlib import Path
from suyuan.chassis.postgres import EmbeddedPostgres, ensure_roles_and_database
from suyuan.chassis.postgres.postmaster import find_server
assert os.geteuid() != 0
server = EmbeddedPostgres(Path(sys.argv[1]))
ensure_roles_and_database(server.start(60))
os.kill(find_server(server.home.cluster).pid, signal.SIGKILL)
server.start(60)
server.stop()
print(server.home.cluster.stat().st_uid)
"""
    place = ordinary_user.owns(folder) / "数据 dir"
    done = ordinary_user.run(code, place)
    assert (done.returncode, done.stdout.strip()) == (0, str(ordinary_user.uid)), done.stderr
    if os.geteuid() == 0:  # root goes on with it as its owner, and the owner after root
        with EmbeddedPostgres(place) as server:
            assert psutil.Process(find_server(server.home.cluster).pid).uids().real == ordinary_user.uid
        done = ordinary_user.run(code, place)
        assert done.returncode == 0, done.stderr
