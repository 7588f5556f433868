"""Passwords that breaches made known are found in a real file of that form, wherever they stand, and are refused."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from suyuan.chassis.settings import settings
from suyuan.tenancy.store.breached import NoListError, is_breached, look_at
from tests.support.database import contents_of
from tests.support.joining import OWN_PHRASE, accept, invited
from tests.support.web import PASSWORD, InProcess


def lines_of(passwords: Sequence[str]) -> list[bytes]:
    """Return the lines that the list has for these, in its order."""
    hashes = sorted(hashlib.sha1(each.encode(), usedforsecurity=False).hexdigest().upper() for each in passwords)
    return [f"{each}:{1 + number * 7919 % 100_000}".encode() for number, each in enumerate(hashes)]


@pytest.fixture
def listed(tmp_path: Path) -> Callable[..., Path]:
    def write(passwords: Sequence[str], ending: bytes = b"\r\n", last: bytes = b"\r\n") -> Path:
        path = tmp_path / "pwnedpasswords.txt"
        path.write_bytes(ending.join(lines_of(passwords)) + last)
        return path

    return write


@pytest.mark.parametrize("count", [1, 2, 3, 17, 1_000])
@pytest.mark.parametrize(("ending", "last"), [(b"\r\n", b"\r\n"), (b"\n", b"\n"), (b"\n", b"")])
def test_every_password_of_a_list_is_found_and_no_other(listed, count: int, ending: bytes, last: bytes) -> None:
    known = [f"known {number}" for number in range(count)]
    path = listed(known, ending, last)
    assert [each for each in known if not is_breached(path, each)] == []
    assert [number for number in range(500) if is_breached(path, f"unknown {number}")] == []
    assert look_at(path).pairs == count


def test_a_large_list_is_searched_in_milliseconds(listed) -> None:
    path = listed([f"known {number}" for number in range(300_000)])
    began = time.perf_counter()
    found = [is_breached(path, f"{word} {number}") for number in range(0, 300_000, 600) for word in ("known", "other")]
    each = (time.perf_counter() - began) / len(found)
    assert found == [True, False] * 500
    assert each < 0.05, f"{each * 1000:.2f} ms on a busy machine"
    assert look_at(path).pairs > 3_000


def test_hashes_in_small_letters_and_without_a_count_are_read_too(tmp_path) -> None:
    path = tmp_path / "list"
    path.write_bytes(b"".join(line.partition(b":")[0].lower() + b"\n" for line in lines_of(["a", "b", "c"])))
    assert [is_breached(path, each) for each in "abcd"] == [True, True, True, False]


def test_what_is_no_such_list_is_told_with_the_place(tmp_path, listed) -> None:
    shuffled = lines_of([f"known {number}" for number in range(5_000)])
    random.Random(7).shuffle(shuffled)
    wrong = {
        "empty": b"",
        "unsorted": b"\r\n".join(shuffled),
        "other": b"password123\nqwertyuiop\n" * 50,
        "long": b"x" * 4_000,
        "ntlm": b"0123456789ABCDEF0123456789ABCDEF:7\n" * 20,
    }
    for name, content in wrong.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(NoListError):
            look_at(path)
    with pytest.raises(FileNotFoundError):
        look_at(tmp_path / "none")


@pytest.fixture
def list_named(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    def name(path: Path) -> None:
        monkeypatch.setenv("SUYUAN_BREACHED_PASSWORDS", str(path))
        settings.cache_clear()

    yield name
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def boss(tenant: Any) -> InProcess:
    browser = InProcess()
    browser.sign_in(tenant.person())
    return browser


def test_a_breached_password_is_refused_wherever_one_is_chosen(tenant, boss, listed, list_named) -> None:
    person = boss.post("/api/v1/people", json={"login": f"li-{tenant.code}", "name": "x"}).json()["id"]
    secret = invited(boss, person)
    list_named(listed(["seven quiet horses 7", "others"]))
    before = contents_of(tenant.id)
    change = {"old": PASSWORD, "new": "seven quiet horses 7"}
    for answer in (accept(secret, "seven quiet horses 7"), boss.post("/api/v1/session/password", json=change)):
        assert (answer.status_code, answer.json()["code"]) == (422, "tenancy.password_breached")
        assert answer.json()["at"] == "/password"
    assert "breach" in boss.post("/api/v1/session/password", json=change).json()["title"]
    chinese = boss.post("/api/v1/session/password", json=change, headers={"Accept-Language": "zh-CN"}).json()
    assert "外泄" in chinese["title"]
    assert contents_of(tenant.id) == before
    assert accept(secret, OWN_PHRASE).status_code == 204


def test_where_the_list_cannot_be_read_no_password_is_set_and_the_operator_is_told(
    tenant, boss, tmp_path, list_named
) -> None:
    from suyuan.tenancy import api

    assert api.breached_list() is None
    before = contents_of(tenant.id)
    broken = tmp_path / "broken"
    broken.write_bytes(b"these are no hashes, whatever they are\n" * 9)
    for path in (tmp_path / "none", broken):
        list_named(path)
        answer = boss.post("/api/v1/session/password", json={"old": PASSWORD, "new": OWN_PHRASE})
        assert (answer.status_code, answer.json()["code"]) == (503, "tenancy.breached_list_away")
        good, said = api.breached_list()
        assert (good, str(path) in said) == (False, True)
    assert contents_of(tenant.id) == before


def test_the_doctor_sees_a_good_list(application, listed, list_named) -> None:
    from suyuan.entry.doctor import _breached_passwords

    list_named(listed([f"known {number}" for number in range(5_000)]))
    (found,) = _breached_passwords()
    assert (found.good, found.what.en) == (True, "Breached passwords")
    assert "pwnedpasswords.txt" in found.detail
