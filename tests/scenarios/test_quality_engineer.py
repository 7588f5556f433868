"""A quality engineer's day on the demo plant: every story is answered as it promises, and the numbers add up."""

from __future__ import annotations

import io
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import openpyxl
import pytest

from suyuan.packs.electronics_demo.contracts import Story
from tests.support.month import the_month

KEYS = ("bad-reel", "swapped-label", "reused-tote", "held-lot", "moved-board", "sold-unit")
CHINA = timezone(timedelta(hours=8))


class Day:
    """The plant's month, captured, and the quality engineer's client."""

    def __init__(self) -> None:
        month = the_month()
        self.sent, self.filled, self.stories = month.sent, month.filled, month.stories
        rights = ("trace:event:read", "trace:item:read", "trace:answer:export", "analytics:home:read")
        self.engineer = month.somebody("lin", *rights)
        self._answers: dict[str, dict[str, Any]] = {}

    def trace(self, story: Story, **more: Any) -> dict[str, Any]:
        """Ask a story's question (once) with the code as a scanner reads it."""
        asked = f"{story.key} {sorted(more.items())}"
        if asked not in self._answers:
            answer = self.engineer.get(f"/api/v1/trace/{story.direction}", params={"code": story.scan, **more})
            assert answer.status_code == 200, answer.text
            self._answers[asked] = answer.json()
        return self._answers[asked]


@pytest.fixture(scope="module")
def day(application) -> Day:
    return Day()


def canonical(uri: str) -> str:
    from suyuan.coding import api as coding

    return coding.canonical(uri)


def test_the_month_is_on_record(day) -> None:
    assert day.sent == day.filled.events > 5000
    assert set(day.stories) == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_a_story_is_answered_as_it_promises(day, key) -> None:
    story = day.stories[key]
    answer = day.trace(story, closure="true", limit=50_000)
    found = {item["uri"]: item for item in answer["items"]}
    for verdict, uris in (("certain", story.certain), ("possible", story.possible), ("excluded", story.excluded)):
        assert {uri: found.get(canonical(uri), {}).get("verdict") for uri in uris} == dict.fromkeys(uris, verdict)
    for uri, reason in story.excluded.items():
        assert not reason or found[canonical(uri)]["reason"] == reason
    assert not answer["truncated"]
    assert answer["gaps"] == []


@pytest.mark.parametrize("key", KEYS)
def test_the_answers_counts_are_those_of_its_lists(day, key) -> None:
    answer = day.trace(day.stories[key], closure="true", limit=50_000)
    summary = answer["summary"]
    listed = Counter(item["verdict"] for item in answer["items"] if item["role"] != "start")
    assert {verdict: summary[verdict] for verdict in ("certain", "possible", "excluded")} == {
        verdict: listed[verdict] for verdict in ("certain", "possible", "excluded")
    }
    assert summary["closure"] >= summary["certain"] + summary["possible"]
    numbers = {item["id"] for item in answer["items"]}
    assert {edge[end] for edge in answer["edges"] for end in ("source", "target")} <= numbers


def test_every_listed_item_shows_its_path_to_the_start(day) -> None:
    answer = day.trace(day.stories["bad-reel"], closure="true", limit=50_000)
    items = {item["id"]: item for item in answer["items"] if item["verdict"] != "excluded"}
    assert all(item["reason"] for item in answer["items"] if item["verdict"] == "excluded")
    for number in items:
        path = [number]
        while items[path[-1]]["role"] != "start":
            path.append(items[path[-1]]["via_item"])
            assert len(set(path)) == len(path)


def test_the_scope_is_smaller_than_a_time_blind_closure(day) -> None:
    summary = day.trace(day.stories["bad-reel"], closure="true", limit=50_000)["summary"]
    assert summary["certain"] + summary["possible"] < summary["closure"] / 2
    assert summary["excluded"] > 0


def test_a_cut_answer_says_so(day) -> None:
    whole = day.trace(day.stories["bad-reel"], closure="true", limit=50_000)
    few = day.trace(day.stories["bad-reel"], limit=20)
    assert few["truncated"]
    assert len(few["items"]) < len(whole["items"])
    shallow = day.trace(day.stories["bad-reel"], depth=1)
    assert shallow["truncated"]
    assert {item["depth"] for item in shallow["items"]} <= {0, 1}


