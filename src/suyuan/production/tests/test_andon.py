"""Andon: a call reaches its levels in time and once each, is answered, and is closed with its cause."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.production.contracts.andon import AndonLevel
from suyuan.production.domain.andon import climb
from tests.support.database import contents_of
from tests.support.web import InProcess

BASE = "/api/v1/production/andon"
CALLED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LADDERS = st.lists(
    st.tuples(st.integers(0, 90), st.sampled_from(["acknowledged", "resolved"])), max_size=6, unique_by=lambda e: e[0]
)


@settings(deadline=None)
@given(ladder=LADDERS, looks=st.lists(st.integers(0, 100), max_size=12), answered=st.integers(0, 100))
def test_each_level_is_told_once_whenever_the_clock_is_looked_at(ladder, looks, answered) -> None:
    """However often and late somebody looks, what is told is what the minutes say, each level once and in order."""
    levels = [AndonLevel(minutes, unless, (1,), ()) for minutes, unless in sorted(ladder)]
    told: list[int] = []
    reached = 0
    for minute in sorted(looks):
        now = CALLED + timedelta(minutes=minute)
        step = climb(levels, reached, CALLED, now, acknowledged=minute >= answered)
        assert all(levels[number - 1].after_minutes <= minute for number in step.tell)
        assert (step.due is None) == (step.reached == len(levels))
        assert step.due is None or step.due > now
        told += step.tell
        reached = step.reached
    assert told == sorted(set(told))
    last = max(looks, default=-1)
    must = [n for n, level in enumerate(levels, 1) if level.after_minutes <= last and level.unless == "resolved"]
    assert set(must) <= set(told)


@pytest.fixture(scope="module")
def shop(application) -> Any:
    from tests.support.tenants import fresh_tenant

    return fresh_tenant()


@pytest.fixture
def boss(shop) -> InProcess:
    client = InProcess()
    login = shop.person(f"boss-{uuid4().hex[:6]}")
    assert client.sign_in(login).status_code == 200
    return client


def _kind(boss: InProcess, *levels: dict[str, Any], reason: str = "equipment") -> str:
    code = f"k{uuid4().hex[:8]}"
    body = {"code": code, "name_zh": "停机", "name_en": "Down", "reason": reason, "levels": list(levels)}
    answer = boss.post(f"{BASE}/kinds", json=body)
    assert answer.status_code == 201, answer.text
    return code


def _me(boss: InProcess) -> int:
    return int(boss.get("/api/v1/session").json()["user"]["id"])


def _call(boss: InProcess, kind: str, **more: Any) -> dict[str, Any]:
    answer = boss.post(BASE, json={"id": str(uuid4()), "kind": kind} | more)
    assert answer.status_code == 201, answer.text
    return answer.json()


def _minutes_pass(shop: Any, call: str, minutes: int) -> int:
    """Set a call's clock back, and have the worker look; return how many levels it told."""
    from suyuan.chassis.database import tx
    from suyuan.production.api import andon

    with shop.open():
        tx().execute(
            "UPDATE production_andon SET called = called - %s * interval '1 minute', due = due - %s * interval"
            " '1 minute' WHERE id = %s",
            (minutes, minutes, call),
        )
    with shop.open():
        return andon.escalate()


def _notices(boss: InProcess) -> list[str]:
    return [row["text"] for row in boss.get("/api/v1/notices", headers={"Accept-Language": "en"}).json()["rows"]]


