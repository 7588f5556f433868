"""The embedded database to a PostgreSQL server of its own, by one command, and the plant goes on there."""

from __future__ import annotations

from pathlib import Path

import httpx
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from suyuan.chassis.postgres import EmbeddedPostgres
from tests.support.bakery import Bakery
from tests.support.servers import Installation, bearer, installed


def _capture(installation: Installation, token: str, mark: str) -> int:
    with bearer(installation.url, token) as client:
        answer = client.post("/epcis/v2/capture", content=Bakery(mark).whole())
        assert answer.json()["success"], answer.text
        return _events(client)


def _events(client: httpx.Client) -> int:
    return len(client.get("/api/v1/events", params={"limit": 200}).json()["rows"])


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_plant_moves_to_a_server_of_its_own_and_goes_on(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "other") as other, installed(tmp_path / "data") as installation:
        admin = make_conninfo(other.start().conninfo("postgres"), dbname="plant")
        installation.start()
        installation.wait_ready()
        token = installation.add_administrator()
        before = _capture(installation, token, "first")
        running = installation.command("database", "move", "--to", admin)
        assert running.returncode == 1
        assert "suyuan serve" in running.stderr, "it is still at work"
        installation.stop()

        used = make_conninfo(admin, dbname="used")
        with psycopg.connect(make_conninfo(admin, dbname="postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE used")
        with psycopg.connect(used) as connection:
            connection.execute("CREATE TABLE somebodys (id int)")
        refused = installation.command("database", "move", "--to", used)
        assert (refused.returncode, "public.somebodys" in refused.stderr) == (1, True), refused.stderr

        moved = installation.command("database", "move", "--to", admin)
        assert moved.returncode == 0, moved.stderr
        assert "DATABASE_URL=" in moved.stdout
        again = installation.command("log", "verify")
        assert (again.returncode, "DATABASE_URL" in again.stderr) == (1, True), "the old one is not gone on with"

        installation.environment["DATABASE_URL"] = admin
        verified = installation.command("log", "verify")
        assert verified.returncode == 0, verified.stdout + verified.stderr
        installation.start()
        installation.wait_ready()
        with bearer(installation.url, token) as client:
            assert _events(client) == before
            found = client.get("/api/v1/trace/back", params={"code": Bakery("first").cake(1)})
            assert found.status_code == 200, found.text
        assert _capture(installation, token, "second") > before
        installation.stop()