def test_the_home_page_has_plausible_numbers(day) -> None:
    """Seen from a place where it is evening now, so that today has been a working day."""
    utc = datetime.now(UTC)
    offset = (20 * 60 - utc.hour * 60 - utc.minute + 720) % 1440 - 720
    home = day.engineer.get("/api/v1/home", params={"offset": offset}).json()
    declared = day.engineer.get("/epcis/v2/events", params={"EXISTS_errorDeclaration": "true"}).json()
    voided = len(declared["epcisBody"]["queryResults"]["resultsBody"]["eventList"])
    assert voided == 2
    assert home["events_total"] == day.sent - 2 * voided, "what was voided, and its voiding, do not count"
    assert home["date"] == (utc + timedelta(minutes=offset)).date().isoformat()
    assert 0.8 < home["yield_rate"] <= 1
    assert 0.5 < home["first_pass_yield"] <= home["yield_rate"]
    assert sum(hour["events"] for hour in home["hours"]) > 0
    assert home["latest"]
    assert home["output"] + home["output_yesterday"] > 0


def test_alarms_point_at_events_that_can_be_opened(day) -> None:
    alarms = day.engineer.get("/api/v1/alarms", params={"limit": 20}).json()
    assert alarms
    for alarm in alarms[:5]:
        event = day.engineer.get(f"/api/v1/events/{alarm['event_number']}").json()
        assert event["number"] == alarm["event_number"]
        assert alarm["title_zh"] != alarm["title_en"]


def test_from_the_answer_to_the_raw_reading(day) -> None:
    sold = day.trace(day.stories["sold-unit"])
    tested = [event for event in sold["events"] if event["biz_step"] == "inspecting"]
    details = [day.engineer.get(f"/api/v1/events/{event['number']}").json() for event in tested]
    assert any(detail["reading"] for detail in details)
    assert any(parameter["low"] is not None for detail in details for parameter in detail["parameters"])
    unit = next(item for item in sold["items"] if item["role"] == "start")
    life = day.engineer.get(f"/api/v1/items/{unit['id']}/timeline").json()["rows"]
    times = [row["time"] for row in life]
    assert len(life) >= 4
    assert times == sorted(times, reverse=True)


def test_events_are_filtered_sorted_and_paged_without_loss(day) -> None:
    def numbers(**filters: Any) -> list[int]:
        found: list[int] = []
        cursor = None
        while True:
            params = {"limit": 100, "sort": "time", **filters} | ({"cursor": cursor} if cursor else {})
            page = day.engineer.get("/api/v1/events", params=params).json()
            found += [row["number"] for row in page["rows"]]
            cursor = page["next"]
            if cursor is None:
                return found

    shipped = numbers(step="shipping")
    assert len(shipped) == len(set(shipped)) > 0
    assert numbers(step="shipping", sort="-time") == shipped[::-1]
    per_type = {kind: len(numbers(step="shipping", type=kind)) for kind in ("ObjectEvent", "AggregationEvent")}
    assert sum(per_type.values()) == len(shipped)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_answer_opens_in_excel(day, language) -> None:
    story = day.stories["bad-reel"]
    answer = day.engineer.get(
        f"/api/v1/trace/{story.direction}/export",
        params={"code": story.scan, "format": "xlsx"},
        headers={"Accept-Language": language},
    )
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    listed = day.trace(story, limit=50_000)["items"]
    sheet = book.worksheets[1]
    assert sheet.max_row - 1 == len(listed)
    assert {cell.value for cell in sheet["B"]} >= {item["label"] for item in listed}


def test_each_code_on_a_label_is_understood(day) -> None:
    for story in day.stories.values():
        decoded = day.engineer.get("/api/v1/codes/decode", params={"code": story.scan})
        if story.scan.startswith("]"):
            assert decoded.json()["uri"] == canonical(story.code)
            assert decoded.json()["item_id"] is not None


def test_what_she_may_not_do_is_refused(day) -> None:
    for path in ("/api/v1/people", "/api/v1/roles", "/api/v1/tokens", "/api/v1/audit", "/api/v1/sites"):
        assert day.engineer.get(path).status_code == 403
    assert day.engineer.post("/epcis/v2/events", json={}).status_code == 403
