"""Who asks too often is asked to wait, at every edge, in their language; nothing is done for them meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.contrib.sessions.backends.db import SessionStore

from suyuan.chassis.limits import COSTLY_MARK, places
from suyuan.chassis.registry import registry
from suyuan.chassis.settings import settings
from suyuan.kernel.principals import Principal
from tests.support.bakery import Bakery
from tests.support.web import InProcess

COSTLY = {
    "GET /api/v1/audit/export",
    "GET /api/v1/capture/imports/{import_id}/faults",
    "GET /api/v1/capture/quality/export",
    "GET /api/v1/codes/batches/{batch_id}/export",
    "GET /api/v1/events/export",
    "GET /api/v1/orders/export",
    "GET /api/v1/production/history/pdf",
    "GET /api/v1/production/instructions/revision/file",
    "GET /api/v1/security/access/file",
    "GET /api/v1/dossier",
    "GET /api/v1/trace/{direction}/epcis",
    "GET /api/v1/trace/{direction}/export",
    "POST /api/v1/capture/imports",
    "POST /api/v1/capture/imports/{import_id}/preview",
    "POST /api/v1/labels/{key}/pdf",
    "POST /api/v1/packs/export",
    "POST /api/v1/print-jobs/{job_id}/pdf",
    "POST /api/v1/trace/causes",
    "POST /api/v1/trace/causes/export",
    "POST /api/v1/trace/scope",
    "POST /api/v1/trace/scope/export",
    "POST /api/v1/trace/scope/start",
}


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    def limit(**chosen: int) -> None:
        for name, value in chosen.items():
            monkeypatch.setenv(f"SUYUAN_{name.upper()}", str(value))
        settings.cache_clear()

    yield limit
    monkeypatch.undo()
    settings.cache_clear()


def principal_of(secret: str) -> Principal:
    from suyuan.tenancy import api as tenancy

    found = tenancy.identify(f"Bearer {secret}", SessionStore(), "127.0.0.1")
    assert found is not None
    return found


def test_a_token_that_asks_too_often_waits_at_every_edge(tenant, limited) -> None:
    secret = tenant.token()
    hasty, other = InProcess(secret), InProcess(tenant.token())
    limited(token_calls_a_minute=3)
    for path in ("/api/v1/events", "/epcis/v2/events", "/api/v1/people"):
        assert hasty.get(path).status_code == 200
    readings = {"device": "d", "sent": "2026-11-23T08:00:00+08:00", "readings": []}
    refused = [
        hasty.get("/api/v1/events"),
        hasty.get("/epcis/v2/events"),
        hasty.post("/api/v1/capture/readings", json=readings),
        hasty.get("/api/v1/capture/station"),
    ]
    for answer in refused:
        assert (answer.status_code, answer.json()["code"]) == (429, "chassis.calls_too_many"), answer.text
        assert 1 <= int(answer.headers["retry-after"]) <= 20
        assert answer.headers["content-type"] == "application/problem+json"
        assert "3 a minute" in answer.json()["title"]
    assert hasty.open_stream("/api/v1/live")[0] == 429
    chinese = InProcess(secret, language="zh-CN").get("/api/v1/events").json()
    assert "每分钟 3 次" in chinese["title"]
    assert "没有写入" in chinese["detail"]
    assert other.get("/api/v1/events").status_code == 200


def test_a_person_who_asks_too_often_waits_and_nothing_is_written(tenant, limited) -> None:
    browser = InProcess()
    assert browser.sign_in(tenant.person()).status_code == 200
    limited(person_calls_a_minute=1)
    assert browser.get("/api/v1/people").status_code == 200
    answer = browser.post("/api/v1/roles", json={"name_zh": "新角色", "name_en": "New role", "permissions": []})
    assert (answer.status_code, answer.json()["code"]) == (429, "chassis.calls_too_many")
    assert browser.get("/api/v1/session").status_code == 429
    limited(person_calls_a_minute=6_000)
    assert "新角色" not in browser.get("/api/v1/roles").text
    assert [InProcess().get("/api/v1/session").status_code for _ in range(3)] == [401] * 3, "a stranger is not counted"


def test_large_tasks_have_few_places_and_other_work_goes_on(tenant, limited) -> None:
    secret = tenant.token()
    client, other = InProcess(secret), InProcess(tenant.token())
    limited(costly_at_once=1)
    give_back = places.take(principal_of(secret))
    for path in ("/api/v1/events/export?format=csv", "/api/v1/capture/quality/export"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (429, "chassis.costly_too_many")
        assert answer.headers["retry-after"] == "3"
        assert other.get(path).status_code == 200
    assert client.get("/api/v1/events").status_code == 200
    give_back()
    for _ in range(2):
        assert client.get("/api/v1/events/export?format=csv").status_code == 200


def test_an_answer_that_is_streamed_or_refused_gives_its_place_back(tenant, limited) -> None:
    secret = tenant.token()
    client = InProcess(secret)
    bakery = Bakery(tenant.code)
    client.post("/epcis/v2/capture", content=bakery.whole(), headers={"Content-Type": "application/json"})
    limited(costly_at_once=1)
    wanted = {"start": {"codes": [bakery.cake(1)]}, "format": "ndjson"}
    for _ in range(3):
        made = client.post("/api/v1/trace/scope/export", json=wanted)
        assert (made.status_code, '"file"' in made.text) == (200, True)
        assert client.get("/api/v1/dossier?code=nothing").status_code >= 400
    places.take(principal_of(secret))()


def test_these_operations_are_costly(application) -> None:
    from suyuan.entry.web.api_v1 import api

    found = {f"{route.method} {route.pattern}" for route in registry.routes if route.costly}
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                if getattr(operation.view_func, COSTLY_MARK, False):
                    found |= {f"{method} /api/v1{prefix}{path}" for method in operation.methods}
    assert sorted(found) == sorted(COSTLY)
