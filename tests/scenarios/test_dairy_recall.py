"""A recall at the dairy: milk mixed in silos, a co-product, dates; nothing is missed, and what is clean stays out."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from suyuan.packs.dairy_demo.domain.catalogue import BUTTER
from tests.support.web import InProcess

NOW = datetime(2026, 11, 21, 14, 30, tzinfo=timezone(timedelta(hours=8)))


class DairyRecall:
    """Ten days of the dairy on record, and the quality manager who has to decide."""

    def __init__(self) -> None:
        from suyuan.packs.dairy_demo.api import make
        from tests.support.tenants import fresh_tenant

        tenant = fresh_tenant()
        self.made = make(NOW)
        gateway = InProcess(tenant.token("trace:event:write", "trace:event:read"))
        job = gateway.post("/epcis/v2/capture", content=self.made.document).json()
        assert job["success"], job["errors"][:2]
        tenant.deliver()
        self.manager = InProcess(tenant.token("trace:event:read", "trace:item:read"))
        self.dairy = self.made.dairy
        self.stories = {story.key: story for story in self.made.stories}

    def scope(self, **start: Any) -> dict[str, str]:
        """Return the verdict of everything in the scope, what was asked about with it, by URI."""
        body = {"start": start, "closure": True, "size": 1000}
        answer = self.manager.post("/api/v1/trace/scope", json=body)
        assert answer.status_code == 200, answer.text
        return {item["uri"]: item["verdict"] for item in answer.json()["rows"]}


@pytest.fixture(scope="module")
def day(application) -> DairyRecall:
    return DairyRecall()


def test_milk_with_antibiotics_reaches_what_stood_in_the_silo_with_it_and_nothing_else(day) -> None:
    """20:20: the laboratory calls about a tanker that was pumped at 06:20. What may hold its milk, what cannot?"""
    story, dairy = day.stories["antibiotic-milk"], day.dairy
    found = day.scope(codes=[story.scan])
    listed = {uri for uri, verdict in found.items() if verdict in ("certain", "possible")}
    physically = {uri for uri, raw in dairy.made_of.items() if dairy.suspect in raw and uri != dairy.suspect}
    assert physically <= listed  # nothing affected is missed
    assert {found[uri] for uri in physically} == {"possible"}  # it was mixed: nobody can be certain
    kept = {uri for uri in listed if uri in dairy.made_of}
    assert kept == physically | {dairy.suspect}  # and no lot or pallet is fetched for nothing
    assert {found[uri] for uri in story.excluded if uri in found} <= {"excluded"}


def test_a_cold_run_is_certain_for_its_yoghurt_and_asked_by_the_parameter_names_the_cream(day) -> None:
    story, dairy = day.stories["cold-run"], day.dairy
    found = day.scope(codes=[story.scan])
    assert {uri for uri, verdict in found.items() if verdict == "certain"} >= set(story.certain)
    lots = {uri for uri in found if "/01/" in uri and found[uri] in ("certain", "possible")}
    assert lots == {*story.certain[:2], dairy.cold}  # packs and their cases
    asked = day.scope(events={"parameter": "pasteurisation_temperature"})
    assert asked[story.certain[0]] == "certain"
    assert asked[dairy.cold_cream] == "certain"
    churned = datetime.strptime(dairy.cold[-7:-1], "%y%m%d").replace(tzinfo=NOW.tzinfo) + timedelta(days=1)
    butter = BUTTER.lot(f"{churned:%y%m%d}")
    assert asked[butter] in ("certain", "possible")


def test_what_is_shipped_leaves_by_its_date_and_customers_are_named(day) -> None:
    leaving = [(leaves, kept.expires) for leaves, kept, _, _ in day.dairy.shipped]
    assert leaving
    for leaves in {leaves.date() for leaves, _ in leaving}:
        shipped = [expires for when, expires in leaving if when.date() == leaves]
        waiting = [kept.expires for when, kept, _, _ in day.dairy.shipped if when.date() > leaves
                   and kept.lot.rsplit("/", 1)[-1][:6] < f"{leaves:%y%m%d}"]  # fmt: skip
        assert not waiting or max(shipped) <= min(waiting)
    _, kept, gone, customer = day.dairy.shipped[-1]
    answer = day.manager.get("/api/v1/trace/forward", params={"code": kept.lot}).json()
    assert gone in {item["uri"] for item in answer["items"]}
    assert customer in str(answer)
