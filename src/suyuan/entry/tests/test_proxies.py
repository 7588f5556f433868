"""Behind proxies everybody is counted by their own address, and nobody can borrow another's."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from suyuan.chassis.settings import Settings, networks_in, settings
from suyuan.entry.proxies import true_client
from tests.support.web import InProcess

OURS = networks_in("10.0.0.0/24, 10.0.1.7,fd00::/8")


@pytest.mark.parametrize(
    ("peer", "forwarded", "who"),
    [
        ("10.0.0.2", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.2", "192.0.2.1, 198.51.100.7", "198.51.100.7"),
        ("10.0.0.2", "192.0.2.1, 198.51.100.7, 10.0.1.7", "198.51.100.7"),
        ("10.0.0.2", "10.0.0.9, 10.0.1.7", "10.0.0.9"),
        ("::ffff:10.0.0.2", "198.51.100.7", "198.51.100.7"),
        ("fd00::1", "[2001:db8::5]", "2001:db8::5"),
        ("10.0.0.2", "", "10.0.0.2"),
        ("10.0.0.2", "unknown", "10.0.0.2"),
        ("10.0.2.2", "198.51.100.7", "10.0.2.2"),
        ("", "198.51.100.7", ""),
    ],
)
def test_only_what_our_own_proxies_say_is_believed(peer: str, forwarded: str, who: str) -> None:
    assert true_client(peer, forwarded, OURS) == who


def test_what_is_no_network_is_refused_at_the_start() -> None:
    with pytest.raises(ValidationError, match=r"proxy\.plant"):
        Settings(trusted_proxies="10.0.0.1,proxy.plant")


def _fail(login: str, forwarded: str, times: int) -> None:
    for _ in range(times):
        browser = InProcess(address="10.9.9.1")
        browser._client.headers["X-Forwarded-For"] = forwarded
        assert browser.sign_in(login, "wrong").status_code in {401, 422, 429}


@pytest.mark.parametrize("trusted", [True, False])
def test_who_guesses_behind_a_proxy_is_told_apart_from_their_neighbours(tenant, monkeypatch, trusted: bool) -> None:
    monkeypatch.setenv("SUYUAN_TRUSTED_PROXIES", "10.9.9.0/24" if trusted else "")
    settings.cache_clear()
    try:
        login = tenant.person()
        _fail(login, "198.51.100.7", 1)
        browser = InProcess(address="10.9.9.1")
        browser._client.headers["X-Forwarded-For"] = "192.0.2.1, 198.51.100.8"
        assert browser.sign_in(login).status_code == 200
        rows = browser.get("/api/v1/security/sign-ins").json()["rows"]
        seen = [row["address"] for row in rows if row["login"] == login]
        assert seen == (["198.51.100.8", "198.51.100.7"] if trusted else ["10.9.9.1"] * 2)
    finally:
        monkeypatch.undo()
        settings.cache_clear()
