"""Who has read the work instructions, when and where; and who of those who do the operation has not."""

from __future__ import annotations

import io

import openpyxl
import pytest

PRODUCT = "https://id.gs1.org/01/09521234543213"
WHERE = {"key": "guided", "operation": "weld", "revision": "C"}
BASE = "/api/v1/production/instructions"


def _publish(client, revision: str, *qualifications: str) -> None:
    step = {"text_zh": "戴好手套", "text_en": "Wear gloves"}
    operation = {
        "id": "weld", "name_zh": "焊", "name_en": "Weld", "step": "assembling", "instructions": [step],
        "instruction_revision": revision, "read_required": True, "qualifications": list(qualifications),
    }  # fmt: skip
    at = "/api/v1/definitions/route/guided"
    before = client.get(at)
    seen = before.json()["row"]["revision"] if before.status_code == 200 else None
    body = {"products": [PRODUCT], "start": ["weld"], "operations": [operation]}
    draft = client.put(at, json={"title_zh": "路", "title_en": "Route", "body": body, "revision": seen}).json()
    answer = client.post(f"{at}/publish", json={"revision": draft["row"]["revision"], "note": "x"})
    assert answer.status_code == 200, answer.text


@pytest.fixture
def held(tenant, client) -> str:
    """Return the URI of whoever is signed in; they and Anna may weld, Bob's qualification has ended."""
    own = next(iter(client.get("/api/v1/production/station").json()["read"]), None)
    assert own is None
    made = client.post("/api/v1/plant/qualifications", json={"code": "W", "name_zh": "焊", "name_en": "W"}).json()
    for person, last in (("anna", None), ("bob", "2021-01-01")):
        given = {"qualification_id": made["id"], "person": person, "valid_from": "2020-01-01", "valid_to": last}
        assert client.post("/api/v1/plant/holders", json=given).status_code == 201
    team = {"code": "T1", "name_zh": "一班", "name_en": "Team 1", "members": ["carl"]}
    assert client.post("/api/v1/plant/teams", json=team).status_code == 201
    return f"urn:suyuan:{tenant.code}:person:"


def test_who_has_read_and_who_has_not(tenant, client, held) -> None:
    _publish(client, "C", "W")
    read = {"route": "guided", "operation": "weld", "revision": "C"}
    place, taken = f"urn:suyuan:{tenant.code}:place:LINE-1", "2026-03-02T08:00:00+08:00"
    assert client.post(f"{BASE}/read", json={**read, "place": place, "taken": taken}).status_code == 204
    assert client.post(f"{BASE}/read", json=read).status_code == 204  # the first one stays
    found = client.get(f"{BASE}/revision", params=WHERE).json()
    assert [(each["person"], each["because"]) for each in found["unread"]] == [(f"{held}anna", "W")]
    (own,) = found["read"]
    assert (own["time"], own["place_name"]) == ("2026-03-02T00:00:00Z", "LINE-1")
    (row,) = client.get(BASE).json()["rows"]
    assert (row["revision"], row["in_force"], row["read"], row["unread"], row["steps"]) == ("C", True, 1, 1, 1)
    book = client.get(f"{BASE}/revision/file", params=WHERE, headers={"Accept-Language": "en"}).content
    rows = list(openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True))
    assert [row[2] for row in rows] == ["Read", "yes", "no"]

    # A new revision is to be read anew; without a qualification it is for whoever is in a team.
    _publish(client, "D")
    told = {row["revision"]: row for row in client.get(BASE).json()["rows"]}
    assert (told["C"]["in_force"], told["D"]["in_force"]) == (False, True)
    assert (told["D"]["read"], told["D"]["unread"]) == (0, 1)
    unread = client.get(f"{BASE}/revision", params={**WHERE, "revision": "D"}).json()["unread"]
    assert [(each["person"], each["because"]) for each in unread] == [(f"{held}carl", "T1")]


def test_what_is_not_published_was_read_by_nobody(tenant, client) -> None:
    assert client.get(f"{BASE}/revision", params=WHERE).status_code == 404
    answer = client.post(f"{BASE}/read", json={"route": "guided", "operation": "weld", "revision": "C"})
    assert answer.json()["code"] == "production.instructions_unknown"
    assert client.get(BASE).json()["rows"] == []