def test_a_call_climbs_until_somebody_comes(shop, boss) -> None:
    me = _me(boss)
    kind = _kind(
        boss,
        {"after_minutes": 0, "people": [me]},
        {"after_minutes": 5, "people": [me]},
        {"after_minutes": 15, "unless": "resolved", "people": [me]},
    )
    call = _call(boss, kind, equipment="urn:suyuan:t:equipment:M1", note="spindle stuck")
    assert (call["state"], call["level"], call["levels"]) == ("called", 1, 3)
    assert "spindle stuck" in _notices(boss)[0]

    # Sent again, it is the same call; nobody is told twice. Under another content the id is refused.
    again = boss.post(
        BASE, json={"id": call["id"], "kind": kind, "equipment": call["equipment"], "note": "spindle stuck"}
    )
    assert again.json() == call
    before = contents_of(shop.id)
    assert (
        boss.post(BASE, json={"id": call["id"], "kind": kind, "note": "x"}).json()["code"] == "production.andon_taken"
    )
    assert contents_of(shop.id) == before

    # Four minutes: nothing. Six: the second level, once, however often the worker looks.
    assert _minutes_pass(shop, call["id"], 4) == 0
    assert _minutes_pass(shop, call["id"], 2) == 1
    assert _minutes_pass(shop, call["id"], 0) == 0
    assert "level 2, 6 min" in _notices(boss)[0]

    # Somebody comes; the third level asks for more than that.
    assert boss.post(f"{BASE}/calls/{call['id']}/acknowledge").json()["state"] == "acknowledged"
    assert boss.post(f"{BASE}/calls/{call['id']}/acknowledge").json()["code"] == "production.andon_state_wrong"
    assert _minutes_pass(shop, call["id"], 10) == 1
    refused = boss.post(f"{BASE}/calls/{call['id']}/resolve", json={"cause": " "})
    assert refused.json()["code"] == "production.andon_cause_needed"
    closed = boss.post(f"{BASE}/calls/{call['id']}/resolve", json={"cause": "chip jam", "remedy": "cleaned"}).json()
    assert (closed["state"], closed["due"], closed["level"]) == ("resolved", None, 3)
    assert [row["level"] for row in boss.get(f"{BASE}/calls/{call['id']}").json()["told"]] == [1, 2, 3]
    assert call["id"] not in str(boss.get(BASE).json()["open"])

    measured = boss.get(f"{BASE}/measures").json()
    row = next(each for each in measured["kinds"] if each["key"] == kind)
    assert (row["calls"], row["escalated"], row["open"]) == (1, 1, 0)
    assert row["response_median"] >= 360
    assert row["resolution_median"] >= 960
    assert measured["causes"][0]["cause"] == "chip jam"
    assert measured["stations"][0]["key"] == "urn:suyuan:t:equipment:M1"


def test_acknowledged_in_time_passes_a_level_over(shop, boss) -> None:
    me = _me(boss)
    call = _call(boss, _kind(boss, {"after_minutes": 5, "people": [me]}, {"after_minutes": 9, "people": [me]}))
    assert call["level"] == 0
    boss.post(f"{BASE}/calls/{call['id']}/acknowledge")
    assert _minutes_pass(shop, call["id"], 60) == 0
    assert boss.get(f"{BASE}/calls/{call['id']}").json()["call"]["due"] is None
    gone = boss.post(f"{BASE}/calls/{call['id']}/withdraw").json()
    assert gone["state"] == "withdrawn"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"levels": [{"after_minutes": 1}]}, "production.andon_levels_wrong"),
        ({"levels": [{"after_minutes": 5, "roles": [999999]}]}, "production.andon_levels_wrong"),
        ({"code": "Bad Code"}, "production.value_wrong"),
        ({"name_en": " "}, "production.value_wrong"),
    ],
)
def test_kinds_that_reach_nobody_are_refused(shop, boss, change, code) -> None:
    body = {"code": "k", "name_zh": "停", "name_en": "Down", "reason": "other", "levels": []} | change
    before = contents_of(shop.id)
    answer = boss.post(f"{BASE}/kinds", json=body)
    assert answer.json()["code"] == code, answer.text
    assert contents_of(shop.id) == before


def test_levels_come_later_one_by_one_and_retired_kinds_are_not_called(shop, boss) -> None:
    me = _me(boss)
    code = _kind(boss)
    kind = next(each for each in boss.get(f"{BASE}/kinds").json()["rows"] if each["code"] == code)
    at = f"{BASE}/kinds/{kind['id']}"
    late = [{"after_minutes": 5, "people": [me]}, {"after_minutes": 5, "people": [me]}]
    assert boss.patch(at, json={"levels": late}).json()["code"] == "production.andon_levels_wrong"
    assert boss.patch(at, json={"retired": True}).json()["retired"]
    refused = boss.post(BASE, json={"id": str(uuid4()), "kind": code})
    assert refused.json()["code"] == "production.andon_kind_unknown"
